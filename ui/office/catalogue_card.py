"""The import of a province's list: which file, from which day, and what it would change, line by line."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.publication import Preview
from motcua_desktop.domain.source import UNVERIFIED, is_verified
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import sentence
from ui.office.catalogue_presenter import CataloguePresenter, Entered
from ui.office.wording import TONES, Line, LineKind, kind_text, lines_of
from ui.parts import (
    Card,
    Chip,
    ChipButton,
    Column,
    LinesModel,
    LinesTable,
    MessageStrip,
    Muted,
    StripText,
    restyle,
)
from ui.theme import Tone, is_large, theme_in_use
from ui.workbench import Workbench

LISTS = "*.xlsx *.csv *.json"
TICK_MS = 1_000
DAY_WIDTH = 160  # pixels
_LASTS = (LineKind.ADDED, LineKind.CHANGED, LineKind.ENDED, LineKind.BAD)  # shown once it is in force
SPLIT = (330, 150)  # pixels: the lines, and what is said of the chosen one


class Details(QPlainTextEdit):
    """What is said of one line; read only, Tab leaves it, what nobody has checked is amber."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("What the chosen line changes"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )

    def show_details(self, lines: tuple[str, ...]) -> None:
        doubtful = [
            UNVERIFIED in line.rpartition("→")[2] for line in lines
        ]  # what it becomes, not what it was
        said = zip(lines, doubtful, strict=True)
        self.setPlainText("\n".join(f"! {line}" if doubt else line for line, doubt in said))
        amber = QTextCharFormat()
        amber.setForeground(QColor(theme_in_use().tones[Tone.SOON][0]))
        marked = []
        for place, doubt in enumerate(doubtful):
            if doubt:
                part = QTextEdit.ExtraSelection()
                cursor = QTextCursor(self.document().findBlockByNumber(place))
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                part.cursor, part.format = cursor, amber
                marked.append(part)
        self.setExtraSelections(marked)


class CatalogueTab(QWidget):
    """Choose, look, and put in force with F9."""

    changed = Signal()

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._strip = strip
        self._make_fields()
        self.lines: LinesModel[Line] = LinesModel(
            (
                Column(_("What happens"), lambda line: kind_text(line.kind), lambda line: TONES[line.kind]),
                Column(_("Code"), lambda line: line.code),
                Column(_("Procedure, or what is wrong"), lambda line: line.text, stretch=True),
                Column(_("From"), lambda line: f"{line.starts:%d/%m/%Y}" if line.starts else ""),
                Column(
                    _("Source"),
                    lambda line: "" if line.verified else "! " + _("not checked"),
                    lambda line: None if line.verified else Tone.SOON,
                ),
            )
        )
        self.table = LinesTable(self.lines, _("What the list would change"))
        self.details = Details()
        self.chips = {kind: ChipButton() for kind in LineKind}
        self.state, self.unread = StripText(), Muted()
        self.state.setWordWrap(True)
        self.apply_button = QPushButton(_("Put in force   F9"))
        self.apply_button.setObjectName("primary")
        self.apply_button.setAutoDefault(False)
        self._clock, self._ticking = QElapsedTimer(), QTimer(self, interval=TICK_MS)
        self._read_text = ""
        self._lay_out()
        self.presenter = CataloguePresenter(self, bench, self.changed.emit)
        self._connect()
        self.show_nothing()

    def activate(self) -> None:
        """The tab comes into sight."""
        (self.table if self.lines.lines else self.path).setFocus()

    def commit(self) -> None:
        """F9."""
        self.presenter.apply()

    def escape(self) -> bool:
        """Esc; False where there is nothing to put away."""
        if not self.presenter.has_draft:
            return False
        self.presenter.clear()
        return True

    def take(self, path: str) -> None:
        """A file that was chosen or dropped: it is read at once, and nothing more."""
        self.path.setText(path)
        self.presenter.look()

    def entered(self) -> Entered:
        return Entered(self.path.text(), self.starts.text(), self.source.text(), self.end_missing.isChecked())

    def show_head(self, starts: str, source: str) -> None:
        self.starts.setText(starts)
        self.source.setText(source)
        self.source.setCursorPosition(0)

    def show_end_missing(self, wanted: bool) -> None:
        self.end_missing.setChecked(wanted)

    def show_reading(self, name: str, size: str) -> None:
        self._show_lines([])
        self._mark_trouble(None)
        self.apply_button.setEnabled(False)
        self._read_text = f"{name} ({size})" if size else name
        self._clock.start()
        self._ticking.start()
        self._tick()

    def show_preview(self, seen: Preview) -> None:
        self._ticking.stop()
        lines = lines_of(seen)
        self._show_lines(lines)
        text = _("Only looked at: nothing was changed. F9 puts in force what stands here.")
        if seen.changes_nothing:
            text = _("The catalogue is already as this list says. Nothing was changed.")
        self._tell(text, None)
        named = is_verified(seen.source) and bool(seen.source)
        self.badge.say("" if named else "! " + _("source not checked"), Tone.SOON)
        unread = "; ".join(seen.unread_columns)
        self.unread.setText(_("Columns not read: {names}").format(names=unread))
        self.unread.setVisible(bool(unread))
        self.apply_button.setEnabled(True)
        if self.path.hasFocus() and lines:
            self.table.setFocus()

    def show_applied(self, text: str, seen: Preview) -> None:
        """What was put in force, and under it what was not taken."""
        lines = [line for line in lines_of(seen) if line.kind in _LASTS]
        self._show_lines(sorted(lines, key=lambda line: _LASTS.index(line.kind)))
        self._tell("✓ " + text, Tone.DONE)
        self.apply_button.setEnabled(False)

    def show_nothing(self) -> None:
        """As at the beginning."""
        for field in self._fields.values():
            field.clear()
        self.end_missing.setChecked(False)
        self._show_nothing_read()
        text = _(
            "Choose the list that the province published (xlsx, csv or json), type its path, or drop it here. "
            "What it would change is shown first; nothing is put in force before F9."
        )
        self._tell(text, None)

    def show_unread(self, problem: Problem) -> None:
        """No list could be read; what was typed stays, to be corrected."""
        self._show_nothing_read()
        self._tell(sentence(problem), Tone.SOON)

    def show_saving(self, busy: bool) -> None:
        for widget in (*self._fields.values(), self.choose, self.end_missing, self.apply_button):
            widget.setEnabled(not busy)
        self.apply_button.setEnabled(not busy and self.presenter.seen is not None)
        if not busy and self.isVisible():
            self.table.setFocus()

    def complain(self, problem: Problem) -> None:
        serious = problem.number == "MC-999"
        self._strip.tell(problem, Tone.LATE if serious else Tone.SOON, stays=serious)
        self._mark_trouble("from" if problem.number == "MC-119" else "path")

    def say(self, text: str, tone: Tone, *, stays: bool = False) -> None:
        self._strip.say(text, tone, stays=stays)

    def _show_nothing_read(self) -> None:
        self._ticking.stop()
        self.badge.hide()
        self.unread.hide()
        self.apply_button.setEnabled(False)
        self._mark_trouble(None)
        self._show_lines([])

    def _show_lines(self, lines: list[Line]) -> None:
        self.lines.show(lines)
        for kind, chip in self.chips.items():
            count = sum(line.kind is kind for line in lines)
            chip.say(f"{kind_text(kind)}: {count}", TONES[kind])
            chip.setVisible(count > 0)
        self._split.setVisible(bool(lines))
        self._filler.setVisible(not lines)
        if lines:
            self.table.selectRow(0)
        self._describe(0 if lines else -1)

    def _describe(self, row: int) -> None:
        chosen = 0 <= row < len(self.lines.lines)
        self.details.show_details(self.lines.lines[row].details if chosen else ())

    def _jump(self, kind: LineKind) -> None:
        """To the first line of a kind."""
        self.table.selectRow(next(n for n, line in enumerate(self.lines.lines) if line.kind is kind))
        self.table.setFocus()

    def _tick(self) -> None:
        text = _("Reading {name} … {seconds} s. Nothing is changed by it; you may go on working meanwhile.")
        self._tell(text.format(name=self._read_text, seconds=self._clock.elapsed() // 1000), Tone.CALM)

    def _tell(self, text: str, tone: Tone | None) -> None:
        self.state.setText(text)
        restyle(self.state, "tone", str(tone) if tone else None)

    def _mark_trouble(self, place: str | None) -> None:
        for name, field in self._fields.items():
            restyle(field, "trouble", "true" if name == place else None)
        if place is not None:
            self._fields[place].setFocus()
            self._fields[place].selectAll()

    def _ask_for_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a list"), "", _("Lists ({kinds})").format(kinds=LISTS)
        )
        if path:
            self.take(path)

    def _make_fields(self) -> None:
        self.path, self.starts, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self._fields = {"path": self.path, "from": self.starts, "source": self.source}
        names = (_("Path of the list"), _("In force from"), _("Source"))
        for field, name in zip(self._fields.values(), names, strict=True):
            field.setAccessibleName(name)
            field.setAcceptDrops(False)  # a dropped file is the page's
        self.path.setPlaceholderText(_("path of the file, then Enter"))
        self.starts.setPlaceholderText(_("day/month/year"))
        self.starts.setFixedWidth(int(DAY_WIDTH * (1.3 if is_large() else 1)))
        self.source.setPlaceholderText(_("number and day of the decision"))
        self.end_missing = QCheckBox(_("&End what the list lacks"))
        self.choose = QPushButton(_("&Choose a file…"))
        self.choose.setAutoDefault(False)
        self.badge = Chip()
        self.badge.hide()

    def _connect(self) -> None:
        self.choose.clicked.connect(self._ask_for_file)
        self.path.returnPressed.connect(self.presenter.look)
        for field in (self.starts, self.source):
            field.editingFinished.connect(self.presenter.settings_left)
        self.end_missing.clicked.connect(self.presenter.settings_left)
        self.apply_button.clicked.connect(self.commit)
        self._ticking.timeout.connect(self._tick)
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._describe(now.row()))
        self.table.opened.connect(lambda row: self.details.setFocus())
        for kind, chip in self.chips.items():
            chip.clicked.connect(lambda checked=False, kind=kind: self._jump(kind))

    def _lay_out(self) -> None:
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        labels = (
            (_("List &file"), self.path, 0),
            (_("In force f&rom"), self.starts, 1),
        )
        for text, field, place in labels:
            label = QLabel(text)
            label.setBuddy(field)
            grid.addWidget(label, place, 0)
        source = QLabel(_("&Source"))
        source.setBuddy(self.source)
        head, settings = QHBoxLayout(), QHBoxLayout()
        for row in (head, settings):
            row.setSpacing(10)
        head.addWidget(self.path, 1)
        head.addWidget(self.choose)
        settings.addWidget(self.starts)
        settings.addWidget(source)
        settings.addWidget(self.source, 1)
        settings.addWidget(self.badge)
        settings.addWidget(self.end_missing)
        grid.addLayout(head, 0, 1)
        grid.addLayout(settings, 1, 1)
        card.body.addLayout(grid)
        card.body.addWidget(self.state)
        card.body.addLayout(self._chip_rows())
        card.body.addWidget(self.unread)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.details)
        self._split.setSizes(list(SPLIT))
        self._filler = QWidget()
        card.body.addWidget(self._split, 1)
        card.body.addWidget(self._filler, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(Muted(_("Enter reads · F9 puts in force · Esc puts the list away")), 1)
        bottom.addWidget(self.apply_button)
        card.body.addLayout(bottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def _chip_rows(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        chips = list(self.chips.values())
        in_a_row = 4 if is_large() else len(chips)
        for first in range(0, len(chips), in_a_row):
            row = QHBoxLayout()
            row.setSpacing(8)
            for chip in chips[first : first + in_a_row]:
                row.addWidget(chip)
            row.addStretch(1)
            rows.addLayout(row)
        return rows
