"""The list for the morning meeting drawn: what is late, due today and due next, who has it, whether we apologised.

No form of it was found in the rules: columns and words are our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua_desktop.documents.flow import Row
from motcua_desktop.documents.fonts import Face, demand_drawable
from motcua_desktop.documents.long_table import LANDSCAPE, Leaf, Piece, draw_tables
from motcua_desktop.documents.long_table_rows import Band, Cells, Column, Table
from motcua_desktop.documents.page import MM, Mark, Run, breaker
from motcua_desktop.documents.table_text import Align, Letters
from motcua_desktop.domain.receipt import day_in_words

TITLE = "DANH SÁCH GIAO BAN: HẠN GIẢI QUYẾT HỒ SƠ"
COLUMNS = (
    "TT",
    "Mã hồ sơ",
    "Người nộp",
    "Thủ tục",
    "Hẹn trả",
    "Còn lại",
    "Đang giữ",
    "Xin lỗi",
    "Ý kiến chỉ đạo",
)
NOTHING = "Không có hồ sơ quá hạn, đến hạn hôm nay hay sắp đến hạn."

_WIDTHS = (9, 37, 39, 46, 22, 34, 37, 19)  # mm, without what is written in by hand, which takes what is left
_BODY = Letters(Face.REGULAR, 10)
_LEAST = 8 * MM


@dataclass(frozen=True, slots=True)
class MorningLine:
    """One dossier as the meeting hears of it; every field is text as it is to stand there."""

    code: str
    applicant: str
    procedure: str
    due: str
    left: str
    holder: str
    apology: str


@dataclass(frozen=True, slots=True)
class MorningGroup:
    """Dossiers of one urgency, and how many there are in all where not all are listed."""

    name: str
    lines: Sequence[MorningLine]
    all: int


@dataclass(frozen=True, slots=True)
class MorningList:
    """What the sheet says: whose it is, from when, which part of the board, and what is only counted."""

    office: str
    drawn_at: datetime
    part: str
    groups: Sequence[MorningGroup]
    rest: str


def draw_morning_list(content: MorningList) -> bytes:
    """The PDF, A4 landscape; the same content gives the same bytes.

    Raises MC-191 for text that the typeface cannot draw, before anything is drawn.
    """
    return draw_tables(f"{TITLE} {content.drawn_at:%d/%m/%Y}", list(_pieces(content)))


def _pieces(content: MorningList) -> Iterator[Piece]:
    yield Leaf(f"Danh sách giao ban, {content.office}, {content.drawn_at:%H:%M %d/%m/%Y}")
    yield _opening(content)
    widths = [*(width * MM for width in _WIDTHS), LANDSCAPE.room - sum(_WIDTHS) * MM]
    sides = [Align.RIGHT, *([Align.LEFT] * (len(COLUMNS) - 1))]
    columns = [Column(*column) for column in zip(COLUMNS, widths, sides, strict=True)]
    yield Table(columns, list(_rows(content)) or [Band(NOTHING, Face.ITALIC)], least=_LEAST, body=_BODY)
    yield Row(9 * MM, (Run(0, 6 * MM, Face.ITALIC, 10.5, content.rest),))


def _rows(content: MorningList) -> Iterator[Cells | Band]:
    number = 0
    for group in content.groups:
        if not group.all:
            continue
        yield Band(f"{group.name}: {group.all} hồ sơ", keep=bool(group.lines))
        for line in group.lines:
            number += 1
            said = (line.code, line.applicant, line.procedure, line.due, line.left, line.holder, line.apology)
            yield Cells((str(number), *said, ""))
        if len(group.lines) < group.all:
            left_out = group.all - len(group.lines)
            yield Band(
                f"Còn {left_out} hồ sơ nữa không liệt kê ở đây; xem bảng hạn.", Face.ITALIC, clings=True
            )


def _opening(content: MorningList) -> Row:
    marks: list[Mark] = []
    y = 0.0
    when = f"Lúc {content.drawn_at:%H:%M}, {day_in_words(content.drawn_at.date())}"
    for text, face, size in (
        (content.office, Face.REGULAR, 11.0),
        (TITLE, Face.BOLD, 15.0),
        (" · ".join(part for part in (when, content.part) if part), Face.ITALIC, 11.0),
    ):
        demand_drawable(text)
        for piece in breaker().lines(text, face, size, LANDSCAPE.room):
            y += size * 1.3
            x = (LANDSCAPE.room - breaker().width(piece, face, size)) / 2
            marks.append(Run(x, y - size * 0.3, face, size, piece))
    return Row(y + 4 * MM, tuple(marks), keep=True)
