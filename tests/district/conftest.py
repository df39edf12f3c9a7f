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
def store_url(tmp_path: Path) -> str:
    """Where a district of this test keeps its things."""
    return f"sqlite:///{(tmp_path / 'district.db').as_posix()}"


@pytest.fixture
def district(store_url: str) -> Iterator[Database]:
    """A district's empty store."""
    database = Database(store_url)
    yield database
    database.close()
