"""The money of a dossier: what is due, what was paid and given back, what is left.

Money stands apart from status, delivery and sending. Amounts are whole đồng; `due_vnd` None means that the
amount is not known yet, which is neither free nor settled. `with_...` add a fact and never refuse, so that a
history can always be told again; `demand_...` are asked before a new fact is written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.tariff import Charge
from motcua_desktop.domain.text import in_figures


class MoneyMode(StrEnum):
    """When a fee is paid: before the work, with the result, on line, or not at all."""

    BEFORE = "before"
    AFTER = "after"
    ONLINE = "online"
    FREE = "free"


class PaymentMode(StrEnum):
    """How money came or went."""

    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"


_PAYMENT_NAMES = {
    PaymentMode.CASH: "tiền mặt",
    PaymentMode.TRANSFER: "chuyển khoản",
    PaymentMode.ONLINE: "trực tuyến",
}
_NOT_YET = {
    MoneyMode.BEFORE: "thu trước khi giải quyết",
    MoneyMode.AFTER: "thu khi trả kết quả",
    MoneyMode.ONLINE: "nộp trực tuyến",
    MoneyMode.FREE: "",
}


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that changed hands: always more than nought; `book` and `entry` are its line in the fee book.

    `event` is the act that wrote it down.
    """

    amount_vnd: int
    at: datetime
    officer: str
    mode: PaymentMode = PaymentMode.CASH
    book: str = ""
    entry: int = 0
    event: str = ""

    @property
    def number(self) -> str:
        """The line of the fee book, as a slip names it: `1/2026-15`."""
        return f"{self.book}-{self.entry}"

    def __post_init__(self) -> None:
        if type(self.amount_vnd) is not int or self.amount_vnd <= 0:
            raise ValueError("amount_vnd: a whole number of đồng above nought")
        if self.at.tzinfo is None:
            raise ValueError("at: a moment with its offset")


@dataclass(frozen=True, slots=True)
class Money:
    """What a dossier owes and what has been paid; a fee set by the province is None until it is entered."""

    due_vnd: int | None = None
    mode: MoneyMode = MoneyMode.BEFORE
    exemption: str = ""
    receipts: tuple[Payment, ...] = ()
    refunds: tuple[Payment, ...] = ()

    def __post_init__(self) -> None:
        if self.due_vnd is not None and (type(self.due_vnd) is not int or self.due_vnd < 0):
            raise ValueError("due_vnd: a whole number of đồng, from nought up, or None")

    @property
    def paid_vnd(self) -> int:
        """All that came in."""
        return sum(payment.amount_vnd for payment in self.receipts)

    @property
    def refunded_vnd(self) -> int:
        """All that was given back."""
        return sum(payment.amount_vnd for payment in self.refunds)

    @property
    def kept_vnd(self) -> int:
        """What came in and was not given back; below nought only if a history says so."""
        return self.paid_vnd - self.refunded_vnd

    @property
    def left_vnd(self) -> int | None:
        """What is still to be paid; None while the amount is not known."""
        return None if self.due_vnd is None else max(0, self.due_vnd - self.kept_vnd)

    @property
    def over_vnd(self) -> int:
        """What was paid beyond what is due; 0 while that is not known."""
        return 0 if self.due_vnd is None else max(0, self.kept_vnd - self.due_vnd)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to pay; never while the amount is not known."""
        return self.left_vnd == 0

    def with_due(self, due_vnd: int | None, exemption: str = "") -> Money:
        """The same money with another amount due: entered, judged anew, or dropped with a withdrawn dossier."""
        return replace(self, due_vnd=due_vnd, exemption=exemption)

    def with_payment(self, payment: Payment) -> Money:
        """The same money with a payment more."""
        return replace(self, receipts=(*self.receipts, payment))

    def with_refund(self, payment: Payment) -> Money:
        """The same money with some given back."""
        return replace(self, refunds=(*self.refunds, payment))

    @property
    def text(self) -> str:
        """One line for an officer: what is due, what was paid, what is left."""
        said = [self._due_text()]
        if self.receipts:
            numbers = ", ".join(payment.number for payment in self.receipts)
            said.append(f"đã thu {in_figures(self.paid_vnd)}đ ({_ways(self.receipts)}; phiếu {numbers})")
        if self.refunds:
            said.append(f"đã hoàn {in_figures(self.refunded_vnd)}đ")
        said.append(self._state_text())
        return "; ".join(part for part in said if part)

    def _due_text(self) -> str:
        if self.due_vnd is None:
            return "chưa biết mức thu"
        if self.exemption:
            return f"miễn phí: {self.exemption}"
        return f"phải thu {in_figures(self.due_vnd)}đ" if self.due_vnd else "miễn phí"

    def _state_text(self) -> str:
        if self.over_vnd:
            return f"thừa {in_figures(self.over_vnd)}đ, cần hoàn lại"
        if self.left_vnd:
            when = _NOT_YET[self.mode] if not self.receipts else ""
            return f"còn phải thu {in_figures(self.left_vnd)}đ" + (f" ({when})" if when else "")
        return "đã đủ" if self.is_settled and self.due_vnd else ""


def money_for(charge: Charge, mode: MoneyMode) -> Money:
    """The money of a dossier by what was reckoned; nothing to pay makes it free, whatever was chosen."""
    free = charge.total_vnd == 0
    return Money(charge.total_vnd, MoneyMode.FREE if free else mode, charge.exemption)


def demand_payment(money: Money, amount_vnd: int, *, part: bool = False) -> None:
    """Raise MC-236 unless the amount is just what is left, or with `part` some of it.

    While the amount due is not known nothing can be held against it: then any amount above nought will do.
    """
    left = money.left_vnd
    fits = amount_vnd > 0 and (left is None or amount_vnd == left or (part and amount_vnd < left))
    if not fits:
        raise refuse("MC-236", "amount_vnd", amount=_spoken(amount_vnd), expected=_spoken(left or 0))


def demand_refund(money: Money, amount_vnd: int, due_vnd: int) -> None:
    """Raise MC-236 unless the amount is what was kept beyond the `due_vnd` that holds from now on.

    A withdrawn dossier owes nothing any more: due 0, and all that was kept goes back.
    """
    expected = max(0, money.kept_vnd - due_vnd)
    if amount_vnd <= 0 or amount_vnd != expected:
        raise refuse("MC-236", "amount_vnd", amount=_spoken(amount_vnd), expected=_spoken(expected))


def payment_name(mode: PaymentMode) -> str:
    """How money came, in Vietnamese: `tiền mặt`."""
    return _PAYMENT_NAMES[mode]


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_RANKS = ("", " nghìn", " triệu")


def vnd_in_words(amount: int) -> str:
    """`Mười hai nghìn đồng`: an amount as a slip says it, from nought up to below 10^18."""
    if not 0 <= amount < 10**18:
        raise ValueError("an amount from nought up to below 10^18")
    words = _number(amount) if amount else "không"
    return f"{words[0].upper()}{words[1:]} đồng"


def _number(amount: int) -> str:
    high, low = divmod(amount, 10**9)
    told = [f"{_number(high)} tỷ"] if high else []
    groups = [(low // 1000**rank % 1000, rank) for rank in (2, 1, 0)]
    for value, rank in groups:
        if value:
            told.append(_group(value, full=bool(told)) + _RANKS[rank])
    return " ".join(told)


def _group(value: int, full: bool) -> str:
    """Three digits; `full` after a higher group, where the hundreds are said even if there are none."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    told = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens > 1:
        told.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        told.append("mười")
    elif ones and told:
        told.append("linh")
    if ones:
        told.append(_last(ones, tens))
    return " ".join(told)


def _last(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens > 0:
        return "lăm"
    return _DIGITS[ones]


def _ways(payments: tuple[Payment, ...]) -> str:
    return ", ".join(dict.fromkeys(payment_name(payment.mode) for payment in payments))


def _spoken(amount: int) -> str:
    return f"{in_figures(amount)}đ"
