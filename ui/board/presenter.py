"""What the deadline board shows, read off the UI thread, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from motcua_desktop.domain.errors import Problem
from motcua_desktop.i18n import gettext as _
from motcua_desktop.printing.port import Outcome, OutcomeKind
from motcua_desktop.services.board import BoardLine, Groups, Urgency, board, counts, groups
from motcua_desktop.services.clock import clock_problem
from ui.theme import Tone
from ui.workbench import Workbench, problem_of

Found = TypeVar("Found")

PAGE = 200  # rows read at once: some ten screens


class BoardView(Protocol):
    """What the presenter needs of the screen."""

    def show_lines(self, lines: list[BoardLine]) -> None: ...
    def show_no_verdict(self, problem: Problem) -> None: ...
    def show_counts(self, found: dict[Urgency, int]) -> None: ...
    def show_groups(self, found: Groups) -> None: ...
    def show_loading(self) -> None: ...
    def complain(self, problem: Problem) -> None: ...
    def say(self, text: str, tone: Tone) -> None: ...


class BoardPresenter:
    """Reads the board when it is looked at, when something changed, and when it is narrowed or lengthened."""

    def __init__(self, view: BoardView, bench: Workbench) -> None:
        self._view = view
        self._bench = bench
        self._limit = PAGE
        self._field = ""
        self._holder = ""
        self._asked = 0

    def refresh(self) -> None:
        """Read it anew: the rows first, then what is counted over all that is open."""
        self._view.show_loading()
        self._asked += 1
        desk, limit, field, holder = self._bench.desk, self._limit, self._field, self._holder

        def read() -> list[BoardLine] | Problem:
            """No verdict from a wrong clock: what is late would stand there in green."""
            return clock_problem(desk) or board(desk, limit=limit, field=field, holder=holder)

        self._look(read, self._read)
        self._look(lambda: counts(desk, field, holder), self._view.show_counts)
        self._look(lambda: groups(desk), self._view.show_groups)

    def narrow(self, field: str, holder: str) -> None:
        """Only what belongs to a field and to a holder; "" is all of them."""
        if (field, holder) != (self._field, self._holder):
            self._field, self._holder, self._limit = field, holder, PAGE
            self.refresh()

    def lengthen(self) -> None:
        """One page more."""
        self._limit += PAGE
        self.refresh()

    def print_list(self) -> None:
        """The list for the morning meeting, of what the board is narrowed to."""
        desk, printer, field, holder = self._bench.desk, self._bench.printer, self._field, self._holder

        def work() -> Outcome:
            from motcua_desktop.services.morning import print_list  # draws: no window waits for it

            return print_list(desk, printer, field, holder)

        self._bench.printing.run(work, self._printed, lambda e: self._view.complain(problem_of(e)))

    def _read(self, found: list[BoardLine] | Problem) -> None:
        if isinstance(found, Problem):
            self._asked += 1  # what is counted after it is of no use either
            self._view.show_no_verdict(found)
        else:
            self._view.show_lines(found)

    def _printed(self, outcome: Outcome) -> None:
        if outcome.kind is OutcomeKind.SENT:
            self._view.say(_("The list for the morning meeting is on its way to the printer."), Tone.DONE)
        else:
            text = _(
                "The list did not leave {printer}. Nothing was lost; look at the printer and press Ctrl+P again."
            )
            self._view.say(text.format(printer=self._bench.printer.name), Tone.SOON)

    def _look(self, work: Callable[[], Found], show: Callable[[Found], None]) -> None:
        """Read on the lane; an answer to a question that was asked anew is not shown."""
        asked = self._asked

        def answered(found: Found) -> None:
            if asked == self._asked:
                show(found)

        self._bench.looking.run(work, answered, lambda error: self._view.complain(problem_of(error)))
