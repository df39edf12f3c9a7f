"""Handing out results under an officer's keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motcua_desktop.domain.dossier import Dossier, Person, Status, Verb
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.returning import line_of, post_results, ready, return_result
from motcua_desktop.services.sheets import find_dossier
from tests.factories import BIRTH, COPIES, MARRIAGE_STATUS, moment, person, submission
from tests.services.test_clock import DAY, turn
from tests.ui.bare_window import Seat, a_seat, given_at_once
from tests.ui.test_counter import words
from tests.ui.windows import CONTROL, DOWN, ENTER, ESCAPE, F9, NEW, RETURNING, SPACE, THIRD
from ui.returning.view import ReturnPage

MY = person("Giàng Thị Mỷ", "011185000021", gender="Nữ", birth_date="1985-09-02", phone="0987654321")
OTHER_CTRL = (Qt.Key.Key_U, CONTROL)
LOST, MONEY, BACK = (Qt.Key.Key_M, CONTROL), (Qt.Key.Key_T, CONTROL), (Qt.Key.Key_R, CONTROL)
OPEN, POST, ALL = (Qt.Key.Key_O, CONTROL), (Qt.Key.Key_B, CONTROL), (Qt.Key.Key_A, CONTROL)


def finished(desk: Desk, procedure: str = BIRTH, who: Person | None = None, **more: Any) -> Dossier:
    code = receive(desk, submission(procedure, who, **more)).dossier.code
    act(desk, code, Act(Verb.HAND_OVER, to="Tư pháp - hộ tịch"))
    return act(desk, code, Act(Verb.FINISH)).dossier


@pytest.fixture
def seat(qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    """One result waits for the citizen of the card RETURNING."""
    with a_seat(tmp_path, ReturnPage, finished) as sat:
        yield sat


@pytest.fixture
def empty(qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    with a_seat(tmp_path, ReturnPage, lambda desk: None) as sat:
        yield sat


def only(seat: Seat) -> Dossier:
    """The one dossier of the store as it stands now."""
    with seat.desk.store.read() as connection:
        (code,) = connection.execute("SELECT code FROM dossier").fetchone()
    return find_dossier(seat.desk, code)


def receipt(seat: Seat) -> str:
    dossier = only(seat)
    return f"{dossier.key}{dossier.secret}"


def shown(seat: Seat) -> Any:
    return seat.page.stack.currentWidget()


class TestPlainCase:
    def test_a_receipt_takes_a_scan_and_two_keys(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        assert shown(seat) is seat.page.person
        assert seat.page.person.name.text() == "Vàng A Dế"
        seat.watch.keys = 0

        seat.press(ENTER, F9)

        assert seat.watch.keys == 2
        dossier = only(seat)
        assert (dossier.status, dossier.delivery.to) == (Status.RETURNED, "Vàng A Dế")
        assert dossier.last(Verb.RETURN).people["collector"]["proof"] == "barcode"
        assert shown(seat) is seat.page.done
        assert "Vàng A Dế" in seat.page.done.large.text()
        assert dossier.code in seat.page.done.list.text()

    def test_a_card_finds_its_bearers_result(self, seat: Seat) -> None:
        seat.scan(RETURNING)
        seat.press(ENTER, F9)

        assert only(seat).last(Verb.RETURN).people["collector"]["proof"] == "card"

    def test_the_last_four_digits_find_it_too(self, seat: Seat) -> None:
        seat.keys.type("0001")
        seat.press(ENTER)
        assert seat.focus is seat.page.person.checklist.in_person
        seat.press(ENTER, F9)

        assert only(seat).status is Status.RETURNED

    def test_f9_alone_returns_nothing_before_the_person_is_confirmed(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.press(F9, F9)

        assert only(seat).status is Status.FINISHED
        assert seat.focus is seat.page.person.checklist.in_person

    def test_enter_never_hands_out(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        for _ in range(8):
            seat.press(ENTER)

        assert only(seat).status is Status.FINISHED

    def test_a_second_scan_of_the_receipt_hands_out_nothing(self, seat: Seat) -> None:
        for _ in range(3):
            seat.scan(receipt(seat))

        assert only(seat).status is Status.FINISHED
        assert not seat.page.person.checklist.in_person.isChecked()

    def test_the_applicants_card_confirms_the_person(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.scan(RETURNING)
        seat.press(F9)

        assert only(seat).last(Verb.RETURN).people["collector"]["proof"] == "card"

    def test_f9_ten_times_hands_out_once(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.press(ENTER)
        for _ in range(10):
            seat.keys.press(F9)
        seat.settle()

        assert only(seat).times(Verb.RETURN) == 1
        assert only(seat).needs_a_look == ()

    def test_what_was_handed_out_stays_in_sight_until_the_next_scan(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.press(ENTER, F9, F9)
        assert shown(seat) is seat.page.done

        seat.scan(NEW)
        assert shown(seat) is not seat.page.done

    def test_the_line_of_the_paper_register_is_named(self, seat: Seat) -> None:
        seat.scan(receipt(seat))

        text = seat.page.person.checklist.signature.text()
        assert only(seat).book in text
        assert str(only(seat).entry) in text

    def test_the_number_of_a_card_is_not_shown_in_full(self, seat: Seat) -> None:
        seat.scan(receipt(seat))

        assert "011•••••0001" in seat.page.person.who.text()
        assert "15/03/1991" in seat.page.person.who.text()


class TestSomebodyElse:
    def test_another_citizens_card_is_the_wrong_person(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.scan(NEW)

        assert seat.strip.number == "MC-178"
        assert "Giàng Thị Mỷ" in seat.strip.text
        assert not seat.page.person.checklist.in_person.isChecked()
        seat.press(F9)
        assert only(seat).status is Status.FINISHED

    def test_somebody_authorised_takes_it_by_card_and_paper(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.press(OTHER_CTRL)
        seat.scan(NEW)
        assert seat.focus is seat.page.person.checklist.authority
        seat.keys.type("Giay uy quyen")
        seat.press(ENTER, F9)

        collector = only(seat).last(Verb.RETURN).people["collector"]
        assert (collector["full_name"], collector["id_number"]) == ("Giàng Thị Mỷ", "011185000021")
        assert (collector["relation"], collector["authority"]) == ("other", "Giay uy quyen")
        assert seat.window.left_over == []

    def test_without_a_paper_of_authority_nothing_goes(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.press(OTHER_CTRL)
        seat.scan(NEW)
        seat.press(F9)

        assert seat.strip.number == "MC-178"
        assert seat.focus is seat.page.person.checklist.authority
        assert only(seat).status is Status.FINISHED

    def test_without_a_name_nothing_goes(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.press(OTHER_CTRL, F9)

        assert seat.strip.number == "MC-115"
        assert seat.focus is seat.page.person.checklist.other_name

    def test_who_filed_for_the_applicant_may_take_it_by_the_same_paper(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        filer = replace(MY, authority="Giấy ủy quyền")
        with a_seat(tmp_path, ReturnPage, lambda desk: finished(desk, representative=filer)) as seat:
            seat.scan(receipt(seat))
            assert "Giàng Thị Mỷ" in seat.page.person.collectors.text()
            seat.press(OTHER_CTRL)
            seat.scan(NEW)
            seat.press(F9)

            collector = only(seat).last(Verb.RETURN).people["collector"]
            assert (collector["relation"], collector["authority"]) == ("representative", "Giấy ủy quyền")

    def test_a_lost_receipt_needs_a_reason(self, seat: Seat) -> None:
        seat.scan(RETURNING)
        seat.press(ENTER, LOST, F9)
        assert seat.strip.number == "MC-189"
        assert seat.focus is seat.page.person.checklist.reason

        seat.keys.type("roi o cho")
        seat.press(F9)

        done = only(seat).last(Verb.RETURN)
        assert (done.people["collector"]["proof"], done.reason) == ("lost", "roi o cho")


class TestHindered:
    def test_what_is_not_ready_says_who_has_it_and_until_when(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        def working(desk: Desk) -> None:
            code = receive(desk, submission(BIRTH)).dossier.code
            act(desk, code, Act(Verb.HAND_OVER, to="Tư pháp - hộ tịch"))

        with a_seat(tmp_path, ReturnPage, working) as seat:
            seat.scan(receipt(seat))

            panel = seat.page.person
            assert "Tư pháp - hộ tịch" in panel.sentence.text()
            assert "17:00" in panel.sentence.text()
            assert panel.checklist.isHidden()
            seat.press(ENTER, F9)
            assert only(seat).status is Status.PROCESSING

    def test_what_was_returned_says_when_to_whom_and_by_whom(self, seat: Seat) -> None:
        return_result(seat.desk, only(seat).code)
        seat.scan(receipt(seat))

        said = seat.page.person.sentence.text()
        for part in ("09:47 20/11/2026", "Vàng A Dế", "Nguyễn Thị Nhung"):
            assert part in said
        seat.press(ENTER, F9)
        assert only(seat).times(Verb.RETURN) == 1

    def test_another_counter_that_was_quicker_is_named(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.press(ENTER)
        return_result(seat.desk, only(seat).code)
        seat.press(F9)

        assert seat.strip.number == "MC-166"
        assert "Nguyễn Thị Nhung" in seat.page.person.sentence.text()
        assert only(seat).times(Verb.RETURN) == 1

    def test_money_that_is_due_is_taken_with_a_key_of_its_own(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        with a_seat(tmp_path, ReturnPage, lambda desk: finished(desk, fee_due_vnd=8_000)) as seat:
            seat.scan(receipt(seat))
            assert "8.000" in seat.page.person.sentence.text()
            seat.press(ENTER, F9)
            assert seat.strip.number == "MC-177"
            assert only(seat).status is Status.FINISHED

            seat.press(MONEY)
            assert only(seat).paid_vnd == 8_000
            assert seat.page.person.checklist.in_person.isChecked()
            seat.press(MONEY, F9)

            assert (only(seat).status, len(only(seat).payments)) == (Status.RETURNED, 1)

    def test_what_is_nowhere_says_what_else_to_try(self, seat: Seat) -> None:
        seat.keys.type("9999")
        seat.press(ENTER)

        assert "9999" in seat.strip.text
        assert shown(seat) is seat.page.waiting

    def test_the_dossier_is_opened_for_what_cannot_be_done_here(self, seat: Seat) -> None:
        opened: list[str] = []
        seat.page.opened.connect(opened.append)
        seat.scan(receipt(seat))
        seat.press(OPEN)

        assert opened == [only(seat).code]


class TestSeveral:
    def test_all_results_of_one_person_go_together(self, seat: Seat) -> None:
        second = finished(seat.desk, MARRIAGE_STATUS)
        seat.scan(receipt(seat))
        assert len(seat.page.person.results.boxes) == 2
        seat.press(ENTER, F9)

        assert ready(seat.desk) == []
        assert second.code in seat.page.done.list.text()

    def test_one_that_is_not_ticked_stays(self, seat: Seat) -> None:
        second = finished(seat.desk, MARRIAGE_STATUS)
        seat.scan(RETURNING)
        seat.page.person.results.boxes[second.code].setFocus()
        seat.press(SPACE)
        seat.page.person.checklist.in_person.setFocus()
        seat.press(ENTER, F9)

        assert [line.code for line in ready(seat.desk)] == [second.code]

    def test_the_money_of_one_that_is_not_ticked_is_not_asked_for(self, seat: Seat) -> None:
        second = finished(seat.desk, MARRIAGE_STATUS, fee_due_vnd=8_000)
        seat.scan(RETURNING)
        seat.page.person.results.boxes[second.code].setChecked(False)
        seat.press(ENTER, F9)

        assert [line.code for line in ready(seat.desk)] == [second.code]
        assert find_dossier(seat.desk, second.code).payments == ()

    def test_a_dozen_results_fit_into_the_same_window(self, seat: Seat) -> None:
        before = seat.window.minimumSizeHint().height()
        for _ in range(11):
            finished(seat.desk, MARRIAGE_STATUS)
        seat.scan(RETURNING)

        assert len(seat.page.person.results.boxes) == 12
        assert seat.window.minimumSizeHint().height() <= before
        assert before <= 700
        seat.press(ENTER, F9)
        assert ready(seat.desk) == []

    def test_money_and_signatures_are_those_of_what_is_ticked(self, seat: Seat) -> None:
        second = finished(seat.desk, MARRIAGE_STATUS, fee_due_vnd=8_000)
        seat.scan(RETURNING)
        checklist = seat.page.person.checklist
        assert "8.000" in checklist.money.text()
        assert f"{only(seat).entry}, {second.entry}" in checklist.signature.text()

        seat.page.person.results.boxes[second.code].setChecked(False)

        assert checklist.money_row.isHidden()
        assert f", {second.entry}" not in checklist.signature.text()

    def test_what_is_not_ready_is_told_beside_what_is(self, seat: Seat) -> None:
        receive(seat.desk, submission(MARRIAGE_STATUS))
        seat.scan(RETURNING)

        assert seat.page.person.results.boxes == {}
        assert only(seat).code in seat.page.person.results.only.text()
        assert "Giấy xác nhận tình trạng hôn nhân · ✖" in seat.page.person.others.text()

    def test_a_receipt_that_was_used_is_told_even_where_another_result_waits(self, seat: Seat) -> None:
        used = only(seat)
        return_result(seat.desk, used.code)
        waiting = finished(seat.desk, MARRIAGE_STATUS)
        seat.scan(used.key)

        assert seat.page.presenter.panel.first.code == waiting.code
        assert "↩" in seat.page.person.others.text()

    def test_what_nobody_finished_yet_is_ticked_by_the_officer_alone(self, seat: Seat) -> None:
        given_at_once(seat.desk, COPIES)
        copies = receive(seat.desk, submission(COPIES)).dossier
        seat.scan(RETURNING)
        assert not seat.page.person.results.boxes[copies.code].isChecked()
        seat.press(ENTER, F9)

        assert find_dossier(seat.desk, copies.code).status is Status.ACCEPTED

    def test_people_of_one_name_are_chosen_from(self, seat: Seat) -> None:
        finished(seat.desk, BIRTH, person("Vàng A Dế", "011085000077", birth_date="1985-01-01"))
        seat.keys.type("vang a de")
        seat.press(ENTER)
        assert shown(seat) is seat.page.people
        seat.press(DOWN, ENTER)
        chosen = seat.page.presenter.panel.first

        seat.press(ENTER, F9)

        assert find_dossier(seat.desk, chosen.code).status is Status.RETURNED
        assert len(ready(seat.desk)) == 1


class TestWaiting:
    def test_what_waits_is_listed_and_enter_shows_it(self, seat: Seat) -> None:
        assert [line.name for line in seat.page.waiting.lines.lines] == ["Vàng A Dế"]
        seat.page.waiting.table.setFocus()
        seat.press(ENTER)

        assert shown(seat) is seat.page.person

    def test_nothing_that_waits_is_said_in_words(self, empty: Seat) -> None:
        assert not empty.page.waiting.empty.isHidden()
        empty.press(F9)
        assert empty.focus is empty.page.ask

    def test_esc_goes_back_to_the_list_and_then_belongs_to_the_window(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.press(ESCAPE)
        assert shown(seat) is seat.page.waiting
        assert seat.window.left_over == []

        seat.press(ESCAPE)
        assert seat.window.left_over == ["Esc"]

    def test_a_person_stays_while_another_page_is_looked_at(self, seat: Seat) -> None:
        seat.scan(receipt(seat))
        seat.page.activate()
        seat.settle()

        assert shown(seat) is seat.page.person


class TestPost:
    def by_post(self, seat: Seat) -> list[str]:
        return [finished(seat.desk, BIRTH, who, return_by="post").code for who in (MY, None)]

    def test_ticked_envelopes_go_with_their_numbers(self, seat: Seat) -> None:
        codes = self.by_post(seat)
        seat.press(POST)
        assert {line.code for line in seat.page.post.lines.lines} == set(codes)
        seat.press(ENTER)
        seat.keys.type("eb123456789vn")
        seat.press(ENTER, F9)

        first, second = (find_dossier(seat.desk, code).delivery for code in codes)
        assert (first.state, first.tracking) == ("posted", "EB123456789VN")
        assert second.state == ""
        assert shown(seat) is seat.page.done
        label, manifest = sorted(seat.receipts.iterdir())
        assert codes[0] in label.name
        assert "EB123456789VN" in words(manifest)
        assert "Giàng Thị Mỷ" in words(manifest)

    def test_a_printer_that_is_off_leaves_the_envelopes_posted_and_prints_later(
        self, seat: Seat, tmp_path: Path
    ) -> None:
        (code, _) = self.by_post(seat)
        seat.bench.printer = FolderPrinter(tmp_path / "switched-off", "HP M12")
        seat.press(POST, SPACE, F9)
        assert seat.strip.number == "MC-120"
        assert find_dossier(seat.desk, code).delivery.state == "posted"

        (tmp_path / "switched-off").mkdir()
        seat.press((Qt.Key.Key_P, CONTROL))

        assert len(list((tmp_path / "switched-off").iterdir())) == 2
        assert [sheet.number for sheet in find_dossier(seat.desk, code).sheets] == [1]

    def test_all_that_is_paid_is_ticked_with_one_key(self, seat: Seat) -> None:
        codes = self.by_post(seat)
        owed = finished(seat.desk, MARRIAGE_STATUS, return_by="post", fee_due_vnd=8_000).code
        seat.press(POST, ALL, F9)

        states = [find_dossier(seat.desk, code).delivery.state for code in (*codes, owed)]
        assert states == ["posted", "posted", ""]

    def test_nothing_ticked_sends_nothing(self, seat: Seat) -> None:
        codes = self.by_post(seat)
        seat.press(POST, SPACE, SPACE, F9)

        assert [find_dossier(seat.desk, code).delivery.state for code in codes] == ["", ""]
        assert seat.focus is seat.page.post.table

    def test_an_envelope_that_came_back_waits_again(self, seat: Seat) -> None:
        code = self.by_post(seat)[0]
        post_results(seat.desk, [code], {code: "EB1"})
        seat.scan(find_dossier(seat.desk, code).key)
        assert "EB1" in seat.page.person.sentence.text()
        seat.press(BACK)
        assert seat.strip.number == "MC-171"

        seat.keys.type("khong co nguoi nhan")
        seat.press(BACK)

        assert find_dossier(seat.desk, code).delivery.state == "mailed_back"

    def test_a_delivered_envelope_is_closed(self, seat: Seat) -> None:
        code = self.by_post(seat)[0]
        post_results(seat.desk, [code])
        seat.scan(find_dossier(seat.desk, code).key)
        seat.press(ENTER, F9)

        assert line_of(seat.desk, code).dossier.status is Status.RETURNED


def test_a_clock_that_leapt_is_confirmed_with_one_more_f9(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.scan(receipt(seat))
    seat.press(ENTER)
    turn(monkeypatch, 60 * DAY)
    seat.press(F9)
    assert seat.strip.number == "MC-156"
    assert seat.focus is seat.page.person.checklist.commit
    assert only(seat).status is Status.FINISHED

    seat.press(F9)
    assert only(seat).status is Status.RETURNED


def test_the_hour_of_the_return_is_the_clocks(seat: Seat) -> None:
    seat.clock.moment = moment("2026-11-20T10:02")
    seat.scan(receipt(seat))
    seat.press(ENTER, F9)

    assert "10:02" in seat.page.done.large.text()


def test_a_third_citizens_card_with_nothing_here_says_so(seat: Seat) -> None:
    seat.scan(THIRD)

    assert "011070000035" in seat.strip.text
    assert shown(seat) is seat.page.waiting
