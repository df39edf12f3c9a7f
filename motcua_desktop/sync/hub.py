"""What a desk knows of a district: a port that takes a batch, and the closed set of what may come of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from motcua_desktop.sync.wire import SERVICE, VERSION, Batch

ACCEPTED, KNOWN, REFUSED = "accepted", "known", "refused"


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """What the district said of one event; `number` and `text` only of a refused one."""

    id: str
    answer: str
    number: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The district's answer to a whole batch, event by event.

    `time_ms` is its clock in UTC milliseconds, `missing` places (from, to) of the chain that it lacks, `forked`
    places for which it holds two entries, or whose entry follows another one than it has.
    """

    epoch: str
    time_ms: int
    events: tuple[EventAnswer, ...]
    missing: tuple[tuple[int, int], ...] = ()
    forked: tuple[int, ...] = ()


class Trouble(StrEnum):
    """Why there was no answer."""

    NO_NETWORK = "no_network"  # nothing reached anybody
    NOT_THE_HUB = "not_the_hub"  # a portal, a proxy, a redirect: somebody else spoke
    INTERRUPTED = "interrupted"  # the line broke; the batch may or may not have arrived
    TIMED_OUT = "timed_out"  # the same, by patience
    TOO_LARGE = "too_large"  # 413
    TOO_OLD = "too_old"  # the district does not read this version any more
    BUSY = "busy"  # 429, 503, or a gateway that cannot reach it
    HUB_FAULT = "hub_fault"  # the district itself stumbled over this batch
    SENT_BACK = "sent_back"  # the district does not take this batch as a whole, by its own number


@dataclass(frozen=True, slots=True)
class Setback:
    """No answer, and why. `number` and `text` are the district's own, "" where it did not speak."""

    trouble: Trouble
    number: str = ""
    text: str = ""
    retry_after_s: float | None = None


class Hub(Protocol):
    """A district. It never raises for what lines and districts do; every outcome is one of these two."""

    def send(self, batch: Batch) -> Answer | Setback:
        """Bring one batch; an Answer only if the district itself spoke, about this very batch."""


def read_answer(body: bytes, batch: Batch) -> Answer | None:
    """The answer in a reply of the district; None for anything that is not its answer to this batch."""
    fields = read_reply(body)
    if fields is None or fields.get("batch") != batch.id:
        return None
    try:
        events = tuple(_event_answer(each) for each in fields["answers"])
        missing = tuple((_place(start), _place(end)) for start, end in fields.get("missing", ()))
        forked = tuple(_place(place) for place in fields.get("forked", ()))
        answer = Answer(str(fields["epoch"]), _milliseconds(fields["time"]), events, missing, forked)
    except (KeyError, TypeError, ValueError):
        return None
    whole = answer.epoch and tuple(event.id for event in events) == batch.events
    return answer if whole else None


def read_reply(body: bytes) -> Mapping[str, Any] | None:
    """The JSON object of a reply that carries the district's mark; None for anything else."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or fields.get("service") != SERVICE or fields.get("v") != VERSION:
        return None
    return fields


def problem_of(fields: Mapping[str, Any] | None) -> tuple[str, str] | None:
    """Number and text of a refusal, of a batch as a whole or of one event; None when it is not numbered."""
    problem = fields.get("problem") if fields else None
    if not isinstance(problem, dict) or not str(problem.get("number", "")).startswith("DH-"):
        return None
    return str(problem["number"])[:20], str(problem.get("text", ""))[:500]


def _event_answer(fields: Mapping[str, Any]) -> EventAnswer:
    answer, ident = fields["answer"], str(fields["id"])
    if answer in (ACCEPTED, KNOWN):
        return EventAnswer(ident, answer)
    if answer != REFUSED:
        raise ValueError(answer)
    problem = problem_of(fields)
    if problem is None:
        raise ValueError(answer)
    return EventAnswer(ident, REFUSED, *problem)


def _place(value: object) -> int:
    if type(value) is not int or not 0 < value < 1 << 63:
        raise ValueError(value)
    return value


def _milliseconds(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return int(moment.timestamp() * 1000)
