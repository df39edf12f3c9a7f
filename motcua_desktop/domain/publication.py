"""A published list of procedures against the catalogue in force: what it adds, changes, ends, leaves as it is.

A list says only some things of a procedure; the rest is kept from the version in force. Rows are in the JSON form
of `resources/catalogue/README.md`, with the keys that the list does not say left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from motcua_desktop.domain.calendar import ONE_DAY
from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.procedure import Catalogue, Procedure, write_procedure
from motcua_desktop.domain.publication_merge import Row, alike, merged

_UNDATED = frozenset({"valid_from", "valid_to"})
_LISTS = ("terms", "total_terms", "fees", "documents")


class Trouble(StrEnum):
    """Why a row is not taken, or what was done to take it."""

    CODE_MISSING = "code_missing"
    CODE_UNREADABLE = "code_unreadable"
    NAME_MISSING = "name_missing"
    SAID_TWICE = "said_twice"
    NO_PROCEDURE_ABOVE = "no_procedure_above"
    NO_UNIT = "no_unit"
    TERM_UNREADABLE = "term_unreadable"
    COUNT_UNREADABLE = "count_unreadable"
    DATE_UNREADABLE = "date_unreadable"
    UNPRINTABLE = "unprintable"
    CHOICE_UNKNOWN = "choice_unknown"
    WRONG_TYPE = "wrong_type"
    ALSO_ENDED = "also_ended"
    # From here on: taken all the same, and told.
    CODE_SHORTENED = "code_shortened"
    CODE_FROM_NUMBER = "code_from_number"
    TWO_CODES = "two_codes"
    SAME_NAME_TWICE = "same_name_twice"
    TERMS_BECAME_CASES = "terms_became_cases"
    TERM_REST_NOTED = "term_rest_noted"
    NOTE_LEFT_OUT = "note_left_out"
    FILE_NAME_CUT = "file_name_cut"
    FEE_KEPT_AS_NOTE = "fee_kept_as_note"
    COUNTS_ASSUMED = "counts_assumed"
    LINE_LEFT_OUT = "line_left_out"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not taken (with its whole procedure), or, among the remarks, one taken with a change.

    `row` counts as the officer's program shows it, from 1; `column` is the heading; `text` what stands there.
    `against` is the row that it contradicts, on `against_sheet`; 0 for none.
    """

    row: int
    column: str
    problem: Trouble
    text: str = ""
    code: str | None = None
    name: str = ""
    sheet: str = ""
    against: int = 0
    against_sheet: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """A list as it was read. `rows` hold only what it says; `whole` is whether it says its lists entirely.

    `starts` is the day from which it holds; a row's own `valid_from` goes before it. `ended` are codes.
    `source` is the decision's number and date, "" where the list names none.
    """

    source: str
    starts: date
    rows: tuple[Row, ...]
    ended: tuple[str, ...] = ()
    whole: bool = False
    bad: tuple[BadRow, ...] = ()
    remarks: tuple[BadRow, ...] = ()
    unread_columns: tuple[str, ...] = ()
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)  # code: sheet and row


class ChangeKind(StrEnum):
    """What a list does to a procedure; a missing one is in force here and not in the list."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    MISSING = "missing"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that changes: `part` names the case of a term, the channels of a fee or the name of a paper.

    `old` and `new` are JSON values; None where there was or will be none.
    """

    field: str
    part: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one procedure from `starts` on; `row` is its whole new version, None where there is none."""

    kind: ChangeKind
    code: str
    name: str
    starts: date
    fields: tuple[FieldChange, ...] = ()
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would do; nothing is done by it. `laid` is how many lists the catalogue then held."""

    source: str
    starts: date
    changes: tuple[Change, ...]
    bad: tuple[BadRow, ...] = ()
    remarks: tuple[BadRow, ...] = ()
    unread_columns: tuple[str, ...] = ()
    sha256: str = ""
    laid: int = 0

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes of one kind, in the order of the list."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def changes_nothing(self) -> bool:
        """Whether confirming it would leave the catalogue as it is."""
        return all(change.kind in (ChangeKind.SAME, ChangeKind.MISSING) for change in self.changes)

    def body(self) -> dict[str, Any]:
        """What the event of confirming it says."""
        laid = (ChangeKind.ADDED, ChangeKind.CHANGED)
        return {
            "source": self.source,
            "from": self.starts.isoformat(),
            "sha256": self.sha256,
            "procedures": [change.row for change in self.changes if change.kind in laid],
            "ended": [
                {"code": change.code, "valid_to": (change.starts - ONE_DAY).isoformat()}
                for change in self.of(ChangeKind.ENDED)
            ],
        }


def compare(catalogue: Catalogue, publication: Publication, *, end_missing: bool = False) -> Preview:
    """What the list does to the catalogue.

    A procedure in force that the list does not name is only shown, unless `end_missing` says to end it. Raises
    MC-229 for that where rows could not be read: one of them may be the procedure in question.
    """
    bad, changes = list(publication.bad), []
    for row in publication.rows:
        change = _change(catalogue, row, publication)
        if change is None:
            sheet, place = publication.places.get(row["code"], ("", 0))
            bad.append(BadRow(place, "name", Trouble.NAME_MISSING, "", row["code"], "", sheet))
        else:
            changes.append(change)
    changes += _ended(catalogue, publication)
    missing = _missing(catalogue, publication, bad)
    if end_missing and missing and any(_unplaced(row, catalogue, publication.starts) for row in bad):
        raise refuse("MC-229", None, count=len(missing), rows=len(bad))
    kind = ChangeKind.ENDED if end_missing else ChangeKind.MISSING
    changes += [Change(kind, p.code, p.name, publication.starts) for p in missing]
    return Preview(
        source=publication.source,
        starts=publication.starts,
        changes=tuple(changes),
        bad=tuple(bad),
        remarks=publication.remarks,
        unread_columns=publication.unread_columns,
    )


def _change(catalogue: Catalogue, said: Row, publication: Publication) -> Change | None:
    """None for a procedure that nobody has named yet."""
    code = said["code"]
    starts = date.fromisoformat(said["valid_from"]) if said.get("valid_from") else publication.starts
    in_force = catalogue.find(code, starts)
    if in_force is None and not said.get("name"):
        return None
    old = write_procedure(in_force) if in_force else None
    row = merged(old, said, publication.source, starts, whole=publication.whole)
    if not said.get("valid_to"):
        row["valid_to"] = _last_day(catalogue, code, starts, in_force)
    if old is None:
        fields = tuple(_all_of_it(row))
        return Change(ChangeKind.ADDED, code, row["name"], starts, fields, row)
    fields = tuple(_field_changes(old, row, ended="valid_to" in said))
    if not fields:
        return Change(ChangeKind.SAME, code, row["name"], starts)
    return Change(ChangeKind.CHANGED, code, row["name"], starts, fields, row)


def _last_day(catalogue: Catalogue, code: str, starts: date, in_force: Procedure | None) -> str | None:
    """The day before the next version, else the day on which the one in force was to end anyhow."""
    later = [p.valid_from for p in catalogue.versions(code) if p.valid_from > starts]
    if later:
        return (min(later) - ONE_DAY).isoformat()
    return in_force.valid_to.isoformat() if in_force and in_force.valid_to else None


def _ended(catalogue: Catalogue, publication: Publication) -> list[Change]:
    starts = publication.starts
    found = ((code, catalogue.find(code, starts)) for code in publication.ended)
    return [Change(ChangeKind.ENDED, code, p.name, starts) for code, p in found if p is not None]


def _missing(catalogue: Catalogue, publication: Publication, bad: Iterable[BadRow]) -> list[Procedure]:
    named = {row["code"] for row in publication.rows} | set(publication.ended)
    named |= {row.code for row in bad if row.code}
    names = [row.name for row in bad if not row.code and row.name]
    return [
        p
        for p in catalogue.in_force(publication.starts)
        if p.code not in named and not any(alike(p.name, name) for name in names)
    ]


def _unplaced(row: BadRow, catalogue: Catalogue, on: date) -> bool:
    """Whether nobody can tell which procedure a bad row is about."""
    return row.code is None and not any(alike(p.name, row.name) for p in catalogue.in_force(on))


def _field_changes(old: Row, new: Row, *, ended: bool) -> Iterable[FieldChange]:
    for name, value in new.items():
        if name in _LISTS:
            yield from _list_changes(name, old[name], value)
        elif (name not in _UNDATED or (ended and name == "valid_to")) and value != old[name]:
            yield FieldChange(name, "", old[name], value)


def _all_of_it(row: Row) -> Iterable[FieldChange]:
    """What a new procedure brings, beyond its code and name: single values first."""
    nothing: dict[str, Any] = {key: [] if key in _LISTS else None for key in row}
    changes = [f for f in _field_changes(nothing, row, ended=True) if f.new not in (None, "", False)]
    return sorted((f for f in changes if f.field not in ("code", "name")), key=lambda f: f.field in _LISTS)


def _list_changes(name: str, old: list[Row], new: list[Row]) -> Iterable[FieldChange]:
    before, after = _by_part(name, old), _by_part(name, new)
    for key in dict.fromkeys([*before, *after]):
        was, becomes = before.get(key), after.get(key)
        if _undated(was) != _undated(becomes):
            yield FieldChange(name, key[0], was, becomes)


def _by_part(name: str, rows: list[Row]) -> dict[tuple[str, int], Row]:
    """Rows by what tells them apart, and a running number for those that nothing does."""
    found: dict[tuple[str, int], Row] = {}
    for row in rows:
        part, number = _part(name, row), 0
        while (part, number) in found:
            number += 1
        found[part, number] = row
    return found


def _part(name: str, row: Row) -> str:
    if name == "documents":
        return str(row["name"])
    if name == "fees":
        return ", ".join(sorted(row["channels"]))
    return row["case"] or ""


def _undated(row: Row | None) -> dict[str, Any] | None:
    return {key: value for key, value in row.items() if key not in _UNDATED} if row else None
