"""Limit: the bare indexed query for the first rows of the deadline board, on a plain SQLite file, as raw tuples.

Usage: board.py FILE SOURCE. FILE is made from SOURCE, a store, unless it is there. How many rows are wanted comes
on standard input, a number a line; the seconds taken and the rows found go to standard output.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from time import perf_counter

COLUMNS = "id, code, key, full_name, id_number, phone, procedure, procedure_name, status, received_at, due_at"
COLUMNS += ", holder, paused, unit, apologised, due_total_at, sent"
QUERY = f"SELECT {COLUMNS} FROM line WHERE paused = 0 AND due_ms > 0 ORDER BY due_ms, n LIMIT ?"


def make(path: Path, source: str) -> None:
    making = path.with_suffix(".making")
    making.unlink(missing_ok=True)
    db = sqlite3.connect(making, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute(f"CREATE TABLE line (n INTEGER PRIMARY KEY, {COLUMNS}, due_ms INTEGER)")
    db.execute("ATTACH ? AS source", (source,))
    sent = "coalesce((SELECT state FROM source.delivery WHERE dossier = d.id AND state <> 'accepted'), 'accepted')"
    wanted = COLUMNS.removesuffix(", sent")
    db.execute("BEGIN")
    db.execute(
        f"INSERT INTO line SELECT n, {wanted}, {sent}, due_ms FROM source.dossier d WHERE open ORDER BY n"
    )
    db.execute("CREATE INDEX line_by_due ON line (paused, due_ms)")
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
for wanted in map(int, sys.stdin):
    began = perf_counter()
    rows = db.execute(QUERY, (wanted,)).fetchall()
    print(perf_counter() - began, len(rows), flush=True)
