"""The head of the catalogue's import: a list is read and shown; only F9 puts in force what was shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.event import Event
from motcua_desktop.domain.publication import ChangeKind, Preview
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.publication import preview, publish
from motcua_desktop.services.publication_head import one_day
from ui.office.wording import size_text
from ui.theme import Tone
from ui.workbench import Workbench, problem_of

_ROWS_IN_DOUBT = "MC-229"  # to end what the list lacks is refused; the list itself may be taken
_LAID_MEANWHILE = "MC-228"


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the fields."""

    path: str
    starts: str
    source: str
    end_missing: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list was read with; None and "" leave day and source to the list."""

    path: Path
    starts: date | None
    source: str
    end_missing: bool


class CatalogueView(Protocol):
    """What the presenter needs of the screen."""

    def entered(self) -> Entered: ...
    def show_head(self, starts: str, source: str) -> None: ...
    def show_end_missing(self, wanted: bool) -> None: ...
    def show_reading(self, name: str, size: str) -> None: ...
    def show_preview(self, seen: Preview) -> None: ...
    def show_applied(self, text: str, seen: Preview) -> None: ...
    def show_nothing(self) -> None: ...
    def show_unread(self, problem: Problem) -> None: ...
    def show_saving(self, busy: bool) -> None: ...
    def complain(self, problem: Problem) -> None: ...
    def say(self, text: str, tone: Tone, *, stays: bool = False) -> None: ...


class CataloguePresenter:
    """One list at a time. What F9 puts in force is what stands on the screen, read with what stands there."""

    def __init__(self, view: CatalogueView, bench: Workbench, changed: Callable[[], None]) -> None:
        self._view = view
        self._bench = bench
        self._changed = changed
        self._number = 0
        self._reading = self._saving = False
        self._own = ("", "")  # day and source that the list itself named
        self.seen: Preview | None = None
        self._asked: Asked | None = None

    @property
    def has_draft(self) -> bool:
        """Whether a list stands here that was not put in force."""
        return self.seen is not None or self._reading

    def look(self) -> None:
        """Read the list with day, source and tick as they stand, and show what it would change."""
        if self._saving:
            return
        asked = self._wanted()
        if asked is None:
            return
        if self._asked is not None and asked.path != self._asked.path:
            asked = self._another_list(asked)
        before = self.seen, self._asked
        self.seen, self._asked, self._reading = None, asked, True
        self._number += 1
        number, desk = self._number, self._bench.desk
        self._view.show_reading(asked.path.name, _size(asked.path))
        self._bench.looking.run(
            lambda: preview(desk, asked.path, asked.starts, asked.end_missing, asked.source),
            lambda seen: self._read(number, seen),
            lambda error: self._not_read(number, error, *before),
        )

    def settings_left(self) -> None:
        """A field was left, or the tick changed: what is on show is read anew if it was read otherwise."""
        if self._asked is not None and (self.seen is not None or self._reading):
            asked = self._wanted()
            if asked is not None and asked != self._asked:
                self.look()

    def apply(self) -> None:
        """F9: put in force what is on show; a list that was changed since is only shown again."""
        if self._saving:
            return
        if self._reading:
            self._view.say(_("The list is still being read. Nothing was changed."), Tone.SOON)
            return
        seen = self.seen
        if seen is None:
            self._view.say(_("There is nothing to put in force. Choose a list first."), Tone.SOON)
            return
        asked = self._wanted()
        if asked is None:
            return
        if asked != self._asked:
            self.look()
            text = _("Something was changed since: the list is shown anew. Look at it, then press F9.")
            self._view.say(text, Tone.SOON)
        elif seen.changes_nothing:
            text = _("The catalogue is already as this list says. Nothing was changed.")
            self._view.say(text, Tone.CALM)
        else:
            self._publish(seen)

    def clear(self) -> None:
        """Esc: put the list away; nothing was changed by looking at it."""
        if self._saving:
            return
        self._number += 1
        self._reading, self.seen, self._asked, self._own = False, None, None, ("", "")
        self._view.show_nothing()

    def _publish(self, seen: Preview) -> None:
        desk = self._bench.desk
        self._saving = True
        self._view.show_saving(True)
        self._bench.writing.run(
            lambda: publish(desk, seen), lambda event: self._published(seen, event), self._not_published
        )

    def _published(self, seen: Preview, event: Event | None) -> None:
        self._saving, self.seen = False, None
        text = _("Put in force from {day}: {added} added, {changed} changed, {ended} ended.").format(
            day=f"{seen.starts:%d/%m/%Y}",
            added=len(seen.of(ChangeKind.ADDED)),
            changed=len(seen.of(ChangeKind.CHANGED)),
            ended=len(seen.of(ChangeKind.ENDED)),
        )
        self._view.show_end_missing(False)
        self._view.show_applied(text, seen)
        self._view.show_saving(False)
        kept = _("Dossiers received before keep the version of their day.")
        self._view.say(f"{text} {kept}", Tone.DONE)
        if event is not None:
            self._changed()

    def _not_published(self, error: Exception) -> None:
        self._saving = False
        self._view.show_saving(False)
        problem = problem_of(error)
        if problem.number == _LAID_MEANWHILE:
            self.look()
        self._view.complain(problem)

    def _read(self, number: int, seen: Preview) -> None:
        if number != self._number:
            return
        self._reading, self.seen = False, seen
        entered = self._view.entered()
        own_day, own_source = self._own
        if not entered.starts.strip():
            own_day = f"{seen.starts:%d/%m/%Y}"
        if not entered.source.strip():
            own_source = seen.source
        self._own = own_day, own_source
        self._view.show_head(entered.starts.strip() or own_day, entered.source.strip() or own_source)
        self._view.show_preview(seen)

    def _not_read(self, number: int, error: Exception, seen: Preview | None, asked: Asked | None) -> None:
        if number != self._number:
            return
        self._reading = False
        problem = problem_of(error)
        if problem.number == _ROWS_IN_DOUBT and seen is not None:
            self.seen, self._asked = seen, asked  # what the officer looked at a moment ago still holds
            self._view.show_end_missing(False)
            self._view.show_preview(seen)
        else:
            self._view.show_unread(problem)
        self._view.complain(problem)

    def _another_list(self, asked: Asked) -> Asked:
        """Day and source that the list before named are not another list's; nor is the tick."""
        entered = self._view.entered()
        starts = "" if entered.starts == self._own[0] else entered.starts
        source = "" if entered.source == self._own[1] else entered.source
        self._own = ("", "")
        self._view.show_head(starts, source)
        self._view.show_end_missing(False)
        return Asked(asked.path, asked.starts, asked.source, False)

    def _wanted(self) -> Asked | None:
        """What the fields ask for; None where one cannot be read, which is told."""
        entered = self._view.entered()
        path = entered.path.strip().strip('"')
        if not path:
            self._view.say(_("There is nothing to put in force. Choose a list first."), Tone.SOON)
            return None
        said_day = "" if entered.starts == self._own[0] else entered.starts.strip()
        source = "" if entered.source == self._own[1] else entered.source.strip()
        starts = one_day(said_day)
        if said_day and starts is None:
            self._view.complain(Problem("MC-119", "from", {"text": said_day}))
            return None
        return Asked(Path(path), starts, source, entered.end_missing)


def _size(path: Path) -> str:
    try:
        return size_text(path.stat().st_size)
    except OSError:
        return ""  # reading it tells what is wrong
