"""What follows from the ledger: one row a dossier, its search text, settings and day decisions.

Written in the transaction of the event, and made again from nothing by `rebuild`; both go through `derive`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua_desktop.domain.event import Event, Kind
from motcua_desktop.domain.status import Verb
from motcua_desktop.domain.text import digits, words
from motcua_desktop.store.connection import Connection
from motcua_desktop.store.schema import DERIVED_TABLES

if TYPE_CHECKING:
    from motcua_desktop.domain.dossier import Dossier

_ROW = (
    "n, id, code, key, desk, day, number, procedure, procedure_name, field, full_name, id_number, phone, status, "
    "open, received_at, received_ms, due_at, due_ms, provisional, holder, request_id, needs_a_look, search_text, "
    "paused, due_total_at, unit, apologised, finished_at, book, entry"
)
COLUMNS = _ROW.count(",") + 1
SEARCH_TEXT = 23  # its place in a row
_INSERT = f"INSERT OR REPLACE INTO dossier ({_ROW}) VALUES ({', '.join('?' * COLUMNS)})"
TAIL = "t"  # marks the token of a number's last four digits


# Of these nothing stands in a derived table: they are read from the ledger with their dossier.
UNSEEN = frozenset({Kind.SHEET_DRAWN, Kind.SHEET_SENT, Kind.CLOCK_CONFIRMED})


def derive(connection: Connection, event: Event, place: int, earlier: list[Event]) -> None:
    """Bring the derived tables up to one more event; `earlier` are the dossier's other events."""
    if event.kind == Kind.OFFICE_CONFIGURED:
        connection.execute("INSERT OR REPLACE INTO setting VALUES ('office', ?)", (office_text(event),))
    elif event.kind == Kind.CALENDAR_DECIDED:
        connection.execute("INSERT INTO day_decision VALUES (?, ?, ?, ?, ?)", day_row(event, place))
    elif event.kind in AS_THEY_ARE:
        connection.execute(f"INSERT INTO {AS_THEY_ARE[event.kind]} VALUES (?, ?)", body_row(event, place))
    if event.kind == Kind.DOSSIER_RECEIVED:
        procedure = event.body["procedure"]["code"]
        connection.execute(
            "INSERT INTO usage VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1", (procedure,)
        )
    if event.dossier is not None:
        from motcua_desktop.domain.fold import replay  # reading lists needs no fold: no window waits for it

        _write_dossier(connection, replay([*earlier, event]), place, first=not earlier)


# Kept as the event has them; the services read them in order.
AS_THEY_ARE = {
    str(Kind.CATALOGUE_PUBLISHED): "published_catalogue",
    str(Kind.REGISTER_CLOSED): "closed_month",
}


def body_row(event: Event, place: int) -> tuple[Any, ...]:
    """The row of an event that is kept as it is."""
    return place, json.dumps(event.body, ensure_ascii=False, sort_keys=True)


def office_text(event: Event) -> str:
    """The office as its setting keeps it."""
    return json.dumps(event.body["office"], ensure_ascii=False, sort_keys=True)


def day_row(event: Event, place: int) -> tuple[Any, ...]:
    """The row of a decision about a day."""
    body = event.body
    return place, body["date"], body["kind"], body["reason"], body["source"]


def rebuild(connection: Connection, ledger: list[tuple[int, Event]]) -> None:
    """Empty every derived table and derive it again from the whole ledger."""
    for table in DERIVED_TABLES:
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    earlier: defaultdict[str | None, list[Event]] = defaultdict(list)
    for place, event in ledger:
        if event.kind in UNSEEN:
            earlier[event.dossier].append(event)
            continue
        derive(connection, event, place, earlier[event.dossier] if event.dossier else [])
        earlier[event.dossier].append(event)


def forget_old_words(connection: Connection) -> None:
    """Make the search index anew, so that no word of an older row stays in its inner pages."""
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")


def _write_dossier(connection: Connection, dossier: Dossier | None, place: int, *, first: bool) -> None:
    if dossier is None:
        return
    old = None if first else stored_row(connection, dossier.id)
    place = old[0] if old else place
    text = search_text(dossier)
    changed = old is None or old[SEARCH_TEXT] != text
    if old and changed:
        delete = "INSERT INTO search (search, rowid, search_text) VALUES ('delete', ?, ?)"
        connection.execute(delete, (place, old[SEARCH_TEXT]))
    row = row_of(dossier, place, text)
    if row != old:  # a drawn sheet, for one, is not in the row: eight indexes are left alone
        connection.execute(_INSERT, row)
    if changed:
        connection.execute("INSERT INTO search (rowid, search_text) VALUES (?, ?)", (place, text))
    for external in dossier.external_codes:
        code = (dossier.id, external.system, external.code)
        connection.execute("INSERT OR IGNORE INTO external_code VALUES (?, ?, ?)", code)
    for form in form_rows(dossier):
        connection.execute("INSERT OR IGNORE INTO form_entry VALUES (?, ?, ?, ?, ?)", form)
    for payment in payment_rows(dossier):
        connection.execute("INSERT OR IGNORE INTO payment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", payment)


def stored_row(connection: Connection, dossier: str) -> tuple[Any, ...] | None:
    """The row of a dossier (its id) as it stands."""
    row: tuple[Any, ...] | None = connection.execute(
        f"SELECT {_ROW} FROM dossier WHERE id = ?", (dossier,)
    ).fetchone()
    return row


def row_of(dossier: Dossier, place: int, text: str) -> tuple[Any, ...]:
    """The row of a dossier as it follows from its events; `place` is its first event's in this store."""
    applicant = dossier.applicant
    return (
        place,
        dossier.id,
        dossier.code,
        dossier.key,
        dossier.desk,
        dossier.came_at[:10],
        dossier.number,
        dossier.procedure["code"],
        dossier.procedure["short_name"],
        dossier.procedure["field"],
        applicant.full_name if applicant else "",
        applicant.id_number if applicant else "",
        applicant.phone if applicant else "",
        str(dossier.status),
        int(dossier.is_open),
        dossier.received_at,
        _ms(dossier.received_at),
        dossier.due_at,
        _ms(dossier.due_at) if dossier.due_at else None,
        int(dossier.provisional_year is not None),
        dossier.holder,
        dossier.request_id,
        len(dossier.needs_a_look),
        text,
        int(dossier.paused),
        dossier.due_total_at,
        dossier.unit,
        dossier.times(Verb.EXTEND),
        dossier.finished_at,
        dossier.book or f"{dossier.desk}/{dossier.came_at[:4]}",
        dossier.entry,
    )


def form_rows(dossier: Dossier) -> list[tuple[Any, ...]]:
    """The rows of the numbered forms that a dossier's acts asked for."""
    forms = ((act.event, act.facts.get("form")) for act in dossier.acts)
    return [(event, dossier.id, form["kind"], form["book"], form["entry"]) for event, form in forms if form]


def _clock(moment: datetime) -> tuple[str, str]:
    return moment.date().isoformat(), moment.isoformat(timespec="seconds")


def payment_rows(dossier: Dossier) -> list[tuple[Any, ...]]:
    """The rows of what was paid for a dossier."""
    return [
        (p.event, dossier.id, *_clock(p.at), p.amount_vnd, str(p.mode), p.book, p.entry, p.officer)
        for p in dossier.payments
    ]


def _ms(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)


def search_text(dossier: Dossier) -> str:
    """The words by which a dossier is found: names folded, codes without points, last four digits marked."""
    found: list[str] = []
    for person in (dossier.applicant, dossier.representative):
        if person is not None:
            found += words(person.full_name)
            found += _number(person.id_number) + _number(digits(person.phone))
    codes = [dossier.code, *(external.code for external in dossier.external_codes)]
    for code in codes:
        found.append("".join(words(code)))
        day_and_sequence = digits("".join(code.split("-")[1:]))
        found += [day_and_sequence, TAIL + day_and_sequence[-4:]] if day_and_sequence else []
    found += _number(dossier.key)
    return " ".join(dict.fromkeys(found))


def _number(text: str) -> list[str]:
    bare = "".join(words(text))
    return [bare, TAIL + bare[-4:]] if len(bare) >= 4 else ([bare] if bare else [])
