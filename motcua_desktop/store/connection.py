"""The one function that opens a connection, and the one place that turns a driver's error into ours."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any, TypeAlias, cast

from motcua_desktop.domain.errors import EnvironmentFault, fault

Connection: TypeAlias = sqlite3.Connection

BUSY_TIMEOUT_MS = 5_000
APPLICATION_ID = 0x4D434431  # "MCD1": tells our file from any other SQLite file

_DISK_FULL, _DAMAGED, _BUSY, _OUT_OF_REACH, _UNREADABLE = "MC-131", "MC-132", "MC-133", "MC-135", "MC-211"
_NUMBERS = {
    sqlite3.SQLITE_FULL: _DISK_FULL,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _UNREADABLE,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_IOERR: _OUT_OF_REACH,
    sqlite3.SQLITE_CANTOPEN: _OUT_OF_REACH,
    sqlite3.SQLITE_READONLY: _OUT_OF_REACH,
    sqlite3.SQLITE_PERM: _OUT_OF_REACH,
}
# sqlcipher3 gives its errors no code; these are the fixed texts of sqlite3_errstr() for the same codes.
_FIXED_TEXTS = {
    "database or disk is full": _DISK_FULL,
    "database disk image is malformed": _DAMAGED,
    "file is not a database": _UNREADABLE,
    "database is locked": _BUSY,
    "database table is locked": _BUSY,
    "disk I/O error": _OUT_OF_REACH,
    "unable to open database file": _OUT_OF_REACH,
    "attempt to write a readonly database": _OUT_OF_REACH,
}


def connect(
    path: Path, key: str | None = None, *, read_only: bool = False, at_rest: bool = False
) -> Connection:
    """Open the file with every pragma that durability asks for.

    `key` is 64 hex digits; with it the file is encrypted (SQLCipher, raw key). Raises EnvironmentFault. The
    connection has no transaction of its own: `Store.write` begins and ends each one. A file `at_rest` has nobody
    else at work on it and no log beside it; looking at it then leaves nothing there.
    """
    refuse_share(path.absolute())
    with translated(path):
        mode = ("?mode=ro&immutable=1" if at_rest else "?mode=ro") if read_only else ""
        target = path.absolute().as_uri() + mode
        driver: Any = sqlite3 if key is None else import_module("sqlcipher3.dbapi2")
        connection = driver.connect(target, uri=True, isolation_level=None, check_same_thread=False)
        try:
            if key is not None:
                connection.execute(f"PRAGMA key = \"x'{bytes.fromhex(key).hex()}'\"")
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA recursive_triggers = ON")  # REPLACE deletes: the ledger forbids it
            if read_only:
                connection.execute("PRAGMA query_only = ON")
            else:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone stops at the disk's cache
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            connection.close()
            raise
        return cast(Connection, connection)


def refuse_share(path: PurePath) -> None:
    r"""Refuse a place on another machine (\\server\share): a write-ahead log is not safe there (MC-163)."""
    if path.drive.startswith("\\\\"):
        raise fault("MC-163", path=str(path))


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what a driver says of the machine into EnvironmentFault; our own mistakes pass unchanged."""
    try:
        yield
    except Exception as error:
        found = _environment_fault(error, path)
        if found is None:
            raise
        raise found from error


def _environment_fault(error: Exception, path: Path) -> EnvironmentFault | None:
    if not any(kind.__name__ == "DatabaseError" for kind in type(error).__mro__):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    number = _NUMBERS.get(code & 0xFF) if isinstance(code, int) else _FIXED_TEXTS.get(str(error))
    return fault(number, path=str(path), cause=str(error)) if number else None
