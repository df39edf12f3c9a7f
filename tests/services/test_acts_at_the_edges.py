"""Acts where two windows, late entries, odd words or new office hours meet."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from motcua_desktop.documents.paper import Paper
from motcua_desktop.domain.dossier import Dossier, Status, Verb
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.services.acts import Act, Acted, act
from motcua_desktop.services.desk import Desk, change_office
from motcua_desktop.services.intake import receive
from motcua_desktop.services.register import register_lines
from motcua_desktop.services.sheets import SheetKind, draw_sheet, find_dossier
from motcua_desktop.services.telling import act_line
from tests.factories import BIRTH, COPIES, MARRIAGE_STATUS, NO_TERM, moment, submission
from tests.services.test_form_sheets import text_of

LEADER = "Giàng Thị Mỷ"


@pytest.fixture
def counter(desk: Desk) -> Desk:
    change_office(desk, {"leaders": [LEADER]})
    desk.now = lambda: moment("2026-11-20T09:00")
    return desk


def did(desk: Desk, dossier: Dossier, verb: Verb, when: str = "", **said: object) -> Acted:
    if when:
        desk.now = lambda: moment(when)
    return act(desk, dossier.id, Act(verb, **said))  # type: ignore[arg-type]  # the words of an act


def in_work(desk: Desk, procedure: str = MARRIAGE_STATUS, **more: object) -> Dossier:
    dossier = receive(desk, submission(procedure, **more)).dossier
    return did(desk, dossier, Verb.HAND_OVER, to="Tư pháp").dossier


def refused(desk: Desk, dossier: Dossier, verb: Verb, **said: object) -> str:
    with pytest.raises(UserFacingError) as told:
        did(desk, dossier, verb, **said)
    return told.value.problem.number


def test_two_corrections_of_one_person_both_stay(counter: Desk) -> None:
    dossier = in_work(counter)
    phone = did(counter, dossier, Verb.CORRECT, reason="x", people={"applicant": {"phone": "0912345678"}})
    address = {"applicant": {"address": "Bản Tả Phìn"}}  # from a window that never saw the new number
    both = did(counter, phone.dossier, Verb.CORRECT, reason="x", people=address).dossier.applicant
    assert both is not None
    assert (both.phone, both.address) == ("0912345678", "Bản Tả Phìn")


def test_what_somebody_else_changed_is_looked_at_before_anything_follows_from_it(counter: Desk) -> None:
    seen = in_work(counter)
    late = did(counter, seen, Verb.CALL, "2026-11-20T10:00", reason="Hỏi hạn").dossier
    assert (
        refused(counter, seen, Verb.EXTEND, reason="x", due=date(2026, 12, 3), seen=seen.last_act) == "MC-194"
    )
    assert did(
        counter, late, Verb.EXTEND, reason="x", due=date(2026, 12, 3), seen=late.last_act
    ).dossier.due_at


def test_a_receipt_of_a_dossier_that_moved_on_meanwhile_names_the_new_date(counter: Desk) -> None:
    old = receive(counter, submission(MARRIAGE_STATUS)).dossier
    did(counter, old, Verb.HAND_OVER, to="Tư pháp")
    did(counter, old, Verb.ASK_PAPERS, reason="Thiếu")
    new = did(counter, old, Verb.PAPERS_COMPLETE, "2026-11-25T09:00").dossier
    said = text_of(draw_sheet(counter, old, SheetKind.RECEIPT, Paper.A5).pdf)
    assert new.due_at is not None
    assert f"{moment(new.due_at):%d/%m/%Y}" in said


def test_a_receipt_that_would_promise_what_does_not_hold_is_not_drawn(counter: Desk) -> None:
    void = receive(counter, submission(MARRIAGE_STATUS)).dossier
    void = did(counter, void, Verb.VOID, reason="Nhầm người").dossier
    presented = receive(counter, submission(MARRIAGE_STATUS, presented=True)).dossier
    for dossier, number in ((void, "MC-185"), (presented, "MC-190")):
        with pytest.raises(UserFacingError) as told:
            draw_sheet(counter, dossier, SheetKind.RECEIPT, Paper.A5)
        assert told.value.problem.number == number


def test_papers_that_came_are_not_asked_for_again(counter: Desk) -> None:
    dossier = in_work(counter, BIRTH, documents=())
    asked = did(counter, dossier, Verb.ASK_PAPERS, reason="Thiếu giấy chứng sinh").dossier
    assert list(asked.acts[-1].facts["missing"]) == list(dossier.owed) != []
    came = did(counter, asked, Verb.PAPERS_COMPLETE, "2026-11-23T09:00").dossier
    assert came.owed == ()
    assert "Còn thiếu" not in text_of(draw_sheet(counter, came, SheetKind.RECEIPT, Paper.A5).pdf)


def test_a_leader_may_ask_a_second_time_and_nobody_a_third(counter: Desk) -> None:
    dossier = in_work(counter)
    for by in ("", LEADER):
        did(counter, dossier, Verb.ASK_PAPERS, reason="Thiếu", by=by)
        did(counter, dossier, Verb.PAPERS_COMPLETE)
    for by in ("", LEADER):
        assert refused(counter, dossier, Verb.ASK_PAPERS, reason="Thiếu", by=by) == "MC-173"


def test_a_leader_is_known_however_the_name_was_typed(counter: Desk) -> None:
    dossier = in_work(counter)
    did(counter, dossier, Verb.STOP, reason="x")
    typed = unicodedata.normalize("NFD", f" {LEADER} ")
    assert did(counter, dossier, Verb.REOPEN, reason="x", by=typed).dossier.status is Status.PROCESSING


def test_nobody_waits_for_centuries(counter: Desk) -> None:
    dossier = in_work(counter)
    assert refused(counter, dossier, Verb.ASK_PAPERS, reason="x", due=date(2206, 1, 4)) == "MC-119"


def test_words_that_no_sheet_can_hold_are_refused_at_their_field(counter: Desk) -> None:
    dossier = in_work(counter)
    assert refused(counter, dossier, Verb.CALL, reason="a" * 1001) == "MC-123"
    assert refused(counter, dossier, Verb.FINISH, result="a" * 501) == "MC-123"
    finished = did(counter, dossier, Verb.FINISH).dossier
    assert refused(counter, finished, Verb.POST, tracking="EH\U0001f4eeVN") == "MC-191"


def test_an_act_that_was_written_down_later_says_so(counter: Desk) -> None:
    dossier = in_work(counter)
    late = did(counter, dossier, Verb.CALL, "2026-11-21T08:00", reason="Hỏi", at=moment("2026-11-20T15:00"))
    assert "21/11/2026" in act_line(late.dossier.acts[-1])
    at_once = did(counter, dossier, Verb.CALL, "2026-11-21T09:00", reason="Hỏi")
    assert "21/11/2026" not in act_line(at_once.dossier.acts[-1])


def test_money_that_is_entered_later_stands_in_the_book_where_it_was_entered(counter: Desk) -> None:
    counter.now = lambda: moment("2026-12-30T09:00")
    dossier = in_work(counter, COPIES, fee_due_vnd=5_000)
    late = did(
        counter, dossier, Verb.PAID, "2027-01-04T08:00", amount_vnd=5_000, at=moment("2026-12-30T15:00")
    )
    (payment,) = late.dossier.payments
    assert (payment.book, payment.at.date()) == ("1/2027", date(2027, 1, 4))


def test_an_appointment_in_a_year_without_a_calendar_warns(counter: Desk) -> None:
    dossier = in_work(counter)
    warned = did(counter, dossier, Verb.EXTEND, reason="x", due=date(2028, 1, 6)).warnings
    assert "MC-151" in [problem.number for problem in warned]


def test_other_office_hours_do_not_move_a_date_that_was_given(counter: Desk) -> None:
    given = moment("2026-12-04T16:30")
    dossier = receive(counter, submission(NO_TERM, appointment=given, documents=())).dossier
    change_office(counter, {"hours": "07:30-11:30, 13:30-16:00", "return_at": "16:00"})
    assert did(counter, dossier, Verb.RECOUNT, reason="x").dossier.due_at == dossier.due_at


def test_a_second_letter_for_another_name_is_another_sheet(counter: Desk) -> None:
    dossier = in_work(counter)
    for name in ("Vàng Thị Mai", "Vàng Văn Bình"):
        words = {"letter": "birth", "name": name}
        sheet = draw_sheet(counter, find_dossier(counter, dossier.id), SheetKind.LETTER, words=words)
        assert name in text_of(sheet.pdf)


def test_a_request_without_a_name_is_no_request_at_all(counter: Desk) -> None:
    first, second = (receive(counter, submission(MARRIAGE_STATUS, request_id="")).dossier for _ in range(2))
    assert first.id != second.id
    assert len(register_lines(counter, 2026)) == 2
