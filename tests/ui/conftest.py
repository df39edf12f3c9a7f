"""The application is dressed once; each test gets a window on a store of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from motcua_desktop import i18n
from motcua_desktop.services import desk as desks
from tests.ui.windows import Sitting, a_window, known_citizen
from ui.app import make_application


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """pytest-qt's application in the dress of the program."""
    assert make_application() is qapp
    return qapp


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, no data folder and no language of the machine that runs the tests."""
    monkeypatch.delenv(desks.KEY_VARIABLE, raising=False)
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setattr(i18n, "_chosen", "vi")


@pytest.fixture
def sitting(qapp: QApplication, tmp_path: Path) -> Iterator[Sitting]:
    """A morning on which one citizen is known from two days ago."""
    with a_window(tmp_path, known_citizen()) as sat:
        yield sat
