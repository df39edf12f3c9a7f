"""The office's own rules in one screen: its list of procedures, its days off, and about its forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout

from motcua_desktop.i18n import gettext as _
from ui.office.calendar_card import CalendarTab
from ui.office.catalogue_card import CatalogueTab
from ui.office.forms_card import FormsTab
from ui.page_keys import KeyPage, PageKey
from ui.parts import MessageStrip
from ui.workbench import Workbench

_KINDS = frozenset({".xlsx", ".csv", ".json"})
_F9, _ESC, _NEXT = (Qt.Key.Key_F9, False), (Qt.Key.Key_Escape, False), (Qt.Key.Key_Tab, True)


class OfficePage(KeyPage):
    """Three tabs; Ctrl+Tab leads to the next one. What F9 confirms stands on the button of the tab in sight."""

    changed = Signal()
    opened = Signal(str)  # a code

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self.setAccessibleName(_("Office"))
        self.setAcceptDrops(True)
        self.catalogue = CatalogueTab(bench, strip)
        self.calendar = CalendarTab(bench, strip)
        self.forms = FormsTab(bench, strip)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of the office's rules"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.parts = QStackedWidget()
        named = (
            (self.catalogue, _("&Procedures")),
            (self.calendar, _("&Days off")),
            (self.forms, _("For&ms")),
        )
        for part, name in named:
            self.parts.addWidget(part)
            self.tabs.addTab(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.tabs)
        column.addWidget(self.parts, 1)
        self.tabs.currentChanged.connect(self._turned)
        self.catalogue.changed.connect(self.changed)
        self.calendar.changed.connect(self.changed)
        self.calendar.opened.connect(self.opened)

    def activate(self) -> None:
        """Called when the page comes into sight."""
        self._part().activate()

    def commit(self) -> None:
        """F9, for the tab in sight."""
        part = self._part()
        if not isinstance(part, FormsTab):
            part.commit()

    def escape(self) -> bool:
        """Esc; False where the tab in sight has nothing to put away."""
        part = self._part()
        return not isinstance(part, FormsTab) and part.escape()

    def page_keys(self) -> Mapping[PageKey, Callable[[], object]]:
        return {_F9: self.commit, _ESC: self.escape, _NEXT: self._next_tab}

    def wants(self, key: PageKey) -> bool:
        """F9 and Esc are the window's where the tab in sight has no use for them."""
        if key == _NEXT:
            return True
        if self.parts.currentWidget() is self.forms:
            return False
        return key == _F9 or self._has_draft()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that is held down confirms once: the second F9 moves dates."""
        if event.isAutoRepeat() and event.key() == _F9[0]:
            event.accept()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A list dropped anywhere on the screen is read and shown."""
        path = _dropped(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.tabs.setCurrentIndex(0)
            self.catalogue.take(path)

    def _part(self) -> CatalogueTab | CalendarTab | FormsTab:
        return (self.catalogue, self.calendar, self.forms)[self.parts.currentIndex()]

    def _has_draft(self) -> bool:
        if self.parts.currentWidget() is self.catalogue:
            return self.catalogue.presenter.has_draft
        return self.calendar.has_draft

    def _next_tab(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def _turned(self, place: int) -> None:
        self.parts.setCurrentIndex(place)
        self._part().activate()


def _dropped(data: QMimeData) -> str:
    """The one list among what is dragged; "" for anything else."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and Path(paths[0]).suffix.lower() in _KINDS else ""
