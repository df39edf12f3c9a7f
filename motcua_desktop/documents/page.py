"""Pages of a sheet: geometry, line breaking, and the marks that a layout hands over to be painted.

A layout works in points from the upper left corner of a panel and returns plain marks; `paint` is the
only place that turns them over to reportlab. Nothing here knows what a sheet says.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from motcua_desktop.documents.fonts import Face, Typeface, typeface
from motcua_desktop.documents.paper import MM as MM
from motcua_desktop.documents.paper import PANEL_HEIGHT as PANEL_HEIGHT
from motcua_desktop.documents.paper import PANEL_WIDTH as PANEL_WIDTH
from motcua_desktop.documents.paper import Paper as Paper

rl_config.useA85 = 0  # streams stay binary: a fifth smaller and quicker; nobody mails these files as text

_GHOST_GREY = 0.85  # 15 % grey: gone after one photocopy, and it never makes words unreadable
_KEPT_WIDTHS = 2_000
_BREAKS_AFTER = frozenset("-/.,;@_")


class Run(NamedTuple):
    """Words on a baseline."""

    x: float
    y: float
    face: Face
    size: float
    text: str


class Rule(NamedTuple):
    """A straight line; `dash` is on and off in points."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float
    dash: tuple[float, float] | None = None


class Frame(NamedTuple):
    """An empty box."""

    x: float
    y: float
    width: float
    height: float
    stroke: float


class Code(NamedTuple):
    """A code kept in the file under `name`."""

    name: str
    x: float
    y: float
    height: float


class Ghost(NamedTuple):
    """Grey words across the panel, from corner to corner, behind all else."""

    text: str


Mark = Run | Rule | Frame | Code | Ghost


def new_canvas(buffer: io.BytesIO, size: tuple[float, float], title: str) -> Canvas:
    """A canvas of pages `size` (width, height in points), with no face left out of the file.

    It gives the same bytes for the same marks. Only the title is said in the file's own description: a sheet's
    code, never a person.
    """
    canvas = Canvas(
        buffer,
        pagesize=size,
        invariant=1,
        pageCompression=1,
        initialFontName=Face.REGULAR,
        lang="vi-VN",
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Motcua Desktop")
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def paint(
    canvas: Canvas,
    marks: Sequence[Mark],
    left: float,
    place: Callable[[Code, float], None],
    panel: tuple[float, float] = (PANEL_WIDTH, PANEL_HEIGHT),
) -> None:
    """Draw the marks of a panel (width, height) with its left edge at `left` points; `place` draws the codes."""
    wide, tall = panel
    words = canvas.beginText()
    face: tuple[Face, float] | None = None
    for mark in marks:
        match mark:
            case Run(x, y, cut, size, text):
                if face != (cut, size):
                    face = (cut, size)
                    words.setFont(cut, size)
                words.setTextOrigin(left + x, tall - y)
                words.textOut(text)
            case Rule(x, y, to_x, to_y, width, dash):
                canvas.setLineWidth(width)
                canvas.setDash(dash or ())
                canvas.line(left + x, tall - y, left + to_x, tall - to_y)
            case Frame(x, y, width, height, stroke):
                canvas.setLineWidth(stroke)
                canvas.setDash(())
                canvas.rect(left + x, tall - y - height, width, height)
            case Code():
                place(mark, left)
            case Ghost(text):
                _haunt(canvas, text, left, wide, tall)
    canvas.drawText(words)


def _haunt(canvas: Canvas, text: str, left: float, wide: float, tall: float) -> None:
    size = 0.72 * math.hypot(wide, tall) / breaker().width(text, Face.BOLD, 1)
    canvas.saveState()
    canvas.setFillGray(_GHOST_GREY)
    canvas.translate(left + wide / 2, tall / 2)
    canvas.rotate(math.degrees(math.atan2(tall, wide)))
    canvas.setFont(Face.BOLD, size)
    canvas.drawCentredString(0, -size / 3, text)
    canvas.restoreState()


@cache
def breaker() -> Breaker:
    """The line breaker for the program's own typeface."""
    return Breaker(typeface())


class Breaker:
    """Breaks text into lines; keeps the widths of words: labels return on every sheet, in every size."""

    def __init__(self, typeface: Typeface) -> None:
        self._ems = lru_cache(maxsize=_KEPT_WIDTHS)(lambda text, face: typeface.width(text, face, 1))

    def width(self, text: str, face: Face, size: float) -> float:
        """Width in points."""
        return self._ems(text, face) * size

    def lines(
        self, text: str, face: Face, size: float, width: float, first: float | None = None
    ) -> list[str]:
        """Lines no wider than `width` (the first one than `first`), broken at spaces.

        A word wider than a whole line is broken after punctuation, or anywhere if it has none. An empty first
        line means that not even one word fits beside what stands there already.
        """
        room = width if first is None else first
        whole = self.width(text, face, size)
        if whole <= room:
            return [text]
        found: list[str] = []
        line = ""
        for word in text.split(" "):
            joined = f"{line} {word}" if line else word
            if self.width(joined, face, size) <= room:
                line = joined
                continue
            if line or (first is not None and not found):
                found.append(line)
                room = width
            line = word
            while self.width(line, face, size) > room:
                cut = self._cut(line, face, size, room)
                found.append(line[:cut])
                line = line[cut:]
        return [*found, line]

    def _cut(self, word: str, face: Face, size: float, room: float) -> int:
        fits = 1
        while self.width(word[: fits + 1], face, size) <= room:
            fits += 1
        soft = next((n for n in range(fits, fits // 2, -1) if word[n - 1] in _BREAKS_AFTER), fits)
        return soft
