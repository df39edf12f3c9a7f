"""Vietnamese text: one stored form, one search form."""

from __future__ import annotations

import re
import unicodedata

# Letters that look like Đ/đ and stand for it in scanned or pasted data (U+00D0, U+0189, U+00F0, U+0256).
_LOOK_ALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})
# Controls (scanners frame their text with STX and ETX), soft hyphens, joiners, marks of direction and order.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BARRED = str.maketrans({"đ": "d", "ƀ": "b"})  # a bar is part of the letter: no decomposition takes it off
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[0-9a-z]+")


def clean(text: str) -> str:
    """NFC, no invisible characters, single spaces, one kind of apostrophe, Đ for its look-alikes."""
    if text.isascii() and text.isprintable() and "`" not in text:
        return " ".join(text.split())
    normal = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _SPACES.sub(" ", normal.translate(_LOOK_ALIKES).translate(_APOSTROPHES)).strip()


def fold(text: str) -> str:
    """Search form: lower case, no marks, đ as d (SQLite's own folding leaves đ alone)."""
    stored = clean(text).lower()
    if stored.isascii():
        return stored
    bare = unicodedata.normalize("NFD", stored.translate(_BARRED))
    return "".join(c for c in bare if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of a text; an apostrophe inside a name joins (H'Hen is `hhen`)."""
    return _WORD.findall(fold(text).replace("'", ""))


def digits(text: str) -> str:
    """Only the digits of a text."""
    return "".join(c for c in text if c in "0123456789")


def in_figures(amount: int) -> str:
    """`1.250.000`: thousands set off with a point."""
    return f"{amount:,}".replace(",", ".")
