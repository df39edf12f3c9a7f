"""Events: what happened, written once, chained desk by desk so that a gap or a change shows.

Personal data are not in the body but beside the event, under a salted hash that the chain covers; erasing
them leaves every chain whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

SCHEMA_VERSION = 1
FIRST_HASH = "0" * 64
PARTICULARS_HASH = "particulars"  # the body's key for SHA-256(salt + canonical JSON)


class Kind(StrEnum):
    """The kinds of event that this version of the program writes."""

    OFFICE_CONFIGURED = "office_configured"
    CALENDAR_DECIDED = "calendar_decided"
    DOSSIER_RECEIVED = "dossier_received"
    DOSSIER_ACTED = "dossier_acted"
    CATALOGUE_PUBLISHED = "catalogue_published"
    REGISTER_CLOSED = "register_closed"
    SHEET_DRAWN = "sheet_drawn"
    SHEET_SENT = "sheet_sent"
    EXTERNAL_CODE_GIVEN = "external_code_given"
    PARTICULARS_ERASED = "particulars_erased"
    CLOCK_CONFIRMED = "clock_confirmed"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it has a place in a chain. `happened_at` is ISO 8601 with offset."""

    kind: str
    body: Mapping[str, Any]
    happened_at: str
    officer: str
    dossier: str | None = None
    particulars: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Particulars:
    """Personal data of one event, and the salt that keeps their hash from being guessed."""

    salt: str  # 32 hex digits
    data: Mapping[str, Any]

    def digest(self) -> str:
        return sha256(bytes.fromhex(self.salt) + canonical(self.data))


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the ledger. `at` is a clock reading, `after` the latest events of the dossier then known."""

    id: str
    desk: str
    seq: int
    prev: str
    at: int
    happened_at: str
    after: tuple[str, ...]
    officer: str
    dossier: str | None
    kind: str
    body: Mapping[str, Any]
    hash: str = ""
    particulars: Particulars | None = None  # None when there are none, or when they were erased

    def covered(self) -> dict[str, Any]:
        """What the hash covers: every column but the hash itself and the particulars."""
        return {
            "id": self.id,
            "desk": self.desk,
            "seq": self.seq,
            "prev": self.prev,
            "at": self.at,
            "happened_at": self.happened_at,
            "after": list(self.after),
            "officer": self.officer,
            "dossier": self.dossier,
            "kind": self.kind,
            "body": self.body,
        }

    def is_authentic(self) -> bool:
        """Whether hash and particulars are what was written."""
        if self.hash != digest(self.covered()):
            return False
        return self.particulars is None or self.particulars.digest() == self.body.get(PARTICULARS_HASH)

    def sealed(self) -> Event:
        """The same event with its hash."""
        return replace(self, hash=digest(self.covered()))


def canonical(value: object) -> bytes:
    """JSON in one spelling: sorted keys, no spaces, UTF-8, no NaN."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def sha256(data: bytes) -> str:
    """SHA-256 as 64 hex digits."""
    import hashlib  # loads OpenSSL: no window waits for it

    return hashlib.sha256(data).hexdigest()


def digest(value: object) -> str:
    """SHA-256 over the canonical JSON, 64 hex digits."""
    return sha256(canonical(value))


def causal_order(events: Iterable[Event]) -> list[Event]:
    """Events of one dossier so that each stands behind all it had seen; ties by clock, desk, place."""
    waiting = sorted(events, key=lambda e: (e.at, e.desk, e.seq))
    known = {event.id for event in waiting}
    placed: set[str] = set()
    ordered: list[Event] = []
    while waiting:
        ready = next((e for e in waiting if all(a in placed or a not in known for a in e.after)), waiting[0])
        waiting.remove(ready)
        placed.add(ready.id)
        ordered.append(ready)
    return ordered
