"""The office's settings: what is taken can always be read again."""

from __future__ import annotations

import pytest

from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.office import read_hours, read_office
from tests.factories import office


@pytest.mark.parametrize("hours", ["07:30:30-11:30", "07:30-11:30:00.5", "07:30:30-07:30:45"])
def test_hours_with_seconds_are_refused(hours: str) -> None:
    with pytest.raises(UserFacingError) as told:
        read_hours(hours, "11:30")
    assert told.value.problem.number == "MC-205"


def test_an_office_reads_back_as_it_was() -> None:
    assert read_office(office().as_json()) == office()
