"""A dossier is a fold over its events: `replay` is the only way in which one comes to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from motcua_desktop.domain.event import Event, causal_order


class Status(StrEnum):
    """The ten national statuses in their order."""

    NEW = "new"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    WITHDRAWING = "withdrawing"
    STOPPED = "stopped"
    FINISHED = "finished"
    RETURNED = "returned"


OPEN_STATUSES = frozenset(Status) - {Status.NOT_ACCEPTED, Status.STOPPED, Status.FINISHED, Status.RETURNED}
PAUSED_STATUSES = frozenset({Status.SUPPLEMENT, Status.PAYMENT})


class Kind(StrEnum):
    """The kinds of event that this version of the program writes."""

    OFFICE_CONFIGURED = "office_configured"
    CALENDAR_DECIDED = "calendar_decided"
    DOSSIER_RECEIVED = "dossier_received"
    SHEET_DRAWN = "sheet_drawn"
    SHEET_SENT = "sheet_sent"
    EXTERNAL_CODE_GIVEN = "external_code_given"
    PARTICULARS_ERASED = "particulars_erased"
    CLOCK_CONFIRMED = "clock_confirmed"


@dataclass(frozen=True, slots=True)
class ExternalCode:
    """A code that another system gave this dossier, and who noted it when."""

    system: str
    code: str
    officer: str = ""
    given_at: str = ""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Who removed the personal data of a dossier, when and on what ground."""

    officer: str
    ground: str
    erased_at: str


@dataclass(frozen=True, slots=True)
class SubmittedDocument:
    """A paper as it was taken in; `short` and `mode` as the catalogue had them on that day."""

    item: int
    short: str
    original: int
    copy: int
    mode: str


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A sheet that was drawn: its kind, which print it was, the SHA-256 of its PDF, who drew it.

    `sent` is whether it was handed over; taken as true of sheets drawn before that was noted.
    """

    kind: str
    number: int
    paper: str
    sha256: str
    drawn_at: str
    officer: str = ""
    sent: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Who files, or for whom; every field is text, "" when unknown. Dates ISO `YYYY-MM-DD` or `YYYY`."""

    full_name: str
    id_number: str = ""
    id_kind: str = "cccd"
    kind: str = "person"
    birth_date: str = ""
    gender: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    authority: str = ""  # of a representative: the paper that allows it


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known of one dossier. Times are ISO 8601 with offset; personal fields are None once erased."""

    id: str
    code: str
    key: str
    desk: int
    number: int
    received_at: str
    officer: str
    office: Mapping[str, Any]
    procedure: Mapping[str, Any]
    term: Mapping[str, Any]
    due_at: str | None
    original_due_at: str | None
    provisional_year: int | None
    channel: str
    documents: tuple[SubmittedDocument, ...]
    owed: tuple[str, ...]
    sets: int
    return_by: str
    fee: str
    case: str | None
    request_id: str | None
    status: Status
    holder: str
    applicant: Person | None
    representative: Person | None
    secret: str | None
    note: str | None
    external_codes: tuple[ExternalCode, ...] = ()
    sheets: tuple[DrawnSheet, ...] = ()
    erasures: tuple[Erasure, ...] = ()
    heads: tuple[str, ...] = ()  # the latest events: what a new one comes after
    needs_a_look: tuple[str, ...] = ()  # events that the history does not allow

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    def prints(self, kind: str) -> int:
        """How many sheets of a kind were drawn."""
        return sum(sheet.kind == kind for sheet in self.sheets)


def replay(events: Iterable[Event]) -> Dossier | None:
    """Fold the events of one dossier, whatever the order they arrived in; None without an intake.

    An event that another supersedes (`body.supersedes`) is left out. Kinds of a newer program are kept in the
    ledger and do not touch the fold; one that the history does not allow is named in `needs_a_look`.
    """
    ordered = causal_order(events)
    superseded = {event.body["supersedes"] for event in ordered if "supersedes" in event.body}
    dossier: Dossier | None = None
    for event in ordered:
        fold = _FOLDS.get(event.kind)
        if fold is not None and event.id not in superseded:
            dossier = fold(dossier, event)
    return replace(dossier, heads=_heads(ordered)) if dossier else None


def _heads(events: list[Event]) -> tuple[str, ...]:
    seen = {earlier for event in events for earlier in event.after}
    return tuple(event.id for event in events if event.id not in seen)


def _received(dossier: Dossier | None, event: Event) -> Dossier:
    if dossier is not None:
        return replace(dossier, needs_a_look=(*dossier.needs_a_look, event.id))
    body = event.body
    data: Mapping[str, Any] = event.particulars.data if event.particulars else {}
    return Dossier(
        id=str(event.dossier),
        code=body["code"],
        key=body["key"],
        desk=body["desk"],
        number=body["number"],
        received_at=event.happened_at,
        officer=event.officer,
        office=MappingProxyType(body["office"]),
        procedure=MappingProxyType(body["procedure"]),
        term=MappingProxyType(body["term"]),
        due_at=body["due_at"],
        original_due_at=body["due_at"],
        provisional_year=body["provisional_year"],
        channel=body["channel"],
        documents=tuple(_known(SubmittedDocument, row) for row in body["documents"]),
        owed=tuple(body["owed"]),
        sets=body["sets"],
        return_by=body["return_by"],
        fee=body["fee"],
        case=body["case"],
        request_id=body["request_id"],
        status=Status.ACCEPTED,
        holder=event.officer,
        applicant=_person(data.get("applicant")),
        representative=_person(data.get("representative")),
        secret=data.get("secret"),
        note=data.get("note"),
    )


def _sheet_drawn(dossier: Dossier | None, event: Event) -> Dossier | None:
    if dossier is None:
        return None
    body = event.body
    sheet = DrawnSheet(
        body["sheet"],
        body["number"],
        body["paper"],
        body["sha256"],
        event.happened_at,
        event.officer,
        body.get("sent", True),
    )
    return replace(dossier, sheets=(*dossier.sheets, sheet))


def _sheet_sent(dossier: Dossier | None, event: Event) -> Dossier | None:
    if dossier is None:
        return None
    which = event.body["sheet"], event.body["number"]
    sheets = (replace(s, sent=True) if (s.kind, s.number) == which else s for s in dossier.sheets)
    return replace(dossier, sheets=tuple(sheets))


def _external_code(dossier: Dossier | None, event: Event) -> Dossier | None:
    if dossier is None:
        return None
    code = ExternalCode(event.body["system"], event.body["code"], event.officer, event.happened_at)
    return replace(dossier, external_codes=(*dossier.external_codes, code))


def _erased(dossier: Dossier | None, event: Event) -> Dossier | None:
    if dossier is None:
        return None
    erasure = Erasure(event.officer, str(event.body.get("ground", "")), event.happened_at)
    return replace(dossier, erasures=(*dossier.erasures, erasure))


def _person(data: Mapping[str, Any] | None) -> Person | None:
    return _known(Person, data) if data else None


_Row = TypeVar("_Row", Person, SubmittedDocument)


def _known(kind: type[_Row], data: Mapping[str, Any]) -> _Row:
    """A row of an event; what a newer program wrote beside it is left in the ledger."""
    names = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in data.items() if name in names})


_FOLDS: Mapping[str, Callable[[Dossier | None, Event], Dossier | None]] = MappingProxyType(
    {
        Kind.DOSSIER_RECEIVED: _received,
        Kind.SHEET_DRAWN: _sheet_drawn,
        Kind.SHEET_SENT: _sheet_sent,
        Kind.EXTERNAL_CODE_GIVEN: _external_code,
        Kind.PARTICULARS_ERASED: _erased,
    }
)
