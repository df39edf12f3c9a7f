"""A dossier is a fold over its events, whatever the order they arrived in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any, TypeVar

from motcua_desktop.domain.dossier import (
    Dossier,
    DrawnSheet,
    Erasure,
    ExternalCode,
    Kind,
    Person,
    Status,
    SubmittedDocument,
    Timer,
)
from motcua_desktop.domain.event import Event, causal_order


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
    presented = bool(body.get("presented"))  # not accepted yet: no clock runs
    return Dossier(
        id=str(event.dossier),
        code=body["code"],
        key=body["key"],
        desk=body["desk"],
        number=body["number"],
        received_at=event.happened_at,
        came_at=event.happened_at,
        officer=event.officer,
        office=MappingProxyType(body["office"]),
        procedure=MappingProxyType(body["procedure"]),
        term=MappingProxyType(body["term"]),
        due_at=body["due_at"],
        original_due_at=body["due_at"],
        provisional_year=body["provisional_year"],
        channel=body["channel"],
        documents=tuple(known(SubmittedDocument, row) for row in body["documents"]),
        owed=tuple(body["owed"]),
        sets=body["sets"],
        return_by=body["return_by"],
        fee=body["fee"],
        case=body["case"],
        request_id=body["request_id"],
        status=Status.NEW if presented else Status.ACCEPTED,
        accepted_at=None if presented else event.happened_at,
        judged_due_at=body["due_at"],
        due_total_at=body.get("due_total_at"),
        term_total=body.get("term_total"),
        facts=MappingProxyType({name: body[name] for name in ("quick",) if name in body}),
        fee_due_vnd=body.get("fee_due_vnd"),
        fee_mode=body.get("fee_mode", ""),
        book=body.get("book", ""),
        entry=body.get("entry"),
        entered_at=body.get("entered_at", event.happened_at),
        holder=event.officer,
        applicant=read_person(data.get("applicant")),
        representative=read_person(data.get("representative")),
        secret=data.get("secret"),
        note=data.get("note"),
    )


def _acted(dossier: Dossier | None, event: Event) -> Dossier | None:
    from motcua_desktop.domain.fold_acts import acted  # with the table of acts: no window waits for it

    return acted(dossier, event) if dossier else None


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
        event.id,
        body.get("occasion", ""),
        MappingProxyType(body.get("words", {})),
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


def read_person(data: Mapping[str, Any] | None) -> Person | None:
    return known(Person, data) if data else None


_Row = TypeVar("_Row", Person, SubmittedDocument, Timer)


def known(kind: type[_Row], data: Mapping[str, Any]) -> _Row:
    """A row of an event; what a newer program wrote beside it is left in the ledger."""
    names = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in data.items() if name in names})


_FOLDS: Mapping[str, Callable[[Dossier | None, Event], Dossier | None]] = MappingProxyType(
    {
        Kind.DOSSIER_RECEIVED: _received,
        Kind.DOSSIER_ACTED: _acted,
        Kind.SHEET_DRAWN: _sheet_drawn,
        Kind.SHEET_SENT: _sheet_sent,
        Kind.EXTERNAL_CODE_GIVEN: _external_code,
        Kind.PARTICULARS_ERASED: _erased,
    }
)
