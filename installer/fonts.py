"""Makes resources/fonts/ from the original typefaces; resources/fonts/README.md says where those come from.

    python installer/fonts.py TINOS_FOLDER NOTO_FOLDER [NOTO_FOLDER …]

Each folder is searched to any depth. Needs fonttools. The same input gives the same bytes.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "resources" / "fonts"

SHEETS = {
    "Tinos-Regular.ttf": "Tinos_400Regular.ttf",
    "Tinos-Italic.ttf": "Tinos_400Regular_Italic.ttf",
    "Tinos-Bold.ttf": "Tinos_700Bold.ttf",
    "Tinos-BoldItalic.ttf": "Tinos_700Bold_Italic.ttf",
}
WINDOW = {name: name for name in ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf", "NotoSans-Bold.ttf")}
SIGNS = ("NotoSansSymbols2-Regular.ttf", "NotoSansMath-Regular.ttf")

LETTERS = (
    (0x0020, 0x007E),
    (0x00A0, 0x024F),
    (0x0300, 0x036F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x2027),
    (0x202F, 0x2044),
    (0x2070, 0x209C),
    (0x20A0, 0x20BF),
)
MARKS = "№™℃Ω←↑→↓↔−×÷±≈≠≤≥▲►▼◄●○■□◌"
BORROWED = "←↑→↓↔↵⇧⌫⏎⏸▲▶▼◀●○■□◆◇☐☑★☆⚠✓✗"

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
HIGHLAND = "ƀčĕĭŏŭñ"


def vietnamese() -> frozenset[str]:
    """Every letter a name in the office may hold, both cases, composed."""
    small = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
    small += ["đ", *HIGHLAND]
    return frozenset(small) | {letter.upper() for letter in small}


def find(name: str, folders: Iterable[Path]) -> Path:
    """The first file of that name below the folders; exits where there is none."""
    for folder in folders:
        for path in sorted(folder.rglob(name)):
            return path
    raise SystemExit(f"{name} is in none of the folders given")


def cut(font: TTFont, *, features: Sequence[str], hinting: bool, drop: Sequence[str] = ()) -> None:
    """Leave in `font` only the letters and marks that the program writes."""
    options = subset.Options()
    options.hinting = hinting
    options.layout_features = list(features)
    options.drop_tables += list(drop)
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    letters = {code for first, last in LETTERS for code in range(first, last + 1)}
    cutter.populate(unicodes=letters | {ord(mark) for mark in MARKS + BORROWED})
    cutter.subset(font)


def borrow(font: TTFont, donor: TTFont) -> None:
    """Copy the signs that `font` lacks out of a donor drawn on the same grid."""
    have, offered, outlines = font.getBestCmap(), donor.getBestCmap(), donor.getGlyphSet()
    for sign in BORROWED:
        code = ord(sign)
        if code in have or code not in offered:
            continue
        source, name = offered[code], f"uni{code:04X}"
        flat, pen = DecomposingRecordingPen(outlines), TTGlyphPen(None)
        outlines[source].draw(flat)
        flat.replay(pen)
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = donor["hmtx"][source]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def check(font: TTFont, name: str) -> None:
    """Exits where a letter is missing."""
    lost = sorted(vietnamese() - {chr(code) for code in font.getBestCmap()})
    if lost:
        raise SystemExit(f"{name} lacks {' '.join(lost)}")


def main(arguments: Sequence[str]) -> int:
    """Write the seven files; returns the exit code."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    folders = [Path(argument) for argument in arguments]
    OUT.mkdir(parents=True, exist_ok=True)
    for name, source in SHEETS.items():
        font = TTFont(find(source, folders), recalcTimestamp=False)
        cut(font, features=(), hinting=False, drop=("GPOS", "GSUB", "GDEF", "kern", "STAT"))
        check(font, name)
        font.save(OUT / name)
    donors = [TTFont(find(name, folders)) for name in SIGNS]
    for name, source in WINDOW.items():
        font = TTFont(find(source, folders), recalcTimestamp=False)
        cut(font, features=("kern", "mark", "mkmk", "ccmp", "locl"), hinting=True)
        for donor in donors:
            borrow(font, donor)
        check(font, name)
        font.save(OUT / name)
    for name in (*SHEETS, *WINDOW):
        print(f"{os.path.getsize(OUT / name):>7} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
