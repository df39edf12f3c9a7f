"""Photographs the screens for the officer's manual: `make shots`.

An invented office on a temporary store, the keys of an officer, no monitor. The hours in the list of what waits
to be sent are the machine's; everything else is the same each time.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QBuffer, Qt

from motcua_desktop.assets import resource
from motcua_desktop.district.server import EmbeddedDistrict
from motcua_desktop.domain.dossier import Verb
from motcua_desktop.domain.office import read_office
from motcua_desktop.i18n import use_language
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.desk import Desk, init_desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.intake_line import read_submission
from motcua_desktop.services.sending import send_once
from motcua_desktop.store.dossiers import get, of_day
from ui.app import make_application, quiet_off_screen
from ui.demo.day import ENTER, SPACE, SampleClock
from ui.demo.keys import Keyboard, wait_until
from ui.shell.window import MainWindow
from ui.workbench import Workbench

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "huong-dan" / "images"
MORNING = datetime(2026, 11, 20, 9, 20)
COLOURS = 256  # all that a palette holds; a third of the bytes
EARLIER = ((4, 4), (12, 3), (5, 2), (10, 1))  # (line of the sample day, days before it)
BIRTH, UNPRINTED, LARGE = 9, 11, 14  # lines of the sample day, counted from 1
PRINTER = "Máy in quầy 1"


class Photographer:
    """A window on a store, an officer's keys, and a folder for the pictures."""

    def __init__(self, desk: Desk, receipts: Path, *, dark: bool = False, scale: float = 1.0) -> None:
        self.app = make_application(dark=dark, scale=scale)
        self.bench = Workbench(desk, FolderPrinter(receipts, PRINTER))
        self.window = MainWindow(self.bench)
        self.window.show()
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow)
        self.keys = Keyboard(self.window)

    def take(self, name: str) -> None:
        """The whole window as a PNG with a palette."""
        self.keys.settle()
        wait_until(lambda: not self.bench.is_busy)
        memory = QBuffer()
        memory.open(QBuffer.OpenModeFlag.ReadWrite)
        self.window.grab().save(memory, "PNG")
        image = Image.open(BytesIO(bytes(memory.data().data()))).convert("RGB")
        small = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        small.save(PICTURES / f"{name}.png", optimize=True)

    def press(self, key: Qt.Key) -> None:
        self.keys.press(key)
        self.keys.settle()

    def save(self) -> None:
        self.press(Qt.Key.Key_F9)
        counter = self.window.counter
        wait_until(lambda: counter.presenter.saved is not None and not self.bench.is_busy)

    def close(self) -> None:
        """Close the window and its lanes; the store stays open for the next one."""
        self.window.counter.presenter.start()  # a form that holds something would keep the window open
        self.app.removeEventFilter(self.window.catcher)
        self.window.close()
        for lane in self.bench.lanes:
            lane.close()
        self.window.deleteLater()
        self.app.processEvents()


def main() -> None:
    """Take every picture again."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    use_language("vi")
    quiet_off_screen()
    PICTURES.mkdir(parents=True, exist_ok=True)
    clock = SampleClock(MORNING)
    with tempfile.TemporaryDirectory() as name, _office(Path(name), clock) as desk:
        receipts = Path(name) / "receipts"
        receipts.mkdir()
        photographer = Photographer(desk, receipts)
        _counter(photographer, clock)
        _other_screens(photographer)
        _results(photographer)
        photographer.close()
        clock.moment += timedelta(minutes=10)
        for name, dark in (("chu-lon", False), ("chu-lon-nen-toi", True)):
            large = Photographer(desk, receipts, dark=dark, scale=1.3)
            _begin(large, _line(LARGE))
            large.take(name)
            if dark:
                large.press(Qt.Key.Key_F6)
                wait_until(lambda: not large.bench.is_busy)  # noqa: B023  at once
                large.press(ENTER)
                large.take("chi-tiet-nen-toi")
                large.press(Qt.Key.Key_F2)
            large.close()


def _counter(photographer: Photographer, clock: SampleClock) -> None:
    """A birth with a paper missing, and a receipt that did not leave the printer."""
    keys, bench = photographer.keys, photographer.bench
    line = _line(BIRTH)
    clock.moment = datetime.fromisoformat(line["received_at"])
    keys.scan(line["card"])
    photographer.take("quet-the")
    keys.type(line["phone"])
    keys.press(ENTER)
    keys.type("ks")
    keys.press(ENTER)
    _to_paper(photographer, lambda short: short.startswith("Giấy chứng sinh"))
    photographer.press(SPACE)
    photographer.press(ENTER)
    photographer.press(Qt.Key.Key_F9)
    photographer.take("thieu-giay-to")
    _to_paper(photographer, lambda short: short.startswith("Giấy chứng sinh"))
    photographer.press(SPACE)
    photographer.press(ENTER)
    photographer.save()
    photographer.take("da-luu")
    photographer.press(Qt.Key.Key_Escape)
    clock.moment += timedelta(minutes=6)
    bench.printer = FolderPrinter(Path("no such folder"), PRINTER)
    _begin(photographer, _line(UNPRINTED))
    photographer.press(ENTER)
    photographer.save()
    photographer.take("may-in-tat")
    photographer.window.strip.hide()  # that message stays until something else is said
    photographer.press(Qt.Key.Key_Escape)


def _other_screens(photographer: Photographer) -> None:
    photographer.press(Qt.Key.Key_F6)
    photographer.take("han-tra")
    photographer.press(ENTER)
    photographer.take("chi-tiet-ho-so")
    photographer.keys.type("x")
    photographer.keys.settle()
    photographer.keys.type("27/11/2026")
    photographer.press(ENTER)
    photographer.keys.type("Chờ lãnh đạo ký")
    photographer.take("xin-loi-gia-han")
    photographer.press(Qt.Key.Key_Escape)
    photographer.press(Qt.Key.Key_F4)
    photographer.keys.type("duc")
    photographer.take("tim-ho-so")
    photographer.press(Qt.Key.Key_Escape)
    photographer.press(Qt.Key.Key_F7)
    photographer.take("gui-du-lieu")


def _results(photographer: Photographer) -> None:
    """A result that is ready, given out; and three certified copies at once."""
    desk, keys = photographer.bench.desk, photographer.keys
    with desk.store.read() as connection:
        dossier = next(d for line in of_day(connection, "2026-11-20") if (d := get(connection, line.id)))
    for wanted in (Act(Verb.HAND_OVER, to="Tư pháp – hộ tịch"), Act(Verb.FINISH, result="132/2026")):
        act(desk, dossier.id, wanted)
    photographer.press(Qt.Key.Key_F3)
    keys.scan(dossier.key)
    photographer.take("tra-ket-qua")
    photographer.press(Qt.Key.Key_Escape)
    photographer.press(Qt.Key.Key_F12)
    keys.type("Lò Thị Mai")
    keys.settle()
    for field in (photographer.window.quick.copies, photographer.window.quick.pages):
        field.setFocus()
        field.selectAll()
        keys.type("3" if field is photographer.window.quick.copies else "2")
        keys.settle()
    photographer.take("luot-nhanh")
    photographer.press(Qt.Key.Key_Escape)
    photographer.press(Qt.Key.Key_F11)
    photographer.take("danh-muc")
    photographer.press(Qt.Key.Key_F2)


def _begin(photographer: Photographer, line: dict[str, Any]) -> None:
    """Scan, phone, procedure: as far as the checklist."""
    desk = photographer.bench.desk
    procedure = desk.catalogue.find(line["procedure"], desk.now().date())
    photographer.keys.scan(line["card"])
    photographer.keys.type(line["phone"])
    photographer.press(ENTER)
    photographer.keys.type((procedure.alias if procedure else None) or line["procedure"])
    photographer.press(ENTER)


def _to_paper(photographer: Photographer, wanted: Callable[[str], bool]) -> None:
    table = photographer.window.counter.procedure_card
    table.table.setFocus()
    table.table.selectRow(next(n for n, p in enumerate(table.papers.papers) if wanted(p.document.short)))


@contextmanager
def _office(folder: Path, clock: SampleClock) -> Iterator[Desk]:
    """A desk with some earlier dossiers and the morning's, all of them sent."""
    with EmbeddedDistrict(f"sqlite:///{(folder / 'district.db').as_posix()}") as district:
        office = {
            "code": "H18.11.05",
            "name": "UBND xã Tả Phìn",
            "province": "Điện Biên",
            "desk": 1,
            "officer": "Nguyễn Thị Nhung",
            "unit": "0501",
            "hours": "07:30-11:30,13:30-17:00",
            "return_at": "17:00",
            "hub": district.url,
        }
        desk = init_desk(folder, read_office(office))
        desk.now = clock
        for number, days in EARLIER:
            line = _line(number)
            moment = datetime.fromisoformat(line["received_at"]) - timedelta(days=days)
            receive(desk, read_submission({**line, "received_at": moment.isoformat()}))
        for number in range(1, BIRTH):
            line = _line(number)
            if line["received_at"] < MORNING.isoformat() and number not in dict(EARLIER):
                receive(desk, read_submission(line))
        send_once(desk.store, district.url)
        try:
            yield desk
        finally:
            desk.close()


def _line(number: int) -> dict[str, Any]:
    lines = resource("sample", "day-2026-11-20.jsonl").read_text(encoding="utf-8").splitlines()
    line: dict[str, Any] = json.loads(lines[number - 1])
    return line


if __name__ == "__main__":
    main()
