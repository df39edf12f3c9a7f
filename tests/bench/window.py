"""The window ready for input on 100,000 dossiers: whole processes, against a bare window and an empty store."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

from motcua_desktop.services.desk import STORE_NAME, init_desk
from tests.bench.big_store import big_store, busy_today
from tests.bench.measure import LIMITS, SHELF, Ratio, in_turn
from tests.factories import office

DOSSIERS = 100_000
RUNS = 21
PAGE = 256
ALLOWED, ALLOWED_BESIDE_EMPTY = 1.6, 1.1
PATIENCE_S = 60
COUNTER = Path(__file__).with_name("counter_process.py")


def measure() -> list[Ratio]:
    """All ratios from one series: ours full, bare by pages, bare with all rows, ours empty, in turn."""
    full = big_store(DOSSIERS)
    busy_today(full)
    with tempfile.TemporaryDirectory(dir=SHELF) as name:
        empty = Path(name) / "empty"
        init_desk(empty, office()).close()
        rows = _plain(full / STORE_NAME, Path(name) / "rows.db")
        ours, paged, whole, beside = in_turn(
            RUNS,
            lambda: _until_ready(COUNTER, full),
            lambda: _until_ready(LIMITS / "window.py", rows, PAGE),
            lambda: _until_ready(LIMITS / "window.py", rows, DOSSIERS * 2),
            lambda: _until_ready(COUNTER, empty),
        )
    return [
        Ratio("window ready on 100,000 against a bare one, all rows read", ours, whole, ALLOWED),
        Ratio("window ready on 100,000 against a bare one, one page read", ours, paged, ALLOWED),
        Ratio("window ready on 100,000 against an empty store", ours, beside, ALLOWED_BESIDE_EMPTY),
    ]


def imports() -> str:
    """What the modules of our window cost, by package, as `-X importtime` sees it."""
    with tempfile.TemporaryDirectory(dir=SHELF) as name:
        folder = Path(name) / "empty"
        init_desk(folder, office()).close()
        command = [sys.executable, "-X", "importtime", str(COUNTER), str(folder)]
        said = subprocess.run(command, env=_environment(), capture_output=True, encoding="utf-8", check=True)
    spent: Counter[str] = Counter()
    for line in said.stderr.splitlines():
        if line.startswith("import time:") and "self" not in line:
            own, _, module = line.removeprefix("import time:").split("|")
            spent[_package(module.strip())] += int(own)
    lines = [f"{spent[name] / 1000:8.1f} ms  {name}" for name, _ in spent.most_common(25)]
    return "\n".join([*lines, f"{spent.total() / 1000:8.1f} ms  in all (the measuring itself slows imports)"])


def _package(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] in ("motcua_desktop", "ui", "PySide6") else parts[0]


def _plain(store: Path, path: Path) -> Path:
    """The same rows in a plain file."""
    connection = sqlite3.connect(path)
    connection.execute("ATTACH ? AS store", (str(store),))
    connection.execute(
        "CREATE TABLE line (n INTEGER PRIMARY KEY, code, full_name, procedure_name, received_at, due_at, sent)"
    )
    connection.execute(
        "INSERT INTO line SELECT row_number() OVER (ORDER BY n), code, full_name, procedure_name, received_at, "
        "due_at, coalesce((SELECT state FROM store.delivery WHERE dossier = d.id AND state <> 'accepted'), "
        "'accepted') FROM store.dossier d"
    )
    connection.commit()
    connection.close()
    return path


def _until_ready(script: Path, *arguments: object) -> float:
    began = perf_counter()
    command = [sys.executable, str(script), *map(str, arguments)]
    with subprocess.Popen(
        command, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().split()
        took = perf_counter() - began
        process.wait(PATIENCE_S)
    if said != ["ready"]:
        raise AssertionError(f"{script.name} was not ready, or had loaded what it need not: {said}")
    return took


def _environment() -> dict[str, str]:
    """As on a desk: byte code is kept, also where the tree is only read; no screen is needed."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MOTCUA"))}
    return own | {
        "PYTHONPYCACHEPREFIX": str(SHELF / "bytecode"),
        "PYTHONUTF8": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
