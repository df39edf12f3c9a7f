"""A line of intake, JSON as `motcua intake` takes it, read into a submission or refused by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.card import NotACard, read_card, read_date
from motcua_desktop.domain.dossier import Person
from motcua_desktop.domain.errors import Problem, refuse
from motcua_desktop.domain.phone import read_phone
from motcua_desktop.domain.text import clean
from motcua_desktop.services.intake import Submission

LONGEST_LINE = 200_000  # characters; a real line has a few hundred
_LONGEST_TEXT = 500
LENGTH_OF_A_DAY = len("2026-11-20")


def read_line(line: str) -> Submission:
    """One line as a submission; raises UserFacingError with number and field, whatever the line holds."""
    if len(line) > LONGEST_LINE:
        raise refuse("MC-100", limit=LONGEST_LINE)
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as broken:
        raise refuse("MC-100") from broken
    if not isinstance(data, dict):
        raise refuse("MC-100")
    return read_submission(data)


def read_submission(data: Mapping[str, Any]) -> Submission:
    """A decoded line as a submission."""
    line = _Fields(data)
    phone = read_phone(line.text("phone"))
    applicant, warnings = _applicant(line, phone)
    return Submission(
        procedure=line.text("procedure"),
        applicant=applicant,
        documents=tuple(_documents(line)),
        received_at=line.moment("received_at"),
        channel=line.text("channel") or "counter",
        representative=_representative(line),
        sets=line.number("sets", 1),
        return_by=line.text("return_by") or "counter",
        case=line.text("case") or None,
        note=line.text("note"),
        request_id=line.text("request_id") or None,
        appointment=line.moment("due_at"),
        presented=line.flag("presented"),
        fee_due_vnd=line.amount("fee_due_vnd"),
        fee_mode=line.text("fee_mode"),
        warnings=warnings,
    )


def _applicant(line: _Fields, phone: str) -> tuple[Person, tuple[Problem, ...]]:
    typed = line.inside("applicant")
    payload = line.raw_text("card")
    if payload is None:
        if typed is None:
            raise refuse("MC-115", "applicant")
        return _person(typed, phone), ()
    card = read_card(payload)
    if isinstance(card, NotACard):
        raise refuse("MC-103", "card", looks_like=card.looks_like)
    person = Person(
        full_name=card.full_name,
        id_number=card.id_number,
        id_kind="cccd" if len(card.id_number) == 12 else "cmnd",
        birth_date=card.birth_date,
        gender=card.gender,
        address=card.address,
        phone=phone or (read_phone(typed.text("phone")) if typed else ""),
        email=typed.text("email") if typed else "",
    )
    return person, card.warnings


def _person(fields: _Fields, phone: str) -> Person:
    return Person(
        full_name=fields.text("full_name"),
        id_number="".join(fields.text("id_number").split()),
        id_kind=fields.text("id_kind") or "cccd",
        kind=fields.text("kind") or "person",
        birth_date=fields.birth_date("birth_date"),
        gender=fields.text("gender"),
        address=fields.text("address"),
        phone=phone or read_phone(fields.text("phone")),
        email=fields.text("email"),
        authority=fields.text("authority"),
    )


def _representative(line: _Fields) -> Person | None:
    fields = line.inside("representative")
    return _person(fields, "") if fields is not None else None


def _documents(line: _Fields) -> list[tuple[int, int, int]]:
    rows = line.rows("documents")
    return [(row.number("item", None), row.number("original", 0), row.number("copy", 0)) for row in rows]


class _Fields:
    """Typed access to one JSON object; what has the wrong type is refused by its dotted path."""

    def __init__(self, data: Mapping[str, Any], path: str = "") -> None:
        self._data = data
        self._path = path

    def text(self, name: str) -> str:
        return clean(self.raw_text(name) or "")

    def raw_text(self, name: str) -> str | None:
        value = self._data.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or (len(value) > _LONGEST_TEXT and name != "card"):
            raise self._wrong(name, value)
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise refuse("MC-191", self._path + name, text="?")
        return value

    def number(self, name: str, default: int | None) -> int:
        value = self._data.get(name)
        value = default if value is None else value
        if isinstance(value, bool) or not isinstance(value, int) or not -1_000 < value < 1_000:
            raise self._wrong(name, value)
        return value

    def flag(self, name: str) -> bool:
        value = self._data.get(name, False)
        if not isinstance(value, bool):
            raise self._wrong(name, value)
        return value

    def amount(self, name: str) -> int | None:
        """Whole đồng; None where nothing is said."""
        value = self._data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**10:
            raise self._wrong(name, value)
        return value

    def moment(self, name: str) -> datetime | None:
        text = self.text(name)
        if not text:
            return None
        if len(text) <= LENGTH_OF_A_DAY:  # a day alone would be counted from midnight
            raise refuse("MC-119", self._path + name, text=text)
        try:
            return local(datetime.fromisoformat(text))
        except (
            ValueError,
            OverflowError,
        ) as unreadable:  # a zone can push year 1 or 9999 out of the calendar
            raise refuse("MC-119", self._path + name, text=text) from unreadable

    def birth_date(self, name: str) -> str:
        text = self.text(name)
        day = read_date(text)
        if text and not day:
            raise refuse("MC-119", self._path + name, text=text)
        return day

    def inside(self, name: str) -> _Fields | None:
        value = self._data.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self._wrong(name, value)
        return _Fields(value, f"{self._path}{name}.")

    def rows(self, name: str) -> list[_Fields]:
        value = self._data.get(name)
        value = [] if value is None else value
        if not isinstance(value, list):
            raise self._wrong(name, value)
        rows: list[_Fields] = []
        for place, row in enumerate(value):
            if not isinstance(row, dict):
                raise self._wrong(f"{name}[{place}]", row)
            rows.append(_Fields(row, f"{self._path}{name}[{place}]."))
        return rows

    def _wrong(self, name: str, value: object) -> Exception:
        return refuse("MC-123", self._path + name, value=str(value)[:40])
