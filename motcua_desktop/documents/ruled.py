"""Tables on a sheet: ruled rows that grow with their words and say their heading again on the next page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from motcua_desktop.documents.flow import Row
from motcua_desktop.documents.fonts import Face
from motcua_desktop.documents.page import MM, Breaker, Mark, Rule, Run
from motcua_desktop.domain.receipt import Part, SheetLine

_LINE = 0.6
_LEAD = 1.2
_PAD = 1 * MM
_MOST_SPREAD = 1.5 * MM  # between the lines of a cell, so that there is room to write beside them


class Ruling(NamedTuple):
    """How a table is ruled: edges in points from the panel's left, type size, the least height of a row."""

    edges: tuple[float, ...]
    size: float
    heading: float
    least: float


def ruling(
    shares: Sequence[float], left: float, right: float, size: float, heading: float, least: float
) -> Ruling:
    """A ruling whose columns share the width."""
    edges = [left]
    for share in shares:
        edges.append(edges[-1] + share * (right - left) / sum(shares))
    return Ruling(tuple(edges), size, heading, least)


def table_rows(lines: Sequence[SheetLine], ruled: Ruling, breaker: Breaker) -> Iterator[Row]:
    """Rows of a table: its columns' headings, then cells row by row. A cell's tail begins a line of its own."""
    titles = [line for line in lines if line.part is Part.COLUMN]
    cells = [line for line in lines if line.part is Part.CELL]
    columns = len(ruled.edges) - 1
    if len(titles) != columns or len(cells) % columns:
        raise ValueError(f"{len(titles)} headings and {len(cells)} cells do not make {columns} columns")
    heading = _heading(titles, ruled, breaker)
    yield heading
    for start in range(0, len(cells), columns):
        yield _row(cells[start : start + columns], ruled, breaker, heading)


def _heading(titles: Sequence[SheetLine], ruled: Ruling, breaker: Breaker) -> Row:
    size, lead = ruled.heading, ruled.heading * _LEAD
    words = [breaker.lines(title.value, Face.BOLD, size, _room(ruled, n)) for n, title in enumerate(titles)]
    tall = max(map(len, words)) * lead + 2 * _PAD
    marks: list[Mark] = [Rule(ruled.edges[0], 0, ruled.edges[-1], 0, _LINE)]
    for n, pieces in enumerate(words):
        y = (tall - len(pieces) * lead) / 2
        middle = (ruled.edges[n] + ruled.edges[n + 1]) / 2
        for piece in pieces:
            x = middle - breaker.width(piece, Face.BOLD, size) / 2
            marks.append(Run(x, y + lead / 2 + size * 0.32, Face.BOLD, size, piece))
            y += lead
    return Row(tall, (*marks, *_grid(ruled, tall)), keep=True)


def _row(cells: Sequence[SheetLine], ruled: Ruling, breaker: Breaker, heading: Row) -> Row:
    size, lead = ruled.size, ruled.size * _LEAD
    words = [
        [
            piece
            for text in (f"{cell.label} {cell.value}".strip(), cell.tail)
            if text
            for piece in breaker.lines(text, Face.REGULAR, size, _room(ruled, n))
        ]
        for n, cell in enumerate(cells)
    ]
    tall = max(ruled.least, max(map(len, words)) * lead + 2 * _PAD)
    marks: list[Mark] = []
    for n, pieces in enumerate(words):
        spare = tall - 2 * _PAD - len(pieces) * lead
        spread = min(_MOST_SPREAD, max(0.0, spare / max(1, len(pieces)))) if cells[n].tail else 0.0
        y = _PAD + (spare - spread * (len(pieces) - 1)) / 2
        for piece in pieces:
            marks.append(Run(ruled.edges[n] + _PAD, y + lead / 2 + size * 0.32, Face.REGULAR, size, piece))
            y += lead + spread
    return Row(tall, (*marks, *_grid(ruled, tall)), under=heading)


def _room(ruled: Ruling, column: int) -> float:
    return ruled.edges[column + 1] - ruled.edges[column] - 2 * _PAD


def _grid(ruled: Ruling, tall: float) -> Iterator[Mark]:
    for edge in ruled.edges:
        yield Rule(edge, 0, edge, tall, _LINE)
    yield Rule(ruled.edges[0], tall, ruled.edges[-1], tall, _LINE)
