"""Find dossiers and people: the one search of the window and of the command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua_desktop.domain.person import Person
from motcua_desktop.services.desk import Desk
from motcua_desktop.store import dossiers
from motcua_desktop.store.dossiers import DossierLine

if TYPE_CHECKING:
    from motcua_desktop.domain.dossier import DrawnSheet

__all__ = [
    "DossierLine",
    "KnownPerson",
    "count_received_on",
    "known_person",
    "known_units",
    "received_on",
    "same_open_dossier",
    "search",
    "sending_state",
    "sheets_of",
    "tidy",
    "usage",
]

SEARCH_LIMIT = 50


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who filed here before: as last known, how often, and how many dossiers are open."""

    person: Person
    times: int
    open: int
    last_received_at: str
    last_procedure: str


def search(desk: Desk, text: str, limit: int = SEARCH_LIMIT) -> list[DossierLine]:
    """Dossiers that answer to what was typed, newest first, sent or not."""
    with desk.store.read() as connection:
        return dossiers.find(connection, text, limit)


def tidy(desk: Desk) -> None:
    """Keep searching quick on a store of many years; writes in short turns, and others write in between."""
    with desk.store.write() as transaction:
        going_on = dossiers.begin_tidying(transaction)
    while going_on:
        with desk.store.write() as transaction:
            going_on = dossiers.tidy_on(transaction)


def sending_state(desk: Desk, dossier: str) -> str:
    """The least settled sending state among the events of a dossier (its id)."""
    with desk.store.read() as connection:
        return dossiers.sending_state(connection, dossier)


def received_on(desk: Desk, day: str) -> list[DossierLine]:
    """The dossiers of a day (ISO date), newest first."""
    with desk.store.read() as connection:
        return dossiers.of_day(connection, day)


def count_received_on(desk: Desk, day: str) -> int:
    """How many dossiers came on a day (ISO date)."""
    with desk.store.read() as connection:
        return dossiers.count_of_day(connection, day)


def sheets_of(desk: Desk, dossier: str) -> tuple[DrawnSheet, ...]:
    """The sheets drawn of a dossier (its id) so far."""
    with desk.store.read() as connection:
        found = dossiers.get(connection, dossier)
    return found.sheets if found else ()


def known_person(desk: Desk, id_number: str) -> KnownPerson | None:
    """What is known of the person behind an id number."""
    with desk.store.read() as connection:
        known = dossiers.person(connection, id_number)
        dossier = dossiers.get(connection, known.last_dossier) if known else None
    if known is None or dossier is None or dossier.applicant is None:
        return None
    return KnownPerson(
        dossier.applicant, known.times, known.open, known.last_received_at, known.last_procedure
    )


def same_open_dossier(desk: Desk, id_number: str, procedure: str) -> DossierLine | None:
    """An open dossier of this person for this procedure (MC-112)."""
    with desk.store.read() as connection:
        return dossiers.same_open(connection, id_number, procedure)


def known_units(desk: Desk) -> list[str]:
    """The resolving units that dossiers went to, the most used one first."""
    with desk.store.read() as connection:
        return dossiers.units(connection)


def usage(desk: Desk) -> dict[str, int]:
    """How often each procedure was received at this store."""
    with desk.store.read() as connection:
        return dossiers.usage(connection)
