"""The slip for money at the counter, read back from the PDF with another tool than the one that made it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pypdfium2
import pytest

from motcua_desktop.documents.fee_slip import FeeSlip, draw_fee_slip, fee_slip_lines
from motcua_desktop.documents.paper import Paper
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.fee_book import FeeLine
from motcua_desktop.domain.money import PaymentMode
from motcua_desktop.domain.receipt import OFFICE_COPY, Part
from tests.factories import moment

LINE = FeeLine(
    book="1/2026",
    number=1438,
    day=date(2026, 11, 20),
    payer="LÝ THỊ PHƯỢNG",
    procedure="Chứng thực bản sao từ bản chính",
    code="",
    amount_vnd=14_000,
    mode=PaymentMode.CASH,
    officer="Chảo Thị Nhung",
    kind="Phí chứng thực",
)
SLIP = FeeSlip(
    line=LINE,
    at=moment("2026-11-20T09:47"),
    office="UBND XÃ TẢ PHÌN",
    place="Tả Phìn",
    desk=1,
    reckoning="2 bản × (2 trang × 2.000đ + 3 trang × 1.000đ) = 14.000đ",
    sources=("TT 226/2016/TT-BTC, Điều 4 (11/11/2016)",),
    hotline="0214 3871 022",
)
REFUND = replace(SLIP, line=replace(LINE, refund=True, note="Rút hồ sơ", code="H15.038.02-261120-2038"))
HEAVY = replace(
    REFUND,
    line=replace(
        REFUND.line,
        payer="H'Hen Ayŭn Niê Kdăm, người được ủy quyền của CÔNG TẰNG TÔN NỮ NGUYỄN THỊ HỒNG PHƯỢNG",
        note="Người nộp rút hồ sơ trước khi giải quyết. " * 10,
        amount_vnd=1_234_567_000,
    ),
    sources=("NQ 12/2026/NQ-HĐND, Điều 2 (05/06/2026)",) * 4,
    print_number=2,
)


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    told = (page.get_textpage().get_text_range() for page in document)
    return [bare(text.replace("\ufffe", "-")) for text in told]


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("slip", [SLIP, REFUND, HEAVY])
def test_everything_the_slip_says_stands_on_its_page(slip: FeeSlip) -> None:
    (page,) = pages(draw_fee_slip([slip]))
    said = [bare(piece) for line in fee_slip_lines(slip) for piece in (line.label, line.value) if piece]
    assert [piece for piece in said if piece not in page] == []


def test_the_slip_says_in_its_title_and_at_its_foot_that_it_is_no_tax_receipt() -> None:
    for slip in (SLIP, REFUND):
        told = {line.part: line.value for line in fee_slip_lines(slip)}
        assert "KHÔNG THAY BIÊN LAI" in told[Part.TITLE]
        assert any(
            "không thay biên lai" in line.value for line in fee_slip_lines(slip) if line.part is Part.NOTE
        )


def test_the_amount_is_said_in_figures_in_words_and_as_it_was_reckoned() -> None:
    said = " ".join(line.text for line in fee_slip_lines(SLIP))
    for words in (
        "14.000 đồng",
        "Mười bốn nghìn đồng",
        "3 trang × 1.000đ",
        "Điều 4 (11/11/2016)",
        "tiền mặt",
    ):
        assert words in said


def test_a_refund_names_who_gets_the_money_and_why() -> None:
    said = " ".join(line.text for line in fee_slip_lines(REFUND))
    for words in ("PHIẾU HOÀN TIỀN", "Người nhận lại tiền: LÝ THỊ PHƯỢNG", "Lý do: Rút hồ sơ", "NGƯỜI HOÀN"):
        assert words in said
    assert "Người nộp tiền" not in said


def test_a_slip_is_drawn_twice_once_for_the_office_and_once_for_the_payer() -> None:
    office, payer = pages(draw_fee_slip(SLIP))
    assert bare("(Liên 1: Lưu)") in office
    assert bare("(Liên 2: Giao người nộp)") in payer
    refund = pages(draw_fee_slip(REFUND))
    assert bare("(Liên 2: Giao người nhận)") in refund[1]


def test_both_copies_stand_side_by_side_on_a4() -> None:
    (both,) = pages(draw_fee_slip(SLIP, Paper.A4))
    assert bare("(Liên 1: Lưu)") in both
    assert bare("(Liên 2: Giao người nộp)") in both


def test_the_same_slip_is_the_same_bytes_and_another_amount_is_not() -> None:
    other = replace(SLIP, line=replace(LINE, amount_vnd=14_001))
    assert draw_fee_slip(SLIP) == draw_fee_slip(replace(SLIP))
    assert draw_fee_slip(SLIP) != draw_fee_slip(other)


def test_only_a_second_print_is_marked() -> None:
    first, second = pages(draw_fee_slip([SLIP, replace(SLIP, print_number=2)]))
    assert bare("IN LẠI") not in first
    assert bare("IN LẠI lần 2") in second


@pytest.mark.parametrize("slip", [SLIP, HEAVY])
def test_no_words_stand_over_each_other_or_beyond_the_margins(slip: FeeSlip) -> None:
    page = pypdfium2.PdfDocument(draw_fee_slip([slip]))[0]
    text = page.get_textpage()
    wide, tall = page.get_size()
    boxes = [box for box in (text.get_charbox(n) for n in range(text.count_chars())) if box[2] - box[0] > 0.2]
    assert min(box[0] for box in boxes) > 40
    assert max(box[2] for box in boxes) < wide - 20
    assert 15 < min(box[1] for box in boxes) < max(box[3] for box in boxes) < tall - 20
    middles = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in boxes if box[3] - box[1] > 3]
    clashes = [
        (one, other)
        for n, one in enumerate(middles)
        for other in middles[:n]
        if abs(one[0] - other[0]) < 1 and abs(one[1] - other[1]) < 4
    ]
    assert clashes == []


def test_a_slip_that_needs_more_than_a_page_goes_on_under_its_number() -> None:
    endless = replace(SLIP, line=replace(LINE, note="Ghi chú rất dài của quầy. " * 150))
    first, *more = pages(draw_fee_slip([endless]))
    assert more
    assert all(bare("số 1/2026-1438 (tiếp theo)") in page for page in more)
    assert bare("Trang 1/") in first
    assert "".join([first, *more]).count("rất") == 150


def test_a_name_that_the_letters_cannot_draw_is_refused_before_anything_is_drawn() -> None:
    with pytest.raises(UserFacingError) as refused:
        draw_fee_slip(replace(SLIP, line=replace(LINE, payer="ខ្មែរ")))
    assert (refused.value.problem.number, refused.value.problem.field) == ("MC-191", "line.payer")


def test_a_slip_needs_a_known_copy_a_first_print_and_a_moment_with_its_offset() -> None:
    assert replace(SLIP, copy=OFFICE_COPY).copy == OFFICE_COPY
    wrong: list[dict[str, Any]] = [{"copy": 3}, {"print_number": 0}, {"at": datetime(2026, 11, 20, 9, 47)}]
    for change in wrong:
        with pytest.raises(ValueError, match="copy"):
            replace(SLIP, **change)
    with pytest.raises(ValueError, match="nothing"):
        draw_fee_slip([])
