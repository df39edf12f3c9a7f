"""Reading dossiers for screens and commands: the one search, today's list, the board, a person's history."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from motcua_desktop.domain.numbers import KEY_LENGTH
from motcua_desktop.domain.phone import read_phone
from motcua_desktop.domain.text import clean, digits, words
from motcua_desktop.store.connection import Connection
from motcua_desktop.store.derived import TAIL
from motcua_desktop.store.ledger import events_of

if TYPE_CHECKING:
    from motcua_desktop.domain.dossier import Dossier


class DossierLine(NamedTuple):
    """A dossier as lists show it; times ISO 8601, `sent` its least settled sending state."""

    id: str
    code: str
    key: str
    full_name: str
    id_number: str
    phone: str
    procedure: str
    procedure_name: str
    status: str
    received_at: str
    due_at: str | None
    holder: str
    paused: int
    unit: str
    apologised: int
    due_total_at: str | None
    sent: str


_SENT = (
    "coalesce((SELECT state FROM delivery WHERE dossier = d.id AND state <> 'accepted' "
    "ORDER BY state = 'refused' DESC, state = 'waiting' DESC, state = 'sending' DESC LIMIT 1), 'accepted')"
)
_LINE = (
    "d.id, d.code, d.key, d.full_name, d.id_number, d.phone, d.procedure, d.procedure_name, d.status, "
    f"d.received_at, d.due_at, d.holder, d.paused, d.unit, d.apologised, d.due_total_at, {_SENT}"
)
_FOUND = (
    f"SELECT {_LINE} FROM search s JOIN dossier d ON d.n = s.rowid "
    "WHERE search MATCH ? ORDER BY s.rowid DESC LIMIT ?"
)
MOST_PIECES = 4
MERGED_PAGES = 200  # a step: some milliseconds, so that nobody waits for it
_NUMBER = re.compile(r"[\d\s.\-+]*\d[\d\s.\-+]*")


def find(connection: Connection, text: str, limit: int = 50) -> list[DossierLine]:
    """Dossiers whose code, key, id number, phone (also their last four digits) or name answer to `text`.

    Newest first. Every word is a prefix; marks, đ and case do not matter. No word, no hit.
    """
    query = match_query(text)
    if not query:
        return []
    return list(map(DossierLine._make, connection.execute(_FOUND, (query, limit)).fetchall()))


def begin_tidying(connection: Connection) -> bool:
    """Mark a search index that has come to lie in many pieces for being joined; False where it need not be.

    Each piece is looked through at each letter typed. Joining is done in short steps (`tidy_on`).
    """
    pieces = connection.execute("SELECT count(DISTINCT segid) FROM search_idx").fetchone()[0]
    return pieces > MOST_PIECES and _merge(connection, -MERGED_PAGES)


def tidy_on(connection: Connection) -> bool:
    """One step of joining; False when the index is in one piece."""
    return _merge(connection, MERGED_PAGES)


def _merge(connection: Connection, pages: int) -> bool:
    before = connection.total_changes
    connection.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (pages,))
    return connection.total_changes - before >= 2  # fewer: nothing was left to do (FTS5, "merge")


def match_query(text: str) -> str:
    """The FTS5 expression for what an officer typed; "" when there is nothing to look for."""
    typed = clean(text)
    if _NUMBER.fullmatch(typed):
        bare = digits(read_phone(typed))
        return _token(bare[:KEY_LENGTH])  # the QR of a receipt: the key, and a secret that is not searched
    if "-" in typed and any(c.isdigit() for c in typed):
        found = ["".join(words(part)) for part in typed.split(" ")]
    else:
        found = words(typed)
    return " AND ".join(_token(word) for word in found if word)


def _token(word: str) -> str:
    if len(word) == 4 and word.isdigit():
        return f"({word}* OR {TAIL}{word})"
    return f"{word}*"


def get(connection: Connection, name: str) -> Dossier | None:
    """The dossier with that id, code, desk key (or the QR's 24 digits) or external code."""
    wanted = clean(name)
    row = connection.execute(
        "SELECT id FROM dossier WHERE id = :id OR code = :code OR key = :key "
        "UNION ALL SELECT dossier FROM external_code WHERE code IN (:id, :code) LIMIT 1",
        {"id": wanted, "code": wanted.upper(), "key": digits(wanted)[:16] or "-"},
    ).fetchone()
    return _told(connection, row[0]) if row else None


def _told(connection: Connection, ident: str) -> Dossier | None:
    from motcua_desktop.domain.fold import replay  # reading lists needs no fold: no window waits for it

    return replay(events_of(connection, ident))


def with_external_code(connection: Connection, code: str, other_than: str) -> str | None:
    """The code of another dossier (not that id) which bears this external code; None when no other does."""
    row = connection.execute(
        "SELECT d.code FROM external_code x JOIN dossier d ON d.id = x.dossier "
        "WHERE x.code = ? AND x.dossier <> ? LIMIT 1",
        (code, other_than),
    ).fetchone()
    return str(row[0]) if row else None


def sending_state(connection: Connection, dossier: str) -> str:
    """The least settled sending state among the events of a dossier (its id)."""
    row = connection.execute(f"SELECT {_SENT} FROM dossier d WHERE d.id = ?", (dossier,)).fetchone()
    return str(row[0])


def by_request(connection: Connection, request_id: str) -> Dossier | None:
    """The dossier that a caller's request made, if it made one."""
    row = connection.execute(
        "SELECT id FROM dossier WHERE request_id = ? ORDER BY n LIMIT 1", (request_id,)
    ).fetchone()
    return _told(connection, row[0]) if row else None


def last_number(connection: Connection, desk: int, day: str) -> int:
    """The highest number this desk gave on that day (ISO date); 0 when it gave none."""
    row = connection.execute(
        "SELECT max(number) FROM dossier WHERE desk = ? AND day = ?", (desk, day)
    ).fetchone()
    return int(row[0] or 0)


def last_entry(connection: Connection, book: str) -> int:
    """The last number of a desk's book ("desk/year"); lines of the time before books count as its first."""
    last = connection.execute("SELECT max(entry) FROM dossier WHERE book = ?", (book,)).fetchone()[0]
    if last is None:  # asked apart: together with a count the index could not answer
        last = connection.execute("SELECT count(*) FROM dossier WHERE book = ?", (book,)).fetchone()[0]
    return int(last)


def last_form(connection: Connection, kind: str, book: str) -> int:
    """The last number of a desk's book of a form (its kind of sheet)."""
    query = "SELECT coalesce(max(entry), 0) FROM form_entry WHERE kind = ? AND book = ?"
    return int(connection.execute(query, (kind, book)).fetchone()[0])


def last_payment(connection: Connection, book: str) -> int:
    """The last number of a desk's fee book ("desk/year")."""
    row = connection.execute("SELECT coalesce(max(entry), 0) FROM payment WHERE book = ?", (book,)).fetchone()
    return int(row[0])


def of_day(connection: Connection, day: str, limit: int = 250) -> list[DossierLine]:
    """The dossiers received on a day (ISO date), newest first."""
    query = f"SELECT {_LINE} FROM dossier d WHERE d.day = ? ORDER BY d.received_ms DESC, d.n DESC LIMIT ?"
    return [DossierLine._make(row) for row in connection.execute(query, (day, limit))]


def count_of_day(connection: Connection, day: str) -> int:
    """How many dossiers were received on a day."""
    return int(connection.execute("SELECT count(*) FROM dossier WHERE day = ?", (day,)).fetchone()[0])


_DAY_MS = 86_400_000
# Derived columns only, and no row before the day: what remains is looked at by the calendar day of its texts.
_RUNNING_ON = (
    "SELECT code, received_at, due_at, due_total_at FROM dossier WHERE open AND due_at IS NOT NULL "
    "AND status <> 'withdrawing' AND received_ms < ? AND (due_ms >= ? OR substr(due_total_at, 1, 10) >= ?) "
    "ORDER BY paused, due_ms, n"
)


def running_on(connection: Connection, midnight: datetime) -> list[tuple[str, str, str, str | None]]:
    """Code, received, due and due in all (ISO) of dossiers whose term may hold the day that begins then.

    Those whose citizen withdraws have no term that runs.
    """
    first = int(midnight.timestamp() * 1000)
    span = (first + _DAY_MS, first, midnight.date().isoformat())
    return connection.execute(_RUNNING_ON, span).fetchall()


def open_by_due(connection: Connection, limit: int, field: str = "", holder: str = "") -> list[DossierLine]:
    """At most `limit` open dossiers, soonest due first; then those without a date, then paused ones.

    `field` and `holder` leave out what belongs to another one; "" leaves out nothing.
    """
    lines: list[DossierLine] = []
    for part in ("paused = 0 AND d.due_ms IS NOT NULL", "paused = 0 AND d.due_ms IS NULL", "paused = 1"):
        left = limit - len(lines)
        if left == 0:
            break
        only, values = _only(field, holder)
        query = (
            f"SELECT {_LINE} FROM dossier d WHERE d.open AND d.{part}{only} ORDER BY d.due_ms, d.n LIMIT ?"
        )
        lines += map(DossierLine._make, connection.execute(query, (*values, left)).fetchall())
    return lines


def _only(field: str, holder: str) -> tuple[str, tuple[str, ...]]:
    wanted = {name: value for name, value in (("field", field), ("holder", holder)) if value}
    return "".join(f" AND d.{name} = ?" for name in wanted), tuple(wanted.values())


class OpenCounts(NamedTuple):
    """How many open dossiers: due before each of the moments that were asked about, later or undated, paused."""

    before: tuple[int, ...]
    later: int
    paused: int


def count_open(
    connection: Connection, moments: tuple[int, ...], field: str = "", holder: str = ""
) -> OpenCounts:
    """Open dossiers by due date; `moments` are UTC milliseconds in order, each counts what the one before left."""
    only, values = _only(field, holder)
    spans = "".join(", coalesce(sum(paused = 0 AND due_ms < ?), 0)" for _ in moments)
    query = f"SELECT count(*), coalesce(sum(paused), 0){spans} FROM dossier d WHERE d.open{only}"
    every, paused, *due = connection.execute(query, (*moments, *values)).fetchone()
    before = tuple(later - earlier for earlier, later in zip((0, *due), due, strict=False))
    return OpenCounts(before, every - paused - sum(before), paused)


def open_groups(connection: Connection) -> list[tuple[str, str]]:
    """Each pair of field and holder that open dossiers have."""
    return list(connection.execute("SELECT DISTINCT field, holder FROM dossier WHERE open").fetchall())


def units(connection: Connection, among: int = 5_000) -> list[str]:
    """The resolving units that the newest dossiers went to, the most used one first."""
    query = (
        "SELECT unit FROM (SELECT unit FROM dossier ORDER BY n DESC LIMIT ?) "
        "WHERE unit <> '' GROUP BY unit ORDER BY count(*) DESC, unit"
    )
    return [str(row[0]) for row in connection.execute(query, (among,))]


def count_due(connection: Connection, from_ms: int, before_ms: int) -> int:
    """How many open, running dossiers fall due in a span of UTC milliseconds."""
    query = "SELECT count(*) FROM dossier WHERE open AND paused = 0 AND due_ms >= ? AND due_ms < ?"
    return int(connection.execute(query, (from_ms, before_ms)).fetchone()[0])


def count_unsent(connection: Connection) -> int:
    """How many dossiers have something that the district has not accepted."""
    query = "SELECT count(DISTINCT dossier) FROM delivery WHERE state <> 'accepted'"
    return int(connection.execute(query).fetchone()[0])


class PersonKnown(NamedTuple):
    """What this office knows of a person from earlier dossiers."""

    last_dossier: str
    last_received_at: str
    last_procedure: str
    times: int
    open: int


def person(connection: Connection, id_number: str) -> PersonKnown | None:
    """The history behind an id number; None for somebody who never filed here."""
    row: tuple[Any, ...] | None = connection.execute(
        "SELECT id, received_at, procedure_name, count(*) OVER (), sum(open) OVER () FROM dossier "
        "WHERE id_number = ? ORDER BY received_ms DESC LIMIT 1",
        (id_number,),
    ).fetchone()
    return PersonKnown._make(row) if row and id_number else None


def same_open(connection: Connection, id_number: str, procedure: str) -> DossierLine | None:
    """An open dossier of the same person for the same procedure, if there is one."""
    query = (
        f"SELECT {_LINE} FROM dossier d WHERE d.id_number = ? AND d.procedure = ? AND d.open "
        "ORDER BY d.received_ms DESC LIMIT 1"
    )
    row = connection.execute(query, (id_number, procedure)).fetchone() if id_number else None
    return DossierLine._make(row) if row else None


def usage(connection: Connection) -> dict[str, int]:
    """How often each procedure was received here."""
    return dict(connection.execute("SELECT procedure, times FROM usage").fetchall())
