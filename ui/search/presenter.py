"""The one search, read off the UI thread; an answer that came too late is dropped."""

from __future__ import annotations

from typing import Protocol

from motcua_desktop.domain.errors import Problem
from motcua_desktop.services.finding import DossierLine, search
from ui.workbench import Workbench, problem_of


class SearchView(Protocol):
    """What the presenter needs of the screen."""

    def show_lines(self, text: str, lines: list[DossierLine]) -> None: ...
    def complain(self, problem: Problem) -> None: ...


class SearchPresenter:
    """Asks again with each letter; only the answer to the latest question is shown."""

    def __init__(self, view: SearchView, bench: Workbench) -> None:
        self._view = view
        self._bench = bench
        self._asked = ""

    def ask(self, text: str) -> None:
        self._asked = text
        desk = self._bench.desk

        def work() -> list[DossierLine] | None:
            return search(desk, text) if self._asked == text else None

        self._bench.looking.run(work, lambda lines: self._answered(text, lines), self._failed)

    def _answered(self, text: str, lines: list[DossierLine] | None) -> None:
        if lines is not None and self._asked == text:
            self._view.show_lines(text, lines)

    def _failed(self, error: Exception) -> None:
        self._view.complain(problem_of(error))
