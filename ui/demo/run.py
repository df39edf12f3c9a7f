"""The demonstration: an invented office and its sample day."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from motcua_desktop.assets import resource
from motcua_desktop.documents.paper import Paper
from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.office import read_office
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.printing.port import Outcome
from motcua_desktop.services.desk import Desk, init_desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.intake_line import read_submission
from motcua_desktop.services.sending import summary
from ui.app import make_application, quiet_off_screen, run_window
from ui.demo.day import DayDriver, SampleClock
from ui.demo.keys import wait_until
from ui.shell.window import MainWindow
from ui.workbench import Workbench

SAMPLE = ("sample", "day-2026-11-20.jsonl")
MORNING = datetime(2026, 11, 20, 7, 30)
AFTERNOON = datetime(2026, 11, 20, 16, 37)
EVENING = datetime(2026, 11, 20, 16, 41)
RECEIPT = re.compile(r"[A-Z0-9.]+-\d{6}-\d+(_\d+)?$")  # titles of other sheets have their kind in them
PICTURED = {1: "first-citizen", 15: "someone-else-files", 8: "typed-by-hand"}


class TwoTrays(FolderPrinter):
    """Receipts fall into one folder, all other sheets into another."""

    def __init__(self, output: Path) -> None:
        super().__init__(output / "receipts")
        self._others = FolderPrinter(output / "sheets")

    def send(self, pdf: bytes, title: str, paper: str) -> Outcome:
        if RECEIPT.match(title):
            return super().send(pdf, title, paper)
        return self._others.send(pdf, title, paper)


def show_demo(output: Path, hub: str) -> int:
    """The counter on the evening of the sample day, for somebody to try."""
    desk = _office(output, hub)
    for line in _sample():
        receive(desk, read_submission(line))
    started = time.monotonic()
    desk.now = lambda: local(EVENING) + timedelta(seconds=time.monotonic() - started)
    print(f"An invented office, on the evening of {EVENING:%d/%m/%Y}. Receipts go to {output / 'receipts'}.")
    print("No scanner? Paste a card's text into the ID number and press Enter, for instance:")
    print("  " + next(line["card"] for line in _sample() if "card" in line))
    app = make_application()
    return run_window(app, Workbench(desk, TwoTrays(output), Paper.A5))


def play_demo(output: Path, hub: str, held: Callable[[], int]) -> int:
    """The sample day through the window by key and scan events; 0 when all of it arrived.

    `held` says how many dossiers the district at `hub` holds.
    """
    print("There is no display: the window goes through the sample day by itself, off screen.", flush=True)
    quiet_off_screen()
    desk = _office(output, hub)
    app = make_application()
    clock = SampleClock(MORNING)
    desk.now = clock
    bench = Workbench(desk, TwoTrays(output), Paper.A5)
    window = MainWindow(bench)
    window.show()
    window.activateWindow()
    wait_until(window.isActiveWindow)
    driver = DayDriver(window, bench, clock, output / "screens")
    driver.picture("empty-counter")
    started = time.monotonic()
    lines = list(_sample())
    for number, line in enumerate(lines, 1):
        driver.receive(line, PICTURED.get(number))
    driver.afternoon(AFTERNOON)
    driver.evening()
    seconds = time.monotonic() - started
    waiting = summary(desk.store).counts.unsettled
    window.close()
    bench.close()
    app.processEvents()
    receipts = len(list((output / "receipts").glob("*.pdf")))
    arrived = held()
    _write_summary(output, len(lines), receipts, arrived, waiting, driver.keys.pressed, seconds)
    return 0 if len(lines) == receipts == arrived and not waiting else 1


def _write_summary(
    output: Path, lines: int, receipts: int, held: int, waiting: int, pressed: int, seconds: float
) -> None:
    text = "\n".join(
        (
            "# The sample day of 20 November 2026",
            "",
            f"- citizens received in the window: {lines}",
            f"- receipts in `receipts/`: {receipts}",
            f"- dossiers held by the district: {held}",
            f"- entries still waiting to be sent: {waiting}",
            f"- keys pressed by the officer: {pressed}, {pressed / lines:.0f} a citizen",
            "  (everybody is new on this day, and some are typed in whole: they have no card)",
            f"- time at the machine: {seconds:.0f} s, {seconds / lines:.1f} s a citizen",
            "",
            "The first of them was also handed over, finished and returned (`life-…`);",
            "its control sheet is in `sheets/`.",
            "",
            "Pictures of each step are in `screens/`. The store and the district's file are in `office/`.",
            "",
        )
    )
    (output / "summary.md").write_text(text, encoding="utf-8")
    print(text)


def make_folders(output: Path) -> None:
    """Fresh folders for this run; nothing else in `output` is touched."""
    for name in ("receipts", "sheets", "screens", "office"):
        shutil.rmtree(output / name, ignore_errors=True)
        (output / name).mkdir(parents=True)


def _office(output: Path, hub: str) -> Desk:
    office = read_office(
        {
            "code": "H18.11.05",
            "name": "UBND xã Tả Phìn",
            "province": "Điện Biên",
            "desk": 1,
            "officer": "Nguyễn Thị Nhung",
            "unit": "0501",
            "hours": "07:30-11:30,13:30-17:00",
            "return_at": "17:00",
            "hub": hub,
        }
    )
    return init_desk(output / "office", office)


def _sample() -> Iterator[Mapping[str, Any]]:
    for line in resource(*SAMPLE).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
