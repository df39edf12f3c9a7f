"""Real stores of any size, made quickly: sealed and chained events, and what follows from them, in bulk.

The store itself is made by the program, and one dossier of each procedure is received in the usual way in a
store beside it; the many are copies of these with numbers, people and dates of their own, written as the ledger
writes them. Indexes and search are made at the end. A sample is then checked as the desk's check-up does it.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time as clock
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from typing import Any

from motcua_desktop.domain.clock import COUNTER_BITS, uuid7
from motcua_desktop.domain.dossier import Dossier, Person
from motcua_desktop.domain.due import due
from motcua_desktop.domain.event import PARTICULARS_HASH, canonical
from motcua_desktop.domain.fold import replay
from motcua_desktop.domain.numbers import desk_key, dossier_code
from motcua_desktop.services.desk import Desk, init_desk, open_desk
from motcua_desktop.services.finding import count_received_on
from motcua_desktop.services.intake import receive
from motcua_desktop.store import derived, ledger
from motcua_desktop.store.schema import LATEST
from tests.bench.people import SEED, people
from tests.factories import BIRTH, COPIES, MARRIAGE_STATUS, moment, office, submission

FORM = 5  # of the stores made here: a new one makes them anew
PER_DAY = 400
TODAY = 60
_PROCEDURES = (
    (COPIES, ((1, 1, 0),)),
    (BIRTH, ((1, 1, 0), (5, 1, 0), (7, 1, 0))),
    (MARRIAGE_STATUS, ((1, 1, 0), (4, 1, 0))),
    ("2.000635", ((1, 1, 0), (3, 1, 0))),
    ("2.000884", ((1, 1, 0), (2, 1, 0))),
    ("1.014027", ((1, 1, 0), (2, 0, 1))),
)
_UNSENT = 100  # of the newest
_BATCH = 2_000
_LAST_DAY = date(2026, 11, 18)


def big_store(dossiers: int) -> Path:
    """The folder of a store with so many dossiers; made once and kept in the platform's temporary folder."""
    shelf = Path(tempfile.gettempdir()) / "motcua-bench"
    folder = shelf / f"store-{LATEST}-{FORM}-{dossiers}"
    if not folder.exists():
        began = clock.perf_counter()
        _say(f"making a store of {dossiers} dossiers ...")
        shelf.mkdir(exist_ok=True)
        making = Path(tempfile.mkdtemp(dir=shelf))
        desk = init_desk(making, office())
        try:
            fill(desk, dossiers)
            check_sample(desk)
        finally:
            desk.close()
        os.replace(making, folder)
        _say(f"made in {clock.perf_counter() - began:.0f} s")
    return folder


def busy_today(folder: Path) -> None:
    """Let today's list have its usual length: received in the usual way, on the day of the measurement."""
    desk = open_desk(folder)
    try:
        have = count_received_on(desk, desk.now().date().isoformat())
        for person in islice(people(), max(0, TODAY - have)):
            receive(desk, submission(COPIES, person, received_at=desk.now()))
    finally:
        desk.close()


def check_sample(desk: Desk, size: int = 500) -> None:
    """Raise unless a sample of the ledger holds: hashes, links, and the derived rows that follow from it."""
    with desk.store.read() as connection:
        last = connection.execute("SELECT max(n) FROM event").fetchone()[0]
        start = Random(SEED).randrange(max(1, last - size))
        rows = connection.execute("SELECT id FROM event WHERE n > ? ORDER BY n LIMIT ?", (start, size))
        events = ledger.events_by_id(connection, [row[0] for row in rows])
        for event in events:
            if not event.is_authentic():
                raise AssertionError(f"event {event.seq} is not what was sealed")
            if event.dossier is not None:
                _check_row(connection, event.dossier)
    if any((one.seq + 1, one.hash) != (other.seq, other.prev) for one, other in pairwise(events)):
        raise AssertionError("the chain of the big store does not hold")


def _check_row(connection: sqlite3.Connection, ident: str) -> None:
    found = replay(ledger.events_of(connection, ident))
    place, *kept = connection.execute("SELECT * FROM dossier WHERE id = ?", (ident,)).fetchone()
    if found is None or derived.row_of(found, place, derived.search_text(found)) != (place, *kept):
        raise AssertionError(f"the row of {ident} does not follow from its events")


@dataclass(frozen=True)
class _Pattern:
    """A received dossier to copy, and the body of its event with marks where copies differ."""

    dossier: Dossier
    term: Any
    body: str

    @classmethod
    def of(cls, desk: Desk, dossier: Dossier) -> _Pattern:
        with desk.store.read() as connection:
            (event,) = ledger.events_of(connection, dossier.id)
        names = ("code", "key", "number", "book", "entry", "entered_at", "due_at", "provisional_year")
        marks = dict.fromkeys((*names, PARTICULARS_HASH))
        body = canonical({**event.body, **{name: f"@{name}@" for name in marks}}).decode()
        for name in ("number", "entry", "due_at", "provisional_year"):  # not always text
            body = body.replace(f'"@{name}@"', f"@{name}@")
        procedure = desk.catalogue.find(dossier.procedure["code"], date(2026, 11, 20))
        assert procedure is not None
        return cls(dossier, procedure.terms[0], body)


def _patterns() -> list[_Pattern]:
    folder = Path(tempfile.mkdtemp())
    desk = init_desk(folder, office())
    try:
        when = moment("2026-11-20T09:00")
        wanted = (submission(code, documents=papers, received_at=when) for code, papers in _PROCEDURES)
        return [_Pattern.of(desk, receive(desk, given).dossier) for given in wanted]
    finally:
        desk.close()
        shutil.rmtree(folder)


def fill(desk: Desk, dossiers: int, per_day: int = PER_DAY) -> None:
    """So many dossiers in an empty store, `per_day` on each working day up to a day of November 2026."""
    connection = sqlite3.connect(desk.store.path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("BEGIN IMMEDIATE")
    late = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in late:
        connection.execute(f"DROP INDEX {name}")
    rows = _rows(desk, connection, dossiers, per_day)
    marks = {"event": 13, "particulars": 3, "delivery": 9, "dossier": derived.COLUMNS}
    while batch := list(islice(rows, _BATCH)):
        for at, (table, columns) in enumerate(marks.items()):
            values = ", ".join("?" * columns)
            connection.executemany(f"INSERT INTO {table} VALUES ({values})", [row[at] for row in batch])
    connection.execute("INSERT INTO usage SELECT procedure, count(*) FROM dossier GROUP BY procedure")
    connection.execute("INSERT OR REPLACE INTO identity SELECT 'clock', max(at) FROM event")
    for _, sql in late:
        connection.execute(sql)
    derived.forget_old_words(connection)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _rows(
    desk: Desk, connection: sqlite3.Connection, dossiers: int, per_day: int
) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Each dossier's rows for the tables event, particulars, delivery and dossier, in the order of the chain."""
    place, seq, prev = connection.execute("SELECT max(n), max(seq), hash FROM event").fetchone()
    chance, patterns, someone = Random(SEED), _patterns(), people()
    chain, who, left = json.dumps(desk.chain), json.dumps(desk.office.officer, ensure_ascii=False), dossiers
    entries: Counter[str] = Counter()
    for day in _days(desk, dossiers, per_day):
        opened = datetime.combine(day, time(7, 30), tzinfo=moment("2026-11-20T09:00").tzinfo)
        today = [_dated(pattern, desk, opened) for pattern in patterns]
        for number in range(1, min(per_day, left) + 1):
            when = opened + timedelta(seconds=60 * number)
            ms = int(when.timestamp() * 1000)
            pattern = chance.choice(today)
            book = f"{desk.office.desk}/{day.year}"
            entries[book] += 1
            dossier = _numbered(pattern.dossier, desk, day, number, when, next(someone))
            dossier = replace(dossier, book=book, entry=entries[book], entered_at=dossier.received_at)
            salt = f"{chance.getrandbits(128):032x}"
            personal = _personal(dossier)
            digest = sha256(bytes.fromhex(salt) + personal).hexdigest()
            body = _written(pattern.body, dossier, digest)
            ident, at = uuid7(ms), ms << COUNTER_BITS
            place, seq = place + 1, seq + 1
            covered = (
                f'{{"after":[],"at":{at},"body":{body},"desk":{chain},"dossier":"{dossier.id}",'
                f'"happened_at":"{dossier.received_at}","id":"{ident}","kind":"dossier_received",'
                f'"officer":{who},"prev":"{prev}","seq":{seq}}}'
            )
            sealed = sha256(covered.encode()).hexdigest()
            yield (
                (
                    *(place, ident, desk.chain, seq, prev, sealed, at, dossier.received_at, "[]"),
                    *(dossier.officer, dossier.id, "dossier_received", body),
                ),
                (ident, salt, personal.decode()),
                (ident, place, dossier.id, *_sent(ms, left - number < _UNSENT)),
                derived.row_of(dossier, place, derived.search_text(dossier)),
            )
            prev = sealed
        left -= per_day


def _sent(ms: int, waits: bool) -> tuple[Any, ...]:
    return ("queued", ms, None, None, 0, None) if waits else ("accepted", ms, ms + 60_000, None, 1, None)


def _days(desk: Desk, dossiers: int, per_day: int) -> list[date]:
    days: list[date] = []
    day = _LAST_DAY
    while len(days) * per_day < dossiers:
        if desk.calendar.is_working(day):
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def _dated(pattern: _Pattern, desk: Desk, opened: datetime) -> _Pattern:
    """The pattern as it is received on that morning."""
    counted = due(pattern.term, opened, desk.calendar, desk.office.hours)
    due_at = counted.due_at.isoformat(timespec="seconds") if counted.due_at else None
    dossier = replace(
        pattern.dossier, due_at=due_at, original_due_at=due_at, provisional_year=counted.provisional_year
    )
    body = pattern.body.replace("@due_at@", json.dumps(due_at))
    body = body.replace("@provisional_year@", json.dumps(counted.provisional_year))
    return replace(pattern, dossier=dossier, body=body)


def _numbered(
    dossier: Dossier, desk: Desk, day: date, number: int, when: datetime, applicant: Person
) -> Dossier:
    own = desk.office
    return replace(
        dossier,
        id=uuid7(int(when.timestamp() * 1000)),
        number=number,
        code=dossier_code(own.code, own.desk, day, number),
        key=desk_key(own.unit, own.desk, day, number),
        received_at=when.isoformat(timespec="seconds"),
        came_at=when.isoformat(timespec="seconds"),
        applicant=applicant,
    )


def _personal(dossier: Dossier) -> bytes:
    applicant = asdict(dossier.applicant) if dossier.applicant else None
    return canonical({"applicant": applicant, "representative": None, "note": "", "secret": dossier.secret})


def _written(body: str, dossier: Dossier, digest: str) -> str:
    body = body.replace("@code@", dossier.code).replace("@key@", dossier.key)
    body = body.replace("@book@", dossier.book).replace("@entry@", str(dossier.entry))
    body = body.replace("@entered_at@", dossier.entered_at)
    return body.replace("@number@", str(dossier.number)).replace(f"@{PARTICULARS_HASH}@", digest)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(big_store(int(sys.argv[1])))
