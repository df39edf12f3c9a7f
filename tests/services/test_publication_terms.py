"""What lists write of terms, fees and papers, and what is taken from it; nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from motcua_desktop.domain.publication import Trouble
from motcua_desktop.services.publication_columns import Column, column_of, find_heading
from motcua_desktop.services.publication_head import ends_procedures, named_source, one_day, read_head
from motcua_desktop.services.publication_papers import read_papers, read_quantity
from motcua_desktop.services.publication_terms import (
    Unreadable,
    is_unsaid,
    read_fee,
    read_terms,
    read_whole_number,
)
from motcua_desktop.services.spreadsheet import Line, Sheet

WORKING, CALENDAR = "working_days", "calendar_days"


def told(text: str) -> list[tuple[Any, ...]]:
    return [(r["kind"], r["value"], r.get("case")) for r in read_terms(text).rows]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("03 ngày làm việc", WORKING, 3),
        ("3 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ", WORKING, 3),
        ("Không quá 05 ngày làm việc, kể từ khi nhận hồ sơ đầy đủ và hợp lệ", WORKING, 5),
        ("Trong thời hạn 07 ngày làm việc", WORKING, 7),
        ("15 Ngày", CALENDAR, 15),
        ("5ngày làm việc", WORKING, 5),
        ("10 ngày (làm việc)", WORKING, 10),
        ("24 giờ", "hours", 24),
        ("08 giờ làm việc", "working_hours", 8),
        ("01 tháng", "months", 1),
        ("2 tuần", CALENDAR, 14),
        ("ba ngày làm việc", WORKING, 3),
        ("mười ngày", CALENDAR, 10),
        ("hai mươi lăm ngày", CALENDAR, 25),
        ("MƯỜI LĂM NGÀY LÀM VIỆC", WORKING, 15),
        ("20 (hai mươi) ngày làm việc", WORKING, 20),
        ("hai mươi mốt (21) ngày", CALENDAR, 21),
        ("Trong ngày", "same_day", None),
        ("Ngay trong ngày tiếp nhận hồ sơ", "same_day", None),
        ("Không quy định", "not_stated", None),
    ],
)
def test_one_term_is_read_in_digits_and_in_words(text: str, kind: str, value: int | None) -> None:
    assert told(text) == [(kind, value, None)]
    assert read_terms(text).remarks == ()


def test_the_same_day_rule_keeps_its_hour() -> None:
    text = "Ngay trong ngày làm việc; nhận hồ sơ sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo"
    (row,) = read_terms(text).rows
    assert (row["kind"], row["after"]) == ("same_day", "15:00")


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("5", Trouble.NO_UNIT),
        ("05", Trouble.NO_UNIT),
        ("năm", Trouble.NO_UNIT),
        ("5 (năm)", Trouble.NO_UNIT),
        ("0,5 ngày làm việc", Trouble.TERM_UNREADABLE),
        ("1/2 ngày", Trouble.TERM_UNREADABLE),
        ("nửa ngày", Trouble.TERM_UNREADABLE),
        ("1.5 ngày", Trouble.TERM_UNREADABLE),
        ("2 - 3 ngày", Trouble.TERM_UNREADABLE),
        ("05 (bốn) ngày", Trouble.TERM_UNREADABLE),
        ("0 ngày", Trouble.TERM_UNREADABLE),
        ("-5 ngày", Trouble.TERM_UNREADABLE),
        ("\u22125 ngày", Trouble.TERM_UNREADABLE),
        ("Trực tiếp: -5 ngày", Trouble.TERM_UNREADABLE),
        ("3 ngày\n-5 ngày", Trouble.TERM_UNREADABLE),
        ("5 ngày hoặc 7 ngày", Trouble.TERM_UNREADABLE),
        ("Ngay khi nhận hồ sơ", Trouble.TERM_UNREADABLE),
        ("trả trong ngày làm việc tiếp theo", Trouble.TERM_UNREADABLE),
        ("theo thỏa thuận", Trouble.TERM_UNREADABLE),
        ("từ ngày nhận hồ sơ", Trouble.TERM_UNREADABLE),
    ],
)
def test_what_is_not_one_whole_term_is_not_guessed(text: str, trouble: Trouble) -> None:
    with pytest.raises(Unreadable) as error:
        read_terms(text)
    assert error.value.trouble is trouble


@pytest.mark.parametrize("text", ["-8000 đồng", "\u22128.000 đồng/bản", "Trực tiếp: -8000 đồng", "-8000"])
def test_an_amount_below_nought_is_no_fee(text: str) -> None:
    with pytest.raises(Unreadable) as told_of:
        read_fee(text)
    assert told_of.value.trouble is Trouble.WRONG_TYPE


def test_a_count_below_nought_is_none() -> None:
    with pytest.raises(Unreadable):
        read_quantity("-1 bản chính")


def test_a_bullet_before_a_term_or_a_fee_is_no_minus() -> None:
    assert told("- 5 ngày") == [(CALENDAR, 5, None)]
    assert read_fee("- 8.000 đồng").rows[0]["amount_vnd"] == 8000


def test_a_number_alone_takes_the_unit_that_its_heading_states() -> None:
    assert [(r["kind"], r["value"]) for r in read_terms("05", "ngay lam viec").rows] == [(WORKING, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "03 ngày làm việc; trường hợp cần xác minh: 08 ngày làm việc",
        "03 ngày làm việc\n- Trường hợp cần xác minh 08 ngày làm việc",
        "03 ngày làm việc. Trường hợp cần xác minh thì không quá 08 ngày làm việc",
    ],
)
def test_a_case_in_the_text_becomes_a_case(text: str) -> None:
    assert told(text) == [(WORKING, 3, None), (WORKING, 8, "cần xác minh")]


def test_two_terms_glued_together_are_not_taken_apart() -> None:
    with pytest.raises(Unreadable):
        read_terms("03 ngày làm việcTrường hợp cần xác minh 08 ngày làm việc")


def test_the_parts_of_a_term_are_kept_as_its_note_and_told() -> None:
    read = read_terms("10 ngày làm việc (trong đó UBND cấp xã 3 ngày, Sở 7 ngày)")
    assert [(r["value"], r["note"]) for r in read.rows] == [(10, "trong đó UBND cấp xã 3 ngày, Sở 7 ngày")]
    assert [trouble for trouble, _ in read.remarks] == [Trouble.TERM_REST_NOTED]


def test_the_term_of_all_offices_together_stands_apart() -> None:
    read = read_terms("05 ngày làm việc; Toàn trình: 20 ngày làm việc")
    assert [r["value"] for r in read.rows] == [5]
    assert [r["value"] for r in read.totals] == [20]


@pytest.mark.parametrize(
    "text", ["", " - ", "Không có thông tin", "KHÔNG CÓ THÔNG TIN.", "…", "Khong co thong tin"]
)
def test_no_information_says_nothing(text: str) -> None:
    assert is_unsaid(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("01", 1),
        ("một", 1),
        ("01 (một) bộ", 1),
        ("hai mươi", 20),
        ("02 bộ hồ sơ", 2),
        ("vài", None),
        ("1,5", None),
    ],
)
def test_a_count_is_read_in_digits_and_in_words(text: str, number: int | None) -> None:
    assert read_whole_number(text) == number


@pytest.mark.parametrize(
    ("text", "amount", "unit", "note"),
    [
        ("8.000 đồng/bản", 8_000, "/bản", None),
        ("20000đ", 20_000, None, None),
        ("100.000 VNĐ/trường hợp", 100_000, "/trường hợp", None),
        ("Lệ phí10.000 đồng/lần đăng ký", 10_000, "/lần đăng ký", None),
        ("50.000 đồngtheo Nghị quyết 12", 50_000, None, "theo Nghị quyết 12"),
        ("8.000 đồng/bảnNộp trực tuyến", 8_000, "/bản", "Nộp trực tuyến"),
        ("Miễn phí", 0, None, None),
        ("Không thu phí, lệ phí", 0, None, None),
        ("Theo biểu của Bộ", None, None, "Theo biểu của Bộ"),
        (
            "2.000 đồng/trang; từ trang thứ 3 thu 1.000 đồng/trang, tối đa 200.000 đồng/bản",
            None,
            None,
            "2.000 đồng/trang; từ trang thứ 3 thu 1.000 đồng/trang, tối đa 200.000 đồng/bản",
        ),
    ],
)
def test_a_fee_is_one_amount_and_the_words_glued_to_it(
    text: str, amount: int | None, unit: str | None, note: str | None
) -> None:
    read = read_fee(text)
    assert [(r["amount_vnd"], r.get("unit"), r.get("note")) for r in read.rows] == [(amount, unit, note)]
    assert bool(read.remarks) == (note is not None)


def test_a_fee_that_the_province_sets_is_not_free() -> None:
    (row,) = read_fee("Theo Nghị quyết của HĐND tỉnh").rows
    assert (row["amount_vnd"], row["set_by_province"]) == (None, True)


def test_each_channel_in_a_cell_has_its_fee() -> None:
    rows = read_fee("Trực tiếp: 10.000đ; trực tuyến: 5.000đ").rows
    assert [(r["channels"], r["amount_vnd"]) for r in rows] == [
        (["Trực tiếp"], 10_000),
        (["Trực tuyến"], 5_000),
    ]


CELL = """- Tờ khai đăng ký khai sinh (01 bản chính)
+ Giấy chứng sinh; Bản chính: 1 Bản sao: 0
* Trường hợp 1: trẻ bị bỏ rơi:
- Biên bản. 01 bản chính
* Trường hợp trẻ sinh ra do mang thai hộ:
a) Văn bản xác nhận (01 bản chính, 02 bản sao)
Giấy tờ phải xuất trình:
- Hộ chiếu (01 bản chính)
Lưu ý:
- Không được yêu cầu nộp thêm giấy tờ
- Bản chụp phải rõ (0 bản chính)
Thành phần hồ sơ chung:
- Đơn (nếu có) (01 bản chính)"""


def test_a_cell_of_papers_is_read_line_by_line_with_its_headings() -> None:
    pile = read_papers([CELL])
    assert [(p["name"], p["original"], p["copy"], p.get("case"), p.get("mode")) for p in pile.papers] == [
        ("Tờ khai đăng ký khai sinh", 1, 0, None, None),
        ("Giấy chứng sinh", 1, 0, None, None),
        ("Biên bản", 1, 0, "trẻ bị bỏ rơi", None),
        ("Văn bản xác nhận", 1, 2, "trẻ sinh ra do mang thai hộ", None),
        ("Hộ chiếu", 1, 0, None, "present"),
        ("Đơn (nếu có)", 1, 0, "Nếu có", None),
    ]
    assert [text for trouble, text in pile.remarks if trouble is Trouble.NOTE_LEFT_OUT] == [
        "Lưu ý:",
        "Không được yêu cầu nộp thêm giấy tờ",
        "Bản chụp phải rõ (0 bản chính)",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tờ khai đăng ký kết hônTO KHAI DANG KY KET HON.docx", "Tờ khai đăng ký kết hôn"),
        ("Tờ khai theo mẫuMau_so_01.docx", "Tờ khai theo mẫu"),
        ("Tờ khai Mau_so_01.doc", "Tờ khai"),
        ("Đơn đề nghị (Mau 12.doc)", "Đơn đề nghị"),
        ("Giấy ủy quyền.pdf", "Giấy ủy quyền"),
    ],
)
def test_a_file_name_is_cut_off_a_papers_name_and_told(text: str, name: str) -> None:
    pile = read_papers([text])
    assert [paper["name"] for paper in pile.papers] == [name]
    assert (Trouble.FILE_NAME_CUT, text) in pile.remarks


def test_a_quantity_counts_originals_and_copies() -> None:
    assert read_quantity("Bản chính: 1\nBản sao: 2") == {"original": 1, "copy": 2}
    assert read_quantity("02 bản sao") == {"original": 0, "copy": 2}
    assert read_quantity("01") == {"original": 1, "copy": 0}
    with pytest.raises(Unreadable):
        read_quantity("vài bản")


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("Mã số TTHC", Column.CODE),
        ("MÃ THỦ TỤC", Column.CODE),
        ("Tên thủ tục hành chính", Column.NAME),
        ("Thời hạn giải quyết (ngày làm việc)", Column.TERM),
        ("Phí, lệ phí\n(đồng)", Column.FEE),
        ("Thời gian giải quyết sau cắt giảm", Column.TERM),
        ("Thời hạn theo quy định", Column.STATUTORY),
        ("Căn cứ pháp lý", None),
    ],
)
def test_a_heading_is_known_by_the_names_that_offices_give_it(title: str, column: Column | None) -> None:
    assert column_of(title) is column


def test_a_title_of_a_field_under_the_headings_is_no_second_row_of_headings() -> None:
    rows = [("Mã TTHC", "Tên TTHC"), ("Lĩnh vực hộ tịch", ""), ("1.001193", "Đăng ký khai sinh")]
    heading = find_heading(Sheet("", tuple(Line(n, cells) for n, cells in enumerate(rows, 1))))
    assert heading is not None
    assert (heading.at, heading.first) == (0, 1)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("01/10/2026", "2026-10-01"),
        ("1-10-2026", "2026-10-01"),
        ("ngày 01 tháng 10 năm 2026", "2026-10-01"),
        ("2026-10-01", "2026-10-01"),
        ("31/02/2026", None),
        ("tháng 10", None),
    ],
)
def test_a_day_is_read_as_lists_write_it(text: str, iso: str | None) -> None:
    day = one_day(text)
    assert (day.isoformat() if day else None) == iso


def test_a_decision_that_holds_from_its_signing_starts_on_its_own_day() -> None:
    head = read_head("Quyết định số 45/2026/QĐ-UBND ngày 05 tháng 11 năm 2026, có hiệu lực kể từ ngày ký")
    assert head.source == "Quyết định số 45/2026/QĐ-UBND ngày 05/11/2026"
    assert head.starts is not None and head.starts.isoformat() == "2026-11-05"


@pytest.mark.parametrize(
    ("title", "ends"),
    [
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", True),
        ("Hết hiệu lực", True),
        ("Danh mục ban hành mới, sửa đổi, bãi bỏ", False),
        ("Còn hiệu lực", False),
    ],
)
def test_only_a_title_that_repeals_and_publishes_nothing_ends_procedures(title: str, ends: bool) -> None:
    assert ends_procedures(title) is ends


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("Quyết định số 7/QĐ-UBND ngày 01/11/2026", "Quyết định số 7/QĐ-UBND ngày 01/11/2026"),
        ("QĐ 7/QĐ-UBND ngày 01 tháng 11 năm 2026", "QĐ 7/QĐ-UBND ngày 01 tháng 11 năm 2026"),
        ("QĐ 7/QĐ-UBND", "QĐ 7/QĐ-UBND; chưa kiểm chứng"),
        ("danh mục gửi qua thư", "danh mục gửi qua thư; chưa kiểm chứng"),
        ("tệp cũ, chưa kiểm chứng", "tệp cũ, chưa kiểm chứng"),
    ],
)
def test_a_source_without_number_and_day_says_that_nobody_checked_it(given: str, kept: str) -> None:
    assert named_source(given) == kept
