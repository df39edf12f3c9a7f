"""A CUPS server of the tests' own: private folders and socket, and a printer that keeps what it prints.

with private_cups() as cups:
    printer = LpPrinter(cups.add("HP"), cups.server)
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PATH = os.pathsep.join(filter(None, [os.environ.get("PATH"), "/usr/sbin", "/usr/local/sbin"]))
_NEEDED = ("cupsd", "lp", "lpadmin", "lpoptions", "lpstat", "cupsdisable", "cupsreject")
_PROGRAMS = (Path("/usr/lib/cups"), Path("/usr/libexec/cups"))

# A back end reads the job and tells CUPS about the printer on stderr ("STATE: +reason"). This one says what
# the file `reasons` holds, waits for as long as the file `held` is there, and keeps the job.
_KEEPER = """#!/bin/sh
if [ $# -eq 0 ]; then echo 'direct keep "Keeper" "Keeper"'; exit 0; fi
folder="${DEVICE_URI#keep:}"
if [ -f "$folder/reasons" ]; then echo "STATE: +$(cat "$folder/reasons")" >&2; fi
while [ -f "$folder/held" ]; do sleep 0.05; done
cat "${6:--}" > "$folder/$1.part" && mv "$folder/$1.part" "$folder/$1.pdf"
"""

_FILES = """ServerRoot {root}/etc
ServerBin {root}/lib
RequestRoot {root}/spool
TempDir {root}/spool/tmp
CacheDir {root}/cache
StateDir {root}/run
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
FileDevice Yes
SystemGroup {group}
{user}
"""

_SERVER = """Listen {socket}
LogLevel warn
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""


def missing() -> str:
    """Why no private CUPS can be started here, in words; empty if it can."""
    if os.name == "nt":
        return "CUPS does not run on Windows"
    absent = [name for name in _NEEDED if shutil.which(name, path=_PATH) is None]
    return f"not installed: {', '.join(absent)} (packages cups, cups-client)" if absent else ""


@dataclass(frozen=True, slots=True)
class PrivateCups:
    """A running server; `server` is what CUPS_SERVER wants."""

    root: Path
    server: str

    def add(self, name: str) -> str:
        """Make a queue that is ready, and return its name."""
        folder = self.root / "printed" / name
        folder.mkdir()
        folder.chmod(0o777)
        self.run("lpadmin", "-p", name, "-v", f"keep:{folder}", "-E", "-m", "raw")
        return name

    def run(self, program: str, *arguments: str) -> str:
        """Run one of CUPS' own commands against this server; its output."""
        environment = {**os.environ, "CUPS_SERVER": self.server, "LC_ALL": "C", "PATH": _PATH}
        done = subprocess.run(
            [program, *arguments], env=environment, check=True, capture_output=True, timeout=20
        )
        return done.stdout.decode("utf-8", "replace")

    def answers(self) -> bool:
        """Whether the server is up."""
        return Path(self.server).exists() and self.run("lpstat", "-r").strip() == "scheduler is running"

    def report(self, name: str, reason: str) -> None:
        """From its next job on the printer says this of itself (an IPP reason such as media-empty-error)."""
        (self.root / "printed" / name / "reasons").write_text(reason, encoding="utf-8")

    @contextmanager
    def stuck(self, name: str) -> Iterator[None]:
        """Within it the printer starts on a job and does not finish it."""
        held = self.root / "printed" / name / "held"
        held.touch()
        try:
            yield
        finally:
            held.unlink()

    def printed(self, name: str) -> list[bytes]:
        """What came out of the printer, oldest first, once no job is left in its queue."""
        deadline = time.monotonic() + 20
        while self.run("lpstat", "-W", "not-completed", "-o", name).strip():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{name} still prints")
        sheets = (self.root / "printed" / name).glob("*.pdf")
        return [sheet.read_bytes() for sheet in sorted(sheets, key=lambda path: int(path.stem))]


@contextmanager
def private_cups() -> Iterator[PrivateCups]:
    """Start a server, give it, and end it by its own process id."""
    root = Path(tempfile.mkdtemp(prefix="cups-"))
    try:
        _furnish(root)
        program = str(shutil.which("cupsd", path=_PATH))
        with (root / "log" / "out").open("wb") as log:
            server = subprocess.Popen(
                [program, "-f", "-c", root / "etc/cupsd.conf", "-s", root / "etc/cups-files.conf"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            cups = PrivateCups(root, str(root / "run" / "cups.sock"))
            _answering(server, cups)
            yield cups
        finally:
            server.terminate()
            server.wait(timeout=20)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _furnish(root: Path) -> None:
    root.chmod(0o755)  # jobs are printed under another account
    for name in ("etc", "lib/backend", "spool/tmp", "cache", "log", "run", "printed"):
        (root / name).mkdir(parents=True)
    programs = next(folder for folder in _PROGRAMS if folder.is_dir())
    for folder in programs.iterdir():
        if folder.name != "backend":
            (root / "lib" / folder.name).symlink_to(folder)
    keeper = root / "lib/backend/keep"
    keeper.write_text(_KEEPER, encoding="utf-8")
    keeper.chmod(0o755)
    user, group = getpass.getuser(), "root"
    lines = "User lp\nGroup lp" if user == "root" else f"User {user}"
    files = _FILES.format(root=root, group=group, user=lines)
    (root / "etc/cups-files.conf").write_text(files, encoding="utf-8")
    (root / "etc/cupsd.conf").write_text(_SERVER.format(socket=root / "run/cups.sock"), encoding="utf-8")


def _answering(server: subprocess.Popen[bytes], cups: PrivateCups) -> None:
    deadline = time.monotonic() + 20
    while not cups.answers():
        if server.poll() is not None or time.monotonic() > deadline:
            told = [(cups.root / "log" / name) for name in ("out", "error")]
            raise RuntimeError(
                "\n".join(path.read_text("utf-8", "replace") for path in told if path.exists())
            )
