"""The deadline board: what is late, what is due today, what comes next; sign, word and colour together."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from motcua_desktop.domain.errors import Problem
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.board import BoardLine, Left, Urgency
from ui.board.presenter import BoardPresenter
from ui.parts import Card, Chip, Column, LinesModel, LinesTable, MessageStrip, Muted
from ui.theme import Tone
from ui.wording import day_first, sending
from ui.workbench import Workbench

TONES = {
    Urgency.OVERDUE: Tone.LATE,
    Urgency.TODAY: Tone.TODAY,
    Urgency.SOON: Tone.SOON,
    Urgency.IN_TIME: Tone.CALM,
    Urgency.PAUSED: Tone.PAUSED,
}


def urgency_text(urgency: Urgency) -> str:
    """Sign and word of an urgency."""
    return {
        Urgency.OVERDUE: "▲ " + _("overdue"),
        Urgency.TODAY: "! " + _("due today"),
        Urgency.SOON: "◆ " + _("1–2 days"),
        Urgency.IN_TIME: "● " + _("in time"),
        Urgency.PAUSED: "Ⅱ " + _("paused"),
    }[urgency]


def left_text(left: Left | None) -> str:
    """Working time left, or how late."""
    if left is None:
        return "–"
    if left.days:
        text = _("{days} working days").format(days=left.days)
    elif left.hours:
        text = _("{hours} hours").format(hours=left.hours)
    elif left.late:
        return _("just late")
    else:
        text = _("under one hour")
    return _("late by {time}").format(time=text) if left.late else _("{time} left").format(time=text)


class BoardPage(QWidget):
    """One line a dossier, soonest first; Enter opens it."""

    opened = Signal(str)
    reprint = Signal(str)

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._strip = strip
        self.setAccessibleName(_("Deadlines"))
        self._chips = {urgency: Chip("", TONES[urgency]) for urgency in Urgency}
        self.lines: LinesModel[BoardLine] = LinesModel(
            (
                Column(_("Urgency"), lambda b: urgency_text(b.urgency), tone=lambda b: TONES[b.urgency]),
                Column(_("Left"), lambda b: left_text(b.left), tone=lambda b: TONES[b.urgency]),
                Column(_("Due"), lambda b: _moment(b.dossier.due_at)),
                Column(_("Applicant"), lambda b: b.dossier.full_name, stretch=True),
                Column(_("Procedure"), lambda b: b.dossier.procedure_name, stretch=True),
                Column(_("Held by"), lambda b: b.dossier.holder),
                Column(_("Dossier"), lambda b: b.dossier.code),
                Column(
                    _("Sent"), lambda b: sending(b.dossier.sent)[0], tone=lambda b: sending(b.dossier.sent)[1]
                ),
            )
        )
        self.table = LinesTable(self.lines, _("Deadlines"))
        self.table.opened.connect(lambda row: self.opened.emit(self.lines.lines[row].dossier.code))
        self.empty = Muted()
        self._lay_out()
        self.presenter = BoardPresenter(self, bench)

    def activate(self) -> None:
        """Called when the page comes into sight."""
        self.presenter.refresh()
        self.table.setFocus()

    def print_again(self) -> None:
        """One more receipt of the chosen dossier."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.lines.lines):
            self.reprint.emit(self.lines.lines[row].dossier.code)

    def show_loading(self) -> None:
        if not self.lines.lines:
            self.empty.setText(_("Reading the deadlines …"))
            self.empty.show()

    def show_lines(self, lines: list[BoardLine], counts: dict[Urgency, int]) -> None:
        row = self.table.currentIndex().row()
        self.lines.show(lines)
        if lines:
            self.table.selectRow(min(max(row, 0), len(lines) - 1))
        for urgency, chip in self._chips.items():
            chip.setText(f"{urgency_text(urgency)}: {counts[urgency]}")
        self.empty.setText(_("No open dossier. Whatever is received appears here with its deadline."))
        self.empty.setVisible(not lines)
        self.table.setVisible(bool(lines))

    def complain(self, problem: Problem) -> None:
        self._strip.tell(problem)

    def _lay_out(self) -> None:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(8)
        for chip in self._chips.values():
            row.addWidget(chip)
        row.addStretch(1)
        card.body.addLayout(row)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self.empty, 1)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)


def _moment(iso: str | None) -> str:
    if iso is None:
        return "–"
    moment = datetime.fromisoformat(iso)
    return f"{moment:%H:%M} {day_first(iso[:10])}"
