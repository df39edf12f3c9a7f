"""What the counter does with papers that cannot be accepted: Ctrl+B asks for what is missing, Ctrl+K refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from motcua_desktop.domain.errors import Problem, UserFacingError
from motcua_desktop.domain.status import Verb
from motcua_desktop.i18n import gettext as _
from ui.counter.port import CounterView
from ui.theme import Tone
from ui.workbench import Workbench, problem_of

if TYPE_CHECKING:
    from motcua_desktop.domain.dossier import Dossier
    from motcua_desktop.services.sheets import Printed
    from ui.counter.presenter import CounterPresenter


class TurningAway:
    """Noted with what stands in the form; the sheet is printed, and the next person can begin."""

    def __init__(
        self, view: CounterView, bench: Workbench, presenter: CounterPresenter, changed: Callable[[], None]
    ) -> None:
        self._view, self._bench, self._presenter, self._changed = view, bench, presenter, changed

    def ask_papers(self) -> None:
        """The always-needed papers that are not ticked are asked for."""
        missing = self._view.missing()
        if not missing:
            self._view.say(_("No paper is marked as missing: mark it with Space, then Ctrl+B."), Tone.SOON)
            return
        self._turn_away(Verb.ASK_PAPERS, "supplement", "; ".join(missing))

    def refuse(self) -> None:
        """The note says why."""
        reason = self._view.note()
        if not reason:
            self._view.say(_("Write the reason of the refusal into the note, then Ctrl+K."), Tone.SOON)
            self._view.focus("note")
            return
        self._turn_away(Verb.REFUSE, "refusal", reason)

    def _turn_away(self, verb: Verb, kind: str, reason: str) -> None:
        from motcua_desktop.services.turning_away import turn_away

        try:
            submission = self._presenter.gathered()
        except UserFacingError as error:
            self._view.complain(error.problem)
            return
        desk = self._bench.desk
        self._view.show_saving(True)
        self._bench.writing.run(
            lambda: turn_away(desk, submission, verb, reason),
            lambda dossier: self._turned_away(dossier, kind),
            self._not_turned_away,
        )

    def _turned_away(self, dossier: Dossier, kind: str) -> None:
        from motcua_desktop.services.sheets import next_sheet, print_sheet
        from motcua_desktop.services.telling import SHEET_NAMES

        name = dossier.applicant.full_name if dossier.applicant else ""
        self._view.show_saving(False)
        self._presenter.start()
        said = _("{sheet} of {name} is being printed: {code}. Not accepted, no term runs.")
        self._view.say(said.format(sheet=_(SHEET_NAMES[kind]), name=name, code=dossier.code), Tone.DONE)
        self._changed()
        desk, printer = self._bench.desk, self._bench.printer
        self._bench.printing.run(
            lambda: print_sheet(next_sheet(desk, dossier.id, kind), printer, desk),
            self._printed,
            lambda error: self._not_drawn(dossier, error),
        )

    def _printed(self, printed: Printed) -> None:
        if printed.problem is not None:
            self._view.complain(printed.problem)

    def _not_drawn(self, dossier: Dossier, error: Exception) -> None:
        cause = problem_of(error).number
        self._view.complain(Problem("MC-193", None, {"code": dossier.code, "cause": cause}))

    def _not_turned_away(self, error: Exception) -> None:
        self._view.show_saving(False)
        self._view.complain(problem_of(error))
