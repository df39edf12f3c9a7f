"""The money of a dossier: what is left is what is due less what was kept, and unknown is never settled."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.money import (
    Money,
    MoneyMode,
    Payment,
    PaymentMode,
    demand_payment,
    demand_refund,
    money_for,
    vnd_in_words,
)
from motcua_desktop.domain.tariff import Basis, Exemption, Tariff, charge
from tests.factories import moment

AT = moment("2026-11-20T09:47")
POOR = Exemption("Người thuộc hộ nghèo", "chưa kiểm chứng", date(2026, 1, 1))


def paid(amount: int, number: str = "1/2026-1", mode: PaymentMode = PaymentMode.CASH) -> Payment:
    book, _, entry = number.partition("-")
    return Payment(amount, AT, "Nguyễn Thị Nhung", mode, book, int(entry))


def fee(basis: Basis = Basis.PER_CASE, *steps: tuple[int, int]) -> Tariff:
    return Tariff(("2.000884",), "Phí", basis, date(2026, 1, 1), "chưa kiểm chứng", steps, exempt=(POOR,))


def test_a_fee_is_open_until_all_of_it_is_paid() -> None:
    due = Money(30_000, MoneyMode.AFTER)
    part = due.with_payment(paid(10_000))
    whole = part.with_payment(paid(20_000, "1/2026-2", PaymentMode.TRANSFER))
    assert [due.left_vnd, part.left_vnd, whole.left_vnd] == [30_000, 20_000, 0]
    assert [due.is_settled, part.is_settled, whole.is_settled] == [False, False, True]
    assert (whole.paid_vnd, whole.kept_vnd, whole.over_vnd) == (30_000, 30_000, 0)


def test_an_amount_that_is_not_known_is_never_settled_even_when_something_was_paid() -> None:
    unknown = Money().with_payment(paid(8_000))
    assert (unknown.left_vnd, unknown.is_settled, unknown.over_vnd) == (None, False, 0)
    entered = unknown.with_due(8_000)
    assert (entered.left_vnd, entered.is_settled) == (0, True)


def test_a_withdrawn_dossier_gets_its_money_back() -> None:
    withdrawn = Money(50_000).with_payment(paid(50_000)).with_due(0)
    assert (withdrawn.over_vnd, withdrawn.text) == (
        50_000,
        "miễn phí; đã thu 50.000đ (tiền mặt; phiếu 1/2026-1); thừa 50.000đ, cần hoàn lại",
    )
    given_back = withdrawn.with_refund(paid(50_000, "1/2026-9"))
    assert (given_back.over_vnd, given_back.refunded_vnd, given_back.is_settled) == (0, 50_000, True)


@given(
    st.none() | st.integers(0, 10**9),
    st.lists(st.integers(1, 10**8), max_size=6),
    st.lists(st.integers(1, 10**8), max_size=6),
)
def test_what_is_left_and_what_is_over_always_balance(
    due: int | None, receipts: list[int], refunds: list[int]
) -> None:
    money = Money(due)
    for amount in receipts:
        money = money.with_payment(paid(amount))
    for amount in refunds:
        money = money.with_refund(paid(amount))
    assert money.kept_vnd == sum(receipts) - sum(refunds)
    if due is None:
        assert (money.left_vnd, money.is_settled) == (None, False)
    else:
        assert money.left_vnd is not None
        assert money.left_vnd - money.over_vnd == due - money.kept_vnd
        assert money.left_vnd == 0 or money.over_vnd == 0
        assert money.is_settled == (money.kept_vnd >= due)


@pytest.mark.parametrize(
    ("money", "words"),
    [
        (Money(), "chưa biết mức thu"),
        (Money(0, MoneyMode.FREE), "miễn phí"),
        (Money(0, MoneyMode.FREE, POOR.name), "miễn phí: Người thuộc hộ nghèo"),
        (Money(12_000), "phải thu 12.000đ; còn phải thu 12.000đ (thu trước khi giải quyết)"),
        (Money(12_000, MoneyMode.AFTER), "phải thu 12.000đ; còn phải thu 12.000đ (thu khi trả kết quả)"),
        (
            Money(12_000, receipts=(paid(12_000),)),
            "phải thu 12.000đ; đã thu 12.000đ (tiền mặt; phiếu 1/2026-1); đã đủ",
        ),
        (
            Money(12_000, receipts=(paid(2_000), paid(1_000, "1/2026-2", PaymentMode.TRANSFER))),
            "phải thu 12.000đ; đã thu 3.000đ (tiền mặt, chuyển khoản; phiếu 1/2026-1, 1/2026-2); "
            "còn phải thu 9.000đ",
        ),
    ],
)
def test_an_officer_reads_in_one_line_how_the_money_stands(money: Money, words: str) -> None:
    assert money.text == words


def test_money_follows_what_was_reckoned() -> None:
    assert money_for(charge(fee(Basis.PER_CASE, (1, 10_000)), cases=2), MoneyMode.AFTER) == Money(
        20_000, MoneyMode.AFTER
    )
    free = money_for(charge(fee(Basis.PER_CASE, (1, 10_000)), exemption=POOR.name), MoneyMode.BEFORE)
    assert free == Money(0, MoneyMode.FREE, POOR.name)
    assert money_for(charge(fee(Basis.SET_BY_PROVINCE)), MoneyMode.ONLINE) == Money(None, MoneyMode.ONLINE)


@pytest.mark.parametrize(
    ("amount", "part", "fits"),
    [
        (30_000, False, True),
        (30_000, True, True),
        (10_000, True, True),
        (10_000, False, False),
        (30_001, False, False),
        (30_001, True, False),
        (0, True, False),
        (-5, True, False),
    ],
)
def test_an_amount_that_does_not_match_what_is_left_is_refused(amount: int, part: bool, fits: bool) -> None:
    due = Money(50_000).with_payment(paid(20_000))
    if fits:
        demand_payment(due, amount, part=part)
        return
    with pytest.raises(UserFacingError) as refused:
        demand_payment(due, amount, part=part)
    problem = refused.value.problem
    assert (problem.number, problem.field, problem.params["expected"]) == ("MC-236", "amount_vnd", "30.000đ")


def test_nothing_can_be_paid_for_what_is_free_or_settled() -> None:
    for money in (Money(0), Money(5_000).with_payment(paid(5_000))):
        with pytest.raises(UserFacingError, match="MC-236"):
            demand_payment(money, 5_000)


def test_an_amount_that_is_not_known_yet_is_held_against_nothing() -> None:
    demand_payment(Money(), 8_000)
    with pytest.raises(UserFacingError, match="MC-236"):
        demand_payment(Money(), 0)


def test_only_what_was_kept_beyond_the_fee_goes_back() -> None:
    money = Money(50_000).with_payment(paid(50_000))
    demand_refund(money, 50_000, due_vnd=0)
    demand_refund(money, 20_000, due_vnd=30_000)
    for amount, due in ((50_001, 0), (20_000, 0), (1, 50_000), (0, 50_000), (1, 60_000)):
        with pytest.raises(UserFacingError, match="MC-236"):
            demand_refund(money, amount, due_vnd=due)


@pytest.mark.parametrize("amount", [0, -1, 1.5, True])
def test_money_that_changed_hands_is_a_whole_number_above_nought(amount: int) -> None:
    with pytest.raises(ValueError, match="amount_vnd"):
        paid(amount)


def test_an_amount_due_is_never_below_nought_and_a_payment_knows_its_moment() -> None:
    with pytest.raises(ValueError, match="due_vnd"):
        Money(-1)
    with pytest.raises(ValueError, match="at"):
        Payment(1, datetime(2026, 11, 20, 9, 47), "Nhung")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi bốn đồng"),
        (101, "Một trăm linh một đồng"),
        (111, "Một trăm mười một đồng"),
        (115, "Một trăm mười lăm đồng"),
        (305, "Ba trăm linh năm đồng"),
        (1_000, "Một nghìn đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (12_000, "Mười hai nghìn đồng"),
        (200_000, "Hai trăm nghìn đồng"),
        (1_250_000, "Một triệu hai trăm năm mươi nghìn đồng"),
        (1_000_001, "Một triệu không trăm linh một đồng"),
        (2_045_000, "Hai triệu không trăm bốn mươi lăm nghìn đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (3_000_050_000, "Ba tỷ không trăm năm mươi nghìn đồng"),
        (1_234_567_000_000, "Một nghìn hai trăm ba mươi bốn tỷ năm trăm sáu mươi bảy triệu đồng"),
    ],
)
def test_an_amount_is_said_in_words_as_on_a_slip(amount: int, words: str) -> None:
    assert vnd_in_words(amount) == words


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_two_amounts_are_never_said_alike(one: int, other: int) -> None:
    assert (vnd_in_words(one) == vnd_in_words(other)) == (one == other)


def test_an_amount_that_cannot_be_said_is_refused() -> None:
    for amount in (-1, 10**18):
        with pytest.raises(ValueError, match="amount"):
            vnd_in_words(amount)
