"""The quick lane: one step, one transaction, whatever the citizen came for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from motcua_desktop.domain.dossier import Dossier, Person, Status, Verb
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.procedure import Catalogue
from motcua_desktop.services import quick as lane
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.checkup import rebuild
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.finding import received_on
from motcua_desktop.services.intake import receive
from motcua_desktop.services.quick import (
    QuickSubmission,
    immediate_procedures,
    quick,
    quick_lines,
    quick_today,
    reckon,
)
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.store import dossiers
from tests.desks import CLOCK
from tests.factories import BIRTH, COPIES, MARRIAGE_STATUS, NO_TERM, person, submission

SIGNATURE = "2.000884"
DAY = CLOCK.date()


def given_at_once(desk: Desk, *codes: str) -> None:
    """Only these are given out at once, whatever the shipped catalogue says by now."""
    procedures = (replace(p, immediate=p.code in codes) for p in desk.catalogue.in_force(DAY))
    desk.__dict__["_shipped"], desk._catalogue = Catalogue(procedures), None


@pytest.fixture(autouse=True)
def at_once(desk: Desk) -> None:
    given_at_once(desk, COPIES, SIGNATURE, MARRIAGE_STATUS)


def copies(**more: Any) -> QuickSubmission:
    return replace(QuickSubmission(COPIES, person(), copies=3, pages=2), **more)


def events_of(desk: Desk, dossier: Dossier) -> list[str]:
    with desk.store.read() as connection:
        rows = connection.execute(
            "SELECT coalesce(json_extract(body, '$.verb'), kind) FROM event WHERE dossier = ? ORDER BY n",
            (dossier.id,),
        ).fetchall()
    return [row[0] for row in rows]


def test_certified_copies_are_received_paid_and_returned_in_one_step(desk: Desk) -> None:
    done = quick(desk, copies())

    dossier = find_dossier(desk, done.dossier.code)
    assert dossier.status is Status.RETURNED
    assert events_of(desk, dossier) == ["dossier_received", "paid", "return"]
    assert (done.charge.total_vnd, dossier.paid_vnd, dossier.fee_left_vnd) == (12_000, 12_000, 0)
    assert dossier.fee == "3 bản × (2 trang × 2.000đ) = 12.000đ"
    assert dossier.delivery.to == "Vàng A Dế"
    assert dossier.owed == ()
    assert dossier.needs_a_look == ()
    assert {act.at for act in dossier.acts} == {dossier.received_at}


def test_each_has_a_line_in_the_register_and_in_the_fee_book(desk: Desk) -> None:
    first = quick(desk, copies()).dossier
    between = receive(desk, submission(BIRTH)).dossier
    second = quick(desk, copies(applicant=person("Lò Thị Mai", ""))).dossier

    assert [(d.book, d.entry) for d in (first, between, second)] == [("1/2026", n) for n in (1, 2, 3)]
    assert [(d.payments[0].book, d.payments[0].entry) for d in (first, second)] == [
        ("1/2026", 1),
        ("1/2026", 2),
    ]


def test_no_receipt_is_drawn_unless_asked_for(desk: Desk) -> None:
    assert quick(desk, copies()).dossier.sheets == ()


def test_a_name_alone_is_enough(desk: Desk) -> None:
    dossier = quick(desk, copies(applicant=Person("Lò Thị Mai"))).dossier

    assert (dossier.applicant.full_name, dossier.applicant.id_kind) == ("Lò Thị Mai", "none")
    assert dossier.status is Status.RETURNED


def test_without_a_name_nothing_is_saved(desk: Desk) -> None:
    with pytest.raises(UserFacingError) as refused:
        quick(desk, copies(applicant=Person("")))

    assert (refused.value.problem.number, refused.value.problem.field) == ("MC-115", "applicant.full_name")
    assert received_on(desk, DAY.isoformat()) == []


def test_a_procedure_that_takes_time_has_no_quick_lane(desk: Desk) -> None:
    with pytest.raises(UserFacingError) as refused:
        quick(desk, copies(procedure=BIRTH))

    assert refused.value.problem.number == "MC-237"
    assert received_on(desk, DAY.isoformat()) == []


def test_what_is_not_paid_is_not_handed_out_and_not_saved(desk: Desk) -> None:
    with pytest.raises(UserFacingError) as refused:
        quick(desk, copies(paid=False))

    assert (refused.value.problem.number, refused.value.problem.params["amount"]) == ("MC-238", "12.000")
    assert received_on(desk, DAY.isoformat()) == []


def test_a_failing_last_step_takes_the_first_ones_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Exception):
        pass

    write, written = lane.write_act, []

    def breaks_at_the_second(*given: Any) -> None:
        if written:
            raise Broken
        written.append(given)
        write(*given)

    monkeypatch.setattr(lane, "write_act", breaks_at_the_second)
    with pytest.raises(Broken):
        quick(desk, copies())

    assert len(written) == 1
    assert received_on(desk, DAY.isoformat()) == []
    assert quick_today(desk) == (0, 0, 0)


def test_signatures_are_paid_by_the_case(desk: Desk) -> None:
    done = quick(desk, QuickSubmission(SIGNATURE, person(), copies=2))

    assert done.charge.text == "2 trường hợp × 10.000đ = 20.000đ"
    assert done.dossier.paid_vnd == 20_000


def test_where_the_province_has_not_said_the_amount_an_officer_does(desk: Desk) -> None:
    with pytest.raises(UserFacingError) as refused:
        quick(desk, QuickSubmission(MARRIAGE_STATUS, person()))
    done = quick(desk, QuickSubmission(MARRIAGE_STATUS, person(), amount_vnd=15_000))
    free = quick(desk, QuickSubmission(MARRIAGE_STATUS, person(), amount_vnd=0))

    assert (refused.value.problem.number, refused.value.problem.field) == ("MC-239", "amount_vnd")
    assert (done.dossier.paid_vnd, done.dossier.fee) == (15_000, "15.000đ, cán bộ nhập")
    assert (free.dossier.payments, free.dossier.fee_mode, free.dossier.status) == ((), "free", "returned")


def test_an_amount_that_an_officer_says_does_not_stand_against_the_tariff(desk: Desk) -> None:
    assert quick(desk, copies(amount_vnd=1)).dossier.paid_vnd == 12_000


def test_a_procedure_without_any_tariff_says_that_it_is_not_checked(desk: Desk) -> None:
    procedure = desk.catalogue.find(COPIES, DAY)
    unknown = reckon(desk, replace(procedure, code="9.999999"), 1, 1)

    assert unknown.total_vnd is None
    assert not unknown.is_verified


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 0), (1_000, 1)])
def test_a_count_that_cannot_be_right_is_refused(desk: Desk, count: int, pages: int) -> None:
    with pytest.raises(UserFacingError) as refused:
        quick(desk, copies(copies=count, pages=pages))

    assert refused.value.problem.number == "MC-235"
    assert received_on(desk, DAY.isoformat()) == []


def test_the_same_request_is_done_once(desk: Desk) -> None:
    first = quick(desk, copies(request_id="abc"))
    again = quick(desk, copies(request_id="abc"))

    assert again.dossier == first.dossier
    assert quick_today(desk) == (1, 3, 6)


@pytest.mark.parametrize("other", [{"copies": 4}, {"pages": 3}, {"receipt_wanted": True}])
def test_another_count_under_the_same_request_is_refused(desk: Desk, other: dict[str, Any]) -> None:
    quick(desk, copies(request_id="abc"))

    with pytest.raises(UserFacingError) as refused:
        quick(desk, copies(request_id="abc", **other))

    assert refused.value.problem.number == "MC-157"
    assert quick_today(desk) == (1, 3, 6)


def test_the_day_is_counted_in_times_copies_and_pages(desk: Desk) -> None:
    quick(desk, copies())
    quick(desk, copies(applicant=Person("Lò Thị Mai"), copies=1, pages=10))
    receive(desk, submission(BIRTH))

    assert quick_today(desk) == (2, 4, 16)
    newest, oldest = quick_lines(desk)
    assert (newest.full_name, newest.copies, newest.pages, newest.paid_vnd) == ("Lò Thị Mai", 1, 10, 12_000)
    assert (oldest.full_name, oldest.status) == ("Vàng A Dế", "returned")


def test_what_was_given_at_once_is_no_open_dossier_of_the_person(desk: Desk) -> None:
    quick(desk, copies())

    assert quick(desk, copies()).warnings == ()


def test_certified_copies_stand_first_then_what_is_used_most(desk: Desk) -> None:
    for _ in range(2):
        quick(desk, QuickSubmission(SIGNATURE, person()))

    assert [p.code for p in immediate_procedures(desk)] == [COPIES, SIGNATURE, MARRIAGE_STATUS]


def test_a_mistake_is_taken_back_with_a_reason(desk: Desk) -> None:
    code = quick(desk, copies()).dossier.code

    back = act(desk, code, Act(Verb.TAKE_BACK, reason="đóng dấu nhầm bản")).dossier

    assert (back.status, back.paid_vnd) == (Status.FINISHED, 12_000)


def test_the_ledger_alone_gives_the_same_lists(desk: Desk) -> None:
    quick(desk, copies())
    before = quick_lines(desk), quick_today(desk)

    rebuild(desk)

    assert (quick_lines(desk), quick_today(desk)) == before
    with desk.store.read() as connection:
        assert dossiers.last_payment(connection, "1/2026") == 1


def test_no_term_is_no_quick_lane_either(desk: Desk) -> None:
    """The appointment of such a procedure is said by a unit: it is not given at once."""
    given_at_once(desk, NO_TERM)

    with pytest.raises(UserFacingError) as refused:
        quick(desk, QuickSubmission(NO_TERM, person(), amount_vnd=0))

    assert refused.value.problem.number == "MC-114"
