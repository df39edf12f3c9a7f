"""One procedure of a published list laid over its version in force: what is said replaces, the rest is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from motcua_desktop.domain.due import TermKind
from motcua_desktop.domain.procedure import Mode, Need
from motcua_desktop.domain.source import UNVERIFIED
from motcua_desktop.domain.text import clean

Row = Mapping[str, Any]

LONGEST_SHORT_NAME = 48
LONGEST_SHORT = 80
ONLY_CASES = "Danh mục chỉ nêu hạn theo từng trường hợp."
_LISTS = ("terms", "total_terms", "fees", "documents")
_FRESH: Row = {
    "alias": None,
    "field": "",
    "authority": "",
    "routing": "",
    "at_counter": True,
    "result": "",
    "sets": 1,
    "immediate": False,
    "clock": "pause",
    "clock_source": UNVERIFIED,
    "terms": [],
    "total_terms": [],
    "fees": [],
    "documents": [],
}
_TERM: Row = {
    "kind": str(TermKind.NOT_STATED),
    "value": None,
    "source": UNVERIFIED,
    "valid_from": None,
    "valid_to": None,
    "case": None,
    "after": None,
    "note": None,
    "statutory_value": None,
    "statutory_kind": None,
    "statutory_source": None,
}
_FEE: Row = {
    "channels": [],
    "amount_vnd": None,
    "unit": None,
    "set_by_province": False,
    "note": None,
    "source": UNVERIFIED,
    "valid_from": None,
    "valid_to": None,
}
_COUNTED = {str(kind) for kind in TermKind} - {TermKind.NOT_STATED, TermKind.SAME_DAY}


_NUMBERING = re.compile(r"^(?:[-+*•·–]\s*)?(?:\(?\d{1,2}[.)]\s+)?")


def alike(one: str, other: str) -> bool:
    """Whether two names differ only in capitals, spaces, a number or the word "Thủ tục" in front."""
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """What names have in common that are alike."""
    return _NUMBERING.sub("", clean(name).casefold()).removeprefix("thủ tục ").rstrip(" .;,:")


def shortened(text: str, longest: int) -> str:
    """The text, or as many whole words of it as fit, with an ellipsis."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,.;:-(") + "…"


def merged(old: Row | None, said: Row, source: str, starts: date, *, whole: bool) -> dict[str, Any]:
    """The whole new version: `said` over `old` (None for a procedure that is new here), in force from `starts`.

    `source` is the decision's, "" for none; a row may have its own. `whole` is whether the lists of terms are
    meant entirely, so that a case that is not named is gone.
    """
    own = said.get("source") or source
    row: dict[str, Any] = {**(old or _FRESH), "code": said["code"]}
    row |= {key: value for key, value in said.items() if key not in _LISTS}
    for key in ("name", "field"):
        if old and alike(old[key], row[key]):
            row[key] = old[key]
    row.setdefault("short_name", shortened(row["name"], LONGEST_SHORT_NAME))
    for key in ("terms", "total_terms"):
        before = old[key] if old else []
        row[key] = _terms(before, said[key], own, starts, whole=whole) if key in said else before
    if "fees" in said:
        row["fees"] = _fees(old["fees"] if old else [], said["fees"], own, starts)
    if "documents" in said:
        row["documents"] = _documents(old["documents"] if old else [], said["documents"])
    row["terms"] = _default_first(row["terms"], own, starts)
    row["source"] = own or _source_of_changed(old, row)
    row["valid_from"], row["valid_to"] = starts.isoformat(), said.get("valid_to")
    return row


def _source_of_changed(old: Row | None, row: Row) -> str:
    """Without a decision's number a row that stays as it was keeps its source; another is unverified."""
    dated = ("valid_from", "valid_to", "source")
    if old and all(row[key] == old[key] for key in row if key not in dated and key in old):
        return str(old["source"])
    return UNVERIFIED


def _terms(old: Sequence[Row], said: Sequence[Row], source: str, starts: date, *, whole: bool) -> list[Row]:
    new = [_term(_same_case(old, term), term, source, starts) for term in said]
    if not whole and all(term["case"] is None for term in new):
        new += [term for term in old if term["case"] is not None or not new]
    return new


def _same_case(terms: Sequence[Row], wanted: Row) -> Row | None:
    case = (wanted.get("case") or "").casefold()
    return next((term for term in terms if (term["case"] or "").casefold() == case), None)


def _term(old: Row | None, said: Row, source: str, starts: date) -> Row:
    term = {**_TERM, **{key: value for key, value in said.items() if key in _TERM}}
    if old is not None:
        term["case"] = old["case"]
        if term["kind"] == old["kind"] and "after" not in said:
            term["after"] = old["after"]
        if (term["kind"], term["value"]) == (old["kind"], old["value"]) and "note" not in said:
            term["note"] = old["note"]
        if "statutory_kind" not in said:
            term |= _statutory(term, old)
    if term["statutory_kind"] and not term["statutory_source"]:
        term["statutory_source"] = source or UNVERIFIED
    return _dated(old, term, said.get("source") or source, starts)


def _statutory(term: Row, old: Row) -> dict[str, Any]:
    """The term of the law beside one that is shorter than it."""
    if old["statutory_kind"]:
        law = (old["statutory_kind"], old["statutory_value"], old["statutory_source"])
    else:
        law = (old["kind"], old["value"], old["source"])
    if not _is_shorter(term, law[0], law[1]):
        return {}
    return {"statutory_kind": law[0], "statutory_value": law[1], "statutory_source": law[2]}


def _is_shorter(term: Row, kind: str, value: int | None) -> bool:
    if term["kind"] == TermKind.SAME_DAY:
        return kind in (TermKind.WORKING_DAYS, TermKind.CALENDAR_DAYS, TermKind.MONTHS)
    return kind in _COUNTED and term["kind"] == kind and (term["value"] or 0) < (value or 0)


def _dated(old: Row | None, new: Row, source: str, starts: date) -> Row:
    """The new part with its source and first day; one that says the same keeps its day, and its source too where
    the list has none."""
    days = ("valid_from", "valid_to")
    if old is not None and all(new[key] == old[key] for key in new if key not in (*days, "source")):
        said = {day: new[day] for day in days if new[day]}
        return {**old, **said, "source": source or old["source"]}
    return {**new, "source": source or UNVERIFIED, "valid_from": new["valid_from"] or starts.isoformat()}


def _default_first(terms: Sequence[Row], source: str, starts: date) -> list[Row]:
    """The default term in front; where only cases are named, the default is a term that nobody states."""
    default = [term for term in terms if term["case"] is None]
    if not default:
        note = ONLY_CASES if terms else None
        day = starts.isoformat()
        default = [{**_TERM, "source": source or UNVERIFIED, "valid_from": day, "note": note}]
    return [*default, *(term for term in terms if term["case"] is not None)]


def _fees(old: Sequence[Row], said: Sequence[Row], source: str, starts: date) -> list[Row]:
    new: list[Row] = []
    for fee in said:
        alone = len(said) == len(old) == 1
        parts = _split_before(old, fee)
        new += [
            _fee([part], {**fee, "channels": part["channels"]}, source, starts, alone=False) for part in parts
        ]
        new += [] if parts else [_fee(old, fee, source, starts, alone=alone)]
    return new


def _split_before(old: Sequence[Row], said: Row) -> list[Row]:
    """The fees in force that say together, channel by channel, what the list says in one."""
    wanted = set(said.get("channels", ()))
    fee = {**_FEE, **{key: value for key, value in said.items() if key in _FEE}}
    parts = [b for b in old if set(b["channels"]) < wanted and _says_the_same(b, fee, said)]
    channels = [channel for part in parts for channel in part["channels"]]
    return parts if sorted(channels) == sorted(wanted) else []


def _fee(old: Sequence[Row], said: Row, source: str, starts: date, *, alone: bool) -> Row:
    fee = {**_FEE, **{key: value for key, value in said.items() if key in _FEE}}
    before = old[0] if alone and "channels" not in said else _same_fee(old, fee, said)
    if before is not None and _says_the_same(before, fee, said):
        fee |= {key: before[key] for key in ("channels", "amount_vnd", "unit", "note", "set_by_province")}
    return _dated(before, fee, said.get("source") or source, starts)


def _same_fee(old: Sequence[Row], fee: Row, said: Row) -> Row | None:
    """The fee in force on the same channels; of several the one that says the same."""
    wanted = set(fee["channels"])
    found = [before for before in old if set(before["channels"]) == wanted]
    exact = [b for b in found if all(b[key] == fee[key] for key in ("amount_vnd", "unit", "note"))]
    same = [before for before in found if _says_the_same(before, fee, said)]
    return next(iter([*exact, *same, *found]), None)


def _says_the_same(before: Row, fee: Row, said: Row) -> bool:
    if fee["set_by_province"] != before["set_by_province"] and "set_by_province" in said:
        return False
    if fee["amount_vnd"] is None and not fee["set_by_province"] and said.get("note"):
        return alike(said["note"], before["note"] or "")  # words that are no amount, and known as they stand
    noted = said.get("note") is None or said["note"] == before["note"]
    priced = before["set_by_province"] or fee["amount_vnd"] == before["amount_vnd"]
    return noted and priced and said.get("unit") in (None, before["unit"])


def _documents(old: Sequence[Row], said: Sequence[Row]) -> list[Row]:
    """Papers keep the number and short wording that they have; a new one gets the next free number."""
    left, new = list(old), []
    for paper in said:
        before = _same_paper(left, paper)
        if before is not None:
            left.remove(before)
        new.append(_document(before, paper))
    last = max([paper["item"] for paper in (*old, *new) if paper["item"]], default=0)
    for paper in new:
        if not paper["item"]:
            last += 1
            paper["item"] = last
    return sorted(new, key=lambda paper: int(paper["item"]))


def _same_paper(old: Sequence[Row], said: Row) -> Row | None:
    named = [paper for paper in old if alike(paper["name"], said["name"])]
    if "case" in said:
        exact = [paper for paper in named if alike(paper["case"] or "", said["case"] or "")]
        return exact[0] if exact else None
    return named[0] if named else None


def _document(before: Row | None, said: Row) -> dict[str, Any]:
    fresh = {
        "item": 0,
        "name": said["name"],
        "short": shortened(said["name"], LONGEST_SHORT),
        "original": 1,
        "copy": 0,
        "mode": str(Mode.SUBMIT),
        "need": str(Need.ALWAYS),
        "case": None,
    }
    paper = {**(before or fresh), **said}
    if before is not None:
        paper["name"] = before["name"]
    return paper
