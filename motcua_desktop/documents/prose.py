"""Paragraphs as a document has them: indented, justified, kept in whole words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from motcua_desktop.documents.flow import Row
from motcua_desktop.documents.fonts import Face
from motcua_desktop.documents.page import MM, Breaker, Mark, Rule, Run

_WIDEST_GAP = 3.0  # times a space: a line that would be torn farther apart stays ragged
_DOTS = (0.6, 2.0)


class Prose(NamedTuple):
    """How paragraphs are set: edges, type size, height of a line in ems, indent and space before in points."""

    left: float
    right: float
    size: float
    lead: float = 1.25
    indent: float = 10 * MM
    before: float = 6.0

    @property
    def tall(self) -> float:
        return self.size * self.lead

    @property
    def wide(self) -> float:
        return self.right - self.left


def paragraph(
    text: str, prose: Prose, breaker: Breaker, face: Face = Face.REGULAR, hang: float = 0, keep: bool = False
) -> Iterator[Row]:
    """Rows of one paragraph with the space before it; with `hang` its further lines stand in instead."""
    yield Row(prose.before, (), keep=True)
    indent = 0.0 if hang else prose.indent
    pieces = breaker.lines(text, face, prose.size, prose.wide - hang, prose.wide - indent)
    for place, piece in enumerate(pieces):
        start = prose.left + (indent if place == 0 else hang)
        last = place == len(pieces) - 1
        runs = tuple(_set(piece, start, prose, breaker, face, justify=not last))
        yield Row(prose.tall, runs, keep=keep or (place == 0 and not last) or place == len(pieces) - 2)


def blank_line(label: str, prose: Prose, breaker: Breaker) -> Iterator[Row]:
    """A label and a dotted line to write on."""
    start = prose.left + prose.indent
    y = prose.tall / 2 + prose.size * 0.32
    after = start + breaker.width(f"{label} ", Face.REGULAR, prose.size)
    marks: tuple[Mark, ...] = (Run(start, y, Face.REGULAR, prose.size, label),) if label else ()
    yield Row(prose.before, (), keep=True)
    yield Row(prose.tall, (*marks, Rule(after, y + 1, prose.right, y + 1, 0.6, _DOTS)))


def _set(text: str, x: float, prose: Prose, breaker: Breaker, face: Face, justify: bool) -> Iterator[Mark]:
    y = prose.tall / 2 + prose.size * 0.32
    words = text.split(" ")
    space = breaker.width(" ", face, prose.size)
    used = sum(breaker.width(word, face, prose.size) for word in words)
    gap = (prose.right - x - used) / (len(words) - 1) if len(words) > 1 else 0.0
    if not justify or not space * 0.9 <= gap <= space * _WIDEST_GAP:
        yield Run(x, y, face, prose.size, text)
        return
    for place, word in enumerate(words):
        yield Run(x, y, face, prose.size, word if place == len(words) - 1 else f"{word} ")
        x += breaker.width(word, face, prose.size) + gap
