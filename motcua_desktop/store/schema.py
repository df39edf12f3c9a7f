"""The file's schema, one migration a released version; a newer program's file is refused and left alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from motcua_desktop.domain.errors import fault
from motcua_desktop.store.connection import APPLICATION_ID, Connection, connect, translated

if TYPE_CHECKING:
    from sqlite_utils import Database

LATEST = 2
SMALLEST = 512  # bytes of the smallest page: SQLite takes a shorter file for an empty one

_LEDGER = (
    """
    CREATE TABLE event (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        desk TEXT NOT NULL,
        seq INTEGER NOT NULL,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL,
        at INTEGER NOT NULL,
        happened_at TEXT NOT NULL,
        after TEXT NOT NULL,
        officer TEXT NOT NULL,
        dossier TEXT,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (desk, seq)
    ) STRICT
    """,
    "CREATE INDEX event_of_dossier ON event (dossier)",
    """
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
    BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END
    """,
    """
    CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
    BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END
    """,
    """
    CREATE TABLE particulars (
        event TEXT PRIMARY KEY REFERENCES event (id),
        salt TEXT NOT NULL,
        json TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE identity (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

_DERIVED = (
    """
    CREATE TABLE dossier (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        code TEXT NOT NULL,
        key TEXT NOT NULL,
        desk INTEGER NOT NULL,
        day TEXT NOT NULL,
        number INTEGER NOT NULL,
        procedure TEXT NOT NULL,
        procedure_name TEXT NOT NULL,
        field TEXT NOT NULL,
        full_name TEXT NOT NULL,
        id_number TEXT NOT NULL,
        phone TEXT NOT NULL,
        status TEXT NOT NULL,
        open INTEGER NOT NULL,
        received_at TEXT NOT NULL,
        received_ms INTEGER NOT NULL,
        due_at TEXT,
        due_ms INTEGER,
        provisional INTEGER NOT NULL,
        holder TEXT NOT NULL,
        request_id TEXT,
        needs_a_look INTEGER NOT NULL,
        search_text TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX dossier_by_code ON dossier (code)",
    "CREATE INDEX dossier_by_key ON dossier (key)",
    "CREATE INDEX dossier_by_number ON dossier (desk, day, number)",
    "CREATE INDEX dossier_by_person ON dossier (id_number, received_ms)",
    "CREATE INDEX dossier_by_day ON dossier (day, received_ms)",
    "CREATE INDEX dossier_by_due ON dossier (due_ms, status) WHERE open",  # counted without the rows
    "CREATE INDEX dossier_by_request ON dossier (request_id) WHERE request_id IS NOT NULL",
    """
    CREATE TABLE external_code (
        dossier TEXT NOT NULL,
        system TEXT NOT NULL,
        code TEXT NOT NULL COLLATE NOCASE,
        PRIMARY KEY (dossier, system, code)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX external_code_by_code ON external_code (code)",
    """
    CREATE VIRTUAL TABLE search USING fts5 (
        search_text, content = 'dossier', content_rowid = 'n', detail = 'none', columnsize = 0, prefix = '1 2 3'
    )
    """,
    "CREATE TABLE usage (procedure TEXT PRIMARY KEY, times INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE day_decision (
        n INTEGER PRIMARY KEY,
        date TEXT NOT NULL,
        kind TEXT NOT NULL,
        reason TEXT NOT NULL,
        source TEXT NOT NULL
    ) STRICT
    """,
)

_SENDING = (
    """
    CREATE TABLE delivery (
        event TEXT PRIMARY KEY REFERENCES event (id),
        n INTEGER NOT NULL,
        dossier TEXT,
        state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'waiting', 'refused')),
        since_ms INTEGER NOT NULL,
        settled_ms INTEGER,
        again_ms INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0,
        problem TEXT
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX delivery_unsettled ON delivery (n) WHERE state <> 'accepted'",
    "CREATE INDEX delivery_settled ON delivery (settled_ms) WHERE state = 'accepted'",
    "CREATE INDEX delivery_of_dossier ON delivery (dossier) WHERE state <> 'accepted'",
    "CREATE TABLE hub (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

_LIFE = (
    "ALTER TABLE dossier ADD COLUMN paused INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE dossier ADD COLUMN due_total_at TEXT",
    "ALTER TABLE dossier ADD COLUMN unit TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE dossier ADD COLUMN apologised INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE dossier ADD COLUMN finished_at TEXT",
    "ALTER TABLE dossier ADD COLUMN book TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE dossier ADD COLUMN entry INTEGER",
    "UPDATE dossier SET book = desk || '/' || substr(received_at, 1, 4)",
    "DROP INDEX dossier_by_due",
    "CREATE INDEX dossier_by_due ON dossier (paused, due_ms) WHERE open",
    "CREATE INDEX dossier_by_entry ON dossier (book, entry)",
    "CREATE INDEX dossier_ready ON dossier (finished_at) WHERE status = 'finished'",
    """
    CREATE TABLE payment (
        event TEXT PRIMARY KEY,
        dossier TEXT NOT NULL,
        day TEXT NOT NULL,
        at TEXT NOT NULL,
        amount INTEGER NOT NULL,
        mode TEXT NOT NULL,
        book TEXT NOT NULL,
        entry INTEGER,
        officer TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE form_entry (
        event TEXT PRIMARY KEY,
        dossier TEXT NOT NULL,
        kind TEXT NOT NULL,
        book TEXT NOT NULL,
        entry INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX form_by_entry ON form_entry (kind, book, entry)",
    "CREATE INDEX payment_by_day ON payment (day)",
    "CREATE INDEX payment_by_entry ON payment (book, entry)",
    "CREATE TABLE published_catalogue (n INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT",
    "CREATE TABLE closed_month (n INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT",
)

DERIVED_TABLES = (
    "dossier",
    "external_code",
    "usage",
    "setting",
    "day_decision",
    "payment",
    "form_entry",
    "published_catalogue",
    "closed_month",
)


def prepare(path: Path, key: str | None) -> Connection:
    """Open the store for writing, brought up to this program's schema.

    Raises EnvironmentFault MC-134 for a file of a newer program and MC-136 for a file that is not a store;
    neither is touched.
    """
    fresh = not path.exists() or path.stat().st_size == 0
    if fresh:
        _make_private(path)
    else:
        _refuse_strangers(path, key)
    connection = connect(path, key)
    try:
        with translated(path):
            if _version(connection) < LATEST:
                _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(path: Path) -> None:
    """Make the file for nobody else's eyes; its log and index take over the same rights (SQLite)."""
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise fault("MC-135", path=str(path), cause=str(error)) from error


def _refuse_strangers(path: Path, key: str | None) -> None:
    if path.is_file() and path.stat().st_size < SMALLEST:
        raise fault("MC-136", path=str(path))
    at_rest = not path.with_name(f"{path.name}-wal").exists()
    looking = connect(path, key, read_only=True, at_rest=at_rest)
    try:
        version = _version(looking)
        stranger = looking.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID
        empty = not looking.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    finally:
        looking.close()
    if version > LATEST:
        raise fault("MC-134", path=str(path), version=version, known=LATEST)
    if stranger and not empty:
        raise fault("MC-136", path=str(path))


def _version(connection: Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: Connection) -> None:
    from sqlite_utils import Database, Migrations  # needed once in a file's life, slow to import

    # First of all the file says whose it is: making it may be cut off at any moment, and is then taken up again.
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations = Migrations("motcua")

    @migrations()
    def m001_the_ledger_and_what_follows_from_it(db: Database) -> None:
        _execute(db, *_LEDGER, *_DERIVED, *_SENDING)
        _execute(db, "PRAGMA user_version = 1")

    @migrations()
    def m002_the_life_of_a_dossier(db: Database) -> None:
        _execute(db, *_LIFE, "PRAGMA user_version = 2")

    migrations.apply(Database(connection))


def _execute(db: Database, *statements: str) -> None:
    for statement in statements:
        db.execute(statement)
