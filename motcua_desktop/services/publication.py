"""Put a province's list of procedures in force: first seen as a preview, then confirmed as one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from motcua_desktop.domain.dossier import Kind
from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.event import Draft, Event, sha256
from motcua_desktop.domain.procedure import Catalogue
from motcua_desktop.domain.publication import Preview, Publication, compare
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.province_list import ProvinceList
from motcua_desktop.services.publication_columns import rate
from motcua_desktop.services.publication_head import named_source
from motcua_desktop.services.publication_json import is_catalogue, read_catalogue_list
from motcua_desktop.services.publication_places import with_both_rows, without_unprintable
from motcua_desktop.services.spreadsheet import Sheet, read_bytes, read_content, records
from motcua_desktop.store import ledger
from motcua_desktop.store import office as offices


def preview(
    desk: Desk, path: Path, from_date: date | None = None, end_missing: bool = False, source: str = ""
) -> Preview:
    """What the list in that file would change, from which day; nothing is changed.

    Without `from_date` the day is the one that the list names, else today. Raises MC-225 (no list can be read from
    the file), MC-226 (no headings), MC-227 (too large), MC-229 (`end_missing` with rows that nobody can place).
    """
    with desk.store.read() as connection:
        laid = offices.count_publications(connection)
    catalogue = desk.catalogue
    data = read_bytes(path)
    publication = read_publication(data, path, catalogue, source, from_date, desk.now().date())
    seen = compare(catalogue, publication, end_missing=end_missing)
    return replace(seen, sha256=sha256(data), laid=laid)


def publish(desk: Desk, seen: Preview) -> Event | None:
    """Put in force what the preview showed; None where it changes nothing.

    Raises MC-228 when another list was put in force since the preview was made.
    """
    if seen.changes_nothing:
        return None
    happened_at = desk.now().isoformat(timespec="seconds")
    draft = Draft(Kind.CATALOGUE_PUBLISHED, seen.body(), happened_at, desk.office.officer)
    with desk.store.write() as transaction:
        if offices.count_publications(transaction) != seen.laid:
            raise refuse("MC-228")
        return ledger.append(transaction, desk.chain, draft)


def read_publication(
    data: bytes, path: Path, catalogue: Catalogue, source: str, starts: date | None, today: date
) -> Publication:
    """What a file says; `source` and `starts` go before its own, `today` is for one that names no day."""
    content = read_content(data, path, rate)
    source = named_source(source)
    if isinstance(content, Mapping) and is_catalogue(content):
        return read_catalogue_list(content, source, starts, today)
    reader = ProvinceList(catalogue.codes())
    sheets = _sheets(content)
    unread = [sheet for sheet in sheets if not reader.read(sheet)]
    if len(unread) == len(sheets):
        raise refuse("MC-226", None, path=path)
    for sheet in unread:
        if sheet.lines:
            reader.leave_out(sheet)
    read = reader.publication(source, starts, today)
    return without_unprintable(with_both_rows(read, sheets), sheets)


def _sheets(content: Any) -> list[Sheet]:
    """Tables; a JSON list of objects is one, and so is the first such list inside a JSON object."""
    if isinstance(content, Mapping):
        lists = [value for value in content.values() if isinstance(value, list)]
        return [records(lists[0])] if lists else []
    if all(isinstance(part, Sheet) for part in content):
        return list(content)
    return [records(content)]
