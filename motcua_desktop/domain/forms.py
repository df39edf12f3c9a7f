"""The sheets of a dossier's life as plain values: what each says, not how it looks.

Forms 02 to 06, the letters, the postal label and the postman's list. The order and the words of their fields are
the template's (`forms_template`); `forms_wording.form_lines` puts both together. An empty text is a line to fill
by hand; a key may be missing only where there is no dossier yet.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from motcua_desktop.domain.forms_template import FormKind, FormTemplate
from motcua_desktop.domain.numbers import KEY_LENGTH, SECRET_LENGTH
from motcua_desktop.domain.receipt import CITIZEN_COPY, COPY_NAMES

LETTERS = frozenset({FormKind.BIRTH, FormKind.MARRIAGE, FormKind.DEATH})


def _aware(*moments: datetime | None) -> None:
    _need(all(m is None or m.tzinfo is not None for m in moments), "moments carry their offset")


def _need(holds: bool, rule: str) -> None:
    if not holds:
        raise ValueError(rule)


class MarkKind(StrEnum):
    """What sets a sheet apart from a first print."""

    NONE = "none"
    REPRINT = "reprint"
    REPLACEMENT = "replacement"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Mark:
    """A reprint or a replacement with its count, from 1; the latter with the moment of the sheet it replaces."""

    kind: MarkKind = MarkKind.NONE
    number: int = 0
    replaces: datetime | None = None

    def __post_init__(self) -> None:
        counted = self.kind in (MarkKind.REPRINT, MarkKind.REPLACEMENT)
        _need(counted == (self.number >= 1), "only a reprint and a replacement are counted, from 1")
        _need(
            (self.kind is MarkKind.REPLACEMENT) == (self.replaces is not None), "a replacement has a moment"
        )
        _aware(self.replaces)


@dataclass(frozen=True, slots=True)
class FormHead:
    """What every sheet bears: office, number, place and day, the dossier's code and key.

    `number_line` is ready to print (`template.number_line(3)`); `centre` is the template's unless given;
    `print_number` counts prints of this sheet from 1.
    """

    template: FormTemplate
    office: str
    place: str
    day: date
    desk: int
    centre: str = ""
    number_line: str = ""
    code: str = ""
    key: str = ""
    secret: str = ""
    hotline: str = ""
    extra: str = ""
    mark: Mark = Mark()
    print_number: int = 1

    def __post_init__(self) -> None:
        coded = bool(self.key)
        _need(not coded or _digits(self.key, KEY_LENGTH), f"key: {KEY_LENGTH} digits")
        _need(
            _digits(self.secret, SECRET_LENGTH) or not (self.secret or coded),
            f"secret: {SECRET_LENGTH} digits",
        )
        _need(not coded or bool(self.code), "a key belongs to a code")
        _need(self.print_number >= 1 and self.desk >= 1, "counts start at 1")


@dataclass(frozen=True, slots=True)
class FormParty:
    """A person or an organisation; `honorific` is Ông or Bà where that is known."""

    name: str
    honorific: str = ""
    organisation: bool = False
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    """Form 02: what is still needed and why, once; `until` is when the pause ends without an answer."""

    head: FormHead
    party: FormParty
    request: str
    missing: tuple[str, ...]
    reason: str
    officer: str
    unit: str = ""
    contact: str = ""
    contact_phone: str = ""
    until: date | None = None
    copy: int = CITIZEN_COPY

    def __post_init__(self) -> None:
        _kinds(self.head, {FormKind.SUPPLEMENT})
        _need(self.copy in COPY_NAMES, "copy: 1 or 2")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Form 03: a dossier that is not taken in or not resolved, with the reason in particular."""

    head: FormHead
    party: FormParty
    unit: str
    request: str
    reason: str
    officer: str
    copy: int = CITIZEN_COPY

    def __post_init__(self) -> None:
        _kinds(self.head, {FormKind.REFUSAL})
        _need(self.copy in COPY_NAMES, "copy: 1 or 2")


@dataclass(frozen=True, slots=True)
class Apology:
    """Form 04: the apology of `unit` for a date that is not kept, its reason, and the new date."""

    head: FormHead
    party: FormParty
    unit: str
    request: str
    received_at: datetime
    due_at: datetime | None
    reason: str
    new_due_at: datetime | None
    signer: str = ""
    signer_title: str = ""
    recipients: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _kinds(self.head, {FormKind.APOLOGY})
        _aware(self.received_at, self.due_at, self.new_due_at)


@dataclass(frozen=True, slots=True)
class StopNotice:
    """Form 05: a dossier is stopped at the applicant's wish; what is given back. Its full text was not seen."""

    head: FormHead
    party: FormParty
    request: str
    received_at: datetime
    reason: str
    unit: str = ""
    basis: str = ""
    returned: tuple[str, ...] = ()
    refund: str = ""
    signer: str = ""
    signer_title: str = ""
    recipients: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _kinds(self.head, {FormKind.STOP})
        _aware(self.received_at)


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over: between which units, when, by and to which officer; `result` is entered by the receiver."""

    giver: str
    receiver: str
    at: datetime | None = None
    giving_officer: str = ""
    receiving_officer: str = ""
    result: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _aware(self.at)


@dataclass(frozen=True, slots=True)
class ControlSheet:
    """Form 06: travels with the dossier; hand-overs known so far, and room for those to come."""

    head: FormHead
    resolver: str
    received_at: datetime
    due_at: datetime | None
    partners: str = ""
    handovers: tuple[HandOver, ...] = ()

    def __post_init__(self) -> None:
        _kinds(self.head, {FormKind.CONTROL})
        _aware(self.received_at, self.due_at)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on a card: to a family on a birth (`name` the child) or a death (the deceased), to a couple.

    The address (ông, bà, anh, chị) is part of the names and chosen by a person; `sender` is the office as it is
    said in a sentence (the head's name unless given).
    """

    head: FormHead
    name: str
    other: str = ""
    family: str = ""
    sender: str = ""
    signer: str = ""
    signer_title: str = ""

    def __post_init__(self) -> None:
        _kinds(self.head, LETTERS)


@dataclass(frozen=True, slots=True)
class Label:
    """What is stuck on the envelope; `tracking` is the post's own number."""

    head: FormHead
    party: FormParty
    sender: str
    sender_address: str
    sender_phone: str = ""
    contents: str = ""
    tracking: str = ""

    def __post_init__(self) -> None:
        _kinds(self.head, {FormKind.LABEL})


@dataclass(frozen=True, slots=True)
class Parcel:
    """One envelope on the postman's list."""

    code: str
    name: str
    address: str
    phone: str = ""
    tracking: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list that the postman signs: every envelope handed over that day."""

    head: FormHead
    parcels: tuple[Parcel, ...]
    officer: str = ""
    carrier: str = ""
    postman: str = ""

    def __post_init__(self) -> None:
        _kinds(self.head, {FormKind.MANIFEST})


FormSheet = SupplementRequest | Refusal | Apology | StopNotice | ControlSheet | Letter | Label | Manifest


def _kinds(head: FormHead, kinds: Collection[FormKind]) -> None:
    _need(head.template.kind in kinds, f"a template of kind {head.template.kind} describes another sheet")


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()
