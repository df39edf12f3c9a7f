"""④ The appointment in large type, how the result is collected, and the one button that commits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.intake import RETURN_BY
from ui.parts import Card, Muted, StripText, restyle
from ui.theme import Tone, enlarge


class DueCard(Card):
    """`committed` is F9's button; `reprint` and `next_person` belong to a dossier that is saved."""

    committed = Signal()
    reprint = Signal()
    next_person = Signal()

    def __init__(self, *, wide: bool = False) -> None:
        super().__init__(_("④ Appointment"))
        self.due = QLabel("–")
        self.due.setWordWrap(True)
        self.due.setAccessibleName(_("Appointment"))
        enlarge(self.due, 1.85, bold=True)
        self.doubt = StripText(_("◆ term not verified"))
        restyle(self.doubt, "tone", str(Tone.SOON))
        self.doubt.setToolTip(_("The source of this term was not checked against the text of the law."))
        self.doubt.hide()
        self.head.addWidget(self.doubt)
        self.why = Muted()
        self.appointment = QLineEdit()
        self.appointment.setAccessibleName(_("Appointment set by the resolving unit"))
        self.appointment.setPlaceholderText(_("dd/mm/yyyy"))
        self.appointment.hide()
        self.return_by = QComboBox()
        self.return_by.setAccessibleName(_("Result is collected"))
        names = {"counter": _("At the counter"), "post": _("By post"), "online": _("Online")}
        for value in RETURN_BY:
            self.return_by.addItem(names[value], value)
        self.fee = Muted()
        self.saved = QLabel()
        self.saved.setWordWrap(True)
        self.saved.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        enlarge(self.saved, 1.15, bold=True)
        self.commit = QPushButton(_("Accept and print   F9"))
        self.commit.setObjectName("primary")
        self.again = QPushButton(_("Print again   Ctrl+P"))
        self.next = QPushButton(_("Next person   Esc"))
        for button in (self.commit, self.again, self.next):
            button.setAutoDefault(False)
        self._lay_out(wide)
        self.commit.clicked.connect(self.committed)
        self.again.clicked.connect(self.reprint)
        self.next.clicked.connect(self.next_person)
        self.show_saved("")

    def show_saved(self, code: str) -> None:
        """After F9: the number in large type, and what can be done with it; "" before."""
        if code:  # or the focus would fall on what prints again
            self.next.setFocus()
        self.commit.setEnabled(not code)
        self.commit.setVisible(not code)
        self.saved.setText(_("Saved: {code}").format(code=code) if code else "")
        self.saved.setVisible(bool(code))
        self.again.setVisible(bool(code))

    def _lay_out(self, wide: bool) -> None:
        label = QLabel(_("&Result is collected"))
        label.setBuddy(self.return_by)
        way = QHBoxLayout()
        way.addWidget(label)
        way.addWidget(self.return_by, 1)
        for widget in (self.due, self.why, self.appointment):
            self.body.addWidget(widget)
        self.body.addLayout(way)
        self.body.addWidget(self.fee)
        self.body.addStretch(1)
        self.body.addWidget(self.saved)
        buttons = QHBoxLayout() if wide else QVBoxLayout()
        buttons.setSpacing(6)
        for button in (self.commit, self.again, self.next):
            buttons.addWidget(button, 2 if button is self.commit else 1)
        self.body.addLayout(buttons)
