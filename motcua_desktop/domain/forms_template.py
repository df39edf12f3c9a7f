"""What a circular says about a sheet: title, number, fields in their order, who signs; dated data with a source.

A template names the fields of a sheet and never their content. Which names exist is fixed here, so that a file
that names another one, or leaves one out, is refused before a sheet is drawn from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import Formatter
from types import MappingProxyType

_BLANK_NUMBER = "……"


class FormKind(StrEnum):
    """Every sheet of a dossier's life that a template describes."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    BIRTH = "letter_birth"
    MARRIAGE = "letter_marriage"
    DEATH = "letter_death"
    LABEL = "label"
    MANIFEST = "manifest"


class Leaf(StrEnum):
    """The paper of a sheet; a `CARD` is A5 on its side, a `LABEL` half of an A5."""

    A5 = "A5"
    A4 = "A4"
    CARD = "A5-landscape"
    LABEL = "A6-landscape"


class ElementKind(StrEnum):
    """How a field stands on its sheet; the value is its key in a template's file."""

    FIELD = "field"  # label and value on a line
    LIST = "list"  # a heading and numbered lines
    TEXT = "text"  # a paragraph with fields in it
    TABLE = "table"  # columns, and a row an entry


@dataclass(frozen=True, slots=True)
class Element:
    """One line of a template: the field it shows, or the words of a paragraph with {fields} in them.

    `optional` is left out where there is nothing to say; other empty fields are lines to fill by hand.
    `closes` begins what stays on one page with the signatures.
    """

    kind: ElementKind
    name: str
    label: str = ""
    strong: bool = False
    beside: bool = False
    opens: bool = False
    optional: bool = False
    closes: bool = False
    provisional: bool = False
    columns: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The fields that this line shows."""
        if self.kind is not ElementKind.TEXT:
            return frozenset({self.name})
        return frozenset(name for _, name, _, _ in Formatter().parse(self.name) if name is not None)


@dataclass(frozen=True, slots=True)
class FormTemplate:
    """One sheet of one set, for dossiers received from `valid_from` to `valid_to` (both included).

    `symbol` stands behind the number of a numbered sheet; `signers` are (title, hint) from left to right;
    `provisional` says that some of its text was not seen in the source.
    """

    kind: FormKind
    set_name: str
    form: str
    title: str
    symbol: str
    centre: str
    leaf: Leaf
    copies: int
    elements: tuple[Element, ...]
    signers: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    declared_provisional: bool
    valid_from: date
    valid_to: date | None
    source: str

    @property
    def provisional(self) -> bool:
        return self.declared_provisional or any(element.provisional for element in self.elements)

    @property
    def labels(self) -> Mapping[str, str]:
        """The label of each field, by its name."""
        return MappingProxyType({e.name: e.label for e in self.elements if e.kind is ElementKind.FIELD})

    @property
    def provisional_fields(self) -> tuple[str, ...]:
        """The labels of the lines whose text was not seen in the source."""
        return tuple(e.label or e.name for e in self.elements if e.provisional)

    def number_line(self, number: int | None) -> str:
        """`Số: 03/PBS-TTPVHCC`; with None the number is left to be written by hand. Empty if it bears none."""
        if not self.symbol:
            return ""
        return f"Số: {_BLANK_NUMBER if number is None else f'{number:02d}'}/{self.symbol}"

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


_PERSON = frozenset({"applicant", "id_number", "address", "phone", "email"})
_CASE = frozenset({"unit", "code", "request"})

# What a template of a kind may name, and what it must.
_MUST: Mapping[FormKind, frozenset[str]] = {
    FormKind.RECEIPT: frozenset(),  # its lines stand in `receipt`; a template gives labels that differ
    FormKind.SUPPLEMENT: (_PERSON - {"id_number"})
    | {"request", "missing", "reason", "contact", "contact_phone"},
    FormKind.REFUSAL: _PERSON | _CASE | {"reason"},
    FormKind.APOLOGY: frozenset(
        {"addressee", "received_day", "unit", "request", "applicant", "id_number", "code", "due", "reason"}
        | {"new_due"}
    ),
    FormKind.STOP: frozenset(
        {"applicant", "id_number", "code", "request", "received_day", "reason", "basis", "returned", "refund"}
    ),
    FormKind.CONTROL: frozenset({"code", "resolver", "partners", "received_day", "due", "handovers"}),
    FormKind.BIRTH: frozenset({"family", "name"}),
    FormKind.MARRIAGE: frozenset({"name", "other"}),
    FormKind.DEATH: frozenset({"family", "name"}),
    FormKind.LABEL: frozenset({"sender", "sender_address", "applicant", "address", "phone", "code"}),
    FormKind.MANIFEST: frozenset({"carrier", "count", "parcels"}),
}
_MAY: Mapping[FormKind, frozenset[str]] = {
    FormKind.RECEIPT: frozenset(
        {
            "unit",
            "applicant",
            "id_number",
            "address",
            "phone",
            "email",
            "request",
            "sets",
            "term",
            "received_at",
        }
        | {"return_at", "fee", "register_book", "register_number"}
    ),
    FormKind.SUPPLEMENT: frozenset({"unit", "id_number", "code", "until", "you"}),
    FormKind.REFUSAL: frozenset({"you"}),
    FormKind.APOLOGY: frozenset({"you", "address", "phone", "recipients"}),
    FormKind.STOP: frozenset({"unit", "address", "phone", "email", "you", "addressee", "recipients"}),
    FormKind.CONTROL: frozenset({"applicant", "request"}),
    FormKind.BIRTH: frozenset({"office", "day"}),
    FormKind.MARRIAGE: frozenset({"office", "day"}),
    FormKind.DEATH: frozenset({"office", "day"}),
    FormKind.LABEL: frozenset({"sender_phone", "contents", "tracking"}),
    FormKind.MANIFEST: frozenset({"day", "office"}),
}
TABLES: Mapping[str, int] = {"handovers": 6, "parcels": 7}  # and how many columns they have
LISTS = frozenset({"missing", "returned", "recipients"})


def must_name(kind: FormKind) -> frozenset[str]:
    """The fields that a template of that kind shows without fail."""
    return _MUST[kind]


def may_name(kind: FormKind) -> frozenset[str]:
    """Every field that a template of that kind knows."""
    return _MUST[kind] | _MAY[kind]


def provisional_templates(templates: Iterable[FormTemplate]) -> tuple[FormTemplate, ...]:
    """The templates of which some text was not seen in the source: for the page that says so."""
    return tuple(template for template in templates if template.provisional)
