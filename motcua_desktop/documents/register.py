"""Form 07 drawn: the register of dossiers on A4 landscape, bound at the left, book by book and month by month.

Which columns a line stands in follows from the day its dossier was received; where that changes the form, the
book goes on on a new page under the other head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from motcua_desktop.documents.flow import Row
from motcua_desktop.documents.fonts import Face, demand_drawable
from motcua_desktop.documents.long_table import LANDSCAPE, Leaf, Piece, draw_tables, sum_cells
from motcua_desktop.documents.long_table_rows import Band, Cells, Column, Table
from motcua_desktop.documents.page import MM, Mark, Rule, Run, breaker
from motcua_desktop.documents.table_text import Align
from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.receipt import MOTTO, NATION
from motcua_desktop.domain.register import (
    ALL_FIELDS,
    TITLE,
    Month,
    RegisterForm,
    RegisterHead,
    RegisterLine,
    by_month,
    closing_text,
    form_on,
    month_hashes,
    month_text,
    totals,
)
from motcua_desktop.reports.register_forms import forms_in_use

_LEFT, _RIGHT = 0.2, 0.78  # middles of the two halves of a letterhead, in widths
_HALF = 0.4
_PROVISIONAL = "Mẫu tạm, chưa đối chiếu với văn bản gốc"
_SIGNING = 32 * MM


def draw_register(
    head: RegisterHead, lines: Sequence[RegisterLine], forms: Sequence[RegisterForm] | None = None
) -> bytes:
    """The PDF of a register; the same lines give the same bytes, in whatever order they come.

    `forms` are those in use unless given. Raises MC-191 for text that the typeface cannot draw, MC-230 for a
    form wider than the page, MC-231 for a line received on a day without a form.
    """
    title = f"{TITLE} {head.year}"
    return draw_tables(title, register_pieces(head, lines, forms), LANDSCAPE, head.first_page)


def register_pieces(
    head: RegisterHead, lines: Sequence[RegisterLine], forms: Sequence[RegisterForm] | None = None
) -> list[Piece]:
    """What is drawn, one under the other."""
    known = forms_in_use() if forms is None else tuple(forms)
    for form in known:
        form.demand_fit(LANDSCAPE.room / MM)
    hashes = month_hashes(lines)
    pieces: list[Piece] = []
    for book, group in groupby(by_month(lines), key=lambda month: month.book):
        pieces += _book(head, book, list(group), hashes, known)
    if not lines:
        pieces += _empty(head, known)
    else:
        pieces += _summary(head, lines, several=len({line.book for line in lines}) > 1)
    return [*pieces, _signatures(head)]


def _book(
    head: RegisterHead,
    book: str,
    months: Iterable[Month],
    hashes: dict[tuple[str, str], str],
    forms: Sequence[RegisterForm],
) -> Iterator[Piece]:
    running = f"{_sentence(TITLE)} – Quyển số {book}"
    form: RegisterForm | None = None
    rows: list[Cells | Band] = []
    for month in months:
        opened = False
        for line in month.lines:
            needed = form_on(forms, local(line.received_at).date())
            if needed is not form:
                if form is not None:
                    yield _table(form, rows)
                yield Leaf(f"{running} – {needed.name}")
                yield _opening(head, book, needed, first=form is None)
                form, rows = needed, []
                if opened:
                    rows.append(Band(f"{_sentence(month_text(month.month))} (tiếp theo)", keep=True))
            if not opened:
                rows.append(Band(_sentence(month_text(month.month)), keep=True))
                opened = True
            rows.append(Cells(form.cells(line), struck=form.described if line.voided else 0))
        rows.append(Band(closing_text(head, month, hashes[book, month.month]), Face.ITALIC, clings=True))
    if form is not None:
        yield _table(form, rows)


def _table(form: RegisterForm, rows: Sequence[Cells | Band]) -> Table:
    columns = [
        Column(c.title, c.width * MM, Align.CENTRE if c.centred else Align.LEFT, c.group)
        for c in form.columns
    ]
    return Table(columns, rows, numbered=True)


def _empty(head: RegisterHead, forms: Sequence[RegisterForm]) -> Iterator[Piece]:
    form = forms[-1]
    yield Leaf(f"{_sentence(TITLE)} – Năm {head.year} – {form.name}")
    yield _opening(head, "", form, first=True)
    yield _table(form, [Band("Không có hồ sơ.", Face.ITALIC)])


def _summary(head: RegisterHead, lines: Sequence[RegisterLine], several: bool) -> Iterator[Piece]:
    """The counts of every month and book, and of all; on a page of its own after several books."""
    if several:
        yield Leaf(f"{_sentence(TITLE)} – Năm {head.year} – Tổng hợp")
    names = ("Tiếp nhận", "Đã trả kết quả", "Đang giải quyết", "Đã hủy")
    columns = [
        Column("Quyển số", 30 * MM, Align.CENTRE),
        Column("Tháng", 30 * MM, Align.CENTRE),
        *(Column(name, 30 * MM, Align.RIGHT) for name in names),
    ]
    counts = totals(lines)
    rows: list[Cells | Band] = [
        Cells((c.book, f"{c.month[5:]}/{c.month[:4]}", *map(thousands, c.counts))) for c in counts
    ]
    summed = map(sum, zip(*(c.counts for c in counts), strict=True))
    sums = {at: thousands(total) for at, total in enumerate(summed, 2)}
    rows.append(sum_cells(len(columns), "Tổng cộng", sums))
    yield Row(
        14 * MM,
        (_centred("TỔNG HỢP THEO QUYỂN VÀ THÁNG", LANDSCAPE.room / 2, 10 * MM, Face.BOLD, 11),),
        keep=True,
    )
    yield Table(
        columns, rows, least=5.5 * MM, left=(LANDSCAPE.room - 180 * MM) / 2, follows=_signatures(head).height
    )


def thousands(count: int) -> str:
    """A count with its thousands set apart by dots."""
    return f"{count:,}".replace(",", ".")


class _Stack:
    """Words set centred under each other around a middle; keeps how far down they reach."""

    def __init__(self, middle: float, width: float, y: float = 0.0) -> None:
        self._middle, self._width, self.y = middle, width, y
        self.marks: list[Mark] = []

    def add(self, text: str, face: Face, size: float) -> None:
        demand_drawable(text)
        for piece in breaker().lines(text, face, size, self._width):
            self.y += size * 1.25
            self.marks.append(_centred(piece, self._middle, self.y - size * 0.3, face, size))

    def rule(self, width: float) -> None:
        self.y += 2
        self.marks.append(Rule(self._middle - width / 2, self.y, self._middle + width / 2, self.y, 0.8))
        self.y += 2


def _opening(head: RegisterHead, book: str, form: RegisterForm, first: bool) -> Row:
    """What stands over the table: on a book's first page all of it, on another only which form goes on."""
    wide = LANDSCAPE.room
    name = f"{form.name} – {_PROVISIONAL}" if form.provisional else form.name
    if not first:
        mark = Run(0, 12, Face.ITALIC, 9, f"Quyển số {book} (tiếp theo) – {name}")
        return Row(7 * MM, (mark,), keep=True)
    office = _Stack(_LEFT * wide, _HALF * wide)
    office.add(head.office, Face.REGULAR, 11)
    office.add(head.centre, Face.BOLD, 11)
    office.rule(26 * MM)
    state = _Stack(_RIGHT * wide, _HALF * wide)
    state.add(NATION, Face.BOLD, 11)
    state.add(MOTTO, Face.BOLD, 12)
    state.rule(breaker().width(MOTTO, Face.BOLD, 12))
    office.y = state.y = max(office.y, state.y)
    if head.number_line:
        office.add(head.number_line, Face.REGULAR, 11)
    if when := _place_and_day(head):
        state.add(when, Face.ITALIC, 11)
    title = _Stack(wide / 2, wide, max(office.y, state.y) + 3 * MM)
    title.add(TITLE, Face.BOLD, 15)
    title.add(f"Năm {head.year}" + (f" – Quyển số {book}" if book else ""), Face.BOLD, 12)
    title.add(f"Lĩnh vực: {head.field or ALL_FIELDS}", Face.REGULAR, 11)
    title.add(name, Face.ITALIC, 9)
    return Row(title.y + 3 * MM, (*office.marks, *state.marks, *title.marks), keep=True)


def _signatures(head: RegisterHead) -> Row:
    wide = LANDSCAPE.room
    maker, chief = _Stack(_LEFT * wide, _HALF * wide, 4 * MM), _Stack(_RIGHT * wide, _HALF * wide, 4 * MM)
    chief.add(_place_and_day(head) or "……………, ngày …… tháng …… năm ………", Face.ITALIC, 11)
    maker.y = chief.y
    maker.add("NGƯỜI LẬP SỔ", Face.BOLD, 11)
    maker.add("(Ký, ghi rõ họ tên)", Face.ITALIC, 10)
    chief.add("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", Face.BOLD, 11)
    chief.add("(Ký tên, đóng dấu)", Face.ITALIC, 10)
    return Row(chief.y + _SIGNING, (*maker.marks, *chief.marks))


def _place_and_day(head: RegisterHead) -> str:
    if head.drawn_on is None:
        return ""
    day = f"ngày {head.drawn_on:%d} tháng {head.drawn_on:%m} năm {head.drawn_on:%Y}"
    return f"{head.place}, {day}" if head.place else day


def _centred(text: str, middle: float, y: float, face: Face, size: float) -> Run:
    return Run(middle - breaker().width(text, face, size) / 2, y, face, size, text)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].lower() if text.isupper() else text[:1].upper() + text[1:]
