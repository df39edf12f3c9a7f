"""The office and the desk that this store belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from motcua_desktop.domain.calendar import OfficeHours
from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.numbers import is_agency_code
from motcua_desktop.domain.text import clean

LONGEST_NAME = 80  # characters; what the head of a sheet has room for


@dataclass(frozen=True, slots=True)
class Office:
    """Who receives here. `unit` is the four-digit number in desk keys, assigned by the hub."""

    code: str
    name: str
    province: str
    desk: int
    officer: str
    unit: str
    hours: OfficeHours
    hub: str | None = None
    leaders: tuple[str, ...] = ()  # who may decide what the table leaves to a leader; the first one signs
    leader_title: str = ""  # as above the signature: "CHỦ TỊCH"
    hotline: str = ""

    @property
    def place(self) -> str:
        """The commune's bare name, for the place-and-date line of a sheet."""
        for prefix in ("UBND xã ", "UBND phường ", "UBND đặc khu ", "UBND "):
            if self.name.startswith(prefix):
                return self.name.removeprefix(prefix)
        return self.name

    def as_json(self) -> dict[str, Any]:
        sessions = [f"{begin:%H:%M}-{end:%H:%M}" for begin, end in self.hours.sessions]
        return {
            "code": self.code,
            "name": self.name,
            "province": self.province,
            "desk": self.desk,
            "officer": self.officer,
            "unit": self.unit,
            "hours": ",".join(sessions),
            "return_at": f"{self.hours.return_at:%H:%M}",
            "hub": self.hub,
            **{name: value for name, value in self._own().items() if value},
        }

    def _own(self) -> dict[str, Any]:
        """Settings of a later version: left out while nobody set them."""
        return {
            "leaders": list(self.leaders),
            "leader_title": self.leader_title,
            "hotline": self.hotline,
        }


def read_office(data: Mapping[str, Any]) -> Office:
    """An office from its JSON form; refuses what could never be printed or counted right."""
    code, name, unit = clean(data["code"]).upper(), clean(data["name"]), str(data["unit"])
    if not is_agency_code(code):
        raise refuse("MC-201", "office_code", text=code)
    if len(name) > LONGEST_NAME:
        raise refuse("MC-123", "office", value=name)
    if not name or not clean(data["officer"]):
        raise refuse("MC-202", "office" if not name else "officer")
    if not 1 <= int(data["desk"]) <= 9:
        raise refuse("MC-203", "desk", text=data["desk"])
    if len(unit) != 4 or not unit.isascii() or not unit.isdigit():
        raise refuse("MC-204", "unit", text=unit)
    return Office(
        code=code,
        name=name,
        province=clean(data["province"]),
        desk=int(data["desk"]),
        officer=clean(data["officer"]),
        unit=unit,
        hours=read_hours(data["hours"], data["return_at"]),
        hub=data.get("hub") or None,
        leaders=tuple(name for given in data.get("leaders", ()) if (name := clean(given))),
        leader_title=clean(data.get("leader_title", "")),
        hotline=clean(data.get("hotline", "")),
    )


def read_hours(sessions: str, return_at: str) -> OfficeHours:
    """Office hours from `07:30-11:30,13:30-17:00` and a return hour `17:00`."""
    try:
        pairs = [session.split("-") for session in sessions.split(",")]
        parsed = tuple((_clock(begin), _clock(end)) for begin, end in pairs)
        back = _clock(return_at)
    except ValueError as unreadable:
        raise refuse("MC-205", "hours", text=f"{sessions} {return_at}") from unreadable
    edges = [edge for session in parsed for edge in session]
    inside = any(begin <= back <= end for begin, end in parsed)
    if edges != sorted(set(edges)) or not inside:
        raise refuse("MC-205", "hours", text=f"{sessions} {return_at}")
    return OfficeHours(parsed, back)


def _clock(text: str) -> time:
    clock = time.fromisoformat(text.strip())
    if clock.tzinfo is not None or clock.second or clock.microsecond:
        raise ValueError(f"an hour of the office has no zone and no seconds: {text}")
    return clock
