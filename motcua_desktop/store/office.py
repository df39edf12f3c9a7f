"""The office's own settings and day decisions, as the ledger left them."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from motcua_desktop.domain.calendar import DayDecision, DayKind
from motcua_desktop.domain.office import Office, read_office
from motcua_desktop.store.connection import Connection


def find_office(connection: Connection) -> Office | None:
    """The office and desk that this store was made for."""
    row = connection.execute("SELECT json FROM setting WHERE name = 'office'").fetchone()
    return _read(row[0]) if row else None


@lru_cache(maxsize=2)
def _read(text: str) -> Office:
    return read_office(json.loads(text))


def count_publications(connection: Connection) -> int:
    """How many lists were put in force here: cheap enough to ask each time the catalogue is wanted."""
    return int(connection.execute("SELECT count(*) FROM published_catalogue").fetchone()[0])


def publications(connection: Connection) -> list[dict[str, Any]]:
    """The lists of procedures that were put in force here, in order."""
    return [
        json.loads(row[0]) for row in connection.execute("SELECT json FROM published_catalogue ORDER BY n")
    ]


def closed_months(connection: Connection) -> list[dict[str, Any]]:
    """The months of the register that were closed, in order."""
    return [json.loads(row[0]) for row in connection.execute("SELECT json FROM closed_month ORDER BY n")]


def day_decisions(connection: Connection) -> list[DayDecision]:
    """The office's decisions about days, in the order in which they were entered."""
    rows = connection.execute("SELECT date, kind, reason, source FROM day_decision ORDER BY n")
    return [
        DayDecision(date.fromisoformat(day), DayKind(kind), why, source) for day, kind, why, source in rows
    ]
