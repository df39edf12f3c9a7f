"""Time and identity as a desk makes them: the hybrid logical clock and version 7 UUIDs.

A clock reading is one integer, UTC milliseconds shifted left by 16 bits and a counter below them, so that
readings sort as numbers (Kulkarni et al., 2014).
"""

from __future__ import annotations

from datetime import UTC, datetime
from random import SystemRandom

COUNTER_BITS = 16
LONGEST_GAP_MS = 31 * 24 * 3600 * 1000  # a month: Tết and every other time an office stays closed is shorter


def now_ms() -> int:
    """The machine's clock in UTC milliseconds."""
    return int(datetime.now(UTC).timestamp() * 1000)


def tick(last: int, wall_ms: int) -> int:
    """The next reading after `last` on a machine whose clock says `wall_ms`; always greater than `last`."""
    return max(last + 1, wall_ms << COUNTER_BITS)


def trusted(last_ms: int | None, wall_ms: int) -> int:
    """The reading of the machine's clock to count on: `wall_ms`, unless it lies before or far after `last_ms`.

    What fails here stays untrusted until somebody confirms the clock; a battery that is changed, or a year typed
    wrong, must not carry the ledger away with it.
    """
    if last_ms is None or last_ms <= wall_ms <= last_ms + LONGEST_GAP_MS:
        return wall_ms
    return last_ms


def milliseconds(reading: int) -> int:
    """UTC milliseconds of a clock reading."""
    return reading >> COUNTER_BITS


def uuid7(ms: int) -> str:
    """A version 7 UUID (RFC 9562): 48 bits of time, 74 of chance; sorts by time as text."""
    chance = SystemRandom().getrandbits(74)
    value = (
        (ms & (1 << 48) - 1) << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    )
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
