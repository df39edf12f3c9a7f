"""Small widgets that every screen uses: cards, chips, captions, tables, the message strip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from motcua_desktop.domain.errors import Problem
from motcua_desktop.messages import sentence
from ui.theme import Tone, enlarge, theme_in_use

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

STRIP_MS = 8_000
CELL_MARGIN = 22  # pixels beside the text of a cell that is not cut
# A table asks a dozen questions a cell, most of which have no answer here: plain numbers sort them out fastest.
_SAID = frozenset((int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)))
_COLOURED = int(Qt.ItemDataRole.ForegroundRole)
_ANSWERED = _SAID | {_COLOURED, int(Qt.ItemDataRole.TextAlignmentRole)}


class Card(QFrame):
    """A white sheet, with a title where the screen has more than one."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 10, 14, 12)
        self.body.setSpacing(6)
        self.head = QHBoxLayout()
        self.title = caption(title)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        if title:
            self.body.addLayout(self.head)
        else:
            self.title.setParent(self)  # or it would outlive its card as a window of its own
            self.title.hide()


def caption(text: str) -> QLabel:
    """A title inside a card."""
    label = QLabel(text)
    enlarge(label, 1.05, bold=True)
    return label


class Muted(QLabel):
    """A quieter line that may wrap."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setWordWrap(True)


def restyle(widget: QWidget, name: str, value: str | None) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else the sheet has not looked yet
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Chip(QLabel):
    """A short word on a tint; the word says it all without the colour."""

    def __init__(self, text: str = "", tone: Tone = Tone.CALM) -> None:
        super().__init__(text)
        enlarge(self, 0.95, bold=True)
        self.setProperty("tone", str(tone))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def say(self, text: str, tone: Tone) -> None:
        self.setText(text)
        restyle(self, "tone", str(tone))
        self.setVisible(bool(text))


class ChipButton(QPushButton):
    """A chip that leads somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(False)
        enlarge(self, 0.95, bold=True)

    def say(self, text: str, tone: Tone) -> None:
        self.setText(text)
        restyle(self, "tone", str(tone))


class Column(NamedTuple, Generic[Row]):
    """One column of a table: its title, what it shows, and in which tone."""

    title: str
    text: Callable[[Row], str]
    tone: Callable[[Row], Tone | None] = lambda row: None
    stretch: bool = False
    right: bool = False


class LinesModel(QAbstractTableModel, Generic[Row]):
    """Read-only lines, replaced as a whole."""

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self.columns = list(columns)
        self.lines: list[Row] = []

    def show(self, lines: list[Row]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        column, row = self.columns[index.column()], self.lines[index.row()]
        if role in _SAID:
            return column.text(row)
        if role == _COLOURED:
            tone = column.tone(row)
            return QColor(theme_in_use().tones[tone][0]) if tone else None
        if column.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class LinesTable(QTableView):
    """A table of lines: whole rows selected, no grid, Enter opens, a letter is said by `typed`, Tab leaves."""

    opened = Signal(int)
    typed = Signal(str)

    def __init__(self, model: LinesModel[Any], name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.5) + 8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(1)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(model.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(place, mode)
        self._model = model
        model.modelReset.connect(self._fit)
        self.activated.connect(lambda index: self.opened.emit(index.row()))

    def keyboardSearch(self, search: str) -> None:
        """A letter means an act, not the next line that begins with it."""
        self.typed.emit(search.upper())

    def _fit(self) -> None:
        """As wide as the longest text; letting Qt ask for each cell takes a dozen calls a cell."""
        title, text = self.horizontalHeader().fontMetrics(), self.fontMetrics()
        for place, column in enumerate(self._model.columns):
            if not column.stretch:
                longest = max((column.text(line) for line in self._model.lines), key=len, default="")
                wide = max(title.horizontalAdvance(column.title), text.horizontalAdvance(longest))
                self.setColumnWidth(place, wide + CELL_MARGIN)


class StripText(QLabel):
    """The sentence of the message strip, in the ink of its tone."""


class MessageStrip(QFrame):
    """One message under the screen: never modal, gone after a while unless it must stay."""

    shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        self._text = StripText()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._number = Muted()
        self._number.setWordWrap(False)
        row.addWidget(self._text, 1)
        row.addWidget(self._number)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    @property
    def text(self) -> str:
        return self._text.text() if self.isVisible() else ""

    @property
    def number(self) -> str:
        """The number of the problem on show, "" for a plain message or none."""
        return self._number.text() if self.isVisible() else ""

    def say(self, text: str, tone: Tone = Tone.CALM, *, number: str = "", stays: bool = False) -> None:
        """Show a sentence in place of the one before."""
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._number.setText(number)
        for part in (self, self._text):
            restyle(part, "tone", str(tone))
        self.show()
        if stays:
            self._timer.stop()
        else:
            self._timer.start(STRIP_MS)

    def tell(self, problem: Problem, tone: Tone = Tone.SOON, *, stays: bool = False) -> None:
        """Show a numbered problem in words."""
        self.say(sentence(problem), tone, number=problem.number, stays=stays)
