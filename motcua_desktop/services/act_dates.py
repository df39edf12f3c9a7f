"""The dates that an act gives: pause, restart, extension, and counting again by a later calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from motcua_desktop.domain import acts as table
from motcua_desktop.domain.act_rows import Clock, Limit, Row
from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.dossier import Dossier, Verb, Waiting
from motcua_desktop.domain.due import Due, Term, TermKind, due, first_unpublished, next_open
from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.pausing import ClockEffect, last_day_to_announce, resumed
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.intake import appoint, find_procedure, term_json

GIVES_DATES = frozenset({Clock.STARTS, Clock.GOES_ON, Clock.EXTENDS, Clock.RECOUNTS})
_STOPS = frozenset({Verb.ASK_PAPERS, Verb.ASK_PAYMENT, Verb.VERIFY})
_GOES_ON = frozenset({Verb.PAPERS_COMPLETE, Verb.PAID, Verb.VERIFIED})


@dataclass(frozen=True, slots=True)
class Dates:
    """The appointment after an act, what it is judged by, and that of all offices together."""

    counted: Due
    judged: datetime | None
    total: datetime | None
    warnings: tuple[Problem, ...] = ()
    effect: ClockEffect | None = None
    total_term: Term | None = None

    def in_order(self) -> Dates:
        """All offices together never end before this one."""
        own = self.counted.due_at
        return replace(self, total=max(self.total, own)) if self.total and own else self


def dates_of(
    desk: Desk,
    dossier: Dossier,
    row: Row,
    at: datetime,
    asked: datetime | None,
    effect: ClockEffect | None = None,
) -> Dates:
    """The dates after an act of that row at that time; `asked` is the day that the officer named."""
    held = Due(moment_of(dossier.due_at), term_of(dossier), provisional_year=dossier.provisional_year)
    same = Dates(held, moment_of(dossier.judged_due_at), moment_of(dossier.due_total_at))
    if row.clock is Clock.STARTS:
        return _started(desk, dossier, at, asked)
    if row.clock is Clock.GOES_ON and dossier.accepted_at is not None:
        return _gone_on(desk, dossier, at, _effect(dossier, row, effect))
    if row.clock is Clock.EXTENDS and asked is not None:
        return _extended(desk, dossier, same, at, asked)
    return _recounted(desk, dossier, same) if row.clock is Clock.RECOUNTS else same


def date_facts(row: Row, dates: Dates) -> dict[str, Any]:
    """What the event of an act keeps of its dates, each skipped day with its reason."""
    counted = dates.counted
    facts: dict[str, Any] = {
        "due_at": iso(counted.due_at) if counted.due_at else None,
        "due_total_at": iso(dates.total) if dates.total else None,
        "provisional_year": counted.provisional_year,
        "skipped": [
            {"date": off.date.isoformat(), "reason": off.reason, "source": off.source}
            for off in counted.skipped
        ],
    }
    if row.clock is Clock.STARTS:
        facts["term"] = term_json(counted.term)
        facts["term_total"] = term_json(dates.total_term) if dates.total_term else None
    if row.clock is not Clock.EXTENDS:
        facts["judged_due_at"] = iso(dates.judged) if dates.judged else None
    return facts | ({"effect": str(dates.effect)} if dates.effect else {})


def due_choices(desk: Desk, dossier: Dossier, at: datetime | None = None) -> dict[ClockEffect, Due]:
    """Both dates that completed papers could give, to be shown before an officer confirms."""
    moment = local(at or desk.now())
    return {
        effect: _resumed(desk, dossier, effect, moment, dossier.due_at, term_of(dossier))
        for effect in ClockEffect
    }


def usual_effect(dossier: Dossier, row: Row | None = None) -> ClockEffect:
    """What the law in force on the dossier's day, or its procedure, does to the clock after papers."""
    if row is not None and row.effect:
        return ClockEffect(row.effect)
    return ClockEffect(str(dossier.procedure.get("clock", ClockEffect.PAUSE)))


def term_of(dossier: Dossier) -> Term:
    """The term as the dossier keeps it: that of the day on which it was received."""
    return _term(dossier.term, dossier)


def total_term_of(dossier: Dossier) -> Term:
    """The term of all offices together; the office's own where the dossier keeps none."""
    return _term(dossier.term_total or dossier.term, dossier)


def limit_of(dossier: Dossier, name: str) -> Limit:
    """A limit of the table, as it holds for this dossier."""
    return table.limit(name, date.fromisoformat(dossier.received_at[:10]))


def moment_of(text: str | None) -> datetime | None:
    """A moment from its ISO form; None for none."""
    return datetime.fromisoformat(text) if text else None


def iso(moment: datetime) -> str:
    """A moment as events keep it: to the second, on a Vietnamese clock."""
    return local(moment).isoformat(timespec="seconds")


def _term(said: Mapping[str, Any], dossier: Dossier) -> Term:
    return Term(
        kind=TermKind(said["kind"]),
        value=said["value"],
        source=said["source"],
        valid_from=date.fromisoformat(dossier.received_at[:10]),
        valid_to=None,
        case=said["case"],
        after=time.fromisoformat(said["after"]) if said["after"] else None,
        note=None,
    )


def _effect(dossier: Dossier, row: Row, chosen: ClockEffect | None) -> ClockEffect:
    """A duty or a question to another body never begins the term anew; papers may."""
    if dossier.waiting is not Waiting.PAPERS:
        return ClockEffect.PAUSE
    return chosen or usual_effect(dossier, row)


def _started(desk: Desk, dossier: Dossier, at: datetime, asked: datetime | None) -> Dates:
    procedure = find_procedure(desk, str(dossier.procedure["code"]), at.date())
    counted = appoint(desk, procedure, dossier.case, at, asked)
    total = procedure.total_term(dossier.case, at.date())
    in_all = due(total, at, desk.calendar, desk.office.hours).due_at if total else None
    return Dates(counted, counted.due_at, in_all, _doubt(counted), total_term=total)


def _gone_on(desk: Desk, dossier: Dossier, at: datetime, effect: ClockEffect) -> Dates:
    own, in_all = term_of(dossier), total_term_of(dossier)
    counted = _resumed(desk, dossier, effect, at, dossier.due_at, own)
    return Dates(
        counted,
        _resumed(desk, dossier, effect, at, dossier.judged_due_at, own).due_at,
        _resumed(desk, dossier, effect, at, dossier.due_total_at, in_all).due_at
        if dossier.due_total_at
        else None,
        warnings=_doubt(counted),
        effect=effect,
    ).in_order()


def _doubt(counted: Due) -> tuple[Problem, ...]:
    """A date in a year whose calendar is not published yet (MC-151)."""
    return (counted.warning,) if counted.warning else ()


def _extended(desk: Desk, dossier: Dossier, held: Dates, at: datetime, asked: datetime) -> Dates:
    """An extension leaves what early and late are measured against where it was."""
    year = first_unpublished(at.year, asked.year, desk.calendar)
    warnings: tuple[Problem, ...] = ()
    if held.counted.due_at is not None:
        days = limit_of(dossier, "announce_before").days
        last = last_day_to_announce(held.counted.due_at, desk.calendar, days)
        warnings = (Problem("MC-165", "at", {"last": last}),) if at.date() > last else ()
    counted = replace(held.counted, due_at=asked, provisional_year=year)
    return replace(held, counted=counted, warnings=warnings + _doubt(counted)).in_order()


def _recounted(desk: Desk, dossier: Dossier, held: Dates) -> Dates:
    """The dates by today's calendar, every pause and extension counted in; none becomes earlier."""
    own = _again(desk, dossier, term_of(dossier), extended=True)
    judged = _again(desk, dossier, term_of(dossier), extended=False)
    in_all = _again(desk, dossier, total_term_of(dossier), extended=True) if held.total else None
    year = own.provisional_year if own.due_at != held.counted.due_at else held.counted.provisional_year
    return Dates(
        replace(own, due_at=_later(held.counted.due_at, own.due_at), provisional_year=year),
        _later(held.judged, judged.due_at),
        _later(held.total, in_all.due_at if in_all else None),
    ).in_order()


def _again(desk: Desk, dossier: Dossier, term: Term, *, extended: bool) -> Due:
    """The way of a date from the day of acceptance on, gone once more by the calendar as it is now."""
    calendar, hours = desk.calendar, desk.office.hours
    counted = due(term, datetime.fromisoformat(dossier.accepted_at or dossier.received_at), calendar, hours)
    if counted.due_at is None:  # the law states no term: the day that was given
        given = moment_of(dossier.original_due_at)
        counted = replace(counted, due_at=_still_open(given, desk) if given else None)
    since: datetime | None = None
    for act in dossier.acts:
        at = datetime.fromisoformat(act.at)
        if act.verb in _STOPS:
            since = at
        elif act.verb in _GOES_ON and since is not None and "effect" in act.facts:
            effect = ClockEffect(act.facts["effect"])
            counted = resumed(effect, term, counted.due_at, since, at, calendar, hours)
            since = None
        elif act.verb is Verb.EXTEND and extended and act.due_at:
            named = _still_open(datetime.fromisoformat(act.due_at), desk)
            counted = replace(counted, due_at=_later(counted.due_at, named))
    return counted


def _still_open(named: datetime, desk: Desk) -> datetime:
    """A moment that was named, moved on only where its day has become a day off; new hours leave it alone."""
    if desk.calendar.is_working(local(named).date()):
        return named
    return next_open(named, desk.calendar, desk.office.hours)


def _resumed(
    desk: Desk, dossier: Dossier, effect: ClockEffect, at: datetime, due_at: str | None, term: Term
) -> Due:
    since = datetime.fromisoformat(dossier.waiting_since or dossier.received_at)
    return resumed(effect, term, moment_of(due_at), since, at, desk.calendar, desk.office.hours)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other
