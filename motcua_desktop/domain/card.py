"""The QR text of an identity card, read by the shape of its parts and not by their place.

Chip cards (2021 to June 2024) hold seven parts between bars, the cards since July 2024 the same seven and four
empty ones, some cards six. What scanners, old prints and input methods do to them is survived; checks on the
twelve digits beyond their count only warn, because since 1 July 2024 the law guarantees no more than their count
(Law on Identification 26/2023/QH15).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.numbers import is_dossier_code, read_key
from motcua_desktop.domain.text import clean, fold

LONGEST_PAYLOAD = 4_000
_GENDERS = {"nam": "Nam", "nu": "Nữ"}
_NUMBER = re.compile(r"[0-9]{12}|[0-9]{9}")
_DATE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SEPARATED_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR = re.compile(r"(?:18|19|20)[0-9]{2}")
_INSURED = re.compile(r"(?:[A-Z]{2}[0-9]{13}|[0-9]{10})\|")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){3,}")
_TOKEN = re.compile(r"[A-Za-z0-9+/_=.-]{40,}")
_DISTRICT = re.compile(r"\b(?:huyen|quan|thi xa|thanh pho [^,]+,[^,]*(?:tinh|thanh pho))\b")


class CodeKind(StrEnum):
    """What a scanned text is when it is not an identity card."""

    OWN_KEY = "receipt"
    DOSSIER_CODE = "dossier_code"
    BANK = "bank_qr"
    INSURANCE = "health_insurance"
    VNEID = "vneid"
    LINK = "web_link"
    ID_NUMBER = "id_number"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NotACard:
    """A scanned text that is something else; for a receipt of any office `key` holds the 16 digits."""

    looks_like: CodeKind
    key: str | None = None


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What a card says. Dates are ISO `YYYY-MM-DD`, or `YYYY` when the card knows only the year, or ""."""

    id_number: str
    old_id: str | None
    full_name: str
    birth_date: str
    gender: str
    address: str
    issued: str
    warnings: tuple[Problem, ...] = ()


def read_card(payload: str) -> IdentityCard | NotACard:
    """What the QR text says; never raises, whatever the text holds."""
    text = clean(payload.replace("\r", " ").replace("\n", " "))
    if len(text) > LONGEST_PAYLOAD:
        return NotACard(CodeKind.UNKNOWN)
    parts = [part.strip() for part in text.split("|")]
    if not 5 < len(parts) <= 16 or not _NUMBER.fullmatch(parts[0]):
        return _name_the_other(text)
    return _card(parts) or NotACard(CodeKind.UNKNOWN)


def _card(parts: list[str]) -> IdentityCard | None:
    place = next((n for n in range(3, len(parts)) if fold(parts[n]) in _GENDERS), None)  # a name may be Nam
    if place is None:
        return None
    name, birth, gender = parts[place - 2], parts[place - 1], _GENDERS[fold(parts[place])]
    rest = [part for part in parts[place + 1 :] if part]
    address = next((part for part in rest if not read_date(part)), "")
    issued = next((found for part in rest if (found := read_date(part))), "")
    if not name or any(c.isdigit() for c in name):
        return None
    old = next((part for part in parts[1 : place - 2] if _NUMBER.fullmatch(part)), None)
    birth_date = read_date(birth)
    warnings = list(check_number(parts[0], birth_date, gender))
    if not birth_date:
        warnings.append(Problem("MC-107", "applicant.birth_date", {"text": birth}))
    if len(parts[0]) == 12 and _DISTRICT.search(fold(address)):
        warnings.append(Problem("MC-108", "applicant.address"))
    return IdentityCard(parts[0], old, name, birth_date, gender, address, issued, tuple(warnings))


def read_date(text: str) -> str:
    """ISO form of `ddMMyyyy`, `dd/MM/yyyy`, of itself or a bare year; "" for no date of the calendar."""
    turned = _ISO_DATE.fullmatch(text)
    found = _DATE.fullmatch(text) or _SEPARATED_DATE.fullmatch(text) or turned
    if found is None:
        return text if _YEAR.fullmatch(text) else ""
    parts = [int(part) for part in found.groups()]
    day, month, year = reversed(parts) if turned else parts
    if (day, month) == (0, 0):
        return f"{year:04d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def check_number(id_number: str, birth_date: str, gender: str) -> tuple[Problem, ...]:
    """The warning when the number's fourth digit or its birth year contradicts what else is known."""
    if len(id_number) != 12 or not _NUMBER.fullmatch(id_number) or not _YEAR.match(birth_date):
        return ()
    century, year = divmod(int(id_number[3]), 2)[0] * 100 + 1900, int(id_number[4:6])
    said_gender = "Nữ" if int(id_number[3]) % 2 else "Nam"
    said_year = century + year
    if said_year == int(birth_date[:4]) and (not gender or said_gender == gender):
        return ()
    facts = {"said_gender": said_gender, "said_year": said_year, "gender": gender, "year": birth_date[:4]}
    return (Problem("MC-102", "applicant.id_number", facts),)


def _name_the_other(text: str) -> NotACard:
    compact = text.replace(" ", "")
    if compact.isascii() and compact.isdigit():
        key = compact[:16]
        if len(compact) in (16, 24) and read_key(key):
            return NotACard(CodeKind.OWN_KEY, key)
        return NotACard(CodeKind.ID_NUMBER if len(compact) in (9, 12) else CodeKind.UNKNOWN)
    if is_dossier_code(text):
        return NotACard(CodeKind.DOSSIER_CODE)
    lowered = text.lower()
    if text.startswith("000201") and "6304" in text:
        return NotACard(CodeKind.BANK)
    if "vneid" in lowered:
        return NotACard(CodeKind.VNEID)
    if _INSURED.match(text) or (text.count("|") > 2 and _HEX.fullmatch(text.split("|")[1])):
        return NotACard(CodeKind.INSURANCE)
    if re.match(r"(?:https?://|www\.)", lowered):
        return NotACard(CodeKind.LINK)
    return NotACard(CodeKind.VNEID if _TOKEN.fullmatch(text) else CodeKind.UNKNOWN)
