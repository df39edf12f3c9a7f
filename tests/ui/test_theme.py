"""The style sheet, in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from ui.theme import DARK, LIGHT, Theme, _sheet


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_qt_can_read_the_style_sheet(theme: Theme, qtbot: object) -> None:
    said: list[str] = []
    before = qInstallMessageHandler(lambda kind, context, message: said.append(message))
    try:
        widget = QWidget()
        widget.setStyleSheet(_sheet(theme))
        widget.ensurePolished()
        good = list(said)
        widget.setStyleSheet(_sheet(theme) + "}}")
        widget.ensurePolished()
    finally:
        qInstallMessageHandler(before)
    assert good == []
    assert said != []  # a broken one would have been told of
