"""The tables of dates counted by hand, against the program: dates, skipped days, provisional years, sums."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import pytest

from motcua_desktop.domain.calendar import OfficeHours
from motcua_desktop.domain.due import Due, Term, due
from motcua_desktop.domain.pausing import (
    ClockEffect,
    last_day_to_announce,
    resumed,
    timing,
    working_days_after,
)
from tests.domain.due_cases import WORKING_DAYS, Case
from tests.domain.hour_cases import HOURS as BY_THE_HOUR
from tests.domain.hour_cases import NOT_STATED, TWO_DATES, WORKING_HOURS
from tests.domain.pause_cases import ANNOUNCEMENTS, INNER_TIMERS, PAUSES, RESTARTS, TIMINGS
from tests.domain.term_cases import CALENDAR_DAYS, MONTHS, SAME_DAY
from tests.factories import HOURS, calendar, moment, term

APPOINTMENTS = (
    *WORKING_DAYS,
    *SAME_DAY,
    *CALENDAR_DAYS,
    *MONTHS,
    *BY_THE_HOUR,
    *WORKING_HOURS,
    *NOT_STATED,
    *(case for both in TWO_DATES for case in both),
)
ONE_DAY = timedelta(days=1)
_RUN = re.compile(r"([+-])(\d\d)/(\d\d)(?:\.\.(\d\d)/(\d\d))?")
_WAIT = re.compile(
    r"(?P<says>.+)\n"
    r"(?P<effect>pause|restart) (?P<term>.+), received (?P<received>\S+), due (?P<due>\S+?)"
    r"(?:, moved to (?P<moved>\S+))?\n"
    r"waits (?P<paused>\S+) to (?P<resumed>\S+): (?P<length>.+)\n"
    r"then (?P<then>\S+): (?P<move>.+)"
    r"(?:\nreturns (?P<returns>\S+))?(?:\nprovisional (?P<provisional>\d+))?"
)


@dataclass(frozen=True, slots=True)
class Wait:
    """One dossier of the table of waits."""

    says: str
    effect: ClockEffect
    term: str
    received: str
    due: str | None
    moved: str | None
    paused: str
    resumed: str
    length: str
    then: str | None
    move: str
    returns: str
    provisional: int | None


def read_wait(text: str) -> Wait:
    found = _WAIT.fullmatch(text.replace("\n    ", " "))
    assert found is not None, f"not a case:\n{text}"
    row = found.groupdict()
    return Wait(
        row["says"],
        ClockEffect(row["effect"]),
        row["term"],
        row["received"],
        None if row["due"] == "none" else row["due"],
        row["moved"],
        row["paused"],
        row["resumed"],
        row["length"],
        None if row["then"] == "none" else row["then"],
        row["move"],
        row["returns"] or "17:00",
        int(row["provisional"]) if row["provisional"] else None,
    )


WAITS = tuple(read_wait(text) for text in f"{PAUSES}{RESTARTS}".strip().split("\n\n"))


def read_rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def read_term(text: str) -> Term:
    """`5 working_days`, `same_day 15:00`, `same_day`, `not_stated`."""
    words = text.split()
    if words[0].isdigit():
        return term(words[1], int(words[0]))
    return term(words[0], after=time.fromisoformat(words[1]) if len(words) > 1 else None)


def at(text: str, hour: str = "17:00") -> datetime:
    return moment(text if "T" in text else f"{text}T{hour}")


def office(returns: str) -> OfficeHours:
    return replace(HOURS, return_at=time.fromisoformat(returns))


def days(arithmetic: str, sign: str, after: date) -> list[date]:
    """The days with that sign, in the order in which they are written; each lies on or after the one before."""
    found: list[date] = []
    last = after
    for mark, *numbers in _RUN.findall(arithmetic):
        first = _on_or_after(last, numbers[0], numbers[1])
        last = _on_or_after(first, numbers[2], numbers[3]) if numbers[2] else first
        if mark == sign:
            found += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return found


def _on_or_after(day: date, number: str, month: str) -> date:
    this_year = date(day.year, int(month), int(number))
    return this_year if this_year >= day else date(day.year + 1, int(month), int(number))


def check_sum(arithmetic: str, start: date, end: date, count: int) -> None:
    """The arithmetic lists every day after `start` up to and with `end` once, and `count` of them count."""
    counted, off = days(arithmetic, "+", start), days(arithmetic, "-", start)
    assert sorted([*counted, *off]) == [start + timedelta(days=n + 1) for n in range((end - start).days)]
    assert len(counted) == count
    assert all(calendar().is_working(day) for day in counted), arithmetic
    assert not any(calendar().is_working(day) for day in off), arithmetic


def skipped(counted: Due) -> list[date]:
    assert all(day.reason and day.source for day in counted.skipped)
    return [day.date for day in counted.skipped]


@pytest.mark.parametrize("case", APPOINTMENTS, ids=lambda case: case.says)
def test_an_appointment_is_the_one_counted_by_hand(case: Case) -> None:
    received = moment(case.received)
    counted = due(read_term(case.term), received, calendar(), office(case.returns))
    expected = None if case.due is None else at(case.due, case.returns)
    assert counted.due_at == expected, case.arithmetic
    assert skipped(counted) == days(case.arithmetic, "-", received.date()), case.arithmetic
    assert counted.provisional_year == case.provisional, case.arithmetic


@pytest.mark.parametrize("case", WORKING_DAYS, ids=lambda case: case.says)
def test_the_arithmetic_of_working_days_lists_every_day_once(case: Case) -> None:
    assert case.due is not None
    check_sum(case.arithmetic, moment(case.received).date(), at(case.due).date(), int(case.term.split()[0]))


@pytest.mark.parametrize(("here", "in_all"), TWO_DATES, ids=lambda case: case.says)
def test_of_two_appointments_the_one_in_all_is_the_later(here: Case, in_all: Case) -> None:
    assert here.received == in_all.received
    assert here.due is not None
    assert in_all.due is not None
    assert at(here.due) < at(in_all.due)


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: f"{wait.effect}: {wait.says}")
def test_a_wait_moves_the_appointment_as_counted_by_hand(wait: Wait) -> None:
    rule, hours = read_term(wait.term), office(wait.returns)
    first = due(rule, moment(wait.received), calendar(), hours).due_at
    assert first == (None if wait.due is None else at(wait.due, wait.returns))
    before = at(wait.moved, wait.returns) if wait.moved else first
    paused_at, resumed_at = moment(wait.paused), moment(wait.resumed)
    counted = resumed(wait.effect, rule, before, paused_at, resumed_at, calendar(), hours)
    why = f"{wait.length}; {wait.move}"
    assert counted.due_at == (None if wait.then is None else at(wait.then, wait.returns)), why
    start = (
        resumed_at
        if wait.effect is ClockEffect.RESTART and wait.term != "not_stated"
        else before or paused_at
    )
    assert skipped(counted) == days(wait.move, "-", start.date()), why
    assert counted.provisional_year == wait.provisional, why
    assert counted.term == rule


@pytest.mark.parametrize(
    "wait",
    [wait for wait in WAITS if "working_days" in wait.term and "+" in wait.move],
    ids=lambda wait: f"{wait.effect}: {wait.says}",
)
def test_the_arithmetic_of_a_wait_in_working_days_lists_every_day_once(wait: Wait) -> None:
    assert wait.then is not None
    end, resumed_on = at(wait.then).date(), moment(wait.resumed).date()
    if wait.effect is ClockEffect.RESTART:
        check_sum(wait.move, resumed_on, end, int(wait.term.split()[0]))
        return
    waited = len(days(wait.length, "+", moment(wait.paused).date()))
    check_sum(wait.length, moment(wait.paused).date(), resumed_on, waited)
    check_sum(wait.move, at(wait.moved or wait.due or "").date(), end, waited)


@pytest.mark.parametrize(("ends", "number", "expected", "why"), read_rows(ANNOUNCEMENTS))
def test_the_last_day_to_announce_an_extension_is_the_one_counted_by_hand(
    ends: str, number: str, expected: str, why: str
) -> None:
    day = last_day_to_announce(at(ends), calendar(), int(number))
    assert day == date.fromisoformat(expected), why
    assert calendar().is_working(day)
    check_sum(why, day, at(ends).date(), int(number))


@pytest.mark.parametrize(("start", "number", "expected", "why"), read_rows(INNER_TIMERS))
@pytest.mark.parametrize("returns", ["17:00", "09:00"])
def test_an_inner_timer_runs_out_when_the_office_closes(
    start: str, number: str, expected: str, why: str, returns: str
) -> None:
    counted = working_days_after(moment(start), int(number), calendar(), office(returns))
    assert counted.due_at == moment(expected), why
    assert skipped(counted) == days(why, "-", moment(start).date()), why
    assert counted.provisional_year == (2027 if expected > "2027" else None), why
    check_sum(why, moment(start).date(), moment(expected).date(), int(number))


@pytest.mark.parametrize(("ends", "finished", "verdict", "why"), read_rows(TIMINGS))
def test_a_finished_dossier_is_early_on_time_or_late(
    ends: str, finished: str, verdict: str, why: str
) -> None:
    assert timing(moment(finished), moment(ends)) == verdict, why


def test_the_tables_are_as_large_as_they_promise() -> None:
    assert len(APPOINTMENTS) >= 120
    assert len(WAITS) >= 60
    says = [*(case.says for case in APPOINTMENTS), *(f"{wait.effect}: {wait.says}" for wait in WAITS)]
    assert len(says) == len(set(says))
    assert {case.received[:4] for case in APPOINTMENTS} >= {"2024", "2025", "2026", "2027"}


def test_every_run_of_days_off_in_the_tables_is_told_with_a_reason_once_at_least() -> None:
    """A holiday or a swap named by hand is a special day of the calendar, not a plain weekend."""
    special = {off.date for year in range(2024, 2028) for off in calendar().days_off(year)}
    named = {
        day
        for case in APPOINTMENTS
        for day in days(case.arithmetic, "-", moment(case.received).date())
        if day.weekday() < 5
    }
    assert named <= special
    untold = {day for day in special if day.weekday() < 5 and day.year < 2027} - named
    assert untold == set()
