"""Copies of a sheet on A5 panels, on pages of their own or side by side on A4 with a line to cut along.

The codes stand in the top band, apart from the folds and from where a stamp falls. What a sheet says comes
from the domain as lines; here is only where they stand, and how tightly.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import zip_longest
from threading import Lock
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from motcua_desktop.documents import codes
from motcua_desktop.documents.flow import Row, height, paginate, settle
from motcua_desktop.documents.fonts import Face, demand_drawable
from motcua_desktop.documents.page import (
    MM,
    PANEL_HEIGHT,
    PANEL_WIDTH,
    Code,
    Ghost,
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
    Density,
    Kept,
    baseline,
    body_rows,
)
from motcua_desktop.domain.receipt import Part, SheetLine, page_mark

SMALL_BAR_HEIGHT = 9 * MM

_BOTTOM = 202 * MM
_HAIR = 0.6
_NOTE_SIZE = 9.5
FOOT_SIZES = {Part.NOTE: (Face.ITALIC, _NOTE_SIZE), Part.IMPRINT: (Face.REGULAR, 8.0)}
_FOOT_GAP = 2.5 * MM
_ROOMIER = (
    1.15  # at least so much taller is the roomy setting (1.17 over the catalogue): else it need not be tried
)
_LONG_FOOT = 7  # rows; a longer note follows the signatures instead of standing at the foot
_A4_PANEL = 148.5 * MM
_CUT_DASH = (3.0, 3.0)

drawing = Lock()  # reportlab's faces serve one file at a time


class Content(NamedTuple):
    """One copy of a sheet: its lines, those at the top of each further page, and what its codes hold.

    Without a key the sheet has no codes: then nothing may say one either.
    """

    lines: tuple[SheetLine, ...]
    more: Callable[[], tuple[SheetLine, ...]]  # asked only where there is a further page
    key: str
    secret: str


def draw_panels(copies: Sequence[Content], paper: Paper, title: str) -> bytes:
    """The PDF of the given copies in order; the same copies give the same bytes.

    On A5 each copy has pages of its own; on A4 (landscape) copies stand two by two. Raises MC-191 for text that
    the typeface cannot draw, before anything is drawn.
    """
    panels = all_panels(copies)
    buffer = io.BytesIO()
    with drawing:
        canvas = new_canvas(buffer, paper.size, title)
        if paper is Paper.A5:
            for panel in (page for pages in panels for page in pages):
                paint_codes(canvas, panel, 0, (PANEL_WIDTH, PANEL_HEIGHT))
                canvas.showPage()
        else:
            for first in range(0, len(panels), 2):
                _spread(canvas, panels[first : first + 2])
        canvas.save()
    return buffer.getvalue()


def draw_pages(pages: Sequence[Sequence[Mark]], size: tuple[float, float], title: str) -> bytes:
    """The PDF of pages whose marks are known; the same marks give the same bytes."""
    buffer = io.BytesIO()
    with drawing:
        canvas = new_canvas(buffer, size, title)
        for page in pages:
            paint_codes(canvas, page, 0, size)
            canvas.showPage()
        canvas.save()
    return buffer.getvalue()


def paint_codes(canvas: Canvas, marks: Sequence[Mark], left: float, panel: tuple[float, float]) -> None:
    """Paint a panel with its codes, each kept once in the file."""

    def place(code: Code, left: float) -> None:
        if not canvas.hasForm(code.name):
            _define(canvas, code.name)
        codes.place(canvas, code.name, left + code.x, code.y, code.height, panel[1])

    paint(canvas, marks, left, place, panel)


def all_panels(copies: Sequence[Content]) -> list[list[list[Mark]]]:
    """The marks of each page of each copy; a copy is set as the one before it where it fits."""
    found: list[list[list[Mark]]] = []
    density: Density | None = None
    kept: Kept = {}
    for copy in copies:
        pages, density = _panels(copy, density, kept)
        found.append(pages)
    return found


def ghosts(lines: Sequence[SheetLine]) -> list[Mark]:
    """The watermark, if the lines say one."""
    return [Ghost(line.value) for line in lines if line.part is Part.WATERMARK]


def _spread(canvas: Canvas, panels: Sequence[list[list[Mark]]]) -> None:
    for sheet in zip_longest(*panels):
        canvas.setLineWidth(_HAIR)
        canvas.setDash(_CUT_DASH)
        canvas.line(_A4_PANEL, 5 * MM, _A4_PANEL, PANEL_HEIGHT - 5 * MM)
        for side, panel in enumerate(sheet):
            if panel is not None:
                paint_codes(canvas, panel, side * _A4_PANEL, (PANEL_WIDTH, PANEL_HEIGHT))
        canvas.showPage()


def _define(canvas: Canvas, name: str) -> None:
    kind, digits = name[0], name[1:]
    if kind == "B":
        codes.define(canvas, name, codes.bars(digits), codes.BAR, BAR_HEIGHT)
    elif kind == "S":
        codes.define(canvas, name, codes.bars(digits), codes.SMALL_BAR, SMALL_BAR_HEIGHT)
    else:
        codes.define(canvas, name, codes.squares(digits), codes.MODULE, codes.MODULE)


def _panels(content: Content, before: Density | None, kept: Kept) -> tuple[list[list[Mark]], Density | None]:
    """One copy in the roomiest setting that fits one page, else on the fewest pages."""
    lines = content.lines
    for line in lines:
        demand_drawable(line.text, line.source or None)
    first, top = head(content.key, content.secret, lines)
    body = [line for line in lines if line.part not in HEAD_PARTS and line.part not in FOOT_SIZES]
    feet = [line for line in lines if line.part in FOOT_SIZES]
    foot = foot_rows(feet)
    if len(foot) > _LONG_FOOT:
        body, feet = [*body, *feet[:-1]], feet[-1:]
        foot = foot_rows(feet)
    room = _BOTTOM - top - height(foot)
    if before is not None and height(rows := body_rows(body, before, breaker(), kept=kept)) <= room:
        return [_page(first, rows, top, foot)], before
    usual = body_rows(body, USUAL, breaker(), kept=kept)
    densities: tuple[Density, ...] = (SNUG, TIGHT, TIGHTEST) if height(usual) > room else (USUAL,)
    if height(usual) * _ROOMIER <= room:
        densities = (ROOMY, USUAL)
    for density in densities:
        rows = usual if density is USUAL else body_rows(body, density, breaker(), kept=kept)
        if height(rows) <= room:
            return [_page(first, rows, top, foot)], density
    several = (_pages(content, first, top, body_rows(body, size, breaker()), feet) for size in (USUAL, TIGHT))
    return min(several, key=len), None


def _pages(
    content: Content, first: list[Mark], top: float, rows: Sequence[Row], feet: Sequence[SheetLine]
) -> list[list[Mark]]:
    more, more_top = head(content.key, content.secret, content.more())
    full, small = height(foot_rows(feet)), height(foot_rows(feet[-1:]))

    def room(page: int, last: bool) -> float:
        return _BOTTOM - (more_top if page else top) - (full if last else small)

    shared = paginate(rows, room)
    found: list[list[Mark]] = []
    for number, part in enumerate(shared, 1):
        foot = foot_rows(feet if number == len(shared) else feet[-1:], page_mark(number, len(shared)))
        found.append(_page(more if number > 1 else first, part, more_top if number > 1 else top, foot))
    return found


def _page(above: Sequence[Mark], rows: Sequence[Row], top: float, foot: Sequence[Row]) -> list[Mark]:
    bottom = _BOTTOM - height(foot)
    return [*above, *settle(rows, top, bottom), *settle(foot, bottom, _BOTTOM)]


def foot_rows(
    lines: Sequence[SheetLine], mark: str = "", left: float = LEFT, right: float = RIGHT
) -> list[Row]:
    """Rows of the foot under a hair line; desk, print and page stand at the right of its last line."""
    rows = [Row(_FOOT_GAP, (Rule(left, _FOOT_GAP - 2, right, _FOOT_GAP - 2, _HAIR),))]
    end = left
    for line in lines:
        face, size = FOOT_SIZES[line.part]
        tall = _NOTE_SIZE * 1.25
        if line.part is Part.IMPRINT:
            text = f"{line.text} · {mark}" if mark else line.text
            start = right - breaker().width(text, face, size)
            words = Run(start, baseline(_NOTE_SIZE, tall), face, size, text)
            if rows[1:] and end + 4 * MM < start:
                rows[-1] = Row(tall, (*rows[-1].marks, words))
            else:
                rows.append(Row(tall, (words,)))
            continue
        for piece in breaker().lines(line.text, face, size, right - left):
            end = left + breaker().width(piece, face, size)
            rows.append(Row(tall, (Run(left, baseline(size, tall), face, size, piece),)))
    return rows
