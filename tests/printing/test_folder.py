"""The printer that is a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.printing.port import OutcomeKind


def test_the_file_is_named_after_the_job_and_nothing_unfinished_stays(tmp_path: Path) -> None:
    outcome = FolderPrinter(tmp_path).send(b"%PDF", "H15.038-261120-0001", "A5")

    assert [path.name for path in tmp_path.iterdir()] == [outcome.job]
    assert outcome.job == "H15.038-261120-0001.pdf"


def test_a_sheet_drawn_again_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path)
    printer.send(b"%PDF 1", "H15", "A5")

    job = printer.send(b"%PDF 2", "H15", "A5").job

    assert [path.name for path in tmp_path.iterdir()] == [job]
    assert (tmp_path / job).read_bytes() == b"%PDF 2"


@pytest.mark.parametrize("title", ["../../etc/x", "", "a" * 500, "CON: <tờ> | ?", "..."])
def test_a_strange_title_stays_in_the_folder(tmp_path: Path, title: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()

    job = FolderPrinter(folder).send(b"%PDF", title, "A5").job

    assert (folder / job).read_bytes() == b"%PDF"
    assert list(tmp_path.iterdir()) == [folder]


def test_a_disk_that_refuses_is_a_failure_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    outcome = FolderPrinter(tmp_path).send(b"%PDF", "H15", "A5")

    assert (outcome.kind, outcome.detail) == (OutcomeKind.FAILED, "28 No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_flushed_to_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr("os.fsync", lambda handle: seen.append("fsync"))
    real = __import__("os").replace

    def replace(source: str, target: Path) -> None:
        seen.append("replace")
        real(source, target)

    monkeypatch.setattr("os.replace", replace)

    FolderPrinter(tmp_path).send(b"%PDF", "H15", "A5")

    assert seen[:2] == ["fsync", "replace"]
