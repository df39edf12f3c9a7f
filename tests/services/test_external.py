"""Codes that other systems give: kept beside ours, and found for ever."""

from __future__ import annotations

import pytest

from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.services.checkup import rebuild
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.external import give_external_code
from motcua_desktop.services.finding import search
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import find_dossier
from tests.factories import submission

PORTAL = "Cổng Dịch vụ công quốc gia"


def test_every_code_of_a_dossier_finds_it_also_after_a_rebuild(desk: Desk) -> None:
    dossier = receive(desk, submission()).dossier
    receive(desk, submission())
    codes = ("G15.9-261120-7001", "TAM-000042", "000.00.12.H03-180725-0001")
    for code in codes:
        give_external_code(desk, dossier.code, PORTAL, code)
    for _ in range(2):
        for code in codes:
            assert find_dossier(desk, code).id == find_dossier(desk, code.lower()).id == dossier.id
            assert [line.id for line in search(desk, code)] == [dossier.id]
        rebuild(desk)
    assert [known.code for known in find_dossier(desk, dossier.code).external_codes] == list(codes)


def test_the_same_code_twice_is_one(desk: Desk) -> None:
    dossier = receive(desk, submission()).dossier
    first = give_external_code(desk, dossier.code, PORTAL, "G15-1")
    assert give_external_code(desk, "G15-1", f" {PORTAL} ", "G15-1\r\n") == first
    assert len(give_external_code(desk, dossier.key, "Một cửa tỉnh", "G15-1").external_codes) == 2


@pytest.mark.parametrize(("system", "code", "field"), [("", "G15-1", "system"), (PORTAL, " ", "code")])
def test_half_a_code_is_refused(desk: Desk, system: str, code: str, field: str) -> None:
    dossier = receive(desk, submission()).dossier
    with pytest.raises(UserFacingError) as told:
        give_external_code(desk, dossier.code, system, code)
    assert (told.value.problem.number, told.value.problem.field) == ("MC-202", field)


def test_a_code_for_a_dossier_that_is_not_here_is_refused(desk: Desk) -> None:
    with pytest.raises(UserFacingError) as told:
        give_external_code(desk, "H18.11.05-261120-0001", PORTAL, "G15-1")
    assert told.value.problem.number == "MC-160"


def test_a_code_that_another_dossier_bears_is_refused_by_that_dossiers_name(desk: Desk) -> None:
    first, second = (receive(desk, submission()).dossier for _ in range(2))
    give_external_code(desk, first.code, PORTAL, "G15-1")
    with pytest.raises(UserFacingError) as told:
        give_external_code(desk, second.code, PORTAL, "g15-1")
    assert (told.value.problem.number, told.value.problem.params["code"]) == ("MC-162", first.code)
    assert find_dossier(desk, second.code).external_codes == ()
