"""How dates, states and people are worded on the screen."""

from __future__ import annotations

from datetime import date, datetime

from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.due import Due
from motcua_desktop.i18n import gettext as _
from ui.theme import Tone


def weekday(day: date) -> str:
    """The weekday in full."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[day.weekday()]


def appointment(moment: datetime, now: datetime) -> str:
    """A due date as it is read out: the hour first, then today, tomorrow or the weekday with its date."""
    day, clock = local(moment).date(), f"{local(moment):%H:%M}"
    distance = (day - local(now).date()).days
    if distance == 0:
        return _("{clock} today").format(clock=clock)
    if distance == 1:
        return _("{clock} tomorrow, {weekday}").format(clock=clock, weekday=weekday(day))
    return _("{clock} {weekday} {day}").format(clock=clock, weekday=weekday(day), day=f"{day:%d/%m/%Y}")


def skipped(counted: Due) -> str:
    """The days that did not count: holidays by name, weekends by number."""
    named = [f"{off.date:%d/%m} {off.reason}" for off in counted.skipped if off.date.weekday() < 5]
    weekends = sum(off.date.weekday() >= 5 for off in counted.skipped)
    if weekends:
        named.append(_("{count} weekend days").format(count=weekends))
    return ", ".join(named)


def day_first(iso: str) -> str:
    """An ISO date as people write it; a bare year stays."""
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}" if len(iso) == 10 else iso


def sending(state: str) -> tuple[str, Tone]:
    """A sending state as sign and words, and its tone."""
    if state in ("queued", "waiting"):
        return "↑ " + _("waiting"), Tone.DRAFT
    if state == "sending":
        return "↑ " + _("sending"), Tone.CALM
    if state == "refused":
        return "! " + _("returned"), Tone.LATE
    if state == "accepted":
        return "✓ " + _("sent"), Tone.DONE
    raise KeyError(state)
