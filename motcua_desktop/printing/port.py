"""What a printer is to the rest of the program, and everything it can answer.

Callers choose the message by the kind of answer: MC-120 for a printer that is not there or not on, MC-121 for
paper that is out or stuck. Nothing here raises for what a printer or a spooler does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class OutcomeKind(StrEnum):
    """What became of a job that was sent."""

    SENT = "sent"
    PRINTER_NOT_FOUND = "printer_not_found"
    PRINTER_OFF = "printer_off"
    PAPER_OUT = "paper_out"
    PAPER_JAM = "paper_jam"
    SPOOLER_MISSING = "spooler_missing"
    FAILED = "failed"
    UNKNOWN = "unknown"  # no answer in time: the job may print or may not


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to `send`. A `job` means the spooler holds it and prints when it can: do not send it again.

    `detail` is the spooler's own words, for the log only.
    """

    kind: OutcomeKind
    job: str = ""
    detail: str = ""

    @property
    def sent(self) -> bool:
        """Whether the job left without anything known against it."""
        return self.kind is OutcomeKind.SENT


class StateKind(StrEnum):
    """How a printer is doing, as far as its spooler knows."""

    READY = "ready"
    BUSY = "busy"
    OFF = "off"
    PAPER_OUT = "paper_out"
    PAPER_JAM = "paper_jam"
    NOT_FOUND = "not_found"
    SPOOLER_MISSING = "spooler_missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PrinterState:
    """How a printer is, whether its queue takes jobs, how many wait, and the spooler's reasons."""

    kind: StateKind
    accepts: bool
    waiting: int = 0
    reasons: tuple[str, ...] = ()


class Printer(Protocol):
    """One printer that sheets can be sent to."""

    @property
    def name(self) -> str:
        """The name the officer knows it by."""
        ...

    def send(self, pdf: bytes, title: str, paper: str) -> Outcome:
        """Hand over a PDF in its true size; `paper` is a size's name ("A5", "A4"), `title` names the job."""
        ...

    def state(self) -> PrinterState:
        """How the printer is doing now."""
        ...
