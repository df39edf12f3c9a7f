"""One page alone in a window, with a scanner listening and the shortcuts of a shell around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from motcua_desktop.domain.card import NotACard, read_card
from motcua_desktop.domain.procedure import Catalogue
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services.desk import Desk, init_desk
from tests.factories import moment, office
from tests.ui.windows import FRIDAY, Watch
from ui.demo.day import SampleClock
from ui.demo.keys import Keyboard, wait_until
from ui.parts import MessageStrip
from ui.scanner import LATE_END_MS, ScanCatcher
from ui.workbench import Workbench

SHELL_KEYS = ("F9", "Esc", "Ctrl+U")


class BareWindow(QMainWindow):
    """Hands every scan to its page, and notes which keys the page left to it."""

    def __init__(self, app: QApplication, bench: Workbench, make: Callable[..., Any]) -> None:
        super().__init__()
        self.strip = MessageStrip()
        self.page = make(bench, self.strip)
        self.left_over: list[str] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addWidget(self.page, 1)
        column.addWidget(self.strip)
        self.setCentralWidget(inside)
        for key in SHELL_KEYS:
            QShortcut(QKeySequence(key), self, lambda key=key: self.left_over.append(key))
        self.catcher = ScanCatcher(app, self)
        self.catcher.scanned.connect(self._scanned)
        self.resize(1366, 728)

    def _scanned(self, text: str) -> None:
        found = read_card(text)
        if not isinstance(found, NotACard):
            self.page.card_scanned(found, doubtful=self.catcher.was_altered)
        elif found.key is not None:
            self.page.key_scanned(found.key)


@dataclass
class Seat:
    """An officer before one page."""

    window: BareWindow
    bench: Workbench
    clock: SampleClock
    keys: Keyboard
    watch: Watch
    receipts: Path

    @property
    def page(self) -> Any:
        return self.window.page

    @property
    def desk(self) -> Desk:
        return self.bench.desk

    @property
    def strip(self) -> MessageStrip:
        return self.window.strip

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    def settle(self) -> None:
        """Wait until no key is held and no work is under way."""
        self.keys.settle()
        wait_until(lambda: not self.bench.is_busy)

    def press(self, *keys: Any) -> None:
        """Keys one after the other, each with what it set in motion; a pair is a key with its modifier."""
        for key in keys:
            self.keys.press(*(key if isinstance(key, tuple) else (key,)))
            self.settle()

    def scan(self, text: str) -> None:
        """A scan, and the glance at the screen before anybody presses Enter."""
        self.keys.scan(text)
        self.settle()
        catcher = self.window.catcher
        wait_until(lambda: catcher._clock.elapsed() - catcher._last_ms > LATE_END_MS)


def given_at_once(desk: Desk, *codes: str) -> None:
    """Only these are given out at once, whatever the shipped catalogue says."""
    procedures = (replace(p, immediate=p.code in codes) for p in desk.catalogue.in_force(desk.now().date()))
    desk.__dict__["_shipped"], desk._catalogue = Catalogue(procedures), None


@contextmanager
def a_seat(folder: Path, make: Callable[..., Any], prepare: Callable[[Desk], None]) -> Iterator[Seat]:
    """A page on a fresh store that `prepare` filled; ends without a trace."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    receipts = folder / "receipts"
    receipts.mkdir()
    desk = init_desk(folder / "desk", office())
    clock = SampleClock(moment(FRIDAY))
    desk.now = clock
    prepare(desk)
    bench = Workbench(desk, FolderPrinter(receipts))
    window = BareWindow(app, bench, make)
    window.show()
    window.activateWindow()
    wait_until(window.isActiveWindow)
    window.catcher.watch()
    watch = Watch(app)
    seat = Seat(window, bench, clock, Keyboard(window), watch, receipts)
    window.page.activate()
    try:
        seat.settle()
        yield seat
        seat.settle()
    finally:
        app.removeEventFilter(watch)
        app.removeEventFilter(window.catcher)
        window.close()
        bench.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        app.processEvents()
    assert watch.unwanted == []
