"""What the presenter of one dossier needs of a screen, and what it hands to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from motcua_desktop.domain.dossier import Dossier, Verb
from motcua_desktop.domain.errors import Problem
from ui.dossier.forms import Field
from ui.theme import Tone

Remark = tuple[str, Tone | None]  # a line and its tone; None is quiet


@dataclass(frozen=True, slots=True)
class Seen:
    """A dossier as it was read, how far it is sent, and the units that others went to."""

    dossier: Dossier
    sending: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """An act as the panel asks for it: its fields in order, what stands in them, and what can be chosen."""

    verb: Verb
    title: str
    fields: tuple[Field, ...]
    needed: frozenset[Field]
    given: Mapping[Field, str]
    choices: Mapping[Field, Sequence[tuple[str, str]]]  # text, value


class DossierView(Protocol):
    """Shows one dossier, and a panel for one act."""

    def show_dossier(self, seen: Seen, verbs: Sequence[Verb]) -> None: ...
    def show_nothing(self) -> None: ...
    def show_form(self, form: Form) -> None: ...
    def show_preview(self, remarks: Sequence[Remark]) -> None: ...
    def hide_form(self) -> None: ...
    def show_busy(self, busy: bool) -> None: ...
    def given(self) -> Mapping[Field, str]: ...
    def focus(self, field: str) -> None: ...
    def say(self, text: str, tone: Tone, *, number: str = "", stays: bool = False) -> None: ...
    def complain(self, problem: Problem) -> None: ...
    def lead_to_return(self, key: str) -> None: ...
