"""What an act would do, said before it is done."""

from __future__ import annotations

from datetime import date, datetime

from motcua_desktop.domain import acts as table
from motcua_desktop.domain.act_rows import Clock
from motcua_desktop.domain.dossier import Dossier
from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.pausing import ClockEffect, last_day_to_announce
from motcua_desktop.domain.source import is_verified
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import sentence, spoken
from motcua_desktop.services.acts import Plan, due_choices
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.telling import SHEET_NAMES, status_name
from ui.dossier.port import Remark
from ui.theme import Tone
from ui.wording import appointment


def remarks(desk: Desk, dossier: Dossier, plan: Plan) -> list[Remark]:
    """Dates first, then where the dossier goes, then the paper that comes out, then what it rests on."""
    found = [*_dates(desk, dossier, plan), *_place(dossier, plan), *_timer(desk, plan)]
    if plan.row.sheet:
        sheet = _(SHEET_NAMES[plan.row.sheet])
        found.append((_("Comes out of the printer: {sheet}").format(sheet=sheet), None))
    found += [(_warned(warning), Tone.SOON) for warning in plan.warnings]
    return [*found, source_remark(plan.row.source)]


def _warned(warning: Problem) -> str:
    """A warning of something not done yet; that of a late announcement tells what has been saved."""
    if warning.number != "MC-165":
        return sentence(warning)
    said = _("Announced too late: the last day for it was {day}. The dossier counts as late, with apology.")
    return said.format(day=spoken(warning.params["last"]))


def source_remark(source: str) -> Remark:
    """What a rule rests on; amber where nobody has checked it against the text."""
    return (_("By: {source}").format(source=source), None if is_verified(source) else Tone.SOON)


def effects(desk: Desk, dossier: Dossier) -> list[tuple[str, str]]:
    """Both dates that completed papers could give, each with the word for what happened to the clock."""
    names = {ClockEffect.PAUSE: _("without the wait"), ClockEffect.RESTART: _("begun anew")}
    now = desk.now()
    return [
        (
            f"{appointment(found.due_at, now)} · {names[effect]}" if found.due_at else names[effect],
            str(effect),
        )
        for effect, found in due_choices(desk, dossier).items()
    ]


def _dates(desk: Desk, dossier: Dossier, plan: Plan) -> list[Remark]:
    now = desk.now()
    if plan.row.clock is Clock.STOPS:
        until = plan.body.get("waiting_due_at")
        said = _("The term stands still from now on.")
        if until:
            when = appointment(datetime.fromisoformat(until), now)
            said += " " + _("We wait until {when}.").format(when=when)
        return [("Ⅱ " + said, Tone.PAUSED)]
    if plan.row.clock is Clock.NOTHING or plan.due_at is None:
        return []
    found: list[Remark] = []
    if dossier.due_at and plan.row.clock is not Clock.STARTS:
        before = appointment(datetime.fromisoformat(dossier.due_at), now)
        found.append((_("Appointment until now: {when}").format(when=before), None))
    found.append((_("New appointment: {when}").format(when=appointment(plan.due_at, now)), Tone.CALM))
    if plan.due_total_at:
        found.append(
            (_("All offices together: {when}").format(when=appointment(plan.due_total_at, now)), None)
        )
    if plan.row.clock is Clock.EXTENDS and dossier.due_at and not plan.warnings:
        limit = table.limit("announce_before", date.fromisoformat(dossier.received_at[:10]))
        last = last_day_to_announce(datetime.fromisoformat(dossier.due_at), desk.calendar, limit.days)
        said = _("Announced in time: the last day for it is {day}.").format(day=f"{last:%d/%m/%Y}")
        found.append(("✓ " + said, Tone.DONE))
        if not is_verified(limit.source):
            found.append(source_remark(limit.source))
    return found


def _place(dossier: Dossier, plan: Plan) -> list[Remark]:
    if plan.row.to is None or plan.row.to is dossier.status:
        return []
    return [(_("It becomes: {status}").format(status=status_name(plan.row.to)), None)]


def _timer(desk: Desk, plan: Plan) -> list[Remark]:
    timer = plan.body.get("timer")
    if not timer:
        return []
    return [
        (timer_text(timer["name"], timer["due_at"], desk.now()), Tone.CALM),
        source_remark(timer["source"]),
    ]


def timer_text(name: str, due_at: str, now: datetime) -> str:
    """What an inner term asks of whom, and until when."""
    texts = {
        "unit_returns_unfit": _("If the papers are not fit the unit has to say so before {when}."),
        "desk_tells_citizen": _("The desk has to tell the citizen before {when}."),
    }
    text = texts.get(name, _("To be done before {when}."))
    return text.format(when=appointment(datetime.fromisoformat(due_at), now))
