"""The frame: rail on the left, search and chips on top, the message strip and key hints below."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from motcua_desktop.domain.card import CodeKind, IdentityCard, NotACard, read_card
from motcua_desktop.domain.errors import Problem, UserFacingError
from motcua_desktop.domain.numbers import read_key
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services import finding
from ui.counter.view import CounterPage
from ui.parts import MessageStrip, Muted
from ui.printers import NO_PRINTER
from ui.scanner import ScanCatcher
from ui.shell.rail import Rail
from ui.shell.top import TopBar
from ui.theme import Tone, enlarge
from ui.workbench import Workbench, problem_of

if TYPE_CHECKING:
    from motcua_desktop.domain.status import Verb
    from motcua_desktop.services.desk import Desk
    from motcua_desktop.services.today import Today
    from ui.board.view import BoardPage
    from ui.dossier.view import DossierPage
    from ui.office.view import OfficePage
    from ui.outbox.view import OutboxPage
    from ui.quick.view import QuickPage
    from ui.returning.view import ReturnPage
    from ui.search.view import SearchPage

Page = TypeVar("Page", bound=QWidget)

SIZE = QSize(1366, 728)
SENDING_EVERY_MS = 5 * 60 * 1000
SETTLED_MS = 100  # after the window was shown: time for what no officer should wait for


class MainWindow(QMainWindow):
    """Holds the screens and brings the right one into sight; knows nothing of what they do.

    The counter stands from the beginning; each other screen is made when it is first looked at.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        app = _application()
        sheet = app.styleSheet()
        app.setStyleSheet("")  # put on at the end: it is matched anew each time a widget finds its parent
        office = bench.desk.office
        self.setWindowTitle(f"Motcua · {office.name}")
        self._closing_draft: object = None
        self.strip = MessageStrip()
        self.counter = CounterPage(bench, self.strip)
        self.counter.setObjectName("counter")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.counter)
        self.top = TopBar(office)
        self.search_line, self.title, self.chips = self.top.search_line, self.top.title, self.top.chips
        self.rail = Rail()
        self._keys, self._printer = Muted(), Muted()
        self._came_from = "counter"
        self._lay_out()
        self._connect()
        self.catcher = ScanCatcher(app, self)
        self.catcher.scanned.connect(self.scanned)
        self.show_page(self.counter)
        self.refresh_chips()
        self.resize(SIZE)
        app.setStyleSheet(sheet)
        self._settling = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settling.timeout.connect(self._settle)
        self.sending_timer = QTimer(self, interval=SENDING_EVERY_MS)
        self.sending_timer.timeout.connect(lambda: self.outbox.presenter.send_quietly())

    @cached_property
    def search(self) -> SearchPage:
        from ui.search.view import SearchPage

        page = SearchPage(self._bench, self.strip)
        page.opened.connect(self.open_dossier)
        page.reprint.connect(self._reprint)
        return self._added(page, "search")

    @cached_property
    def board(self) -> BoardPage:
        from ui.board.view import BoardPage

        page = BoardPage(self._bench, self.strip)
        page.opened.connect(self.open_dossier)
        page.act_wanted.connect(self.open_dossier)
        return self._added(page, "board")

    @cached_property
    def dossier(self) -> DossierPage:
        from ui.dossier.view import DossierPage

        page = DossierPage(self._bench, self.strip)
        page.changed.connect(self._something_changed)
        page.reprint.connect(self._reprint)
        page.return_wanted.connect(self._return)
        return self._added(page, "dossier")

    @cached_property
    def returning(self) -> ReturnPage:
        from ui.returning.view import ReturnPage

        page = ReturnPage(self._bench, self.strip)
        page.opened.connect(self.open_dossier)
        page.changed.connect(self._something_changed)
        return self._added(page, "returning")

    @cached_property
    def quick(self) -> QuickPage:
        from ui.quick.view import QuickPage

        page = QuickPage(self._bench, self.strip)
        page.opened.connect(self.open_dossier)
        page.changed.connect(self._something_changed)
        return self._added(page, "quick")

    @cached_property
    def office(self) -> OfficePage:
        from ui.office.view import OfficePage

        page = OfficePage(self._bench, self.strip)
        page.opened.connect(self.open_dossier)
        page.changed.connect(self._something_changed)
        page.changed.connect(self.counter.presenter.rules_changed)
        return self._added(page, "office")

    @cached_property
    def outbox(self) -> OutboxPage:
        from ui.outbox.view import OutboxPage

        page = OutboxPage(self._bench, self.strip)
        page.presenter.sent_some.connect(self._something_changed)
        return self._added(page, "outbox")

    def _added(self, page: Page, name: str) -> Page:
        page.setObjectName(name)
        self.pages.addWidget(page)
        return page

    def _on_show(self, name: str) -> bool:
        """Whether that screen is in sight; the question does not make one that never was."""
        page = self.pages.currentWidget()
        return page is not None and page.objectName() == name

    def show_page(self, page: QWidget) -> None:
        """Bring a screen into sight."""
        self.pages.setCurrentWidget(page)
        name = page.objectName()
        self.top.say_title(name)
        self._keys.setText(_keys(name))
        self.rail.mark(name)
        if name == "counter":
            self.counter.presenter.focus_next()
        else:
            getattr(self, name).activate()

    def open_dossier(self, name: str, verb: Verb | None = None) -> None:
        """One dossier in full, by its code or id; with a Verb the panel of that act is opened at once."""
        page = self.pages.currentWidget()
        if page is not None and page.objectName() != "dossier":
            self._came_from = page.objectName()
        self.dossier.presenter.open(name, verb)
        self.show_page(self.dossier)

    def scanned(self, text: str) -> None:
        """A scan means the same wherever the focus is: a card fills the person, our receipt opens its dossier.

        The screens on which results are handed out take both for themselves.
        """
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        found = read_card(text)
        if self._on_show("dossier") and self.dossier.is_asking:
            if isinstance(found, NotACard) and self.dossier.confirmed_by(found.key):
                return
            text = _("Something was scanned. First confirm this act with F9 or close it with Esc.")
            self.strip.say(text, Tone.SOON)
            return
        if not isinstance(found, NotACard):
            self._card_scanned(found)
        elif found.looks_like is CodeKind.OWN_KEY and found.key is not None:
            self._receipt_scanned(found.key)
        else:
            self.strip.tell(Problem("MC-103", None, {"looks_like": found.looks_like}))

    def _card_scanned(self, card: IdentityCard) -> None:
        doubtful = self.catcher.was_altered
        if self._on_show("returning"):
            self.returning.card_scanned(card, doubtful=doubtful)
        elif self._on_show("quick"):
            self.quick.card_scanned(card, doubtful=doubtful)
        else:
            if not self._on_show("counter"):
                self.show_page(self.counter)
            self.counter.presenter.card_scanned(card, doubtful=doubtful)

    def broke(self, error: BaseException) -> None:
        """A bug of ours: a report is written, the officer is told, and the window goes on."""
        if isinstance(error, KeyboardInterrupt):
            self.close()
        else:
            self.strip.tell(problem_of(error), Tone.LATE, stays=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A draft is given up only when asked twice; a dossier on its way is saved and printed first."""
        if self._work_kept() or self._draft_kept():
            event.ignore()
            return
        if "outbox" in self.__dict__:
            self.outbox.presenter.stop()
        super().closeEvent(event)

    def _draft_kept(self) -> bool:
        presenter = self.counter.presenter
        if not presenter.has_draft or self._closing_draft == self.counter.draft():
            return False
        self._closing_draft = self.counter.draft()
        self.show_page(self.counter)
        self.strip.say(_("This form is not saved. Close once more to give it up."), Tone.SOON, stays=True)
        return True

    def _work_kept(self) -> bool:
        busy = [lane for lane in (self._bench.writing, self._bench.printing) if lane.is_busy]
        for lane in busy:
            lane.settled.connect(self.close, Qt.ConnectionType.SingleShotConnection)
        return bool(busy)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settling.start()

    def changeEvent(self, event: QEvent) -> None:
        """Keys come to a window once it is the active one: from then on the scanner is listened to."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            QTimer.singleShot(0, self.catcher.watch)

    def _settle(self) -> None:
        """Once the officer can work: ask for the printer, which may be slow, and load what drawing needs."""
        if not (self.isVisible() and self._bench.is_open):
            return
        printer, desk = self._bench.printer, self._bench.desk

        def named(name: str) -> None:
            known = name != NO_PRINTER
            self._printer.setText(
                _("Printer: {name}").format(name=name) if known else _("No printer is set up")
            )

        self._bench.printing.run(lambda: printer.name, named, self._complain)
        self.sending_timer.start()
        for chore in (_warm, finding.tidy):
            self._bench.printing.run(partial(chore, desk), lambda nothing: None, self._complain)

    def _complain(self, error: Exception) -> None:
        self.strip.tell(problem_of(error))

    def refresh_chips(self) -> None:
        """Count again what is always in sight; on a store of many years counting takes a moment."""
        desk = self._bench.desk

        def counted() -> Today:
            from motcua_desktop.services.today import today  # on the lane: the first paint does not wait

            return today(desk)

        self._bench.looking.run(counted, self.top.say_counts, self._complain)

    def _receipt_scanned(self, key: str) -> None:
        read = read_key(key)
        unit = self._bench.desk.office.unit
        if read is not None and read.unit != unit:
            self.strip.tell(Problem("MC-106", None, {"unit": read.unit}))
            return
        if self._on_show("returning"):
            self.returning.key_scanned(key)
            return
        desk = self._bench.desk

        def found(lines: list[finding.DossierLine]) -> None:
            if len(lines) == 1:
                self.open_dossier(lines[0].id)
            else:
                self._look_for(key)

        self._bench.looking.run(lambda: finding.search(desk, key), found, self._complain)

    def _show_returning(self) -> None:
        """F3; from a dossier whose result is ready it brings that dossier along."""
        key = self.dossier.key_to_return() if self._on_show("dossier") else ""
        if key:
            self._return(key)
        else:
            self.show_page(self.returning)

    def _return(self, key: str) -> None:
        """From a dossier to the screen on which its result is handed out."""
        self.show_page(self.returning)
        self.returning.key_scanned(key)

    def _look_for(self, text: str) -> None:
        self.search_line.setText(text)
        self.show_page(self.search)
        self.search.presenter.ask(text)

    def _search_edited(self, text: str) -> None:
        if text.strip():
            if not self._on_show("search"):
                self.show_page(self.search)
            self.search.presenter.ask(text)

    def _reprint(self, code: str) -> None:
        from motcua_desktop.services.sheets import find_dossier

        try:
            dossier = find_dossier(self._bench.desk, code)
        except UserFacingError as error:
            self.strip.tell(error.problem)
            return
        self.counter.presenter.print_dossier(dossier)
        self.strip.say(_("Printing the receipt of {code} again.").format(code=dossier.code))

    def _escape(self) -> None:
        if self.pages.currentWidget() is self.counter and not self.search_line.hasFocus():
            self.counter.presenter.escape()
        elif self._on_show("dossier"):
            if not self.dossier.presenter.close():
                self.show_page(getattr(self, self._came_from))
        else:
            self.search_line.clear()
            self.show_page(self.counter)

    def _print(self) -> None:
        """Ctrl+P prints what is in sight: the chosen row, the board, or the dossier that was just saved."""
        if self._on_show("search"):
            self.search.print_again()
        elif self._on_show("board"):
            self.board.presenter.print_list()
        elif self._on_show("dossier"):
            self.dossier.print_again()
        elif self._on_show("counter"):
            self.counter.presenter.reprint()

    def _commit(self) -> None:
        """F9, on the screens that have something to commit."""
        if self._on_show("counter"):
            self.counter.presenter.commit()
        elif self._on_show("dossier"):
            self.dossier.commit()

    def _same_person(self) -> None:
        if self.pages.currentWidget() is self.counter:
            self.counter.presenter.same_person()

    def _for_another(self) -> None:
        if self.pages.currentWidget() is self.counter:
            self.counter.person_card.for_another.toggle()

    def _turn_away(self, how: Callable[[], None]) -> None:
        if self._on_show("counter") and self.counter.presenter.saved is None:
            how()

    def _send(self) -> None:
        if self._on_show("outbox"):
            self.outbox.presenter.send()
        else:
            self.show_page(self.outbox)

    def _focus_search(self) -> None:
        self.search_line.setFocus()
        self.search_line.selectAll()

    def _connect(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F2": lambda: self.show_page(self.counter),
            "F3": self._show_returning,
            "F4": self._focus_search,
            "F6": lambda: self.show_page(self.board),
            "F7": self._send,
            "F9": self._commit,
            "F11": lambda: self.show_page(self.office),
            "F12": lambda: self.show_page(self.quick),
            "Esc": self._escape,
            "Ctrl+P": self._print,
            "Ctrl+D": self._same_person,
            "Ctrl+U": self._for_another,
            "Ctrl+B": lambda: self._turn_away(self.counter.turning_away.ask_papers),
            "Ctrl+K": lambda: self._turn_away(self.counter.turning_away.refuse),
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act)
        self.search_line.textEdited.connect(self._search_edited)
        self.search_line.returnPressed.connect(lambda: self.search.table.setFocus())
        self.chips["overdue"].clicked.connect(lambda: self.show_page(self.board))
        self.chips["today"].clicked.connect(lambda: self.show_page(self.board))
        self.chips["unsent"].clicked.connect(lambda: self.show_page(self.outbox))
        self.rail.wanted.connect(self._rail_clicked)
        self.counter.changed.connect(self._something_changed)
        self.counter.today_card.table.opened.connect(
            lambda row: self.open_dossier(self.counter.today_card.lines.lines[row].code)
        )

    def _something_changed(self) -> None:
        self.refresh_chips()
        self.counter.presenter.refresh_today()
        if self._on_show("board"):
            self.board.presenter.refresh()
        elif self._on_show("outbox") and not self.outbox.presenter.is_sending:
            self.outbox.presenter.refresh()

    def _lay_out(self) -> None:
        content = QVBoxLayout()
        content.setContentsMargins(14, 8, 14, 8)
        content.setSpacing(8)
        content.addLayout(self.top)
        content.addWidget(self.pages, 1)
        hints = self._hints()
        content.addWidget(self.strip)
        content.addWidget(hints)
        self.strip.shown.connect(hints.setHidden)  # a message takes the place of the key hints
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(content, 1)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)

    def _rail_clicked(self, name: str) -> None:
        self.show_page(getattr(self, name))
        if name == "search":
            self._focus_search()

    def _hints(self) -> QWidget:
        hints = QWidget()
        row = QHBoxLayout(hints)
        row.setContentsMargins(0, 0, 0, 0)
        for label in (self._keys, self._printer):
            label.setWordWrap(False)
            enlarge(label, 0.9)
        row.addWidget(self._keys)
        row.addStretch(1)
        row.addWidget(self._printer)
        return hints


def _keys(page: str) -> str:
    """The keys that work on a screen."""
    return {
        "counter": _(
            "F9 Accept and print · Esc Next person · Ctrl+D Same person · Ctrl+U Someone else files"
        ),
        "search": _("Enter Open · Ctrl+P Print again · Esc Back"),
        "board": _(
            "Enter Open · X Apologise and extend · G Note a call · Ctrl+P List for the meeting · Esc Back"
        ),
        "office": _("F9 Apply or save · Ctrl+Tab Next part · Esc Put away"),
        "dossier": _("A letter begins an act · F9 Confirm · Ctrl+P Print again · Esc Back"),
    }.get(page, "")


def _warm(desk: Desk) -> None:
    from motcua_desktop.services.sheets import warm  # on the lane: the officer works already

    warm(desk)


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the window needs a QApplication")
    return app
