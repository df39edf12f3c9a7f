"""The register of a year as PDF, against the same table drawn by hand."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from motcua_desktop.assets import resource
from motcua_desktop.documents.long_table import LANDSCAPE, Page, lay_out
from motcua_desktop.documents.register import draw_register, register_pieces
from tests.bench.measure import LEAST_RUNS, SHELF, Limit, Ratio, in_turn, timed
from tests.register_year import HEAD, YEAR_LINES, year_lines

ALLOWED = 1.3


def measure() -> list[Ratio]:
    """The ratio over the lines of a year: ours breaks, places and draws; the limit only draws."""
    lines = year_lines()
    size = len(draw_register(HEAD, lines))
    SHELF.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=SHELF) as name:
        table = Path(name) / "table.json"
        pages = lay_out(register_pieces(HEAD, lines), LANDSCAPE)
        told = {"size": (LANDSCAPE.width, LANDSCAPE.height), "pages": [_page(page) for page in pages]}
        table.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        with Limit("register.py", resource("fonts"), table) as limit:

            def bare() -> float:
                seconds, drawn, count = limit.ask("draw")
                if count != len(pages) or abs(drawn - size) > size / 10:
                    raise AssertionError(f"the limit draws something else: {drawn:.0f} bytes, not {size}")
                return seconds

            ours, limits = in_turn(LEAST_RUNS, lambda: timed(lambda: draw_register(HEAD, lines)), bare)
    return [Ratio(f"Register of a year, {YEAR_LINES:,} lines, {len(pages)} pages", ours, limits, ALLOWED)]


def _page(page: Page) -> dict[str, object]:
    """The same lines of text and the same rules as plain numbers and words, from the lower left corner."""
    tall = LANDSCAPE.height
    cells: list[list[object]] = []
    for y, xs, texts in page.texts:
        for x, text in zip(xs, texts, strict=True):
            face, size, leading = text.letters
            if not any(text.shifts):
                cells += [[x, tall - y, str(face), size, leading, text.lines]] if text.lines else []
                continue
            cells += [
                [x + shift, tall - y - at * leading, str(face), size, leading, [line]]
                for at, (line, shift) in enumerate(zip(text.lines, text.shifts, strict=True))
            ]
    rules = [
        [width, [(x, tall - y, to_x, tall - to_y) for x, y, to_x, to_y in lines]]
        for width, lines in page.rules.items()
    ]
    return {"cells": cells, "rules": rules}
