from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua_desktop.district.database import Database
from motcua_desktop.store.store import Store
from motcua_desktop.sync.run import Report, run_once
from tests.sync.desks import opened
from tests.sync.direct import Clock, DirectHub


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    """A desk's empty store."""
    with opened(tmp_path / "desk.db") as store:
        yield store


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Database]:
    """A district's empty store."""
    database = Database(f"sqlite:///{(tmp_path / 'district.db').as_posix()}")
    yield database
    database.close()


@pytest.fixture
def now() -> Clock:
    return Clock()


@pytest.fixture
def run(desk: Store, now: Clock) -> Callable[..., Report]:
    def once(hub: DirectHub, **more: Any) -> Report:
        return run_once(desk, hub, now=now, chance=lambda: 0.0, **more)

    return once
