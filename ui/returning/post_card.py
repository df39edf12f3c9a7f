"""What goes to the citizens by post: tick, type the post's numbers, F9."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton

from motcua_desktop.domain.text import clean, in_figures
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.returning import ReadyLine
from ui.parts import Card, Column, LinesModel, LinesTable, Muted
from ui.returning.wording import since
from ui.theme import Tone


class PostCard(Card):
    """A list with a tick in each line; Space ticks, Ctrl+A ticks all that are paid."""

    committed = Signal()

    def __init__(self) -> None:
        super().__init__(_("To be sent by post"))
        self._ticked: dict[str, bool] = {}
        self._numbers: dict[str, str] = {}
        self.lines: LinesModel[ReadyLine] = LinesModel(
            (
                Column(_("Send"), lambda line: "☑" if self._ticked.get(line.code) else "☐"),
                Column(_("Since"), since),
                Column(_("Applicant"), lambda line: line.name, stretch=True),
                Column(_("Address"), _address, stretch=True),
                Column(_("Result"), lambda line: line.what, stretch=True),
                Column(_("Post's number"), lambda line: self._numbers.get(line.code, "–")),
                Column(_("To pay"), _owed, tone=lambda line: Tone.TODAY if _owed(line) else None, right=True),
            )
        )
        self.table = LinesTable(self.lines, _("To be sent by post"))
        self.table.installEventFilter(self)
        self.empty = Muted(
            _("Nothing waits for the post. What citizens want by post appears here once it is ready.")
        )
        self.number = QLineEdit()
        self.number.setAccessibleName(_("Post's number of the chosen envelope"))
        self.number.setPlaceholderText(_("Enter keeps it, ticks the line and goes to the next"))
        self.commit = QPushButton(_("Give to the postman   F9"))
        self.commit.setObjectName("primary")
        self.commit.setAutoDefault(False)
        self._lay_out()
        self.number.returnPressed.connect(self._keep_number)
        self.commit.clicked.connect(self.committed)
        self.table.opened.connect(lambda row: self.number.setFocus())
        self.table.clicked.connect(lambda index: self._tick(index.row()) if index.column() == 0 else None)

    def show_lines(self, lines: list[ReadyLine]) -> None:
        """A fresh list, nothing ticked."""
        self._ticked, self._numbers = {}, {}
        self.number.clear()
        self.lines.show(lines)
        self.title.setText(_("To be sent by post: {count}").format(count=len(lines)))
        for widget in (self.table, self.commit, self.number, self.label):
            widget.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        if lines:
            self.table.selectRow(0)

    def chosen(self) -> tuple[str, ...]:
        return tuple(line.code for line in self.lines.lines if self._ticked.get(line.code))

    def tracking(self) -> dict[str, str]:
        return dict(self._numbers)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space ticks the chosen line, Ctrl+A every line that is paid."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space:
                self._tick(self.table.currentIndex().row())
                return True
            if event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._ticked = {line.code: True for line in self.lines.lines if not _owed(line)}
                self._again()
                return True
        return super().eventFilter(watched, event)

    def _tick(self, row: int) -> None:
        if 0 <= row < len(self.lines.lines):
            code = self.lines.lines[row].code
            self._ticked[code] = not self._ticked.get(code)
            self._again()

    def _keep_number(self) -> None:
        row, typed = self.table.currentIndex().row(), clean(self.number.text()).upper()
        if not typed or not 0 <= row < len(self.lines.lines):
            self.commit.setFocus()
            return
        code = self.lines.lines[row].code
        self._numbers[code], self._ticked[code] = typed, True
        self.number.clear()
        self._again()
        self.table.selectRow(min(row + 1, len(self.lines.lines) - 1))

    def _again(self) -> None:
        row = self.table.currentIndex().row()
        self.lines.show(self.lines.lines)
        self.table.selectRow(max(row, 0))

    def _lay_out(self) -> None:
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        self.label = QLabel(_("Post's &number"))
        self.label.setBuddy(self.number)
        row.addWidget(self.label)
        row.addWidget(self.number, 1)
        row.addWidget(self.commit)
        self.body.addLayout(row)
        self.body.addWidget(
            Muted(_("Space ticks · Ctrl+A ticks all · F9 gives them to the postman · Esc goes back"))
        )


def _address(line: ReadyLine) -> str:
    return line.dossier.applicant.address if line.dossier.applicant else ""


def _owed(line: ReadyLine) -> str:
    owed = line.dossier.fee_left_vnd
    return f"{in_figures(owed)} đ" if owed else ""
