"""A dossier is on the disk, not only in the system's memory, before anybody is told or anything is printed.

The system calls of a real run are read: every write to the store's log must be followed by a flush of it before an
answer leaves, a receipt gets its name, or a job goes to the spooler.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from motcua_desktop.services.desk import KEY_VARIABLE, init_desk
from tests.cli.commands import good
from tests.desks import KEY
from tests.factories import office

ROOT = Path(__file__).resolve().parents[2]
CALLS = "fsync,fdatasync,write,pwrite64,writev,pwritev,sendto,rename,renameat,renameat2,execve"
SPOOLER = {
    "lpoptions": "printer-is-accepting-jobs=true printer-state=3 printer-state-reasons=none",
    "lpstat": "",
    "lp": "request id is quay1-7 (1 file(s))",
}
LINES = 3


def can_trace() -> bool:
    strace = shutil.which("strace")
    if strace is None:
        return False
    done = subprocess.run([strace, "-f", "-y", "-e", "trace=fsync", "true"], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = pytest.mark.skipif(
    not can_trace(), reason="system calls are read with strace, which does not run here"
)


@dataclass
class Told:
    """What a trace says: how often the log was written and flushed, and what left while it was not flushed."""

    writes: int = 0
    flushes: int = 0
    answers: int = 0
    receipts: int = 0
    jobs: int = 0
    too_early: list[str] | None = None


def read_trace(text: str) -> Told:
    """Judge a trace of `strace -f -y`."""
    told = Told(too_early=[])
    flushed = True
    for call in text.splitlines():
        written = re.search(r"\b(?:p?write(?:64|v)?)\((\d+)<([^>]*)>", call)
        synced = re.search(r"\b(?:fsync|fdatasync)\(\d+<([^>]*)>\)\s*=\s*0", call)
        leaving = ""
        if written and written[2].endswith("-wal"):
            told.writes += 1
            flushed = False
        elif synced and synced[1].endswith("-wal"):
            told.flushes += 1
            flushed = True
        elif written and written[1] == "1" and '\\"code\\"' in call:
            told.answers += 1
            leaving = "answer"
        elif re.search(r"\brename(?:at2?)?\(.*\.pdf\"", call):
            told.receipts += 1
            leaving = "receipt"
        elif re.search(r"\bexecve\(\"[^\"]*/lp\".*(?:=\s*0|<unfinished \.\.\.>)$", call):
            told.jobs += 1
            leaving = "job"
        if leaving and not flushed and told.too_early is not None:
            told.too_early.append(leaving)
    return told


def traced(folder: Path, key: str | None, *program: str) -> Told:
    """Receive three dossiers with receipts and a spooler, and read the system calls of it."""
    spool = folder / "bin"
    spool.mkdir()
    for name, said in SPOOLER.items():
        script = spool / name
        script.write_text(f"#!/bin/sh\ncat >/dev/null </dev/null\necho '{said}'\n", encoding="utf-8")
        script.chmod(0o755)
    rows = (good(number, received_at="2025-11-20T09:47:00+07:00") for number in range(LINES))
    (folder / "lines.jsonl").write_text("\n".join(rows), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{spool}{os.pathsep}{os.environ['PATH']}"}
    environment |= {KEY_VARIABLE: key or ""}
    given = ["--data", str(folder / "desk"), "intake", str(folder / "lines.jsonl")]
    given += ["--receipts", str(folder / "receipts"), "--print", "quay1"]
    strace = ["strace", "-f", "-y", "-s", "64", "-e", f"trace={CALLS}", "-o", str(folder / "trace")]
    done = subprocess.run(
        [*strace, sys.executable, "-m", *program, *given],
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.count(b'"warnings": []') == LINES, done.stdout.decode()
    return read_trace((folder / "trace").read_text(encoding="utf-8", errors="replace"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str | None) -> Path:
    if key:
        monkeypatch.setenv(KEY_VARIABLE, key)
    else:
        monkeypatch.delenv(KEY_VARIABLE, raising=False)
    init_desk(tmp_path / "desk", office()).close()
    return tmp_path


@pytest.mark.parametrize("key", [None, KEY], ids=["sqlite3", "sqlcipher3"])
def test_nothing_leaves_the_desk_before_its_dossier_is_on_the_disk(folder: Path, key: str | None) -> None:
    told = traced(folder, key, "motcua_desktop.cli.motcua")
    assert (told.answers, told.receipts, told.jobs) == (LINES, LINES, LINES)
    assert told.writes > 0
    assert told.flushes >= 2 * LINES  # the dossier, and the receipt that was drawn of it
    assert told.too_early == []


@pytest.mark.parametrize("key", [None])
@pytest.mark.parametrize("mode", ["OFF", "NORMAL"])
def test_a_store_that_does_not_wait_for_the_disk_would_be_seen(
    folder: Path, key: str | None, mode: str
) -> None:
    told = traced(folder, key, "tests.faults.careless", mode)
    assert (told.answers, told.receipts, told.jobs) == (LINES, LINES, LINES)
    assert told.too_early is not None
    assert set(told.too_early) == {"answer", "receipt", "job"}


def test_the_judge_of_traces_sees_an_answer_that_left_too_early() -> None:
    write, flush = 'pwrite64(5</d/motcua.db-wal>, "x", 24, 0) = 24', "fdatasync(5</d/motcua.db-wal>) = 0"
    answer = 'write(1<pipe:[7]>, "{\\"line\\": 1, \\"code\\": \\"H18\\"}"..., 99) = 99'
    good, early = read_trace("\n".join([write, flush, answer])), read_trace("\n".join([write, answer, flush]))
    assert (good.answers, good.too_early) == (1, [])
    assert (early.answers, early.too_early) == (1, ["answer"])
