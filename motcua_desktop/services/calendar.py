"""Decisions about days. A date that is already printed never moves: the dossiers concerned are listed."""

from __future__ import annotations

from datetime import date, datetime

from motcua_desktop.domain.calendar import DayDecision, DayKind
from motcua_desktop.domain.dossier import Kind
from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.event import Draft
from motcua_desktop.domain.text import clean
from motcua_desktop.services.desk import Desk
from motcua_desktop.store import dossiers, ledger


def decide_day(desk: Desk, decision: DayDecision) -> list[str]:
    """Write a decision down; returns the codes of open dossiers whose running term holds that day.

    Raises MC-202 where reason or source is missing: a receipt is explained by them.
    """
    reason, source = clean(decision.reason), clean(decision.source)
    if not reason or not source:
        raise refuse("MC-202", "source" if not source else "reason")
    body = {
        "date": decision.date.isoformat(),
        "kind": str(decision.kind),
        "reason": reason,
        "source": source,
    }
    happened_at = desk.now().isoformat(timespec="seconds")
    with desk.store.write() as transaction:
        ledger.append(
            transaction, desk.chain, Draft(Kind.CALENDAR_DECIDED, body, happened_at, desk.office.officer)
        )
        lines = dossiers.open_by_due(transaction, dossiers.ALL)
    return [
        line.code for line in lines if line.due_at and _concerns(line.received_at, line.due_at, decision.date)
    ]


def special_days(desk: Desk, year: int) -> list[DayDecision]:
    """The days of a year that are not what their weekday says, with reason and source."""
    calendar = desk.calendar
    off = [DayDecision(day.date, DayKind.OFF, day.reason, day.source) for day in calendar.days_off(year)]
    return sorted([*off, *calendar.make_up_days(year)], key=lambda day: day.date)


def _concerns(received_at: str, due_at: str, day: date) -> bool:
    return _day(received_at) < day <= _day(due_at) or day == _day(due_at)


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
