"""The shipped catalogue of procedures, read as data: what an officer and a citizen may rely on in it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

CATALOGUE = Path(__file__).resolve().parents[2] / "resources" / "catalogue" / "procedures.json"
KINDS = {"same_day", "working_days", "calendar_days", "hours", "working_hours", "months", "not_stated"}
COUNTED = KINDS - {"same_day", "not_stated"}
LONGEST_SHORT = 80
LONGEST_SHORT_NAME = 48
Row = dict[str, Any]


@pytest.fixture(scope="module")
def text() -> str:
    return CATALOGUE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def procedures(text: str) -> list[Row]:
    rows: list[Row] = json.loads(text)["procedures"]
    return rows


def strings(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the catalogue with the place it stands in."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from strings(inner, f"{path}/{number}")


def rows_with_a_validity(procedures: list[Row]) -> Iterator[tuple[str, Row]]:
    for procedure in procedures:
        yield procedure["code"], procedure
        for row in (*procedure["terms"], *procedure["fees"]):
            yield procedure["code"], row


def papers(procedures: list[Row]) -> Iterator[tuple[str, Row]]:
    for procedure in procedures:
        for paper in procedure["documents"]:
            yield f"{procedure['code']}/{paper['item']}", paper


def test_there_are_121_procedures_with_unique_codes_in_order(procedures: list[Row]) -> None:
    codes = [procedure["code"] for procedure in procedures]
    assert len(codes) == 121
    assert codes == sorted(set(codes))
    assert [code for code in codes if not re.fullmatch(r"\d\.\d{6}", code)] == []


def test_twenty_procedures_have_a_short_unique_alias_of_plain_letters(procedures: list[Row]) -> None:
    aliases = {p["alias"]: p["code"] for p in procedures if p["alias"] is not None}
    assert len(aliases) == 20 == sum(p["alias"] is not None for p in procedures)
    assert [alias for alias in aliases if not re.fullmatch(r"[a-z]{2,4}", alias)] == []
    assert aliases["ks"] == "1.001193"


def test_no_alias_is_the_beginning_of_another(procedures: list[Row]) -> None:
    aliases = sorted(p["alias"] for p in procedures if p["alias"])
    assert [(a, b) for a in aliases for b in aliases if a != b and b.startswith(a)] == []


def test_an_alias_survives_a_telex_input_method(procedures: list[Row]) -> None:
    """`w` alone, `dd`, a doubled vowel, or a tone key after a vowel would be turned into another letter."""
    eaten = re.compile(r"w|dd|aa|ee|oo|[aeiouy][a-z]*[sfrxj]")
    assert [p["alias"] for p in procedures if p["alias"] and eaten.search(p["alias"])] == []


def test_an_alias_belongs_to_a_procedure_in_force_at_the_counter(procedures: list[Row]) -> None:
    aliased = [p for p in procedures if p["alias"]]
    assert [p["code"] for p in aliased if not p["at_counter"] or p["valid_to"]] == []


def test_every_paper_has_a_short_wording_that_fits_and_is_not_cut(procedures: list[Row]) -> None:
    shorts = [(where, paper["short"]) for where, paper in papers(procedures)]
    assert [where for where, short in shorts if not 0 < len(short) <= LONGEST_SHORT] == []
    assert [where for where, short in shorts if re.search(r"…|\.\.|[.,;:]$", short)] == []


def test_no_two_papers_of_a_procedure_share_a_short_wording(procedures: list[Row]) -> None:
    for procedure in procedures:
        counts = Counter(paper["short"].casefold() for paper in procedure["documents"])
        assert [short for short, count in counts.items() if count > 1] == [], procedure["code"]


def test_short_names_fit_and_tell_procedures_apart(procedures: list[Row]) -> None:
    counts = Counter(procedure["short_name"].casefold() for procedure in procedures)
    assert [name for name, count in counts.items() if count > 1 or len(name) > LONGEST_SHORT_NAME] == []


def test_papers_are_numbered_from_one_without_gaps(procedures: list[Row]) -> None:
    for procedure in procedures:
        numbers = [paper["item"] for paper in procedure["documents"]]
        assert numbers == list(range(1, len(numbers) + 1)), procedure["code"]
    assert sum(len(procedure["documents"]) for procedure in procedures) == 492


def test_a_paper_says_when_it_is_needed(procedures: list[Row]) -> None:
    assert {paper["need"] for _, paper in papers(procedures)} == {"always", "case", "online"}
    assert {paper["mode"] for _, paper in papers(procedures)} == {"submit", "present"}
    unexplained = [where for where, p in papers(procedures) if (p["need"] == "always") != (p["case"] is None)]
    assert unexplained == []


def test_all_text_is_composed_and_free_of_hidden_characters(text: str) -> None:
    assert unicodedata.normalize("NFC", text) == text
    hidden = {"Cf", "Cc", "Co", "Zl", "Zp"}
    assert {hex(ord(c)) for c in text if c != "\n" and unicodedata.category(c) in hidden} == set()
    assert "\u00a0" not in text


def test_no_text_has_double_or_outer_spaces(procedures: list[Row]) -> None:
    assert [where for where, value in strings(procedures) if "  " in value or value != value.strip()] == []


def test_no_name_starts_with_the_word_procedure_or_ends_cut(procedures: list[Row]) -> None:
    assert [p["code"] for p in procedures if p["name"].startswith("Thủ tục ")] == []
    names = [(p["code"], p["name"]) for p in procedures]
    names += [(where, paper["name"]) for where, paper in papers(procedures)]
    assert [where for where, name in names if re.search(r"…|[,;:]$", name)] == []
    assert [where for where, name in names if name.count("(") != name.count(")")] == []


def test_every_row_has_a_source_and_a_day_it_starts(procedures: list[Row]) -> None:
    for code, row in rows_with_a_validity(procedures):
        assert row["source"].strip(), code
        start = date.fromisoformat(row["valid_from"])
        assert row["valid_to"] is None or date.fromisoformat(row["valid_to"]) > start, code


def test_every_procedure_has_one_default_term_and_it_comes_first(procedures: list[Row]) -> None:
    for procedure in procedures:
        cases = [term["case"] for term in procedure["terms"]]
        assert cases[0] is None and cases.count(None) == 1, procedure["code"]
        assert len(set(cases)) == len(cases), procedure["code"]


def test_a_term_is_of_a_known_kind_with_just_the_numbers_it_needs(procedures: list[Row]) -> None:
    for procedure in procedures:
        for term in procedure["terms"]:
            assert term["kind"] in KINDS, procedure["code"]
            assert (term["kind"] in COUNTED) == (term["value"] is not None), procedure["code"]
            assert (term["kind"] == "same_day") == (term["after"] is not None), procedure["code"]
            assert term["kind"] != "not_stated" or term["note"], procedure["code"]


def test_residence_and_complaints_do_not_pass_through_the_counter(procedures: list[Row]) -> None:
    away = {p["code"] for p in procedures if not p["at_counter"]}
    police = {p["code"] for p in procedures if p["authority"] == "Công an cấp xã"}
    assert len(police) == 7
    assert away == police | {"2.001801", "2.001909", "2.002396", "2.002409"}


def test_repealed_codes_have_ended_and_civil_status_has_not(procedures: list[Row]) -> None:
    assert {p["code"] for p in procedures if p["valid_to"]} == {"2.000986", "2.001023"}
    assert all(p["valid_to"] is None for p in procedures if p["field"] == "Hộ tịch")
