"""What a line of the table of acts is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua_desktop.domain.status import Status, Verb, Waiting


class Guard(StrEnum):
    """A condition beside the status; `_HOLDS` says how it is judged, `REFUSALS` what is said when it fails."""

    ACCEPTED_BEFORE = "accepted_before"
    NEVER_ACCEPTED = "never_accepted"
    HANDED_OVER = "handed_over"
    NOT_HANDED_OVER = "not_handed_over"
    FIRST_SUPPLEMENT = "first_supplement"
    SECOND_SUPPLEMENT = "second_supplement"
    SUPPLEMENT_OVERDUE = "supplement_overdue"
    CLOCK_RUNS = "clock_runs"
    VERIFYING = "verifying"
    NOT_EXTENDED = "not_extended"
    LATER_DATE = "later_date"
    MONEY_SETTLED = "money_settled"
    RIGHT_PERSON = "right_person"
    IMMEDIATE = "immediate"
    NOT_VOIDED = "not_voided"
    POSTED = "posted"
    NOT_POSTED = "not_posted"


class Clock(StrEnum):
    """What an act does to the term: nothing, stop it, let it go on, or give another date."""

    NOTHING = "nothing"
    STOPS = "stops"
    GOES_ON = "goes_on"
    STARTS = "starts"
    EXTENDS = "extends"
    RECOUNTS = "recounts"  # a decision about days came after the date was printed


class Holder(StrEnum):
    """Who has the dossier after an act."""

    SAME = "same"
    NAMED = "named"  # `to` of the act
    DESK = "desk"  # the officer who acted


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `to` is None where the status stays, `needs` names the fields that must be said."""

    verb: Verb
    sources: frozenset[Status]
    to: Status | None
    source: str
    needs: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    leader: bool = False
    clock: Clock = Clock.NOTHING
    waiting: Waiting = Waiting.NOTHING
    holder: Holder = Holder.SAME
    sheet: str = ""
    timer: str = ""  # the name of a limit that begins to run
    effect: str = ""  # what resuming does to the clock, where the row and not the procedure says so
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the row holds for a dossier received on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Limit:
    """A term of the procedure's own course: so many working or calendar days, by a source."""

    name: str
    days: int
    working: bool
    source: str
    valid_from: date | None = None
    valid_to: date | None = None
