"""What may be done with a dossier is one table: each row can be reached, each guard says its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from motcua_desktop.domain.act_rows import Guard, Row
from motcua_desktop.domain.act_table import LIMITS, TABLE
from motcua_desktop.domain.acts import REFUSALS, Asked, Refused, judge, limit, may
from motcua_desktop.domain.dossier import ActDone, Delivery, Dossier, Kind, Person, Status, Verb, Waiting
from motcua_desktop.domain.event import Event, Particulars
from motcua_desktop.domain.fold import replay
from motcua_desktop.domain.source import is_well_formed
from tests.factories import NOON, PARTICULARS, SALT, SECOND, event, intake_body

WHEN = "2026-11-20T10:00:00+07:00"
LATER = "2026-12-01T17:00:00+07:00"
OLD_LAW = "2025-06-30T16:59:00+07:00"
LEADER = "Giàng A Chu"
ENDED = {Status.NOT_ACCEPTED, Status.STOPPED, Status.RETURNED}
WILLING: dict[str, Any] = {
    "leader": LEADER,
    "reason": "Theo đề nghị",
    "to": "Tư pháp",
    "due_at": LATER,
    "amount": 8000,
    "authority": "Giấy ủy quyền",
}


def a_dossier(status: Status = Status.PROCESSING, **changes: Any) -> Dossier:
    """An invented dossier in that status, accepted on 20 November 2026."""
    dossier = replay([event("a")])
    assert dossier is not None
    return replace(dossier, status=status, **changes)


def done(*verbs: Verb) -> tuple[ActDone, ...]:
    return tuple(
        ActDone("e", verb, WHEN, "Nguyễn Thị Nhung", Status.PROCESSING, "", "", None, {}, None, {})
        for verb in verbs
    )


def asked(verb: Verb, **said: Any) -> Asked:
    """An act with everything said that it could need; a leader only where one is named."""
    return Asked(verb, WHEN, **{**WILLING, "leader": "", **said})


def told(dossier: Dossier, wanted: Asked) -> str:
    """The number of a refusal, or the status that the row leads to."""
    judged = judge(dossier, wanted)
    return judged.number if isinstance(judged, Refused) else str(judged.to or "stays")


@dataclass(frozen=True)
class Case:
    """A dossier on which one guard fails, and what is asked of it."""

    guard: Guard
    dossier: Dossier
    wanted: Asked
    number: str


CASES = (
    Case(Guard.ACCEPTED_BEFORE, a_dossier(Status.SUPPLEMENT, accepted_at=None), asked(Verb.STOP), "MC-170"),
    Case(Guard.HANDED_OVER, a_dossier(with_unit=False), asked(Verb.HAND_BACK), "MC-181"),
    Case(
        Guard.NOT_HANDED_OVER,
        a_dossier(Status.ACCEPTED, acts=done(Verb.HAND_OVER)),
        asked(Verb.VOID),
        "MC-182",
    ),
    Case(Guard.FIRST_SUPPLEMENT, a_dossier(acts=done(Verb.ASK_PAPERS)), asked(Verb.ASK_PAPERS), "MC-173"),
    Case(
        Guard.SECOND_SUPPLEMENT,
        a_dossier(acts=done(Verb.ASK_PAPERS) * 2),
        asked(Verb.ASK_PAPERS, leader=LEADER),
        "MC-173",
    ),
    Case(
        Guard.SUPPLEMENT_OVERDUE,
        a_dossier(Status.SUPPLEMENT, waiting=Waiting.PAPERS, waiting_due_at=LATER),
        asked(Verb.REFUSE),
        "MC-174",
    ),
    Case(Guard.CLOCK_RUNS, a_dossier(waiting=Waiting.VERIFICATION), asked(Verb.FINISH), "MC-176"),
    Case(Guard.VERIFYING, a_dossier(), asked(Verb.VERIFIED), "MC-183"),
    Case(Guard.NOT_EXTENDED, a_dossier(acts=done(Verb.EXTEND)), asked(Verb.EXTEND), "MC-175"),
    Case(Guard.LATER_DATE, a_dossier(due_at=LATER), asked(Verb.EXTEND), "MC-184"),
    Case(Guard.MONEY_SETTLED, a_dossier(Status.FINISHED, fee_due_vnd=8000), asked(Verb.RETURN), "MC-177"),
    Case(
        Guard.RIGHT_PERSON,
        a_dossier(Status.FINISHED),
        asked(Verb.RETURN, relation="other", collector_id="011099000009", authority=""),
        "MC-178",
    ),
    Case(Guard.IMMEDIATE, a_dossier(Status.ACCEPTED), asked(Verb.RETURN), "MC-179"),
    Case(
        Guard.NOT_VOIDED,
        a_dossier(Status.NOT_ACCEPTED, outcome="voided"),
        asked(Verb.REOPEN, leader=LEADER),
        "MC-185",
    ),
    Case(Guard.POSTED, a_dossier(Status.FINISHED), asked(Verb.MAIL_BACK), "MC-186"),
    Case(
        Guard.NOT_POSTED,
        a_dossier(Status.FINISHED, delivery=Delivery("posted")),
        asked(Verb.POST),
        "MC-187",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.guard))
def test_a_guard_that_fails_is_refused_with_its_number(case: Case) -> None:
    judged = judge(case.dossier, case.wanted)
    assert isinstance(judged, Refused)
    assert (judged.number, judged.guard) == (case.number, str(case.guard))
    assert REFUSALS[case.guard] == case.number


def test_every_guard_of_the_table_has_a_case_here_but_the_one_that_only_chooses_between_two_rows() -> None:
    used = {guard for row in TABLE for guard in row.guards}
    assert used == set(Guard) == {case.guard for case in CASES} | {Guard.NEVER_ACCEPTED}
    presented = a_dossier(Status.SUPPLEMENT, accepted_at=None)
    assert told(presented, asked(Verb.PAPERS_COMPLETE)) == "accepted"
    assert told(a_dossier(Status.SUPPLEMENT), asked(Verb.PAPERS_COMPLETE)) == "processing"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.guard))
def test_what_a_guard_of_the_state_refuses_is_not_offered_either(case: Case) -> None:
    said_by_the_officer = {Guard.LATER_DATE, Guard.RIGHT_PERSON, Guard.SUPPLEMENT_OVERDUE}
    leader_may = {Guard.FIRST_SUPPLEMENT}
    offered = case.wanted.verb in may(case.dossier)
    assert offered == (case.guard in said_by_the_officer | leader_may)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.verb}-{'-'.join(sorted(row.sources))}")
def test_what_a_row_needs_is_asked_for_by_name(row: Row) -> None:
    for name in row.needs:
        for status in row.sources:
            empty: dict[str, Any] = {"due": {"due_at": None}, "amount": {"amount": None}}
            said = empty.get(name, {name: "  "})
            dossier = a_dossier(status, **_fitting(row))
            judged = judge(dossier, asked(row.verb, **said, **({"leader": LEADER} if row.leader else {})))
            assert isinstance(judged, Refused)
            assert (judged.number, judged.field) == ("MC-171", name)


def _fitting(row: Row) -> dict[str, Any]:
    """A state on which no guard of the row fails."""
    changes: dict[str, Any] = {"due_at": WHEN}
    if row.valid_to is not None:
        changes["received_at"] = OLD_LAW
    if Guard.NEVER_ACCEPTED in row.guards:
        changes["accepted_at"] = None
    if Guard.POSTED in row.guards:
        changes["delivery"] = Delivery("posted")
    return changes


# --- the table as a whole ---


def test_no_verb_is_without_a_row_and_no_row_without_a_source_that_can_be_looked_up() -> None:
    assert {row.verb for row in TABLE} == set(Verb)
    assert [row for row in TABLE if not is_well_formed(row.source)] == []
    assert [one for one in LIMITS if not is_well_formed(one.source)] == []
    assert all(row.sources for row in TABLE)


def test_only_the_three_ended_statuses_are_dead_ends_and_every_other_leads_to_one() -> None:
    ways = {
        status: {row.to for row in TABLE if status in row.sources and row.to and not row.leader}
        for status in Status
    }
    assert {status for status in Status if not ways[status]} == {Status.NOT_ACCEPTED, Status.STOPPED}
    assert ways[Status.RETURNED] == {Status.FINISHED}  # a wrong return taken back, with its reason
    for status in set(Status) - ENDED:
        seen, left = {status}, [status]
        while left:
            for further in ways[left.pop()] - seen:
                seen.add(further)
                left.append(further)
        assert seen & ENDED, f"nothing ends a dossier that is {status}"


def test_only_a_leader_opens_what_has_ended_and_always_with_a_reason() -> None:
    opening = [row for row in TABLE if row.sources & ENDED and row.verb is not Verb.TAKE_BACK]
    assert {row.verb for row in opening} == {Verb.REOPEN}
    assert all(row.leader and "reason" in row.needs for row in opening)
    for status in ENDED:
        assert told(a_dossier(status), asked(Verb.REOPEN)) == "MC-172"
        assert told(a_dossier(status), asked(Verb.REOPEN, leader=LEADER, reason="")) == "MC-171"
        assert told(a_dossier(status), asked(Verb.REOPEN, leader=LEADER)) == "processing"


def test_every_row_can_be_reached_by_acts_alone() -> None:
    reached = set(_walked())
    missing = [(row.verb, sorted(row.sources), row.leader) for row in TABLE if row not in reached]
    assert missing == []


def _walked() -> Iterator[Row]:
    """The rows that acts lead through, from every kind of first day, state by state."""
    begun = [
        _event("a", None, {"presented": presented, "due_at": None if presented else WHEN}, when)
        for presented in (False, True)
        for when in (OLD_LAW, "2026-11-20T09:47:00+07:00")
    ]
    begun.append(_event("a", None, {"procedure": {**intake_body()["procedure"], "immediate": True}}))
    for first in begun:
        seen: set[tuple[object, ...]] = set()
        left = [[first]]
        while left:
            events = left.pop()
            dossier = replay(events)
            assert dossier is not None
            for verb in Verb:
                for leader in ("", LEADER):
                    row = judge(dossier, asked(verb, leader=leader))
                    if not isinstance(row, Row):
                        continue
                    yield row
                    after = [*events, _event(f"e{len(events)}", verb, _body(leader), WHEN, events[-1].id)]
                    state = _state(after)
                    if state not in seen:
                        seen.add(state)
                        left.append(after)


def _state(events: list[Event]) -> tuple[object, ...]:
    """What guards look at."""
    d = replay(events)
    assert d is not None
    assert d.needs_a_look == ()
    told = (d.status, d.accepted_at is None, d.waiting, d.with_unit, d.outcome == "voided", d.delivery.state)
    return (*told, *(min(2, d.times(verb)) > 0 for verb in (Verb.ASK_PAPERS, Verb.EXTEND, Verb.HAND_OVER)))


def _body(leader: str) -> dict[str, Any]:
    return {
        "leader": leader,
        "to": "Tư pháp",
        "amount": 8000,
        "due_at": LATER,
        "judged_due_at": LATER,
        "waiting_due_at": "2026-11-01T17:00:00+07:00",
        "term": intake_body()["term"],
        "changes": {},
    }


def _event(ident: str, verb: Verb | None, more: dict[str, Any], when: str = WHEN, after: str = "") -> Event:
    kind = Kind.DOSSIER_ACTED if verb else Kind.DOSSIER_RECEIVED
    body = {"v": 1, "verb": verb, **more} if verb else intake_body(**more)
    personal = {"reason": "Theo đề nghị"} if verb else PARTICULARS
    number = int(ident[1:] or 0)
    made = event(
        ident, kind, body, at=NOON + number * SECOND, after=(after,) if after else (), seq=number + 1
    )
    return replace(made, happened_at=when, particulars=Particulars(SALT, personal))


# --- the law of the day ---


def test_papers_may_be_asked_for_once_and_by_a_leader_once_more_with_a_written_reason() -> None:
    first, second = a_dossier(), a_dossier(acts=done(Verb.ASK_PAPERS))
    assert told(first, asked(Verb.ASK_PAPERS)) == "supplement"
    assert told(second, asked(Verb.ASK_PAPERS)) == "MC-173"
    assert told(second, asked(Verb.ASK_PAPERS, leader=LEADER, reason="")) == "MC-171"
    assert told(second, asked(Verb.ASK_PAPERS, leader=LEADER)) == "supplement"


def test_a_request_made_at_the_counter_before_acceptance_counts_as_the_one_request() -> None:
    dossier = a_dossier(acts=done(Verb.ASK_PAPERS, Verb.PAPERS_COMPLETE))
    assert told(dossier, asked(Verb.ASK_PAPERS)) == "MC-173"


def test_under_the_old_decree_papers_are_asked_for_again_and_the_term_begins_from_zero() -> None:
    old = a_dossier(received_at=OLD_LAW, acts=done(Verb.ASK_PAPERS, Verb.ASK_PAPERS))
    assert told(old, asked(Verb.ASK_PAPERS)) == "supplement"
    row = judge(replace(old, status=Status.SUPPLEMENT), asked(Verb.PAPERS_COMPLETE))
    assert isinstance(row, Row)
    assert (row.effect, "61/2018" in row.source) == ("restart", True)


@pytest.mark.parametrize("day", ["2025-06-30", "2025-07-01"])
def test_the_law_changes_between_two_days_and_leaves_no_day_without_a_row(day: str) -> None:
    when = f"{day}T08:00:00+07:00"
    for row in TABLE:
        for status in row.sources:
            dossier = a_dossier(status, **{**_fitting(row), "received_at": when})
            verb = row.verb
            assert (
                told(dossier, asked(verb, leader=LEADER)) != "MC-170" or Guard.ACCEPTED_BEFORE in row.guards
            )
    second = a_dossier(received_at=when, acts=done(Verb.ASK_PAPERS))
    assert told(second, asked(Verb.ASK_PAPERS)) == {"2025-06-30": "supplement", "2025-07-01": "MC-173"}[day]
    brought = judge(replace(second, status=Status.SUPPLEMENT), asked(Verb.PAPERS_COMPLETE))
    assert isinstance(brought, Row)
    assert brought.effect == {"2025-06-30": "restart", "2025-07-01": ""}[day]


@pytest.mark.parametrize(
    ("name", "day", "days", "working"),
    [
        ("unit_returns_unfit", "2025-06-30", 3, True),
        ("unit_returns_unfit", "2025-07-01", 2, True),
        ("desk_tells_citizen", "2026-11-20", 1, True),
        ("announce_before", "2026-11-20", 1, True),
        ("citizen_supplements", "2026-11-20", 30, False),
    ],
)
def test_a_limit_is_that_of_the_day_of_receipt(name: str, day: str, days: int, working: bool) -> None:
    found = limit(name, date.fromisoformat(day))
    assert (found.days, found.working) == (days, working)


def test_a_row_names_only_limits_that_are_known_on_every_day() -> None:
    for row in TABLE:
        if row.timer:
            for day in (date(2024, 1, 2), date(2025, 6, 30), date(2025, 7, 1), date(2027, 3, 1)):
                assert limit(row.timer, day).days > 0


# --- what is said where the status forbids ---


@pytest.mark.parametrize(
    ("verb", "status", "number"),
    [
        (Verb.RETURN, Status.RETURNED, "MC-166"),
        (Verb.REOPEN, Status.FINISHED, "MC-167"),
        (Verb.VOID, Status.PROCESSING, "MC-182"),
        (Verb.RETURN, Status.PROCESSING, "MC-179"),
        (Verb.RETURN, Status.WITHDRAWING, "MC-179"),
        (Verb.RETURN, Status.STOPPED, "MC-170"),
        (Verb.HAND_OVER, Status.NEW, "MC-170"),
        (Verb.FINISH, Status.SUPPLEMENT, "MC-170"),
        (Verb.WITHDRAW, Status.FINISHED, "MC-170"),
        (Verb.VOID, Status.FINISHED, "MC-170"),
        (Verb.CALL, Status.RETURNED, "MC-170"),
        (Verb.ACCEPT, Status.ACCEPTED, "MC-170"),
    ],
)
def test_an_act_that_the_status_forbids_is_refused_as_what_it_is(
    verb: Verb, status: Status, number: str
) -> None:
    dossier = a_dossier(status)
    assert told(dossier, asked(verb)) == number
    assert verb not in may(dossier)


def test_what_may_be_done_stands_in_the_order_of_the_verbs_and_each_once() -> None:
    assert may(a_dossier(Status.PROCESSING, with_unit=True)) == [
        Verb.HAND_OVER,
        Verb.HAND_BACK,
        Verb.ASK_PAPERS,
        Verb.ASK_PAYMENT,
        Verb.PAID,
        Verb.VERIFY,
        Verb.EXTEND,
        Verb.WITHDRAW,
        Verb.STOP,
        Verb.REFUSE,
        Verb.FINISH,
        Verb.CORRECT,
        Verb.RECOUNT,
        Verb.CALL,
    ]
    assert may(a_dossier(Status.STOPPED)) == [Verb.REOPEN]
    assert may(a_dossier(Status.NOT_ACCEPTED, outcome="voided")) == []


def test_while_the_clock_stands_nothing_is_offered_that_would_end_the_term() -> None:
    standing = may(a_dossier(waiting=Waiting.VERIFICATION))
    assert Verb.VERIFIED in standing
    assert not {Verb.FINISH, Verb.REFUSE, Verb.EXTEND, Verb.ASK_PAPERS, Verb.ASK_PAYMENT} & set(standing)


# --- who may collect ---


@pytest.mark.parametrize(
    ("relation", "collector", "authority", "answer"),
    [
        ("applicant", "011091000001", "", "returned"),
        ("applicant", "", "", "returned"),  # known to the officer, or by the receipt
        ("applicant", "011091000003", "", "MC-178"),  # says so, but the card is another's
        ("representative", "011091000002", "", "returned"),
        ("other", "011091000003", "", "MC-178"),
        ("other", "", "", "MC-178"),
        ("other", "011091000003", "Giấy ủy quyền", "returned"),
    ],
)
def test_a_result_goes_to_the_applicant_the_representative_or_who_is_authorised(
    relation: str, collector: str, authority: str, answer: str
) -> None:
    dossier = a_dossier(Status.FINISHED, representative=Person("Vàng A Páo", "011091000002"))
    wanted = asked(Verb.RETURN, relation=relation, collector_id=collector, authority=authority)
    assert told(dossier, wanted) == answer


def test_a_result_at_once_goes_out_from_the_counter_in_one_step_when_it_is_paid() -> None:
    procedure = {**a_dossier().procedure, "immediate": True}
    dossier = a_dossier(Status.ACCEPTED, procedure=procedure, fee_due_vnd=2000)
    assert told(dossier, asked(Verb.RETURN)) == "MC-177"
    assert told(replace(dossier, fee_mode="online"), asked(Verb.RETURN)) == "returned"
