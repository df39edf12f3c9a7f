"""The deadline board under an officer's keys: narrowed, lengthened, and one letter away from an apology."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motcua_desktop.domain.dossier import Verb
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services import board as boards
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import find_dossier
from tests.factories import BIRTH, COPIES, MARRIAGE_STATUS, NO_TERM, moment, person, submission
from tests.ui.windows import ENTER, F9, Sitting, a_window
from ui.dossier.forms import Field

F6 = Qt.Key.Key_F6
UNIT, OTHER = "Bộ phận Tư pháp – Hộ tịch", "Bộ phận Văn hóa – Xã hội"
APOLOGY = 5  # the column
LATE = "H18.11.05-261116-0001"


@pytest.fixture
def board(qapp: QApplication, tmp_path: Path) -> Iterator[Sitting]:
    """Thursday morning: two are late, one is due tomorrow, one has a month; two units have three of them."""
    given = (
        ("Quá Lâu", BIRTH, "2026-11-16T08:05"),
        ("Quá Hạn", COPIES, "2026-11-17T08:03"),
        ("Mai Trễ", MARRIAGE_STATUS, "2026-11-17T08:04"),
        ("Còn Hạn", NO_TERM, "2026-11-18T08:01"),
    )
    received = [
        submission(
            procedure,
            person(name, f"01109100000{number}"),
            received_at=moment(at),
            appointment=moment("2026-12-18T17:00") if procedure == NO_TERM else None,
        )
        for number, (name, procedure, at) in enumerate(given)
    ]
    with a_window(tmp_path, *received, at="2026-11-19T09:00") as sat:
        hand_over(sat, "Quá Lâu", UNIT)
        hand_over(sat, "Mai Trễ", UNIT)
        hand_over(sat, "Quá Hạn", OTHER)
        yield sat


def hand_over(sitting: Sitting, name: str, unit: str) -> None:
    (line,) = [line for line in boards.board(sitting.desk) if line.dossier.full_name == name]
    act(sitting.desk, line.dossier.id, Act(Verb.HAND_OVER, to=unit))


def shown(sitting: Sitting) -> list[str]:
    return [line.dossier.full_name for line in sitting.window.board.lines.lines]


def go(sitting: Sitting) -> None:
    sitting.keys.press(F6)
    sitting.settle()


def test_what_will_be_late_tomorrow_stands_first_of_what_comes_next_and_says_so(board: Sitting) -> None:
    go(board)
    page = board.window.board
    assert shown(board) == ["Quá Lâu", "Quá Hạn", "Mai Trễ", "Còn Hạn"]
    first = [page.table.model().index(row, 0).data() for row in range(4)]
    assert [text[0] for text in first] == ["▲", "▲", "◆", "●"]
    assert first[2] != "◆ " and "ngày làm việc" not in first[2]


def test_who_waits_too_long_without_an_apology_stands_out_until_one_is_given(board: Sitting) -> None:
    go(board)
    page = board.window.board
    said = [page.table.model().index(row, APOLOGY).data() for row in range(4)]
    assert [bool(text) for text in said] == [True, True, False, False]
    assert said[0].startswith("!")

    act(board.desk, LATE, Act(Verb.EXTEND, reason="Chờ ký", due=moment("2026-11-27T17:00")))
    go(board)
    page.presenter.refresh()
    board.settle()
    row = shown(board).index("Quá Lâu")
    assert page.table.model().index(row, APOLOGY).data().startswith("✓")


def test_the_board_is_narrowed_to_a_holder_and_to_a_field_and_its_counts_follow(board: Sitting) -> None:
    go(board)
    page = board.window.board
    assert {page.holder.itemText(n) for n in range(1, page.holder.count())} >= {UNIT, OTHER}

    page.holder.setFocus()
    while page.holder.currentData() != UNIT:
        board.keys.press(Qt.Key.Key_Down)
    board.settle()
    assert shown(board) == ["Quá Lâu", "Mai Trễ"]
    assert [chip.text().rsplit(" ", 1)[1] for chip in page._chips.values()] == ["1", "0", "1", "0", "0"]

    field = find_dossier(board.desk, LATE).procedure["field"]
    page.field.setCurrentIndex(page.field.findData(field))
    page.field.activated.emit(page.field.currentIndex())
    board.settle()
    assert shown(board) == [
        line.dossier.full_name for line in boards.board(board.desk, field=field, holder=UNIT)
    ]
    assert page.holder.currentData() == UNIT

    for box in (page.holder, page.field):
        box.setCurrentIndex(0)
        box.activated.emit(0)
    board.settle()
    assert len(shown(board)) == 4


def test_a_holder_of_whom_nothing_is_left_leaves_a_sentence_and_stays_chosen(board: Sitting) -> None:
    go(board)
    page = board.window.board
    page.holder.setCurrentIndex(page.holder.findData(OTHER))
    page.holder.activated.emit(page.holder.currentIndex())
    board.settle()
    act(board.desk, page.lines.lines[0].dossier.id, Act(Verb.HAND_BACK))
    page.presenter.refresh()
    board.settle()
    assert shown(board) == []
    assert page.empty.isVisible() and page.holder.currentData() == OTHER


def test_x_opens_the_chosen_dossier_with_its_apology_begun_and_f9_gives_it(board: Sitting) -> None:
    go(board)
    before = find_dossier(board.desk, LATE).heads
    board.keys.type("x")
    board.settle()

    page = board.window.dossier
    assert board.window.pages.currentWidget() is page
    assert (page.head.code.text(), page.presenter.verb) == (LATE, Verb.EXTEND)
    assert find_dossier(board.desk, LATE).heads == before

    board.keys.type("27/11/2026")
    board.keys.press(ENTER)
    board.keys.type("cho ky")
    board.keys.press(F9)
    board.settle()
    assert find_dossier(board.desk, LATE).due_at == "2026-11-27T17:00:00+07:00"
    assert any(LATE in name for name in board.sheets())


def test_g_notes_a_call_for_the_chosen_dossier(board: Sitting) -> None:
    go(board)
    board.keys.press(Qt.Key.Key_Down)
    board.keys.type("g")
    board.settle()
    board.window.dossier.panel.fields[Field.REASON].setFocus()
    board.keys.type("da goi, sang mai den")
    board.keys.press(F9)
    board.settle()
    done = find_dossier(board.desk, board.window.dossier.head.code.text()).acts[-1]
    assert (done.verb, done.reason) == (Verb.CALL, "da goi, sang mai den")
    assert "Quá Hạn" in board.window.dossier.head.who.text()


def test_a_second_apology_is_refused_with_what_to_do_instead(board: Sitting) -> None:
    act(board.desk, LATE, Act(Verb.EXTEND, reason="Chờ ký", due=moment("2026-11-20T17:00")))
    go(board)
    row = shown(board).index("Quá Lâu")
    board.window.board.table.selectRow(row)
    board.keys.type("x")
    board.settle()
    assert not board.window.dossier.is_asking
    assert board.window.strip.number == "MC-175"


def test_letters_without_an_act_leave_the_board_as_it_is(board: Sitting) -> None:
    go(board)
    board.keys.type("qk")
    board.settle()
    assert board.window.pages.currentWidget() is board.window.board
    assert board.window.board.table.currentIndex().row() == 0


def test_a_long_board_is_read_a_page_at_a_time(board: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.board.presenter.PAGE", 3)
    monkeypatch.setattr("ui.board.view.PAGE", 3)
    page = board.window.board
    page.presenter._limit = 3
    receive(board.desk, submission(COPIES, person("Người Mới", "011091000099")))
    go(board)
    assert len(shown(board)) == 3
    assert page.more.isVisible() and "3" in page.more.text() and "5" in page.more.text()

    page.more.click()
    board.settle()
    assert len(shown(board)) == 5
    assert not page.more.isVisible()
    assert board.focus is page.table


def test_ctrl_p_prints_the_list_for_the_morning_meeting(board: Sitting) -> None:
    go(board)
    board.keys.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    board.settle()
    assert board.sheets() == ["giao-ban-2026-11-19-0900.pdf"]
    assert find_dossier(board.desk, LATE).sheets == ()


def test_a_list_that_does_not_leave_the_printer_is_told(board: Sitting, tmp_path: Path) -> None:
    board.bench.printer = FolderPrinter(tmp_path / "switched-off", "HP M12")
    go(board)
    board.keys.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    board.settle()
    assert "HP M12" in board.window.strip.text


def test_a_clock_that_was_set_back_gives_no_verdict_and_the_right_one_gives_it_again(
    board: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as wrong:
        wrong.setattr("motcua_desktop.services.clock.now_ms", lambda: 1_000_000_000_000)
        go(board)
        page = board.window.board
        assert not page.table.isVisible() and shown(board) == []
        assert page.empty.isVisible() and len(page.empty.text().splitlines()) == 2
        assert not any(chip.isVisible() for chip in page._chips.values())
    page.presenter.refresh()
    board.settle()
    assert len(shown(board)) == 4 and page.table.isVisible()
    assert all(chip.isVisible() for chip in page._chips.values())
