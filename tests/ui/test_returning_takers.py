"""Who takes a result, by whose card and by which authority; money that fails half way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motcua_desktop.domain.dossier import Dossier, Status, Verb
from motcua_desktop.domain.errors import fault
from motcua_desktop.services import returning
from motcua_desktop.services.acts import Act, Acted, act
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.returning import ready
from motcua_desktop.services.sheets import find_dossier
from tests.factories import BIRTH, MARRIAGE_STATUS
from tests.ui.bare_window import Seat, a_seat
from tests.ui.test_returning import MY, finished
from tests.ui.windows import CONTROL, ENTER, F9, NEW, RETURNING, SPACE, THIRD
from ui.returning.view import ReturnPage

FILER = replace(MY, authority="Giấy ủy quyền 1")
OTHER_CTRL = (Qt.Key.Key_U, CONTROL)
MONEY = (Qt.Key.Key_T, CONTROL)


@pytest.fixture
def seat(qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    """One result waits that Giàng Thị Mỷ filed for the citizen of the card RETURNING."""
    with a_seat(tmp_path, ReturnPage, lambda desk: finished(desk, representative=FILER)) as sat:
        yield sat


def first(seat: Seat) -> Dossier:
    with seat.desk.store.read() as connection:
        (code,) = connection.execute("SELECT code FROM dossier ORDER BY n").fetchone()
    return find_dossier(seat.desk, code)


def receipt(dossier: Dossier) -> str:
    return f"{dossier.key}{dossier.secret}"


def taker(seat: Seat, code: str) -> dict[str, Any]:
    """Who took it, as it is written down."""
    last = find_dossier(seat.desk, code).last(Verb.RETURN)
    assert last is not None
    return dict(last.people["collector"])


def states(seat: Seat, *codes: str) -> list[Status]:
    return [find_dossier(seat.desk, code).status for code in codes]


class TestAuthority:
    def test_the_paper_for_one_result_takes_no_other(self, seat: Seat) -> None:
        mine, other = first(seat), finished(seat.desk, MARRIAGE_STATUS)
        seat.scan(receipt(mine))
        seat.press(OTHER_CTRL)
        seat.scan(NEW)
        seat.press(F9)

        assert seat.strip.number == "MC-178"
        assert other.code in seat.strip.text
        assert seat.focus is seat.page.person.checklist.authority
        assert states(seat, mine.code, other.code) == [Status.FINISHED] * 2

        seat.page.person.results.boxes[other.code].setChecked(False)
        seat.press(F9)
        assert states(seat, mine.code, other.code) == [Status.RETURNED, Status.FINISHED]
        assert taker(seat, mine.code)["authority"] == "Giấy ủy quyền 1"

    def test_each_result_goes_by_the_paper_that_was_filed_with_it(self, seat: Seat) -> None:
        second = finished(
            seat.desk, MARRIAGE_STATUS, representative=replace(FILER, authority="Giấy ủy quyền 2")
        )
        seat.scan(receipt(first(seat)))
        seat.press(OTHER_CTRL)
        seat.scan(NEW)
        seat.press(F9)

        papers = [taker(seat, code)["authority"] for code in (first(seat).code, second.code)]
        assert papers == ["Giấy ủy quyền 1", "Giấy ủy quyền 2"]

    def test_who_filed_the_second_of_two_takes_that_one_alone(self, seat: Seat) -> None:
        other = finished(seat.desk, MARRIAGE_STATUS)
        seat.scan(receipt(other))
        seat.scan(NEW)
        seat.press(F9)
        assert seat.strip.number == "MC-178"
        assert other.code in seat.strip.text
        assert states(seat, other.code, first(seat).code) == [Status.FINISHED] * 2

        seat.page.person.results.boxes[other.code].setChecked(False)
        seat.press(F9)
        assert states(seat, other.code, first(seat).code) == [Status.FINISHED, Status.RETURNED]

    def test_who_may_take_only_one_of_two_is_told_with_its_code(self, seat: Seat) -> None:
        finished(seat.desk, MARRIAGE_STATUS)
        seat.scan(RETURNING)

        assert f"Giàng Thị Mỷ ({first(seat).code})" in seat.page.person.collectors.text()


class TestWhoseCard:
    def test_the_card_of_who_filed_is_written_down_as_theirs(self, seat: Seat) -> None:
        seat.scan(receipt(first(seat)))
        seat.scan(NEW)
        assert "Giàng Thị Mỷ" in seat.page.person.checklist.how.text()
        seat.press(F9)

        assert first(seat).delivery.to == "Giàng Thị Mỷ"
        assert taker(seat, first(seat).code) == {
            "full_name": "Giàng Thị Mỷ",
            "id_number": "011185000021",
            "relation": "representative",
            "authority": "Giấy ủy quyền 1",
            "proof": "card",
        }
        assert "Giàng Thị Mỷ" in seat.page.done.large.text()

    def test_a_result_found_by_the_card_of_who_filed_is_theirs_to_take(self, seat: Seat) -> None:
        seat.scan(NEW)
        seat.press(ENTER, F9)

        assert taker(seat, first(seat).code)["relation"] == "representative"

    def test_a_card_that_was_laid_aside_is_not_written_down(self, seat: Seat) -> None:
        seat.scan(receipt(first(seat)))
        seat.scan(NEW)
        checklist = seat.page.person.checklist
        checklist.in_person.setFocus()
        seat.press(SPACE)
        assert not checklist.in_person.isChecked()
        seat.press(ENTER, F9)

        collector = taker(seat, first(seat).code)
        assert (collector["full_name"], collector["proof"]) == ("Vàng A Dế", "barcode")

    def test_the_applicants_card_after_that_of_who_filed_counts(self, seat: Seat) -> None:
        seat.scan(receipt(first(seat)))
        seat.scan(NEW)
        seat.scan(RETURNING)
        seat.press(F9)

        collector = taker(seat, first(seat).code)
        assert (collector["full_name"], collector["relation"]) == ("Vàng A Dế", "applicant")

    def test_a_strangers_card_takes_the_confirmation_back(self, seat: Seat) -> None:
        seat.scan(receipt(first(seat)))
        seat.press(ENTER)
        seat.scan(THIRD)
        assert seat.strip.number == "MC-178"
        seat.press(F9)

        assert first(seat).status is Status.FINISHED

    def test_the_card_of_who_filed_still_counts_after_the_money_was_taken(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        def owed(desk: Desk) -> Dossier:
            return finished(desk, representative=FILER, fee_due_vnd=8_000)

        with a_seat(tmp_path, ReturnPage, owed) as seat:
            seat.scan(receipt(first(seat)))
            seat.scan(NEW)
            seat.press(MONEY, F9)

            assert taker(seat, first(seat).code)["relation"] == "representative"


def test_money_that_failed_half_way_is_shown_as_it_is_and_taken_with_the_next_key(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_seat(tmp_path, ReturnPage, lambda desk: finished(desk, BIRTH, fee_due_vnd=8_000)) as seat:
        second = finished(seat.desk, MARRIAGE_STATUS, fee_due_vnd=5_000).code  # asked for first
        older = first(seat).code

        def full_disk(desk: Desk, name: str, wanted: Act) -> Acted:
            if name == older:
                raise fault("MC-131")
            return act(desk, name, wanted)

        seat.scan(RETURNING)
        seat.press(ENTER)
        monkeypatch.setattr(returning, "act", full_disk)
        seat.press(MONEY)
        assert seat.strip.number == "MC-131"
        assert "5.000" in seat.strip.text
        assert "8.000" in seat.page.person.checklist.money.text()
        assert seat.page.person.checklist.in_person.isChecked()

        monkeypatch.undo()
        seat.press(MONEY, F9)
        assert ready(seat.desk) == []
        assert [len(find_dossier(seat.desk, c).payments) for c in (older, second)] == [1, 1]


class TestAfterTheMoney:
    @pytest.fixture
    def owing(self, qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
        with a_seat(tmp_path, ReturnPage, lambda desk: finished(desk, BIRTH, fee_due_vnd=8_000)) as sat:
            yield sat

    def test_what_was_not_ticked_is_still_not_ticked(self, owing: Seat) -> None:
        stays = finished(owing.desk, MARRIAGE_STATUS).code
        owing.scan(RETURNING)
        owing.page.person.results.boxes[stays].setChecked(False)
        owing.press(ENTER, MONEY, F9)

        assert states(owing, first(owing).code, stays) == [Status.RETURNED, Status.FINISHED]

    def test_who_takes_it_for_the_applicant_is_still_there(self, owing: Seat) -> None:
        owing.scan(receipt(first(owing)))
        owing.press(OTHER_CTRL)
        owing.scan(NEW)
        owing.keys.type("Giay uy quyen")
        owing.press(MONEY, F9)

        collector = taker(owing, first(owing).code)
        assert (collector["full_name"], collector["authority"]) == ("Giàng Thị Mỷ", "Giay uy quyen")
