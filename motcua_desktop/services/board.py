"""The deadline board: open dossiers by urgency, and how much working time each has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from motcua_desktop.domain.calendar import OfficeHours, WorkingCalendar, local
from motcua_desktop.domain.dossier import PAUSED_STATUSES
from motcua_desktop.services.desk import Desk
from motcua_desktop.store import dossiers
from motcua_desktop.store.dossiers import DossierLine

SOON_DAYS = 2
BOARD_LIMIT = 1_000


class Urgency(StrEnum):
    """How near a deadline is, nearest first; `paused` clocks do not run."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    IN_TIME = "in_time"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Left:
    """Working time until a due date, or past it: whole working days, and hours where a day is not full."""

    days: int
    hours: int
    late: bool


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A dossier on the board; `left` is None where no date is set."""

    urgency: Urgency
    dossier: DossierLine
    left: Left | None


@dataclass(frozen=True, slots=True)
class Today:
    """The counts that are always in sight."""

    received: int
    overdue: int
    due_today: int
    unsent: int


def board(desk: Desk, at: datetime | None = None, limit: int = BOARD_LIMIT) -> list[BoardLine]:
    """Open dossiers, overdue first, then by due date; paused ones last."""
    now = local(at) if at else desk.now()
    with desk.store.read() as connection:
        lines = dossiers.open_by_due(connection, limit)
    calendar, hours = desk.calendar, desk.office.hours
    placed = [_place(line, now, calendar, hours) for line in lines]
    order = list(Urgency)
    return sorted(placed, key=lambda line: order.index(line.urgency))  # stable: due dates keep their order


def today(desk: Desk) -> Today:
    """How many dossiers came today, are overdue, are due before the day ends, and are not sent."""
    now = desk.now()
    midnight = local(datetime.combine(now.date() + timedelta(days=1), time.min))
    with desk.store.read() as connection:
        return Today(
            received=dossiers.count_of_day(connection, now.date().isoformat()),
            overdue=dossiers.count_due(connection, 0, _ms(now)),
            due_today=dossiers.count_due(connection, _ms(now), _ms(midnight)),
            unsent=dossiers.count_unsent(connection),
        )


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _place(line: DossierLine, now: datetime, calendar: WorkingCalendar, hours: OfficeHours) -> BoardLine:
    if line.status in PAUSED_STATUSES:
        return BoardLine(Urgency.PAUSED, line, None)
    if line.due_at is None:
        return BoardLine(Urgency.IN_TIME, line, None)
    due_at = datetime.fromisoformat(line.due_at)
    left = working_time_left(now, due_at, calendar, hours)
    if left.late:
        return BoardLine(Urgency.OVERDUE, line, left)
    if due_at.date() == now.date():
        return BoardLine(Urgency.TODAY, line, left)
    return BoardLine(Urgency.SOON if left.days <= SOON_DAYS else Urgency.IN_TIME, line, left)


def working_time_left(now: datetime, due_at: datetime, calendar: WorkingCalendar, hours: OfficeHours) -> Left:
    """Working days between two dates; where no further one lies between them, office hours of the first."""
    late = now > due_at
    first, last = (due_at, now) if late else (now, due_at)
    days = calendar.working_days_between(first.date(), last.date())
    if days or not calendar.is_working(first.date()):
        return Left(days, 0, late)
    until = last.time() if last.date() == first.date() else hours.closes
    return Left(0, _office_minutes(first.time(), until, hours) // 60, late)


def _office_minutes(begin: time, end: time, hours: OfficeHours) -> int:
    def minutes(clock: time) -> int:
        return clock.hour * 60 + clock.minute

    spans = ((max(begin, opens), min(end, closes)) for opens, closes in hours.sessions)
    return sum(minutes(until) - minutes(since) for since, until in spans if since < until)
