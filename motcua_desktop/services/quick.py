"""The quick lane: what is given out while the citizen waits is received, paid and returned in one step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from motcua_desktop.assets import resource
from motcua_desktop.domain.dossier import Dossier, Kind, Person, Verb
from motcua_desktop.domain.errors import Bug, Problem, refuse
from motcua_desktop.domain.procedure import Procedure
from motcua_desktop.domain.source import UNVERIFIED
from motcua_desktop.domain.tariff import Basis, Charge, Tariff, Tariffs, charge, read_tariffs
from motcua_desktop.domain.text import in_figures
from motcua_desktop.services.acts import PAID_BY, Act, Collector, plan
from motcua_desktop.services.acts import write as write_act
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.intake import Submission, find_procedure, receive
from motcua_desktop.services.person import check_choice
from motcua_desktop.store import dossiers, ledger, results
from motcua_desktop.store.connection import Connection
from motcua_desktop.store.results import QuickRow

__all__ = [
    "Quick",
    "QuickRow",
    "QuickSubmission",
    "immediate_procedures",
    "quick",
    "quick_lines",
    "quick_today",
    "reckon",
    "tariff_of",
]

CERTIFIED_COPY = "2.000815"  # what people queue for: stands first in every list of the lane
CHANNEL = "counter"
LINES = 250


@dataclass(frozen=True, slots=True)
class QuickSubmission:
    """Something given out at once; `pages` are those of one copy, of the original where it is copied.

    `amount_vnd` is what an officer collected where no tariff names an amount, else it is left alone.
    """

    procedure: str
    applicant: Person
    copies: int = 1
    pages: int = 1
    exemption: str | None = None
    paid: bool = True
    paid_by: str = "cash"
    amount_vnd: int | None = None
    receipt_wanted: bool = False
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Quick:
    """A dossier received, paid and returned, durably on disk; what was collected and how it came about."""

    dossier: Dossier
    charge: Charge
    warnings: tuple[Problem, ...]


def quick(desk: Desk, submission: QuickSubmission) -> Quick:
    """Receive, take the money and return in one transaction; when this returns all three are on disk.

    Raises MC-237 where the procedure is not given out at once, MC-238 where it is not paid, MC-239 where no amount
    is known and none was said, and what `receive` and `acts.act` raise. The same `request_id` is done once.
    """
    now = desk.now()
    procedure = find_procedure(desk, submission.procedure, now.date())
    if not procedure.immediate:
        raise refuse("MC-237", "procedure", name=procedure.short_name)
    owed = _settled_amount(desk, submission, procedure)
    due_vnd = owed.total_vnd or 0
    if due_vnd and not submission.paid:
        raise refuse("MC-238", "paid", amount=in_figures(due_vnd), name=procedure.short_name)
    check_choice("paid_by", submission.paid_by, PAID_BY)
    facts = _facts(submission, owed)
    received = receive(
        desk,
        Submission(
            procedure=procedure.code,
            applicant=_numbered(submission.applicant),
            documents=_shown(procedure),
            request_id=submission.request_id or None,
            fee_due_vnd=due_vnd,
            fee_mode="before" if due_vnd else "free",
            facts=facts,
        ),
        then=lambda transaction, dossier: _pay_and_return(desk, transaction, dossier, submission, due_vnd),
    )
    with desk.store.read() as connection:
        _same(connection, received.dossier, submission, facts)
        dossier = dossiers.get(connection, received.dossier.id)
    if dossier is None:
        raise Bug("a dossier that was written and is not there")
    return Quick(dossier, owed, received.warnings)


def reckon(desk: Desk, procedure: Procedure, copies: int, pages: int, exemption: str | None = None) -> Charge:
    """The fee with its arithmetic and its sources; `total_vnd` is None where no amount is known.

    Raises MC-233 and MC-235 as `tariff.charge` does.
    """
    tariff = tariff_of(desk, procedure)
    if tariff is None:
        tariff = Tariff(
            (procedure.code,),
            "–",
            Basis.SET_BY_PROVINCE,
            procedure.valid_from,
            f"{procedure.code}; {UNVERIFIED}",
        )
    return charge(tariff, copies=copies, pages=pages, cases=copies, exemption=exemption or None)


def tariff_of(desk: Desk, procedure: Procedure) -> Tariff | None:
    """The tariff in force today at the counter; None where none is known."""
    return _tariffs().find(procedure.code, None, desk.now().date(), CHANNEL)


def immediate_procedures(desk: Desk) -> list[Procedure]:
    """What is given out at once, today: certified copies first, then what is used most here."""
    with desk.store.read() as connection:
        used = dossiers.usage(connection)
    found = [p for p in desk.catalogue.in_force(desk.now().date()) if p.immediate]
    return sorted(found, key=lambda p: (p.code != CERTIFIED_COPY, -used.get(p.code, 0), p.short_name))


def quick_today(desk: Desk) -> tuple[int, int, int]:
    """How often something was given at once today, in how many copies, and how many pages these have in all."""
    with desk.store.read() as connection:
        return results.quick_counts(connection, desk.now().date().isoformat())


def quick_lines(desk: Desk, limit: int = LINES) -> list[QuickRow]:
    """What was given at once today, newest first."""
    with desk.store.read() as connection:
        return results.quick_rows(connection, desk.now().date().isoformat(), limit)


@cache
def _tariffs() -> Tariffs:
    sheet: Mapping[str, Any] = json.loads(resource("fees", "tariffs.json").read_text(encoding="utf-8"))
    return read_tariffs(sheet)


def _settled_amount(desk: Desk, submission: QuickSubmission, procedure: Procedure) -> Charge:
    """The charge by the tariff; where that names no amount, by what the officer says was collected."""
    owed = reckon(desk, procedure, submission.copies, submission.pages, submission.exemption)
    if owed.total_vnd is not None:
        return owed
    if submission.amount_vnd is None or submission.amount_vnd < 0:
        raise refuse("MC-239", "amount_vnd", name=procedure.short_name)
    said = f"{in_figures(submission.amount_vnd)}đ, cán bộ nhập"
    return replace(owed, total_vnd=submission.amount_vnd, text=said)


def _facts(submission: QuickSubmission, owed: Charge) -> dict[str, Any]:
    return {
        "fee": owed.text,
        "quick": {
            "copies": submission.copies,
            "pages": submission.pages,
            "exemption": owed.exemption,
            "kind": owed.kind,
            "sources": list(owed.sources),
            "receipt": submission.receipt_wanted,
        },
    }


def _numbered(person: Person) -> Person:
    """A name alone is enough: nobody is asked for a card to have a copy certified."""
    return replace(person, id_kind="none") if not person.id_number else person


def _shown(procedure: Procedure) -> tuple[tuple[int, int, int], ...]:
    """The papers that are always needed were looked at: the work is done."""
    return tuple(
        (paper.item, paper.original if paper.original or paper.copy else 1, paper.copy)
        for paper in procedure.always_needed()
    )


def _pay_and_return(
    desk: Desk, transaction: Connection, dossier: Dossier, submission: QuickSubmission, due_vnd: int
) -> None:
    at = datetime.fromisoformat(dossier.received_at)
    applicant = _numbered(submission.applicant)
    proof = "card" if applicant.id_number else "receipt"
    collector = Collector(applicant.full_name, applicant.id_number, proof=proof)
    steps = [Act(Verb.RETURN, at=at, collector=collector)]
    if due_vnd:
        steps.insert(0, Act(Verb.PAID, at=at, amount_vnd=due_vnd, paid_by=submission.paid_by))
    for step in steps:
        now = dossiers.get(transaction, dossier.id)
        if now is None:
            raise Bug("a dossier that was written and is not there")
        write_act(desk, transaction, now, plan(desk, now, step))


def _same(
    connection: Connection, dossier: Dossier, submission: QuickSubmission, facts: Mapping[str, Any]
) -> None:
    """A request said again says the same (MC-157); a fresh one always does."""
    first = next(e for e in ledger.events_of(connection, dossier.id) if e.kind == Kind.DOSSIER_RECEIVED)
    if {name: first.body.get(name) for name in facts} != dict(facts):
        raise refuse("MC-157", "request_id", text=submission.request_id)
