"""Which forms are provisional is said, those that are printed today first."""

from __future__ import annotations

import json

from motcua_desktop.assets import resource
from motcua_desktop.documents.templates import OWN_FILE
from motcua_desktop.reports.register_forms import OWN_FILE as REGISTER_FILE
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


def test_the_old_form_of_the_register_is_among_the_provisional_ones(desk: Desk) -> None:
    forms = [form for form in provisional_forms(desk) if form.title == "SỔ THEO DÕI HỒ SƠ"]

    assert [(form.number, form.set_name, form.parts) for form in forms] == [("06", "TT 01/2018/TT-VPCP", ())]
    assert "chưa kiểm chứng" in forms[0].source


def test_the_offices_own_register_is_named_as_it_left_it(desk: Desk) -> None:
    data = json.loads(resource("forms", REGISTER_FILE).read_text(encoding="utf-8"))
    data["forms"][0]["provisional"] = False
    data["forms"][1] |= {"provisional": True, "name": "Sổ của xã"}
    own = desk.store.path.parent / REGISTER_FILE
    own.write_text(json.dumps(data), encoding="utf-8")
    forms = [form for form in provisional_forms(desk) if form.title == "SỔ THEO DÕI HỒ SƠ"]
    assert [(form.number, form.set_name, form.valid_to) for form in forms] == [("", "Sổ của xã", None)]

    own.write_text("{", encoding="utf-8")
    assert any(form.set_name == "TT 01/2018/TT-VPCP" for form in provisional_forms(desk))


def test_an_office_file_that_cannot_be_used_does_not_hide_the_provisional_forms(desk: Desk) -> None:
    before = provisional_forms(desk)
    own = desk.store.path.parent / OWN_FILE
    own.write_text(json.dumps({"no such key": 1}), encoding="utf-8")

    assert provisional_forms(desk) == before != []
