"""Fees as dated data with a source: what a tariff says, and what an officer has to collect by it.

Every amount is a whole number of đồng. What a province sets and nobody has entered yet is not known (None),
never nought. `resources/fees/README.md` says what each key of the sheet of tariffs holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.fees import BY_PROVINCE
from motcua_desktop.domain.source import is_verified
from motcua_desktop.domain.text import clean, in_figures

MOST = 999  # copies, pages or cases in one go: more is a slip of the finger

Band = tuple[int, int]


class Basis(StrEnum):
    """What an amount is paid for."""

    PER_PAGE = "per_page"
    PER_CASE = "per_case"
    PER_COPY = "per_copy"
    PER_CERTIFICATE = "per_certificate"
    FREE = "free"
    SET_BY_PROVINCE = "set_by_province"


_UNITS = {
    Basis.PER_PAGE: "trang",
    Basis.PER_CASE: "trường hợp",
    Basis.PER_COPY: "bản",
    Basis.PER_CERTIFICATE: "giấy",
}
_WITHOUT_AMOUNT = (Basis.FREE, Basis.SET_BY_PROVINCE)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A group that pays nothing, by its name, from `valid_from` to `valid_to` (both included)."""

    name: str
    source: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Tariff:
    """One rule of what some procedures cost; no channel named means every channel, no case every case.

    `steps` are (from_page, amount_vnd), the first from page 1; only `per_page` has more than one.
    `ceiling_vnd` is the most that one copy costs. `unit` is the word an amount is paid for.
    """

    procedures: tuple[str, ...]
    kind: str
    basis: Basis
    valid_from: date
    source: str
    steps: tuple[tuple[int, int], ...] = ()
    case: str | None = None
    channels: tuple[str, ...] = ()
    ceiling_vnd: int | None = None
    exempt: tuple[Exemption, ...] = ()
    valid_to: date | None = None
    unit: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _need(bool(self.procedures) and bool(self.kind), "a tariff needs a procedure and a kind of fee")
        _need(bool(self.source.strip()), "a tariff needs a source")
        _need(self.valid_to is None or self.valid_from <= self.valid_to, "a tariff ends before it starts")
        starts = [start for start, _ in self.steps]
        amounts = [amount for _, amount in self.steps]
        _need(all(type(n) is int and n >= 0 for n in (*starts, *amounts)), "whole đồng, from nought up")
        if self.basis in _WITHOUT_AMOUNT:
            _need(not self.steps, f"{self.basis} has no amount")
        else:
            _need(starts[:1] == [1] and starts == sorted(set(starts)), "steps rise from page 1")
        per_page = self.basis is Basis.PER_PAGE
        _need(per_page or len(self.steps) < 2, "only a fee for each page has steps")
        _need(self.ceiling_vnd is None or (per_page and self.ceiling_vnd > 0), "a ceiling is for pages")

    @property
    def is_verified(self) -> bool:
        """Whether the source names what it stands on; else an officer is shown it as not checked."""
        return is_verified(self.source)

    @property
    def counted(self) -> str:
        """The word for one of what is paid for: trang, trường hợp, bản …"""
        return self.unit or _UNITS.get(self.basis, "")

    @property
    def words(self) -> str:
        """The rule in the words of a receipt, without any count."""
        if self.basis is Basis.FREE:
            return "miễn phí"
        if self.basis is Basis.SET_BY_PROVINCE:
            return BY_PROVINCE
        told = f"{in_figures(self.steps[0][1])} đồng/{self.counted}"
        for start, amount in self.steps[1:]:
            told += f", từ {self.counted} thứ {start}: {in_figures(amount)} đồng/{self.counted}"
        return f"{told}, tối đa {in_figures(self.ceiling_vnd)} đồng/bản" if self.ceiling_vnd else told

    def in_force(self, on: date) -> bool:
        """Whether the tariff holds on that day."""
        return _in_force(self, on)

    def exemption(self, name: str, field: str = "exemption") -> Exemption:
        """The group of that name; MC-233 names the known ones if there is none."""
        found = next((group for group in self.exempt if clean(group.name) == clean(name)), None)
        if found is None:
            raise refuse("MC-233", field, text=name, known=[group.name for group in self.exempt] or "")
        return found


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """`count` times `amount_vnd` for one `unit`."""

    count: int
    unit: str
    amount_vnd: int

    @property
    def total_vnd(self) -> int:
        return self.count * self.amount_vnd


@dataclass(frozen=True, slots=True)
class Charge:
    """What is to be collected, how it came about, and by what right.

    `total_vnd` is the sum of the lines, or None where the province's amount is not entered. `full_vnd` is what
    it would be for somebody who is not exempt.
    """

    lines: tuple[ChargeLine, ...]
    total_vnd: int | None
    full_vnd: int | None
    text: str
    kind: str
    sources: tuple[str, ...]
    exemption: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether every source names what it stands on."""
        return all(map(is_verified, self.sources))


class Tariffs:
    """Every tariff known here; a later row stands before an earlier one of the same reach."""

    def __init__(self, rows: Iterable[Tariff]) -> None:
        self.rows = tuple(rows)
        self._by_code: dict[str, list[Tariff]] = {}
        for row in self.rows:
            for code in row.procedures:
                self._by_code.setdefault(code, []).append(row)

    def find(self, procedure: str, case: str | None, on: date, channel: str) -> Tariff | None:
        """The tariff in force on that day, with the exemptions of that day; None where none is known.

        A row of the very case stands before one for every case, then one of the very channel before one for
        every channel, then an amount before what the province still has to set, then the youngest.
        """
        fitting = [
            (
                row.case == case,
                bool(row.channels),
                row.basis is not Basis.SET_BY_PROVINCE,
                row.valid_from,
                place,
            )
            for place, row in enumerate(self._by_code.get(procedure, ()))
            if row.in_force(on) and row.case in (None, case) and channel in (row.channels or (channel,))
        ]
        if not fitting:
            return None
        best = self._by_code[procedure][max(fitting)[-1]]
        return replace(best, exempt=tuple(group for group in best.exempt if _in_force(group, on)))

    def get(self, procedure: str, case: str | None, on: date, channel: str) -> Tariff:
        """As `find`; MC-234 where no tariff is known."""
        found = self.find(procedure, case, on, channel)
        if found is None:
            raise refuse("MC-234", "procedure", procedure=procedure, day=on)
        return found


def charge(
    tariff: Tariff, *, copies: int = 1, pages: int = 1, cases: int = 1, exemption: str | None = None
) -> Charge:
    """What is to be collected for `copies` copies of `pages` pages of the original each, or for `cases` cases.

    MC-235 for a count outside 1..999, MC-233 for a group that the tariff does not know as free.
    """
    for field, count in (("copies", copies), ("pages", pages), ("cases", cases)):
        if not 1 <= count <= MOST:
            raise refuse("MC-235", field, count=count, most=MOST)
    free = tariff.exemption(exemption) if exemption else None
    lines, text = _reckoned(tariff, copies, pages, cases)
    full = None if tariff.basis is Basis.SET_BY_PROVINCE else _sum(lines)
    if free is None:
        return Charge(lines, full, full, text, tariff.kind, (tariff.source,))
    usual = f" (mức thường: {in_figures(full)}đ)" if full else ""
    told = f"Miễn: {free.name}{usual}"
    return Charge((), 0, full, told, tariff.kind, (tariff.source, free.source), free.name)


def read_tariffs(data: Mapping[str, Any]) -> Tariffs:
    """The tariffs of a sheet in its JSON form; a row that makes no sense raises ValueError with its place."""
    found = []
    for place, row in enumerate(data["tariffs"], 1):
        try:
            found.append(_tariff(row))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"tariff {place}: {error!r}") from error
    return Tariffs(found)


def _reckoned(tariff: Tariff, copies: int, pages: int, cases: int) -> tuple[tuple[ChargeLine, ...], str]:
    match tariff.basis:
        case Basis.FREE | Basis.SET_BY_PROVINCE:
            return (), tariff.words
        case Basis.PER_PAGE:
            return _by_pages(tariff, copies, pages)
        case _:
            count = cases if tariff.basis is Basis.PER_CASE else copies
            line = ChargeLine(count, tariff.counted, tariff.steps[0][1])
            return (line,), f"{_product(line)} = {in_figures(line.total_vnd)}đ"


def _by_pages(tariff: Tariff, copies: int, pages: int) -> tuple[tuple[ChargeLine, ...], str]:
    one = [ChargeLine(count, tariff.counted, amount) for count, amount in _bands(tariff.steps, pages)]
    if tariff.ceiling_vnd is not None and _sum(one) > tariff.ceiling_vnd:
        line = ChargeLine(copies, "bản", tariff.ceiling_vnd)
        told = f"{_product(line)} (mức tối đa một bản, {pages} {tariff.counted})"
        return (line,), f"{told} = {in_figures(line.total_vnd)}đ"
    lines = tuple(ChargeLine(copies * line.count, line.unit, line.amount_vnd) for line in one)
    inside = " + ".join(_product(line) for line in one)
    return lines, f"{copies} bản × ({inside}) = {in_figures(_sum(lines))}đ"


def _bands(steps: Sequence[Band], pages: int) -> Iterable[Band]:
    """How many of the pages fall under each step, with the amount for one of them."""
    ends = [start for start, _ in steps[1:]] + [pages + 1]
    for (start, amount), end in zip(steps, ends, strict=True):
        count = min(end, pages + 1) - start
        if count > 0:
            yield count, amount


def _product(line: ChargeLine) -> str:
    return f"{line.count} {line.unit} × {in_figures(line.amount_vnd)}đ"


def _sum(lines: Iterable[ChargeLine]) -> int:
    return sum(line.total_vnd for line in lines)


def _tariff(row: Mapping[str, Any]) -> Tariff:
    return Tariff(
        procedures=tuple(row["procedures"]),
        kind=row["kind"],
        basis=Basis(row["basis"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        source=row["source"],
        steps=tuple((step["from_page"], step["amount_vnd"]) for step in row.get("steps") or ()),
        case=row.get("case"),
        channels=tuple(row.get("channels") or ()),
        ceiling_vnd=row.get("ceiling_vnd"),
        exempt=tuple(_exemption(group) for group in row.get("exempt") or ()),
        valid_to=_day(row.get("valid_to")),
        unit=row.get("unit") or "",
        note=row.get("note") or "",
    )


def _exemption(row: Mapping[str, Any]) -> Exemption:
    start = date.fromisoformat(row["valid_from"])
    return Exemption(row["name"], row["source"], start, _day(row.get("valid_to")))


def _in_force(row: Tariff | Exemption, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _need(holds: bool, rule: str) -> None:
    if not holds:
        raise ValueError(rule)
