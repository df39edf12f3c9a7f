"""The deadline board: what is late, what is due today, what comes next; sign, word and colour together."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.status import Verb
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import sentence
from motcua_desktop.services.board import BoardLine, Groups, Left, Urgency
from ui.board.presenter import PAGE, BoardPresenter
from ui.parts import Card, Chip, Column, LinesModel, LinesTable, MessageStrip, Muted
from ui.theme import Tone
from ui.wording import day_first
from ui.workbench import Workbench

TONES = {
    Urgency.OVERDUE: Tone.LATE,
    Urgency.TODAY: Tone.TODAY,
    Urgency.SOON: Tone.SOON,
    Urgency.IN_TIME: Tone.CALM,
    Urgency.PAUSED: Tone.PAUSED,
}
ACTS = {"X": Verb.EXTEND, "G": Verb.CALL}  # the same letters as in the dossier itself
NARROWEST_BOX = 150  # pixels


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
    """One line a dossier, soonest first; Enter opens it, X and G open it with that act begun."""

    opened = Signal(str)
    act_wanted = Signal(str, object)  # a code, a Verb

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._strip = strip
        self.setAccessibleName(_("Deadlines"))
        self._chips = {urgency: Chip("", TONES[urgency]) for urgency in Urgency}
        self.lines: LinesModel[BoardLine] = LinesModel(_columns())
        self.table = LinesTable(self.lines, _("Deadlines"))
        self.field = _box(_("Field"), _("All fields"))
        self.holder = _box(_("Held by"), _("All who hold one"))
        self.more = QPushButton(_("Show more"))
        self.more.setAutoDefault(False)
        self.more.hide()
        self.empty = Muted()
        self._lay_out()
        self.presenter = BoardPresenter(self, bench)
        self.table.opened.connect(lambda row: self.opened.emit(self.lines.lines[row].dossier.code))
        self.table.typed.connect(self._letter)
        self.more.clicked.connect(self._lengthen)
        for box in (self.field, self.holder):
            box.activated.connect(self._narrowed)

    def activate(self) -> None:
        """Called when the page comes into sight."""
        self.presenter.refresh()
        self.table.setFocus()

    def show_loading(self) -> None:
        if not self.lines.lines:
            self.empty.setText(_("Reading the deadlines …"))
            self.empty.show()

    def show_lines(self, lines: list[BoardLine]) -> None:
        row = self.table.currentIndex().row()
        self.lines.show(lines)
        if lines:
            self.table.selectRow(min(max(row, 0), len(lines) - 1))
        narrowed = self.field.currentIndex() > 0 or self.holder.currentIndex() > 0
        nothing = _("Nothing open here. Choose another field or another holder.")
        if not narrowed:
            nothing = _("No open dossier. Whatever is received appears here with its deadline.")
        self.empty.setText(nothing)
        self.empty.setVisible(not lines)
        self.table.setVisible(bool(lines))

    def show_no_verdict(self, problem: Problem) -> None:
        """Nothing is late and nothing in time while the clock is not to be trusted."""
        self.lines.show([])
        self.table.hide()
        self.more.hide()
        for chip in self._chips.values():
            chip.hide()
        said = _("The deadlines cannot be told while the clock of this computer is not right.")
        self.empty.setText(f"{said}\n{sentence(problem)}")
        self.empty.show()

    def show_counts(self, found: dict[Urgency, int]) -> None:
        """How many there are in all, and whether there are more than are shown."""
        for urgency, chip in self._chips.items():
            chip.setText(f"{urgency_text(urgency)}: {found[urgency]}")
            chip.show()
        hidden = sum(found.values()) - len(self.lines.lines)
        text = _("{shown} of {all} are shown. Show {count} more")
        shown, every = len(self.lines.lines), sum(found.values())
        self.more.setText(text.format(shown=shown, all=every, count=min(PAGE, max(0, hidden))))
        self.more.setVisible(hidden > 0)

    def show_groups(self, found: Groups) -> None:
        """What the board can be narrowed to; what is chosen stays chosen."""
        for box, names in ((self.field, found.fields), (self.holder, found.holders)):
            chosen = box.currentData() or ""
            while box.count() > 1:
                box.removeItem(1)
            for name in names if chosen in (*names, "") else (chosen, *names):
                box.addItem(name, name)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def complain(self, problem: Problem) -> None:
        self._strip.tell(problem)

    def say(self, text: str, tone: Tone) -> None:
        self._strip.say(text, tone)

    def _current(self) -> BoardLine | None:
        row = self.table.currentIndex().row()
        return self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None

    def _letter(self, letter: str) -> None:
        line = self._current()
        if line is not None and letter in ACTS:
            self.act_wanted.emit(line.dossier.code, ACTS[letter])

    def _narrowed(self) -> None:
        self.presenter.narrow(self.field.currentData() or "", self.holder.currentData() or "")

    def _lengthen(self) -> None:
        self.presenter.lengthen()
        self.table.setFocus()

    def _lay_out(self) -> None:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(8)
        for box in (self.field, self.holder):
            row.addWidget(box, 1)
        for chip in self._chips.values():
            row.addWidget(chip)
        card.body.addLayout(row)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self.empty, 1)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)


def _columns() -> tuple[Column[BoardLine], ...]:
    return (
        Column(_("Left"), row_text, tone=lambda b: TONES[b.urgency]),
        Column(_("Due"), lambda b: _moment(b.dossier.due_at)),
        Column(_("Applicant"), lambda b: b.dossier.full_name, stretch=True),
        Column(_("Procedure"), lambda b: b.dossier.procedure_name, stretch=True),
        Column(_("Held by"), lambda b: b.dossier.holder, stretch=True),
        Column(_("Apology"), lambda b: _apology(b)[0], tone=lambda b: _apology(b)[1]),
        Column(_("Dossier"), lambda b: b.dossier.code.split("-", 1)[-1]),
    )


def row_text(line: BoardLine) -> str:
    """Sign and working time left, so that nobody need know the colours."""
    sign, word = urgency_text(line.urgency).split(" ", 1)
    if line.left is None:
        return f"{sign} {word}"
    if line.due_tomorrow:
        return f"{sign} " + (_("late tomorrow") if line.nights == 1 else _("late on the next working day"))
    if line.urgency is Urgency.TODAY:
        return f"{sign} {word}, {left_text(line.left)}"
    return f"{sign} {left_text(line.left)}"


def _apology(line: BoardLine) -> tuple[str, Tone | None]:
    """What an officer owes somebody who waits too long; nothing is said while there is nothing to say."""
    if line.dossier.apologised:
        return "✓ " + _("apologised"), Tone.DONE
    if line.urgency is Urgency.OVERDUE:
        return "! " + _("no apology yet"), Tone.LATE
    return "", None


def _box(name: str, every: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(10)
    box.setMinimumWidth(NARROWEST_BOX)
    box.addItem(every, "")
    return box


def _moment(iso: str | None) -> str:
    if iso is None:
        return "–"
    return f"{datetime.fromisoformat(iso):%H:%M} {day_first(iso[:10])}"
