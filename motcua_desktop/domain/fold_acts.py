"""The acts of a dossier's life in its fold: judged by the table once more, and what each one changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from motcua_desktop.domain.act_rows import Clock, Holder, Row
from motcua_desktop.domain.acts import Asked, judge
from motcua_desktop.domain.dossier import (
    ActDone,
    Delivery,
    Dossier,
    Status,
    SubmittedDocument,
    Timer,
    Verb,
    Waiting,
)
from motcua_desktop.domain.event import Event
from motcua_desktop.domain.fold import known, read_person
from motcua_desktop.domain.money import Payment, PaymentMode


def acted(dossier: Dossier, event: Event) -> Dossier:
    """An act, judged by the table once more: what two desks did without knowing of each other is looked at."""
    asked = _asked(event)
    row = judge(dossier, asked) if asked else None
    if asked is None or not isinstance(row, Row):
        return replace(dossier, needs_a_look=(*dossier.needs_a_look, event.id))
    return _after(dossier, event, row, asked)


def _asked(event: Event) -> Asked | None:
    """What an event asks of the table; None for a verb that this program does not know."""
    body, data = event.body, _particulars(event)
    try:
        verb = Verb(body["verb"])
    except ValueError:
        return None
    collector = data.get("collector") or {}
    return Asked(
        verb=verb,
        at=event.happened_at,
        leader=body.get("leader", ""),
        reason=data.get("reason", "") or ("·" if body.get("has_reason") else ""),
        to=body.get("to", ""),
        due_at=body.get("due_at"),
        amount=body.get("amount"),
        relation=collector.get("relation", ""),
        collector_id=collector.get("id_number", ""),
        authority=collector.get("authority", ""),
    )


def _after(dossier: Dossier, event: Event, row: Row, asked: Asked) -> Dossier:
    body = event.body
    act = ActDone(
        event=event.id,
        verb=row.verb,
        at=event.happened_at,
        officer=event.officer,
        status=row.to or dossier.status,
        leader=asked.leader,
        to=asked.to,
        due_at=body.get("due_at"),
        facts=MappingProxyType(dict(body)),
        reason=_particulars(event).get("reason"),
        people=MappingProxyType({"collector": _particulars(event).get("collector")}),
    )
    changed: dict[str, Any] = {"acts": (*dossier.acts, act), "status": act.status}
    changed |= _held(dossier, event, row, asked) | _clock(dossier, event, row) | _ended(dossier, event, row)
    if row.timer or row.to is not None or row.holder is not Holder.SAME:
        timer = body.get("timer")
        changed["timer"] = known(Timer, timer) if timer else None
    special = _EFFECTS.get(row.verb)
    return replace(dossier, **changed, **(special(dossier, event) if special else {}))


def _held(dossier: Dossier, event: Event, row: Row, asked: Asked) -> dict[str, Any]:
    if row.holder is Holder.NAMED:
        return {"holder": asked.to, "unit": asked.to, "with_unit": True}
    if row.holder is Holder.DESK:
        return {"holder": event.body.get("desk_officer", event.officer), "with_unit": False}
    return {}


def _clock(dossier: Dossier, event: Event, row: Row) -> dict[str, Any]:
    body = event.body
    changed: dict[str, Any] = {}
    if row.waiting is not Waiting.NOTHING:
        changed |= {"waiting": row.waiting, "waiting_since": event.happened_at}
        changed["waiting_due_at"] = body.get("waiting_due_at")
    elif row.clock in (Clock.GOES_ON, Clock.STARTS) or row.to in _CLOCK_ENDS:
        changed |= {"waiting": Waiting.NOTHING, "waiting_since": None, "waiting_due_at": None}
    if row.clock is Clock.STARTS:
        changed |= {
            "accepted_at": event.happened_at,
            "received_at": event.happened_at,
            "term": MappingProxyType(body["term"]),
            "term_total": body.get("term_total"),
            "original_due_at": body.get("due_at"),
            "provisional_year": body.get("provisional_year"),
        }
    if row.clock in (Clock.STARTS, Clock.GOES_ON, Clock.EXTENDS, Clock.RECOUNTS):
        changed |= {"due_at": body.get("due_at"), "due_total_at": body.get("due_total_at")}
        changed["provisional_year"] = body.get("provisional_year")
        if row.clock is not Clock.EXTENDS:
            changed["judged_due_at"] = body.get("judged_due_at", body.get("due_at"))
    return changed


_CLOCK_ENDS = frozenset(
    {Status.WITHDRAWING, Status.STOPPED, Status.NOT_ACCEPTED, Status.FINISHED, Status.RETURNED}
)
_OUTCOMES = {
    Verb.FINISH: "granted",
    Verb.REFUSE: "refused",
    Verb.STOP: "stopped",
    Verb.VOID: "voided",
}


def _ended(dossier: Dossier, event: Event, row: Row) -> dict[str, Any]:
    """When the result reached the desk, and what it is; a dossier that goes on has none."""
    if row.to in (Status.PROCESSING, Status.NEW) and dossier.outcome:
        return {"finished_at": None, "outcome": "", "result": ""}
    if row.verb is Verb.RETURN and dossier.finished_at is None:
        return {"finished_at": event.happened_at, "outcome": "granted"}
    if row.verb in _OUTCOMES:
        result = event.body.get("result", "")
        return {"finished_at": event.happened_at, "outcome": _OUTCOMES[row.verb], "result": result}
    return {}


def _paid(dossier: Dossier, event: Event) -> dict[str, Any]:
    body = event.body
    if not body.get("amount"):
        return {}
    payment = Payment(
        amount_vnd=body["amount"],
        at=datetime.fromisoformat(
            body.get("entered_at", event.happened_at)
        ),  # the book has it where it was entered
        officer=event.officer,
        mode=PaymentMode(body.get("mode", PaymentMode.CASH)),
        book=body.get("book", ""),
        entry=body.get("entry", 0),
        event=event.id,
    )
    return {"payments": (*dossier.payments, payment)}


def _handed(dossier: Dossier, event: Event) -> dict[str, Any]:
    collector = _particulars(event).get("collector") or {}
    return {
        "delivery": Delivery(
            "handed", dossier.delivery.tracking, event.happened_at, collector.get("full_name", "")
        )
    }


def _posted(dossier: Dossier, event: Event) -> dict[str, Any]:
    return {"delivery": Delivery("posted", event.body.get("tracking", ""), event.happened_at)}


def _mailed_back(dossier: Dossier, event: Event) -> dict[str, Any]:
    return {"delivery": Delivery("mailed_back", dossier.delivery.tracking, event.happened_at)}


def _completed(dossier: Dossier, event: Event) -> dict[str, Any]:
    return {"owed": ()}


def _taken_back(dossier: Dossier, event: Event) -> dict[str, Any]:
    return {"delivery": Delivery()}


def _corrected(dossier: Dossier, event: Event) -> dict[str, Any]:
    """What a correction says anew; everything else stays as it was printed."""
    body, data = event.body, _particulars(event)
    changed: dict[str, Any] = {
        name: body["changes"][name] for name in _CORRECTABLE if name in body["changes"]
    }
    if "documents" in changed:
        changed["documents"] = tuple(known(SubmittedDocument, row) for row in changed["documents"])
    if "owed" in changed:
        changed["owed"] = tuple(changed["owed"])
    people = data.get("changes") or {}
    for name in ("applicant", "representative"):
        if name in people:
            changed[name] = read_person(people[name])
    if "note" in people:
        changed["note"] = people["note"]
    return changed


_CORRECTABLE = ("documents", "owed", "sets", "return_by", "fee", "fee_due_vnd", "fee_mode")
_EFFECTS: Mapping[Verb, Callable[[Dossier, Event], dict[str, Any]]] = MappingProxyType(
    {
        Verb.PAPERS_COMPLETE: _completed,
        Verb.PAID: _paid,
        Verb.RETURN: _handed,
        Verb.POST: _posted,
        Verb.MAIL_BACK: _mailed_back,
        Verb.TAKE_BACK: _taken_back,
        Verb.REOPEN: _taken_back,
        Verb.CORRECT: _corrected,
    }
)


def _particulars(event: Event) -> Mapping[str, Any]:
    return event.particulars.data if event.particulars else {}
