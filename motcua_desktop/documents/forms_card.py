"""Letters on a card and the postal label.

A letter is A5 on its side, in black and white, without a code on its face; a letter of condolence has one plain
border. The label is the upper half of an A5, cut along its middle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from motcua_desktop.documents import codes
from motcua_desktop.documents.flow import Row, height, paginate, settle
from motcua_desktop.documents.fonts import Face
from motcua_desktop.documents.page import (
    MM,
    PANEL_HEIGHT,
    PANEL_WIDTH,
    Code,
    Frame,
    Ghost,
    Mark,
    Rule,
    Run,
    breaker,
)
from motcua_desktop.documents.prose import Prose, blank_line, paragraph
from motcua_desktop.documents.receipt_head import BAR_HEIGHT, HEAD_PARTS, Centred, Letterhead, letterhead
from motcua_desktop.documents.receipt_rows import Column, Density, baseline, body_rows
from motcua_desktop.domain.forms import Label, Letter
from motcua_desktop.domain.forms_template import FormKind
from motcua_desktop.domain.receipt import Part, SheetLine

_WIDE, _TALL = PANEL_HEIGHT, PANEL_WIDTH  # an A5 on its side
_LEFT, _RIGHT, _BOTTOM = 24 * MM, _WIDE - 24 * MM, _TALL - 16 * MM
_HEAD = Letterhead(
    15 * MM,
    _LEFT + 33 * MM,
    66 * MM,
    _RIGHT - 44 * MM,
    88 * MM,
    office=11,
    nation=11,
    motto=12,
    number=11,
    place=12,
)
_SIZES = (15.0, 14.0, 13.0, 12.0, 11.0)
_SIGN_AT, _SIGN_WIDTH, _SIGN_ROOM = _RIGHT - 40 * MM, 80 * MM, 17 * MM
_NO_FOLD = 0.0

_LABEL_LEFT, _LABEL_RIGHT, _CUT = 10 * MM, 138 * MM, 105 * MM
_LABEL_TOP, _LABEL_BOTTOM = 8 * MM, _CUT - 8 * MM
_LABEL_SIZES = (13.0, 12.0, 11.0, 10.0, 9.0, 8.0)
_SMALLER = 0.8  # what stands outside the address, against it


def card_pages(letter: Letter, lines: Sequence[SheetLine]) -> list[list[Mark]]:
    """The marks of the card; words too many for one in the smallest size go on to a second."""
    said = {line.part: line for line in lines if line.part in HEAD_PARTS}
    mourning = letter.head.template.kind is FormKind.DEATH
    above, y = letterhead({part: said[part] for part in said if part is not Part.PLACE}, _HEAD)
    title = Centred(_WIDE / 2, _RIGHT - _LEFT, y + 5 * MM)
    title.add(said[Part.TITLE].value, Face.BOLD, 20 if mourning else 22)
    top = title.y + 3 * MM
    body = [line for line in lines if line.part not in HEAD_PARTS or line.part is Part.PLACE]
    rows: list[Row] = []
    for size in _SIZES:
        rows = list(_card_rows(body, Prose(_LEFT, _RIGHT, size, 1.3)))
        if height(rows) <= _BOTTOM - top:
            break
    ghost: list[Mark] = [Ghost(said[Part.WATERMARK].value)] if Part.WATERMARK in said else []
    shared = paginate(rows, lambda page, _: _BOTTOM - (16 * MM if page else top))
    pages: list[list[Mark]] = []
    for number, part in enumerate(shared):
        begin = 16 * MM if number else top
        head = [] if number else [*above, *title.marks]
        end = begin + height(part)
        pages.append([*ghost, *_border(mourning), *head, *settle(part, begin, end, _NO_FOLD)])
    return pages


def _border(mourning: bool) -> Iterator[Mark]:
    for inset, stroke in ((8 * MM, 0.8),) if mourning else ((7 * MM, 1.6), (8.6 * MM, 0.5)):
        yield Frame(inset, inset, _WIDE - 2 * inset, _TALL - 2 * inset, stroke)


def _card_rows(lines: Sequence[SheetLine], prose: Prose) -> Iterator[Row]:
    for line in lines:
        if line.part is Part.PLACE:
            signing = (Part.PLACE, Part.SIGN, Part.OFFICER)
            yield _signature([ln for ln in lines if ln.part in signing], prose)
            return
        if line.part in (Part.FIELD, Part.STRONG):
            yield from _addressee(line, prose)
        else:
            yield from paragraph(line.text, prose, breaker(), keep=line.part is Part.CLOSING)


def _addressee(line: SheetLine, prose: Prose) -> Iterator[Row]:
    if not line.value:
        yield from blank_line(line.label, prose, breaker())
        return
    start = prose.left + prose.indent + breaker().width(f"{line.label} ", Face.ITALIC, prose.size)
    y = baseline(prose.size, prose.tall)
    marks: list[Mark] = [Run(prose.left + prose.indent, y, Face.ITALIC, prose.size, f"{line.label} ")]
    pieces = breaker().lines(line.value, Face.BOLD, prose.size, prose.right - start)
    for place, piece in enumerate(pieces):
        marks.append(Run(start, y + place * prose.tall, Face.BOLD, prose.size, piece))
    yield Row(len(pieces) * prose.tall, tuple(marks), keep=True)


def _signature(lines: Sequence[SheetLine], prose: Prose) -> Row:
    column = Centred(_SIGN_AT, _SIGN_WIDTH, 3 * MM)
    for line in lines:
        if line.part is Part.PLACE:
            column.add(line.value, Face.ITALIC, 12)
        elif line.part is Part.SIGN:
            column.add(line.label, Face.BOLD, 12.5)
        else:
            column.y += _SIGN_ROOM
            column.add(line.value, Face.BOLD, 12.5)
    return Row(column.y, tuple(column.marks))


def label_pages(label: Label, lines: Sequence[SheetLine]) -> list[list[Mark]]:
    """The marks of the label: sender, the address framed, the bars; as large as there is room."""
    title = next(line for line in lines if line.part is Part.TITLE)
    ghost: list[Mark] = [Ghost(line.value) for line in lines if line.part is Part.WATERMARK]
    body = [line for line in lines if line.part in (Part.FIELD, Part.STRONG)]
    strong = [place for place, line in enumerate(body) if line.part is Part.STRONG]
    first, last = (strong[0], strong[-1] + 1) if strong else (len(body), len(body))
    marks: list[Mark] = []
    for size in _LABEL_SIZES:
        marks, end = _label(title.value, body[:first], body[first:last], body[last:], size)
        if end <= _LABEL_BOTTOM - (BAR_HEIGHT + 16 if label.head.key else 0):
            break
    cut = Rule(5 * MM, _CUT, PANEL_WIDTH - 5 * MM, _CUT, 0.6, (3.0, 3.0))
    return [[*ghost, *marks, *_label_bars(label, lines), cut]]


def _label(
    title: str,
    sender: Sequence[SheetLine],
    address: Sequence[SheetLine],
    rest: Sequence[SheetLine],
    size: float,
) -> tuple[list[Mark], float]:
    small = max(8.0, size * _SMALLER)
    column = Centred((_LABEL_LEFT + _LABEL_RIGHT) / 2, _LABEL_RIGHT - _LABEL_LEFT, _LABEL_TOP)
    column.add(title, Face.BOLD, small)
    marks, y = list(column.marks), column.y + 1 * MM
    wide = Column(_LABEL_LEFT, _LABEL_RIGHT)
    for part, body, frame in ((sender, small, False), (address, size, True), (rest, small, False)):
        inset = 3 * MM if frame else 0
        within = Column(wide.left + inset, wide.right - inset)
        rows = body_rows(part, Density(body, body, 1.22, 0, 0, False), breaker(), within)
        tall = height(rows) + 2 * inset * 0.7
        marks.extend(settle(rows, y + inset * 0.7, y + tall - inset * 0.7, _NO_FOLD))
        if frame:
            marks.append(Frame(wide.left, y, wide.right - wide.left, tall, 1.2))
        y += tall + 2 * MM
    return marks, y


def _label_bars(label: Label, lines: Sequence[SheetLine]) -> Iterator[Mark]:
    digits = next((line.value for line in lines if line.part is Part.KEY), "")
    if digits:
        x, top = _LABEL_RIGHT - codes.BARCODE_WIDTH, _LABEL_BOTTOM - BAR_HEIGHT - 14
        yield Code(f"B{label.head.key}", x, top, BAR_HEIGHT)
        caption = x + (codes.BARCODE_WIDTH - breaker().width(digits, Face.BOLD, 10)) / 2
        yield Run(caption, top + BAR_HEIGHT + 11, Face.BOLD, 10, digits)
