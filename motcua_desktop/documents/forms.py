"""Forms 02 to 06, letters, label and postman's list drawn: one function for them all.

What a sheet says comes from `domain.forms_wording`, in the order of its template; the paper of the template
decides which layout draws it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from motcua_desktop.documents.fonts import demand_drawable
from motcua_desktop.documents.forms_card import card_pages, label_pages
from motcua_desktop.documents.forms_list import list_pages
from motcua_desktop.documents.forms_office import office_pages
from motcua_desktop.documents.page import MM, PANEL_HEIGHT, PANEL_WIDTH, Paper
from motcua_desktop.documents.panel import Content, draw_pages, draw_panels
from motcua_desktop.domain.forms import FormSheet, Label, Letter, Refusal, SupplementRequest
from motcua_desktop.domain.forms_template import Leaf
from motcua_desktop.domain.forms_wording import administrative, form_lines, further_lines
from motcua_desktop.domain.receipt import CITIZEN_COPY, OFFICE_COPY

_A4 = (210 * MM, 297 * MM)


def draw_form(sheet: FormSheet, paper: Paper | None = None) -> bytes:
    """The PDF of a sheet on its template's paper; the same sheet gives the same bytes.

    A form of two copies is drawn as both, the office's first. `paper` matters to the A5 forms only: on A4
    (landscape) their copies stand side by side. Raises MC-191 for text that the typeface cannot draw, before
    anything is drawn.
    """
    leaf = sheet.head.template.leaf
    title = sheet.head.code or sheet.head.template.title
    if leaf is Leaf.A5:
        return draw_panels([_content(copy) for copy in copies(sheet)], paper or Paper.A5, title)
    lines = form_lines(sheet)
    for line in lines:
        demand_drawable(line.text, line.source or None)
    if isinstance(sheet, Letter):
        return draw_pages(card_pages(sheet, lines), (PANEL_HEIGHT, PANEL_WIDTH), title)
    if isinstance(sheet, Label):
        return draw_pages(label_pages(sheet, lines), (PANEL_WIDTH, PANEL_HEIGHT), title)
    more = partial(further_lines, sheet)
    head = sheet.head
    layout = office_pages if administrative(sheet) else list_pages
    return draw_pages(layout(Content(lines, more, head.key, head.secret)), _A4, title)


def copies(sheet: FormSheet) -> tuple[FormSheet, ...]:
    """The copies of a sheet that are drawn: the office's and the citizen's, or the one there is."""
    if isinstance(sheet, SupplementRequest | Refusal) and sheet.head.template.copies > 1:
        return replace(sheet, copy=OFFICE_COPY), replace(sheet, copy=CITIZEN_COPY)
    return (sheet,)


def paper_needed(sheet: FormSheet, paper: Paper) -> Paper:
    """What must lie in the printer: as wished for an A5 form, else the paper of the template."""
    leaf = sheet.head.template.leaf
    if leaf is Leaf.A5:
        return paper
    return Paper.A4 if leaf is Leaf.A4 else Paper.A5


def _content(sheet: FormSheet) -> Content:
    return Content(form_lines(sheet), partial(further_lines, sheet), sheet.head.key, sheet.head.secret)
