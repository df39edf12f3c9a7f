"""Procedures: which version is in force, and which ones a few letters mean."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest

from motcua_desktop.assets import resource
from motcua_desktop.domain.fees import fee_text
from motcua_desktop.domain.procedure import (
    Catalogue,
    Fee,
    Mode,
    Need,
    read_catalogue,
    read_procedure,
    write_procedure,
)
from tests.factories import BIRTH

DAY = date(2026, 11, 20)


@cache
def shipped_rows() -> dict[str, Any]:
    rows: dict[str, Any] = json.loads(resource("catalogue", "procedures.json").read_text(encoding="utf-8"))
    return rows


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return read_catalogue(shipped_rows())


def rows_in_force() -> list[dict[str, Any]]:
    day = DAY.isoformat()
    rows = shipped_rows()["procedures"]
    return [r for r in rows if r["valid_from"] <= day <= (r["valid_to"] or "9999")]


def row(code: str, name: str, alias: str | None = None, **more: Any) -> dict[str, Any]:
    base = next(r for r in shipped_rows()["procedures"] if r["code"] == BIRTH)
    return {**base, "code": code, "name": name, "short_name": name, "alias": alias, **more}


def made(*rows: dict[str, Any]) -> Catalogue:
    return read_catalogue({"procedures": rows})


def test_the_shipped_catalogue_is_read_whole(shipped: Catalogue) -> None:
    assert len(shipped.in_force(DAY)) == len(rows_in_force())
    birth = shipped.find(BIRTH, DAY)
    assert birth is not None
    assert [paper.item for paper in birth.always_needed()] == [1, 5, 7]
    assert all(paper.need is not Need.ONLINE for paper in birth.at_the_counter())
    assert {paper.mode for paper in birth.documents} <= set(Mode)


def test_the_alias_comes_first(shipped: Catalogue) -> None:
    assert shipped.match("ks", DAY, {})[0].code == BIRTH
    assert shipped.match(" KS ", DAY, {})[0].code == BIRTH


@pytest.mark.parametrize(
    "typed", ["khai sinh", "Đăng ký khai", "KHAI SINH", "khai s", "sinh khai", "1.001193"]
)
def test_letters_without_marks_find_a_procedure(shipped: Catalogue, typed: str) -> None:
    assert BIRTH in [p.code for p in shipped.match(typed, DAY, {})]


def test_nothing_typed_offers_every_procedure_with_the_known_ones_first(shipped: Catalogue) -> None:
    offered = shipped.match("", DAY, {})
    assert len(offered) == len(rows_in_force())
    named = sum(row["alias"] is not None for row in rows_in_force())
    assert [bool(p.alias) for p in offered] == [n < named for n in range(len(offered))]


def test_what_is_no_procedure_finds_none(shipped: Catalogue) -> None:
    assert shipped.match("zzzz", DAY, {}) == []
    assert shipped.match("%_*", DAY, {}) == []


def test_the_rank_is_alias_then_its_beginning_then_code_then_short_name_then_name() -> None:
    catalogue = made(
        row("5.000005", "Khác", short_name="Khác"),
        row("4.000004", "Việc kia", short_name="Ks việc"),
        row("3.000003", "Việc ks kia", short_name="Việc"),
        row("2.000002", "Việc này", "ksx"),
        row("1.000001", "Việc khác", "ks"),
    )
    assert [p.code[0] for p in catalogue.match("ks", DAY, {})] == ["1", "2", "4", "3"]


def test_among_equals_the_more_used_one_comes_first() -> None:
    catalogue = made(
        row("1.000001", "Chứng thực A"), row("1.000002", "Chứng thực B"), row("1.000003", "Chứng thực C")
    )
    used = {"1.000002": 3, "1.000003": 9}
    assert [p.code for p in catalogue.match("chung thuc", DAY, used)] == ["1.000003", "1.000002", "1.000001"]
    assert [p.code for p in catalogue.match("1.0000", DAY, used)] == ["1.000003", "1.000002", "1.000001"]


def test_a_version_is_in_force_on_its_first_and_its_last_day_and_not_beyond() -> None:
    old = row("1.000001", "Bản cũ", valid_from="2025-07-01", valid_to="2026-06-30")
    new = row("1.000001", "Bản mới", valid_from="2026-07-01", valid_to=None)
    catalogue = made(new, old)
    named = {
        day: catalogue.find("1.000001", day)
        for day in (date(2025, 7, 1), date(2026, 6, 30), date(2026, 7, 1))
    }
    assert [p.name for p in named.values() if p] == ["Bản cũ", "Bản cũ", "Bản mới"]
    assert catalogue.find("1.000001", date(2025, 6, 30)) is None
    assert [p.name for p in catalogue.match("ban", DAY, {})] == ["Bản mới"]


def test_a_procedure_that_has_ended_is_offered_no_more() -> None:
    catalogue = made(row("1.000001", "Đã bãi bỏ", "bb", valid_from="2025-07-01", valid_to="2026-06-30"))
    assert catalogue.in_force(DAY) == []
    assert catalogue.match("bb", DAY, {}) == []


def test_a_term_is_chosen_by_its_case_and_its_days() -> None:
    base = row("1.000001", "Có hai hạn")["terms"][0]
    terms = [
        {**base, "kind": "working_days", "value": 5, "valid_to": "2026-06-30"},
        {**base, "kind": "working_days", "value": 3, "valid_from": "2026-07-01"},
        {**base, "kind": "working_days", "value": 25, "case": "cần xác minh"},
    ]
    procedure = made(row("1.000001", "Có hai hạn", terms=terms)).find("1.000001", DAY)
    assert procedure is not None
    now, before, case = (
        procedure.term(None, DAY),
        procedure.term(None, date(2026, 6, 30)),
        procedure.term("cần xác minh", DAY),
    )
    assert [t.value for t in (now, before, case) if t] == [3, 5, 25]
    assert procedure.term("không có", DAY) is None


def fee(amount: int | None, unit: str | None = None, *channels: str, province: bool = False) -> Fee:
    return Fee(channels, amount, unit, province, None)


@pytest.mark.parametrize(
    ("fees", "channel", "words"),
    [
        ([fee(0)], "counter", "miễn phí"),
        ([fee(8000, "bản")], "counter", "8.000 đồng/bản"),
        ([fee(1_250_000)], "post", "1.250.000 đồng"),
        ([fee(None)], "counter", ""),
        ([fee(None, province=True)], "counter", "theo nghị quyết của HĐND tỉnh"),
        ([fee(8000, None, "Trực tiếp"), fee(4000, None, "Trực tuyến")], "assisted_online", "4.000 đồng"),
        ([fee(8000, None, "Trực tiếp"), fee(8000, None, "Trực tiếp")], "counter", "8.000 đồng"),
        ([], "counter", ""),
    ],
)
def test_a_fee_is_told_in_the_words_of_a_receipt(fees: list[Fee], channel: str, words: str) -> None:
    assert fee_text(fees, channel) == words


def test_a_version_written_down_is_read_back_as_it_was(shipped: Catalogue) -> None:
    for procedure in shipped.in_force(DAY):
        written = write_procedure(procedure)
        assert read_procedure(json.loads(json.dumps(written))) == procedure


def test_a_key_that_an_older_list_does_not_know_has_its_default() -> None:
    procedure = made(row("1.000001", "Cũ")).find("1.000001", DAY)
    assert procedure is not None
    assert (procedure.clock, procedure.clock_source, procedure.immediate) == (
        "pause",
        "chưa kiểm chứng",
        False,
    )
    assert procedure.total_term(None, DAY) is None
    assert procedure.terms[0].statutory() is None


def test_defaults_of_a_catalogue_stand_where_a_row_says_nothing() -> None:
    said = {**row("1.000002", "Khác"), "clock": "pause"}
    rows = [row("1.000001", "Một"), said]
    read = read_catalogue({"defaults": {"clock": "restart", "clock_source": "NĐ"}, "procedures": rows})
    assert [(p.clock, p.clock_source) for p in read.in_force(DAY)] == [("restart", "NĐ"), ("pause", "NĐ")]


def test_the_law_s_own_term_stands_beside_a_shortened_one() -> None:
    short = {"statutory_kind": "working_days", "statutory_value": 5, "statutory_source": "Luật"}
    term = {**row("1.000001", "Rút ngắn")["terms"][0], "kind": "working_days", "value": 3, **short}
    procedure = made(row("1.000001", "Rút ngắn", terms=[term])).find("1.000001", DAY)
    assert procedure is not None
    law = procedure.terms[0].statutory()
    assert law is not None
    assert (procedure.terms[0].value, law.value, law.source) == (3, 5, "Luật")


def body(*rows: dict[str, Any], ended: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "procedures": list(rows),
        "ended": [{"code": code, "valid_to": day} for code, day in (ended or {}).items()],
    }


def versions(catalogue: Catalogue, code: str = "1.000001") -> list[tuple[str, str, str | None]]:
    return [
        (p.name, p.valid_from.isoformat(), p.valid_to.isoformat() if p.valid_to else None)
        for p in catalogue.versions(code)
    ]


OLD = row("1.000001", "Cũ", valid_from="2025-07-01", valid_to=None)
NEW = row("1.000001", "Mới", valid_from="2026-12-01", valid_to=None)


def test_a_published_version_ends_the_one_before_on_the_eve() -> None:
    laid = made(OLD).with_publications([body(NEW)])
    assert versions(laid) == [("Cũ", "2025-07-01", "2026-11-30"), ("Mới", "2026-12-01", None)]


def test_laying_lists_leaves_the_shipped_catalogue_alone() -> None:
    shipped = made(OLD)
    shipped.with_publications([body(NEW, ended={"1.000001": "2026-11-30"})])
    assert versions(shipped) == [("Cũ", "2025-07-01", None)]


def test_lists_may_be_laid_in_any_number_and_any_order_of_days() -> None:
    newest = row("1.000001", "Sau cùng", valid_from="2027-03-01", valid_to=None)
    between = {**NEW, "valid_to": "2027-02-28"}
    wanted = [
        ("Cũ", "2025-07-01", "2026-11-30"),
        ("Mới", "2026-12-01", "2027-02-28"),
        ("Sau cùng", "2027-03-01", None),
    ]
    assert versions(made(OLD).with_publications([body(NEW), body(newest)])) == wanted
    assert versions(made(OLD).with_publications([body(newest), body(between)])) == wanted


def test_a_list_of_the_same_day_replaces_the_one_before() -> None:
    right = {**NEW, "name": "Đúng"}
    laid = made(OLD).with_publications([body(NEW), body(right)])
    assert versions(laid) == [("Cũ", "2025-07-01", "2026-11-30"), ("Đúng", "2026-12-01", None)]


def test_the_same_list_twice_is_the_list_once() -> None:
    once, twice = (
        made(OLD).with_publications([body(NEW)]),
        made(OLD).with_publications([body(NEW), body(NEW)]),
    )
    assert versions(once) == versions(twice)


def test_an_ended_procedure_is_found_on_its_last_day_and_not_on_the_next() -> None:
    laid = made(OLD).with_publications([body(ended={"1.000001": "2026-11-30"})])
    assert laid.find("1.000001", date(2026, 11, 30)) is not None
    assert laid.find("1.000001", date(2026, 12, 1)) is None


def test_ending_a_version_on_the_day_it_would_begin_leaves_nothing_of_it() -> None:
    laid = made(OLD).with_publications([body(NEW), body(ended={"1.000001": "2026-11-30"})])
    assert versions(laid) == [("Cũ", "2025-07-01", "2026-11-30")]


def test_ending_what_nobody_knows_changes_nothing() -> None:
    laid = made(OLD).with_publications([body(ended={"9.999999": "2026-11-30"})])
    assert versions(laid) == [("Cũ", "2025-07-01", None)]
    assert len(laid.in_force(DAY)) == 1
