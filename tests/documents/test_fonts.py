"""The typefaces draw every Vietnamese letter, and what they cannot draw is refused before it is saved."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from motcua_desktop.documents.fonts import Face, demand_drawable, typeface, undrawable
from motcua_desktop.domain.errors import Bug, UserFacingError

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LOWER = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES} | {"đ"}
_LETTERS = "".join(sorted(_LOWER | {letter.upper() for letter in _LOWER}))
_HIGHLAND = "ƀčĕĭŏŭñɃČĔĬŎŬÑ"


def test_every_vietnamese_letter_can_be_drawn_in_every_face() -> None:
    assert len(_LOWER) == 73
    assert undrawable(_LETTERS + _HIGHLAND) == ""
    for face in Face:
        assert all(typeface().widths[face][letter] > 0 for letter in _LETTERS + _HIGHLAND)


def test_letters_written_with_loose_marks_are_composed_first() -> None:
    assert undrawable(unicodedata.normalize("NFD", "Nguyễn Thị Hường, K'Brêu, Y Moan Ênuôl")) == ""


@pytest.mark.parametrize(
    ("text", "offending"),
    [
        ("Nguyễn 😀 An", "😀"),
        ("陳 Văn 陳 A", "陳"),
        ("Rơ̆ Chăm ư̆", "ơ̆ư̆"),
        ("ก", "ก"),
        ("A\u200dB", "\u200d"),
        ("A\u00adB", "\u00ad"),
        ("A\x00B", "\x00"),
        ("☑ xong", "☑"),
    ],
)
def test_what_would_print_wrong_is_named(text: str, offending: str) -> None:
    assert undrawable(text) == offending


def test_line_breaks_and_tabs_are_no_trouble() -> None:
    assert undrawable("một\nhai\tba\r\n") == ""


def test_the_refusal_carries_its_number_the_field_and_the_characters() -> None:
    with pytest.raises(UserFacingError) as refused:
        demand_drawable("Lý 😀", "applicant")

    problem = refused.value.problem
    assert (problem.number, problem.field, dict(problem.params)) == ("MC-191", "applicant", {"text": "😀"})


def test_a_missing_typeface_is_a_broken_installation(tmp_path: Path) -> None:
    with pytest.raises(Bug, match="Tinos-Regular"):
        typeface(tmp_path)
