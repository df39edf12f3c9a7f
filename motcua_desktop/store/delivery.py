"""The outbox: what became of each own event on its way to the district. Nothing here speaks to anybody.

Everything is written inside the caller's short transaction; no transaction may be open while a socket is. One
run at a time sends (`sole_sender`), and settling touches only what is on the line: whoever speaks late takes
nothing back.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.event import Event
from motcua_desktop.store import ledger
from motcua_desktop.store.connection import Connection, translated

_LINE_BYTES = 640  # of an event's line, besides body and particulars
_NAMED = "(SELECT value FROM json_each(?))"
_REQUEUE = "UPDATE delivery SET state = 'queued', settled_ms = NULL WHERE state = 'accepted'"
_ON_THE_LINE = f"state = 'sending' AND event IN {_NAMED}"
_MOST_FORKS = 1_000  # remembered by name; a person is called long before
# The last condition: a wait that no back-off gives was written by a clock that was wrong.
_DUE = (
    "state <> 'accepted' AND "
    "(state = 'queued' OR (state = 'waiting' AND (again_ms <= :now OR again_ms > :furthest)))"
)


@dataclass(frozen=True, slots=True)
class Line:
    """What is remembered of the line between runs: district's epoch, pace, failures in a row, hold, forks.

    `forked` names places ("chain:place") of this store's chains for which the district holds two entries.
    """

    epoch: str | None = None
    budget: int | None = None
    failures: int = 0
    again_ms: int | None = None
    problem: Problem | None = None
    skew_ms: int | None = None
    last_success_ms: int | None = None
    forked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """An event that is not accepted yet: whose, what, in which state since when, and why.

    `code` and `full_name` are the dossier's, "" for an office-wide event. Times are UTC milliseconds.
    """

    event: str
    dossier: str | None
    code: str
    full_name: str
    kind: str
    state: str
    since_ms: int
    again_ms: int | None
    attempts: int
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events are in which state; `accepted` only those settled since the asked moment."""

    queued: int
    sending: int
    waiting: int
    refused: int
    accepted: int

    @property
    def unsettled(self) -> int:
        return self.queued + self.sending + self.waiting


@contextlib.contextmanager
def sole_sender(path: Path) -> Iterator[bool]:
    """Be the one run that sends from the store at `path`; False when another one is alive and sending.

    The claim is a lock that the system itself lets go of when a process ends, however it ends: what a dead run
    left on the line is free at once, what a living one has there is never touched, and no clock is asked. It
    lies on an empty file beside the store, because the store must stay open to the counter meanwhile. Raises
    EnvironmentFault.
    """
    beside = path.with_name(f"{path.name}.sending")
    with translated(beside):
        lock = sqlite3.connect(beside, timeout=0, isolation_level=None)
        try:
            mine = _claimed(lock)
        except BaseException:
            lock.close()
            raise
    try:
        yield mine
    finally:
        lock.close()


def _claimed(lock: sqlite3.Connection) -> bool:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def recover(connection: Connection) -> int:
    """Queue again what a dead run left on the line: its fate is unknown, so it goes out once more.

    Only for the `sole_sender`: what is on the line then is nobody's.
    """
    return connection.execute("UPDATE delivery SET state = 'queued' WHERE state = 'sending'").rowcount


def release(connection: Connection) -> int:
    """Queue again what waits for its hour: somebody asked to try now."""
    query = "UPDATE delivery SET state = 'queued', again_ms = NULL WHERE state = 'waiting'"
    return connection.execute(query).rowcount


def count_due(connection: Connection, now_ms: int, furthest_ms: int) -> int:
    """How many events could be sent now."""
    when = {"now": now_ms, "furthest": furthest_ms}
    return int(connection.execute(f"SELECT count(*) FROM delivery WHERE {_DUE}", when).fetchone()[0])


def soonest(connection: Connection) -> int | None:
    """The first hour for which something waits."""
    query = "SELECT min(again_ms) FROM delivery WHERE state <> 'accepted' AND state = 'waiting'"
    row: tuple[int | None] = connection.execute(query).fetchone()
    return row[0]


def take(connection: Connection, now_ms: int, furthest_ms: int, most_events: int, budget: int) -> list[Event]:
    """Mark the next due events of one chain as being sent, oldest first, and return them.

    Ends before `budget` bytes of lines (roughly counted) are passed, but never before the first event.
    `furthest_ms` is the latest moment to which a wait can honestly reach.
    """
    query = (
        "SELECT d.event, e.desk, length(CAST(e.body AS BLOB)) + coalesce(length(CAST(p.json AS BLOB)), 0) "
        "FROM delivery d JOIN event e ON e.id = d.event LEFT JOIN particulars p ON p.event = d.event "
        f"WHERE {_DUE} ORDER BY d.n LIMIT :most"
    )
    when = {"now": now_ms, "furthest": furthest_ms, "most": most_events}
    chosen: list[str] = []
    chain, size = None, 0
    for ident, desk, length in connection.execute(query, when).fetchall():
        size += length + _LINE_BYTES
        if chosen and (desk != chain or size > budget):
            break
        chain = desk
        chosen.append(ident)
    connection.execute(
        f"UPDATE delivery SET state = 'sending' WHERE event IN {_NAMED}", (json.dumps(chosen),)
    )
    return ledger.events_by_id(connection, chosen)


def accept(connection: Connection, events: Sequence[str], now_ms: int) -> None:
    """The district has these, whatever was believed of them until now."""
    connection.execute(
        "UPDATE delivery SET state = 'accepted', settled_ms = ?, again_ms = NULL, problem = NULL, "
        f"attempts = attempts + 1 WHERE event IN {_NAMED}",
        (now_ms, json.dumps(list(events))),
    )


def refuse(connection: Connection, event: str, problem: Problem, now_ms: int) -> None:
    """The district does not take this one, which is on the line; it stays, with the reason, for a person."""
    connection.execute(
        "UPDATE delivery SET state = 'refused', settled_ms = ?, again_ms = NULL, problem = ?, "
        f"attempts = attempts + 1 WHERE {_ON_THE_LINE}",
        (now_ms, _write(problem), json.dumps([event])),
    )


def put_back(connection: Connection, events: Sequence[str]) -> None:
    """Queue again those of them that are on the line, for another attempt."""
    connection.execute(
        f"UPDATE delivery SET state = 'queued', attempts = attempts + 1 WHERE {_ON_THE_LINE}",
        (json.dumps(list(events)),),
    )


def postpone(connection: Connection, events: Sequence[str], again_ms: int, problem: Problem) -> None:
    """Those of them that are on the line wait until then, and the outbox can say why."""
    connection.execute(
        "UPDATE delivery SET state = 'waiting', again_ms = ?, problem = ?, attempts = attempts + 1 "
        f"WHERE {_ON_THE_LINE}",
        (again_ms, _write(problem), json.dumps(list(events))),
    )


def postpone_all(connection: Connection, again_ms: int, problem: Problem) -> None:
    """Everything that was to be sent waits until then: the line itself is in trouble."""
    connection.execute(
        "UPDATE delivery SET state = 'waiting', again_ms = ?, problem = ? WHERE state IN ('queued', 'waiting')",
        (again_ms, _write(problem)),
    )


def attempts(connection: Connection, event: str) -> int:
    """How often this event was on the line."""
    row = connection.execute("SELECT attempts FROM delivery WHERE event = ?", (event,)).fetchone()
    return int(row[0])


def send_again(connection: Connection, events: Sequence[str] | None = None) -> int:
    """Queue refused events once more, all or those named; returns how many.

    For the day on which the district, or this program, has mended what stood in the way.
    """
    query = "UPDATE delivery SET state = 'queued', settled_ms = NULL, problem = NULL WHERE state = 'refused'"
    if events is None:
        return connection.execute(query).rowcount
    return connection.execute(f"{query} AND event IN {_NAMED}", (json.dumps(list(events)),)).rowcount


def refused_of(connection: Connection, dossier: str) -> list[str]:
    """The refused events of one dossier, by its id, in the order in which they were written."""
    query = "SELECT event FROM delivery WHERE dossier = ? AND state = 'refused' ORDER BY n"
    return [row[0] for row in connection.execute(query, (dossier,))]


def requeue_since(connection: Connection, since_ms: int) -> int:
    """Queue again what was accepted since then: the district may have forgotten it."""
    return connection.execute(
        f"{_REQUEUE} AND settled_ms >= ?",
        (since_ms,),
    ).rowcount


def requeue_places(connection: Connection, chain: str, places: Iterable[tuple[int, int]]) -> list[str]:
    """Queue again the accepted events at these places (from, to) of a chain; returns their ids."""
    found: list[str] = []
    for start, end in places:
        found += (
            row[0]
            for row in connection.execute(
                f"{_REQUEUE} AND event IN "
                "(SELECT id FROM event WHERE desk = ? AND seq BETWEEN ? AND ?) RETURNING event",
                (chain, start, end),
            )
        )
    return found


def outbox(connection: Connection, limit: int = 500) -> list[OutboxLine]:
    """What is not accepted yet: refused first, then in the order in which it was written."""
    query = (
        "SELECT q.event, q.dossier, coalesce(d.code, ''), coalesce(d.full_name, ''), e.kind, q.state, "
        "q.since_ms, q.again_ms, q.attempts, q.problem FROM delivery q JOIN event e ON e.id = q.event "
        "LEFT JOIN dossier d ON d.id = q.dossier WHERE q.state <> 'accepted' "
        "ORDER BY q.state = 'refused' DESC, q.n LIMIT ?"
    )
    rows = connection.execute(query, (limit,)).fetchall()
    return [OutboxLine(*[*row[:9], _read(row[9])]) for row in rows]


def count(connection: Connection, accepted_since_ms: int) -> Counts:
    """Events by state."""
    rows = connection.execute("SELECT state, count(*) FROM delivery WHERE state <> 'accepted' GROUP BY state")
    states = dict(rows.fetchall())
    sent = connection.execute(
        "SELECT count(*) FROM delivery WHERE state = 'accepted' AND settled_ms >= ?", (accepted_since_ms,)
    ).fetchone()[0]
    held = {state: int(states.get(state, 0)) for state in ("queued", "sending", "waiting", "refused")}
    return Counts(**held, accepted=int(sent))


def read_line(connection: Connection) -> Line:
    """What is remembered of the line."""
    stored = dict(connection.execute("SELECT name, value FROM hub").fetchall())
    numbers = {
        name: _number(stored.get(name)) for name in ("budget", "again_ms", "skew_ms", "last_success_ms")
    }
    return Line(
        epoch=stored.get("epoch"),
        failures=_number(stored.get("failures")) or 0,
        problem=_read(stored.get("problem")),
        forked=tuple(json.loads(stored.get("forked") or "[]")),
        **numbers,
    )


def write_line(connection: Connection, line: Line) -> None:
    """Remember the line as it is now."""
    fields: Mapping[str, object] = {
        "epoch": line.epoch,
        "budget": line.budget,
        "failures": line.failures,
        "again_ms": line.again_ms,
        "problem": _write(line.problem) if line.problem else None,
        "skew_ms": line.skew_ms,
        "last_success_ms": line.last_success_ms,
        "forked": json.dumps(line.forked[:_MOST_FORKS]) if line.forked else None,
    }
    gone = [(name,) for name, value in fields.items() if value is None]
    kept = [(name, str(value)) for name, value in fields.items() if value is not None]
    connection.executemany("DELETE FROM hub WHERE name = ?", gone)
    connection.executemany("INSERT OR REPLACE INTO hub VALUES (?, ?)", kept)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None else None


def _write(problem: Problem) -> str:
    return json.dumps({"number": problem.number, "params": dict(problem.params)}, ensure_ascii=False)


def _read(text: str | None) -> Problem | None:
    if text is None:
        return None
    fields: dict[str, Any] = json.loads(text)
    return Problem(fields["number"], None, fields["params"])
