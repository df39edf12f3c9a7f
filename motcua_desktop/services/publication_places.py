"""Where in a list something stands: rows that contradict each other, a name that cannot be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from motcua_desktop.domain.publication import BadRow, Publication, Trouble
from motcua_desktop.domain.text import clean, fold
from motcua_desktop.services.person import undrawable
from motcua_desktop.services.publication_columns import Column, Heading, find_heading
from motcua_desktop.services.publication_terms import Unreadable, case_of_channel, is_unsaid, read_terms
from motcua_desktop.services.spreadsheet import Line, Sheet

_CODE = re.compile(r"[1-6]\.\d{6}")
_SHORT_CODE = re.compile(r"[1-6]\.\d{1,5}")


@dataclass(frozen=True, slots=True)
class _Place:
    """A row of one procedure, and the headings above it."""

    sheet: Sheet
    heading: Heading
    line: Line

    def said(self, column: Column) -> str:
        at = self.heading.places.get(column)
        text = self.line.cells[at] if at is not None and at < len(self.line.cells) else ""
        return "" if is_unsaid(text) else text


def with_both_rows(publication: Publication, sheets: Sequence[Sheet]) -> Publication:
    """Each contradiction with the row that it contradicts."""
    found = (_with_other(row, publication, sheets) for row in publication.bad)
    return replace(publication, bad=tuple(found))


def _with_other(row: BadRow, publication: Publication, sheets: Sequence[Sheet]) -> BadRow:
    if row.code is None or row.problem not in (Trouble.SAID_TWICE, Trouble.ALSO_ENDED):
        return row
    if row.problem is Trouble.ALSO_ENDED:
        sheet, first = publication.places[row.code]
        return replace(row, against=first, against_sheet=sheet)
    places = list(_places(row.code, sheets))
    if not row.column:
        return _with_terms(row, places)
    column = next((c for place in places if (c := _column(place.heading, row.column))), None)
    for place in places:
        here = (place.sheet.name, place.line.number) == (row.sheet, row.row)
        if column is not None and not here and place.said(column):
            return replace(row, against=place.line.number, against_sheet=place.sheet.name)
    return row


def _column(heading: Heading, title: str) -> Column | None:
    return next((column for column in heading.places if heading.title(column) == title), None)


def _with_terms(row: BadRow, places: Sequence[_Place]) -> BadRow:
    """Two terms of one case: the first two rows that say them."""
    said: dict[str, tuple[_Place, tuple[Any, ...]]] = {}
    for place in places:
        for case, term in _terms(place):
            first, before = said.setdefault(case, (place, term))
            if before != term:
                return _named(row, place, first)
    return row


def _named(row: BadRow, place: _Place, first: _Place) -> BadRow:
    column = Column.TERM if place.said(Column.TERM) else Column.STATUTORY
    other = 0 if first is place else first.line.number
    return replace(
        row,
        row=place.line.number,
        sheet=place.sheet.name,
        column=place.heading.title(column),
        text=" ".join(place.said(column).split()),
        against=other,
        against_sheet=first.sheet.name if other else "",
    )


def _terms(place: _Place) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Each term that a row says of a case or a channel of its own."""
    text = place.said(Column.TERM) or place.said(Column.STATUTORY)
    try:
        rows = read_terms(text, place.heading.unit).rows if text else ()
    except Unreadable:
        return
    law = fold(place.said(Column.STATUTORY))
    for row in rows:
        case = _case(row, place)
        if case:
            yield case, (row["kind"], row["value"], row.get("after"), law)


def _case(row: Mapping[str, Any], place: _Place) -> str:
    case = row.get("case") or " ".join(place.said(Column.TERM_CASE).split())
    channel = row.get("channel") or " ".join(place.said(Column.CHANNEL).split())
    return case or case_of_channel(channel) or ""


def without_unprintable(publication: Publication, sheets: Sequence[Sheet]) -> Publication:
    """The list without the procedures that have a name (their own or a paper's) which no sheet can print."""
    bad = [found for row in publication.rows if (found := _unprintable(row, publication, sheets))]
    if not bad:
        return publication
    spoilt = {row.code for row in bad}
    return replace(
        publication,
        rows=tuple(row for row in publication.rows if row["code"] not in spoilt),
        bad=tuple(sorted((*publication.bad, *bad), key=lambda row: (row.sheet, row.row))),
        remarks=tuple(row for row in publication.remarks if row.code not in spoilt),
    )


def _unprintable(row: Mapping[str, Any], publication: Publication, sheets: Sequence[Sheet]) -> BadRow | None:
    for column, text in _names(row):
        if holes := undrawable(text):
            sheet, number = publication.places[row["code"]]
            code, name = row["code"], row.get("name", "")
            known = BadRow(number, str(column), Trouble.UNPRINTABLE, text, code, name, sheet)
            return _at(known, column, holes, list(_places(code, sheets)))
    return None


def _names(row: Mapping[str, Any]) -> Iterator[tuple[Column, str]]:
    yield Column.NAME, row.get("name") or ""
    yield Column.SHORT_NAME, row.get("short_name") or ""
    for paper in row.get("documents", ()):
        yield Column.PAPER, paper["name"]
        yield Column.PAPER_SHORT, paper.get("short") or ""


def _at(known: BadRow, column: Column, holes: str, places: Sequence[_Place]) -> BadRow:
    for place in places:
        if set(holes) & set(undrawable(clean(place.said(column)))):
            title = place.heading.title(column)
            return replace(known, row=place.line.number, sheet=place.sheet.name, column=title)
    return known


def _places(code: str, sheets: Sequence[Sheet]) -> Iterator[_Place]:
    """The rows of a procedure: those with its code, and those below without any."""
    for sheet in sheets:
        heading = find_heading(sheet)
        within = False
        for line in sheet.lines[heading.first :] if heading else ():
            place = _Place(sheet, heading, line) if heading else None
            if place is None:
                break
            codes = _codes(place)
            within = code in codes if codes or place.said(Column.CODE) else within
            if within:
                yield place


def _codes(place: _Place) -> list[str]:
    text = place.said(Column.CODE)
    if place.heading.places.get(Column.CODE) in place.line.numbers and _SHORT_CODE.fullmatch(text):
        return [f"{text:0<8}"]
    return _CODE.findall(text.replace(" ", ""))
