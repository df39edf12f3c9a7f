"""Limit: a bare window on a table over every row of a plain SQLite file, read by pages as they are shown.

Usage: window.py FILE ROWS-OF-A-PAGE. Prints `ready` once the window is shown, painted and has nothing left to do.
"""

from __future__ import annotations

import sqlite3
import sys

from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

PAGE = int(sys.argv[2])
QUERY = "SELECT code, full_name, procedure_name, received_at, due_at, sent FROM line WHERE n >= ? LIMIT ?"


class Rows(QAbstractTableModel):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.count = self.db.execute("SELECT coalesce(max(n), 0) FROM line").fetchone()[0]  # no gaps: as many
        self.pages: dict[int, list[tuple[str, ...]]] = {}

    def rowCount(self, parent=None):
        return self.count

    def columnCount(self, parent=None):
        return 6

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        page, row = divmod(index.row(), PAGE)
        if page not in self.pages:
            self.pages[page] = self.db.execute(QUERY, (page * PAGE + 1, PAGE)).fetchall()
        return self.pages[page][row][index.column()]


class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.idle)
        return False

    def idle(self):
        print("ready", flush=True)
        QApplication.quit()


app = QApplication(sys.argv)
window, table, painted = QMainWindow(), QTableView(), FirstPaint()
table.setModel(Rows(sys.argv[1]))
window.setCentralWidget(table)
window.resize(1366, 728)
table.viewport().installEventFilter(painted)
window.show()
app.exec()
