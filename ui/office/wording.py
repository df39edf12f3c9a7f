"""How changes of the catalogue and decisions about days are worded on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from motcua_desktop.domain.calendar import DayKind
from motcua_desktop.domain.publication import BadRow, Change, ChangeKind, Preview
from motcua_desktop.domain.source import is_verified
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.publication_words import bad_row_text, change_lines
from ui.theme import Tone
from ui.wording import weekday


class LineKind(StrEnum):
    """What a line of the preview is about, in the order in which an officer must look at it."""

    BAD = "bad"
    REMARK = "remark"
    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    MISSING = "missing"
    SAME = "same"


TONES = {
    LineKind.BAD: Tone.LATE,
    LineKind.REMARK: Tone.SOON,
    LineKind.ADDED: Tone.DONE,
    LineKind.CHANGED: Tone.CALM,
    LineKind.ENDED: Tone.TODAY,
    LineKind.MISSING: Tone.PAUSED,
    LineKind.SAME: Tone.DRAFT,
}
_CHANGE_KINDS = {
    LineKind.ADDED: ChangeKind.ADDED,
    LineKind.CHANGED: ChangeKind.CHANGED,
    LineKind.ENDED: ChangeKind.ENDED,
    LineKind.MISSING: ChangeKind.MISSING,
    LineKind.SAME: ChangeKind.SAME,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the preview; `details` is what is said of it when it is chosen."""

    kind: LineKind
    code: str
    text: str
    details: tuple[str, ...]
    starts: date | None = None
    verified: bool = True


def kind_text(kind: LineKind) -> str:
    """Sign and word of a kind of line."""
    return {
        LineKind.BAD: "✖ " + _("not taken"),
        LineKind.REMARK: "! " + _("taken, look"),
        LineKind.ADDED: "+ " + _("added"),
        LineKind.CHANGED: "≠ " + _("changed"),
        LineKind.ENDED: "■ " + _("ended"),
        LineKind.MISSING: "? " + _("not in the list"),
        LineKind.SAME: "= " + _("unchanged"),
    }[kind]


def lines_of(seen: Preview) -> list[Line]:
    """What a preview holds: what is not taken first, what stays as it is last."""
    bad = [_row_line(LineKind.BAD, row) for row in seen.bad]
    remarks = [_row_line(LineKind.REMARK, row) for row in seen.remarks]
    changes = (
        _change_line(kind, change) for kind, which in _CHANGE_KINDS.items() for change in seen.of(which)
    )
    return [*bad, *remarks, *changes]


def _row_line(kind: LineKind, row: BadRow) -> Line:
    said = bad_row_text(row)
    told = _("This row and its procedure are not taken. Correct it in the list, or leave it out.")
    if kind is LineKind.REMARK:
        told = _("This row is taken as said here. Look whether it is meant so.")
    return Line(kind, row.code or "–", said, tuple(part for part in (said, row.name, told) if part))


def _change_line(kind: LineKind, change: Change) -> Line:
    details = tuple(change_lines(change.fields)) or (_said_of(kind),)
    verified = all(map(is_verified, _sources(change.row))) if change.row else True
    return Line(kind, change.code, change.name, details, change.starts, verified)


def _said_of(kind: LineKind) -> str:
    if kind is LineKind.ENDED:
        return _("It is no longer received from that day on. Dossiers received before go on as they are.")
    if kind is LineKind.MISSING:
        return _("It is in force here and the list does not name it. It stays in force.")
    return _("The list says of it what is in force already.")


def _sources(row: Mapping[str, Any]) -> Iterator[str]:
    yield str(row["source"])
    for name in ("terms", "total_terms", "fees"):
        yield from (str(part["source"]) for part in row[name])


def size_text(count: int) -> str:
    """The size of a file, in words."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")


def day_text(day: date) -> str:
    """A day with its weekday."""
    return f"{day:%d/%m/%Y} · {weekday(day)}"


def day_kind(kind: DayKind) -> tuple[str, Tone]:
    """What a decision makes of a day, as sign and word, and its tone."""
    if kind is DayKind.OFF:
        return "○ " + _("day off"), Tone.PAUSED
    return "● " + _("working day"), Tone.CALM


def source_text(source: str) -> str:
    """A source; one that nobody has checked has a sign before it."""
    return source if is_verified(source) else f"! {source}"


def source_tone(source: str) -> Tone | None:
    """Amber for a source that nobody has checked."""
    return None if is_verified(source) else Tone.SOON


def moments(own: str | None, total: str | None) -> str:
    """An appointment, and the one of all offices together where there are two."""
    if total is None or total == own:
        return _moment(own)
    return _("{own}, in all {total}").format(own=_moment(own), total=_moment(total))


def _moment(iso: str | None) -> str:
    return f"{datetime.fromisoformat(iso):%H:%M %d/%m/%Y}" if iso else "–"
