"""Rows that flow down a panel and over to the next page.

A row is what must not be torn: a line of text, a box, the block of signatures. Rows know how tall they are
and what they show, and nothing of the page they end up on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from motcua_desktop.documents.page import MM, Code, Frame, Ghost, Mark, Rule, Run

FOLD = 105 * MM  # an A5 sheet is folded in half to fit a pocket
_FOLD_CLEAR = 2 * MM
_FOLD_REACH = 6 * MM
_LOOSE = 2 * MM


@dataclass(frozen=True, slots=True)
class Row:
    """Marks measured from the row's own top; `keep` holds it to the next row, `opens` lets a gap grow.

    `under` is the heading that is said again above the row where it begins a page.
    """

    height: float
    marks: tuple[Mark, ...]
    keep: bool = False
    opens: bool = False
    under: Self | None = None


def height(rows: Sequence[Row]) -> float:
    """Height of rows set one under the other, in points."""
    return sum(row.height for row in rows)


def paginate(rows: Sequence[Row], room: Callable[[int, bool], float]) -> list[list[Row]]:
    """Share rows out to pages; `room(page, last)` says how tall a page's rows may be.

    A break falls after the last row that fits and is not kept with its follower; if every one is kept, it
    falls where the page is full. A row taller than a page stands alone on one.
    """
    pages: list[list[Row]] = []
    rest = list(rows)
    while rest and height(rest) > room(len(pages), True):
        cut = _cut(rest, room(len(pages), False))
        if cut == len(rest):
            break
        pages.append(rest[:cut])
        rest = rest[cut:]
        if rest[0].under is not None and cut > 1:
            rest = [rest[0].under, *rest]
    return [*pages, rest]


def settle(rows: Sequence[Row], top: float, bottom: float, fold: float = FOLD) -> list[Mark]:
    """Marks of rows set from `top` down, in panel coordinates; room left above `bottom` loosens groups.

    Where a group would begin on the horizontal fold it is moved past it, if there is room for that.
    """
    marks: list[Mark] = []
    spare = max(0.0, bottom - top - height(rows))
    loose = min(_LOOSE, spare / (2 * max(1, sum(row.opens for row in rows))))
    y = top
    for row in rows:
        gap = loose if row.opens else 0.0
        past = fold + _FOLD_CLEAR
        if row.opens and past - _FOLD_REACH < y + row.height + gap < past and past - y <= spare:
            gap = past - y - row.height
        gap = min(gap, spare)
        spare -= gap
        y += gap
        marks.extend(moved(mark, y) for mark in row.marks)
        y += row.height
    return marks


def moved(mark: Mark, down: float, right: float = 0) -> Mark:
    """The same mark, lower by `down` points and farther to the right by `right`."""
    match mark:
        case Run(x, y, face, size, text):
            return Run(x + right, y + down, face, size, text)
        case Rule(x, y, to_x, to_y, width, dash):
            return Rule(x + right, y + down, to_x + right, to_y + down, width, dash)
        case Frame(x, y, width, tall, stroke):
            return Frame(x + right, y + down, width, tall, stroke)
        case Code(name, x, y, tall):
            return Code(name, x + right, y + down, tall)
        case Ghost():
            return mark


def _cut(rows: Sequence[Row], room: float) -> int:
    used = 0.0
    fits = 0
    for row in rows:
        used += row.height
        if used > room:
            break
        fits += 1
    fits = max(1, min(fits, len(rows) - 1))
    return next((n for n in range(fits, 0, -1) if not rows[n - 1].keep), fits)
