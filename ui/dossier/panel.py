"""The panel of one act: exactly what it needs, what it would do, F9 and Esc. An Enter in a field moves on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from motcua_desktop.i18n import gettext as _
from ui.dossier.forms import Field, field_name
from ui.dossier.port import Form, Remark
from ui.parts import Card, StripText, restyle
from ui.theme import radio_sheet

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHOSEN = frozenset({Field.PAID_BY, Field.LEADER})
REASON_LINES = 3


class Choice(QWidget):
    """A few ways out of which one holds, all of them in sight."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        super().__init__()
        self.setStyleSheet(radio_sheet())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._buttons = {value: QRadioButton(text) for text, value in choices}
        for value, button in self._buttons.items():
            button.setChecked(value == chosen)
            button.toggled.connect(self.changed)
            column.addWidget(button)
            if value == chosen:
                self.setFocusProxy(button)

    @property
    def value(self) -> str:
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def parts(self) -> list[QWidget]:
        return list(self._buttons.values())


class ActPanel(Card):
    """`edited` when anything was typed or chosen; `confirmed` and `given_up` by its two buttons."""

    edited = Signal()
    confirmed = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__(" ")
        self.fields: dict[Field, QWidget] = {}
        self.labels: dict[Field, QLabel] = {}
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(4)
        self.confirm = QPushButton(_("Confirm   F9"))
        self.confirm.setObjectName("primary")
        self.cancel = QPushButton(_("Close   Esc"))
        buttons = QHBoxLayout()
        for button, weight in ((self.confirm, 2), (self.cancel, 1)):
            button.setAutoDefault(False)
            buttons.addWidget(button, weight)
        self.body.addWidget(self._scroll, 1)
        self.body.addLayout(buttons)
        self.confirm.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.given_up)

    @property
    def remarks(self) -> list[str]:
        """What is said of the act, line by line."""
        found = (
            item.widget() for place in range(self._remarks.count()) if (item := self._remarks.itemAt(place))
        )
        return [label.text() for label in found if isinstance(label, QLabel)]

    def show_form(self, form: Form) -> None:
        """Ask for an act; the first field has the focus."""
        self.title.setText(form.title[:1].upper() + form.title[1:])
        self.fields, self.labels = {}, {}
        inside = QWidget()
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(4)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate(form.fields):
            self._add(grid, row, field, form)
        grid.addLayout(self._remarks, len(form.fields), 0, 1, 2)
        grid.setRowStretch(len(form.fields) + 1, 1)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # which the line before switches on
        self._first().setFocus()

    def show_preview(self, remarks: Sequence[Remark]) -> None:
        """What the act would do, each line in its tone."""
        while (item := self._remarks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text, tone in remarks:
            label = StripText(text)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            restyle(label, "tone", str(tone) if tone else None)
            self._remarks.addWidget(label)

    def given(self) -> Mapping[Field, str]:
        """What stands in each field, without the blanks around it."""
        return {field: _text(widget).strip() for field, widget in self.fields.items()}

    def focus(self, name: str) -> None:
        """Put the officer into a field, where the panel asks for it."""
        widget = next((w for field, w in self.fields.items() if str(field) == name), None)
        if widget is not None:
            widget.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field, behind the last one to the button, and never commits."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            self._move_on(watched)
            return True
        return False

    def sizeHint(self) -> QSize:
        return QSize(430, super().sizeHint().height())

    def _add(self, grid: QGridLayout, row: int, field: Field, form: Form) -> None:
        label = QLabel(field_name(field, form.verb) + (" *" if field in form.needed else ""))
        label.setWordWrap(True)
        widget = _widget(field, form)
        widget.setAccessibleName(field_name(field, form.verb))
        label.setBuddy(widget)
        self.fields[field], self.labels[field] = widget, label
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            widget.textChanged.connect(self.edited)
        elif isinstance(widget, QComboBox):
            widget.currentIndexChanged.connect(self.edited)
        elif isinstance(widget, Choice):
            widget.changed.connect(self.edited)
        for part in widget.parts() if isinstance(widget, Choice) else [widget]:
            part.installEventFilter(self)
        if isinstance(widget, Choice):  # its sentences need the whole width
            grid.addWidget(label, row, 0)
            label.hide()
            grid.addWidget(widget, row, 0, 1, 2)
            return
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(widget, row, 1)

    def _first(self) -> QWidget:
        return next(iter(self.fields.values()), self.confirm)

    def _move_on(self, watched: QObject) -> None:
        order = list(self.fields.values())
        place = next(
            (
                n
                for n, w in enumerate(order)
                if w is watched or (isinstance(w, Choice) and watched in w.parts())
            ),
            -1,
        )
        following = order[place + 1] if 0 <= place < len(order) - 1 else self.confirm
        following.setFocus()


def _widget(field: Field, form: Form) -> QWidget:
    given = form.given.get(field, "")
    if field is Field.REASON:
        lines = QPlainTextEdit(given)
        lines.setTabChangesFocus(True)
        lines.setFixedHeight(lines.fontMetrics().lineSpacing() * REASON_LINES + 20)
        return lines
    if field is Field.EFFECT:
        return Choice(form.choices[field], given)
    if field in _CHOSEN:
        box = QComboBox()
        box.setMinimumContentsLength(10)
        for text, value in form.choices[field]:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(given)))
        return box
    line = QLineEdit(given)
    if field is Field.TO:
        _remember(line, [text for text, _value in form.choices[field]])
    if field is Field.DUE:
        line.setPlaceholderText(_("dd/mm/yyyy"))
    return line


def _remember(line: QLineEdit, units: list[str]) -> None:
    """The units used before, offered while one is typed."""
    completer = QCompleter(units, line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    line.setCompleter(completer)
    line.selectAll()
    if units:
        line.setPlaceholderText(_("for instance {unit}").format(unit=units[0]))


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return " ".join(widget.toPlainText().split())
    if isinstance(widget, QComboBox):
        return str(widget.currentData() or "")
    return widget.value if isinstance(widget, Choice) else ""
