"""The fee book: its lines and their order, totals that always add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.domain.fee_book import (
    COLUMNS,
    FeeLine,
    FeeTotal,
    by_day,
    by_kind,
    by_mode,
    by_officer,
    of_days,
    row,
    total,
)
from motcua_desktop.domain.money import PaymentMode

DAY = date(2026, 11, 20)
LINE = FeeLine(
    book="1/2026",
    number=1,
    day=DAY,
    payer="Vàng A Dế",
    procedure="Chứng thực bản sao từ bản chính",
    code="",
    amount_vnd=12_000,
    mode=PaymentMode.CASH,
    officer="Nguyễn Thị Nhung",
    kind="Phí chứng thực",
)

lines = st.lists(
    st.builds(
        replace,
        st.just(LINE),
        number=st.integers(1, 40),
        book=st.sampled_from(["1/2026", "2/2026"]),
        day=st.integers(0, 5).map(lambda n: DAY + timedelta(n)),
        amount_vnd=st.integers(1, 10**7),
        mode=st.sampled_from(PaymentMode),
        kind=st.sampled_from(["Lệ phí hộ tịch", "Phí chứng thực"]),
        officer=st.sampled_from(["Nhung", "Dế"]),
        refund=st.booleans(),
    ),
    max_size=30,
)


def test_a_refund_is_a_line_of_its_own_and_lowers_the_total() -> None:
    back = replace(LINE, number=2, amount_vnd=5_000, refund=True)
    assert total([LINE, back]) == FeeTotal(2, 12_000, 5_000)
    assert (total([LINE, back]).net_vnd, back.signed_vnd) == (7_000, -5_000)


@given(lines)
def test_every_way_of_adding_up_comes_to_the_same(found: list[FeeLine]) -> None:
    whole = total(found)
    for groups in (by_day(found), by_mode(found), by_kind(found), by_officer(found)):
        assert sum(group.lines for group in groups.values()) == whole.lines == len(found)
        assert sum(group.received_vnd for group in groups.values()) == whole.received_vnd
        assert sum(group.refunded_vnd for group in groups.values()) == whole.refunded_vnd
    assert whole.net_vnd == sum(line.signed_vnd for line in found)


@given(lines)
def test_totals_stand_in_a_fixed_order(found: list[FeeLine]) -> None:
    assert list(by_day(found)) == sorted({line.day for line in found})
    assert list(by_mode(found)) == [mode for mode in PaymentMode if mode in {line.mode for line in found}]
    assert list(by_kind(found)) == sorted({line.kind for line in found})


def test_the_lines_of_some_days_come_in_the_order_of_the_book() -> None:
    later, early = replace(LINE, number=3, day=DAY + timedelta(1)), replace(LINE, number=2)
    after = replace(LINE, number=4, day=DAY + timedelta(2))
    assert of_days([after, later, early, LINE], DAY, DAY + timedelta(1)) == (LINE, early, later)


def test_a_line_of_the_printed_book_says_a_refund_below_nought() -> None:
    back = replace(LINE, number=12, refund=True, code="H15.038.02-261120-2038", note="Rút hồ sơ")
    assert row(back) == (
        "1/2026-12",
        "20/11/2026",
        "Vàng A Dế",
        "Chứng thực bản sao từ bản chính",
        "H15.038.02-261120-2038",
        "Phí chứng thực",
        -12_000,
        "tiền mặt",
        "",
        "Nguyễn Thị Nhung",
        "Hoàn lại; Rút hồ sơ",
    )
    assert len(row(LINE)) == len(COLUMNS)


@pytest.mark.parametrize("wrong", [{"amount_vnd": 0}, {"amount_vnd": -1}, {"number": 0}])
def test_a_line_without_an_amount_or_a_number_is_no_line(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"amount_vnd|number"):
        replace(LINE, **wrong)  # type: ignore[arg-type]
