"""The rows of a long table: what they are, and how they look once their texts are set into the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import NamedTuple

from motcua_desktop.documents.fonts import Face
from motcua_desktop.documents.page import MM
from motcua_desktop.documents.table_text import Align, Letters, Text, TextSetter

HAIR = 0.4
PAD = 0.8 * MM
_ASCENT = 0.93  # from the top of a line to its baseline, in sizes
_BODY = Letters(Face.REGULAR, 8.5)

Line = tuple[float, float, float, float]  # x, y, to x, to y


class Column(NamedTuple):
    """A column: width in points; columns with the same `group` side by side stand under one title."""

    title: str
    width: float
    align: Align = Align.LEFT
    group: str = ""


class Cells(NamedTuple):
    """A row of texts; the first may span several columns. In the first `struck` columns a line goes through it."""

    texts: Sequence[str]
    bold: bool = False
    struck: int = 0
    span: int = 1


class Band(NamedTuple):
    """Words across the whole table; `keep` holds it to the next row, `clings` to the one before."""

    text: str
    face: Face = Face.BOLD
    keep: bool = False
    clings: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `numbered` adds the line (1) (2) (3) to the head.

    Points: `least` is the height of a row with little in it, `left` the distance from the page's margin,
    `follows` the height of what must not stand on a page without the last rows (signatures).
    """

    columns: Sequence[Column]
    rows: Sequence[Cells | Band]
    numbered: bool = False
    least: float = 8 * MM
    body: Letters = _BODY
    left: float = 0.0
    follows: float = 0.0


class SetRow(NamedTuple):
    """A row whose texts are set: its height, how far down its first baseline is, what stands where, and the
    upright lines between its cells.
    """

    height: float
    drop: float
    xs: Sequence[float]
    texts: Sequence[Text]
    inner: Sequence[float]
    struck: Sequence[float] = ()  # from where to where
    keep: bool = False
    clings: bool = False


class RowSetter:
    """Sets the rows of one table; `margin` is the page's left margin."""

    def __init__(self, table: Table, margin: float) -> None:
        self._table = table
        size, leading = table.body[1:]
        self._size, self._leading = size, leading
        widths = (column.width for column in table.columns)
        self.edges = tuple(accumulate(widths, initial=margin + table.left))
        self._xs = tuple(edge + PAD for edge in self.edges[:-1])
        self._inner = self.edges[1:-1]
        self._setters = {
            bold: [TextSetter(letters, c.width - 2 * PAD, c.align) for c in table.columns]
            for bold, letters in ((False, table.body), (True, Letters(Face.BOLD, size, leading)))
        }
        self._spans: dict[tuple[int, Face], TextSetter] = {}

    def parts(self, row: Cells | Band, room: float) -> list[SetRow]:
        """The row, in as many parts as it takes if none may be taller than `room`."""
        whole = self._band(row) if isinstance(row, Band) else self._cells(row)
        if whole.height <= room:
            return [whole]
        most = max(1, int((room - 2 * PAD) / self._leading))
        longest = max(len(text.lines) for text in whole.texts)
        return [
            self._sized([text.part(at, at + most) for text in whole.texts], whole.xs, whole.inner)
            for at in range(0, longest, most)
        ]

    def _band(self, band: Band) -> SetRow:
        text = self._across(len(self._table.columns), band.face).set(band.text)
        return self._sized((text,), self._xs[:1], ())._replace(keep=band.keep, clings=band.clings)

    def _cells(self, row: Cells) -> SetRow:
        if len(row.texts) + row.span - 1 != len(self._table.columns):
            raise ValueError(f"{len(row.texts)} texts for {len(self._table.columns)} columns")
        setters = self._setters[row.bold]
        if row.span == 1:
            texts = [setter.set(text) for setter, text in zip(setters, row.texts, strict=True)]
            struck = (self.edges[0], self.edges[row.struck]) if row.struck else ()
            return self._sized(texts, self._xs, self._inner, struck)
        first = self._across(row.span, Face.BOLD if row.bold else self._table.body[0]).set(row.texts[0])
        rest = [setter.set(text) for setter, text in zip(setters[row.span :], row.texts[1:], strict=True)]
        xs = (self._xs[0], *self._xs[row.span :])
        return self._sized((first, *rest), xs, self.edges[row.span : -1])

    def _across(self, span: int, face: Face) -> TextSetter:
        if (span, face) not in self._spans:
            width = self.edges[span] - self.edges[0] - 2 * PAD
            self._spans[span, face] = TextSetter(Letters(face, *self._table.body[1:]), width)
        return self._spans[span, face]

    def _sized(
        self, texts: Sequence[Text], xs: Sequence[float], inner: Sequence[float], struck: Sequence[float] = ()
    ) -> SetRow:
        lines = max([len(text.lines) for text in texts])
        height = max(self._table.least, lines * self._leading + 2 * PAD)
        drop = (height - lines * self._leading) / 2 + self._size * _ASCENT
        return SetRow(height, drop, xs, texts, inner, struck)


class TableHead:
    """The head of a table, set once and said again on every page: texts (x, baseline) and lines from its top."""

    def __init__(self, table: Table, edges: Sequence[float]) -> None:
        self.texts: list[tuple[float, float, Text]] = []
        self.rules: list[Line] = []
        self.height = 0.0
        self._columns, self._edges = table.columns, edges
        size, leading = table.body[1:]
        bold = Letters(Face.BOLD, size, leading)
        upper = leading + 2 * PAD if any(column.group for column in table.columns) else 0.0
        self._titles(bold, upper)
        self._groups(bold, upper)
        if table.numbered:
            self._numbers(Letters(Face.ITALIC, size, leading))

    def _titles(self, letters: Letters, upper: float) -> None:
        tops = [upper if column.group else 0.0 for column in self._columns]
        titles = [self._set(column.title, letters, at, at + 1) for at, column in enumerate(self._columns)]
        self.height = max(
            top + len(text.lines) * letters.leading + 2 * PAD for top, text in zip(tops, titles, strict=True)
        )
        for at, (top, text) in enumerate(zip(tops, titles, strict=True)):
            self._stand(text, at, top, self.height)
            if at:
                group = self._columns[at].group
                joined = group and group == self._columns[at - 1].group
                x = self._edges[at]
                self.rules.append((x, top if joined else 0.0, x, self.height))

    def _groups(self, letters: Letters, tall: float) -> None:
        at = 0
        for group, columns in groupby(self._columns, key=lambda column: column.group):
            end = at + len(list(columns))
            if group:
                self._stand(self._set(group, letters, at, end), at, 0.0, tall)
                self.rules.append((self._edges[at], tall, self._edges[end], tall))
            at = end

    def _numbers(self, letters: Letters) -> None:
        top, self.height = self.height, self.height + letters.leading + 2
        self.rules.append((self._edges[0], top, self._edges[-1], top))
        self.rules += [(x, top, x, self.height) for x in self._edges[1:-1]]
        for at in range(len(self._columns)):
            self._stand(self._set(f"({at + 1})", letters, at, at + 1), at, top, self.height)

    def _set(self, text: str, letters: Letters, at: int, end: int) -> Text:
        width = self._edges[end] - self._edges[at] - 2 * PAD
        return TextSetter(letters, width, Align.CENTRE).set(text)

    def _stand(self, text: Text, at: int, top: float, bottom: float) -> None:
        _, size, leading = text.letters
        y = (top + bottom - len(text.lines) * leading) / 2 + size * _ASCENT
        self.texts.append((self._edges[at] + PAD, y, text))
