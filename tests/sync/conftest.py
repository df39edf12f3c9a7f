from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua_desktop.district.database import Database
from motcua_desktop.store.store import Store
from tests.sync.desks import opened


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
