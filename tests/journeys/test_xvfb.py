"""The real window on a real display with a window manager, driven by real key events, looked at from outside."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua_desktop.services.desk import init_desk
from motcua_desktop.services.intake import receive
from tests.factories import COPIES, office, person, submission

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = Path(__file__).with_name("counter_on_display.py")
NEEDED = ("Xvfb", "openbox", "xdotool")
# A scanner in ASCII mode sends no marks; so does this one, because a driver of keys garbles some of them.
CARD = "011070000035|011234567|LO VAN MAU|01011970|Nam|Ban Huoi Long, xa Ta Phin, tinh Dien Bien|03032023"
PATIENCE_S = 30

pytestmark = pytest.mark.skipif(
    any(shutil.which(name) is None for name in NEEDED), reason=f"needs {', '.join(NEEDED)}"
)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A display of its own, with a window manager; both ended by their own process ids."""
    mine, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(theirs,),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    with ended(server), os.fdopen(mine, encoding="ascii") as told:
        assert select.select([told], [], [], PATIENCE_S)[0], "Xvfb did not start"
        name = f":{told.readline().strip()}"
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"],
            env={**os.environ, "DISPLAY": name},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with ended(manager):
            yield name


@contextmanager
def ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


@dataclass(frozen=True, slots=True)
class Counter:
    """A window in another process, its store, its printer's folder, and the keyboard before it."""

    display: str
    store: Path
    receipts: Path
    process: subprocess.Popen[str]

    def keys(self, *arguments: str) -> None:
        """Real key events, to whatever window has the focus."""
        environment = {**os.environ, "DISPLAY": self.display}
        subprocess.run(["xdotool", *arguments], env=environment, check=True, timeout=PATIENCE_S)

    def scan(self, text: str) -> None:
        self.keys("type", "--delay", "4", "--args", "1", text, "key", "--delay", "4", "Return")

    def found(self, text: str) -> list[dict[str, Any]]:
        """What the command finds in the store, past the window."""
        done = subprocess.run(
            [sys.executable, "-m", "motcua_desktop.cli.motcua", "find", "--json", "--data", self.store, text],
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def received(self, number: int) -> list[dict[str, Any]]:
        """The dossiers of the person of the card, once there are so many and each new one is printed."""
        deadline = time.monotonic() + PATIENCE_S
        while len(lines := self.found("LO VAN MAU")) < number or len(self.sheets()) < number - 1:
            assert time.monotonic() < deadline, (lines, self.sheets())
        return lines

    def sheets(self) -> list[str]:
        return sorted(path.name for path in self.receipts.glob("*.pdf"))


@contextmanager
def a_counter(display: str, folder: Path, place: str) -> Iterator[Counter]:
    """The window on a store that knows the person of the card since yesterday; closed as an officer does."""
    desk = init_desk(folder / "desk", office())
    known = person("LO VAN MAU", "011070000035", birth_date="1970-01-01", phone="0912000111")
    receive(desk, submission(COPIES, known, received_at=desk.now() - timedelta(days=1)))
    desk.close()
    receipts = folder / "receipts"
    receipts.mkdir()
    environment = {k: v for k, v in os.environ.items() if k != "MOTCUA_KEY"}
    environment |= {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
        "MOTCUA_LANG": "vi",
    }
    with (folder / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, SCRIPT, folder / "desk", receipts, place],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
        )
        with ended(process), process:
            assert process.stdout is not None
            assert select.select([process.stdout], [], [], PATIENCE_S)[0], "the window did not come up"
            assert process.stdout.readline().strip() == "ready", (folder / "log").read_text("utf-8")
            counter = Counter(display, folder / "desk", receipts, process)
            yield counter
            counter.keys("key", "alt+F4")
            assert process.wait(timeout=PATIENCE_S) == 0
    assert "Traceback" not in (folder / "log").read_text("utf-8")


@pytest.mark.parametrize("place", ["field", "button", "box"])
def test_a_scan_and_five_real_keys_receive_a_citizen_wherever_the_focus_was(
    display: str, tmp_path: Path, place: str
) -> None:
    with a_counter(display, tmp_path, place) as counter:
        counter.scan(CARD)
        for key in ("k", "s", "Return", "Return", "F9"):
            counter.keys("key", key)
        lines = counter.received(2)

        new = lines[0]
        assert len(lines) == 2
        assert new["full_name"] == "LO VAN MAU"
        assert counter.sheets() == [f"{new['code']}.pdf"]
        assert (counter.receipts / counter.sheets()[0]).read_bytes().startswith(b"%PDF-")


def test_a_scan_on_a_button_presses_nothing(display: str, tmp_path: Path) -> None:
    with a_counter(display, tmp_path, "button") as counter:
        for _ in range(3):
            counter.scan(CARD)

        assert len(counter.found("LO VAN MAU")) == 1
        assert counter.sheets() == []
        counter.keys("key", "alt+F4")  # refused once: the form holds a person
