"""Sending from the window: on the net lane, with progress, and never in the officer's way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from motcua_desktop.domain.calendar import VIETNAM
from motcua_desktop.domain.errors import Problem
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import sentence
from motcua_desktop.services import sending
from motcua_desktop.services.board import Today, today
from motcua_desktop.services.sending import OutboxLine, OutboxSummary
from ui.theme import Tone
from ui.workbench import Workbench, problem_of

if TYPE_CHECKING:
    from motcua_desktop.services.sending import SyncReport

_WORST_FIRST = ("refused", "waiting", "sending", "queued")


@dataclass(frozen=True, slots=True)
class WaitingDossier:
    """One line of the outbox: a dossier, or an entry of the office, with its least settled event."""

    worst: OutboxLine
    returned: tuple[str, ...] = ()  # its refused events

    @property
    def title(self) -> str:
        return self.worst.full_name or _("Entry of the office")

    @property
    def why(self) -> str:
        if self.worst.problem is None:
            return _("waits for the next sending")
        text = sentence(self.worst.problem)
        return f"{text} [{self.worst.problem.number}]"


class OutboxView(Protocol):
    """What the presenter needs of the screen."""

    def show_outbox(self, lines: list[WaitingDossier], summary: OutboxSummary, counts: Today) -> None: ...
    def show_progress(self, sent: int, total: int) -> None: ...
    def show_sending(self, busy: bool) -> None: ...
    def say(self, text: str, tone: Tone) -> None: ...
    def complain(self, problem: Problem) -> None: ...


class OutboxPresenter(QObject):
    """Reads the outbox and sends it; `sent_some` when states changed."""

    sent_some = Signal()
    _progress = Signal(int, int)

    def __init__(self, view: OutboxView, bench: Workbench) -> None:
        super().__init__()
        self._view = view
        self._bench = bench
        self._sending = False
        self._stopping = False
        self._asked = False
        self._progress.connect(view.show_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def is_sending(self) -> bool:
        return self._sending

    def refresh(self) -> None:
        desk = self._bench.desk

        def work() -> tuple[list[OutboxLine], OutboxSummary, Today]:
            return sending.outbox(desk.store), sending.summary(desk.store), today(desk)

        self._bench.looking.run(work, lambda found: self._loaded(*found), self._failed)

    def send_quietly(self) -> None:
        """Send what is due without being asked: keeps to the back-off, and speaks only of what was returned."""
        if self._bench.desk.office.hub is not None:
            self.send(insist=False)

    def send_again(self, waiting: WaitingDossier) -> None:
        """Send what was returned of this line once more, with everything that is due."""
        self.send(again=waiting.returned)

    def send(self, *, insist: bool = True, again: tuple[str, ...] = ()) -> None:
        """Send everything that is due; `insist` when the officer asked, whatever back-off there was.

        `again` names returned events that are to go out once more.
        """
        hub = self._bench.desk.office.hub
        if self._sending:
            return
        if hub is None:
            self._view.complain(Problem("MC-209"))
            return
        self._sending, self._stopping = True, False
        self._view.show_sending(True)
        desk = self._bench.desk

        def work() -> tuple[SyncReport, OutboxSummary]:
            if again:
                sending.send_again(desk.store, again)
            report = sending.send_once(
                desk.store, hub, insist=insist, progress=self._progress.emit, stop=lambda: self._stopping
            )
            return report, sending.summary(desk.store)

        self._asked = insist
        self._bench.net.run(work, lambda done: self._sent(*done), self._not_sent)

    def stop(self) -> None:
        """Stop after what is on the line; nothing is lost."""
        self._stopping = True

    def _sent(self, report: SyncReport, after: OutboxSummary) -> None:
        self._done()
        fork = after.fork if report.forked else None
        if report.stopped:
            self._view.say(_paused(report, after), Tone.DRAFT)
        elif report.refused:
            self._view.complain(Problem("MC-140", None, {"count": report.refused}))
        elif fork is not None:
            self._view.complain(fork)
        elif not self._asked:
            return
        elif report.problem is not None:
            self._view.complain(report.problem)
        else:
            self._view.say(*_ended(report, after))

    def _not_sent(self, error: Exception) -> None:
        self._done()
        self._view.complain(problem_of(error))

    def _done(self) -> None:
        self._sending = False
        self._view.show_sending(False)
        self.refresh()
        self.sent_some.emit()

    def _loaded(self, lines: list[OutboxLine], summary: OutboxSummary, counts: Today) -> None:
        self._view.show_outbox(_by_dossier(lines), summary, counts)

    def _failed(self, error: Exception) -> None:
        self._view.complain(problem_of(error))


def _paused(report: SyncReport, after: OutboxSummary) -> str:
    return " ".join([_("Paused."), *_left(report, after), _("Nothing is lost; F7 goes on.")])


def _ended(report: SyncReport, after: OutboxSummary) -> tuple[str, Tone]:
    """How a run that nothing interrupted ended; "everything" only when nothing at all is left here."""
    if after.counts.unsettled or after.counts.refused:
        return " ".join(_left(report, after)), Tone.SOON
    if report.accepted:
        text = _("Sent {count} entries. You may switch off or go on.").format(count=report.accepted)
        return text, Tone.DONE
    return _("Everything is sent."), Tone.DONE


def _left(report: SyncReport, after: OutboxSummary) -> list[str]:
    """What was sent, what waits and what was returned, each in a sentence, if any."""
    counted = (
        (_("Sent {count} entries."), report.accepted),
        (_("{count} entries still wait."), after.counts.unsettled),
        (_("{count} entries were returned: Enter on their line sends them again."), after.counts.refused),
    )
    return [text.format(count=count) for text, count in counted if count]


def _by_dossier(lines: list[OutboxLine]) -> list[WaitingDossier]:
    grouped: dict[str, list[OutboxLine]] = {}
    for line in lines:
        grouped.setdefault(line.dossier or line.event, []).append(line)
    return [
        WaitingDossier(
            min(group, key=lambda line: _WORST_FIRST.index(line.state)),
            tuple(line.event for line in group if line.state == "refused"),
        )
        for group in grouped.values()
    ]


def clock_text(ms: int | None) -> str:
    """The local hour of a moment in UTC milliseconds; the date too when it is another day."""
    if ms is None:
        return ""
    moment = datetime.fromtimestamp(ms / 1000, VIETNAM)
    same_day = moment.date() == datetime.now(VIETNAM).date()
    return f"{moment:%H:%M}" if same_day else f"{moment:%H:%M %d/%m}"
