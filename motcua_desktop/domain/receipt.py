"""The receipt with its appointment (form 01 of TT 03/2025/TT-VPCP): what it says, not how it looks.

`Receipt` holds plain values; `receipt_lines` words them in the order of the form. The sheet is drawn from
those lines and from nothing else, so the text of a printed file can be held against them. For a dossier of the
older circular a template gives the title and the labels that differ.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.forms_template import FormTemplate
from motcua_desktop.domain.numbers import KEY_LENGTH, SECRET_LENGTH

OFFICE_COPY = 1
CITIZEN_COPY = 2

CENTRE = "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TITLE = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
PREVIEW = "BẢN XEM TRƯỚC"
NOTE = "Khi nhận kết quả, xin mang theo giấy này và giấy tờ tùy thân."

HOTLINE = "Hỏi đáp, phản ánh:"
COPY_NAMES = {OFFICE_COPY: "(Liên 1: Lưu)", CITIZEN_COPY: "(Liên 2: Giao người nộp)"}
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class PaperMode(StrEnum):
    """Whether a paper stays with the dossier or was shown and given back."""

    SUBMIT = "submit"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """One paper of the dossier: its short name and how many originals and copies were taken in."""

    name: str
    originals: int = 1
    copies: int = 0
    mode: PaperMode = PaperMode.SUBMIT


@dataclass(frozen=True, slots=True)
class ReceiptRepresentative:
    """Who files for the applicant, and the paper that allows it."""

    name: str
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One copy of the sheet: text ready to print, aware moments; an empty text is a line to fill by hand.

    `print_number` is 1 for the first print and counts on; from 2 the sheet is marked as printed again.
    `due_at` is None only where no date is given: then `due_text` says what the citizen waits for.
    `due_total_at` is the end of the whole chain where other offices take part.
    `id_number` of a person is masked on the citizen's copy; an organisation's never is.
    `replaces` is the moment of the sheet that this one corrects, `replacement_number` how many times that was
    done; such a sheet says *BẢN THAY THẾ* and not *IN LẠI*, unless `reprint` says that it is printed again.
    `history` are lines under the appointment: what moved it, and to when. `template` is only for its title and
    labels; None is the set in force since 15/09/2025.
    """

    office: str
    place: str
    code: str
    key: str
    secret: str
    applicant: str
    request: str
    received_at: datetime
    officer: str
    desk: int
    centre: str = CENTRE
    unit: str = ""
    number_line: str = ""
    copy: int = CITIZEN_COPY
    honorific: str = ""
    organisation: bool = False
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    representative: ReceiptRepresentative | None = None
    procedure_code: str = ""
    documents: tuple[ReceiptPaper, ...] = ()
    owed: tuple[str, ...] = ()
    sets: int = 1
    term: str = ""
    due_at: datetime | None = None
    due_text: str = ""
    due_total_at: datetime | None = None
    provisional: bool = False
    provisional_year: int | None = None
    return_at: str = ""
    fee: str = ""
    register_book: str = ""
    register_number: str = ""
    print_number: int = 1
    hotline: str = ""
    note: str = NOTE
    extra: str = ""
    replaces: datetime | None = None
    replacement_number: int = 0
    reprint: bool | None = None
    preview: bool = False
    history: tuple[str, ...] = ()
    template: FormTemplate | None = None

    def __post_init__(self) -> None:
        _need(_digits(self.key, KEY_LENGTH), f"key: {KEY_LENGTH} digits")
        _need(_digits(self.secret, SECRET_LENGTH), f"secret: {SECRET_LENGTH} digits")
        _need(self.copy in COPY_NAMES, "copy: 1 or 2")
        _need(self.print_number >= 1 and self.sets >= 1 and self.desk >= 1, "counts start at 1")
        _need(
            (self.replaces is None) == (self.replacement_number == 0),
            "a replacement has a moment and a count",
        )
        for moment in (self.received_at, self.due_at, self.due_total_at, self.replaces):
            _need(moment is None or moment.tzinfo is not None, "moments carry their offset")


class Part(StrEnum):
    """Where on the sheet a line belongs."""

    OFFICE = "office"
    CENTRE = "centre"
    NATION = "nation"
    MOTTO = "motto"
    NUMBER = "number"
    PLACE = "place"
    KEY = "key"
    CODE = "code"
    SECRET = "secret"
    TITLE = "title"
    COPY = "copy"
    REPRINT = "reprint"
    REPLACEMENT = "replacement"
    WATERMARK = "watermark"
    FIELD = "field"
    STRONG = "strong"  # a field whose value is what one looks for
    HEADING = "heading"
    PAPER = "paper"
    DUE_LABEL = "due_label"
    DUE = "due"
    DUE_NOTE = "due_note"
    TEXT = "text"  # a paragraph
    CLOSING = "closing"  # the paragraph that stays on one page with the signatures
    COLUMN = "column"  # the heading of a column; its cells follow row by row
    CELL = "cell"
    SIGN = "sign"
    OFFICER = "officer"
    RECIPIENT = "recipient"
    NOTE = "note"
    IMPRINT = "imprint"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the sheet: label, value and, for papers, what stands at the right.

    `source` is the field of `Receipt` the words came from; `opens` begins a group; `beside` may share the row
    of the line before it. Every text is NFC with single spaces.
    """

    part: Part
    label: str = ""
    value: str = ""
    tail: str = ""
    source: str = ""
    opens: bool = False
    beside: bool = False

    @property
    def text(self) -> str:
        return " ".join(piece for piece in (self.label, self.value, self.tail) if piece)


def receipt_lines(receipt: Receipt) -> tuple[SheetLine, ...]:
    """Everything one copy of the receipt says, in reading order (fields 1-16 of form 01)."""
    lines = [*_head(receipt), *_who(receipt), *_what(receipt), *_when(receipt), *_foot(receipt)]
    labels = receipt.template.labels if receipt.template else {}
    return tuple(tidy(relabelled(line, labels) for line in lines))


def relabelled(line: SheetLine, labels: Mapping[str, str]) -> SheetLine:
    """The line with the label that a template gives to its source."""
    return replace(line, label=labels[line.source]) if line.source in labels else line


def continuation_lines(receipt: Receipt) -> tuple[SheetLine, ...]:
    """What stands at the top of every further page of the same copy."""
    code = SheetLine(Part.CODE, "Mã hồ sơ:", receipt.code, source="code")
    secret = SheetLine(Part.SECRET, "Mã tra cứu:", in_fours(receipt.secret))
    title = SheetLine(Part.TITLE, value=f"{_title(receipt)} (tiếp theo)")
    key = SheetLine(Part.KEY, value=in_fours(receipt.key))
    return tuple(tidy([*_ghost(receipt), key, code, secret, title, *_copy(receipt)]))


def _title(receipt: Receipt) -> str:
    return receipt.template.title if receipt.template else TITLE


def _ghost(receipt: Receipt) -> Iterator[SheetLine]:
    if receipt.preview:
        yield SheetLine(Part.WATERMARK, value=PREVIEW)


def page_mark(page: int, pages: int) -> str:
    """The words that number the pages of a copy of more than one page; empty for a single page."""
    if pages == 1:
        return ""
    return f"Trang {page}/{pages}, xem tiếp trang sau" if page < pages else f"Trang {page}/{pages}"


def masked(id_number: str) -> str:
    """An identity number with its middle hidden: 038•••••2345 for twelve digits."""
    first, last = min(3, len(id_number) // 4), min(4, len(id_number) // 3)
    return id_number[:first] + "•" * (len(id_number) - first - last) + id_number[len(id_number) - last :]


def in_fours(digits: str) -> str:
    """Digits in groups of four, as they are read aloud."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def day_in_words(day: date) -> str:
    """`ngày 05 tháng 02 năm 2027`: days below 10 and months below 3 with a zero (NĐ 30/2020, phụ lục I)."""
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment_in_words(moment: datetime) -> str:
    """`09 giờ 47 phút, ngày 20 tháng 11 năm 2026` on the Vietnamese clock."""
    here = local(moment)
    return f"{here.hour:02d} giờ {here.minute:02d} phút, {day_in_words(here.date())}"


def appointment_in_words(moment: datetime) -> str:
    """`16 giờ 30 phút, thứ Sáu 20/11/2026`: short enough to be printed large."""
    here = local(moment)
    return f"{here.hour:02d} giờ {here.minute:02d} phút, {_WEEKDAYS[here.weekday()]} {here:%d/%m/%Y}"


def replacement_in_words(number: int, replaced: datetime) -> str:
    """`BẢN THAY THẾ lần 2 – thay giấy in lúc 09:47 ngày 20/11/2026`."""
    return f"BẢN THAY THẾ lần {number} – thay giấy in lúc {local(replaced):%H:%M ngày %d/%m/%Y}"


def _head(receipt: Receipt) -> Iterator[SheetLine]:
    yield from _ghost(receipt)
    yield SheetLine(Part.OFFICE, value=receipt.office, source="office")
    yield SheetLine(Part.CENTRE, value=receipt.centre, source="centre")
    yield SheetLine(Part.NATION, value=NATION)
    yield SheetLine(Part.MOTTO, value=MOTTO)
    if receipt.number_line:
        yield SheetLine(Part.NUMBER, value=receipt.number_line, source="number_line")
    day = day_in_words(local(receipt.received_at).date())
    yield SheetLine(Part.PLACE, value=f"{receipt.place}, {day}", source="place")
    yield SheetLine(Part.KEY, value=in_fours(receipt.key))
    yield SheetLine(Part.CODE, "Mã hồ sơ:", receipt.code, source="code")
    yield SheetLine(Part.SECRET, "Mã tra cứu:", in_fours(receipt.secret))
    yield SheetLine(Part.TITLE, value=_title(receipt))
    yield from _copy(receipt)


def _copy(receipt: Receipt) -> Iterator[SheetLine]:
    yield SheetLine(Part.COPY, value=COPY_NAMES[receipt.copy])
    if receipt.replaces is not None:
        said = replacement_in_words(receipt.replacement_number, receipt.replaces)
        yield SheetLine(Part.REPLACEMENT, value=said, source="replaces")
    again = receipt.reprint if receipt.reprint is not None else receipt.replaces is None
    if again and receipt.print_number > 1:
        yield SheetLine(Part.REPRINT, value=f"IN LẠI lần {receipt.print_number}")


def _who(receipt: Receipt) -> Iterator[SheetLine]:
    unit = receipt.unit or f"{receipt.centre} - {receipt.office}"
    yield SheetLine(Part.FIELD, "Đơn vị tiếp nhận:", unit, source="unit", opens=True)
    title = receipt.honorific or ("Tổ chức" if receipt.organisation else "Ông (Bà)")
    yield SheetLine(Part.STRONG, f"Tiếp nhận hồ sơ của {title}:", receipt.applicant, source="applicant")
    label = "Số định danh tổ chức:" if receipt.organisation else "Số định danh cá nhân:"
    number = receipt.id_number if receipt.organisation else _shown(receipt, receipt.id_number)
    yield SheetLine(Part.FIELD, label, number, source="id_number")
    yield SheetLine(Part.FIELD, "Địa chỉ:", receipt.address, source="address")
    yield SheetLine(Part.FIELD, "Số điện thoại:", receipt.phone, source="phone")
    yield SheetLine(Part.FIELD, "Email:", receipt.email, source="email", beside=True)
    if receipt.representative is not None:
        yield from _representative(receipt, receipt.representative)


def _representative(receipt: Receipt, who: ReceiptRepresentative) -> Iterator[SheetLine]:
    at = "representative."
    yield SheetLine(Part.STRONG, "Người được ủy quyền:", who.name, source=at + "name", opens=True)
    number = _shown(receipt, who.id_number)
    yield SheetLine(Part.FIELD, "Địa chỉ:", who.address, source=at + "address")
    yield SheetLine(Part.FIELD, "Số định danh cá nhân:", number, source=at + "id_number")
    yield SheetLine(Part.FIELD, "Số điện thoại:", who.phone, source=at + "phone")
    yield SheetLine(Part.FIELD, "Email:", who.email, source=at + "email", beside=True)
    yield SheetLine(Part.FIELD, "Giấy tờ ủy quyền:", who.authority, source=at + "authority")


def _what(receipt: Receipt) -> Iterator[SheetLine]:
    code = f" ({receipt.procedure_code})" if receipt.procedure_code else ""
    request = receipt.request + code
    yield SheetLine(Part.STRONG, "Nội dung yêu cầu giải quyết:", request, source="request", opens=True)
    yield SheetLine(Part.HEADING, "Thành phần hồ sơ nộp gồm:")
    for place, paper in enumerate(receipt.documents, 1):
        yield SheetLine(Part.PAPER, f"({place})", paper.name, _quantity(paper), f"documents.{place - 1}.name")
    if receipt.owed:
        yield SheetLine(Part.HEADING, "Còn thiếu, cần nộp bổ sung:")
    for place, name in enumerate(receipt.owed):
        yield SheetLine(Part.PAPER, "–", name, source=f"owed.{place}")
    yield SheetLine(Part.FIELD, "Số lượng hồ sơ:", f"{receipt.sets:02d} bộ", source="sets", opens=True)
    yield SheetLine(
        Part.FIELD, "Thời gian giải quyết theo quy định:", receipt.term, source="term", beside=True
    )


def _when(receipt: Receipt) -> Iterator[SheetLine]:
    received = moment_in_words(receipt.received_at)
    yield SheetLine(Part.FIELD, "Thời gian nhận hồ sơ:", received, source="received_at")
    yield SheetLine(Part.DUE_LABEL, "Thời gian trả kết quả:", opens=True)
    due = appointment_in_words(receipt.due_at) if receipt.due_at else receipt.due_text
    yield SheetLine(Part.DUE, value=due, source="due_text")
    if receipt.due_total_at is not None:
        total = appointment_in_words(receipt.due_total_at)
        yield SheetLine(Part.DUE_NOTE, "Tính cả cơ quan phối hợp, chậm nhất:", total)
    if receipt.provisional:
        year = receipt.provisional_year or (local(receipt.due_at).year if receipt.due_at else None)
        named = f" năm {year}" if year else ""
        yield SheetLine(Part.DUE_NOTE, f"Ngày hẹn tạm tính: lịch nghỉ{named} chưa công bố")
    for at, told in enumerate(receipt.history):
        yield SheetLine(Part.TEXT, value=told, source=f"history.{at}", opens=at == 0)
    yield SheetLine(
        Part.FIELD, "Đăng ký nhận kết quả tại:", receipt.return_at, source="return_at", opens=True
    )
    yield SheetLine(Part.FIELD, "Phí, lệ phí:", receipt.fee, source="fee")
    book, place = receipt.register_book, receipt.register_number
    yield SheetLine(Part.FIELD, "Vào Sổ theo dõi hồ sơ, Quyển số:", book, source="register_book")
    yield SheetLine(Part.FIELD, "Số thứ tự:", place, source="register_number", beside=True)


def _foot(receipt: Receipt) -> Iterator[SheetLine]:
    yield SheetLine(Part.SIGN, "NGƯỜI NỘP HỒ SƠ", "(Ký và ghi rõ họ tên)", opens=True)
    yield SheetLine(Part.SIGN, "NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký và ghi rõ họ tên)", beside=True)
    yield SheetLine(Part.OFFICER, value=receipt.officer, source="officer")
    if receipt.note:
        yield SheetLine(Part.NOTE, value=receipt.note, source="note")
    if receipt.hotline:
        yield SheetLine(Part.NOTE, HOTLINE, receipt.hotline, source="hotline")
    if receipt.extra:
        yield SheetLine(Part.NOTE, value=receipt.extra, source="extra")
    yield SheetLine(Part.IMPRINT, value=f"Quầy {receipt.desk} · In lần {receipt.print_number}")


def _shown(receipt: Receipt, id_number: str) -> str:
    return id_number if receipt.copy == OFFICE_COPY else masked(id_number)


def _quantity(paper: ReceiptPaper) -> str:
    if paper.mode is PaperMode.PRESENT:
        return "xuất trình, đã trả lại"
    counted = [(paper.originals, "bản chính"), (paper.copies, "bản sao")]
    return ", ".join(f"{count:02d} {kind}" for count, kind in counted if count)


def tidy(lines: Iterable[SheetLine]) -> Iterator[SheetLine]:
    """The same lines in NFC with single spaces."""
    for line in lines:
        label, value, tail = _one_line(line.label), _one_line(line.value), _one_line(line.tail)
        yield SheetLine(line.part, label, value, tail, line.source, line.opens, line.beside)


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()) if text else ""


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _need(holds: bool, rule: str) -> None:
    if not holds:
        raise ValueError(rule)
