"""The fee book: every amount that a desk took or gave back, numbered without a gap, with its totals.

Each desk keeps its own book of a year (`2/2026` is desk 2's), so that desks without a line never share a
number. A refund is a line of its own with the amount that was given back; it lowers the totals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from motcua_desktop.domain.money import PaymentMode, payment_name

_K = TypeVar("_K")

COLUMNS = (
    "Số",
    "Ngày",
    "Người nộp",
    "Nội dung thu",
    "Mã hồ sơ",
    "Loại phí",
    "Số tiền (đồng)",
    "Hình thức",
    "Biên lai số",
    "Cán bộ thu",
    "Ghi chú",
)
REFUND = "Hoàn lại"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line: `number` counts from 1 inside `book`; `code` is the dossier's, empty for what has none.

    `amount_vnd` is above nought for a refund too. `receipt` is the number of the tax receipt (biên lai), if one
    was made out; `kind` is the fee's name in the tariff, by which the book is added up.
    """

    book: str
    number: int
    day: date
    payer: str
    procedure: str
    code: str
    amount_vnd: int
    mode: PaymentMode
    officer: str
    kind: str = ""
    receipt: str = ""
    refund: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if type(self.amount_vnd) is not int or self.amount_vnd <= 0:
            raise ValueError("amount_vnd: a whole number of đồng above nought")
        if self.number < 1:
            raise ValueError("number: from 1 up")

    @property
    def signed_vnd(self) -> int:
        """The amount, below nought for a refund."""
        return -self.amount_vnd if self.refund else self.amount_vnd


@dataclass(frozen=True, slots=True)
class FeeTotal:
    """What some lines add up to; `lines` counts refunds too."""

    lines: int = 0
    received_vnd: int = 0
    refunded_vnd: int = 0

    @property
    def net_vnd(self) -> int:
        """What stays in the till and the account."""
        return self.received_vnd - self.refunded_vnd


def of_days(lines: Iterable[FeeLine], first: date, last: date) -> tuple[FeeLine, ...]:
    """The lines from the first to the last day, both included, by day, book and number."""
    found = (line for line in lines if first <= line.day <= last)
    return tuple(sorted(found, key=lambda line: (line.day, line.book, line.number)))


def total(lines: Iterable[FeeLine]) -> FeeTotal:
    """What the lines add up to."""
    taken, given, count = 0, 0, 0
    for line in lines:
        count += 1
        taken += 0 if line.refund else line.amount_vnd
        given += line.amount_vnd if line.refund else 0
    return FeeTotal(count, taken, given)


def by_day(lines: Iterable[FeeLine]) -> Mapping[date, FeeTotal]:
    """Totals of each day, in order."""
    return dict(sorted(_grouped(lines, lambda line: line.day).items()))


def by_mode(lines: Iterable[FeeLine]) -> Mapping[PaymentMode, FeeTotal]:
    """Totals of cash, transfer and on-line payment, in that order; a way nobody used is left out."""
    found = _grouped(lines, lambda line: line.mode)
    return {mode: found[mode] for mode in PaymentMode if mode in found}


def by_kind(lines: Iterable[FeeLine]) -> Mapping[str, FeeTotal]:
    """Totals of each kind of fee, by name."""
    return dict(sorted(_grouped(lines, lambda line: line.kind).items()))


def by_officer(lines: Iterable[FeeLine]) -> Mapping[str, FeeTotal]:
    """Totals of each officer: what each one has to hand in."""
    return dict(sorted(_grouped(lines, lambda line: line.officer).items()))


def row(line: FeeLine) -> tuple[str | int, ...]:
    """A line under `COLUMNS`; the amount stays a number, below nought for a refund."""
    note = "; ".join(part for part in (REFUND if line.refund else "", line.note) if part)
    return (
        f"{line.book}-{line.number}",
        f"{line.day:%d/%m/%Y}",
        line.payer,
        line.procedure,
        line.code,
        line.kind,
        line.signed_vnd,
        payment_name(line.mode),
        line.receipt,
        line.officer,
        note,
    )


def _grouped(lines: Iterable[FeeLine], key: Callable[[FeeLine], _K]) -> dict[_K, FeeTotal]:
    groups: dict[_K, list[FeeLine]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return {name: total(found) for name, found in groups.items()}
