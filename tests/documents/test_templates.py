"""Templates as data: what an office may adjust, and how a broken file is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from motcua_desktop.documents.templates import OWN_FILE, load_templates, read_set
from motcua_desktop.domain.errors import EnvironmentFault, Problem, UserFacingError
from motcua_desktop.domain.forms_template import FormKind
from motcua_desktop.domain.forms_wording import form_lines
from motcua_desktop.domain.source import is_verified
from motcua_desktop.messages import sentence
from tests.documents.sample_forms import NEW, OLD, sheet

OWN_FORM = """{
 "set": "Mẫu của xã",
 "valid_from": "2026-01-01",
 "forms": [
  {"kind": "control", "title": "PHIẾU KIỂM SOÁT", "paper": "A4", "source": "QĐ của xã, chưa kiểm chứng",
   "signers": [],
   "lines": [
    {"field": "code", "label": "Mã:"},
    {"field": "resolver", "label": "Giải quyết:"},
    {"field": "partners", "label": "Phối hợp:"},
    {"field": "received_day", "label": "Nhận:"},
    {"field": "due", "label": "Hẹn:"},
    {"table": "handovers", "columns": ["A", "B", "C", "D", "E", "F"]}]}
 ]
}
"""


def _own(folder: Path, text: str) -> Path:
    (folder / OWN_FILE).write_text(text, encoding="utf-8")
    return folder


def _refused(folder: Path) -> Problem:
    with pytest.raises(UserFacingError) as refused:
        load_templates(folder)
    return refused.value.problem


def test_without_a_file_of_its_own_an_office_has_the_shipped_templates(tmp_path: Path) -> None:
    assert load_templates(tmp_path) == load_templates(None)
    assert load_templates(tmp_path).problem is None


def test_an_office_names_its_centre_hotline_and_extra_line(tmp_path: Path) -> None:
    own = {"centre": "TRUNG TÂM  PHỤC VỤ HCC", "hotline": "0214 3871 022", "extra": "Zalo: Tả Phìn"}

    templates = load_templates(_own(tmp_path, json.dumps(own)))

    assert templates.words == ("TRUNG TÂM PHỤC VỤ HCC", "0214 3871 022", "Zalo: Tả Phìn")
    assert templates.all == load_templates(None).all


def test_a_template_of_the_office_goes_before_the_shipped_one(tmp_path: Path) -> None:
    templates = load_templates(_own(tmp_path, OWN_FORM))

    assert templates.get(FormKind.CONTROL, NEW).title == "PHIẾU KIỂM SOÁT"
    assert templates.get(FormKind.REFUSAL, NEW) == load_templates(None).get(FormKind.REFUSAL, NEW)


@pytest.mark.parametrize(
    ("old", "new", "number", "line", "name"),
    [
        ('"label": "Phối hợp:"}', '"label": "Phối hợp:",}', "MC-221", 10, None),
        ('"field": "partners"', '"field": "partner"', "MC-222", 10, "partner"),
        ('"label": "Nhận:"', '"lable": "Nhận:"', "MC-222", 11, "lable"),
        ('"title": "PHIẾU KIỂM SOÁT", ', "", "MC-224", 5, "title"),
        ('    {"field": "due", "label": "Hẹn:"},\n', "", "MC-224", 7, "due"),
        ('"paper": "A4"', '"paper": "A3"', "MC-220", 5, "paper"),
        ('"kind": "control"', '"kind": "contrl"', "MC-220", 5, "kind"),
        ('"signers": []', '"signers": [["CHỦ TỊCH"]]', "MC-220", 6, "signers"),
        (', "E", "F"]', ', "E"]', "MC-220", 13, "columns"),
        ('"field": "due", "label"', '"field": "due", "strong": "yes", "label"', "MC-220", 12, "strong"),
        ('"valid_from": "2026-01-01"', '"valid_from": "01/01/2026"', "MC-220", 3, "valid_from"),
        ('{"field": "due", "label": "Hẹn:"}', '{"text": "Hẹn {due"}', "MC-220", 12, "text"),
        ('{"field": "due", "label": "Hẹn:"}', '{"text": "Hẹn {due.year}"}', "MC-220", 12, "text"),
        ('{"field": "due", "label": "Hẹn:"}', '{"text": "Hẹn {due!r:>9}"}', "MC-220", 12, "text"),
        ('{"field": "due", "label": "Hẹn:"}', '{"text": "Hẹn {due} {secret}"}', "MC-222", 12, "secret"),
        ('"field": "due"', '"list": "due"', "MC-220", 12, "list"),
        ('{"field": "due", ', "{", "MC-224", 12, "field"),
        ('"set": "Mẫu của xã",\n ', "", "MC-224", 1, "set"),
        ('"source": "QĐ của xã, chưa kiểm chứng"', '"source": ""', "MC-220", 5, "source"),
        ('"source": "QĐ của xã, chưa kiểm chứng"', '"source": "QĐ của xã"', "MC-220", 5, "source"),
    ],
)
def test_a_broken_template_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, number: str, line: int, name: str | None
) -> None:
    assert OWN_FORM.count(old) == 1
    problem = _refused(_own(tmp_path, OWN_FORM.replace(old, new)))

    assert (problem.number, problem.params["path"], problem.params["line"]) == (number, OWN_FILE, line)
    assert problem.params.get("name") == name
    assert (
        f"{OWN_FILE}" in sentence(problem) and str(line) in sentence(problem) and "?" not in sentence(problem)
    )


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", '{"hotline": 7}', '{"hot": "1"}', '{"extra": "' + "x" * 121 + '"}', '{"forms": {}}'],
)
def test_a_file_that_is_no_office_file_is_refused(tmp_path: Path, text: str) -> None:
    assert _refused(_own(tmp_path, text)).number in {"MC-220", "MC-221", "MC-222", "MC-224"}


def test_a_file_that_is_not_utf8_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / OWN_FILE).write_bytes('{\n "hotline": "Tả"}'.encode("utf-16-le"))

    assert _refused(tmp_path).number == "MC-221"
    (tmp_path / OWN_FILE).write_bytes(b'{\n\n "hotline": "T\xe3"}')
    assert (_refused(tmp_path).number, _refused(tmp_path).params["line"]) == ("MC-221", 3)


def test_the_shipped_templates_stay_in_use_only_if_that_is_asked_for(tmp_path: Path) -> None:
    _own(tmp_path, OWN_FORM.replace('"A4"', '"A3"'))

    kept = load_templates(tmp_path, shipped_instead=True)

    assert kept.all == load_templates(None).all
    assert kept.problem == _refused(tmp_path)


def test_a_file_that_cannot_be_read_is_not_taken_for_a_missing_one(tmp_path: Path) -> None:
    (tmp_path / OWN_FILE).mkdir()

    with pytest.raises((UserFacingError, EnvironmentFault)) as refused:
        load_templates(tmp_path)
    assert refused.value.problem.number == "MC-210"


def test_a_sheet_that_a_set_does_not_have_is_said_to_be_missing() -> None:

    with pytest.raises(UserFacingError) as refused:
        load_templates().get(FormKind.STOP, OLD)

    assert refused.value.problem.number == "MC-223"
    assert "stop" in sentence(refused.value.problem) and "14/07/2025" in sentence(refused.value.problem)


def test_every_shipped_template_names_its_source_and_where_that_was_not_seen_says_so() -> None:
    for template in load_templates().all:
        assert template.source
        official = template.set_name.startswith("TT ")
        assert not template.declared_provisional or not is_verified(template.source)
        assert template.set_name in template.source or not official
        assert official or not is_verified(template.source)


def test_a_renamed_label_and_a_new_order_reach_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    lines: list[dict[str, Any]] = json.loads(OWN_FORM)["forms"][0]["lines"]
    form = json.loads(OWN_FORM)
    form["forms"][0]["lines"] = [*lines[4::-1], lines[5]]
    path.write_text(json.dumps(form), encoding="utf-8")
    (template,) = read_set(path)
    control = sheet(FormKind.CONTROL, NEW, "short")

    said = [
        line.label for line in form_lines(replace(control, head=replace(control.head, template=template)))
    ]

    assert [label for label in said if label in ("Mã:", "Giải quyết:", "Phối hợp:", "Nhận:", "Hẹn:")] == [
        "Hẹn:",
        "Nhận:",
        "Phối hợp:",
        "Giải quyết:",
        "Mã:",
    ]
