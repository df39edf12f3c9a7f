"""The working calendar: weekends and public holidays, corrected by dated decisions, and the office's hours.

Seeded from the `holidays` package; decisions (days off in lieu, make-up Saturdays) are data with a source and
win over the seed. A year whose calendar the State has not published yet is known as such, so that a date that
rests on it can say that it is provisional.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cache

from motcua_desktop.domain.source import UNVERIFIED, is_verified

VIETNAM = timezone(timedelta(hours=7))  # no daylight saving since 1975
ONE_DAY = timedelta(days=1)
YEARS = range(1900, 2200)  # in which days are counted; what lies outside is a slip of the keyboard

_WEEKEND = {5: "Thứ Bảy", 6: "Chủ nhật"}
_WEEKEND_SOURCE = "QĐ 188/1999/QĐ-TTg, Điều 1 (17/09/1999)"
_HOLIDAY_SOURCE = "Bộ luật Lao động 45/2019/QH14, Điều 112 (20/11/2019)"
_IN_LIEU_SOURCE = "Bộ luật Lao động 45/2019/QH14, Điều 111 khoản 3 (20/11/2019)"
_CULTURE_DAY_SOURCE = "NQ 28/2026/QH16; chưa kiểm chứng"
_SWAP_SOURCE = "Thông báo hoán đổi ngày nghỉ; chưa kiểm chứng"
_SOURCES = (("nghỉ bù", _IN_LIEU_SOURCE), ("văn hóa", _CULTURE_DAY_SOURCE), ("thay cho", _SWAP_SOURCE))


class DayKind(StrEnum):
    """What a decision makes of a day."""

    OFF = "off"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class DayDecision:
    """One day made off or made a working day, with the instrument that says so."""

    date: date
    kind: DayKind
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that does not count, and why."""

    date: date
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Opening sessions of a working day in order, and the hour at which results are returned."""

    sessions: tuple[tuple[time, time], ...]
    return_at: time

    @property
    def closes(self) -> time:
        return self.sessions[-1][1]


class WorkingCalendar:
    """Says of every day whether the office works on it, and why not."""

    def __init__(self, decisions: Iterable[DayDecision], published_years: Iterable[int]) -> None:
        self._decisions = {d.date: d for d in decisions}  # a later decision replaces an earlier one
        self._published = frozenset(published_years)

    def is_published(self, year: int) -> bool:
        """Whether the State's calendar of that year is known."""
        return year in self._published

    def day_off(self, day: date) -> DayOff | None:
        """Why the office does not work on that day, or None when it works."""
        decision = self._decisions.get(day)
        if decision is not None:
            return DayOff(day, decision.reason, decision.source) if decision.kind is DayKind.OFF else None
        holiday = _seed(day.year).get(day)
        if holiday is _MAKE_UP_DAY:
            return None
        if holiday is not None:
            return DayOff(day, holiday, self._source_of(holiday, day.year))
        weekend = _WEEKEND.get(day.weekday())
        return DayOff(day, weekend, _WEEKEND_SOURCE) if weekend else None

    def _source_of(self, holiday: str, year: int) -> str:
        """What a day of the seed rests on; in a year that is not published yet nobody can have checked it."""
        words = holiday.casefold()
        source = next((source for word, source in _SOURCES if word in words), _HOLIDAY_SOURCE)
        known = self.is_published(year) or not is_verified(source)
        return source if known else f"{source}; {UNVERIFIED}"

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day."""
        return self.day_off(day) is None

    def days_off(self, year: int) -> Iterator[DayOff]:
        """Every day off of a year that is not a plain weekend, in order."""
        day = date(year, 1, 1)
        while day.year == year:
            off = self.day_off(day)
            if off is not None and off.source != _WEEKEND_SOURCE:
                yield off
            day += ONE_DAY

    def make_up_days(self, year: int) -> Iterator[DayDecision]:
        """The Saturdays and Sundays of a year on which the office works."""
        day = date(year, 1, 1)
        while day.year == year:
            if day.weekday() in _WEEKEND and self.is_working(day):
                yield self._decisions.get(day) or DayDecision(day, DayKind.WORK, "Làm bù", _SWAP_SOURCE)
            day += ONE_DAY

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`; negative when `last` lies before `first`."""
        if last < first:
            return -self.working_days_between(last, first)
        span = (last - first).days
        return sum(self.is_working(first + timedelta(days=n)) for n in range(1, span + 1))


_MAKE_UP_DAY = "\0make-up"


@cache
def _seed(year: int) -> dict[date, str]:
    from holidays.countries.vietnam import (
        Vietnam,
    )  # imported on first use: it is the slowest import of the core

    known = Vietnam(years=year, language="vi")  # type: ignore[no-untyped-call]
    seeded = {day: name for day, name in known.items() if day.year == year}
    seeded |= {day: _MAKE_UP_DAY for day in known.weekend_workdays if day.year == year}
    return seeded


def local(moment: datetime) -> datetime:
    """The same moment on a Vietnamese clock; a naive moment is taken to be one already."""
    return moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)
