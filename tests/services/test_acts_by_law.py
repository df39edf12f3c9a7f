"""What the law or the issue asks of a dossier's life, each in one sentence and by its shortest path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua_desktop import i18n
from motcua_desktop.domain.dossier import Dossier, Person, Status, Verb
from motcua_desktop.domain.due import Term, TermKind
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.pausing import ClockEffect
from motcua_desktop.messages import sentence
from motcua_desktop.services import intake, telling
from motcua_desktop.services.acts import Act, Collector, act, may
from motcua_desktop.services.calendar import decide_day, recount
from motcua_desktop.services.desk import Desk, change_office
from motcua_desktop.services.intake import receive
from tests.factories import MARRIAGE_STATUS, NO_TERM, decision, moment, person, submission

LEADER = "Giàng A Chu"
LONG = "1.012817"  # twenty working days


@pytest.fixture
def counter(desk: Desk) -> Iterator[Desk]:
    """The desk of an office with a leader, on Friday morning; it speaks English."""
    before = i18n._chosen
    i18n.use_language("en")
    change_office(desk, {"leaders": [LEADER]})
    desk.now = lambda: moment("2026-11-20T09:00")
    yield desk
    i18n._chosen = before


def took(desk: Desk, procedure: str = MARRIAGE_STATUS, **more: Any) -> Dossier:
    return receive(desk, submission(procedure, **more)).dossier


def did(desk: Desk, dossier: Dossier, verb: Verb, when: str | None = None, **said: Any) -> Dossier:
    if when is not None:
        desk.now = lambda: moment(when)
    return act(desk, dossier.id, Act(verb, **said)).dossier


def in_work(desk: Desk, procedure: str = MARRIAGE_STATUS) -> Dossier:
    return did(desk, took(desk, procedure), Verb.HAND_OVER, to="Tư pháp")


def number(desk: Desk, dossier: Dossier, verb: Verb, **said: Any) -> str:
    with pytest.raises(UserFacingError) as told:
        act(desk, dossier.id, Act(verb, **said))
    return told.value.problem.number


def _interlinked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every procedure has four working days for all offices together."""
    usual = intake.find_procedure
    in_all = Term(TermKind.WORKING_DAYS, 4, "chưa kiểm chứng", date(2020, 1, 1))
    monkeypatch.setattr(
        intake, "find_procedure", lambda *given: replace(usual(*given), total_terms=(in_all,))
    )


# --- who may ask, and who may take ---


def test_a_second_request_for_papers_needs_a_leader_also_before_acceptance(counter: Desk) -> None:
    """NĐ 118/2025/NĐ-CP, Article 11: the receiving officer asks once."""
    dossier = did(counter, took(counter, presented=True), Verb.ASK_PAPERS, reason="Thiếu tờ khai")
    dossier = did(counter, dossier, Verb.REFUSE, "2027-01-11T08:00", reason="Không bổ sung")
    dossier = did(counter, dossier, Verb.REOPEN, reason="Đã ốm", by=LEADER)
    assert number(counter, dossier, Verb.ASK_PAPERS, reason="Thiếu nữa") == "MC-173"


def test_somebody_else_with_neither_number_nor_authorisation_gets_no_result(counter: Desk) -> None:
    """The collector's card or authorisation is noted in the register."""
    dossier = did(counter, in_work(counter), Verb.FINISH)
    someone = Collector("Thào A Chía", relation="other")
    assert number(counter, dossier, Verb.RETURN, collector=someone) == "MC-178"


def test_a_representative_whom_the_dossier_does_not_know_shows_an_authorisation(counter: Desk) -> None:
    dossier = did(counter, in_work(counter), Verb.FINISH)
    assert dossier.representative is None
    someone = Collector("Thào A Chía", relation="representative")
    assert number(counter, dossier, Verb.RETURN, collector=someone) == "MC-178"
    known = took(
        counter, representative=person("Thào A Chía", "", id_kind="none", authority="Giấy ủy quyền 3/2026")
    )
    known = did(counter, did(counter, known, Verb.HAND_OVER, to="Tư pháp"), Verb.FINISH)
    assert did(counter, known, Verb.RETURN, collector=someone).status is Status.RETURNED


def test_who_acts_is_remembered_also_where_it_is_not_the_officer_of_the_desk(counter: Desk) -> None:
    """`Act.by` says who acts: it must not be lost because the name is no leader's."""
    dossier = did(counter, in_work(counter), Verb.FINISH, by="Vàng A Páo")
    assert (dossier.acts[-1].officer, dossier.holder, dossier.acts[-1].leader) == (
        "Vàng A Páo",
        "Vàng A Páo",
        "",
    )


def test_a_correction_is_checked_as_an_intake_is(counter: Desk) -> None:
    dossier = took(counter)
    assert number(counter, dossier, Verb.CORRECT, reason="Sai", changes={"sets": -5}) == "MC-123"
    nobody = Person("")
    assert number(counter, dossier, Verb.CORRECT, reason="Sai", people={"applicant": nobody}) == "MC-115"


# --- dates ---


def test_an_apology_never_gives_a_day_that_has_gone_by(counter: Desk) -> None:
    dossier = in_work(counter)  # due on Thursday 26 November
    counter.now = lambda: moment("2026-12-10T08:00")
    assert number(counter, dossier, Verb.EXTEND, reason="Đông hồ sơ", due=date(2026, 12, 1)) == "MC-184"


def test_presented_papers_without_a_term_in_the_law_are_accepted_only_with_an_appointment(
    counter: Desk,
) -> None:
    """As at the intake (MC-114): a receipt without an appointment tells a citizen nothing."""
    dossier = took(counter, NO_TERM, presented=True)
    assert number(counter, dossier, Verb.ACCEPT) == "MC-114"
    accepted = did(counter, dossier, Verb.ACCEPT, due=date(2026, 12, 24))
    assert accepted.due_at == "2026-12-24T17:00:00+07:00"


def test_a_date_that_was_never_given_is_not_counted_again(counter: Desk) -> None:
    dossier = did(counter, took(counter, presented=True), Verb.ASK_PAPERS, reason="Thiếu tờ khai")
    assert Verb.RECOUNT not in may(dossier)
    assert number(counter, dossier, Verb.RECOUNT, reason="Lịch nghỉ thay đổi") == "MC-170"


def test_what_is_withdrawn_while_the_clock_stands_is_not_late(counter: Desk) -> None:
    """Form II.06a counts what waits for papers, is returned or withdrawn among what is on time."""
    dossier = did(counter, in_work(counter), Verb.ASK_PAPERS, reason="Thiếu giấy")
    dossier = did(counter, dossier, Verb.WITHDRAW, "2026-12-16T08:00")
    dossier = did(counter, dossier, Verb.STOP)
    assert "late" not in telling.outcome(dossier)


def test_what_is_refused_because_the_papers_never_came_is_not_late(counter: Desk) -> None:
    """The clock stood all the while; its appointment would have moved by the wait."""
    dossier = did(counter, in_work(counter), Verb.ASK_PAPERS, reason="Thiếu giấy")
    dossier = did(counter, dossier, Verb.REFUSE, "2027-01-11T08:00", reason="Không bổ sung")
    assert "late" not in telling.outcome(dossier)


def test_a_void_receipt_has_no_measured_result(counter: Desk) -> None:
    assert telling.outcome(did(counter, took(counter), Verb.VOID, reason="Nhầm")) == ""


def test_papers_counted_anew_begin_both_terms_anew(counter: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interlinked dossier carries two due dates: at this office, and in all."""
    _interlinked(monkeypatch)
    dossier = in_work(counter)
    assert (dossier.due_at, dossier.due_total_at) == (
        "2026-11-26T17:00:00+07:00",
        "2026-11-27T17:00:00+07:00",
    )
    dossier = did(counter, dossier, Verb.ASK_PAPERS, "2026-11-26T08:00", reason="Thiếu giấy")
    done = did(counter, dossier, Verb.PAPERS_COMPLETE, "2026-11-26T16:00", effect=ClockEffect.RESTART)
    assert (done.due_at, done.due_total_at) == ("2026-12-01T17:00:00+07:00", "2026-12-02T17:00:00+07:00")


def test_a_new_appointment_in_a_year_without_a_calendar_is_provisional(counter: Desk) -> None:
    """As at the intake: what rests on a calendar that is not published yet is shown so (MC-151)."""
    dossier = did(counter, in_work(counter), Verb.EXTEND, reason="Đông hồ sơ", due=date(2027, 1, 8))
    assert dossier.provisional_year == 2027


def test_the_time_to_bring_papers_never_ends_on_a_day_on_which_nobody_is_here(counter: Desk) -> None:
    """Civil Code 2015, Article 148(5): a last day that is a day off moves to the next working day."""
    sunday = date(2026, 11, 22)
    dossier = did(counter, in_work(counter), Verb.ASK_PAPERS, reason="Thiếu giấy", due=sunday)
    assert dossier.waiting_due_at == "2026-11-23T17:00:00+07:00"


def test_a_day_off_decided_later_counts_also_for_a_dossier_that_waited_once(counter: Desk) -> None:
    """Asked on the 23rd, brought on the 27th: due on 1 December; without Monday the 30th, on the 2nd."""
    dossier = did(counter, in_work(counter), Verb.ASK_PAPERS, "2026-11-23T09:00", reason="Thiếu giấy")
    dossier = did(counter, dossier, Verb.PAPERS_COMPLETE, "2026-11-27T10:00")
    assert dossier.due_at == "2026-12-01T17:00:00+07:00"
    concerned = decide_day(counter, decision("2026-11-30"))
    assert concerned == [dossier.code]
    moved = recount(counter, concerned, "Mất điện toàn xã")
    assert [found.due_at for found in moved] == ["2026-12-02T17:00:00+07:00"]


def test_a_day_off_decided_later_concerns_also_the_date_of_all_offices_together(
    counter: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _interlinked(monkeypatch)
    dossier = in_work(counter)  # 26 November here, 27 November in all
    assert decide_day(counter, decision("2026-11-27")) == [dossier.code]
    moved = recount(counter, [dossier.code], "Mất điện toàn xã")
    assert [found.due_total_at for found in moved] == ["2026-11-30T17:00:00+07:00"]


# --- what is ended, and opened again ---


def test_a_leader_reopens_also_what_was_stopped_before_it_was_accepted(counter: Desk) -> None:
    """Statuses 3, 8 and 10 end a dossier; an administrator can open each again, with a reason."""
    dossier = did(counter, took(counter, presented=True), Verb.ASK_PAPERS, reason="Thiếu tờ khai")
    dossier = did(counter, did(counter, dossier, Verb.WITHDRAW), Verb.STOP)
    assert may(dossier) == [Verb.REOPEN]
    assert did(counter, dossier, Verb.REOPEN, reason="Nhầm hồ sơ", by=LEADER).status is Status.NEW


# --- what is said ---


def test_who_withdrew_while_another_body_was_asked_hears_of_the_withdrawal(counter: Desk) -> None:
    dossier = did(counter, in_work(counter), Verb.VERIFY, to="Công an xã")
    dossier = did(counter, dossier, Verb.WITHDRAW)
    assert "withdraw" in telling.say(dossier)
    assert telling.five_clear(dossier).task == "give the papers back and stop"


def test_the_unit_has_until_the_appointment_and_not_only_until_it_must_send_back_what_is_unfit(
    counter: Desk,
) -> None:
    dossier = in_work(counter, LONG)
    clear = telling.five_clear(dossier)
    assert dossier.due_at is not None
    day = date.fromisoformat(dossier.due_at[:10])
    assert (clear.task, f"{day:%d/%m/%Y}" in clear.responsibility) == ("resolve", True)


def test_no_term_is_said_to_stand_still_before_one_began(counter: Desk) -> None:
    dossier = did(counter, took(counter, presented=True), Verb.ASK_PAPERS, reason="Thiếu tờ khai")
    assert "stands still" not in telling.say(dossier)


def test_the_result_of_papers_not_yet_accepted_is_refused_without_naming_an_appointment(
    counter: Desk,
) -> None:
    dossier = took(counter, presented=True)
    with pytest.raises(UserFacingError) as told:
        act(counter, dossier.id, Act(Verb.RETURN))
    assert told.value.problem.number == "MC-179"
    assert "–" not in sentence(told.value.problem)


def test_a_stop_after_a_withdrawal_stands_in_the_history_without_a_gap(counter: Desk) -> None:
    dossier = did(counter, did(counter, in_work(counter), Verb.WITHDRAW), Verb.STOP)
    assert "–" not in telling.act_line(dossier.acts[-1])
