"""Handing out results: find what somebody came for, say what hinders, write down who took it or how it went."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from motcua_desktop.domain.dossier import Dossier, Status, Verb
from motcua_desktop.domain.errors import NumberedError, Problem, UserFacingError, refuse
from motcua_desktop.domain.forms import FormHead, Manifest, Parcel
from motcua_desktop.domain.forms_template import FormKind
from motcua_desktop.domain.text import clean
from motcua_desktop.printing.port import Printer
from motcua_desktop.services.acts import Act, Acted, Collector, act
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.sheets import Sheet, SheetKind, next_sheet, print_sheet
from motcua_desktop.store import dossiers, results

LIMIT = 50
MOST_READY = 500  # as many as a list shows


class Hindrance(StrEnum):
    """Why a result cannot be handed out over the counter now."""

    NONE = ""
    MONEY = "money"
    POSTED = "posted"
    NOT_READY = "not_ready"
    RETURNED = "returned"
    ENDED = "ended"


_ORDER = list(Hindrance)


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """A dossier somebody may have come for, what would be handed out, and what hinders."""

    dossier: Dossier
    what: str
    hindrance: Hindrance

    @property
    def code(self) -> str:
        return self.dossier.code

    @property
    def name(self) -> str:
        """Whose result it is; "" once the personal data are erased."""
        return self.dossier.applicant.full_name if self.dossier.applicant else ""

    @property
    def id_number(self) -> str:
        return self.dossier.applicant.id_number if self.dossier.applicant else ""

    @property
    def by_post(self) -> bool:
        return self.dossier.return_by == "post"

    @property
    def refused(self) -> bool:
        """Whether what is handed out is a refusal with its reason."""
        return self.dossier.outcome == "refused"

    @property
    def returned_at(self) -> str:
        """When it was returned, ISO 8601; "" before."""
        last = self.dossier.last(Verb.RETURN) if self.hindrance is Hindrance.RETURNED else None
        return last.at if last else ""

    @property
    def returned_by(self) -> str:
        """The officer who returned it; "" before."""
        last = self.dossier.last(Verb.RETURN) if self.hindrance is Hindrance.RETURNED else None
        return last.officer if last else ""


@dataclass(frozen=True, slots=True)
class Together:
    """Several results asked for at once: those that went through, and what hindered the others (by code)."""

    done: tuple[Acted, ...]
    refused: tuple[tuple[str, Problem], ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """The money that was taken, and what went wrong with the rest of it."""

    amount_vnd: int
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Posting(Together):
    """Results that went to the post, as the postman's list has them."""

    parcels: tuple[Parcel, ...] = field(default=())


def find_to_return(desk: Desk, text: str, limit: int = LIMIT) -> list[ReadyLine]:
    """What answers to a key, code, card's number, last four digits or name; what can be handed out first.

    Where all of it is one person's, everything else that waits for the same person comes with it.
    """
    with desk.store.read() as connection:
        exact = dossiers.get(connection, text)
        hits = [exact] if exact is not None else results.found(connection, text, limit)
        people = {dossier.applicant.id_number for dossier in hits if dossier.applicant}
        if len(people) == 1:
            known = {dossier.id for dossier in hits}
            others = results.ready_of_person(connection, people.pop())
            hits += [dossier for dossier in others if dossier.id not in known]
    return sorted((_line(desk, dossier) for dossier in hits), key=lambda line: _ORDER.index(line.hindrance))


def line_of(desk: Desk, name: str) -> ReadyLine:
    """One dossier as it stands now; raises MC-160."""
    with desk.store.read() as connection:
        dossier = dossiers.get(connection, name)
    if dossier is None:
        raise refuse("MC-160", "code", text=name)
    return _line(desk, dossier)


def ready(desk: Desk, limit: int = MOST_READY) -> list[ReadyLine]:
    """Results that wait at the desk, the longest waiting first; what is in the post comes last."""
    with desk.store.read() as connection:
        waiting = results.ready(connection, limit)
    lines = [_line(desk, dossier) for dossier in waiting]
    return sorted(lines, key=lambda line: line.hindrance is Hindrance.POSTED)


def count_ready(desk: Desk) -> int:
    """How many results wait at the desk or are in the post."""
    with desk.store.read() as connection:
        return results.count_ready(connection)


def to_post(desk: Desk, limit: int = MOST_READY) -> list[ReadyLine]:
    """Results that the citizen wants by post and that are not in it yet, paid or not."""
    found: list[ReadyLine] = []
    with desk.store.read() as connection:
        for dossier in results.for_post(connection):
            line = _line(desk, dossier)
            if line.by_post and line.hindrance is not Hindrance.POSTED:
                found.append(line)
            if len(found) == limit:
                break
    return found


def return_result(desk: Desk, name: str, collector: Collector | None = None, reason: str = "") -> Acted:
    """Hand a result out: to the applicant, or to whom `collector` names.

    Somebody else needs a name (MC-115) and a paper of authority (MC-178); the table of acts refuses the rest.
    """
    _demand_authority(desk, name, collector)
    return act(desk, name, Act(Verb.RETURN, collector=collector, reason=reason))


def return_together(
    desk: Desk, names: Sequence[str], collectors: Mapping[str, Collector] | None = None, reason: str = ""
) -> Together:
    """Hand out several results of one person; each is judged for itself, one that is hindered stays.

    `collectors` says by name who takes which, as the authority for one result is none for another; where it
    does not, the applicant does. If an authority is missing for any of them nothing goes (MC-178).
    """
    takers = collectors or {}
    for name in names:
        _demand_authority(desk, name, takers.get(name))
    done, refused = [], []
    for name in names:
        try:
            done.append(return_result(desk, name, takers.get(name), reason))
        except UserFacingError as error:
            refused.append((name, error.problem))
    return Together(tuple(done), tuple(refused))


def take_payment(desk: Desk, name: str, paid_by: str = "cash") -> Acted:
    """Take just what is still to be paid; MC-171 where nothing is."""
    left = line_of(desk, name).dossier.fee_left_vnd
    return act(desk, name, Act(Verb.PAID, amount_vnd=left or None, paid_by=paid_by))


def take_payments(desk: Desk, names: Sequence[str], paid_by: str = "cash") -> Taken:
    """Take what is still to be paid for each; one that is settled already is left alone.

    What goes wrong before any money was taken is raised; later it is told beside what was taken.
    """
    amount = 0
    for name in names:
        try:
            left = line_of(desk, name).dossier.fee_left_vnd
            if left:
                take_payment(desk, name, paid_by)
                amount += left
        except NumberedError as error:
            if not amount:
                raise
            return Taken(amount, error.problem)
    return Taken(amount)


def post_results(desk: Desk, names: Sequence[str], tracking: Mapping[str, str] | None = None) -> Posting:
    """Give results to the post; `tracking` holds the post's number by dossier code where it is known.

    One that cannot go (not paid, in the post already) stays and is named with what hinders.
    """
    numbers = tracking or {}
    done, refused = [], []
    for name in names:
        try:
            done.append(act(desk, name, Act(Verb.POST, tracking=numbers.get(name, ""))))
        except UserFacingError as error:
            refused.append((name, error.problem))
    return Posting(tuple(done), tuple(refused), tuple(_parcel(desk, acted.dossier) for acted in done))


def print_posting(desk: Desk, posting: Posting, printer: Printer) -> list[Problem]:
    """Send each label and the postman's list to the printer; what went wrong with which, nothing is raised.

    An envelope whose label cannot be drawn went to the post all the same: it stays on the postman's list.
    """
    said = [_print_label(desk, acted.dossier, printer) for acted in posting.done]
    if posting.parcels:
        said.append(_print_manifest(desk, posting.parcels, printer))
    return [problem for problem in said if problem is not None]


def _print_label(desk: Desk, dossier: Dossier, printer: Printer) -> Problem | None:
    try:
        return print_sheet(next_sheet(desk, dossier.id, SheetKind.LABEL), printer, desk).problem
    except Exception as error:  # whatever one label trips over, the others and the list come out
        return _not_drawn(error, dossier.code)


def _print_manifest(desk: Desk, parcels: Sequence[Parcel], printer: Printer) -> Problem | None:
    try:
        return print_sheet(draw_manifest(desk, parcels), printer).problem
    except Exception as error:
        return _not_drawn(error, ", ".join(parcel.code for parcel in parcels))


def _not_drawn(error: Exception, code: str) -> Problem:
    if isinstance(error, NumberedError):
        return error.problem
    logging.getLogger(__name__).error("a sheet of the post was not drawn: %s", code, exc_info=error)
    return Problem("MC-193", None, {"code": code, "cause": type(error).__name__})


def draw_manifest(desk: Desk, parcels: Sequence[Parcel]) -> Sheet:
    """The list that the postman signs, for the office's own file; it belongs to no single dossier."""
    from motcua_desktop.documents.forms import draw_form  # slow to import: no window waits for it
    from motcua_desktop.documents.templates import load_templates

    now, office = desk.now(), desk.office
    templates = load_templates(desk.store.path.parent)
    template = templates.get(FormKind.MANIFEST, now.date())
    head = FormHead(
        template=template,
        office=office.name.upper(),
        place=office.place,
        day=now.date(),
        desk=office.desk,
        centre=templates.words.centre,
        number_line=template.number_line(None),
        hotline=templates.words.hotline or office.hotline,
        extra=templates.words.extra,
    )
    pdf = draw_form(Manifest(head, tuple(parcels), officer=office.officer))
    title = f"bang-ke-{now:%y%m%d-%H%M%S}"
    return Sheet(pdf, title, str(template.leaf), 1, "", SheetKind.LABEL)


def mail_came_back(desk: Desk, name: str, reason: str) -> Acted:
    """An envelope that the post brought back: the result waits at the desk again."""
    return act(desk, name, Act(Verb.MAIL_BACK, reason=reason))


def _demand_authority(desk: Desk, name: str, collector: Collector | None) -> None:
    if collector is None or collector.relation != "other":
        return
    if not clean(collector.full_name):
        raise refuse("MC-115", "collector.full_name")
    if not clean(collector.authority):
        raise refuse("MC-178", "collector.authority", code=line_of(desk, name).code)


def _parcel(desk: Desk, dossier: Dossier) -> Parcel:
    applicant = dossier.applicant
    return Parcel(
        code=dossier.code,
        name=applicant.full_name if applicant else "",
        address=applicant.address if applicant else "",
        phone=applicant.phone if applicant else "",
        tracking=dossier.delivery.tracking,
        note=_what(desk, dossier),
    )


def _line(desk: Desk, dossier: Dossier) -> ReadyLine:
    return ReadyLine(dossier, _what(desk, dossier), _hindrance(dossier))


def _what(desk: Desk, dossier: Dossier) -> str:
    """What the citizen gets, by the catalogue of the day on which it was received."""
    code, day = str(dossier.procedure["code"]), date.fromisoformat(dossier.received_at[:10])
    procedure = desk.catalogue.find(code, day)
    named = procedure.result if procedure and procedure.result else str(dossier.procedure["short_name"])
    return f"{named} ({dossier.result})" if dossier.result else named


def _hindrance(dossier: Dossier) -> Hindrance:
    if dossier.status is Status.RETURNED:
        return Hindrance.RETURNED
    if dossier.status in (Status.STOPPED, Status.NOT_ACCEPTED):
        return Hindrance.ENDED
    if dossier.status is not Status.FINISHED and not _at_once(dossier):
        return Hindrance.NOT_READY
    if dossier.delivery.state == "posted":
        return Hindrance.POSTED
    return Hindrance.MONEY if dossier.fee_left_vnd else Hindrance.NONE


def _at_once(dossier: Dossier) -> bool:
    """Accepted at the counter, of a procedure whose result is given at once: it may be handed out."""
    return dossier.status is Status.ACCEPTED and bool(dossier.procedure.get("immediate"))
