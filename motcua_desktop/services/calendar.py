"""Decisions about days. A date that is already printed never moves: the dossiers concerned are listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from motcua_desktop.domain.calendar import VIETNAM, DayDecision, DayKind
from motcua_desktop.domain.dossier import Dossier, Kind, Verb
from motcua_desktop.domain.errors import Problem, UserFacingError, refuse
from motcua_desktop.domain.event import Draft
from motcua_desktop.domain.text import clean
from motcua_desktop.services.act_dates import moment_of
from motcua_desktop.services.acts import Act, act, plan
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.person import undrawable
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.store import dossiers, ledger


def decide_day(desk: Desk, decision: DayDecision) -> list[str]:
    """Write a decision down; returns the codes of open dossiers whose running term holds that day.

    Raises MC-202 where reason or source is missing, MC-191 where no sheet can print one of them: a receipt is
    explained by them.
    """
    reason, source = clean(decision.reason), clean(decision.source)
    if not reason or not source:
        raise refuse("MC-202", "source" if not source else "reason")
    for field, text in (("reason", reason), ("source", source)):
        if holes := undrawable(text):
            raise refuse("MC-191", field, text=holes)
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
    return concerned(desk, decision.date)  # read afterwards: no intake waits for it


def concerned(desk: Desk, day: date) -> list[str]:
    """The codes of open dossiers whose running term holds that day; none whose citizen withdraws."""
    midnight = datetime.combine(day, time(), VIETNAM)
    with desk.store.read() as connection:
        rows = dossiers.running_on(connection, midnight)
    return [code for code, received, due, total in rows if _concerns(received, due, total, day)]


def recount_reason(decision: DayDecision) -> str:
    """Why a date is counted again: the day, what was decided of it, by what reason and instrument."""
    what = "nghỉ" if decision.kind is DayKind.OFF else "làm việc"
    return f"Ngày {decision.date:%d/%m/%Y} {what}: {clean(decision.reason)} ({clean(decision.source)})"


@dataclass(frozen=True, slots=True)
class Moving:
    """A dossier and its dates: as they were given, and as the calendar counts them now.

    Moments are ISO texts, None for none. `problem` says why this dossier cannot be counted again.
    """

    id: str
    code: str
    full_name: str
    given: str | None
    given_total: str | None
    counted: str | None
    counted_total: str | None
    problem: Problem | None = None

    @property
    def moves(self) -> bool:
        """Whether it would get another date: a later one, never an earlier one."""
        return (self.given, self.given_total) != (self.counted, self.counted_total)


def moving(desk: Desk, codes: Iterable[str], reason: str) -> list[Moving]:
    """What `recount` would do to these dossiers, without doing it."""
    return [_moving(desk, find_dossier(desk, code), reason) for code in codes]


def _moving(desk: Desk, dossier: Dossier, reason: str) -> Moving:
    given = dossier.due_at, dossier.due_total_at
    name = dossier.applicant.full_name if dossier.applicant else ""
    who = dossier.id, dossier.code, name
    try:
        planned = plan(desk, dossier, Act(Verb.RECOUNT, reason=reason))
    except UserFacingError as refused:
        return Moving(*who, *given, *given, refused.problem)
    if (planned.due_at, planned.due_total_at) == (moment_of(given[0]), moment_of(given[1])):
        return Moving(*who, *given, *given)
    return Moving(*who, *given, _iso(planned.due_at), _iso(planned.due_total_at))


def recount_each(desk: Desk, codes: Iterable[str], reason: str) -> Iterator[Moving]:
    """Count the dates of these dossiers again, one by one as they are asked for; a refused one stops no other.

    Each is told with its dates before and after, or with the problem for which it was refused.
    """
    for code in codes:
        before = find_dossier(desk, code)
        given = before.due_at, before.due_total_at
        who = before.id, before.code, before.applicant.full_name if before.applicant else ""
        try:
            moved = recount(desk, [code], reason)
        except UserFacingError as refused:
            yield Moving(*who, *given, *given, refused.problem)
        else:
            after = (moved[0].due_at, moved[0].due_total_at) if moved else given
            yield Moving(*who, *given, *after)


def recount(desk: Desk, codes: Iterable[str], reason: str) -> list[Dossier]:
    """Count the dates of these dossiers again by the calendar as it is now; each wants a new sheet.

    A date that was given never becomes earlier; a dossier whose date stays is left alone. Raises at the first one
    that is refused; those before it are counted: `recount_each` tells of them.
    """
    wanted = Act(Verb.RECOUNT, reason=reason)
    found = []
    for code in codes:
        dossier = find_dossier(desk, code)
        planned = plan(desk, dossier, wanted)
        given = moment_of(dossier.due_at), moment_of(dossier.due_total_at)
        if (planned.due_at, planned.due_total_at) != given:
            found.append(act(desk, dossier.id, wanted).dossier)
    return found


def special_days(desk: Desk, year: int) -> list[DayDecision]:
    """The days of a year that are not what their weekday says, with reason and source."""
    calendar = desk.calendar
    off = [DayDecision(day.date, DayKind.OFF, day.reason, day.source) for day in calendar.days_off(year)]
    return sorted([*off, *calendar.make_up_days(year)], key=lambda day: day.date)


def _concerns(received_at: str, due_at: str, due_total_at: str | None, day: date) -> bool:
    last = max(due_at, due_total_at or "")
    return _day(received_at) < day <= _day(last) or day == _day(due_at)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
