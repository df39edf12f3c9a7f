"""A dossier's whole life, from the counter to the district, over a real server on loopback."""

from __future__ import annotations

from pathlib import Path

from motcua_desktop.district.holdings import dossiers
from motcua_desktop.district.server import EmbeddedDistrict
from motcua_desktop.domain.dossier import Verb
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.desk import init_desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sending import send_once, summary
from motcua_desktop.services.sheets import SheetKind, draw_sheet, find_dossier
from tests.factories import MARRIAGE_STATUS, moment, office, submission

LIFE = (
    Act(Verb.HAND_OVER, to="Tư pháp – hộ tịch"),
    Act(Verb.ASK_PAPERS, reason="Thiếu giấy kết hôn"),
    Act(Verb.PAPERS_COMPLETE),
    Act(Verb.FINISH, result="12/GXN"),
    Act(Verb.RETURN),
)


def test_every_act_of_a_life_arrives_and_is_sent_once(tmp_path: Path) -> None:
    with EmbeddedDistrict(f"sqlite:///{(tmp_path / 'district.db').as_posix()}") as district:
        desk = init_desk(tmp_path / "desk", office())
        desk.now = lambda: moment("2026-11-20T09:00")
        code = receive(desk, submission(MARRIAGE_STATUS)).dossier.code
        for wanted in LIFE:
            act(desk, code, wanted)
        draw_sheet(desk, find_dossier(desk, code), SheetKind.SUPPLEMENT)
        first = send_once(desk.store, district.url)
        assert summary(desk.store).counts.unsettled == 0
        (held,) = dossiers(district.database, "H18.11.05")
        assert (held.code, held.status) == (code, "returned")
        assert (first.sent, first.refused, send_once(desk.store, district.url).sent) == (8, 0, 0)
        desk.close()
