"""Which printed forms are provisional: some of their text was not seen in the source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class ProvisionalForm:
    """A form, the set it belongs to and its days; `parts` are the lines in doubt, none for the whole form."""

    number: str
    title: str
    set_name: str
    valid_from: date
    valid_to: date | None
    parts: tuple[str, ...]
    source: str


def provisional_forms(desk: Desk) -> list[ProvisionalForm]:
    """Every provisional form that this office prints by, those in force today first."""
    from motcua_desktop.documents.templates import load_templates  # no other screen reads templates

    templates = load_templates(desk.store.path.parent, shipped_instead=True)
    today = desk.now().date()
    found = sorted(templates.provisional(), key=lambda template: not template.in_force(today))
    return [
        ProvisionalForm(
            number=template.form,
            title=template.title,
            set_name=template.set_name,
            valid_from=template.valid_from,
            valid_to=template.valid_to,
            parts=() if template.declared_provisional else template.provisional_fields,
            source=template.source,
        )
        for template in found
    ]
