"""Runs beside and after one another: who sends, what a dead run left, and what goes out again."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from motcua_desktop.district.database import Database
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.event import Draft
from motcua_desktop.services import sending
from motcua_desktop.store import delivery
from motcua_desktop.store.store import Store
from motcua_desktop.sync import pace
from motcua_desktop.sync.hub import Answer, Setback, Trouble
from motcua_desktop.sync.run import Report, run_once
from motcua_desktop.sync.wire import Batch, Limits
from tests.sync.desks import chain_of, intake, opened, receive_dossiers, states, write
from tests.sync.direct import NOON, Clock, DirectHub, KilledError, held, reasons


def test_two_runs_at_once_send_everything_once_and_the_late_failure_takes_nothing_back(
    desk: Store, district: Database, run: Callable[..., Report], now: Clock
) -> None:
    receive_dossiers(desk, range(3))
    first, second = DirectHub(district), DirectHub(district)

    def meanwhile(batch: Batch) -> Setback:
        with opened(desk.path) as another:
            report = run_once(another, second, insist=True, now=now)
        assert report.problem is not None
        assert (report.problem.number, report.sent, report.waiting) == ("MC-149", 0, 3)
        assert report.again_ms == NOON + pace.FIRST_WAIT_MS
        assert states(desk) == {"sending": 3}
        with desk.write() as connection:
            delivery.accept(connection, batch.events[:2], NOON)
        return Setback(Trouble.INTERRUPTED)

    first.faults = [meanwhile, *[Setback(Trouble.NO_NETWORK)] * 3]
    report = run(first)
    assert (second.sizes, first.sizes[0]) == ([], 3)
    assert (report.waiting, states(desk)) == (1, {"accepted": 2, "waiting": 1})
    assert run(second, insist=True).waiting == 0
    assert held(district) == 3  # the two that were only believed to be there are named as missing, and follow


def test_a_run_that_was_killed_leaves_nothing_that_the_next_one_waits_for(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(2))
    with pytest.raises(KilledError):
        run(DirectHub(district, [KilledError()]))
    report = run(DirectHub(district))
    assert (report.accepted, report.problem) == (2, None)


def test_while_the_line_is_held_what_a_killed_run_left_waits_with_the_others(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(2))
    run(DirectHub(district, [Setback(Trouble.NO_NETWORK)]))
    with desk.write() as connection:
        connection.execute("UPDATE delivery SET state = 'sending'")
    report = run(DirectHub(district))
    assert report.problem is not None
    assert (report.problem.number, states(desk)) == ("MC-141", {"waiting": 2})


def test_a_forked_ledger_is_told_once_and_remembered(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    hub = DirectHub(district)
    receive_dossiers(desk, [1])

    def twofold(batch: Batch) -> Answer | Setback:
        answer = hub.deliver(batch)
        assert isinstance(answer, Answer)
        return replace(answer, forked=(1, 2))

    hub.faults = [twofold, twofold]
    assert run(hub).forked == 2
    receive_dossiers(desk, [2])
    assert run(hub).forked == 0
    receive_dossiers(desk, [3])
    assert run(hub).forked == 0
    assert sending.told_forks(desk) == 2
    problem = sending.summary(desk).fork
    assert problem is not None
    assert (problem.number, problem.params) == ("MC-142", {"count": 2})
    with desk.read() as connection:
        assert delivery.read_line(connection).forked == (f"{chain_of(desk)}:1", f"{chain_of(desk)}:2")


def test_two_copies_of_one_store_are_told_of_by_the_district(
    desk: Store, district: Database, run: Callable[..., Report], tmp_path: Path
) -> None:
    receive_dossiers(desk, [1])
    run(DirectHub(district))
    with contextlib.closing(sqlite3.connect(desk.path)) as connection:
        connection.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
    with opened(tmp_path / "copy.db") as copy:
        receive_dossiers(desk, [2])
        receive_dossiers(copy, [3])
        assert run(DirectHub(district)).forked == 0
        assert run_once(copy, DirectHub(district), now=lambda: NOON).forked == 1


def test_what_was_refused_goes_out_again_when_somebody_says_so_and_passes_once_it_can(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    write(
        desk, [intake(1), Draft("note_written", {"text": "x" * 5_000}, "2026-11-20T09:47:00+07:00", "Nhung")]
    )
    assert run(DirectHub(district, limits=Limits(event_bytes=4_000))).refused == 1
    assert sending.send_again(desk) == 1
    assert sending.send_again(desk) == 0
    report = run(DirectHub(district))
    assert (report.accepted, report.refused, report.waiting) == (1, 0, 0)
    assert reasons(desk) == []


def test_the_refused_events_of_a_dossier_are_named_by_its_code(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    events = receive_dossiers(desk, [1, 2])
    assert run(DirectHub(district, limits=Limits(event_bytes=100))).refused == 2
    named = sending.refused_of(desk, "H18.11.05-261120-0002")
    assert named == [events[1].id]
    assert sending.send_again(desk, named) == 1
    assert run(DirectHub(district)).accepted == 1
    with pytest.raises(UserFacingError) as refused:
        sending.refused_of(desk, "H18.11.05-261120-0009")
    assert refused.value.problem.number == "MC-160"
