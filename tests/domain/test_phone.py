"""Telephone numbers: one form, whoever wrote them."""

from __future__ import annotations

import pytest

from motcua_desktop.domain.phone import read_phone


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        " 0912 345 678 ",
        "0912.345.678",
        "0912-345-678",
        "(091) 2345678",
        "+84912345678",
        "+84 (0)912 345 678",
    ],
)
def test_one_number_is_its_digits(text: str) -> None:
    assert read_phone(text) == "0912345678"


@pytest.mark.parametrize("text", ["", "0912345678 (vợ)", "0912345678 / 0987654321", "không có", "٠٩١٢"])
def test_what_is_more_than_a_number_stays_as_it_is(text: str) -> None:
    assert read_phone(text) == text


def test_a_number_of_another_country_keeps_its_digits() -> None:
    assert read_phone("+856 20 5555 1234") == "8562055551234"
