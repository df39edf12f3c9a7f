"""Limit: the bare FTS5 query behind a search, on a plain SQLite file; the newest 50 rows as raw tuples.

Usage: search.py FILE SOURCE. FILE is made from SOURCE, a store, unless it is there. Match
expressions come on standard input, one a line; the seconds each took go to standard output.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from time import perf_counter

COLUMNS = "id, code, key, full_name, id_number, phone, procedure, procedure_name, status"
COLUMNS += ", received_at, due_at, holder, sent"
QUERY = (
    f"SELECT {', '.join('d.' + name for name in COLUMNS.split(', '))} FROM search s JOIN line d ON d.n = s.rowid "
    "WHERE search MATCH ? ORDER BY s.rowid DESC LIMIT 50"
)


def make(path: Path, source: str) -> None:
    making = path.with_suffix(".making")
    making.unlink(missing_ok=True)
    db = sqlite3.connect(making, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute(f"CREATE TABLE line (n INTEGER PRIMARY KEY, {COLUMNS}, search_text)")
    db.execute(
        "CREATE VIRTUAL TABLE search USING fts5 (search_text, content = 'line', content_rowid = 'n', "
        "detail = 'none', columnsize = 0, prefix = '1 2 3')"
    )
    db.execute("ATTACH ? AS source", (source,))
    sent = "coalesce((SELECT state FROM source.delivery WHERE dossier = d.id AND state <> 'accepted'), 'accepted')"
    wanted = COLUMNS.removesuffix(", sent")
    db.execute("BEGIN")
    db.execute(f"INSERT INTO line SELECT n, {wanted}, {sent}, search_text FROM source.dossier d ORDER BY n")
    db.execute("INSERT INTO search (search) VALUES ('rebuild')")
    db.execute("INSERT INTO search (search) VALUES ('optimize')")
    db.execute("COMMIT")
    db.execute("DETACH source")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    making.rename(path)


if not Path(sys.argv[1]).exists():
    make(Path(sys.argv[1]), sys.argv[2])
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
db.execute("PRAGMA mmap_size = 4000000000")
db.execute("PRAGMA cache_size = -200000")
for match in map(str.strip, sys.stdin):
    began = perf_counter()
    rows = db.execute(QUERY, (match,)).fetchall()
    print(perf_counter() - began, len(rows), flush=True)
