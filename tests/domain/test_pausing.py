"""What holds for every wait of a dossier, whatever its term, its days and its hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua_desktop.domain.calendar import VIETNAM, DayKind, OfficeHours, WorkingCalendar
from motcua_desktop.domain.due import Due, Term, TermKind, due
from motcua_desktop.domain.pausing import (
    INNER_TIMER_SOURCE,
    ClockEffect,
    Timing,
    last_day_to_announce,
    resumed,
    timing,
    working_days_after,
)
from motcua_desktop.domain.source import is_verified
from tests.factories import HOURS, calendar, calendar_with, decision, moment, term

COUNTED = ("working_days", "calendar_days", "hours", "working_hours", "months")
IN_DAYS = ("working_days", "calendar_days", "months")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 30)).map(lambda m: m.replace(tzinfo=VIETNAM))
WAITING = st.timedeltas(timedelta(0), timedelta(days=45))
OWN_DAYS = st.lists(
    st.tuples(st.dates(date(2024, 1, 1), date(2028, 6, 30)), st.sampled_from(DayKind)), max_size=20
)
CALENDARS = OWN_DAYS.map(lambda rows: calendar_with(*(decision(day.isoformat(), kind) for day, kind in rows)))
OFFICES = st.sampled_from([HOURS, replace(HOURS, return_at=time(16)), replace(HOURS, return_at=time(9))])
TERMS = st.one_of(
    st.builds(term, st.sampled_from(COUNTED), st.integers(1, 40)),
    st.builds(term, st.just("same_day"), st.none(), st.sampled_from([None, time(15)])),
    st.just(term("not_stated")),
)
EFFECTS = st.sampled_from(ClockEffect)
JUDGED = moment("2026-11-20T17:00")


def appointment(one: Term, received: datetime, own: WorkingCalendar, hours: OfficeHours) -> datetime:
    """The appointment by law, or one that the office gave where the law states none."""
    rule = term("working_days", 5) if one.kind is TermKind.NOT_STATED else one
    given_at = due(rule, received, own, hours).due_at
    assert given_at is not None
    return given_at


def moved(
    effect: ClockEffect,
    one: Term,
    before: datetime,
    paused: datetime,
    waited: timedelta,
    own: WorkingCalendar,
    hours: OfficeHours = HOURS,
) -> datetime:
    end = resumed(effect, one, before, paused, paused + waited, own, hours).due_at
    assert end is not None
    return end


@settings(max_examples=300)
@given(EFFECTS, TERMS, MOMENTS, WAITING, WAITING, CALENDARS, OFFICES)
def test_waiting_never_gives_an_earlier_date_nor_one_on_a_day_off(
    effect: ClockEffect,
    one: Term,
    received: datetime,
    later: timedelta,
    waited: timedelta,
    own: WorkingCalendar,
    hours: OfficeHours,
) -> None:
    before = appointment(one, received, own, hours)
    after = moved(effect, one, before, received + later, waited, own, hours)
    assert after >= before
    assert own.is_working(after.date())
    assert any(opens <= after.time() <= closes for opens, closes in hours.sessions)


@settings(max_examples=200)
@given(TERMS, MOMENTS, WAITING, CALENDARS, OFFICES)
def test_a_pause_of_no_length_changes_nothing(
    one: Term, received: datetime, later: timedelta, own: WorkingCalendar, hours: OfficeHours
) -> None:
    before = appointment(one, received, own, hours)
    counted = resumed(ClockEffect.PAUSE, one, before, received + later, received + later, own, hours)
    assert (counted.due_at, counted.skipped, counted.term) == (before, (), one)


@settings(max_examples=300)
@given(EFFECTS, TERMS, MOMENTS, WAITING, WAITING, WAITING, CALENDARS, OFFICES)
def test_a_longer_wait_never_gives_an_earlier_date(
    effect: ClockEffect,
    one: Term,
    received: datetime,
    later: timedelta,
    waited: timedelta,
    more: timedelta,
    own: WorkingCalendar,
    hours: OfficeHours,
) -> None:
    before = appointment(one, received, own, hours)
    short = moved(effect, one, before, received + later, waited, own, hours)
    assert short <= moved(effect, one, before, received + later, waited + more, own, hours)


@settings(max_examples=200)
@given(st.builds(term, st.sampled_from(COUNTED), st.integers(1, 40)), MOMENTS, WAITING, WAITING, CALENDARS)
def test_a_restart_is_the_term_counted_from_the_day_of_resuming(
    one: Term, received: datetime, later: timedelta, waited: timedelta, own: WorkingCalendar
) -> None:
    before = appointment(one, received, own, HOURS)
    paused, back = received + later, received + later + waited
    anew = due(one, back, own, HOURS)
    assert resumed(ClockEffect.RESTART, one, before, paused, back, own, HOURS) == anew
    assert resumed(ClockEffect.RESTART, one, None, paused, back, own, HOURS) == anew


@settings(max_examples=200)
@given(st.integers(1, 30), MOMENTS, st.integers(0, 20), WAITING, CALENDARS)
def test_as_many_working_days_are_left_after_the_pause_as_before_it(
    number: int, received: datetime, later: int, waited: timedelta, own: WorkingCalendar
) -> None:
    one = term("working_days", number)
    before = appointment(one, received, own, HOURS)
    paused = min(received + timedelta(days=later), before)
    after = moved(ClockEffect.PAUSE, one, before, paused, waited, own)
    left = own.working_days_between(paused.date(), before.date())
    assert own.working_days_between((paused + waited).date(), after.date()) == left


@settings(max_examples=200)
@given(st.builds(term, st.sampled_from(IN_DAYS), st.integers(1, 40)), MOMENTS, st.times(), st.times())
def test_a_pause_within_one_day_moves_no_term_in_days(
    one: Term, received: datetime, first: time, last: time
) -> None:
    before = appointment(one, received, calendar(), HOURS)
    paused, back = (datetime.combine(received, hour, VIETNAM) for hour in sorted([first, last]))
    assert resumed(ClockEffect.PAUSE, one, before, paused, back, calendar(), HOURS).due_at == before


@settings(max_examples=200)
@given(EFFECTS, TERMS, MOMENTS, WAITING, WAITING, CALENDARS)
def test_every_day_stepped_over_is_a_day_off_with_a_reason_in_order(
    effect: ClockEffect,
    one: Term,
    received: datetime,
    later: timedelta,
    waited: timedelta,
    own: WorkingCalendar,
) -> None:
    before = appointment(one, received, own, HOURS)
    paused = received + later
    counted = resumed(effect, one, before, paused, paused + waited, own, HOURS)
    assert counted.due_at is not None
    days = [off.date for off in counted.skipped]
    assert days == sorted(set(days))
    for off in counted.skipped:
        assert own.day_off(off.date) == off
        assert min(before.date(), paused.date()) <= off.date < counted.due_at.date()


@given(EFFECTS, TERMS, MOMENTS, WAITING, WAITING)
def test_a_date_is_provisional_when_a_year_without_a_calendar_is_touched(
    effect: ClockEffect, one: Term, received: datetime, later: timedelta, waited: timedelta
) -> None:
    before = appointment(one, received, calendar(), HOURS)
    back = received + later + waited
    counted = resumed(effect, one, before, received + later, back, calendar(), HOURS)
    assert counted.due_at is not None
    assert counted.provisional is (counted.due_at.year > 2026 or back.year > 2026)
    assert counted.provisional_year in (None, 2027)


@given(EFFECTS, TERMS, MOMENTS, WAITING, WAITING)
def test_neither_zone_nor_seconds_change_the_date(
    effect: ClockEffect, one: Term, received: datetime, later: timedelta, waited: timedelta
) -> None:
    before = appointment(one, received, calendar(), HOURS)
    start, back = received + later, received + later + waited
    said = resumed(effect, one, before, start, back, calendar(), HOURS)
    before, start, back = (
        when.astimezone(UTC) for when in (before, start.replace(second=0), back.replace(second=59))
    )
    if start <= back:
        assert resumed(effect, one, before, start, back, calendar(), HOURS) == said


@pytest.mark.parametrize("kind", COUNTED)
def test_a_clock_set_back_while_a_dossier_waits_moves_nothing(kind: str) -> None:
    one = term(kind, 3)
    received, paused = moment("2026-03-02T08:00"), moment("2026-03-12T08:00")
    before = appointment(one, received, calendar(), HOURS)
    for effect in ClockEffect:
        assert resumed(effect, one, before, paused, received, calendar(), HOURS).due_at == before


@pytest.mark.parametrize("kind", (*COUNTED, "not_stated"))
def test_a_date_whose_day_a_later_decision_made_off_moves_only_with_a_wait(kind: str) -> None:
    own = calendar_with(decision("2026-03-09"))
    one, before, paused = term(kind, 5), moment("2026-03-09T16:00"), moment("2026-03-04T08:00")
    assert moved(ClockEffect.PAUSE, one, before, paused, timedelta(0), own) == before
    after = moved(ClockEffect.PAUSE, one, before, paused, timedelta(days=1), own)
    assert after > before
    assert own.is_working(after.date())


def test_a_term_that_the_law_does_not_state_has_no_date_to_move() -> None:
    none = term("not_stated")
    start, back = moment("2026-03-04T08:00"), moment("2026-03-06T08:00")
    for effect in ClockEffect:
        assert resumed(effect, none, None, start, back, calendar(), HOURS) == Due(None, none)


@given(MOMENTS, st.integers(1, 5), CALENDARS)
def test_an_extension_is_announced_on_a_working_day_and_a_day_later_is_too_late(
    ends: datetime, number: int, own: WorkingCalendar
) -> None:
    day = last_day_to_announce(ends, own, number)
    assert own.is_working(day)
    assert day < ends.date()
    workdays = [
        day + timedelta(days=n)
        for n in range((ends.date() - day).days)
        if own.is_working(day + timedelta(days=n))
    ]
    assert len(workdays) == number


@given(MOMENTS, st.integers(1, 10), CALENDARS, OFFICES)
def test_an_inner_timer_has_its_working_days_and_ends_at_closing(
    start: datetime, number: int, own: WorkingCalendar, hours: OfficeHours
) -> None:
    counted = working_days_after(start, number, own, hours)
    assert counted.due_at is not None
    assert counted.due_at.time() == hours.closes
    assert own.working_days_between(start.date(), counted.due_at.date()) == number
    assert counted.term.source == INNER_TIMER_SOURCE
    assert not is_verified(counted.term.source)


@given(MOMENTS, WAITING, MOMENTS)
def test_who_finishes_later_is_never_judged_better(
    first: datetime, later: timedelta, judged: datetime
) -> None:
    order = list(Timing)
    assert order.index(timing(first, judged)) <= order.index(timing(first + later, judged))


@given(MOMENTS, MOMENTS)
def test_every_finish_is_early_on_time_or_late_in_any_zone(finished: datetime, judged: datetime) -> None:
    verdict = timing(finished, judged)
    assert verdict is timing(finished.astimezone(UTC), judged.astimezone(UTC))
    assert (verdict is Timing.EARLY) is (finished.date() < judged.date())
    assert (verdict is Timing.LATE) is (
        finished.replace(second=0, microsecond=0) > judged.replace(second=0, microsecond=0)
    )


def test_the_words_that_are_stored_stay_what_they_are() -> None:
    assert [effect.value for effect in ClockEffect] == ["pause", "restart"]
    assert [verdict.value for verdict in Timing] == ["early", "on_time", "late"]
