"""A desk that is killed at any step of an act, or of the quick lane: it happened whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua_desktop.domain.dossier import Status, Verb
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.checkup import rebuild
from motcua_desktop.services.desk import Desk, open_desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.register import register_lines
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.store import ledger
from tests.desks import dump
from tests.factories import MARRIAGE_STATUS, moment, submission
from tests.faults.child import KILL
from tests.faults.test_killed_intake import STRIDE, Office, Order, key, made, ordered, steps_of

__all__ = ["key", "ordered"]  # fixtures

HANDED = ("hand-over", "--to", "Tư pháp – hộ tịch", "--at", "2025-11-20T10:00")


def with_a_dossier(folder: Path, secret: str | None) -> tuple[Office, str]:
    place = made(folder, secret)
    desk = open_desk(folder)
    code = receive(desk, submission(MARRIAGE_STATUS, received_at=moment("2025-11-20T09:47"))).dossier.code
    desk.close()
    return place, code


def assert_whole(desk: Desk) -> None:
    with desk.store.read() as connection:
        assert list(ledger.faults(connection)) == []
        assert connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    before = dump(desk.store)
    rebuild(desk)
    assert dump(desk.store) == before


def test_an_act_that_is_killed_at_any_step_happened_whole_or_not_at_all(
    tmp_path: Path, key: str | None, ordered: Order
) -> None:
    place, code = with_a_dossier(tmp_path / "measured", key)
    steps = steps_of(place.asked(None, "act", code, *HANDED, "--json"), ordered)
    seen = set()
    for kill in range(1, steps + 1, STRIDE):
        place, code = with_a_dossier(tmp_path / str(kill), key)
        assert ordered(place.asked(kill, "act", code, *HANDED, "--json")) == -KILL
        desk = open_desk(place.folder)
        found = find_dossier(desk, code)
        assert (found.status, len(found.acts)) in ((Status.ACCEPTED, 0), (Status.PROCESSING, 1))
        assert not place.heard() or found.acts  # what was answered is there
        seen.add(found.status)
        done = act(desk, code, Act(Verb.HAND_OVER, to="Tư pháp – hộ tịch")).dossier
        assert done.form_number("control") == 1
        assert_whole(desk)
        desk.close()
    assert seen == {Status.ACCEPTED, Status.PROCESSING}


def test_a_quick_lane_that_is_killed_leaves_a_returned_dossier_or_none(
    tmp_path: Path, key: str | None, ordered: Order
) -> None:
    order = ("quick", "2.000815", "--name", "Lò Thị Mai", "--copies", "3", "--request", "r-1", "--json")
    measured = made(tmp_path / "measured", key)
    steps = steps_of(measured.asked(None, *order), ordered)
    counts = set()
    for kill in range(1, steps + 1, STRIDE):
        place = made(tmp_path / str(kill), key)
        assert ordered(place.asked(kill, *order)) == -KILL
        assert ordered(place.asked(None, *order)) == 0  # the same request: done once
        desk = open_desk(place.folder)
        (line,) = register_lines(desk, desk.now().year)
        found = find_dossier(desk, line.code)
        assert (found.status, found.paid_vnd, line.entry) == (Status.RETURNED, 6_000, 1)
        counts.add(len(found.acts))
        with pytest.raises(UserFacingError):
            act(desk, line.code, Act(Verb.RETURN))
        assert_whole(desk)
        desk.close()
    assert counts == {2}
