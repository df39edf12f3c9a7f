"""How much to send at once, and how long to wait after a setback."""

from __future__ import annotations

from collections.abc import Callable

START_BYTES = 256 * 1024
LEAST_BYTES = 4 * 1024
MOST_BYTES = 1024 * 1024
MOST_EVENTS = 1_000

FIRST_WAIT_MS = 15_000
LONGEST_WAIT_MS = 15 * 60_000
LONGEST_BUSY_MS = 60 * 60_000  # what a district may ask for at most
FURTHEST_AGAIN_MS = LONGEST_BUSY_MS * 3 // 2  # any wait beyond this comes from a clock that was changed


def smaller(raw_size: int, by: int = 2) -> int:
    """The budget after a batch of `raw_size` bytes was too much."""
    return max(LEAST_BYTES, raw_size // by)


def larger(size: int, most: int, *, careful: bool) -> int:
    """The budget of bytes or events after a batch went well; `careful` on a line that broke a moment ago."""
    return min(most, size + max(1, size // 4) if careful else size * 2)


def wait_ms(failures: int, chance: Callable[[], float], asked_s: float | None = None) -> int:
    """Milliseconds until the next attempt after `failures` in a row (1 and up).

    Doubles from 15 seconds to 15 minutes, shortened by up to a half by `chance` (0 to 1), so that offices
    that lost the line together do not come back together. `asked_s` is what the district asked for: it is
    never shortened, and at most an hour.
    """
    own = min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** min(failures - 1, 10))
    if asked_s is None:
        return int(own * (1 - chance() / 2))
    asked = min(LONGEST_BUSY_MS, asked_s * 1000)
    return int(asked * (1 + chance() / 4)) + int(1000 * chance())
