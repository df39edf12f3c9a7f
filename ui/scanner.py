"""A scanner that types: its burst is caught before any widget, or any shortcut of a widget, can see it.

A scanner sends 8 or more characters some milliseconds apart and ends with Enter or Tab; people type at 60 ms
and more. The first key is held for a moment: if no other follows at once it is let through, in order, as it came.
Without holding, the spaces of a name press whatever button has the focus.
"""

from __future__ import annotations

from statistics import median

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

SHORTEST_SCAN = 8
LONGEST_GAP_MS = 35  # between two characters of one scan
HOLD_MS = 40  # how long a first key waits for a second one
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class ScanCatcher(QObject):
    """An event filter for the whole application; `scanned` carries the text of each burst."""

    scanned = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._held: list[QKeyEvent] = []
        self._text = ""
        self._times: list[int] = []
        self._releasing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._no_more)
        self._clock = _Clock()
        app.installEventFilter(self)

    @property
    def is_holding(self) -> bool:
        """Whether a key waits to be let through."""
        return bool(self._held)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._releasing or kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(receiver, QWindow | QWidget):
            return False
        if kind == QEvent.Type.KeyRelease:
            return self._keep_release(event)
        return self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        if self._held and event.key() in _ENDS and self._is_burst():
            text = self._text
            self._forget()
            self.scanned.emit(text)
            return True
        if event.isAutoRepeat() or not _is_character(event):
            self._let_through()
            return False
        if self._times and self._clock.ms() - self._times[-1] > LONGEST_GAP_MS * 2:
            self._let_through()
        self._held.append(event.clone())
        self._text += event.text()
        self._times.append(self._clock.ms())
        self._timer.start(HOLD_MS)
        return True

    def _keep_release(self, event: QKeyEvent) -> bool:
        if not self._held:
            return False
        self._held.append(event.clone())
        return True

    def _is_burst(self) -> bool:
        if len(self._text) < SHORTEST_SCAN:
            return False
        gaps = [later - earlier for earlier, later in zip(self._times, self._times[1:], strict=False)]
        return median(gaps) <= LONGEST_GAP_MS

    def _no_more(self) -> None:
        """No further key came: people typed it, or a scanner that ends with nothing."""
        if self._is_burst() and _looks_scanned(self._text):
            text = self._text
            self._forget()
            self.scanned.emit(text)
        else:
            self._let_through()

    def _let_through(self) -> None:
        held = self._held
        self._forget()
        self._releasing = True
        try:
            for event in held:
                target = QApplication.focusWidget() or QGuiApplication.focusWindow()
                if target is not None:
                    QCoreApplication.sendEvent(target, event)
        finally:
            self._releasing = False

    def _forget(self) -> None:
        self._timer.stop()
        self._held, self._text, self._times = [], "", []


class _Clock:
    def __init__(self) -> None:
        self._timer = QElapsedTimer()
        self._timer.start()

    def ms(self) -> int:
        return self._timer.elapsed()


def _is_character(event: QKeyEvent) -> bool:
    text = event.text()
    return bool(text) and text.isprintable() and not event.modifiers() & _COMMANDS


def _looks_scanned(text: str) -> bool:
    return "|" in text or (text.isascii() and text.isdigit())
