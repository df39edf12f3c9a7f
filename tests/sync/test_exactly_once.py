"""Whatever happens on the way, in whatever order: afterwards each dossier is there exactly once."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from motcua_desktop.district.database import Database
from motcua_desktop.district.tables import DOSSIER, EVENT, PARTICULARS
from motcua_desktop.store.store import Store
from motcua_desktop.sync.hub import Setback, Trouble
from motcua_desktop.sync.run import run_once
from tests.sync.desks import opened, receive_dossiers, states
from tests.sync.direct import DirectHub, Fault, KilledError

_SETBACKS = [Setback(trouble) for trouble in Trouble] + [Setback(Trouble.BUSY, retry_after_s=30)]
_ON_THE_WAY = ["well", "lost answer", "killed before", "killed after"]
_STEPS = st.one_of(
    st.integers(1, 12),  # so many dossiers come to the counter
    st.just("new epoch"),
    st.lists(st.sampled_from([*_ON_THE_WAY, *_SETBACKS]), max_size=6),
)


def fault(hub: DirectHub, name: object) -> Fault | None:
    if isinstance(name, Setback):
        return name
    named = {
        "lost answer": hub.lose_the_answer,
        "killed before": KilledError(),
        "killed after": hub.die_after,
    }
    return named.get(str(name))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_STEPS, max_size=8))
def test_after_any_faults_a_clean_run_leaves_each_dossier_there_once(steps: list[object]) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "desk.db") as desk:
        database = Database(f"sqlite:///{(Path(folder) / 'district.db').as_posix()}")
        with contextlib.closing(database):
            live(desk, database, steps)


def live(desk: Store, database: Database, steps: list[object]) -> None:
    hub, received, now = DirectHub(database), 0, 1_795_000_000_000
    for step in steps:
        now += 3_600_000
        if isinstance(step, int):
            receive_dossiers(desk, range(received, received + step))
            received += step
        elif step == "new epoch":
            database.begin_epoch()
        elif isinstance(step, list):
            hub.faults = [fault(hub, name) for name in step]
            with contextlib.suppress(KilledError):
                run_once(desk, hub, insist=True, now=lambda now=now: now)  # type: ignore[misc]
    hub.faults.clear()
    report = run_once(desk, hub, now=lambda: now + 7_200_000)
    assert (report.waiting, report.refused, report.problem) == (0, 0, None)
    assert set(states(desk)) <= {"accepted"}
    with database.read() as connection:
        for table in (EVENT, DOSSIER, PARTICULARS):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == received
    asked = len(hub.sizes)
    assert run_once(desk, hub, now=lambda: now + 7_200_000).sent == 0
    assert len(hub.sizes) == asked
