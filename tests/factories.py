"""Invented offices, people, events and lines of intake, as tests need them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any

from motcua_desktop.domain.calendar import VIETNAM, DayDecision, DayKind, OfficeHours, WorkingCalendar
from motcua_desktop.domain.dossier import Kind, Person
from motcua_desktop.domain.due import Term, TermKind
from motcua_desktop.domain.event import FIRST_HASH, PARTICULARS_HASH, Event, Particulars
from motcua_desktop.domain.office import Office, read_office
from motcua_desktop.services.desk import shipped_decisions
from motcua_desktop.services.intake import Submission

SALT = "00" * 16
SECOND = 1000 << 16
NOON = 1_795_000_000_000 << 16  # a clock reading of November 2026
HOURS = OfficeHours(((time(7, 30), time(11, 30)), (time(13, 30), time(17))), time(17))
BIRTH = "1.001193"  # same day, papers 1, 5 and 7 always needed
COPIES = "2.000815"  # same day, one paper
MARRIAGE_STATUS = "1.004873"  # three working days
NO_TERM = "3.000722"  # the law states no term
PAPERS = {
    BIRTH: ((1, 1, 0), (5, 1, 0), (7, 1, 0)),
    COPIES: ((1, 1, 0),),
    MARRIAGE_STATUS: ((1, 1, 0), (4, 1, 0)),
    NO_TERM: ((1, 1, 0), (3, 1, 0)),
}


@cache
def calendar() -> WorkingCalendar:
    """The calendar that travels with the program."""
    return WorkingCalendar(*shipped_decisions())


def calendar_with(*decisions: DayDecision) -> WorkingCalendar:
    """The shipped calendar and some decisions of the office."""
    shipped, years = shipped_decisions()
    return WorkingCalendar([*shipped, *decisions], years)


def decision(
    day: str, kind: str = "off", reason: str = "Mất điện toàn xã", source: str = "TB 12"
) -> DayDecision:
    return DayDecision(date.fromisoformat(day), DayKind(kind), reason, source)


def moment(text: str) -> datetime:
    """A moment on the Vietnamese clock."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def term(kind: str, value: int | None = None, after: time | None = None) -> Term:
    return Term(TermKind(kind), value, "Cổng Dịch vụ công quốc gia", date(2020, 1, 1), after=after)


def office(desk: int = 1, **more: object) -> Office:
    row: dict[str, Any] = {
        "code": "H18.11.05",
        "name": "UBND xã Tả Phìn",
        "province": "Điện Biên",
        "desk": desk,
        "officer": "Nguyễn Thị Nhung",
        "unit": "0501",
        "hours": "07:30-11:30,13:30-17:00",
        "return_at": "17:00",
    }
    return read_office({**row, **more})


def person(full_name: str = "Vàng A Dế", id_number: str = "011091000001", **more: str) -> Person:
    given = {"birth_date": "1991-03-15", "gender": "Nam", "address": "Bản Tả Phìn, xã Tả Phìn", **more}
    return Person(full_name, id_number, **given)


def submission(procedure: str = COPIES, applicant: Person | None = None, **more: Any) -> Submission:
    """A submission with every paper that is always needed."""
    given = {"documents": PAPERS.get(procedure, ()), **more}
    return Submission(procedure, applicant or person(phone="0912345678"), **given)


def line(**more: object) -> str:
    """A line of intake; `None` leaves a key out."""
    row: dict[str, object] = {
        "procedure": COPIES,
        "received_at": "2026-11-20T09:47:00+07:00",
        "applicant": {"full_name": "Vàng A Dế", "id_number": "011091000001"},
        "phone": "0912345678",
        "documents": [{"item": 1, "original": 1, "copy": 0}],
    }
    return json.dumps({k: v for k, v in {**row, **more}.items() if v is not None}, ensure_ascii=False)


def intake_body(number: int = 1, **more: object) -> dict[str, Any]:
    """The body of an intake as the services write it."""
    return {
        "v": 1,
        "code": f"H18.11.05-261120-{number:04}",
        "key": f"05011261120{number:04}6",
        "desk": 1,
        "number": number,
        "office": {"code": "H18.11.05", "name": "UBND xã Tả Phìn", "place": "Tả Phìn"},
        "procedure": {
            "code": COPIES,
            "name": "Chứng thực",
            "short_name": "Chứng thực",
            "field": "Chứng thực",
        },
        "term": {"kind": "same_day", "value": None, "after": "15:00", "case": None, "source": "Cổng"},
        "due_at": "2026-11-20T17:00:00+07:00",
        "provisional_year": None,
        "channel": "counter",
        "documents": [{"item": 1, "short": "Bản chính", "original": 1, "copy": 0, "mode": "present"}],
        "owed": [],
        "sets": 1,
        "return_by": "counter",
        "fee": "",
        "case": None,
        "request_id": None,
        **more,
    }


PARTICULARS: Mapping[str, Any] = {
    "applicant": {"full_name": "Vàng A Dế", "id_number": "011091000001", "phone": "0912345678"},
    "representative": None,
    "note": "",
    "secret": "40718265",
}


def event(
    ident: str,
    kind: str = Kind.DOSSIER_RECEIVED,
    body: Mapping[str, Any] | None = None,
    *,
    at: int = NOON,
    after: tuple[str, ...] = (),
    desk: str = "H18.11.05#1-aaaaaa",
    seq: int = 1,
    personal: Mapping[str, Any] | None = None,
) -> Event:
    """A sealed event of one invented dossier; an intake when no body is given."""
    given = dict(intake_body() if body is None else body)
    if body is None and personal is None:
        personal = PARTICULARS
    particulars = Particulars(SALT, personal) if personal is not None else None
    if particulars is not None:
        given[PARTICULARS_HASH] = particulars.digest()
    moment_text = "2026-11-20T09:47:00+07:00"
    return Event(
        id=ident,
        desk=desk,
        seq=seq,
        prev=FIRST_HASH,
        at=at,
        happened_at=moment_text,
        after=after,
        officer="Nguyễn Thị Nhung",
        dossier="0199-d",
        kind=kind,
        body=given,
        particulars=particulars,
    ).sealed()


def sheet_body(number: int = 1, **more: object) -> dict[str, Any]:
    return {"v": 1, "sheet": "receipt", "number": number, "paper": "A5", "sha256": "ab" * 32, **more}


def code_body(code: str, **more: object) -> dict[str, Any]:
    return {"v": 1, "system": "Cổng Dịch vụ công quốc gia", "code": code, **more}
