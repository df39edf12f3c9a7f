"""What stands above and between the rows of a list: the decision, the day from which it holds, what it repeals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from motcua_desktop.domain.source import UNVERIFIED, is_verified
from motcua_desktop.domain.text import clean, fold

_DAY = r"(?:(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})|(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4}))"
_ONE_DAY = re.compile(_DAY)
_NUMBER = re.compile(r"\d/(?:\d{4}/)?[A-ZĐ]")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DECISION = re.compile(
    r"(?:quyết định|qđ)(?:\s+số)?\s*:?\s*(?P<number>\d[\w.]*/(?:\d{4}/)?QĐ[\w-]*)"
    rf"\s*,?\s*ngày\s+(?P<day>{_DAY})",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    rf"có hiệu lực(?:\s+thi hành)?(?:\s+kể)?\s+từ\s+(?:ngày\s+)?(?P<day>{_DAY}|ký)", re.IGNORECASE
)
_REPEALS = re.compile(r"\b(?:bai bo|het hieu luc|huy bo)\b")
_PUBLISHES = re.compile(r"\b(?:ban hanh|sua doi|bo sung|thay the|chuan hoa|con hieu luc)\b")


@dataclass(frozen=True, slots=True)
class Head:
    """The decision as a source ("" for none), and the first day."""

    source: str = ""
    starts: date | None = None

    def or_else(self, other: Head) -> Head:
        """This one, completed by another."""
        return Head(self.source or other.source, self.starts or other.starts)


def read_head(text: str) -> Head:
    """The decision and its day of effect, from the titles above a table."""
    text = clean(text)
    decision, effect = _DECISION.search(text), _EFFECT.search(text)
    signed = one_day(decision["day"]) if decision else None
    source = f"Quyết định số {decision['number']} ngày {signed:%d/%m/%Y}" if decision and signed else ""
    if effect is None:
        return Head(source)
    return Head(source, signed if effect["day"].casefold() == "ký" else one_day(effect["day"]))


def named_source(text: str) -> str:
    """A decision as an officer names it; one without its number or its day says that nobody has checked it."""
    text = clean(text)
    if not text or not is_verified(text) or (_NUMBER.search(text) and _ONE_DAY.search(text.lower())):
        return text
    return f"{text}; {UNVERIFIED}"


def one_day(text: str) -> date | None:
    """A day as lists write it: 01/10/2026, 1-10-2026, 01 tháng 10 năm 2026, 2026-10-01; None for anything else."""
    text = clean(text).lower().removeprefix("ngày ").strip(" .")
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _ONE_DAY.fullmatch(text):
        day, month, year = [group for group in found.groups() if group]
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def ends_procedures(text: str) -> bool:
    """Whether a title or a state says that what stands under it is repealed, and nothing else."""
    folded = fold(text)
    return bool(_REPEALS.search(folded)) and not _PUBLISHES.search(folded)
