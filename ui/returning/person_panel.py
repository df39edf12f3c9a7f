"""One person's results in large type, and the checklist that stands before handing them out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from motcua_desktop.domain.dossier import Status
from motcua_desktop.domain.text import in_figures
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.returning import ReadyLine
from ui.parts import Card, Chip, Muted, caption, restyle
from ui.returning import wording
from ui.returning.port import Collecting, Panel
from ui.theme import Tone, enlarge


class ResultTicks(QFrame):
    """What is handed out: in one line, or a tick each where there are several."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.only = _large(1.25)
        self.boxes: dict[str, QCheckBox] = {}
        self._panel: Panel | None = None

    def show_results(self, panel: Panel) -> None:
        for box in self.boxes.values():
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes, self._panel = {}, panel
        alone = len(panel.lines) == 1
        self.only.setText(_said(panel.first) if alone else "")
        self.only.setVisible(alone)
        for line in panel.lines if not alone else ():
            box = QCheckBox(_said(line).replace("&", "&&"))
            box.setChecked(_is_ticked(line, panel))
            enlarge(box, 1.15, bold=True)
            box.toggled.connect(self.changed)
            self._column.addWidget(box)
            self.boxes[line.code] = box

    def chosen(self) -> tuple[str, ...]:
        """The codes of what is ticked; the only result where there is one."""
        if self._panel is not None and not self.boxes:
            return (self._panel.first.code,) if self._panel.can_hand_out else ()
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def owed_vnd(self) -> int:
        """What is still to be paid for what is ticked, in đồng."""
        return sum(line.dossier.fee_left_vnd for line in self.lines())

    def lines(self) -> list[ReadyLine]:
        """What is ticked."""
        chosen = self.chosen()
        return [line for line in self._panel.lines if line.code in chosen] if self._panel else []


class Checklist(Card):
    """Who takes it, by what, and why the receipt is missing."""

    confirmed = Signal()
    other_wanted = Signal(bool)
    money_wanted = Signal()
    mail_back_wanted = Signal()
    committed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Before handing out"))
        self.in_person = QCheckBox(_("The right person is here   Enter"))
        self.by_other = QCheckBox(_("Somebody authorised   Ctrl+U"))
        self.lost = QCheckBox(_("The receipt is lost   Ctrl+M"))
        enlarge(self.in_person, 1.15, bold=True)
        self.how = Chip()
        self.how.hide()
        self.other_name = _field(_("Name of who takes it"))
        self.other_number = _field(_("ID number of who takes it"))
        self.authority = _field(_("Paper of authority"))
        self.authority.setPlaceholderText(_("authorisation, kinship …"))
        self.reason = _field(_("Reason"))
        self.paid_by = QComboBox()
        self.paid_by.setAccessibleName(_("Paid"))
        for value, name in (("cash", _("in cash")), ("transfer", _("by transfer"))):
            self.paid_by.addItem(name, value)
        self.money = QPushButton()
        self.mail_back = QPushButton(_("Envelope came back   Ctrl+R"))
        self.signature = Muted()
        self.commit = QPushButton(_("Hand out   F9"))
        self.commit.setObjectName("primary")
        for button in (self.money, self.mail_back, self.commit):
            button.setAutoDefault(False)
        self._lay_out()
        self._connect()

    @property
    def fields(self) -> dict[str, QWidget]:
        return {
            "confirm": self.in_person,
            "collector.full_name": self.other_name,
            "collector.authority": self.authority,
            "authority": self.authority,
            "reason": self.reason,
            "money": self.money,
            "commit": self.commit,
        }

    def collecting(self) -> Collecting:
        return Collecting(
            in_person=self.in_person.isChecked(),
            by_other=self.by_other.isChecked(),
            name=self.other_name.text(),
            id_number=self.other_number.text(),
            authority=self.authority.text(),
            lost=self.lost.isChecked(),
            reason=self.reason.text().strip(),
            paid_by=str(self.paid_by.currentData()),
        )

    def show_panel(self, panel: Panel) -> None:
        """A fresh checklist: nothing of the person before is taken over."""
        self.clear()
        for widget in (self.in_person, self.by_other, self.commit):
            widget.setEnabled(panel.can_hand_out)
        self.lost.setEnabled(panel.can_hand_out and not panel.in_post)
        self.commit.setText(_("Delivered   F9") if panel.in_post else _("Hand out   F9"))
        self.mail_back.setVisible(panel.in_post)
        self._show_reason()
        self.setVisible(panel.can_hand_out)

    def show_owed(self, owed_vnd: int) -> None:
        """The money of what is ticked, with the key that takes it."""
        self.money_row.setVisible(bool(owed_vnd))
        self.money.setText(_("Take {amount} đ   Ctrl+T").format(amount=in_figures(owed_vnd)))

    def show_confirmed(self, how: str) -> None:
        self.by_other.setChecked(False)
        self.in_person.setChecked(True)
        self.how.say(f"✓ {how}", Tone.DONE)

    def show_other(self, name: str, id_number: str, *, doubtful: bool = False) -> None:
        self.other_name.setText(name)
        self.other_name.setCursorPosition(0)
        restyle(self.other_name, "doubt", "true" if doubtful else None)
        self.other_number.setText(id_number)

    def show_collecting(self, said: Collecting) -> None:
        """What was typed of somebody else and of the receipt, as it stood before."""
        self.by_other.setChecked(said.by_other)
        self.show_other(said.name, said.id_number)
        self.authority.setText(said.authority)
        self.lost.setChecked(said.lost)
        self.reason.setText(said.reason)
        self.paid_by.setCurrentIndex(self.paid_by.findData(said.paid_by))

    def clear(self) -> None:
        for box in (self.in_person, self.by_other, self.lost):
            box.setChecked(False)
        for field in (self.other_name, self.other_number, self.authority, self.reason):
            field.clear()
            restyle(field, "doubt", None)
        self.paid_by.setCurrentIndex(0)
        self.how.hide()

    def _connect(self) -> None:
        self.by_other.toggled.connect(self._other_toggled)
        self.in_person.toggled.connect(self._person_toggled)
        self.lost.toggled.connect(self._lost_toggled)
        self.money.clicked.connect(self.money_wanted)
        self.mail_back.clicked.connect(self.mail_back_wanted)
        self.commit.clicked.connect(self.committed)
        self.other_name.returnPressed.connect(self.other_number.setFocus)
        self.other_number.returnPressed.connect(self.authority.setFocus)
        for last in (self.authority, self.reason):
            last.returnPressed.connect(self.commit.setFocus)

    def _other_toggled(self, on: bool) -> None:
        self.other.setVisible(on)
        if on:
            self.in_person.setChecked(False)
            self.other_name.setFocus()

    def _person_toggled(self, on: bool) -> None:
        if on:
            self.by_other.setChecked(False)
        else:
            self.how.hide()

    def _lost_toggled(self, on: bool) -> None:
        self._show_reason()
        if on:
            self.reason.setFocus()

    def _show_reason(self) -> None:
        wanted = self.lost.isChecked() or not self.mail_back.isHidden()
        self.reason_label.setVisible(wanted)
        self.reason.setVisible(wanted)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.in_person, 1)
        head.addWidget(self.how)
        self.body.addLayout(head)
        self.body.addWidget(self.by_other)
        self.other = QFrame()
        grid = QGridLayout(self.other)
        grid.setContentsMargins(26, 0, 0, 0)
        grid.setVerticalSpacing(2)
        rows = (
            (self.other_name, _("Na&me"), 0, 0, 1),
            (self.other_number, _("&ID number"), 0, 1, 1),
            (self.authority, _("Paper of aut&hority"), 2, 0, 2),
        )
        for field, text, row, column, span in rows:
            grid.addWidget(_label(text, field), row, column, 1, span)
            grid.addWidget(field, row + 1, column, 1, span)
        self.other.hide()
        self.body.addWidget(self.other)
        self.body.addWidget(self.lost)
        self.reason_label = _label(_("Rea&son"), self.reason)
        self.body.addWidget(self.reason_label)
        self.body.addWidget(self.reason)
        self.money_row = QFrame()
        money = QHBoxLayout(self.money_row)
        money.setContentsMargins(0, 0, 0, 0)
        money.addWidget(self.paid_by)
        money.addWidget(self.money, 1)
        self.body.addWidget(self.money_row)
        self.body.addWidget(self.mail_back)
        self.body.addStretch(1)
        self.body.addWidget(self.signature)
        self.body.addWidget(self.commit)


class PersonPanel(QWidget):
    """Whose result, what it is, what hinders; the checklist beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.chip = Chip()
        self.name = _large(1.85)
        self.name.setAccessibleName(_("Applicant"))
        self.who = Muted()
        self.results = ResultTicks()
        self.results_area = QScrollArea()  # a dozen results of one person do not make the window higher
        self.results_area.setWidget(self.results)
        self.results_area.setWidgetResizable(True)
        self.results_area.setFrameShape(QFrame.Shape.NoFrame)
        self.results_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self.results_area.viewport(), self.results):
            part.setAutoFillBackground(False)
        self.sentence = _large(1.2)
        self.advice = QLabel()
        self.advice.setWordWrap(True)
        self.collectors = QLabel()
        self.collectors.setWordWrap(True)
        self.others = Muted()
        self.open = QPushButton(_("Open the dossier   Ctrl+O"))
        self.open.setAutoDefault(False)
        self.checklist = Checklist()
        self._lay_out()
        self.results.changed.connect(self._ticked)

    def show_panel(self, panel: Panel) -> None:
        line = panel.first
        self.chip.say(panel.told.chip, panel.told.tone)
        self.name.setText(line.name or "–")
        self.who.setText(wording.who(line))
        self.results.show_results(panel)
        several = bool(self.results.boxes)
        self.results_area.setVisible(several)
        self.results_area.setMaximumHeight(self.results.sizeHint().height())
        for label, text in ((self.sentence, panel.told.sentence), (self.advice, panel.told.advice)):
            label.setText(text)
            label.setVisible(bool(text))
        self.may_collect.setVisible(panel.can_hand_out)
        self.collectors.setText(panel.collectors)
        self.collectors.setVisible(panel.can_hand_out)
        also = "\n".join(f"· {text}" for text in panel.others)
        self.others.setText(_("Not to be handed out now:") + "\n" + also if also else "")
        self.checklist.show_panel(panel)
        self._ticked()

    def _ticked(self) -> None:
        """Money and signatures are those of what is ticked."""
        self.checklist.show_owed(self.results.owed_vnd())
        self.checklist.signature.setText(wording.signature(self.results.lines()))

    def _lay_out(self) -> None:
        left = Card(_("Result of"))
        left.head.addWidget(self.chip)
        self.may_collect = caption(_("May take it"))
        for widget in (self.name, self.who, caption(_("Result")), self.results.only):
            left.body.addWidget(widget)
        left.body.addWidget(self.results_area, 20)
        left.body.addWidget(self.sentence)
        left.body.addWidget(self.advice)
        left.body.addSpacing(8)
        left.body.addWidget(self.may_collect)
        left.body.addWidget(self.collectors)
        left.body.addWidget(self.others)
        left.body.addStretch(1)
        left.body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(left, 6)
        row.addWidget(self.checklist, 5)


def _is_ticked(line: ReadyLine, panel: Panel) -> bool:
    if panel.ticked is not None:
        return line.code in panel.ticked
    return line is panel.first or line.dossier.status is Status.FINISHED


def _said(line: ReadyLine) -> str:
    owed = line.dossier.fee_left_vnd
    left = f" · {in_figures(owed)} đ" if owed else ""
    return f"{line.what}{left}\n{line.code}"


def _large(factor: float) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    enlarge(label, factor, bold=True)
    return label


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    return field


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
