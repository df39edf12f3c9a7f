"""Whatever file a catalogue travels in, what arrives is what was written; broken and hostile files are refused."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua_desktop.assets import resource
from motcua_desktop.domain.errors import EnvironmentFault, UserFacingError
from motcua_desktop.domain.procedure import Catalogue, read_catalogue, write_procedure
from motcua_desktop.domain.publication import ChangeKind, Preview, compare
from motcua_desktop.messages import sentence
from motcua_desktop.services import spreadsheet
from motcua_desktop.services.publication import read_publication
from motcua_desktop.services.spreadsheet import LARGEST_FILE
from tests.services.list_of_catalogue import BY_PROVINCE, HEADING, written
from tests.services.nasty_list import Rows, cp1258, csv_text, write_csv, write_json, write_records, write_xlsx

DAY, TODAY = date(2026, 12, 1), date(2026, 11, 20)
SOURCE = "Quyết định số 7/QĐ-UBND ngày 01/11/2026"
EMPTY = Catalogue(())
CHANNELS = ["Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính"]
COUNTED = ["working_days", "calendar_days", "hours", "working_hours", "months"]

SYLLABLES = (
    *("giấy", "đăng", "ký", "bản", "khai", "nhà", "đất", "xã", "hội"),
    *("ưỡn", "ệch", "quỳnh", "Đặng", "Ngọc", "ngoằn", "nghèo", "O'Reilly", "ố"),
)
syllable = st.sampled_from(SYLLABLES)
text = st.lists(syllable, min_size=1, max_size=9).map(" ".join)
maybe = st.none() | text


@st.composite
def term(draw: st.DrawFn, case: str | None) -> dict[str, Any]:
    kind = draw(st.sampled_from([*COUNTED, "same_day", "not_stated"]))
    value = draw(st.integers(1, 99)) if kind in COUNTED else None
    law = draw(st.none() | st.integers(1, 99)) if value else None
    shortened = law is not None and law != value
    after = draw(st.none() | st.sampled_from(["15:00", "09:30"])) if kind == "same_day" else None
    return {
        "kind": kind,
        "value": value,
        "source": SOURCE,
        "valid_from": DAY.isoformat(),
        "valid_to": None,
        "case": case,
        "after": after,
        "note": draw(maybe),
        "statutory_value": law if shortened else None,
        "statutory_kind": kind if shortened else None,
        "statutory_source": SOURCE if shortened else None,
    }


def total(of: dict[str, Any]) -> dict[str, Any]:
    nothing = dict.fromkeys(["after", "note", "statutory_value", "statutory_kind", "statutory_source"])
    return {**of, **nothing, "kind": "working_days", "value": 60}


@st.composite
def fee(draw: st.DrawFn, amount: int) -> dict[str, Any]:
    note = draw(maybe)
    form = draw(st.sampled_from(["amount", "province", "words"]))
    return {
        "channels": draw(st.lists(st.sampled_from(CHANNELS), min_size=1, unique=True)),
        "amount_vnd": amount if form == "amount" else None,
        "unit": draw(st.sampled_from([None, "/bản", "/trường hợp", "/trang"]))
        if amount and form == "amount"
        else None,
        "set_by_province": form == "province",
        "note": {"amount": note, "province": BY_PROVINCE, "words": f"Thu theo mức {'abcd'[amount % 4]}"}[
            form
        ],
        "source": SOURCE,
        "valid_from": DAY.isoformat(),
        "valid_to": None,
    }


@st.composite
def paper(draw: st.DrawFn, item: int) -> dict[str, Any]:
    need = draw(st.sampled_from(["always", "case", "online"]))
    original = draw(st.integers(0, 4))
    return {
        "item": item,
        "name": draw(text),
        "short": draw(text),
        "original": original,
        "copy": draw(st.integers(0 if original else 1, 9)),
        "mode": draw(st.sampled_from(["submit", "present"])),
        "need": need,
        "case": None if need == "always" else draw(text),
    }


@st.composite
def procedure(draw: st.DrawFn, code: str) -> dict[str, Any]:
    cases = [None, *draw(st.lists(text, unique_by=str.casefold, max_size=3))]
    terms = [draw(term(case)) for case in cases]
    fees = [
        draw(fee(amount))
        for amount in draw(st.lists(st.integers(0, 3).map(lambda n: n * 12_500), unique=True))
    ]
    alone = {json.dumps([f["amount_vnd"], f["unit"], f["note"], f["set_by_province"]]): f for f in fees}
    return {
        "code": code,
        "name": draw(text),
        "short_name": draw(text),
        "alias": draw(st.sampled_from([None, "ab", "xy"])),
        "field": draw(text),
        "authority": draw(text),
        "routing": draw(text),
        "at_counter": draw(st.booleans()),
        "valid_from": DAY.isoformat(),
        "valid_to": None,
        "source": SOURCE,
        "terms": terms,
        "fees": list(alone.values()),
        "result": draw(text),
        "sets": draw(st.integers(1, 9)),
        "documents": [draw(paper(item)) for item in range(1, draw(st.integers(1, 5)) + 1)],
        "immediate": draw(st.booleans()),
        "clock": draw(st.sampled_from(["pause", "restart"])),
        "clock_source": "chưa kiểm chứng",
        "total_terms": [total(t) for t in terms if draw(st.booleans())],
    }


@st.composite
def catalogue(draw: st.DrawFn) -> list[dict[str, Any]]:
    numbers = draw(st.lists(st.integers(0, 999_999), unique=True, min_size=1, max_size=4))
    return [draw(procedure(f"{draw(st.integers(1, 6))}.{number:06}")) for number in numbers]


def looked_at(path: Path, before: Catalogue = EMPTY, source: str = SOURCE) -> Preview:
    read = read_publication(path.read_bytes(), path, before, source, DAY, TODAY)
    return compare(before, read)


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As the program keeps them: the totals' default in front."""
    return [{**r, "total_terms": sorted(r["total_terms"], key=lambda t: t["case"] is not None)} for r in rows]


quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(rows=catalogue(), how=st.sampled_from(["xlsx", "csv", "comma", "tab", "utf-16", "cp1258", "records"]))
def test_a_catalogue_written_as_a_table_is_read_back_as_it_was(tmp_path: Path, rows: Any, how: str) -> None:
    table = written(rows)
    path = tmp_path / "list"
    if how == "xlsx":
        write_xlsx(path, {"Danh mục": table})
    elif how == "records":
        write_records(path, table[1:], HEADING)
    else:
        separator = {"comma": ",", "tab": "\t"}.get(how, ";")
        encoding = how if how in ("utf-16", "cp1258") else "utf-8-sig"
        write_csv(path, table, separator, encoding)
    seen = looked_at(path)
    assert seen.bad == ()
    assert [change.row for change in seen.of(ChangeKind.ADDED)] == in_order(rows)
    again = looked_at(path, EMPTY.with_publications([seen.body()]))
    assert {change.kind for change in again.changes} == {ChangeKind.SAME}


@quick
@given(rows=catalogue())
def test_a_catalogue_written_in_its_own_json_is_read_back_as_it_was(tmp_path: Path, rows: Any) -> None:
    path = write_json(tmp_path / "list.json", {"procedures": rows})
    seen = looked_at(path, source="")
    assert seen.bad == ()
    assert [change.row for change in seen.of(ChangeKind.ADDED)] == rows
    again = looked_at(path, EMPTY.with_publications([seen.body()]), source="")
    assert {change.kind for change in again.changes} == {ChangeKind.SAME}


@cache
def shipped_content() -> Any:
    return json.loads(resource("catalogue", "procedures.json").read_text(encoding="utf-8"))


@cache
def shipped() -> Catalogue:
    return read_catalogue(shipped_content())


def test_the_shipped_catalogue_imported_over_itself_changes_nothing(tmp_path: Path) -> None:
    content = shipped_content()
    path = write_json(tmp_path / "list.json", content)
    before = shipped()
    seen = compare(before, read_publication(path.read_bytes(), path, before, "", None, TODAY))
    assert {change.kind for change in seen.changes} == {ChangeKind.SAME}
    assert len(seen.changes) == len(content["procedures"])


SMALL: Rows = [
    ["Mã TTHC", "Tên TTHC", "Thời hạn giải quyết"],
    ["1.001193", "Đăng ký khai sinh", "3 ngày làm việc"],
]


def one_term(path: Path) -> tuple[str, int | None]:
    (change,) = looked_at(path).of(ChangeKind.ADDED)
    assert change.row is not None
    assert change.name == "Đăng ký khai sinh"
    return change.row["terms"][0]["kind"], change.row["terms"][0]["value"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_csv_is_read_in_whatever_letters_and_with_whatever_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = write_csv(tmp_path / "list.csv", SMALL, separator, encoding)
    assert one_term(path) == ("working_days", 3)


def test_a_comma_in_the_names_does_not_pass_for_the_separator(tmp_path: Path) -> None:
    rows = [["Mã TTHC", "Tên TTHC", "Phí, lệ phí, nếu có"], ["1.001193", "Nhận cha, mẹ, con", "Miễn phí"]]
    (change,) = looked_at(write_csv(tmp_path / "list.csv", rows)).of(ChangeKind.ADDED)
    assert change.name == "Nhận cha, mẹ, con"


def test_the_separator_that_a_csv_names_in_its_first_line_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("sep=,\r\n" + csv_text(SMALL, ","), encoding="utf-8-sig")
    assert one_term(path) == ("working_days", 3)


def refused(path: Path, number: str) -> None:
    with pytest.raises(UserFacingError) as error:
        looked_at(path)
    assert error.value.problem.number == number


TORN = ["Mã TTHC;Tên TTHC;Thời hạn giải quyết", '1.001193;"Khai sinh;3 ngày', "1.003583;Khai tử;2 ngày"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (TORN, 2),
        ([*TORN, '1.004884;"Kết hôn";5 ngày'], 2),
        (["sep=;", *TORN], 3),
        ([*TORN, *["1.004884;Kết hôn;5 ngày"] * 6000], 2),
        ([TORN[0], '"1.004772";"Khai sinh', 'lại";"5 ngày', '1.000656;"Khai tử;5 ngày'], 3),
    ],
)
def test_a_quote_that_nobody_closed_is_refused_by_its_line(
    tmp_path: Path, lines: list[str], line: int, end: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(end.join([*lines, ""]).encode())
    with pytest.raises(UserFacingError) as error:
        looked_at(path)
    problem = error.value.problem
    assert (problem.number, problem.params["line"]) == ("MC-225", line)
    assert str(path) in sentence(problem) and str(line) in sentence(problem)


def test_quotes_that_are_closed_swallow_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [
        TORN[0],
        '1.001193;"Khai sinh\n(mới)";3 ngày',
        '1.003583;"Gọi là ""khai tử""";2 ngày',
        '1.004884;"Kết" hôn;5 ngày',
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    names = [change.name for change in looked_at(path).of(ChangeKind.ADDED)]
    assert names == ["Khai sinh (mới)", 'Gọi là "khai tử"', "Kết hôn"]


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 a scan of the decision",
        b"\xd0\xcf\x11\xe0 an old workbook, or one with a password",
        b"PK\x03\x04 cut off",
        b'{"procedures": [',
        b'[{"code": NaN}]',
        b"[" * 100_000,
        b"1" * 5 + b"\0" * 3 + b"binary" * 20,
        "Mã;Tên".encode() + b"\xff\x8a\n",
    ],
    ids=["pdf", "xls", "zip", "json", "nan", "deep", "zeros", "letters"],
)
def test_what_is_no_list_is_refused_whole(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "list"
    path.write_bytes(data)
    refused(path, "MC-225")


@pytest.mark.parametrize(
    "content",
    ["", "không có gì", "Tên;Thời hạn\nKhai sinh;3 ngày", "[]", "{}", '{"a": []}', '[1, "x", null]', '"chữ"'],
    ids=range(8),
)
def test_a_file_without_headings_is_refused_whole(tmp_path: Path, content: str) -> None:
    path = tmp_path / "list"
    path.write_text(content, encoding="utf-8")
    refused(path, "MC-226")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as error:
        spreadsheet.read_bytes(tmp_path / "none.xlsx")
    assert error.value.problem.number == "MC-210"


def test_a_file_over_twenty_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(UserFacingError) as error:
        spreadsheet.read_bytes(path)
    assert error.value.problem.number == "MC-227"


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_a_workbook_that_unpacks_to_hundreds_of_megabytes_is_refused_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, "LARGEST_UNPACKED", 1 << 20)
    bomb = packed(tmp_path / "list.xlsx", {"xl/workbook.xml": b" " * ((1 << 20) + 1)})
    assert bomb.stat().st_size < 10_000
    refused(bomb, "MC-227")


def test_a_zip_of_very_many_parts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_PARTS", 10)
    refused(packed(tmp_path / "list.xlsx", {f"{n}.xml": b"" for n in range(11)}), "MC-227")


def test_a_document_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    refused(packed(tmp_path / "list.docx", {"word/document.xml": b"<a/>"}), "MC-225")


def test_a_workbook_whose_xml_declares_entities_is_refused(tmp_path: Path) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    refused(packed(tmp_path / "list.xlsx", {"xl/workbook.xml": laughs}), "MC-225")


def test_a_workbook_with_a_row_far_down_is_refused_for_its_length(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_xlsx(path, {"a": [*SMALL, *[[]] * spreadsheet.MOST_ROWS, ["1.000656"]]})
    refused(path, "MC-227")


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("thấy", "ẩn"):
            sheet = book.add_worksheet(name)
            for at, line in enumerate(SMALL):
                sheet.write_row(at, 0, [cell if name == "thấy" else f"{cell}?" for cell in line])
        sheet.hide()
    assert one_term(path) == ("working_days", 3)


def test_old_letters_are_the_same_as_new_ones() -> None:
    sentence = "Được ưu tiên: Nguyễn Ngọc Đặng, ậ ộ ỗ ự ỵ Ẫ"
    assert spreadsheet._lines(cp1258(sentence).decode("cp1258")) == sentence


JUNK = (
    *(
        "",
        "-",
        "Không có thông tin",
        "1.001193",
        "1.001193.H18",
        "2.00081",
        "1.000656/1.000894",
        "Đăng ký khai sinh",
    ),
    *(
        "LĨNH VỰC HỘ TỊCH",
        "DANH MỤC BÃI BỎ",
        "Tổng cộng",
        "5",
        "0",
        "0,5 ngày",
        "3 ngày làm việc",
        "ba ngày",
        "trong ngày",
    ),
    *(
        "sau 99 giờ trong ngày",
        "10 ngày; 20 ngày",
        "8.000đ",
        "Miễn phí",
        "Trực tiếp: 1đ; x: 2đ",
        "HĐND",
        "01/10/2026",
    ),
    *(
        "31/02/2026",
        "Lưu ý:",
        "Trường hợp a:",
        "Giấy.doc",
        ".doc",
        "_.doc",
        "(01 bản chính)",
        "bản chính: 0",
        "\n",
        "a\nb",
    ),
    *(
        "có",
        "không",
        "x",
        "tạm dừng",
        "xuất trình",
        "(1)",
        "I",
        "\u0301",
        "ẞß",
        "İ ngày",
        "９ ngày",
        "=1+1",
        "1e9",
    ),
)
ALL_HEADINGS = [
    *HEADING,
    "Số lượng",
    "Trạng thái",
    "Ngày có hiệu lực",
    "Ngày hết hiệu lực",
    "Hình thức nộp",
    "Lạ",
]
junk_row = st.lists(st.sampled_from(JUNK), max_size=len(ALL_HEADINGS))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(junk_row, max_size=8), order=st.permutations(ALL_HEADINGS))
def test_rows_of_nonsense_are_named_or_taken_and_what_is_taken_can_be_laid(
    tmp_path: Path, rows: list[list[str]], order: list[str]
) -> None:
    path = write_csv(tmp_path / "junk.csv", [order, *rows])
    before = EMPTY.with_publications([{"procedures": [], "ended": []}])
    seen = looked_at(path, before)
    laid = before.with_publications([seen.body()])
    for change in seen.of(ChangeKind.ADDED):
        version = laid.find(change.code, change.starts)
        assert version is not None or (change.row or {}).get("valid_to", "9") < change.starts.isoformat()
    assert {row.code for row in seen.bad} & {change.code for change in seen.of(ChangeKind.ADDED)} == set()
    assert all(1 < row.row <= len(rows) + 1 for row in seen.bad)


def test_the_shipped_catalogue_written_as_a_table_changes_nothing_either(tmp_path: Path) -> None:
    rows = [write_procedure(p) for p in shipped().in_force(DAY)]
    path = write_xlsx(tmp_path / "list.xlsx", {"Danh mục": written(rows)})
    seen = looked_at(path, shipped(), source="")
    assert seen.bad == ()
    assert [(c.code, c.fields) for c in seen.changes if c.kind != ChangeKind.SAME] == []
    assert len(seen.changes) == len(rows)


LIKELY = {
    "Thời hạn giải quyết": (
        "3 ngày làm việc",
        "trong ngày",
        "10 ngày; 20 ngày",
        "Không có thông tin",
        "ba ngày",
        "Trực tiếp: 3 ngày; trực tuyến: 2 ngày",
        "Không quy định",
        "5 ngày; trường hợp a: 8 ngày",
        "Toàn trình: 20 ngày",
    ),
    "Phí, lệ phí": (
        "8.000đ",
        "Miễn phí",
        "HĐND",
        "Trực tiếp: 1đ; trực tuyến: 2đ",
        "8.000 đồng/bản, từ bản 2: 3.000 đồng",
    ),
    "Thành phần hồ sơ": (
        "Giấy.doc",
        "Lưu ý:",
        "Trường hợp a:",
        "Giấy A (01 bản chính)",
        "Đơn",
        "Đơn (nếu có)",
    ),
    "Bản chính": ("1", "0", "2"),
    "Bản sao": ("1", "0"),
    "Hình thức nộp": ("Trực tiếp", "Trực tuyến", "BCCI", "Trực tiếp, trực tuyến"),
    "Kênh của lệ phí": ("Trực tiếp", "Trực tuyến"),
    "Trường hợp của thời hạn": ("a", "b"),
    "Thời hạn theo luật": ("5 ngày làm việc", "9 ngày"),
    "Tổng thời hạn": ("20 ngày",),
    "Ghi chú lệ phí": ("N", "M"),
    "Ghi chú thời hạn": ("K", "L"),
    "Trạng thái": ("Bãi bỏ", "Còn hiệu lực"),
}
LIKELY_HEADINGS = ["Mã thủ tục", *LIKELY]
likely_row = st.tuples(
    st.sampled_from(["1.001193", "1.000656", "", "", "2.000815.H18", "1.999999"]),
    *(st.sampled_from(["", "", *cells]) for cells in LIKELY.values()),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(likely_row, min_size=1, max_size=6))
def test_any_list_over_the_shipped_catalogue_changes_nothing_the_second_time(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    path = write_csv(tmp_path / "list.csv", [LIKELY_HEADINGS, *rows])
    first = looked_at(path, shipped())
    again = looked_at(path, shipped().with_publications([first.body()]))
    assert again.changes_nothing
    assert again.bad == first.bad
