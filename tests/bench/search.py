"""The one search on half a million dossiers, against the bare FTS5 query it rests on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from statistics import median

from motcua_desktop.services.desk import STORE_NAME, Desk, open_desk
from motcua_desktop.services.finding import search, tidy
from motcua_desktop.store.dossiers import match_query
from tests.bench.big_store import big_store
from tests.bench.measure import Limit, Ratio, in_turn, p95, timed

DOSSIERS = 500_000
RUNS = 15
ALLOWED = 1.5
QUERIES = Path(__file__).with_name("queries.txt")


def measure() -> list[Ratio]:
    """Median and p95 of the committed queries; each run asks all of them."""
    folder = big_store(DOSSIERS)
    desk = open_desk(folder)
    try:
        tidy(desk)  # as the window does soon after it was opened
        with Limit("search.py", folder.with_suffix(".search.db"), folder / STORE_NAME) as limit:
            return _ratios(desk, limit)
    finally:
        desk.close()


def _ratios(desk: Desk, limit: Limit) -> list[Ratio]:
    queries = QUERIES.read_text(encoding="utf-8").splitlines()
    matches = [match_query(query) for query in queries]
    for query, match in zip(queries, matches, strict=True):
        if len(search(desk, query)) != limit.ask(match)[1]:
            raise AssertionError(f"the limit finds something else for {query!r}")
    ours: list[list[float]] = []
    bare: list[list[float]] = []

    def our_run() -> float:
        ours.append([timed(partial(search, desk, query)) for query in queries])
        return median(ours[-1])

    def bare_run() -> float:
        bare.append([limit.ask(match)[0] for match in matches])
        return median(bare[-1])

    found, limits = in_turn(RUNS, our_run, bare_run)
    ours_late, bare_late = ([p95(run) for run in runs[1:]] for runs in (ours, bare))
    return [
        Ratio("search at 500,000: median of 200 queries", found, limits, ALLOWED),
        Ratio("search at 500,000: p95 of 200 queries", ours_late, bare_late, ALLOWED),
    ]
