"""The rail on the left: one button a screen, its key under its name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QFrame, QToolButton, QVBoxLayout

from motcua_desktop.i18n import gettext as _
from ui.theme import BASE_POINTS, enlarge, icon, theme_in_use

RAIL_WIDTH = 92
ICON = 26


class Rail(QFrame):
    """`wanted` carries the name of the screen whose button was pressed."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(int(RAIL_WIDTH * max(1.0, QApplication.font().pointSizeF() / BASE_POINTS)))
        self.setAccessibleName(_("Screens"))
        self.buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        group = QButtonGroup(self)
        for name, picture, text, key in _places():
            button = self._button(name, picture, text, key)
            group.addButton(button)
            column.addWidget(button)
            self.buttons[name] = button
        column.addStretch(1)

    def mark(self, name: str) -> None:
        """Show which screen is in sight; one without a button leaves the mark where the officer came from."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    def _button(self, name: str, picture: str, text: str, key: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("railButton")
        button.setCheckable(True)
        button.setText(f"{text}\n{key}")
        button.setAccessibleName(f"{text} {key}")
        button.setIcon(icon(picture, theme_in_use().rail_text, ICON))
        button.setIconSize(QSize(ICON, ICON))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        enlarge(button, 0.88)
        button.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        button.clicked.connect(lambda checked: self.wanted.emit(name))
        return button


def _places() -> tuple[tuple[str, str, str, str], ...]:
    return (
        ("counter", "clipboard-plus", _("Receive"), "F2"),
        ("returning", "package-export", _("Return"), "F3"),
        ("search", "search", _("Search"), "F4"),
        ("board", "calendar-due", _("Deadlines"), "F6"),
        ("outbox", "cloud-upload", _("Sending"), "F7"),
        ("office", "calendar-off", _("Lists"), "F11"),
        ("quick", "clock", _("Quick lane"), "F12"),
    )
