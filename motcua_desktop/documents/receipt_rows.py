"""The body of a sheet, as rows: fields, the list of papers, the appointment's box, the signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from motcua_desktop.documents.flow import Row, moved
from motcua_desktop.documents.fonts import Face
from motcua_desktop.documents.page import MM, Breaker, Frame, Mark, Rule, Run
from motcua_desktop.documents.ruled import ruling, table_rows
from motcua_desktop.domain.receipt import Part, SheetLine

LEFT, RIGHT = 18 * MM, 138 * MM  # the left margin is wide for punch holes
WIDTH = RIGHT - LEFT
_TAB = 62 * MM  # where the second field of a row begins, from the left margin
_PAIR_GAP = 4 * MM
_BLANK = 24 * MM  # the least that is left to write on by hand
_MORE_BLANKS = 2  # further lines to write on where a field has no label, and so much to say
_MOST_KEPT = 8  # lines of a paragraph that is not torn by the end of a page
_TAIL_GAP = 4 * MM
_LONGEST_LABEL = 0.8  # of the width
_MOST_DUE_LINES = 5
_BOX_PAD = 2.2 * MM
_BOX_STROKE = 1.2
_DUE_SIZES = (16.0, 15.0, 14.0, 13.0)
_DUE_TEXT_SIZE = 12.0  # for words instead of a date that need more than a line
_SIGN_FROM_LEFT, _SIGN_FROM_RIGHT = 28 * MM, 30 * MM
_SIGN_WIDTH, _SIGN_TITLE_WIDTH = 56 * MM, 66 * MM
_DOTS = (0.6, 2.0)
# Columns' shares, type size on a slip and on a full page, least height of a row: the hand-overs (12 mm, to be
# written by hand), the parcels.
TABLES = {
    6: ((27, 20, 14, 14, 15, 10), 9.0, 11.0, 12 * MM),
    7: ((7, 28, 32, 40, 22, 30, 16), 9.0, 10.0, 9 * MM),
}


class Density(NamedTuple):
    """Type sizes and spaces in points; `lead` is the height of a line in ems."""

    body: float
    papers: float
    lead: float
    group: float
    sign: float
    stacked: bool  # the appointment below its label, not beside it


ROOMY = Density(11, 11, 1.26, 4, 17 * MM, True)
USUAL = Density(10.5, 10.5, 1.2, 2.5, 14 * MM, False)
SNUG = Density(10.5, 10, 1.17, 2.2, 12.5 * MM, False)
TIGHT = Density(10.5, 9, 1.15, 2, 12 * MM, False)
TIGHTEST = Density(10, 9, 1.08, 1.2, 9 * MM, False)  # rather than an appointment on a second page


class Column(NamedTuple):
    """Where rows stand: left and right edge in points from the panel's left."""

    left: float
    right: float


_PANEL = Column(LEFT, RIGHT)
Kept = dict[tuple[Density, float, tuple[SheetLine, ...]], tuple[Row, ...]]


def body_rows(
    lines: Sequence[SheetLine],
    density: Density,
    breaker: Breaker,
    column: Column = _PANEL,
    kept: Kept | None = None,
) -> list[Row]:
    """Rows of every line between the title and the foot, in order; `kept` saves another copy the same work."""
    return _Body(density, breaker, column, {} if kept is None else kept).rows(lines)


def baseline(size: float, tall: float) -> float:
    """Where the baseline lies in a line `tall` points high, from its top: room for marks above and below."""
    return tall / 2 + size * 0.32


class _Body:
    def __init__(self, density: Density, breaker: Breaker, column: Column, kept: Kept) -> None:
        self._d = density
        self._kept = kept
        self._left, self._right = column
        self._wide = self._right - self._left
        self._middle = (self._left + self._right) / 2
        self._breaker = breaker
        self._tall = density.body * density.lead

    def rows(self, lines: Sequence[SheetLine]) -> list[Row]:
        found: list[Row] = []
        hang = self._hang(lines)
        tail = False  # from here on all stays on one page: appointment and signatures
        at = 0
        while at < len(lines):
            line = lines[at]
            group = lines[at : at + self._span(lines, at)]
            at += len(group)
            tail = tail or line.source == "received_at" or line.part is Part.CLOSING
            if line.opens:
                found.append(Row(self._gap(line.part), (), keep=tail, opens=True))
            key = (self._d, hang, tuple(group))
            if key not in self._kept:
                self._kept[key] = tuple(self._drawn(group, hang))
            for row in self._kept[key]:
                found.append(replace(row, keep=True) if tail and not row.keep else row)
        return found

    def _span(self, lines: Sequence[SheetLine], at: int) -> int:
        part = lines[at].part
        if part is Part.DUE_LABEL:
            wanted = (Part.DUE, Part.DUE_NOTE)
        elif part is Part.SIGN:
            wanted = (Part.SIGN, Part.OFFICER)
        elif part is Part.COLUMN:
            wanted = (Part.COLUMN, Part.CELL)
        else:
            return 2 if at + 1 < len(lines) and lines[at + 1].beside else 1
        end = at + 1
        while end < len(lines) and lines[end].part in wanted:
            end += 1
        return end - at

    def _drawn(self, group: Sequence[SheetLine], hang: float) -> Iterator[Row]:
        line = group[0]
        match line.part:
            case Part.HEADING:
                yield Row(self._tall, (self._run(self._left, line.label, Face.BOLD),), keep=True)
            case Part.PAPER:
                yield from self._paper(line, hang)
            case Part.DUE_LABEL:
                yield from self._appointment(group)
            case Part.SIGN:
                yield self._signatures(group)
            case Part.COLUMN:
                yield from self._table(group)
            case Part.TEXT | Part.CLOSING | Part.RECIPIENT:
                pieces = self._breaker.lines(line.text, Face.REGULAR, self._d.body, self._wide)
                for left, piece in zip(range(len(pieces) - 1, -1, -1), pieces, strict=True):
                    whole = left > 0 and len(pieces) <= _MOST_KEPT
                    yield Row(self._tall, (self._run(self._left, piece),), keep=whole)
            case _ if len(group) == 2:
                yield from self._pair(group[0], group[1])
            case _:
                yield from self._field(line)

    def _table(self, group: Sequence[SheetLine]) -> Iterator[Row]:
        shares, narrow, broad, least = TABLES[sum(line.part is Part.COLUMN for line in group)]
        size = broad if self._wide > WIDTH + 1 else narrow
        ruled = ruling(shares, self._left, self._right, size, size - 0.5, least)
        yield from table_rows(group, ruled, self._breaker)

    def _gap(self, part: Part) -> float:
        return self._d.group * (2 if part is Part.SIGN else 1)

    def _run(self, x: float, text: str, face: Face = Face.REGULAR, size: float = 0, down: float = 0) -> Run:
        size = size or self._d.body
        return Run(x, down + baseline(size, size * self._d.lead), face, size, text)

    def _dots(self, start: float, end: float) -> Rule:
        y = baseline(self._d.body, self._tall) + 1
        return Rule(start, y, end, y, 0.6, _DOTS)

    def _width(self, text: str, face: Face = Face.REGULAR) -> float:
        return self._breaker.width(text, face, self._d.body)

    def _field(self, line: SheetLine) -> Iterator[Row]:
        label = f"{line.label} " if line.label else ""
        if self._width(label) > _LONGEST_LABEL * self._wide:
            for piece in self._breaker.lines(line.text, Face.REGULAR, self._d.body, self._wide):
                yield Row(self._tall, (self._run(self._left, piece),))
            return
        start = self._left + self._width(label)
        marks: list[Mark] = [self._run(self._left, label)] if label else []
        if not line.value:
            yield Row(self._tall, (*marks, self._dots(start, self._right)))
            for _ in range(0 if label else _MORE_BLANKS):
                yield Row(self._tall, (self._dots(self._left, self._right),))
            return
        face = Face.BOLD if line.part is Part.STRONG else Face.REGULAR
        pieces = self._breaker.lines(line.value, face, self._d.body, self._wide, self._right - start)
        if pieces[0]:
            marks.append(self._run(start, pieces[0], face))
        yield Row(self._tall, tuple(marks))
        for piece in pieces[1:]:
            yield Row(self._tall, (self._run(self._left, piece, face),))

    def _pair(self, one: SheetLine, other: SheetLine) -> Iterator[Row]:
        label, beside = f"{one.label} ", f"{other.label} "
        used = self._width(label) + (self._width(one.value) if one.value else _BLANK)
        needed = self._width(beside) + (self._width(other.value) if other.value else _BLANK)
        start = max(_TAB, used + _PAIR_GAP)
        if start + needed > self._wide:
            start = used + _PAIR_GAP
        if start + needed > self._wide:
            yield from self._field(one)
            yield from self._field(other)
            return
        marks: list[Mark] = []
        for text, value, x, end in (
            (label, one.value, self._left, self._left + start - _PAIR_GAP),
            (beside, other.value, self._left + start, self._right),
        ):
            after = x + self._width(text)
            marks.append(self._run(x, text))
            marks.append(self._run(after, value) if value else self._dots(after, end))
        yield Row(self._tall, tuple(marks))

    def _hang(self, lines: Sequence[SheetLine]) -> float:
        size = self._d.papers
        widths = [self._breaker.width(ln.label, Face.REGULAR, size) for ln in lines if ln.part is Part.PAPER]
        return max(widths, default=0.0) + 0.35 * size

    def _paper(self, line: SheetLine, hang: float) -> Iterator[Row]:
        size = self._d.papers
        if not line.value and not line.tail:
            dots = self._dots(self._left + hang, self._right)
            yield Row(self._tall, (self._run(self._left, line.label, size=size), dots))
            return
        tail = self._breaker.width(line.tail, Face.REGULAR, size)
        room = self._wide - hang - (tail + _TAIL_GAP if tail else 0)
        pieces = self._breaker.lines(line.value, Face.REGULAR, size, room)
        for place, piece in enumerate(pieces):
            marks: list[Mark] = [self._run(self._left, line.label, size=size)] if place == 0 else []
            marks.append(self._run(self._left + hang, piece, size=size))
            last = place == len(pieces) - 1
            if last and tail:
                marks.append(self._run(self._right - tail, line.tail, size=size))
            yield Row(size * self._d.lead, tuple(marks), keep=not last)

    def _appointment(self, group: Sequence[SheetLine]) -> Iterator[Row]:
        label, due, *notes = group
        inner = self._wide - 2 * _BOX_PAD
        words = self._breaker.lines(due.value, Face.BOLD, _DUE_TEXT_SIZE, inner)
        if len(words) > _MOST_DUE_LINES:  # an essay instead of a date: set like any other field
            yield from self._field(SheetLine(Part.STRONG, label.label, due.value))
            for note in notes:
                yield from self._field(note)
            return
        marks, y = self._date(label.label, due.value, inner)
        for note in notes:
            for piece in self._breaker.lines(note.text, Face.ITALIC, self._d.body, inner):
                marks.append(self._centred(piece, Face.ITALIC, self._d.body, y))
                y += self._tall
        y += _BOX_PAD
        yield Row(y, (Frame(self._left, 0, self._wide, y, _BOX_STROKE), *marks))

    def _date(self, label: str, due: str, inner: float) -> tuple[list[Mark], float]:
        """The label and the date inside the box, and where they end: side by side or one below the other."""
        start = self._width(label) + 3 * MM
        left, y = self._left + _BOX_PAD, _BOX_PAD
        if not due:
            y += self._tall / 2
            dots = self._dots(left + start, self._right - _BOX_PAD)
            return [self._run(left, label, down=y), moved(dots, y)], y + self._tall
        size = next((s for s in _DUE_SIZES if self._bold(due, s) <= inner - start), 0.0)
        if size and not self._d.stacked:
            line = baseline(size, size * 1.2) + y
            x = left + start + (inner - start - self._bold(due, size)) / 2
            date = Run(x, line, Face.BOLD, size, due)
            return [Run(left, line, Face.REGULAR, self._d.body, label), date], y + size * 1.2
        marks: list[Mark] = [self._run(left, label, down=y - 2)]
        y += self._tall - 2
        size = next((s for s in _DUE_SIZES if self._bold(due, s) <= inner), _DUE_TEXT_SIZE)
        for piece in self._breaker.lines(due, Face.BOLD, size, inner):
            marks.append(self._centred(piece, Face.BOLD, size, y))
            y += size * 1.25
        return marks, y

    def _bold(self, text: str, size: float) -> float:
        return self._breaker.width(text, Face.BOLD, size)

    def _centred(self, text: str, face: Face, size: float, y: float, middle: float = 0) -> Run:
        x = (middle or self._middle) - self._breaker.width(text, face, size) / 2
        return Run(x, y + baseline(size, size * 1.25), face, size, text)

    def _signatures(self, group: Sequence[SheetLine]) -> Row:
        """One or two signers; names stand under the last of them, the first of two names under the first."""
        titles = [line for line in group if line.part is Part.SIGN]
        names = [line for line in group if line.part is Part.OFFICER]
        places = (self._left + _SIGN_FROM_LEFT, self._right - _SIGN_FROM_RIGHT)[-len(titles) :]
        small, first = self._d.body - 0.5, 0.0
        marks: list[Mark] = []
        for title, middle in zip(titles, places, strict=True):
            down, within = 0.0, middle
            for piece in self._breaker.lines(title.label, Face.BOLD, self._d.body, _SIGN_TITLE_WIDTH):
                within = min(middle, self._right - self._bold(piece, self._d.body) / 2)
                marks.append(self._centred(piece, Face.BOLD, self._d.body, down, within))
                down += self._tall
            marks.append(self._centred(title.value, Face.ITALIC, small, down, within))
            first = max(first, down)
        y = below = first + self._tall + self._d.sign
        for name, middle in zip(reversed(names), reversed(places), strict=False):
            down = below
            for piece in self._breaker.lines(name.value, Face.BOLD, self._d.body, _SIGN_WIDTH):
                marks.append(self._centred(piece, Face.BOLD, self._d.body, down, middle))
                down += self._tall
            y = max(y, down)
        return Row(y, tuple(marks))
