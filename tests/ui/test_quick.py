"""The quick lane under an officer's keys."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motcua_desktop.domain.dossier import Status
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.quick import quick_lines, quick_today
from motcua_desktop.services.sheets import find_dossier
from tests.factories import BIRTH, COPIES, MARRIAGE_STATUS, submission
from tests.services.test_clock import DAY, turn
from tests.ui.bare_window import Seat, a_seat, given_at_once
from tests.ui.test_counter import locked
from tests.ui.windows import DOWN, ENTER, ESCAPE, F9, NEW, RETURNING, SPACE
from ui.quick.view import QuickPage

SIGNATURE = "2.000884"


def prepared(desk: Desk) -> None:
    given_at_once(desk, COPIES, SIGNATURE, MARRIAGE_STATUS)


@pytest.fixture
def seat(qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    with a_seat(tmp_path, QuickPage, prepared) as sat:
        yield sat


def codes(seat: Seat) -> list[str]:
    return [line.code for line in quick_lines(seat.desk)]


def test_certified_copies_take_a_scan_and_four_keys(seat: Seat) -> None:
    seat.keys.scan(RETURNING)
    seat.watch.keys = 0

    seat.keys.type("3")
    seat.keys.press(ENTER)
    seat.keys.type("2")
    seat.keys.press(F9)
    seat.settle()

    assert seat.watch.keys == 4
    (code,) = codes(seat)
    dossier = find_dossier(seat.desk, code)
    assert (dossier.status, dossier.paid_vnd) == (Status.RETURNED, 12_000)
    assert (dossier.applicant.full_name, dossier.applicant.id_number) == ("Vàng A Dế", "011091000001")
    assert quick_today(seat.desk) == (1, 3, 6)
    assert list(seat.receipts.iterdir()) == []
    assert seat.window.left_over == []


def test_one_copy_of_one_page_takes_a_scan_and_f9(seat: Seat) -> None:
    seat.scan(RETURNING)
    seat.press(F9)

    assert quick_today(seat.desk) == (1, 1, 1)


def test_the_next_citizen_begins_with_empty_fields(seat: Seat) -> None:
    seat.scan(RETURNING)
    seat.keys.type("30")
    seat.press(F9)

    page = seat.page
    assert (page.full_name.text(), page.id_number.text(), page.copies.text()) == ("", "", "1")
    assert seat.focus is page.full_name
    assert codes(seat)[0] in seat.strip.text
    assert [part for part in page.today.title.text().split() if part.isdigit()] == ["1", "30", "30"]
    assert [row.full_name for row in page.lines.lines] == ["Vàng A Dế"]


def test_the_fee_is_shown_as_it_is_typed_with_its_arithmetic_and_its_source(seat: Seat) -> None:
    seat.scan(RETURNING)
    seat.keys.type("3")
    seat.press(ENTER)
    seat.keys.type("4")
    seat.settle()

    card = seat.page.fee_card
    assert card.large.text() == "18.000 đ"
    assert card.arithmetic.text() == "3 bản × (2 trang × 2.000đ + 2 trang × 1.000đ) = 18.000đ"
    assert "226/2016/TT-BTC" in card.source.text()
    assert card.badge.isHidden()
    assert codes(seat) == []


def test_a_name_alone_is_enough(seat: Seat) -> None:
    seat.keys.type("Lo Thi Mai")
    seat.press(ENTER)
    assert seat.focus is seat.page.copies
    seat.press(F9)

    (line,) = quick_lines(seat.desk)
    assert line.full_name == "Lo Thi Mai"


def test_a_number_typed_where_the_name_belongs_finds_who_was_here(qapp: QApplication, tmp_path: Path) -> None:
    def known(desk: Desk) -> None:
        prepared(desk)
        receive(desk, submission(BIRTH))

    with a_seat(tmp_path, QuickPage, known) as seat:
        seat.keys.type("011091000001")
        seat.press(ENTER)

        assert (seat.page.full_name.text(), seat.page.id_number.text()) == ("Vàng A Dế", "011091000001")


def test_enter_only_moves_on_and_never_saves(seat: Seat) -> None:
    seat.scan(RETURNING)
    for _ in range(12):
        seat.press(ENTER)

    assert seat.focus is seat.page.commit_button
    assert codes(seat) == []


def test_a_scan_on_the_button_saves_nothing(seat: Seat) -> None:
    seat.scan(RETURNING)
    seat.page.commit_button.setFocus()
    seat.scan(NEW)

    assert codes(seat) == []
    assert seat.page.full_name.text() == "Giàng Thị Mỷ"
    assert "Vàng A Dế" in seat.strip.text


def test_f9_ten_times_hands_out_once(seat: Seat) -> None:
    seat.scan(RETURNING)
    for _ in range(10):
        seat.keys.press(F9)
    seat.settle()

    assert len(codes(seat)) == 1


def test_f9_on_an_empty_lane_asks_for_the_name(seat: Seat) -> None:
    seat.press(F9)

    assert seat.strip.number == "MC-115"
    assert seat.focus is seat.page.full_name


@pytest.mark.parametrize("typed", ["0", "x", "1000"])
def test_a_count_that_cannot_be_right_is_named_at_its_field(seat: Seat, typed: str) -> None:
    seat.scan(RETURNING)
    seat.keys.type(typed)
    seat.press(F9)

    assert seat.strip.number == "MC-235"
    assert seat.focus is seat.page.copies
    assert seat.page.fee_card.large.text() == "–"
    assert codes(seat) == []


def test_esc_empties_and_then_belongs_to_the_window(seat: Seat) -> None:
    seat.scan(RETURNING)
    seat.press(ESCAPE)
    assert (seat.page.full_name.text(), seat.window.left_over) == ("", [])

    seat.press(ESCAPE)
    assert seat.window.left_over == ["Esc"]


def test_a_slip_is_printed_when_it_is_ticked(seat: Seat) -> None:
    seat.scan(RETURNING)
    seat.page.slip.setFocus()
    seat.press(SPACE, F9)

    (code,) = codes(seat)
    assert [path.name for path in seat.receipts.iterdir()] == [f"{code}_fee.pdf"]
    assert not seat.page.slip.isChecked()


def test_a_printer_that_is_off_leaves_the_dossier_returned(seat: Seat, tmp_path: Path) -> None:
    seat.bench.printer = FolderPrinter(tmp_path / "switched-off", "HP M12")
    seat.scan(RETURNING)
    seat.page.slip.setChecked(True)
    seat.press(F9)

    assert seat.strip.number == "MC-120"
    assert find_dossier(seat.desk, codes(seat)[0]).status is Status.RETURNED


def test_another_procedure_asks_for_what_it_is_paid_by(seat: Seat) -> None:
    seat.scan(RETURNING)
    seat.page.procedure.setFocus()
    seat.press(DOWN)

    page = seat.page
    assert page.procedure.currentText() == "Chứng thực chữ ký"
    assert page.pages.isHidden()
    assert "trường hợp" in page.copies_label.text()
    assert page.fee_card.arithmetic.text() == "1 trường hợp × 10.000đ = 10.000đ"
    seat.press(ENTER)
    assert seat.focus is page.copies


def test_an_amount_that_nobody_entered_is_asked_for_and_marked_as_not_checked(seat: Seat) -> None:
    seat.scan(RETURNING)
    seat.page.procedure.setFocus()
    seat.press(DOWN, DOWN)
    assert not seat.page.fee_card.badge.isHidden()
    seat.press(F9)
    assert seat.strip.number == "MC-239"
    assert seat.focus is seat.page.amount

    seat.keys.type("15.000")
    seat.press(F9)

    assert find_dossier(seat.desk, codes(seat)[0]).paid_vnd == 15_000


def test_somebody_who_is_exempt_pays_nothing(seat: Seat) -> None:
    seat.scan(RETURNING)
    seat.page.procedure.setFocus()
    seat.press(DOWN, DOWN)
    seat.page.exemption.setFocus()
    seat.press(DOWN)
    group = seat.page.exemption.currentText()
    assert group in seat.page.fee_card.arithmetic.text()
    seat.press(F9)

    dossier = find_dossier(seat.desk, codes(seat)[0])
    assert (dossier.payments, dossier.fee_mode) == ((), "free")
    assert group in dossier.fee


def test_a_store_that_is_locked_costs_nothing_that_was_typed(
    seat: Seat,
) -> None:
    seat.desk.store._writer.execute("PRAGMA busy_timeout = 50")
    seat.scan(RETURNING)
    seat.keys.type("7")
    seat.settle()
    with locked(seat):  # type: ignore[arg-type]
        seat.press(F9)
        assert seat.strip.number == "MC-133"
    assert (seat.page.full_name.text(), seat.page.copies.text()) == ("Vàng A Dế", "7")
    seat.press(F9)

    assert quick_today(seat.desk)[:2] == (1, 7)


def test_a_clock_that_leapt_is_confirmed_with_one_more_f9(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(monkeypatch, 60 * DAY)
    seat.scan(RETURNING)
    seat.press(F9)
    assert seat.strip.number == "MC-156"
    assert codes(seat) == []

    seat.press(F9)
    assert quick_today(seat.desk) == (1, 1, 1)


def test_the_next_citizens_card_waits_while_one_is_being_saved(seat: Seat) -> None:
    go = threading.Event()
    seat.scan(RETURNING)
    seat.bench.writing.run(lambda: go.wait(20), lambda done: None, lambda error: None)
    seat.keys.press(F9)
    seat.keys.scan(NEW)
    seat.keys.settle()
    assert seat.page.full_name.text() == "Vàng A Dế"
    go.set()
    seat.settle()

    assert [line.full_name for line in quick_lines(seat.desk)] == ["Vàng A Dế"]
    assert seat.page.full_name.text() == "Giàng Thị Mỷ"
    assert seat.focus is seat.page.copies


def test_a_refusal_leaves_the_officer_where_they_were(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fields are disabled while saving: the focus must not end up in another part of the window."""
    turn(monkeypatch, 60 * DAY)
    seat.scan(RETURNING)
    seat.press(F9)

    assert seat.focus is seat.page.copies


def test_a_line_of_today_opens_its_dossier(seat: Seat) -> None:
    seat.scan(RETURNING)
    seat.press(F9)
    opened: list[str] = []
    seat.page.opened.connect(opened.append)
    seat.page.table.setFocus()
    seat.page.table.selectRow(0)
    seat.press(ENTER)

    assert opened == codes(seat)


def test_everything_is_reached_without_a_mouse(seat: Seat) -> None:
    seen = set()
    for _ in range(20):
        seen.add(seat.focus)
        seat.press(Qt.Key.Key_Tab)

    page = seat.page
    wanted = {
        page.full_name, page.id_number, page.procedure, page.copies, page.pages, page.paid_by, page.slip,
        page.commit_button,
    }  # fmt: skip
    assert wanted <= seen


def test_where_nothing_is_given_at_once_the_lane_says_so(qapp: QApplication, tmp_path: Path) -> None:
    with a_seat(tmp_path, QuickPage, lambda desk: given_at_once(desk)) as seat:
        assert "F2" in seat.strip.text
        assert not seat.page.commit_button.isEnabled()
        seat.scan(RETURNING)
        seat.press(F9)
        assert seat.strip.number == "MC-155"


def test_the_lane_fits_the_smallest_screen(seat: Seat) -> None:
    seat.page.procedure.setFocus()
    seat.press(DOWN, DOWN)

    wanted = seat.window.minimumSizeHint()
    assert wanted.width() <= 1250
    assert wanted.height() <= 700
