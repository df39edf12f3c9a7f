"""Form 01 drawn: two copies on A5 panels, of which the appointment is the largest thing.

What the sheet says comes from `domain.receipt`, where it stands from `panel`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from motcua_desktop.documents.page import Mark, Paper
from motcua_desktop.documents.panel import Content, all_panels, draw_panels
from motcua_desktop.domain.receipt import (
    CITIZEN_COPY,
    OFFICE_COPY,
    Receipt,
    continuation_lines,
    receipt_lines,
)


def draw_receipt(receipts: Receipt | Sequence[Receipt], paper: Paper) -> bytes:
    """The PDF of a receipt: both copies of one `Receipt`, or exactly the given copies in order.

    On A5 each copy has pages of its own; on A4 (landscape) copies stand two by two. The same receipts give
    the same bytes. Raises MC-191 for text that the typeface cannot draw, before anything is drawn.
    """
    copies = _copies(receipts)
    return draw_panels([_content(copy) for copy in copies], paper, copies[0].code)


def _copies(receipts: Receipt | Sequence[Receipt]) -> tuple[Receipt, ...]:
    if isinstance(receipts, Receipt):
        return replace(receipts, copy=OFFICE_COPY), replace(receipts, copy=CITIZEN_COPY)
    if not receipts:
        raise ValueError("nothing to draw")
    return tuple(receipts)


def _all_panels(copies: Sequence[Receipt]) -> list[list[list[Mark]]]:
    return all_panels([_content(copy) for copy in copies])


def _content(receipt: Receipt) -> Content:
    return Content(receipt_lines(receipt), partial(continuation_lines, receipt), receipt.key, receipt.secret)
