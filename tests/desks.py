"""Stores and desks to work at, on both drivers; imported by the conftest of each folder that uses them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from motcua_desktop.domain.clock import now_ms, uuid7
from motcua_desktop.domain.dossier import Kind
from motcua_desktop.domain.event import Draft, Event
from motcua_desktop.services import desk as desks
from motcua_desktop.services.desk import Desk, init_desk
from motcua_desktop.store import ledger
from motcua_desktop.store.connection import Connection, connect
from motcua_desktop.store.schema import DERIVED_TABLES
from motcua_desktop.store.store import Store
from tests.factories import PARTICULARS, intake_body, moment, office

KEY = "ab" * 32
CHAIN = "H18.11.05#1-aaaaaa"
WHEN = "2026-11-20T09:47:00+07:00"
OFFICER = "Nguyễn Thị Nhung"
CLOCK = moment("2026-11-20T17:30")


@dataclass(frozen=True)
class Shelf:
    """A folder with one driver's stores; `key` is None for a plain file."""

    folder: Path
    key: str | None

    @property
    def path(self) -> Path:
        return self.folder / "motcua.db"

    def open(self) -> Store:
        return Store(self.path, self.key)

    def raw(self) -> Connection:
        """A connection past the store, for doing what nobody should."""
        return connect(self.path, self.key)

    def copied(self, name: str) -> Shelf:
        """The same store in another folder; the original must be closed."""
        folder = self.folder / name
        folder.mkdir()
        shutil.copy(self.path, folder / "motcua.db")
        return Shelf(folder, self.key)


@pytest.fixture(params=[None, KEY], ids=["sqlite3", "sqlcipher3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, request.param)


@pytest.fixture
def store(shelf: Shelf) -> Iterator[Store]:
    opened = shelf.open()
    yield opened
    opened.close()


def intake_draft(number: int = 1, personal: dict[str, Any] | None = None, **more: object) -> Draft:
    """A dossier's first event as the services write it."""
    given = {**PARTICULARS, **(personal or {})}
    body = intake_body(number, **more)
    return Draft(Kind.DOSSIER_RECEIVED, body, WHEN, OFFICER, uuid7(now_ms()), given)


def append(store: Store, *drafts: Draft) -> list[Event]:
    """Each draft in a transaction of its own."""
    events = []
    for draft in drafts:
        with store.write() as transaction:
            events.append(ledger.append(transaction, CHAIN, draft))
    return events


def more(event: Event, kind: str, body: dict[str, Any]) -> Draft:
    """A further event of the same dossier."""
    return Draft(kind, body, WHEN, OFFICER, event.dossier)


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every derived row, and every word of the search index with the rows it leads to."""
    with store.write() as connection:
        rows = {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in DERIVED_TABLES
        }
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'search', 'instance')")
        rows["search"] = sorted(connection.execute("SELECT term, doc FROM temp.words").fetchall())
        connection.execute("DROP TABLE temp.words")
        connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    return rows


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: CLOCK


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Desk 1 of an invented office, on Friday 20 November 2026 at half past five."""
    monkeypatch.delenv(desks.KEY_VARIABLE, raising=False)
    made = init_desk(tmp_path / "desk", office())
    made.now = lambda: CLOCK
    yield made
    made.close()
