"""The district's tables. Every key begins with the office, so that no office can stand in another's way."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text

LATEST = 1

METADATA = MetaData()

META = Table(
    "meta", METADATA, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False)
)

# `json` is the canonical text that the hash covers; personal data are beside it, so that they can be erased.
EVENT = Table(
    "event",
    METADATA,
    Column("office", String(40), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("desk", String(80), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("dossier", String(64)),
    Column("json", Text, nullable=False),
    Column("arrived_ms", BigInteger, nullable=False),
)
Index("event_place", EVENT.c.office, EVENT.c.desk, EVENT.c.seq)
Index("event_of_dossier", EVENT.c.office, EVENT.c.dossier)

PARTICULARS = Table(
    "particulars",
    METADATA,
    Column("office", String(40), primary_key=True),
    Column("event", String(36), primary_key=True),
    Column("salt", String(32), nullable=False),
    Column("json", Text, nullable=False),
)

# Whose personal data are gone for good, also for a copy that is still on its way.
ERASED = Table(
    "erased",
    METADATA,
    Column("office", String(40), primary_key=True),
    Column("event", String(36), primary_key=True),
)

REFUSED = Table(
    "refused",
    METADATA,
    Column("office", String(40), primary_key=True),
    Column("desk", String(80), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("hash", String(64), primary_key=True),
    Column("seq", BigInteger),
    Column("problem", String(20), nullable=False),
    Column("arrived_ms", BigInteger, nullable=False),
)

# `whole_to`: up to this place of the chain every event is here, or refused by name.
CHAIN = Table(
    "chain",
    METADATA,
    Column("office", String(40), primary_key=True),
    Column("desk", String(80), primary_key=True),
    Column("whole_to", BigInteger, nullable=False),
    Column("first_contact_ms", BigInteger, nullable=False),
    Column("last_contact_ms", BigInteger, nullable=False),
)

DOSSIER = Table(
    "dossier",
    METADATA,
    Column("office", String(40), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("code", Text, nullable=False),
    Column("status", String(40), nullable=False),
    Column("due_at", Text),
    Column("received_at", Text, nullable=False),
    Column("needs_a_look", Integer, nullable=False),
)
Index("dossier_by_code", DOSSIER.c.office, DOSSIER.c.code)
