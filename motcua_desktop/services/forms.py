"""Which printed forms are provisional: some of their text was not seen in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from motcua_desktop.services.desk import Desk

_NAME = re.compile(r"Mẫu số (?P<number>\S+) – (?P<set>.+)")


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

    def in_force(self, on: date) -> bool:
        """Whether dossiers received on that day are printed by it."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def provisional_forms(desk: Desk) -> list[ProvisionalForm]:
    """Every provisional form that this office prints by, the register's too, those in force today first."""
    today = desk.now().date()
    found = [*_sheets(desk.store.path.parent), *_registers(desk.store.path.parent)]
    return sorted(found, key=lambda form: not form.in_force(today))


def _sheets(data: Path) -> list[ProvisionalForm]:
    from motcua_desktop.documents.templates import load_templates  # no other screen reads templates

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
        for template in load_templates(data, shipped_instead=True).provisional()
    ]


def _registers(data: Path) -> list[ProvisionalForm]:
    from motcua_desktop.domain.register import TITLE
    from motcua_desktop.reports.register_forms import forms_in_use

    return [
        ProvisionalForm(*_number_and_set(form.name, TITLE), form.valid_from, form.valid_to, (), form.source)
        for form in forms_in_use(data, shipped_instead=True)
        if form.provisional
    ]


def _number_and_set(name: str, title: str) -> tuple[str, str, str]:
    """ "Mẫu số 06 – TT 01/2018/TT-VPCP" as its number, the title, and the set; another name is a set's."""
    named = _NAME.fullmatch(name)
    return (named["number"], title, named["set"]) if named else ("", title, name)
