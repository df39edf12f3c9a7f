"""Tables that run over many pages: registers, fee books, lists of a day.

Pieces (blocks of marks, tables, new leaves) are laid out first, in points from a page's upper left corner, and
painted then. A table says its head again on every page; a cell is broken into as many lines as it needs, and a
row that is taller than a page goes on on the next one: nothing is ever cut off.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from motcua_desktop.documents.flow import Row
from motcua_desktop.documents.fonts import Face
from motcua_desktop.documents.long_table_rows import HAIR, Cells, RowSetter, SetRow, Table, TableHead
from motcua_desktop.documents.page import MM, Rule, Run, new_canvas
from motcua_desktop.documents.panel import drawing
from motcua_desktop.documents.table_text import Align, Ink, Letters, Text, TextSetter

_FRAME = 0.8
_KEPT = 30 * MM  # so much room must be left under a block that is kept with what follows
_STRIKE = 2.4  # above the baseline
_GO_ALONG = 3  # rows that go over to the next page with what follows the table
_FOOT = Letters(Face.REGULAR, 8.5)
_FOOT_BELOW = 6 * MM


class Leaf(NamedTuple):
    """A new page begins; `running` stands at its foot, and at the foot of those that follow."""

    running: str


class Paper(NamedTuple):
    """A page's size and margins, in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.width - self.left - self.right


LANDSCAPE = Paper(297 * MM, 210 * MM, 20 * MM, 10 * MM, 12 * MM, 14 * MM)  # left: where it is bound
PORTRAIT = Paper(210 * MM, 297 * MM, 20 * MM, 10 * MM, 12 * MM, 14 * MM)

Piece = Row | Table | Leaf


@dataclass(slots=True)
class Page:
    """Texts by the baseline of their first line, each at its own distance from the left; and straight lines."""

    running: str = ""
    texts: list[tuple[float, Sequence[float], Sequence[Text]]] = field(default_factory=list)
    rules: dict[float, list[tuple[float, float, float, float]]] = field(default_factory=dict)

    def rule(self, width: float, *lines: tuple[float, float, float, float]) -> None:
        """Add lines (x, y, to x, to y) of a width."""
        self.rules.setdefault(width, []).extend(lines)


def draw_tables(title: str, pieces: Sequence[Piece], paper: Paper = LANDSCAPE, first_page: int = 1) -> bytes:
    """The PDF of the pieces; the same pieces give the same bytes. `title` describes the file.

    Raises MC-191 for text that the typeface cannot draw, before anything is drawn.
    """
    pages = lay_out(pieces, paper, first_page)
    buffer = io.BytesIO()
    with drawing:
        canvas = new_canvas(buffer, (paper.width, paper.height), title)
        ink = Ink(canvas)
        for page in pages:
            canvas.addLiteral(_painted(page, ink, paper.height))
            canvas.showPage()
        canvas.save()
    return buffer.getvalue()


def lay_out(pieces: Sequence[Piece], paper: Paper, first_page: int = 1) -> list[Page]:
    """The pages with their texts and lines, and "Trang n/m" at the foot of each."""
    sheet = _Sheet(paper)
    for piece in pieces:
        match piece:
            case Leaf(running):
                sheet.leaf(running)
            case Table():
                _TableLayout(sheet, piece).run()
            case Row():
                sheet.block(piece)
    last = first_page + len(sheet.pages) - 1
    left = TextSetter(_FOOT, paper.room * 0.8)
    right = TextSetter(_FOOT, paper.room * 0.2, Align.RIGHT)
    y = paper.height - paper.bottom + _FOOT_BELOW
    for number, page in enumerate(sheet.pages, first_page):
        texts = (left.set(page.running), right.set(f"Trang {number}/{last}"))
        page.texts.append((y, (paper.left, paper.left + paper.room * 0.8), texts))
    return sheet.pages


def sum_cells(columns: int, label: str, sums: Mapping[int, str]) -> Cells:
    """A row of column totals by column; the label reaches up to the first of them."""
    first = min(sums)
    if first < 1:
        raise ValueError("a row of totals needs a column for its label")
    return Cells((label, *(sums.get(at, "") for at in range(first, columns))), bold=True, span=first)


class _Sheet:
    """The pages so far, and how far down the last one is filled."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.pages: list[Page] = []
        self.bottom = paper.height - paper.bottom
        self.y = paper.top

    @property
    def page(self) -> Page:
        if not self.pages:
            self.leaf("")
        return self.pages[-1]

    def leaf(self, running: str) -> None:
        self.pages.append(Page(running))
        self.y = self.paper.top

    def overleaf(self) -> None:
        self.leaf(self.page.running)

    def block(self, row: Row) -> None:
        need = row.height + (_KEPT if row.keep else 0)
        if self.y > self.paper.top and self.y + need > self.bottom:
            self.overleaf()
        page, left = self.page, self.paper.left
        for mark in row.marks:
            match mark:
                case Run(x, y, face, size, text):
                    words = Text(Letters(face, size), (text,), (0.0,))
                    page.texts.append((self.y + y, (left + x,), (words,)))
                case Rule(x, y, to_x, to_y, width, None):
                    page.rule(width, (left + x, self.y + y, left + to_x, self.y + to_y))
                case _:
                    raise TypeError(f"not drawn between tables: {mark}")
        self.y += row.height


class _TableLayout:
    """One table on its way down the pages."""

    def __init__(self, sheet: _Sheet, table: Table) -> None:
        self._sheet = sheet
        self._setter = RowSetter(table, sheet.paper.left)
        self._head = TableHead(table, self._setter.edges)
        self._rows, self._follows = table.rows, table.follows
        self._room = sheet.bottom - sheet.paper.top - self._head.height
        self._top = self._from = sheet.y  # of the table on this page; of the upright lines that run down
        self._inner: Sequence[float] = ()
        self._filled = False

    def run(self) -> None:
        rows = [part for row in self._rows for part in self._setter.parts(row, self._room)]
        needs = self._needs(rows)
        if self._sheet.y > self._sheet.paper.top and self._lacks(self._head.height + sum(needs[:1])):
            self._sheet.overleaf()
        self._begin()
        for row, need in zip(rows, needs, strict=True):
            if self._filled and self._lacks(need):
                self._end()
                self._sheet.overleaf()
                self._begin()
            self._place(row)
        self._end()

    def _needs(self, rows: Sequence[SetRow]) -> list[float]:
        """How much room each row asks for: its own, and that of what it is kept with."""
        needs = [row.height for row in rows]
        needs[-1:] = [need + self._follows for need in needs[-1:]]
        last = len(rows) - _GO_ALONG if self._follows else len(rows)
        for at in range(len(rows) - 2, -1, -1):
            if rows[at].keep or rows[at + 1].clings or at >= last:
                needs[at] += needs[at + 1]
        return needs

    def _lacks(self, need: float) -> bool:
        return self._sheet.y + need > self._sheet.bottom

    def _begin(self) -> None:
        page, self._top = self._sheet.page, self._sheet.y
        for x, y, text in self._head.texts:
            page.texts.append((self._top + y, (x,), (text,)))
        page.rule(
            HAIR, *((x, self._top + y, to_x, self._top + to_y) for x, y, to_x, to_y in self._head.rules)
        )
        self._sheet.y += self._head.height
        self._across(_FRAME, self._top)
        self._across(_FRAME, self._sheet.y)
        self._from, self._inner, self._filled = self._sheet.y, (), False

    def _end(self) -> None:
        self._uprights(())
        y = self._sheet.y
        left, right = self._setter.edges[0], self._setter.edges[-1]
        self._sheet.page.rule(_FRAME, (left, self._top, left, y), (right, self._top, right, y))
        self._across(_FRAME, y)

    def _place(self, row: SetRow) -> None:
        if row.inner != self._inner:
            self._uprights(row.inner)
        self._sheet.page.texts.append((self._sheet.y + row.drop, row.xs, row.texts))
        if row.struck:
            y = self._sheet.y + row.drop - _STRIKE
            self._sheet.page.rule(HAIR, (row.struck[0], y, row.struck[1], y))
        self._sheet.y += row.height
        self._across(HAIR, self._sheet.y)
        self._filled = True

    def _across(self, width: float, y: float) -> None:
        self._sheet.page.rule(width, (self._setter.edges[0], y, self._setter.edges[-1], y))

    def _uprights(self, following: Sequence[float]) -> None:
        """Draw the lines between columns down to here; others follow."""
        y = self._sheet.y
        self._sheet.page.rule(HAIR, *((x, self._from, x, y) for x in self._inner))
        self._from, self._inner = y, following


def _painted(page: Page, ink: Ink, tall: float) -> str:
    """The page as PDF operators."""
    parts: list[str] = []
    for width, lines in page.rules.items():
        parts.append(f"{width:g} w")
        parts += [f"{x:.2f} {tall - y:.2f} m {to_x:.2f} {tall - to_y:.2f} l" for x, y, to_x, to_y in lines]
        parts.append("S")
    parts.append("BT")
    letters: Letters | None = None
    for y, xs, texts in page.texts:
        line = f"{tall - y:.2f} Tm"
        for x, text in zip(xs, texts, strict=True):
            if not text.lines:
                continue
            if text.letters != letters:
                letters = text.letters
                parts.append(ink.letters(letters))
            parts.append(f"1 0 0 1 {x:.2f} {line} {text.written or ink.text(text)}")
    parts.append("ET")
    return "\n".join(parts)
