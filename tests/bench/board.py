"""The deadline board over a hundred thousand open dossiers, against the bare query for the rows it shows."""

from __future__ import annotations

from functools import partial
from statistics import median

from motcua_desktop.services.board import board
from motcua_desktop.services.desk import STORE_NAME, Desk, open_desk
from tests.bench.big_store import big_store
from tests.bench.measure import Limit, Ratio, in_turn, timed
from ui.board.presenter import PAGE

DOSSIERS = 100_000
RUNS = 25
IN_A_ROW = 20  # a board is read in a millisecond: a run is the middle one of these
SCREEN = 20  # rows that are in sight at once: only of these the working time left is reckoned
ALLOWED = 1.5


def measure() -> list[Ratio]:
    """One page of the board as the window reads it, and with what the screen shows of it reckoned."""
    folder = big_store(DOSSIERS)
    desk = open_desk(folder)
    try:
        with Limit("board.py", folder.with_suffix(".board.db"), folder / STORE_NAME) as limit:
            return _ratios(desk, limit)
    finally:
        desk.close()


def _ratios(desk: Desk, limit: Limit) -> list[Ratio]:
    if len(board(desk, limit=PAGE)) != PAGE or limit.ask(str(PAGE))[1] != PAGE:
        raise AssertionError("the board and its limit do not show the same number of rows")

    def ours() -> float:
        return median(timed(partial(_shown, desk)) for _ in range(IN_A_ROW))

    def bare() -> float:
        return median(limit.ask(str(PAGE))[0] for _ in range(IN_A_ROW))

    found, limits = in_turn(RUNS, ours, bare)
    return [Ratio(f"board at 100,000 open: {PAGE} rows", found, limits, ALLOWED)]


def _shown(desk: Desk) -> None:
    """The rows of a page, and urgency and working time left of those in sight."""
    for line in board(desk, limit=PAGE)[:SCREEN]:
        line.urgency, line.left  # noqa: B018  what a table asks for when it paints them
