"""The history of a dossier with a sign and a tone for each line, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from motcua_desktop.domain.dossier import Dossier, Verb
from motcua_desktop.services.history import Happening, Step, history
from ui.theme import Tone

_ENDS = frozenset({Verb.FINISH, Verb.RETURN})
_STOPS = frozenset({Verb.ASK_PAPERS, Verb.ASK_PAYMENT, Verb.VERIFY})
_BREAKS = frozenset({Verb.STOP, Verb.REFUSE, Verb.VOID, Verb.TAKE_BACK, Verb.MAIL_BACK, Verb.WITHDRAW})
_SIGNS = {Step.CAME: "●", Step.ACT: "●", Step.SHEET: "▤", Step.CODE: "#", Step.ERASED: "×"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is shown: ISO 8601 moment, sign and words, who, and its tone."""

    at: str
    text: str
    who: str
    tone: Tone | None = None


def timeline(dossier: Dossier) -> list[Line]:
    """Everything that is known to have happened, the newest first."""
    return [_line(happening) for happening in history(dossier)][::-1]


def _line(happening: Happening) -> Line:
    sign, tone = _sign(happening)
    return Line(happening.at, f"{sign} {happening.text}", happening.who, tone)


def _sign(happening: Happening) -> tuple[str, Tone | None]:
    verb = happening.verb
    if verb in _ENDS:
        return "✓", Tone.DONE
    if verb in _STOPS:
        return "Ⅱ", Tone.PAUSED
    if verb in _BREAKS:
        return "!", Tone.TODAY
    if verb is Verb.EXTEND:
        return "◆", Tone.SOON
    return _SIGNS[happening.step], Tone.SOON if happening.stuck else None
