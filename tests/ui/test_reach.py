"""Every widget has a name, every text is whole, and the window fits the smallest screen in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QPageSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)

from motcua_desktop import i18n
from motcua_desktop.domain.dossier import Verb
from motcua_desktop.messages import TEXTS
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services.acts import Act, act
from tests.factories import BIRTH, moment
from tests.ui.windows import CONTROL, DOWN, ENTER, F9, NEW, RETURNING, Sitting, a_window, known_citizen
from ui.app import make_application

ROOT = Path(__file__).resolve().parent.parent.parent
WIDTH = 1366
HEIGHTS = {1.0: 700, 1.3: 728}
LONG_REASON = "Thiếu giấy xác nhận tình trạng hôn nhân của người chồng trước do xã nơi cư trú cũ cấp"
LONG_CARD = (
    "011291000019||Nguyễn Hoàng Phương Quỳnh Như Ksor H'Blin|15031991|Nữ|"
    "Tổ dân phố số 12, thôn Huổi Lóng Nậm Đích, xã Tả Phìn, tỉnh Điện Biên|22122021"
)


def steps(sitting: Sitting) -> Iterator[str]:
    """The states of the window in which most has to find room, one after the other."""
    keys, window = sitting.keys, sitting.window
    yield "empty"
    keys.scan(LONG_CARD)
    keys.type("0912000111")
    keys.press(ENTER)
    keys.type("hn")
    keys.press(ENTER)
    sitting.procedure.case.setFocus()
    keys.press(DOWN)
    keys.press(ord("U"), CONTROL)
    keys.scan(NEW)
    keys.press(F9)
    sitting.settle()
    yield "somebody else files, and the term is open"
    sitting.presenter.start()
    keys.scan(RETURNING)
    sitting.choose("ks")
    keys.press(F9)
    sitting.settle()
    yield "a duplicate"
    sitting.procedure.note.setText("con thứ hai")
    sitting.save()
    yield "saved and not printed"
    for page in (window.board, window.outbox, window.search):
        window.show_page(page)
        sitting.settle()
        yield page.accessibleName()
    window.search.presenter.ask("dế")
    sitting.settle()
    yield "found"
    yield from _life(sitting)
    window.outbox.show_sending(True)
    window.show_page(window.outbox)
    sitting.settle()
    yield "sending"
    window.outbox.show_sending(False)


def _life(sitting: Sitting) -> Iterator[str]:
    """One dossier through its acts, with each panel opened: long names, long reasons, every date there is."""
    page = sitting.open(sitting.dossiers()[0].code)
    for wanted in (
        None,
        Act(Verb.HAND_OVER, to="Bộ phận Văn hóa – Xã hội và Y tế"),
        Act(Verb.EXTEND, reason=LONG_REASON, due=moment("2026-11-27T17:00")),
        Act(Verb.ASK_PAPERS, reason=LONG_REASON),
    ):
        if wanted is not None:
            act(sitting.desk, page.presenter.dossier.id, wanted)
            page.presenter.refresh()
            sitting.settle()
        yield f"dossier after {wanted and wanted.verb}"
        for verb in list(page.acts.buttons):
            page.presenter.choose(verb)
            yield f"asked to {verb} after {wanted and wanted.verb}"
            page.presenter.close()
    sitting.window.strip.hide()


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(i18n, "_chosen", request.param)
    return str(request.param)


@pytest.fixture(params=[1.0, 1.3], ids=["100 %", "130 %"])
def scale(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float]:
    make_application(scale=request.param)
    yield request.param
    make_application()


@pytest.fixture
def grown(qapp: QApplication, language: str, scale: float, tmp_path: Path) -> Iterator[Sitting]:
    """A window whose printer is off, in one language and one size of letters."""
    absent = FolderPrinter(tmp_path / "switched-off", "HP LaserJet Pro M12w")
    with a_window(tmp_path, known_citizen(BIRTH), printer=absent) as sat:
        yield sat


def test_the_window_fits_the_screen_and_no_text_is_cut_off(grown: Sitting, scale: float) -> None:
    window = grown.window
    for step in steps(grown):
        QApplication.processEvents()
        least = window.minimumSizeHint()
        assert least.width() <= WIDTH and least.height() <= HEIGHTS[scale], (step, least)
        assert (window.width(), window.height()) == (WIDTH, 728), step
        cut = [said for widget in window.findChildren(QWidget) if (said := cut_off(widget))]
        assert cut == [], step
        wide = [
            area.widget().width() - area.viewport().width()
            for area in window.findChildren(QScrollArea)
            if area.isVisible() and area.widget() is not None
        ]
        assert max(wide, default=0) <= 0, step


def cut_off(widget: QWidget) -> str:
    """The text of a button or a label that is not whole on the screen; "" when it is."""
    if not widget.isVisible() or isinstance(widget, QLineEdit):
        return ""
    if isinstance(widget, QPushButton):
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        room = widget.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, widget).width()
        return widget.text() if widget.fontMetrics().horizontalAdvance(_plain(widget.text())) > room else ""
    if isinstance(widget, QAbstractButton):
        lines = widget.text().split("\n")
        needed = max((widget.fontMetrics().horizontalAdvance(_plain(line)) for line in lines), default=0)
        return widget.text() if needed > widget.width() else ""
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return widget.text() if needed > widget.height() + 1 else ""
        return widget.text() if widget.sizeHint().width() > widget.width() + 1 else ""
    return ""


def _plain(text: str) -> str:
    return re.sub(r"&(.)", r"\1", text)


def test_every_widget_that_can_have_the_focus_has_a_name_and_a_role(grown: Sitting) -> None:
    for step in steps(grown):
        for widget in grown.window.findChildren(QWidget):
            if widget.focusPolicy().value and widget.isVisible():
                seen = QAccessible.queryAccessibleInterface(widget)
                assert seen.text(QAccessible.Text.Name).strip(), (step, widget)
                assert seen.role() != QAccessible.Role.NoRole, (step, widget)


def test_letters_to_jump_by_are_ascii_and_lead_to_one_field_each(grown: Sitting) -> None:
    for step in steps(grown):
        texts = [w.text() for w in grown.window.findChildren(QLabel) if w.buddy() and w.isVisible()]
        texts += [w.text() for w in grown.window.findChildren(QPushButton) if w.isVisible()]
        letters = [found[1].lower() for text in texts if (found := re.search(r"&(.)", text))]
        assert all(letter.isascii() and letter.isalnum() for letter in letters), (step, letters)
        assert len(letters) == len(set(letters)), (step, letters)


def test_no_button_is_pressed_by_an_enter_meant_for_something_else(sitting: Sitting) -> None:
    buttons = sitting.window.findChildren(QPushButton)
    assert [b.text() for b in buttons if b.autoDefault() or b.isDefault()] == []


def test_what_the_rail_and_the_chips_say_can_be_read_aloud(sitting: Sitting) -> None:
    said = [
        QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name)
        for w in (*sitting.window.findChildren(QToolButton), *sitting.window.chips.values())
        if w.isVisible() and w.focusPolicy().value
    ]
    assert len(said) >= 7
    assert all(any(letter.isalpha() for letter in text) for text in said)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_catalogue_says_every_message_with_the_same_gaps(language: str) -> None:
    with (ROOT / "i18n" / "motcua.pot").open("rb") as file:
        wanted = {str(m.id) for m in read_po(file) if m.id}
    with (ROOT / "i18n" / language / "LC_MESSAGES" / "motcua.po").open("rb") as file:
        held = {str(m.id): m for m in read_po(file, locale=language) if m.id}
    assert wanted - held.keys() == set()
    assert {text for text in held if not held[text].string or held[text].fuzzy} == set()
    gaps = re.compile(r"\{\w+\}")
    wrong = {t for t in held if set(gaps.findall(t)) != set(gaps.findall(str(held[t].string)))}
    assert wrong == set()


def test_every_text_of_the_window_and_every_numbered_message_is_in_the_catalogues() -> None:
    with (ROOT / "i18n" / "motcua.pot").open("rb") as file:
        wanted = {str(m.id) for m in read_po(file) if m.id}
    call = re.compile(r'\b_\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\s*\)')
    used = set(TEXTS.values())
    for path in (ROOT / "ui").rglob("*.py"):
        for pieces in call.findall(path.read_text(encoding="utf-8")):
            used.add("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', pieces)).replace('\\"', '"'))
    assert used - wanted == set()


def test_a_word_of_the_toolkit_that_we_do_not_translate_stays_as_it_is(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QPageSize", "Letter / ANSI A") == "Letter / ANSI A"
    assert QCoreApplication.translate("QObject", "Send now") == "Gửi ngay"
    assert QPageSize(QPageSize.PageSizeId.A5).name() == "A5"


def test_the_window_toolkit_survives_twenty_thousand_calls_that_return_nothing(qapp: QApplication) -> None:
    label = QLabel()
    for number in range(20_000):
        label.setText(str(number))
    assert label.text() == "19999"
