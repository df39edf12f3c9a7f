"""The printed fee book: every line on it, each day and the whole added up as the book itself adds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pypdfium2

from motcua_desktop.documents.fee_book import FeeBookHead, draw_fee_book
from motcua_desktop.domain.fee_book import FeeLine, total
from motcua_desktop.domain.money import PaymentMode
from motcua_desktop.domain.text import in_figures
from tests.documents.test_fee_slip import LINE, bare, pages

FIRST = date(2026, 11, 18)
HEAD = FeeBookHead(
    "UBND XÃ TẢ PHÌN", FIRST, FIRST + timedelta(2), place="Tả Phìn", drawn_on=date(2026, 11, 20)
)


def days(count: int = 60) -> list[FeeLine]:
    return [
        replace(
            LINE,
            number=n + 1,
            day=FIRST + timedelta(n * 3 // count),
            amount_vnd=1_000 * (n + 1),
            mode=list(PaymentMode)[n % 3],
            kind=["Phí chứng thực", "Lệ phí hộ tịch"][n % 2],
            payer="CÔNG TẰNG TÔN NỮ NGUYỄN THỊ HỒNG PHƯỢNG" if n % 7 == 0 else "Vàng A Dế",
            refund=n % 11 == 10,
        )
        for n in range(count)
    ]


def test_every_line_stands_in_the_book_with_its_number_and_its_amount() -> None:
    lines = days()
    whole = "".join(pages(draw_fee_book(HEAD, lines)))
    for line in lines:
        assert f"1/2026-{line.number}{line.day:%d/%m/%Y}" in whole
        assert in_figures(line.signed_vnd) in whole


def test_each_day_and_the_whole_are_added_up() -> None:
    lines = days()
    whole = "".join(pages(draw_fee_book(HEAD, lines)))
    for n in range(3):
        of_day = [line for line in lines if line.day == FIRST + timedelta(n)]
        told = f"Cộng ngày {FIRST + timedelta(n):%d/%m/%Y}: {len(of_day)} dòng {in_figures(total(of_day).net_vnd)}"
        assert bare(told) in whole
    summed = total(lines)
    assert bare(f"Tổng cộng: 60 dòng {in_figures(summed.net_vnd)}") in whole


def test_totals_by_way_and_by_fee_name_what_came_in_and_what_went_back() -> None:
    lines = days()
    whole = "".join(pages(draw_fee_book(HEAD, lines)))
    cash = total(line for line in lines if line.mode is PaymentMode.CASH)
    certified = total(line for line in lines if line.kind == "Phí chứng thực")
    for name, found in (("Tiền mặt", cash), ("Phí chứng thực", certified)):
        numbers = (found.lines, *map(in_figures, (found.received_vnd, found.refunded_vnd, found.net_vnd)))
        assert bare(f"{name} {' '.join(map(str, numbers))}") in whole


def test_days_outside_the_book_are_left_out() -> None:
    whole = "".join(pages(draw_fee_book(replace(HEAD, last=FIRST), days())))
    assert bare("Ngày 18/11/2026") in whole
    assert "19/11/2026" not in whole


def test_a_day_without_money_says_so() -> None:
    (page,) = pages(draw_fee_book(replace(HEAD, last=FIRST), []))
    assert bare("Không thu, không hoàn khoản nào.") in page
    assert bare("Cộng ngày") not in page


def test_more_was_given_back_than_taken_is_said_in_words() -> None:
    back = replace(LINE, day=FIRST, refund=True, amount_vnd=5_000)
    assert bare("bằng chữ: Âm năm nghìn đồng.") in pages(draw_fee_book(HEAD, [back]))[0]


def test_the_book_says_on_every_page_that_it_is_not_the_accounts_and_numbers_its_pages() -> None:
    found = pages(draw_fee_book(HEAD, days()))
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert bare("không thay sổ kế toán") in page
        assert bare(f"Trang {number}/{len(found)}") in page


def test_the_same_lines_are_the_same_bytes_in_whatever_order_they_come() -> None:
    lines = days()
    assert draw_fee_book(HEAD, lines) == draw_fee_book(HEAD, lines[::-1])


def test_nothing_stands_beyond_the_margins() -> None:
    for page in pypdfium2.PdfDocument(draw_fee_book(HEAD, days())):
        wide, tall = page.get_size()
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        inked = [box for box in boxes if box[2] - box[0] > 0.2]
        assert (round(wide), round(tall)) == (842, 595)
        assert min(box[0] for box in inked) > 55
        assert max(box[2] for box in inked) < wide - 28
        assert min(box[1] for box in inked) > 15
