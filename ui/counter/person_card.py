"""① The person: what the card says, what the officer types, and who files in their place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from motcua_desktop.domain.card import read_date
from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.person import Person
from motcua_desktop.domain.phone import read_phone
from motcua_desktop.domain.text import clean
from motcua_desktop.i18n import gettext as _
from ui.parts import Card, Chip, Muted, restyle
from ui.theme import Tone
from ui.wording import day_first

GENDERS = ("", "Nam", "Nữ")


class PersonCard(Card):
    """The fields of a person; `finished` when Enter leaves the last one."""

    id_typed = Signal(str)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__(_("① Applicant"))
        self.badge = Chip()
        self.badge.hide()
        self.head.addWidget(self.badge)
        self.id_number = _field(_("ID number"))
        self.full_name = _field(_("Full name"))
        self.birth_date = _field(_("Birth date"))
        self.birth_date.setPlaceholderText(_("dd/mm/yyyy"))
        self.gender = QComboBox()
        self.gender.addItems([_("–"), "Nam", "Nữ"])
        self.gender.setAccessibleName(_("Gender"))
        self.phone = _field(_("Phone"))
        self.address = _field(_("Address"))
        self.history = Muted()
        self.for_another = QCheckBox(_("Someone else files (Ctrl+U)"))
        self.representative = RepresentativeFields()
        self.representative.hide()
        self._lay_out()
        self.for_another.toggled.connect(self._toggle_representative)
        self.id_number.editingFinished.connect(lambda: self.id_typed.emit(self.id_number.text()))
        for field in (self.id_number, self.full_name, self.birth_date, self.address):
            field.returnPressed.connect(self.focusNextChild)
        self.phone.returnPressed.connect(self.finished)
        self.representative.finished.connect(self.finished)

    @property
    def fields(self) -> dict[str, QLineEdit]:
        own = {
            "applicant.id_number": self.id_number,
            "applicant.full_name": self.full_name,
            "applicant.birth_date": self.birth_date,
            "applicant.phone": self.phone,
            "applicant.address": self.address,
        }
        return own | self.representative.fields

    def person(self) -> Person:
        """What stands in the fields, clean."""
        number = "".join(clean(self.id_number.text()).split())
        return Person(
            full_name=clean(self.full_name.text()),
            id_number=number,
            id_kind=id_kind(number),
            birth_date=read_date(clean(self.birth_date.text())),
            gender=GENDERS[self.gender.currentIndex()],
            address=clean(self.address.text()),
            phone=read_phone(self.phone.text()),
        )

    def show_person(self, person: Person, *, doubtful: bool = False) -> None:
        """Fill every field but the phone, which a card does not know; `doubtful` text asks to be looked at."""
        self.id_number.setText(person.id_number)
        self.full_name.setText(person.full_name)
        self.birth_date.setText(day_first(person.birth_date))
        self.gender.setCurrentIndex(GENDERS.index(person.gender) if person.gender in GENDERS else 0)
        self.address.setText(person.address)
        for field in (self.full_name, self.address):
            field.setCursorPosition(0)
            restyle(field, "doubt", "true" if doubtful else None)
        self.clear_trouble()

    def take_back(self, person: Person) -> None:
        """Empty what was filled in for another number and not changed since."""
        filled = (
            (self.full_name, person.full_name),
            (self.birth_date, day_first(person.birth_date)),
            (self.address, person.address),
            (self.phone, person.phone),
        )
        for field, text in filled:
            if field.text() == text:
                field.clear()
        self.gender.setCurrentIndex(0)
        self.badge.hide()
        self.history.setText("")
        self.clear_trouble()

    def unreadable(self) -> Problem | None:
        """What stands in a field and cannot be read (MC-119); nothing typed is dropped in silence."""
        text = clean(self.birth_date.text())
        if text and not read_date(text):
            return Problem("MC-119", "applicant.birth_date", {"text": text})
        return None

    def clear(self) -> None:
        for field in self.fields.values():
            field.clear()
            restyle(field, "doubt", None)
        self.gender.setCurrentIndex(0)
        self.for_another.setChecked(False)
        self.badge.hide()
        self.history.setText("")
        self.clear_trouble()

    def clear_trouble(self) -> None:
        for field in self.fields.values():
            restyle(field, "trouble", None)

    def mark_read(self, text: str, tone: Tone) -> None:
        self.badge.say(text, tone)

    def _toggle_representative(self, on: bool) -> None:
        self.representative.setVisible(on)
        if on:
            self.representative.id_number.setFocus()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        places: tuple[tuple[QWidget, str, int, int, int], ...] = (
            (self.id_number, _("&ID number"), 0, 0, 3),
            (self.full_name, _("Full &name"), 0, 3, 5),
            (self.birth_date, _("&Birth date"), 2, 0, 3),
            (self.gender, _("&Gender"), 2, 3, 2),
            (self.phone, _("&Phone"), 2, 5, 3),
            (self.address, _("&Address"), 4, 0, 8),
        )
        for widget, text, row, column, span in places:
            grid.addWidget(_label(text, widget), row, column, 1, span)
            grid.addWidget(widget, row + 1, column, 1, span)
        for column in range(8):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.history)
        self.body.addWidget(self.for_another)
        self.body.addWidget(self.representative)


class RepresentativeFields(QFrame):
    """Who files for the applicant, and the paper that allows it."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.id_number = _field(_("Representative's ID number"))
        self.full_name = _field(_("Representative's full name"))
        self.phone = _field(_("Representative's phone"))
        self.authority = _field(_("Authorisation"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        rows = (
            (self.id_number, _("Representative's ID number"), 0, 0),
            (self.full_name, _("Representative's full name"), 0, 1),
            (self.phone, _("Representative's phone"), 2, 0),
            (self.authority, _("Authorisation"), 2, 1),
        )
        for field, text, row, column in rows:
            grid.addWidget(_label(text, field), row, column)
            grid.addWidget(field, row + 1, column)
        for field in (self.id_number, self.full_name, self.phone):
            field.returnPressed.connect(self.focusNextChild)
        self.authority.returnPressed.connect(self.finished)

    def stand_alone(self) -> None:
        """Look like a card of its own, away from the applicant's."""
        self.setProperty("alone", "true")
        self.setContentsMargins(14, 8, 14, 10)

    @property
    def fields(self) -> dict[str, QLineEdit]:
        return {
            "representative.id_number": self.id_number,
            "representative.full_name": self.full_name,
            "representative.phone": self.phone,
            "representative.authority": self.authority,
        }

    def person(self) -> Person:
        number = "".join(clean(self.id_number.text()).split())
        return Person(
            full_name=clean(self.full_name.text()),
            id_number=number,
            id_kind=id_kind(number),
            phone=read_phone(self.phone.text()),
            authority=clean(self.authority.text()),
        )

    def show_person(self, person: Person, *, doubtful: bool = False) -> None:
        self.id_number.setText(person.id_number)
        self.full_name.setText(person.full_name)
        self.full_name.setCursorPosition(0)
        restyle(self.full_name, "doubt", "true" if doubtful else None)


def id_kind(number: str) -> str:
    """Which document a number is from, by its shape; what has letters is a passport's."""
    if any(c.isalpha() for c in number):
        return "passport"
    return "cmnd" if len(number) == 9 else "cccd"


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name.replace("&", ""))
    return field


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
