"""Makes `store-v1.db`, the store of an invented desk as schema version 1 wrote it. Run once a released schema.

python -m tests.migrations.make_store_v1
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch

from motcua_desktop.documents.page import Paper
from motcua_desktop.services.calendar import decide_day
from motcua_desktop.services.desk import init_desk
from motcua_desktop.services.external import give_external_code
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import draw_first_receipt, draw_reprint
from motcua_desktop.store import ledger
from tests.factories import BIRTH, COPIES, MARRIAGE_STATUS, decision, moment, office, person, submission

HERE = Path(__file__).parent
FILE = HERE / "store-v1.db"
NOON_MS = 1_795_150_800_000


def make(folder: Path) -> None:
    """A day of an invented desk: prints, a reprint, a code given elsewhere, an erasure, a day decision."""
    desk = init_desk(folder, office())
    times = (moment("2026-11-20T08:00") + timedelta(minutes=7 * n) for n in count())
    desk.now = lambda: next(times)
    first = receive(desk, submission(COPIES, person("Vàng A Dế", "011091000001", phone="0912345678")))
    second = receive(desk, submission(BIRTH, person("H'Hen Niê", "066195000002", gender="Nữ"), note="Đã hẹn"))
    third = receive(
        desk, submission(MARRIAGE_STATUS, person("Đặng Thị Thúy", "011191000003"), request_id="r-3")
    )
    draw_first_receipt(desk, first.dossier, Paper.A5)
    draw_reprint(desk, first.dossier, Paper.A4)
    draw_first_receipt(desk, third.dossier, Paper.A5)
    give_external_code(desk, third.dossier.code, "Cổng Dịch vụ công quốc gia", "G15.9-261120-7001")
    decide_day(desk, decision("2026-11-25"))
    with desk.store.write() as transaction:
        erased, when = second.dossier.heads[0], desk.now().isoformat()
        ledger.erase_particulars(transaction, desk.chain, erased, desk.office.officer, "Theo yêu cầu", when)
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
