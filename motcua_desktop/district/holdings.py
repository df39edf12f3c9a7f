"""What the district holds, office by office: for its list, its page, and tests."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from motcua_desktop.district.database import Database
from motcua_desktop.district.tables import CHAIN, DOSSIER, EVENT, REFUSED


@dataclass(frozen=True, slots=True)
class OfficeHoldings:
    """Counts of one office; `last_contact_ms` in UTC milliseconds."""

    office: str
    dossiers: int
    events: int
    refused: int
    desks: int
    last_contact_ms: int


@dataclass(frozen=True, slots=True)
class DossierHeld:
    """A dossier as the district draws it from its events; times ISO 8601 with offset."""

    office: str
    id: str
    code: str
    status: str
    received_at: str
    due_at: str | None


def offices(database: Database) -> list[OfficeHoldings]:
    """Every office that was ever in contact, by code."""
    with database.read() as connection:
        dossiers_of, events_of, refused_of = (_counts(connection, t) for t in (DOSSIER, EVENT, REFUSED))
        contacts = connection.execute(
            select(CHAIN.c.office, func.count(), func.max(CHAIN.c.last_contact_ms))
            .group_by(CHAIN.c.office)
            .order_by(CHAIN.c.office)
        )
        return [
            OfficeHoldings(
                office=office,
                dossiers=dossiers_of.get(office, 0),
                events=events_of.get(office, 0),
                refused=refused_of.get(office, 0),
                desks=desks,
                last_contact_ms=last,
            )
            for office, desks, last in contacts
        ]


def dossiers(database: Database, office: str) -> list[DossierHeld]:
    """The dossiers of one office in the order of their codes."""
    columns = (DOSSIER.c[name] for name in DossierHeld.__slots__)
    query = select(*columns).where(DOSSIER.c.office == office).order_by(DOSSIER.c.code, DOSSIER.c.id)
    with database.read() as connection:
        return [DossierHeld(*row) for row in connection.execute(query)]


def _counts(connection: Connection, table: Table) -> dict[str, int]:
    rows = connection.execute(select(table.c.office, func.count()).group_by(table.c.office))
    return {office: int(number) for office, number in rows}
