"""`motcua sync` and `motcua outbox` against a district in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from motcua_desktop.district.server import EmbeddedDistrict
from motcua_desktop.domain.errors import Problem
from motcua_desktop.services.desk import open_desk
from motcua_desktop.services.sending import outbox
from motcua_desktop.store import delivery
from motcua_desktop.sync.run import Report
from tests.cli.commands import Said, good, lines_file

Command = Callable[..., Said]
NOW = 1_795_000_000_000


@pytest.fixture
def returned(motcua: Command, folder: Path, tmp_path: Path) -> list[str]:
    """Codes of two dossiers, everything of which the district returned."""
    rows = motcua("intake", lines_file(tmp_path / "in.jsonl", good(1), good(2))).rows
    desk = open_desk(folder)
    try:
        lines = outbox(desk.store)
        with desk.store.write() as connection:
            delivery.take(connection, NOW, NOW, 100, 1_000_000)
            connection.execute("UPDATE delivery SET state = 'sending'")
            for line in lines:
                if line.code:
                    delivery.refuse(connection, line.event, Problem("DH-206", None, {"text": "lớn quá"}), NOW)
    finally:
        desk.close()
    return [row["code"] for row in rows]


def states(motcua: Command) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in motcua("outbox").rows:
        found.setdefault(row["code"], set()).add(row["state"])
    return found


def test_one_returned_dossier_is_let_go_out_again_by_its_code(motcua: Command, returned: list[str]) -> None:
    said = motcua("outbox", "--again", returned[1])
    assert (said.code, said.row["again"] > 0) == (0, True)
    now = states(motcua)
    assert (now[returned[0]], now[returned[1]]) == ({"refused"}, {"queued"})
    assert motcua("outbox", "--again", returned[1]).row == {"again": 0}


def test_everything_returned_is_let_go_out_again_and_arrives(
    motcua: Command, returned: list[str], tmp_path: Path
) -> None:
    assert motcua("outbox", "--again").row["again"] >= 2
    with EmbeddedDistrict(f"sqlite:///{(tmp_path / 'district.db').as_posix()}") as district:
        said = motcua("sync", "--hub", district.url)
    assert (said.code, said.row["refused"], said.row["waiting"]) == (0, 0, 0)
    assert (said.row["received"], said.row["scans_left"]) == (0, 0)
    assert "forked" not in said.row
    assert motcua("outbox").rows == []


def test_again_of_a_dossier_that_is_not_here_changes_nothing(motcua: Command, returned: list[str]) -> None:
    said = motcua("outbox", "--again", "H18.11.05-261120-9999")
    assert said.code != 0
    assert "MC-160" in said.out + said.err
    assert all(states(motcua)[code] == {"refused"} for code in returned)


def test_a_forked_ledger_is_said_by_its_number(
    motcua: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua_desktop.cli.line_commands.send_once", lambda *_: Report(sent=1, forked=3))
    fork = motcua("sync", "--hub", "http://127.0.0.1:9").row["forked"]
    assert fork["number"] == "MC-142"
    assert "3" in fork["text"]
