"""`motcua calendar add --recount`: what moved and what was refused is told, dossier by dossier."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from motcua_desktop.domain.dossier import Dossier
from motcua_desktop.domain.errors import fault, refuse
from motcua_desktop.messages import sentence
from motcua_desktop.services import calendar
from motcua_desktop.services.desk import Desk
from tests.cli.commands import INIT, Motcua
from tests.cli.test_life_commands import FIRST, line
from tests.factories import MARRIAGE_STATUS

SECOND = "H18.11.05-261120-0002"
ADD = ("calendar", "add", "2026-11-26", "off", "--source", "TB 12", "--recount")


@pytest.fixture
def counter(bare: Motcua, folder: Path) -> Motcua:
    """A desk with two dossiers due on the 26th, answering in plain lines."""
    assert bare(*INIT, "--data", folder).code == 0
    given = "\n".join(line(MARRIAGE_STATUS, "Vàng A Dế", f"01109100000{n}") for n in (1, 2))
    assert bare("--data", folder, "intake", "-", given=given.encode()).code == 0
    return partial(bare, "--data", folder)


def failing(problem: Exception) -> Callable[[Desk, list[str], str], list[Dossier]]:
    """A count that works for all but the second dossier."""
    count = calendar.recount

    def run(desk: Desk, codes: list[str], reason: str) -> list[Dossier]:
        if codes == [SECOND]:
            raise problem
        return count(desk, codes, reason)

    return run


def test_every_dossier_that_moved_is_told_with_its_old_and_its_new_date(counter: Motcua) -> None:
    said = counter(*ADD)
    dates = "17:00 26/11/2026 → 17:00 27/11/2026"
    assert said.out.splitlines() == [f"✓  {FIRST}  {dates}", f"✓  {SECOND}  {dates}"]
    assert said.code == 0


def test_a_refused_dossier_is_told_with_its_reason_and_the_others_have_moved(
    counter: Motcua, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = refuse("MC-185", None, code=SECOND)
    monkeypatch.setattr(calendar, "recount", failing(refusal))
    said = counter(*ADD)
    moved, refused = said.out.splitlines()
    assert said.code == 1
    assert moved.startswith(f"✓  {FIRST}  ")
    assert refused == f"!  {SECOND}  {sentence(refusal.problem)}"


def test_in_json_both_are_lists(counter: Motcua, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "recount", failing(refuse("MC-185", None, code=SECOND)))
    row = counter("--json", *ADD).row
    assert [(one["code"], one["due_at"]) for one in row["moved"]] == [(FIRST, "2026-11-27T17:00:00+07:00")]
    assert [(one["code"], one["number"]) for one in row["refused"]] == [(SECOND, "MC-185")]


def test_what_has_moved_is_told_even_where_the_machine_stops_the_rest(
    counter: Motcua, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "recount", failing(fault("MC-210", path="store")))
    said = counter(*ADD)
    assert said.code == 2
    assert said.out.startswith(f"✓  {FIRST}  ") and SECOND not in said.out
    assert "MC-210" in said.err


def test_the_help_promises_no_sheet(bare: Motcua) -> None:
    told = " ".join(bare("calendar", "add", "--help").out.split())
    assert "nothing is printed" in told and "print new receipts" not in told
