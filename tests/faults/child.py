"""A process that runs `motcua` and is killed at a numbered step of it.

A step is what SQLite is about to run or has run a while of, and the moments before and after a file is flushed,
renamed or written to and an answer is given. On POSIX one warm process forks for every run; elsewhere every run is
a process of its own.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import wraps
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from motcua_desktop.cli.motcua import main
from motcua_desktop.services.desk import init_desk
from tests.factories import line, office

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # on Windows, SIGTERM to oneself is TerminateProcess
INSTRUCTIONS_A_STEP = 60


class Steps:
    """Counts, and ends the process at the step it was told."""

    def __init__(self, last: int | None) -> None:
        self.count = 0
        self._last = last

    def step(self, *_: object) -> int:
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), KILL)
        return 0

    def around(self, holder: Any, name: str) -> None:
        """A step before and a step after every call of `holder.name`."""
        inner: Callable[..., Any] = getattr(holder, name)

        @wraps(inner)
        def counted(*arguments: Any, **named: Any) -> Any:
            self.step()
            answer = inner(*arguments, **named)
            self.step()
            return answer

        setattr(holder, name, counted)

    def inside(self, driver: Any) -> None:
        """A step at every statement of a driver's connections, and at every few hundred instructions of one."""
        connect: Callable[..., Any] = driver.connect

        @wraps(connect)
        def watched(*arguments: Any, **named: Any) -> Any:
            connection = connect(*arguments, **named)
            connection.set_trace_callback(self.step)
            connection.set_progress_handler(self.step, INSTRUCTIONS_A_STEP)
            return connection

        driver.connect = watched


class Speaker:
    """Standard output whose every write and flush is a step."""

    def __init__(self, steps: Steps, stream: Any) -> None:
        self._stream = stream
        steps.around(self, "write")
        steps.around(self, "flush")

    def write(self, text: str) -> int:
        return int(self._stream.write(text))

    def flush(self) -> None:
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def run(order: dict[str, Any]) -> int:
    """One run: `arguments` for `motcua`, `out` for its answers, `key` of the store, `kill` at a step or never."""
    os.environ["MOTCUA_LANG"] = "en"
    os.environ.pop("MOTCUA_KEY", None)
    if order["key"]:
        os.environ["MOTCUA_KEY"] = order["key"]
    steps = Steps(order["kill"])
    for driver in (sqlite3, sqlcipher):
        steps.inside(driver)
    for name in ("fsync", "replace", "open", "mkdir"):
        steps.around(os, name)
    with Path(order["out"]).open("w", encoding="utf-8", newline="\n") as out:
        sys.stdout = Speaker(steps, out)
        code = main(order["arguments"])
        steps.step()
    Path(order["out"] + ".steps").write_text(str(steps.count), encoding="utf-8")
    return code


def warm_up() -> int:
    """Receive and draw once in a folder of its own, so that a fork finds everything imported and read."""
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()) as told:
        told.reconfigure = lambda **_: None  # type: ignore[attr-defined]
        desk = init_desk(Path(folder), office())
        desk.close()
        lines = Path(folder) / "lines.jsonl"
        lines.write_text(line(received_at="2025-11-20T09:47:00+07:00"), encoding="utf-8")
        return main(["--data", folder, "intake", str(lines), "--receipts", folder])


def serve() -> None:
    """Fork for every order on standard input, and answer with what became of the fork."""
    for order in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(run(json.loads(order)))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(run(json.loads(sys.argv[1])))
    if warm_up() == 0:
        serve()
