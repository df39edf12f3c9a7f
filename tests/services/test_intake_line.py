"""Lines of intake: whatever a line holds, it becomes a submission or is refused by number and field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.messages import sentence
from motcua_desktop.services.intake import Submission
from motcua_desktop.services.intake_line import LONGEST_LINE, read_line
from tests.factories import line, moment

CARD = "011091000001||Vàng A Dế|15031991|Nam|Bản Tả Phìn, xã Tả Phìn|15082021"
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
FIELDS = (
    *(
        "procedure",
        "received_at",
        "channel",
        "card",
        "applicant",
        "phone",
        "representative",
        "documents",
        "sets",
    ),
    *("return_by", "case", "note", "request_id", "due_at"),
)
INNER = (
    "full_name",
    "id_number",
    "id_kind",
    "kind",
    "birth_date",
    "gender",
    "address",
    "phone",
    "email",
    "authority",
)
BROKEN = (
    *(
        "",
        " ",
        "{",
        "[]",
        '"x"',
        "1",
        "null",
        "NaN",
        "{]",
        "{'a': 1}",
        "\x00",
        "[" * 100_000,
        '{"a":' * 50_000,
    ),
    *("x" * (LONGEST_LINE + 1), '{"n": ' + "9" * 5000 + "}", "{} {}"),
)
ROW = ("item", "original", "copy")


def problem(text: str) -> tuple[str, str | None]:
    with pytest.raises(UserFacingError) as told:
        read_line(text)
    assert sentence(told.value.problem)
    return told.value.problem.number, told.value.problem.field


def test_a_card_fills_in_the_applicant() -> None:
    submission = read_line(line(card=CARD, applicant=None))
    assert submission.applicant.full_name == "Vàng A Dế"
    assert (submission.applicant.birth_date, submission.applicant.phone) == ("1991-03-15", "0912345678")
    assert submission.received_at == moment("2026-11-20T09:47")
    assert submission.documents == ((1, 1, 0),)


def test_what_may_be_absent_may_also_be_null() -> None:
    bare = {"procedure": "2.000815", "applicant": {"full_name": "Vàng A Dế", "id_number": "011091000001"}}
    plain = read_line(json.dumps(bare))
    nulls = dict.fromkeys(name for name in FIELDS if name not in bare)
    assert read_line(json.dumps({**bare, **nulls})) == plain
    assert (plain.sets, plain.channel, plain.return_by, plain.documents) == (1, "counter", "counter", ())


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: repr(text[:12]))
def test_what_is_not_one_json_object_is_refused_whole(text: str) -> None:
    assert problem(text) == ("MC-100", None)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"procedure": 1.001193}, ("MC-123", "procedure")),
        ({"procedure": ["1.001193"]}, ("MC-123", "procedure")),
        ({"phone": 912345678}, ("MC-123", "phone")),
        ({"sets": "1"}, ("MC-123", "sets")),
        ({"sets": True}, ("MC-123", "sets")),
        ({"sets": 1.0}, ("MC-123", "sets")),
        ({"sets": 10**30}, ("MC-123", "sets")),
        ({"sets": float("nan")}, ("MC-123", "sets")),
        ({"sets": float("inf")}, ("MC-123", "sets")),
        ({"documents": {}}, ("MC-123", "documents")),
        ({"documents": [1]}, ("MC-123", "documents[0]")),
        ({"documents": [{}]}, ("MC-123", "documents[0].item")),
        ({"documents": [{"item": "1"}]}, ("MC-123", "documents[0].item")),
        ({"documents": [{"item": 1, "copy": -5000}]}, ("MC-123", "documents[0].copy")),
        ({"applicant": "Vàng A Dế"}, ("MC-123", "applicant")),
        ({"applicant": {"full_name": 5}}, ("MC-123", "applicant.full_name")),
        ({"applicant": {"full_name": "x" * 501}}, ("MC-123", "applicant.full_name")),
        ({"applicant": {"full_name": "\ud800"}}, ("MC-191", "applicant.full_name")),
        ({"applicant": {"full_name": "A", "birth_date": "1991-02-30"}}, ("MC-119", "applicant.birth_date")),
        ({"applicant": {"full_name": "A", "birth_date": "²³¹⁴"}}, ("MC-119", "applicant.birth_date")),
        ({"representative": []}, ("MC-123", "representative")),
        ({"applicant": None}, ("MC-115", "applicant")),
        ({"card": ""}, ("MC-103", "card")),
        ({"card": "https://example.vn"}, ("MC-103", "card")),
        ({"card": 5}, ("MC-123", "card")),
        ({"received_at": "hôm qua"}, ("MC-119", "received_at")),
        ({"received_at": "2026-02-30T08:00"}, ("MC-119", "received_at")),
        ({"received_at": "0001-01-01T00:00:00+23:00"}, ("MC-119", "received_at")),
        ({"received_at": "9999-12-31T23:59:59-23:00"}, ("MC-119", "received_at")),
        ({"due_at": "9999-12-31T23:59:59-23:00"}, ("MC-119", "due_at")),
        ({"received_at": 1_795_000_000}, ("MC-123", "received_at")),
        ({"request_id": 7}, ("MC-123", "request_id")),
        ({"note": "\udfff"}, ("MC-191", "note")),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_wrong_value_is_refused_by_its_path(change: dict[str, Any], expected: tuple[str, str]) -> None:
    row = {**json.loads(line()), **change}
    assert problem(json.dumps(row)) == expected


@pytest.mark.parametrize("number", ["ABCDEFGHIJKL", "AB12345678CD", "²³¹⁴²³¹⁴²³¹⁴", "٠١١٠٩١٠٠٠٠٠١"])
def test_a_number_of_twelve_other_signs_is_no_reason_to_break(number: str) -> None:
    row = {"full_name": "A", "id_number": number, "birth_date": "1991-03-15", "id_kind": "passport"}
    assert read_line(line(applicant=row)).warnings == ()


@pytest.mark.parametrize("depth", [*range(80, 120), *range(300, 1100, 7), 5_000])
def test_no_depth_of_nesting_breaks_a_line(depth: int) -> None:
    nested = "[" * depth + "]" * depth
    for row in (
        f'{{"sets": {nested}}}',
        f'{{"procedure": {nested}}}',
        f'{{"applicant": {{"full_name": {nested}}}}}',
    ):
        assert problem(row)[0] in ("MC-100", "MC-115", "MC-123")


def read(text: str) -> Submission | None:
    try:
        return read_line(text)
    except UserFacingError as refused:
        assert sentence(refused.problem)
        return None


@settings(max_examples=300)
@given(st.text(max_size=300))
def test_no_text_breaks_a_line(text: str) -> None:
    read(text)


@settings(max_examples=500)
@given(
    st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=4),
    st.dictionaries(st.sampled_from(INNER), ANYTHING, max_size=3),
    st.dictionaries(st.sampled_from(ROW), ANYTHING, max_size=3),
)
def test_no_value_in_no_field_breaks_a_line(
    outer: dict[str, Any], inner: dict[str, Any], row: dict[str, Any]
) -> None:
    whole = json.loads(line())
    whole["applicant"] = {**whole["applicant"], **inner}
    whole["documents"] = [row] if row else whole["documents"]
    read(json.dumps({**whole, **outer}))
    read(json.dumps({**whole, **outer}, ensure_ascii=False))


def test_the_applicants_phone_is_taken_where_a_card_says_the_rest() -> None:
    submission = read_line(line(card=CARD, applicant={"phone": "+84 912 345 678"}, phone=None))
    assert submission.applicant.phone == "0912345678"


@pytest.mark.parametrize("text", ["1991-03-15", "15/03/1991", "15031991", "15.3.1991"])
def test_a_birth_date_is_read_as_the_window_reads_it(text: str) -> None:
    row = {"full_name": "A", "id_number": "011091000001", "birth_date": text}
    assert read_line(line(applicant=row)).applicant.birth_date == "1991-03-15"
