"""Who may do what with a dossier, in which status: the table of acts, judged.

`act_table.TABLE` is the one place that says so; services, window, command and manual come to it through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from motcua_desktop.domain.act_rows import Guard, Limit, Row
from motcua_desktop.domain.act_table import LIMITS, SAID_OF_STATUS, TABLE
from motcua_desktop.domain.status import Verb, Waiting

if TYPE_CHECKING:
    from motcua_desktop.domain.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Asked:
    """An act as somebody asks for it; `at` ISO 8601, `leader` the name of the leader who decides, or ""."""

    verb: Verb
    at: str
    leader: str = ""
    reason: str = ""
    to: str = ""
    due_at: str | None = None
    amount: int | None = None
    relation: str = ""  # of who collects: "applicant", "representative", "other"; "" where nobody is named
    collector_id: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an act is not possible (`number` is "MC-nnn") and which field or guard it failed on."""

    number: str
    guard: str = ""
    field: str = ""


STATUS_REFUSED, FIELD_MISSING, LEADER_NEEDED = "MC-170", "MC-171", "MC-172"
REFUSALS: Mapping[Guard, str] = MappingProxyType(
    {
        Guard.ACCEPTED_BEFORE: "MC-170",
        Guard.NEVER_ACCEPTED: "MC-170",
        Guard.HANDED_OVER: "MC-181",
        Guard.NOT_HANDED_OVER: "MC-182",
        Guard.FIRST_SUPPLEMENT: "MC-173",
        Guard.SECOND_SUPPLEMENT: "MC-173",
        Guard.SUPPLEMENT_OVERDUE: "MC-174",
        Guard.CLOCK_RUNS: "MC-176",
        Guard.VERIFYING: "MC-183",
        Guard.NOT_EXTENDED: "MC-175",
        Guard.LATER_DATE: "MC-184",
        Guard.MONEY_SETTLED: "MC-177",
        Guard.RIGHT_PERSON: "MC-178",
        Guard.IMMEDIATE: "MC-179",
        Guard.NOT_VOIDED: "MC-185",
        Guard.POSTED: "MC-186",
        Guard.NOT_POSTED: "MC-187",
    }
)


def judge(dossier: Dossier, asked: Asked) -> Row | Refused:
    """The row that allows an act, or why none does: the first hindrance of the row that comes nearest."""
    day = date.fromisoformat(dossier.received_at[:10])
    rows = [row for row in TABLE if row.verb is asked.verb and row.in_force(day)]
    rows = [row for row in rows if dossier.status in row.sources]
    rows.sort(key=lambda row: row.leader != bool(asked.leader))  # a leader's row first where a leader asks
    if not rows:
        return Refused(SAID_OF_STATUS.get((asked.verb, dossier.status), STATUS_REFUSED))
    hindrances = [_hindrance(row, dossier, asked) for row in rows]
    for row, hindrance in zip(rows, hindrances, strict=True):
        if hindrance is None:
            return row
    said = [hindrance for hindrance in hindrances if hindrance is not None]
    return next((one for one in said if one.number != STATUS_REFUSED), said[0])


def may(dossier: Dossier) -> list[Verb]:
    """What may be done with a dossier as it stands, given what the act needs; leaders' acts included."""
    day = date.fromisoformat(dossier.received_at[:10])
    found = []
    for row in TABLE:
        fits = row.in_force(day) and dossier.status in row.sources and row.verb not in found
        if fits and all(_HOLDS[g](dossier, _WILLING) for g in row.guards if g not in _ASKED_FOR):
            found.append(row.verb)
    return sorted(found, key=list(Verb).index)


def limit(name: str, day: date) -> Limit:
    """The limit of that name for a dossier received on that day."""
    return next(
        one
        for one in LIMITS
        if one.name == name
        and (one.valid_from is None or one.valid_from <= day)
        and (one.valid_to is None or day <= one.valid_to)
    )


def _hindrance(row: Row, dossier: Dossier, asked: Asked) -> Refused | None:
    for guard in row.guards:
        if guard not in _ASKED_FOR and not _HOLDS[guard](dossier, asked):
            return Refused(REFUSALS[guard], guard=str(guard))
    if row.leader and not asked.leader:
        return Refused(LEADER_NEEDED, field="leader")
    for name in row.needs:
        if not _FIELDS[name](asked):
            return Refused(FIELD_MISSING, field=name)
    for guard in row.guards:
        if guard in _ASKED_FOR and not _HOLDS[guard](dossier, asked):
            return Refused(REFUSALS[guard], guard=str(guard))
    return None


_FIELDS: Mapping[str, Callable[[Asked], object]] = MappingProxyType(
    {
        "reason": lambda a: a.reason.strip(),
        "to": lambda a: a.to.strip(),
        "due": lambda a: a.due_at,
        "amount": lambda a: a.amount,
    }
)
_ASKED_FOR = frozenset({Guard.LATER_DATE, Guard.RIGHT_PERSON, Guard.SUPPLEMENT_OVERDUE})
_WILLING = Asked(Verb.CALL, "")


def _known_ids(dossier: Dossier) -> Iterable[str]:
    people = (dossier.applicant, dossier.representative)
    return (person.id_number for person in people if person is not None)


def _right_person(dossier: Dossier, asked: Asked) -> bool:
    if dossier.applicant is None or asked.authority:
        return True
    if asked.collector_id:
        return asked.collector_id in _known_ids(dossier)
    known = asked.relation != "representative" or dossier.representative is not None
    return known and asked.relation != "other"


_HOLDS: Mapping[Guard, Callable[[Dossier, Asked], bool]] = MappingProxyType(
    {
        Guard.ACCEPTED_BEFORE: lambda d, a: d.accepted_at is not None,
        Guard.NEVER_ACCEPTED: lambda d, a: d.accepted_at is None,
        Guard.HANDED_OVER: lambda d, a: d.with_unit,
        Guard.NOT_HANDED_OVER: lambda d, a: d.times(Verb.HAND_OVER) == 0,
        Guard.FIRST_SUPPLEMENT: lambda d, a: d.times(Verb.ASK_PAPERS) == 0,
        Guard.SECOND_SUPPLEMENT: lambda d, a: d.times(Verb.ASK_PAPERS) <= 1,
        Guard.SUPPLEMENT_OVERDUE: lambda d, a: d.waiting_due_at is not None and a.at > d.waiting_due_at,
        Guard.CLOCK_RUNS: lambda d, a: d.waiting is Waiting.NOTHING,
        Guard.VERIFYING: lambda d, a: d.waiting is Waiting.VERIFICATION,
        Guard.NOT_EXTENDED: lambda d, a: d.times(Verb.EXTEND) == 0,
        Guard.LATER_DATE: lambda d, a: a.due_at is not None and a.due_at > max(d.due_at or a.at, a.at),
        Guard.MONEY_SETTLED: lambda d, a: d.fee_left_vnd == 0,
        Guard.RIGHT_PERSON: _right_person,
        Guard.IMMEDIATE: lambda d, a: bool(d.procedure.get("immediate")),
        Guard.NOT_VOIDED: lambda d, a: not d.voided,
        Guard.POSTED: lambda d, a: d.delivery.state == "posted",
        Guard.NOT_POSTED: lambda d, a: d.delivery.state != "posted",
    }
)
