"""Tables over many pages: how texts are broken and encoded, what goes over to the next page, sums."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.documents.flow import Row
from motcua_desktop.documents.fonts import Face, typeface
from motcua_desktop.documents.long_table import LANDSCAPE, PORTRAIT, Leaf, draw_tables, lay_out, sum_cells
from motcua_desktop.documents.long_table_rows import Band, Cells, Column, Table
from motcua_desktop.documents.page import MM, Code, Run, breaker
from motcua_desktop.documents.table_text import Align, Letters, TextSetter

COLUMNS = (
    Column("STT", 15 * MM, Align.CENTRE),
    Column("Nội dung", 100 * MM),
    Column("Số tiền", 40 * MM, Align.RIGHT),
)
ROWS = [Cells((str(number), f"Dòng {number}", f"{number}.000")) for number in range(1, 101)]


def texts(pdf: bytes) -> list[str]:
    found = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return [" ".join(text.split()) for text in found]


@given(st.lists(st.text("abưễơW.-/", min_size=1, max_size=24), min_size=1, max_size=8), st.floats(30, 200))
def test_text_is_broken_as_on_every_other_sheet(words: list[str], width: float) -> None:
    text = " ".join(words)
    found = TextSetter(Letters(Face.REGULAR, 8.5), width).set(text).lines
    assert list(found) == breaker().lines(text, Face.REGULAR, 8.5, width)


def test_a_line_break_in_a_text_is_kept_and_empty_lines_are_not() -> None:
    setter = TextSetter(Letters(Face.REGULAR, 9), 200)
    assert setter.set("Bản Tả Phìn\n\n 0912  345 ").lines == ("Bản Tả Phìn", "0912 345")
    assert setter.set("").lines == ()


def test_numbers_end_at_the_same_place_and_titles_stand_in_the_middle() -> None:
    letters = Letters(Face.REGULAR, 10)
    width = typeface().width
    right = TextSetter(letters, 100, Align.RIGHT)
    ends = {
        round(right.set(text).shifts[0] + width(text, *letters[:2]), 6) for text in ("1", "12.000", "999")
    }
    assert len(ends) == 1 and ends.pop() < 100
    (shift,) = TextSetter(letters, 100, Align.CENTRE).set("abc").shifts
    assert shift * 2 + width("abc", *letters[:2]) == pytest.approx(100)


def test_a_file_with_more_characters_than_one_subset_holds_says_them_all() -> None:
    characters = sorted(c for c in typeface().drawable if c.isalpha() and ord(c) < 0x2000)[:500]
    rows = [Cells((str(at), "".join(characters[at : at + 25]), "")) for at in range(0, len(characters), 25)]
    found = "".join(texts(draw_tables("T", [Table(COLUMNS, rows)]))).replace(" ", "")
    assert len(characters) == 500
    assert [row.texts[1] for row in rows if row.texts[1] not in found] == []


def test_every_row_is_on_one_page_and_every_page_has_the_head() -> None:
    found = texts(draw_tables("T", [Leaf("Sổ phí"), Table(COLUMNS, ROWS)], PORTRAIT))
    assert len(found) > 2
    assert all(page.startswith("STT Nội dung Số tiền") and "Sổ phí Trang" in page for page in found)
    numbers = [int(word) for page in found for word in page.split("Dòng ")[1:] for word in word.split()[:1]]
    assert numbers == list(range(1, 101))


def test_column_totals_stand_under_their_columns() -> None:
    assert sum_cells(3, "Tổng cộng", {2: "5.050.000"}) == Cells(("Tổng cộng", "5.050.000"), bold=True, span=2)
    (page,) = lay_out([Table(COLUMNS, [ROWS[0], sum_cells(3, "Tổng cộng", {2: "5"})])], LANDSCAPE)
    (_, xs, _), (_, sum_xs, found) = [row for row in page.texts if len(row[1]) > 1][:2]
    assert [text.lines for text in found] == [("Tổng cộng",), ("5",)]
    assert (sum_xs[0], sum_xs[1]) == (xs[0], xs[2])


def test_a_total_needs_a_column_for_its_label() -> None:
    with pytest.raises(ValueError, match="label"):
        sum_cells(3, "Tổng cộng", {0: "1"})


def test_a_row_with_too_few_texts_is_no_row() -> None:
    with pytest.raises(ValueError, match="2 texts for 3 columns"):
        lay_out([Table(COLUMNS, [Cells(("1", "2"))])], LANDSCAPE)


@pytest.mark.parametrize("before", range(12, 30))
def test_a_heading_never_ends_a_page_and_a_closing_line_never_begins_one(before: int) -> None:
    rows = [
        *ROWS[:before],
        Band("Mở", keep=True),
        *ROWS[before : before + 1],
        Band("Đóng", clings=True),
        *ROWS,
    ]
    for page in texts(draw_tables("T", [Table(COLUMNS, rows)])):
        assert not page.split(" Trang")[0].endswith("Mở")
        assert not page.startswith("STT Nội dung Số tiền Đóng")


@pytest.mark.parametrize("count", range(10, 24))
def test_signatures_never_stand_on_a_page_without_rows(count: int) -> None:
    seal = Row(50 * MM, (Run(0, 20, Face.BOLD, 11, "Đóng dấu"),))
    table = Table(COLUMNS, ROWS[:count], follows=seal.height)
    last = texts(draw_tables("T", [table, seal]))[-1]
    assert "Đóng dấu" in last and f"Dòng {count}" in last


def test_a_block_that_is_kept_goes_over_with_what_follows_it() -> None:
    filling = Row(160 * MM, ())
    title = Row(10 * MM, (Run(0, 10, Face.BOLD, 11, "Tiêu đề"),), keep=True)
    first, second = texts(draw_tables("T", [filling, title, Table(COLUMNS, ROWS[:1])]))
    assert "Tiêu đề" not in first and second.startswith("Tiêu đề STT")
    (alone,) = texts(draw_tables("T", [filling, replace(title, keep=False)]))
    assert "Tiêu đề" in alone


def test_a_mark_that_is_neither_words_nor_a_line_is_not_lost_silently() -> None:
    with pytest.raises(TypeError, match="not drawn"):
        lay_out([Row(10, (Code("B1", 0, 0, 10),))], LANDSCAPE)
