"""What a published list adds, changes and ends, judged without a file or a desk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.procedure import Catalogue, read_catalogue, write_procedure
from motcua_desktop.domain.publication import (
    BadRow,
    Change,
    ChangeKind,
    Preview,
    Publication,
    Trouble,
    compare,
)
from motcua_desktop.domain.publication_merge import alike, shortened
from tests.domain.test_procedure import row

DAY = date(2026, 12, 1)
SOURCE = "Quyết định số 7/QĐ-UBND ngày 01/11/2026"
CODE = "1.000001"


def catalogue(*rows: dict[str, Any]) -> Catalogue:
    return read_catalogue({"procedures": rows or [row(CODE, "Đăng ký", "dk")]})


def seen(
    *rows: dict[str, Any], before: Catalogue | None = None, source: str = SOURCE, **more: Any
) -> Preview:
    end_missing = more.pop("end_missing", False)
    publication = Publication(source, DAY, rows, **more)
    return compare(before or catalogue(), publication, end_missing=end_missing)


def only(preview: Preview) -> Change:
    (change,) = [c for c in preview.changes if c.kind is not ChangeKind.MISSING]
    return change


def said(change: Change, name: str) -> list[tuple[str, Any, Any]]:
    return [(f.part, f.old, f.new) for f in change.fields if f.field == name]


def term(value: int, case: str | None = None, kind: str = "working_days", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "value": value, **({"case": case} if case else {}), **more}


def with_terms(*terms: dict[str, Any]) -> Catalogue:
    base = row(CODE, "Đăng ký")["terms"][0]
    return catalogue(row(CODE, "Đăng ký", terms=[{**base, "after": None, **t} for t in terms]))


def test_each_field_that_changes_is_told_with_what_it_was_and_what_it_becomes() -> None:
    change = only(seen({"code": CODE, "name": "Đăng ký mới", "sets": 2}))
    assert change.kind is ChangeKind.CHANGED
    assert said(change, "name") == [("", "Đăng ký", "Đăng ký mới")]
    assert said(change, "sets") == [("", 1, 2)]
    assert {f.field for f in change.fields} == {"name", "sets", "source"}


def test_a_list_that_only_confirms_gives_its_decision_as_the_source() -> None:
    change = only(seen({"code": CODE, "name": "ĐĂNG KÝ"}))
    assert {f.field for f in change.fields} == {"source"}
    assert change.row is not None and change.row["name"] == "Đăng ký"


def test_a_list_without_a_decision_that_says_the_same_changes_nothing() -> None:
    preview = seen({"code": CODE, "name": "Thủ tục đăng ký"}, source="")
    assert only(preview).kind is ChangeKind.SAME
    assert preview.changes_nothing
    assert preview.body()["procedures"] == []


def test_a_new_procedure_is_added_with_a_short_name_of_whole_words() -> None:
    name = "Hỗ trợ chi phí khuyến khích sử dụng hình thức hỏa táng trên địa bàn tỉnh"
    change = only(seen({"code": "1.000002", "name": name}))
    assert change.kind is ChangeKind.ADDED
    assert change.row is not None
    assert change.row["short_name"] == "Hỗ trợ chi phí khuyến khích sử dụng hình thức…"
    assert (change.row["terms"][0]["kind"], change.row["terms"][0]["source"]) == ("not_stated", SOURCE)


def test_what_is_added_is_shown_as_far_as_anything_is_known_of_it() -> None:
    change = only(
        seen({"code": "1.000002", "name": "Mới", "terms": [term(3)], "documents": [{"name": "Đơn"}]})
    )
    assert [(f.field, f.part) for f in change.fields][-2:] == [("terms", ""), ("documents", "Đơn")]
    assert "source" in {f.field for f in change.fields} and "alias" not in {f.field for f in change.fields}
    assert {f.old for f in change.fields} == {None}


def test_what_is_proposed_can_be_read_as_a_version() -> None:
    rows = [
        {"code": CODE, "terms": [term(3)]},
        {"code": "1.000002", "name": "Mới", "documents": [{"name": "Đơn"}]},
    ]
    preview = seen(*rows)
    laid = catalogue().with_publications([preview.body()])
    for change in preview.changes:
        version = laid.find(change.code, DAY)
        assert version is not None
        assert write_procedure(version) == change.row


def test_a_case_that_a_list_of_one_term_does_not_mention_is_kept() -> None:
    before = with_terms(term(5), term(25, "cần xác minh"))
    change = only(seen({"code": CODE, "terms": [term(4)]}, before=before))
    assert change.row is not None
    assert [(t["case"], t["value"]) for t in change.row["terms"]] == [(None, 4), ("cần xác minh", 25)]


def test_cases_that_a_list_names_replace_those_in_force() -> None:
    before = with_terms(term(5), term(25, "cần xác minh"), term(30, "phức tạp"))
    change = only(seen({"code": CODE, "terms": [term(5), term(20, "Cần xác minh")]}, before=before))
    assert change.row is not None
    assert [(t["case"], t["value"]) for t in change.row["terms"]] == [(None, 5), ("cần xác minh", 20)]
    assert [part for part, _, new in said(change, "terms") if new is None] == ["phức tạp"]


def test_a_list_that_is_whole_says_its_cases_entirely() -> None:
    before = with_terms(term(5), term(25, "cần xác minh"))
    change = only(seen({"code": CODE, "terms": [term(5)]}, before=before, whole=True))
    assert change.row is not None
    assert [t["case"] for t in change.row["terms"]] == [None]


@pytest.mark.parametrize(
    ("before", "after", "law"),
    [
        (term(5), term(3), ("working_days", 5)),
        (term(5), term(7), (None, None)),
        (term(5), term(5), (None, None)),
        (term(15, kind="calendar_days"), term(10), (None, None)),
        (term(5), {"kind": "same_day", "value": None}, ("working_days", 5)),
        ({"kind": "not_stated", "value": None}, term(5), (None, None)),
        (term(3, statutory_kind="working_days", statutory_value=5), term(2), ("working_days", 5)),
        (term(3, statutory_kind="working_days", statutory_value=5), term(5), (None, None)),
    ],
    ids=[
        "shorter",
        "longer",
        "same",
        "other unit",
        "same day",
        "unknown before",
        "shorter again",
        "as the law",
    ],
)
def test_only_a_shorter_term_keeps_the_longer_one_as_the_laws(
    before: dict[str, Any], after: dict[str, Any], law: tuple[str | None, int | None]
) -> None:
    change = only(seen({"code": CODE, "terms": [after]}, before=with_terms(before)))
    assert change.row is not None
    (new,) = change.row["terms"]
    assert (new["statutory_kind"], new["statutory_value"]) == law


def test_a_term_that_stays_keeps_its_note_and_its_first_day() -> None:
    before = with_terms(term(5, note="Có thể dài hơn."))
    change = only(seen({"code": CODE, "terms": [term(5)]}, before=before))
    assert change.row is not None
    (new,) = change.row["terms"]
    assert (new["note"], new["valid_from"], new["source"]) == ("Có thể dài hơn.", "2025-07-01", SOURCE)


def test_papers_keep_their_number_and_short_wording_and_new_ones_get_the_next() -> None:
    old = [
        {"item": n, "name": f"Giấy {n}", "short": f"G{n}", "original": 1, "copy": 0, "mode": "present"}
        | {"need": "case", "case": "Khi có"}
        for n in (1, 2, 3)
    ]
    before = catalogue(row(CODE, "Đăng ký", documents=old))
    listed = [{"name": "Đơn"}, {"name": "GIẤY 3.", "original": 2, "copy": 1}, {"name": "Giấy 1"}]
    change = only(seen({"code": CODE, "documents": listed}, before=before))
    assert change.row is not None
    papers = change.row["documents"]
    assert [(p["item"], p["short"], p["original"]) for p in papers] == [
        (1, "G1", 1),
        (3, "G3", 2),
        (4, "Đơn", 1),
    ]
    assert [p["mode"] for p in papers] == ["present", "present", "submit"]
    assert [(part, bool(new)) for part, _, new in said(change, "documents")] == [
        ("Giấy 2", False),
        ("Giấy 3", True),
        ("Đơn", True),
    ]


def test_an_amount_without_channels_holds_for_the_channels_of_the_fee_in_force() -> None:
    fee = {
        "channels": ["Trực tiếp"],
        "amount_vnd": 8000,
        "unit": "/bản",
        "set_by_province": False,
        "note": "N",
    }
    before = catalogue(
        row(CODE, "Đăng ký", fees=[{**fee, "source": "Cũ", "valid_from": "2025-07-01", "valid_to": None}])
    )
    same = only(seen({"code": CODE, "fees": [{"amount_vnd": 8000, "set_by_province": False}]}, before=before))
    assert {f.field for f in same.fields} == {"source", "fees"}
    assert same.row is not None
    assert {k: same.row["fees"][0][k] for k in fee} == fee
    dearer = only(
        seen({"code": CODE, "fees": [{"amount_vnd": 9000, "set_by_province": False}]}, before=before)
    )
    assert dearer.row is not None
    assert (dearer.row["fees"][0]["amount_vnd"], dearer.row["fees"][0]["valid_from"]) == (9000, "2026-12-01")


@pytest.mark.parametrize("notes", [("N", None), (None, "N"), (None, None)])
@pytest.mark.parametrize("channels", [{}, {"channels": ["Trực tiếp"]}])
def test_fees_that_differ_only_in_a_note_or_an_amount_are_not_taken_for_each_other(
    notes: tuple[str | None, str | None], channels: dict[str, Any]
) -> None:
    amounts = (0, 8000) if notes == (None, None) else (8000, 8000)
    fees = [
        {"amount_vnd": amount, "set_by_province": False, **({"note": note} if note else {}), **channels}
        for amount, note in zip(amounts, notes, strict=True)
    ]
    first = seen({"code": CODE, "fees": fees})
    change = only(first)
    assert change.row is not None
    assert [(f["amount_vnd"], f["note"]) for f in change.row["fees"]] == list(
        zip(amounts, notes, strict=True)
    )
    again = seen({"code": CODE, "fees": fees}, before=catalogue().with_publications([first.body()]))
    assert only(again).kind is ChangeKind.SAME


def test_a_version_that_begins_later_still_begins() -> None:
    later = row(CODE, "Sau", valid_from="2027-03-01")
    before = catalogue(row(CODE, "Đăng ký", valid_to="2027-02-28"), later)
    change = only(seen({"code": CODE, "sets": 2}, before=before))
    assert change.row is not None
    assert (change.row["valid_from"], change.row["valid_to"]) == ("2026-12-01", "2027-02-28")


def test_a_row_may_begin_on_a_day_of_its_own() -> None:
    change = only(seen({"code": CODE, "sets": 2, "valid_from": "2027-03-01"}))
    assert change.starts == date(2027, 3, 1)
    assert change.row is not None and change.row["valid_from"] == "2027-03-01"


def test_what_the_list_repeals_ends_on_the_eve_and_what_is_not_in_force_is_passed_over() -> None:
    preview = seen(ended=(CODE, "9.999999"))
    assert preview.body()["ended"] == [{"code": CODE, "valid_to": "2026-11-30"}]


def test_a_procedure_that_is_not_in_the_list_is_shown_and_not_ended() -> None:
    preview = seen({"code": "1.000002", "name": "Mới"})
    assert [c.code for c in preview.of(ChangeKind.MISSING)] == [CODE]
    assert preview.body()["ended"] == []


def test_missing_procedures_end_when_asked_but_not_one_that_a_bad_row_speaks_of() -> None:
    before = catalogue(
        row(CODE, "Một"), row("1.000002", "Hai"), row("1.000003", "Ba"), row("1.000004", "Bốn")
    )
    bad = (
        BadRow(5, "c", Trouble.NO_UNIT, code="1.000002"),
        BadRow(6, "c", Trouble.CODE_UNREADABLE, name="THỦ TỤC BA"),
    )
    preview = seen({"code": CODE, "sets": 2}, before=before, bad=bad, end_missing=True)
    assert [c.code for c in preview.of(ChangeKind.ENDED)] == ["1.000004"]


def test_nothing_can_be_ended_while_a_row_speaks_of_nobody_knows_what() -> None:
    bad = (BadRow(5, "c", Trouble.CODE_UNREADABLE, name="Không ai biết"),)
    with pytest.raises(UserFacingError) as error:
        seen({"code": "1.000002", "name": "Mới"}, bad=bad, end_missing=True)
    assert error.value.problem.number == "MC-229"


def test_names_are_alike_but_for_capitals_spaces_and_the_word_in_front() -> None:
    assert alike("Thủ tục  Đăng ký khai sinh.", "đăng ký khai sinh")
    assert not alike("Giấy báo tử", "Giấy bảo tử")


def test_a_text_is_shortened_at_a_word() -> None:
    assert shortened("một hai ba", 10) == "một hai ba"
    assert shortened("một hai, ba bốn", 10) == "một hai…"
