"""Keys as a person or a scanner sends them: to the window, not to a widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

PATIENCE_MS = 20_000
_NONE = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Sends keys to a window and counts those that a person would have pressed."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.pressed = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """One key with its modifiers; function keys reach the window's shortcuts."""
        self.pressed += 1
        QTest.keyClick(self._window.windowHandle(), key, modifiers)

    def type(self, text: str) -> None:
        """Letters one after the other, slowly enough to be a person's."""
        for character in text:
            self.pressed += 1
            self._send(character)
            self.settle()

    def scan(self, text: str) -> None:
        """A scanner's burst: every character at once, then Enter."""
        for character in text:
            self._send(character)
        self._send("\r", Qt.Key.Key_Return)

    def settle(self) -> None:
        """Let a held key through: nothing follows it."""
        catcher = getattr(self._window, "catcher", None)
        if catcher is not None:
            wait_until(lambda: not catcher.is_holding)
        QCoreApplication.processEvents()

    def _send(self, text: str, key: Qt.Key | None = None) -> None:
        code = key if key is not None else (ord(text.upper()) if text.isascii() else 0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(self._window.windowHandle(), QKeyEvent(kind, code, _NONE, text))


def wait_until(holds: Callable[[], bool], patience_ms: int = PATIENCE_MS) -> None:
    """Run the event loop until something holds; raises TimeoutError when it never does."""
    deadline = QDeadlineTimer(patience_ms)
    while not holds():
        if deadline.hasExpired():
            raise TimeoutError("the window did not get there")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
