"""② The procedure and ③ its papers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from motcua_desktop.domain.procedure import Procedure
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.terms import term_text
from ui.counter.papers_table import PapersModel, PapersTable
from ui.parts import Card, Chip, Column, LinesModel, LinesTable, Muted, caption
from ui.theme import Tone

_NO_LIMIT = 16_777_215  # Qt's QWIDGETSIZE_MAX
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class ProcedureCard(Card):
    """A search line over the list of procedures, and the checklist of the one that was chosen."""

    typed = Signal(str)
    chosen = Signal(object)
    case_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("② Procedure"))
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Find a procedure"))
        self.search.setPlaceholderText(_("Short name or a few letters: ks, khai sinh …"))
        self.search.setClearButtonEnabled(True)
        self._listed: LinesModel[Procedure] = LinesModel(
            (
                Column(_("Short"), lambda p: p.alias or "", tone=lambda p: Tone.CALM),
                Column(_("Procedure"), lambda p: p.short_name, stretch=True),
                Column(_("Term"), _term_of),
            )
        )
        self.list = LinesTable(self._listed, _("Procedures"))
        self.list.horizontalHeader().hide()
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.facts = Muted()
        self.case = QComboBox()
        self.case.setAccessibleName(_("Case"))
        self.case.hide()
        self.papers = PapersModel()
        self.table = PapersTable(self.papers)
        self.state = Chip()
        self.state.hide()
        self.note = QLineEdit()
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("Note (kept with the dossier, not printed)"))
        self._lay_out()
        self.search.textEdited.connect(self.typed)
        self.search.returnPressed.connect(self._choose_current)
        self.list.clicked.connect(lambda index: self.chosen.emit(self._listed.lines[index.row()]))
        self.list.opened.connect(lambda row: self.chosen.emit(self._listed.lines[row]))
        self.case.activated.connect(lambda place: self.case_chosen.emit(self.case.itemData(place)))
        self.search.installEventFilter(self)

    def show_matches(self, procedures: list[Procedure]) -> None:
        """The procedures that answer to what was typed, the best one selected."""
        self._listed.show(procedures)
        if procedures:
            self.list.selectRow(0)
        one_row = self.list.verticalHeader().defaultSectionSize() + 2 * self.list.frameWidth() + 4
        self.list.setMaximumHeight(one_row if len(procedures) == 1 else _NO_LIMIT)

    def show_chosen(self, procedure: Procedure | None, facts: str) -> None:
        """The checklist of a procedure; its cases where it has some."""
        self.papers.show(procedure)
        self.facts.setText(facts)
        cases = [term.case for term in procedure.terms if term.case] if procedure else []
        self.case.clear()
        self.case.addItem(_("Usual case"), None)
        for case in cases:
            self.case.addItem(case, case)
        self.case.setVisible(bool(cases))

    def mark_papers(self, text: str, tone: Tone) -> None:
        self.state.say(text, tone)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the search line move in the list below it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self._move(event.key())
            return True
        return super().eventFilter(watched, event)

    def _move(self, key: int) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
        last = self._listed.rowCount() - 1
        row = self.list.currentIndex().row() + step[Qt.Key(key)]
        self.list.selectRow(max(0, min(last, row)))

    def _choose_current(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self._listed.lines):
            self.chosen.emit(self._listed.lines[row])

    def _lay_out(self) -> None:
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 2)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.case)
        head = QHBoxLayout()
        head.addWidget(caption(_("③ Papers")))
        hint = Muted(_("Space: there or missing · Enter: list is right"))
        hint.setWordWrap(False)
        head.addWidget(hint, 1)
        head.addWidget(self.state)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.note)


def _term_of(procedure: Procedure) -> str:
    term = procedure.terms[0]
    return term_text(str(term.kind), term.value)
