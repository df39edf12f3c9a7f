"""Vietnamese text: stored in one form, found without marks, sorted as a dictionary does."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua_desktop.domain.text import clean, digits, fold, words

TEXTS = st.text(max_size=40)


@pytest.mark.parametrize(
    ("given_text", "stored"),
    [
        (unicodedata.normalize("NFD", "Nguyễn Thị Phượng"), "Nguyễn Thị Phượng"),
        ("  Nguyễn \t Thị\u00a0 Nhung\r\n", "Nguyễn Thị Nhung"),
        ("\u00d0iện Biên", "Điện Biên"),
        ("\u0189iện Biên", "Điện Biên"),
        ("\u00f0ường", "đường"),
        ("H\u2019Hen Niê", "H'Hen Niê"),
        ("H`Hen", "H'Hen"),
        ("Vàng\u200b A\u00ad Dế\ufeff", "Vàng A Dế"),
        ("A\x00B", "AB"),
        ("\x02Vang A De\x03", "Vang A De"),
        ("Vàng\u2028A Dế", "Vàng A Dế"),
        ("", ""),
    ],
)
def test_text_is_stored_in_one_form(given_text: str, stored: str) -> None:
    assert clean(given_text) == stored


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ĐẠT", "dat"),
        ("đường Điện Biên Phủ", "duong dien bien phu"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Thuý", "thuy"),
        ("Thúy", "thuy"),
        ("Y Moan Ênuôl", "y moan enuol"),
        ("Ƀrâo Čil", "brao cil"),
        ("K'Brŏ", "k'bro"),
        ("\u00d0ại", "dai"),
    ],
)
def test_marks_case_and_the_bar_of_d_do_not_count_in_a_search(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_an_apostrophe_joins_and_a_dash_parts() -> None:
    assert words("H'Hen Niê") == ["hhen", "nie"]
    assert words("H\u2019Hen Niê-Kdăm") == ["hhen", "nie", "kdam"]
    assert words("Ƀlô") == ["blo"]
    assert words(" ,;:!? ") == []


def test_only_plain_digits_are_digits() -> None:
    assert digits("(091) 234.56-78 ٣ ²") == "09123456 78".replace(" ", "")


@settings(max_examples=500)
@given(TEXTS)
def test_cleaning_and_folding_twice_is_cleaning_and_folding_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)
    assert unicodedata.is_normalized("NFC", clean(text))


@settings(max_examples=500)
@given(TEXTS)
def test_a_text_is_found_by_any_spelling_of_itself(text: str) -> None:
    spellings = {text, clean(text), unicodedata.normalize("NFD", text), f"  {text} "}
    assert len({tuple(words(spelling)) for spelling in spellings}) == 1


@given(TEXTS)
def test_the_words_of_a_text_are_plain_letters_and_digits(text: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words(text))
