"""The fee book drawn: A4 landscape, day by day with each day's total, then what it comes to by way and by fee.

No form of this book was found in the rules: columns and words are our own, and the sheet says that it does not
stand in for the accounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from motcua_desktop.documents.flow import Row
from motcua_desktop.documents.fonts import Face, demand_drawable
from motcua_desktop.documents.long_table import LANDSCAPE, Leaf, Piece, draw_tables, sum_cells
from motcua_desktop.documents.long_table_rows import Band, Cells, Column, Table
from motcua_desktop.documents.page import MM, Mark, Rule, Run, breaker
from motcua_desktop.documents.table_text import Align
from motcua_desktop.domain.fee_book import (
    COLUMNS,
    FeeLine,
    FeeTotal,
    by_kind,
    by_mode,
    by_officer,
    of_days,
    row,
    total,
)
from motcua_desktop.domain.money import payment_name, vnd_in_words
from motcua_desktop.domain.receipt import CENTRE, MOTTO, NATION, day_in_words
from motcua_desktop.domain.text import in_figures

TITLE = "SỔ THU PHÍ, LỆ PHÍ TẠI QUẦY"
DISCLAIMER = "Sổ theo dõi của quầy; không thay sổ kế toán và biên lai thu phí, lệ phí"

_WIDTHS = (20, 17, 34, 42, 30, 25, 20, 17, 18, 25)  # mm, without the notes, which take what is left
_AMOUNT = 6
_SUMMARY = ((44, Align.LEFT), (22, Align.RIGHT), (32, Align.RIGHT), (32, Align.RIGHT), (32, Align.RIGHT))
_LEAST = 6.2 * MM
_SIGNING = 30 * MM


@dataclass(frozen=True, slots=True)
class FeeBookHead:
    """What the book's first page says: whose it is and which days it covers, both included."""

    office: str
    first: date
    last: date
    centre: str = CENTRE
    place: str = ""
    drawn_on: date | None = None


def draw_fee_book(head: FeeBookHead, lines: Sequence[FeeLine]) -> bytes:
    """The PDF of the lines between the head's days; the same lines give the same bytes in whatever order.

    Raises MC-191 for text that the typeface cannot draw, before anything is drawn.
    """
    return draw_tables(f"{TITLE} {_days(head)}", list(_pieces(head, lines)))


def _pieces(head: FeeBookHead, lines: Sequence[FeeLine]) -> Iterator[Piece]:
    found = of_days(lines, head.first, head.last)
    yield Leaf(f"Sổ thu phí, lệ phí tại quầy – {_days(head)}. {DISCLAIMER}.")
    yield _opening(head)
    rows = _rows(found) or [Band("Không thu, không hoàn khoản nào.", Face.ITALIC)]
    yield Table(_columns(), rows, least=_LEAST)
    if found:
        yield from _summary(found)
    yield _signatures(head)


def _columns() -> list[Column]:
    widths = [*(width * MM for width in _WIDTHS), LANDSCAPE.room - sum(_WIDTHS) * MM]
    sides = [Align.RIGHT if at == _AMOUNT else Align.LEFT for at in range(len(COLUMNS))]
    return [Column(*column) for column in zip(COLUMNS, widths, sides, strict=True)]


def _rows(lines: Sequence[FeeLine]) -> list[Cells | Band]:
    found: list[Cells | Band] = []
    for day, group in groupby(lines, key=lambda line: line.day):
        of_day = list(group)
        found.append(Band(f"Ngày {day:%d/%m/%Y}", keep=True))
        found += [Cells([_shown(cell) for cell in row(line)]) for line in of_day]
        found.append(_sum_row(f"Cộng ngày {day:%d/%m/%Y}: {len(of_day)} dòng", total(of_day)))
    if found:
        found.append(_sum_row(f"Tổng cộng: {len(lines)} dòng", total(lines)))
    return found


def _sum_row(label: str, summed: FeeTotal) -> Cells:
    return sum_cells(len(COLUMNS), label, {_AMOUNT: _shown(summed.net_vnd)})


def _summary(lines: Sequence[FeeLine]) -> Iterator[Piece]:
    by_way = {payment_name(mode).capitalize(): found for mode, found in by_mode(lines).items()}
    for title, groups in (
        ("Hình thức", by_way),
        ("Loại phí, lệ phí", by_kind(lines)),
        ("Cán bộ thu", by_officer(lines)),
    ):
        yield Row(6 * MM, ())
        yield _group_table(title, groups)
    said = f"Số tiền còn lại sau hoàn, bằng chữ: {_in_words(total(lines).net_vnd)}."
    yield Row(9 * MM, (Run(0, 7 * MM, Face.ITALIC, 11, said),), keep=True)


def _in_words(net: int) -> str:
    words = vnd_in_words(abs(net))
    return f"Âm {words[0].lower()}{words[1:]}" if net < 0 else words


def _group_table(title: str, groups: Mapping[str, FeeTotal]) -> Table:
    names = (title, "Số dòng", "Thu (đồng)", "Hoàn (đồng)", "Còn lại (đồng)")
    columns = [Column(name, width * MM, align) for name, (width, align) in zip(names, _SUMMARY, strict=True)]
    columns[0] = columns[0]._replace(width=LANDSCAPE.room - sum(column.width for column in columns[1:]))
    return Table(
        columns, [Cells((name or "–", *_counts(found))) for name, found in groups.items()], least=6 * MM
    )


def _counts(found: FeeTotal) -> tuple[str, ...]:
    return tuple(
        _shown(number) for number in (found.lines, found.received_vnd, found.refunded_vnd, found.net_vnd)
    )


def _shown(cell: str | int) -> str:
    return cell if isinstance(cell, str) else in_figures(cell)


class _Stack:
    """Words set centred under each other around a middle; `y` is how far down they reach."""

    def __init__(self, middle: float, width: float, y: float = 0.0) -> None:
        self._middle, self._width, self.y = middle, width, y
        self.marks: list[Mark] = []

    def add(self, text: str, face: Face, size: float) -> None:
        demand_drawable(text)
        for piece in breaker().lines(text, face, size, self._width):
            self.y += size * 1.25
            x = self._middle - breaker().width(piece, face, size) / 2
            self.marks.append(Run(x, self.y - size * 0.3, face, size, piece))

    def rule(self, width: float) -> None:
        self.y += 2
        self.marks.append(Rule(self._middle - width / 2, self.y, self._middle + width / 2, self.y, 0.8))
        self.y += 2


def _halves(y: float = 0.0) -> tuple[_Stack, _Stack]:
    wide = LANDSCAPE.room
    return _Stack(0.2 * wide, 0.4 * wide, y), _Stack(0.78 * wide, 0.4 * wide, y)


def _opening(head: FeeBookHead) -> Row:
    office, state = _halves()
    office.add(head.office, Face.REGULAR, 11)
    office.add(head.centre, Face.BOLD, 11)
    office.rule(26 * MM)
    state.add(NATION, Face.BOLD, 11)
    state.add(MOTTO, Face.BOLD, 12)
    state.rule(breaker().width(MOTTO, Face.BOLD, 12))
    title = _Stack(LANDSCAPE.room / 2, LANDSCAPE.room, max(office.y, state.y) + 3 * MM)
    title.add(TITLE, Face.BOLD, 15)
    title.add(_days(head), Face.BOLD, 12)
    title.add(f"({DISCLAIMER})", Face.ITALIC, 10)
    return Row(title.y + 3 * MM, (*office.marks, *state.marks, *title.marks), keep=True)


def _signatures(head: FeeBookHead) -> Row:
    maker, chief = _halves(4 * MM)
    when = day_in_words(head.drawn_on) if head.drawn_on else "ngày …… tháng …… năm ………"
    chief.add(f"{head.place or '……………'}, {when}", Face.ITALIC, 11)
    maker.y = chief.y
    for stack, who in ((maker, "NGƯỜI LẬP SỔ"), (chief, "NGƯỜI PHỤ TRÁCH")):
        stack.add(who, Face.BOLD, 11)
        stack.add("(Ký, ghi rõ họ tên)", Face.ITALIC, 10)
    return Row(chief.y + _SIGNING, (*maker.marks, *chief.marks))


def _days(head: FeeBookHead) -> str:
    if head.first == head.last:
        return f"Ngày {head.first:%d/%m/%Y}"
    return f"Từ ngày {head.first:%d/%m/%Y} đến ngày {head.last:%d/%m/%Y}"
