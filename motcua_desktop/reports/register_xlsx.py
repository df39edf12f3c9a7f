"""The register as a workbook: the same lines as on paper, days as days, and nothing that a reader may take for
a formula, a link or a number.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.errors import Bug
from motcua_desktop.domain.register import (
    ALL_FIELDS,
    TITLE,
    MonthClosing,
    RegisterColumn,
    RegisterForm,
    RegisterHead,
    RegisterLine,
    Total,
    cell_text,
    form_on,
    late_text,
    month_hashes,
    ordered,
    outcome_text,
    totals,
)
from motcua_desktop.reports.register_forms import forms_in_use

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LINES, SUMS = "Sổ", "Tổng"
HEAD_ROWS = 5  # over the first line: office, title, field and form, the columns' titles and numbers
MOMENT, DAY = "hh:mm dd/mm/yyyy", "dd/mm/yyyy"
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_A4 = 9
_MARGINS = {"left": 20 / 25.4, "right": 10 / 25.4, "top": 12 / 25.4, "bottom": 14 / 25.4}
_CHARACTERS_PER_MM = 0.53
_LEAST_FOR_A_MOMENT = 17  # characters: a narrower cell shows ##### instead of hour and day

Value = str | int | date | datetime | None


class _Field(NamedTuple):
    """A column: its title, width in characters, and what a line holds in it."""

    title: str
    width: float
    value: Callable[[RegisterLine], Value]


_MOMENTS = frozenset({"received", "due", "returned"})
_VALUES: Mapping[str, Callable[[RegisterLine], Value]] = {
    "entry": lambda line: line.entry,
    "sets": lambda line: line.sets,
    "received": lambda line: line.received_at,
    "due": lambda line: line.due_at,
    "returned": lambda line: outcome_text(line) or line.returned_at,
    "note": lambda line: line.note,
}


def _remarks(line: RegisterLine) -> str:
    return late_text(line).replace("\n", ", ")


# What the form does not ask for, and whoever works with the lines does
_MORE = (
    _Field("Quyển số", 10, lambda line: line.book),
    _Field("Ngày vào sổ", 12, lambda line: line.entered_on),
    _Field("Lĩnh vực", 18, lambda line: line.field),
    _Field("Vào sổ muộn", 20, _remarks),
    _Field("Mẫu sổ", 28, lambda line: ""),  # which form a line stands in: filled in by `_fields`
)


def register_xlsx(
    head: RegisterHead, lines: Sequence[RegisterLine], forms: Sequence[RegisterForm] | None = None
) -> bytes:
    """The workbook of a register: the sheets "Sổ" (a row a line) and "Tổng" (a row a month).

    The same lines give the same bytes. Raises MC-231 for a line received on a day without a form.
    """
    import xlsxwriter

    known = forms_in_use() if forms is None else tuple(forms)
    sequence = ordered(lines)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {**_PLAIN, "in_memory": True}) as book:
        made_on = head.drawn_on or date(head.year, 12, 31)
        created = datetime.combine(made_on, time())
        book.set_properties({"title": f"{TITLE} {head.year}", "author": "", "created": created})
        styles = _styles(book)
        _write_lines(book.add_worksheet(LINES), styles, head, sequence, known)
        _write_sums(book.add_worksheet(SUMS), styles, head, sequence)
    return buffer.getvalue()


def _styles(book: Workbook) -> dict[str, Format]:
    cell: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 10, "valign": "top", "border": 1}
    middle = {**cell, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
    return {
        "text": book.add_format({**cell, "num_format": "@", "text_wrap": True}),
        "count": book.add_format({**cell, "num_format": "#,##0"}),
        "moment": book.add_format({**cell, "num_format": MOMENT, "align": "left", "text_wrap": True}),
        "day": book.add_format({**cell, "num_format": DAY, "align": "left"}),
        "sum": book.add_format({**cell, "bold": True, "num_format": "#,##0"}),
        "head": book.add_format({**middle, "num_format": "@"}),
        "title": book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True}),
        "plain": book.add_format({"font_name": "Times New Roman", "font_size": 11}),
    }


def _fields(forms: Sequence[RegisterForm], used: Sequence[RegisterForm]) -> list[_Field]:
    """The columns of the newest form in use, then what only older ones have, then what no form asks for."""
    columns: dict[str, RegisterColumn] = {}
    for form in reversed(used):
        for column in form.columns:
            columns.setdefault(column.key, column)
    found = [
        _Field(column.title, _characters(column), _VALUES.get(key, partial(cell_text, key)))
        for key, column in columns.items()
    ]
    found += [_Field("Ghi chú", 24, _VALUES["note"])] if "note" not in columns else []
    return [*found, *_MORE[:-1], _Field(*_MORE[-1][:2], lambda line: _form(forms, line).name)]


def _characters(column: RegisterColumn) -> float:
    wide = column.width * _CHARACTERS_PER_MM
    return max(wide, _LEAST_FOR_A_MOMENT) if column.key in _MOMENTS else wide


def _form(forms: Sequence[RegisterForm], line: RegisterLine) -> RegisterForm:
    return form_on(forms, local(line.received_at).date())


def _write_lines(
    sheet: Worksheet,
    styles: Mapping[str, Format],
    head: RegisterHead,
    lines: Sequence[RegisterLine],
    forms: Sequence[RegisterForm],
) -> None:
    needed = {_form(forms, line).name for line in lines}
    used = [form for form in forms if form.name in needed] or [forms[-1]]
    fields = _fields(forms, used)
    _titles(sheet, styles, head, "; ".join(form.name for form in used))
    for at, field in enumerate(fields):
        sheet.set_column(at, at, field.width)
        _put(sheet, HEAD_ROWS - 2, at, field.title, styles, "head")
        _put(sheet, HEAD_ROWS - 1, at, f"({at + 1})", styles, "head")
    for row, line in enumerate(lines, HEAD_ROWS):
        for at, field in enumerate(fields):
            _put(sheet, row, at, field.value(line), styles)
    _print_set_up(sheet)
    asked_for = len({column.key for form in used for column in form.columns})
    sheet.print_area(0, 0, HEAD_ROWS - 1 + len(lines), asked_for - 1)
    sheet.autofilter(HEAD_ROWS - 1, 0, HEAD_ROWS - 1 + len(lines), len(fields) - 1)


def _write_sums(
    sheet: Worksheet, styles: Mapping[str, Format], head: RegisterHead, lines: Sequence[RegisterLine]
) -> None:
    names = ("Quyển số", "Tháng", "Tiếp nhận", "Đã trả kết quả", "Đang giải quyết", "Đã hủy")
    more = ("Khóa sổ ngày", "Mã khóa tháng (SHA-256)", "Mã hiện nay (SHA-256)")
    _titles(sheet, styles, head, "Tổng hợp theo quyển và tháng")
    for at, (name, width) in enumerate(
        zip((*names, *more), (12, 12, 12, 15, 15, 12, 14, 66, 66), strict=True)
    ):
        sheet.set_column(at, at, width)
        _put(sheet, HEAD_ROWS - 1, at, name, styles, "head")
    counts = totals(lines)
    hashes = month_hashes(lines)
    closings = {(closing.book, closing.month): closing for closing in head.closings}
    for row, total in enumerate(counts, HEAD_ROWS):
        key = (total.book, total.month)
        now = "" if head.field else hashes[key]  # the lines of one field are only a part of the month
        for at, value in enumerate(_total_row(total, closings.get(key), now)):
            _put(sheet, row, at, value, styles)
    last = HEAD_ROWS + len(counts)
    _put(sheet, last, 0, "Tổng cộng", styles, "head")
    _put(sheet, last, 1, "", styles, "head")
    for at, column in enumerate(zip(*(total.counts for total in counts), strict=True), 2):
        _put(sheet, last, at, sum(column), styles, "sum")
    _print_set_up(sheet)


def _total_row(total: Total, closing: MonthClosing | None, now: str) -> tuple[Value, ...]:
    month = f"{total.month[5:]}/{total.month[:4]}"
    closed = (closing.closed_on, closing.hash) if closing else ("Chưa khóa sổ", "")
    return (total.book, month, *total.counts, *closed, now)


def _titles(sheet: Worksheet, styles: Mapping[str, Format], head: RegisterHead, below: str) -> None:
    _put(sheet, 0, 0, f"{head.office} – {head.centre}", styles, "plain")
    _put(sheet, 1, 0, f"{TITLE} – NĂM {head.year}", styles, "title")
    _put(sheet, 2, 0, f"Lĩnh vực: {head.field or ALL_FIELDS}. {below}", styles, "plain")


def _put(
    sheet: Worksheet, row: int, at: int, value: Value, styles: Mapping[str, Format], style: str = ""
) -> None:
    """Write a value as what it is: text always as text."""
    match value:
        case None | "":
            done = sheet.write_blank(row, at, None, styles[style or "text"])
        case str():
            done = sheet.write_string(row, at, value, styles[style or "text"])
        case int():
            done = sheet.write_number(row, at, value, styles[style or "count"])
        case datetime():
            naive = local(value).replace(tzinfo=None, second=0, microsecond=0)
            done = sheet.write_datetime(row, at, naive, styles[style or "moment"])
        case date():
            done = sheet.write_datetime(row, at, value, styles[style or "day"])
    if done != 0:
        raise Bug(f"cell {row}, {at} cannot hold {value!r}")


def _print_set_up(sheet: Worksheet) -> None:
    sheet.freeze_panes(HEAD_ROWS, 0)
    sheet.repeat_rows(HEAD_ROWS - 2, HEAD_ROWS - 1)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(**_MARGINS)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RTrang &P/&N")
