"""The shipped sheet of tariffs, read as data: amounts, sources and days that an officer may rely on."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest

from motcua_desktop.assets import resource
from motcua_desktop.domain.procedure import Catalogue, Fee, read_catalogue
from motcua_desktop.domain.source import is_well_formed
from motcua_desktop.domain.tariff import Basis, Tariffs, charge, read_tariffs

DAY = date(2026, 11, 20)
CHANNELS = {"Trực tiếp": "counter", "Dịch vụ bưu chính": "post", "Trực tuyến": "assisted_online"}
# where the starting catalogue gives the rate for registration by list as that for everybody
_BY_LIST = {("1.004194", "counter"), ("1.002755", "counter"), ("1.002755", "assisted_online")}


@pytest.fixture(scope="module")
def text() -> str:
    return resource("fees", "tariffs.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tariffs(text: str) -> Tariffs:
    return read_tariffs(json.loads(text))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(json.loads(resource("catalogue", "procedures.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("procedure", "copies", "pages", "amount"),
    [
        ("2.000815", 3, 2, 12_000),
        ("2.000815", 1, 3, 5_000),
        ("2.000815", 2, 500, 400_000),
        ("2.000942", 1, 4, 6_000),
        ("2.000884", 1, 1, 10_000),
        ("2.001035", 1, 1, 50_000),
        ("2.000913", 1, 1, 30_000),
        ("2.000927", 1, 1, 25_000),
        ("2.000635", 3, 1, 24_000),
        ("2.001263", 1, 1, 400_000),
        ("1.000894", 1, 1, 0),
        ("1.004873", 1, 1, None),
    ],
)
def test_the_counter_charges_what_the_circulars_say(
    tariffs: Tariffs, procedure: str, copies: int, pages: int, amount: int | None
) -> None:
    tariff = tariffs.get(procedure, None, DAY, "counter")
    assert charge(tariff, copies=copies, pages=pages).total_vnd == amount


def test_every_source_names_article_and_date_or_says_that_it_was_not_checked(tariffs: Tariffs) -> None:
    sources = {row.source for row in tariffs.rows}
    sources |= {group.source for row in tariffs.rows for group in row.exempt}
    assert [source for source in sources if not is_well_formed(source)] == []


def test_every_fee_of_the_catalogue_has_its_tariff_with_the_same_amount(
    tariffs: Tariffs, catalogue: Catalogue
) -> None:
    on = date(2026, 6, 30)
    wrong = [
        (procedure.code, channel, fee.amount_vnd)
        for procedure in catalogue.in_force(on)
        for fee in procedure.fees
        for channel in map(CHANNELS.__getitem__, fee.channels)
        if (procedure.code, channel) not in _BY_LIST
        and not _agrees(tariffs, procedure.code, channel, fee, on)
    ]
    assert wrong == []


def _agrees(tariffs: Tariffs, code: str, channel: str, fee: Fee, on: date) -> bool:
    found = tariffs.find(code, None, on, channel)
    if fee.set_by_province:
        return found is not None and found.basis is Basis.SET_BY_PROVINCE
    if fee.amount_vnd is None:
        return found is None
    if fee.amount_vnd == 0:
        return found is not None and found.basis is Basis.FREE
    return found is not None and found.steps[0][1] == fee.amount_vnd


def test_every_procedure_of_a_tariff_stands_in_the_catalogue(tariffs: Tariffs, catalogue: Catalogue) -> None:
    known = {procedure.code for procedure in catalogue.in_force(date(2026, 6, 30))}
    known |= {procedure.code for procedure in catalogue.in_force(DAY)}
    assert {code for row in tariffs.rows for code in row.procedures} <= known


def test_no_two_tariffs_answer_to_the_same_question(tariffs: Tariffs) -> None:
    asked = [
        (code, row.case, channel)
        for row in tariffs.rows
        for code in row.procedures
        for channel in row.channels or CHANNELS.values()
    ]
    assert len(set(asked)) == len(asked)


def test_civil_status_is_free_for_the_three_groups_of_the_law_until_the_new_law(tariffs: Tariffs) -> None:
    def groups(on: date) -> list[str]:
        found = tariffs.get("1.004873", None, on, "counter")
        return [group.name for group in found.exempt]

    law = ["Người thuộc gia đình có công với cách mạng", "Người thuộc hộ nghèo", "Người khuyết tật"]
    assert groups(date(2027, 2, 28)) == law
    assert groups(date(2027, 3, 1)) == []


def test_the_digital_citizens_exemption_holds_only_in_its_months(tariffs: Tariffs) -> None:
    days = (date(2026, 8, 14), date(2026, 8, 15), date(2027, 2, 28), date(2027, 3, 1))
    found = [tariffs.get("2.000635", None, day, "counter").exempt for day in days]
    assert [len(groups) for groups in found] == [0, 1, 1, 0]


def test_registration_by_list_is_a_case_of_its_own(tariffs: Tariffs) -> None:
    alone = charge(tariffs.get("1.004194", None, DAY, "counter"))
    listed = charge(tariffs.get("1.004194", "theo danh sách", DAY, "counter"), cases=12)
    assert (alone.total_vnd, listed.text) == (15_000, "12 người × 10.000đ = 120.000đ")


def test_the_text_is_composed_and_every_word_has_its_line_in_the_readme(text: str) -> None:
    assert unicodedata.normalize("NFC", text) == text
    readme = resource("fees", "README.md").read_text(encoding="utf-8")
    keys = {key for row in json.loads(text)["tariffs"] for key in row}
    assert [name for name in (*keys, *Basis) if f"`{name}`" not in readme] == []
