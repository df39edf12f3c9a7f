"""Taking a batch in: what is authentic is kept, once; what is not is named; nothing holds others back."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, delete, select

from motcua_desktop.district import problems
from motcua_desktop.district.database import Database, insert_new, put
from motcua_desktop.district.tables import CHAIN, DOSSIER, ERASED, EVENT, PARTICULARS, REFUSED
from motcua_desktop.domain.dossier import Dossier, Kind
from motcua_desktop.domain.errors import HubRefusal
from motcua_desktop.domain.event import PARTICULARS_HASH, Event, canonical, sha256
from motcua_desktop.domain.fold import replay
from motcua_desktop.sync import hub
from motcua_desktop.sync.wire import NOT_AN_EVENT, Header, Limits, read_event, unpack

_Name = TypeVar("_Name", str, int)
_LOG = logging.getLogger(__name__)
_AT_ONCE = 500  # names in one query
_MOST_GAPS = 100  # told in one answer


@dataclass(frozen=True, slots=True)
class Reception:
    """The outcome of a batch: its header, one answer an event in its order, and the chain's open places."""

    header: Header
    answers: list[dict[str, object]]
    missing: list[tuple[int, int]]
    forked: list[int]

    def count(self, answer: str) -> int:
        return sum(each["answer"] == answer for each in self.answers)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a batch: the event and its canonical text, or the number of what is wrong with it."""

    raw: bytes
    event: Event | None
    text: str = ""
    wrong: str = ""


@dataclass(slots=True)
class _Intake:
    """What a batch adds, gathered before it is written."""

    events: dict[str, Event] = field(default_factory=dict)
    rows: list[dict[str, object]] = field(default_factory=list)
    refused: list[dict[str, object]] = field(default_factory=list)
    answers: list[dict[str, object]] = field(default_factory=list)


def receive(database: Database, data: bytes, limits: Limits, now_ms: int) -> Reception:
    """Take a batch file in, in one transaction. Raises HubRefusal (DH-1xx) when it is no batch at all."""
    header, raw = unpack(data, limits)
    lines = [_read(line, header, limits) for line in raw]
    with database.write() as connection:
        database.look_at_epoch(connection)
        known = _known(connection, header.office, [line.event.id for line in lines if line.event])
        intake = _sorted_out(header, lines, known, now_ms)
        insert_new(connection, EVENT, intake.rows)
        _keep_particulars(connection, header.office, intake.events.values())
        insert_new(connection, REFUSED, intake.refused)
        whole_to, missing = _chain(connection, header)
        _write_chain(connection, header, whole_to, now_ms)
        forked = _forks(connection, header, intake.events.values())
        _project(connection, header.office, {e.dossier for e in intake.events.values() if e.dossier})
    return Reception(header, intake.answers, missing, forked)


def _read(raw: bytes, header: Header, limits: Limits) -> _Line:
    try:
        event = read_event(raw, limits)
        text = canonical(event.covered())
    except HubRefusal as refusal:
        return _Line(raw, None, wrong=refusal.problem.number)
    except (ValueError, RecursionError):  # numbers or letters that have no canonical form
        return _Line(raw, None, wrong=NOT_AN_EVENT)
    return _Line(raw, event, text.decode(), _wrong(event, text, header))


def _wrong(event: Event, text: bytes, header: Header) -> str:
    if event.desk != header.desk:
        return problems.OTHER_CHAIN
    if sha256(text) != event.hash:
        return problems.ALTERED
    try:
        if event.particulars and event.particulars.digest() != event.body.get(PARTICULARS_HASH):
            return problems.OTHER_PARTICULARS
    except (ValueError, RecursionError):
        return problems.OTHER_PARTICULARS
    return ""


def _known(connection: Connection, office: str, ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in _parts(ids):
        query = select(EVENT.c.id, EVENT.c.hash).where(EVENT.c.office == office, EVENT.c.id.in_(part))
        found |= {row.id: row.hash for row in connection.execute(query)}
    return found


def _sorted_out(header: Header, lines: list[_Line], known: Mapping[str, str], now_ms: int) -> _Intake:
    intake, hashes = _Intake(), dict(known)
    for line in lines:
        event, wrong = line.event, line.wrong
        if event is not None and not wrong and hashes.get(event.id, event.hash) != event.hash:
            wrong = problems.OTHER_CONTENT
        if event is None or wrong:
            intake.refused.append(_refused_row(header, line, wrong, now_ms))
            problem = problems.problem(wrong)
            intake.answers.append({"id": _claimed_id(line), "answer": hub.REFUSED, "problem": problem})
        elif event.id in hashes:
            intake.answers.append({"id": event.id, "answer": hub.KNOWN})
        else:
            hashes[event.id] = event.hash
            intake.events[event.id] = event
            intake.rows.append(_event_row(header.office, event, line.text, now_ms))
            intake.answers.append({"id": event.id, "answer": hub.ACCEPTED})
    return intake


def _event_row(office: str, event: Event, text: str, now_ms: int) -> dict[str, object]:
    return {
        "office": office,
        "id": event.id,
        "desk": event.desk,
        "seq": event.seq,
        "hash": event.hash,
        "kind": event.kind,
        "dossier": event.dossier,
        "json": text,
        "arrived_ms": now_ms,
    }


def _refused_row(header: Header, line: _Line, wrong: str, now_ms: int) -> dict[str, object]:
    """A line that could not be read is named by its id, if it has one, and by the SHA-256 of its bytes."""
    claimed = line.event
    return {
        "office": header.office,
        "desk": header.desk,
        "id": _claimed_id(line)[:36],
        "hash": claimed.hash if claimed else sha256(line.raw),
        "seq": _claimed_place(line, header.desk),
        "problem": wrong,
        "arrived_ms": now_ms,
    }


def _claimed(raw: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _claimed_id(line: _Line) -> str:
    if line.event is not None:
        return line.event.id
    ident = _claimed(line.raw).get("id")
    # Lone surrogates are JSON, but nothing that an answer or a table could hold.
    return ident.encode(errors="replace").decode() if isinstance(ident, str) and len(ident) <= 64 else ""


def _claimed_place(line: _Line, desk: str) -> int | None:
    if line.event is not None:
        return line.event.seq if line.event.desk == desk else None
    place = _claimed(line.raw).get("seq")
    return place if type(place) is int and 0 < place < 1 << 53 else None


def _keep_particulars(connection: Connection, office: str, events: Iterable[Event]) -> None:
    """Keep the personal data that came along, and let go of what an erasure names, whichever came first."""
    events = list(events)
    named = [e.body.get("event") for e in events if e.kind == Kind.PARTICULARS_ERASED]
    gone = [{"office": office, "event": name} for name in named if isinstance(name, str) and len(name) <= 36]
    insert_new(connection, ERASED, gone)
    for part in _parts([str(row["event"]) for row in gone]):
        erased = delete(PARTICULARS).where(PARTICULARS.c.office == office, PARTICULARS.c.event.in_(part))
        connection.execute(erased)
    fresh = {event.id: event.particulars for event in events if event.particulars is not None}
    for part in _parts(list(fresh)):
        query = select(ERASED.c.event).where(ERASED.c.office == office, ERASED.c.event.in_(part))
        for name in connection.execute(query).scalars().all():
            del fresh[name]
    rows = [
        {"office": office, "event": name, "salt": held.salt, "json": canonical(held.data).decode()}
        for name, held in fresh.items()
    ]
    insert_new(connection, PARTICULARS, rows)


def _chain(connection: Connection, header: Header) -> tuple[int, list[tuple[int, int]]]:
    """Up to where the chain is whole, and the gaps behind that."""
    mine = (CHAIN.c.office == header.office, CHAIN.c.desk == header.desk)
    whole_to = connection.execute(select(CHAIN.c.whole_to).where(*mine)).scalar() or 0
    places: set[int] = set()
    for table in (EVENT, REFUSED):
        query = select(table.c.seq).where(
            table.c.office == header.office, table.c.desk == header.desk, table.c.seq > whole_to
        )
        places.update(connection.execute(query).scalars())
    gaps: list[tuple[int, int]] = []
    last = whole_to
    for place in sorted(places):
        if place > last + 1:
            gaps.append((last + 1, place - 1))
        last = place
    return (gaps[0][0] - 1 if gaps else last), gaps[:_MOST_GAPS]


def _write_chain(connection: Connection, header: Header, whole_to: int, now_ms: int) -> None:
    now = {"whole_to": whole_to, "last_contact_ms": now_ms}
    row = {"office": header.office, "desk": header.desk, "first_contact_ms": now_ms, **now}
    insert_new(connection, CHAIN, [row])
    mine = (CHAIN.c.office == header.office, CHAIN.c.desk == header.desk)
    connection.execute(CHAIN.update().where(*mine).values(**now))


def _forks(connection: Connection, header: Header, events: Iterable[Event]) -> list[int]:
    """Places that two events claim, or whose event follows another than the one that is here."""
    events = list(events)
    here: dict[int, set[str]] = {}
    wanted = sorted({place for event in events for place in (event.seq - 1, event.seq)})
    for part in _parts(wanted):
        query = select(EVENT.c.seq, EVENT.c.hash).where(
            EVENT.c.office == header.office, EVENT.c.desk == header.desk, EVENT.c.seq.in_(part)
        )
        for row in connection.execute(query):
            here.setdefault(row.seq, set()).add(row.hash)
    forked = {event.seq for event in events if len(here[event.seq]) > 1}
    forked |= {e.seq for e in events if e.seq - 1 in here and e.prev not in here[e.seq - 1]}
    return sorted(forked)


def _project(connection: Connection, office: str, dossiers: set[str]) -> None:
    """Draw the touched dossiers again from all their events."""
    histories: dict[str, list[Event]] = {}
    for part in _parts(sorted(dossiers)):
        query = select(EVENT).where(EVENT.c.office == office, EVENT.c.dossier.in_(part))
        for row in connection.execute(query):
            histories.setdefault(row.dossier, []).append(_stored(row))
    rows = [_dossier_row(office, name, events) for name, events in histories.items()]
    put(connection, DOSSIER, [row for row in rows if row])


def _stored(row: Row[Any]) -> Event:
    fields = json.loads(row.json)
    return Event(**{**fields, "after": tuple(fields["after"])}, hash=row.hash)


def _dossier_row(office: str, name: str, events: list[Event]) -> dict[str, object] | None:
    try:
        dossier = replay(events)
    except (AttributeError, KeyError, TypeError, ValueError) as unreadable:
        # Written by a program that this one does not understand: the events are safe, a person should look.
        _LOG.warning("dossier %s of %s cannot be drawn: %s", name, office, type(unreadable).__name__)
        return _undrawn(office, name, events)
    return _drawn(office, dossier) if dossier else None


def _undrawn(office: str, name: str, events: list[Event]) -> dict[str, object]:
    """As much of a dossier as its intake says without being understood."""
    first = next((event for event in events if event.kind == Kind.DOSSIER_RECEIVED), events[0])
    code, due_at = first.body.get("code"), first.body.get("due_at")
    return {
        "office": office,
        "id": name,
        "code": code if isinstance(code, str) else "",
        "status": "unreadable",
        "due_at": due_at if isinstance(due_at, str) else None,
        "received_at": first.happened_at,
        "needs_a_look": 1,
    }


def _drawn(office: str, dossier: Dossier) -> dict[str, object]:
    return {
        "office": office,
        "id": dossier.id,
        "code": str(dossier.code),
        "status": str(dossier.status),
        "due_at": str(dossier.due_at) if dossier.due_at is not None else None,
        "received_at": dossier.received_at,
        "needs_a_look": len(dossier.needs_a_look),
    }


def _parts(names: Sequence[_Name]) -> Iterator[Sequence[_Name]]:
    for start in range(0, len(names), _AT_ONCE):
        yield names[start : start + _AT_ONCE]
