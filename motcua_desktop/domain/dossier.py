"""A dossier and what belongs to it; `fold.replay` is the only way in which one comes to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from motcua_desktop.domain.event import Kind
from motcua_desktop.domain.person import Person
from motcua_desktop.domain.status import OPEN_STATUSES, Status, Verb, Waiting

if TYPE_CHECKING:
    from motcua_desktop.domain.money import Money, Payment

__all__ = ["OPEN_STATUSES", "Kind", "Person", "Status", "Verb", "Waiting"]


@dataclass(frozen=True, slots=True)
class ExternalCode:
    """A code that another system gave this dossier, and who noted it when."""

    system: str
    code: str
    officer: str = ""
    given_at: str = ""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Who removed the personal data of a dossier, when and on what ground."""

    officer: str
    ground: str
    erased_at: str


@dataclass(frozen=True, slots=True)
class SubmittedDocument:
    """A paper as it was taken in; `short` and `mode` as the catalogue had them on that day."""

    item: int
    short: str
    original: int
    copy: int
    mode: str


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A sheet that was drawn: its kind, which print it was, the SHA-256 of its PDF, who drew it.

    `sent` is whether it was handed over; taken as true of sheets drawn before that was noted.
    """

    kind: str
    number: int
    paper: str
    sha256: str
    drawn_at: str
    officer: str = ""
    sent: bool = True
    event: str = ""
    occasion: str = ""  # the act that it belongs to
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ActDone:
    """One act of a dossier's life. `reason` and `people` are None once erased; `facts` is what the event holds."""

    event: str
    verb: Verb
    at: str
    officer: str
    status: Status  # that it led to
    leader: str
    to: str
    due_at: str | None
    facts: Mapping[str, Any]
    reason: str | None
    people: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Timer:
    """An inner term that runs: its name in the table of limits, until when, by which source."""

    name: str
    due_at: str
    source: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the result left: `state` is "", "posted", "mailed_back" or "handed"."""

    state: str = ""
    tracking: str = ""
    at: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known of one dossier. Times are ISO 8601 with offset; personal fields are None once erased."""

    id: str
    code: str
    key: str
    desk: int
    number: int
    received_at: str
    officer: str
    office: Mapping[str, Any]
    procedure: Mapping[str, Any]
    term: Mapping[str, Any]
    due_at: str | None
    original_due_at: str | None
    provisional_year: int | None
    channel: str
    documents: tuple[SubmittedDocument, ...]
    owed: tuple[str, ...]
    sets: int
    return_by: str
    fee: str
    case: str | None
    request_id: str | None
    status: Status
    holder: str
    applicant: Person | None
    representative: Person | None
    secret: str | None
    note: str | None
    external_codes: tuple[ExternalCode, ...] = ()
    sheets: tuple[DrawnSheet, ...] = ()
    erasures: tuple[Erasure, ...] = ()
    accepted_at: str | None = None  # None while a dossier is only presented
    judged_due_at: str | None = None  # early, on time and late are measured against it: no extension moves it
    term_total: Mapping[str, Any] | None = None  # of all offices together
    due_total_at: str | None = None  # of interlinked procedures: all offices together
    waiting: Waiting = Waiting.NOTHING
    waiting_since: str | None = None
    waiting_due_at: str | None = None
    finished_at: str | None = None
    result: str = ""  # number and date of the result
    outcome: str = ""  # "granted", "refused", "stopped", "voided" or "" while open
    timer: Timer | None = None
    with_unit: bool = False
    unit: str = ""  # the resolving unit that last had it
    acts: tuple[ActDone, ...] = ()
    fee_due_vnd: int | None = None
    fee_mode: str = ""
    payments: tuple[Payment, ...] = ()
    delivery: Delivery = Delivery()
    book: str = ""  # of the register, "desk/year"
    entry: int | None = None
    entered_at: str = ""
    came_at: str = ""  # when it was first at the counter: its day is in the code
    facts: Mapping[str, Any] = field(
        default_factory=lambda: MappingProxyType({})
    )  # of the quick lane, for one
    heads: tuple[str, ...] = ()  # the latest events: what a new one comes after
    needs_a_look: tuple[str, ...] = ()  # events that the history does not allow

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def paused(self) -> bool:
        """Whether the clock stands."""
        waits = self.waiting is not Waiting.NOTHING and self.accepted_at is not None
        return waits or self.status is Status.WITHDRAWING

    @property
    def voided(self) -> bool:
        return self.outcome == "voided"

    @property
    def money(self) -> Money:
        """What is due and what was paid; apart from status, delivery and sending."""
        from motcua_desktop.domain.money import Money, MoneyMode

        mode = MoneyMode(self.fee_mode) if self.fee_mode else MoneyMode.AFTER
        return Money(self.fee_due_vnd, mode, receipts=self.payments)

    @property
    def paid_vnd(self) -> int:
        return sum(payment.amount_vnd for payment in self.payments)

    @property
    def fee_left_vnd(self) -> int:
        """What holds a result back, in đồng: 0 where the amount is not known here or is paid elsewhere."""
        if self.fee_due_vnd is None or self.fee_mode in ("online", "free"):
            return 0
        return max(0, self.fee_due_vnd - self.paid_vnd)

    def times(self, verb: Verb) -> int:
        """How often an act was done."""
        return sum(act.verb is verb for act in self.acts)

    def last(self, verb: Verb) -> ActDone | None:
        """The latest act of a kind."""
        return next((act for act in reversed(self.acts) if act.verb is verb), None)

    def form_number(self, kind: str) -> int | None:
        """The first number that a form of this dossier bears in its book; None before there is one."""
        forms = (act.facts.get("form") or {} for act in self.acts)
        return next((form["entry"] for form in forms if form.get("kind") == kind), None)

    @property
    def last_act(self) -> str:
        """The event of the last act; "" before the first."""
        return self.acts[-1].event if self.acts else ""

    def prints(self, kind: str) -> int:
        """How many sheets of a kind were drawn."""
        return sum(sheet.kind == kind for sheet in self.sheets)
