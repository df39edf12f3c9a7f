"""Sending what waits, and saying what waits: the verbs behind the outbox screen, `sync` and `outbox`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua_desktop.domain.clock import now_ms
from motcua_desktop.domain.errors import Problem, refuse
from motcua_desktop.store import delivery, dossiers
from motcua_desktop.store.delivery import OutboxLine
from motcua_desktop.store.store import Store

if TYPE_CHECKING:
    from motcua_desktop.sync.run import Report as SyncReport

__all__ = [
    "OutboxLine",
    "OutboxSummary",
    "SyncReport",
    "fork_problem",
    "outbox",
    "refused_of",
    "send_again",
    "send_once",
    "summary",
    "told_forks",
]


@dataclass(frozen=True, slots=True)
class OutboxSummary:
    """The four numbers above the outbox, and the state of the line.

    Counted in events; times in UTC milliseconds. `line.problem` and `line.again_ms` are set while the line is
    in trouble; `line.skew_ms` is this machine's clock minus the district's as last heard.
    """

    counts: delivery.Counts
    line: delivery.Line

    @property
    def fork(self) -> Problem | None:
        """MC-142 while the district holds two entries for a place of this store's ledger."""
        return fork_problem(len(self.line.forked))


def send_once(
    store: Store,
    hub_url: str,
    *,
    insist: bool = True,
    progress: Callable[[int, int], None] = lambda sent, total: None,
    stop: Callable[[], bool] = lambda: False,
) -> SyncReport:
    """Send everything that is due to the district at `hub_url`.

    `insist=False` is for a timer: it keeps to the back-off of earlier setbacks. Raises UserFacingError MC-147
    for an address that must not be used, EnvironmentFault of the store; a bad line is in the report.
    """
    # The line is slow to import: nothing else here needs it, and no window waits for it.
    from motcua_desktop.sync.http_hub import HttpHub
    from motcua_desktop.sync.run import run_once

    with HttpHub(hub_url) as hub:
        return run_once(store, hub, insist=insist, progress=progress, stop=stop)


def outbox(store: Store, limit: int = 500) -> list[OutboxLine]:
    """What is not accepted yet, refused first, each with its reason and its next attempt."""
    with store.read() as connection:
        return delivery.outbox(connection, limit)


def summary(store: Store, now: Callable[[], int] = now_ms) -> OutboxSummary:
    """What waits, what was sent today (local time), and how the line is."""
    today = datetime.fromtimestamp(now() / 1000).replace(hour=0, minute=0, second=0, microsecond=0)
    with store.read() as connection:
        counts = delivery.count(connection, int(today.timestamp() * 1000))
        return OutboxSummary(counts, delivery.read_line(connection))


def send_again(store: Store, events: Sequence[str] | None = None) -> int:
    """Queue refused events, all or those named by id, for the next sending; returns how many."""
    with store.write() as connection:
        return delivery.send_again(connection, events)


def refused_of(store: Store, name: str) -> list[str]:
    """The refused events of the dossier of that code or key. Raises UserFacingError MC-160 for none such."""
    with store.read() as connection:
        dossier = dossiers.get(connection, name)
        if dossier is None:
            raise refuse("MC-160", "code", text=name)
        return delivery.refused_of(connection, dossier.id)


def told_forks(store: Store) -> int:
    """How many places of the ledger the district holds two entries for, as it told so far."""
    with store.read() as connection:
        return len(delivery.read_line(connection).forked)


def fork_problem(count: int) -> Problem | None:
    """MC-142 for that many forked places, None for none."""
    return Problem("MC-142", None, {"count": count}) if count else None
