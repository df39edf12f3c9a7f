"""The register as it is printed: read back from the PDF with another tool than the one that made it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from motcua_desktop.documents.long_table import LANDSCAPE, lay_out
from motcua_desktop.documents.page import MM
from motcua_desktop.documents.register import draw_register, register_pieces
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.register import (
    MonthClosing,
    RegisterLine,
    by_month,
    form_on,
    month_hashes,
    ordered,
    totals,
)
from motcua_desktop.reports.register_forms import forms_in_use
from tests.register_year import HEAD, HIGHLAND_NAMES, LONG_NAME, LONG_PROCEDURE, year_lines

NEW_HEAD = (
    "STTMãhồsơTênTTHCTêntổchức,cánhânĐịachỉ/SĐTCơquanchủtrìgiảiquyết"
    "NhậnhồsơHẹntrảTrảkếtquảPhươngthứcnhậnkếtquảKýnhậnNhậnvàtrảkếtquả"
    "(1)(2)(3)(4)(5)(6)(7)(8)(9)(10)(11)"
)
NASTY = [
    replace(line, applicant=name, procedure=LONG_PROCEDURE, note="Ghi chú dài " * 20, voided=number % 2 == 0)
    for number, (line, name) in enumerate(
        zip(year_lines(40), [LONG_NAME, *HIGHLAND_NAMES, '=HYPERLINK("x")', "W" * 60] * 5, strict=True)
    )
]


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without spaces."""
    document = pypdfium2.PdfDocument(pdf)
    told = (page.get_textpage().get_text_range() for page in document)
    return ["".join(text.replace("\ufffe", "-").split()) for text in told]


def bare(*texts: str) -> str:
    return "".join("".join(texts).split())


def row(line: RegisterLine) -> str:
    """What the cells of a line say, one after the other, without spaces."""
    return bare(*form_on(forms_in_use(), line.received_at.date()).cells(line))


def assert_said_in_order(lines: list[RegisterLine], text: str) -> None:
    at = 0
    for line in ordered(lines):
        found = text.find(row(line), at)
        assert found >= 0, line
        at = found + len(row(line))


def test_every_line_is_printed_whole_and_in_order() -> None:
    lines = year_lines(900)
    assert_said_in_order(lines, "".join(pages(draw_register(HEAD, lines))))


def test_the_same_lines_give_the_same_bytes_in_whatever_order_they_come() -> None:
    lines = year_lines(150)
    first = draw_register(HEAD, lines)
    assert draw_register(HEAD, lines) == first
    assert draw_register(HEAD, lines[::-1]) == first


def test_a_page_that_goes_on_says_the_head_again() -> None:
    found = pages(draw_register(HEAD, year_lines(300)))
    assert found[0].startswith(bare("UBND XÃ TẢ PHÌN", HEAD.centre)) and NEW_HEAD in found[0]
    assert found[1].startswith(NEW_HEAD)
    of_lines = [page for page in found if "–Tổnghợp" not in page]
    assert len(of_lines) > 20 and all(NEW_HEAD in page for page in of_lines)


def test_pages_are_numbered_and_can_go_on_from_an_earlier_print() -> None:
    found = pages(draw_register(replace(HEAD, first_page=31), year_lines(60)))
    last = 30 + len(found)
    assert [page.endswith(f"Trang{number}/{last}") for number, page in enumerate(found, 31)] == [True] * len(
        found
    )


def test_no_word_touches_a_line_of_the_table_or_the_margins() -> None:
    laid_out = lay_out(register_pieces(HEAD, NASTY), LANDSCAPE)
    document = pypdfium2.PdfDocument(draw_register(HEAD, NASTY))
    assert len(document) == len(laid_out) > 2
    tall = LANDSCAPE.height
    strikes = 0
    for page, drawn in zip(laid_out, document, strict=True):
        text = drawn.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        inked = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
        for left, bottom, right, top in inked:
            assert LANDSCAPE.left <= left and right <= LANDSCAPE.width - LANDSCAPE.right
            assert bottom > 5 * MM and top < tall - 10 * MM
        for x, y, to_x, to_y in (rule for rules in page.rules.values() for rule in rules):
            crossed = [
                box
                for box in inked
                if box[0] < max(x, to_x)
                and box[2] > min(x, to_x)
                and box[1] < tall - min(y, to_y)
                and box[3] > tall - max(y, to_y)
            ]
            if crossed:
                assert y == to_y and to_x < LANDSCAPE.width - LANDSCAPE.right - 80 * MM
                strikes += 1
    assert strikes == sum(line.voided for line in NASTY)


def test_rows_are_at_least_eight_millimetres_high_and_follow_one_another() -> None:
    page = lay_out(register_pieces(HEAD, year_lines(100)), LANDSCAPE)[1]
    across = sorted(
        {
            y
            for y in (
                r[1]
                for rules in page.rules.values()
                for r in rules
                if r[1] == r[3] and r[2] - r[0] > 260 * MM
            )
        }
    )
    body = across[3:]  # under the edge of the head, its numbers and its end
    assert len(body) > 8
    assert min(b - a for a, b in zip(across[2:], body, strict=False)) >= 8 * MM - 0.01


def test_long_names_and_procedures_are_broken_and_not_cut() -> None:
    assert len(LONG_NAME) >= 60 and len(LONG_PROCEDURE) >= 190
    text = "".join(pages(draw_register(HEAD, NASTY)))
    assert_said_in_order(NASTY, text)
    assert bare(LONG_NAME) in text and bare(LONG_PROCEDURE) in text


def test_a_row_that_is_taller_than_a_page_goes_on_on_the_next_one() -> None:
    (line,) = year_lines(1)
    words = [f"từ{number}" for number in range(2_000)]
    pdf = draw_register(HEAD, [replace(line, address=" ".join(words), phone="")])
    found = pages(pdf)
    assert len(found) >= 3
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        assert min(text.get_charbox(at)[1] for at in range(text.count_chars())) > 5 * MM
    text = "".join(found)
    at = [text.find(word) for word in words[:9]] + [
        text.find(f"từ{number}") for number in range(1_000, 2_000)
    ]
    assert -1 not in at and at == sorted(at)


def test_the_letters_of_every_people_are_printed() -> None:
    letters = "".join(HIGHLAND_NAMES)
    assert set("ŭăêñĭƀčĕŏ") & set(letters.lower())
    text = "".join(pages(draw_register(HEAD, NASTY)))
    assert all(bare(name) in text for name in HIGHLAND_NAMES)


def test_a_name_in_loose_marks_is_printed_composed() -> None:
    (line,) = year_lines(1)
    loose = unicodedata.normalize("NFD", "Nguyễn Thị Phượng")
    assert "NguyễnThịPhượng" in pages(draw_register(HEAD, [replace(line, applicant=loose)]))[0]


def test_a_letter_that_cannot_be_drawn_is_refused_before_anything_is_drawn() -> None:
    (line,) = year_lines(1)
    with pytest.raises(UserFacingError) as caught:
        draw_register(HEAD, [replace(line, applicant="Trần 山")])
    assert caught.value.problem.number == "MC-191"


def test_a_line_stands_in_the_columns_of_the_day_on_which_it_was_received() -> None:
    lines = year_lines(60, date(2025, 9, 5), 22)
    found = pages(draw_register(replace(HEAD, year=2025), lines))
    before = [page for page in found if "Sốlượnghồsơ(bộ)" in page]
    after = [page for page in found if NEW_HEAD in page]
    assert before and after and not set(before) & set(after)
    old, new = "".join(before), "".join(after)
    for line in lines:
        assert row(line) in (old if line.received_at.date() <= date(2025, 9, 14) else new)
    assert bare("Mẫu tạm, chưa đối chiếu với văn bản gốc") in before[0]
    assert bare("Mẫu tạm") not in new


def test_every_month_is_closed_under_its_last_line_and_opened_over_its_first() -> None:
    lines = year_lines(900)
    months = by_month(lines)
    hashes = month_hashes(lines)
    closings = tuple(
        MonthClosing(m.book, m.month, hashes[m.book, m.month], date(2026, 12, 1))
        for m in months
        if m.month < "2026-12"
    )
    found = pages(draw_register(replace(HEAD, closings=closings), lines))
    text = "".join(found)
    for month, total in zip(months, totals(lines), strict=True):
        name = f"{month.month[5:]}/{month.month[:4]}"
        assert bare(f"Tháng {name}", row(month.lines[0])) in text
        end = bare(f"Cộng tháng {name}: {total.received} hồ sơ; đã trả {total.returned}")
        assert row(month.lines[-1]) + end in text  # and so on the same page
        assert hashes[month.book, month.month] in text
    assert text.count(bare("Khóa sổ ngày 01/12/2026")) == 22
    assert text.count(bare("Chưa khóa sổ")) == 2
    assert "ĐÃĐỔI" not in text


def test_the_last_page_has_the_totals_and_room_for_seal_and_signatures() -> None:
    lines = year_lines(900)
    found = pages(draw_register(HEAD, lines))
    sums = [sum(column) for column in zip(*(total.counts for total in totals(lines)), strict=True)]
    assert bare("Tổng cộng", *map(str, sums)) in found[-1]
    assert bare("NGƯỜI LẬP SỔ(Ký, ghi rõ họ tên)") in found[-1]
    assert bare("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ(Ký tên, đóng dấu)") in found[-1]


def test_a_register_without_lines_says_so() -> None:
    (page,) = pages(draw_register(HEAD, []))
    assert NEW_HEAD in page and "Khôngcóhồsơ." in page and "NGƯỜILẬPSỔ" in page


def test_the_field_of_the_book_stands_under_its_title() -> None:
    lines = [line for line in year_lines(60) if line.field == "Hộ tịch"]
    found = pages(draw_register(replace(HEAD, field="Hộ tịch"), lines))
    assert bare("Lĩnh vực: Hộ tịch") in found[0]
    assert "SHA-256" not in "".join(found)
