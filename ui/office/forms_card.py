"""About the forms: which of them are provisional, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.forms import ProvisionalForm, provisional_forms
from ui.office.wording import source_text, source_tone
from ui.parts import Card, Column, LinesModel, LinesTable, MessageStrip, Muted, StripText, restyle
from ui.theme import Tone
from ui.workbench import Workbench, problem_of


class FormsTab(QWidget):
    """A list to read; nothing can be changed here."""

    def __init__(self, bench: Workbench, strip: MessageStrip) -> None:
        super().__init__()
        self._bench, self._strip = bench, strip
        self.lines: LinesModel[ProvisionalForm] = LinesModel(
            (
                Column(_("Form"), lambda form: form.number or "–"),
                Column(_("Title"), lambda form: form.title, stretch=True),
                Column(_("For dossiers received"), _days),
                Column(_("What was not seen"), lambda form: _doubt(form)[0], lambda form: Tone.SOON),
            )
        )
        self.table = LinesTable(self.lines, _("Provisional forms"))
        self.chosen = StripText()
        self.chosen.setWordWrap(True)
        self.none = Muted(_("No form is provisional: the text of every one was seen in its source."))
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._describe(now.row()))

    def activate(self) -> None:
        """The tab comes into sight."""
        self._bench.looking.run(lambda: provisional_forms(self._bench.desk), self._show, self._failed)
        self.table.setFocus()

    def _show(self, forms: list[ProvisionalForm]) -> None:
        self.lines.show(forms)
        self.table.setVisible(bool(forms))
        self.none.setVisible(not forms)
        if forms:
            self.table.selectRow(0)
        self._describe(0 if forms else -1)

    def _describe(self, row: int) -> None:
        form = self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None
        if form is None:
            self.chosen.setText("")
            return
        text = _("Form {number}, {title} ({set}). {doubt}. Source: {source}")
        said = text.format(
            number=form.number,
            title=form.title,
            set=form.set_name,
            doubt=_doubt(form)[1],
            source=source_text(form.source),
        )
        self.chosen.setText(said)
        tone = source_tone(form.source)
        restyle(self.chosen, "tone", str(tone) if tone else None)

    def _failed(self, error: Exception) -> None:
        self._strip.tell(problem_of(error))

    def _lay_out(self) -> None:
        card = Card(_("About the forms"))
        card.body.addWidget(
            Muted(
                _(
                    "These forms are provisional: some of their text was not seen in the source. They are printed "
                    "as they stand; compare them with the official text before you rely on them."
                )
            )
        )
        self.none.hide()
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.chosen.setMinimumHeight(self.chosen.fontMetrics().height() * 3)
        self.chosen.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self.none, 1)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)


def _days(form: ProvisionalForm) -> str:
    if form.valid_to is None:
        return _("from {first}").format(first=f"{form.valid_from:%d/%m/%Y}")
    return f"{form.valid_from:%d/%m/%Y} – {form.valid_to:%d/%m/%Y}"


def _doubt(form: ProvisionalForm) -> tuple[str, str]:
    """What is in doubt, short and in full."""
    if not form.parts:
        return "! " + _("the whole form"), _("The text of the whole form was not seen")
    short = "! " + _("{count} lines").format(count=len(form.parts))
    return short, _("Lines not seen: {lines}").format(lines="; ".join(form.parts))
