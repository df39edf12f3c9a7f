"""Apology and stop notice as administrative documents: A4, margins and type as NĐ 30/2020/NĐ-CP, phụ lục I.

Top and bottom 20 mm, left 30, right 20; the page's number stands in the top margin from the second page on.
The dossier's bars are small and stand at the foot, for whoever files the copy that stays in the office.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from motcua_desktop.documents import codes
from motcua_desktop.documents.flow import Row, height, paginate, settle
from motcua_desktop.documents.fonts import Face
from motcua_desktop.documents.page import MM, Code, Ghost, Mark, Rule, Run, breaker
from motcua_desktop.documents.panel import SMALL_BAR_HEIGHT, Content
from motcua_desktop.documents.prose import Prose, blank_line, paragraph
from motcua_desktop.documents.receipt_head import HEAD_PARTS, Centred, Letterhead, letterhead
from motcua_desktop.documents.receipt_rows import baseline
from motcua_desktop.domain.receipt import Part, SheetLine

_TALL, _WIDE = 297 * MM, 210 * MM
_TOP, _BOTTOM, _LEFT, _RIGHT = 20 * MM, _TALL - 20 * MM, 30 * MM, _WIDE - 20 * MM
_HEAD = Letterhead(
    _TOP,
    _LEFT + 33 * MM,
    66 * MM,
    _RIGHT - 45 * MM,
    90 * MM,
    office=12,
    nation=12,
    motto=13,
    number=13,
    place=13,
)
_PROSE = Prose(_LEFT, _RIGHT, 13)
_DENSE = _PROSE._replace(lead=1.12)  # rather than a signature on a second page
_HANG = 8 * MM  # how far in the further lines of a numbered one begin
_NUMBER_AT = 13 * MM  # the page's number, in the top margin
_SIGN_AT, _SIGN_WIDTH, _SIGN_ROOM = _RIGHT - 40 * MM, 80 * MM, 24 * MM
_COPIES_WIDTH = 70 * MM
_FOOT_PARTS = frozenset({Part.KEY, Part.NOTE, Part.IMPRINT})
_FOOT_SIZE = 9.0
_FOOT_LEAD = 1.25
_NO_FOLD = 0.0


def office_pages(content: Content) -> list[list[Mark]]:
    """The marks of every page."""
    body = [line for line in content.lines if line.part not in HEAD_PARTS and line.part not in _FOOT_PARTS]
    first, top = _first(content.lines)
    foot, foot_top = _foot(content)
    for prose in (_PROSE, _DENSE):
        rows = list(_rows(body, prose))
        if top + height(rows) <= foot_top:
            return [[*first, *settle(rows, top, top + height(rows), _NO_FOLD), *foot]]
    rows = list(_rows(body, _PROSE))
    more, more_top = _further(content.more())
    shared = paginate(rows, lambda page, _: foot_top - (more_top if page else top))
    pages: list[list[Mark]] = []
    for number, part in enumerate(shared, 1):
        begin = more_top if number > 1 else top
        above = [*more, _page_number(number)] if number > 1 else first
        pages.append([*above, *settle(part, begin, begin + height(part), _NO_FOLD), *foot])
    return pages


def _first(lines: Sequence[SheetLine]) -> tuple[list[Mark], float]:
    said = {line.part: line for line in lines if line.part in HEAD_PARTS}
    marks, y = letterhead(said, _HEAD)
    title = Centred((_LEFT + _RIGHT) / 2, _RIGHT - _LEFT, y + 7 * MM)
    title.add(said[Part.TITLE].value, Face.BOLD, 14)
    _stamp(title, said)
    return [*_ghosts(said), *marks, *title.marks], title.y + 2 * MM


def _further(lines: Sequence[SheetLine]) -> tuple[list[Mark], float]:
    said = {line.part: line for line in lines}
    column = Centred((_LEFT + _RIGHT) / 2, _RIGHT - _LEFT, _TOP)
    if Part.CODE in said:
        column.add(said[Part.CODE].text, Face.REGULAR, 11)
    column.add(said[Part.TITLE].value, Face.BOLD, 11)
    _stamp(column, said)
    return [*_ghosts(said), *column.marks], column.y + 2 * MM


def _stamp(column: Centred, said: Mapping[Part, SheetLine]) -> None:
    for part in (Part.REPLACEMENT, Part.REPRINT):
        if part in said:
            column.y += 1 * MM
            column.boxed(said[part].value, 11)


def _ghosts(said: Mapping[Part, SheetLine]) -> list[Mark]:
    return [Ghost(said[Part.WATERMARK].value)] if Part.WATERMARK in said else []


def _page_number(number: int) -> Mark:
    text = str(number)
    return Run(
        (_LEFT + _RIGHT - breaker().width(text, Face.REGULAR, 13)) / 2, _NUMBER_AT, Face.REGULAR, 13, text
    )


def _rows(lines: Sequence[SheetLine], prose: Prose) -> Iterator[Row]:
    last = False
    for line in lines:
        last = last or line.part is Part.CLOSING
        if line.part is Part.SIGN:
            yield _signatures([ln for ln in lines if ln.part in (Part.SIGN, Part.OFFICER, Part.RECIPIENT)])
            return
        yield from _drawn(line, last, prose)


def _drawn(line: SheetLine, keep: bool, prose: Prose) -> Iterator[Row]:
    if line.source == "addressee":
        yield from _addressee(line, prose)
    elif line.part in (Part.FIELD, Part.STRONG, Part.PAPER) and not line.value:
        yield from blank_line(line.label, prose, breaker())
    elif line.part is Part.PAPER:
        shifted = prose._replace(left=prose.left + prose.indent, before=3)
        yield from paragraph(line.text, shifted, breaker(), hang=_HANG)
    else:
        yield from paragraph(line.text, prose, breaker(), keep=keep or line.part is Part.HEADING)


def _addressee(line: SheetLine, prose: Prose) -> Iterator[Row]:
    """`Kính gửi:` with the name beside it, both in the middle; a long name goes on below its beginning."""
    size, tall = prose.size + 1, (prose.size + 1) * prose.lead
    yield Row(6 * MM, (), keep=True)
    if not line.value:
        yield from blank_line(line.label, prose, breaker())
        return
    label = breaker().width(f"{line.label} ", Face.REGULAR, size)
    pieces = breaker().lines(line.value, Face.BOLD, size, 120 * MM - label)
    broad = label + max(breaker().width(piece, Face.BOLD, size) for piece in pieces)
    x = (_LEFT + _RIGHT - broad) / 2
    marks: list[Mark] = [Run(x, baseline(size, tall), Face.REGULAR, size, f"{line.label} ")]
    for place, piece in enumerate(pieces):
        marks.append(Run(x + label, place * tall + baseline(size, tall), Face.BOLD, size, piece))
    yield Row(len(pieces) * tall, tuple(marks))
    yield Row(4 * MM, ())


def _signatures(lines: Sequence[SheetLine]) -> Row:
    """Who signs at the right; at the left who gets a copy."""
    column = Centred(_SIGN_AT, _SIGN_WIDTH, 6 * MM)
    for line in lines:
        if line.part is Part.SIGN:
            column.add(line.label, Face.BOLD, 13)
            column.add(line.value, Face.ITALIC, 12)
        elif line.part is Part.OFFICER:
            column.y += _SIGN_ROOM
            column.add(line.value, Face.BOLD, 13)
    marks, y = list(column.marks), 6 * MM
    for line in lines:
        if line.part is Part.RECIPIENT:
            face, size = (Face.BOLD_ITALIC, 12.0) if line.label else (Face.REGULAR, 11.0)
            for piece in breaker().lines(line.text, face, size, _COPIES_WIDTH):
                marks.append(Run(_LEFT, y + baseline(size, size * 1.25), face, size, piece))
                y += size * 1.25
    return Row(max(column.y, y), tuple(marks))


def _foot(content: Content) -> tuple[list[Mark], float]:
    """Small bars at the left, beside them their digits, hotline, and which print; and where the foot begins."""
    said = [line for line in content.lines if line.part in _FOOT_PARTS]
    left = _LEFT + (codes.SMALL_BARCODE_WIDTH + 6 * MM if content.key else 0)
    pieces = [
        (Face.ITALIC if line.part is Part.NOTE else Face.REGULAR, piece)
        for line in said
        for piece in breaker().lines(line.text, Face.ITALIC, _FOOT_SIZE, _RIGHT - left)
    ]
    tall = max(len(pieces) * _FOOT_SIZE * _FOOT_LEAD, SMALL_BAR_HEIGHT if content.key else 0.0)
    top = _BOTTOM - tall
    marks: list[Mark] = [Rule(_LEFT, top - 2 * MM, _RIGHT, top - 2 * MM, 0.6)]
    if content.key:
        marks.append(Code(f"S{content.key}", _LEFT, top, SMALL_BAR_HEIGHT))
    y = top
    for face, piece in pieces:
        marks.append(Run(left, y + baseline(_FOOT_SIZE, _FOOT_SIZE * _FOOT_LEAD), face, _FOOT_SIZE, piece))
        y += _FOOT_SIZE * _FOOT_LEAD
    return marks, top - 4 * MM
