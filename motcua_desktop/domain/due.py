"""When a result is due: the term of a procedure laid over the working calendar.

Civil Code 2015: the day of receipt does not count (147.2); a last day that is a day off moves to the next
working day (148.5); a month ends on the corresponding day, or on the last day of a shorter month (148.3, 148.4).
Same-day procedures received after the stated hour fall due on the next working day (1.001193 and others).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from motcua_desktop.domain.calendar import ONE_DAY, DayOff, OfficeHours, WorkingCalendar, local
from motcua_desktop.domain.errors import Bug, Problem


class TermKind(StrEnum):
    """How a term is counted."""

    SAME_DAY = "same_day"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    MONTHS = "months"
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Term:
    """The time a procedure may take, in one case of it; `after` is the hour of the same-day rule.

    `kind` and `value` are what a receipt prints; where a province has shortened a term, the statutory one stands
    beside it.
    """

    kind: TermKind
    value: int | None
    source: str
    valid_from: date
    valid_to: date | None = None
    case: str | None = None
    after: time | None = None
    note: str | None = None
    statutory_value: int | None = None
    statutory_kind: TermKind | None = None
    statutory_source: str | None = None

    def statutory(self) -> Term | None:
        """The term of the law where the printed one is a shortened one, else None."""
        if self.statutory_kind is None:
            return None
        source = self.statutory_source or self.source
        return Term(
            self.statutory_kind,
            self.statutory_value,
            source,
            self.valid_from,
            self.valid_to,
            self.case,
            self.after,
        )


@dataclass(frozen=True, slots=True)
class Due:
    """An appointment and how it came about; `due_at` is None only where the law states no term."""

    due_at: datetime | None
    term: Term
    skipped: tuple[DayOff, ...] = ()
    provisional_year: int | None = None  # the first year touched whose calendar is not published

    @property
    def provisional(self) -> bool:
        return self.provisional_year is not None

    @property
    def warning(self) -> Problem | None:
        """The warning that the date rests on a calendar that is not published yet (MC-151)."""
        return Problem("MC-151", "received_at", {"year": self.provisional_year}) if self.provisional else None


def due(term: Term, received_at: datetime, calendar: WorkingCalendar, hours: OfficeHours) -> Due:
    """The appointment for a dossier received at that moment (any zone; counted on the Vietnamese clock)."""
    start = local(received_at).replace(second=0, microsecond=0)
    if term.kind is TermKind.NOT_STATED:
        return Due(None, term)
    count = _Count(calendar, hours)
    end = _end(term, start, count)
    return Due(end, term, tuple(count.skipped), first_unpublished(start.year, end.year, calendar))


def first_unpublished(first: int, last: int, calendar: WorkingCalendar) -> int | None:
    """The first of these years (both included) whose calendar is not published."""
    return next((year for year in range(first, last + 1) if not calendar.is_published(year)), None)


def next_open(moment: datetime, calendar: WorkingCalendar, hours: OfficeHours) -> datetime:
    """The moment itself when the desk is open then, else the next opening."""
    return _Count(calendar, hours).next_open(local(moment))


def _end(term: Term, start: datetime, count: _Count) -> datetime:
    if term.kind is TermKind.SAME_DAY:
        return count.same_day(start, term.after)
    value = term.value
    if value is None:
        raise Bug(f"a term of kind {term.kind} without a number")
    if term.kind is TermKind.WORKING_DAYS:
        return count.at_return_hour(count.working_days(start.date(), value))
    if term.kind is TermKind.CALENDAR_DAYS:
        return count.at_return_hour(count.on_or_after(start.date() + timedelta(days=value)))
    if term.kind is TermKind.MONTHS:
        return count.at_return_hour(count.on_or_after(add_months(start.date(), value)))
    if term.kind is TermKind.HOURS:
        return count.next_open(start + timedelta(hours=value))
    return count.working_hours(start, timedelta(hours=value))


def add_months(day: date, number: int) -> date:
    """The corresponding day `number` months later, or the last day of a month that lacks it."""
    years, month = divmod(day.month - 1 + number, 12)
    year, month = day.year + years, month + 1
    last = date(year + month // 12, month % 12 + 1, 1) - ONE_DAY
    return date(year, month, min(day.day, last.day))


class _Count:
    """Walks over days and remembers each one that did not count."""

    def __init__(self, calendar: WorkingCalendar, hours: OfficeHours) -> None:
        self._calendar = calendar
        self._hours = hours
        self.skipped: list[DayOff] = []

    def at_return_hour(self, day: date) -> datetime:
        return local(datetime.combine(day, self._hours.return_at))

    def on_or_after(self, day: date) -> date:
        while (off := self._calendar.day_off(day)) is not None:
            self.skipped.append(off)
            day += ONE_DAY
        return day

    def working_days(self, day: date, number: int) -> date:
        for _ in range(number):
            day = self.on_or_after(day + ONE_DAY)
        return day

    def same_day(self, start: datetime, after: time | None) -> datetime:
        day = start.date()
        first = self.on_or_after(day)
        if first > day:
            return self.at_return_hour(first)
        in_time = after is None or start.time() <= after
        for hour in (self._hours.return_at, self._hours.closes):
            if in_time and start.time() < hour:
                return local(datetime.combine(day, hour))
        return self.at_return_hour(self.working_days(day, 1))

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when the desk is open then, else the next opening."""
        day = moment.date()
        while True:
            open_day = self.on_or_after(day)
            clock = moment.time() if open_day == moment.date() else time.min
            for opens, closes in self._hours.sessions:
                if clock <= closes:
                    return local(datetime.combine(open_day, max(clock, opens)))
            day = open_day + ONE_DAY

    def working_hours(self, start: datetime, left: timedelta) -> datetime:
        moment = self.next_open(start)
        while True:
            closes = next(end for begin, end in self._hours.sessions if begin <= moment.time() <= end)
            room = local(datetime.combine(moment.date(), closes)) - moment
            if left <= room:
                return moment + left
            left -= room
            moment = self.next_open(local(datetime.combine(moment.date(), closes)) + timedelta(minutes=1))
