"""One dossier: its head, its history, its facts, and on the right what can be done or the act being done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from motcua_desktop.domain.dossier import Dossier, Status, Verb
from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.text import in_figures
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.telling import verb_name
from ui.dossier.forms import KEYS, Field
from ui.dossier.head import AppointmentCard, HeadCard, sources
from ui.dossier.panel import ActPanel
from ui.dossier.port import Form, Remark, Seen
from ui.dossier.presenter import DossierPresenter
from ui.dossier.timeline import Line, timeline
from ui.parts import Card, Column, LinesModel, LinesTable, MessageStrip, Muted, StripText, restyle
from ui.theme import Tone
from ui.wording import day_first
from ui.workbench import Workbench

LONGEST_FACT = 110  # characters: two lines
LETTERS = {key: verb for verb, key in KEYS.items() if len(key) == 1}
_NEXT = {
    Status.NEW: (Verb.ACCEPT,),
    Status.ACCEPTED: (Verb.HAND_OVER,),
    Status.PROCESSING: (Verb.VERIFIED, Verb.FINISH),
    Status.SUPPLEMENT: (Verb.PAPERS_COMPLETE,),
    Status.PAYMENT: (Verb.PAID,),
    Status.WITHDRAWING: (Verb.STOP,),
    Status.FINISHED: (Verb.RETURN,),
}


class ActsCard(Card):
    """A button for each act that may be done now, its key beside its name; the ordinary next one stands out."""

    chosen = Signal(object)
    reprint = Signal()

    def __init__(self) -> None:
        super().__init__(_("What can be done now"))
        self.buttons: dict[Verb, QPushButton] = {}
        self._shown: tuple[Status, list[Verb]] | None = None
        self._inside = QWidget()
        self._nothing = Muted(_("Nothing more is to be done with this dossier."))
        self.again = QPushButton(_("Print again   Ctrl+P"))
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self.reprint)
        self.head.addWidget(self.again)
        self.body.addWidget(self._inside)
        self.body.addWidget(self._nothing)
        self.body.addStretch(1)

    def show_verbs(self, dossier: Dossier, verbs: Sequence[Verb]) -> None:
        """Buttons for these acts and no others; while they are the same ones the focus stays where it is."""
        if (dossier.status, list(verbs)) == self._shown:
            return
        self._shown = (dossier.status, list(verbs))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self.buttons = {verb: self._button(verb) for verb in verbs}
        first = next((verb for verb in _NEXT.get(dossier.status, ()) if verb in verbs), None)
        place = 0
        if first is not None:
            self.buttons[first].setObjectName("primary")
            grid.addWidget(self.buttons[first], 0, 0, 1, 2)
            place = 2
        for verb, button in self.buttons.items():
            if verb is not first:
                grid.addWidget(button, place // 2, place % 2)
                place += 1
        self.body.replaceWidget(self._inside, inside)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = inside
        self._nothing.setVisible(not verbs)

    def _button(self, verb: Verb) -> QPushButton:
        name = verb_name(verb)
        button = QPushButton(f"{name[:1].upper()}{name[1:]}   {KEYS.get(verb, '')}".rstrip())
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.chosen.emit(verb))
        return button


class DossierPage(QWidget):
    """`changed` after each act; `return_wanted` carries the desk key of one whose result is to be returned."""

    changed = Signal()
    reprint = Signal(str)
    return_wanted = Signal(str)

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._bench = bench
        self._strip = strip
        self.setAccessibleName(_("Dossier in full"))
        self.head = HeadCard()
        self.history: LinesModel[Line] = LinesModel(
            (
                Column(_("When"), lambda line: _when(line.at)),
                Column(_("What happened"), lambda line: line.text, tone=lambda line: line.tone, stretch=True),
                Column(_("Who"), lambda line: line.who),
            )
        )
        self.table = LinesTable(self.history, _("History"))
        self.appointment = AppointmentCard()
        self.facts = {name: StripText() for name in _fact_names()}
        self._names = {name: Muted(name) for name in self.facts}
        self.term = list(self.facts.values())[-1]
        self.acts = ActsCard()
        self.panel = ActPanel()
        self.side = QStackedWidget()
        self._lay_out()
        self.presenter = DossierPresenter(self, bench, self.changed.emit)
        self.acts.chosen.connect(self.presenter.choose)
        self.acts.reprint.connect(self.print_again)
        self.panel.edited.connect(self.presenter.edited)
        self.panel.confirmed.connect(self.presenter.confirm)
        self.panel.given_up.connect(self.presenter.close)
        self.table.typed.connect(self._letter)

    def activate(self) -> None:
        """Called when the page comes into sight."""
        if self.presenter.verb is None:
            self.table.setFocus()

    @property
    def is_asking(self) -> bool:
        """Whether the panel of an act is open."""
        return self.presenter.verb is not None

    def confirmed_by(self, key: str | None) -> bool:
        """Whether a scanned key confirms what is asked for: the control sheet, for a hand-over or its return."""
        return key is not None and self.presenter.confirm_by_sheet(key)

    def key_to_return(self) -> str:
        """The key of the dossier in sight where its result can be given out now; "" where it cannot."""
        return self.presenter.key_to_return()

    def commit(self) -> None:
        """F9 confirms the act that the panel asks for."""
        self.presenter.confirm()

    def print_again(self) -> None:
        """One more receipt of this dossier."""
        if self.presenter.dossier is not None:
            self.reprint.emit(self.presenter.dossier.code)

    def show_dossier(self, seen: Seen, verbs: Sequence[Verb]) -> None:
        dossier = seen.dossier
        for part in self._parts:
            part.show()
        self.head.show_dossier(dossier)
        self.appointment.show_dossier(seen, self._bench.desk.now())
        self.history.show(timeline(dossier))
        if self.history.lines:
            self.table.selectRow(0)
        for (name, label), text in zip(self.facts.items(), _facts(dossier), strict=True):
            label.setText(shorten(text, LONGEST_FACT, placeholder=" …"))
            label.setToolTip(text)
            label.setVisible(bool(text))
            self._names[name].setVisible(bool(text))
        restyle(self.term, "tone", None if sources(dossier)[1] else str(Tone.SOON))
        focused = QApplication.focusWidget()
        was_there = focused is not None and self.acts.isAncestorOf(focused)
        self.acts.show_verbs(dossier, verbs)
        if was_there and focused not in self.acts.buttons.values() and focused is not self.acts.again:
            self.table.setFocus()

    def show_nothing(self) -> None:
        """A dossier that cannot be read: nothing of the one before stays in sight."""
        for part in self._parts:
            part.hide()

    def show_form(self, form: Form) -> None:
        self.side.setCurrentWidget(self.panel)
        self.panel.show_form(form)

    def show_preview(self, remarks: Sequence[Remark]) -> None:
        self.panel.show_preview(remarks)

    def hide_form(self) -> None:
        if self.side.currentWidget() is self.panel:
            self.side.setCurrentWidget(self.acts)
            self.table.setFocus()

    def show_busy(self, busy: bool) -> None:
        """While an act is on its way to the disk nothing in it can be changed."""
        self.panel.setEnabled(not busy)

    def given(self) -> Mapping[Field, str]:
        return self.panel.given()

    def focus(self, field: str) -> None:
        self.panel.focus(field)

    def say(self, text: str, tone: Tone, *, number: str = "", stays: bool = False) -> None:
        self._strip.say(text, tone, number=number, stays=stays)

    def complain(self, problem: Problem) -> None:
        self._strip.tell(problem, stays=problem.number.startswith(("MC-12", "MC-13", "MC-19")))

    def lead_to_return(self, key: str) -> None:
        self.return_wanted.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter that nothing on the page took is an act; with an open panel it is nothing."""
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and event.text():
            self._letter(event.text().upper())
        super().keyPressEvent(event)

    def _letter(self, letter: str) -> None:
        verb = LETTERS.get(letter)
        if verb is not None and not self.is_asking:
            self.presenter.choose(verb)  # which says why where it is not possible

    def _lay_out(self) -> None:
        facts = QGridLayout()
        facts.setHorizontalSpacing(12)
        facts.setVerticalSpacing(2)
        facts.setColumnStretch(1, 1)
        for row, (name, label) in enumerate(self.facts.items()):
            label.setWordWrap(True)
            facts.addWidget(self._names[name], row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(label, row, 1)
        story = Card()
        story.body.addLayout(facts)
        story.body.addWidget(self.table, 1)
        self.side.addWidget(self.acts)
        self.side.addWidget(self.panel)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.head)
        left.addWidget(story, 1)
        right.addWidget(self.appointment)
        right.addWidget(self.side, 1)
        self._parts = (self.head, story, self.appointment, self.side)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        for layout, weight in ((left, 3), (right, 2)):
            layout.setSpacing(10)
            both.addLayout(layout, weight)
        both.setSpacing(10)


def _fact_names() -> tuple[str, ...]:
    return (_("Money"), _("Result"), _("Papers"), _("Note"), _("Term by"))


def _facts(dossier: Dossier) -> tuple[str, ...]:
    return _money(dossier), _delivery(dossier), _papers(dossier), dossier.note or "", sources(dossier)[0]


def _money(dossier: Dossier) -> str:
    parts = [dossier.fee] if dossier.fee else []
    if dossier.paid_vnd:
        parts.append(_("paid {amount}").format(amount=_dong(dossier.paid_vnd)))
    if dossier.fee_left_vnd:
        parts.append(_("still to pay {amount}").format(amount=_dong(dossier.fee_left_vnd)))
    return "; ".join(parts)


def _delivery(dossier: Dossier) -> str:
    ways = {"counter": _("At the counter"), "post": _("By post"), "online": _("Online")}
    parts = [ways.get(dossier.return_by, dossier.return_by)]
    if dossier.result:
        parts.append(dossier.result)
    delivery = dossier.delivery
    states = {
        "posted": _("sent by post {when} {tracking}"),
        "mailed_back": _("mail came back {when}"),
        "handed": _("handed to {to} {when}"),
    }
    if delivery.state in states:
        text = states[delivery.state]
        said = text.format(when=_when(delivery.at), tracking=delivery.tracking, to=delivery.to)
        parts.append(" ".join(said.split()))
    return " · ".join(parts)


def _papers(dossier: Dossier) -> str:
    """How many there are, the owed ones first: those are asked about."""
    owed = _("owed: {papers}").format(papers="; ".join(dossier.owed)) if dossier.owed else ""
    named = "; ".join(paper.short for paper in dossier.documents)
    return " · ".join(part for part in (str(len(dossier.documents)), owed, named) if part)


def _dong(amount: int) -> str:
    return f"{in_figures(amount)} đ"


def _when(iso: str) -> str:
    return f"{iso[11:16]} {day_first(iso[:10])}" if iso else ""
