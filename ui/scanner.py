"""A scanner that types: its burst is caught before any widget, or any shortcut of a widget, can see it.

A scanner sends 8 or more characters some milliseconds apart and ends with Enter or Tab; people type at 60 ms
and more. The first key is held for a moment: if no other follows at once it is let through, in order, as it came.
Without holding, the spaces of a name press whatever button has the focus.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

SHORTEST_SCAN = 8
LONGEST_GAP_MS = 35  # between two characters of one scan
HOLD_MS = 40  # how long a first key waits for a second one
LATE_END_MS = 150  # sooner after a scan nobody presses Enter
_ENDS = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab))
_MODIFIERS = frozenset(
    (
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    )
)
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_KEYS = frozenset((QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride))
# What a held key must not be overtaken by, or it would reach another field, or the same one in wrong order.
_OVERTAKERS = frozenset(
    (QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress, QEvent.Type.WindowDeactivate, QEvent.Type.Close)
)


class ScanCatcher(QObject):
    """An event filter for the whole application, once it watches and as long as `parent` lives.

    `scanned` carries the text of each burst; `was_altered` says whether an input method rewrote a part of it.
    """

    scanned = Signal(str)

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self.was_altered = False
        self._held: list[QKeyEvent] = []
        self._text = ""
        self._stamps: list[int] = []
        self._last_ms = 0  # when the last character was looked at, on our own clock
        self._altered = False
        self._stalled = False
        self._just_scanned = False
        self._releasing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._no_more)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._app = app

    def watch(self) -> None:
        """Begin. Not before the window can be typed into: 25 ms go by when all events of its making pass here."""
        self._app.installEventFilter(self)

    @property
    def is_holding(self) -> bool:
        """Whether a key waits to be let through."""
        return bool(self._held)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _OVERTAKERS and self._held and not self._releasing:
            self._let_through()
            return False
        if self._releasing or kind not in _KEYS:
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(receiver, QWindow | QWidget):
            return False
        if event.key() in _MODIFIERS:
            if self._held:  # a scanner presses Shift within its burst, and takes time for it
                self._timer.start(HOLD_MS)
            return False
        if kind == QEvent.Type.KeyRelease:
            return self._keep_release(event)
        if kind == QEvent.Type.ShortcutOverride:
            return self._make_way(event)
        return self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        now = self._clock.elapsed()
        if event.key() in _ENDS:
            if self._is_burst():
                self._scan()
                return True
            if self._just_scanned and now - self._last_ms <= LATE_END_MS:
                return True  # the second of two keys that end a scan, or an end that came late
        self._just_scanned = False
        if not self._belongs(event):
            self._let_through()
            return False
        stamp = event.timestamp() or now
        if self._held and stamp - self._stamps[-1] > now - self._last_ms + 2 * LONGEST_GAP_MS:
            self._let_through()  # typed one by one while the window was busy
        self._hold(event, stamp, now)
        return True

    def _belongs(self, event: QKeyEvent) -> bool:
        """Whether a key may be a part of a scan; an input method's own backspace is, after a first character."""
        if event.isAutoRepeat() and not self._held:
            return False
        return _is_character(event) or (_is_backspace(event) and bool(self._held))

    def _hold(self, event: QKeyEvent, stamp: int, now: int) -> None:
        self._held.append(event.clone())
        if _is_backspace(event):
            self._text, self._altered = self._text[:-1], True
        else:
            self._text += event.text()
        self._stamps.append(stamp)
        self._last_ms, self._stalled = now, False
        self._timer.start(HOLD_MS)

    def _keep_release(self, event: QKeyEvent) -> bool:
        """Hold the release of a held key; one whose press was delivered is delivered too."""
        pressed = any(held.key() == event.key() for held in self._held)
        if pressed:
            self._held.append(event.clone())
        return pressed

    def _make_way(self, event: QKeyEvent) -> bool:
        """A shortcut is about to act: what was typed before it comes first."""
        if self._held and event.key() not in _ENDS and not self._belongs(event):
            self._let_through()
        return False

    def _is_burst(self) -> bool:
        if len(self._text) < SHORTEST_SCAN:
            return False
        gaps = [later - earlier for earlier, later in zip(self._stamps, self._stamps[1:], strict=False)]
        from statistics import median  # slow to import: no window waits for it

        return median(gaps) <= LONGEST_GAP_MS

    def _no_more(self) -> None:
        """No further key came: people typed it, or a scanner that ends with nothing."""
        late = self._clock.elapsed() - self._last_ms > HOLD_MS + LONGEST_GAP_MS
        if late and not self._stalled:
            self._stalled = True
            self._timer.start(0)  # the window was busy: what waits in the queue first
        elif self._is_burst() and (_looks_scanned(self._text) or not _text_is_wanted()):
            self._scan()
        else:
            self._let_through()

    def _scan(self) -> None:
        text, self.was_altered = self._text, self._altered
        self._forget()
        self.scanned.emit(text)
        self._just_scanned, self._last_ms = True, self._clock.elapsed()

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
        self._held, self._text, self._stamps = [], "", []
        self._altered = self._stalled = False


def _is_character(event: QKeyEvent) -> bool:
    text = event.text()
    return bool(text) and text.isprintable() and not event.modifiers() & _COMMANDS


def _is_backspace(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Backspace and not event.modifiers() & _COMMANDS


def _looks_scanned(text: str) -> bool:
    return "|" in text or (text.isascii() and text.isdigit())


def _text_is_wanted() -> bool:
    """Whether the focus is where text can be entered, by a text expander for instance."""
    return isinstance(QApplication.focusWidget(), QLineEdit | QTextEdit | QPlainTextEdit)
