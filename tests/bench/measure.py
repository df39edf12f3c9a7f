"""Times measured side by side, in turn, and what they say of each other."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
LIMITS = Path(__file__).with_name("limits")
SHELF = Path(tempfile.gettempdir()) / "motcua-bench"
LEAST_RUNS = 15


@dataclass(frozen=True)
class Ratio:
    """One line of the table: our times and the limit's, in seconds, run by run."""

    name: str
    ours: Sequence[float]
    limit: Sequence[float]
    allowed: float

    @property
    def value(self) -> float:
        return median(self.ours) / median(self.limit)

    @property
    def holds(self) -> bool:
        return self.value <= self.allowed


def in_turn(runs: int, *works: Callable[[], float]) -> list[list[float]]:
    """Each work's times, run after run in turn: whatever else the machine does, it does to all of them."""
    if runs < LEAST_RUNS:
        raise ValueError(f"at least {LEAST_RUNS} runs")
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()  # warm: caches of the disk, and of the interpreter
    for _ in range(runs):
        for work, found in zip(works, times, strict=True):
            found.append(work())
    return times


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def table(ratios: Sequence[Ratio]) -> str:
    """The ratios as text: medians in milliseconds, quarter to quarter in brackets."""
    head = ("", "ours ms", "limit ms", "ratio", "allowed", "")
    rows = [head, *(_row(ratio) for ratio in ratios)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    return "\n".join(_line(row, widths) for row in rows)


def _row(ratio: Ratio) -> tuple[str, ...]:
    verdict = "holds" if ratio.holds else "OVER"
    return (
        ratio.name,
        _times(ratio.ours),
        _times(ratio.limit),
        f"{ratio.value:.2f}",
        f"{ratio.allowed:.2f}",
        verdict,
    )


def _times(times: Sequence[float]) -> str:
    low, middle, high = (1000 * t for t in quantiles(times, n=4))
    digits = 0 if middle >= 100 else 1 if middle >= 10 else 2
    spread = (
        f"[{low:.{digits}f}–{high:.{digits}f}; {1000 * min(times):.{digits}f}–{1000 * max(times):.{digits}f}]"
    )
    return f"{middle:.{digits}f} {spread}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.ljust(width) if at == 0 else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


class Limit:
    """A limit's script at work: a line in, the answer's line out."""

    def __init__(self, script: str, *arguments: str | Path) -> None:
        command = [sys.executable, str(LIMITS / script), *map(str, arguments)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", text=True
        )

    def ask(self, line: str | Mapping[str, object]) -> list[float]:
        """The numbers that the script answers; the first is the seconds taken."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write((line if isinstance(line, str) else json.dumps(line)) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().split()
        if not answer:
            raise RuntimeError(f"the limit ended: {self._process.wait()}")
        return [float(number) for number in answer]

    def __enter__(self) -> Limit:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        with self._process as process:
            assert process.stdin is not None
            process.stdin.close()


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    began = perf_counter()
    work()
    return perf_counter() - began
