"""What a rule of law rests on: a named place in an instrument, or the plain words that nobody has checked it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

UNVERIFIED = "chưa kiểm chứng"

_INSTRUMENT = re.compile(r"\b\d[\d.]*/(?:\d{4}/)?[A-ZĐ][\w-]*")  # 118/2025/NĐ-CP, 45/2019/QH14, 9441/TB-BNV
_PLACE = re.compile(
    r"\b(?:điều|khoản|điểm|mục|mẫu(?: số)?|phụ lục)\s+(?:\d+|[ivxlc]+\b|[a-zđ]\b)", re.IGNORECASE
)
_DATE = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")


def is_verified(source: str) -> bool:
    """Whether nothing in the source says that it has not been checked against the text of the law."""
    return UNVERIFIED not in _plain(source).casefold()


def is_well_formed(source: str) -> bool:
    """Whether an officer can look the source up, or is told that it has not been checked.

    Either it says `chưa kiểm chứng` somewhere, or the first of the parts between semicolons names an instrument by
    its number, a place in it (article, clause, point, section, form, annex) and its day as dd/mm/yyyy; an
    instrument that a further part adds has at least its day.
    """
    if not is_verified(source):
        return True
    first, *more = _plain(source).split(";")
    return bool(_INSTRUMENT.search(first) and _PLACE.search(first)) and all(
        _has_day(part) for part in (first, *more) if _INSTRUMENT.search(part)
    )


def _has_day(part: str) -> bool:
    return any(_is_day(found) for found in _DATE.findall(part))


def _is_day(found: tuple[str, str, str]) -> bool:
    day, month, year = map(int, found)
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _plain(source: str) -> str:
    return " ".join(unicodedata.normalize("NFC", source).split())
