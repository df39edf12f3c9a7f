"""The counts that are always in sight; apart from the board, so that a window opens without loading it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from motcua_desktop.domain.calendar import local
from motcua_desktop.services.desk import Desk
from motcua_desktop.store import dossiers


class Today(NamedTuple):
    """How many dossiers came today, are overdue, are due before the day ends, and are not sent."""

    received: int
    overdue: int
    due_today: int
    unsent: int


def today(desk: Desk) -> Today:
    """Counted as of now."""
    now = desk.now()
    midnight = local(datetime.combine(now.date() + timedelta(days=1), time.min))
    with desk.store.read() as connection:
        return Today(
            received=dossiers.count_of_day(connection, now.date().isoformat()),
            overdue=dossiers.count_due(connection, 0, in_ms(now)),
            due_today=dossiers.count_due(connection, in_ms(now), in_ms(midnight)),
            unsent=dossiers.count_unsent(connection),
        )


def in_ms(moment: datetime) -> int:
    """UTC milliseconds, as the store keeps due dates."""
    return int(moment.timestamp() * 1000)
