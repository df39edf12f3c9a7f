"""Form 01 drawn: two A5 copies, on pages of their own or side by side on A4 with a line to cut along.

The codes stand in the top band, apart from the folds and from where a stamp falls; the appointment is the
largest thing on the sheet. What the sheet says comes from `domain.receipt`; here is only where it stands.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from threading import Lock

from reportlab.pdfgen.canvas import Canvas

from motcua_desktop.documents import codes
from motcua_desktop.documents.flow import Row, height, paginate, settle
from motcua_desktop.documents.fonts import Face, demand_drawable
from motcua_desktop.documents.page import (
    MM,
    PANEL_HEIGHT,
    Code,
    Mark,
    Paper,
    Rule,
    Run,
    breaker,
    new_canvas,
    paint,
)
from motcua_desktop.documents.receipt_head import BAR_HEIGHT, HEAD_PARTS, head
from motcua_desktop.documents.receipt_rows import (
    LEFT,
    RIGHT,
    ROOMY,
    SNUG,
    TIGHT,
    TIGHTEST,
    USUAL,
    WIDTH,
    Density,
    baseline,
    body_rows,
)
from motcua_desktop.domain.receipt import (
    CITIZEN_COPY,
    OFFICE_COPY,
    Part,
    Receipt,
    SheetLine,
    continuation_lines,
    page_mark,
    receipt_lines,
)

_BOTTOM = 202 * MM
_HAIR = 0.6
_NOTE_SIZE = 9.5
_FOOT_SIZES = {Part.NOTE: (Face.ITALIC, _NOTE_SIZE), Part.IMPRINT: (Face.REGULAR, 8.0)}
_FOOT_GAP = 2.5 * MM
_ROOMIER = 1.05  # at least so much taller is every row in the roomy setting: else it need not be tried
_LONG_FOOT = 7  # rows; a longer note follows the signatures instead of standing at the foot
_A4_PANEL = 148.5 * MM
_CUT_DASH = (3.0, 3.0)

_drawing = Lock()  # reportlab's faces serve one file at a time


def draw_receipt(receipts: Receipt | Sequence[Receipt], paper: Paper) -> bytes:
    """The PDF of a receipt: both copies of one `Receipt`, or exactly the given copies in order.

    On A5 each copy has pages of its own; on A4 (landscape) copies stand two by two. The same receipts give
    the same bytes. Raises MC-191 for text that the typeface cannot draw, before anything is drawn.
    """
    copies = _copies(receipts)
    panels = _all_panels(copies)
    buffer = io.BytesIO()
    with _drawing:
        canvas = new_canvas(buffer, paper, copies[0].code)
        if paper is Paper.A5:
            for number, panel in ((n, page) for n, pages in enumerate(panels) for page in pages):
                _paint(canvas, copies[number], panel, 0)
                canvas.showPage()
        else:
            for first in range(0, len(panels), 2):
                _spread(canvas, copies[first : first + 2], panels[first : first + 2])
        canvas.save()
    return buffer.getvalue()


def _copies(receipts: Receipt | Sequence[Receipt]) -> tuple[Receipt, ...]:
    if isinstance(receipts, Receipt):
        return replace(receipts, copy=OFFICE_COPY), replace(receipts, copy=CITIZEN_COPY)
    if not receipts:
        raise ValueError("nothing to draw")
    return tuple(receipts)


def _spread(canvas: Canvas, copies: Sequence[Receipt], panels: Sequence[list[list[Mark]]]) -> None:
    for sheet in zip_longest(*panels):
        canvas.setLineWidth(_HAIR)
        canvas.setDash(_CUT_DASH)
        canvas.line(_A4_PANEL, 5 * MM, _A4_PANEL, PANEL_HEIGHT - 5 * MM)
        for side, panel in enumerate(sheet):
            if panel is not None:
                _paint(canvas, copies[side], panel, side * _A4_PANEL)
        canvas.showPage()


def _paint(canvas: Canvas, receipt: Receipt, marks: list[Mark], left: float) -> None:
    def place(code: Code, left: float) -> None:
        if not canvas.hasForm(code.name):
            _define(canvas, code.name)
        codes.place(canvas, code.name, left + code.x, code.y, code.height, PANEL_HEIGHT)

    paint(canvas, marks, left, place)


def _define(canvas: Canvas, name: str) -> None:
    kind, digits = name[0], name[1:]
    if kind == "B":
        codes.define(canvas, name, codes.bars(digits), codes.BAR, BAR_HEIGHT)
    else:
        codes.define(canvas, name, codes.squares(digits), codes.MODULE, codes.MODULE)


def _all_panels(copies: Sequence[Receipt]) -> list[list[list[Mark]]]:
    """The marks of each page of each copy; a copy is set as the one before it where it fits."""
    found: list[list[list[Mark]]] = []
    density: Density | None = None
    for copy in copies:
        pages, density = _panels(copy, density)
        found.append(pages)
    return found


def _panels(receipt: Receipt, before: Density | None) -> tuple[list[list[Mark]], Density | None]:
    """One copy in the roomiest setting that fits one page, else on the fewest pages."""
    lines = receipt_lines(receipt)
    for line in lines:
        demand_drawable(line.text, line.source or None)
    first, top = head(receipt, lines)
    body = [line for line in lines if line.part not in HEAD_PARTS and line.part not in _FOOT_SIZES]
    feet = [line for line in lines if line.part in _FOOT_SIZES]
    foot = _foot_rows(feet)
    if len(foot) > _LONG_FOOT:
        body, feet = [*body, *feet[:-1]], feet[-1:]
        foot = _foot_rows(feet)
    room = _BOTTOM - top - height(foot)
    if before is not None and height(rows := body_rows(body, before, breaker())) <= room:
        return [_page(first, rows, top, foot)], before
    usual = body_rows(body, USUAL, breaker())
    densities: tuple[Density, ...] = (SNUG, TIGHT, TIGHTEST) if height(usual) > room else (USUAL,)
    if height(usual) * _ROOMIER <= room:
        densities = (ROOMY, USUAL)
    for density in densities:
        rows = usual if density is USUAL else body_rows(body, density, breaker())
        if height(rows) <= room:
            return [_page(first, rows, top, foot)], density
    several = (_pages(receipt, first, top, body_rows(body, size, breaker()), feet) for size in (USUAL, TIGHT))
    return min(several, key=len), None


def _pages(
    receipt: Receipt, first: list[Mark], top: float, rows: Sequence[Row], feet: Sequence[SheetLine]
) -> list[list[Mark]]:
    more, more_top = head(receipt, continuation_lines(receipt))
    full, small = height(_foot_rows(feet)), height(_foot_rows(feet[-1:]))

    def room(page: int, last: bool) -> float:
        return _BOTTOM - (more_top if page else top) - (full if last else small)

    shared = paginate(rows, room)
    found: list[list[Mark]] = []
    for number, part in enumerate(shared, 1):
        foot = _foot_rows(feet if number == len(shared) else feet[-1:], page_mark(number, len(shared)))
        found.append(_page(more if number > 1 else first, part, more_top if number > 1 else top, foot))
    return found


def _page(above: Sequence[Mark], rows: Sequence[Row], top: float, foot: Sequence[Row]) -> list[Mark]:
    bottom = _BOTTOM - height(foot)
    return [*above, *settle(rows, top, bottom), *settle(foot, bottom, _BOTTOM)]


def _foot_rows(lines: Sequence[SheetLine], mark: str = "") -> list[Row]:
    """Rows of the foot under a hair line; desk, print and page stand at the right of its last line."""
    rows = [Row(_FOOT_GAP, (Rule(LEFT, _FOOT_GAP - 2, RIGHT, _FOOT_GAP - 2, _HAIR),))]
    end = LEFT
    for line in lines:
        face, size = _FOOT_SIZES[line.part]
        tall = _NOTE_SIZE * 1.25
        if line.part is Part.IMPRINT:
            text = f"{line.text} · {mark}" if mark else line.text
            start = RIGHT - breaker().width(text, face, size)
            words = Run(start, baseline(_NOTE_SIZE, tall), face, size, text)
            if rows[1:] and end + 4 * MM < start:
                rows[-1] = Row(tall, (*rows[-1].marks, words))
            else:
                rows.append(Row(tall, (words,)))
            continue
        for piece in breaker().lines(line.text, face, size, WIDTH):
            end = LEFT + breaker().width(piece, face, size)
            rows.append(Row(tall, (Run(LEFT, baseline(size, tall), face, size, piece),)))
    return rows
