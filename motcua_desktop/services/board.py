"""The deadline board: open dossiers by urgency, and how much working time each has left."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from motcua_desktop.domain.calendar import ONE_DAY, OfficeHours, WorkingCalendar, local
from motcua_desktop.domain.text import fold
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.today import Today, in_ms, today
from motcua_desktop.store import dossiers
from motcua_desktop.store.dossiers import DossierLine

__all__ = [
    "BOARD_LIMIT",
    "BoardLine",
    "Groups",
    "Left",
    "Today",
    "Urgency",
    "board",
    "counts",
    "groups",
    "today",
    "working_time_left",
]

SOON_DAYS = 2
BOARD_LIMIT = 1_000


class Urgency(StrEnum):
    """How near a deadline is, nearest first; `paused` clocks do not run."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    IN_TIME = "in_time"
    PAUSED = "paused"


class Left(NamedTuple):
    """Working time until a due date, or past it: whole working days, and hours where a day is not full."""

    days: int
    hours: int
    late: bool


class Sight(NamedTuple):
    """From where a board is looked at: the moment, and what counts the working time that is left."""

    now: datetime
    calendar: WorkingCalendar
    hours: OfficeHours


class BoardLine:
    """A dossier on the board. How urgent it is and what is left are reckoned when they are first asked for.

    Most lines of a long board are never looked at. `left` is None where no date is set or the clock stands.
    """

    __slots__ = ("_placed", "_sight", "dossier")

    def __init__(self, dossier: DossierLine, sight: Sight) -> None:
        self.dossier = dossier
        self._sight = sight
        self._placed: tuple[Urgency, Left | None] | None = None

    @property
    def urgency(self) -> Urgency:
        return self._place()[0]

    @property
    def left(self) -> Left | None:
        return self._place()[1]

    @property
    def due_tomorrow(self) -> bool:
        """Whether it will be late tomorrow: due on the next working day, or before it."""
        return self.urgency is Urgency.SOON and self.left is not None and self.left.days <= 1

    @property
    def nights(self) -> int | None:
        """How many midnights lie between now and the due date; None where no date is set."""
        due_at = self.dossier.due_at
        return (
            (local(datetime.fromisoformat(due_at)).date() - self._sight.now.date()).days if due_at else None
        )

    def _place(self) -> tuple[Urgency, Left | None]:
        if self._placed is None:
            self._placed = _placed(self.dossier, self._sight)
        return self._placed


class Groups(NamedTuple):
    """What an open board can be narrowed to."""

    fields: tuple[str, ...]
    holders: tuple[str, ...]


def board(
    desk: Desk, at: datetime | None = None, limit: int = BOARD_LIMIT, field: str = "", holder: str = ""
) -> list[BoardLine]:
    """Open dossiers, overdue first, then by due date; undated ones after these, paused ones last.

    The store has them in this order: only the `limit` lines that are wanted are read. `field` and `holder` leave
    out what belongs to another one.
    """
    sight = Sight(local(at) if at else desk.now(), desk.calendar, desk.office.hours)
    with desk.store.read() as connection:
        lines = dossiers.open_by_due(connection, limit, field, holder)
    return [BoardLine(line, sight) for line in lines]


def counts(desk: Desk, field: str = "", holder: str = "") -> dict[Urgency, int]:
    """How many open dossiers of each urgency there are, whether a board shows them or not."""
    now = desk.now()
    ends = (now.date(), _last_day_soon(now.date(), desk.calendar))
    moments = (in_ms(now), *(in_ms(local(datetime.combine(day + ONE_DAY, time.min))) for day in ends))
    with desk.store.read() as connection:
        found = dossiers.count_open(connection, moments, field, holder)
    return dict(zip(Urgency, (*found.before, found.later, found.paused), strict=True))


def groups(desk: Desk) -> Groups:
    """The fields and the holders of open dossiers, in the order of the alphabet."""
    with desk.store.read() as connection:
        pairs = dossiers.open_groups(connection)
    fields, holders = ({pair[place] for pair in pairs} - {""} for place in (0, 1))
    return Groups(tuple(sorted(fields, key=fold)), tuple(sorted(holders, key=fold)))


def _placed(line: DossierLine, sight: Sight) -> tuple[Urgency, Left | None]:
    if line.paused:
        return Urgency.PAUSED, None
    if line.due_at is None:
        return Urgency.IN_TIME, None
    now, due_at = sight.now, local(datetime.fromisoformat(line.due_at))
    left = working_time_left(now, due_at, sight.calendar, sight.hours)
    if left.late:
        return Urgency.OVERDUE, left
    if due_at.date() == now.date():
        return Urgency.TODAY, left
    return (Urgency.SOON if left.days <= SOON_DAYS else Urgency.IN_TIME), left


def _last_day_soon(today: date, calendar: WorkingCalendar) -> date:
    """The last day on which what is due still counts as soon."""
    day = today
    while calendar.working_days_between(today, day + ONE_DAY) <= SOON_DAYS:
        day += ONE_DAY
    return day


def working_time_left(now: datetime, due_at: datetime, calendar: WorkingCalendar, hours: OfficeHours) -> Left:
    """Working days between two dates; where no further one lies between them, office hours of the first."""
    late = now > due_at
    first, last = (due_at, now) if late else (now, due_at)
    days = _working_days(calendar, first.date(), last.date())
    if days or not calendar.is_working(first.date()):
        return Left(days, 0, late)
    until = last.time() if last.date() == first.date() else hours.closes
    return Left(0, _office_minutes(first.time(), until, hours) // 60, late)


@lru_cache(maxsize=4_096)
def _working_days(calendar: WorkingCalendar, first: date, last: date) -> int:
    """Counted once for all dossiers of a day: a board that is read again asks the same all day long."""
    return calendar.working_days_between(first, last)


def _office_minutes(begin: time, end: time, hours: OfficeHours) -> int:
    def minutes(clock: time) -> int:
        return clock.hour * 60 + clock.minute

    spans = ((max(begin, opens), min(end, closes)) for opens, closes in hours.sessions)
    return sum(minutes(until) - minutes(since) for since, until in spans if since < until)
