"""What officers read: every number has its sentence, in both languages, with the same blanks to fill."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from motcua_desktop import i18n
from motcua_desktop.domain.card import CodeKind
from motcua_desktop.domain.errors import Problem
from motcua_desktop.messages import TEXTS, code_name, sentence, spoken
from tests.factories import moment

ROOT = Path(__file__).resolve().parent.parent
NUMBER = re.compile(r"[\"'](MC-\d{3})[\"']")


@cache
def catalogue(language: str) -> Catalog:
    path = ROOT / "i18n" / language / "LC_MESSAGES" / "motcua.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def marked() -> set[str]:
    return {str(message.id) for message in catalogue("en") if message.id}


def test_every_number_in_the_code_has_its_sentence() -> None:
    used = {
        number
        for folder in ("motcua_desktop", "ui")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "messages.py"
        for number in NUMBER.findall(path.read_text(encoding="utf-8"))
    }
    assert used - set(TEXTS) == set()


def test_every_sentence_is_known_by_its_number_alone() -> None:
    assert len(set(TEXTS.values())) == len(TEXTS)
    assert all(re.fullmatch(r"MC-\d{3}", number) for number in TEXTS)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_catalogue_holds_every_sentence_translated(language: str) -> None:
    known = {str(message.id): str(message.string) for message in catalogue(language) if message.id}
    assert [number for number, text in TEXTS.items() if text not in known] == []
    assert [text for text, said in known.items() if not said.strip()] == []
    assert [str(m.id) for m in catalogue(language) if m.id and m.fuzzy] == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_translation_has_the_same_blanks_to_fill(language: str) -> None:
    different = [
        (message.id, blanks(str(message.string)))
        for message in catalogue(language)
        if message.id and blanks(str(message.id)) != blanks(str(message.string))
    ]
    assert different == []


def test_both_catalogues_hold_the_same_texts() -> None:
    assert {str(message.id) for message in catalogue("vi") if message.id} == marked()


def test_english_says_what_the_code_says() -> None:
    assert [m.id for m in catalogue("en") if m.id and m.id != m.string] == []


def test_vietnamese_is_vietnamese() -> None:
    letters = re.compile(
        "[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE
    )
    said = {str(message.id): str(message.string) for message in catalogue("vi") if message.id}
    plain = [number for number, text in TEXTS.items() if not letters.search(said[text])]
    assert plain == []


@pytest.mark.parametrize("number", TEXTS)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_sentence_never_shows_an_empty_blank(
    number: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "_chosen", language)
    whole = sentence(Problem(number, None, dict.fromkeys(blanks(TEXTS[number]), "{x}")))
    assert "?" not in whole.replace("{x}", "")
    assert whole.count("{x}") >= len(blanks(TEXTS[number]))
    assert sentence(Problem(number))


def test_a_number_of_a_newer_program_shows_itself() -> None:
    assert sentence(Problem("MC-888", None, {"x": 1})) == "MC-888"


@pytest.mark.parametrize("kind", CodeKind)
def test_every_kind_of_code_has_a_name(kind: CodeKind, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in i18n.LANGUAGES:
        monkeypatch.setattr(i18n, "_chosen", language)
        assert len(code_name(kind)) > 4
        assert spoken(kind) == code_name(kind)


def test_values_are_spoken_as_officers_write_them() -> None:
    assert spoken(moment("2026-11-20T09:47")) == "09:47 20/11/2026"
    assert spoken(date(2026, 11, 20)) == "20/11/2026"
    assert spoken(["a", "b"]) == "a; b"
    assert spoken(3) == "3"


def test_the_officers_manual_explains_every_message_and_no_other() -> None:
    manual = Path(__file__).parent.parent / "docs" / "huong-dan" / "06-khi-co-truc-trac.md"
    assert set(re.findall(r"MC-\d{3}", manual.read_text(encoding="utf-8"))) == set(TEXTS)
