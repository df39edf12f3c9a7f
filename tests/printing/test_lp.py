"""The CUPS adapter where there is no CUPS to ask: stand-ins for its commands, and none at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from motcua_desktop.printing.lp import LpPrinter
from motcua_desktop.printing.port import OutcomeKind, StateKind

pytestmark = pytest.mark.skipif(os.name == "nt", reason="stand-ins are shell scripts")


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def _stand_in(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def _idle(folder: Path, reasons: str = "none") -> None:
    _stand_in(
        folder,
        "lpoptions",
        f"echo printer-is-accepting-jobs=true printer-state=3 printer-state-reasons={reasons}",
    )
    _stand_in(folder, "lpstat", "exit 0")


def test_without_cups_commands_the_spooler_is_missing(commands: Path) -> None:
    printer = LpPrinter("HP")

    assert printer.send(b"%PDF", "H15", "A5").kind is OutcomeKind.SPOOLER_MISSING
    assert printer.state().kind is StateKind.SPOOLER_MISSING


def test_lp_alone_missing_is_a_missing_spooler_too(commands: Path) -> None:
    _idle(commands)

    assert LpPrinter("HP").send(b"%PDF", "H15", "A5").kind is OutcomeKind.SPOOLER_MISSING


def test_a_sheet_is_asked_for_in_its_own_size_and_never_scaled(commands: Path) -> None:
    _idle(commands)
    _stand_in(commands, "lp", f'echo "$@" > {commands}/asked; echo "request id is HP-7 (0 file(s))"')

    outcome = LpPrinter("HP").send(b"%PDF", "H15-0001", "A5")

    assert (outcome.kind, outcome.job) == (OutcomeKind.SENT, "HP-7")
    asked = (commands / "asked").read_text(encoding="utf-8")
    assert asked.strip() == "-d HP -o media=A5 -o print-scaling=none -o sides=one-sided -t H15-0001 -"


def test_a_refused_job_is_a_failure_with_the_spoolers_words(commands: Path) -> None:
    _idle(commands)
    _stand_in(commands, "lp", "echo 'lp: no' >&2; exit 1")

    outcome = LpPrinter("HP").send(b"%PDF", "H15", "A5")

    assert (outcome.kind, outcome.job, outcome.detail) == (OutcomeKind.FAILED, "", "lp: no")


def test_no_answer_in_time_is_unknown_and_not_failed(commands: Path) -> None:
    _idle(commands)
    _stand_in(commands, "lp", "exec /bin/sleep 30")

    assert LpPrinter("HP", timeout=1).send(b"%PDF", "H15", "A5").kind is OutcomeKind.UNKNOWN


def test_a_silent_spooler_leaves_the_state_unknown(commands: Path) -> None:
    _stand_in(commands, "lpoptions", "exec /bin/sleep 30")
    printer = LpPrinter("HP", timeout=0.3)

    assert printer.state().kind is StateKind.UNKNOWN
    assert printer.send(b"%PDF", "H15", "A5").kind is OutcomeKind.UNKNOWN


@pytest.mark.parametrize(
    ("reasons", "kind"),
    [
        ("offline-report", StateKind.OFF),
        ("media-needed-error", StateKind.PAPER_OUT),
        ("media-empty", StateKind.PAPER_OUT),
        ("media-jam,media-empty-error", StateKind.PAPER_JAM),
        ("media-low-warning,toner-low-report", StateKind.READY),
    ],
)
def test_reasons_decide_and_warnings_do_not(commands: Path, reasons: str, kind: StateKind) -> None:
    _idle(commands, reasons)

    assert LpPrinter("HP").state().kind is kind
