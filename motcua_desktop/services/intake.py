"""Receive a dossier: check what was said, count the appointment, give the numbers, write it down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.clock import now_ms, uuid7
from motcua_desktop.domain.due import Due, Term, TermKind, due, first_unpublished, next_open
from motcua_desktop.domain.errors import Bug, Problem, refuse
from motcua_desktop.domain.event import Draft, Kind
from motcua_desktop.domain.fees import fee_text
from motcua_desktop.domain.numbers import SECRET_LENGTH, desk_key, dossier_code
from motcua_desktop.domain.office import Office
from motcua_desktop.domain.person import Person
from motcua_desktop.domain.procedure import Need, Procedure
from motcua_desktop.services.clock import demand_right_clock
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.person import check_choice, check_person, doubts, undrawable
from motcua_desktop.store import dossiers, ledger
from motcua_desktop.store.connection import Connection

if TYPE_CHECKING:
    from motcua_desktop.domain.dossier import Dossier

CLOCK_TOLERANCE = timedelta(minutes=1)
FURTHEST_APPOINTMENT = timedelta(days=3653)  # ten years; what lies beyond is a slip of the keyboard
CHANNELS = ("counter", "post", "assisted_online")
RETURN_BY = ("counter", "post", "online")
FEE_MODES = ("", "before", "after", "online", "free")


@dataclass(frozen=True, slots=True)
class Submission:
    """What a citizen brings, already clean text; `documents` holds (item, originals, copies)."""

    procedure: str
    applicant: Person
    documents: tuple[tuple[int, int, int], ...] = ()
    received_at: datetime | None = None
    channel: str = "counter"
    representative: Person | None = None
    sets: int = 1
    return_by: str = "counter"
    case: str | None = None
    note: str = ""
    request_id: str | None = None
    appointment: datetime | None = None  # only where the law states no term
    presented: bool = False  # not accepted yet: papers are asked for, or it is refused; no clock runs
    fee_due_vnd: int | None = None
    fee_mode: str = ""
    warnings: tuple[Problem, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)  # what else the event says, e.g. of the quick lane


@dataclass(frozen=True, slots=True)
class Received:
    """A dossier that is durably on disk, and what the officer should still look at."""

    dossier: Dossier
    warnings: tuple[Problem, ...]


def receive(
    desk: Desk,
    submission: Submission,
    *,
    strict: bool = False,
    then: Callable[[Connection, Dossier], None] | None = None,
) -> Received:
    """Register one dossier; when this returns it is on disk. Raises UserFacingError and EnvironmentFault.

    The same `request_id` gives the same dossier, however often the same is said, and MC-157 when something else
    is. With `strict` a missing paper that is always needed refuses the dossier instead of warning. What `then`
    writes belongs to the same transaction: all of it is on disk, or nothing.
    """
    desk.read_office_again()
    if submission.request_id:
        known = _known_request(desk, submission.request_id)
        if known is not None:
            return Received(_same(known, submission), submission.warnings)
    received_at = _received_at(desk, submission)
    procedure = find_procedure(desk, submission.procedure, received_at.date())
    warnings = _once([*submission.warnings, *_check(procedure, submission)])
    owed = _owed(procedure, submission)
    if owed and strict:
        raise refuse("MC-110", "documents", papers=owed)
    if owed:
        warnings.append(Problem("MC-110", "documents", {"papers": owed}))
    appointment = _appointed(desk, procedure, submission, received_at)
    if submission.appointment is not None and appointment.term.kind is not TermKind.NOT_STATED:
        warnings.append(Problem("MC-161", "due_at", {"name": procedure.short_name}))
    if appointment.warning:
        warnings.append(appointment.warning)
    body, particulars = _facts(desk, procedure, submission, received_at, appointment, owed)
    with desk.store.write() as transaction:
        # Asked again: another window or program may have been quicker with the same request.
        known = dossiers.by_request(transaction, submission.request_id) if submission.request_id else None
        if known is not None:
            return Received(_same(known, submission), tuple(warnings))
        warnings += _duplicate(transaction, submission)
        dossier = _write(desk, transaction, submission, received_at, body, particulars)
        if then is not None:
            then(transaction, dossier)
    return Received(dossier, tuple(warnings))


def _appointed(desk: Desk, procedure: Procedure, submission: Submission, received_at: datetime) -> Due:
    if not submission.presented:
        return appoint(desk, procedure, submission.case, received_at, submission.appointment)
    counted = count_term(desk, procedure, submission.case, received_at)
    return replace(counted, due_at=None, provisional_year=None)


def find_procedure(desk: Desk, code: str, on: date) -> Procedure:
    """The version of a procedure in force on that day; raises MC-116."""
    procedure = desk.catalogue.find(code, on)
    if procedure is None:
        raise refuse("MC-116", "procedure", code=code, day=on)
    return procedure


def appoint(
    desk: Desk,
    procedure: Procedure,
    case: str | None,
    received_at: datetime,
    appointment: datetime | None = None,
) -> Due:
    """The due date of a procedure received then; raises MC-124.

    `appointment` is the officer's own date for a procedure whose term the law does not state: MC-114 when it is
    missing, MC-119 when it lies years away, MC-159 when nobody is at the desk then.
    """
    counted = count_term(desk, procedure, case, received_at)
    if counted.term.kind is not TermKind.NOT_STATED:
        return counted
    if appointment is None or local(appointment) < local(received_at):
        raise refuse("MC-114", "due_at", name=procedure.short_name)
    if local(appointment) > local(received_at) + FURTHEST_APPOINTMENT:
        raise refuse("MC-119", "due_at", text=f"{local(appointment):%d/%m/%Y}")
    calendar, due_at = desk.calendar, local(appointment)
    possible = next_open(due_at, calendar, desk.office.hours)
    if possible != due_at:
        raise refuse("MC-159", "due_at", moment=due_at, possible=possible)
    provisional = first_unpublished(local(received_at).year, due_at.year, calendar)
    return replace(counted, due_at=due_at, provisional_year=provisional)


def count_term(desk: Desk, procedure: Procedure, case: str | None, received_at: datetime) -> Due:
    """The date that the procedure's own term gives, none where the law states no term; raises MC-124."""
    term = procedure.term(case, received_at.date())
    if term is None:
        raise refuse("MC-124", "case", case=case, known=[t.case for t in procedure.terms if t.case])
    return due(term, received_at, desk.calendar, desk.office.hours)


def _known_request(desk: Desk, request_id: str) -> Dossier | None:
    with desk.store.read() as connection:
        return dossiers.by_request(connection, request_id)


def _same(known: Dossier, submission: Submission) -> Dossier:
    """The dossier of an earlier request, if what is said now was said then; raises MC-157.

    Once the personal data are erased only the rest can be compared.
    """
    papers = tuple((paper.item, paper.original, paper.copy) for paper in known.documents)
    facts: list[tuple[object, object]] = [
        (known.procedure["code"], submission.procedure),
        (papers, submission.documents),
        *((getattr(known, name), getattr(submission, name)) for name in _SAID),
    ]
    if known.applicant is not None:
        facts += [(getattr(known, name), getattr(submission, name)) for name in _SAID_OF_PEOPLE]
    if submission.received_at is not None:
        facts.append((known.received_at, _iso(local(submission.received_at))))
    if submission.appointment is not None and known.term["kind"] == TermKind.NOT_STATED:
        facts.append((known.due_at, _iso(local(submission.appointment))))
    if any(then != now for then, now in facts):
        raise refuse("MC-157", "request_id", text=submission.request_id)
    return known


_SAID = ("channel", "sets", "return_by", "case")
_SAID_OF_PEOPLE = ("applicant", "representative", "note")


def _duplicate(transaction: Connection, submission: Submission) -> list[Problem]:
    line = dossiers.same_open(transaction, submission.applicant.id_number, submission.procedure)
    if line is None:
        return []
    received_at = datetime.fromisoformat(line.received_at)
    facts = {"name": line.full_name, "code": line.code, "received_at": received_at}
    return [Problem("MC-112", "applicant.id_number", facts)]


def _once(warnings: list[Problem]) -> list[Problem]:
    """Each warning the first time it is given for a field."""
    first: dict[tuple[str, str | None], Problem] = {}
    for warning in warnings:
        first.setdefault((warning.number, warning.field), warning)
    return list(first.values())


def _received_at(desk: Desk, submission: Submission) -> datetime:
    now = desk.now()
    if submission.received_at is None:
        demand_right_clock(desk)
    received_at = local(submission.received_at or now).replace(microsecond=0)
    if received_at > now + CLOCK_TOLERANCE:
        raise refuse("MC-118", "received_at", moment=received_at)
    return received_at


def _check(procedure: Procedure, submission: Submission) -> list[Problem]:
    check_choice("channel", submission.channel, CHANNELS)
    check_choice("return_by", submission.return_by, RETURN_BY)
    check_choice("fee_mode", submission.fee_mode, FEE_MODES)
    check_person("applicant", submission.applicant)
    warnings = doubts("applicant", submission.applicant)
    if submission.representative is not None:
        check_person("representative", submission.representative)
        warnings += doubts("representative", submission.representative)
        if not submission.representative.authority:
            warnings.append(Problem("MC-113", "representative.authority"))
    if submission.note and (holes := undrawable(submission.note)):
        raise refuse("MC-191", "note", text=holes)
    known = {document.item: document for document in procedure.documents}
    for place, (item, original, copy) in enumerate(submission.documents):
        where = f"documents[{place}].item"
        if item not in known:
            raise refuse("MC-117", where, item=item, count=len(known), name=procedure.short_name)
        if item in (given[0] for given in submission.documents[:place]):
            raise refuse("MC-129", where, item=item)
        if original + copy < 1 or min(original, copy) < 0:
            raise refuse("MC-129", f"documents[{place}]", item=item)
        if known[item].need is Need.ONLINE and submission.channel != "assisted_online":
            warnings.append(Problem("MC-126", where, {"paper": known[item].short}))
    if not 1 <= submission.sets <= 99:
        raise refuse("MC-123", "sets", value=submission.sets)
    if not procedure.at_counter:
        warnings.append(Problem("MC-127", "procedure", {"routing": procedure.routing}))
    return warnings


def _owed(procedure: Procedure, submission: Submission) -> list[str]:
    brought = {item for item, _, _ in submission.documents}
    return [paper.short for paper in procedure.always_needed() if paper.item not in brought]


def _facts(
    desk: Desk,
    procedure: Procedure,
    submission: Submission,
    received_at: datetime,
    appointment: Due,
    owed: list[str],
) -> tuple[dict[str, Any], dict[str, Any]]:
    known = {document.item: document for document in procedure.documents}
    taken = [
        {
            "item": item,
            "short": known[item].short,
            "original": original,
            "copy": copy,
            "mode": str(known[item].mode),
        }
        for item, original, copy in submission.documents
    ]
    office = desk.office
    body = {
        "office": {"code": office.code, "name": office.name, "place": office.place, **_own_words(office)},
        "procedure": {
            "code": procedure.code,
            "name": procedure.name,
            "short_name": procedure.short_name,
            "field": procedure.field,
            "authority": procedure.authority,
            "immediate": procedure.immediate,
            "clock": procedure.clock,
            "clock_source": procedure.clock_source,
            "valid_from": procedure.valid_from.isoformat(),
            "source": procedure.source,
        },
        "term": term_json(appointment.term),
        "presented": submission.presented,
        "due_at": _iso(appointment.due_at),
        **in_all(desk, procedure, submission, received_at),
        "provisional_year": appointment.provisional_year,
        "channel": submission.channel,
        "documents": taken,
        "owed": owed,
        "sets": submission.sets,
        "return_by": submission.return_by,
        "case": submission.case,
        "fee": fee_text(procedure.fees, submission.channel),
        "fee_due_vnd": submission.fee_due_vnd,
        "fee_mode": submission.fee_mode,
        "request_id": submission.request_id or None,
        **submission.facts,
    }
    particulars = {
        "applicant": asdict(submission.applicant),
        "representative": asdict(submission.representative) if submission.representative else None,
        "note": submission.note,
        "secret": f"{SystemRandom().randrange(10**SECRET_LENGTH):0{SECRET_LENGTH}d}",
    }
    return body, particulars


def in_all(desk: Desk, procedure: Procedure, submission: Submission, received_at: datetime) -> dict[str, Any]:
    """The term of all offices together of an interlinked procedure, and when it ends; None where none is known."""
    term = procedure.total_term(submission.case, received_at.date())
    if term is None or submission.presented:
        return {"term_total": None, "due_total_at": None}
    ends = due(term, received_at, desk.calendar, desk.office.hours).due_at
    return {"term_total": term_json(term), "due_total_at": _iso(ends)}


def next_entry(desk: Desk, transaction: Connection) -> dict[str, Any]:
    """The next line of this desk's book of the register; a slip entered late stands where it is entered."""
    entered_at = desk.now()
    book = f"{desk.office.desk}/{entered_at.year}"
    return {"book": book, "entry": dossiers.last_entry(transaction, book) + 1, "entered_at": _iso(entered_at)}


def _own_words(office: Office) -> dict[str, str]:
    return {"hotline": office.hotline} if office.hotline else {}


def term_json(term: Term) -> dict[str, Any]:
    """A term as events and commands carry it."""
    return {
        "kind": str(term.kind),
        "value": term.value,
        "after": f"{term.after:%H:%M}" if term.after else None,
        "case": term.case,
        "source": term.source,
        **_statutory(term),
    }


def _statutory(term: Term) -> dict[str, Any]:
    """The term of the law beside a shortened one that is printed."""
    law = term.statutory()
    return {"statutory": {"kind": str(law.kind), "value": law.value, "source": law.source}} if law else {}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _write(
    desk: Desk,
    transaction: Connection,
    submission: Submission,
    received_at: datetime,
    body: dict[str, Any],
    particulars: dict[str, Any],
) -> Dossier:
    office, day = desk.office, received_at.date()
    number = dossiers.last_number(transaction, office.desk, day.isoformat()) + 1
    body |= {
        "desk": office.desk,
        "number": number,
        "code": dossier_code(office.code, office.desk, day, number),
        "key": desk_key(office.unit, office.desk, day, number),
        **next_entry(desk, transaction),
    }
    draft = Draft(
        kind=Kind.DOSSIER_RECEIVED,
        body=body,
        happened_at=received_at.isoformat(timespec="seconds"),
        officer=office.officer,
        dossier=uuid7(now_ms()),
        particulars=particulars,
    )
    from motcua_desktop.domain.fold import replay  # no window waits for it

    dossier = replay([ledger.append(transaction, desk.chain, draft, after=())])
    if dossier is None:
        raise Bug("an intake that folds to no dossier")
    return dossier
