"""The typefaces of the sheets: registered once, with their widths, and a guard against what they cannot draw.

A missing glyph would print as a blank and a loose combining mark would float beside its letter, both without
a word; so text is checked before it is saved (`undrawable`) and again before it is drawn (`demand_drawable`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from motcua_desktop.assets import resource
from motcua_desktop.domain.errors import Bug, refuse


class Face(StrEnum):
    """A cut of Tinos (Times metric); the value is its file and its name in reportlab."""

    REGULAR = "Tinos-Regular"
    BOLD = "Tinos-Bold"
    ITALIC = "Tinos-Italic"
    BOLD_ITALIC = "Tinos-BoldItalic"  # for two words of a letter: registered when they come


_AT_ONCE = (Face.REGULAR, Face.BOLD, Face.ITALIC)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp"}
_SPACES = frozenset(" \t\r\n")


@dataclass(frozen=True, slots=True)
class Typeface:
    """The registered faces: each character's width in ems, and the characters that every face can draw."""

    widths: Mapping[Face, Mapping[str, float]]
    drawable: frozenset[str]

    def width(self, text: str, face: Face, size: float) -> float:
        """Width of a checked text in points."""
        return sum(map(self.widths[face].__getitem__, text)) * size


class _Widths(dict[Face, Mapping[str, float]]):
    """Widths of the faces in a folder; a face is registered when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, face: Face) -> Mapping[str, float]:
        self[face] = _register(face, self._folder / f"{face.value}.ttf")
        return self[face]


@cache
def typeface(directory: Path | None = None) -> Typeface:
    """Register the faces and return them; `directory` is the program's own fonts unless given.

    reportlab knows faces by name, for the whole process: a second directory takes the place of the first.
    A face that is missing or damaged is a broken installation (`Bug`).
    """
    folder = directory or resource("fonts")
    widths = _Widths(folder)
    shared = frozenset.intersection(*(frozenset(widths[face]) for face in _AT_ONCE))
    visible = frozenset(c for c in shared if unicodedata.category(c) not in _INVISIBLE)
    return Typeface(widths, visible | _SPACES)


def undrawable(text: str) -> str:
    """The characters of a text that the sheets cannot draw, each once, in order; empty when all is well.

    A combining mark that NFC leaves behind (ơ̆ has no composed form) is named with the letter it stands on.
    """
    drawable = typeface().drawable
    composed = unicodedata.normalize("NFC", text)
    if drawable.issuperset(composed):
        return ""
    clusters = _clusters(composed)
    return "".join(dict.fromkeys(piece for piece in clusters if not drawable.issuperset(piece)))


def demand_drawable(text: str, field: str | None = None) -> None:
    """Raise MC-191 (params: `text`, the offending characters) if the sheets cannot draw a text."""
    offending = undrawable(text)
    if offending:
        raise refuse("MC-191", field, text=offending)


def _register(face: Face, path: Path) -> Mapping[str, float]:
    try:
        font = TTFont(face.value, str(path), asciiReadable=False, shapable=False)
    except TTFError as error:
        raise Bug(f"typeface {path.name} cannot be read: {error}") from error
    pdfmetrics.registerFont(font)
    per_em: Mapping[int, float] = font.face.charWidths
    return {chr(code): per_em[code] / 1000 for code in font.face.charToGlyph}


def _clusters(text: str) -> list[str]:
    found: list[str] = []
    for char in text:
        if found and unicodedata.category(char) in ("Mn", "Me"):
            found[-1] += char
        else:
            found.append(char)
    return found
