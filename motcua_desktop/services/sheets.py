"""Sheets of paper: drawn from a dossier, their hash in the ledger, sent to a printer that may be off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua_desktop.documents.paper import Paper
from motcua_desktop.domain.dossier import Dossier, DrawnSheet, Kind, Person
from motcua_desktop.domain.due import TermKind
from motcua_desktop.domain.errors import EnvironmentFault, Problem, refuse
from motcua_desktop.domain.event import Draft, sha256
from motcua_desktop.printing.port import Outcome, OutcomeKind, Printer
from motcua_desktop.services.desk import Desk
from motcua_desktop.store import dossiers, ledger

if TYPE_CHECKING:
    from motcua_desktop.domain.receipt import Receipt, ReceiptRepresentative

RECEIPT = "receipt"
LONGEST_REQUEST = 120  # characters: two lines of the sheet

_CENTRE = "Trung tâm Phục vụ hành chính công {commune}"
_RETURN_PLACES = {
    "counter": "Quầy trả kết quả, " + _CENTRE,
    "post": "Qua dịch vụ bưu chính, tại địa chỉ người nộp",
    "online": "Trực tuyến, Cổng Dịch vụ công quốc gia",
}
_NO_TERM = "theo thông báo của cơ quan giải quyết"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawn sheet: its PDF, its title (the code, with the number of a reprint), which print this is.

    `problem` is a warning about it: MC-158 when it is no longer the file that was drawn first.
    """

    pdf: bytes
    title: str
    paper: Paper
    number: int
    dossier: str
    problem: Problem | None = None


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
    while True:
        first = next((s for s in dossier.sheets if s.kind == RECEIPT), None)
        sheet = _drawn_again(dossier, first) if first else _draw_and_note(desk, dossier, paper)
        if sheet is not None:
            return sheet
        dossier = find_dossier(desk, dossier.id)  # the caller's was older than its last print


def draw_reprint(desk: Desk, dossier: Dossier, paper: Paper) -> Sheet:
    """One more receipt of the same dossier, marked as printed again."""
    while True:
        sheet = _draw_and_note(desk, find_dossier(desk, dossier.id), paper)
        if sheet is not None:
            return sheet


def next_receipt(desk: Desk, dossier_id: str, paper: Paper) -> Sheet:
    """What to print of a dossier now: the first receipt, the last one again if it never left, else a reprint."""
    dossier = find_dossier(desk, dossier_id)
    drawn = [s for s in dossier.sheets if s.kind == RECEIPT]
    if not drawn:
        return draw_first_receipt(desk, dossier, paper)
    return draw_reprint(desk, dossier, paper) if drawn[-1].sent else _drawn_again(dossier, drawn[-1])


def find_dossier(desk: Desk, name: str) -> Dossier:
    """The dossier of that code, desk key, id or external code; raises MC-160."""
    with desk.store.read() as connection:
        dossier = dossiers.get(connection, name)
    if dossier is None:
        raise refuse("MC-160", "code", text=name)
    return dossier


def warm(desk: Desk) -> None:
    """Load what the first appointment and the first receipt need; draws and counts nothing."""
    from motcua_desktop.documents import receipt  # noqa: F401  with it all that draws
    from motcua_desktop.documents.fonts import typeface

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
    body = {"sheet": RECEIPT, "number": sheet.number, "outcome": outcome}
    draft = Draft(Kind.SHEET_SENT, body, happened_at, desk.office.officer, sheet.dossier)
    with desk.store.write() as transaction:
        dossier = dossiers.get(transaction, sheet.dossier)
        drawn = dossier.sheets if dossier else ()
        if any((s.kind, s.number, s.sent) == (RECEIPT, sheet.number, False) for s in drawn):
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


def _draw_and_note(desk: Desk, dossier: Dossier, paper: Paper) -> Sheet | None:
    """The next sheet of a dossier as it was read; None when somebody was quicker and it must be read again."""
    number = dossier.prints(RECEIPT) + 1
    sheet = _drawn(dossier, paper, number)
    body = {
        "sheet": RECEIPT,
        "number": number,
        "paper": str(paper),
        "sha256": sha256(sheet.pdf),
        "sent": False,  # a sheet that leaves is noted by an event of its own
    }
    happened_at = desk.now().isoformat(timespec="seconds")
    draft = Draft(Kind.SHEET_DRAWN, body, happened_at, desk.office.officer, dossier.id)
    with desk.store.write() as transaction:
        prints, erased = dossiers.prints(transaction, dossier.id, RECEIPT)
        if erased or prints + 1 != number:
            return None
        ledger.append(transaction, desk.chain, draft)
    return sheet


def _drawn_again(dossier: Dossier, drawn: DrawnSheet) -> Sheet:
    sheet = _drawn(dossier, Paper(drawn.paper), drawn.number)
    if sha256(sheet.pdf) == drawn.sha256:
        return sheet
    return replace(sheet, problem=Problem("MC-158", None, {"code": dossier.code}))


def _drawn(dossier: Dossier, paper: Paper, number: int) -> Sheet:
    from motcua_desktop.documents.receipt import draw_receipt  # slow to import: no window waits for it

    pdf = draw_receipt(receipt_of(dossier, number), paper)
    title = dossier.code if number == 1 else f"{dossier.code}_{number}"
    return Sheet(pdf, title, paper, number, dossier.id)


def receipt_of(dossier: Dossier, number: int) -> Receipt:
    """What the receipt of a dossier says; raises MC-192 once its personal data were erased."""
    from motcua_desktop.domain.receipt import PaperMode, Receipt, ReceiptPaper  # with the drawing, not before

    applicant = dossier.applicant
    if applicant is None or dossier.secret is None:
        raise refuse("MC-192", "code", text=dossier.code)
    office = str(dossier.office["name"])
    commune = office.removeprefix("UBND ")
    return Receipt(
        office=office.upper(),
        unit=_CENTRE.format(commune=commune),
        place=str(dossier.office["place"]),
        code=dossier.code,
        key=dossier.key,
        secret=dossier.secret,
        applicant=applicant.full_name,
        organisation=applicant.kind == "organisation",
        honorific=_honorific(applicant),
        id_number=applicant.id_number,
        address=applicant.address,
        phone=applicant.phone,
        email=applicant.email,
        representative=_representative(dossier.representative),
        request=_request(dossier),
        procedure_code=str(dossier.procedure["code"]),
        documents=tuple(
            ReceiptPaper(d.short, d.original, d.copy, PaperMode(d.mode)) for d in dossier.documents
        ),
        owed=dossier.owed,
        sets=dossier.sets,
        term=term_text(str(dossier.term["kind"]), dossier.term["value"]),
        received_at=datetime.fromisoformat(dossier.received_at),
        due_at=datetime.fromisoformat(dossier.due_at) if dossier.due_at else None,
        due_text="" if dossier.due_at else _NO_TERM,
        provisional=dossier.provisional_year is not None,
        provisional_year=dossier.provisional_year,
        return_at=_RETURN_PLACES[dossier.return_by].format(commune=commune),
        fee=dossier.fee,
        officer=dossier.officer,
        desk=dossier.desk,
        print_number=number,
    )


def _request(dossier: Dossier) -> str:
    """The procedure's full name; its short one where that would push the appointment off the page."""
    name = str(dossier.procedure["name"])
    return name if len(name) <= LONGEST_REQUEST else str(dossier.procedure["short_name"])


def term_text(kind: str, value: int | None) -> str:
    """A term in the words of the form: `03 ngày làm việc`."""
    number = f"{value:02d}" if value is not None else ""
    return {
        TermKind.SAME_DAY: "trong ngày làm việc",
        TermKind.WORKING_DAYS: f"{number} ngày làm việc",
        TermKind.CALENDAR_DAYS: f"{number} ngày",
        TermKind.HOURS: f"{number} giờ",
        TermKind.WORKING_HOURS: f"{number} giờ làm việc",
        TermKind.MONTHS: f"{number} tháng",
        TermKind.NOT_STATED: "theo pháp luật chuyên ngành",
    }[TermKind(kind)]


def _honorific(person: Person) -> str:
    if person.kind == "organisation":
        return ""
    return {"Nam": "Ông", "Nữ": "Bà"}.get(person.gender, "")


def _representative(person: Person | None) -> ReceiptRepresentative | None:
    from motcua_desktop.domain.receipt import ReceiptRepresentative

    if person is None:
        return None
    return ReceiptRepresentative(
        name=person.full_name,
        id_number=person.id_number,
        address=person.address,
        phone=person.phone,
        email=person.email,
        authority=person.authority,
    )
