"""The rows of a province's list as proposed procedures: one block of rows a procedure, each value with its place.

A procedure with a bad row is left out whole, for half of its papers would be worse than its version in force.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from motcua_desktop.domain.procedure import Need
from motcua_desktop.domain.publication import BadRow, Publication, Trouble
from motcua_desktop.domain.publication_merge import alike, name_key
from motcua_desktop.domain.text import clean, fold
from motcua_desktop.services.publication_columns import Column, Heading, above, column_of, find_heading
from motcua_desktop.services.publication_head import Head, ends_procedures, one_day, read_head
from motcua_desktop.services.publication_papers import Pile, read_count, read_quantity
from motcua_desktop.services.publication_terms import (
    Unreadable,
    is_unsaid,
    read_channels,
    read_fee,
    read_terms,
    read_whole_number,
)
from motcua_desktop.services.publication_union import joined_fees, settled_terms
from motcua_desktop.services.spreadsheet import Line, Sheet, joined

_CODE = re.compile(r"([1-6]\.\d{6})((?:\.\d{3}\.\d{2}\.\d{2})?(?:\.H\d{2})?)", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLC]+\.?|[A-ZĐ]\.?")
_LEFT_OUT = re.compile(r"^(?:tong (?:cong|so)|ghi chu|luu y|noi nhan|nguoi lap|danh muc nay)")
_FIELD = re.compile(r"^(?:[ivxlc]+\.?|[a-z]\.|\d+\.?)?\s*linh vuc\s*:?\s*")
_HEADING_CELLS = (Column.IGNORED, Column.CODE, Column.NAME, Column.FIELD)
_YES, _NO = frozenset({"co", "x", "dung", "yes", "true"}), frozenset({"khong", "no", "false", "sai"})


def _text(text: str) -> str:
    return " ".join(text.split())


def _yes(text: str) -> bool:
    folded = fold(text).strip(" .")
    if folded not in _YES | _NO:
        raise Unreadable(Trouble.CHOICE_UNKNOWN)
    return folded in _YES


def _choice(**words: str) -> Callable[[str], str]:
    """A reader for a cell that begins with one of some words, keys with _ for a space."""

    def read(text: str) -> str:
        found = [word for key, word in words.items() if fold(text).startswith(key.replace("_", " "))]
        if not found:
            raise Unreadable(Trouble.CHOICE_UNKNOWN)
        return found[0]

    return read


def _sets(text: str) -> int:
    number = read_whole_number(text)
    if not number:
        raise Unreadable(Trouble.COUNT_UNREADABLE)
    return number


def _day(text: str) -> str:
    day = one_day(text)
    if day is None:
        raise Unreadable(Trouble.DATE_UNREADABLE)
    return day.isoformat()


def _spoken(title: str) -> str:
    """A title in capitals as the name of a field."""
    return title.capitalize() if title.isupper() else title


def _length(term: dict[str, Any]) -> tuple[str, int | None]:
    return term["kind"], term["value"]


_SCALARS: dict[Column, Callable[[str], Any]] = {
    Column.SHORT_NAME: _text,
    Column.ALIAS: _text,
    Column.FIELD: _text,
    Column.AUTHORITY: _text,
    Column.ROUTING: _text,
    Column.AT_COUNTER: _yes,
    Column.IMMEDIATE: _yes,
    Column.CLOCK: _choice(tam_dung="pause", tinh_lai="restart"),
    Column.STARTS: _day,
    Column.ENDS: _day,
    Column.SOURCE: _text,
    Column.RESULT: _text,
    Column.SETS: _sets,
}
_MODE = _choice(nop="submit", xuat_trinh="present")
_NEED = _choice(
    luon_can=str(Need.ALWAYS), theo_truong_hop=str(Need.CASE), khi_nop_truc_tuyen=str(Need.ONLINE)
)


@dataclass(slots=True)
class _Block:
    """The rows of one procedure; `code` is None for one whose code nobody can read."""

    code: str | None
    name: str
    sheet: str
    row: int
    said: dict[str, Any] = field(default_factory=dict)
    terms: list[dict[str, Any]] = field(default_factory=list)
    totals: list[dict[str, Any]] = field(default_factory=list)
    fees: list[dict[str, Any]] = field(default_factory=list)
    pile: Pile = field(default_factory=Pile)
    section: str = ""
    bad: bool = False
    ended: bool = False


def _place(row: BadRow) -> tuple[str, int]:
    return row.sheet, row.row


class ProvinceList:
    """Reads sheets one after another; `known` are the codes that the catalogue has."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._blocks: dict[str, _Block] = {}
        self._bad: list[BadRow] = []
        self._remarks: list[BadRow] = []
        self._unread: list[str] = []
        self._head = Head()

    def publication(self, source: str, starts: date | None, today: date) -> Publication:
        """What was read; `source` and `starts` go before what the list's own head says."""
        self._remark_same_names()
        blocks = [(block, self._row(block)) for block in self._blocks.values() if not block.ended]
        spoilt = {block.code for block in self._blocks.values() if block.bad}
        return Publication(
            source=source or self._head.source,
            starts=starts or self._head.starts or today,
            rows=tuple(row for block, row in blocks if not block.bad),
            ended=tuple(b.code for b in self._blocks.values() if b.ended and not b.bad and b.code),
            bad=tuple(sorted(self._bad, key=_place)),
            remarks=tuple(sorted((r for r in self._remarks if r.code not in spoilt), key=_place)),
            unread_columns=tuple(dict.fromkeys(self._unread)),
            places={code: (block.sheet, block.row) for code, block in self._blocks.items()},
        )

    def read(self, sheet: Sheet) -> bool:
        """Take up one sheet; False where it has no headings that anybody knows."""
        heading = find_heading(sheet)
        if heading is None:
            return False
        titles = list(joined(above(sheet, heading)))
        self._head = self._head.or_else(read_head(" \n ".join(titles)))
        self._unread += heading.unread
        _SheetReader(
            self, sheet, heading, ends_procedures(sheet.name) or any(map(ends_procedures, titles))
        ).read()
        return True

    def leave_out(self, sheet: Sheet) -> None:
        """Say that a sheet was not read."""
        self._remarks.append(BadRow(1, "", Trouble.LINE_LEFT_OUT, sheet.name, None, "", sheet.name))

    def _row(self, block: _Block) -> dict[str, Any]:
        row = {"code": block.code, **block.said}
        if block.name:
            row["name"] = block.name
        if block.section:
            row.setdefault("field", block.section)
        try:
            terms, became = settled_terms(block.terms)
            totals, _ = settled_terms(block.totals)
        except Unreadable as unreadable:
            self.refuse(block, block.row, "", unreadable.trouble, "")
            return row
        if became:
            self.remark(block, block.row, "", Trouble.TERMS_BECAME_CASES, "; ".join(became))
        lists = {"terms": terms, "total_terms": totals, "fees": joined_fees(block.fees)}
        return row | {key: rows for key, rows in (*lists.items(), ("documents", block.pile.papers)) if rows}

    def _remark_same_names(self) -> None:
        named: dict[str, list[_Block]] = {}
        for block in self._blocks.values():
            named.setdefault(name_key(block.name), []).append(block)
        for key, blocks in named.items():
            for block in blocks if key and len(blocks) > 1 else ():
                codes = ", ".join(str(other.code) for other in blocks)
                self.remark(block, block.row, "", Trouble.SAME_NAME_TWICE, codes)

    def refuse(
        self, block: _Block, row: int, title: str, trouble: Trouble, text: str, sheet: str | None = None
    ) -> None:
        """Name a bad row; the whole procedure is left out."""
        block.bad = True
        where = block.sheet if sheet is None else sheet
        self._bad.append(BadRow(row, title, trouble, text, block.code, block.name, where))

    def remark(
        self, block: _Block, row: int, title: str, trouble: Trouble, text: str, sheet: str | None = None
    ) -> None:
        """Tell what was done to a row that is taken."""
        where = block.sheet if sheet is None else sheet
        self._remarks.append(BadRow(row, title, trouble, text, block.code, block.name, where))

    def choose(self, codes: Sequence[str]) -> str:
        """Of several codes of one procedure the one that is known here, else the first."""
        return next((code for code in codes if code in self._known), codes[0])

    def block(self, code: str, name: str, sheet: str, row: int) -> _Block:
        """The procedure's block, made when its code comes up for the first time."""
        return self._blocks.setdefault(code, _Block(code, name, sheet, row))


class _SheetReader:
    """One sheet, row by row, with the block that the next rows go on with."""

    def __init__(self, whole: ProvinceList, sheet: Sheet, heading: Heading, ended: bool) -> None:
        self._list = whole
        self._sheet = sheet
        self._heading = heading
        self._ended = ended
        self._section = ""
        self._block: _Block | None = None
        self._counted = bool({Column.ORIGINAL, Column.COPY, Column.QUANTITY} & set(heading.places))

    def read(self) -> None:
        for line in self._sheet.lines[self._heading.first :]:
            if any(line.cells) and column_of(self._cell(line, Column.CODE)) is not Column.CODE:
                self._read(line)

    def _cell(self, line: Line, column: Column) -> str:
        place = self._heading.places.get(column)
        return line.cells[place] if place is not None and place < len(line.cells) else ""

    def _read(self, line: Line) -> None:
        code, name = self._cell(line, Column.CODE), _text(self._cell(line, Column.NAME))
        code = "" if is_unsaid(code) else code
        if not _CODE.search(code) and self._is_title(line):
            return
        if code:
            self._begin(line, code, name)
        elif name and not (self._block and alike(self._block.name, name)):
            self._block = _Block(None, name, self._sheet.name, line.number)
            self._refuse(line, Column.CODE, Trouble.CODE_MISSING, name)
        elif self._block is None:
            self._block = _Block(None, "", self._sheet.name, line.number)
            self._refuse(line, Column.CODE, Trouble.NO_PROCEDURE_ABOVE, next(filter(None, line.cells)))
        if self._block is not None and self._block.code and not self._block.ended:
            self._take(line, self._block)

    def _is_title(self, line: Line) -> bool:
        """A row that names a field or a part of the list, or that only adds up: nothing of a procedure."""
        filled = [(at, cell) for at, cell in enumerate(line.cells) if cell]
        places = {self._heading.places.get(column, -1) for column in _HEADING_CELLS} | {0}
        if len(filled) > 2 or not {at for at, _ in filled} <= places:
            return False
        text = _text(" ".join(cell for _, cell in filled))
        folded = fold(text)
        if found := _FIELD.match(folded):
            self._section = _spoken(text[found.end() :])
        elif "bai bo" in folded or "danh muc" in folded or re.match(r"phan [ivx\d]", folded):
            self._ended = ends_procedures(text)
        elif _LEFT_OUT.match(folded):
            block = _Block(None, "", self._sheet.name, line.number)
            self._list.remark(block, line.number, "", Trouble.LINE_LEFT_OUT, text)
        elif len(filled) == 2 and _ROMAN.fullmatch(filled[0][1]):
            self._section = _spoken(_text(filled[1][1]))
        elif len(filled) == 1 and filled[0][0] == 0 and text.isupper() and not any(map(str.isdigit, text)):
            self._section = _spoken(text)
        else:
            return False
        self._block = None
        return True

    def _begin(self, line: Line, text: str, name: str) -> None:
        code, trouble = self._code(text, line)
        if code is None:
            self._block = _Block(None, name, self._sheet.name, line.number)
            self._refuse(line, Column.CODE, Trouble.CODE_UNREADABLE, text)
            return
        block = self._block = self._list.block(code, name, self._sheet.name, line.number)
        block.section = block.section or self._section
        if trouble is not None:
            self._remark(line, block, Column.CODE, trouble, text)
        if name and block.name and not alike(block.name, name):
            self._refuse(line, Column.NAME, Trouble.SAID_TWICE, name)
        block.name = block.name or name
        self._judge_end(line, block)

    def _judge_end(self, line: Line, block: _Block) -> None:
        ended = self._ended or ends_procedures(self._cell(line, Column.STATUS))
        fresh = block.row == line.number and block.sheet == self._sheet.name
        if (ended and not (fresh or block.ended)) or (block.ended and not ended):
            self._refuse(line, Column.CODE, Trouble.ALSO_ENDED, str(block.code))
        block.ended = block.ended or ended

    def _code(self, text: str, line: Line) -> tuple[str | None, Trouble | None]:
        if self._heading.places[Column.CODE] in line.numbers and re.fullmatch(r"[1-6]\.\d{1,5}", text):
            return f"{text:0<8}", Trouble.CODE_FROM_NUMBER
        whole = _CODE.fullmatch(text.replace(" ", ""))
        if whole is not None:
            return whole[1], Trouble.CODE_SHORTENED if whole[2] else None
        parts = [part for part in re.split(r"[\s;,/()]+|và", text) if part]
        codes = [found[1] for part in parts if (found := _CODE.fullmatch(part))]
        if len(codes) < 2 or len(codes) < len(parts):
            return None, None
        return self._list.choose(codes), Trouble.TWO_CODES

    def _take(self, line: Line, block: _Block) -> None:
        for column, read in _SCALARS.items():
            self._try(line, column, partial(self._scalar, line, block, column, read))
        self._try(line, Column.TERM, lambda text: self._terms(line, block, text))
        if not self._said(line, Column.TERM):
            self._try(line, Column.STATUTORY, lambda text: self._terms(line, block, text))
        self._try(line, Column.TOTAL, lambda text: self._totals(line, block, text))
        self._try(line, Column.FEE, lambda text: self._fees(line, block, text))
        self._try(line, Column.PAPER, lambda text: self._papers(line, block, text))

    def _try(self, line: Line, column: Column, read: Callable[[str], object]) -> None:
        text = self._said(line, column)
        if text:
            try:
                read(text)
            except Unreadable as unreadable:
                self._refuse(line, column, unreadable.trouble, _text(text))

    def _said(self, line: Line, column: Column) -> str:
        text = self._cell(line, column)
        return "" if is_unsaid(text) else text

    def _refuse(self, line: Line, column: Column, trouble: Trouble, text: str) -> None:
        if self._block is not None:
            self._list.refuse(
                self._block, line.number, self._heading.title(column), trouble, text, self._sheet.name
            )

    def _remark(self, line: Line, block: _Block, column: Column, trouble: Trouble, text: str) -> None:
        self._list.remark(block, line.number, self._heading.title(column), trouble, text, self._sheet.name)

    def _scalar(
        self, line: Line, block: _Block, column: Column, read: Callable[[str], Any], text: str
    ) -> None:
        key, value = str(column), read(text)
        if block.said.setdefault(key, value) != value:
            self._refuse(line, column, Trouble.SAID_TWICE, str(value))

    def _terms(self, line: Line, block: _Block, text: str) -> None:
        told = read_terms(text, self._heading.unit)
        self._remark_all(line, block, Column.TERM, told.remarks)
        case, note = self._said(line, Column.TERM_CASE), self._said(line, Column.TERM_NOTE)
        law = (
            read_terms(self._said(line, Column.STATUTORY)).rows if self._said(line, Column.STATUTORY) else ()
        )
        channels = [] if case else self._channels(line, block, Column.CHANNEL)
        for row in told.rows:
            row |= {"case": _text(case)} if case and "case" not in row else {}
            row |= {"note": _text(note)} if note else {}
            if len(channels) == 1 and "channel" not in row and "case" not in row:
                row["channel"] = channels[0]
            if len(law) == len(told.rows) == 1 and _length(law[0]) != _length(row):
                row |= {"statutory_kind": law[0]["kind"], "statutory_value": law[0]["value"]}
        block.terms += told.rows
        block.totals += told.totals

    def _totals(self, line: Line, block: _Block, text: str) -> None:
        told = read_terms(text, self._heading.unit)
        case = self._said(line, Column.TERM_CASE)
        block.totals += [row | ({"case": _text(case)} if case else {}) for row in (*told.rows, *told.totals)]

    def _channels(self, line: Line, block: _Block, column: Column) -> list[str]:
        text = self._said(line, column)
        if not text:
            return []
        try:
            return read_channels(text)
        except Unreadable as unreadable:
            self._remark(line, block, column, unreadable.trouble, _text(text))
            return []

    def _fees(self, line: Line, block: _Block, text: str) -> None:
        told = read_fee(text)
        self._remark_all(line, block, Column.FEE, told.remarks)
        own = Column.FEE_CHANNEL if Column.FEE_CHANNEL in self._heading.places else Column.CHANNEL
        channels = self._channels(line, block, own)
        note = _text(self._said(line, Column.FEE_NOTE))
        for row in told.rows:
            if channels and "channels" not in row:
                row["channels"] = list(channels)
            if note:
                row["note"] = f"{row['note']} … {note}" if row.get("note") else note
        block.fees += told.rows

    def _papers(self, line: Line, block: _Block, text: str) -> None:
        said = self._paper_columns(line)
        counts = self._counts(line)
        lines = text.split("\n")
        quantities = self._cell(line, Column.QUANTITY).split("\n")
        before = len(block.pile.remarks)
        if len(lines) == len(quantities) > 1:
            for one, quantity in zip(lines, quantities, strict=True):
                block.pile.read(one, **said, **read_quantity(quantity))
        elif self._counted:
            block.pile.read(_text(text), **said, **counts, bare=not counts)
        else:
            for one in lines:
                block.pile.read(one, **said)
        self._remark_all(line, block, Column.PAPER, block.pile.remarks[before:])

    def _paper_columns(self, line: Line) -> dict[str, Any]:
        return {
            "mode": self._value(line, Column.MODE, _MODE),
            "need": self._value(line, Column.NEED, _NEED),
            "case": clean(self._said(line, Column.PAPER_CASE)) or None,
            "short": clean(self._said(line, Column.PAPER_SHORT)) or None,
        }

    def _counts(self, line: Line) -> dict[str, int]:
        several = "\n" in self._cell(line, Column.PAPER)
        counts = {} if several else self._value(line, Column.QUANTITY, read_quantity) or {}
        for key, column in (("original", Column.ORIGINAL), ("copy", Column.COPY)):
            number = self._value(line, column, read_count)
            counts |= {key: number} if number is not None else {}
        return counts

    def _value(self, line: Line, column: Column, read: Callable[[str], Any]) -> Any:
        """What a cell of its own says; None where it says nothing, or nothing that can be read."""
        found: list[Any] = []
        self._try(line, column, lambda text: found.append(read(text)))
        return found[0] if found else None

    def _remark_all(
        self, line: Line, block: _Block, column: Column, remarks: Sequence[tuple[Trouble, str]]
    ) -> None:
        for trouble, text in remarks:
            self._remark(line, block, column, trouble, text)
