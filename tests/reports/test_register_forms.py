"""The template of the register, as the office may have left it."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.reports.register_forms import forms_in_use, read_forms


def test_the_shipped_template_is_in_use_and_read_once() -> None:
    assert [form.valid_from.year for form in forms_in_use()] == [2018, 2025]
    assert forms_in_use() is forms_in_use()


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{"forms": [\n {"name": "x",}\n]}', "register.json:2"),
        (b"\xff\xfe", "register.json"),
        (b"[]", "register.json"),
    ],
)
def test_a_template_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, content: bytes, place: str
) -> None:
    path = tmp_path / "register.json"
    path.write_bytes(content)
    with pytest.raises(UserFacingError) as caught:
        read_forms(path)
    assert caught.value.problem.number == "MC-230"
    assert caught.value.problem.params["place"] == place


def test_a_template_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError) as caught:
        read_forms(tmp_path / "register.json")
    assert caught.value.problem.number == "MC-230"
