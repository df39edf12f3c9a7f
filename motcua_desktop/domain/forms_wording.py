"""What the sheets of `forms` say, line by line, in the order of their templates.

A sheet is drawn from these lines and from nothing else, so the text of a printed file can be held against them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.forms import (
    Apology,
    ControlSheet,
    FormParty,
    FormSheet,
    HandOver,
    Label,
    Letter,
    Manifest,
    MarkKind,
    Parcel,
    Refusal,
    StopNotice,
    SupplementRequest,
)
from motcua_desktop.domain.forms_template import Element, ElementKind, Leaf
from motcua_desktop.domain.receipt import (
    COPY_NAMES,
    HOTLINE,
    MOTTO,
    NATION,
    OFFICE_COPY,
    PREVIEW,
    Part,
    SheetLine,
    day_in_words,
    in_fours,
    masked,
    moment_in_words,
    replacement_in_words,
    tidy,
)

LEAST_HANDOVERS = 8  # rows of a control sheet
_SPARE_HANDOVERS = 2
_BLANK = "……………………"
_BLANK_TIME = ("….giờ….phút,", "ngày…/…/……")
_BLANK_LINES = 4  # of a list to be written by hand

Values = Mapping[str, "str | Sequence[str]"]


def form_lines(sheet: FormSheet) -> tuple[SheetLine, ...]:
    """Everything that one copy of a sheet says, in reading order."""
    return tuple(tidy([*_head(sheet), *_body(sheet), *_signatures(sheet), *_foot(sheet)]))


def further_lines(sheet: FormSheet) -> tuple[SheetLine, ...]:
    """What stands at the top of every further page."""
    title = SheetLine(Part.TITLE, value=f"{sheet.head.template.title} (tiếp theo)")
    codes = list(_codes(sheet))
    if not codes and sheet.head.code:
        codes = [SheetLine(Part.CODE, "Mã hồ sơ:", sheet.head.code, source="code")]
    return tuple(tidy([*_ghost(sheet), *codes, title, *_stamps(sheet)]))


def administrative(sheet: FormSheet) -> bool:
    """Whether a sheet has the layout of an administrative document (decree 30) and not of a slip."""
    return isinstance(sheet, Apology | StopNotice) and sheet.head.template.leaf is Leaf.A4


def _head(sheet: FormSheet) -> Iterator[SheetLine]:
    head = sheet.head
    yield from _ghost(sheet)
    if isinstance(sheet, Label):
        yield SheetLine(Part.TITLE, value=head.template.title)
        return
    yield SheetLine(Part.OFFICE, value=head.office, source="office")
    if not isinstance(sheet, Letter):
        yield SheetLine(Part.CENTRE, value=head.centre or head.template.centre, source="centre")
    yield SheetLine(Part.NATION, value=NATION)
    yield SheetLine(Part.MOTTO, value=MOTTO)
    if head.number_line:
        yield SheetLine(Part.NUMBER, value=head.number_line, source="number_line")
    if not isinstance(sheet, Letter):
        yield _place(sheet)
    yield from _codes(sheet)
    yield SheetLine(Part.TITLE, value=head.template.title)
    yield from _stamps(sheet)


def _codes(sheet: FormSheet) -> Iterator[SheetLine]:
    """Key, code and secret, of the sheets that carry both codes in their head."""
    head = sheet.head
    coded = isinstance(sheet, SupplementRequest | Refusal | Apology | StopNotice | ControlSheet)
    if head.key and coded and not administrative(sheet):
        yield SheetLine(Part.KEY, value=in_fours(head.key))
        yield SheetLine(Part.CODE, "Mã hồ sơ:", head.code, source="code")
        yield SheetLine(Part.SECRET, "Mã tra cứu:", in_fours(head.secret))


def _ghost(sheet: FormSheet) -> Iterator[SheetLine]:
    if sheet.head.mark.kind is MarkKind.PREVIEW:
        yield SheetLine(Part.WATERMARK, value=PREVIEW)


def _stamps(sheet: FormSheet) -> Iterator[SheetLine]:
    if isinstance(sheet, SupplementRequest | Refusal) and sheet.head.template.copies > 1:
        yield SheetLine(Part.COPY, value=COPY_NAMES[sheet.copy])
    mark = sheet.head.mark
    if isinstance(sheet, Letter | Label):  # said by the ledger, not to a family
        return
    if mark.replaces is not None:
        said = replacement_in_words(mark.number, mark.replaces)
        yield SheetLine(Part.REPLACEMENT, value=said, source="replaces")
    if mark.kind is MarkKind.REPRINT:
        yield SheetLine(Part.REPRINT, value=f"IN LẠI lần {mark.number}")


def _body(sheet: FormSheet) -> Iterator[SheetLine]:
    values = _values(sheet)
    for element in sheet.head.template.elements:
        match element.kind:
            case ElementKind.FIELD:
                yield from _field(element, values)
            case ElementKind.LIST:
                yield from _list(element, values)
            case ElementKind.TEXT:
                yield from _paragraph(element, values)
            case ElementKind.TABLE:
                yield from _table(element, sheet)
    for place, note in enumerate(sheet.head.template.notes):
        yield SheetLine(Part.TEXT, value=note, opens=place == 0)


def _field(element: Element, values: Values) -> Iterator[SheetLine]:
    value = _one(values, element.name)
    if value or not element.optional:
        part = Part.STRONG if element.strong else Part.FIELD
        yield SheetLine(
            part, element.label, value, source=element.name, opens=element.opens, beside=element.beside
        )


def _list(element: Element, values: Values) -> Iterator[SheetLine]:
    said = values[element.name]
    assert not isinstance(said, str)
    if not said and element.optional:
        return
    yield SheetLine(Part.HEADING, element.label, opens=element.opens)
    for place, value in enumerate(said or ("",) * _BLANK_LINES, 1):
        yield SheetLine(Part.PAPER, f"{place}.", value, source=f"{element.name}.{place - 1}")


def _paragraph(element: Element, values: Values) -> Iterator[SheetLine]:
    said = {name: _one(values, name) for name in element.names}
    if element.optional and not all(said.values()):
        return
    text = element.name.format(**{name: value or _BLANK for name, value in said.items()})
    part = Part.CLOSING if element.closes else Part.TEXT
    source = next(iter(element.names)) if len(element.names) == 1 else ""
    yield SheetLine(part, element.label, text[:1].upper() + text[1:], source=source, opens=element.opens)


def _one(values: Values, name: str) -> str:
    value = values[name]
    return value if isinstance(value, str) else ", ".join(value)


def _values(sheet: FormSheet) -> Values:
    """The words of every field that a template of this sheet may name."""
    match sheet:
        case SupplementRequest():
            said = {
                "unit": sheet.unit,
                "request": sheet.request,
                "missing": sheet.missing,
                "reason": sheet.reason,
                "contact": sheet.contact,
                "contact_phone": sheet.contact_phone,
                "until": day_in_words(sheet.until) if sheet.until else "",
            }
            return {**_party(sheet.party, sheet.copy != OFFICE_COPY), **said, "code": sheet.head.code}
        case Refusal():
            case = {"unit": sheet.unit, "request": sheet.request, "reason": sheet.reason}
            return {**_party(sheet.party, sheet.copy != OFFICE_COPY), **case, "code": sheet.head.code}
        case Apology():
            return _apology(sheet)
        case StopNotice():
            return _stop(sheet)
        case ControlSheet():
            return _control(sheet)
        case Letter():
            day, office = day_in_words(sheet.head.day), sheet.sender or sheet.head.office
            return {
                "name": sheet.name,
                "other": sheet.other,
                "family": sheet.family,
                "day": day,
                "office": office,
            }
        case Label():
            return _label(sheet)
        case Manifest():
            day, count = day_in_words(sheet.head.day), f"{len(sheet.parcels):02d}"
            return {"carrier": sheet.carrier, "count": count, "day": day, "office": sheet.head.office}


def _party(party: FormParty, hide: bool) -> dict[str, str]:
    title = party.honorific or ("Tổ chức" if party.organisation else "Ông (Bà)")
    number = masked(party.id_number) if hide and not party.organisation else party.id_number
    return {
        "applicant": f"{title} {party.name}" if party.name else "",
        "you": title,
        "addressee": f"{title} {party.name}" if party.name else "",
        "id_number": number,
        "address": party.address,
        "phone": party.phone,
        "email": party.email,
    }


def _apology(sheet: Apology) -> Values:
    return {
        **_party(sheet.party, hide=True),
        "unit": sheet.unit,
        "request": sheet.request,
        "code": sheet.head.code,
        "received_day": day_in_words(local(sheet.received_at).date()),
        "due": _moment(sheet.due_at),
        "reason": sheet.reason,
        "new_due": _moment(sheet.new_due_at),
        "recipients": sheet.recipients,
    }


def _stop(sheet: StopNotice) -> Values:
    return {
        **_party(sheet.party, hide=True),
        "unit": sheet.unit,
        "request": sheet.request,
        "code": sheet.head.code,
        "received_day": day_in_words(local(sheet.received_at).date()),
        "reason": sheet.reason,
        "basis": sheet.basis,
        "returned": sheet.returned,
        "refund": sheet.refund,
        "recipients": sheet.recipients,
    }


def _control(sheet: ControlSheet) -> Values:
    return {
        "code": sheet.head.code,
        "resolver": sheet.resolver,
        "partners": sheet.partners,
        "received_day": moment_in_words(sheet.received_at),
        "due": _moment(sheet.due_at),
    }


def _label(sheet: Label) -> Values:
    return {
        **_party(sheet.party, hide=True),
        "sender": sheet.sender,
        "sender_address": sheet.sender_address,
        "sender_phone": sheet.sender_phone,
        "contents": sheet.contents,
        "tracking": sheet.tracking,
        "code": sheet.head.code,
    }


def _moment(moment: datetime | None) -> str:
    return moment_in_words(moment) if moment else ""


def _table(element: Element, sheet: FormSheet) -> Iterator[SheetLine]:
    for place, column in enumerate(element.columns):
        yield SheetLine(Part.COLUMN, value=column, opens=place == 0)
    if isinstance(sheet, ControlSheet):
        known = sheet.handovers
        blank = max(LEAST_HANDOVERS, len(known) + _SPARE_HANDOVERS) - len(known)
        for place, step in enumerate([*known, *[HandOver("", "")] * blank]):
            yield from _handover(step, f"handovers.{place}.")
    elif isinstance(sheet, Manifest):
        for place, parcel in enumerate(sheet.parcels):
            yield from _parcel(parcel, place)


def _handover(step: HandOver, at: str) -> Iterator[SheetLine]:
    when = _BLANK_TIME
    if step.at is not None:
        here = local(step.at)
        when = (f"{here:%H} giờ {here:%M} phút,", f"ngày {here:%d/%m/%Y}")
    yield SheetLine(Part.CELL, "1. Giao:", step.giver, f"2. Nhận: {step.receiver}", source=at + "giver")
    yield SheetLine(Part.CELL, value=when[0], tail=when[1])
    yield SheetLine(Part.CELL, value=step.giving_officer, source=at + "giving_officer")
    yield SheetLine(Part.CELL, value=step.receiving_officer, source=at + "receiving_officer")
    yield SheetLine(Part.CELL, value=step.result, source=at + "result")
    yield SheetLine(Part.CELL, value=step.note, source=at + "note")


def _parcel(parcel: Parcel, place: int) -> Iterator[SheetLine]:
    at = f"parcels.{place}."
    yield SheetLine(Part.CELL, value=f"{place + 1}")
    for name in ("code", "name", "address", "phone", "tracking", "note"):
        yield SheetLine(Part.CELL, value=getattr(parcel, name), source=at + name)


def _place(sheet: FormSheet) -> SheetLine:
    day = day_in_words(sheet.head.day)
    return SheetLine(Part.PLACE, value=f"{sheet.head.place}, {day}", source="place")


def _signatures(sheet: FormSheet) -> Iterator[SheetLine]:
    template = sheet.head.template
    if isinstance(sheet, Letter):
        yield _place(sheet)
    names = _names(sheet)
    for place, (title, hint) in enumerate(template.signers):
        last = place == len(template.signers) - 1
        own = getattr(sheet, "signer_title", "") if last else ""
        yield SheetLine(Part.SIGN, own or title, hint, opens=place == 0, beside=place > 0)
    if template.signers:
        for source, name in names:
            yield SheetLine(Part.OFFICER, value=name, source=source)
    if isinstance(sheet, Apology | StopNotice):
        if sheet.recipients:
            yield SheetLine(Part.RECIPIENT, "Nơi nhận:")
        for place, recipient in enumerate(sheet.recipients):
            end = "." if place == len(sheet.recipients) - 1 else ";"
            yield SheetLine(Part.RECIPIENT, value=f"- {recipient}{end}", source=f"recipients.{place}")


def _names(sheet: FormSheet) -> list[tuple[str, str]]:
    """Whose names stand under the signatures, the last signer's last."""
    match sheet:
        case SupplementRequest() | Refusal():
            return [("officer", sheet.officer)]
        case Manifest():
            return [("officer", sheet.officer), ("postman", sheet.postman)]
        case Apology() | StopNotice() | Letter():
            return [("signer", sheet.signer)]
        case _:
            return []


def _foot(sheet: FormSheet) -> Iterator[SheetLine]:
    head = sheet.head
    if head.key and (administrative(sheet) or isinstance(sheet, Label)):
        yield SheetLine(Part.KEY, value=in_fours(head.key))
    if isinstance(sheet, Letter | Label):
        return
    if head.hotline:
        yield SheetLine(Part.NOTE, HOTLINE, head.hotline, source="hotline")
    if head.extra:
        yield SheetLine(Part.NOTE, value=head.extra, source="extra")
    form = f" · Mẫu {head.template.form}, {head.template.set_name}" if head.template.form else ""
    yield SheetLine(Part.IMPRINT, value=f"Quầy {head.desk} · In lần {head.print_number}{form}")
