"""Codes and keys: what is printed, typed and scanned again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.numbers import (
    LAST_OF_DAY,
    damm,
    desk_key,
    dossier_code,
    is_agency_code,
    is_dossier_code,
    read_key,
)

DAY = date(2026, 11, 20)
KEYS = st.builds(
    desk_key,
    st.text("0123456789", min_size=4, max_size=4),
    st.integers(1, 9),
    st.dates(date(2026, 1, 1), date(2099, 12, 31)),
    st.integers(1, LAST_OF_DAY),
)


def test_the_first_key_of_the_example_office_is_the_one_in_the_design() -> None:
    assert desk_key("0501", 1, DAY, 1) == "0501126112000016"


@given(KEYS)
def test_a_key_has_sixteen_digits_and_can_be_taken_apart(key: str) -> None:
    assert len(key) == 16
    assert key.isascii()
    assert key.isdigit()
    parts = read_key(key)
    assert parts is not None
    body = f"{parts.unit}{parts.desk}{parts.day}{parts.number:04d}"
    assert body + str(damm(body)) == key


@given(KEYS, st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(key: str, place: int, more: int) -> None:
    wrong = key[:place] + str((int(key[place]) + more) % 10) + key[place + 1 :]
    assert read_key(wrong) is None


@given(KEYS, st.integers(0, 14))
def test_two_neighbours_in_the_wrong_order_are_always_caught(key: str, place: int) -> None:
    swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
    assert swapped == key or read_key(swapped) is None


def test_the_check_digit_table_is_a_quasigroup_without_weak_pairs() -> None:
    def step(interim: int, digit: int) -> int:
        return next(c for c in range(10) if damm_from(interim, digit) == c)

    def damm_from(interim: int, digit: int) -> int:
        prefix = next(p for p in ("", *map(str, range(100))) if damm(p) == interim)
        return damm(f"{prefix}{digit}")

    table = [[step(row, column) for column in range(10)] for row in range(10)]
    assert all(sorted(row) == list(range(10)) for row in table)
    assert all(sorted(column) == list(range(10)) for column in zip(*table, strict=True))
    assert all(table[n][n] == 0 for n in range(10))
    for c in range(10):
        for x in range(10):
            assert all(table[table[c][x]][y] != table[table[c][y]][x] for y in range(10) if x != y)


@pytest.mark.parametrize(
    "text", ["", "0501126112000017", "501126112000016", "0501-126112000016", "０" * 16, "a" * 16]
)
def test_what_is_not_a_key_is_none(text: str) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize(
    ("desk", "number", "sequence"),
    [
        (1, 1, "0001"),
        (1, 1999, "1999"),
        (1, 2000, "10000"),
        (2, 1, "2000"),
        (2, 1000, "2999"),
        (2, 1001, "20000"),
        (9, 1, "9000"),
        (9, 1000, "9999"),
        (9, 1001, "90000"),
        (9, 9999, "98998"),
    ],
)
def test_each_desk_counts_in_a_block_of_its_own(desk: int, number: int, sequence: str) -> None:
    assert dossier_code("H18.11.05", desk, DAY, number) == f"H18.11.05-261120-{sequence}"


def test_two_desks_never_give_the_same_code_or_key_on_one_day() -> None:
    numbers = range(1, LAST_OF_DAY + 1)
    codes = [dossier_code("H18.11.05", desk, DAY, n) for desk in range(1, 10) for n in numbers]
    assert len(set(codes)) == len(codes) == 9 * LAST_OF_DAY
    keys = {desk_key("0501", desk, DAY, n)[:15] for desk in range(1, 10) for n in numbers}
    assert len(keys) == len(codes)


def test_every_code_that_is_given_has_the_official_form() -> None:
    for number in (1, 1999, 2000, LAST_OF_DAY):
        assert is_dossier_code(dossier_code("H18.11.05", 1, DAY, number))


@pytest.mark.parametrize("give", [desk_key, dossier_code])
def test_a_desk_that_has_used_up_its_day_is_told_so(give: object) -> None:
    assert callable(give)
    with pytest.raises(UserFacingError) as told:
        give("0501", 3, DAY, 12_000)
    assert told.value.problem.number == "MC-180"


@pytest.mark.parametrize("text", ["H18.11.05", "H26.174.01.02", "G15.9"])
def test_agency_codes_are_known(text: str) -> None:
    assert is_agency_code(text)


@pytest.mark.parametrize(
    "text", ["", "H18", "h18.11", "H18.11.", "H1.11.05", "H18.11.05-1", "H18." + "A" * 40, "H١٨.11"]
)
def test_what_is_no_agency_code_is_not_taken_for_one(text: str) -> None:
    assert not is_agency_code(text)


@pytest.mark.parametrize(
    "text", ["H18.11.05-261120", "H18.11.05-26112-0001", "261120-0001", "H18.11.05-٢٦١١٢٠-0001", ""]
)
def test_what_is_no_dossier_code_is_not_taken_for_one(text: str) -> None:
    assert not is_dossier_code(text)
