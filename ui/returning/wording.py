"""A result in the words of the officer: what hinders it, what to do, who may take it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from motcua_desktop.domain.dossier import Dossier
from motcua_desktop.domain.text import in_figures
from motcua_desktop.i18n import gettext as _
from motcua_desktop.services.returning import Hindrance, ReadyLine
from motcua_desktop.services.telling import status_name
from ui import wording
from ui.returning.port import Told
from ui.theme import Tone


def chip(line: ReadyLine) -> tuple[str, Tone]:
    """How a result stands: sign, words and tone."""
    match line.hindrance:
        case Hindrance.NONE:
            return "✓ " + _("ready to hand out"), Tone.DONE
        case Hindrance.MONEY:
            return "! " + _("money due"), Tone.TODAY
        case Hindrance.POSTED:
            return "✉ " + _("in the post"), Tone.CALM
        case Hindrance.RETURNED:
            return "↩ " + _("returned already"), Tone.DRAFT
        case Hindrance.ENDED:
            return "✖ " + status_name(line.dossier.status), Tone.DRAFT
    return "✖ " + _("not ready"), Tone.SOON


def told(line: ReadyLine, now: datetime, owed_vnd: int) -> Told:
    """What hinders a result, plainly, with what to do; `owed_vnd` is for all that are shown together."""
    sentence, advice = _plainly(line, now, owed_vnd)
    return Told(*chip(line), sentence, advice)


def _plainly(line: ReadyLine, now: datetime, owed_vnd: int) -> tuple[str, str]:
    dossier = line.dossier
    match line.hindrance:
        case Hindrance.NONE:
            return (
                (_("What is handed out is the refusal, with its reason."), "") if line.refused else ("", "")
            )
        case Hindrance.MONEY:
            said = _("{amount} đ are still to be paid.").format(amount=in_figures(owed_vnd))
            return said, _("Ctrl+T takes it, then F9 hands out.")
        case Hindrance.POSTED:
            said = _("In the post since {when}, number {tracking}.")
            tracking = dossier.delivery.tracking or "–"
            advice = _("Delivered: confirm the person, F9. Came back: type the reason, Ctrl+R.")
            return said.format(when=_at(dossier.delivery.at), tracking=tracking), advice
        case Hindrance.RETURNED:
            return _gone(line), _gone_advice()
        case Hindrance.ENDED:
            said = _("There is no result: the dossier ended on {when}.")
            return said.format(when=_at(_ended(dossier))), _("Ctrl+O opens it: the history names the reason.")
    return _waiting(dossier, now), _waiting_advice(dossier, now)


def short(line: ReadyLine) -> str:
    """One line of a list: what it is and how it stands."""
    return f"{line.what} · {state(line)}"


def collectors(lines: Sequence[ReadyLine]) -> str:
    """Who may take the results without another paper; who filed only some, with the codes of these."""
    filed: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        person = line.dossier.representative
        if person is not None:
            filed.setdefault((person.full_name, person.id_number), []).append(line.code)
    said = [lines[0].name] if lines[0].name else []
    for (name, _number), codes in filed.items():
        said.append(name if len(codes) == len(lines) else f"{name} ({', '.join(codes)})")
    return " · ".join(said)


def signature(lines: Sequence[ReadyLine]) -> str:
    """Where in the paper register the citizen signs: each book with its numbers."""
    books: dict[str, list[int]] = {}
    for line in lines:
        if line.dossier.entry:
            books.setdefault(line.dossier.book, []).append(line.dossier.entry)
    if not books:
        return _("Signature: in the paper register.")
    said = _("Signature: paper register, book {book}, number {entry}.")
    return " ".join(
        said.format(book=book, entry=", ".join(map(str, sorted(entries)))) for book, entries in books.items()
    )


def state(line: ReadyLine) -> str:
    """How a result stands, in a word or two."""
    return chip(line)[0]


def tone(line: ReadyLine) -> Tone | None:
    """The tone of that word; what is simply ready has none."""
    return None if line.hindrance is Hindrance.NONE else chip(line)[1]


def known_by(line: ReadyLine) -> str:
    """What tells two people of one name apart."""
    person = line.dossier.applicant
    if person is None:
        return ""
    return " · ".join(p for p in (masked(person.id_number), wording.day_first(person.birth_date)) if p)


def who(line: ReadyLine) -> str:
    """Number and birth date, so that people of one name are not mixed up; the number not in full."""
    person = line.dossier.applicant
    if person is None:
        return _("personal data erased")
    shown = masked(person.id_number)
    birth = wording.day_first(person.birth_date)
    parts = (shown, _("born {day}").format(day=birth) if birth else "", person.address)
    return " · ".join(part for part in parts if part)


def masked(number: str) -> str:
    """`038•••••2345`: enough to tell two people apart, not enough to copy down."""
    return f"{number[:3]}•••••{number[-4:]}" if len(number) >= 9 else number


def since(line: ReadyLine) -> str:
    """When the result came to the desk."""
    return _at(line.dossier.finished_at or "")


def _gone(line: ReadyLine) -> str:
    said = _("Returned {when} to {who}, by {officer}.")
    to = line.dossier.delivery.to or "–"
    return said.format(when=_at(line.returned_at), who=to, officer=line.returned_by)


def _gone_advice() -> str:
    return _("If it went to the wrong person: Ctrl+O opens the dossier, there take it back with the reason.")


def _waiting(dossier: Dossier, now: datetime) -> str:
    due = wording.appointment(datetime.fromisoformat(dossier.due_at), now) if dossier.due_at else "–"
    said = _("{status}; {holder} has it. Appointment: {due}.")
    return said.format(status=status_name(dossier.status), holder=dossier.holder, due=due)


def _waiting_advice(dossier: Dossier, now: datetime) -> str:
    if dossier.due_at and datetime.fromisoformat(dossier.due_at) < now:
        return _("The appointment has passed: apologise, and give a new day (Ctrl+O opens the dossier).")
    return _("Tell the citizen the appointment. Ctrl+O opens the dossier.")


def _ended(dossier: Dossier) -> str:
    return dossier.acts[-1].at if dossier.acts else dossier.received_at


def _at(iso: str) -> str:
    return f"{iso[11:16]} {wording.day_first(iso[:10])}" if iso else "–"
