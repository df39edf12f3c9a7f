"""One citizen after the other: what an officer does with the keys for a line of the sample day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from motcua_desktop.domain.calendar import local
from motcua_desktop.services.sheets import find_dossier
from ui.demo.keys import Keyboard, wait_until
from ui.shell.window import MainWindow
from ui.wording import day_first
from ui.workbench import Workbench

ENTER, DOWN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space


class SampleClock:
    """A clock that stands where the sample day has got to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = local(moment)

    def __call__(self) -> datetime:
        return self.moment


class DayDriver:
    """Goes through a day in the window; `look` is called with the name of each step worth a picture."""

    def __init__(self, window: MainWindow, bench: Workbench, clock: SampleClock, pictures: Path) -> None:
        self._window = window
        self._bench = bench
        self._clock = clock
        self._pictures = pictures
        self.keys = Keyboard(window)

    def receive(self, line: Mapping[str, Any], name: str | None = None) -> None:
        """Receive one citizen by scan and keys until the receipt left; pictures when `name` is given."""
        self._clock.moment = local(datetime.fromisoformat(line["received_at"]))

        def picture(step: str) -> None:
            if name is not None:
                self.picture(f"{name}-{step}")

        self._person(line)
        picture("1-person")
        self._representative(line.get("representative"))
        self._procedure(line["procedure"])
        picture("2-papers")
        self._papers(line["documents"])
        self._return_by(line["return_by"])
        self._note_when_repeated()
        picture("3-ready")
        self._commit()
        picture("4-saved")
        self.keys.press(Qt.Key.Key_Escape)

    def picture(self, name: str) -> None:
        """A screenshot of the whole window."""
        wait_until(lambda: not self._bench.looking.is_busy)
        self._window.grab().save(str(self._pictures / f"{name}.png"))

    def afternoon(self, moment: datetime) -> None:
        """The first dossier is handed over and finished, and its result given to who comes with the receipt."""
        self._clock.moment = local(moment)
        window, keys = self._window, self.keys
        code = min(line.code for line in window.counter.today_card.lines.lines)
        dossier = find_dossier(self._bench.desk, code)
        window.open_dossier(code)
        keys.settle()
        self._act(code, "c", "life-1-hand-over", "Tư pháp – hộ tịch")
        self._act(code, "f", "life-2-finish", "")
        keys.press(Qt.Key.Key_F3)
        keys.settle()
        keys.scan(dossier.key)
        wait_until(lambda: not self._bench.is_busy)
        keys.look_up()
        keys.press(ENTER)
        self.picture("life-3-return")
        keys.press(Qt.Key.Key_F9)
        wait_until(lambda: find_dossier(self._bench.desk, code).status == "returned")
        wait_until(lambda: not self._bench.is_busy)
        self.picture("life-4-returned")
        window.open_dossier(code)
        self.picture("life-5-whole")
        keys.press(Qt.Key.Key_F2)

    def _act(self, code: str, letter: str, name: str, said: str) -> None:
        """Choose an act by its letter, fill its first field, look at it, confirm it."""
        keys = self.keys
        wait_until(lambda: not self._bench.is_busy)
        keys.type(letter)
        keys.settle()
        if said:
            keys.type(said)
        self.picture(name)
        before = len(find_dossier(self._bench.desk, code).acts)
        keys.press(Qt.Key.Key_F9)
        wait_until(lambda: len(find_dossier(self._bench.desk, code).acts) > before)
        wait_until(lambda: not self._bench.is_busy)

    def evening(self) -> None:
        """Look at the deadlines and the search, then send everything."""
        window, keys = self._window, self.keys
        keys.press(Qt.Key.Key_F6)
        self.picture("day-1-deadlines")
        keys.press(Qt.Key.Key_F4)
        keys.type("duc")
        keys.settle()
        self.picture("day-2-search")
        keys.press(Qt.Key.Key_F7)
        self.picture("day-3-outbox")
        keys.press(Qt.Key.Key_F7)
        wait_until(lambda: not self._bench.is_busy and not window.outbox.presenter.is_sending)
        self.picture("day-4-sent")
        keys.press(Qt.Key.Key_F2)

    def _person(self, line: Mapping[str, Any]) -> None:
        counter, keys = self._window.counter, self.keys
        if "card" in line:
            keys.scan(line["card"])
        else:
            person = line["applicant"]
            keys.type(person["id_number"])
            keys.press(ENTER)
            keys.type(person["full_name"])
            keys.press(ENTER)
            keys.type(day_first(person["birth_date"]))
            keys.press(ENTER)
            keys.press(DOWN if person["gender"] == "Nam" else Qt.Key.Key_End)
            self._focus(counter.person_card.address)
            keys.type(person["address"])
            self._focus(counter.person_card.phone)
        if counter.person_card.phone.hasFocus():
            keys.type(line["phone"])
            keys.press(ENTER)

    def _representative(self, person: Mapping[str, str] | None) -> None:
        if person is None:
            return
        keys = self.keys
        keys.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
        for name in ("id_number", "full_name", "phone"):
            keys.type(person[name])
            keys.press(ENTER)
        keys.press(ENTER)

    def _procedure(self, code: str) -> None:
        procedure = self._bench.desk.catalogue.find(code, self._clock().date())
        self.keys.type((procedure.alias if procedure else None) or code)
        self.keys.press(ENTER)

    def _papers(self, documents: list[Mapping[str, int]]) -> None:
        counter, keys = self._window.counter, self.keys
        wanted = {row["item"]: row for row in documents}
        last = len(counter.procedure_card.papers.papers) - 1
        for row, paper in enumerate(counter.procedure_card.papers.papers):
            want = wanted.get(paper.document.item)
            if paper.there != (want is not None):
                keys.press(SPACE)
                keys.settle()
            if want is not None:
                for _ in range(
                    max(want["original"] - paper.original, 0) or max(want["copy"] - paper.copy, 0)
                ):
                    keys.type("+")
            if row < last:
                keys.press(DOWN)
        keys.press(ENTER)

    def _return_by(self, way: str) -> None:
        box = self._window.counter.due_card.return_by
        while box.currentData() != way:
            self._focus(box)
            self.keys.press(DOWN)

    def _note_when_repeated(self) -> None:
        if self._window.strip.number == "MC-112":
            self._focus(self._window.counter.procedure_card.note)
            self.keys.type("nộp thêm")

    def _commit(self) -> None:
        counter = self._window.counter
        self.keys.press(Qt.Key.Key_F9)
        self.keys.settle()
        if counter.presenter.waits_for_second_f9:
            self.keys.press(Qt.Key.Key_F9)
        wait_until(lambda: counter.presenter.saved is not None)
        wait_until(lambda: not self._bench.is_busy)

    def _focus(self, widget: QWidget) -> None:
        """Go to a field with Tab, as somebody without a mouse does."""
        for _ in range(60):
            if widget.hasFocus():
                return
            self.keys.press(Qt.Key.Key_Tab)
            self.keys.settle()
        raise TimeoutError(f"Tab does not reach {widget.accessibleName()}")
