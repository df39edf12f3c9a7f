"""Opening the district's database, and the one place that knows which database it is."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from motcua_desktop.district.problems import (
    NO_SUCH_STORE,
    NOT_A_STORE,
    STORE_OUT_OF_REACH,
    STORE_TOO_NEW,
)
from motcua_desktop.district.tables import LATEST, META, METADATA
from motcua_desktop.domain.errors import fault

BUSY_TIMEOUT_MS = 5_000


class Database:
    """The district's store. Writers of this process take turns; a transaction is durable when it ends."""

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        """Open or make the store at `sqlite:///FILE`; `read_only` makes and changes nothing.

        Raises EnvironmentFault DH-302 for any other kind of address and for a file to read that is not there,
        DH-303 for a file of a newer program, DH-304 for a place that cannot be used and DH-305 for a file that
        is no store.
        """
        self._turn = threading.Lock()
        address = _address(url)
        if read_only and not _file(address).is_file():
            raise fault(NO_SUCH_STORE, url=url)
        self._engine = _engine(address, read_only=read_only)
        try:
            if read_only:
                with self.read() as connection:
                    self.epoch = _recognised(connection, url)
            else:
                with self.write() as connection:
                    self.epoch = _prepared(connection, url)
        except DatabaseError as error:
            self.close()
            raise fault(_number(error), path=url, cause=str(error.orig)) from error
        except BaseException:
            self.close()
            raise

    def begin_epoch(self) -> str:
        """Say to every desk that this store came out of a backup and may have forgotten things."""
        epoch = secrets.token_hex(8)
        with self.write() as connection:
            connection.execute(META.update().where(META.c.name == "epoch").values(value=epoch))
        self.epoch = epoch
        return epoch

    def look_at_epoch(self, connection: Connection) -> None:
        """Notice a restoring that another process declared while this one was serving."""
        self.epoch = _epoch(connection)

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, taking its place before it reads."""
        writer = self._engine.execution_options(motcua_writes=True)
        with self._turn, writer.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the last commit."""
        with self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, leaving those alone whose key is there already."""
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), rows)


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or bring those with the same key up to date."""
    if rows:
        statement = insert(table)
        keys = list(table.primary_key.columns)
        newer = {name: statement.excluded[name] for name in rows[0] if not table.c[name].primary_key}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=newer), rows)


def _prepared(connection: Connection, url: str) -> str:
    """The epoch of a store that was made or recognised; one of a newer program is left alone."""
    if inspect(connection).has_table(META.name):
        _refuse_newer(connection, url)
    METADATA.create_all(connection)
    insert_new(connection, META, [{"name": "schema", "value": str(LATEST)}])
    insert_new(connection, META, [{"name": "epoch", "value": secrets.token_hex(8)}])
    return _epoch(connection)


def _recognised(connection: Connection, url: str) -> str:
    """The epoch of a store that is there, whole."""
    if not {table.name for table in METADATA.sorted_tables} <= set(inspect(connection).get_table_names()):
        raise fault(NOT_A_STORE, path=url)
    _refuse_newer(connection, url)
    return _epoch(connection)


def _refuse_newer(connection: Connection, url: str) -> None:
    version = connection.execute(select(META.c.value).where(META.c.name == "schema")).scalar_one()
    if int(version) > LATEST:
        raise fault(STORE_TOO_NEW, path=url, version=int(version), known=LATEST)


def _epoch(connection: Connection) -> str:
    return str(connection.execute(select(META.c.value).where(META.c.name == "epoch")).scalar_one())


def _number(error: DatabaseError) -> str:
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return NOT_A_STORE if code == sqlite3.SQLITE_NOTADB else STORE_OUT_OF_REACH


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as unreadable:
        raise fault(NO_SUCH_STORE, url=url) from unreadable
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        raise fault(NO_SUCH_STORE, url=address.render_as_string(hide_password=True))
    return address


def _file(address: URL) -> Path:
    return Path(str(address.database))


def _engine(address: URL, *, read_only: bool) -> Engine:
    if read_only:
        engine = create_engine(address, hide_parameters=True, creator=_looking(_file(address)))
        event.listen(engine, "connect", _prepare_looking)
    else:
        waiting = {"timeout": BUSY_TIMEOUT_MS / 1000}
        engine = create_engine(address, hide_parameters=True, connect_args=waiting)
        event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _looking(file: Path) -> Callable[[], sqlite3.Connection]:
    """Connects for reading only. A store at rest has no log beside it, and none is made by looking."""

    def connect() -> sqlite3.Connection:
        at_rest = "" if file.with_name(f"{file.name}-wal").exists() else "&immutable=1"
        target = f"{file.absolute().as_uri()}?mode=ro{at_rest}"
        return sqlite3.connect(target, BUSY_TIMEOUT_MS / 1000, uri=True, check_same_thread=False)

    return connect


def _prepare_looking(connection: Any, record: object) -> None:
    _set_up(connection, "query_only = ON", "trusted_schema = OFF")


def _prepare(connection: Any, record: object) -> None:
    _set_up(
        connection,
        "journal_mode = WAL",
        "synchronous = FULL",
        "fullfsync = ON",
        "trusted_schema = OFF",
        "secure_delete = ON",
    )


def _set_up(connection: Any, *pragmas: str) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("motcua_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
