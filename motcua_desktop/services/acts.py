"""The acts of a dossier's life: judged by the table, counted by the calendar, written as one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from motcua_desktop.domain import acts as table
from motcua_desktop.domain.act_rows import Clock, Row
from motcua_desktop.domain.acts import Asked, Refused, judge
from motcua_desktop.domain.calendar import ONE_DAY, local
from motcua_desktop.domain.dossier import Dossier, Kind, Person, Status, Verb, Waiting
from motcua_desktop.domain.due import Term, TermKind, due, next_open
from motcua_desktop.domain.errors import Problem, UserFacingError, refuse
from motcua_desktop.domain.event import Draft
from motcua_desktop.domain.money import demand_payment
from motcua_desktop.domain.pausing import ClockEffect, working_days_after
from motcua_desktop.domain.text import clean, in_figures
from motcua_desktop.i18n import gettext
from motcua_desktop.services.act_dates import (
    GIVES_DATES,
    date_facts,
    dates_of,
    due_choices,
    iso,
    limit_of,
    moment_of,
)
from motcua_desktop.services.clock import demand_right_clock
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.intake import (
    CLOCK_TOLERANCE,
    FURTHEST_APPOINTMENT,
    RETURN_BY,
)
from motcua_desktop.services.person import (
    LONGEST_LINE,
    LONGEST_REASON,
    check_choice,
    check_length,
    check_person,
    undrawable,
)
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.services.telling import field_name, status_name, verb_name
from motcua_desktop.store import dossiers, ledger
from motcua_desktop.store.connection import Connection

PROOFS = ("receipt", "barcode", "card", "lost")
DEAREST = 10**10  # đồng: no fee of a commune comes near
PAID_BY = ("cash", "transfer", "online")


@dataclass(frozen=True, slots=True)
class Collector:
    """Who takes a result: by which paper they are known, and with which authority where it is somebody else."""

    full_name: str
    id_number: str = ""
    relation: str = "applicant"  # or "representative", "other"
    authority: str = ""
    proof: str = "receipt"  # one of PROOFS; "lost" needs a reason


@dataclass(frozen=True, slots=True)
class Act:
    """An act as an officer asks for it. `by` is who acts, or the leader who decides; "" is the desk's officer."""

    verb: Verb
    reason: str = ""
    to: str = ""
    due: date | datetime | None = None
    at: datetime | None = None
    by: str = ""
    amount_vnd: int | None = None
    paid_by: str = "cash"
    result: str = ""
    tracking: str = ""
    effect: ClockEffect | None = None  # in place of the procedure's own, where an officer chooses
    collector: Collector | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    people: Mapping[str, Any] = field(default_factory=dict)  # what a correction says of persons and the note
    seen: str | None = None  # the last act that the officer saw before deciding, "" for none yet


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act would do: its row of the table, the dates it would give, and what to look at first."""

    row: Row
    asked: Asked
    due_at: datetime | None
    due_total_at: datetime | None
    provisional_year: int | None
    body: Mapping[str, Any]
    particulars: Mapping[str, Any]
    officer: str = ""
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Acted:
    """A dossier after an act that is durably on disk."""

    dossier: Dossier
    plan: Plan

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return self.plan.warnings


def act(desk: Desk, name: str, wanted: Act) -> Acted:
    """Do one act; when this returns it is on disk.

    Raises UserFacingError with what the table does not allow (MC-170 to MC-189) and EnvironmentFault.
    """
    desk.read_office_again()
    if wanted.at is None:
        demand_right_clock(desk)
    while True:
        dossier = find_dossier(desk, name)
        planned = plan(desk, dossier, wanted)
        if wanted.seen is not None and wanted.seen != dossier.last_act:
            raise refuse("MC-194", "verb", code=dossier.code)
        with desk.store.write() as transaction:
            now = dossiers.get(transaction, dossier.id)
            if now is None or now.heads != dossier.heads:
                continue  # somebody was quicker: judged again
            write(desk, transaction, dossier, planned)
        return Acted(find_dossier(desk, dossier.id), planned)


def plan(desk: Desk, dossier: Dossier, wanted: Act) -> Plan:
    """What an act would do now, without doing it; raises what `act` raises."""
    at = _happens(desk, dossier, wanted.at)
    wanted = replace(wanted, by=_printable("by", wanted.by), people=_people(dossier, wanted.people))
    due_at = _asked_date(desk, wanted.due) if wanted.verb in _TAKES_A_DATE else None
    collector = _collector(dossier, wanted)
    asked = Asked(
        verb=wanted.verb,
        at=iso(at),
        leader=wanted.by if wanted.by in desk.office.leaders else "",
        reason=_printable("reason", wanted.reason),
        to=_printable("to", wanted.to),
        due_at=iso(due_at) if due_at else None,
        amount=_amount(wanted.amount_vnd),
        relation=collector.relation if collector else "",
        collector_id=collector.id_number if collector else "",
        authority=collector.authority if collector else "",
    )
    row = judge(dossier, asked)
    if isinstance(row, Refused):
        raise _refusal(dossier, asked, row)
    dates = dates_of(desk, dossier, row, at, due_at, wanted.effect)
    body = _body(desk, dossier, row, wanted, asked, at)
    if row.clock in GIVES_DATES:
        body |= date_facts(row, dates)
    particulars: dict[str, Any] = {"reason": asked.reason}
    if collector is not None:
        particulars["collector"] = asdict(collector)
    if wanted.people:
        particulars["changes"] = _as_data(wanted.people)
    counted = dates.counted
    return Plan(
        row,
        asked,
        counted.due_at,
        dates.total,
        counted.provisional_year,
        body,
        particulars,
        wanted.by,
        dates.warnings,
    )


def may(dossier: Dossier) -> list[Verb]:
    """What may be done with a dossier as it stands."""
    return table.may(dossier)


def _happens(desk: Desk, dossier: Dossier, at: datetime | None) -> datetime:
    now = desk.now()
    moment = local(at or now).replace(microsecond=0)
    if moment > now + CLOCK_TOLERANCE:
        raise refuse("MC-118", "at", moment=moment)
    last = dossier.acts[-1].at if dossier.acts else dossier.received_at
    if moment < datetime.fromisoformat(last):
        raise refuse("MC-188", "at", moment=moment, last=datetime.fromisoformat(last))
    return moment


_TAKES_A_DATE = frozenset({Verb.EXTEND, Verb.ACCEPT, Verb.PAPERS_COMPLETE})


def _asked_date(desk: Desk, wanted: date | datetime | None) -> datetime | None:
    """The new appointment: a bare day means the return hour; a day on which nobody is there is refused."""
    if wanted is None:
        return None
    if not isinstance(wanted, datetime):
        wanted = datetime.combine(wanted, desk.office.hours.return_at)
    moment = local(wanted)
    if moment > desk.now() + FURTHEST_APPOINTMENT:
        raise refuse("MC-119", "due", text=f"{moment:%d/%m/%Y}")
    possible = next_open(moment, desk.calendar, desk.office.hours)
    if possible != moment:
        raise refuse("MC-159", "due", moment=moment, possible=possible)
    return moment


def _printable(name: str, text: str) -> str:
    said = clean(text)
    check_length(name, said, LONGEST_REASON if name == "reason" else LONGEST_LINE)
    if holes := undrawable(said):
        raise refuse("MC-191", name, text=holes)
    return said


def _amount(amount: int | None) -> int | None:
    if amount is not None and not 0 < amount < DEAREST:
        raise refuse("MC-123", "amount", value=amount)
    return amount


def _collector(dossier: Dossier, wanted: Act) -> Collector | None:
    if wanted.verb is not Verb.RETURN:
        return None
    if wanted.collector is None:
        applicant = dossier.applicant
        return Collector(applicant.full_name, applicant.id_number) if applicant else Collector("")
    collector = wanted.collector
    check_choice("collector.proof", collector.proof, PROOFS)
    if collector.proof == "lost" and not clean(wanted.reason):
        raise refuse("MC-189", "reason")
    return replace(
        collector,
        full_name=_printable("collector.full_name", collector.full_name),
        authority=_printable("collector.authority", collector.authority),
    )


def _refusal(dossier: Dossier, asked: Asked, refused: Refused) -> UserFacingError:
    return refuse(
        refused.number,
        refused.field or "verb",
        code=dossier.code,
        act=verb_name(asked.verb),
        status=status_name(dossier.status),
        may=[verb_name(verb) for verb in table.may(dossier)] or [gettext("nothing more")],
        missing=field_name(refused.field),
        due_at=moment_of(dossier.due_at) or gettext("not set yet"),
        waiting_due_at=moment_of(dossier.waiting_due_at) or "",
        left=in_figures(dossier.fee_left_vnd),
        holder=dossier.holder,
        ended=moment_of(dossier.delivery.at) or "",
        collector=dossier.delivery.to,
        officer=dossier.acts[-1].officer if dossier.acts else dossier.officer,
    )


def _body(desk: Desk, dossier: Dossier, row: Row, wanted: Act, asked: Asked, at: datetime) -> dict[str, Any]:
    said: dict[str, Any] = {
        "to": asked.to,
        "leader": asked.leader,
        "has_reason": bool(asked.reason),
        "amount": asked.amount,
        "result": _printable("result", wanted.result),
        "tracking": _printable("tracking", wanted.tracking),
        "entered_at": iso(desk.now()) if wanted.at is not None else None,
        "missing": list(dossier.owed) if row.verb is Verb.ASK_PAPERS else None,
    }
    body = {name: value for name, value in said.items() if value} | {"verb": str(row.verb)}
    if row.timer:
        body["timer"] = _timer(desk, dossier, row.timer, at)
    if row.waiting is not Waiting.NOTHING:
        body["waiting_due_at"] = _waits_until(desk, dossier, row, wanted, at)
    if asked.amount is not None:
        check_choice("paid_by", wanted.paid_by, PAID_BY)
        if dossier.status is Status.PAYMENT:  # a duty to the State is no fee of ours
            body["duty"] = body.pop("amount")
        else:
            demand_payment(dossier.money, asked.amount, part=True)
            body["mode"] = wanted.paid_by
    if row.clock is Clock.EXTENDS:
        body["old_due_at"] = dossier.due_at
    if row.verb is Verb.CORRECT:
        body["changes"] = dict(wanted.changes)
        _check_changes(wanted)
        if not wanted.changes and not wanted.people:
            raise refuse(
                "MC-171", "changes", missing=field_name("changes"), act=verb_name(row.verb), code=dossier.code
            )
    return body


def _timer(desk: Desk, dossier: Dossier, name: str, at: datetime) -> dict[str, str]:
    limit = limit_of(dossier, name)
    until = working_days_after(at, limit.days, desk.calendar, desk.office.hours).due_at
    return {"name": name, "due_at": iso(until or at), "source": limit.source}


def _waits_until(desk: Desk, dossier: Dossier, row: Row, wanted: Act, at: datetime) -> str | None:
    """Until when it waits: the day that was said, else the limit of the table; other bodies have none of ours."""
    if wanted.due is not None:
        day = wanted.due.date() if isinstance(wanted.due, datetime) else wanted.due
        if day < at.date():
            raise refuse("MC-184", "due", due_at=at, act=verb_name(row.verb), code=dossier.code)
        if day > (desk.now() + FURTHEST_APPOINTMENT).date():
            raise refuse("MC-119", "due", text=f"{day:%d/%m/%Y}")
        last = local(datetime.combine(day, desk.office.hours.closes))
        while not desk.calendar.is_working(last.date()):
            last += ONE_DAY
        return iso(last)
    if row.waiting is not Waiting.PAPERS:
        return None
    limit = limit_of(dossier, "citizen_supplements")
    term = Term(TermKind.CALENDAR_DAYS, limit.days, limit.source, at.date())
    until = due(term, at, desk.calendar, desk.office.hours).due_at
    return iso(until) if until else None


def _check_changes(wanted: Act) -> None:
    """A correction is held against the same rules as an intake."""
    changes, people = wanted.changes, wanted.people
    due = changes.get("fee_due_vnd")
    if due is not None and not 0 <= due < DEAREST:
        raise refuse("MC-123", "fee_due_vnd", value=due)
    if not 1 <= int(changes.get("sets", 1)) <= 99:
        raise refuse("MC-123", "sets", value=changes["sets"])
    check_choice("return_by", changes.get("return_by", RETURN_BY[0]), RETURN_BY)
    for role in ("applicant", "representative"):
        if people.get(role) is not None:
            check_person(role, people[role])
    _printable("note", str(people.get("note", "")))


def _people(dossier: Dossier, people: Mapping[str, Any]) -> dict[str, Any]:
    """What a correction says of people: single fields are laid over the person as the dossier has it now."""
    found = dict(people)
    for role in ("applicant", "representative"):
        if isinstance(said := people.get(role), Mapping):
            found[role] = replace(getattr(dossier, role) or Person(""), **said)
    return found


def _as_data(people: Mapping[str, Any]) -> dict[str, Any]:
    return {name: asdict(said) if isinstance(said, Person) else said for name, said in people.items()}


def write(desk: Desk, transaction: Connection, dossier: Dossier, planned: Plan) -> None:
    """Append the event of a planned act, with the next numbers of the books that it stands in."""
    body = dict(planned.body)
    if "amount" in body:
        body |= next_payment(desk, transaction)
    travels = planned.row.sheet == "control" and dossier.form_number("control") is not None
    if planned.row.sheet in _NUMBERED and not travels:
        body["form"] = _next_form(desk, transaction, planned.row.sheet)
    if planned.asked.leader:
        body["desk_officer"] = desk.office.officer
    draft = Draft(
        kind=Kind.DOSSIER_ACTED,
        body=body,
        happened_at=planned.asked.at,
        officer=planned.officer or desk.office.officer,
        dossier=dossier.id,
        particulars=dict(planned.particulars),
    )
    ledger.append(transaction, desk.chain, draft)


_NUMBERED = frozenset({"supplement", "refusal", "apology", "stop", "control"})


def _next_form(desk: Desk, transaction: Connection, kind: str) -> dict[str, Any]:
    """The next number of this desk's book of a form."""
    book = f"{desk.office.desk}/{desk.now().year}"
    return {"kind": kind, "book": book, "entry": dossiers.last_form(transaction, kind, book) + 1}


def next_payment(desk: Desk, transaction: Connection) -> dict[str, Any]:
    """The next number of this desk's fee book."""
    book = f"{desk.office.desk}/{desk.now().year}"
    return {"book": book, "entry": dossiers.last_payment(transaction, book) + 1}


__all__ = [
    "Act",
    "Acted",
    "Collector",
    "Plan",
    "Status",
    "Verb",
    "act",
    "due_choices",
    "may",
    "plan",
]
