"""A desk's store with dossiers in it, made by the ledger alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from motcua_desktop.domain import clock
from motcua_desktop.domain.event import Draft, Event
from motcua_desktop.store import ledger
from motcua_desktop.store.store import Store, own_chain

OFFICE = "H18.11.05"
RECEIVED_AT = "2026-11-20T09:47:00+07:00"


def intake_body(number: int, **more: object) -> dict[str, Any]:
    return {
        "code": f"{OFFICE}-261120-{number:04}",
        "key": f"050112611200{number:04}",
        "desk": 1,
        "number": number,
        "office": {"code": OFFICE, "name": "UBND xã Tả Phìn", "place": "Tả Phìn"},
        "procedure": {"code": "1.001193", "short_name": "Khai sinh", "field": "Hộ tịch"},
        "term": {"kind": "same_day"},
        "due_at": "2026-11-20T17:00:00+07:00",
        "provisional_year": None,
        "channel": "counter",
        "documents": [],
        "owed": [],
        "sets": 1,
        "return_by": "counter",
        "fee": None,
        "case": None,
        "request_id": None,
        **more,
    }


def particulars(number: int) -> dict[str, Any]:
    applicant = {
        "full_name": f"Vàng A Dế {number}",
        "id_number": f"0110910{number:05}",
        "phone": "0912345678",
    }
    return {"applicant": applicant, "representative": None, "secret": "40718265", "note": ""}


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    store = Store(path)
    try:
        yield store
    finally:
        store.close()


def chain_of(store: Store) -> str:
    with store.write() as connection:
        return own_chain(connection, OFFICE, 1)


def write(store: Store, drafts: Iterable[Draft]) -> list[Event]:
    chain = chain_of(store)
    with store.write() as connection:
        return [ledger.append(connection, chain, draft) for draft in drafts]


def intake(number: int, **more: object) -> Draft:
    """A dossier's first event."""
    return Draft(
        kind="dossier_received",
        body=intake_body(number, **more),
        happened_at=RECEIVED_AT,
        officer="Nguyễn Thị Nhung",
        dossier=clock.uuid7(clock.now_ms()),
        particulars=particulars(number),
    )


def receive_dossiers(store: Store, numbers: Iterable[int]) -> list[Event]:
    """One new dossier a number, queued for sending."""
    return write(store, [intake(number) for number in numbers])


def states(store: Store) -> dict[str, int]:
    """Events by state."""
    with store.read() as connection:
        rows = connection.execute("SELECT state, count(*) FROM delivery GROUP BY state").fetchall()
    return dict(rows)
