"""The top of a sheet: letterhead, the band with both codes, the title and which copy it is.

The codes stand left and right of the vertical fold and above the horizontal one; the margins are quiet zones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from motcua_desktop.documents import codes
from motcua_desktop.documents.fonts import Face
from motcua_desktop.documents.page import MM, Code, Frame, Ghost, Mark, Rule, Run, breaker
from motcua_desktop.documents.receipt_rows import LEFT, RIGHT, WIDTH, baseline
from motcua_desktop.domain.receipt import Part, SheetLine

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
        Part.REPLACEMENT,
        Part.WATERMARK,
    }
)


class Centred:
    """Words set centred under each other; `y` is where they end."""

    def __init__(self, middle: float, width: float, y: float) -> None:
        self.middle, self.width, self.y = middle, width, y
        self.marks: list[Mark] = []

    def add(self, text: str, face: Face, size: float, balanced: bool = False) -> None:
        pieces = breaker().lines(text, face, size, self.width)
        while balanced and len(pieces) > 1:
            narrower = max(breaker().width(piece, face, size) for piece in pieces) - 0.1
            closer = breaker().lines(text, face, size, narrower)
            if len(closer) > len(pieces):
                break
            pieces = closer
        for piece in pieces:
            x = self.middle - breaker().width(piece, face, size) / 2
            self.marks.append(Run(x, self.y + baseline(size, size * _LEAD), face, size, piece))
            self.y += size * _LEAD

    def boxed(self, text: str, size: float) -> None:
        """Bold words in a frame of their own width."""
        top, wide = self.y, 0.0
        self.y += 1.5
        for piece in breaker().lines(text, Face.BOLD, size, self.width - 8):
            wide = max(wide, breaker().width(piece, Face.BOLD, size))
            x = self.middle - breaker().width(piece, Face.BOLD, size) / 2
            self.marks.append(Run(x, self.y + baseline(size, size * _LEAD), Face.BOLD, size, piece))
            self.y += size * _LEAD
        self.y += 1.5
        self.marks.append(Frame(self.middle - wide / 2 - 4, top, wide + 8, self.y - top, 0.9))

    def rule(self, width: float) -> None:
        self.y += 1.5
        self.marks.append(Rule(self.middle - width / 2, self.y, self.middle + width / 2, self.y, _HAIR + 0.2))
        self.y += 1.5


def head(key: str, secret: str, lines: Sequence[SheetLine]) -> tuple[list[Mark], float]:
    """Marks of everything above the body, and where the body begins; without a key there is no band of codes."""
    said = {line.part: line for line in lines if line.part in HEAD_PARTS}
    marks: list[Mark] = []
    y = TOP
    if Part.WATERMARK in said:
        marks.append(Ghost(said[Part.WATERMARK].value))
    if Part.NATION in said:
        above, y = letterhead(said)
        marks.extend(above)
        y += 2.4 * MM
    if Part.KEY in said:
        band, y = _band(key, secret, said, y)
        marks.extend(band)
    column = Centred(_MIDDLE, WIDTH, y + 2.2 * MM)
    title = said[Part.TITLE].value
    column.add(title, Face.BOLD, 13.5 if Part.NATION in said else 12)
    below = column.y
    if Part.COPY in said:
        column.add(said[Part.COPY].value, Face.ITALIC, 10.5)
    elif Part.REPRINT in said:
        column.y += 15
    if Part.REPLACEMENT in said:
        column.y += 1 * MM
        column.boxed(said[Part.REPLACEMENT].value, 10)
    marks.extend(column.marks)
    if Part.REPRINT in said:
        marks.extend(_stamp(said[Part.REPRINT].value, below))
    return marks, column.y + 1.2 * MM


class Letterhead(NamedTuple):
    """Middles and widths of the two columns in points, where they begin, and the sizes of their words."""

    top: float
    office_at: float
    office_width: float
    state_at: float
    state_width: float
    office: float
    nation: float
    motto: float
    number: float
    place: float
    balanced: bool = True  # lines of the same length, where an office's name needs two


PANEL_LETTERHEAD = Letterhead(
    TOP,
    _OFFICE_AT,
    _OFFICE_WIDTH,
    _STATE_AT,
    _STATE_WIDTH,
    office=10,
    nation=10,
    motto=11,
    number=10,
    place=10.5,
    balanced=False,
)


def _fit(text: str, face: Face, size: float, width: float) -> float:
    """The size at which a text still stands on one line of the office's column, if that is not too small."""
    one_line = 0.999 * width / breaker().width(text, face, 1)
    return min(size, one_line) if one_line >= _LEAST else size


def letterhead(
    said: Mapping[Part, SheetLine], plan: Letterhead = PANEL_LETTERHEAD
) -> tuple[list[Mark], float]:
    """Office and State side by side, number and place below them; and where they end."""
    office = Centred(plan.office_at, plan.office_width, plan.top)
    office.add(said[Part.OFFICE].value, Face.REGULAR, plan.office, plan.balanced)
    if Part.CENTRE in said:
        office.add(said[Part.CENTRE].value, Face.BOLD, plan.office, plan.balanced)
    office.rule(16 * MM)
    state = Centred(plan.state_at, plan.state_width, plan.top)
    state.add(said[Part.NATION].value, Face.BOLD, plan.nation)
    state.add(said[Part.MOTTO].value, Face.BOLD, plan.motto)
    state.rule(breaker().width(said[Part.MOTTO].value, Face.BOLD, plan.motto))
    y = max(office.y, state.y) + 1 * MM
    number = Centred(plan.office_at, plan.office_width, y)
    if Part.NUMBER in said:
        size = _fit(said[Part.NUMBER].value, Face.REGULAR, plan.number, plan.office_width)
        number.y += baseline(plan.place, plan.place * _LEAD) - baseline(size, size * _LEAD)  # on the place's
        number.add(said[Part.NUMBER].value, Face.REGULAR, size)
    place = Centred(plan.state_at, plan.state_width, y)
    if Part.PLACE in said:
        place.add(said[Part.PLACE].value, Face.ITALIC, plan.place)
    marks = [mark for column in (office, state, number, place) for mark in column.marks]
    return marks, max(number.y, place.y)


def _band(key: str, secret: str, said: Mapping[Part, SheetLine], y: float) -> tuple[list[Mark], float]:
    measure = breaker()
    digits = said[Part.KEY].value
    caption = LEFT + (codes.BARCODE_WIDTH - measure.width(digits, Face.BOLD, 11)) / 2
    marks: list[Mark] = [
        Code(f"B{key}", LEFT, y, BAR_HEIGHT),
        Code(f"Q{key}{secret}", RIGHT - codes.QR_WIDTH, y, codes.QR_WIDTH),
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
