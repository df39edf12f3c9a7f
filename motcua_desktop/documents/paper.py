"""What lies in the printer. Apart from the drawing, so that a window can name its paper without loading it."""

from __future__ import annotations

from enum import StrEnum

MM = 72 / 25.4
PANEL_WIDTH, PANEL_HEIGHT = 148 * MM, 210 * MM


class Paper(StrEnum):
    """What lies in the printer: A5 upright, or A4 on its side with two A5 panels."""

    A5 = "A5"
    A4 = "A4"

    @property
    def size(self) -> tuple[float, float]:
        return (PANEL_WIDTH, PANEL_HEIGHT) if self is Paper.A5 else (297 * MM, PANEL_HEIGHT)
