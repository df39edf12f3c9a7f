"""What each sheet says: a dossier turned into the plain values of its form, and drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from motcua_desktop.documents.fee_slip import FeeSlip, draw_fee_slip
from motcua_desktop.documents.forms import draw_form
from motcua_desktop.documents.paper import Paper
from motcua_desktop.documents.receipt import draw_receipt
from motcua_desktop.documents.templates import Templates, load_templates
from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.dossier import ActDone, Dossier, Person, Verb
from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.fee_book import FeeLine
from motcua_desktop.domain.forms import (
    Apology,
    ControlSheet,
    FormHead,
    FormParty,
    FormSheet,
    HandOver,
    Label,
    Letter,
    Mark,
    MarkKind,
    Refusal,
    StopNotice,
    SupplementRequest,
)
from motcua_desktop.domain.forms_template import FormKind
from motcua_desktop.domain.money import Payment
from motcua_desktop.domain.receipt import CENTRE, PaperMode, Receipt, ReceiptPaper, ReceiptRepresentative
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.sheets import OCCASIONS, Print, SheetKind, term_text

ERASED = "(đã xóa dữ liệu cá nhân)"
LONGEST_REQUEST = 120  # characters: two lines of the sheet

_CENTRE = "Trung tâm Phục vụ hành chính công {commune}"
_RETURN_PLACES = {
    "counter": "Quầy trả kết quả, " + _CENTRE,
    "post": "Qua dịch vụ bưu chính, tại địa chỉ người nộp",
    "online": "Trực tuyến, Cổng Dịch vụ công quốc gia",
}
_NO_TERM = "theo thông báo của cơ quan giải quyết"
_HISTORY = MappingProxyType(
    {
        Verb.PAPERS_COMPLETE: "Đã nộp đủ giấy tờ {at}: hẹn mới {due}",
        Verb.PAID: "Đã thực hiện nghĩa vụ tài chính {at}: hẹn mới {due}",
        Verb.VERIFIED: "Đã có trả lời xác minh {at}: hẹn mới {due}",
        Verb.RECOUNT: "Lịch nghỉ thay đổi {at}: hẹn mới {due}",
        Verb.EXTEND: "Xin lỗi và hẹn lại {at}: hẹn mới {due}",
    }
)
_LETTERS = MappingProxyType({"birth": FormKind.BIRTH, "marriage": FormKind.MARRIAGE, "death": FormKind.DEATH})


def draw(desk: Desk, dossier: Dossier, planned: Print, paper: str | None) -> tuple[bytes, str]:
    """The PDF of a sheet, and the paper it is for; raises MC-192 once the personal data were erased."""
    templates = load_templates(desk.store.path.parent)
    if planned.kind is SheetKind.RECEIPT:
        wanted = Paper(paper or Paper.A5)
        return draw_receipt(receipt(dossier, planned, templates), wanted), str(wanted)
    if planned.kind is SheetKind.FEE:
        wanted = Paper(paper or Paper.A5)
        return draw_fee_slip(_fee_slip(dossier, planned, templates), wanted), str(wanted)
    sheet = _SHEETS[planned.kind](desk, dossier, planned, templates)
    pdf = draw_form(sheet, Paper(paper) if paper in tuple(Paper) else None)
    return pdf, paper or str(sheet.head.template.leaf)


def receipt(dossier: Dossier, planned: Print, templates: Templates) -> Receipt:
    """What the receipt of a dossier says, in the words of the set that its day belongs to."""
    applicant = _applicant(dossier)
    if dossier.secret is None:
        raise refuse("MC-192", "code", text=dossier.code)
    office, commune = _office(dossier)
    template = templates.get(FormKind.RECEIPT, datetime.fromisoformat(dossier.received_at).date())
    return Receipt(
        office=office.upper(),
        centre=templates.words.centre or template.centre,
        unit=_CENTRE.format(commune=commune),
        place=str(dossier.office["place"]),
        number_line=template.number_line(dossier.entry) if dossier.entry else "",
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
        request=request_of(dossier),
        procedure_code=str(dossier.procedure["code"]),
        documents=tuple(
            ReceiptPaper(d.short, d.original, d.copy, PaperMode(d.mode)) for d in dossier.documents
        ),
        owed=dossier.owed,
        sets=dossier.sets,
        term=term_text(str(dossier.term["kind"]), dossier.term["value"]),
        received_at=datetime.fromisoformat(dossier.received_at),
        due_at=_moment(dossier.due_at),
        due_text="" if dossier.due_at else _NO_TERM,
        due_total_at=_moment(dossier.due_total_at),
        provisional=dossier.provisional_year is not None,
        provisional_year=dossier.provisional_year,
        return_at=_RETURN_PLACES[dossier.return_by].format(commune=commune),
        fee=dossier.fee,
        register_book=dossier.book,
        register_number=str(dossier.entry) if dossier.entry else "",
        officer=dossier.officer,
        desk=dossier.desk,
        hotline=templates.words.hotline or str(dossier.office.get("hotline", "")),
        extra=templates.words.extra,
        print_number=planned.number,
        replaces=_moment(planned.replaces),
        replacement_number=planned.replacement,
        reprint=planned.again,
        preview=planned.preview,
        history=tuple(_history(dossier)),
        template=template,
    )


def _fee_slip(dossier: Dossier, planned: Print, templates: Templates) -> FeeSlip:
    """A slip for the last money taken: no substitute for the tax receipt, and says so."""
    payment = dossier.payments[-1]
    given = next((act for act in dossier.acts if act.event == payment.event), None)
    quick: Mapping[str, Any] = dossier.facts.get("quick", {})
    office, _ = _office(dossier)
    return FeeSlip(
        line=fee_line(dossier, payment),
        at=payment.at,
        office=office.upper(),
        place=str(dossier.office["place"]),
        desk=dossier.desk,
        centre=templates.words.centre or CENTRE,
        reckoning=dossier.fee if given and dossier.fee_due_vnd == payment.amount_vnd else "",
        sources=tuple(quick.get("sources", ())),
        print_number=planned.number,
        hotline=templates.words.hotline or str(dossier.office.get("hotline", "")),
    )


def fee_line(dossier: Dossier, payment: Payment) -> FeeLine:
    """A payment as the fee book has it."""
    return FeeLine(
        book=payment.book,
        number=payment.entry,
        day=payment.at.date(),
        payer=dossier.applicant.full_name if dossier.applicant else ERASED,
        procedure=str(dossier.procedure["short_name"]),
        code=dossier.code,
        amount_vnd=payment.amount_vnd,
        mode=payment.mode,
        officer=payment.officer,
        kind=str(dossier.facts.get("quick", {}).get("kind") or dossier.procedure["field"]),
    )


def request_of(dossier: Dossier) -> str:
    """The procedure's full name; its short one where that would push the appointment off the page."""
    name = str(dossier.procedure["name"])
    return name if len(name) <= LONGEST_REQUEST else str(dossier.procedure["short_name"])


def _history(dossier: Dossier) -> list[str]:
    """What moved the appointment, and to when."""
    return [
        _HISTORY[act.verb].format(at=_short(act.at), due=_short(act.due_at))
        for act in dossier.acts
        if act.verb in _HISTORY and act.due_at
    ]


def _short(moment: str | None) -> str:
    return f"{local(datetime.fromisoformat(moment)):%H:%M %d/%m/%Y}" if moment else "–"


def _head(desk: Desk, dossier: Dossier, planned: Print, templates: Templates, kind: FormKind) -> FormHead:
    if dossier.secret is None:
        raise refuse("MC-192", "code", text=dossier.code)
    office, _ = _office(dossier)
    act = _act(dossier, planned)
    template = templates.get(kind, datetime.fromisoformat(dossier.received_at).date())
    number = act.facts.get("form", {}).get("entry") if act else None
    if planned.kind is SheetKind.CONTROL:  # one sheet travels with the dossier: it keeps its first number
        number = dossier.form_number("control")
    return FormHead(
        template=template,
        office=office.upper(),
        place=str(dossier.office["place"]),
        day=datetime.fromisoformat(act.at if act else dossier.received_at).date(),
        desk=dossier.desk,
        centre=templates.words.centre,
        number_line=template.number_line(number),
        code=dossier.code,
        key=dossier.key,
        secret=dossier.secret,
        hotline=templates.words.hotline or desk.office.hotline,
        extra=templates.words.extra,
        mark=_mark(planned),
        print_number=planned.number,
    )


def _mark(planned: Print) -> Mark:
    if planned.preview:
        return Mark(MarkKind.PREVIEW)
    return Mark(MarkKind.REPRINT, planned.number) if planned.again else Mark()


def _act(dossier: Dossier, planned: Print) -> ActDone | None:
    """The act that the sheet belongs to."""
    verbs = OCCASIONS[planned.kind]
    return next((act for act in reversed(dossier.acts) if act.verb in verbs), None)


def _asked_for(dossier: Dossier, planned: Print) -> ActDone:
    act = _act(dossier, planned)
    if act is None:
        raise refuse("MC-190", "kind", code=dossier.code)
    return act


def _supplement(desk: Desk, dossier: Dossier, planned: Print, templates: Templates) -> FormSheet:
    act = _asked_for(dossier, planned)
    until = act.facts.get("waiting_due_at")
    reason = act.reason or ""
    return SupplementRequest(
        head=_head(desk, dossier, planned, templates, FormKind.SUPPLEMENT),
        party=_party(_applicant(dossier)),
        request=request_of(dossier),
        missing=tuple(act.facts.get("missing", ())) or (reason,),
        reason=reason,
        officer=act.officer,
        unit=dossier.unit,
        contact=act.officer,
        contact_phone=desk.office.hotline,
        until=datetime.fromisoformat(until).date() if until else None,
    )


def _refusal(desk: Desk, dossier: Dossier, planned: Print, templates: Templates) -> FormSheet:
    act = _asked_for(dossier, planned)
    return Refusal(
        head=_head(desk, dossier, planned, templates, FormKind.REFUSAL),
        party=_party(_applicant(dossier)),
        unit=_CENTRE.format(commune=_office(dossier)[1]),
        request=request_of(dossier),
        reason=act.reason or "",
        officer=act.officer,
    )


def _apology(desk: Desk, dossier: Dossier, planned: Print, templates: Templates) -> FormSheet:
    act = _asked_for(dossier, planned)
    return Apology(
        head=_head(desk, dossier, planned, templates, FormKind.APOLOGY),
        party=_party(_applicant(dossier)),
        unit=dossier.unit or _office(dossier)[0],
        request=request_of(dossier),
        received_at=datetime.fromisoformat(dossier.received_at),
        due_at=_moment(act.facts.get("old_due_at") or dossier.judged_due_at),
        reason=act.reason or "",
        new_due_at=_moment(act.due_at),
        signer=_signer(desk),
        signer_title=desk.office.leader_title,
    )


def _stop(desk: Desk, dossier: Dossier, planned: Print, templates: Templates) -> FormSheet:
    act = _asked_for(dossier, planned)
    asked = dossier.last(Verb.WITHDRAW)
    kept = [paper.short for paper in dossier.documents if paper.mode == PaperMode.SUBMIT]
    return StopNotice(
        head=_head(desk, dossier, planned, templates, FormKind.STOP),
        party=_party(_applicant(dossier)),
        request=request_of(dossier),
        received_at=datetime.fromisoformat(dossier.received_at),
        reason=act.reason or (asked.reason if asked and asked.reason else "Theo đề nghị của người nộp"),
        unit=dossier.unit,
        returned=tuple(kept),
        signer=_signer(desk),
        signer_title=desk.office.leader_title,
    )


def _control(desk: Desk, dossier: Dossier, planned: Print, templates: Templates) -> FormSheet:
    centre = "Bộ phận Một cửa"
    handovers: list[HandOver] = []
    holder = centre
    for act in dossier.acts:
        if act.verb not in OCCASIONS[SheetKind.CONTROL]:
            continue
        receiver = act.to if act.verb is Verb.HAND_OVER else centre
        handovers.append(
            HandOver(holder, receiver, datetime.fromisoformat(act.at), giving_officer=act.officer)
        )
        holder = receiver
    return ControlSheet(
        head=_head(desk, dossier, planned, templates, FormKind.CONTROL),
        resolver=dossier.unit,
        received_at=datetime.fromisoformat(dossier.received_at),
        due_at=_moment(dossier.due_at),
        handovers=tuple(handovers),
    )


def _letter(desk: Desk, dossier: Dossier, planned: Print, templates: Templates) -> FormSheet:
    words: Mapping[str, Any] = planned.words
    kind = _LETTERS.get(str(words.get("letter", "")))
    if kind is None or not words.get("name"):
        raise refuse("MC-168", "letter", allowed=list(_LETTERS))
    return Letter(
        head=_head(desk, dossier, planned, templates, kind),
        name=words["name"],
        other=words.get("other", ""),
        family=words.get("family", ""),
        signer=_signer(desk),
        signer_title=desk.office.leader_title,
    )


def _label(desk: Desk, dossier: Dossier, planned: Print, templates: Templates) -> FormSheet:
    office, commune = _office(dossier)
    return Label(
        head=_head(desk, dossier, planned, templates, FormKind.LABEL),
        party=_party(_applicant(dossier)),
        sender=_CENTRE.format(commune=commune),
        sender_address=f"{office}, {desk.office.province}",
        sender_phone=desk.office.hotline,
        contents=str(dossier.procedure["short_name"]),
        tracking=dossier.delivery.tracking,
    )


_SHEETS: Mapping[SheetKind, Callable[[Desk, Dossier, Print, Templates], FormSheet]] = MappingProxyType(
    {
        SheetKind.SUPPLEMENT: _supplement,
        SheetKind.REFUSAL: _refusal,
        SheetKind.APOLOGY: _apology,
        SheetKind.STOP: _stop,
        SheetKind.CONTROL: _control,
        SheetKind.LETTER: _letter,
        SheetKind.LABEL: _label,
    }
)


def _applicant(dossier: Dossier) -> Person:
    if dossier.applicant is None:
        raise refuse("MC-192", "code", text=dossier.code)
    return dossier.applicant


def _party(person: Person) -> FormParty:
    return FormParty(
        name=person.full_name,
        honorific=_honorific(person),
        organisation=person.kind == "organisation",
        id_number=person.id_number,
        address=person.address,
        phone=person.phone,
        email=person.email,
    )


def _office(dossier: Dossier) -> tuple[str, str]:
    office = str(dossier.office["name"])
    return office, office.removeprefix("UBND ")


def _signer(desk: Desk) -> str:
    return desk.office.leaders[0] if desk.office.leaders else ""


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _honorific(person: Person) -> str:
    if person.kind == "organisation":
        return ""
    return {"Nam": "Ông", "Nữ": "Bà"}.get(person.gender, "")


def _representative(person: Person | None) -> ReceiptRepresentative | None:
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
