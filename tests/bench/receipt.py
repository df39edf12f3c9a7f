"""F9 until the dossier is durable and its receipt is drawn, against one commit and one page."""

from __future__ import annotations

import json
import shutil
import tempfile
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from motcua_desktop.assets import resource
from motcua_desktop.documents import codes, page
from motcua_desktop.documents import receipt as drawing
from motcua_desktop.documents.page import MM, PANEL_HEIGHT, Paper
from motcua_desktop.documents.receipt_head import BAR_HEIGHT
from motcua_desktop.domain.dossier import Dossier
from motcua_desktop.services import sheets
from motcua_desktop.services.desk import Desk, open_desk
from motcua_desktop.services.intake import Submission, receive
from motcua_desktop.store import dossiers, ledger
from tests.bench.big_store import big_store
from tests.bench.measure import SHELF, Limit, Ratio, in_turn
from tests.bench.people import people
from tests.factories import BIRTH, PAPERS

DOSSIERS = 5_000
RUNS = 25
IN_A_ROW = 5  # of which a run takes the middle one: warm, as the limit is
ALLOWED = 1.5


def measure() -> list[Ratio]:
    """The ratio, measured on a copy of a store of some thousand dossiers."""
    source = big_store(DOSSIERS)
    with tempfile.TemporaryDirectory(dir=SHELF) as name:
        folder = Path(name)
        shutil.copytree(source, folder / "desk")
        desk = open_desk(folder / "desk")
        try:
            with Limit("receipt.py", folder / "bare.db", resource("fonts")) as limit:
                return [_ratio(desk, limit)]
        finally:
            desk.close()


def _ratio(desk: Desk, limit: Limit) -> Ratio:
    coming = iter(islice(people(), 1_000, None))
    drawn: list[tuple[Dossier, int]] = []

    def one() -> float:
        submission = Submission(BIRTH, next(coming), PAPERS[BIRTH], received_at=desk.now())
        began = perf_counter()
        dossier = receive(desk, submission).dossier
        sheet = sheets.draw_first_receipt(desk, dossier, Paper.A4)
        took = perf_counter() - began
        drawn.append((dossier, len(sheet.pdf)))
        return took

    def ours() -> float:
        drawn.clear()
        return median(one() for _ in range(IN_A_ROW))

    def bare() -> float:
        answers = [limit.ask(job) for job in [_job(desk, dossier) for dossier, _ in drawn]]
        for (_, size), (_, bytes_drawn) in zip(drawn, answers, strict=True):
            if abs(bytes_drawn - size) > size / 10:
                raise AssertionError(f"the limit draws something else: {bytes_drawn:.0f} bytes, not {size}")
        return median(seconds for seconds, _ in answers)

    found, limits = in_turn(RUNS, ours, bare)
    return Ratio("F9 to durable and drawn (A4, both copies)", found, limits, ALLOWED)


def _job(desk: Desk, dossier: Dossier) -> dict[str, object]:
    """The same row and the same page as plain numbers and words."""
    copies = drawing._copies(sheets.receipt_of(dossier, 1))
    panels = drawing._all_panels(copies)
    runs: list[list[object]] = []
    strokes: list[list[object]] = [
        [0.6, [3, 3], "line", 148.5 * MM, 5 * MM, 148.5 * MM, PANEL_HEIGHT - 5 * MM]
    ]
    places: dict[str, list[tuple[float, float]]] = {}
    for side, (marks,) in enumerate(panels):
        left = side * 148.5 * MM
        for mark in marks:
            match mark:
                case page.Run(x, y, face, size, text):
                    runs.append([left + x, PANEL_HEIGHT - y, str(face), size, text])
                case page.Rule(x, y, to_x, to_y, width, dash):
                    ends = (left + x, PANEL_HEIGHT - y, left + to_x, PANEL_HEIGHT - to_y)
                    strokes.append([width, list(dash or ()), "line", *ends])
                case page.Frame(x, y, width, height, stroke):
                    strokes.append([stroke, [], "rect", left + x, PANEL_HEIGHT - y - height, width, height])
                case page.Code(name, x, y, height):
                    at = (codes.snapped(left + x), PANEL_HEIGHT - codes.snapped(y) - height)
                    places.setdefault(name[0], []).append(at)
    return {
        "row": _row(desk, dossier),
        "title": dossier.code,
        "size": Paper.A4.size,
        "runs": runs,
        "strokes": strokes,
        "codes": [
            ["bars", dossier.key, codes.BAR, BAR_HEIGHT, places["B"]],
            ["qr", f"{dossier.key}{dossier.secret}", codes.MODULE, codes.MODULE, places["Q"]],
        ],
    }


def _row(desk: Desk, dossier: Dossier) -> list[str]:
    with desk.store.read() as connection:
        first = ledger.events_of(connection, dossier.id)[0]
        line = dossiers.find(connection, dossier.code)[0]
    personal = dict(first.particulars.data) if first.particulars else {}
    written = (first.body, personal, line._asdict())
    return [first.id, first.hash, dossier.code, *(json.dumps(part, ensure_ascii=False) for part in written)]
