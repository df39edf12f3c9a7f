"""The desk's own check-up, and making everything derived anew."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from motcua_desktop.domain.errors import EnvironmentFault, Problem, fault
from motcua_desktop.services.clock import clock_problem
from motcua_desktop.services.desk import Desk
from motcua_desktop.store import comparison, derived, health, ledger

LEAST_FREE_BYTES = 2 * 1024**3
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing looked at; `problem` is None when it is well, `facts` what was found."""

    name: str
    problem: Problem | None
    facts: dict[str, object]


def check(desk: Desk) -> list[CheckItem]:
    """Look at database, ledger chain, derived tables, disk, clock and calendar; changes nothing."""
    looks = (_database, _chains, _derived, _disk, _clock, _calendar, _outbox)
    return [look(desk) for look in looks]


def rebuild(desk: Desk) -> int:
    """Derive everything again from the ledger in one transaction; returns the number of events.

    Raises EnvironmentFault MC-137 where the ledger itself does not hold: nothing is derived from altered lines.
    """
    with desk.store.write() as transaction:
        broken = next(ledger.faults(transaction), None)
        if broken is not None:
            raise fault("MC-137", desk=broken.desk, seq=broken.seq)
        events = list(ledger.all_events(transaction))
        derived.rebuild(transaction, events)
    return len(events)


def _database(desk: Desk) -> CheckItem:
    with desk.store.read() as connection:
        damage = health.damage(connection)
    problem = Problem("MC-132", None, {"cause": damage}) if damage else None
    return CheckItem("database", problem, {"damage": damage})


def _chains(desk: Desk) -> CheckItem:
    with desk.store.read() as connection:
        found = list(ledger.faults(connection))
        count = health.count_events(connection)
    problem = Problem("MC-137", None, {"desk": found[0].desk, "seq": found[0].seq}) if found else None
    return CheckItem("ledger", problem, {"events": count, "faults": len(found)})


def _derived(desk: Desk) -> CheckItem:
    with desk.store.read() as connection:
        found = list(comparison.differences(connection))
    try:
        with desk.store.write() as transaction:
            comparison.check_search(transaction)
    except EnvironmentFault as error:
        if error.problem.number != "MC-132":
            raise
        found.append("search")
    problem = Problem("MC-164", None, {"count": len(found)}) if found else None
    return CheckItem("derived", problem, {"differences": len(found), "where": found[:_SHOWN]})


def _disk(desk: Desk) -> CheckItem:
    free = shutil.disk_usage(desk.store.path.parent).free
    problem = None if free >= LEAST_FREE_BYTES else Problem("MC-130", None, {"free": free})
    return CheckItem("disk", problem, {"free_bytes": free})


def _clock(desk: Desk) -> CheckItem:
    now = desk.now().isoformat(timespec="seconds")
    return CheckItem("clock", clock_problem(desk), {"now": now})


def _calendar(desk: Desk) -> CheckItem:
    now = desk.now()
    needed = now.year + (now.month >= 11)
    problem = None if desk.calendar.is_published(needed) else Problem("MC-151", None, {"year": needed})
    return CheckItem("calendar", problem, {"year": needed})


def _outbox(desk: Desk) -> CheckItem:
    with desk.store.read() as connection:
        counted = health.unsettled(connection)
    refused = counted.get("refused", 0)
    problem = Problem("MC-140", None, {"count": refused}) if refused else None
    return CheckItem("outbox", problem, {"waiting": sum(counted.values()) - refused, "refused": refused})
