"""`motcua catalogue`: what is in force, and what a province's list would change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Motcua
from tests.services.nasty_list import BAD, SHEET, SOURCE, TAKEN, write_csv, write_xlsx

DECISION = "Quyết định số 7/QĐ-UBND ngày 01/11/2026"
LIST = [["Mã TTHC", "Tên TTHC", "Thời hạn giải quyết"], ["1.001193", "Đăng ký khai sinh", "2 ngày làm việc"]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "list.csv", LIST)


def due(motcua: Motcua, received: str) -> str:
    return str(motcua("due", "ks", "--received", received).row["due_at"])


def test_a_preview_tells_what_would_change_and_changes_nothing(motcua: Motcua, file: Path) -> None:
    said = motcua("catalogue", "import", file, "--from", "2026-12-01", "--source", DECISION)
    assert said.code == 0
    assert (said.row["applied"], said.row["from"], said.row["source"]) == (
        False,
        "2026-12-01",
        DECISION,
    )
    assert said.row["counts"]["changed"] == 1
    (change,) = [c for c in said.row["changes"] if c["kind"] == "changed"]
    assert {"terms", "source"} == {field["field"] for field in change["fields"]}
    assert due(motcua, "2026-12-01T08:00").startswith("2026-12-01")


def test_an_applied_list_counts_from_its_day_on(motcua: Motcua, file: Path) -> None:
    assert motcua("catalogue", "import", file, "--from", "2026-12-01", "--apply").row["applied"] is True
    assert due(motcua, "2026-12-01T08:00").startswith("2026-12-03")
    assert due(motcua, "2026-11-30T08:00").startswith("2026-11-30")


def test_a_list_applied_twice_is_applied_once(motcua: Motcua, file: Path) -> None:
    motcua("catalogue", "import", file, "--from", "2026-12-01", "--apply")
    again = motcua("catalogue", "import", file, "--from", "2026-12-01", "--apply")
    assert (again.code, again.row["applied"]) == (0, False)


def test_bad_rows_are_named_and_the_rest_is_taken(motcua: Motcua, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", {"Danh mục": SHEET})
    said = motcua("catalogue", "import", path, "--apply")
    assert said.code == 1
    assert [(b["row"], b["column"]) for b in said.row["bad"]] == [(row, column) for row, column, _, _ in BAD]
    assert all(b["said"] for b in said.row["bad"])
    assert (said.row["applied"], said.row["source"]) == (True, SOURCE)
    taken = {c["code"] for c in said.row["changes"] if c["kind"] in ("added", "changed")}
    assert taken == TAKEN


def test_what_the_list_lacks_ends_only_when_asked(motcua: Motcua, file: Path) -> None:
    before = len(motcua("catalogue", "list").rows)
    motcua("catalogue", "import", file, "--from", "2026-11-20", "--apply")
    assert len(motcua("catalogue", "list").rows) == before
    motcua("catalogue", "import", file, "--from", "2026-11-20", "--end-missing", "--apply")
    assert [row["code"] for row in motcua("catalogue", "list").rows] == ["1.001193"]


def test_a_person_reads_each_change_as_a_line(
    bare: Motcua, motcua: Motcua, folder: Path, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "list.csv", [*LIST, ["1.000656", "Đăng ký khai tử", "5"]])
    said = bare("--data", folder, "catalogue", "import", path, "--from", "2026-12-01")
    assert said.code == 1
    assert "01/12/2026" in said.out
    assert any("1.001193" in line for line in said.out.splitlines())
    assert any("→" in line and "2" in line for line in said.out.splitlines())
    assert "1.000656" in said.err and "“5”" in said.err


@pytest.mark.parametrize(
    ("name", "content", "number"),
    [("a.pdf", b"%PDF-1.4", "MC-225"), ("b.csv", b"a;b\n1;2", "MC-226")],
)
def test_a_file_that_is_no_list_is_refused(
    motcua: Motcua, tmp_path: Path, name: str, content: bytes, number: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    said = motcua("catalogue", "import", path, "--apply")
    assert said.code == 1
    assert said.row["refused"]["number"] == number


def test_a_day_that_does_not_exist_is_refused(motcua: Motcua, file: Path) -> None:
    assert motcua("catalogue", "import", file, "--from", "2026-02-30").row["refused"]["number"] == "MC-119"


def test_a_file_that_is_not_there_is_the_machines_trouble(motcua: Motcua, tmp_path: Path) -> None:
    said = motcua("catalogue", "import", tmp_path / "none.xlsx")
    assert said.code == 2
    assert "MC-210" in said.err
