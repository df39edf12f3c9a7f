"""The register as a workbook: read back with another library, and held against the printed one."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pypdfium2
import pytest

from motcua_desktop.documents.register import draw_register
from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.errors import Bug
from motcua_desktop.domain.register import MonthClosing, month_hashes, ordered, totals
from motcua_desktop.reports.register_xlsx import HEAD_ROWS, register_xlsx
from tests.register_year import HEAD, YEAR_LINES, year_lines

FORMULAS = [
    '=HYPERLINK("http://example.vn")',
    "+84912345678",
    "@x",
    "-1",
    "=1+1",
    "{=SUM(A1)}",
    "00123",
    "1e5",
]
LINKS = ["http://example.vn", "mailto:a@example.vn", "internal:'Sổ'!A1", "www.example.vn"]


def workbook(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet: Any) -> list[dict[str, Any]]:
    """The lines of "Sổ", by the titles of their columns."""
    titles = [cell.value for cell in sheet[HEAD_ROWS - 1]]
    return [
        dict(zip(titles, values, strict=True))
        for values in sheet.iter_rows(min_row=HEAD_ROWS + 1, values_only=True)
    ]


def printed(found: dict[str, Any]) -> str:
    """What the paper says for a row of the workbook, without spaces."""
    late = f"{found['Vào sổ muộn'] or ''}".replace(",", "")
    note = f"Ghi chú:{found['Ghi chú']}" if found["Ghi chú"] else ""
    texts = [
        found["STT"],
        found["Mã hồ sơ"],
        f"{found['Tên TTHC']}{note}",
        found["Tên tổ chức, cá nhân"],
        found["Địa chỉ/SĐT"],
        found["Cơ quan chủ trì giải quyết"],
        clock(found["Nhận hồ sơ"]),
        late,
        clock(found["Hẹn trả"]),
        clock(found["Trả kết quả"]),
        found["Phương thức nhận kết quả"],
        found["Ký nhận"],
    ]
    return "".join("".join(str(text) for text in texts if text is not None).split())


def clock(value: Any) -> str:
    return f"{value:%H:%M%d/%m/%Y}" if isinstance(value, datetime) else value or ""


def test_workbook_and_paper_say_the_same_line_by_line_for_a_year() -> None:
    lines = year_lines()
    book = workbook(register_xlsx(HEAD, lines))
    document = pypdfium2.PdfDocument(draw_register(HEAD, lines))
    told = (page.get_textpage().get_text_range() for page in document)
    paper = "".join("".join(text.replace("\ufffe", "-").split()) for text in told)
    found = rows(book["Sổ"])
    assert len(found) == YEAR_LINES
    at = 0
    for line, row in zip(ordered(lines), found, strict=True):
        assert (row["Quyển số"], row["STT"], row["Mã hồ sơ"]) == (line.book, line.entry, line.code)
        at = paper.find(printed(row), at)
        assert at >= 0, row
        at += len(printed(row))
    sums = [cell.value for cell in list(book["Tổng"].iter_rows())[-1]]
    received, returned, still_open, voided = (
        sum(c) for c in zip(*(t.counts for t in totals(lines)), strict=True)
    )
    assert sums[2:6] == [received, returned, still_open, voided]
    assert received == YEAR_LINES
    shown = "".join(f"{count:,}".replace(",", ".") for count in sums[2:6])
    assert f"Tổngcộng{shown}" in paper


@pytest.mark.parametrize("text", FORMULAS + LINKS)
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    (line,) = year_lines(1)
    data = register_xlsx(
        replace(HEAD, office=text, field=text),
        [
            replace(
                line,
                applicant=text,
                code=text,
                procedure=text,
                phone="",
                address=text,
                note=text,
                signed=text,
            )
        ],
    )
    sheet = workbook(data)["Sổ"]
    (found,) = rows(sheet)
    columns = ("Tên tổ chức, cá nhân", "Mã hồ sơ", "Tên TTHC", "Địa chỉ/SĐT", "Ghi chú", "Ký nhận")
    assert [found[column] for column in columns] == [text] * len(columns)
    cells = [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and text in str(cell.value)
    ]
    assert len(cells) >= 8
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        xml = "".join(packed.read(name).decode() for name in packed.namelist() if "worksheets" in name)
    assert re.findall(r"<f>|<f |<hyperlink", xml) == []


def test_phones_and_codes_are_texts_and_days_are_days() -> None:
    line = replace(year_lines(1)[0], phone="0912345678", address="", code="20261120")
    sheet = workbook(register_xlsx(HEAD, [line]))["Sổ"]
    (found,) = rows(sheet)
    assert (found["Địa chỉ/SĐT"], found["Mã hồ sơ"]) == ("0912345678", "20261120")
    assert found["Nhận hồ sơ"] == local(line.received_at).replace(tzinfo=None)
    assert found["Ngày vào sổ"] == datetime(2026, 1, 2)
    formats = {cell.number_format for cell in sheet[HEAD_ROWS + 1]}
    assert {"hh:mm dd/mm/yyyy", "dd/mm/yyyy", "@"} <= formats


def test_the_same_lines_give_the_same_bytes() -> None:
    lines = year_lines(50)
    data = register_xlsx(HEAD, lines)
    assert data == register_xlsx(HEAD, lines[::-1])
    assert workbook(data).properties.created == datetime(2026, 12, 31)  # not the moment of writing


def test_it_prints_on_a4_landscape_with_its_head_on_every_page() -> None:
    sheet = workbook(register_xlsx(HEAD, year_lines(5)))["Sổ"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.freeze_panes == f"A{HEAD_ROWS + 1}"
    assert sheet.print_title_rows == f"${HEAD_ROWS - 1}:${HEAD_ROWS}"
    assert sheet.print_area == f"'Sổ'!$A$1:$K${HEAD_ROWS + 5}"  # the form's own columns
    moments = sheet.column_dimensions["G"]  # three columns of one width; narrower ones would show #####
    assert (moments.min, moments.max) == (7, 9) and moments.width >= 17
    assert sheet.page_margins.left == pytest.approx(20 / 25.4, abs=0.01)


def test_lines_of_two_forms_share_a_sheet_and_say_which_is_theirs() -> None:
    lines = year_lines(60, date(2025, 9, 5), 22)
    found = rows(workbook(register_xlsx(replace(HEAD, year=2025), lines))["Sổ"])
    assert {row["Mẫu sổ"][:10] for row in found} == {"Mẫu số 06 ", "Mẫu số 07 "}
    assert [row["Số lượng hồ sơ (bộ)"] for row in found] == [line.sets for line in ordered(lines)]
    assert [row["Ghi chú"] or "" for row in found] == [line.note for line in ordered(lines)]


def test_the_months_say_how_they_were_closed() -> None:
    lines = year_lines(60)
    hashes = month_hashes(lines)
    closing = MonthClosing("1/2026", "2026-01", hashes["1/2026", "2026-01"], date(2026, 2, 2))
    sheet = workbook(register_xlsx(replace(HEAD, closings=(closing,)), lines))["Tổng"]
    first, second = list(sheet.iter_rows(min_row=HEAD_ROWS + 1, max_row=HEAD_ROWS + 2, values_only=True))
    assert first[:2] == ("1/2026", "01/2026")
    assert first[6:] == (datetime(2026, 2, 2), closing.hash, closing.hash)
    assert second[6:] == ("Chưa khóa sổ", None, hashes["1/2026", "2026-02"])


def test_a_register_without_lines_is_a_workbook_too() -> None:
    book = workbook(register_xlsx(HEAD, []))
    assert rows(book["Sổ"]) == []
    *_, last = book["Tổng"].iter_rows(values_only=True)
    assert last[0] == "Tổng cộng"


def test_a_text_that_no_cell_can_hold_is_not_cut_silently() -> None:
    (line,) = year_lines(1)
    with pytest.raises(Bug):
        register_xlsx(HEAD, [replace(line, note="x" * 40_000)])
