"""A scan means the same wherever the focus is, and a person's keys all arrive, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from shiboken6 import getCppPointer

from motcua_desktop.domain.numbers import desk_key
from tests.factories import BIRTH, moment
from tests.ui.windows import ENTER, ESCAPE, F9, NEW, RETURNING, SPACE, THIRD, Sitting, a_window, known_citizen
from ui.shell.window import MainWindow

NO_KEY = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BANK = "00020101021238570010A00000072701270006970436 0113 12345678 90208QRIBFTTA53037045802VN6304A1B2"
a_list_opens = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PLACES = (
    "counter",
    "counter with a representative",
    "counter with a procedure",
    "search",
    "board",
    "dossier",
    "outbox",
)


class Fingers:
    """Sends single key events with the time at which each was struck."""

    def __init__(self, sitting: Sitting) -> None:
        self._window = sitting.window.windowHandle()
        self._clock_ms = 1_000_000

    def send(self, kind: QEvent.Type, key: int, text: str, after_ms: int, modifiers: Any = NO_KEY) -> None:
        self._clock_ms += after_ms
        event = QKeyEvent(kind, key, modifiers, text)
        event.setTimestamp(self._clock_ms)
        QCoreApplication.sendEvent(self._window, event)

    def down(self, text: str, after_ms: int = 90, key: int | None = None) -> None:
        self.send(QEvent.Type.KeyPress, _code(text) if key is None else key, text, after_ms)

    def up(self, text: str, after_ms: int = 5, key: int | None = None) -> None:
        self.send(QEvent.Type.KeyRelease, _code(text) if key is None else key, text, after_ms)

    def burst(self, text: str, gap_ms: int = 4, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """A scanner with a Shift key of its own, as on a real keyboard."""
        for character in text:
            shifted = character.isupper() or character in "|:+_?"
            if shifted:
                self.send(QEvent.Type.KeyPress, Qt.Key.Key_Shift, "", gap_ms, SHIFT)
            self.down(character, gap_ms)
            self.up(character, 0)
            if shifted:
                self.send(QEvent.Type.KeyRelease, Qt.Key.Key_Shift, "", 0)
        if end is not None:
            self.down("\t" if end == Qt.Key.Key_Tab else "\r", gap_ms, end)
            self.up("\t" if end == Qt.Key.Key_Tab else "\r", 0, end)


def _code(text: str) -> int:
    return ord(text.upper()) if text.isascii() else 0


class Presses(QObject):
    """Every button of the window that said it was clicked or pressed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.heard: list[str] = []
        assert all(
            (window.search, window.board, window.dossier, window.outbox)
        )  # made when they are first asked for
        for button in window.findChildren(QAbstractButton):
            button.clicked.connect(partial(self._note, "clicked", _name(button)))
            button.pressed.connect(partial(self._note, "pressed", _name(button)))

    def _note(self, act: str, name: str, *_: object) -> None:
        self.heard.append(f"{act} {name}")


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()}"


def snapshot(sitting: Sitting) -> dict[str, object]:
    """What stands in every widget that takes something in, but for the person and what is told of them."""
    window = sitting.window
    person = set(sitting.person.findChildren(QLineEdit)) | {sitting.person.gender}
    person |= {box.lineEdit() for box in window.findChildren(QComboBox) if box.lineEdit()}
    shown: dict[str, object] = {}
    for widget in window.findChildren(QWidget):
        key = f"{type(widget).__name__} {widget.accessibleName()} {getCppPointer(widget)[0]:x}"
        if widget in person:
            continue
        if isinstance(widget, QLineEdit):
            shown[key] = widget.text()
        elif isinstance(widget, QComboBox):
            shown[key] = (widget.currentIndex(), widget.count())
        elif isinstance(widget, QAbstractButton):
            rail = widget.objectName() == "railButton"
            shown[key] = (
                widget.isDown() if rail else (widget.isChecked(), widget.isDown(), widget.isEnabled())
            )
        elif isinstance(widget, QTableView):
            model = widget.model()
            shown[key] = (widget.currentIndex().row(), model.rowCount())
    shown["papers"] = [(p.there, p.original, p.copy) for p in sitting.procedure.papers.papers]
    shown["matches"] = [p.code for p in sitting.procedure._listed.lines]
    shown["chosen"] = sitting.presenter.procedure
    shown["due"] = sitting.due.due.text()
    return shown


def focusable(window: QWidget) -> list[QWidget]:
    """Every widget that can have the focus now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    ]


@pytest.fixture
def busy(qapp: QApplication, tmp_path: Path) -> Iterator[Sitting]:
    """A counter with somebody received earlier in the day, so that tables have lines."""
    with a_window(tmp_path, known_citizen(BIRTH)) as sat:
        sat.keys.scan(NEW)
        sat.keys.type("0987654321")
        sat.keys.press(ENTER)
        sat.choose("cc")
        sat.keys.press(F9)
        sat.until(lambda: sat.presenter.saved is not None)
        sat.settle()
        yield sat


def go(sitting: Sitting, place: str) -> None:
    """An empty form, and the page on which the officer is when the scanner fires."""
    window = sitting.window
    sitting.presenter.start()
    window.show_page(window.counter)
    if place == "counter with a representative":
        sitting.person.for_another.setChecked(True)
    if place == "counter with a procedure":
        procedure = sitting.desk.catalogue.match("cc", sitting.clock().date(), {})[0]
        sitting.presenter.procedure_chosen(procedure)
    if place == "search":
        window.search_line.setText("my")
        window.show_page(window.search)
        window.search.presenter.ask("my")
    if place == "dossier":
        window.open_dossier(sitting.dossiers()[0].code)
    if place in ("board", "outbox"):
        window.show_page(getattr(window, place))
    sitting.settle()


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab, None], ids=["enter", "tab", "nothing"])
@pytest.mark.parametrize("place", PLACES)
def test_a_scan_fills_the_person_and_touches_nothing_else_wherever_the_focus_is(
    busy: Sitting, place: str, end: Qt.Key | None
) -> None:
    window, presses, fingers = busy.window, Presses(busy.window), Fingers(busy)
    before_count, before_sheets = len(busy.dossiers()), busy.sheets()
    go(busy, place)
    targets = focusable(window)
    assert len(targets) > 5
    for target in targets:
        go(busy, place)
        target.setFocus()
        busy.settle()
        assert QApplication.focusWidget() is target, _name(target)
        presses.heard.clear()
        before = snapshot(busy)

        fingers.burst(RETURNING, 4, end)
        busy.keys.settle()

        assert busy.person.full_name.text() == "Vàng A Dế", _name(target)
        assert busy.person.id_number.text() == "011091000001"
        assert busy.person.phone.text() == "0912345678"
        assert presses.heard == [], _name(target)
        after = snapshot(busy)
        assert {k: (before[k], after[k]) for k in after if after[k] != before[k]} == {}, _name(target)
        assert window.pages.currentWidget() is window.counter
    busy.settle()
    assert (len(busy.dossiers()), busy.sheets()) == (before_count, before_sheets)


def test_a_scan_after_saving_begins_with_the_next_person_and_presses_nothing(busy: Sitting) -> None:
    presses, fingers = Presses(busy.window), Fingers(busy)
    sheets = busy.sheets()
    for name in ("again", "next"):
        busy.presenter.start()
        fingers.burst(THIRD)
        if name == "again":  # the first time they come
            busy.keys.type("0912000111")
            busy.keys.press(ENTER)
        busy.choose("ks" if name == "again" else "kh")
        busy.save()
        sheets = busy.sheets()
        presses.heard.clear()
        getattr(busy.due, name).setFocus()

        fingers.burst(RETURNING)
        busy.settle()

        assert presses.heard == []
        assert busy.sheets() == sheets
        assert busy.presenter.saved is None
        assert busy.person.full_name.text() == "Vàng A Dế"


@a_list_opens
def test_a_scan_while_a_list_hangs_open_closes_it_and_chooses_nothing(sitting: Sitting) -> None:
    box = sitting.due.return_by
    box.setFocus()
    box.showPopup()
    sitting.until(lambda: QApplication.activePopupWidget() is not None)

    Fingers(sitting).burst(RETURNING)
    sitting.settle()

    assert QApplication.activePopupWidget() is None
    assert box.currentIndex() == 0
    assert sitting.person.full_name.text() == "Vàng A Dế"
    assert sitting.window.focusWidget() is sitting.procedure.search


@pytest.mark.parametrize("gap", [0, 1, 4, 10, 20, 30])
def test_a_scanner_may_be_fast_or_slow(sitting: Sitting, gap: int) -> None:
    sitting.due.next.setFocus()

    Fingers(sitting).burst(RETURNING, gap)

    assert sitting.person.full_name.text() == "Vàng A Dế"


def test_two_scans_in_a_row_leave_the_second_person(sitting: Sitting) -> None:
    fingers = Fingers(sitting)

    fingers.burst(RETURNING)
    fingers.burst(NEW)

    assert sitting.person.full_name.text() == "Giàng Thị Mỷ"
    assert sitting.person.phone.text() == ""


@pytest.mark.parametrize("second", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_scanner_that_ends_with_two_keys_is_one_scan(sitting: Sitting, second: Qt.Key) -> None:
    fingers = Fingers(sitting)

    fingers.burst(RETURNING)
    fingers.down("\r", 4, second)
    fingers.up("\r", 0, second)

    assert sitting.presenter.procedure is None
    assert sitting.focus is sitting.procedure.search


def test_enter_right_after_a_scan_and_a_letter_is_the_officers(sitting: Sitting) -> None:
    fingers = Fingers(sitting)

    fingers.burst(RETURNING)
    fingers.down("k", 4)
    fingers.down("\r", 4, Qt.Key.Key_Return)

    assert sitting.presenter.procedure is not None


def test_a_scan_while_a_message_is_shown_is_taken(sitting: Sitting) -> None:
    sitting.keys.press(F9)
    assert sitting.window.strip.number == "MC-115"

    Fingers(sitting).burst(RETURNING)

    assert sitting.person.full_name.text() == "Vàng A Dế"


def test_an_input_methods_backspaces_do_not_break_a_scan_and_the_text_is_marked(sitting: Sitting) -> None:
    fingers = Fingers(sitting)
    sitting.due.commit.setFocus()
    head, tail = RETURNING.split("Dế")

    fingers.burst(head + "Dee", 3, None)
    for _ in range(2):
        fingers.down("\b", 0, Qt.Key.Key_Backspace)
        fingers.up("\b", 0, Qt.Key.Key_Backspace)
    fingers.burst("ế" + tail, 3)

    assert sitting.person.full_name.text() == "Vàng A Dế"
    assert sitting.person.full_name.property("doubt") == "true"
    assert sitting.dossiers() == []
    fingers.burst(RETURNING)
    assert sitting.person.full_name.property("doubt") is None


@pytest.mark.parametrize(
    ("text", "number", "said"),
    [
        (BANK, "MC-103", "ngân hàng"),
        ("https://vneid.gov.vn/qr?id=A1B2 C3", "MC-103", "VNeID"),
        ("GD4010123456789|4e677579e1bb856e|01/01/1990|1|", "MC-103", "bảo hiểm"),
        ("H18.11.05-261120-0042", "MC-103", "mã hồ sơ"),
        ("011091000001", "MC-103", "số định danh"),
        ("khong phai the gi ca", "MC-103", "chưa rõ"),
        (desk_key("0777", 1, moment("2026-11-20T08:00").date(), 5), "MC-106", "0777"),
    ],
)
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, None], ids=["enter", "nothing"])
def test_another_code_is_named_and_changes_nothing(
    sitting: Sitting, text: str, number: str, said: str, end: Qt.Key | None
) -> None:
    presses = Presses(sitting.window)
    sitting.person.for_another.setFocus()
    before = snapshot(sitting)

    Fingers(sitting).burst(text, 4, end)
    sitting.settle()

    assert sitting.window.strip.number == number
    assert said.lower() in sitting.window.strip.text.lower()
    assert (presses.heard, snapshot(sitting)) == ([], before)
    assert sitting.person.id_number.text() == sitting.person.full_name.text() == ""


@pytest.mark.parametrize("more", ["", "12345678"], ids=["bar code", "QR"])
def test_our_own_receipt_opens_its_dossier(sitting: Sitting, more: str) -> None:
    sitting.keys.scan(RETURNING)
    sitting.choose("ks")
    sitting.save()
    dossier = sitting.dossier()

    Fingers(sitting).burst(dossier.key + more, 4)
    sitting.settle()

    assert sitting.window.pages.currentWidget() is sitting.window.dossier
    assert sitting.window.dossier.head.code.text() == dossier.code


class TestTyping:
    def test_every_line_takes_what_a_person_types_whole_and_in_order(self, sitting: Sitting) -> None:
        sitting.person.for_another.setChecked(True)
        lines = [w for w in focusable(sitting.window) if isinstance(w, QLineEdit)]
        assert len(lines) == 12
        for line in lines:
            line.setFocus()
            line.clear()
            sitting.keys.type("Hồ sơ của ông Ksor H'Blin 2|3")
            sitting.keys.settle()
            assert line.text() == "Hồ sơ của ông Ksor H'Blin 2|3", line.accessibleName()
            sitting.window.show_page(sitting.window.counter)

    @pytest.mark.parametrize("pace", [60, 90, 200])
    def test_ten_digits_of_a_phone_are_never_taken_for_a_scan(self, sitting: Sitting, pace: int) -> None:
        fingers, phone = Fingers(sitting), sitting.person.phone
        phone.setFocus()
        for digit in "0912345678":
            fingers.down(digit, pace)
            fingers.up(digit, 1)
        fingers.down("\r", pace, Qt.Key.Key_Return)

        assert phone.text() == "0912345678"
        assert sitting.focus is sitting.procedure.search

    def test_three_fast_keys_that_overlap_arrive_in_order(self, sitting: Sitting) -> None:
        fingers, line = Fingers(sitting), sitting.procedure.note
        line.setFocus()
        seen: list[tuple[QEvent.Type, str]] = []
        recorder = _Recorder(line, lambda e: seen.append((e.type(), e.text())))
        fingers.down("a")
        fingers.down("b", 8)
        fingers.up("a", 8)
        fingers.down("c", 8)
        fingers.up("b", 8)
        fingers.up("c", 8)
        sitting.keys.settle()
        line.removeEventFilter(recorder)

        press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
        assert line.text() == "abc"
        assert [text for kind, text in seen if kind == press] == ["a", "b", "c"]
        assert [text for kind, text in seen if kind == release] == ["a", "b", "c"]

    def test_a_letter_is_there_before_the_function_key_that_follows_it_at_once(
        self, sitting: Sitting
    ) -> None:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        sitting.procedure.note.setFocus()

        sitting.keys.type("gấp")
        sitting.save()

        assert sitting.dossier().note == "gấp"

    def test_a_letter_is_there_before_what_an_input_method_composes_after_it(self, sitting: Sitting) -> None:
        line = sitting.procedure.note
        line.setFocus()
        Fingers(sitting).down("k")
        composed = QInputMethodEvent()
        composed.setCommitString("ẻ")

        QCoreApplication.sendEvent(line, composed)

        assert line.text() == "kẻ"

    def test_space_alone_ticks_a_box_and_presses_a_button(self, sitting: Sitting) -> None:
        send_button = sitting.window.outbox.send_button
        fingers, presses = Fingers(sitting), Presses(sitting.window)
        for widget in (sitting.person.for_another, send_button):
            if widget is send_button:
                sitting.window.show_page(sitting.window.outbox)
                widget.setEnabled(True)
            widget.setFocus()
            fingers.down(" ", 500)
            sitting.keys.settle()
            assert widget.isDown()
            fingers.up(" ", 80)
            assert not widget.isDown()
        assert sitting.person.for_another.isChecked()
        assert len([name for name in presses.heard if name.startswith("clicked")]) == 2

    def test_a_key_that_is_down_when_a_scan_begins_is_let_go_of(self, sitting: Sitting) -> None:
        fingers, button = Fingers(sitting), sitting.due.next
        button.setFocus()
        fingers.down(" ")
        sitting.keys.settle()
        assert button.isDown()

        fingers.down("0", 4)
        fingers.up(" ", 1, SPACE)
        fingers.up("0", 1)
        fingers.burst(RETURNING[1:])
        sitting.keys.settle()

        assert [b for b in sitting.window.findChildren(QPushButton) if b.isDown()] == []
        assert sitting.person.full_name.text() == "Vàng A Dế"

    def test_a_key_held_down_repeats(self, sitting: Sitting) -> None:
        line, window = sitting.procedure.note, sitting.window.windowHandle()
        line.setFocus()
        Fingers(sitting).down("a")
        sitting.keys.settle()
        for _ in range(12):
            again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, NO_KEY, "a", True)
            QCoreApplication.sendEvent(window, again)

        assert line.text() == "a" * 13

    def test_a_text_expander_writes_into_the_line_it_was_called_in(self, sitting: Sitting) -> None:
        line = sitting.procedure.note
        line.setFocus()

        Fingers(sitting).burst("Ủy ban nhân dân xã", 0, None)
        sitting.keys.settle()

        assert line.text() == "Ủy ban nhân dân xã"

    @a_list_opens
    def test_letters_in_an_open_list_choose_in_it(self, sitting: Sitting) -> None:
        box = sitting.due.return_by
        box.setFocus()
        box.showPopup()
        sitting.until(lambda: QApplication.activePopupWidget() is not None)

        sitting.keys.type("Q")
        sitting.keys.settle()
        sitting.keys.press(ENTER)

        assert QApplication.activePopupWidget() is None
        assert box.currentText().startswith("Q")

    @a_list_opens
    def test_esc_in_an_open_list_only_closes_it(self, sitting: Sitting) -> None:
        sitting.keys.scan(RETURNING)
        sitting.due.return_by.showPopup()
        sitting.until(lambda: QApplication.activePopupWidget() is not None)

        sitting.keys.press(ESCAPE)

        assert QApplication.activePopupWidget() is None
        assert sitting.window.strip.text == ""


class _Recorder(QObject):
    def __init__(self, widget: QWidget, tell: Callable[[QKeyEvent], None]) -> None:
        super().__init__()
        self._tell = tell
        widget.installEventFilter(self)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() != QEvent.Type.ShortcutOverride:
            self._tell(event)
        return False
