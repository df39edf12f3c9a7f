"""The register of dossiers (form 07): its lines, books and months, and which columns the law asks for on a day.

Each desk keeps its own book, numbered from 1 in each year, so that desks without a line never share a number.
A month of a book is closed with a hash over what its lines said when they were entered, chained to the month
before; what happens to a dossier later (its return, a void) is written beside it and leaves the hash alone.
Name, address and phone are in the hash by the salted digest of their event only: erasing them leaves it alone too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.errors import UserFacingError, refuse
from motcua_desktop.domain.event import FIRST_HASH, canonical, sha256

TITLE = "SỔ THEO DÕI HỒ SƠ"
ALL_FIELDS = "tất cả các lĩnh vực"
VOIDED = "ĐÃ HỦY"
_BOOK = re.compile(r"[1-9]\d*/\d{4}")


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One dossier in a book; moments carry their offset.

    `late_slip`: taken in by hand on another day than it was entered. `returned_at` is when the result, or the
    papers of a dossier that was refused or withdrawn, were handed over; `status` says what stands in its place
    while there is none ("" while the dossier is simply open). `signed` is who signed for it. `particulars` is the
    digest of the personal data that were entered, which outlives their erasure.
    """

    book: str  # "desk/year"
    entry: int
    entered_on: date
    code: str
    procedure: str
    applicant: str
    received_at: datetime
    late_slip: bool = False
    field: str = ""
    address: str = ""
    phone: str = ""
    authority: str = ""
    due_at: datetime | None = None
    returned_at: datetime | None = None
    return_by: str = ""
    signed: str = ""
    sets: int = 1
    note: str = ""
    status: str = ""
    voided: bool = False
    particulars: str = ""

    def __post_init__(self) -> None:
        _need(_BOOK.fullmatch(self.book) is not None, f"book: desk/year, not {self.book!r}")
        _need(self.entry >= 1, "entries count from 1")
        for moment in (self.received_at, self.due_at, self.returned_at):
            _need(moment is None or moment.tzinfo is not None, "moments carry their offset")

    @property
    def month(self) -> str:
        """The month of the book that it stands in, as "2026-11"."""
        return f"{self.entered_on.year:04d}-{self.entered_on.month:02d}"


class MonthClosing(NamedTuple):
    """A month of a book that was closed, with the hash it was closed with."""

    book: str
    month: str  # "2026-11"
    hash: str
    closed_on: date


@dataclass(frozen=True, slots=True)
class RegisterHead:
    """What stands over the lines. `field` is "" for all fields; `first_page` continues an earlier print."""

    office: str
    centre: str
    year: int
    place: str = ""
    field: str = ""
    drawn_on: date | None = None
    closings: tuple[MonthClosing, ...] = ()
    number_line: str = ""
    first_page: int = 1

    def __post_init__(self) -> None:
        _need(self.first_page >= 1, "pages count from 1")


class Month(NamedTuple):
    """The lines that were entered in one month of one book, in order."""

    book: str
    month: str
    lines: tuple[RegisterLine, ...]


class Total(NamedTuple):
    """Counts of a month: received = returned + open + voided."""

    book: str
    month: str
    received: int
    returned: int
    open: int
    voided: int

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Received, returned, open, voided."""
        return self.received, self.returned, self.open, self.voided


def ordered(lines: Iterable[RegisterLine]) -> list[RegisterLine]:
    """By book (year, then desk), then by number."""
    return sorted(lines, key=lambda line: (*book_order(line.book), line.entry))


def book_order(book: str) -> tuple[int, int]:
    """Year and desk of a book: "10/2026" comes after "2/2026"."""
    desk, _, year = book.partition("/")
    return int(year), int(desk)


def by_month(lines: Iterable[RegisterLine]) -> list[Month]:
    """The months of every book, each with its lines by number."""
    sequence = sorted(lines, key=lambda line: (*book_order(line.book), line.month, line.entry))
    groups = groupby(sequence, key=lambda line: (line.book, line.month))
    return [Month(book, month, tuple(found)) for (book, month), found in groups]


def totals(lines: Iterable[RegisterLine]) -> list[Total]:
    """The counts of every month of every book."""
    return [_total(month) for month in by_month(lines)]


def _total(month: Month) -> Total:
    voided = sum(line.voided for line in month.lines)
    returned = sum(line.returned_at is not None and not line.voided for line in month.lines)
    received = len(month.lines)
    return Total(month.book, month.month, received, returned, received - returned - voided, voided)


def month_hash(lines: Iterable[RegisterLine], before: str = FIRST_HASH) -> str:
    """SHA-256 over what one month's lines said when entered, by number, and the hash of the month before."""
    entered = sorted((_entered(line) for line in lines), key=lambda line: int(line["entry"]))
    return sha256(canonical({"before": before, "lines": entered}))


def month_hashes(lines: Iterable[RegisterLine]) -> dict[tuple[str, str], str]:
    """The chained hashes by (book, month); each book's chain begins anew."""
    found: dict[tuple[str, str], str] = {}
    before, book = FIRST_HASH, ""
    for month in by_month(lines):
        if month.book != book:
            before, book = FIRST_HASH, month.book
        before = found[month.book, month.month] = month_hash(month.lines, before)
    return found


def _entered(line: RegisterLine) -> dict[str, Any]:
    return {
        "book": line.book,
        "entry": line.entry,
        "entered_on": line.entered_on.isoformat(),
        "late_slip": line.late_slip,
        "code": line.code,
        "procedure": line.procedure,
        "field": line.field,
        "particulars": line.particulars,
        "authority": line.authority,
        "received_at": local(line.received_at).isoformat(timespec="seconds"),
        "due_at": local(line.due_at).isoformat(timespec="seconds") if line.due_at else None,
        "sets": line.sets,
    }


# What stands over and under the lines, and in the cells


def month_text(month: str) -> str:
    """ "2026-11" as "tháng 11/2026"."""
    return f"tháng {month[5:]}/{month[:4]}"


def closing_text(head: RegisterHead, month: Month, now: str) -> str:
    """The line under a month: its counts, whether it is closed, and the hash; `now` is the hash of the lines.

    A register of one field holds a part of the month only: it shows the hash of the closing, never one of its own.
    """
    count = _total(month)
    told = (
        f"Cộng {month_text(month.month)}: {count.received} hồ sơ; đã trả {count.returned}, "
        f"đang giải quyết {count.open}, đã hủy {count.voided}."
    )
    closing = next((c for c in head.closings if (c.book, c.month) == (month.book, month.month)), None)
    if closing is None:
        return f"{told} Chưa khóa sổ." + ("" if head.field else f" Mã tháng đến nay (SHA-256): {now}")
    told += f" Khóa sổ ngày {closing.closed_on:%d/%m/%Y}. Mã khóa tháng (SHA-256): {closing.hash}"
    if head.field or closing.hash == now:
        return told
    return f"{told} – NỘI DUNG ĐÃ ĐỔI SAU KHI KHÓA SỔ, mã hiện nay: {now}"


def clock_text(moment: datetime | None) -> str:
    """Hour over day, on a Vietnamese clock; "" for none."""
    if moment is None:
        return ""
    at = local(moment)
    return f"{at.hour:02d}:{at.minute:02d}\n{at.day:02d}/{at.month:02d}/{at.year:04d}"


def late_text(line: RegisterLine) -> str:
    """The mark of a line that was entered on another day than its dossier was received; "" for others."""
    if not line.late_slip:
        return ""
    received = local(line.received_at)
    return f"nhận ngày {received:%d/%m}\nvào sổ {line.entered_on:%d/%m}"


def outcome_text(line: RegisterLine) -> str:
    """What stands where there is no day of return: that the number is void, or the dossier's status."""
    return VOIDED if line.voided else "" if line.returned_at else line.status


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


_CELLS: Mapping[str, Callable[[RegisterLine], str]] = {
    "entry": lambda line: str(line.entry),
    "code": lambda line: line.code,
    "procedure": lambda line: line.procedure,
    "sets": lambda line: str(line.sets),
    "applicant": lambda line: line.applicant,
    "contact": lambda line: _joined(line.address, line.phone),
    "authority": lambda line: line.authority,
    "received": lambda line: _joined(clock_text(line.received_at), late_text(line)),
    "due": lambda line: clock_text(line.due_at),
    "returned": lambda line: outcome_text(line) or clock_text(line.returned_at),
    "return_by": lambda line: line.return_by,
    "signed": lambda line: line.signed,
    "note": lambda line: line.note,
}


def cell_text(key: str, line: RegisterLine) -> str:
    """What stands in the column of a key."""
    return _CELLS[key](line)


# Which columns the law asks for


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column of the form: `key` says what stands in it, `group` what it stands under; width in mm."""

    key: str
    title: str
    width: float
    group: str = ""
    centred: bool = False


@dataclass(frozen=True, slots=True)
class RegisterForm:
    """The columns in force from one day to another (both included; None: no end is known)."""

    name: str
    source: str
    valid_from: date
    valid_to: date | None
    provisional: bool
    columns: tuple[RegisterColumn, ...]

    @property
    def described(self) -> int:
        """How many columns say what the dossier is, before those that say when."""
        keys = [column.key for column in self.columns]
        return min(
            (keys.index(key) for key in ("received", "due", "returned") if key in keys), default=len(keys)
        )

    def demand_fit(self, room: float) -> None:
        """Raise MC-230 if the columns are wider than `room` (mm)."""
        wide = sum(column.width for column in self.columns)
        if wide > room + 0.01:
            raise _broken(f"{self.name}: width", f"{wide:g} > {room:g} mm")

    def cells(self, line: RegisterLine) -> tuple[str, ...]:
        """The texts of a line; a form without remarks has the remark under the procedure."""
        texts = [_CELLS[column.key](line) for column in self.columns]
        if line.note:
            keys = [column.key for column in self.columns]
            if "note" not in keys:
                at = keys.index("procedure")
                texts[at] = _joined(texts[at], f"Ghi chú: {line.note}")
        return tuple(texts)


def register_forms(data: Mapping[str, Any]) -> tuple[RegisterForm, ...]:
    """The forms of a template file, oldest first.

    Raises MC-230 (`place`, `reason`) for one that cannot be used: an office may adjust it.
    """
    read = data.get("forms")
    if not isinstance(read, list) or not read:
        raise _broken("forms", "missing")
    forms = tuple(_form(f"forms[{at}]", each) for at, each in enumerate(read))
    for at, (one, other) in enumerate(pairwise(forms)):
        if one.valid_to is None or one.valid_to >= other.valid_from:
            raise _broken(f"forms[{at}].valid_to", "overlaps the next form")
    return forms


def form_on(forms: Sequence[RegisterForm], day: date) -> RegisterForm:
    """The form for a dossier received on a day; raises MC-231 (`day`) where none is in force."""
    for form in forms:
        if form.valid_from <= day and (form.valid_to is None or day <= form.valid_to):
            return form
    raise refuse("MC-231", "received_at", day=day)


def _form(place: str, data: Any) -> RegisterForm:
    if not isinstance(data, dict):
        raise _broken(place, "not an object")
    listed = data.get("columns")
    if not isinstance(listed, list) or not listed:
        raise _broken(f"{place}.columns", "missing")
    columns = tuple(_column(f"{place}.columns[{at}]", each) for at, each in enumerate(listed))
    keys = [column.key for column in columns]
    if len(set(keys)) < len(keys) or "entry" not in keys or "procedure" not in keys:
        raise _broken(f"{place}.columns", "a key is repeated, or entry or procedure is missing")
    ends = data.get("valid_to")
    return RegisterForm(
        name=_text(place, data, "name"),
        source=_text(place, data, "source"),
        valid_from=_day(f"{place}.valid_from", data.get("valid_from")),
        valid_to=None if ends is None else _day(f"{place}.valid_to", ends),
        provisional=data.get("provisional") is True,
        columns=columns,
    )


def _column(place: str, data: Any) -> RegisterColumn:
    if not isinstance(data, dict) or data.get("key") not in _CELLS:
        raise _broken(f"{place}.key", f"one of {', '.join(_CELLS)}")
    width = data.get("width")
    if not isinstance(width, int | float) or isinstance(width, bool) or not 8 <= width <= 150:
        raise _broken(f"{place}.width", "8 to 150 mm")
    group = data.get("group", "")
    if not isinstance(group, str):
        raise _broken(f"{place}.group", "not a text")
    return RegisterColumn(
        data["key"], _text(place, data, "title"), float(width), group, data.get("centred") is True
    )


def _text(place: str, data: Mapping[str, Any], key: str) -> str:
    text = data.get(key)
    if not isinstance(text, str) or not text.strip():
        raise _broken(f"{place}.{key}", "missing")
    return text


def _day(place: str, text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as unreadable:
        raise _broken(place, "a day as 2026-11-20") from unreadable


def _broken(place: str, reason: str) -> UserFacingError:
    return refuse("MC-230", place, place=place, reason=reason)


def _need(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)
