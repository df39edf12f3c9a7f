"""A district without a line: the real reception, called in this process, and what a line may do to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from motcua_desktop.district import holdings
from motcua_desktop.district.database import Database
from motcua_desktop.district.receive import receive
from motcua_desktop.domain import clock
from motcua_desktop.store import delivery
from motcua_desktop.store.store import Store
from motcua_desktop.sync.hub import Answer, Setback, Trouble, read_answer
from motcua_desktop.sync.wire import SERVICE, VERSION, Batch, Limits

NOON = 1_795_000_000_000

Fault = Setback | BaseException | Callable[[Batch], Answer | Setback]


class DirectHub:
    """Passes the contract of a hub; `faults` are used up one a batch, None means that all goes well."""

    def __init__(self, database: Database, faults: Iterable[Fault | None] = (), limits: Limits | None = None):
        self.database, self.limits = database, limits or Limits()
        self.faults = list(faults)
        self.sizes: list[int] = []
        self.time_ms: Callable[[], int] = clock.now_ms

    def send(self, batch: Batch) -> Answer | Setback:
        self.sizes.append(len(batch.events))
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, BaseException):
            raise fault
        if isinstance(fault, Setback):
            return fault
        return fault(batch) if fault else self.deliver(batch)

    def deliver(self, batch: Batch) -> Answer | Setback:
        now = self.time_ms()
        reception = receive(self.database, batch.data, self.limits, now)
        said: dict[str, Any] = {
            "service": SERVICE,
            "v": VERSION,
            "epoch": self.database.epoch,
            "time": clock_text(now),
            "batch": reception.header.batch,
            "answers": reception.answers,
            "missing": reception.missing,
            "forked": reception.forked,
        }
        answer = read_answer(json.dumps(said).encode(), batch)
        assert answer is not None
        return answer

    def lose_the_answer(self, batch: Batch) -> Setback:
        """The batch arrives and is kept; the answer does not come back."""
        self.deliver(batch)
        return Setback(Trouble.INTERRUPTED)

    def die_after(self, batch: Batch) -> Setback:
        """The batch arrives; this desk is killed before it hears of it."""
        self.deliver(batch)
        raise KilledError


class KilledError(BaseException):
    """The process ends here."""


def clock_text(ms: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")


def held(database: Database) -> int:
    return sum(office.dossiers for office in holdings.offices(database))


def reasons(desk: Store) -> list[tuple[str, str, int | None]]:
    """State, number and hour of every line of the outbox."""
    with desk.read() as connection:
        lines = delivery.outbox(connection)
    return [(line.state, line.problem.number if line.problem else "", line.again_ms) for line in lines]


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.ms = NOON

    def __call__(self) -> int:
        return self.ms
