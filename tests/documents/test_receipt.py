"""The receipt as it leaves the program: read back from the PDF with other tools than those that made it."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua_desktop.documents.page import MM, Paper
from motcua_desktop.documents.receipt import draw_receipt
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.receipt import (
    Part,
    Receipt,
    ReceiptPaper,
    continuation_lines,
    page_mark,
    receipt_lines,
)
from tests.documents.sample_receipts import LONG, SHORT

_LOWER = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz"
_HIGHLAND = "ƀčĕĭŏŭñ"
_NAMES = [f"{n:02d} Văn bản thỏa thuận {'của các thành viên ' * 3}"[:80] for n in range(12)]
_HISTORY = (
    "Tạm dừng từ 23/11/2026 đến 02/12/2026 (chờ bổ sung giấy tờ): hẹn mới 16 giờ 30 phút, thứ Tư 09/12/2026",
    "Gia hạn, xin lỗi ngày 08/12/2026: hẹn mới 16 giờ 30 phút, thứ Sáu 11/12/2026",
)
_CORRECTED = {"replaces": SHORT.received_at, "replacement_number": 2, "print_number": 3, "history": _HISTORY}
_FULL = replace(LONG, documents=tuple(ReceiptPaper(name, 1, 2) for name in _NAMES))

Box = tuple[float, float, float, float]


def _pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    told = (page.get_textpage().get_text_range() for page in document)
    return [
        " ".join(text.replace("\ufffe", "-").split()) for text in told
    ]  # the reader takes it for a soft one


def _said(receipt: Receipt) -> str:
    return " ".join(line.text for line in receipt_lines(receipt))


def _joined(pages: list[str], receipt: Receipt) -> str:
    """The text of one copy without spaces, and without what every page says again."""
    imprint = next(_bare(line.text) for line in receipt_lines(receipt) if line.part is Part.IMPRINT)
    top = _bare("".join(line.text for line in continuation_lines(receipt)))
    found = ""
    for number, page in enumerate(map(_bare, pages), 1):
        mark = _bare(f"·{page_mark(number, len(pages))}") if len(pages) > 1 else ""
        assert page.endswith(mark) and (number == 1 or page.startswith(top))
        page = page.removesuffix(mark) if number == len(pages) else page.removesuffix(imprint + mark)
        found += page if number == 1 else page.removeprefix(top)
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _codes(pdf: bytes) -> list[list[tuple[str, str]]]:
    """Per page the codes that are read from a black and white print of 203 dots an inch."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=203 / 72, grayscale=True).to_pil()
        mono = picture.point(lambda grey: 255 if grey >= 128 else 0)
        found.append(sorted((str(code.format), code.text) for code in zxingcpp.read_barcodes(mono)))
    return found


def _boxes(page: pypdfium2.PdfPage) -> list[Box]:
    """Where there is ink of words on a page: left, bottom, right, top of every drawn character, in points."""
    text = page.get_textpage()
    boxes = (text.get_charbox(at) for at in range(text.count_chars()))
    return [box for box in boxes if box[2] > box[0] and box[3] > box[1]]


def _assert_inside(pdf: bytes) -> None:
    """No word leaves the A5 panel's printable part: 18 mm left, 10 right and above, 8 below."""
    for page in pypdfium2.PdfDocument(pdf):
        for left, bottom, right, top in _boxes(page):
            assert left >= 17.6 * MM and right <= 138.4 * MM
            assert bottom >= 8 * MM - 0.1 and top <= 200.1 * MM


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("receipt", [SHORT, LONG, _FULL], ids=["short", "long", "full"])
def test_both_codes_of_every_copy_and_page_are_read_at_203_dots(receipt: Receipt, paper: Paper) -> None:
    both = [("Code 128", receipt.key), ("QR Code", receipt.key + receipt.secret)]

    pages = _codes(draw_receipt(receipt, paper))

    assert pages == [both if paper is Paper.A5 else sorted(both * 2)] * len(pages)


def test_the_text_of_each_copy_is_what_the_receipt_says_and_nothing_else() -> None:
    assert _pages(draw_receipt(SHORT, Paper.A5)) == [_said(replace(SHORT, copy=copy)) for copy in (1, 2)]


def test_on_a4_the_office_copy_is_read_before_the_citizens() -> None:
    assert _pages(draw_receipt(SHORT, Paper.A4)) == [
        " ".join(_said(replace(SHORT, copy=copy)) for copy in (1, 2))
    ]


@pytest.mark.parametrize("receipt", [LONG, _FULL], ids=["long", "full"])
def test_a_long_receipt_goes_on_with_its_codes_and_loses_no_word(receipt: Receipt) -> None:
    pages = _pages(draw_receipt([replace(receipt, copy=2)], Paper.A5))

    assert len(pages) == 2
    assert _joined(pages, replace(receipt, copy=2)) == _bare(_said(replace(receipt, copy=2)))


def test_the_appointment_and_the_signatures_stand_on_the_same_page() -> None:
    last = _pages(draw_receipt([LONG], Paper.A5))[-1]

    assert "Thời gian trả kết quả:" in last and "NGƯỜI TIẾP NHẬN HỒ SƠ" in last


def test_a_papers_name_is_not_torn_apart_by_the_end_of_a_page() -> None:
    for page in _pages(draw_receipt([_FULL], Paper.A5)):
        assert page.count("Văn bản thỏa thuận") == page.count("01 bản chính, 02 bản sao")


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("receipt", [SHORT, LONG])
def test_the_same_receipt_is_the_same_bytes(receipt: Receipt, paper: Paper) -> None:
    assert draw_receipt(receipt, paper) == draw_receipt(replace(receipt), paper)


def test_lanes_that_draw_at_once_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(4) as lanes:
        drawn = list(lanes.map(lambda receipt: draw_receipt(receipt, Paper.A5), [SHORT, LONG] * 6))

    assert drawn == [draw_receipt(SHORT, Paper.A5), draw_receipt(LONG, Paper.A5)] * 6


def test_a_reprint_is_marked_on_both_copies() -> None:
    pages = _pages(draw_receipt(replace(SHORT, print_number=3), Paper.A5))

    assert all("IN LẠI lần 3" in page and "In lần 3" in page for page in pages)


@pytest.mark.parametrize("receipt", [SHORT, LONG], ids=["short", "long"])
def test_a_corrected_receipt_says_on_every_page_what_it_replaces_and_below_the_date_what_moved_it(
    receipt: Receipt,
) -> None:
    corrected = replace(receipt, **_CORRECTED)
    pages = _pages(draw_receipt([corrected], Paper.A5))

    assert all("BẢN THAY THẾ lần 2 – thay giấy in lúc 09:47 ngày 20/11/2026" in page for page in pages)
    assert not any("IN LẠI" in page for page in pages)
    assert _joined(pages, corrected) == _bare(_said(corrected))
    assert _bare(_HISTORY[1] + "Đăng ký nhận kết quả tại:") in _bare(pages[-1])


def test_a_preview_says_so_on_every_page_and_its_codes_are_still_read() -> None:
    preview = replace(LONG, preview=True, copy=1)
    pages = _pages(draw_receipt([preview], Paper.A5))

    assert len(pages) == 2 and all(page.startswith("BẢN XEM TRƯỚC") for page in pages)
    assert _joined(pages, preview) == _bare(_said(preview))
    assert _codes(draw_receipt([preview], Paper.A5)) == _codes(
        draw_receipt([replace(LONG, copy=1)], Paper.A5)
    )


def test_the_id_number_is_whole_for_the_office_and_masked_for_the_citizen() -> None:
    office, citizen = _pages(draw_receipt(SHORT, Paper.A5))

    assert "010191002345" in office
    assert "010•••••2345" in citizen and "010191002345" not in citizen


def test_every_vietnamese_and_highland_letter_reaches_the_paper() -> None:
    letters = f"{_LOWER} {_HIGHLAND} {_LOWER.upper()} {_HIGHLAND.upper()}"

    page = _pages(draw_receipt([replace(SHORT, address=letters)], Paper.A5))[0]

    assert unicodedata.is_normalized("NFC", page)
    assert letters.replace(" ", "") in page.replace(" ", "")


@pytest.mark.parametrize(("name", "offending"), [("Lý 😀 An", "😀"), ("陳大文", "陳大文"), ("Rơ̆ Mah", "ơ̆")])
def test_a_name_that_would_print_wrong_is_refused(name: str, offending: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        draw_receipt(replace(SHORT, applicant=name), Paper.A5)

    problem = refused.value.problem
    assert (problem.number, problem.field, problem.params["text"]) == ("MC-191", "applicant", offending)


def test_every_typeface_travels_in_the_file() -> None:
    pdf = draw_receipt(LONG, Paper.A4)

    assert pdf.count(b"/Type /FontDescriptor") == pdf.count(b"/FontFile2 ") == 3
    assert b"Helvetica" not in pdf


def test_the_files_own_description_says_the_code_and_no_person() -> None:
    told = pypdfium2.PdfDocument(draw_receipt(SHORT, Paper.A5)).get_metadata_dict(skip_empty=True)

    assert told["Title"] == SHORT.code
    assert not {"Author", "Subject", "Keywords"} & set(told)
    assert "PHƯỢNG" not in str(told) and "010191002345" not in str(told)


def test_paper_sizes_are_exact() -> None:
    sizes = {paper: pypdfium2.PdfDocument(draw_receipt(SHORT, paper))[0].get_size() for paper in Paper}

    assert sizes[Paper.A5] == pytest.approx((148 * MM, 210 * MM), abs=0.01)
    assert sizes[Paper.A4] == pytest.approx((297 * MM, 210 * MM), abs=0.01)


def test_only_the_copies_that_are_asked_for_are_drawn() -> None:
    assert len(_pages(draw_receipt([replace(SHORT, copy=2)], Paper.A5))) == 1
    three = [replace(SHORT, copy=copy) for copy in (1, 2, 2)]
    assert len(_pages(draw_receipt(three, Paper.A4))) == 2
    with pytest.raises(ValueError):
        draw_receipt([], Paper.A5)


@pytest.mark.parametrize(
    "receipt",
    [
        SHORT,
        LONG,
        _FULL,
        replace(SHORT, applicant="W" * 100, address="M" * 300, email="w" * 60 + "@example.vn"),
        replace(
            SHORT,
            code="H15." + "W" * 56,
            office="UBND ĐẶC KHU " + "TRƯỜNG SA " * 6,
            number_line="Số: " + "9" * 60,
        ),
        replace(SHORT, note="Xin mang theo giấy này. " * 60, hotline="0214 " * 40),
        replace(SHORT, due_at=None, due_text="Chờ xác nhận của cơ quan khác. " * 40),
        replace(SHORT, due_at=None, due_text=""),
        replace(SHORT, request="Đăng ký " * 500, honorific="Người đại diện " * 12),
        replace(LONG, documents=tuple(ReceiptPaper("Giấy " * 60, 10, 10) for _ in range(40))),
        replace(LONG, **_CORRECTED, reprint=True),
        replace(SHORT, history=("Tạm dừng từ 23/11/2026. " * 20,) * 3, extra="Zalo: Tả Phìn " * 8),
    ],
    ids=[
        "short",
        "long",
        "full",
        "one-word",
        "head",
        "note",
        "essay",
        "no-date",
        "request",
        "forty-papers",
        "corrected",
        "history",
    ],
)
def test_no_content_leaves_the_margins_or_runs_into_other_words(receipt: Receipt) -> None:
    pdf = draw_receipt([receipt], Paper.A5)

    _assert_inside(pdf)
    assert _joined(_pages(pdf), receipt) == _bare(_said(receipt))
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        lines = [text.get_rect(at) for at in range(text.count_rects())]
        for at, (left, bottom, right, top) in enumerate(lines):
            for other in lines[at + 1 :]:
                across = min(right, other[2]) - max(left, other[0])
                down = min(top, other[3]) - max(bottom, other[1])
                assert across < 0.5 or down < 3.2  # stacked marks may reach into the line above


_WORDS = st.text(alphabet=_LOWER + _LOWER.upper() + _HIGHLAND + "0123456789 -/.,'", max_size=220)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=_WORDS,
    address=_WORDS,
    email=st.text(alphabet="abcw@.-", max_size=90),
    papers=st.lists(_WORDS, max_size=14),
    note=_WORDS,
    print_number=st.integers(1, 12),
)
def test_whatever_is_typed_stays_inside_and_is_all_there(
    name: str, address: str, email: str, papers: list[str], note: str, print_number: int
) -> None:
    receipt = replace(
        SHORT,
        applicant=name,
        address=address,
        email=email,
        documents=tuple(ReceiptPaper(paper) for paper in papers),
        note=note,
        print_number=print_number,
    )

    pdf = draw_receipt([receipt], Paper.A5)

    _assert_inside(pdf)
    assert _joined(_pages(pdf), receipt) == _bare(_said(receipt))
