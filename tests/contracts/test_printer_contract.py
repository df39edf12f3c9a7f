"""Every printer keeps the same promises: the folder that stands in for one, and a real CUPS queue."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from motcua_desktop.documents.page import Paper
from motcua_desktop.documents.receipt import draw_receipt
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.printing.lp import LpPrinter
from motcua_desktop.printing.port import OutcomeKind, Printer, StateKind
from tests.documents.sample_receipts import SHORT
from tests.printing.cups_queue import PrivateCups, missing, private_cups


@dataclass(frozen=True, slots=True)
class Setting:
    """A printer that works, one that is not there, and what has come out of the first."""

    printer: Printer
    absent: Printer
    printed: Callable[[], list[bytes]]


@pytest.fixture(scope="module")
def cups() -> Iterator[PrivateCups]:
    reason = missing()
    if reason:
        pytest.skip(reason)
    with private_cups() as server:
        yield server


@pytest.fixture(params=["folder", "cups"])
def setting(request: pytest.FixtureRequest, tmp_path: Path) -> Setting:
    if request.param == "folder":
        folder = tmp_path / "out"
        folder.mkdir()

        def files() -> list[bytes]:
            found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
            return [path.read_bytes() for path in found]

        return Setting(FolderPrinter(folder), FolderPrinter(tmp_path / "gone"), files)
    server: PrivateCups = request.getfixturevalue("cups")
    name = server.add(f"Q{abs(hash(request.node.name)) % 10**8}")
    working = LpPrinter(name, server.server)
    return Setting(working, LpPrinter("Nowhere", server.server), lambda: server.printed(name))


class TestEveryPrinter:
    def test_a_sheet_that_was_sent_arrives_whole(self, setting: Setting) -> None:
        sheet = draw_receipt(SHORT, Paper.A5)

        outcome = setting.printer.send(sheet, SHORT.code, Paper.A5)

        assert outcome.sent and outcome.job
        assert setting.printed() == [sheet]
        assert len(pypdfium2.PdfDocument(setting.printed()[0])) == 2

    def test_two_sheets_are_two_jobs_and_come_out_in_order(self, setting: Setting) -> None:
        sheets = [draw_receipt(SHORT, paper) for paper in Paper]

        jobs = [setting.printer.send(sheet, f"H15-{n}", "A4").job for n, sheet in enumerate(sheets)]

        assert len(set(jobs)) == 2
        assert setting.printed() == sheets

    def test_a_title_with_marks_slashes_and_dashes_does_no_harm(self, setting: Setting) -> None:
        assert setting.printer.send(b"%PDF-1.4\n", "-d ../Hồ sơ/1", "A5").sent
        assert len(setting.printed()) == 1

    def test_a_working_printer_says_that_it_is_ready(self, setting: Setting) -> None:
        state = setting.printer.state()

        assert (state.kind, state.accepts, state.waiting) == (StateKind.READY, True, 0)

    def test_an_unknown_printer_is_not_found(self, setting: Setting) -> None:
        outcome = setting.absent.send(b"%PDF-1.4\n", "H15", "A5")

        assert (outcome.kind, outcome.job) == (OutcomeKind.PRINTER_NOT_FOUND, "")
        assert setting.absent.state().kind is StateKind.NOT_FOUND
        assert not setting.absent.state().accepts


class TestCupsQueue:
    """What only a spooler can answer."""

    def test_a_stopped_queue_is_off_and_is_given_nothing(self, cups: PrivateCups) -> None:
        printer = LpPrinter(cups.add("Stopped"), cups.server)
        cups.run("cupsdisable", "Stopped")

        outcome = printer.send(b"%PDF-1.4\n", "H15", "A5")

        assert (outcome.kind, outcome.job) == (OutcomeKind.PRINTER_OFF, "")
        assert printer.state().kind is StateKind.OFF
        assert printer.state().waiting == 0

    def test_a_queue_that_takes_no_jobs_is_off(self, cups: PrivateCups) -> None:
        printer = LpPrinter(cups.add("Closed"), cups.server)
        cups.run("cupsreject", "Closed")

        assert printer.send(b"%PDF-1.4\n", "H15", "A5").kind is OutcomeKind.PRINTER_OFF

    def test_a_printer_out_of_paper_is_said_and_keeps_the_job(self, cups: PrivateCups) -> None:
        printer = LpPrinter(cups.add("Empty"), cups.server)
        cups.report("Empty", "media-empty-error")
        printer.send(b"%PDF-1.4\n%1\n", "H15", "A5")
        cups.printed("Empty")

        outcome = printer.send(b"%PDF-1.4\n%2\n", "H15", "A5")

        assert printer.state().kind is StateKind.PAPER_OUT
        assert outcome.kind is OutcomeKind.PAPER_OUT
        assert outcome.job.startswith("Empty-")

    @pytest.mark.parametrize(
        ("reason", "kind"),
        [
            ("media-jam-error", StateKind.PAPER_JAM),
            ("cover-open-error", StateKind.OFF),
            ("toner-low-warning", StateKind.READY),
        ],
    )
    def test_what_the_printer_reports_becomes_its_state(
        self, cups: PrivateCups, reason: str, kind: StateKind
    ) -> None:
        name = cups.add(reason.split("-")[0])
        cups.report(name, reason)
        printer = LpPrinter(name, cups.server)
        printer.send(b"%PDF-1.4\n", "H15", "A5")
        cups.printed(name)

        assert printer.state().kind is kind
        assert printer.state().accepts

    def test_a_printer_switched_off_is_said_while_its_job_waits(self, cups: PrivateCups) -> None:
        printer = LpPrinter(cups.add("Dark"), cups.server)
        cups.report("Dark", "offline-report")
        with cups.stuck("Dark"):
            printer.send(b"%PDF-1.4\n%1\n", "H15", "A5")
            deadline = time.monotonic() + 20
            while printer.state().kind is not StateKind.OFF and time.monotonic() < deadline:
                pass

            outcome = printer.send(b"%PDF-1.4\n%2\n", "H15", "A5")

            assert (outcome.kind, outcome.job[:5]) == (OutcomeKind.PRINTER_OFF, "Dark-")
            assert printer.state().waiting == 2
        assert len(cups.printed("Dark")) == 2

    def test_a_server_that_does_not_answer_is_a_missing_spooler(self, tmp_path: Path) -> None:
        if missing():
            pytest.skip(missing())
        printer = LpPrinter("Any", str(tmp_path / "no.sock"))

        assert printer.send(b"%PDF-1.4\n", "H15", "A5").kind is OutcomeKind.SPOOLER_MISSING
