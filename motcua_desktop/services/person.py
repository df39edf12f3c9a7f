"""What a person must be to be received: named, numbered and printable; doubts about a number are warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from motcua_desktop.domain.card import check_number
from motcua_desktop.domain.errors import Problem, refuse
from motcua_desktop.domain.person import Person
from motcua_desktop.domain.text import digits

LONGEST_LINE, LONGEST_REASON = 500, 1000  # characters


def doubts(role: str, person: Person) -> list[Problem]:
    """Warnings that the number on a card contradicts birth year or gender (MC-102), whoever typed them."""
    if person.id_kind not in ("cccd", "cmnd"):
        return []
    found = check_number(person.id_number, person.birth_date, person.gender)
    return [replace(problem, field=f"{role}.id_number") for problem in found]


def check_choice(field: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse what is not one of the choices (MC-125)."""
    if value not in allowed:
        raise refuse("MC-125", field, value=value, allowed=allowed)


def check_length(field: str, text: str, longest: int) -> None:
    """Refuse what no field of a sheet can hold (MC-123); the answer shows where it begins."""
    if len(text) > longest:
        raise refuse("MC-123", field, value=f"{text[:40]}…")


def check_person(role: str, person: Person) -> None:
    """Refuse a person who could not be found or printed: no name (MC-115), number (MC-101), letters (MC-191)."""
    if not person.full_name:
        raise refuse("MC-115", f"{role}.full_name")
    check_choice(f"{role}.kind", person.kind, ("person", "organisation"))
    check_choice(f"{role}.id_kind", person.id_kind, tuple(_ID_LENGTHS))
    lengths = _ID_LENGTHS[person.id_kind]
    if lengths and (len(person.id_number) not in lengths or not _is_digits(person.id_number)):
        raise refuse("MC-101", f"{role}.id_number", count=len(digits(person.id_number)), needed=lengths[0])
    for name in ("full_name", "address", "email", "phone", "authority", "id_number"):
        check_length(f"{role}.{name}", getattr(person, name), LONGEST_LINE)
        holes = undrawable(getattr(person, name))
        if holes:
            raise refuse("MC-191", f"{role}.{name}", text=holes)


def undrawable(text: str) -> str:
    """The signs of a text that no sheet can show."""
    from motcua_desktop.documents.fonts import (
        undrawable as holes_of,
    )  # slow to import: no window waits for it

    return holes_of(text)


_ID_LENGTHS: Mapping[str, tuple[int, ...]] = {
    "cccd": (12,),
    "cmnd": (9, 12),
    "passport": (),
    "tax": (),
    "none": (),
}


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
