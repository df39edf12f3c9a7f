"""One round of sending, with every answer that a district or a line can give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua_desktop.district.database import Database
from motcua_desktop.domain.event import Draft
from motcua_desktop.store import delivery
from motcua_desktop.store.store import Store
from motcua_desktop.sync import pace
from motcua_desktop.sync.hub import Answer, Setback, Trouble
from motcua_desktop.sync.run import Report
from motcua_desktop.sync.wire import EVENT_TOO_LARGE, TOO_LARGE, Batch, Limits
from tests.sync.desks import chain_of, intake, receive_dossiers, states, write
from tests.sync.direct import NOON, Clock, DirectHub, KilledError, held, reasons

MINUTE = 60_000


def delivery_attempts(desk: Store, event: str) -> int:
    with desk.read() as connection:
        return delivery.attempts(connection, event)


def test_what_waits_reaches_the_district_and_a_second_run_asks_nothing(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(1, 38))
    hub = DirectHub(district)
    report = run(hub)
    assert (report.sent, report.accepted, report.refused, report.waiting) == (37, 37, 0, 0)
    assert (report.requests, report.received, report.scans_left) == (1, 0, 0)
    assert report.bytes_up > 0
    assert held(district) == 37
    assert run(hub) == Report()
    assert reasons(desk) == []


def test_an_empty_outbox_makes_no_request(district: Database, run: Callable[..., Report]) -> None:
    hub = DirectHub(district)
    assert run(hub) == Report()
    assert hub.sizes == []


def test_no_transaction_is_open_while_the_district_is_spoken_to(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    hub = DirectHub(district)

    def look(batch: Batch) -> Answer | Setback:
        assert states(desk) == {"sending": 1}
        receive_dossiers(desk, [2])  # the counter goes on
        return hub.deliver(batch)

    hub.faults.append(look)
    receive_dossiers(desk, [1])
    assert run(hub).sent == 2
    assert held(district) == 2


def test_many_events_go_in_batches_that_grow_and_progress_is_told(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(700))
    hub = DirectHub(district)
    told: list[tuple[int, int]] = []
    run(hub, progress=lambda sent, total: told.append((sent, total)))
    assert hub.sizes[0] < hub.sizes[1]
    assert told[-1] == (700, 700)
    assert [total for _, total in told] == [700] * len(told)


def test_a_run_can_be_stopped_between_two_batches_and_goes_on_later(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(700))
    hub = DirectHub(district)
    report = run(hub, stop=lambda: len(hub.sizes) == 1)
    assert report.stopped
    assert report.waiting == 700 - hub.sizes[0]
    assert "sending" not in states(desk)
    assert run(hub).waiting == 0
    assert held(district) == 700


def test_a_desk_killed_while_sending_sends_again_and_is_counted_once(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(5))
    hub = DirectHub(district)
    hub.faults.append(hub.die_after)
    with pytest.raises(KilledError):
        run(hub)
    assert states(desk) == {"sending": 5}
    assert run(hub).accepted == 5
    assert held(district) == 5


def test_a_lost_answer_is_sent_again_and_counted_once(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(8))
    hub = DirectHub(district)
    hub.faults.append(hub.lose_the_answer)
    report = run(hub)
    assert (report.accepted, report.problem) == (8, None)
    assert sum(hub.sizes) == 16
    assert held(district) == 8


@pytest.mark.parametrize(
    ("trouble", "number"),
    [
        (Trouble.NO_NETWORK, "MC-141"),
        (Trouble.TOO_OLD, "MC-143"),
        (Trouble.INTERRUPTED, "MC-144"),
        (Trouble.TIMED_OUT, "MC-144"),
        (Trouble.NOT_THE_HUB, "MC-145"),
        (Trouble.BUSY, "MC-146"),
        (Trouble.HUB_FAULT, "MC-146"),
        (Trouble.SENT_BACK, "MC-148"),
    ],
)
def test_every_setback_is_kept_with_its_number_and_its_hour(
    desk: Store, district: Database, run: Callable[..., Report], trouble: Trouble, number: str
) -> None:
    receive_dossiers(desk, [1, 2, 3])
    hub = DirectHub(district, [Setback(trouble)] * 9)
    report = run(hub)
    assert report.problem is not None
    assert report.problem.number == number
    assert (report.waiting, report.accepted) == (3, 0)
    assert reasons(desk) == [("waiting", number, NOON + pace.FIRST_WAIT_MS)] * 3
    hub.faults.clear()
    assert run(hub, insist=True).accepted == 3
    assert held(district) == 3


def test_a_timer_keeps_to_the_hour_also_for_what_came_later(
    desk: Store, district: Database, run: Callable[..., Report], now: Clock
) -> None:
    receive_dossiers(desk, [1])
    hub = DirectHub(district, [Setback(Trouble.NO_NETWORK)])
    again = run(hub).again_ms
    receive_dossiers(desk, [2])
    report = run(hub)
    assert (report.requests, report.waiting, report.again_ms) == (0, 2, again)
    assert reasons(desk) == [("waiting", "MC-141", again)] * 2
    now.ms = again or 0
    assert run(hub).accepted == 2


def test_waits_double_with_every_failure_and_begin_anew_after_a_success(
    desk: Store, district: Database, run: Callable[..., Report], now: Clock
) -> None:
    receive_dossiers(desk, [1])
    hub = DirectHub(district, [Setback(Trouble.NO_NETWORK)] * 9)
    waits = []
    for _ in range(9):
        again = run(hub).again_ms or 0
        waits.append(again - now.ms)
        now.ms = again
    assert waits[:3] == [15_000, 30_000, 60_000]
    assert waits[-1] == pace.LONGEST_WAIT_MS
    assert run(hub).accepted == 1
    receive_dossiers(desk, [2])
    hub.faults.append(Setback(Trouble.NO_NETWORK))
    assert run(hub).again_ms == now.ms + 15_000


def test_a_timer_waits_as_long_as_it_was_asked_and_a_person_need_not(
    desk: Store, district: Database, run: Callable[..., Report], now: Clock
) -> None:
    receive_dossiers(desk, [1])
    hub = DirectHub(district, [Setback(Trouble.BUSY, retry_after_s=600)])
    assert run(hub).again_ms == NOON + 10 * MINUTE
    assert run(hub).requests == 0
    assert run(hub, insist=True).accepted == 1


def test_offices_that_failed_together_do_not_come_back_together() -> None:
    spread = {pace.wait_ms(4, lambda chance=chance: chance / 10) for chance in range(10)}
    asked = {pace.wait_ms(1, lambda chance=chance: chance / 10, asked_s=60) for chance in range(10)}
    assert len(spread) == len(asked) == 10
    assert min(asked) >= 60_000
    assert pace.wait_ms(1, lambda: 1.0, asked_s=1e9) <= pace.FURTHEST_AGAIN_MS
    assert pace.wait_ms(10_000, lambda: 0.0) == pace.LONGEST_WAIT_MS


def test_a_clock_that_was_set_back_does_not_keep_anything_waiting(
    desk: Store, district: Database, run: Callable[..., Report], now: Clock
) -> None:
    receive_dossiers(desk, [1])
    hub = DirectHub(district, [Setback(Trouble.NO_NETWORK)])
    run(hub)
    now.ms -= 7 * 365 * 24 * 60 * MINUTE
    assert run(hub).accepted == 1


def test_a_slow_line_gets_smaller_batches_and_larger_ones_once_it_recovers(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(100))
    hub = DirectHub(district, [Setback(Trouble.TIMED_OUT)] * 2)
    assert run(hub).accepted == 100
    assert hub.sizes[0] == 100
    assert hub.sizes[1] <= 50
    assert hub.sizes[2] <= 25
    assert max(hub.sizes[3:]) > hub.sizes[2]


def test_a_line_that_keeps_timing_out_is_left_alone_for_a_while(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(100))
    hub = DirectHub(district, [Setback(Trouble.TIMED_OUT)] * 9)
    assert run(hub).requests == 3
    assert run(hub, insist=True).requests == 3
    assert hub.sizes[3] < 100, "what was learned of the line outlives the run"


def test_a_batch_too_large_for_the_district_is_divided(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(40))
    hub = DirectHub(district)

    def only_ten(batch: Batch) -> Answer | Setback:
        too_large = len(batch.events) > 10
        return Setback(Trouble.TOO_LARGE, TOO_LARGE) if too_large else hub.deliver(batch)

    hub.faults = [only_ten] * 30
    assert run(hub).accepted == 40
    assert held(district) == 40


def test_an_event_too_large_for_any_batch_is_shown_and_the_others_pass(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    _, large, _ = receive_dossiers(desk, [1, 2, 3])
    hub = DirectHub(district)

    def not_that_one(batch: Batch) -> Answer | Setback:
        if large.id in batch.events:
            return Setback(Trouble.TOO_LARGE, TOO_LARGE, "quá lớn")
        return hub.deliver(batch)

    hub.faults = [not_that_one] * 30
    report = run(hub)
    assert (report.sent, report.accepted, report.refused, report.waiting) == (3, 2, 1, 0)
    assert reasons(desk) == [("refused", TOO_LARGE, None)]


def test_one_event_that_cannot_pass_does_not_keep_the_others_in_small_batches(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    events = receive_dossiers(desk, range(150))
    hub = DirectHub(district)

    def not_that_one(batch: Batch) -> Answer | Setback:
        if events[20].id in batch.events:
            return Setback(Trouble.TOO_LARGE, TOO_LARGE, "quá lớn")
        return hub.deliver(batch)

    hub.faults = [not_that_one] * 200
    report = run(hub)
    assert (report.accepted, report.refused) == (149, 1)
    assert report.requests < 45


def test_an_event_that_makes_the_district_stumble_is_set_aside_and_the_others_pass(
    desk: Store, district: Database, run: Callable[..., Report], now: Clock
) -> None:
    events = receive_dossiers(desk, range(30))
    hub = DirectHub(district)

    def stumble(batch: Batch) -> Answer | Setback:
        return Setback(Trouble.HUB_FAULT) if events[11].id in batch.events else hub.deliver(batch)

    hub.faults = [stumble] * 60
    report = run(hub)
    assert (report.accepted, report.waiting, report.problem) == (29, 1, None)
    assert report.again_ms == NOON + pace.FIRST_WAIT_MS * 2 ** (delivery_attempts(desk, events[11].id) - 1)
    assert reasons(desk)[0][:2] == ("waiting", "MC-146")
    hub.faults.clear()
    now.ms += pace.FURTHEST_AGAIN_MS
    assert run(hub).accepted == 1
    assert held(district) == 30


def test_a_district_that_stumbles_over_everything_is_not_asked_a_thousand_times(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(150))
    hub = DirectHub(district, [Setback(Trouble.HUB_FAULT)] * 500)
    assert run(hub).requests < 10


def test_a_refused_event_keeps_the_reason_and_stops_nobody(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    write(
        desk, [intake(1), Draft("note_written", {"text": "x" * 5_000}, "2026-11-20T09:47:00+07:00", "Nhung")]
    )
    receive_dossiers(desk, [2, 3])
    hub = DirectHub(district, limits=Limits(event_bytes=4_000))
    report = run(hub)
    assert (report.sent, report.accepted, report.refused, report.waiting) == (4, 3, 1, 0)
    with desk.read() as connection:
        (line,) = delivery.outbox(connection)
    assert line.state == "refused"
    assert line.problem is not None
    assert line.problem.number == EVENT_TOO_LARGE
    assert line.problem.params["text"]
    assert run(hub) == Report()


def test_a_district_restored_from_a_backup_gets_everything_back(
    desk: Store, district: Database, run: Callable[..., Report], tmp_path: Any
) -> None:
    receive_dossiers(desk, range(20))
    run(DirectHub(district))
    older = Database(f"sqlite:///{(tmp_path / 'older.db').as_posix()}")
    receive_dossiers(desk, [21])
    report = run(DirectHub(older))
    assert held(older) == 21
    assert report.accepted == 21
    assert run(DirectHub(older)) == Report()
    older.close()


def test_a_new_epoch_alone_makes_the_last_thirty_days_go_out_again(
    desk: Store, district: Database, run: Callable[..., Report], now: Clock
) -> None:
    receive_dossiers(desk, [1])
    run(DirectHub(district))
    now.ms += 31 * 24 * 60 * MINUTE
    receive_dossiers(desk, [2, 3])
    run(DirectHub(district))
    district.begin_epoch()
    receive_dossiers(desk, [4])
    report = run(DirectHub(district))
    assert (report.sent, report.accepted) == (3, 3)


def test_two_districts_that_answer_in_turn_are_not_fed_for_ever(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(3))
    run(DirectHub(district))

    class Turning(DirectHub):
        def deliver(self, batch: Batch) -> Answer | Setback:
            district.begin_epoch()
            return super().deliver(batch)

    receive_dossiers(desk, [4])
    report = run(Turning(district))
    assert report.problem is not None
    assert report.problem.number == "MC-145"
    assert report.requests == 2


def test_a_district_that_always_says_it_lacks_something_is_believed_once_a_run(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, [1, 2])
    hub = DirectHub(district)

    def forgetful(batch: Batch) -> Answer | Setback:
        answer = hub.deliver(batch)
        assert isinstance(answer, Answer)
        return Answer(answer.epoch, answer.time_ms, answer.events, ((1, 2),))

    hub.faults = [forgetful] * 20
    assert run(hub).requests == 2
    assert run(hub) == Report()


def test_a_gap_in_the_chain_is_filled_when_the_district_names_it(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    first = receive_dossiers(desk, [1])
    with desk.write() as connection:
        delivery.accept(connection, [first[0].id], NOON)  # believed to be there, and is not
    receive_dossiers(desk, [2])
    report = run(DirectHub(district))
    assert (report.sent, report.accepted) == (2, 2)
    assert held(district) == 2


def test_events_of_an_earlier_chain_of_this_store_are_sent_in_their_own_batch(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, [1])
    before = chain_of(desk)
    with desk.write() as connection:
        connection.execute("DELETE FROM identity WHERE name = 'chain'")
    receive_dossiers(desk, [2])
    assert chain_of(desk) != before
    hub = DirectHub(district)
    assert run(hub).accepted == 2
    assert hub.sizes == [1, 1]


def test_the_difference_between_the_clocks_is_measured_and_remembered(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, [1])
    hub = DirectHub(district)
    hub.time_ms = lambda: NOON + 90_500
    assert run(hub).skew_s == -90.5
    with desk.read() as connection:
        line = delivery.read_line(connection)
    assert (line.skew_ms, line.last_success_ms, line.failures) == (-90_500, NOON, 0)


def test_an_interrupted_run_tells_how_far_it_came(
    desk: Store, district: Database, run: Callable[..., Report]
) -> None:
    receive_dossiers(desk, range(700))
    hub = DirectHub(district, [None, Setback(Trouble.NO_NETWORK)])
    report = run(hub)
    assert report.problem is not None
    assert report.problem.params == {"done": report.sent, "total": 700}
    assert report.sent + report.waiting == 700
