"""The quick lane's face: one line of fields, the fee in large type, and what was given out today."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motcua_desktop.domain.card import IdentityCard
from motcua_desktop.domain.dossier import Status
from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.procedure import Procedure
from motcua_desktop.domain.text import in_figures
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.quick import QuickRow
from motcua_desktop.services.telling import status_name
from ui.page_keys import KeyPage, PageKey
from ui.parts import Card, Chip, Column, LinesModel, LinesTable, MessageStrip, Muted, restyle
from ui.quick.presenter import Entered, FeeShown, QuickPresenter
from ui.theme import Tone, enlarge
from ui.workbench import Workbench

_SERIOUS = ("MC-131", "MC-132", "MC-150", "MC-156", "MC-999")


class FeeCard(Card):
    """What is to be collected, how it is counted, and by what right."""

    def __init__(self) -> None:
        super().__init__(_("To collect"))
        self.badge = Chip()
        self.badge.hide()
        self.head.addWidget(self.badge)
        self.large = QLabel("–")
        self.large.setAccessibleName(_("Amount to collect"))
        enlarge(self.large, 2.0, bold=True)
        self.arithmetic = QLabel()
        self.arithmetic.setWordWrap(True)
        enlarge(self.arithmetic, 1.1)
        self.source = Muted()
        for widget in (self.large, self.arithmetic, self.source):
            self.body.addWidget(widget)

    def show_fee(self, fee: FeeShown) -> None:
        self.large.setText(fee.large)
        self.arithmetic.setText(fee.arithmetic)
        self.source.setText(_("By: {source}").format(source=fee.source) if fee.source else "")
        self.badge.say("" if fee.verified else "! " + _("source not checked"), Tone.SOON)


class QuickPage(KeyPage):
    """Scan, copies, pages, F9. Enter only moves on."""

    opened = Signal(str)
    changed = Signal()

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._strip = strip
        self.setAccessibleName(_("Quick lane"))
        self._make_fields()
        self.fee_card = FeeCard()
        self.commit_button = QPushButton(_("Done, handed out   F9"))
        self.commit_button.setObjectName("primary")
        self.commit_button.setAutoDefault(False)
        self.commit_button.setEnabled(False)  # until there is a procedure
        self.lines: LinesModel[QuickRow] = LinesModel(
            (
                Column(_("Time"), lambda row: row.received_at[11:16]),
                Column(_("Applicant"), lambda row: row.full_name, stretch=True),
                Column(_("Procedure"), _what, stretch=True),
                Column(_("Copies"), lambda row: str(row.copies), right=True),
                Column(_("Pages"), lambda row: str(row.pages), right=True),
                Column(_("Paid"), lambda row: in_figures(row.paid_vnd), right=True),
            )
        )
        self.table = LinesTable(self.lines, _("Given out today"))
        self.empty = Muted(_("Nothing given out yet today. Scan a card or type a name to begin."))
        self.today = Card(_("Given out today"))
        self._lay_out()
        self.presenter = QuickPresenter(self, bench, self.changed.emit)
        self._connect()

    def activate(self) -> None:
        """Called when the page comes into sight."""
        self.presenter.activate()

    def card_scanned(self, card: IdentityCard, doubtful: bool = False) -> None:
        """A citizen's card, wherever the focus is."""
        self.presenter.card_scanned(card, doubtful=doubtful)

    def commit(self) -> None:
        """F9."""
        self.presenter.commit()

    def escape(self) -> None:
        """Empty the fields."""
        self.presenter.escape()

    def page_keys(self) -> Mapping[PageKey, Callable[[], object]]:
        return {(Qt.Key.Key_F9, False): self.commit, (Qt.Key.Key_Escape, False): self.escape}

    def wants(self, key: PageKey) -> bool:
        """Esc on an empty lane belongs to the window."""
        return key[0] != Qt.Key.Key_Escape or self.presenter.has_draft

    def move_on(self) -> None:
        """Enter on a list or a tick leads to the next field."""
        if self.procedure.hasFocus():
            self.focus("copies")
        elif self.exemption.hasFocus() or self.paid_by.hasFocus() or self.slip.hasFocus():
            self.commit_button.setFocus()

    def entered(self) -> Entered:
        return Entered(
            name=self.full_name.text(),
            id_number=self.id_number.text(),
            copies=self.copies.text(),
            pages=self.pages.text(),
            exemption=str(self.exemption.currentData() or ""),
            amount=self.amount.text() if self.amount.isVisibleTo(self) else "",
            paid_by=str(self.paid_by.currentData()),
            slip=self.slip.isChecked(),
        )

    def show_procedures(self, procedures: list[Procedure]) -> None:
        self.procedure.clear()
        self.procedure.addItems([p.short_name for p in procedures])
        self.commit_button.setEnabled(bool(procedures))

    def show_tariff(self, counted: str, exemptions: list[str], *, by_page: bool, ask_amount: bool) -> None:
        one = counted if counted and not by_page else _("copies")
        self.copies_label.setText(_("&Number ({counted})").format(counted=one))
        _show_both(by_page, self.pages_label, self.pages)
        if not by_page:
            self.pages.setText("1")
        self.exemption.clear()
        self.exemption.addItem(_("nobody: pays"), "")
        for name in exemptions:
            self.exemption.addItem(name, name)
        _show_both(bool(exemptions), self.exemption_label, self.exemption)
        self.amount.clear()
        _show_both(ask_amount, self.amount_label, self.amount)

    def show_fee(self, fee: FeeShown) -> None:
        self.fee_card.show_fee(fee)

    def show_person(self, name: str, id_number: str, *, badge: str = "", doubtful: bool = False) -> None:
        self.full_name.setText(name)
        self.full_name.setCursorPosition(0)
        self.id_number.setText(id_number)
        restyle(self.full_name, "doubt", "true" if doubtful else None)
        sign, tone = ("?", Tone.SOON) if doubtful else ("✓", Tone.DONE)
        self.badge.say(f"{sign} {badge}" if badge else "", tone)

    def show_day(self, counts: tuple[int, int, int], lines: list[QuickRow]) -> None:
        times, copies, pages = counts
        said = _("Today: {times} citizens · {copies} copies · {pages} pages")
        self.today.title.setText(said.format(times=times, copies=copies, pages=pages))
        self.lines.show(lines)
        self.empty.setVisible(not lines)
        self.table.setVisible(bool(lines))

    def show_saving(self, busy: bool) -> None:
        """While it is on its way to the disk nothing can be typed into it."""
        if busy:
            self.keep_focus()
        for field in (*self._fields.values(), self.procedure, self.commit_button):
            field.setEnabled(not busy)
        if not busy:
            self.give_focus_back()

    def clear(self) -> None:
        self.procedure.setCurrentIndex(0)
        for field in self._fields.values():
            field.clear()
            restyle(field, "trouble", None)
        self.show_person("", "")
        for count in (self.copies, self.pages):
            count.setText("1")
        self.slip.setChecked(False)
        self.paid_by.setCurrentIndex(0)

    def focus(self, place: str) -> None:
        field = self._fields.get(place)
        if field is None:
            return
        field.setFocus()
        field.selectAll()

    def complain(self, problem: Problem) -> None:
        serious = problem.number in _SERIOUS
        self._strip.tell(problem, Tone.LATE if serious else Tone.SOON, stays=serious)
        for field in self._fields.values():
            restyle(field, "trouble", None)
        wrong = self._fields.get(problem.field or "")
        if wrong is not None:
            restyle(wrong, "trouble", "true")
            self.focus(problem.field or "")

    def say(self, text: str, tone: Tone, *, stays: bool = False) -> None:
        self._strip.say(text, tone, stays=stays)

    def _make_fields(self) -> None:
        self.full_name = _field(_("Full name"))
        self.full_name.setPlaceholderText(_("scan the card, or type the name"))
        self.id_number = _field(_("ID number"))
        self.id_number.setPlaceholderText(_("not required"))
        self.copies, self.pages = _field(_("Copies")), _field(_("Pages of one copy"))
        self.amount = _field(_("Amount collected"))
        self.amount.setPlaceholderText(_("đồng, 0 for nothing"))
        self._fields = {
            "applicant.full_name": self.full_name,
            "applicant.id_number": self.id_number,
            "copies": self.copies,
            "pages": self.pages,
            "amount_vnd": self.amount,
        }
        self.procedure = QComboBox()
        self.procedure.setAccessibleName(_("Procedure"))
        self.exemption = QComboBox()
        self.exemption.setAccessibleName(_("Who pays nothing"))
        self.paid_by = QComboBox()
        self.paid_by.setAccessibleName(_("Paid"))
        for value, name in (("cash", _("in cash")), ("transfer", _("by transfer"))):
            self.paid_by.addItem(name, value)
        self.slip = QCheckBox(_("Print a sli&p"))
        self.badge = Chip()
        self.badge.hide()
        for box in (self.procedure, self.exemption):  # names of a hundred letters must not widen the page
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)
        for count in (self.copies, self.pages):
            count.setText("1")
            count.setMaxLength(4)
            count.setAlignment(Qt.AlignmentFlag.AlignRight)

    def _connect(self) -> None:
        presenter = self.presenter
        self.full_name.editingFinished.connect(lambda: presenter.name_left(self.full_name.text()))
        self.id_number.editingFinished.connect(lambda: presenter.number_left(self.id_number.text()))
        self.procedure.activated.connect(presenter.procedure_chosen)
        self.exemption.activated.connect(presenter.refresh_fee)
        for field in (self.copies, self.pages):
            field.textEdited.connect(presenter.refresh_fee)
        for field in self._fields.values():
            field.returnPressed.connect(self._next_field)
        self.commit_button.clicked.connect(self.commit)
        self.table.opened.connect(lambda row: self.opened.emit(self.lines.lines[row].code))

    def _next_field(self) -> None:
        """Enter in a field: the next one that must be typed, at last the button that F9 stands for."""
        focused = QApplication.focusWidget()
        steps = [self.copies, self.pages, self.amount]
        following = steps[steps.index(focused) + 1 :] if focused in steps else steps
        field = next((step for step in following if step.isVisibleTo(self)), None)
        if field is None:
            self.commit_button.setFocus()
            return
        field.setFocus()
        field.selectAll()

    def _lay_out(self) -> None:
        form = Card(_("Given at once"))
        form.head.addWidget(self.badge)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        self.copies_label, self.pages_label = QLabel(), QLabel(_("Pages o&f one copy"))
        self.exemption_label, self.amount_label = QLabel(_("&Exempt")), QLabel(_("&Amount collected"))
        name, number, procedure = QLabel(_("Full na&me")), QLabel(_("&ID number")), QLabel(_("P&rocedure"))
        places: tuple[tuple[QLabel, QWidget, int, int, int], ...] = (
            (name, self.full_name, 0, 0, 4),
            (number, self.id_number, 0, 4, 2),
            (procedure, self.procedure, 2, 0, 6),
            (self.copies_label, self.copies, 4, 0, 2),
            (self.pages_label, self.pages, 4, 2, 2),
            (self.amount_label, self.amount, 4, 4, 2),
            (self.exemption_label, self.exemption, 6, 0, 6),
        )
        for label, widget, row, column, span in places:
            label.setBuddy(widget)
            grid.addWidget(label, row, column, 1, span)
            grid.addWidget(widget, row + 1, column, 1, span)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        form.body.addLayout(grid)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(form)
        left.addWidget(self.fee_card)
        left.addWidget(self._commit_card())
        left.addStretch(1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.today.body.addWidget(self.empty, 1)
        self.today.body.addWidget(self.table, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(left, 5)
        whole.addWidget(self.today, 6)

    def _commit_card(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        paid = QLabel(_("Pai&d"))
        paid.setBuddy(self.paid_by)
        row.addWidget(paid)
        row.addWidget(self.paid_by)
        row.addStretch(1)
        row.addWidget(self.slip)
        card.body.addLayout(row)
        card.body.addWidget(self.commit_button)
        card.body.addWidget(Muted(_("Enter moves on · F9 saves, books the money and closes · Esc empties")))
        return card


def _what(row: QuickRow) -> str:
    """The procedure; with its status where the result was taken back."""
    if row.status == Status.RETURNED:
        return row.procedure_name
    return f"! {status_name(Status(row.status))} · {row.procedure_name}"


def _show_both(wanted: bool, label: QLabel, widget: QWidget) -> None:
    label.setVisible(wanted)
    widget.setVisible(wanted)


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    return field
