"""What the presenter of the results needs of a screen, and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from motcua_desktop.domain.errors import Problem
from motcua_desktop.services.returning import ReadyLine
from ui.theme import Tone


@dataclass(frozen=True, slots=True)
class Collecting:
    """The checklist as it stands: who takes it, by what paper, and why the receipt is missing."""

    in_person: bool = False
    by_other: bool = False
    name: str = ""
    id_number: str = ""
    authority: str = ""
    lost: bool = False
    reason: str = ""
    paid_by: str = "cash"


@dataclass(frozen=True, slots=True)
class Told:
    """What hinders a result, in a chip, a sentence and what to do about it."""

    chip: str
    tone: Tone
    sentence: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One person's results: `lines` can be handed out together, `others` are told beside them."""

    lines: tuple[ReadyLine, ...]
    told: Told
    collectors: str
    others: tuple[str, ...] = ()
    can_hand_out: bool = True
    in_post: bool = False
    ticked: tuple[str, ...] | None = None  # the codes; None ticks what is finished

    @property
    def first(self) -> ReadyLine:
        return self.lines[0]


class ReturnView(Protocol):
    """Shows what waits, one person's results, several people to choose from, or what was just handed out."""

    def collecting(self) -> Collecting: ...
    def chosen(self) -> tuple[str, ...]: ...
    def asked(self) -> str: ...
    def tracking(self) -> dict[str, str]: ...
    def owed_vnd(self) -> int: ...
    def show_counts(self, waiting: int, by_post: int) -> None: ...
    def show_waiting(self, lines: list[ReadyLine], count: int) -> None: ...
    def show_people(self, text: str, lines: list[ReadyLine]) -> None: ...
    def show_panel(self, panel: Panel) -> None: ...
    def show_confirmed(self, how: str) -> None: ...
    def doubt(self) -> None: ...
    def show_collecting(self, said: Collecting) -> None: ...
    def show_other(self, name: str, id_number: str, *, doubtful: bool = False) -> None: ...
    def show_done(self, title: str, lines: list[str], *, tone: Tone, hint: str) -> None: ...
    def show_post(self, lines: list[ReadyLine]) -> None: ...
    def show_saving(self, busy: bool) -> None: ...
    def clear(self) -> None: ...
    def focus(self, place: str) -> None: ...
    def complain(self, problem: Problem, advice: str = "") -> None: ...
    def say(self, text: str, tone: Tone, *, stays: bool = False) -> None: ...
    def hush(self) -> None: ...
