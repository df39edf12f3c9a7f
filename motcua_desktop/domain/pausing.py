"""The clock of a dossier that waits: for papers, for a payment, for another body's answer.

Whether the time of waiting is left out (pause) or the whole term begins anew (restart) is a setting of each
procedure. A pause is measured as the term itself is: in working days where the term counts working days, in office
time where it counts office time. Nobody's appointment ever becomes earlier by waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua_desktop.domain.calendar import ONE_DAY, DayOff, OfficeHours, WorkingCalendar, local
from motcua_desktop.domain.due import Due, Term, TermKind, due, first_unpublished, next_open

INNER_TIMER_SOURCE = "NĐ 118/2025/NĐ-CP, Điều 19 (09/06/2025), theo cách các tỉnh áp dụng; chưa kiểm chứng"
_INNER_TIMERS_FROM = date(2025, 7, 1)
_NOTHING = timedelta(0)
_LEFT_OUT_AS = {
    TermKind.SAME_DAY: TermKind.WORKING_DAYS,
    TermKind.WORKING_DAYS: TermKind.WORKING_DAYS,
    TermKind.NOT_STATED: TermKind.WORKING_DAYS,
    TermKind.CALENDAR_DAYS: TermKind.CALENDAR_DAYS,
    TermKind.MONTHS: TermKind.CALENDAR_DAYS,
}


class ClockEffect(StrEnum):
    """What waiting does to the clock of a dossier."""

    PAUSE = "pause"
    RESTART = "restart"


class Timing(StrEnum):
    """A finished dossier against its appointment."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


def resumed(
    effect: ClockEffect,
    term: Term,
    due_at: datetime | None,
    paused_at: datetime,
    resumed_at: datetime,
    calendar: WorkingCalendar,
    hours: OfficeHours,
) -> Due:
    """The appointment after a wait from `paused_at` to `resumed_at`; `due_at` is the one that held before.

    `skipped` are the days off stepped over after the old appointment (pause) or after the day of resuming
    (restart). An appointment never becomes earlier: a wait that ends before it began (a clock set back) moves
    nothing, and a restart that would end sooner leaves the date that was given. Where the law states no term there
    is nothing to begin anew: a date that the office gave moves by the pause, and no date stays none.
    """
    before = None if due_at is None else local(due_at)
    anew: Due | None = None
    if effect is ClockEffect.RESTART and term.kind is not TermKind.NOT_STATED:
        anew = due(term, resumed_at, calendar, hours)
    if before is None:
        return anew or Due(None, term)
    if anew is not None and anew.due_at is not None and anew.due_at >= before:
        return anew
    wait = (_minute(paused_at), max(_minute(paused_at), _minute(resumed_at)))
    moved = Due(before, term) if anew is not None else _moved(term, before, wait, calendar, hours)
    return replace(moved, term=term, provisional_year=_provisional(before, wait, moved, calendar))


def last_day_to_announce(due_at: datetime, calendar: WorkingCalendar, working_days: int = 1) -> date:
    """The last working day on which an extension may be announced: that many before the day of expiry.

    Provinces that apply NĐ 118/2025/NĐ-CP ask for at least one.
    """
    day = local(due_at).date()
    for _ in range(working_days):
        day -= ONE_DAY
        while not calendar.is_working(day):
            day -= ONE_DAY
    return day


def working_days_after(
    moment: datetime,
    number: int,
    calendar: WorkingCalendar,
    hours: OfficeHours,
    source: str = INNER_TIMER_SOURCE,
) -> Due:
    """An inner timer of one or more working days from that moment: it runs out when the office closes."""
    timer = Term(TermKind.WORKING_DAYS, number, source, _INNER_TIMERS_FROM)
    return due(timer, moment, calendar, replace(hours, return_at=hours.closes))


def timing(finished_at: datetime, judged_due_at: datetime) -> Timing:
    """Early on an earlier day than the appointment's, on time up to its minute on its day, late after it."""
    finished, judged = _minute(finished_at), _minute(judged_due_at)
    if finished.date() < judged.date():
        return Timing.EARLY
    return Timing.ON_TIME if finished <= judged else Timing.LATE


_Wait = tuple[datetime, datetime]


def _moved(term: Term, before: datetime, wait: _Wait, calendar: WorkingCalendar, hours: OfficeHours) -> Due:
    """The appointment moved by the length of the wait, counted in the term's own measure."""
    first, last = wait
    if term.kind is TermKind.HOURS:
        goal = before + (last - first)
        end = next_open(goal, calendar, hours) if goal > before else before
        return Due(end, term, tuple(_days_off(goal.date(), end.date(), calendar)))
    if term.kind is TermKind.WORKING_HOURS:
        end = _after_office_time(before, _office_time(wait, calendar, hours), calendar, hours)
        return Due(end, term, tuple(_days_off(before.date(), end.date(), calendar)))
    measure = _LEFT_OUT_AS[term.kind]
    if measure is TermKind.WORKING_DAYS:
        days = calendar.working_days_between(first.date(), last.date())
    else:
        days = (last.date() - first.date()).days
    if days == 0:
        return Due(before, term)
    return due(replace(term, kind=measure, value=days), before, calendar, hours)


def _provisional(before: datetime, wait: _Wait, moved: Due, calendar: WorkingCalendar) -> int | None:
    """The first year without a published calendar between the first and the last day that were counted."""
    days = [before.year, *(moment.year for moment in wait), (moved.due_at or before).year]
    return first_unpublished(min(days), max(days), calendar)


def _office_time(wait: _Wait, calendar: WorkingCalendar, hours: OfficeHours) -> timedelta:
    """How long the office was open during the wait."""
    first, last = wait
    total = _NOTHING
    for opens, closes in _sessions(first.date(), calendar, hours):
        if opens >= last:
            break
        total += max(_NOTHING, min(closes, last) - max(opens, first))
    return total


def _after_office_time(
    moment: datetime, left: timedelta, calendar: WorkingCalendar, hours: OfficeHours
) -> datetime:
    """The moment at which the office has been open for that long since `moment`."""
    if left > _NOTHING:
        for opens, closes in _sessions(moment.date(), calendar, hours):
            start = max(opens, moment)
            room = max(_NOTHING, closes - start)
            if left <= room:
                return start + left
            left -= room
    return moment


def _sessions(
    day: date, calendar: WorkingCalendar, hours: OfficeHours
) -> Iterator[tuple[datetime, datetime]]:
    """The opening sessions from that day on, without end."""
    while True:
        if calendar.is_working(day):
            for opens, closes in hours.sessions:
                yield local(datetime.combine(day, opens)), local(datetime.combine(day, closes))
        day += ONE_DAY


def _days_off(first: date, end: date, calendar: WorkingCalendar) -> Iterator[DayOff]:
    """The days off from `first` on before `end`, in order."""
    for number in range((end - first).days):
        off = calendar.day_off(first + timedelta(days=number))
        if off is not None:
            yield off


def _minute(moment: datetime) -> datetime:
    return local(moment).replace(second=0, microsecond=0)
