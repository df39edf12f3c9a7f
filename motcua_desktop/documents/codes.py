"""Code 128 and QR as vectors, each one path of rectangles, snapped to the dots of a 300-dpi printer.

A printer of 300 or 600 dpi then gives every bar its exact width; 203 dpi is the worst case and is tested.
Sizes were chosen so that either code survives two generations of photocopying.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import zxingcpp
from barcode.codex import Code128
from reportlab.pdfgen.canvas import Canvas

DOT = 72 / 300  # points; edges of codes lie on this grid, counted from the left and the top
BAR = 4 * DOT  # X = 0.3387 mm
SMALL_BAR = 3 * DOT  # X = 0.254 mm: for sheets that stay in the office
MODULE = 6 * DOT  # 0.508 mm
QR_SIDE = 29  # version 3
QR_QUIET = 4  # modules
_DARK_BARS, _DARK_CELLS = re.compile(b"1+"), re.compile(b"\0+")
BAR_QUIET = 10  # X

BARCODE_WIDTH = 123 * BAR  # sixteen digits in set C: start, eight pairs, check, stop
SMALL_BARCODE_WIDTH = 123 * SMALL_BAR
QR_WIDTH = QR_SIDE * MODULE


class Box(NamedTuple):
    """A dark run, in modules from the top left; one row high."""

    x: int
    y: int
    width: int


@lru_cache(maxsize=16)
def bars(digits: str) -> tuple[Box, ...]:
    """The dark bars of a Code 128; an even count of digits is packed in set C."""
    modules: str = Code128(digits).build()[0]
    return tuple(_runs(modules.encode("ascii"), 0, _DARK_BARS))


@lru_cache(maxsize=16)
def squares(digits: str) -> tuple[Box, ...]:
    """The dark runs of a QR code, version 3, level Q, in the mask that reads best."""
    code = zxingcpp.create_barcode(digits, zxingcpp.BarcodeFormat.QRCode, ec_level="Q", version=3)
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)  # a buffer, though its types do not say so
    image = memoryview(picture)
    if image.shape != (QR_SIDE, QR_SIDE):
        raise ValueError(f"{len(digits)} digits do not fit a QR of version 3")
    cells = image.tobytes()
    rows = (cells[start : start + QR_SIDE] for start in range(0, len(cells), QR_SIDE))
    return tuple(box for y, row in enumerate(rows) for box in _runs(row, y, _DARK_CELLS))


def define(canvas: Canvas, name: str, boxes: tuple[Box, ...], module: float, row: float) -> None:
    """Keep a code in the file under a name, to be placed any number of times.

    `module` is the width of a module in points, `row` the height of a row of modules. The path is written in
    whole modules and scaled as one: every edge is exact, and nothing is formatted number by number.
    """
    rows = boxes[-1].y + 1
    canvas.beginForm(name, 0, 0, max(box.x + box.width for box in boxes) * module, rows * row)
    canvas.scale(module, row)
    canvas.addLiteral("".join(f"{box.x} {rows - box.y - 1} {box.width} 1 re\n" for box in boxes) + "f")
    canvas.endForm()


def place(canvas: Canvas, name: str, x: float, top: float, height: float, page_height: float) -> None:
    """Put a kept code on the page: `x` and `top` are points from the left and the upper edge."""
    canvas.saveState()
    canvas.translate(snapped(x), page_height - snapped(top) - height)
    canvas.doForm(name)
    canvas.restoreState()


def snapped(points: float) -> float:
    """The nearest edge of a 300-dpi dot."""
    return round(points / DOT) * DOT


def _runs(cells: bytes, y: int, dark: re.Pattern[bytes]) -> list[Box]:
    spans = [run.span() for run in dark.finditer(cells)]
    return [Box(start, y, end - start) for start, end in spans]
