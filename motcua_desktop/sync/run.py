"""One round of sending: everything that is due, batch by batch, each settled in one transaction.

No timer, no thread, no window. It may be killed at any point: what was on its way is sent again with the same
ids, and the district remembers ids for ever.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from motcua_desktop.domain import clock
from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.event import Event
from motcua_desktop.store import delivery
from motcua_desktop.store.connection import Connection
from motcua_desktop.store.store import Store
from motcua_desktop.sync import pace
from motcua_desktop.sync.hub import REFUSED, Answer, Hub, Setback, Trouble
from motcua_desktop.sync.wire import Batch, pack

FORGETTABLE_MS = 30 * 24 * 3600 * 1000  # how far back a district restored from a backup may have lost things
_TRIES_ON_A_BAD_LINE = 3
_FAULTS_OF_SINGLE_EVENTS = 3

_NUMBERS = {
    Trouble.NO_NETWORK: "MC-141",
    Trouble.TOO_OLD: "MC-143",
    Trouble.INTERRUPTED: "MC-144",
    Trouble.TIMED_OUT: "MC-144",
    Trouble.NOT_THE_HUB: "MC-145",
    Trouble.TOO_LARGE: "MC-145",  # said by a proxy on the way; the district's own 413 refuses the event
    Trouble.BUSY: "MC-146",
    Trouble.HUB_FAULT: "MC-146",
    Trouble.SENT_BACK: "MC-148",
}
_BROKEN_LINE = frozenset({Trouble.TIMED_OUT, Trouble.INTERRUPTED})
_ABOUT_THE_CONTENT = frozenset({Trouble.TOO_LARGE, Trouble.HUB_FAULT, Trouble.SENT_BACK})


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did, counted in events; `accepted` includes what the district already had.

    `received` and `scans_left` are promised names of the report: both are 0 until the district sends something
    down and scans are sent up. `bytes_up` counts the batches alone. `skew_s` is this machine's clock minus the
    district's, None when it was not heard. `forked` counts places of the chain of which the district said for
    the first time that it holds two entries. `problem` says why the run ended early, `again_ms` when the next
    one makes sense (None when nothing waits for an hour).
    """

    sent: int = 0
    accepted: int = 0
    refused: int = 0
    waiting: int = 0
    received: int = 0
    scans_left: int = 0
    bytes_up: int = 0
    requests: int = 0
    skew_s: float | None = None
    forked: int = 0
    problem: Problem | None = None
    again_ms: int | None = None
    stopped: bool = False


def run_once(
    store: Store,
    hub: Hub,
    *,
    insist: bool = False,
    progress: Callable[[int, int], None] = lambda sent, total: None,
    stop: Callable[[], bool] = lambda: False,
    now: Callable[[], int] = clock.now_ms,
    chance: Callable[[], float] = random.random,
) -> Report:
    """Send what is due until nothing is left, the line gives up, or `stop` says so between two batches.

    `insist` is a person asking to try now, whatever back-off there was and whoever asked for it: a stranger on
    the line can ask for patience too. `progress` hears (settled so far, total). While another run of this store
    sends, in whichever process, this one does nothing and reports MC-149. Raises EnvironmentFault of the store.
    """
    return _Run(store, hub, progress, stop, now, chance).go(insist)


class _Run:
    def __init__(
        self,
        store: Store,
        hub: Hub,
        progress: Callable[[int, int], None],
        stop: Callable[[], bool],
        now: Callable[[], int],
        chance: Callable[[], float],
    ) -> None:
        self._store, self._hub = store, hub
        self._progress, self._stop, self._now, self._chance = progress, stop, now, chance
        self._report = Report()
        self._budget = pace.START_BYTES
        self._most_events = pace.MOST_EVENTS
        self._ceiling = (pace.MOST_BYTES, pace.MOST_EVENTS)  # lower once something was too large
        self._careful = False  # the line broke in this run
        self._broken = 0  # broken attempts since the last answer
        self._alone = 0  # single events that the district stumbled over since the last answer
        self._total = 0
        self._epoch_changed = False
        self._asked_again: set[str] = set()  # chains whose gaps were filled in this run

    def go(self, insist: bool) -> Report:
        with self._store.read() as connection:
            unsettled = delivery.count(connection, self._now()).unsettled
        if unsettled:
            with delivery.sole_sender(self._store.path) as mine:
                if mine:
                    self._send_all(insist)
                else:
                    self._leave_it_to_the_other()
        with self._store.read() as connection:
            waiting = delivery.count(connection, self._now()).unsettled
            again_ms = self._report.again_ms or delivery.soonest(connection)
        return replace(self._report, waiting=waiting, again_ms=again_ms)

    def _send_all(self, insist: bool) -> None:
        if self._prepare(insist):
            while events := self._take():
                batch = pack(events, clock.uuid7(self._now()))
                outcome = self._hub.send(batch)
                self._count(requests=1, bytes_up=len(batch.data))
                setback = self._settle(events, outcome) if isinstance(outcome, Answer) else outcome
                if setback is not None and not self._goes_on(setback, events, batch):
                    break

    def _leave_it_to_the_other(self) -> None:
        again = self._now() + pace.FIRST_WAIT_MS
        self._report = replace(self._report, problem=Problem("MC-149"), again_ms=again)

    def _prepare(self, insist: bool) -> bool:
        """Put the outbox in order; whether it may be sent now."""
        now = self._now()
        with self._store.write() as connection:
            line = delivery.read_line(connection)
            self._budget = line.budget or pace.START_BYTES
            delivery.recover(connection)
            if line.problem and not insist and _is_held(line, now):
                self._report = replace(self._report, problem=line.problem, again_ms=line.again_ms)
                delivery.postpone_all(connection, line.again_ms or now, line.problem)
                return False
            if insist:
                delivery.release(connection)
            self._total = self._due(connection)
        return True

    def _take(self) -> list[Event]:
        if self._stop():
            self._report = replace(self._report, stopped=True)
            return []
        now = self._now()
        furthest = now + pace.FURTHEST_AGAIN_MS
        with self._store.write() as connection:
            return delivery.take(connection, now, furthest, self._most_events, self._budget)

    def _settle(self, events: list[Event], answer: Answer) -> Setback | None:
        """Write down what the district said; a Setback when two districts seem to be answering in turn."""
        now, chain = self._now(), events[0].desk
        refused = [each for each in answer.events if each.answer == REFUSED]
        accepted = [each.id for each in answer.events if each.answer != REFUSED]
        with self._store.write() as connection:
            line = delivery.read_line(connection)
            if line.epoch not in (None, answer.epoch):
                if self._epoch_changed:
                    return Setback(Trouble.NOT_THE_HUB)
                self._epoch_changed = True
                delivery.requeue_since(connection, now - FORGETTABLE_MS)
            delivery.accept(connection, accepted, now)
            for each in refused:
                delivery.refuse(connection, each.id, Problem(each.number, None, {"text": each.text}), now)
            if answer.missing and chain not in self._asked_again:
                self._asked_again.add(chain)
                delivery.requeue_places(connection, chain, answer.missing)
            self._learn()
            told = sorted({f"{chain}:{place}" for place in answer.forked} - set(line.forked))
            delivery.write_line(
                connection,
                delivery.Line(
                    epoch=answer.epoch,
                    budget=self._budget,
                    skew_ms=now - answer.time_ms,
                    last_success_ms=now,
                    forked=(*line.forked, *told),
                ),
            )
            left = self._due(connection)
        self._count(sent=len(events), accepted=len(accepted), refused=len(refused), forked=len(told))
        self._report = replace(self._report, skew_s=round((now - answer.time_ms) / 1000, 1))
        self._total = max(self._total, self._report.sent + left)
        self._progress(self._report.sent, self._total)
        return None

    def _learn(self) -> None:
        self._broken = self._alone = 0
        most_bytes, most_events = self._ceiling
        self._budget = pace.larger(self._budget, most_bytes, careful=self._careful)
        self._most_events = pace.larger(self._most_events, most_events, careful=self._careful)

    def _goes_on(self, setback: Setback, events: list[Event], batch: Batch) -> bool:
        """Deal with a batch that was not answered; whether the run may try on."""
        if setback.trouble in _BROKEN_LINE:
            self._broken += 1
            self._careful = True
            self._shrink(events, batch, by=2)
            if len(events) > 1 and self._broken < _TRIES_ON_A_BAD_LINE:
                return self._put_back(events)
        elif setback.trouble in _ABOUT_THE_CONTENT:
            if len(events) > 1:
                too_large = setback.trouble is Trouble.TOO_LARGE
                self._shrink(events, batch, by=2 if too_large else 4)
                self._ceiling = (self._budget, self._most_events) if too_large else self._ceiling
                return self._put_back(events)
            self._alone += 1
            if self._alone < _FAULTS_OF_SINGLE_EVENTS:
                return self._set_aside(setback, events[0])
        return self._give_up(setback, events)

    def _shrink(self, events: list[Event], batch: Batch, by: int) -> None:
        self._budget = pace.smaller(batch.raw_size, by)
        self._most_events = max(1, len(events) // by)

    def _put_back(self, events: list[Event]) -> bool:
        with self._store.write() as connection:
            delivery.put_back(connection, [event.id for event in events])
        return True

    def _set_aside(self, setback: Setback, event: Event) -> bool:
        """One event that cannot pass must not hold back the others, nor keep them in small batches."""
        self._ceiling = (pace.MOST_BYTES, pace.MOST_EVENTS)
        now = self._now()
        with self._store.write() as connection:
            if setback.trouble is Trouble.TOO_LARGE and setback.number:
                said = Problem(setback.number, None, {"text": setback.text})
                delivery.refuse(connection, event.id, said, now)
            else:
                tried = delivery.attempts(connection, event.id) + 1
                again = now + pace.wait_ms(tried, self._chance, setback.retry_after_s)
                delivery.postpone(connection, [event.id], again, self._problem(setback))
        if setback.trouble is Trouble.TOO_LARGE and setback.number:
            self._alone = 0
            self._count(sent=1, refused=1)
        return True

    def _give_up(self, setback: Setback, events: list[Event]) -> bool:
        now, problem = self._now(), self._problem(setback)
        with self._store.write() as connection:
            line = delivery.read_line(connection)
            failures = line.failures + 1
            again = now + pace.wait_ms(failures, self._chance, setback.retry_after_s)
            delivery.put_back(connection, [event.id for event in events])
            delivery.postpone_all(connection, again, problem)
            held = replace(line, failures=failures, again_ms=again, problem=problem, budget=self._budget)
            delivery.write_line(connection, held)
        self._report = replace(self._report, problem=problem, again_ms=again)
        return False

    def _problem(self, setback: Setback) -> Problem:
        params: dict[str, object] = {"done": self._report.sent, "total": self._total}
        if setback.number:
            params |= {"hub_number": setback.number, "text": setback.text}
        return Problem(_NUMBERS[setback.trouble], None, params)

    def _due(self, connection: Connection) -> int:
        now = self._now()
        return delivery.count_due(connection, now, now + pace.FURTHEST_AGAIN_MS)

    def _count(self, **more: int) -> None:
        added = {name: getattr(self._report, name) + number for name, number in more.items()}
        self._report = replace(self._report, **added)


def _is_held(line: delivery.Line, now: int) -> bool:
    return line.again_ms is not None and now < line.again_ms <= now + pace.FURTHEST_AGAIN_MS
