"""What was found, and the chosen dossier in full sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from motcua_desktop.domain.errors import Problem
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.finding import DossierLine
from ui.parts import Card, Column, LinesModel, LinesTable, MessageStrip, Muted
from ui.search.presenter import SearchPresenter
from ui.theme import enlarge
from ui.wording import day_first, sending
from ui.workbench import Workbench


class SearchPage(QWidget):
    """A list of dossiers; Enter opens the chosen one, Ctrl+P prints its receipt again."""

    opened = Signal(str)
    reprint = Signal(str)

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._strip = strip
        self.setAccessibleName(_("Search"))
        self.lines: LinesModel[DossierLine] = LinesModel(
            (
                Column(_("Dossier"), lambda line: line.code),
                Column(_("Applicant"), lambda line: line.full_name, stretch=True),
                Column(_("Procedure"), lambda line: line.procedure_name, stretch=True),
                Column(_("Received"), lambda line: _when(line.received_at)),
                Column(_("Due"), lambda line: _when(line.due_at)),
                Column(
                    _("Sent"), lambda line: sending(line.sent)[0], tone=lambda line: sending(line.sent)[1]
                ),
            )
        )
        self.table = LinesTable(self.lines, _("Dossiers found"))
        self.hint = Muted(
            _("Type a code, the last four digits of a number, a phone, or a name without marks.")
        )
        self.chosen = QLabel()
        self.chosen.setWordWrap(True)
        enlarge(self.chosen, 1.1)
        self.print_button = QPushButton(_("Print again   Ctrl+P"))
        self.print_button.setAutoDefault(False)
        self._lay_out()
        self.presenter = SearchPresenter(self, bench)
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._describe(now.row()))
        self.print_button.clicked.connect(self.print_again)
        self.table.opened.connect(lambda row: self.opened.emit(self.lines.lines[row].id))

    def activate(self) -> None:
        """Called when the page comes into sight; the search line keeps the focus."""

    def print_again(self) -> None:
        line = self._current()
        if line is not None:
            self.reprint.emit(line.code)

    def show_lines(self, text: str, lines: list[DossierLine]) -> None:
        self.lines.show(lines)
        nothing = _("Nothing found for “{text}”. Try the last four digits of the ID number or of the phone.")
        self.hint.setText(nothing.format(text=text) if text.strip() and not lines else self.hint.text())
        self.hint.setVisible(not lines)
        self.table.setVisible(bool(lines))
        if lines:
            self.table.selectRow(0)
        self._describe(0 if lines else -1)

    def complain(self, problem: Problem) -> None:
        self._strip.tell(problem)

    def _current(self) -> DossierLine | None:
        row = self.table.currentIndex().row()
        return self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None

    def _describe(self, row: int) -> None:
        line = self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None
        self.print_button.setVisible(line is not None)
        self.chosen.setVisible(line is not None)
        if line is not None:
            text = _("{procedure} of {name}: received {received}, due {due}, held by {holder}; {sent}.")
            self.chosen.setText(
                text.format(
                    procedure=line.procedure_name,
                    name=line.full_name,
                    received=_when(line.received_at),
                    due=_when(line.due_at),
                    holder=line.holder,
                    sent=sending(line.sent)[0],
                )
            )

    def _lay_out(self) -> None:
        card = Card()
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self.hint, 1)
        card.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.chosen, 1)
        row.addWidget(self.print_button)
        card.body.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)


def _when(iso: str | None) -> str:
    return f"{iso[11:16]} {day_first(iso[:10])}" if iso else "–"
