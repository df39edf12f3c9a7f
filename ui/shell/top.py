"""The bar above every screen: its title, the one search line, what is late, due and unsent, and who is at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit

from motcua_desktop.i18n import gettext as _
from ui.parts import ChipButton
from ui.theme import Tone, enlarge

if TYPE_CHECKING:
    from motcua_desktop.domain.office import Office
    from motcua_desktop.services.today import Today

NARROWEST, WIDEST = 260, 380  # pixels, of the search line


class TopBar(QHBoxLayout):
    """Counts are told with sign, word and number; each chip leads to where they come from."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.title = QLabel()
        self.search_line = QLineEdit()
        self.chips = {name: ChipButton() for name in ("overdue", "today", "unsent")}
        self.setSpacing(10)
        enlarge(self.title, 1.3, bold=True)
        self.addWidget(self.title)
        self.search_line.setPlaceholderText(_("Find: code, ID number, name …   F4"))
        self.search_line.setAccessibleName(_("Find a dossier"))
        self.search_line.setClearButtonEnabled(True)
        self.search_line.setMinimumWidth(NARROWEST)
        self.search_line.setMaximumWidth(WIDEST)
        self.addWidget(self.search_line, 1)
        self.addStretch(1)
        for chip in self.chips.values():
            self.addWidget(chip)
        self.addWidget(QLabel(_("Desk {desk} · {officer}").format(desk=office.desk, officer=office.officer)))

    def say_title(self, page: str) -> None:
        titles = {
            "counter": _("Receive dossiers"),
            "returning": _("Return results"),
            "search": _("Search"),
            "board": _("Deadlines"),
            "dossier": _("Dossier in full"),
            "outbox": _("Sending"),
            "office": _("Procedures, days off, forms"),
            "quick": _("Quick lane"),
        }
        self.title.setText(titles[page])

    def say_counts(self, counts: Today) -> None:
        self._say("overdue", "▲ " + _("{count} overdue"), counts.overdue, Tone.LATE)
        self._say("today", "! " + _("{count} due today"), counts.due_today, Tone.TODAY)
        self._say("unsent", "↑ " + _("{count} to send"), counts.unsent, Tone.DRAFT)

    def _say(self, name: str, text: str, count: int, tone: Tone) -> None:
        self.chips[name].say(text.format(count=count), tone if count else Tone.DRAFT)
