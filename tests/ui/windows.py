"""A window at work on a store of its own, the keys of an officer, and somebody who watches what happens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from motcua_desktop.domain.dossier import Dossier
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.printing.port import Outcome, Printer, PrinterState
from motcua_desktop.services import finding
from motcua_desktop.services.desk import Desk, init_desk
from motcua_desktop.services.finding import DossierLine
from motcua_desktop.services.intake import Submission, receive
from motcua_desktop.services.sheets import find_dossier
from tests.factories import COPIES, moment, office, submission
from ui.demo.day import SampleClock
from ui.demo.keys import Keyboard, wait_until
from ui.shell.window import MainWindow
from ui.workbench import Workbench

RETURNING = "011091000001||Vàng A Dế|15031991|Nam|Bản Tả Phìn, xã Tả Phìn, tỉnh Điện Biên|22122021"
NEW = "011185000021||Giàng Thị Mỷ|02091985|Nữ|Bản Nậm Đích, xã Tả Phìn, tỉnh Điện Biên|14022022"
THIRD = "011070000035|011234567|Lò Văn Mẫu|01011970|Nam|Bản Huổi Lóng, xã Tả Phìn, tỉnh Điện Biên|03032023"
FRIDAY = "2026-11-20T09:47"
ENTER, ESCAPE, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Down
F9 = Qt.Key.Key_F9
CONTROL = Qt.KeyboardModifier.ControlModifier
_LANES = ("writing", "looking", "printing", "net")


class Watch(QObject):
    """Counts keys as they reach the application, and notes every mouse event and every modal window."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.keys = 0
        self.unwanted: list[str] = []
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Shortcut or (
            kind == QEvent.Type.KeyPress and isinstance(receiver, QWindow)
        ):  # a key that is a shortcut is not delivered as a key
            self.keys += 1
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel):
            self.unwanted.append(f"{kind} to {receiver!r}")
        if self._app.activeModalWidget() is not None:
            self.unwanted.append(f"modal {self._app.activeModalWidget()!r}")
        return False


@dataclass
class BrokenPrinter:
    """A printer whose driver raises."""

    name: str = "HP M12"

    def send(self, pdf: bytes, title: str, paper: str) -> Outcome:
        raise RuntimeError("the driver broke")

    def state(self) -> PrinterState:
        raise RuntimeError("the driver broke")


@dataclass
class SlowPrinter:
    """A printer that holds every sheet until it is let go."""

    behind: FolderPrinter
    go: threading.Event = field(default_factory=threading.Event)
    held: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    @property
    def name(self) -> str:
        return self.behind.name

    def send(self, pdf: bytes, title: str, paper: str) -> Outcome:
        self.held.release()
        self.go.wait(20)
        return self.behind.send(pdf, title, paper)

    def state(self) -> PrinterState:
        return self.behind.state()


@dataclass
class Sitting:
    """An officer at a window."""

    window: MainWindow
    bench: Workbench
    clock: SampleClock
    keys: Keyboard
    watch: Watch
    receipts: Path

    @property
    def desk(self) -> Desk:
        return self.bench.desk

    @property
    def person(self) -> Any:
        return self.window.counter.person_card

    @property
    def procedure(self) -> Any:
        return self.window.counter.procedure_card

    @property
    def due(self) -> Any:
        return self.window.counter.due_card

    @property
    def presenter(self) -> Any:
        return self.window.counter.presenter

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    def dossiers(self) -> list[DossierLine]:
        """What is in the store for the day on the clock."""
        return finding.received_on(self.desk, self.clock().date().isoformat())

    def dossier(self) -> Dossier:
        """The one dossier of the day, with all that is known of it."""
        (line,) = self.dossiers()
        return find_dossier(self.desk, line.code)

    def sheets(self) -> list[str]:
        """Names of the files that reached the printer."""
        return sorted(path.name for path in self.receipts.glob("*.pdf"))

    def open(self, code: str) -> Any:
        """The screen of one dossier, as a list that was opened shows it."""
        self.window.open_dossier(code)
        self.settle()
        return self.window.dossier

    def settle(self) -> None:
        """Wait until no key is held and no work is under way."""
        self.keys.settle()
        wait_until(lambda: not self.bench.is_busy)

    def save(self) -> None:
        """F9, and wait until the dossier is saved and its printing ended."""
        self.keys.press(F9)
        wait_until(lambda: self.presenter.saved is not None)
        self.settle()

    def choose(self, alias: str) -> None:
        """A procedure by its short name, with its papers confirmed."""
        self.keys.type(alias)
        self.keys.press(ENTER)
        self.keys.press(ENTER)

    def until(self, holds: Callable[[], bool]) -> None:
        wait_until(holds)


@contextmanager
def a_window(
    folder: Path,
    *before: Submission,
    at: str = FRIDAY,
    printer: Printer | None = None,
    hub: str | None = None,
    leaders: tuple[str, ...] = (),
) -> Iterator[Sitting]:
    """A window on a fresh store; `before` is what was received two days earlier. Ends without a trace."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    tops = set(app.topLevelWidgets())
    receipts = folder / "receipts"
    receipts.mkdir()
    more: dict[str, Any] = {"hub": hub} if hub else {}
    desk = init_desk(folder / "desk", office(leaders=list(leaders), **more))
    clock = SampleClock(moment("2026-11-18T08:15"))
    desk.now = clock
    for given in before:
        receive(desk, given)
    clock.moment = moment(at)
    bench = Workbench(desk, printer or FolderPrinter(receipts))
    window = MainWindow(bench)
    window.show()
    window.activateWindow()
    wait_until(window.isActiveWindow)
    watch = Watch(app)
    sitting = Sitting(window, bench, clock, Keyboard(window), watch, receipts)
    try:
        yield sitting
        sitting.settle()
    finally:
        app.removeEventFilter(watch)
        window.close()
        bench.close()
        catcher = window.catcher
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        app.processEvents()
    assert not isValid(window) and not isValid(catcher)
    assert set(app.topLevelWidgets()) == tops
    assert [t.name for t in threading.enumerate() if t.name.startswith(_LANES)] == []
    assert watch.unwanted == []


def known_citizen(procedure: str = COPIES, **more: Any) -> Submission:
    """What the citizen of the card RETURNING brought two days ago."""
    return submission(procedure, received_at=datetime.fromisoformat("2026-11-18T08:15:00+07:00"), **more)
