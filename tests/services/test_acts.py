"""The acts of a dossier's life through the real store: what they do, what they refuse, and that they stay."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motcua_desktop import i18n
from motcua_desktop.domain.dossier import Dossier, Person, Status, Verb, Waiting
from motcua_desktop.domain.errors import Problem, UserFacingError
from motcua_desktop.domain.pausing import ClockEffect
from motcua_desktop.messages import instead, sentence
from motcua_desktop.services import acts, checkup, telling
from motcua_desktop.services.acts import Act, Acted, Collector, act, due_choices, may, plan
from motcua_desktop.services.desk import Desk, change_office, open_desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.store import dossiers, ledger
from tests.factories import COPIES, MARRIAGE_STATUS, moment, submission

LEADER = "Giàng A Chu"
UNIT = "Tư pháp"
FRIDAY = "2026-11-20T09:00"  # then a weekend, Monday 23, a holiday on Tuesday 24, Wednesday 25
STRANGER = Collector("Thào A Chía", "011099000009", "other")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n._chosen
    i18n.use_language("en")
    yield
    i18n._chosen = before


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The desk of an office with a leader, on Friday morning."""
    change_office(desk, {"leaders": [LEADER]})
    set_clock(desk, FRIDAY)
    return desk


def set_clock(desk: Desk, when: str) -> None:
    desk.now = lambda: moment(when)


def took(desk: Desk, procedure: str = MARRIAGE_STATUS, **more: Any) -> Dossier:
    """A dossier taken in now; three working days from Friday end on Thursday 26 November at 17:00."""
    return receive(desk, submission(procedure, **more)).dossier


def does(desk: Desk, dossier: Dossier, verb: Verb, when: str | None = None, **said: Any) -> Acted:
    """One act, at a moment on the desk's own clock."""
    if when is not None:
        set_clock(desk, when)
    return act(desk, dossier.id, Act(verb, **said))


def did(desk: Desk, dossier: Dossier, verb: Verb, when: str | None = None, **said: Any) -> Dossier:
    return does(desk, dossier, verb, when, **said).dossier


def in_work(desk: Desk, **more: Any) -> Dossier:
    return did(desk, took(desk, **more), Verb.HAND_OVER, to=UNIT)


def finished(desk: Desk, **more: Any) -> Dossier:
    return did(desk, in_work(desk, **more), Verb.FINISH, result="12/QĐ")


@contextmanager
def refused(number: str, *words: str) -> Iterator[None]:
    """Refused with that number, in a sentence that holds these words."""
    with pytest.raises(UserFacingError) as told:
        yield
    problem: Problem = told.value.problem
    text = f"{sentence(problem)} {instead(problem)}"
    assert problem.number == number
    assert [word for word in words if word not in text] == [], text


# --- on disk, in order ---


def test_an_act_is_on_disk_when_it_returns(counter: Desk, tmp_path: Path) -> None:
    dossier = in_work(counter)
    other = open_desk(tmp_path / "desk")
    found = find_dossier(other, dossier.code)
    other.close()
    assert found == dossier
    assert (found.status, found.holder, found.unit, found.with_unit) == (Status.PROCESSING, UNIT, UNIT, True)
    with counter.store.read() as connection:
        assert list(ledger.faults(connection)) == []


def test_looking_at_what_an_act_would_do_does_nothing(counter: Desk) -> None:
    dossier = took(counter)
    planned = plan(counter, dossier, Act(Verb.EXTEND, reason="Đông hồ sơ", due=date(2026, 12, 3)))
    assert planned.due_at == moment("2026-12-03T17:00")
    assert find_dossier(counter, dossier.id) == dossier


def test_a_refused_act_leaves_no_trace(counter: Desk) -> None:
    dossier = took(counter)
    with refused("MC-170", "hand over"):
        does(counter, dossier, Verb.FINISH)
    assert find_dossier(counter, dossier.id) == dossier


def test_a_slip_entered_late_stands_at_its_own_hour_and_never_before_the_last_act(counter: Desk) -> None:
    dossier = took(counter)
    set_clock(counter, "2026-11-20T16:00")
    late = did(counter, dossier, Verb.HAND_OVER, to=UNIT, at=moment("2026-11-20T10:15"))
    assert late.acts[-1].at == "2026-11-20T10:15:00+07:00"
    with refused("MC-188", "10:14 20/11/2026", "10:15 20/11/2026"):
        does(counter, late, Verb.FINISH, at=moment("2026-11-20T10:14"))
    with refused("MC-118", "17:00 20/11/2026"):
        does(counter, late, Verb.FINISH, at=moment("2026-11-20T17:00"))
    assert did(counter, late, Verb.FINISH, at=moment("2026-11-20T10:15")).status is Status.FINISHED


def test_of_two_officers_at_once_one_wins_and_the_other_is_judged_again(
    counter: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, other = in_work(counter), open_desk(tmp_path / "desk")
    other.now = counter.now
    interrupted: list[Act] = [Act(Verb.FINISH, result="12/QĐ")]
    really_plan = acts.plan

    def plan_and_be_interrupted(desk: Desk, dossier: Dossier, wanted: Act) -> acts.Plan:
        planned = really_plan(desk, dossier, wanted)
        if interrupted and desk is counter:
            act(other, dossier.id, interrupted.pop())
        return planned

    monkeypatch.setattr(acts, "plan", plan_and_be_interrupted)
    with refused("MC-170", "Finished"):
        does(counter, dossier, Verb.STOP, reason="Hết căn cứ")
    interrupted.append(Act(Verb.CALL, reason="Hỏi kết quả"))
    both = did(counter, dossier, Verb.CORRECT, reason="Sai số bộ", changes={"sets": 2})
    other.close()
    assert [str(done.verb) for done in both.acts] == ["hand-over", "finish", "call", "correct"]
    assert (both.needs_a_look, len(both.heads)) == ((), 1)


def test_payments_of_many_windows_have_consecutive_numbers_in_the_book_of_the_year(
    counter: Desk, tmp_path: Path
) -> None:
    dossier, other = took(counter), took(counter)
    with refused("MC-123"):
        does(counter, dossier, Verb.PAID, amount_vnd=0)
    with refused("MC-171", "amount"):
        does(counter, dossier, Verb.PAID)
    windows = [open_desk(tmp_path / "desk") for _ in range(4)]
    failed: list[BaseException] = []

    def pay(window: Desk, name: str) -> None:
        window.now = counter.now
        try:
            for _ in range(3):
                act(window, name, Act(Verb.PAID, amount_vnd=1000))
        except BaseException as error:
            failed.append(error)

    pairs = zip(windows, (dossier.id, other.id) * 2, strict=True)
    threads = [threading.Thread(target=pay, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for window in windows:
        window.close()
    assert failed == []
    paid = [p for d in (dossier, other) for p in find_dossier(counter, d.id).payments]
    assert sorted((p.book, p.entry) for p in paid) == [("1/2026", n) for n in range(1, 13)]
    later = did(counter, dossier, Verb.PAID, "2027-01-04T08:00", amount_vnd=1000)
    assert (later.payments[-1].book, later.payments[-1].entry) == ("1/2027", 1)


def test_a_whole_life_can_be_derived_again_from_the_ledger(counter: Desk) -> None:
    dossier = finished(counter, fee_due_vnd=8000)
    dossier = did(counter, dossier, Verb.PAID, amount_vnd=8000)
    dossier = did(counter, dossier, Verb.RETURN)
    checkup.rebuild(counter)
    assert find_dossier(counter, dossier.id) == dossier
    assert {item.name: item.problem for item in checkup.check(counter)}.items() >= {("derived", None)}


# --- the clock ---


def test_papers_may_be_asked_for_once_then_only_by_a_leader_with_a_reason(counter: Desk) -> None:
    dossier = did(counter, in_work(counter), Verb.ASK_PAPERS, reason="Thiếu giấy xác nhận")
    assert (dossier.status, dossier.waiting, dossier.paused) == (Status.SUPPLEMENT, Waiting.PAPERS, True)
    assert dossier.waiting_due_at == "2026-12-21T17:00:00+07:00"  # thirty days end on Sunday the 20th
    dossier = did(counter, dossier, Verb.PAPERS_COMPLETE)
    with refused("MC-173", "leader"):
        does(counter, dossier, Verb.ASK_PAPERS, reason="Thiếu nữa")
    with refused("MC-173"):  # a name that is nobody's with the right to decide
        does(counter, dossier, Verb.ASK_PAPERS, reason="Thiếu nữa", by="Vàng A Páo")
    with refused("MC-171", "reason"):
        does(counter, dossier, Verb.ASK_PAPERS, by=LEADER)
    again = did(counter, dossier, Verb.ASK_PAPERS, reason="Thiếu nữa", by=LEADER)
    assert (again.acts[-1].leader, again.acts[-1].reason, again.times(Verb.ASK_PAPERS)) == (
        LEADER,
        "Thiếu nữa",
        2,
    )


@pytest.mark.parametrize(
    ("effect", "due_at"),
    [
        # asked on Monday 23, brought on Friday 27: 25, 26 and 27 are left out, from the 26th on 27, 30, 01
        (ClockEffect.PAUSE, "2026-12-01T17:00:00+07:00"),
        # three working days anew from the 27th: 30, 01, 02
        (ClockEffect.RESTART, "2026-12-02T17:00:00+07:00"),
        (None, "2026-12-01T17:00:00+07:00"),  # as the procedure has it
    ],
)
def test_both_dates_are_shown_and_the_chosen_one_is_given(
    counter: Desk, effect: ClockEffect | None, due_at: str
) -> None:
    dossier = did(counter, in_work(counter), Verb.ASK_PAPERS, "2026-11-23T09:00", reason="Thiếu giấy")
    set_clock(counter, "2026-11-27T10:00")
    shown = due_choices(counter, dossier)
    assert {str(e): f"{d.due_at:%d/%m %H:%M}" for e, d in shown.items()} == {
        "pause": "01/12 17:00",
        "restart": "02/12 17:00",
    }
    done = did(counter, dossier, Verb.PAPERS_COMPLETE, effect=effect)
    assert (done.due_at, done.judged_due_at) == (due_at, due_at)
    assert done.original_due_at == "2026-11-26T17:00:00+07:00"
    assert (done.waiting, done.waiting_due_at) == (Waiting.NOTHING, None)


def test_an_extension_announced_in_time_moves_the_appointment_and_not_the_measure(counter: Desk) -> None:
    acted = does(
        counter, in_work(counter), Verb.EXTEND, "2026-11-25T16:59", reason="Đông hồ sơ", due=date(2026, 12, 3)
    )
    assert acted.warnings == ()
    dossier = acted.dossier
    assert (dossier.due_at, dossier.judged_due_at) == (
        "2026-12-03T17:00:00+07:00",
        "2026-11-26T17:00:00+07:00",
    )
    with refused("MC-175", "late, with apology"):
        does(counter, dossier, Verb.EXTEND, reason="Lần nữa", due=date(2026, 12, 10), by=LEADER)
    done = did(counter, dossier, Verb.FINISH, "2026-11-30T09:00")
    assert telling.outcome(done) == "late, with apology"


def test_an_extension_announced_on_the_last_day_is_kept_and_called_late(counter: Desk) -> None:
    acted = does(
        counter, in_work(counter), Verb.EXTEND, "2026-11-26T08:00", reason="Đông", due=date(2026, 12, 3)
    )
    assert [(p.number, p.params) for p in acted.warnings] == [("MC-165", {"last": date(2026, 11, 25)})]
    assert acted.dossier.due_at == "2026-12-03T17:00:00+07:00"


def test_a_new_appointment_lies_later_within_office_hours_and_not_years_away(counter: Desk) -> None:
    dossier = in_work(counter)
    for day, number in (
        (date(2026, 11, 26), "MC-184"),
        (date(2026, 11, 28), "MC-159"),
        (date(2037, 1, 5), "MC-119"),
        (None, "MC-171"),
    ):
        with refused(number):
            does(counter, dossier, Verb.EXTEND, reason="Đông hồ sơ", due=day)


def test_the_inner_timers_run_two_working_days_at_the_unit_and_one_at_the_desk(counter: Desk) -> None:
    dossier = in_work(counter)
    assert dossier.timer is not None
    assert (dossier.timer.name, dossier.timer.due_at) == ("unit_returns_unfit", "2026-11-25T17:00:00+07:00")
    back = did(counter, dossier, Verb.HAND_BACK, "2026-11-23T14:00")
    assert back.timer is not None
    assert (back.timer.name, back.timer.due_at) == ("desk_tells_citizen", "2026-11-25T17:00:00+07:00")
    assert (back.holder, back.with_unit, back.unit) == ("Nguyễn Thị Nhung", False, UNIT)
    with refused("MC-181"):
        does(counter, back, Verb.HAND_BACK)
    assert did(counter, back, Verb.ASK_PAPERS, reason="Thiếu giấy").timer is None


def test_asking_another_body_stops_the_clock_and_never_begins_it_anew(counter: Desk) -> None:
    dossier = did(
        counter, in_work(counter), Verb.VERIFY, "2026-11-23T09:00", to="Công an xã", due=date(2026, 12, 10)
    )
    assert (dossier.status, dossier.waiting) == (Status.PROCESSING, Waiting.VERIFICATION)
    assert dossier.waiting_due_at == "2026-12-10T17:00:00+07:00"
    with refused("MC-176", "answer received"):
        does(counter, dossier, Verb.FINISH)
    back = did(counter, dossier, Verb.VERIFIED, "2026-11-26T09:00", effect=ClockEffect.RESTART)
    assert back.due_at == "2026-11-30T17:00:00+07:00"  # 25 and 26 are left out: 27, 30
    with refused("MC-183"):
        does(counter, back, Verb.VERIFIED)
    with refused("MC-184"):
        does(counter, back, Verb.VERIFY, to="Công an xã", due=date(2026, 11, 25))


def test_a_duty_to_pay_stops_the_clock_until_it_is_paid(counter: Desk) -> None:
    dossier = did(counter, in_work(counter), Verb.ASK_PAYMENT, "2026-11-23T09:00", reason="Thông báo 15")
    assert (dossier.status, dossier.waiting_due_at) == (Status.PAYMENT, None)
    paid = did(counter, dossier, Verb.PAID, "2026-11-25T09:00", amount_vnd=1_500_000, paid_by="transfer")
    assert (paid.status, paid.due_at) == (Status.PROCESSING, "2026-11-27T17:00:00+07:00")
    assert (paid.acts[-1].facts["duty"], paid.payments) == (
        1_500_000,
        (),
    )  # no fee of the office, in no fee book


# --- what the citizen brings first, and what goes out ---


def test_presented_papers_are_accepted_and_the_term_begins_then(counter: Desk) -> None:
    dossier = took(counter, presented=True)
    assert (dossier.status, dossier.due_at, may(dossier)[0]) == (Status.NEW, None, Verb.ACCEPT)
    accepted = did(counter, dossier, Verb.ACCEPT, "2026-11-23T10:00")
    assert (accepted.status, accepted.due_at) == (Status.ACCEPTED, "2026-11-27T17:00:00+07:00")
    assert (accepted.came_at[:10], accepted.received_at[:10]) == ("2026-11-20", "2026-11-23")
    assert accepted.code == dossier.code


def test_presented_papers_are_asked_for_more_and_accepted_when_all_is_there(counter: Desk) -> None:
    dossier = did(counter, took(counter, presented=True), Verb.ASK_PAPERS, reason="Thiếu tờ khai")
    assert (dossier.status, dossier.paused) == (Status.SUPPLEMENT, False)
    with refused("MC-174", "17:00 21/12/2026"):
        does(counter, dossier, Verb.REFUSE, reason="Không bổ sung")
    accepted = did(counter, dossier, Verb.PAPERS_COMPLETE, "2026-11-25T08:00")
    assert (accepted.status, accepted.due_at) == (Status.ACCEPTED, "2026-11-30T17:00:00+07:00")


def test_presented_papers_are_refused_with_a_reason_and_a_leader_may_look_again(counter: Desk) -> None:
    dossier = took(counter, presented=True)
    with refused("MC-171", "reason"):
        does(counter, dossier, Verb.REFUSE)
    dossier = did(counter, dossier, Verb.REFUSE, reason="Không thuộc thẩm quyền")
    assert (dossier.status, dossier.outcome) == (Status.NOT_ACCEPTED, "refused")
    with refused("MC-172", "leader"):
        does(counter, dossier, Verb.REOPEN, reason="Xem lại")
    assert did(counter, dossier, Verb.REOPEN, reason="Xem lại", by=LEADER).status is Status.NEW


def test_a_result_goes_to_nobody_else_without_an_authorisation(counter: Desk) -> None:
    dossier = finished(counter)
    with refused("MC-178", "authorisation"):
        does(counter, dossier, Verb.RETURN, collector=STRANGER)
    allowed = Collector("Thào A Chía", "011099000009", "other", authority="Giấy ủy quyền 3/2026")
    returned = did(counter, dossier, Verb.RETURN, collector=allowed)
    assert (returned.status, returned.delivery.to) == (Status.RETURNED, "Thào A Chía")


def test_a_lost_receipt_needs_a_word_of_why(counter: Desk) -> None:
    dossier = finished(counter)
    lost = Collector("Vàng A Dế", "011091000001", proof="lost")
    with refused("MC-189", "why"):
        does(counter, dossier, Verb.RETURN, collector=lost)
    returned = did(counter, dossier, Verb.RETURN, collector=lost, reason="Rơi dọc đường")
    assert (returned.acts[-1].people["collector"]["proof"], returned.acts[-1].reason) == (
        "lost",
        "Rơi dọc đường",
    )


def test_who_comes_twice_hears_when_and_to_whom_it_was_returned(counter: Desk) -> None:
    dossier = did(counter, finished(counter), Verb.RETURN, "2026-11-23T10:05")
    with refused("MC-166", "10:05 23/11/2026", "Vàng A Dế", "Nguyễn Thị Nhung"):
        does(counter, dossier, Verb.RETURN, "2026-11-25T08:00")


def test_a_result_stays_here_until_it_is_paid_for(counter: Desk) -> None:
    dossier = finished(counter, fee_due_vnd=8000)
    for verb in (Verb.RETURN, Verb.POST):
        with refused("MC-177", "8.000"):
            does(counter, dossier, verb)
    part = did(counter, dossier, Verb.PAID, amount_vnd=5000)
    with refused("MC-177", "3.000"):
        does(counter, part, Verb.RETURN)
    assert did(counter, part, Verb.PAID, amount_vnd=3000).fee_left_vnd == 0
    assert did(counter, part, Verb.RETURN).status is Status.RETURNED


def test_the_post_takes_a_result_once_and_may_bring_it_back(counter: Desk) -> None:
    posted = did(counter, finished(counter), Verb.POST, tracking="EB123456789VN")
    assert (posted.delivery.state, posted.delivery.tracking) == ("posted", "EB123456789VN")
    with refused("MC-187"):
        does(counter, posted, Verb.POST)
    with refused("MC-187"):
        does(counter, posted, Verb.HAND_OVER, to=UNIT, reason="Sai tên")
    back = did(counter, posted, Verb.MAIL_BACK, reason="Không có người nhận")
    with refused("MC-186"):
        does(counter, back, Verb.MAIL_BACK, reason="Lần nữa")
    assert did(counter, back, Verb.POST, tracking="EB2").delivery.state == "posted"


def test_a_wrong_return_is_taken_back_with_its_reason_and_goes_out_again(counter: Desk) -> None:
    returned = did(counter, finished(counter), Verb.RETURN)
    with refused("MC-171", "reason"):
        does(counter, returned, Verb.TAKE_BACK)
    back = did(counter, returned, Verb.TAKE_BACK, reason="Nhầm người")
    assert (back.status, back.delivery.state, back.result) == (Status.FINISHED, "", "12/QĐ")
    assert back.finished_at == returned.finished_at
    assert did(counter, back, Verb.RETURN).times(Verb.RETURN) == 2


def test_a_faulty_result_goes_back_to_the_unit_with_a_reason(counter: Desk) -> None:
    dossier = finished(counter)
    with refused("MC-171", "reason"):
        does(counter, dossier, Verb.HAND_OVER, to=UNIT)
    again = did(counter, dossier, Verb.HAND_OVER, to=UNIT, reason="Sai năm sinh")
    assert (again.status, again.finished_at, again.outcome, again.result) == (
        Status.PROCESSING,
        None,
        "",
        "",
    )


def test_a_result_at_once_goes_out_in_one_step_and_another_never_does(counter: Desk) -> None:
    copies = did(counter, took(counter, COPIES), Verb.RETURN)
    assert (copies.status, copies.times(Verb.HAND_OVER)) == (Status.RETURNED, 0)
    assert copies.finished_at == "2026-11-20T09:00:00+07:00"
    with refused("MC-179", "17:00 26/11/2026"):
        does(counter, took(counter), Verb.RETURN)


def test_a_citizen_withdraws_until_there_is_a_decision(counter: Desk) -> None:
    dossier = did(counter, did(counter, in_work(counter), Verb.WITHDRAW), Verb.STOP)
    assert (dossier.status, dossier.outcome, dossier.holder) == (
        Status.STOPPED,
        "stopped",
        "Nguyễn Thị Nhung",
    )
    with refused("MC-170"):
        does(counter, finished(counter), Verb.WITHDRAW)


# --- mistakes of our own ---


def test_a_void_receipt_spends_its_number_and_only_before_the_hand_over(counter: Desk) -> None:
    with refused("MC-182", "withdraw"):
        does(counter, in_work(counter), Verb.VOID, reason="Nhầm")
    void = did(counter, took(counter), Verb.VOID, reason="Nhập nhầm người")
    assert (void.status, void.voided, void.number) == (Status.NOT_ACCEPTED, True, 2)
    following = took(counter)
    assert (following.number, following.entry) == (3, (void.entry or 0) + 1)
    with refused("MC-185", "spent"):
        does(counter, void, Verb.REOPEN, reason="Xem lại", by=LEADER)
    assert "void" in telling.say(void)


def test_a_correction_changes_what_it_says_and_nothing_else(counter: Desk) -> None:
    dossier = took(counter)
    with refused("MC-171"):
        does(counter, dossier, Verb.CORRECT, reason="Sai tên")
    who = Person("Vàng A Dí", "011091000001")
    mended = did(counter, dossier, Verb.CORRECT, reason="Sai tên", people={"applicant": who})
    assert mended.applicant == who
    assert (mended.code, mended.due_at, mended.documents, mended.status) == (
        dossier.code,
        dossier.due_at,
        dossier.documents,
        dossier.status,
    )
    with counter.store.read() as connection:
        assert [line.full_name for line in dossiers.find(connection, "vang a di")] == ["Vàng A Dí"]
        assert dossiers.find(connection, "vang a de") == []


@pytest.mark.parametrize("end", [Verb.STOP, Verb.RETURN])
def test_only_a_leader_reopens_what_has_ended_and_says_why(counter: Desk, end: Verb) -> None:
    if end is Verb.STOP:
        dossier = did(counter, in_work(counter), Verb.STOP, reason="Có quyết định của tòa")
    else:
        dossier = did(counter, finished(counter), Verb.RETURN)
    assert may(dossier) == ([Verb.REOPEN] if end is Verb.STOP else [Verb.TAKE_BACK, Verb.REOPEN])
    with refused("MC-172"):
        does(counter, dossier, Verb.REOPEN, reason="Xem lại")
    with refused("MC-171"):
        does(counter, dossier, Verb.REOPEN, by=LEADER)
    again = did(counter, dossier, Verb.REOPEN, reason="Theo bản án", by=LEADER)
    assert (again.status, again.outcome, again.finished_at, again.delivery.state) == (
        Status.PROCESSING,
        "",
        None,
        "",
    )
    assert (again.is_open, again.due_at) == (True, dossier.due_at)


def test_a_finished_dossier_need_not_be_reopened(counter: Desk) -> None:
    with refused("MC-167", "unit"):
        does(counter, finished(counter), Verb.REOPEN, reason="Sai", by=LEADER)
