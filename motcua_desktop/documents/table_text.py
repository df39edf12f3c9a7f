"""Texts of a table: broken into lines, and written as PDF operators, each text once.

A table says the same words thousands of times; a cell is therefore broken once and encoded once for a file,
and only placed again after that. What reportlab's own text objects would write is the same page, slower.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from motcua_desktop.documents.fonts import Face, demand_drawable, typeface

_BREAKS_AFTER = frozenset("-/.,;@_")

_INSET = 3.0  # numbers at the right stand a little off the line


class Align(StrEnum):
    """Where the lines of a cell stand in it."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Letters(tuple[Face, float, float]):
    """Face, size and leading in points."""

    __slots__ = ()

    def __new__(cls, face: Face, size: float, leading: float | None = None) -> Letters:
        return super().__new__(cls, (face, size, leading or round(size * 1.16, 2)))

    @property
    def leading(self) -> float:
        """From one baseline to the next, in points."""
        return self[2]


@dataclass(slots=True, eq=False)
class Text:
    """Lines ready to stand somewhere: each with its distance from the left edge, in points.

    `written` keeps the operators of the file that is being made.
    """

    letters: Letters
    lines: tuple[str, ...]
    shifts: tuple[float, ...]
    written: str = ""

    def part(self, start: int, end: int) -> Text:
        """Only some of the lines."""
        return Text(self.letters, self.lines[start:end], self.shifts[start:end])


class TextSetter:
    """Sets texts into a width; keeps what it has set."""

    def __init__(self, letters: Letters, width: float, align: Align = Align.LEFT) -> None:
        self.letters = letters
        self._width, self._align = width, align
        face, size, _ = letters
        self._ems: Mapping[str, float] = typeface().widths[face]
        self._room = width / size
        self._known: dict[str, Text] = {}

    def set(self, text: str) -> Text:
        """The text in lines no wider than the width; raises MC-191 for what the typeface cannot draw."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._set(text)
        return known

    def _set(self, text: str) -> Text:
        demand_drawable(text)
        lines: list[str] = []
        for part in text.splitlines():
            lines += self._broken(" ".join(unicodedata.normalize("NFC", part).split()))
        if self._align is Align.LEFT:
            return Text(self.letters, tuple(lines), (0.0,) * len(lines))
        spare = [self._width - self._wide(line) * self.letters[1] for line in lines]
        if self._align is Align.CENTRE:
            return Text(self.letters, tuple(lines), tuple(room / 2 for room in spare))
        return Text(self.letters, tuple(lines), tuple(max(0.0, room - _INSET) for room in spare))

    def _wide(self, text: str) -> float:
        return sum(map(self._ems.__getitem__, text))

    def _broken(self, text: str) -> list[str]:
        """Lines as `page.Breaker` breaks them, but summing the widths of words instead of measuring again."""
        if self._wide(text) <= self._room:
            return [text] if text else []
        found: list[str] = []
        line, used, space = "", 0.0, self._ems[" "]
        for word in text.split(" "):
            wide = self._wide(word)
            if line and used + space + wide <= self._room:
                line, used = f"{line} {word}", used + space + wide
                continue
            if line:
                found.append(line)
            line, used = word, wide
            while used > self._room:
                cut = self._cut(line)
                found.append(line[:cut])
                line = line[cut:]
                used = self._wide(line)
        return [*found, line]

    def _cut(self, word: str) -> int:
        """How much of a word that is too wide fits: up to punctuation if there is some near, at least a letter."""
        used, fits = 0.0, 0
        for char in word:
            used += self._ems[char]
            if used > self._room:
                break
            fits += 1
        fits = max(1, fits)
        return next((n for n in range(fits, fits // 2, -1) if word[n - 1] in _BREAKS_AFTER), fits)


class Ink:
    """Writes texts as operators into one file."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._scripts: dict[Face, _Script] = {}

    def letters(self, letters: Letters) -> str:
        """The operators that choose face, size and leading."""
        face, size, leading = letters
        return f"{self._script(face).name(0)} {size:g} Tf {leading:g} TL"

    def text(self, text: Text) -> str:
        """The operators that show a text where the text matrix stands, at its first baseline."""
        face, size, leading = text.letters
        script = self._script(face)
        parts: list[str] = []
        at = 0.0
        for number, (line, shift) in enumerate(zip(text.lines, text.shifts, strict=True)):
            if shift != at:
                parts.append(f"{shift - at:.2f} {-leading if number else 0:g} Td")
            elif number:
                parts.append("T*")
            at = shift
            parts.append(script.show(line, size))
        text.written = " ".join(parts)
        return text.written

    def _script(self, face: Face) -> _Script:
        if face not in self._scripts:
            self._scripts[face] = _Script(self._canvas, face)
        return self._scripts[face]


class _Script(dict[str, str]):
    """A face in one file: how each character is written in the face's first subset."""

    def __init__(self, canvas: Canvas, face: Face) -> None:
        super().__init__()
        self._escape: Any = canvas._escape
        self._document: Any = canvas._doc
        self._font: Any = pdfmetrics.getFont(face)

    def __missing__(self, char: str) -> str:
        ((subset, code),) = self._font.splitString(char, self._document)
        if subset:
            raise _BeyondFirst
        written: str = self._escape(code)
        self[char] = written
        return written

    def name(self, subset: int) -> str:
        return str(self._font.getSubsetInternalName(subset, self._document))

    def show(self, line: str, size: float) -> str:
        try:
            return f"({''.join(map(self.__getitem__, line))}) Tj"
        except _BeyondFirst:
            return self._in_several_subsets(line, size)

    def _in_several_subsets(self, line: str, size: float) -> str:
        """A file with more than some 250 different characters needs more than one subset of a face."""
        parts = [
            f"{self.name(subset)} {size:g} Tf ({self._escape(codes)}) Tj"
            for subset, codes in self._font.splitString(line, self._document)
        ]
        return " ".join([*parts, f"{self.name(0)} {size:g} Tf"])


class _BeyondFirst(Exception):
    """The character stands in another subset than the first."""
