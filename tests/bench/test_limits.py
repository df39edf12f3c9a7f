"""A limit is worth something only while it is short, bare and strict."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.bench import queries
from tests.bench.measure import Ratio, in_turn, table

LONGEST = 60
SCRIPTS = sorted(Path(__file__).with_name("limits").glob("*.py"))
OURS = {"installer", "main", "motcua_desktop", "tests", "ui"}


def imported(path: Path) -> set[str]:
    """The top packages that a script imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." if node.level else str(node.module).split(".")[0])
    return found


def test_there_is_a_limit_for_each_promise() -> None:
    assert [path.stem for path in SCRIPTS] == ["board", "receipt", "register", "search", "window"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_limit_is_read_in_a_minute(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_limit_imports_nothing_of_ours(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert imported(path) & (OURS | {".", "importlib"}) == set()
    assert "__import__" not in text


def test_a_limit_commits_as_durably_as_we_do() -> None:
    text = Path(__file__).with_name("limits").joinpath("receipt.py").read_text(encoding="utf-8")
    assert "journal_mode = WAL" in text
    assert "synchronous = FULL" in text


def test_the_committed_questions_are_those_that_their_script_makes() -> None:
    kept = queries.LIST.read_text(encoding="utf-8").splitlines()
    assert len(kept) == 200
    assert kept == queries.made()


def test_fewer_runs_than_promised_are_refused() -> None:
    with pytest.raises(ValueError, match="15"):
        in_turn(14, lambda: 1.0)


def test_works_are_measured_in_turn_after_one_round_of_warming() -> None:
    order: list[str] = []

    def work(name: str) -> float:
        order.append(name)
        return float(len(order))

    times = in_turn(15, lambda: work("ours"), lambda: work("limit"))

    assert order == ["ours", "limit"] * 16
    assert [len(found) for found in times] == [15, 15]


def test_a_ratio_over_what_is_allowed_is_said_to_be_over() -> None:
    over = Ratio("slow", [0.3] * 15, [0.1] * 15, 1.5)
    well = Ratio("quick", [0.1] * 15, [0.1] * 15, 1.5)
    assert (over.holds, well.holds) == (False, True)
    first, last = table([over, well]).splitlines()[1:]
    assert first.endswith("OVER")
    assert last.endswith("holds")
