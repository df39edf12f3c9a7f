"""Procedures as the catalogue publishes them: terms, papers and fees as dated data with a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from typing import Any

from motcua_desktop.domain.calendar import ONE_DAY
from motcua_desktop.domain.due import Term, TermKind
from motcua_desktop.domain.source import UNVERIFIED
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
    source: str = UNVERIFIED
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure, in force from `valid_from` to `valid_to` (both included).

    `immediate` is whether its result is given while the citizen waits, so that no receipt is needed.
    """

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
    immediate: bool = False  # the result is given at once: no receipt unless asked for
    clock: str = "pause"  # what completed papers do to the term: "pause" goes on, "restart" counts anew
    clock_source: str = UNVERIFIED
    total_terms: tuple[Term, ...] = ()  # of interlinked procedures: all offices together, by case

    def total_term(self, case: str | None, on: date) -> Term | None:
        """The term of all offices together; None where none is published."""
        return next((t for t in self.total_terms if t.case == case and _in_force(t, on)), None)

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

    def codes(self) -> frozenset[str]:
        """Every code that the catalogue has or had."""
        return frozenset(self._versions)

    def versions(self, code: str) -> tuple[Procedure, ...]:
        """Every version of one procedure, the earliest first."""
        return tuple(sorted(self._versions.get(code, ()), key=lambda p: p.valid_from))

    def with_publications(self, bodies: Iterable[Mapping[str, Any]]) -> Catalogue:
        """This catalogue with published lists laid over it, in their order.

        A version in force before a published one ends the day before that begins; a dossier that was received
        earlier keeps it. Each body is one event's: `procedures` in the catalogue's form, `ended` codes and days.
        """
        laid = Catalogue(p for versions in self._versions.values() for p in versions)
        for body in bodies:
            for row in body["procedures"]:
                laid._lay(read_procedure(row))
            for ended in body["ended"]:
                laid._end(ended["code"], date.fromisoformat(ended["valid_to"]))
        return laid

    def _lay(self, new: Procedure) -> None:
        kept = [_ended_before(p, new.valid_from) for p in self.versions(new.code) if not _covers(new, p)]
        self._versions[new.code] = [*kept, new]

    def _end(self, code: str, last: date) -> None:
        """End what would be in force on the next day; a version that begins later still does."""
        first_without = last + ONE_DAY
        kept = [p for p in self._versions.get(code, ()) if p.valid_from != first_without]
        self._versions[code] = [_ended_before(p, first_without) for p in kept]

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


def _covers(new: Procedure, old: Procedure) -> bool:
    """Whether the older version begins while the new one is in force: then nothing of it is left."""
    return new.valid_from <= old.valid_from and (new.valid_to is None or old.valid_from <= new.valid_to)


def _ended_before(old: Procedure, day: date) -> Procedure:
    if old.valid_from < day and (old.valid_to is None or old.valid_to >= day):
        return replace(old, valid_to=day - ONE_DAY)
    return old


def read_catalogue(data: Mapping[str, Any]) -> Catalogue:
    """A catalogue from its JSON form (`resources/catalogue/README.md` says what each key holds)."""
    defaults = data.get("defaults", {})
    return Catalogue(read_procedure({**defaults, **row}) for row in data["procedures"])


def read_procedure(row: Mapping[str, Any]) -> Procedure:
    """One version of a procedure from its JSON form."""
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
        immediate=row.get("immediate", False),
        clock=row.get("clock", "pause"),
        clock_source=row.get("clock_source", UNVERIFIED),
        total_terms=tuple(read_term(term) for term in row.get("total_terms", ())),
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
        statutory_value=row.get("statutory_value"),
        statutory_kind=_kind(row.get("statutory_kind")),
        statutory_source=row.get("statutory_source"),
    )


def write_procedure(procedure: Procedure) -> dict[str, Any]:
    """The JSON form of a version, every key said: what `read_procedure` makes the same version of."""
    return {name: _plain(value) for name, value in asdict(procedure).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _fee(row: Mapping[str, Any]) -> Fee:
    return Fee(
        channels=tuple(row["channels"]),
        amount_vnd=row["amount_vnd"],
        unit=row["unit"],
        set_by_province=row["set_by_province"],
        note=row["note"],
        source=row.get("source", UNVERIFIED),
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
    )


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


def _kind(text: str | None) -> TermKind | None:
    return TermKind(text) if text else None
