"""Which key begins which act, and what an officer is asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from motcua_desktop.domain.act_rows import Clock, Row
from motcua_desktop.domain.acts import Asked, Refused, judge
from motcua_desktop.domain.dossier import Dossier, Verb, Waiting
from motcua_desktop.domain.due import TermKind
from motcua_desktop.i18n import gettext as _


class Field(StrEnum):
    """One thing that an act may need."""

    TO = "to"
    REASON = "reason"
    RESULT = "result"
    DUE = "due"
    AMOUNT = "amount"
    PAID_BY = "paid_by"
    TRACKING = "tracking"
    EFFECT = "effect"
    LEADER = "leader"
    FULL_NAME = "full_name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"
    FEE_DUE = "fee_due_vnd"


# ASCII letters, because Vietnamese input methods rewrite others; none that such a method turns into another one.
KEYS: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.ACCEPT: "N",
        Verb.HAND_OVER: "C",
        Verb.HAND_BACK: "L",
        Verb.ASK_PAPERS: "B",
        Verb.PAPERS_COMPLETE: "D",
        Verb.ASK_PAYMENT: "T",
        Verb.PAID: "P",
        Verb.VERIFY: "H",
        Verb.VERIFIED: "A",
        Verb.EXTEND: "X",
        Verb.WITHDRAW: "R",
        Verb.STOP: "S",
        Verb.REFUSE: "K",
        Verb.FINISH: "F",
        Verb.RETURN: "F3",
        Verb.POST: "U",
        Verb.MAIL_BACK: "Y",
        Verb.TAKE_BACK: "O",
        Verb.CORRECT: "E",
        Verb.VOID: "V",
        Verb.REOPEN: "M",
        Verb.RECOUNT: "I",
        Verb.CALL: "G",
    }
)
_PEOPLE = (Field.FULL_NAME, Field.ID_NUMBER, Field.PHONE, Field.ADDRESS)
_ASKED: Mapping[Verb, tuple[Field, ...]] = MappingProxyType(
    {
        Verb.HAND_OVER: (Field.TO,),
        Verb.HAND_BACK: (Field.REASON,),
        Verb.ASK_PAPERS: (Field.REASON, Field.DUE),
        Verb.ASK_PAYMENT: (Field.REASON, Field.DUE),
        Verb.PAID: (Field.AMOUNT, Field.PAID_BY),
        Verb.VERIFY: (Field.TO, Field.REASON, Field.DUE),
        Verb.VERIFIED: (Field.REASON,),
        Verb.EXTEND: (Field.DUE, Field.REASON),
        Verb.WITHDRAW: (Field.REASON,),
        Verb.STOP: (Field.REASON,),
        Verb.FINISH: (Field.RESULT,),
        Verb.POST: (Field.TRACKING,),
        Verb.CORRECT: (*_PEOPLE, Field.FEE_DUE, Field.REASON),
    }
)
_NEEDED: Mapping[str, Field] = MappingProxyType(
    {"reason": Field.REASON, "to": Field.TO, "due": Field.DUE, "amount": Field.AMOUNT}
)
_APPOINTS = frozenset({Verb.EXTEND, Verb.ACCEPT, Verb.PAPERS_COMPLETE})
_FAR = "9999-12-31T00:00:00+07:00"


def row_of(dossier: Dossier, verb: Verb, at: str) -> tuple[Row | None, bool]:
    """The row of the table that an act would follow, all it needs given, and whether a leader must decide.

    `at` is the moment of the act, ISO 8601. None where the table does not allow it.
    """
    for leader in ("", "-"):
        asked = Asked(verb, at, leader, "-", "-", _FAR, 1)
        row = judge(dossier, asked)
        if not isinstance(row, Refused):
            return row, row.leader
    return None, False


def asks(dossier: Dossier, verb: Verb, at: str) -> tuple[tuple[Field, ...], frozenset[Field]]:
    """The fields of an act in their order, and those without which it is not possible."""
    row, leader = row_of(dossier, verb, at)
    needed = [_NEEDED[name] for name in row.needs] if row else []
    fields = list(_ASKED.get(verb, ()))
    fields += [field for field in needed if field not in fields]
    if row and row.clock is Clock.STARTS and dossier.term["kind"] == TermKind.NOT_STATED:
        fields.append(Field.DUE)
        needed.append(Field.DUE)
    if row and row.clock is Clock.GOES_ON and dossier.waiting is Waiting.PAPERS and dossier.paused:
        fields.append(Field.EFFECT)
    if leader:
        fields.append(Field.LEADER)
        needed.append(Field.LEADER)
    return tuple(fields), frozenset(needed)


def field_name(field: Field, verb: Verb) -> str:
    """What a field is called on the screen; some acts have a word of their own for it."""
    if field is Field.REASON and verb is Verb.CALL:
        return _("What was said")
    if field is Field.DUE:
        return _("New appointment") if verb in _APPOINTS else _("Wait until")
    if field is Field.TO:
        return _("To the unit") if verb is Verb.HAND_OVER else _("Which body")
    return {
        Field.REASON: _("Reason"),
        Field.RESULT: _("Number and date of the result"),
        Field.AMOUNT: _("Amount in đồng"),
        Field.PAID_BY: _("Paid by"),
        Field.TRACKING: _("Postal tracking number"),
        Field.EFFECT: _("Appointment"),
        Field.LEADER: _("Leader who decides"),
        Field.FULL_NAME: _("Full name"),
        Field.ID_NUMBER: _("ID number"),
        Field.PHONE: _("Phone"),
        Field.ADDRESS: _("Address"),
        Field.FEE_DUE: _("Fee due in đồng"),
    }[field]
