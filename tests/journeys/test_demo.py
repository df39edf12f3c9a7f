"""The demonstration as `main.py --demo` runs it on a machine without a display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent.parent
CITIZENS = 37


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The folder that a demonstration left, after an older one's files were in it, and what it said."""
    output = tmp_path_factory.mktemp("demo")
    for name in ("receipts", "sheets", "screens", "office"):
        (output / name).mkdir()
        (output / name / "of-an-older-run.pdf").write_bytes(b"old")
    (output / "mine.txt").write_text("not the demonstration's", encoding="utf-8")
    environment = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "MOTCUA_KEY")
    }
    environment |= {"QT_QPA_PLATFORM": "offscreen", "MOTCUA_LANG": "vi"}
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", "--demo", "--output", output],
        env=environment,
        cwd=output,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return output, done


def test_all_of_the_sample_day_is_received_printed_and_sent(
    played: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    output, done = played
    assert done.returncode == 0, done.stderr
    assert len(list((output / "receipts").glob("H18.11.05-261120-*.pdf"))) == CITIZENS
    assert [path.name for path in (output / "sheets").iterdir()] == ["H18.11.05-261120-0001_control.pdf"]
    for fact in (
        f"citizens received in the window: {CITIZENS}",
        f"receipts in `receipts/`: {CITIZENS}",
        f"dossiers held by the district: {CITIZENS}",
        "entries still waiting to be sent: 0",
    ):
        assert fact in done.stdout
    assert (output / "summary.md").read_text(encoding="utf-8").strip() in done.stdout


def test_a_second_run_clears_its_own_folders_and_nothing_else(
    played: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    output, _ = played
    assert list(output.rglob("of-an-older-run.pdf")) == []
    assert (output / "mine.txt").read_text(encoding="utf-8") == "not the demonstration's"


def test_each_picture_shows_a_whole_window(played: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    output, _ = played
    pictures = sorted((output / "screens").glob("*.png"))
    assert len(pictures) == 22
    for path in pictures:
        with Image.open(path) as image:
            assert image.size == (1366, 728), path.name
            assert len(image.convert("RGB").getcolors(1 << 24)) > 50, path.name
