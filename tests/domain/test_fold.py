"""Histories of two desks come together: nothing is dropped, and the order of arrival changes nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.domain.dossier import Dossier, Kind, Status, Verb, Waiting
from motcua_desktop.domain.event import Event
from motcua_desktop.domain.fold import replay
from tests.factories import NOON, SECOND, code_body, event, intake_body, sheet_body

HERE, THERE = "H18.11.05#1-aaaaaa", "H18.11.05#2-bbbbbb"
DUE = "2026-12-04T17:00:00+07:00"
WAITS = "2026-12-20T17:00:00+07:00"
APPLICANT = {"full_name": "Vàng A Dế", "id_number": "011091000001"}
INTAKE = event("a")


def acted(
    ident: str,
    verb: Verb | str,
    seconds: int,
    *after: str,
    desk: str = HERE,
    personal: dict[str, Any] | None = None,
    **said: Any,
) -> Event:
    """An act as the services write it, so many seconds after the intake."""
    body = {"v": 1, "verb": str(verb), "has_reason": True, **said}
    given = {"reason": "Theo đề nghị", **(personal or {})}
    at = NOON + seconds * SECOND
    return event(
        ident, Kind.DOSSIER_ACTED, body, at=at, after=after, desk=desk, seq=seconds + 1, personal=given
    )


def folded(*events: Event) -> Dossier:
    dossier = replay(events)
    assert dossier is not None
    return dossier


HANDED = acted("b", Verb.HAND_OVER, 1, "a", to="Tư pháp")
FINISHED = acted("c", Verb.FINISH, 2, "b", result="12/QĐ")
RETURNED = acted("d", Verb.RETURN, 3, "c", personal={"collector": APPLICANT})
RETURNED_THERE = acted(
    "e", Verb.RETURN, 4, "c", desk=THERE, personal={"collector": {"full_name": "Vàng A Páo", "id_number": ""}}
)


def test_two_desks_return_one_result_and_the_second_is_kept_to_be_looked_at() -> None:
    dossier = folded(INTAKE, HANDED, FINISHED, RETURNED, RETURNED_THERE)
    assert dossier.status is Status.RETURNED
    assert dossier.needs_a_look == ("e",)
    assert dossier.times(Verb.RETURN) == 1
    assert (dossier.delivery.state, dossier.delivery.to) == ("handed", "Vàng A Dế")
    assert set(dossier.heads) == {"d", "e"}


def test_whichever_desk_sent_first_the_earlier_act_is_the_one_that_counts() -> None:
    events = (INTAKE, HANDED, FINISHED, RETURNED, RETURNED_THERE)
    told = {repr(replay(order)) for order in permutations(events)}
    assert len(told) == 1


def test_who_looked_at_it_goes_on_after_both_and_the_mark_stays() -> None:
    taken_back = acted("f", Verb.TAKE_BACK, 5, "d", "e")
    dossier = folded(taken_back, RETURNED_THERE, RETURNED, FINISHED, HANDED, INTAKE)
    assert (dossier.status, dossier.delivery.state, dossier.heads) == (Status.FINISHED, "", ("f",))
    assert dossier.needs_a_look == ("e",)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (acted("x", Verb.HAND_OVER, 5, "a", to="Tư pháp"), acted("y", Verb.VOID, 6, "a", desk=THERE)),
        (
            acted("x", Verb.EXTEND, 5, "b", due_at=DUE),
            acted("y", Verb.EXTEND, 6, "b", due_at=WAITS, desk=THERE),
        ),
        (
            acted("x", Verb.ASK_PAPERS, 5, "b", waiting_due_at=WAITS),
            acted("y", Verb.FINISH, 6, "b", desk=THERE),
        ),
        (acted("x", Verb.WITHDRAW, 5, "b"), acted("y", Verb.FINISH, 6, "b", desk=THERE)),
        (acted("x", Verb.FINISH, 5, "b"), acted("y", Verb.WITHDRAW, 6, "b", desk=THERE)),
        (
            acted("x", Verb.ASK_PAPERS, 5, "b", waiting_due_at=WAITS),
            acted("y", Verb.ASK_PAPERS, 6, "b", waiting_due_at=WAITS, desk=THERE),
        ),
    ],
    ids=lambda e: str(e.body["verb"]),
)
def test_of_two_acts_that_exclude_each_other_the_later_is_named_and_changes_nothing(
    first: Event, second: Event
) -> None:
    begun = (INTAKE,) if first.after == ("a",) else (INTAKE, HANDED)
    alone, both = folded(*begun, first), folded(second, *begun, first)
    assert both.needs_a_look == ("y",)
    assert replace(both, needs_a_look=(), heads=alone.heads) == alone
    turned = folded(*begun, replace(first, at=second.at), replace(second, at=first.at))
    assert turned.needs_a_look == ("x",)


def test_what_two_desks_did_side_by_side_and_may_both_stand_is_all_counted() -> None:
    paid_here = acted("x", Verb.PAID, 5, "b", amount=3000, mode="cash", book="1/2026", entry=1)
    paid_there = acted("y", Verb.PAID, 6, "b", amount=5000, mode="cash", book="2/2026", entry=1, desk=THERE)
    called = acted("z", Verb.CALL, 7, "b", desk=THERE)
    dossier = folded(called, paid_there, paid_here, HANDED, INTAKE)
    assert [(p.book, p.entry, p.amount_vnd) for p in dossier.payments] == [
        ("1/2026", 1, 3000),
        ("2/2026", 1, 5000),
    ]
    assert (dossier.paid_vnd, dossier.times(Verb.CALL), dossier.needs_a_look) == (8000, 1, ())


def test_a_long_history_is_the_same_in_every_order_of_arrival() -> None:
    asked = acted("c", Verb.ASK_PAPERS, 2, "b", waiting_due_at=WAITS)
    brought = acted("d", Verb.PAPERS_COMPLETE, 3, "c", due_at=DUE, judged_due_at=DUE)
    asked_there = acted("e", Verb.ASK_PAPERS, 4, "b", desk=THERE, waiting_due_at=WAITS)
    finished = acted("f", Verb.FINISH, 5, "d", "e")
    sheet = event("g", Kind.SHEET_DRAWN, sheet_body(), at=NOON + 6 * SECOND, after=("a",), seq=7)
    events = (INTAKE, HANDED, asked, brought, asked_there, finished, sheet)
    told = {repr(replay(order)) for order in permutations(events)}
    assert len(told) == 1
    dossier = folded(*events)
    assert (dossier.status, dossier.due_at, dossier.needs_a_look) == (Status.FINISHED, DUE, ("e",))


# --- what was erased ---


def test_acts_whose_particulars_were_erased_stand_as_they_were_without_the_words() -> None:
    full = (INTAKE, HANDED, FINISHED, RETURNED)
    erased = [replace(e, particulars=None) for e in full]
    before, after = folded(*full), folded(*erased)
    assert (after.status, after.needs_a_look, after.finished_at) == (before.status, (), before.finished_at)
    assert [act.verb for act in after.acts] == [act.verb for act in before.acts]
    assert {act.reason for act in after.acts} == {None}
    assert [act.people["collector"] for act in after.acts] == [None, None, None]
    assert (after.applicant, after.delivery.state, after.delivery.to) == (None, "handed", "")


def test_an_act_that_needed_a_reason_is_not_undone_by_erasing_the_reason() -> None:
    asked = replace(acted("c", Verb.ASK_PAPERS, 2, "b", waiting_due_at=WAITS), particulars=None)
    stopped = replace(acted("d", Verb.TAKE_BACK, 5, "r"), particulars=None)
    returned = acted("r", Verb.RETURN, 4, "f", personal={"collector": APPLICANT})
    assert folded(INTAKE, HANDED, asked).waiting is Waiting.PAPERS
    dossier = folded(INTAKE, HANDED, acted("f", Verb.FINISH, 3, "b"), returned, stopped)
    assert (dossier.status, dossier.needs_a_look) == (Status.FINISHED, ())


def test_a_result_that_an_authorised_person_took_stays_returned_when_either_event_is_erased() -> None:
    stranger = {"full_name": "Thào A Chía", "id_number": "011099000009", "authority": "Giấy ủy quyền"}
    taken = acted("d", Verb.RETURN, 3, "c", personal={"collector": stranger})
    for events in (
        (INTAKE, HANDED, FINISHED, taken),
        (replace(INTAKE, particulars=None), HANDED, FINISHED, taken),
        (INTAKE, HANDED, FINISHED, replace(taken, particulars=None)),
    ):
        assert folded(*events).status is Status.RETURNED


def test_what_a_correction_said_of_persons_is_gone_with_it_and_the_rest_stays() -> None:
    person = {"full_name": "Vàng A Dế Mới", "id_number": "011091000001"}
    mended = acted(
        "x", Verb.CORRECT, 1, "a", changes={"sets": 2}, personal={"changes": {"applicant": person}}
    )
    known = folded(INTAKE, mended)
    assert known.applicant is not None
    assert (known.applicant.full_name, known.sets) == ("Vàng A Dế Mới", 2)
    gone = folded(INTAKE, replace(mended, particulars=None))
    assert gone.applicant is not None
    assert (gone.applicant.full_name, gone.sets) == ("Vàng A Dế", 2)


# --- what is not understood, and what is taken back ---


def test_a_verb_of_a_newer_program_is_kept_aside_and_the_life_goes_on() -> None:
    strange = acted("n", "weigh", 2, "b", weight={"kg": [1, None]})
    finished = acted("f", Verb.FINISH, 3, "n")
    dossier = folded(finished, strange, HANDED, INTAKE)
    assert (dossier.status, dossier.needs_a_look, dossier.heads) == (Status.FINISHED, ("n",), ("f",))
    assert [str(act.verb) for act in dossier.acts] == ["hand-over", "finish"]


def test_what_a_newer_program_said_beside_a_known_act_is_passed_over() -> None:
    timer = {"name": "unit_returns_unfit", "due_at": DUE, "source": "chưa kiểm chứng", "colour": "đỏ"}
    dossier = folded(INTAKE, acted("b", Verb.HAND_OVER, 1, "a", to="Tư pháp", mood="vui", timer=timer))
    assert (dossier.holder, dossier.needs_a_look) == ("Tư pháp", ())
    assert dossier.timer is not None
    assert dossier.timer.due_at == DUE


def test_an_act_before_the_intake_has_come_waits_without_harm() -> None:
    assert replay([HANDED, FINISHED]) is None
    assert folded(FINISHED, HANDED, INTAKE).status is Status.FINISHED


def test_an_act_that_another_supersedes_is_as_if_it_had_not_been() -> None:
    mended = acted("s", Verb.HAND_BACK, 3, "c", supersedes="c")
    dossier = folded(INTAKE, HANDED, FINISHED, mended)
    assert (dossier.status, dossier.finished_at, dossier.with_unit) == (Status.PROCESSING, None, False)
    assert [act.event for act in dossier.acts] == ["b", "s"]
    assert dossier.needs_a_look == ()
    assert folded(mended, FINISHED, INTAKE, HANDED) == dossier


def test_once_an_act_is_superseded_what_it_stood_against_may_stand() -> None:
    settled = event(
        "s", Kind.EXTERNAL_CODE_GIVEN, code_body("X", supersedes="d"), at=NOON + 9 * SECOND, after=("d", "e")
    )
    dossier = folded(INTAKE, HANDED, FINISHED, RETURNED, RETURNED_THERE, settled)
    assert (dossier.delivery.to, dossier.needs_a_look) == ("Vàng A Páo", ())


# --- any history ---

VERBS = (
    Verb.HAND_OVER,
    Verb.ASK_PAPERS,
    Verb.PAPERS_COMPLETE,
    Verb.EXTEND,
    Verb.FINISH,
    Verb.RETURN,
    "weigh",
)


@given(st.lists(st.tuples(st.sampled_from(VERBS), st.booleans()), max_size=7), st.data())
def test_any_two_histories_merge_to_one_dossier_with_every_act_done_or_named(
    steps: list[tuple[Verb | str, bool]], data: st.DataObject
) -> None:
    events = [INTAKE]
    for number, (verb, there) in enumerate(steps):
        seen = data.draw(st.sampled_from([e.id for e in events]))
        facts: dict[str, Any] = {
            "to": "Tư pháp",
            "due_at": f"2026-12-{10 + number}T17:00:00+07:00",
            "waiting_due_at": WAITS,
        }
        desk, seconds = THERE if there else HERE, data.draw(st.integers(1, 4))
        made = acted(f"e{number}", verb, seconds, seen, desk=desk, **facts)
        events.append(replace(made, seq=number + 2))
    merged = folded(*events)
    assert folded(*data.draw(st.permutations(events))) == merged
    told = [*(act.event for act in merged.acts), *merged.needs_a_look]
    assert sorted(told) == sorted(e.id for e in events[1:])


def test_a_presented_dossier_has_no_clock_until_it_is_accepted() -> None:
    presented = event("a", body=intake_body(presented=True, due_at=None), personal={"applicant": APPLICANT})
    dossier = folded(presented)
    assert (dossier.status, dossier.accepted_at, dossier.due_at) == (Status.NEW, None, None)
    assert not dossier.paused
    asked = acted("b", Verb.ASK_PAPERS, 1, "a", waiting_due_at=WAITS)
    assert not folded(presented, asked).paused
    term = {"kind": "working_days", "value": 3, "after": None, "case": None, "source": "chưa kiểm chứng"}
    brought = acted("c", Verb.PAPERS_COMPLETE, 2, "b", due_at=DUE, judged_due_at=DUE, term=term)
    accepted = folded(presented, asked, brought)
    assert (accepted.status, accepted.due_at, accepted.original_due_at) == (Status.ACCEPTED, DUE, DUE)
    assert (accepted.term["value"], accepted.waiting) == (3, Waiting.NOTHING)
