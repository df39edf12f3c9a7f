"""Facts about the file itself, for the desk's check-up."""

from __future__ import annotations

from motcua_desktop.store import ledger
from motcua_desktop.store.connection import Connection


def damage(connection: Connection) -> str | None:
    """What SQLite's own check finds wrong, or None."""
    verdict = str(connection.execute("PRAGMA quick_check").fetchone()[0])
    return None if verdict == "ok" else verdict


def count_events(connection: Connection) -> int:
    """How many events the ledger holds."""
    return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])


def last_written_ms(connection: Connection) -> int | None:
    """The last trusted reading of the machine's clock in UTC milliseconds; None before the first event."""
    return ledger.trusted_ms(connection)


def unsettled(connection: Connection) -> dict[str, int]:
    """How many own events are in each sending state short of accepted."""
    query = "SELECT state, count(*) FROM delivery WHERE state <> 'accepted' GROUP BY state"
    return dict(connection.execute(query).fetchall())
