"""Reading results: those that wait to be handed out, and those that were given at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from motcua_desktop.domain.dossier import Dossier
from motcua_desktop.domain.fold import replay
from motcua_desktop.store.connection import Connection
from motcua_desktop.store.dossiers import match_query
from motcua_desktop.store.ledger import events_of


class QuickRow(NamedTuple):
    """A result that was given at once; the time ISO 8601, pages those of one copy, money in đồng."""

    code: str
    full_name: str
    procedure_name: str
    received_at: str
    status: str
    copies: int
    pages: int
    paid_vnd: int


_READY = "SELECT id FROM dossier WHERE status = 'finished' ORDER BY finished_at, n LIMIT ?"
# Wanted by post at the intake or by a later correction: which of them holds now only the whole dossier says.
_FOR_POST = (
    "SELECT d.id FROM dossier d WHERE d.status = 'finished' AND EXISTS (SELECT 1 FROM event e "
    "WHERE e.dossier = d.id AND 'post' IN "
    "(json_extract(e.body, '$.return_by'), json_extract(e.body, '$.changes.return_by'))) "
    "ORDER BY d.finished_at, d.n"
)
# What can be handed out stands first, then what is still worked on; a citizen's old dossiers come last.
_FOUND = (
    "SELECT d.id FROM search s JOIN dossier d ON d.n = s.rowid WHERE search MATCH ? "
    "ORDER BY d.status = 'finished' DESC, d.open DESC, s.rowid DESC LIMIT ?"
)
_OF_PERSON = "SELECT id FROM dossier WHERE id_number = ? AND status = 'finished' ORDER BY finished_at, n"
_QUICK = (
    "FROM dossier d JOIN event e ON e.dossier = d.id AND e.kind = 'dossier_received' "
    "WHERE d.day = ? AND json_extract(e.body, '$.quick.copies') IS NOT NULL"
)
_COPIES = "json_extract(e.body, '$.quick.copies')"
_PAGES = "json_extract(e.body, '$.quick.pages')"
_PAID = "(SELECT coalesce(sum(amount), 0) FROM payment WHERE dossier = d.id)"


def ready(connection: Connection, limit: int) -> list[Dossier]:
    """Dossiers whose result has reached the desk and was not handed out, the longest waiting first."""
    return _dossiers(connection, [str(row[0]) for row in connection.execute(_READY, (limit,))])


def for_post(connection: Connection) -> Iterator[Dossier]:
    """Dossiers with a result that may be wanted by post, sent or not, the longest waiting first."""
    for row in connection.execute(_FOR_POST).fetchall():
        yield from _dossiers(connection, [str(row[0])])


def count_ready(connection: Connection) -> int:
    """How many results wait at the desk or are in the post."""
    query = "SELECT count(*) FROM dossier WHERE status = 'finished'"
    return int(connection.execute(query).fetchone()[0])


def found(connection: Connection, text: str, limit: int) -> list[Dossier]:
    """Dossiers that answer to what was typed or scanned, those ready first."""
    query = match_query(text)
    if not query:
        return []
    return _dossiers(connection, [str(row[0]) for row in connection.execute(_FOUND, (query, limit))])


def ready_of_person(connection: Connection, id_number: str) -> list[Dossier]:
    """What waits for the person with that number; nothing for somebody without one."""
    if not id_number:
        return []
    return _dossiers(connection, [str(row[0]) for row in connection.execute(_OF_PERSON, (id_number,))])


def quick_rows(connection: Connection, day: str, limit: int) -> list[QuickRow]:
    """What was given at once on a day (ISO date), newest first."""
    columns = f"d.code, d.full_name, d.procedure_name, d.received_at, d.status, {_COPIES}, {_PAGES}, {_PAID}"
    query = f"SELECT {columns} {_QUICK} ORDER BY d.received_ms DESC, d.n DESC LIMIT ?"
    return [QuickRow._make(row) for row in connection.execute(query, (day, limit))]


def quick_counts(connection: Connection, day: str) -> tuple[int, int, int]:
    """How often something was given at once on a day, in how many copies, and how many pages these have."""
    query = f"SELECT count(*), coalesce(sum({_COPIES}), 0), coalesce(sum({_COPIES} * {_PAGES}), 0) {_QUICK}"
    times, copies, pages = connection.execute(query, (day,)).fetchone()
    return int(times), int(copies), int(pages)


def _dossiers(connection: Connection, names: list[str]) -> list[Dossier]:
    folded = (replay(events_of(connection, name)) for name in names)
    return [dossier for dossier in folded if dossier is not None]
