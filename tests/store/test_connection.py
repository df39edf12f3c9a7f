"""Opening files, and what the machine can refuse: every driver error becomes one numbered fault."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from motcua_desktop.domain.errors import EnvironmentFault
from motcua_desktop.store import connection as doors
from motcua_desktop.store import schema
from motcua_desktop.store.connection import Connection, connect
from motcua_desktop.store.schema import LATEST
from motcua_desktop.store.store import Store
from tests.desks import KEY, Shelf, append, dump, intake_draft


@contextmanager
def refused(number: str) -> Iterator[None]:
    with pytest.raises(EnvironmentFault) as told:
        yield
    assert told.value.problem.number == number


@pytest.fixture
def closed(shelf: Shelf) -> Shelf:
    """A store with one dossier in it, closed."""
    store = shelf.open()
    append(store, intake_draft())
    store.close()
    return shelf


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def pragma(connection: Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_writing_connection_waits_for_the_disk_and_a_reading_one_cannot_write(store: Store) -> None:
    with store.write() as writer:
        assert pragma(writer, "journal_mode") == "wal"
        assert pragma(writer, "synchronous") == 2
        assert pragma(writer, "foreign_keys") == 1
        assert pragma(writer, "recursive_triggers") == 1
    with store.read() as reader:
        assert pragma(reader, "query_only") == 1
    with refused("MC-135"), store.read() as reader:
        reader.execute("DELETE FROM hub")


def test_a_store_keeps_its_content_from_one_opening_to_the_next(closed: Shelf) -> None:
    store = closed.open()
    assert len(dump(store)["dossier"]) == 1
    store.close()
    assert [path.name for path in closed.folder.iterdir()] == ["motcua.db"]


def test_a_locked_file_holds_no_readable_word(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, KEY)
    store = shelf.open()
    append(store, intake_draft())
    store.close()
    held = shelf.path.read_bytes()
    assert not held.startswith(b"SQLite format 3")
    assert [word for word in (b"event", b"011091000001", "Vàng".encode()) if word in held] == []


@pytest.mark.parametrize(("made_with", "opened_with"), [(KEY, "cd" * 32), (KEY, None), (None, KEY)])
def test_the_wrong_key_opens_nothing_and_spoils_nothing(
    tmp_path: Path, made_with: str | None, opened_with: str | None
) -> None:
    shelf = Shelf(tmp_path, made_with)
    shelf.open().close()
    before = files(tmp_path)
    with refused("MC-211"):
        Store(shelf.path, opened_with)
    assert files(tmp_path) == before
    shelf.open().close()


def test_a_file_of_a_newer_program_is_refused_and_left_as_it_is(closed: Shelf) -> None:
    raw = closed.raw()
    raw.execute(f"PRAGMA user_version = {LATEST + 1}")
    raw.close()
    before = files(closed.folder)
    with refused("MC-134"):
        closed.open()
    assert files(closed.folder) == before


def test_a_database_of_another_program_is_refused_and_left_as_it_is(shelf: Shelf) -> None:
    raw = shelf.raw()
    raw.execute("CREATE TABLE song (title TEXT)")
    raw.close()
    before = files(shelf.folder)
    with refused("MC-136"):
        shelf.open()
    assert files(shelf.folder) == before


@pytest.mark.parametrize(
    "content", [b"no database at all\n" * 100, b"SQLite format 3\0" + b"\xff" * 5000, b"x"]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(shelf: Shelf, content: bytes) -> None:
    shelf.path.write_bytes(content)
    with refused("MC-136" if content == b"x" else "MC-211"):
        shelf.open()
    assert files(shelf.folder) == {"motcua.db": content}


def test_a_folder_in_place_of_the_file_is_out_of_reach(shelf: Shelf) -> None:
    shelf.path.mkdir()
    with refused("MC-135"):
        shelf.open()


def test_a_store_in_a_folder_that_does_not_exist_is_out_of_reach(shelf: Shelf) -> None:
    with refused("MC-135"):
        Store(shelf.folder / "away" / "motcua.db", shelf.key)


def test_an_empty_file_becomes_a_store(shelf: Shelf) -> None:
    shelf.path.touch()
    store = shelf.open()
    assert len(append(store, intake_draft())) == 1
    store.close()


def test_a_store_whose_making_was_cut_off_anywhere_is_finished_on_the_next_opening(shelf: Shelf) -> None:
    statements = steps_of_making(shelf)
    assert statements > 20
    for step in range(statements):
        half = Shelf(shelf.folder / str(step), shelf.key)
        half.folder.mkdir()
        with stopped_after(step), pytest.raises(KeyboardInterrupt):
            half.open()
        store = half.open()
        assert len(append(store, intake_draft())) == 1
        store.close()


class _Counting:
    """How many statements were seen, and before which to stop."""

    def __init__(self, stop: int | None) -> None:
        self.stop = stop
        self.seen = 0


def steps_of_making(shelf: Shelf) -> int:
    whole = Shelf(shelf.folder / "whole", shelf.key)
    whole.folder.mkdir()
    with stopped_after(None) as counting:
        whole.open().close()
    return counting.seen


@contextmanager
def stopped_after(step: int | None) -> Iterator[_Counting]:
    counting = _Counting(step)

    def watched(path: Path, key: str | None = None, **how: bool) -> Connection:
        opened = connect(path, key, **how)
        return _Stopping(opened, counting)  # type: ignore[return-value]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "connect", watched)
        yield counting


class _Stopping:
    """A connection that is cut off, uncommitted, before its n-th statement."""

    def __init__(self, inner: Connection, counting: _Counting) -> None:
        self._inner = inner
        self._counting = counting

    def execute(self, statement: str, *given: object) -> sqlite3.Cursor:
        if self._counting.stop is not None and self._counting.seen >= self._counting.stop:
            raise KeyboardInterrupt
        self._counting.seen += 1
        return self._inner.execute(statement, *given)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


def test_a_full_disk_loses_the_entry_and_nothing_before_it(store: Store) -> None:
    append(store, intake_draft(1))
    before = dump(store)
    with store.write() as writer:
        pages = writer.execute("PRAGMA page_count").fetchone()[0]
        writer.execute(f"PRAGMA max_page_count = {pages}")
    with refused("MC-131"):
        append(store, *(intake_draft(number) for number in range(2, 200)))
    with store.write() as writer:
        last = writer.execute("SELECT max(seq) FROM event").fetchone()[0]
        writer.execute("PRAGMA max_page_count = 1000000")
    assert last < 199
    assert append(store, intake_draft(200))[0].seq == last + 1
    assert len(dump(store)["dossier"]) >= len(before["dossier"])


def test_a_file_that_another_program_holds_says_so_and_takes_the_entry_later(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "BUSY_TIMEOUT_MS", 1)
    store, other = shelf.open(), shelf.raw()
    other.execute("BEGIN IMMEDIATE")
    with refused("MC-133"):
        append(store, intake_draft())
    other.execute("ROLLBACK")
    assert append(store, intake_draft())[0].seq == 1
    other.close()
    store.close()


def test_a_file_that_may_only_be_read_is_out_of_reach_for_writing(closed: Shelf) -> None:
    store = closed.open()
    with store.write() as transaction:
        writer = transaction
    writer.execute("PRAGMA query_only = ON")
    with refused("MC-135"):
        append(store, intake_draft(2))
    writer.execute("PRAGMA query_only = OFF")
    assert append(store, intake_draft(2))[0].seq == 2
    store.close()


def test_a_damaged_file_is_told_apart_from_a_wrong_program(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, None)
    store = shelf.open()
    append(store, *(intake_draft(number) for number in range(1, 30)))
    store.close()
    held = bytearray(shelf.path.read_bytes())
    held[4096:] = b"\xff" * (len(held) - 4096)
    shelf.path.write_bytes(held)
    with refused("MC-132"):
        store = shelf.open()
        try:
            append(store, intake_draft(30))
        finally:
            store.close()


@pytest.mark.parametrize(
    ("code", "number"),
    [
        (sqlite3.SQLITE_FULL, "MC-131"),
        (sqlite3.SQLITE_CORRUPT, "MC-132"),
        (sqlite3.SQLITE_CORRUPT_VTAB, "MC-132"),
        (sqlite3.SQLITE_NOTADB, "MC-211"),
        (sqlite3.SQLITE_BUSY, "MC-133"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "MC-133"),
        (sqlite3.SQLITE_LOCKED, "MC-133"),
        (sqlite3.SQLITE_IOERR, "MC-135"),
        (sqlite3.SQLITE_IOERR_FSYNC, "MC-135"),
        (sqlite3.SQLITE_CANTOPEN, "MC-135"),
        (sqlite3.SQLITE_READONLY, "MC-135"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "MC-135"),
        (sqlite3.SQLITE_PERM, "MC-135"),
    ],
)
def test_every_code_of_the_driver_has_its_number(code: int, number: str) -> None:
    error = sqlite3.OperationalError("some words in some language")
    error.sqlite_errorcode = code
    with refused(number), doors.translated(Path("motcua.db")):
        raise error


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("database or disk is full", "MC-131"),
        ("database disk image is malformed", "MC-132"),
        ("file is not a database", "MC-211"),
        ("database is locked", "MC-133"),
        ("database table is locked", "MC-133"),
        ("disk I/O error", "MC-135"),
        ("unable to open database file", "MC-135"),
        ("attempt to write a readonly database", "MC-135"),
    ],
)
def test_the_driver_without_codes_is_understood_too(text: str, number: str) -> None:
    with refused(number), doors.translated(Path("motcua.db")):
        raise dbapi2.OperationalError(text)


@pytest.mark.parametrize(
    "make",
    [lambda: sqlite3.OperationalError("no such table: x"), lambda: ValueError("x"), lambda: OSError(28, "x")],
)
def test_a_mistake_of_our_own_is_not_dressed_up_as_the_machine(make: Callable[[], Exception]) -> None:
    error = make()
    with pytest.raises(type(error)) as told, doors.translated(Path("motcua.db")):
        raise error
    assert told.value is error


def test_a_key_that_is_not_hexadecimal_never_reaches_the_database(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="hex"):
        connect(tmp_path / "motcua.db", "'; DROP TABLE event; --")
