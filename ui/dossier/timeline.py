"""What happened to a dossier, in order: acts, sheets, codes, erasures; the same list for officer and inspector."""

from __future__ import annotations

from dataclasses import dataclass

from motcua_desktop.domain.dossier import Dossier, Verb
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.telling import act_line, sheet_line
from ui.theme import Tone

_ENDS = frozenset({Verb.FINISH, Verb.RETURN})
_STOPS = frozenset({Verb.ASK_PAPERS, Verb.ASK_PAYMENT, Verb.VERIFY})
_BREAKS = frozenset({Verb.STOP, Verb.REFUSE, Verb.VOID, Verb.TAKE_BACK, Verb.MAIL_BACK, Verb.WITHDRAW})


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history: ISO 8601 moment, sign and words, who, and its tone."""

    at: str
    text: str
    who: str
    tone: Tone | None = None


def timeline(dossier: Dossier) -> list[Happening]:
    """Everything that is known to have happened, the newest first."""
    came = dossier.came_at or dossier.received_at
    presented = dossier.accepted_at is None or any(act.verb is Verb.ACCEPT for act in dossier.acts)
    first = _("papers looked at, not accepted yet") if presented else _("accepted at the counter")
    lines = [Happening(came, "● " + first, dossier.officer)]
    for act in dossier.acts:
        sign, tone = _sign(act.verb)
        lines.append(Happening(act.at, f"{sign} {act_line(act)}", act.officer, tone))
    for sheet in dossier.sheets:
        said = sheet_line(sheet)
        if not sheet.sent:
            said += " · " + _("did not reach the printer")
        lines.append(Happening(sheet.drawn_at, "▤ " + said, sheet.officer, None if sheet.sent else Tone.SOON))
    for code in dossier.external_codes:
        text = _("code {code} given by {system}").format(code=code.code, system=code.system)
        lines.append(Happening(code.given_at or came, "# " + text, code.officer))
    for erasure in dossier.erasures:
        text = _("personal data removed: {ground}").format(ground=erasure.ground)
        lines.append(Happening(erasure.erased_at, "× " + text, erasure.officer))
    return sorted(lines, key=lambda line: line.at)[::-1]


def _sign(verb: Verb) -> tuple[str, Tone | None]:
    if verb in _ENDS:
        return "✓", Tone.DONE
    if verb in _STOPS:
        return "Ⅱ", Tone.PAUSED
    if verb in _BREAKS:
        return "!", Tone.TODAY
    return ("◆", Tone.SOON) if verb is Verb.EXTEND else ("●", None)
