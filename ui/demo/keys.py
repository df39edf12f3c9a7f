"""Keys as a person or a scanner sends them: to the window, not to a widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from ui.scanner import LATE_END_MS

PATIENCE_MS = 20_000
TYPING_MS, SCANNING_MS = 90, 4  # between two characters: what a person and what a scanner take
_NONE = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Sends keys to a window and counts those that a person would have pressed."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._clock_ms = 1
        self.pressed = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """One key with its modifiers; function keys reach the window's shortcuts."""
        self.pressed += 1
        QTest.keyClick(self._window.windowHandle(), key, modifiers)

    def type(self, text: str) -> None:
        """Letters one after the other, each with the time at which a person would have struck it."""
        for character in text:
            self.pressed += 1
            self._send(character, TYPING_MS)

    def scan(self, text: str) -> None:
        """A scanner's burst, then Enter."""
        self.settle()
        for character in text:
            self._send(character, SCANNING_MS)
        self._send("\r", SCANNING_MS, Qt.Key.Key_Return)

    def look_up(self) -> None:
        """The moment that a person needs after a scan; what comes sooner belongs to the scanner."""
        deadline = QDeadlineTimer(2 * LATE_END_MS)
        wait_until(deadline.hasExpired)

    def settle(self) -> None:
        """Let the last key through: nothing follows it."""
        catcher = getattr(self._window, "catcher", None)
        if catcher is not None:
            wait_until(lambda: not catcher.is_holding)
        QCoreApplication.processEvents()

    def _send(self, text: str, after_ms: int, key: Qt.Key | None = None) -> None:
        code = key if key is not None else (ord(text.upper()) if text.isascii() else 0)
        self._clock_ms += after_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, _NONE, text)
            event.setTimestamp(self._clock_ms)
            QCoreApplication.sendEvent(self._window.windowHandle(), event)


def wait_until(holds: Callable[[], bool], patience_ms: int = PATIENCE_MS) -> None:
    """Run the event loop until something holds; raises TimeoutError when it never does."""
    deadline = QDeadlineTimer(patience_ms)
    while not holds():
        if deadline.hasExpired():
            raise TimeoutError("the window did not get there")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
