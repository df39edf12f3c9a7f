"""The upper part of a dossier: what it is, the sentence to read out, the appointment, the five "clear"s."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel

from motcua_desktop.domain.dossier import Dossier, Status, Waiting
from motcua_desktop.domain.receipt import masked
from motcua_desktop.domain.source import is_verified
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.telling import five_clear, outcome, say, status_name
from ui.dossier.port import Seen
from ui.dossier.preview import timer_text
from ui.parts import Card, Chip, Muted, StripText, restyle
from ui.theme import Tone, enlarge, is_large
from ui.wording import appointment, day_first, sending

_TONES = {
    Status.NEW: Tone.DRAFT,
    Status.SUPPLEMENT: Tone.PAUSED,
    Status.PAYMENT: Tone.PAUSED,
    Status.WITHDRAWING: Tone.TODAY,
    Status.STOPPED: Tone.DRAFT,
    Status.NOT_ACCEPTED: Tone.DRAFT,
    Status.FINISHED: Tone.DONE,
    Status.RETURNED: Tone.DONE,
}


class HeadCard(Card):
    """What answers a telephone call: which dossier, whose, the sentence to read out, the five "clear"s."""

    def __init__(self) -> None:
        super().__init__()
        self.code = QLabel()
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        enlarge(self.code, 1.2 if is_large() else 1.45, bold=True)
        self.status, self.paused = Chip(), Chip()
        self.who = QLabel()
        self.who.setWordWrap(True)
        self.sentence = StripText()
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("tone", str(Tone.CALM))
        enlarge(self.sentence, 1.0 if is_large() else 1.12)
        self.clears = {name: QLabel() for name in _clear_names()}
        self._lay_out()

    def show_dossier(self, dossier: Dossier) -> None:
        self.code.setText(dossier.code)
        status = _("Void") if dossier.voided else status_name(dossier.status)
        self.status.say(status, _TONES.get(dossier.status, Tone.CALM))
        self.paused.say("Ⅱ " + _("paused") if dossier.paused else "", Tone.PAUSED)
        self.who.setText(_who(dossier))
        self.sentence.setText(f"“{say(dossier)}”")
        found = five_clear(dossier)
        texts = (found.person, found.task, found.responsibility, found.procedure, found.outcome or "–")
        for label, text in zip(self.clears.values(), texts, strict=True):
            label.setText(text)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.code)
        for chip in (self.status, self.paused):
            top.addWidget(chip)
        top.addStretch(1)
        clears = QGridLayout()
        clears.setHorizontalSpacing(14)
        clears.setVerticalSpacing(0)
        for column, (name, label) in enumerate(self.clears.items()):
            heading = Muted(name)
            enlarge(heading, 0.9)
            for part in (heading, label):
                part.setWordWrap(True)
                part.setAlignment(Qt.AlignmentFlag.AlignTop)
            clears.addWidget(heading, 0, column)
            clears.addWidget(label, 1, column)
            clears.setColumnStretch(column, 3 if column == 2 else 2)
        self.body.addLayout(top)
        self.body.addWidget(self.who)
        self.body.addWidget(self.sentence)
        self.body.addLayout(clears)


class AppointmentCard(Card):
    """The appointment in large type, every other date beside it, and an inner term that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.name = Muted()
        self.due = QLabel()
        self.due.setWordWrap(True)
        enlarge(self.due, 1.6, bold=True)
        self.total = QLabel()
        self.total.setWordWrap(True)
        enlarge(self.total, 1.2, bold=True)
        self.dates = Muted()
        self.timer = StripText()
        self.timer.setWordWrap(True)
        self.sent = Chip()
        self.body.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.sent)
        self.body.addLayout(row)
        for label in (self.due, self.total, self.dates, self.timer):
            self.body.addWidget(label)

    def show_dossier(self, seen: Seen, now: datetime) -> None:
        dossier = seen.dossier
        self.sent.say(*sending(seen.sending))
        self.name.setText(_("Appointment") if dossier.is_open else _("Was due"))
        self.due.setText(_moment(dossier.due_at, now))
        total = _("All offices together: {when}").format(when=_moment(dossier.due_total_at, now))
        _say(self.total, total if dossier.due_total_at else "")
        more = []
        if dossier.original_due_at and dossier.original_due_at != dossier.due_at:
            more.append(_("first appointment: {when}").format(when=_moment(dossier.original_due_at, now)))
        if dossier.waiting is not Waiting.NOTHING and dossier.waiting_due_at:
            more.append(_("we wait until {when}").format(when=_moment(dossier.waiting_due_at, now)))
        if dossier.provisional_year is not None:
            said = _("provisional: the calendar of {year} is not published")
            more.append(said.format(year=dossier.provisional_year))
        if outcome(dossier):
            more.append(outcome(dossier))
        _say(self.dates, "; ".join(more))
        self._show_timer(dossier, now)

    def _show_timer(self, dossier: Dossier, now: datetime) -> None:
        timer = dossier.timer
        if timer is None or not dossier.is_open:
            self.timer.hide()
            return
        _say(self.timer, "◷ " + timer_text(timer.name, timer.due_at, now))
        late = datetime.fromisoformat(timer.due_at) < now
        restyle(self.timer, "tone", str(Tone.LATE if late else Tone.SOON))


def sources(dossier: Dossier) -> tuple[str, bool]:
    """What the dates rest on, and whether all of it was checked against the text of the law."""
    said = [str(dossier.term.get("source") or "")]
    if dossier.timer is not None and dossier.is_open:
        said.append(dossier.timer.source)
    found = [source for source in dict.fromkeys(said) if source]
    checked = all(map(is_verified, found))
    return ("" if checked else _("not checked against the law: ")) + ("; ".join(found) or "–"), checked


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _clear_names() -> tuple[str, ...]:
    return (
        _("Who has it"),
        _("Does what"),
        _("Answers for it"),
        _("What comes next"),
        _("Measured result"),
    )


def _who(dossier: Dossier) -> str:
    person = dossier.applicant
    parts = [str(dossier.procedure["short_name"])]
    if person is None:
        parts.append(_("personal data removed"))
    else:
        parts += [person.full_name, masked(person.id_number)]
        if person.birth_date:
            parts.append(_("born {day}").format(day=day_first(person.birth_date)))
        if person.phone:
            parts.append(person.phone)
    return " · ".join(part for part in parts if part)


def _moment(iso: str | None, now: datetime) -> str:
    return appointment(datetime.fromisoformat(iso), now) if iso else "–"
