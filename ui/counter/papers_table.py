"""③ The papers' checklist: Space for there or missing, Enter when the list is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from motcua_desktop.domain.procedure import Mode, Need, Procedure, RequiredDocument
from motcua_desktop.i18n import gettext as _
from ui.parts import Index
from ui.theme import theme_in_use

TICK_ROOM = 48  # pixels: box, its gap, and the margins of the cell
ROW_MARGIN = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass
class Paper:
    """A paper of the chosen procedure, and whether it is there, with how many originals and copies."""

    document: RequiredDocument
    there: bool
    original: int
    copy: int

    @property
    def count_text(self) -> str:
        if self.document.mode is Mode.PRESENT:
            return _("shown")
        counted = [(self.original, _("original")), (self.copy, _("copy"))]
        return ", ".join(f"{count} {kind}" for count, kind in counted if count)


class PapersModel(QAbstractTableModel):
    """The checklist; `changed` when a tick or a count was."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.papers: list[Paper] = []

    def show(self, procedure: Procedure | None) -> None:
        """Every paper that can come to the counter: those always needed are there until unticked."""
        self.beginResetModel()
        documents = procedure.at_the_counter() if procedure else ()
        self.papers = [Paper(d, d.need is Need.ALWAYS, d.original, d.copy) for d in documents]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.papers)

    def columnCount(self, parent: Index | None = None) -> int:
        return 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        paper = self.papers[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if paper.there else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return paper.count_text if index.column() else paper.document.short
        if role == Qt.ItemDataRole.ToolTipRole:
            return paper.document.name
        if role == Qt.ItemDataRole.ForegroundRole and not paper.there:
            return QColor(theme_in_use().muted)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return f"{paper.document.short}: {_('there') if paper.there else _('missing')}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.papers[index.row()].there = Qt.CheckState(value) == Qt.CheckState.Checked
        self._told(index.row())
        return True

    def toggle(self, row: int) -> None:
        self.papers[row].there = not self.papers[row].there
        self._told(row)

    def add(self, row: int, step: int) -> None:
        """One original more or less; one copy where the procedure asks for copies only."""
        paper = self.papers[row]
        if paper.document.original:
            paper.original = min(99, max(1, paper.original + step))
        else:
            paper.copy = min(99, max(1, paper.copy + step))
        self._told(row)

    def brought(self) -> tuple[tuple[int, int, int], ...]:
        """What is there, as (item, originals, copies)."""
        return tuple((p.document.item, p.original, p.copy) for p in self.papers if p.there)

    def missing(self) -> tuple[str, ...]:
        """The always-needed papers that are not there."""
        return tuple(p.document.short for p in self.papers if p.document.need is Need.ALWAYS and not p.there)

    def _told(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, 1))
        self.changed.emit()


class PapersTable(QTableView):
    """`confirmed` on Enter: the officer has looked at the list."""

    confirmed = Signal()

    def __init__(self, model: PapersModel) -> None:
        super().__init__()
        self._papers = model
        self.setModel(model)
        self.setAccessibleName(_("Papers of the dossier"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().sectionResized.connect(self._fit_rows)  # a name may need two lines
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(int(self.fontMetrics().height() * 1.5) + 6)
        model.modelReset.connect(self._fit)

    def _fit(self) -> None:
        self._fit_rows()
        self.selectRow(0)

    def _fit_rows(self) -> None:
        """Give each row the lines its name needs; the style's own count forgets the room of the tick box."""
        room = QRect(0, 0, max(self.columnWidth(0) - TICK_ROOM, 1), 10_000)
        wrap = Qt.TextFlag.TextWordWrap
        for row, paper in enumerate(self._papers.papers):
            height = self.fontMetrics().boundingRect(room, wrap, paper.document.short).height()
            self.setRowHeight(row, max(height + ROW_MARGIN, self.verticalHeader().minimumSectionSize()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in _ENTER:
            self.confirmed.emit()
        elif row < 0:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self._papers.toggle(row)
        elif event.text() in ("+", "-"):
            self._papers.add(row, 1 if event.text() == "+" else -1)
        else:
            super().keyPressEvent(event)
