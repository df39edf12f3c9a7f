"""The head of the calendar: days are decided first; printed dates move only when that is confirmed, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from motcua_desktop.domain.calendar import YEARS, DayDecision, DayKind
from motcua_desktop.domain.errors import Problem, UserFacingError
from motcua_desktop.domain.text import clean
from motcua_desktop.i18n import gettext as _
from motcua_desktop.printing.port import OutcomeKind
from motcua_desktop.services.calendar import (
    Moving,
    concerned,
    decide_day,
    moving,
    recount,
    recount_reason,
    special_days,
)
from motcua_desktop.services.publication_head import one_day
from motcua_desktop.services.sheets import Printed, SheetKind, next_sheet, print_sheet
from ui.office.wording import day_text
from ui.theme import Tone
from ui.workbench import Workbench, problem_of

FIRST_MONTH_TO_WARN = 11  # from November on the next year's calendar should be there
_FIELD_MISSING = "MC-202"


class Stage(StrEnum):
    """How far a dossier has come on its way to a new receipt."""

    STAYS = "stays"
    REFUSED = "refused"
    WAITS = "waits"
    MOVED = "moved"  # it has its new date, and the sheet is still to come
    UNSURE = "unsure"  # the printer has the sheet and does not say what became of it
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier of the list; `ticked` while it is to get its new date, or its new sheet."""

    moving: Moving
    stage: Stage
    ticked: bool = False
    problem: Problem | None = None

    @property
    def may_be_ticked(self) -> bool:
        return self.stage in (Stage.WAITS, Stage.MOVED)


@dataclass(frozen=True, slots=True)
class EnteredDay:
    """What stands in the fields of a decision."""

    day: str
    kind: DayKind
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year's special days, with the place of the one to look at first.

    `missing` are the years without a published calendar, each with whether it should be there by now.
    """

    year: int
    days: list[DayDecision]
    at: int
    missing: tuple[tuple[int, bool], ...]


class CalendarView(Protocol):
    """What the presenter needs of the screen."""

    def entered(self) -> EnteredDay: ...
    def show_year(self, year: Year) -> None: ...
    def show_day(self, text: str) -> None: ...
    def clear_decision(self) -> None: ...
    def show_moving(self, decision: DayDecision, rows: list[Row]) -> None: ...
    def show_rows(self, rows: list[Row]) -> None: ...
    def hide_moving(self) -> None: ...
    def show_saving(self, busy: bool) -> None: ...
    def show_trouble(self, place: str) -> None: ...
    def complain(self, problem: Problem) -> None: ...
    def say(self, text: str, tone: Tone, *, number: str = "", stays: bool = False) -> None: ...


class CalendarPresenter:
    """F9 writes the decision; on the list of dossiers it is another F9 that moves dates and prints."""

    def __init__(self, view: CalendarView, bench: Workbench, changed: Callable[[], None]) -> None:
        self._view = view
        self._bench = bench
        self._changed = changed
        self._busy = False
        self._decision: DayDecision | None = None
        self.rows: list[Row] = []
        self.year = bench.desk.now().year
        self._looked_at: date | None = None

    @property
    def is_moving(self) -> bool:
        """Whether the list of dossiers is in sight."""
        return self._decision is not None

    def refresh(self) -> None:
        """Read the year in sight."""
        year, desk = self.year, self._bench.desk
        today = desk.now().date()
        looked_at = self._looked_at or today

        def work() -> Year:
            calendar = desk.calendar
            sight = [year] if year != today.year or today.month < FIRST_MONTH_TO_WARN else [year, year + 1]
            missing = [(y, _is_late(y, today)) for y in sight if not calendar.is_published(y)]
            days = special_days(desk, year)
            at = next((place for place, day in enumerate(days) if day.date >= looked_at), 0)
            return Year(year, days, at, tuple(missing))

        def read(found: Year) -> None:
            if found.year == self.year:
                self._view.show_year(found)

        self._bench.looking.run(work, read, self._not_read)

    def year_chosen(self, year: int) -> None:
        if year != self.year:
            self.year = year
            self.refresh()

    def day_left(self) -> None:
        """Say what the typed day is by the calendar as it stands."""
        day, desk = _day(self._view.entered().day), self._bench.desk
        if day is None:
            self._view.show_day("")
            return

        def told() -> str:
            off = desk.calendar.day_off(day)
            if off is None:
                return _("{day}: a working day so far.").format(day=day_text(day))
            return _("{day}: off so far ({reason}).").format(day=day_text(day), reason=off.reason)

        self._bench.looking.run(told, self._view.show_day, self._not_read)

    def commit(self) -> None:
        """F9."""
        if self._busy:
            return
        if self.is_moving:
            self._move()
        else:
            self._decide()

    def look_at(self, decision: DayDecision) -> None:
        """The open dossiers whose running term holds a day of the list: once more, or for the first time."""
        if not self._busy:
            self._looked_at = decision.date
            self._list(decision, None, told=False)

    def tick(self, place: int) -> None:
        """Give or take a dossier's tick."""
        row = self.rows[place]
        if row.may_be_ticked and not self._busy:
            self.rows[place] = replace(row, ticked=not row.ticked)
            self._view.show_rows(self.rows)

    def leave(self) -> None:
        """Esc on the list: whatever was not confirmed keeps its printed date."""
        if self._busy:
            return
        left = sum(row.stage is Stage.WAITS for row in self.rows)
        self._decision, self.rows = None, []
        self._view.hide_moving()
        if left:
            text = _("{count} dossiers keep their printed date. Enter on the day shows them again.")
            self._view.say(text.format(count=left), Tone.SOON)
        self.refresh()

    def _decide(self) -> None:
        decision = self._asked()
        if decision is None:
            return
        desk = self._bench.desk
        self._set_busy(True)
        self._bench.writing.run(
            lambda: decide_day(desk, decision), lambda codes: self._decided(decision, codes), self._failed
        )

    def _decided(self, decision: DayDecision, codes: list[str]) -> None:
        self._view.clear_decision()
        self.year, self._looked_at = decision.date.year, decision.date
        self.refresh()
        self._changed()
        self._list(decision, codes, told=True)

    def _list(self, decision: DayDecision, codes: list[str] | None, *, told: bool) -> None:
        """Count the dossiers' dates as they would be, and show them; `told` when a decision was just written."""
        desk = self._bench.desk
        self._set_busy(True)

        def work() -> list[Moving]:
            held = concerned(desk, decision.date) if codes is None else codes
            return moving(desk, held, recount_reason(decision))

        def read(found: list[Moving]) -> None:
            self._set_busy(False)
            if found:
                self._decision, self.rows = decision, [_row(one) for one in found]
                self._view.show_moving(decision, self.rows)
            said = [_("The decision is saved.")] if told else []
            text = " ".join([*said, _told_of(self.rows if found else [])])
            self._view.say(text, Tone.DONE if told else Tone.CALM)

        self._bench.looking.run(work, read, self._failed)

    def _move(self) -> None:
        """Give the ticked dossiers their new date, then print for all that have one and no sheet yet."""
        wanted = [row.moving.code for row in self.rows if row.ticked and row.stage is Stage.WAITS]
        if not any(row.ticked for row in self.rows) or self._decision is None:
            self._view.say(_("No dossier is ticked. Every printed date stays as it is."), Tone.SOON)
            return
        desk, reason = self._bench.desk, recount_reason(self._decision)
        done: dict[str, Problem | None] = {}
        self._set_busy(True)

        def work() -> None:
            for code in wanted:
                try:
                    recount(desk, [code], reason)
                except UserFacingError as refused:
                    done[code] = refused.problem
                else:
                    done[code] = None

        def failed(error: Exception) -> None:
            self._moved(done)
            self._failed(error)

        def moved(nothing: None) -> None:
            self._moved(done)
            self._print_next(0)

        self._bench.writing.run(work, moved, failed)

    def _moved(self, done: dict[str, Problem | None]) -> None:
        self.rows = [_after(row, done) for row in self.rows]
        self._view.show_rows(self.rows)
        if done:
            self._changed()

    def _print_next(self, place: int) -> None:
        """Print row after row; the first sheet that does not come out stops it, and keeps the others' ticks."""
        while place < len(self.rows) and not (
            self.rows[place].ticked and self.rows[place].stage is Stage.MOVED
        ):
            place += 1
        if place == len(self.rows):
            self._ended(None)
            return
        desk, paper, printer = self._bench.desk, self._bench.paper, self._bench.printer
        ident = self.rows[place].moving.id

        def work() -> Printed:
            return print_sheet(next_sheet(desk, ident, SheetKind.RECEIPT, paper), printer, desk)

        def failed(error: Exception) -> None:
            self._ended(problem_of(error))

        self._bench.printing.run(work, lambda printed: self._printed(place, printed), failed)

    def _printed(self, place: int, printed: Printed) -> None:
        problem, row = printed.problem, self.rows[place]
        if problem is None:
            self.rows[place] = replace(row, stage=Stage.PRINTED, ticked=False)
        elif printed.outcome.job or printed.outcome.kind is OutcomeKind.UNKNOWN:
            self.rows[place] = replace(row, stage=Stage.UNSURE, ticked=False, problem=problem)
        else:
            self.rows[place] = replace(row, problem=problem)
        self._view.show_rows(self.rows)
        if problem is None:
            self._print_next(place + 1)
        else:
            self._ended(problem)

    def _ended(self, problem: Problem | None) -> None:
        self._set_busy(False)
        self._view.show_rows(self.rows)
        if problem is not None:
            self._view.complain(problem)
            return
        refused = sum(row.stage is Stage.REFUSED for row in self.rows)
        printed = sum(row.stage is Stage.PRINTED for row in self.rows)
        text = _("{count} dossiers have their new date and their new receipt.").format(count=printed)
        if refused:
            text += " " + _("{count} could not be counted again: see the list.").format(count=refused)
        self._view.say(text, Tone.SOON if refused else Tone.DONE)

    def _asked(self) -> DayDecision | None:
        entered = self._view.entered()
        day, reason, source = _day(entered.day), clean(entered.reason), clean(entered.source)
        if day is None:
            self._view.show_trouble("date")
            self._view.complain(Problem("MC-119", "date", {"text": entered.day.strip()}))
            return None
        for place, said in (("reason", reason), ("source", source)):
            if not said:
                self._view.show_trouble(place)
                text = _("A decision needs its reason and its source: receipts name them. Nothing was saved.")
                self._view.say(text, Tone.SOON, number=_FIELD_MISSING)
                return None
        return DayDecision(day, entered.kind, reason, source)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.show_saving(busy)

    def _not_read(self, error: Exception) -> None:
        self._view.complain(problem_of(error))

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self._view.complain(problem_of(error))


def _is_late(year: int, today: date) -> bool:
    """Whether the State should have published that year by now."""
    return year <= today.year or (year == today.year + 1 and today.month >= FIRST_MONTH_TO_WARN)


def _day(text: str) -> date | None:
    day = one_day(text)
    return day if day is not None and day.year in YEARS else None


def _row(one: Moving) -> Row:
    if one.problem is not None:
        return Row(one, Stage.REFUSED, problem=one.problem)
    return Row(one, Stage.WAITS, ticked=True) if one.moves else Row(one, Stage.STAYS)


def _after(row: Row, done: dict[str, Problem | None]) -> Row:
    if row.moving.code not in done:
        return row
    problem = done[row.moving.code]
    if problem is not None:
        return replace(row, stage=Stage.REFUSED, ticked=False, problem=problem)
    return replace(row, stage=Stage.MOVED)


def _told_of(rows: list[Row]) -> str:
    if not rows:
        return _("No open dossier is concerned: every printed date holds.")
    waits = sum(row.stage is Stage.WAITS for row in rows)
    if not waits:
        return _("{count} open dossiers hold that day; none of them would get another date.").format(
            count=len(rows)
        )
    return _("{count} open dossiers would get a later date. Nothing has moved yet.").format(count=waits)
