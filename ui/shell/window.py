"""The frame: rail on the left, search and chips on top, the message strip and key hints below."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from motcua_desktop.domain.card import CodeKind, NotACard, read_card
from motcua_desktop.domain.errors import Problem, UserFacingError
from motcua_desktop.domain.numbers import read_key
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.finding import tidy
from motcua_desktop.services.sheets import find_dossier, warm
from ui.counter.view import CounterPage
from ui.parts import ChipButton, MessageStrip, Muted
from ui.printers import NO_PRINTER
from ui.scanner import ScanCatcher
from ui.theme import Tone, enlarge, icon, theme_in_use
from ui.workbench import Workbench, problem_of

if TYPE_CHECKING:
    from motcua_desktop.services.board import Today
    from ui.board.view import BoardPage
    from ui.outbox.view import OutboxPage
    from ui.search.view import SearchPage

Page = TypeVar("Page", bound=QWidget)

RAIL_WIDTH = 92
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
        self.search_line = QLineEdit()
        self._rail_buttons: dict[str, QToolButton] = {}
        self.title = QLabel()
        self._printer = Muted()
        self.chips = {name: ChipButton() for name in ("overdue", "today", "unsent")}
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
        page.reprint.connect(self._reprint)
        return self._added(page, "search")

    @cached_property
    def board(self) -> BoardPage:
        from ui.board.view import BoardPage

        page = BoardPage(self._bench, self.strip)
        page.opened.connect(self._open_dossier)
        page.reprint.connect(self._reprint)
        return self._added(page, "board")

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
        self.title.setText(_title(name))
        self._counter_keys.setVisible(name == "counter")
        self._rail_buttons[name].setChecked(True)
        if name == "counter":
            self.counter.presenter.focus_next()
        else:
            getattr(self, name).activate()

    def scanned(self, text: str) -> None:
        """A scan means the same wherever the focus is: a card fills the person, our receipt is looked up."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        found = read_card(text)
        if not isinstance(found, NotACard):
            if self.pages.currentWidget() is not self.counter:
                self.show_page(self.counter)
            self.counter.presenter.card_scanned(found, doubtful=self.catcher.was_altered)
        elif found.looks_like is CodeKind.OWN_KEY and found.key is not None:
            self._receipt_scanned(found.key)
        else:
            self.strip.tell(Problem("MC-103", None, {"looks_like": found.looks_like}))

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
        for chore in (warm, tidy):
            self._bench.printing.run(partial(chore, desk), lambda nothing: None, self._complain)

    def _complain(self, error: Exception) -> None:
        self.strip.tell(problem_of(error))

    def refresh_chips(self) -> None:
        """Count again what is always in sight; on a store of many years counting takes a moment."""
        desk = self._bench.desk

        def counted() -> Today:
            from motcua_desktop.services.board import today  # on the lane: the first paint does not wait

            return today(desk)

        self._bench.looking.run(counted, self._say_counts, self._complain)

    def _say_counts(self, counts: Today) -> None:
        self._say_chip("overdue", "▲ " + _("{count} overdue"), counts.overdue, Tone.LATE)
        self._say_chip("today", "! " + _("{count} due today"), counts.due_today, Tone.TODAY)
        self._say_chip("unsent", "↑ " + _("{count} to send"), counts.unsent, Tone.DRAFT)

    def _say_chip(self, name: str, text: str, count: int, tone: Tone) -> None:
        self.chips[name].say(text.format(count=count), tone if count else Tone.DRAFT)

    def _receipt_scanned(self, key: str) -> None:
        read = read_key(key)
        unit = self._bench.desk.office.unit
        if read is not None and read.unit != unit:
            self.strip.tell(Problem("MC-106", None, {"unit": read.unit}))
            return
        self.search_line.setText(key)
        self.show_page(self.search)
        self.search.presenter.ask(key)

    def _search_edited(self, text: str) -> None:
        if text.strip():
            if not self._on_show("search"):
                self.show_page(self.search)
            self.search.presenter.ask(text)

    def _open_dossier(self, code: str) -> None:
        self.search_line.setText(code)
        self.show_page(self.search)
        self.search.presenter.ask(code)

    def _reprint(self, code: str) -> None:
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
            return
        self.search_line.clear()
        self.show_page(self.counter)

    def _print(self) -> None:
        """Ctrl+P prints what is in sight: the chosen row, or the dossier that was just saved."""
        if self._on_show("search"):
            self.search.print_again()
        elif self._on_show("board"):
            self.board.print_again()
        elif self._on_show("counter"):
            self.counter.presenter.reprint()

    def _commit(self) -> None:
        if self.pages.currentWidget() is self.counter:
            self.counter.presenter.commit()

    def _same_person(self) -> None:
        if self.pages.currentWidget() is self.counter:
            self.counter.presenter.same_person()

    def _for_another(self) -> None:
        if self.pages.currentWidget() is self.counter:
            self.counter.person_card.for_another.toggle()

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
            "F4": self._focus_search,
            "F6": lambda: self.show_page(self.board),
            "F7": self._send,
            "F9": self._commit,
            "Esc": self._escape,
            "Ctrl+P": self._print,
            "Ctrl+D": self._same_person,
            "Ctrl+U": self._for_another,
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act)
        self.search_line.textEdited.connect(self._search_edited)
        self.search_line.returnPressed.connect(lambda: self.search.table.setFocus())
        self.chips["overdue"].clicked.connect(lambda: self.show_page(self.board))
        self.chips["today"].clicked.connect(lambda: self.show_page(self.board))
        self.chips["unsent"].clicked.connect(lambda: self.show_page(self.outbox))
        self.counter.changed.connect(self._something_changed)
        self.counter.today_card.table.opened.connect(
            lambda row: self._open_dossier(self.counter.today_card.lines.lines[row].code)
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
        content.addLayout(self._top())
        content.addWidget(self.pages, 1)
        hints = self._hints()
        content.addWidget(self.strip)
        content.addWidget(hints)
        self.strip.shown.connect(hints.setHidden)  # a message takes the place of the key hints
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._rail())
        whole.addLayout(content, 1)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)

    def _rail(self) -> QWidget:
        rail = QFrame()
        rail.setObjectName("rail")
        rail.setFixedWidth(int(RAIL_WIDTH * max(1.0, QApplication.font().pointSizeF() / 10.5)))
        rail.setAccessibleName(_("Screens"))
        column = QVBoxLayout(rail)
        column.setContentsMargins(6, 8, 6, 8)
        group = QButtonGroup(rail)
        places = (
            ("counter", "clipboard-plus", _("Receive"), "F2"),
            ("search", "search", _("Search"), "F4"),
            ("board", "calendar-due", _("Deadlines"), "F6"),
            ("outbox", "cloud-upload", _("Sending"), "F7"),
        )
        for name, picture, text, key in places:
            button = QToolButton()
            button.setObjectName("railButton")
            button.setCheckable(True)
            button.setText(f"{text}\n{key}")
            button.setAccessibleName(f"{text} {key}")
            button.setIcon(icon(picture, theme_in_use().rail_text, 26))
            button.setIconSize(QSize(26, 26))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            enlarge(button, 0.88)
            button.setSizePolicy(rail.sizePolicy().Policy.Expanding, rail.sizePolicy().Policy.Fixed)
            button.clicked.connect(lambda checked, name=name: self._rail_clicked(name))
            group.addButton(button)
            column.addWidget(button)
            self._rail_buttons[name] = button
        column.addStretch(1)
        return rail

    def _rail_clicked(self, name: str) -> None:
        self.show_page(getattr(self, name))
        if name == "search":
            self._focus_search()

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        enlarge(self.title, 1.3, bold=True)
        row.addWidget(self.title)
        self.search_line.setPlaceholderText(_("Find: code, ID number, name …   F4"))
        self.search_line.setAccessibleName(_("Find a dossier"))
        self.search_line.setClearButtonEnabled(True)
        self.search_line.setMinimumWidth(260)
        self.search_line.setMaximumWidth(380)
        row.addWidget(self.search_line, 1)
        row.addStretch(1)
        for chip in self.chips.values():
            row.addWidget(chip)
        office = self._bench.desk.office
        who = QLabel(_("Desk {desk} · {officer}").format(desk=office.desk, officer=office.officer))
        row.addWidget(who)
        return row

    def _hints(self) -> QWidget:
        hints = QWidget()
        row = QHBoxLayout(hints)
        row.setContentsMargins(0, 0, 0, 0)
        keys = _("F9 Accept and print · Esc Next person · Ctrl+D Same person · Ctrl+U Someone else files")
        left = self._counter_keys = Muted(keys)
        for label in (left, self._printer):
            label.setWordWrap(False)
            enlarge(label, 0.9)
        row.addWidget(left)
        row.addStretch(1)
        row.addWidget(self._printer)
        return hints


def _title(page: str) -> str:
    titles = {
        "counter": _("Receive dossiers"),
        "search": _("Search"),
        "board": _("Deadlines"),
        "outbox": _("Sending"),
    }
    return titles[page]


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the window needs a QApplication")
    return app
