"""Which forms are provisional is said, those that are printed today first."""

from __future__ import annotations

import json

from motcua_desktop.documents.templates import OWN_FILE
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.forms import provisional_forms


def test_the_provisional_forms_of_today_come_first_with_what_was_not_seen(desk: Desk) -> None:
    forms = provisional_forms(desk)

    today = [form for form in forms if form.valid_to is None]
    assert forms[: len(today)] == today
    stop = next(form for form in today if form.number == "05")
    assert stop.parts == () and "chưa kiểm chứng" in stop.source
    supplement = next(form for form in today if form.number == "02")
    assert supplement.parts != ()


def test_an_office_file_that_cannot_be_used_does_not_hide_the_provisional_forms(desk: Desk) -> None:
    before = provisional_forms(desk)
    own = desk.store.path.parent / OWN_FILE
    own.write_text(json.dumps({"no such key": 1}), encoding="utf-8")

    assert provisional_forms(desk) == before != []
