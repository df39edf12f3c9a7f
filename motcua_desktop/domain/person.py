"""Who files, or for whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Who files, or for whom; every field is text, "" when unknown. Dates ISO `YYYY-MM-DD` or `YYYY`."""

    full_name: str
    id_number: str = ""
    id_kind: str = "cccd"
    kind: str = "person"
    birth_date: str = ""
    gender: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    authority: str = ""  # of a representative: the paper that allows it
