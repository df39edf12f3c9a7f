"""The face of the results: one line to ask; below it what waits, one person, several, the post, what is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from motcua_desktop.domain.card import IdentityCard
from motcua_desktop.domain.errors import Problem
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import sentence
from motcua_desktop.services.returning import ReadyLine
from ui.page_keys import KeyPage, PageKey
from ui.parts import Card, ChipButton, Column, LinesModel, LinesTable, MessageStrip, Muted, restyle
from ui.returning import wording
from ui.returning.person_panel import PersonPanel
from ui.returning.port import Collecting, Panel
from ui.returning.post_card import PostCard
from ui.returning.presenter import ReturnPresenter
from ui.theme import Tone, enlarge
from ui.workbench import Workbench

_SERIOUS = ("MC-131", "MC-132", "MC-150", "MC-156", "MC-999")


class ListCard(Card):
    """Results in a table: what waits, or the people that answer to what was typed."""

    def __init__(self, name: str, empty: str) -> None:
        super().__init__(name)
        self.lines: LinesModel[ReadyLine] = LinesModel(
            (
                Column(_("Since"), wording.since),
                Column(_("Applicant"), lambda line: line.name, stretch=True),
                Column(_("Number, birth date"), wording.known_by),
                Column(_("Result"), lambda line: line.what, stretch=True),
                Column(_("State"), wording.state, tone=wording.tone),
                Column(_("Dossier"), lambda line: line.code),
            )
        )
        self.table = LinesTable(self.lines, name)
        self.empty = Muted(empty)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.table, 1)

    def show_lines(self, title: str, lines: list[ReadyLine]) -> None:
        self.title.setText(title)
        self.lines.show(lines)
        self.empty.setVisible(not lines)
        self.table.setVisible(bool(lines))
        if lines:
            self.table.selectRow(0)


class DoneCard(Card):
    """What was just handed out: calm, large, and in sight until the next scan."""

    def __init__(self) -> None:
        super().__init__()
        self.large = QLabel()
        self.large.setWordWrap(True)
        enlarge(self.large, 1.85, bold=True)
        self.list = QLabel()
        self.list.setWordWrap(True)
        self.list.setTextFormat(Qt.TextFormat.PlainText)
        self.list.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        enlarge(self.list, 1.15)
        self.hint = Muted()
        for widget in (self.large, self.list, self.hint):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def show_done(self, title: str, lines: list[str], tone: Tone, hint: str) -> None:
        sign = "✓" if tone is Tone.DONE else "!"
        self.large.setText(f"{sign} {title}")
        self.list.setText("\n".join(lines))
        self.hint.setText(hint)


class ReturnPage(KeyPage):
    """Scan, Enter, F9."""

    opened = Signal(str)
    changed = Signal()

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._strip = strip
        self.setAccessibleName(_("Return results"))
        self.ask = QLineEdit()
        self.ask.setAccessibleName(_("Scan the receipt or the card, or type the last 4 digits"))
        self.ask.setPlaceholderText(
            _("Scan the receipt or the card, or type the last 4 digits, a code or a name")
        )
        enlarge(self.ask, 1.3)
        self.waiting_chip, self.post_chip = ChipButton(), ChipButton()
        nothing = _("No result waits at the desk. What the units finish appears here.")
        self.waiting = ListCard(_("Ready to hand out"), nothing)
        self.people = ListCard(_("Which of them?"), "")
        self.person = PersonPanel()
        self.done = DoneCard()
        self.post = PostCard()
        self.stack = QStackedWidget()
        for part in (self.waiting, self.people, self.person, self.done, self.post):
            self.stack.addWidget(part)
        self._lay_out()
        self.presenter = ReturnPresenter(self, bench, self.changed.emit)
        self._connect()

    def activate(self) -> None:
        """Called when the page comes into sight."""
        self.presenter.activate()

    def card_scanned(self, card: IdentityCard, doubtful: bool = False) -> None:
        """A citizen's card, wherever the focus is."""
        self.presenter.card_scanned(card, doubtful=doubtful)

    def key_scanned(self, key: str) -> None:
        """The code of one of our receipts, its 16 digits."""
        self.presenter.key_scanned(key)

    def commit(self) -> None:
        """F9."""
        self.presenter.commit()

    def escape(self) -> None:
        """Back to what waits."""
        self.presenter.escape()

    def for_another(self) -> None:
        """Ctrl+U: somebody authorised takes it."""
        if self._shown(self.person):
            self.person.checklist.by_other.toggle()

    def page_keys(self) -> Mapping[PageKey, Callable[[], object]]:
        checklist = self.person.checklist
        return {
            (Qt.Key.Key_F9, False): self.commit,
            (Qt.Key.Key_Escape, False): self.escape,
            (Qt.Key.Key_U, True): self.for_another,
            (Qt.Key.Key_M, True): checklist.lost.toggle,
            (Qt.Key.Key_T, True): self.presenter.take_money,
            (Qt.Key.Key_R, True): self.presenter.mail_back,
            (Qt.Key.Key_O, True): self._open,
            (Qt.Key.Key_B, True): self.presenter.by_post,
            (Qt.Key.Key_P, True): self.presenter.print_again,
        }

    def wants(self, key: PageKey) -> bool:
        """Keys of the person only where one stands here; Esc on an empty page belongs to the window."""
        if key[0] == Qt.Key.Key_Escape:
            return not self.presenter.is_blank or bool(self.ask.text())
        if key[0] == Qt.Key.Key_P:
            return self.presenter.can_print
        person = (Qt.Key.Key_U, Qt.Key.Key_M, Qt.Key.Key_T, Qt.Key.Key_R, Qt.Key.Key_O)
        return key[0] not in person or self._shown(self.person)

    def move_on(self) -> None:
        """Enter on the first line of the checklist confirms the person; elsewhere it does nothing."""
        if self.person.checklist.in_person.hasFocus():
            self.presenter.confirm()

    def collecting(self) -> Collecting:
        return self.person.checklist.collecting()

    def chosen(self) -> tuple[str, ...]:
        return self.post.chosen() if self._shown(self.post) else self.person.results.chosen()

    def asked(self) -> str:
        return self.ask.text()

    def tracking(self) -> dict[str, str]:
        return self.post.tracking()

    def owed_vnd(self) -> int:
        return self.person.results.owed_vnd()

    def show_counts(self, waiting: int, by_post: int) -> None:
        self.waiting_chip.say(_("Waiting: {count}   Esc").format(count=waiting), Tone.CALM)
        self.post_chip.say(_("By post: {count}   Ctrl+B").format(count=by_post), Tone.DRAFT)

    def show_waiting(self, lines: list[ReadyLine], count: int) -> None:
        self.waiting.show_lines(_("Ready to hand out: {count}").format(count=count), lines)
        self.stack.setCurrentWidget(self.waiting)

    def show_people(self, text: str, lines: list[ReadyLine]) -> None:
        self.people.show_lines(_("Several people answer to “{text}”. Which?").format(text=text), lines)
        self.stack.setCurrentWidget(self.people)
        self.people.table.setFocus()

    def show_panel(self, panel: Panel) -> None:
        self.person.show_panel(panel)
        self.stack.setCurrentWidget(self.person)

    def show_confirmed(self, how: str) -> None:
        self.person.checklist.show_confirmed(how)

    def doubt(self) -> None:
        """Whoever was confirmed is no longer."""
        self.person.checklist.in_person.setChecked(False)

    def show_collecting(self, said: Collecting) -> None:
        self.person.checklist.show_collecting(said)

    def show_other(self, name: str, id_number: str, *, doubtful: bool = False) -> None:
        self.person.checklist.show_other(name, id_number, doubtful=doubtful)

    def show_done(self, title: str, lines: list[str], *, tone: Tone, hint: str) -> None:
        self.done.show_done(title, lines, tone, hint)
        self.stack.setCurrentWidget(self.done)

    def show_post(self, lines: list[ReadyLine]) -> None:
        self.post.show_lines(lines)
        self.stack.setCurrentWidget(self.post)
        self.post.table.setFocus()

    def show_saving(self, busy: bool) -> None:
        """While it is on its way to the disk nothing can be changed."""
        if busy:
            self.keep_focus()
        self.stack.setEnabled(not busy)
        self.ask.setEnabled(not busy)
        if not busy:
            self.give_focus_back()

    def clear(self) -> None:
        self.ask.clear()
        self.person.checklist.clear()

    def focus(self, place: str) -> None:
        places: dict[str, QWidget] = {
            "ask": self.ask,
            "post": self.post.table,
            **self.person.checklist.fields,
        }
        if place in places:
            places[place].setFocus()

    def complain(self, problem: Problem, advice: str = "") -> None:
        serious = problem.number in _SERIOUS
        text = " ".join(part for part in (sentence(problem), advice) if part)
        tone = Tone.LATE if serious else Tone.SOON
        self._strip.say(text, tone, number=problem.number, stays=True)
        for place, field in self.person.checklist.fields.items():
            if isinstance(field, QLineEdit):
                restyle(field, "trouble", "true" if place == problem.field else None)

    def say(self, text: str, tone: Tone, *, stays: bool = False) -> None:
        self._strip.say(text, tone, stays=stays)

    def hush(self) -> None:
        self._strip.hide()

    def _shown(self, part: QWidget) -> bool:
        return self.stack.currentWidget() is part

    def _open(self) -> None:
        if self.presenter.panel is not None:
            self.opened.emit(self.presenter.panel.first.code)

    def _connect(self) -> None:
        presenter, checklist = self.presenter, self.person.checklist
        self.ask.returnPressed.connect(presenter.typed)
        for part in (self.waiting, self.people):
            part.table.opened.connect(lambda row, part=part: presenter.choose(part.lines.lines[row]))
        checklist.in_person.toggled.connect(presenter.ticked)
        checklist.money_wanted.connect(presenter.take_money)
        checklist.mail_back_wanted.connect(presenter.mail_back)
        checklist.committed.connect(presenter.commit)
        self.person.open.clicked.connect(self._open)
        self.post.committed.connect(presenter.commit)
        self.waiting_chip.clicked.connect(presenter.escape)
        self.post_chip.clicked.connect(presenter.by_post)

    def _lay_out(self) -> None:
        top = Card()
        row = QHBoxLayout()
        row.addWidget(self.ask, 1)
        for chip in (self.waiting_chip, self.post_chip):
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)  # or the line is no higher than they are
        top.body.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(top)
        column.addWidget(self.stack, 1)
