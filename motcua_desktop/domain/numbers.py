"""What is printed to find a dossier again: the official code, the desk key, the look-up secret.

The code follows TT 03/2025/TT-VPCP art. 13 (`agency-YYMMDD-XXXX`, at least four digits). The day's sequence is
divided between desks so that two desks without a line can never give out the same number. The desk key has
digits only, because Vietnamese input methods rewrite letters that a scanner types.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from motcua_desktop.domain.errors import refuse

KEY_LENGTH = 16
SECRET_LENGTH = 8
LAST_OF_DAY = 9_999  # the key has four digits for the desk's n-th dossier of a day

_AGENCY = re.compile(r"[A-Z][0-9]{2}(\.[0-9A-Z]{1,5}){1,4}")
_CODE = re.compile(
    r"([A-Z]\d{2}(?:\.[0-9A-Z]{1,5}){1,4}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})-\d{6}-\d{4,}", re.ASCII
)

# Damm's quasigroup of order 10 (H. M. Damm, 2004): catches every wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def damm(number: str) -> int:
    """The check digit of a string of digits; 0 for a string that carries its right one."""
    interim = 0
    for digit in number:
        interim = int(_DAMM[interim][int(digit)])
    return interim


@dataclass(frozen=True, slots=True)
class DeskKey:
    """A desk key taken apart."""

    unit: str
    desk: int
    day: str  # yymmdd
    number: int


def desk_key(unit: str, desk: int, day: date, number: int) -> str:
    """The 16 digits: unit (4), desk (1), yymmdd (6), the desk's n-th dossier of the day (4), check digit."""
    if number > LAST_OF_DAY:
        raise refuse("MC-180", desk=desk, day=day)
    body = f"{unit:0>4}{desk}{day:%y%m%d}{number:04d}"
    return f"{body}{damm(body)}"


def read_key(text: str) -> DeskKey | None:
    """A desk key with its right check digit, taken apart; None for anything else."""
    if len(text) != KEY_LENGTH or not text.isascii() or not text.isdigit() or damm(text):
        return None
    return DeskKey(text[:4], int(text[4]), text[5:11], int(text[11:15]))


def dossier_code(agency: str, desk: int, day: date, number: int) -> str:
    """The official code of the desk's n-th dossier of a day (n from 1), inside the desk's own block.

    Desk 1 has 0001-1999, desk k has k000-k999; after these the five-digit block k0000-k9999.
    """
    first, size = (1, 1999) if desk == 1 else (desk * 1000, 1000)
    if number <= size:
        sequence = f"{first + number - 1:04d}"
    elif number <= size + 10_000:
        sequence = f"{desk * 10_000 + number - size - 1:05d}"
    else:
        raise refuse("MC-180", desk=desk, day=day)
    return f"{agency}-{day:%y%m%d}-{sequence}"


def is_agency_code(text: str) -> bool:
    """Whether a text has the form of an agency code (QĐ 20/2020/QĐ-TTg art. 4: at most 35 characters)."""
    return len(text) <= 35 and _AGENCY.fullmatch(text) is not None


def is_dossier_code(text: str) -> bool:
    """Whether a text has the form of a dossier code, of the order before or since TT 03/2025."""
    return len(text) <= 60 and _CODE.fullmatch(text.strip().upper()) is not None
