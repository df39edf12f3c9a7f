"""What every screen works with: the desk, the printer, and one lane for each kind of slow work."""

from __future__ import annotations

from dataclasses import dataclass, field

from motcua_desktop.documents.paper import Paper
from motcua_desktop.domain.errors import NumberedError, Problem
from motcua_desktop.printing.port import Printer
from motcua_desktop.services.desk import Desk
from ui.lanes import Lane


@dataclass
class Workbench:
    """Writing, looking and printing never wait for each other; `net` is the only lane that opens a socket."""

    desk: Desk
    printer: Printer
    paper: Paper = Paper.A5
    writing: Lane = field(default_factory=lambda: Lane("writing"))
    looking: Lane = field(default_factory=lambda: Lane("looking"))
    printing: Lane = field(default_factory=lambda: Lane("printing"))
    net: Lane = field(default_factory=lambda: Lane("net"))
    is_open: bool = True

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self.writing, self.looking, self.printing, self.net

    @property
    def is_busy(self) -> bool:
        return any(lane.is_busy for lane in self.lanes)

    def close(self) -> None:
        """Let running work end, then close the store."""
        self.is_open = False
        for lane in self.lanes:
            lane.close()
        self.desk.close()


def problem_of(error: BaseException) -> Problem:
    """The problem to tell an officer; a bug of ours is reported to a file first."""
    if isinstance(error, NumberedError):
        return error.problem
    import logging

    from motcua_desktop.bugreport import write_report
    from motcua_desktop.services.desk import default_folder

    logging.getLogger(__name__).error("unexpected", exc_info=error)
    return Problem("MC-999", None, {"path": write_report(default_folder(), error)})
