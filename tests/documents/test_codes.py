"""The codes' shapes, held against a second maker of the same codes."""

from __future__ import annotations

import pytest
import segno
from reportlab.graphics.barcode.code128 import Code128 as OtherCode128

from motcua_desktop.documents import codes

KEY, SECRET = "0501226112000387", "48219037"


def test_the_qr_is_the_one_another_encoder_makes() -> None:
    dark = {(x, box.y) for box in codes.squares(KEY + SECRET) for x in range(box.x, box.x + box.width)}
    others = [
        segno.make_qr(KEY + SECRET, version=3, error="q", boost_error=False, mask=mask).matrix
        for mask in range(8)
    ]

    assert dark in [
        {(x, y) for y, row in enumerate(matrix) for x, cell in enumerate(row) if cell} for matrix in others
    ]


def test_the_bars_are_those_another_encoder_makes() -> None:
    other = OtherCode128(KEY, quiet=0)
    other.validate()
    other.encode()
    other.decompose()
    widths: list[int] = [ord(c.lower()) - ord("a") + 1 for c in other.decomposed]

    edges = [sum(widths[:at]) for at in range(0, len(widths), 2)]
    assert [(box.x, box.width) for box in codes.bars(KEY)] == list(zip(edges, widths[::2], strict=True))
    assert sum(widths) * codes.BAR == pytest.approx(codes.BARCODE_WIDTH)


def test_the_sizes_are_the_ones_that_survive_a_photocopier() -> None:
    millimetre = 72 / 25.4
    assert codes.BAR / millimetre == pytest.approx(0.3387, abs=1e-4)
    assert codes.MODULE / millimetre == pytest.approx(0.508)
    assert (codes.BARCODE_WIDTH + 2 * codes.BAR_QUIET * codes.BAR) / millimetre == pytest.approx(
        48.4, abs=0.1
    )


def test_too_many_digits_for_the_size_are_not_made_smaller() -> None:
    with pytest.raises(ValueError):
        codes.squares("1" * 78)


def test_edges_lie_on_the_dots_of_a_printer() -> None:
    assert codes.snapped(51.0236) == pytest.approx(213 * 72 / 300)
