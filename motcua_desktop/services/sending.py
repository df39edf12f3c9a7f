"""Sending what waits, and saying what waits: the verbs behind the outbox screen, `sync` and `outbox`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua_desktop.domain.clock import now_ms
from motcua_desktop.store import delivery
from motcua_desktop.store.delivery import OutboxLine
from motcua_desktop.store.store import Store

if TYPE_CHECKING:
    from motcua_desktop.sync.run import Report as SyncReport

__all__ = ["OutboxLine", "OutboxSummary", "SyncReport", "outbox", "send_once", "summary"]


@dataclass(frozen=True, slots=True)
class OutboxSummary:
    """The four numbers above the outbox, and the state of the line.

    Counted in events; times in UTC milliseconds. `line.problem` and `line.again_ms` are set while the line is
    in trouble; `line.skew_ms` is this machine's clock minus the district's as last heard.
    """

    counts: delivery.Counts
    line: delivery.Line


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
