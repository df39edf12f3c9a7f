"""What waits, why and until when; one button sends it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from motcua_desktop.domain.errors import Problem
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import sentence
from motcua_desktop.services.board import Today
from motcua_desktop.services.sending import OutboxSummary
from ui.outbox.presenter import OutboxPresenter, WaitingDossier, clock_text
from ui.parts import Card, Chip, Column, LinesModel, LinesTable, MessageStrip, Muted
from ui.theme import Tone
from ui.wording import sending
from ui.workbench import Workbench


class OutboxPage(QWidget):
    """The outbox and the progress of sending, counted in entries."""

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._strip = strip
        self.setAccessibleName(_("Sending"))
        self.waiting, self.sent, self.refused = Chip("", Tone.DRAFT), Chip("", Tone.DONE), Chip("", Tone.LATE)
        self.line_state = Muted()
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Progress of sending"))
        self.progress.setFormat(_("%v of %m entries"))
        self.progress.hide()
        self.send_button = QPushButton(_("Send now"))
        self.stop_button = QPushButton(_("Pause"))
        self.stop_button.hide()
        self.lines: LinesModel[WaitingDossier] = LinesModel(
            (
                Column(_("Since"), lambda w: clock_text(w.worst.since_ms)),
                Column(_("Dossier"), lambda w: w.worst.code),
                Column(_("Applicant"), lambda w: w.title),
                Column(
                    _("State"), lambda w: sending(w.worst.state)[0], tone=lambda w: sending(w.worst.state)[1]
                ),
                Column(_("Again at"), lambda w: clock_text(w.worst.again_ms)),
                Column(_("Why"), lambda w: w.why, stretch=True),
            )
        )
        self.table = LinesTable(self.lines, _("What waits"))
        self.reason = Muted()
        self.reason.hide()
        self.empty = Muted()
        self._lay_out()
        self.presenter = OutboxPresenter(self, bench)
        self.send_button.clicked.connect(lambda: self.presenter.send())
        self.stop_button.clicked.connect(self.presenter.stop)
        self.table.opened.connect(self._send_line)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, before: self._show_reason(now.row())
        )

    def activate(self) -> None:
        """Called when the page comes into sight."""
        self.presenter.refresh()
        self.send_button.setFocus()

    def show_outbox(self, lines: list[WaitingDossier], summary: OutboxSummary, counts: Today) -> None:
        self.lines.show(lines)
        self._show_reason(self.table.currentIndex().row())
        self.waiting.setText(_("Waiting: {count} dossiers").format(count=counts.unsent))
        self.sent.setText(_("Sent today: {count} entries").format(count=summary.counts.accepted))
        self.refused.say(
            _("Returned: {count}").format(count=summary.counts.refused) if summary.counts.refused else "",
            Tone.LATE,
        )
        self.line_state.setText(_line_text(summary))
        self.empty.setText(_("Everything is sent. You may switch off the computer."))
        self.empty.setVisible(not lines)
        self.table.setVisible(bool(lines))

    def show_progress(self, sent: int, total: int) -> None:
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(sent)

    def show_sending(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.stop_button.setVisible(busy)

    def say(self, text: str, tone: Tone) -> None:
        self._strip.say(text, tone)

    def complain(self, problem: Problem) -> None:
        self._strip.tell(problem, Tone.DRAFT if problem.number == "MC-141" else Tone.SOON)

    def _send_line(self, row: int) -> None:
        waiting = self.lines.lines[row]
        if waiting.returned:
            self.presenter.send_again(waiting)
        else:
            self.presenter.send()

    def _show_reason(self, row: int) -> None:
        """Why the chosen line was returned, in full, before Enter sends it again."""
        returned = 0 <= row < len(self.lines.lines) and bool(self.lines.lines[row].returned)
        why = self.lines.lines[row].why if returned else ""
        self.reason.setText(_("Returned: {why} Enter sends it again.").format(why=why) if returned else "")
        self.reason.setVisible(returned)

    def _lay_out(self) -> None:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.waiting, self.sent, self.refused):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.stop_button)
        row.addWidget(self.send_button)
        card.body.addLayout(row)
        card.body.addWidget(self.line_state)
        card.body.addWidget(self.progress)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self.empty, 1)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.reason)
        card.body.addWidget(
            Muted(_("Go on receiving, unplug the line or switch off at any time: no dossier is lost."))
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)


def _line_text(summary: OutboxSummary) -> str:
    line = summary.line
    said = []
    if line.last_success_ms is not None:
        said.append(_("Last sent successfully: {time}.").format(time=clock_text(line.last_success_ms)))
    if line.problem is not None:
        said.append(sentence(line.problem))
    if summary.fork is not None:
        said.append(sentence(summary.fork))
    return " ".join(said)
