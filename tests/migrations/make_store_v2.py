"""Makes `store-v2.db`, the store of an invented desk as schema version 2 wrote it. Run once a released schema.

python -m tests.migrations.make_store_v2
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch

from motcua_desktop.domain.dossier import Verb
from motcua_desktop.services.acts import Act, Collector, act
from motcua_desktop.services.desk import change_office, init_desk
from motcua_desktop.services.intake import receive
from tests.factories import COPIES, MARRIAGE_STATUS, moment, office, person, submission

HERE = Path(__file__).parent
FILE = HERE / "store-v2.db"
NOON_MS = 1_795_150_800_000


def make(folder: Path) -> None:
    """Two dossiers of an invented desk: one through most of a life, one given back at once."""
    desk = init_desk(folder, office())
    times = (moment("2026-11-20T08:00") + timedelta(minutes=7 * n) for n in count())
    desk.now = lambda: next(times)
    change_office(desk, {"leaders": ["Lý Văn Hải"]})
    first = receive(desk, submission(MARRIAGE_STATUS, person("Vàng A Dế", "011091000001"))).dossier.id
    second = receive(desk, submission(COPIES, person("H'Hen Niê", "066195000002", gender="Nữ"))).dossier.id
    for wanted in (
        Act(Verb.HAND_OVER, to="Tư pháp – hộ tịch"),
        Act(Verb.ASK_PAPERS, reason="Thiếu giấy xác nhận"),
        Act(Verb.PAPERS_COMPLETE),
        Act(Verb.FINISH, result="12/GXN"),
        Act(Verb.PAID, amount_vnd=15_000),
        Act(Verb.RETURN, collector=Collector("Vàng A Dế", "011091000001", proof="card")),
        Act(Verb.TAKE_BACK, reason="Nhầm bản"),
    ):
        act(desk, first, wanted)
    act(desk, second, Act(Verb.HAND_OVER, to="Tư pháp – hộ tịch"))
    desk.close()


def main() -> None:
    wall = count(NOON_MS, 60_000)
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("motcua_desktop.domain.clock.now_ms", lambda: next(wall)),
    ):
        make(Path(folder))
        FILE.write_bytes((Path(folder) / "motcua.db").read_bytes())
    print(FILE.name, FILE.stat().st_size)


if __name__ == "__main__":
    main()
