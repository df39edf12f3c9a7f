"""Codes that other systems give a dossier: kept beside our own, and found for ever."""

from __future__ import annotations

from motcua_desktop.domain.dossier import Dossier, Kind
from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.event import Draft
from motcua_desktop.domain.text import clean
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.store import dossiers, ledger


def give_external_code(desk: Desk, name: str, system: str, code: str) -> Dossier:
    """Note on a dossier the code that another system gave it; the same code twice is one.

    Raises MC-202 for what is missing, MC-160 for an unknown dossier, MC-162 for a code that another one bears.
    """
    system, code = clean(system), clean(code)
    if not system or not code:
        raise refuse("MC-202", "system" if not system else "code")
    dossier = find_dossier(desk, name)
    if any((known.system, known.code) == (system, code) for known in dossier.external_codes):
        return dossier
    body = {"system": system, "code": code}
    happened_at = desk.now().isoformat(timespec="seconds")
    draft = Draft(Kind.EXTERNAL_CODE_GIVEN, body, happened_at, desk.office.officer, dossier.id)
    with desk.store.write() as transaction:
        other = dossiers.with_external_code(transaction, code, dossier.id)
        if other is not None:
            raise refuse("MC-162", "code", text=code, code=other)
        ledger.append(transaction, desk.chain, draft)
    return find_dossier(desk, dossier.id)
