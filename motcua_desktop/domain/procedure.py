"""Procedures as the catalogue publishes them: terms, papers and fees as dated data with a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from typing import Any

from motcua_desktop.domain.due import Term, TermKind
from motcua_desktop.domain.text import fold, words


class Need(StrEnum):
    """When a paper is needed: in every case, in a named case, or only when filing online."""

    ALWAYS = "always"
    CASE = "case"
    ONLINE = "online"


class Mode(StrEnum):
    """Whether a paper is handed in, or shown and given back (then never scanned, TT 03/2025 art. 5)."""

    SUBMIT = "submit"
    PRESENT = "present"


_NEEDS = {str(need): need for need in Need}
_MODES = {str(mode): mode for mode in Mode}


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """One paper of a procedure; `item` counts from 1, `short` fits a checklist and a receipt."""

    item: int
    name: str
    short: str
    original: int
    copy: int
    mode: Mode
    need: Need
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """What a procedure costs on some channels, in đồng; None where the source gives no amount."""

    channels: tuple[str, ...]
    amount_vnd: int | None
    unit: str | None
    set_by_province: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure, in force from `valid_from` to `valid_to` (both included)."""

    code: str
    name: str
    short_name: str
    alias: str | None
    field: str
    authority: str
    routing: str
    at_counter: bool
    valid_from: date
    valid_to: date | None
    source: str
    terms: tuple[Term, ...]
    fees: tuple[Fee, ...]
    result: str
    sets: int
    documents: tuple[RequiredDocument, ...]

    def term(self, case: str | None, on: date) -> Term | None:
        """The term of that case in force on that day; None for a case that the procedure does not know."""
        return next((t for t in self.terms if t.case == case and _in_force(t, on)), None)

    def always_needed(self) -> tuple[RequiredDocument, ...]:
        """The papers needed at the counter in every case."""
        return tuple(d for d in self.documents if d.need is Need.ALWAYS)

    def at_the_counter(self) -> tuple[RequiredDocument, ...]:
        """The papers that a citizen can bring to the counter."""
        return tuple(d for d in self.documents if d.need is not Need.ONLINE)


class Catalogue:
    """Every version of every procedure; asked with the day on which a dossier is received."""

    def __init__(self, procedures: Iterable[Procedure]) -> None:
        self._versions: dict[str, list[Procedure]] = {}
        for procedure in procedures:
            self._versions.setdefault(procedure.code, []).append(procedure)

    @cached_property
    def _search(self) -> Mapping[tuple[str, date], tuple[str, list[str], list[str]]]:
        """What each version answers to: its alias, the words of its name, those of its short name."""
        return {
            (p.code, p.valid_from): (p.alias or "", words(p.name), words(p.short_name))
            for versions in self._versions.values()
            for p in versions
        }

    def find(self, code: str, on: date) -> Procedure | None:
        """The version in force on that day."""
        return next((p for p in self._versions.get(code, ()) if _in_force(p, on)), None)

    def in_force(self, on: date) -> list[Procedure]:
        """Every procedure in force on that day."""
        return [p for code in self._versions if (p := self.find(code, on)) is not None]

    def match(self, text: str, on: date, usage: Mapping[str, int]) -> list[Procedure]:
        """Procedures that answer to a few typed letters: the exact alias first, then the more used ones.

        `usage` counts how often each code was received here.
        """
        wanted, typed = words(text), fold(text).strip()
        ranked: list[tuple[tuple[int, int, str], Procedure]] = []
        for procedure in self.in_force(on):
            rank = self._rank(procedure, wanted, typed)
            if rank is not None:
                ranked.append(((rank, -usage.get(procedure.code, 0), procedure.short_name), procedure))
        return [procedure for _, procedure in sorted(ranked, key=lambda pair: pair[0])]

    def _rank(self, procedure: Procedure, wanted: list[str], typed: str) -> int | None:
        if not typed:
            return 3 if procedure.alias else 4
        alias, name, short = self._search[(procedure.code, procedure.valid_from)]
        if typed == alias:
            return 0
        if alias.startswith(typed):
            return 1
        if procedure.code.startswith(typed):
            return 2
        if _all_prefixes(wanted, short):
            return 3
        return 4 if _all_prefixes(wanted, name) else None


def _all_prefixes(wanted: list[str], offered: list[str]) -> bool:
    return bool(wanted) and all(any(o.startswith(w) for o in offered) for w in wanted)


def _in_force(row: Procedure | Term, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def read_catalogue(data: Mapping[str, Any]) -> Catalogue:
    """A catalogue from its JSON form (`resources/catalogue/README.md` says what each key holds)."""
    return Catalogue(_procedure(row) for row in data["procedures"])


def _procedure(row: Mapping[str, Any]) -> Procedure:
    return Procedure(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        alias=row["alias"],
        field=row["field"],
        authority=row["authority"],
        routing=row["routing"],
        at_counter=row["at_counter"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        source=row["source"],
        terms=tuple(read_term(term) for term in row["terms"]),
        fees=tuple(_fee(fee) for fee in row["fees"]),
        result=row["result"],
        sets=row["sets"],
        documents=tuple(_document(document) for document in row["documents"]),
    )


def read_term(row: Mapping[str, Any]) -> Term:
    """A term from its JSON form."""
    return Term(
        kind=TermKind(row["kind"]),
        value=row["value"],
        source=row["source"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        case=row["case"],
        after=time.fromisoformat(row["after"]) if row["after"] else None,
        note=row["note"],
    )


def _fee(row: Mapping[str, Any]) -> Fee:
    return Fee(tuple(row["channels"]), row["amount_vnd"], row["unit"], row["set_by_province"], row["note"])


def _document(row: Mapping[str, Any]) -> RequiredDocument:
    return RequiredDocument(
        item=row["item"],
        name=row["name"],
        short=row["short"],
        original=row["original"],
        copy=row["copy"],
        mode=_MODES[row["mode"]],
        need=_NEEDS[row["need"]],
        case=row["case"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
