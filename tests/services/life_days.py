"""Terms and waits counted the naive way: over days one by one, over office time minute by minute.

Only what a working day is comes from the shipped calendar. Moments are naive Vietnamese time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from motcua_desktop.domain.calendar import VIETNAM
from tests.factories import calendar

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MORNING, EVENING = (time(7, 30), time(11, 30)), (time(13, 30), time(17))


@dataclass(frozen=True)
class Rule:
    """The term of a procedure, and at which hour results are given out here."""

    kind: str
    value: int | None = None
    after: time | None = None
    return_at: time = time(17)


@cache
def works(day: date) -> bool:
    return calendar().is_working(day)


def forward(day: date) -> date:
    """The day itself or the next one on which the office works."""
    while not works(day):
        day += DAY
    return day


def after_working_days(day: date, number: int) -> date:
    while number:
        day += DAY
        number -= works(day)
    return day


def is_open(moment: datetime, *, to_the_minute: bool = True) -> bool:
    """Whether the desk is open; its closing minute counts for meeting somebody, not for measuring work."""
    clock = moment.time().replace(second=0)
    return works(moment.date()) and any(
        begin <= clock and (clock <= end if to_the_minute else clock < end)
        for begin, end in (MORNING, EVENING)
    )


def next_open(moment: datetime) -> datetime:
    while not is_open(moment):
        moment += MINUTE
    return moment


def add_office_minutes(moment: datetime, minutes: int) -> datetime:
    while minutes:
        minutes -= is_open(moment, to_the_minute=False)
        moment += MINUTE
    return moment


def appointment(rule: Rule, start: datetime) -> datetime | None:
    """The appointment of a dossier whose term begins then (Civil Code 2015, Articles 147 and 148)."""
    start = start.replace(second=0)
    day = start.date()
    if rule.kind == "not_stated":
        return None
    if rule.kind == "same_day":
        return _same_day(rule, start)
    value = rule.value or 0
    if rule.kind == "working_days":
        day = after_working_days(day, value)
    elif rule.kind == "calendar_days":
        day = forward(day + value * DAY)
    elif rule.kind == "months":
        day = forward(_months_later(day, value))
    elif rule.kind == "hours":
        return next_open(start + timedelta(hours=value))
    else:
        return add_office_minutes(next_open(start), value * 60)
    return datetime.combine(day, rule.return_at)


def _same_day(rule: Rule, start: datetime) -> datetime:
    day = start.date()
    if not works(day):
        return datetime.combine(forward(day), rule.return_at)
    in_time = rule.after is None or start.time() <= rule.after
    if in_time and start.time() < rule.return_at:
        return datetime.combine(day, rule.return_at)
    if in_time and start.time() < EVENING[1]:
        return datetime.combine(day, EVENING[1])
    return datetime.combine(after_working_days(day, 1), rule.return_at)


def _months_later(day: date, number: int) -> date:
    first = day.replace(day=1)
    for _ in range(number):
        first = (first + 31 * DAY).replace(day=1)
    month_end = (first + 31 * DAY).replace(day=1) - DAY
    return min(first + (day.day - 1) * DAY, month_end)


def left_out(rule: Rule, due: datetime | None, since: datetime, until: datetime) -> datetime | None:
    """The appointment moved by a wait, in the measure of the term."""
    if due is None:
        return None
    since, until = since.replace(second=0), max(since, until).replace(second=0)
    if rule.kind == "hours":
        return next_open(due + (until - since)) if until > since else due
    if rule.kind == "working_hours":
        waited, moment = 0, since
        while moment < until:
            waited += is_open(moment, to_the_minute=False)
            moment += MINUTE
        return add_office_minutes(due, waited)
    if rule.kind in ("calendar_days", "months"):
        days = (until.date() - since.date()).days
        return datetime.combine(forward(due.date() + days * DAY), rule.return_at) if days else due
    days, day = 0, since.date()
    while day < until.date():
        day += DAY
        days += works(day)
    return datetime.combine(after_working_days(due.date(), days), rule.return_at) if days else due


def last_day_to_apologise(due: datetime) -> date:
    day = due.date() - DAY
    while not works(day):
        day -= DAY
    return day


def iso(moment: datetime | None) -> str | None:
    return f"{moment.isoformat(timespec='seconds')}+07:00" if moment else None


def aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=VIETNAM)


def a_while(rng: Random, pace: int) -> timedelta:
    """Seconds to weeks, as it happens; so many times quicker."""
    scale = rng.choice((MINUTE, MINUTE, HOUR, HOUR, DAY, DAY, 4 * DAY, 12 * DAY))
    return timedelta(seconds=int(scale.total_seconds() * rng.random() * 4 / pace))
