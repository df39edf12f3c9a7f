"""The derived tables held against the ledger, one dossier at a time, however large the store is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from motcua_desktop.domain.dossier import Kind
from motcua_desktop.domain.event import Event
from motcua_desktop.domain.fold import replay
from motcua_desktop.store import derived, ledger
from motcua_desktop.store.connection import Connection


def differences(connection: Connection) -> Iterator[str]:
    """Where a derived table is not what the ledger says: a dossier's id, or a table's name."""
    used: Counter[str] = Counter()
    known = 0
    for group in ledger.dossiers(connection):
        used.update(e.body["procedure"]["code"] for _, e in group if e.kind == Kind.DOSSIER_RECEIVED)
        ident = str(group[0][1].dossier)
        expected = _expected(group)
        known += expected is not None
        if (expected or (None, [], [], [])) != _found(connection, ident):
            yield ident
    if known != connection.execute("SELECT count(*) FROM dossier").fetchone()[0]:
        yield "dossier"
    if used != Counter(dict(connection.execute("SELECT procedure, times FROM usage").fetchall())):
        yield "usage"
    yield from _office_differences(connection)


def check_search(connection: Connection) -> None:
    """Hold the search index against the rows it was made from; raises what SQLite says of damage."""
    connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")


_Rows = tuple[tuple[Any, ...] | None, list[tuple[str, str]], list[tuple[Any, ...]], list[tuple[Any, ...]]]


def _expected(group: list[tuple[int, Event]]) -> _Rows | None:
    dossier = replay(event for _, event in group)
    place = next((n for n, event in group if event.kind == Kind.DOSSIER_RECEIVED), None)
    if dossier is None or place is None:
        return None
    codes = sorted({(code.system, code.code.lower()) for code in dossier.external_codes})
    row = derived.row_of(dossier, place, derived.search_text(dossier))
    return row, codes, sorted(derived.payment_rows(dossier)), sorted(derived.form_rows(dossier))


def _found(connection: Connection, ident: str) -> _Rows:
    query = "SELECT system, code FROM external_code WHERE dossier = ?"
    codes = sorted((system, code.lower()) for system, code in connection.execute(query, (ident,)))
    paid = connection.execute("SELECT * FROM payment WHERE dossier = ? ORDER BY event", (ident,)).fetchall()
    forms = connection.execute("SELECT * FROM form_entry WHERE dossier = ? ORDER BY event", (ident,))
    return derived.stored_row(connection, ident), codes, paid, forms.fetchall()


def _office_differences(connection: Connection) -> Iterator[str]:
    days: list[tuple[Any, ...]] = []
    kept: dict[str, list[tuple[Any, ...]]] = {table: [] for table in derived.AS_THEY_ARE.values()}
    office: str | None = None
    for place, event in ledger.office_events(connection):
        if event.kind == Kind.OFFICE_CONFIGURED:
            office = derived.office_text(event)
        elif event.kind == Kind.CALENDAR_DECIDED:
            days.append(derived.day_row(event, place))
        elif event.kind in derived.AS_THEY_ARE:
            kept[derived.AS_THEY_ARE[event.kind]].append(derived.body_row(event, place))
    if connection.execute("SELECT json FROM setting WHERE name = 'office'").fetchone() != (
        (office,) if office is not None else None
    ):
        yield "setting"
    if connection.execute("SELECT * FROM day_decision ORDER BY n").fetchall() != days:
        yield "day_decision"
    for table, rows in kept.items():
        if connection.execute(f"SELECT * FROM {table} ORDER BY n").fetchall() != rows:
            yield table
