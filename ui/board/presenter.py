"""What the deadline board shows, read off the UI thread."""

from __future__ import annotations

from typing import Protocol

from motcua_desktop.domain.errors import Problem
from motcua_desktop.services.board import BoardLine, Urgency, board
from ui.workbench import Workbench, problem_of


class BoardView(Protocol):
    """What the presenter needs of the screen."""

    def show_lines(self, lines: list[BoardLine], counts: dict[Urgency, int]) -> None: ...
    def show_loading(self) -> None: ...
    def complain(self, problem: Problem) -> None: ...


class BoardPresenter:
    """Reads the board when it is looked at and when something changed."""

    def __init__(self, view: BoardView, bench: Workbench) -> None:
        self._view = view
        self._bench = bench

    def refresh(self) -> None:
        self._view.show_loading()
        desk = self._bench.desk
        self._bench.looking.run(
            lambda: board(desk), self._loaded, lambda e: self._view.complain(problem_of(e))
        )

    def _loaded(self, lines: list[BoardLine]) -> None:
        counts = {urgency: 0 for urgency in Urgency}
        for line in lines:
            counts[line.urgency] += 1
        self._view.show_lines(lines, counts)
