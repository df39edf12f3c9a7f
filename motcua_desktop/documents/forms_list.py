"""Control sheet and postman's list: A4, a head, a few fields and a table that goes on as long as it must.

The control sheet travels stapled at its top left corner, so its codes stand at the top right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from motcua_desktop.documents import codes
from motcua_desktop.documents.flow import height, paginate, settle
from motcua_desktop.documents.fonts import Face
from motcua_desktop.documents.page import MM, Code, Ghost, Mark, Run, breaker
from motcua_desktop.documents.panel import FOOT_SIZES, Content, foot_rows
from motcua_desktop.documents.receipt_head import BAR_HEIGHT, HEAD_PARTS, Centred, Letterhead, letterhead
from motcua_desktop.documents.receipt_rows import Column, Density, baseline, body_rows
from motcua_desktop.domain.receipt import Part, SheetLine, page_mark

_TALL, _WIDE = 297 * MM, 210 * MM
_TOP, _BOTTOM, _LEFT, _RIGHT = 10 * MM, _TALL - 10 * MM, 20 * MM, _WIDE - 10 * MM
_BAR_AT = _RIGHT - codes.BARCODE_WIDTH
_BESIDE_BARS = _BAR_AT - codes.BAR_QUIET * codes.BAR - 2 * MM  # where words end
_DENSITY = Density(12, 11, 1.25, 5, 20 * MM, False)
_HEAD = Letterhead(
    _TOP,
    _LEFT + 24 * MM,
    48 * MM,
    _LEFT + 91 * MM,
    76 * MM,
    office=10,
    nation=10,
    motto=11,
    number=10.5,
    place=10.5,
)
_BROAD_HEAD = _HEAD._replace(
    office_at=_LEFT + 38 * MM, office_width=76 * MM, state_at=_RIGHT - 46 * MM, state_width=90 * MM
)
_NO_FOLD = 0.0


def list_pages(content: Content) -> list[list[Mark]]:
    """The marks of every page."""
    body = [line for line in content.lines if line.part not in HEAD_PARTS and line.part not in FOOT_SIZES]
    rows = body_rows(body, _DENSITY, breaker(), Column(_LEFT, _RIGHT))
    feet = [line for line in content.lines if line.part in FOOT_SIZES]
    first, top = _head(content, content.lines)
    more, more_top = _head(content, content.more())
    foot_top = _BOTTOM - height(foot_rows(feet, "", _LEFT, _RIGHT))
    shared = paginate(rows, lambda page, _: foot_top - (more_top if page else top))
    pages: list[list[Mark]] = []
    for number, part in enumerate(shared, 1):
        begin = more_top if number > 1 else top
        foot = foot_rows(feet, page_mark(number, len(shared)), _LEFT, _RIGHT)
        above = more if number > 1 else first
        words = settle(part, begin, begin + height(part), _NO_FOLD)
        pages.append([*above, *words, *settle(foot, foot_top, _BOTTOM, _NO_FOLD)])
    return pages


def _head(content: Content, lines: Sequence[SheetLine]) -> tuple[list[Mark], float]:
    """The head of the first page, or the shorter one of those that follow; and where the body begins."""
    said = {line.part: line for line in lines if line.part in HEAD_PARTS}
    marks: list[Mark] = [Ghost(said[Part.WATERMARK].value)] if Part.WATERMARK in said else []
    y, right, codes_end = _TOP, _RIGHT, _TOP
    if Part.NATION in said:
        above, y = letterhead(said, _HEAD if content.key else _BROAD_HEAD)
        marks.extend(above)
        y += 4 * MM
    if Part.KEY in said:
        band, codes_end = _codes(content, said)
        marks.extend(band)
        right = _BESIDE_BARS
    elif Part.CODE in said:
        marks.append(Run(_LEFT, y + baseline(11, 14), Face.REGULAR, 11, said[Part.CODE].text))
        y += 14
    title = Centred((_LEFT + right) / 2, right - _LEFT, y + 2 * MM)
    title.add(said[Part.TITLE].value, Face.BOLD, 14 if Part.NATION in said else 12)
    for part in (Part.REPLACEMENT, Part.REPRINT):
        if part in said:
            title.y += 1 * MM
            title.boxed(said[part].value, 10.5)
    marks.extend(title.marks)
    return marks, max(title.y, codes_end) + 3 * MM


def _codes(content: Content, said: Mapping[Part, SheetLine]) -> tuple[list[Mark], float]:
    """Bars above, their digits, and the QR below at the right edge with the words that go with it."""
    digits = said[Part.KEY].value
    middle = _BAR_AT + codes.BARCODE_WIDTH / 2
    y = _TOP + BAR_HEIGHT
    caption = middle - breaker().width(digits, Face.BOLD, 10) / 2
    marks: list[Mark] = [
        Code(f"B{content.key}", _BAR_AT, _TOP, BAR_HEIGHT),
        Run(caption, y + 11, Face.BOLD, 10, digits),
    ]
    y += 14 + codes.QR_QUIET * codes.MODULE
    marks.append(Code(f"Q{content.key}{content.secret}", _RIGHT - codes.QR_WIDTH, y, codes.QR_WIDTH))
    room = _RIGHT - codes.QR_WIDTH - codes.QR_QUIET * codes.MODULE - _BAR_AT
    down = y
    for part in (Part.CODE, Part.SECRET):
        pieces = [(Face.REGULAR, 9.0, said[part].label)]
        pieces += [(Face.BOLD, 9.0, piece) for piece in breaker().lines(said[part].value, Face.BOLD, 9, room)]
        for face, size, text in pieces:
            marks.append(Run(_BAR_AT, down + baseline(size, 11), face, size, text))
            down += 11
        down += 1.5
    return marks, max(down, y + codes.QR_WIDTH + codes.QR_QUIET * codes.MODULE)
