"""The desk's clock and the identities that it makes."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.domain.clock import (
    milliseconds,
    tick,
    trusted,
    uuid7,
)

READINGS = st.integers(0, 1 << 62)
WALLS = st.integers(0, 1 << 45)


@given(READINGS, WALLS)
def test_a_reading_is_always_later_than_the_last_even_when_the_clock_runs_back(last: int, wall: int) -> None:
    after = tick(last, wall)
    assert after > last
    assert milliseconds(after) >= wall


def test_identities_are_version_7_and_sort_by_time() -> None:
    made = [uuid7(ms) for ms in range(1_795_000_000_000, 1_795_000_000_500)]
    assert sorted(made) == made
    assert len(set(made)) == len(made)
    assert {(uuid.UUID(one).version, uuid.UUID(one).variant) for one in made} == {(7, uuid.RFC_4122)}
    assert len({uuid7(1_795_000_000_000) for _ in range(1000)}) == 1000


def test_a_reading_far_ahead_or_behind_is_not_trusted() -> None:
    day = 24 * 3600 * 1000
    assert trusted(None, 7) == 7
    assert trusted(10 * day, 20 * day) == 20 * day
    assert trusted(10 * day, 41 * day) == 41 * day
    assert trusted(10 * day, 41 * day + 1) == 10 * day
    assert trusted(10 * day, 9 * day) == 10 * day
