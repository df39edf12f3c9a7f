"""The top of a receipt: letterhead, the band with both codes, the title and which copy it is.

The codes stand left and right of the vertical fold and above the horizontal one; the margins are quiet zones.
"""

from __future__ import annotations

from collections.abc import Sequence

from motcua_desktop.documents import codes
from motcua_desktop.documents.fonts import Face
from motcua_desktop.documents.page import MM, Code, Frame, Mark, Rule, Run, breaker
from motcua_desktop.documents.receipt_rows import LEFT, RIGHT, WIDTH, baseline
from motcua_desktop.domain.receipt import Part, Receipt, SheetLine

TOP = 10 * MM
BAR_HEIGHT = 13 * MM
_MIDDLE = (LEFT + RIGHT) / 2
_OFFICE_AT, _OFFICE_WIDTH = LEFT + 22 * MM, 44 * MM
_STATE_AT, _STATE_WIDTH = RIGHT - 37 * MM, 74 * MM
_BESIDE_CODES = LEFT + codes.BARCODE_WIDTH + codes.BAR_QUIET * codes.BAR + 2.5 * MM
_BESIDE_END = RIGHT - codes.QR_WIDTH - codes.QR_QUIET * codes.MODULE - 1 * MM
_HAIR = 0.6
_LEAST = 8.5
_LEAD = 1.25

HEAD_PARTS = frozenset(
    {
        Part.OFFICE,
        Part.CENTRE,
        Part.NATION,
        Part.MOTTO,
        Part.NUMBER,
        Part.PLACE,
        Part.KEY,
        Part.CODE,
        Part.SECRET,
        Part.TITLE,
        Part.COPY,
        Part.REPRINT,
    }
)


class _Column:
    """Words set centred under each other."""

    def __init__(self, middle: float, width: float, y: float) -> None:
        self.middle, self.width, self.y = middle, width, y
        self.marks: list[Mark] = []

    def add(self, text: str, face: Face, size: float) -> None:
        for piece in breaker().lines(text, face, size, self.width):
            x = self.middle - breaker().width(piece, face, size) / 2
            self.marks.append(Run(x, self.y + baseline(size, size * _LEAD), face, size, piece))
            self.y += size * _LEAD

    def rule(self, width: float) -> None:
        self.y += 1.5
        self.marks.append(Rule(self.middle - width / 2, self.y, self.middle + width / 2, self.y, _HAIR + 0.2))
        self.y += 1.5


def head(receipt: Receipt, lines: Sequence[SheetLine]) -> tuple[list[Mark], float]:
    """Marks of everything above the body, and where the body begins."""
    said = {line.part: line for line in lines if line.part in HEAD_PARTS}
    marks: list[Mark] = []
    y = TOP
    if Part.NATION in said:
        letterhead, y = _letterhead(said)
        marks.extend(letterhead)
        y += 2.4 * MM
    band, y = _band(receipt, said, y)
    marks.extend(band)
    column = _Column(_MIDDLE, WIDTH, y + 2.2 * MM)
    title = said[Part.TITLE].value
    column.add(title, Face.BOLD, 13.5 if Part.NATION in said else 12)
    below = column.y
    column.add(said[Part.COPY].value, Face.ITALIC, 10.5)
    marks.extend(column.marks)
    if Part.REPRINT in said:
        marks.extend(_stamp(said[Part.REPRINT].value, below))
    return marks, column.y + 1.2 * MM


def _fit(text: str, face: Face, size: float) -> float:
    """The size at which a text still stands on one line of the office's column, if that is not too small."""
    one_line = 0.999 * _OFFICE_WIDTH / breaker().width(text, face, 1)
    return min(size, one_line) if one_line >= _LEAST else size


def _letterhead(said: dict[Part, SheetLine]) -> tuple[list[Mark], float]:
    office = _Column(_OFFICE_AT, _OFFICE_WIDTH, TOP)
    office.add(said[Part.OFFICE].value, Face.REGULAR, 10)
    office.add(said[Part.CENTRE].value, Face.BOLD, 10)
    office.rule(16 * MM)
    state = _Column(_STATE_AT, _STATE_WIDTH, TOP)
    state.add(said[Part.NATION].value, Face.BOLD, 10)
    state.add(said[Part.MOTTO].value, Face.BOLD, 11)
    state.rule(breaker().width(said[Part.MOTTO].value, Face.BOLD, 11))
    y = max(office.y, state.y) + 1 * MM
    number = _Column(_OFFICE_AT, _OFFICE_WIDTH, y)
    if Part.NUMBER in said:
        size = _fit(said[Part.NUMBER].value, Face.REGULAR, 10)
        number.y += baseline(10.5, 10.5 * _LEAD) - baseline(size, size * _LEAD)  # on the place's baseline
        number.add(said[Part.NUMBER].value, Face.REGULAR, size)
    place = _Column(_STATE_AT, _STATE_WIDTH, y)
    place.add(said[Part.PLACE].value, Face.ITALIC, 10.5)
    marks = [mark for column in (office, state, number, place) for mark in column.marks]
    return marks, max(number.y, place.y)


def _band(receipt: Receipt, said: dict[Part, SheetLine], y: float) -> tuple[list[Mark], float]:
    measure = breaker()
    digits = said[Part.KEY].value
    caption = LEFT + (codes.BARCODE_WIDTH - measure.width(digits, Face.BOLD, 11)) / 2
    marks: list[Mark] = [
        Code(f"B{receipt.key}", LEFT, y, BAR_HEIGHT),
        Code(f"Q{receipt.key}{receipt.secret}", RIGHT - codes.QR_WIDTH, y, codes.QR_WIDTH),
        Run(caption, y + BAR_HEIGHT + 11.5, Face.BOLD, 11, digits),
    ]
    down = y - 2
    for part in (Part.CODE, Part.SECRET):
        marks.append(Run(_BESIDE_CODES, down + baseline(9.5, 12), Face.REGULAR, 9.5, f"{said[part].label} "))
        down += 12
        for piece in measure.lines(said[part].value, Face.BOLD, 11, _BESIDE_END - _BESIDE_CODES):
            marks.append(Run(_BESIDE_CODES, down + baseline(11, 14), Face.BOLD, 11, piece))
            down += 14
        down += 1.5
    return marks, max(y + BAR_HEIGHT + 14, y + codes.QR_WIDTH, down)


def _stamp(text: str, y: float) -> list[Mark]:
    wide = breaker().width(text, Face.BOLD, 10)
    x = RIGHT - wide - 4
    return [
        Frame(x - 4, y + 0.5, wide + 8, 14, 0.9),
        Run(x, y + 0.5 + baseline(10, 14), Face.BOLD, 10, text),
    ]
