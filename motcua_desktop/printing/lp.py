"""CUPS through its own commands (`lp`, `lpoptions`, `lpstat`), so that no library has to be linked.

State is read from `lpoptions`, which prints IPP attributes (RFC 8011, 5.4.11-5.4.12) and not sentences.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass

from motcua_desktop.printing.port import Outcome, OutcomeKind, PrinterState, StateKind

_TIMEOUT = 15.0  # seconds
_AS_DRAWN = ("-o", "print-scaling=none", "-o", "sides=one-sided")
_STATE = re.compile(r"(?:^|\s)printer-state=(\d)")
_ACCEPTS = re.compile(r"(?:^|\s)printer-is-accepting-jobs=(true|false)")
_REASONS = re.compile(r"(?:^|\s)printer-state-reasons=(\S+)")
_DEFAULT = re.compile(r"^system default destination: (\S+)", re.MULTILINE)
_JOB = re.compile(r"request id is (\S+)")
_PROCESSING, _STOPPED = 4, 5
_NO_PAPER = {"media-empty", "media-needed"}
_JAMMED = {"media-jam"}
_NOT_ON = {
    "offline",
    "shutdown",
    "connecting-to-device",
    "timed-out",
    "cover-open",
    "door-open",
    "interlock-open",
}

_REFUSED = {
    StateKind.NOT_FOUND: OutcomeKind.PRINTER_NOT_FOUND,
    StateKind.SPOOLER_MISSING: OutcomeKind.SPOOLER_MISSING,
    StateKind.UNKNOWN: OutcomeKind.UNKNOWN,
}
_WAITING = {
    StateKind.OFF: OutcomeKind.PRINTER_OFF,
    StateKind.PAPER_OUT: OutcomeKind.PAPER_OUT,
    StateKind.PAPER_JAM: OutcomeKind.PAPER_JAM,
}


@dataclass(frozen=True, slots=True)
class _Answer:
    code: int
    said: str
    complained: str


class LpPrinter:
    """A CUPS queue. `server` is written as in CUPS_SERVER; the system's own unless given."""

    def __init__(self, name: str, server: str | None = None, timeout: float = _TIMEOUT) -> None:
        self._name = name
        self._server = server
        self._timeout = timeout

    @property
    def name(self) -> str:
        return self._name

    def send(self, pdf: bytes, title: str, paper: str) -> Outcome:
        """Queue a PDF, unscaled. A stopped queue is given nothing, lest a sheet come out of it days later.

        A printer that is merely reported as off or empty is given the job: CUPS learns that it is back only
        by printing, so waiting for a better report could wait for ever.
        """
        before = self.state()
        if not before.accepts:
            kind = _REFUSED.get(before.kind, OutcomeKind.PRINTER_OFF)
            return Outcome(kind, detail=", ".join(before.reasons))
        try:
            answer = self._run(
                ["lp", "-d", self._name, "-o", f"media={paper}", *_AS_DRAWN, "-t", title, "-"], pdf
            )
        except FileNotFoundError:
            return Outcome(OutcomeKind.SPOOLER_MISSING, detail="no lp")
        except subprocess.TimeoutExpired:
            return Outcome(OutcomeKind.UNKNOWN, detail=f"no answer in {self._timeout:g} s")
        job = _JOB.search(answer.said)
        if answer.code != 0 or job is None:
            return Outcome(OutcomeKind.FAILED, detail=answer.complained)
        return Outcome(_WAITING.get(before.kind, OutcomeKind.SENT), job.group(1), ", ".join(before.reasons))

    def state(self) -> PrinterState:
        """What CUPS knows of the queue and of the printer behind it."""
        try:
            attributes = self._run(["lpoptions", "-p", self._name]).said
            found = _STATE.search(attributes)
            if found is None:
                return PrinterState(self._absent(), accepts=False)
            waiting = self._waiting()
        except FileNotFoundError:
            return PrinterState(StateKind.SPOOLER_MISSING, accepts=False)
        except subprocess.TimeoutExpired:
            return PrinterState(StateKind.UNKNOWN, accepts=False)
        reasons = _reasons(attributes)
        accepting = _ACCEPTS.search(attributes)
        accepts = int(found.group(1)) != _STOPPED and accepting is not None and accepting.group(1) == "true"
        kind = _kind(reasons, int(found.group(1))) if accepts else StateKind.OFF
        return PrinterState(kind, accepts, waiting, reasons)

    def _absent(self) -> StateKind:
        running = self._run(["lpstat", "-r"]).said.strip() == "scheduler is running"
        return StateKind.NOT_FOUND if running else StateKind.SPOOLER_MISSING

    def _waiting(self) -> int:
        jobs = self._run(["lpstat", "-o", self._name]).said
        return sum(line.startswith(f"{self._name}-") for line in jobs.splitlines())

    def _run(self, command: list[str], given: bytes = b"") -> _Answer:
        environment = {**os.environ, "LC_ALL": "C"}
        environment.pop("LANGUAGE", None)
        if self._server is not None:
            environment["CUPS_SERVER"] = self._server
        done = subprocess.run(
            command, input=given, capture_output=True, env=environment, timeout=self._timeout, check=False
        )
        said, complained = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
        return _Answer(done.returncode, said, complained.strip())


def _reasons(attributes: str) -> tuple[str, ...]:
    found = _REASONS.search(attributes)
    return tuple(found.group(1).split(",")) if found and found.group(1) != "none" else ()


def _kind(reasons: tuple[str, ...], state: int) -> StateKind:
    # A warning does not stop the printer (RFC 8011, 5.4.12).
    said = {
        reason.removesuffix("-error").removesuffix("-report")
        for reason in reasons
        if not reason.endswith("-warning")
    }
    for causes, kind in (
        (_NOT_ON, StateKind.OFF),
        (_JAMMED, StateKind.PAPER_JAM),
        (_NO_PAPER, StateKind.PAPER_OUT),
    ):
        if said & causes:
            return kind
    return StateKind.BUSY if state == _PROCESSING else StateKind.READY


def default_queue(server: str | None = None) -> str | None:
    """The system's default queue; None where there is none, or no CUPS."""
    try:
        said = LpPrinter("", server)._run(["lpstat", "-d"]).said
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _DEFAULT.search(said)
    return found.group(1) if found else None
