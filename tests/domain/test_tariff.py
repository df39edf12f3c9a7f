"""What is to be collected: reckoned by the tariff in force on the day, in whole đồng, and told as a sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.fees import fee_text
from motcua_desktop.domain.procedure import Fee
from motcua_desktop.domain.tariff import (
    MOST,
    Basis,
    Charge,
    Exemption,
    Tariff,
    Tariffs,
    charge,
    read_tariffs,
)

DAY = date(2026, 11, 20)
POOR = Exemption("Người thuộc hộ nghèo", "NQ 12/2026/NQ-HĐND, Điều 3 (05/07/2026)", date(2026, 8, 1))
COPIES = Tariff(
    procedures=("2.000815",),
    kind="Phí chứng thực",
    basis=Basis.PER_PAGE,
    valid_from=date(2017, 1, 1),
    source="TT 226/2016/TT-BTC, Điều 4 (11/11/2016)",
    steps=((1, 2000), (3, 1000)),
    ceiling_vnd=200_000,
    exempt=(POOR,),
)
SIGNATURE = replace(COPIES, basis=Basis.PER_CASE, steps=((1, 10_000),), ceiling_vnd=None)
BY_PROVINCE = replace(COPIES, basis=Basis.SET_BY_PROVINCE, steps=(), ceiling_vnd=None)

counts = st.integers(1, MOST)


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    """Any tariff with an amount."""
    basis = draw(st.sampled_from([Basis.PER_PAGE, Basis.PER_CASE, Basis.PER_COPY, Basis.PER_CERTIFICATE]))
    amounts = st.integers(0, 5_000_000)
    if basis is not Basis.PER_PAGE:
        return replace(COPIES, basis=basis, steps=((1, draw(amounts)),), ceiling_vnd=None)
    later = draw(st.lists(st.integers(2, 400), max_size=4, unique=True).map(sorted))
    steps = tuple((start, draw(amounts)) for start in [1, *later])
    return replace(COPIES, steps=steps, ceiling_vnd=draw(st.none() | st.integers(1, 1_000_000)))


def at_the_counter(known: Tariffs, procedure: str, on: date, exemption: str | None = None) -> Charge:
    """What one page costs on a day."""
    return charge(known.get(procedure, None, on, "counter"), exemption=exemption)


def vnd(charged: Charge) -> int:
    assert charged.total_vnd is not None
    return charged.total_vnd


@pytest.mark.parametrize(
    ("copies", "pages", "amount", "told"),
    [
        (1, 1, 2_000, "1 bản × (1 trang × 2.000đ) = 2.000đ"),
        (3, 2, 12_000, "3 bản × (2 trang × 2.000đ) = 12.000đ"),
        (1, 3, 5_000, "1 bản × (2 trang × 2.000đ + 1 trang × 1.000đ) = 5.000đ"),
        (2, 5, 14_000, "2 bản × (2 trang × 2.000đ + 3 trang × 1.000đ) = 14.000đ"),
        (1, 198, 200_000, "1 bản × (2 trang × 2.000đ + 196 trang × 1.000đ) = 200.000đ"),
        (1, 199, 200_000, "1 bản × 200.000đ (mức tối đa một bản, 199 trang) = 200.000đ"),
        (3, 300, 600_000, "3 bản × 200.000đ (mức tối đa một bản, 300 trang) = 600.000đ"),
    ],
)
def test_certified_copies_cost_less_from_the_third_page_and_never_more_than_the_ceiling_a_copy(
    copies: int, pages: int, amount: int, told: str
) -> None:
    charged = charge(COPIES, copies=copies, pages=pages)
    assert (charged.total_vnd, charged.text) == (amount, told)
    assert charged.sources == ("TT 226/2016/TT-BTC, Điều 4 (11/11/2016)",)


def test_a_certified_signature_is_paid_by_the_case_whatever_the_pages() -> None:
    charged = charge(SIGNATURE, cases=3, pages=40, copies=7)
    assert (charged.total_vnd, charged.text) == (30_000, "3 trường hợp × 10.000đ = 30.000đ")


def test_a_fee_by_the_copy_counts_copies_and_says_its_own_unit() -> None:
    extract = replace(SIGNATURE, basis=Basis.PER_COPY, steps=((1, 8000),), unit="bản sao")
    assert charge(extract, copies=2, cases=9).text == "2 bản sao × 8.000đ = 16.000đ"


def test_what_is_free_costs_nothing_and_what_the_province_sets_is_not_known() -> None:
    free = charge(replace(BY_PROVINCE, basis=Basis.FREE))
    unknown = charge(BY_PROVINCE, copies=3)
    assert (free.total_vnd, free.text) == (0, "miễn phí")
    assert (unknown.total_vnd, unknown.full_vnd, unknown.text) == (
        None,
        None,
        "theo nghị quyết của HĐND tỉnh",
    )


def test_an_exempt_person_pays_nothing_and_the_reason_and_the_usual_amount_are_said() -> None:
    charged = charge(COPIES, copies=3, pages=2, exemption="  Người thuộc  hộ nghèo ")
    assert (charged.total_vnd, charged.full_vnd, charged.exemption) == (0, 12_000, "Người thuộc hộ nghèo")
    assert charged.text == "Miễn: Người thuộc hộ nghèo (mức thường: 12.000đ)"
    assert charged.sources == (COPIES.source, POOR.source)


def test_an_exempt_person_pays_nothing_even_where_the_amount_is_not_known() -> None:
    charged = charge(BY_PROVINCE, exemption=POOR.name)
    assert (charged.total_vnd, charged.full_vnd, charged.text) == (0, None, "Miễn: Người thuộc hộ nghèo")


def test_an_unknown_group_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(UserFacingError) as refused:
        charge(COPIES, exemption="Người quen")
    problem = refused.value.problem
    assert (problem.number, problem.field) == ("MC-233", "exemption")
    assert dict(problem.params) == {"text": "Người quen", "known": ["Người thuộc hộ nghèo"]}


@pytest.mark.parametrize("field", ["copies", "pages", "cases"])
@pytest.mark.parametrize("count", [0, -1, 1000, 20_261_120])
def test_a_count_that_no_counter_sees_is_refused_by_name(field: str, count: int) -> None:
    wrong: dict[str, Any] = {field: count}
    with pytest.raises(UserFacingError) as refused:
        charge(COPIES, **wrong)
    assert (refused.value.problem.number, refused.value.problem.field) == ("MC-235", field)


def test_the_largest_count_is_still_taken() -> None:
    assert charge(COPIES, copies=999, pages=999).total_vnd == 999 * 200_000


@given(tariffs(), counts, counts, counts)
def test_a_charge_is_never_below_nought_and_is_the_sum_of_its_lines(
    tariff: Tariff, copies: int, pages: int, cases: int
) -> None:
    charged = charge(tariff, copies=copies, pages=pages, cases=cases)
    assert vnd(charged) >= 0
    assert vnd(charged) == sum(line.count * line.amount_vnd for line in charged.lines)
    assert all(type(line.amount_vnd) is int and line.count > 0 for line in charged.lines)


@given(tariffs(), st.integers(1, MOST - 1), st.integers(1, MOST - 1))
def test_one_page_or_one_copy_more_never_costs_less(tariff: Tariff, copies: int, pages: int) -> None:
    now = vnd(charge(tariff, copies=copies, pages=pages))
    assert vnd(charge(tariff, copies=copies, pages=pages + 1)) >= now
    assert vnd(charge(tariff, copies=copies + 1, pages=pages)) >= now


@given(tariffs(), counts, counts)
def test_no_copy_costs_more_than_the_ceiling(tariff: Tariff, copies: int, pages: int) -> None:
    charged = vnd(charge(tariff, copies=copies, pages=pages))
    if tariff.basis is Basis.PER_PAGE:
        assert charged == copies * vnd(charge(tariff, pages=pages))
    if tariff.ceiling_vnd is not None:
        assert charged <= copies * tariff.ceiling_vnd


@given(st.integers(1, 198))
def test_pages_one_and_two_are_at_the_full_rate_and_the_rest_at_the_lower(pages: int) -> None:
    assert vnd(charge(COPIES, pages=pages)) == min(pages, 2) * 2000 + max(0, pages - 2) * 1000


@given(tariffs(), counts, counts)
def test_each_page_is_paid_at_the_rate_of_the_last_step_before_it(
    tariff: Tariff, copies: int, pages: int
) -> None:
    if tariff.basis is Basis.PER_PAGE:
        each = [max(s for s in tariff.steps if s[0] <= page)[1] for page in range(1, pages + 1)]
        limit = tariff.ceiling_vnd if tariff.ceiling_vnd is not None else sum(each)
        assert vnd(charge(tariff, copies=copies, pages=pages)) == copies * min(sum(each), limit)


def test_the_rule_is_told_in_the_words_of_a_receipt() -> None:
    assert COPIES.words == ("2.000 đồng/trang, từ trang thứ 3: 1.000 đồng/trang, tối đa 200.000 đồng/bản")
    assert replace(SIGNATURE, unit="giao dịch").words == "10.000 đồng/giao dịch"


def test_a_source_that_was_not_checked_is_told_apart() -> None:
    doubtful = replace(COPIES, source="Quyết định công bố số 858/QĐ-BTP; chưa kiểm chứng")
    assert (COPIES.is_verified, doubtful.is_verified) == (True, False)
    assert (charge(COPIES).is_verified, charge(doubtful).is_verified) == (True, False)


def test_a_tariff_holds_on_its_first_and_its_last_day_and_not_beyond() -> None:
    year = replace(COPIES, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    known = Tariffs([year])
    found = [
        known.find("2.000815", None, day, "counter") is not None
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert found == [False, True, True, False]


def test_a_group_is_free_only_while_its_own_rule_holds() -> None:
    known = Tariffs([replace(COPIES, exempt=(replace(POOR, valid_to=date(2027, 2, 28)),))])
    free = at_the_counter(known, "2.000815", date(2027, 2, 28), POOR.name)
    assert free.total_vnd == 0
    for day in (date(2026, 7, 31), date(2027, 3, 1)):
        with pytest.raises(UserFacingError, match="MC-233"):
            at_the_counter(known, "2.000815", day, POOR.name)


def test_the_very_case_and_the_very_channel_stand_before_the_general_row() -> None:
    general = replace(SIGNATURE, steps=((1, 1),))
    online = replace(general, steps=((1, 2),), channels=("assisted_online",))
    listed = replace(general, steps=((1, 3),), case="theo danh sách")
    known = Tariffs([listed, online, general])

    def first(case: str | None, channel: str) -> int:
        return known.get("2.000815", case, DAY, channel).steps[0][1]

    assert [first(None, "counter"), first(None, "assisted_online")] == [1, 2]
    assert [first("theo danh sách", "counter"), first("theo danh sách", "assisted_online")] == [3, 3]
    assert first("trường hợp khác", "counter") == 1


def test_an_amount_of_the_province_that_is_entered_later_takes_the_place_of_the_unknown_one() -> None:
    entered = replace(
        SIGNATURE, valid_from=date(2026, 7, 1), source="NQ 12/2026/NQ-HĐND, Điều 2 (05/06/2026)"
    )
    for rows in ([BY_PROVINCE, entered], [entered, BY_PROVINCE]):
        known = Tariffs(rows)
        assert at_the_counter(known, "2.000815", DAY).total_vnd == 10_000
        assert at_the_counter(known, "2.000815", date(2026, 6, 30)).total_vnd is None
    younger_unknown = replace(BY_PROVINCE, valid_from=date(2026, 9, 1))
    assert at_the_counter(Tariffs([entered, younger_unknown]), "2.000815", DAY).total_vnd == 10_000


def test_a_younger_tariff_stands_before_an_older_one_that_was_not_ended() -> None:
    dearer = replace(COPIES, steps=((1, 3000),), valid_from=date(2026, 11, 1))
    known = Tariffs([dearer, COPIES])
    assert at_the_counter(known, "2.000815", DAY).total_vnd == 3_000
    assert at_the_counter(known, "2.000815", date(2026, 10, 31)).total_vnd == 2_000


def test_a_procedure_without_a_tariff_is_unknown_and_the_quick_lane_says_so() -> None:
    known = Tariffs([replace(COPIES, channels=("counter",))])
    assert known.find("1.001193", None, DAY, "counter") is None
    assert known.find("2.000815", None, DAY, "post") is None
    with pytest.raises(UserFacingError) as refused:
        at_the_counter(known, "1.001193", DAY)
    assert (refused.value.problem.number, refused.value.problem.field) == ("MC-234", "procedure")


ROW: dict[str, Any] = {
    "procedures": ["2.000815"],
    "kind": "Phí chứng thực",
    "basis": "per_page",
    "steps": [{"from_page": 1, "amount_vnd": 2000}, {"from_page": 3, "amount_vnd": 1000}],
    "ceiling_vnd": 200_000,
    "exempt": [{"name": POOR.name, "source": POOR.source, "valid_from": "2026-08-01"}],
    "valid_from": "2017-01-01",
    "valid_to": None,
    "source": COPIES.source,
}


def test_a_sheet_of_tariffs_is_read_as_it_is_written() -> None:
    assert read_tariffs({"tariffs": [ROW]}).rows == (COPIES,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"procedures": []},
        {"kind": ""},
        {"basis": "per_kilo"},
        {"source": " "},
        {"steps": []},
        {"steps": [{"from_page": 2, "amount_vnd": 2000}]},
        {"steps": [{"from_page": 1, "amount_vnd": 2000}, {"from_page": 1, "amount_vnd": 1000}]},
        {"steps": [{"from_page": 1, "amount_vnd": -2000}]},
        {"steps": [{"from_page": 1, "amount_vnd": 1999.5}]},
        {"steps": [{"from_page": 1, "amount_vnd": True}]},
        {"steps": [{"from_page": 1}]},
        {"ceiling_vnd": 0},
        {"basis": "per_case"},
        {"basis": "per_case", "steps": [{"from_page": 1, "amount_vnd": 1}]},
        {"basis": "free", "ceiling_vnd": None},
        {"valid_from": "20/11/2026"},
        {"valid_to": "2016-12-31"},
        {"exempt": [{"name": "Hộ nghèo", "valid_from": "2026-08-01"}]},
    ],
)
def test_a_row_that_makes_no_sense_is_named_by_its_place(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="tariff 2"):
        read_tariffs({"tariffs": [ROW, {**ROW, **wrong}]})


def test_the_receipt_says_the_whole_tariff_where_one_is_known_and_the_catalogue_where_not() -> None:
    in_catalogue = [Fee((), 2000, "/trang", False, None)]
    assert fee_text(in_catalogue, "counter") == "2.000 đồng/trang"
    assert fee_text(in_catalogue, "counter", COPIES) == COPIES.words
    assert fee_text([], "counter", BY_PROVINCE) == "theo nghị quyết của HĐND tỉnh"
