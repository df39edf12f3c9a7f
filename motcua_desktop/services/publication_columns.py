"""The headings of lists of procedures: which column is which, whatever it is called and wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua_desktop.domain.text import fold
from motcua_desktop.services.publication_terms import unit_in
from motcua_desktop.services.spreadsheet import Line, Sheet

DEEPEST_HEADING = 60  # rows above the headings: titles, the decision's number, empty lines


class Column(StrEnum):
    """What a column can hold."""

    IGNORED = "ignored"
    CODE = "code"
    NAME = "name"
    SHORT_NAME = "short_name"
    ALIAS = "alias"
    FIELD = "field"
    AUTHORITY = "authority"
    ROUTING = "routing"
    AT_COUNTER = "at_counter"
    IMMEDIATE = "immediate"
    CLOCK = "clock"
    STARTS = "valid_from"
    ENDS = "valid_to"
    SOURCE = "source"
    STATUS = "status"
    RESULT = "result"
    SETS = "sets"
    CHANNEL = "channel"
    TERM = "term"
    TERM_CASE = "term_case"
    TERM_NOTE = "term_note"
    STATUTORY = "statutory"
    TOTAL = "total"
    FEE = "fee"
    FEE_CHANNEL = "fee_channel"
    FEE_NOTE = "fee_note"
    PAPER = "paper"
    PAPER_SHORT = "paper_short"
    ORIGINAL = "original"
    COPY = "copy"
    QUANTITY = "quantity"
    MODE = "mode"
    NEED = "need"
    PAPER_CASE = "paper_case"


# The first is how a list of our own would call it; the rest are what offices write. Folded, without brackets.
NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.IGNORED: ("stt", "tt", "so tt", "so thu tu"),
    Column.CODE: (
        "ma thu tuc",
        "ma tthc",
        "ma so tthc",
        "ma so",
        "ma so thu tuc",
        "ma so ho so tthc",
        "ma thu tuc hanh chinh",
        "ma so thu tuc hanh chinh",
        "ma ho so tthc",
        "ma",
    ),
    Column.NAME: (
        "ten thu tuc",
        "ten tthc",
        "ten thu tuc hanh chinh",
        "thu tuc hanh chinh",
        "ten thu tuc hanh chinh quy dinh",
        "thu tuc",
        "tthc",
    ),
    Column.SHORT_NAME: ("ten ngan", "ten rut gon"),
    Column.ALIAS: ("chu go tat", "go tat"),
    Column.FIELD: ("linh vuc", "ten linh vuc", "nganh linh vuc"),
    Column.AUTHORITY: (
        "co quan thuc hien",
        "co quan giai quyet",
        "co quan co tham quyen",
        "tham quyen giai quyet",
    ),
    Column.ROUTING: (
        "dia diem thuc hien",
        "noi tiep nhan",
        "noi tiep nhan va tra ket qua",
        "dia chi tiep nhan",
    ),
    Column.AT_COUNTER: ("qua mot cua", "tiep nhan tai mot cua"),
    Column.IMMEDIATE: ("tra ket qua ngay",),
    Column.CLOCK: ("khi yeu cau bo sung",),
    Column.STARTS: ("ngay co hieu luc", "hieu luc tu", "hieu luc tu ngay", "ap dung tu ngay"),
    Column.ENDS: ("ngay het hieu luc", "het hieu luc", "hieu luc den"),
    Column.SOURCE: ("quyet dinh cong bo", "so quyet dinh", "so quyet dinh cong bo", "qd cong bo"),
    Column.STATUS: ("trang thai", "tinh trang", "tinh trang hieu luc", "hinh thuc cong bo"),
    Column.RESULT: ("ket qua", "ket qua thuc hien", "ket qua giai quyet", "san pham"),
    Column.SETS: ("so bo ho so", "so luong ho so", "so bo", "so luong bo ho so"),
    Column.CHANNEL: ("hinh thuc nop", "cach thuc thuc hien", "cach thuc nop", "kenh nop", "hinh thuc"),
    Column.TERM: (
        "thoi han giai quyet",
        "thoi gian giai quyet",
        "thoi han",
        "thoi gian",
        "thoi han giai quyet sau cat giam",
        "thoi gian giai quyet sau cat giam",
        "thoi gian sau cat giam",
        "thoi han sau cat giam",
        "thoi gian thuc hien",
        "thoi han thuc hien",
    ),
    Column.TERM_CASE: ("truong hop cua thoi han",),
    Column.TERM_NOTE: ("ghi chu thoi han",),
    Column.STATUTORY: (
        "thoi han theo luat",
        "thoi han theo quy dinh",
        "thoi gian theo quy dinh",
        "thoi han giai quyet theo quy dinh",
        "thoi gian giai quyet theo quy dinh",
        "thoi han luat dinh",
    ),
    Column.TOTAL: ("tong thoi han", "thoi han toan trinh", "tong thoi gian", "tong thoi han lien thong"),
    Column.FEE: ("phi le phi", "phi", "le phi", "phi va le phi", "muc phi", "muc thu", "muc phi le phi"),
    Column.FEE_CHANNEL: ("kenh cua le phi",),
    Column.FEE_NOTE: ("ghi chu le phi", "ghi chu phi le phi"),
    Column.PAPER: ("thanh phan ho so", "ten giay to", "giay to", "loai giay to", "ho so gom", "thanh phan"),
    Column.PAPER_SHORT: ("ten ngan giay to",),
    Column.ORIGINAL: ("ban chinh", "so ban chinh", "so luong ban chinh"),
    Column.COPY: ("ban sao", "so ban sao", "so luong ban sao", "ban photo"),
    Column.QUANTITY: ("so luong", "so luong giay to"),
    Column.MODE: ("hinh thuc giay to", "nop hay xuat trinh", "nop xuat trinh"),
    Column.NEED: ("khi nao can",),
    Column.PAPER_CASE: ("truong hop cua giay to", "truong hop", "truong hop ap dung"),
}
_BY_NAME = {name: column for column, names in NAMES.items() for name in names}
# A heading may say more than its name: "Thời hạn giải quyết (ngày)", "Phí, lệ phí nếu có". Longest name first.
_LONG_NAMES = sorted((name for name in _BY_NAME if " " in name), key=len, reverse=True)
_NUMBERING = re.compile(r"\(?\d{1,2}\)?(?:\s*=.*)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a table: `places` says where each column stands, `titles` how the file calls it.

    `at` and `first` are places in the table's lines: of the headings, and of the first one under them. `unit` is
    the unit of time that the heading of the term states; `unread` are headings that nobody knows.
    """

    places: Mapping[Column, int]
    titles: Mapping[Column, str]
    at: int
    first: int
    unit: str
    unread: tuple[str, ...]

    def title(self, column: Column) -> str:
        """How the file calls it; the name of our own where it has none."""
        return self.titles.get(column, NAMES[column][0])


def column_of(title: str) -> Column | None:
    """Which column a heading names; None for one that nobody knows."""
    bare = _bare(title)
    if bare in _BY_NAME:
        return _BY_NAME[bare]
    return next((_BY_NAME[name] for name in _LONG_NAMES if bare.startswith(f"{name} ")), None)


def _bare(title: str) -> str:
    return " ".join(re.findall(r"[0-9a-z]+", re.sub(r"\(.*?\)", " ", fold(title))))


def find_heading(sheet: Sheet) -> Heading | None:
    """The headings of a table; None where no row names the code and something besides."""
    for at, line in enumerate(sheet.lines[:DEEPEST_HEADING]):
        found = {column_of(cell) for cell in line.cells if cell and len(cell) < 120}
        if Column.CODE in found and len(found - {None, Column.IGNORED}) > 1:
            return _heading(sheet, at)
        under = sheet.lines[at + 1].cells if at + 1 < len(sheet.lines) else ()
        if found & {Column.NAME, Column.FIELD, Column.TERM} and Column.CODE in map(column_of, under):
            return _heading(sheet, at)
    return None


def _heading(sheet: Sheet, at: int) -> Heading:
    titles = list(sheet.lines[at].cells)
    first = at + 1
    if first < len(sheet.lines) and _is_second_row(sheet.lines[at], sheet.lines[first]):
        titles = _joined(titles, sheet.lines[first].cells)
        first += 1
    if first < len(sheet.lines) and _is_numbering(sheet.lines[first]):
        first += 1
    places: dict[Column, int] = {}
    named: dict[Column, str] = {}
    unread: list[str] = []
    for place, title in enumerate(titles):
        column = column_of(title)
        if column is not None and column not in places:
            places[column], named[column] = place, title.replace("\n", " ")
        elif title and column is not Column.IGNORED:
            unread.append(title.replace("\n", " "))
    if Column.PAPER not in places and Column.PAPER_CASE in places and Column.TERM_CASE not in places:
        places[Column.TERM_CASE] = places.pop(Column.PAPER_CASE)
        named[Column.TERM_CASE] = named.pop(Column.PAPER_CASE)
    return Heading(places, named, at, first, unit_in(named.get(Column.TERM, "")), tuple(unread))


def _is_second_row(first: Line, second: Line) -> bool:
    """Whether the row under the headings goes on with them: names under a merged cell, and no row of data."""
    known = [(at, column_of(cell)) for at, cell in enumerate(second.cells) if cell]
    above = {at: column_of(cell) for at, cell in enumerate(first.cells) if cell}
    new = [column for _, column in known if column is not None]
    return (
        bool(new) and len(new) * 2 >= len(known) and not any(above.get(at) is Column.CODE for at, _ in known)
    )


def _joined(first: list[str], second: tuple[str, ...]) -> list[str]:
    width = max(len(first), len(second))
    upper = first + [""] * (width - len(first))
    lower = [*second, *[""] * (width - len(second))]
    return [low or up for up, low in zip(upper, lower, strict=True)]


def _is_numbering(line: Line) -> bool:
    """(1) (2) (3) under the headings."""
    filled = [cell for cell in line.cells if cell]
    return len(filled) > 1 and all(_NUMBERING.fullmatch(cell) for cell in filled)


def rate(sheet: Sheet) -> int:
    """How many columns of a table are known, for choosing a csv's separator."""
    heading = find_heading(sheet)
    return len(heading.places) if heading else 0


def above(sheet: Sheet, heading: Heading) -> Iterator[Line]:
    """The rows before the headings."""
    yield from sheet.lines[: heading.at]
