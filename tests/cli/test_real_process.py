"""`motcua` as a program of its own: its streams, its exit codes, its standard input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua_desktop.assets import resource
from tests.cli.commands import INIT, good

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `motcua` with a plain C locale, as a script on a small machine would."""

    def started(*arguments: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "motcua_desktop.cli.motcua", *map(str, arguments)]
        kept = {
            n: os.environ[n] for n in ("PATH", "SYSTEMROOT", "TEMP", "USERPROFILE", "HOME") if n in os.environ
        }
        environment = {**kept, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        return subprocess.run(
            command, input=given, capture_output=True, env=environment, cwd=tmp_path, timeout=60, check=False
        )

    return started


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    made = run(*INIT, "--data", tmp_path / "desk")
    assert made.returncode == 0, made.stderr.decode()
    return tmp_path / "desk"


def test_a_day_goes_in_by_a_pipe_and_comes_out_as_lines_of_utf_8(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    day = (
        resource("sample", "day-2026-11-20.jsonl")
        .read_text(encoding="utf-8")
        .replace("2026-11-20T", "2025-11-20T")
    )
    done = run("--data", folder, "intake", "-", "--receipts", tmp_path / "out", given=day.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    rows = [json.loads(row) for row in done.stdout.decode("utf-8").splitlines()]
    assert [row["code"] for row in rows] == [f"H18.11.05-251120-{n:04}" for n in range(1, 38)]
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 37
    found = run("find", "le minh thuy", "--data", folder)
    assert "Lê Minh Thúy" in found.stdout.decode("utf-8")


def test_refusals_go_out_with_one_and_usage_with_two(run: Run, folder: Path) -> None:
    some = run("intake", "-", "--data", folder, given=(good(1, received_at=None) + "\n{}\n").encode())
    assert some.returncode == 1
    assert ["code" in json.loads(row) for row in some.stdout.splitlines()] == [True, False]
    assert run("dance").returncode == 2
    lost = run("board", "--data", folder / "lost")
    assert (lost.returncode, lost.stdout) == (2, b"")
    assert "MC-207" in lost.stderr.decode("utf-8")


def test_english_is_spoken_where_the_environment_asks(folder: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MOTCUA_LANG": "en"}
    command = [sys.executable, "-m", "motcua_desktop.cli.motcua", "show", "x", "--data", str(folder)]
    done = subprocess.run(
        command, capture_output=True, env=environment, cwd=tmp_path, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "There is no dossier" in done.stderr.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no broken pipe of this kind")
@pytest.mark.parametrize(
    "arguments", [["catalogue", "list"], ["due", "ks", "--received", "2025-11-20T08:00"]], ids=len
)
def test_a_reader_that_goes_away_is_no_bug_of_ours(
    folder: Path, tmp_path: Path, arguments: list[str]
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "motcua_desktop.cli.motcua", *arguments, "--data", str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment, cwd=tmp_path) as gone:
        assert gone.stdout is not None
        assert gone.stderr is not None
        gone.stdout.close()
        said = gone.stderr.read()
    assert (gone.returncode, said) == (2, b"")
    assert not (folder / "reports").exists()
