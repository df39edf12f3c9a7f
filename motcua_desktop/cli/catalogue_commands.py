"""Commands about the procedures: catalogue list, catalogue import."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from motcua_desktop.cli.answers import to_json
from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.publication import BadRow, Change, ChangeKind, Preview
from motcua_desktop.i18n import gettext
from motcua_desktop.services.desk import open_desk
from motcua_desktop.services.publication_words import CHANGES, TROUBLES, bad_row_text, change_lines

_Commands = Any
_TOLD = (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.ENDED, ChangeKind.MISSING)


def _add_catalogue(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("catalogue", help="the procedures")
    verbs = parser.add_subparsers(required=True, metavar="list|import")
    listing = verbs.add_parser("list", parents=[everywhere], help="every procedure in force today")
    listing.set_defaults(run=_list)
    importing = verbs.add_parser("import", parents=[everywhere], help="what a province's list would change")
    importing.add_argument("file", type=Path, help="xlsx, csv or json")
    importing.add_argument("--from", dest="starts", metavar="YYYY-MM-DD", help="the day from which it holds")
    importing.add_argument("--source", default="", help="the decision's number and date")
    importing.add_argument("--end-missing", action="store_true", help="end what the list does not name")
    importing.add_argument("--apply", action="store_true", help="put it in force")
    importing.set_defaults(run=_import)


def _list(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        procedures = desk.catalogue.in_force(desk.now().date())
    finally:
        desk.close()
    for procedure in procedures:
        row = {
            "code": procedure.code,
            "alias": procedure.alias,
            "name": procedure.name,
            "field": procedure.field,
        }
        human = f"{procedure.code}  {procedure.alias or '':4}  {procedure.name} [{procedure.field}]"
        print(to_json(row) if options.json else human)
    return 0


def _import(options: argparse.Namespace) -> int:
    """1 when rows were left out, so that a script notices; what can be taken is taken all the same."""
    from motcua_desktop.services.publication import (
        preview,
        publish,
    )  # no other command reads lists

    starts = _day(options.starts) if options.starts else None
    desk = open_desk(options.data)
    try:
        seen = preview(desk, options.file, starts, options.end_missing, options.source)
        done = publish(desk, seen) is not None if options.apply else False
    finally:
        desk.close()
    if options.json:
        print(to_json(preview_json(seen, applied=done)))
    else:
        print("\n".join(_lines(seen, applied=done)))
    for row in () if options.json else seen.bad:
        print(bad_row_text(row), file=sys.stderr)
    return 1 if seen.bad else 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        raise refuse("MC-119", "from", text=text) from unreadable


def _lines(seen: Preview, *, applied: bool) -> Iterable[str]:
    text = gettext("List of {source}, in force from {day}")
    yield text.format(source=seen.source or "–", day=f"{seen.starts:%d/%m/%Y}")
    for kind in ChangeKind:
        yield f"{gettext(CHANGES[kind])}: {len(seen.of(kind))}"
    for kind in _TOLD:
        for change in seen.of(kind):
            yield f"{gettext(CHANGES[kind])}  {change.code}  {change.name}"
            yield from (f"    {line}" for line in change_lines(change.fields))
    for remark in seen.remarks:
        yield f"? {bad_row_text(remark)}"
    if seen.unread_columns:
        yield gettext("Columns not read: {names}").format(names="; ".join(seen.unread_columns))
    yield _ending(seen, applied=applied)


def _ending(seen: Preview, *, applied: bool) -> str:
    if seen.changes_nothing:
        return gettext("The catalogue is already as this list says. Nothing was changed.")
    if applied:
        return gettext("Put in force. Dossiers received before keep the version of their day.")
    return gettext("Nothing was changed yet. Add --apply to put it in force.")


def preview_json(seen: Preview, *, applied: bool) -> dict[str, Any]:
    """A preview as programs read it."""
    return {
        "source": seen.source,
        "from": seen.starts.isoformat(),
        "sha256": seen.sha256,
        "applied": applied,
        "counts": {str(kind): len(seen.of(kind)) for kind in ChangeKind},
        "changes": [_change_json(change) for kind in _TOLD for change in seen.of(kind)],
        "bad": [_bad_json(row) for row in seen.bad],
        "remarks": [_bad_json(row) for row in seen.remarks],
        "unread_columns": list(seen.unread_columns),
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "code": change.code,
        "name": change.name,
        "from": change.starts.isoformat(),
        "fields": [asdict(field) for field in change.fields],
    }


def _bad_json(row: BadRow) -> dict[str, Any]:
    return {**asdict(row), "problem": str(row.problem), "said": gettext(TROUBLES[row.problem])}


COMMANDS = (_add_catalogue,)
