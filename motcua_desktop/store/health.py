"""Facts about the file itself, for the desk's check-up."""

from __future__ import annotations

from motcua_desktop.domain import clock
from motcua_desktop.store.connection import Connection


def damage(connection: Connection) -> str | None:
    """What SQLite's own check finds wrong, or None."""
    verdict = str(connection.execute("PRAGMA quick_check").fetchone()[0])
    return None if verdict == "ok" else verdict


def count_events(connection: Connection) -> int:
    """How many events the ledger holds."""
    return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])


def last_written_ms(connection: Connection) -> int | None:
    """The ledger clock's last reading in UTC milliseconds; None before the first event."""
    row = connection.execute("SELECT value FROM identity WHERE name = 'clock'").fetchone()
    return clock.milliseconds(int(row[0])) if row else None


def unsettled(connection: Connection) -> dict[str, int]:
    """How many own events are in each sending state short of accepted."""
    query = "SELECT state, count(*) FROM delivery WHERE state <> 'accepted' GROUP BY state"
    return dict(connection.execute(query).fetchall())
