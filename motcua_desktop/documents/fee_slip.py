"""The slip for money taken or given back at the counter, on A5. It is no tax receipt (biên lai), and says so.

What it says is `fee_slip_lines`; where that stands is the same engine as the receipt's. Without a key there are
no codes on it: a fee of the quick lane has no dossier to be found by.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from motcua_desktop.documents.page import Paper
from motcua_desktop.documents.panel import Content, draw_panels
from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.fee_book import FeeLine
from motcua_desktop.domain.money import payment_name, vnd_in_words
from motcua_desktop.domain.receipt import (
    CENTRE,
    CITIZEN_COPY,
    COPY_NAMES,
    MOTTO,
    NATION,
    OFFICE_COPY,
    Part,
    SheetLine,
    day_in_words,
    moment_in_words,
)
from motcua_desktop.domain.text import in_figures

TITLE = "PHIẾU THU (KHÔNG THAY BIÊN LAI)"
REFUND_TITLE = "PHIẾU HOÀN TIỀN (KHÔNG THAY BIÊN LAI)"
NOTE = (
    "Phiếu này chỉ xác nhận tiền giao nhận tại quầy, không thay biên lai thu phí, lệ phí. "
    "Ông (Bà) có quyền yêu cầu cấp biên lai."
)


@dataclass(frozen=True, slots=True)
class FeeSlip:
    """One copy: a line of the fee book with how it was reckoned and on what ground.

    `reckoning` is the charge's text, `sources` what it rests on; `exemption` a group that lowers the fee.
    `print_number` is 1 for the first print. An empty text is left out.
    """

    line: FeeLine
    at: datetime
    office: str
    place: str
    desk: int
    centre: str = CENTRE
    reckoning: str = ""
    sources: tuple[str, ...] = ()
    copy: int = CITIZEN_COPY
    print_number: int = 1
    hotline: str = ""

    def __post_init__(self) -> None:
        if self.copy not in COPY_NAMES or self.print_number < 1 or self.at.tzinfo is None:
            raise ValueError("copy 1 or 2, prints from 1, a moment with its offset")


def draw_fee_slip(slips: FeeSlip | Sequence[FeeSlip], paper: Paper = Paper.A5) -> bytes:
    """The PDF of a slip: both copies of one `FeeSlip`, or exactly the given copies in order.

    On A5 each copy has its own page, on A4 (landscape) they stand two by two. The same slips give the same
    bytes. Raises MC-191 for text that the typeface cannot draw, before anything is drawn.
    """
    copies = _copies(slips)
    content = [
        Content(fee_slip_lines(copy), partial(_continuation, copy), key="", secret="") for copy in copies
    ]
    return draw_panels(content, paper, _number(copies[0]))


def fee_slip_lines(slip: FeeSlip) -> tuple[SheetLine, ...]:
    """Everything one copy says, in reading order."""
    return tuple(_tidy(line) for part in (_head, _body, _foot) for line in part(slip))


def _copies(slips: FeeSlip | Sequence[FeeSlip]) -> tuple[FeeSlip, ...]:
    if isinstance(slips, FeeSlip):
        return replace(slips, copy=OFFICE_COPY), replace(slips, copy=CITIZEN_COPY)
    if not slips:
        raise ValueError("nothing to draw")
    return tuple(slips)


def _head(slip: FeeSlip) -> Iterator[SheetLine]:
    yield SheetLine(Part.OFFICE, value=slip.office, source="office")
    yield SheetLine(Part.CENTRE, value=slip.centre, source="centre")
    yield SheetLine(Part.NATION, value=NATION)
    yield SheetLine(Part.MOTTO, value=MOTTO)
    yield SheetLine(Part.NUMBER, value=f"Số: {_number(slip)}")
    yield SheetLine(Part.PLACE, value=f"{slip.place}, {day_in_words(local(slip.at).date())}", source="place")
    yield SheetLine(Part.TITLE, value=REFUND_TITLE if slip.line.refund else TITLE)
    yield SheetLine(Part.COPY, value=_copy_name(slip))
    if slip.print_number > 1:
        yield SheetLine(Part.REPRINT, value=f"IN LẠI lần {slip.print_number}")


def _body(slip: FeeSlip) -> Iterator[SheetLine]:
    line = slip.line
    who = "Người nhận lại tiền:" if line.refund else "Người nộp tiền:"
    yield SheetLine(Part.STRONG, who, line.payer, source="line.payer", opens=True)
    yield SheetLine(Part.FIELD, "Nội dung:", line.procedure, source="line.procedure")
    if line.code:
        yield SheetLine(Part.FIELD, "Mã hồ sơ:", line.code, source="line.code")
    if line.kind:
        yield SheetLine(Part.FIELD, "Khoản thu:", line.kind, source="line.kind")
    yield SheetLine(Part.DUE_LABEL, "Số tiền hoàn:" if line.refund else "Số tiền:", opens=True)
    yield SheetLine(Part.DUE, value=f"{in_figures(line.amount_vnd)} đồng")
    yield SheetLine(Part.DUE_NOTE, "Bằng chữ:", vnd_in_words(line.amount_vnd))
    if slip.reckoning:
        yield SheetLine(Part.FIELD, "Cách tính:", slip.reckoning, source="reckoning", opens=True)
    if slip.sources:
        yield SheetLine(Part.FIELD, "Căn cứ mức thu:", "; ".join(slip.sources), source="sources")
    yield SheetLine(Part.FIELD, "Hình thức:", payment_name(line.mode))
    yield SheetLine(Part.FIELD, "Thời gian:", moment_in_words(slip.at))
    if line.note:
        yield SheetLine(Part.FIELD, "Lý do:" if line.refund else "Ghi chú:", line.note, source="line.note")
    yield SheetLine(Part.FIELD, "Biên lai số (nếu có):", line.receipt, source="line.receipt")
    yield SheetLine(
        Part.SIGN, "NGƯỜI NHẬN" if line.refund else "NGƯỜI NỘP", "(Ký và ghi rõ họ tên)", opens=True
    )
    yield SheetLine(
        Part.SIGN, "NGƯỜI HOÀN" if line.refund else "NGƯỜI THU", "(Ký và ghi rõ họ tên)", beside=True
    )
    yield SheetLine(Part.OFFICER, value=line.officer, source="line.officer")


def _foot(slip: FeeSlip) -> Iterator[SheetLine]:
    yield SheetLine(Part.NOTE, value=NOTE)
    if slip.hotline:
        yield SheetLine(Part.NOTE, "Hỏi đáp, phản ánh:", slip.hotline, source="hotline")
    yield SheetLine(Part.IMPRINT, value=f"Quầy {slip.desk} · In lần {slip.print_number}")


def _continuation(slip: FeeSlip) -> tuple[SheetLine, ...]:
    title = REFUND_TITLE if slip.line.refund else TITLE
    named = SheetLine(Part.TITLE, value=f"{title} số {_number(slip)} (tiếp theo)")
    return (named, SheetLine(Part.COPY, value=_copy_name(slip)))


def _copy_name(slip: FeeSlip) -> str:
    if slip.line.refund and slip.copy == CITIZEN_COPY:
        return "(Liên 2: Giao người nhận)"
    return COPY_NAMES[slip.copy]


def _number(slip: FeeSlip) -> str:
    return f"{slip.line.book}-{slip.line.number}"


def _tidy(line: SheetLine) -> SheetLine:
    return replace(line, label=_one_line(line.label), value=_one_line(line.value))


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
