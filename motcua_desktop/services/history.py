"""What happened to a dossier, in order: the same list for the officer, the inspector and the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua_desktop.domain.dossier import Dossier, Verb
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.telling import act_line, sheet_line


class Step(StrEnum):
    """What sort of thing happened."""

    CAME = "came"
    ACT = "act"
    SHEET = "sheet"
    CODE = "code"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: ISO 8601 moment, words, who did it; `verb` of an act, `stuck` of a sheet that stayed here."""

    step: Step
    at: str
    text: str
    who: str
    verb: Verb | None = None
    stuck: bool = False


def history(dossier: Dossier) -> list[Happening]:
    """Everything that is known to have happened, oldest first."""
    came = dossier.came_at or dossier.received_at
    presented = dossier.accepted_at is None or dossier.accepted_at != came
    first = _("Presented at the counter") if presented else _("Received at the counter")
    lines = [Happening(Step.CAME, came, first, dossier.officer)]
    for act in dossier.acts:
        lines.append(Happening(Step.ACT, act.at, act_line(act), act.officer, act.verb))
    for sheet in dossier.sheets:
        said = sheet_line(sheet) if sheet.sent else f"{sheet_line(sheet)} · {_('did not reach the printer')}"
        lines.append(Happening(Step.SHEET, sheet.drawn_at, said, sheet.officer, stuck=not sheet.sent))
    for code in dossier.external_codes:
        text = _("Code at {system}: {code}").format(system=code.system, code=code.code)
        lines.append(Happening(Step.CODE, code.given_at or came, text, code.officer))
    for erasure in dossier.erasures:
        text = _("Personal data erased: {ground}").format(ground=erasure.ground)
        lines.append(Happening(Step.ERASED, erasure.erased_at, text, erasure.officer))
    return sorted(lines, key=lambda line: datetime.fromisoformat(line.at))
