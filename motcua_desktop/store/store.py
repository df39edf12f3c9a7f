"""The store: one writing connection, any number of reading ones, short transactions."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from motcua_desktop.store.connection import Connection, connect, translated
from motcua_desktop.store.schema import prepare


class Store:
    """One SQLite file. Writers take turns (`BEGIN IMMEDIATE`); readers see the last commit and never wait."""

    def __init__(self, path: Path, key: str | None = None) -> None:
        """Open the file, making or migrating it as needed; raises EnvironmentFault."""
        self.path = path
        self._key = key
        self._writer = prepare(path, key)
        self._turn = threading.Lock()
        self._readers: list[Connection] = []
        self._mine = threading.local()

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: durably on disk when the block ends, gone without a trace when it raises."""
        with self._turn, translated(self.path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """This thread's reading connection; a write through it is refused by SQLite."""
        with translated(self.path):
            connection: Connection | None = getattr(self._mine, "connection", None)
            if connection is None:
                connection = self._mine.connection = connect(self.path, self._key, read_only=True)
                self._readers.append(connection)
            yield connection

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file by the last one."""
        for connection in (*self._readers, self._writer):
            connection.close()
        self._readers.clear()


def find_chain(connection: Connection) -> str | None:
    """The name of the chain that this store writes; None before it has one."""
    row = connection.execute("SELECT value FROM identity WHERE name = 'chain'").fetchone()
    return str(row[0]) if row else None


def own_chain(connection: Connection, office_code: str, desk: int) -> str:
    """The name of the chain that this store writes, made on first use: office, desk and a random part."""
    known = find_chain(connection)
    if known is not None:
        return known
    name = f"{office_code}#{desk}-{os.urandom(3).hex()}"
    connection.execute("INSERT INTO identity VALUES ('chain', ?)", (name,))
    return name
