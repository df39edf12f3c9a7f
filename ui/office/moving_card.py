"""The open dossiers that a decided day concerns: each with its printed date and the one it would get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from motcua_desktop.domain.calendar import DayDecision
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import sentence
from ui.office.calendar_presenter import Row, Stage
from ui.office.wording import day_kind, day_text, moments, source_text, source_tone
from ui.parts import Card, Chip, Column, Index, LinesModel, LinesTable, Muted
from ui.theme import Tone, enlarge

TICK_WIDTH = 44  # pixels


class TicksModel(LinesModel[Row]):
    """Rows of which some can be ticked; `toggled` when the mouse did."""

    toggled = Signal(int)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.lines[index.row()]
        if index.column() == 0 and row.may_be_ticked:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return _("ticked") if row.ticked else _("not ticked")
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        tickable = index.isValid() and index.column() == 0 and self.lines[index.row()].may_be_ticked
        return flags | Qt.ItemFlag.ItemIsUserCheckable if tickable else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggled.emit(index.row())
        return True


class TickTable(LinesTable):
    """Space gives or takes a tick; Enter opens the dossier."""

    toggled = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class MovingCard(Card):
    """The list, and the button that F9 stands for. `toggled` carries a row, `opened` a code."""

    toggled = Signal(int)
    opened = Signal(str)
    confirmed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(_("Open dossiers concerned"))
        self.day, self.why = QLabel(), Muted()
        enlarge(self.day, 1.1, bold=True)
        self.badge = Chip()
        self.rows = TicksModel(_columns())
        self.table = TickTable(self.rows, _("Open dossiers concerned"))
        self.rows.modelReset.connect(lambda: self.table.setColumnWidth(0, TICK_WIDTH))
        self.remark = Muted()
        self.confirm = QPushButton(_("Give the ticked ones their new date and print   F9"))
        self.confirm.setObjectName("primary")
        self.later = QPushButton(_("Not now   Esc"))
        for button in (self.confirm, self.later):
            button.setAutoDefault(False)
        self._lay_out()
        self.rows.toggled.connect(self.toggled)
        self.table.toggled.connect(self.toggled)
        self.table.opened.connect(lambda row: self.opened.emit(self.rows.lines[row].moving.code))
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._describe(now.row()))
        self.confirm.clicked.connect(self.confirmed)
        self.later.clicked.connect(self.left)

    def show_decision(self, decision: DayDecision) -> None:
        """Which day it is about, and by what right."""
        kind, _tone = day_kind(decision.kind)
        self.day.setText(f"{day_text(decision.date)}: {kind}")
        self.why.setText(f"{decision.reason} · {source_text(decision.source)}")
        doubt = source_tone(decision.source) is not None
        self.badge.say("! " + _("source not checked") if doubt else "", Tone.SOON)

    def show_rows(self, rows: list[Row]) -> None:
        at = max(0, self.table.currentIndex().row())
        self.rows.show(list(rows))
        if rows:
            self.table.selectRow(min(at, len(rows) - 1))
        self._describe(self.table.currentIndex().row())
        ticked = sum(row.ticked for row in rows)
        self.confirm.setEnabled(ticked > 0)
        waiting = any(row.stage is Stage.WAITS for row in rows)
        text = _("Give {count} dossiers their new date and print   F9")
        if not ticked:
            text = _("Give the ticked ones their new date and print   F9")
        elif not any(row.ticked and row.stage is Stage.WAITS for row in rows):
            text = _("Print {count} new receipts   F9")
        self.confirm.setText(text.format(count=ticked))
        self.later.setText(_("Not now   Esc") if waiting else _("Back   Esc"))

    def _describe(self, place: int) -> None:
        row = self.rows.lines[place] if 0 <= place < len(self.rows.lines) else None
        told = sentence(row.problem) if row is not None and row.problem is not None else ""
        self.remark.setText(
            told or _("No date becomes earlier. Nothing moves before F9; Space gives or takes a tick.")
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.day)
        head.addWidget(self.badge)
        head.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.later)
        buttons.addWidget(self.confirm)
        self.body.addLayout(head)
        self.body.addWidget(self.why)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.remark)
        self.body.addLayout(buttons)


def _columns() -> tuple[Column[Row], ...]:
    return (
        Column("", lambda row: ""),
        Column(_("Dossier"), lambda row: row.moving.code.split("-", 1)[-1]),
        Column(_("Applicant"), lambda row: row.moving.full_name, stretch=True),
        Column(_("Printed date"), lambda row: moments(row.moving.given, row.moving.given_total)),
        Column(
            _("By the new calendar"),
            lambda row: moments(row.moving.counted, row.moving.counted_total),
            lambda row: Tone.SOON if row.moving.moves else None,
        ),
        Column(_("State"), lambda row: _STATES[row.stage]()[0], lambda row: _STATES[row.stage]()[1]),
    )


_STATES: dict[Stage, Callable[[], tuple[str, Tone | None]]] = {
    Stage.STAYS: lambda: ("= " + _("keeps its date"), None),
    Stage.REFUSED: lambda: ("✖ " + _("cannot be counted again"), Tone.LATE),
    Stage.WAITS: lambda: ("… " + _("not moved yet"), Tone.DRAFT),
    Stage.MOVED: lambda: ("! " + _("new date, not printed"), Tone.TODAY),
    Stage.UNSURE: lambda: ("? " + _("new date, look at the printer"), Tone.SOON),
    Stage.PRINTED: lambda: ("✓ " + _("new date, printed"), Tone.DONE),
}
