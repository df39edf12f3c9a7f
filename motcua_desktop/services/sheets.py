"""Sheets of paper: drawn from a dossier, their hash in the ledger, sent to a printer that may be off."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from motcua_desktop.documents.paper import Paper
from motcua_desktop.domain.errors import Bug, EnvironmentFault, Problem, refuse
from motcua_desktop.domain.event import Draft, Kind, sha256
from motcua_desktop.domain.status import Verb
from motcua_desktop.printing.port import Outcome, OutcomeKind, Printer
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.terms import term_text as term_text
from motcua_desktop.store import dossiers, ledger

if TYPE_CHECKING:
    from motcua_desktop.domain.dossier import Dossier, DrawnSheet
    from motcua_desktop.domain.receipt import Receipt

RECEIPT = "receipt"


class SheetKind(StrEnum):
    """What can be printed of a dossier."""

    RECEIPT = RECEIPT
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    LETTER = "letter"
    LABEL = "label"
    FEE = "fee"


# The acts that a sheet belongs to: each one makes a new sheet, a further print of the same act is a reprint.
OCCASIONS = {
    SheetKind.RECEIPT: (
        Verb.ACCEPT,
        Verb.PAPERS_COMPLETE,
        Verb.PAID,
        Verb.VERIFIED,
        Verb.EXTEND,
        Verb.RECOUNT,
        Verb.CORRECT,
    ),
    SheetKind.SUPPLEMENT: (Verb.ASK_PAPERS,),
    SheetKind.REFUSAL: (Verb.REFUSE,),
    SheetKind.APOLOGY: (Verb.EXTEND,),
    SheetKind.STOP: (Verb.STOP,),
    SheetKind.CONTROL: (Verb.HAND_OVER, Verb.HAND_BACK),
    SheetKind.LABEL: (Verb.POST,),
    SheetKind.LETTER: (),
    SheetKind.FEE: (Verb.PAID,),
}
_NEEDS_ITS_ACT = frozenset(OCCASIONS) - {
    SheetKind.RECEIPT,
    SheetKind.CONTROL,
    SheetKind.LETTER,
    SheetKind.LABEL,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawn sheet: its PDF, its title (the code, with kind and number of a reprint), which print this is.

    `problem` is a warning about it: MC-158 when it is no longer the file that was drawn first.
    """

    pdf: bytes
    title: str
    paper: str
    number: int
    dossier: str
    kind: SheetKind = SheetKind.RECEIPT
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """Which print of a sheet is drawn: the how-manieth, of which act, and what it repeats or replaces."""

    kind: SheetKind
    number: int = 1
    occasion: str = ""
    again: bool = False
    replaces: str | None = None  # when the sheet was drawn that this one takes the place of
    replacement: int = 0
    preview: bool = False
    words: dict[str, str] = field(default_factory=dict)  # of a letter: who is meant


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet, what the printer answered, and the problem to tell; None when the sheet is on its way."""

    sheet: Sheet
    outcome: Outcome
    problem: Problem | None


def draw_first_receipt(desk: Desk, dossier: Dossier, paper: Paper) -> Sheet:
    """The receipt of a dossier as first printed; drawn again it is the same file, byte for byte.

    Where it no longer is (other letters after an update) the sheet's `problem` says so (MC-158).
    """
    return draw_sheet(desk, dossier, SheetKind.RECEIPT, paper)


def draw_reprint(desk: Desk, dossier: Dossier, paper: Paper) -> Sheet:
    """One more receipt of the same dossier, marked as printed again."""
    return draw_one_more(desk, dossier, SheetKind.RECEIPT, paper)


def next_receipt(desk: Desk, dossier_id: str, paper: Paper) -> Sheet:
    """What to print of a dossier now: the first receipt, the last one again if it never left, else a reprint."""
    return next_sheet(desk, dossier_id, SheetKind.RECEIPT, paper)


def draw_sheet(
    desk: Desk,
    dossier: Dossier,
    kind: SheetKind,
    paper: Paper | None = None,
    words: dict[str, str] | None = None,
) -> Sheet:
    """The sheet that belongs to the dossier as it stands; drawn again it is the same file, byte for byte.

    Raises MC-190 where no act asked for such a sheet.
    """
    while True:
        planned = _next_print(dossier, kind, words)
        drawn = _of_occasion(dossier, planned)
        if drawn:
            return _drawn_again(desk, dossier, drawn[0])
        sheet = _draw_and_note(desk, dossier, planned, paper)
        if sheet is not None:
            return sheet
        dossier = find_dossier(desk, dossier.id)  # the caller's was older than its last print


def draw_one_more(
    desk: Desk,
    dossier: Dossier,
    kind: SheetKind,
    paper: Paper | None = None,
    words: dict[str, str] | None = None,
) -> Sheet:
    """One more print of the same sheet, marked as such."""
    while True:
        dossier = find_dossier(desk, dossier.id)
        sheet = _draw_and_note(desk, dossier, _next_print(dossier, kind, words), paper)
        if sheet is not None:
            return sheet


def next_sheet(desk: Desk, dossier_id: str, kind: SheetKind | str, paper: Paper | None = None) -> Sheet:
    """What to print now: a sheet not yet drawn, the last one again if it never left, else a reprint."""
    dossier = find_dossier(desk, dossier_id)
    planned = _next_print(dossier, SheetKind(kind), None)
    drawn = _of_occasion(dossier, planned)
    if not drawn:
        return draw_sheet(desk, dossier, planned.kind, paper)
    if drawn[-1].sent:
        return draw_one_more(desk, dossier, planned.kind, paper)
    return _drawn_again(desk, dossier, drawn[-1])


def preview_sheet(
    desk: Desk,
    dossier: Dossier,
    kind: SheetKind,
    paper: Paper | None = None,
    words: dict[str, str] | None = None,
) -> Sheet:
    """A sheet to look at: marked as a preview on every page, and noted nowhere."""
    return _drawn(desk, dossier, replace(_next_print(dossier, kind, words), preview=True), paper)


def find_dossier(desk: Desk, name: str) -> Dossier:
    """The dossier of that code, desk key, id or external code; raises MC-160."""
    with desk.store.read() as connection:
        dossier = dossiers.get(connection, name)
    if dossier is None:
        raise refuse("MC-160", "code", text=name)
    return dossier


def warm(desk: Desk) -> None:
    """Load what the first appointment and the first receipt need; draws and counts nothing."""
    from motcua_desktop.documents.fonts import typeface
    from motcua_desktop.services import sheet_contents  # noqa: F401  with it all that draws

    typeface()
    desk.calendar.is_working(desk.now().date())


def print_sheet(sheet: Sheet, printer: Printer, desk: Desk | None = None) -> Printed:
    """Hand a sheet to a printer; what went wrong is told and never raised, because the dossier is saved.

    With `desk` it is written down that the sheet left, so that nobody prints a second original.
    """
    outcome = printer.send(sheet.pdf, sheet.title, sheet.paper)
    number = "MC-139" if outcome.job and outcome.kind is OutcomeKind.PRINTER_OFF else _PRINTING[outcome.kind]
    problem = Problem(number, None, {"printer": printer.name, "code": sheet.title}) if number else None
    if desk is not None and _may_have_left(outcome):
        try:
            note_sent(desk, sheet, str(outcome.kind))
        except EnvironmentFault as error:
            problem = problem or error.problem
    return Printed(sheet, outcome, problem)


def note_sent(desk: Desk, sheet: Sheet, outcome: str) -> None:
    """Write down that a sheet was handed over; noted once. Raises EnvironmentFault."""
    happened_at = desk.now().isoformat(timespec="seconds")
    body = {"sheet": str(sheet.kind), "number": sheet.number, "outcome": outcome}
    draft = Draft(Kind.SHEET_SENT, body, happened_at, desk.office.officer, sheet.dossier)
    with desk.store.write() as transaction:
        dossier = dossiers.get(transaction, sheet.dossier)
        drawn = dossier.sheets if dossier else ()
        if any((s.kind, s.number, s.sent) == (sheet.kind, sheet.number, False) for s in drawn):
            ledger.append(transaction, desk.chain, draft)


def _may_have_left(outcome: Outcome) -> bool:
    """Whether the spooler holds the sheet, or may: printing it once more would make a second original."""
    return bool(outcome.job) or outcome.kind in (OutcomeKind.SENT, OutcomeKind.UNKNOWN)


_PRINTING = {
    OutcomeKind.SENT: None,
    OutcomeKind.PRINTER_NOT_FOUND: "MC-120",
    OutcomeKind.PRINTER_OFF: "MC-120",
    OutcomeKind.SPOOLER_MISSING: "MC-120",
    OutcomeKind.FAILED: "MC-120",
    OutcomeKind.PAPER_OUT: "MC-121",
    OutcomeKind.PAPER_JAM: "MC-138",
    OutcomeKind.UNKNOWN: "MC-128",
}


def _next_print(dossier: Dossier, kind: SheetKind, words: dict[str, str] | None) -> Print:
    """Which print comes next: the first of an act, a replacement of an earlier one, or one more of the same."""
    verbs = OCCASIONS[kind]
    acts = [act for act in dossier.acts if act.verb in verbs]
    if kind is SheetKind.RECEIPT:
        _demand_receipt(dossier)  # and what was paid at the desk does not change it
        acts = [act for act in acts if act.verb is not Verb.PAID or "due_at" in act.facts]
    if kind is SheetKind.FEE:
        taken = {payment.event for payment in dossier.payments}
        acts = [act for act in acts if act.event in taken]
    if not acts and kind in _NEEDS_ITS_ACT:
        raise refuse("MC-190", "kind", code=dossier.code)
    occasion = acts[-1].event if acts else ""
    earlier = [sheet for sheet in dossier.sheets if sheet.kind == kind]
    if words is None and earlier:  # a letter without words is the last one again
        words = dict(earlier[-1].words)
    planned = Print(kind, len(earlier) + 1, occasion, words=words or {})
    if _of_occasion(dossier, planned):
        planned = replace(planned, again=True)
    before = [sheet for sheet in earlier if sheet.occasion != occasion]
    if kind is SheetKind.RECEIPT and before:
        count = len({sheet.occasion for sheet in before})
        planned = replace(planned, replaces=before[-1].drawn_at, replacement=count)
    return planned


def _demand_receipt(dossier: Dossier) -> None:
    """A receipt promises a date: none for a dossier that is void (MC-185) or not accepted (MC-190)."""
    if dossier.voided:
        raise refuse("MC-185", "kind", code=dossier.code)
    if dossier.accepted_at is None:
        raise refuse("MC-190", "kind", code=dossier.code)


def _of_occasion(dossier: Dossier, planned: Print) -> list[DrawnSheet]:
    """The prints so far of the very same sheet; two letters with other words are two sheets."""
    same = (planned.kind, planned.occasion, planned.words)
    return [s for s in dossier.sheets if (s.kind, s.occasion, dict(s.words)) == same]


def _draw_and_note(desk: Desk, dossier: Dossier, planned: Print, paper: Paper | None) -> Sheet | None:
    """The next sheet of a dossier as it was read; None when somebody was quicker and it must be read again."""
    sheet = _drawn(desk, dossier, planned, paper)
    body = {
        "sheet": str(planned.kind),
        "number": planned.number,
        "paper": sheet.paper,
        "sha256": sha256(sheet.pdf),
        "sent": False,  # a sheet that leaves is noted by an event of its own
        **({"occasion": planned.occasion} if planned.occasion else {}),
        **({"words": planned.words} if planned.words else {}),
    }
    happened_at = desk.now().isoformat(timespec="seconds")
    draft = Draft(Kind.SHEET_DRAWN, body, happened_at, desk.office.officer, dossier.id)
    with desk.store.write() as transaction:
        if ledger.heads(transaction, dossier.id) != dossier.heads:
            return None
        ledger.append(transaction, desk.chain, draft, dossier.heads)
    return sheet


def _drawn_again(desk: Desk, dossier: Dossier, drawn: DrawnSheet) -> Sheet:
    """A sheet as it was drawn then: from the dossier as it stood before that print."""
    from motcua_desktop.domain.fold import replay

    with desk.store.read() as connection:
        events = ledger.events_of(connection, dossier.id)
    before = [event.id for event in events].index(drawn.event) if drawn.event else len(events)
    then = replay([event for event in events[:before] if event.kind != Kind.PARTICULARS_ERASED])
    if then is None:
        raise Bug("a sheet that was drawn before its dossier")
    planned = replace(_next_print(then, SheetKind(drawn.kind), dict(drawn.words)))
    sheet = _drawn(desk, then, planned, drawn.paper)
    if sha256(sheet.pdf) == drawn.sha256:
        return sheet
    return replace(sheet, problem=Problem("MC-158", None, {"code": dossier.code}))


def _drawn(desk: Desk, dossier: Dossier, planned: Print, paper: Paper | str | None) -> Sheet:
    from motcua_desktop.services.sheet_contents import draw

    pdf, used = draw(desk, dossier, planned, str(paper) if paper else None)
    name = dossier.code if planned.kind is SheetKind.RECEIPT else f"{dossier.code}_{planned.kind}"
    title = name if planned.number == 1 else f"{name}_{planned.number}"
    return Sheet(pdf, title, used, planned.number, dossier.id, planned.kind)


def receipt_of(dossier: Dossier, number: int) -> Receipt:
    """What the receipt of a dossier says; raises MC-192 once its personal data were erased."""
    from motcua_desktop.documents.templates import load_templates
    from motcua_desktop.services.sheet_contents import receipt

    return receipt(dossier, Print(SheetKind.RECEIPT, number, again=number > 1), load_templates())


def drawn_at(sheet: DrawnSheet) -> datetime:
    """When a sheet was drawn."""
    return datetime.fromisoformat(sheet.drawn_at)
