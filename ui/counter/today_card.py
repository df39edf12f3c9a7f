"""Today's dossiers, the newest first, each with its sending state."""

from __future__ import annotations

from PySide6.QtCore import Qt

from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.finding import DossierLine
from ui.parts import Card, Column, LinesModel, LinesTable, Muted
from ui.wording import sending


class TodayCard(Card):
    """A table of what was received today; `table.opened` names the row."""

    def __init__(self) -> None:
        super().__init__(_("Received today"))
        self.lines: LinesModel[DossierLine] = LinesModel(
            (
                Column(_("Time"), lambda line: line.received_at[11:16]),
                Column(_("Applicant"), lambda line: line.full_name, stretch=True),
                Column(_("Procedure"), lambda line: line.procedure_name, stretch=True),
                Column(
                    _("Sent"), lambda line: sending(line.sent)[0], tone=lambda line: sending(line.sent)[1]
                ),
            )
        )
        self.table = LinesTable(self.lines, _("Received today"))
        self.empty = Muted(_("Nobody yet. Scan an identity card to begin."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.table, 1)

    def show_lines(self, lines: list[DossierLine], count: int) -> None:
        self.title.setText(_("Received today: {count}").format(count=count))
        self.lines.show(lines)
        self.empty.setVisible(not lines)
        self.table.setVisible(bool(lines))
