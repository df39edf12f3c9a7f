"""Addresses of a district: what is safe to keep and to send to."""

from __future__ import annotations

import pytest

from motcua_desktop.domain.address import read_hub_address
from motcua_desktop.domain.errors import UserFacingError


@pytest.mark.parametrize(
    "text",
    [
        "https://huyen.example",
        " https://huyen.example:8443/x ",
        "http://127.0.0.1:8000",
        "http://[::1]:1",
        "http://localhost",
    ],
)
def test_a_safe_address_is_kept_as_it_was_typed(text: str) -> None:
    assert read_hub_address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "http://huyen.example",
        "huyen.example",
        "ftp://localhost",
        "https://",
        "https://[",
        "https://x:99999",
        "",
    ],
)
def test_an_address_without_a_lock_or_a_host_is_refused(text: str) -> None:
    with pytest.raises(UserFacingError) as told:
        read_hub_address(text)
    assert (told.value.problem.number, told.value.problem.field) == ("MC-147", "hub")


@pytest.mark.parametrize(
    "text",
    ["https://ai:bimat@huyen.example", "http://bimat@127.0.0.1", "ai:bimat@huyen", "https://a:bi@mat@h"],
)
def test_a_password_is_refused_and_not_said_again(text: str) -> None:
    with pytest.raises(UserFacingError) as told:
        read_hub_address(text)
    assert told.value.problem.number == "MC-147"
    assert "mat" not in repr(told.value)
