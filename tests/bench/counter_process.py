"""The counter as `main.py` opens it, in a process of its own; says `ready` as the limit's window does.

Usage: counter_process.py FOLDER. Only the waiting in the event loop is replaced: until the window is shown and
painted and nothing is left to do.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[2])

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: E402

import main  # noqa: E402

UNWANTED = {
    *("PIL", "babel", "barcode", "holidays", "httpx2", "keyring", "platformdirs", "pypdfium2", "reportlab"),
    *("segno", "sqlalchemy", "sqlite_utils", "starlette", "uvicorn", "zxingcpp"),
}
_wait = QApplication.exec


class FirstPaint(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.idle)
        return False

    def idle(self) -> None:
        print("ready", *sorted(UNWANTED & set(sys.modules)), flush=True)
        QApplication.quit()


def until_ready() -> int:
    painted = FirstPaint()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QMainWindow):
            window.installEventFilter(painted)
    return _wait()


if __name__ == "__main__":
    setattr(QApplication, "exec", staticmethod(until_ready))  # noqa: B010  a method of C++
    sys.exit(main.open_counter(main._parser().parse_args(["--data", sys.argv[1]])))
