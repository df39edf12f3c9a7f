"""A screen that knows its own keys, in whatever window it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

_CONTROL = Qt.KeyboardModifier.ControlModifier
_OTHERS = (
    Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.MetaModifier
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PageKey = tuple[Qt.Key, bool]  # with Ctrl, or alone


class KeyPage(QWidget):
    """Takes its keys before a shortcut of the window does; `wants` says which of them now."""

    _kept: QWidget | None = None

    def page_keys(self) -> Mapping[PageKey, Callable[[], object]]:
        """What each key does."""
        raise NotImplementedError

    def wants(self, key: PageKey) -> bool:
        """Whether a key of the page means something now; else it is the window's."""
        return True

    def move_on(self) -> None:
        """Enter, where no field took it."""

    def keep_focus(self) -> None:
        """Remember where the officer is before fields are disabled: Qt would put the focus anywhere."""
        focused = QApplication.focusWidget()
        self._kept = focused if focused is not None and self.isAncestorOf(focused) else None

    def give_focus_back(self) -> None:
        """Put the officer where they were, unless they went to another screen meanwhile."""
        if self._kept is not None and self.isVisible():
            self._kept.setFocus()
        self._kept = None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = _key_of(event)
            if key in self.page_keys() and self.wants(key):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = _key_of(event)
        act = self.page_keys().get(key)
        if act is not None and self.wants(key):
            act()
        elif key[0] in _ENTER and not key[1] and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.move_on()
        else:
            super().keyPressEvent(event)


def _key_of(event: QKeyEvent) -> PageKey:
    """The key and whether Ctrl is down; no key of ours where another modifier is."""
    if event.modifiers() & _OTHERS:
        return Qt.Key.Key_unknown, False
    return Qt.Key(event.key()), bool(event.modifiers() & _CONTROL)
