"""The counter's face: three columns, two when the letters are large."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.person import Person
from motcua_desktop.domain.procedure import Procedure
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.finding import DossierLine
from ui.counter.due_card import DueCard
from ui.counter.person_card import PersonCard
from ui.counter.presenter import CounterPresenter
from ui.counter.procedure_card import ProcedureCard
from ui.counter.today_card import TodayCard
from ui.counter.turning_away import TurningAway
from ui.parts import MessageStrip, restyle
from ui.theme import BASE_POINTS, Tone
from ui.workbench import Workbench

DUE_EVERY_MS = 15_000
TWO_COLUMNS_FROM = BASE_POINTS * 1.1  # points: three columns no longer fit 1366 pixels


class CounterPage(QWidget):
    """Shows the draft and hands every act to the presenter."""

    changed = Signal()

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._strip = strip
        self.person_card = PersonCard()
        self.procedure_card = ProcedureCard()
        self._large = QApplication.font().pointSizeF() >= TWO_COLUMNS_FROM
        self.due_card = DueCard(wide=self._large)
        self.today_card = TodayCard()
        self._lay_out()
        self.presenter = CounterPresenter(self, bench, self.changed.emit)
        self.turning_away = TurningAway(self, bench, self.presenter, self.changed.emit)
        self._connect()
        self._minutes = QTimer(self)
        self._minutes.timeout.connect(self.presenter.refresh_due)
        self._minutes.start(DUE_EVERY_MS)
        self.presenter.start()

    def applicant(self) -> Person:
        return self.person_card.person()

    def representative(self) -> Person | None:
        return self.person_card.representative.person() if self.wants_representative() else None

    def wants_representative(self) -> bool:
        return self.person_card.for_another.isChecked()

    def brought(self) -> tuple[tuple[int, int, int], ...]:
        return self.procedure_card.papers.brought()

    def missing(self) -> tuple[str, ...]:
        return self.procedure_card.papers.missing()

    def return_by(self) -> str:
        return str(self.due_card.return_by.currentData())

    def note(self) -> str:
        return self.procedure_card.note.text().strip()

    def appointment_text(self) -> str:
        return self.due_card.appointment.text() if self.due_card.appointment.isVisibleTo(self) else ""

    def show_applicant(self, person: Person, badge: str, *, doubtful: bool = False) -> None:
        self.person_card.show_person(person, doubtful=doubtful)
        sign, tone = ("?", Tone.SOON) if doubtful else ("✓", Tone.DONE)
        self.person_card.mark_read(f"{sign} {badge}" if badge else "", tone)

    def show_representative(self, person: Person, *, doubtful: bool = False) -> None:
        self.person_card.representative.show_person(person, doubtful=doubtful)

    def show_history(self, text: str) -> None:
        self.person_card.history.setText(text)

    def show_phone(self, phone: str) -> None:
        self.person_card.phone.setText(phone)

    def show_matches(self, procedures: list[Procedure]) -> None:
        self.procedure_card.show_matches(procedures)

    def show_chosen(self, procedure: Procedure | None, facts: str) -> None:
        self.procedure_card.show_chosen(procedure, facts)
        if self._large:
            self.today_card.setVisible(procedure is None)
            self.procedure_card.table.setVisible(procedure is not None)
        if procedure is not None:
            self.procedure_card.search.setText(procedure.short_name)
            self.procedure_card.search.setCursorPosition(0)
            self.procedure_card.show_matches([procedure])

    def wanted_procedure(self) -> str:
        return self.procedure_card.search.text()

    def show_due(self, large: str, why: str, fee: str, *, ask: bool, doubtful: bool = False) -> None:
        self.due_card.doubt.setVisible(doubtful)
        self.due_card.due.setText(large)
        self.due_card.due.setHidden(ask and large == "–")
        self.due_card.why.setText(why)
        self.due_card.fee.setText(fee)
        self.due_card.appointment.setVisible(ask)

    def show_papers_state(self, text: str, tone: Tone) -> None:
        self.procedure_card.mark_papers(text, tone)

    def show_saved(self, code: str) -> None:
        """What is saved can no longer be typed over."""
        for card in (self.person_card, self.procedure_card):
            card.setEnabled(not code)
        self.due_card.show_saved(code)

    def show_today(self, lines: list[DossierLine], count: int) -> None:
        self.today_card.show_lines(lines, count)

    def clear(self) -> None:
        self.person_card.clear()
        self.procedure_card.search.clear()
        self.procedure_card.note.clear()
        self.due_card.appointment.clear()
        self.due_card.return_by.setCurrentIndex(0)

    def focus(self, place: str) -> None:
        if place == "procedure":
            self.procedure_card.search.setFocus()
            self.procedure_card.search.selectAll()
            return
        places: dict[str, QWidget] = {
            "papers": self.procedure_card.table,
            "commit": self.due_card.commit,
            "note": self.procedure_card.note,
            "due_at": self.due_card.appointment,
            **self.person_card.fields,
        }
        if place in places:
            places[place].setFocus()

    def complain(self, problem: Problem) -> None:
        self.person_card.clear_trouble()
        tone = (
            Tone.LATE if problem.number in ("MC-131", "MC-132", "MC-150", "MC-156", "MC-999") else Tone.SOON
        )
        stays = tone is Tone.LATE or problem.number.startswith(
            ("MC-12", "MC-13", "MC-19")
        )  # printer and disk
        self._strip.tell(problem, tone, stays=stays)
        place = problem.field or ""
        if place in self.person_card.fields and problem.number != "MC-102":
            restyle(self.person_card.fields[place], "trouble", "true")
        self.focus(place)

    def say(self, text: str, tone: Tone, *, stays: bool = False) -> None:
        self._strip.say(text, tone, stays=stays)

    def draft(self) -> object:
        """Everything an officer may have entered, to be compared with itself later."""
        fields = tuple(field.text() for field in self.person_card.fields.values())
        card, procedure = self.person_card, self.procedure_card
        return (
            fields,
            card.gender.currentIndex(),
            card.for_another.isChecked(),
            procedure.search.text(),
            self.brought(),
            procedure.note.text(),
            self.return_by(),
            self.due_card.appointment.text(),
        )

    def unreadable(self) -> Problem | None:
        return self.person_card.unreadable()

    def take_back(self, person: Person) -> None:
        self.person_card.take_back(person)

    def show_saving(self, busy: bool) -> None:
        """While a dossier is on its way to the disk nothing can be typed into it."""
        for card in (self.person_card, self.procedure_card):
            card.setEnabled(not busy)

    def hush(self) -> None:
        self._strip.hide()

    def _connect(self) -> None:
        presenter, procedure = self.presenter, self.procedure_card
        self.person_card.id_typed.connect(presenter.id_typed)
        self.person_card.finished.connect(self._person_finished)
        procedure.typed.connect(presenter.procedure_edited)
        procedure.chosen.connect(presenter.procedure_chosen)
        procedure.case_chosen.connect(presenter.case_chosen)
        procedure.papers.changed.connect(presenter.papers_changed)
        procedure.table.confirmed.connect(presenter.papers_confirmed)
        self.due_card.committed.connect(presenter.commit)
        self.due_card.reprint.connect(presenter.reprint)
        self.due_card.next_person.connect(presenter.escape)
        self.due_card.appointment.textEdited.connect(presenter.refresh_due)

    def _person_finished(self) -> None:
        self.focus("procedure" if self.presenter.procedure is None else "papers")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        grid.addWidget(self.person_card, 0, 0)
        if self._large:
            grid.addWidget(self.due_card, 1, 0)
            right = QVBoxLayout()
            right.setSpacing(10)
            self.person_card.representative.stand_alone()  # there is no room for it in the left column
            right.addWidget(self.person_card.representative)
            right.addWidget(self.procedure_card, 1)
            right.addWidget(self.today_card, 1)  # in the place of the papers while no procedure is chosen
            grid.addLayout(right, 0, 1, 2, 1)
            grid.setColumnStretch(0, 9)
            grid.setColumnStretch(1, 11)
        else:
            grid.addWidget(self.today_card, 1, 0)
            grid.addWidget(self.procedure_card, 0, 1, 2, 1)
            grid.addWidget(self.due_card, 0, 2, 2, 1)
            for column, weight in enumerate((36, 42, 24)):
                grid.setColumnStretch(column, weight)
        grid.setRowStretch(1, 1)
        self.setAccessibleName(_("Counter"))
