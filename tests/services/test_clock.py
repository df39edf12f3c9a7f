"""The machine's clock: a wrong one stops the counter, and a confirmed one lets it go on."""

from __future__ import annotations

import pytest

from motcua_desktop.domain.clock import now_ms
from motcua_desktop.domain.errors import EnvironmentFault
from motcua_desktop.services.clock import clock_problem, confirm_clock
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.intake import receive
from tests.factories import moment, submission

DAY = 24 * 3600 * 1000


def turn(monkeypatch: pytest.MonkeyPatch, by_ms: int) -> None:
    """Set the machine's clock, ledger's included, that much away from the true one."""
    for module in ("services.clock", "domain.clock"):
        monkeypatch.setattr(f"motcua_desktop.{module}.now_ms", lambda: now_ms() + by_ms)


def number(desk: Desk) -> str | None:
    problem = clock_problem(desk)
    return problem.number if problem else None


def test_a_clock_a_year_ahead_is_refused_before_it_can_stop_the_counter_for_ever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(desk, submission())
    with monkeypatch.context() as wrong:
        turn(wrong, 366 * DAY)
        with pytest.raises(EnvironmentFault) as told:
            receive(desk, submission())
        assert (told.value.problem.number, told.value.problem.params["days"]) == ("MC-156", 366)
        receive(desk, submission(received_at=moment("2026-11-20T09:00")))  # a slip says its own time
    assert receive(desk, submission()).dossier.number == 3


def test_an_office_closed_over_tet_goes_on_without_a_question(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(monkeypatch, 12 * DAY)
    assert receive(desk, submission()).dossier.number == 1


@pytest.mark.parametrize(("away", "complaint"), [(90 * DAY, "MC-156"), (-2 * DAY, "MC-150")])
def test_a_confirmed_clock_is_counted_from_in_both_directions(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, away: int, complaint: str
) -> None:
    with monkeypatch.context() as changed:
        turn(changed, away)
        assert number(desk) == complaint
        confirm_clock(desk)
        assert number(desk) is None
        assert receive(desk, submission()).dossier.number == 1
    opposite = "MC-150" if away > 0 else None
    assert number(desk) == opposite
    confirm_clock(desk)
    assert receive(desk, submission()).dossier.number == 2
