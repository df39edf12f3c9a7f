"""The ledger: append, read, verify. Nothing here changes or deletes a line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from motcua_desktop.domain import clock
from motcua_desktop.domain.errors import Bug
from motcua_desktop.domain.event import (
    FIRST_HASH,
    PARTICULARS_HASH,
    SCHEMA_VERSION,
    Draft,
    Event,
    Kind,
    Particulars,
    canonical,
)
from motcua_desktop.store import derived
from motcua_desktop.store.connection import Connection

_COLUMNS = (
    "e.id, e.desk, e.seq, e.prev, e.hash, e.at, e.happened_at, e.after, e.officer, e.dossier, e.kind, e.body"
)
_SELECT = f"SELECT {_COLUMNS}, p.salt, p.json FROM event e LEFT JOIN particulars p ON p.event = e.id"


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where a chain does not hold: which desk's, at which place, and whether a line is missing or altered."""

    desk: str
    seq: int
    kind: str  # "missing" or "altered"


def append(connection: Connection, chain: str, draft: Draft, after: tuple[str, ...] | None = None) -> Event:
    """Write one event at the end of this desk's chain, what is derived from it, and its place in the outbox.

    `after` are the dossier's heads where the caller has read them in this very transaction.
    """
    end = connection.execute(
        "SELECT seq, hash FROM event WHERE desk = ? ORDER BY seq DESC LIMIT 1", (chain,)
    ).fetchone()
    seq, prev = (end[0] + 1, end[1]) if end else (1, FIRST_HASH)
    wall = clock.now_ms()
    trusted = wall if draft.kind == Kind.CLOCK_CONFIRMED else clock.trusted(trusted_ms(connection), wall)
    at = clock.tick(_clock(connection), trusted)
    body: dict[str, Any] = {"v": SCHEMA_VERSION, **draft.body}
    particulars = None
    if draft.particulars is not None:
        particulars = Particulars(os.urandom(16).hex(), draft.particulars)
        body[PARTICULARS_HASH] = particulars.digest()
    event = Event(
        id=clock.uuid7(wall),
        desk=chain,
        seq=seq,
        prev=prev,
        at=at,
        happened_at=draft.happened_at,
        after=heads(connection, draft.dossier) if after is None else after,
        officer=draft.officer,
        dossier=draft.dossier,
        kind=draft.kind,
        body=body,
        particulars=particulars,
    ).sealed()
    place = _insert(connection, event)
    head = json.dumps([chain, seq, event.hash])
    remembered = (("clock", str(at)), ("trusted_ms", str(trusted)), ("head", head))
    connection.executemany("INSERT OR REPLACE INTO identity VALUES (?, ?)", remembered)
    connection.execute(
        "INSERT INTO delivery (event, n, dossier, state, since_ms) VALUES (?, ?, ?, 'queued', ?)",
        (event.id, place, event.dossier, wall),
    )
    if event.kind not in derived.UNSEEN:
        derived.derive(connection, event, place, _earlier(connection, event))
    return event


def heads(connection: Connection, dossier: str | None) -> tuple[str, ...]:
    """The latest events of a dossier: those that no other event of it came after."""
    if dossier is None:
        return ()
    rows = connection.execute(
        "SELECT id, after FROM event WHERE dossier = ? ORDER BY n", (dossier,)
    ).fetchall()
    seen = {earlier for _, after in rows for earlier in json.loads(after)}
    return tuple(row[0] for row in rows if row[0] not in seen)


def events_of(connection: Connection, dossier: str) -> list[Event]:
    """Every event of a dossier, in the order in which they reached this store."""
    return [_event(r) for r in connection.execute(f"{_SELECT} WHERE e.dossier = ? ORDER BY e.n", (dossier,))]


def events_by_id(connection: Connection, ids: Iterable[str]) -> list[Event]:
    """The named events in ledger order."""
    wanted = json.dumps(list(ids))
    query = f"{_SELECT} WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.n"
    return [_event(row) for row in connection.execute(query, (wanted,))]


def all_events(connection: Connection) -> Iterator[tuple[int, Event]]:
    """The whole ledger with each event's place in this store."""
    query = f"SELECT e.n, {_SELECT.removeprefix('SELECT ')} ORDER BY e.n"
    for row in connection.execute(query):
        yield row[0], _event(row[1:])


def dossiers(connection: Connection) -> Iterator[list[tuple[int, Event]]]:
    """The events of each dossier with their places, one dossier after the other."""
    query = (
        f"SELECT e.n, {_SELECT.removeprefix('SELECT ')} WHERE e.dossier IS NOT NULL ORDER BY e.dossier, e.n"
    )
    placed = ((row[0], _event(row[1:])) for row in connection.execute(query))
    for _, group in groupby(placed, key=lambda pair: pair[1].dossier):
        yield list(group)


def dossiers_of_year(connection: Connection, year: int) -> Iterator[list[Event]]:
    """The events of each dossier in the books of a year, by book and place in it."""
    query = (
        f"{_SELECT} JOIN dossier d ON d.id = e.dossier WHERE d.book LIKE ? ORDER BY d.book, d.entry, d.n, e.n"
    )
    return _grouped(connection, query, (f"%/{year}",))


def dossiers_paid_between(connection: Connection, first: str, last: str) -> Iterator[list[Event]]:
    """The events of each dossier for which something was paid between two days (ISO, both included)."""
    query = (
        f"{_SELECT} WHERE e.dossier IN (SELECT dossier FROM payment WHERE day BETWEEN ? AND ?) "
        "ORDER BY e.dossier, e.n"
    )
    return _grouped(connection, query, (first, last))


def _grouped(connection: Connection, query: str, values: tuple[str, ...]) -> Iterator[list[Event]]:
    events = (_event(row) for row in connection.execute(query, values))
    for _, group in groupby(events, key=lambda event: event.dossier):
        yield list(group)


def office_events(connection: Connection) -> Iterator[tuple[int, Event]]:
    """The events that belong to no dossier, with their places."""
    query = f"SELECT e.n, {_SELECT.removeprefix('SELECT ')} WHERE e.dossier IS NULL ORDER BY e.n"
    for row in connection.execute(query):
        yield row[0], _event(row[1:])


def faults(connection: Connection) -> Iterator[ChainFault]:
    """Every place at which a chain does not hold."""
    expected: dict[str, tuple[int, str]] = {}
    erased = _erased(connection)
    for row in connection.execute(f"{_SELECT} ORDER BY e.desk, e.seq"):
        _, desk, place, before, found = row[:5]
        seq, prev = expected.get(desk, (1, FIRST_HASH))
        if place != seq:
            yield ChainFault(desk, seq, "missing")
        if (place == seq and before != prev) or not _is_authentic(row, erased):
            yield ChainFault(desk, place, "altered")
        expected[desk] = (place + 1, found)
    yield from _cut_off(connection, expected)


def _cut_off(connection: Connection, ends: Mapping[str, tuple[int, str]]) -> Iterator[ChainFault]:
    """Where this desk's own chain ends before the place that it is known to have reached."""
    head = _identity(connection, "head")
    if head is None:
        return
    desk, seq, found = json.loads(head)
    after, last = ends.get(desk, (1, FIRST_HASH))
    if after <= seq:
        yield ChainFault(desk, after, "missing")
    elif after == seq + 1 and last != found:
        yield ChainFault(desk, seq, "altered")


def trusted_ms(connection: Connection) -> int | None:
    """The last reading of the machine's clock that could be trusted (UTC); None before the first event."""
    told = _identity(connection, "trusted_ms")
    if told is not None:
        return int(told)
    last = _clock(connection)  # a store from before readings were kept apart
    return clock.milliseconds(last) if last else None


def erase_particulars(
    connection: Connection, chain: str, event_id: str, officer: str, ground: str, at: str
) -> Event:
    """Remove the personal data of one event for good, and say who did it and on what ground."""
    row = connection.execute("SELECT dossier FROM event WHERE id = ?", (event_id,)).fetchone()
    if row is None:
        raise Bug(f"no event {event_id} to erase from")
    connection.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten, not only unlinked
    connection.execute("DELETE FROM particulars WHERE event = ?", (event_id,))
    body = {"event": event_id, "ground": ground}
    erased = append(connection, chain, Draft(Kind.PARTICULARS_ERASED, body, at, officer, row[0]))
    derived.forget_old_words(connection)
    return erased


def _erased(connection: Connection) -> frozenset[str]:
    query = "SELECT json_extract(body, '$.event') FROM event WHERE kind = ? AND json_valid(body)"
    return frozenset(row[0] for row in connection.execute(query, (Kind.PARTICULARS_ERASED,)))


def _is_authentic(row: tuple[Any, ...], erased: frozenset[str]) -> bool:
    try:
        event = _event(row)
        lost = event.particulars is None and PARTICULARS_HASH in event.body and event.id not in erased
        return event.is_authentic() and not lost
    except (AttributeError, TypeError, ValueError):  # no longer the JSON that was written
        return False


def _clock(connection: Connection) -> int:
    return int(_identity(connection, "clock") or 0)


def _identity(connection: Connection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM identity WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def _earlier(connection: Connection, event: Event) -> list[Event]:
    if event.dossier is None or not event.after:
        return []
    return [e for e in events_of(connection, event.dossier) if e.id != event.id]


def _insert(connection: Connection, event: Event) -> int:
    covered = event.covered()
    covered |= {
        "hash": event.hash,
        "after": json.dumps(covered["after"]),
        "body": canonical(event.body).decode(),
    }
    columns = ", ".join(covered)
    marks = ", ".join("?" * len(covered))
    cursor = connection.execute(f"INSERT INTO event ({columns}) VALUES ({marks})", tuple(covered.values()))
    if event.particulars is not None:
        row = (event.id, event.particulars.salt, canonical(event.particulars.data).decode())
        connection.execute("INSERT INTO particulars VALUES (?, ?, ?)", row)
    return int(cursor.lastrowid or 0)


def _event(row: tuple[Any, ...]) -> Event:
    ident, desk, seq, prev, hashed, at, happened_at, after, officer, dossier, kind, body, salt, data = row
    particulars = Particulars(salt, json.loads(data)) if salt is not None else None
    return Event(
        ident,
        desk,
        seq,
        prev,
        at,
        happened_at,
        tuple(json.loads(after)),
        officer,
        dossier,
        kind,
        json.loads(body),
        hashed,
        particulars,
    )
