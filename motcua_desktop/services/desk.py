"""A desk at work: its store, its office, the catalogue and the calendar it counts by."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from motcua_desktop.assets import resource
from motcua_desktop.domain.address import read_hub_address
from motcua_desktop.domain.calendar import DayDecision, DayKind, WorkingCalendar, local
from motcua_desktop.domain.errors import fault
from motcua_desktop.domain.event import Draft, Kind
from motcua_desktop.domain.office import Office, read_office
from motcua_desktop.domain.procedure import Catalogue, read_catalogue
from motcua_desktop.store import ledger
from motcua_desktop.store import office as offices
from motcua_desktop.store.connection import refuse_share
from motcua_desktop.store.store import Store, find_chain, own_chain

STORE_NAME = "motcua.db"
KEY_VARIABLE = "MOTCUA_KEY"
KEYRING_SERVICE = "motcua-desktop"


def machine_clock() -> datetime:
    """The machine's own time, on a Vietnamese clock."""
    return local(datetime.now(UTC))


@dataclass
class Desk:
    """What every service needs. `now` gives an aware moment and is replaced in tests."""

    store: Store
    office: Office
    chain: str
    now: Callable[[], datetime] = machine_clock

    @property
    def catalogue(self) -> Catalogue:
        """The shipped procedures with the lists that were put in force here laid over them, as they stand now."""
        with self.store.read() as connection:
            laid = offices.count_publications(connection)
            if self._catalogue is not None and laid == self._laid:
                return self._catalogue
            bodies = offices.publications(connection) if laid else []
        self._catalogue, self._laid = self._shipped.with_publications(bodies), len(bodies)
        return self._catalogue

    @cached_property
    def _shipped(self) -> Catalogue:
        return read_catalogue(_read(resource("catalogue", "procedures.json")))

    @property
    def calendar(self) -> WorkingCalendar:
        """The working calendar, with the office's own decisions as they stand now."""
        with self.store.read() as connection:
            own = offices.day_decisions(connection)
        if self._calendar is None or own != self._own_decisions:
            decided, years = shipped_decisions()
            self._calendar, self._own_decisions = WorkingCalendar([*decided, *own], years), own
        return self._calendar

    def read_office_again(self) -> None:
        """Take up what a command or another window changed in the office's settings meanwhile."""
        with self.store.read() as connection:
            self.office = offices.find_office(connection) or self.office

    _calendar: WorkingCalendar | None = None
    _own_decisions: Sequence[DayDecision] = ()
    _catalogue: Catalogue | None = None
    _laid: int = 0

    def close(self) -> None:
        self.store.close()


def shipped_decisions() -> tuple[list[DayDecision], list[int]]:
    """The day decisions that travel with the program, and the years whose calendar is published."""
    data = _read(resource("calendar", "decisions.json"))
    decisions = [
        DayDecision(date.fromisoformat(row["date"]), DayKind(row["kind"]), row["reason"], row["source"])
        for row in data["decisions"]
    ]
    return decisions, [row["year"] for row in data["published"]]


def change_office(desk: Desk, changes: Mapping[str, Any]) -> Office:
    """Change settings of the office (keys as in `Office.as_json`) from now on; dossiers keep what they had."""
    office = read_office({**desk.office.as_json(), **changes})
    if changes.get("hub"):
        read_hub_address(changes["hub"])
    happened_at = desk.now().isoformat(timespec="seconds")
    with desk.store.write() as transaction:
        draft = Draft(Kind.OFFICE_CONFIGURED, {"office": office.as_json()}, happened_at, office.officer)
        ledger.append(transaction, desk.chain, draft)
    desk.office = office
    return office


def default_folder() -> Path:
    """The platform's folder for a program's data."""
    from platformdirs import user_data_path

    return user_data_path("motcua", appauthor=False)


def init_desk(folder: Path, office: Office) -> Desk:
    """Make the store of a desk; refuses (MC-206) where there is one already, and leaves it alone."""
    refuse_share(folder.absolute())
    if office.hub:
        read_hub_address(office.hub)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise fault("MC-135", path=str(folder), cause=str(error)) from error
    store = Store(folder / STORE_NAME, store_key(folder))
    try:
        with store.write() as transaction:
            # A file without an office is one whose making was cut off: it is finished now.
            if offices.find_office(transaction) is not None:
                raise fault("MC-206", path=str(folder))
            chain = own_chain(transaction, office.code, office.desk)
            happened_at = machine_clock().isoformat(timespec="seconds")
            body = {"office": office.as_json()}
            ledger.append(
                transaction, chain, Draft(Kind.OFFICE_CONFIGURED, body, happened_at, office.officer)
            )
    except BaseException:
        store.close()
        raise
    return Desk(store, office, chain)


def open_desk(folder: Path) -> Desk:
    """Open the store of a desk; raises MC-207 where there is none."""
    refuse_share(folder.absolute())
    path = folder / STORE_NAME
    if not path.exists():
        raise fault("MC-207", path=str(folder))
    store = Store(path, store_key(folder))
    try:
        with store.read() as connection:
            office, chain = offices.find_office(connection), find_chain(connection)
        if office is None:
            raise fault("MC-207", path=str(folder))
        if chain is None:
            with store.write() as transaction:
                chain = own_chain(transaction, office.code, office.desk)
    except BaseException:
        store.close()
        raise
    return Desk(store, office, chain)


def store_key(folder: Path) -> str | None:
    """The store's key, 64 hex digits, from the environment or the system key ring; None for a plain file."""
    key = os.environ.get(KEY_VARIABLE) or _from_keyring(folder)
    if key is not None:
        with suppress(ValueError):
            if len(bytes.fromhex(key)) == 32:
                return key
        raise fault("MC-208")
    return None


def _from_keyring(folder: Path) -> str | None:
    if not (
        folder / "locked"
    ).exists():  # asking a key ring is slow: only for a store that was locked with one
        return None
    import keyring

    return keyring.get_password(KEYRING_SERVICE, str(folder.resolve()))


def _read(path: Path) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
