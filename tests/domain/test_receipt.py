"""What a receipt says, before anything is drawn."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from motcua_desktop.domain.receipt import (
    PaperMode,
    Part,
    Receipt,
    ReceiptPaper,
    appointment_in_words,
    day_in_words,
    masked,
    moment_in_words,
    page_mark,
    receipt_lines,
)
from tests.documents.sample_receipts import LONG, SHORT


def _texts(receipt: Receipt) -> list[str]:
    return [line.text for line in receipt_lines(receipt)]


def _text(receipt: Receipt) -> str:
    return "\n".join(_texts(receipt))


def test_the_fields_of_form_01_stand_in_the_order_of_the_form() -> None:
    labels = [
        "Mã hồ sơ:",
        "Đơn vị tiếp nhận:",
        "Tiếp nhận hồ sơ của Ông (Bà):",
        "Số định danh cá nhân:",
        "Địa chỉ:",
        "Số điện thoại:",
        "Email:",
        "Người được ủy quyền:",
        "Giấy tờ ủy quyền:",
        "Nội dung yêu cầu giải quyết:",
        "Thành phần hồ sơ nộp gồm:",
        "Số lượng hồ sơ:",
        "Thời gian giải quyết theo quy định:",
        "Thời gian nhận hồ sơ:",
        "Thời gian trả kết quả:",
        "Đăng ký nhận kết quả tại:",
        "Vào Sổ theo dõi hồ sơ, Quyển số:",
        "Số thứ tự:",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ]
    said = [line.label for line in receipt_lines(LONG)]

    assert [said.index(label) for label in labels] == sorted(said.index(label) for label in labels)


def test_a_receipt_with_nothing_but_what_is_needed_still_has_every_field_to_fill_by_hand() -> None:
    bare = Receipt(
        office="UBND XÃ TẢ PHÌN",
        place="Tả Phìn",
        code=SHORT.code,
        key=SHORT.key,
        secret=SHORT.secret,
        applicant="A",
        request="B",
        received_at=SHORT.received_at,
        officer="C",
        desk=1,
    )
    labels = {line.label for line in receipt_lines(bare) if not line.value}

    assert {"Địa chỉ:", "Số điện thoại:", "Email:", "Đăng ký nhận kết quả tại:", "Số thứ tự:"} <= labels


def test_the_id_number_is_whole_on_the_office_copy_and_masked_on_the_citizens() -> None:
    office, citizen = (_text(replace(LONG, copy=copy)) for copy in (1, 2))

    assert "038191002345" in office and "066085001122" in office
    assert "038•••••2345" in citizen and "066•••••1122" in citizen
    assert "038191002345" not in citizen and "066085001122" not in citizen


def test_the_number_of_an_organisation_is_never_masked() -> None:
    group = replace(SHORT, organisation=True, id_number="5300123456", copy=2)

    assert "Số định danh tổ chức: 5300123456" in _texts(group)
    assert "Tiếp nhận hồ sơ của Tổ chức: LÝ THỊ PHƯỢNG" in _texts(group)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("038091002345", "038•••••2345"),
        ("123456789", "12••••789"),
        ("B1234567", "B1••••67"),
        ("", ""),
        ("7", "•"),
    ],
)
def test_a_masked_number_keeps_its_length_and_its_ends(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_a_second_print_is_marked_and_a_first_one_is_not() -> None:
    assert "IN LẠI lần 2" in _texts(replace(SHORT, print_number=2))
    assert "IN LẠI" not in _text(SHORT)


def test_a_provisional_date_names_the_year_whose_calendar_is_missing() -> None:
    assert "Ngày hẹn tạm tính: lịch nghỉ năm 2027 chưa công bố" in _texts(LONG)
    named = replace(LONG, provisional_year=2028)
    assert "Ngày hẹn tạm tính: lịch nghỉ năm 2028 chưa công bố" in _texts(named)
    assert "tạm tính" not in _text(SHORT)


def test_without_a_date_the_citizen_reads_what_to_wait_for() -> None:
    waiting = replace(SHORT, due_at=None, due_text="Trả ngay khi có xác nhận của Công an xã")

    due = next(line for line in receipt_lines(waiting) if line.part is Part.DUE)
    assert due.text == "Trả ngay khi có xác nhận của Công an xã"


def test_moments_are_told_on_the_vietnamese_clock_with_the_zeros_of_decree_30() -> None:
    moment = datetime(2027, 2, 4, 18, 5, tzinfo=UTC)

    assert moment_in_words(moment) == "01 giờ 05 phút, ngày 05 tháng 02 năm 2027"
    assert appointment_in_words(moment) == "01 giờ 05 phút, thứ Sáu 05/02/2027"
    assert appointment_in_words(datetime(2027, 2, 7, 1, tzinfo=UTC)).endswith("Chủ nhật 07/02/2027")
    assert day_in_words(datetime(2026, 3, 9).date()) == "ngày 09 tháng 3 năm 2026"


def test_papers_say_how_many_were_taken_and_which_were_only_shown() -> None:
    papers = (
        ReceiptPaper("Đơn", 1, 2),
        ReceiptPaper("Bản vẽ", 0, 3),
        ReceiptPaper("Căn cước", mode=PaperMode.PRESENT),
    )
    said = [line.text for line in receipt_lines(replace(SHORT, documents=papers)) if line.part is Part.PAPER]

    assert said == [
        "(1) Đơn 01 bản chính, 02 bản sao",
        "(2) Bản vẽ 03 bản sao",
        "(3) Căn cước xuất trình, đã trả lại",
    ]


def test_papers_still_owed_are_named() -> None:
    said = _texts(LONG)

    heading = said.index("Còn thiếu, cần nộp bổ sung:")
    assert said[heading + 1] == "– Giấy xác nhận tình trạng hôn nhân của người sử dụng đất"


def test_loose_text_is_composed_and_put_on_one_line() -> None:
    untidy = replace(SHORT, applicant=unicodedata.normalize("NFD", "NGUYỄN\n THỊ\u00a0HỒNG"))

    assert "Tiếp nhận hồ sơ của Ông (Bà): NGUYỄN THỊ HỒNG" in _texts(untidy)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "123"},
        {"key": "12345678901234567"},
        {"key": "١" * 16},
        {"secret": "1234567a"},
        {"copy": 3},
        {"print_number": 0},
        {"received_at": datetime(2026, 11, 20, 9, 47)},
    ],
)
def test_a_receipt_that_cannot_be_is_not_made(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        replace(SHORT, **wrong)  # type: ignore[arg-type]


def test_pages_are_numbered_only_where_there_are_several() -> None:
    assert page_mark(1, 1) == ""
    assert page_mark(1, 2) == "Trang 1/2, xem tiếp trang sau"
    assert page_mark(2, 2) == "Trang 2/2"
