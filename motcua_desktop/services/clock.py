"""The machine's clock against what is written: appointments are never counted from a wrong one."""

from __future__ import annotations

from datetime import datetime

from motcua_desktop.domain.calendar import VIETNAM
from motcua_desktop.domain.clock import LONGEST_GAP_MS, now_ms
from motcua_desktop.domain.errors import Problem, fault
from motcua_desktop.domain.event import Draft, Kind
from motcua_desktop.services.desk import Desk
from motcua_desktop.store import health, ledger

STEP_BACK_MS = 10 * 60 * 1000
_DAY_MS = 24 * 3600 * 1000


def clock_problem(desk: Desk) -> Problem | None:
    """MC-150 for a clock behind the last entry, MC-156 for one more than a month ahead of it; else None."""
    with desk.store.read() as connection:
        written = health.last_written_ms(connection)
    wall = now_ms()
    if written is None or written - STEP_BACK_MS <= wall <= written + LONGEST_GAP_MS:
        return None
    facts = {"now": moment_of(wall), "last": moment_of(written)}
    if wall < written:
        return Problem("MC-150", None, facts)
    return Problem("MC-156", None, {**facts, "days": (wall - written) // _DAY_MS})


def demand_right_clock(desk: Desk) -> None:
    """Refuse to count from a clock that contradicts what is written (MC-150, MC-156)."""
    problem = clock_problem(desk)
    if problem is not None:
        raise fault(problem.number, **problem.params)


def confirm_clock(desk: Desk) -> datetime:
    """Write down that the machine's clock is right as it stands; from then on it is counted from this reading."""
    with desk.store.read() as connection:
        written = health.last_written_ms(connection)
    now = moment_of(now_ms())
    before = _iso(moment_of(written)) if written is not None else None
    body = {"now": _iso(now), "before": before}
    draft = Draft(Kind.CLOCK_CONFIRMED, body, _iso(now), desk.office.officer)
    with desk.store.write() as transaction:
        ledger.append(transaction, desk.chain, draft)
    return now


def moment_of(ms: int) -> datetime:
    """UTC milliseconds as a moment on the Vietnamese clock."""
    return datetime.fromtimestamp(ms / 1000, VIETNAM)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
