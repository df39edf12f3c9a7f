"""The register (form 07) and the fee book, read from the store; months are closed with a hash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.dossier import Dossier, Kind, Status
from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.event import PARTICULARS_HASH, Draft, Event
from motcua_desktop.domain.fee_book import FeeLine
from motcua_desktop.domain.fold import replay
from motcua_desktop.domain.register import (
    MonthClosing,
    RegisterHead,
    RegisterLine,
    by_month,
    month_hashes,
)
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.telling import status_name
from motcua_desktop.store import ledger
from motcua_desktop.store import office as offices
from motcua_desktop.store.connection import Connection

_RETURN_BY = {"counter": "Tại quầy", "post": "Bưu chính", "online": "Trực tuyến"}
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_ERASED = "(đã xóa dữ liệu cá nhân)"


def register_lines(desk: Desk, year: int, field: str = "") -> list[RegisterLine]:
    """The lines of every book of a year, by book and number; of one field where it is named."""
    with desk.store.read() as connection:
        groups = list(ledger.dossiers_of_year(connection, year))
    found: list[RegisterLine] = []
    unnumbered: dict[str, int] = {}
    for events in groups:
        came = replay(events[:1])
        now = replay(events)
        if came is None or now is None or (field and came.procedure["field"] != field):
            continue
        book = came.book or f"{came.desk}/{came.came_at[:4]}"
        if came.entry is None:  # received before books were kept: numbered in the order of the ledger
            unnumbered[book] = unnumbered.get(book, 0) + 1
        found.append(_line(came, now, book, came.entry or unnumbered[book], _entered_digest(events[0])))
    return found


def register_head(desk: Desk, year: int, field: str = "") -> RegisterHead:
    """What stands over the register of a year."""
    office = desk.office
    return RegisterHead(
        office=office.name.upper(),
        centre=_centre(desk),
        year=year,
        place=office.place,
        field=field,
        drawn_on=desk.now().date(),
        closings=tuple(closings(desk)),
    )


def _centre(desk: Desk) -> str:
    """The centre's name as the office wrote it into its own file, else the usual one."""
    from motcua_desktop.documents.templates import load_templates  # no window reads templates for a register
    from motcua_desktop.domain.receipt import CENTRE

    return load_templates(desk.store.path.parent).words.centre or CENTRE


def draw_register(
    desk: Desk, year: int, form: str, field: str = "", lines: Sequence[RegisterLine] | None = None
) -> bytes:
    """The register of a year as `pdf` or `xlsx`, in the columns of the office's own file where it has one.

    `lines` are read here unless given. Raises MC-230 and MC-231 for a template that cannot be used, and MC-220,
    221, 222 or 224 for a file of the office's forms that cannot.
    """
    from motcua_desktop.reports.register_forms import forms_in_use

    lines = register_lines(desk, year, field) if lines is None else lines
    head, forms = register_head(desk, year, field), forms_in_use(desk.store.path.parent)
    if form == "xlsx":
        from motcua_desktop.reports.register_xlsx import register_xlsx

        return register_xlsx(head, lines, forms)
    from motcua_desktop.documents import register

    return register.draw_register(head, lines, forms)


def closings(desk: Desk) -> list[MonthClosing]:
    """The months that were closed, in order."""
    with desk.store.read() as connection:
        return _closings(connection)


def _closings(connection: Connection) -> list[MonthClosing]:
    return [
        MonthClosing(body["book"], body["month"], body["hash"], date.fromisoformat(body["closed_on"]))
        for body in offices.closed_months(connection)
    ]


def close_month(desk: Desk, month: str) -> list[MonthClosing]:
    """Close a month ("2026-11") of this desk's own book with its hash.

    Raises MC-123 for what is no month, MC-232 for one that is not over, has no line, or is closed already.
    """
    year, now = _year_of(month), desk.now().date()
    book = f"{desk.office.desk}/{year:04d}"
    if month >= f"{now:%Y-%m}":
        raise refuse("MC-232", "month", month=month)
    lines = [line for line in register_lines(desk, year) if line.book == book]
    hashes = month_hashes(lines)
    if (book, month) not in hashes:
        raise refuse("MC-232", "month", month=month)
    count = next(len(found.lines) for found in by_month(lines) if found.month == month)
    body = {
        "book": book,
        "month": month,
        "hash": hashes[book, month],
        "count": count,
        "closed_on": now.isoformat(),
    }
    happened_at = desk.now().isoformat(timespec="seconds")
    draft = Draft(Kind.REGISTER_CLOSED, body, happened_at, desk.office.officer)
    with desk.store.write() as transaction:  # another window may have closed it since
        if (book, month) in {(c.book, c.month) for c in _closings(transaction)}:
            raise refuse("MC-232", "month", month=month)
        ledger.append(transaction, desk.chain, draft)
    return closings(desk)


def _year_of(month: str) -> int:
    """The year of a month that is written as "2026-11"; raises MC-123 for anything else."""
    try:
        if _MONTH.fullmatch(month):
            return date.fromisoformat(f"{month}-01").year
    except ValueError:  # the month 13, the year nought
        pass
    raise refuse("MC-123", "month", value=month)


def fee_lines(desk: Desk, first: date, last: date) -> list[FeeLine]:
    """The fee book from one day to another (both included), by book and number."""
    with desk.store.read() as connection:
        groups = list(ledger.dossiers_paid_between(connection, first.isoformat(), last.isoformat()))
    found: list[FeeLine] = []
    for events in groups:
        dossier = replay(events)
        if dossier is not None:
            found += [line for line in _fees(dossier) if first <= line.day <= last]
    return sorted(found, key=lambda line: (line.book, line.number))


def draw_fees(desk: Desk, first: date, last: date) -> bytes:
    """The fee book of some days as a PDF to sign."""
    from motcua_desktop.documents.fee_book import FeeBookHead, draw_fee_book

    office = desk.office
    head = FeeBookHead(
        office.name.upper(), first, last, _centre(desk), place=office.place, drawn_on=desk.now().date()
    )
    return draw_fee_book(head, fee_lines(desk, first, last))


def _fees(dossier: Dossier) -> Sequence[FeeLine]:
    from motcua_desktop.services.sheet_contents import fee_line

    return [fee_line(dossier, payment) for payment in dossier.payments]


def _entered_digest(intake: Event) -> str:
    """The salted digest of the personal data as they stand; once they were erased, as they were written."""
    if intake.particulars is not None:
        return intake.particulars.digest()
    return str(intake.body.get(PARTICULARS_HASH, ""))


def _line(came: Dossier, now: Dossier, book: str, entry: int, particulars: str) -> RegisterLine:
    """What was entered stands as it was; what happened since stands beside it."""
    entered = local(datetime.fromisoformat(came.entered_at)).date()
    received = datetime.fromisoformat(came.received_at)
    person = came.applicant
    line = RegisterLine(
        book=book,
        entry=entry,
        entered_on=entered,
        code=came.code,
        procedure=str(came.procedure["short_name"]),
        applicant=person.full_name if person else _ERASED,
        received_at=received,
        late_slip=received.date() != entered,
        field=str(came.procedure["field"]),
        address=person.address if person else "",
        phone=person.phone if person else "",
        authority=str(came.procedure.get("authority", "")),
        due_at=_moment(came.due_at),
        sets=came.sets,
        particulars=particulars,
    )
    return replace(
        line,
        returned_at=_moment(now.delivery.at) if now.status is Status.RETURNED else _given_back(now),
        return_by=_RETURN_BY[now.return_by],
        signed=now.delivery.to if now.status is Status.RETURNED else "",
        note="; ".join(_notes(came, now)),
        status="" if now.is_open else status_name(now.status),
        voided=now.voided,
    )


def _given_back(now: Dossier) -> datetime | None:
    """When the papers of a dossier that was stopped or not accepted went back."""
    ended = now.status in (Status.STOPPED, Status.NOT_ACCEPTED) and not now.voided
    return _moment(now.finished_at) if ended else None


def _notes(came: Dossier, now: Dossier) -> list[str]:
    said: list[str] = []
    first = came.due_at
    if came.accepted_at is None and now.accepted_at:  # presented first: it has its appointment since then
        first = now.original_due_at
        when = f", hẹn trả {_told(first)}" if first else ""
        said.append(f"tiếp nhận {datetime.fromisoformat(now.accepted_at):%d/%m/%Y}{when}")
    if now.due_at != first and now.due_at:
        said.append(f"hẹn lại {_told(now.due_at)}")
    before, after = came.applicant, now.applicant
    if before and after and before.full_name != after.full_name:
        said.append(f"sửa tên: {after.full_name}")
    return said


def _told(text: str) -> str:
    return f"{datetime.fromisoformat(text):%H:%M %d/%m/%Y}"


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


__all__ = [
    "close_month",
    "closings",
    "draw_fees",
    "draw_register",
    "fee_lines",
    "register_head",
    "register_lines",
]
