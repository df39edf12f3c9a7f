"""The outbox's table, without anybody to send to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua_desktop.domain.errors import EnvironmentFault, Problem
from motcua_desktop.domain.event import Draft
from motcua_desktop.store import delivery, dossiers
from motcua_desktop.store.delivery import Counts, Line
from motcua_desktop.store.store import Store
from tests.sync.desks import RECEIVED_AT, opened, receive_dossiers, states, write

ROOT = Path(__file__).resolve().parents[2]
NOW = 1_795_000_000_000
FURTHEST = NOW + 3_600_000
OFFLINE = Problem("MC-141", None, {"done": 0, "total": 3})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "desk.db") as store:
        yield store


def take(desk: Store, most: int = 100, budget: int = 1_000_000, now: int = NOW) -> list[str]:
    with desk.write() as connection:
        return [event.id for event in delivery.take(connection, now, now + 3_600_000, most, budget)]


def test_what_is_taken_is_being_sent_and_not_taken_twice(desk: Store) -> None:
    ids = [event.id for event in receive_dossiers(desk, [1, 2, 3])]
    assert take(desk, most=2) == ids[:2]
    assert take(desk) == ids[2:]
    assert take(desk) == []
    assert states(desk) == {"sending": 3}


def test_what_was_being_sent_when_the_light_went_out_is_queued_again(desk: Store) -> None:
    receive_dossiers(desk, [1, 2])
    take(desk, most=1)
    with desk.write() as connection:
        assert delivery.recover(connection) == 1
    assert states(desk) == {"queued": 2}


def test_a_budget_ends_a_batch_but_never_before_its_first_event(desk: Store) -> None:
    receive_dossiers(desk, range(10))
    assert len(take(desk, budget=1)) == 1
    assert 1 < len(take(desk, budget=6_000)) < 9


def test_what_waits_is_taken_when_its_hour_has_come(desk: Store) -> None:
    ids = [event.id for event in receive_dossiers(desk, [1, 2, 3])]
    assert take(desk, most=2) == ids[:2]
    with desk.write() as connection:
        delivery.postpone(connection, ids[:1], NOW + 1, OFFLINE)
        delivery.postpone(connection, ids[1:2], FURTHEST + 1, OFFLINE)  # from a clock that was ahead by years
        assert delivery.count_due(connection, NOW, FURTHEST) == 2
    assert take(desk) == ids[1:]
    assert take(desk, now=NOW + 1) == ids[:1]


def test_the_outbox_says_of_each_line_whose_it_is_and_why_it_waits(desk: Store) -> None:
    first, _ = receive_dossiers(desk, [1, 2])
    (note,) = write(desk, [Draft("note_written", {}, RECEIVED_AT, "Nhung")])
    take(desk)
    with desk.write() as connection:
        delivery.refuse(connection, note.id, Problem("DH-201", None, {"text": "…"}), NOW)
        delivery.recover(connection)
        delivery.postpone_all(connection, NOW, OFFLINE)
        lines = delivery.outbox(connection)
        assert delivery.outbox(connection, limit=1) == lines[:1]
    assert [line.state for line in lines] == ["refused", "waiting", "waiting"]
    assert (lines[0].code, lines[0].full_name, lines[0].kind) == ("", "", "note_written")
    assert lines[0].problem == Problem("DH-201", None, {"text": "…"})
    assert (lines[1].event, lines[1].code, lines[1].full_name) == (
        first.id,
        "H18.11.05-261120-0001",
        "Vàng A Dế 1",
    )
    assert (lines[1].again_ms, lines[1].problem) == (NOW, OFFLINE)


def test_a_dossier_is_sent_when_all_its_events_are_accepted(desk: Store) -> None:
    (event,) = receive_dossiers(desk, [1])
    (later,) = write(desk, [Draft("note_written", {}, RECEIVED_AT, "Nhung", event.dossier)])
    with desk.write() as connection:
        delivery.accept(connection, [event.id], NOW)
        assert [line.sent for line in dossiers.find(connection, "0001")] == ["queued"]
        delivery.accept(connection, [later.id], NOW)
        assert [line.sent for line in dossiers.find(connection, "0001")] == ["accepted"]


def test_events_are_counted_by_state_and_the_accepted_by_their_hour(desk: Store) -> None:
    ids = [event.id for event in receive_dossiers(desk, range(6))]
    take(desk, most=5)
    with desk.write() as connection:
        delivery.accept(connection, ids[:1], NOW - 1)
        delivery.accept(connection, ids[1:3], NOW)
        delivery.refuse(connection, ids[3], OFFLINE, NOW)
        delivery.postpone(connection, ids[4:5], NOW, OFFLINE)
        counts = delivery.count(connection, NOW)
    assert counts == Counts(queued=1, sending=0, waiting=1, refused=1, accepted=2)
    assert counts.unsettled == 2


def test_refused_events_go_out_again_only_when_somebody_says_so(desk: Store) -> None:
    ids = [event.id for event in receive_dossiers(desk, [1, 2, 3])]
    take(desk)
    with desk.write() as connection:
        delivery.refuse(connection, ids[0], OFFLINE, NOW)
        delivery.accept(connection, ids[1:2], NOW)
        delivery.refuse(connection, ids[2], OFFLINE, NOW)
        assert delivery.count_due(connection, NOW, FURTHEST) == 0
        assert delivery.send_again(connection, ids[:2]) == 1
    assert take(desk) == ids[:1]
    with desk.write() as connection:
        assert delivery.send_again(connection) == 1
    assert take(desk) == ids[2:]


def test_the_refused_events_of_one_dossier_are_found_by_it(desk: Store) -> None:
    mine, other = receive_dossiers(desk, [1, 2])
    (later,) = write(desk, [Draft("note_written", {}, RECEIVED_AT, "Nhung", mine.dossier)])
    take(desk)
    with desk.write() as connection:
        for event in (mine, other, later):
            delivery.refuse(connection, event.id, OFFLINE, NOW)
        assert delivery.refused_of(connection, str(mine.dossier)) == [mine.id, later.id]
        delivery.send_again(connection, [later.id])
        assert delivery.refused_of(connection, str(mine.dossier)) == [mine.id]


def test_a_sender_that_fails_late_takes_back_nothing_that_was_settled_meanwhile(desk: Store) -> None:
    ids = [event.id for event in receive_dossiers(desk, [1, 2, 3])]
    take(desk)
    with desk.write() as connection:
        delivery.accept(connection, ids[:1], NOW)
        delivery.refuse(connection, ids[1], OFFLINE, NOW)
    settled = states(desk)
    with desk.write() as connection:
        delivery.put_back(connection, ids[:2])
        delivery.postpone(connection, ids[:2], NOW + 1, OFFLINE)
        delivery.refuse(connection, ids[0], OFFLINE, NOW)
        delivery.postpone_all(connection, NOW + 1, OFFLINE)
    assert states(desk) == settled == {"accepted": 1, "refused": 1, "sending": 1}


def test_an_accepted_event_is_accepted_whatever_was_believed_of_it(desk: Store) -> None:
    ids = [event.id for event in receive_dossiers(desk, [1, 2, 3, 4])]
    take(desk, most=3)
    with desk.write() as connection:
        delivery.refuse(connection, ids[0], OFFLINE, NOW)
        delivery.postpone(connection, ids[1:2], NOW, OFFLINE)
        delivery.accept(connection, ids, NOW)
    assert states(desk) == {"accepted": 4}


def test_only_one_run_at_a_time_is_the_sender_and_the_next_one_when_it_ended(desk: Store) -> None:
    with delivery.sole_sender(desk.path) as mine:
        assert mine
        with delivery.sole_sender(desk.path) as too:
            assert not too
        with delivery.sole_sender(desk.path) as still:
            assert not still
        receive_dossiers(desk, [1])  # the counter goes on
    with delivery.sole_sender(desk.path) as mine:
        assert mine


def test_a_sender_of_another_process_is_respected_until_it_is_killed(desk: Store) -> None:
    program = (
        "import sys, pathlib\n"
        "from motcua_desktop.store.delivery import sole_sender\n"
        "with sole_sender(pathlib.Path(sys.argv[1])) as mine:\n"
        "    print(mine, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(desk.path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "True"
        with delivery.sole_sender(desk.path) as mine:
            assert not mine
        other.kill()
        other.wait(timeout=30)
        with delivery.sole_sender(desk.path) as mine:
            assert mine


def test_a_place_where_nothing_can_be_made_is_told_and_not_taken_for_another_sender(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as told, delivery.sole_sender(tmp_path / "gone" / "desk.db"):
        pass
    assert told.value.problem.number == "MC-135"


def test_what_was_accepted_can_be_queued_again_by_hour_and_by_place(desk: Store) -> None:
    events = receive_dossiers(desk, range(5))
    with desk.write() as connection:
        for hour, event in enumerate(events):
            delivery.accept(connection, [event.id], NOW + hour)
        assert delivery.requeue_since(connection, NOW + 4) == 1
        asked = [(0, 1), (3, 3), (5, 99)]
        assert delivery.requeue_places(connection, events[0].desk, asked) == [events[0].id, events[2].id]
        assert delivery.requeue_places(connection, "another", asked) == []
    assert take(desk) == [events[0].id, events[2].id, events[4].id]


@pytest.mark.parametrize("line", [Line(), Line("e", 4096, 3, NOW, OFFLINE, -90_500, NOW, ("c:7",))])
def test_the_line_is_remembered_as_it_was_last(desk: Store, line: Line) -> None:
    with desk.write() as connection:
        delivery.write_line(connection, Line("before", 1, 1, 1, Problem("MC-146"), 1, 1, ("c:1",)))
        delivery.write_line(connection, line)
    with desk.read() as connection:
        assert delivery.read_line(connection) == line
