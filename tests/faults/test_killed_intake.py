"""A desk that is killed at any step of an intake keeps every answered dossier and goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from motcua_desktop.services.checkup import rebuild
from motcua_desktop.services.desk import KEY_VARIABLE, Desk, init_desk, open_desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.store import ledger
from tests.desks import KEY, dump
from tests.factories import line, moment, office, submission
from tests.faults.child import KILL
from tests.faults.test_durability import can_trace

ROOT = Path(__file__).resolve().parents[2]
FORKS = hasattr(os, "fork")
KILLS_A_STORE = 20
STRIDE = 1 if FORKS else 7  # a run that is not a fork takes half a second to start
DAY = "2025-11-20T09:47:00+07:00"
INIT = ["--office-code", "H18.11.05", "--office", "UBND xã Tả Phìn", "--province", "Điện Biên", "--desk", "1"]
CALLS = (
    ("fdatasync", range(1, 7)),
    ("pwrite64", range(2, 24, 3)),
    ("fsync", range(1, 2)),
    ("rename", range(1, 3)),
)
Order = Callable[[dict[str, Any]], int]


@pytest.fixture(scope="module")
def ordered() -> Iterator[Order]:
    """Has one order carried out by a child; gives its exit code, negative for a signal."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.faults.child"]
    if not FORKS:

        def once(order: dict[str, Any]) -> int:
            done = subprocess.run([*command, json.dumps(order)], cwd=ROOT, env=environment, check=False)
            return -done.returncode if done.returncode == KILL else done.returncode

        yield once
        return
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment, encoding="utf-8"
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        to, back = child.stdin, child.stdout

        def forked(order: dict[str, Any]) -> int:
            print(json.dumps(order), file=to, flush=True)
            return int(back.readline())

        yield forked
        to.close()


@dataclass
class Office:
    """A folder with a desk, what it was given and what it has answered so far."""

    folder: Path
    key: str | None
    answers: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0

    @property
    def receipts(self) -> Path:
        return self.folder / "receipts"

    def order(self, kill: int | None) -> dict[str, Any]:
        """Two dossiers, the second by a request that is new every time."""
        self.requests += 1
        rows = [line(received_at=DAY), line(received_at=DAY, request_id=f"r-{self.requests}")]
        (self.folder / "lines.jsonl").write_text("\n".join(rows), encoding="utf-8")
        given = ["intake", str(self.folder / "lines.jsonl"), "--receipts", str(self.receipts)]
        return self.asked(kill, *given)

    def asked(self, kill: int | None, *arguments: str) -> dict[str, Any]:
        whole = ["--data", str(self.folder), *arguments]
        return {"arguments": whole, "out": str(self.folder / "answers"), "key": self.key, "kill": kill}

    def heard(self) -> list[dict[str, Any]]:
        """The answers of the last run that came out whole."""
        said = (self.folder / "answers").read_text(encoding="utf-8")
        return [json.loads(row) for row in said.splitlines(keepends=True) if row.endswith("\n")]


def made(folder: Path, key: str | None) -> Office:
    folder.mkdir(parents=True)
    init_desk(folder, office()).close()
    return Office(folder, key)


@pytest.fixture(params=[None, KEY], ids=["sqlite3", "sqlcipher3"])
def key(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str | None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    if request.param:
        monkeypatch.setenv(KEY_VARIABLE, request.param)
    chosen: str | None = request.param
    return chosen


def steps_of(order: dict[str, Any], ordered: Order) -> int:
    assert ordered(order) == 0
    return int(Path(order["out"] + ".steps").read_text(encoding="utf-8"))


def assert_whole(desk: Desk, place: Office) -> None:
    """Everything that must hold after any interruption, and that the next dossier goes in."""
    with desk.store.read() as connection:
        assert list(ledger.faults(connection)) == []
        assert connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        rows = connection.execute("SELECT id, code FROM dossier").fetchall()
    codes = [code for _, code in rows]
    assert len(set(codes)) == len(codes)
    answered = {(answer["id"], answer["code"]) for answer in place.answers}
    assert answered <= set(rows)
    assert len({answer["code"] for answer in place.answers}) == len(answered)
    if place.receipts.exists():
        assert {path.stem for path in place.receipts.glob("*.pdf")} <= set(codes)
    before = dump(desk.store)
    rebuild(desk)
    assert dump(desk.store) == before
    following = receive(desk, submission(received_at=moment("2025-11-20T10:00"))).dossier
    assert following.code not in codes
    place.answers.append({"id": following.id, "code": following.code})


def assert_receipts(desk: Desk, heard: list[dict[str, Any]]) -> None:
    """Each answer of a killed run stands on paper as the ledger says."""
    for answer in heard:
        sheet = find_dossier(desk, answer["id"]).sheets[0]
        assert hashlib.sha256(Path(answer["receipt"]).read_bytes()).hexdigest() == sheet.sha256


def test_no_step_of_an_intake_loses_an_answered_dossier(
    tmp_path: Path, key: str | None, ordered: Order
) -> None:
    steps = steps_of(made(tmp_path / "counted", key).order(None), ordered)
    place = made(tmp_path / "0", key)
    kills = 0
    for last in range(1, steps + 1, STRIDE):
        if kills and kills % KILLS_A_STORE == 0:
            place = made(tmp_path / str(kills), key)
        ended = ordered(place.order(last))
        assert ended in (-KILL, 0), last  # a store with a history takes a step or two fewer
        kills += ended == -KILL
        heard = place.heard()
        place.answers += heard
        desk = open_desk(place.folder)
        try:
            assert_whole(desk, place)
            assert_receipts(desk, heard)
        finally:
            desk.close()
    print(f"{kills} kills at {steps} steps")
    assert kills >= 150 // STRIDE  # on two drivers: three hundred in all


@pytest.mark.skipif(
    not can_trace(), reason="system calls are interrupted with strace, which does not run here"
)
def test_no_system_call_of_a_commit_loses_an_answered_dossier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    place = made(tmp_path / "desk", None)
    kills = 0
    for call, places in CALLS:
        for nth in places:
            order = place.order(None)
            inject = f"inject={call}:signal=KILL:when={nth}"
            command = [
                "strace",
                "-f",
                "-qq",
                "-e",
                f"trace={call}",
                "-e",
                inject,
                "-o",
                os.devnull,
                sys.executable,
            ]
            done = subprocess.run(
                [*command, "-m", "tests.faults.child", json.dumps(order)],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                capture_output=True,
                check=False,
            )
            kills += done.returncode in (-KILL, 128 + KILL)
            place.answers += place.heard()
            desk = open_desk(place.folder)
            try:
                assert_whole(desk, place)
            finally:
                desk.close()
    print(f"{kills} kills inside system calls")
    assert kills >= 14


def test_no_step_of_making_a_desk_leaves_a_folder_that_cannot_be_used(
    tmp_path: Path, key: str | None, ordered: Order
) -> None:
    making = ["init", *INIT, "--officer", "Nguyễn Thị Nhung", "--unit", "0501"]
    (tmp_path / "counted").mkdir()
    steps = steps_of(Office(tmp_path / "counted", key).asked(None, *making), ordered)
    kills = 0
    for last in range(1, steps + 1, 5 * STRIDE):
        place = Office(tmp_path / str(last), key)
        place.folder.mkdir()
        assert ordered(place.asked(last, *making)) == -KILL
        kills += 1
        again = ordered(place.asked(None, *making))
        assert again in (0, 2)  # made by the second asking, or whole since the first
        desk = open_desk(place.folder)
        try:
            assert_whole(desk, place)
        finally:
            desk.close()
    print(f"{kills} kills at {steps} steps")
    assert kills >= 10 // STRIDE


def test_no_step_of_a_rebuild_loses_what_it_makes_anew(
    tmp_path: Path, key: str | None, ordered: Order
) -> None:
    place = made(tmp_path / "desk", key)
    for _ in range(3):
        assert ordered(place.order(None)) == 0
        place.answers += place.heard()
    steps = steps_of(place.asked(None, "rebuild"), ordered)
    for last in range(1, steps + 1, 11 * STRIDE):
        assert ordered(place.asked(last, "rebuild")) in (-KILL, 0)
        desk = open_desk(place.folder)
        try:
            assert_whole(desk, place)
        finally:
            desk.close()
