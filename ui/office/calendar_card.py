"""The calendar of a year, a new decision, and the dossiers that it concerns."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from motcua_desktop.domain.calendar import DayDecision, DayKind
from motcua_desktop.domain.errors import Problem
from motcua_desktop.i18n import gettext as _
from ui.office.calendar_presenter import CalendarPresenter, EnteredDay, Row, Year
from ui.office.moving_card import MovingCard
from ui.office.wording import day_kind, day_text, source_text, source_tone
from ui.parts import Card, Chip, Column, LinesModel, LinesTable, MessageStrip, Muted, StripText, restyle
from ui.theme import Tone
from ui.workbench import Workbench

YEARS_BACK, YEARS_ON = 3, 3
CHOSEN_LINES = 2
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SERIOUS = ("MC-120", "MC-131", "MC-132", "MC-150", "MC-156", "MC-999")


class DecisionForm(Card):
    """One day made off or made a working day. Enter only moves on."""

    confirmed = Signal()
    day_left = Signal()

    def __init__(self) -> None:
        super().__init__(_("New decision"))
        self.day, self.reason, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.fields = {"date": self.day, "reason": self.reason, "source": self.source}
        for field, name in ((self.day, _("Date")), (self.reason, _("Reason")), (self.source, _("Source"))):
            field.setAccessibleName(name)
        self.day.setPlaceholderText(_("day/month/year"))
        self.reason.setPlaceholderText(_("for instance: no electricity in the whole commune"))
        self.source.setPlaceholderText(_("number and day of the decision"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("The day becomes"))
        for kind in DayKind:
            self.kind.addItem(day_kind(kind)[0], kind)
        self._steps: tuple[QWidget, ...] = (self.day, self.kind, self.reason, self.source)
        self.so_far = Muted()
        self.save = QPushButton(_("Save the decision   F9"))
        self.save.setObjectName("primary")
        self.save.setAutoDefault(False)
        self._lay_out()
        self.day.editingFinished.connect(self.day_left)
        self.save.clicked.connect(self.confirmed)

    def entered(self) -> EnteredDay:
        return EnteredDay(
            self.day.text(), DayKind(self.kind.currentData()), self.reason.text(), self.source.text()
        )

    @property
    def has_draft(self) -> bool:
        return any(field.text().strip() for field in self.fields.values())

    def clear(self) -> None:
        for field in self.fields.values():
            field.clear()
        self.kind.setCurrentIndex(0)
        self.so_far.setText("")
        self.mark(None)

    def mark(self, place: str | None) -> None:
        """Which field is wrong, if any; the officer is put there."""
        for name, field in self.fields.items():
            restyle(field, "trouble", "true" if name == place else None)
        if place is not None:
            self.fields[place].setFocus()
            self.fields[place].selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, which no field keeps for itself, leads to the next one and at last to the button."""
        steps: list[QWidget] = [*self._steps, self.save]
        focused = QApplication.focusWidget()
        if event.key() in _ENTER and focused in self._steps:
            steps[steps.index(focused) + 1].setFocus()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        places: tuple[tuple[str, QWidget], ...] = (
            (_("D&ate"), self.day),
            (_("&The day becomes"), self.kind),
            (_("&Reason"), self.reason),
            (_("&Source"), self.source),
        )
        for row, (text, widget) in enumerate(places):
            label = QLabel(text)
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.so_far)
        self.body.addWidget(self.save)
        self.body.addWidget(
            Muted(
                _(
                    "Enter moves on · F9 saves. A printed date never moves by itself: the open dossiers "
                    "concerned are listed next, and nothing moves before you confirm it."
                )
            )
        )
        self.body.addStretch(1)


class CalendarTab(QWidget):
    """A year's special days beside the form; in their place the dossiers concerned, once there are some."""

    changed = Signal()
    opened = Signal(str)

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._strip = strip
        self.year = QComboBox()
        self.year.setAccessibleName(_("Year"))
        this_year = bench.desk.now().year
        for year in range(this_year - YEARS_BACK, this_year + YEARS_ON + 1):
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(YEARS_BACK)
        self.banner = Chip()
        self.banner.setWordWrap(True)
        self.banner.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.banner.hide()
        self.days: LinesModel[DayDecision] = LinesModel(_columns())
        self.table = LinesTable(self.days, _("Special days of the year"))
        self.form = DecisionForm()
        self.moving = MovingCard()
        self.chosen = StripText()
        self.chosen.setWordWrap(True)
        self.chosen.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.chosen.setMinimumHeight(self.chosen.fontMetrics().lineSpacing() * CHOSEN_LINES)
        self.parts = QStackedWidget()
        self._held: QWidget | None = None
        self._lay_out()
        self.presenter = CalendarPresenter(self, bench, self.changed.emit)
        self._connect()

    def activate(self) -> None:
        """The tab comes into sight."""
        if self.presenter.is_moving:
            self.moving.table.setFocus()
            return
        self.presenter.refresh()
        self.form.day.setFocus()

    def commit(self) -> None:
        """F9."""
        self.presenter.commit()

    def escape(self) -> bool:
        """Esc; False where there is nothing to leave or to empty."""
        if self.presenter.is_moving:
            self.presenter.leave()
        elif self.form.has_draft:
            self.form.clear()
            self.form.day.setFocus()
        else:
            return False
        return True

    @property
    def has_draft(self) -> bool:
        return self.presenter.is_moving or self.form.has_draft

    def entered(self) -> EnteredDay:
        return self.form.entered()

    def show_year(self, year: Year) -> None:
        place = self.year.findData(year.year)
        if place < 0:
            self.year.addItem(str(year.year), year.year)
            place = self.year.count() - 1
        self.year.setCurrentIndex(place)
        self.days.show(year.days)
        if year.days:
            self.table.selectRow(year.at)
        text = _(
            "! The calendar of {years} is not published here: every date that falls into it is provisional."
        )
        years = ", ".join(str(missing) for missing, _late in year.missing)
        late = any(late for _year, late in year.missing)
        self.banner.say(text.format(years=years) if years else "", Tone.LATE if late else Tone.SOON)

    def show_day(self, text: str) -> None:
        self.form.so_far.setText(text)

    def clear_decision(self) -> None:
        self.form.clear()
        self._held = self.form.day

    def show_moving(self, decision: DayDecision, rows: list[Row]) -> None:
        self.moving.show_decision(decision)
        self.moving.show_rows(rows)
        self.parts.setCurrentWidget(self.moving)
        if self.isVisible():
            self.moving.table.setFocus()

    def show_rows(self, rows: list[Row]) -> None:
        self.moving.show_rows(rows)

    def hide_moving(self) -> None:
        self.parts.setCurrentIndex(0)
        if self.isVisible():
            self.table.setFocus()

    def show_saving(self, busy: bool) -> None:
        """While it is on its way to the disk nothing can be typed into it."""
        if busy and self._held is None:
            self._held = QApplication.focusWidget()
        for field in (*self.form.fields.values(), self.form.kind, self.form.save):
            field.setEnabled(not busy)
        self.moving.later.setEnabled(not busy)
        self.moving.confirm.setEnabled(not busy and any(row.ticked for row in self.moving.rows.lines))
        if busy:
            return
        held, self._held = self._held, None
        if self.isVisible() and held is not None:
            (self.moving.table if self.presenter.is_moving else held).setFocus()

    def show_trouble(self, place: str) -> None:
        self.form.mark(place)

    def complain(self, problem: Problem) -> None:
        serious = problem.number in _SERIOUS
        self._strip.tell(problem, Tone.LATE if serious else Tone.SOON, stays=serious)

    def say(self, text: str, tone: Tone, *, number: str = "", stays: bool = False) -> None:
        self._strip.say(text, tone, number=number, stays=stays)

    def _describe(self, row: int) -> None:
        """The chosen day in full: its source is what an officer relies on."""
        if not 0 <= row < len(self.days.lines):
            self.chosen.setText("")
            return
        day = self.days.lines[row]
        self.chosen.setText(f"{day.date:%d/%m/%Y}: {day.reason}. {source_text(day.source)}")
        tone = source_tone(day.source)
        restyle(self.chosen, "tone", str(tone) if tone else None)

    def _connect(self) -> None:
        presenter = self.presenter
        self.year.currentIndexChanged.connect(lambda place: presenter.year_chosen(self.year.itemData(place)))
        self.form.confirmed.connect(presenter.commit)
        self.form.day_left.connect(presenter.day_left)
        self.table.opened.connect(lambda row: presenter.look_at(self.days.lines[row]))
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._describe(now.row()))
        self.moving.toggled.connect(presenter.tick)
        self.moving.confirmed.connect(presenter.commit)
        self.moving.left.connect(presenter.leave)
        self.moving.opened.connect(self.opened)

    def _lay_out(self) -> None:
        card = Card()
        head = QHBoxLayout()
        label = QLabel(_("Days off and make-up days of &year"))
        label.setBuddy(self.year)
        head.addWidget(label)
        head.addWidget(self.year)
        head.addStretch(1)
        card.body.addLayout(head)
        card.body.addWidget(self.banner)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.chosen)
        card.body.addWidget(Muted(_("Enter on a day lists the open dossiers that it concerns.")))
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(card, 7)
        row.addWidget(self.form, 4)
        self.parts.addWidget(beside)
        self.parts.addWidget(self.moving)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.parts)


def _columns() -> tuple[Column[DayDecision], ...]:
    return (
        Column(_("Day"), lambda day: day_text(day.date)),
        Column(_("Becomes"), lambda day: day_kind(day.kind)[0], lambda day: day_kind(day.kind)[1]),
        Column(_("Reason"), lambda day: day.reason, stretch=True),
        Column(
            _("Source"),
            lambda day: source_text(day.source),
            lambda day: source_tone(day.source),
            stretch=True,
        ),
    )
