"""A list in the catalogue's own JSON form, checked key by key; a procedure with a wrong value is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from motcua_desktop.domain.due import TermKind
from motcua_desktop.domain.procedure import Mode, Need
from motcua_desktop.domain.publication import BadRow, Publication, Trouble
from motcua_desktop.domain.text import clean
from motcua_desktop.services.person import undrawable
from motcua_desktop.services.publication_head import named_source

_CODE = re.compile(r"[1-6]\.\d{6}")
_Check = Callable[[Any], Any]


class _Wrong(Exception):
    """A value that cannot stand where it stands; `where` grows on the way out."""

    def __init__(self, where: str, value: Any, trouble: Trouble = Trouble.WRONG_TYPE) -> None:
        super().__init__(where)
        self.trouble = trouble
        self.where = where
        self.value = value


def is_catalogue(content: Any) -> bool:
    """Whether JSON content looks like the catalogue's own form."""
    if not isinstance(content, Mapping) or not isinstance(content.get("procedures"), list):
        return False
    return all(isinstance(row, Mapping) and "code" in row for row in content["procedures"])


def read_catalogue_list(
    content: Mapping[str, Any], source: str, starts: date | None, today: date
) -> Publication:
    """The publication that the content says; `source` and `starts` go before its own, and before its rows'."""
    bad: list[BadRow] = []
    rows: dict[str, dict[str, Any]] = {}
    numbers: dict[str, int] = {}
    for number, row in enumerate(content["procedures"], start=1):
        try:
            read = _object(_PROCEDURE, row)
        except _Wrong as wrong:
            bad.append(_bad(number, row, wrong.trouble, wrong.where, wrong.value))
            continue
        if read["code"] in rows:
            twice = _bad(number, row, Trouble.SAID_TWICE, "code", read["code"])
            bad.append(replace(twice, against=numbers[read["code"]]))
            continue
        numbers[read["code"]] = number
        rows[read["code"]] = _without_days(read) if starts else read
    spoilt = {row.code for row in bad}
    return Publication(
        source=source or named_source(_optional_text(content.get("source"))),
        starts=starts or today,
        rows=tuple(row for code, row in rows.items() if code not in spoilt),
        whole=True,
        bad=tuple(bad),
    )


def _without_days(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "valid_from"}


def _bad(number: int, row: Mapping[str, Any], trouble: Trouble, where: str, value: Any) -> BadRow:
    code = row.get("code") if isinstance(row.get("code"), str) else None
    known = code if code and _CODE.fullmatch(clean(code)) else None
    return BadRow(number, where, trouble, str(value)[:200], known, _optional_text(row.get("name")))


def _optional_text(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""


def _object(shape: Mapping[str, _Check], value: Any) -> dict[str, Any]:
    """The keys of the shape, checked; what a newer program wrote besides is left out."""
    if not isinstance(value, Mapping):
        raise _Wrong("", value)
    found: dict[str, Any] = {}
    for key, check in shape.items():
        if key in value:
            try:
                found[key] = check(value[key])
            except _Wrong as wrong:
                raise _Wrong(f"{key}{wrong.where}", wrong.value, wrong.trouble) from wrong
    for key in _NEEDED.get(id(shape), ()):
        if not found.get(key):
            raise _Wrong(key, None)
    return found


def _list_of(shape: Mapping[str, _Check]) -> _Check:
    def check(value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise _Wrong("", value)
        found = []
        for number, part in enumerate(value, start=1):
            try:
                found.append(_object(shape, part))
            except _Wrong as wrong:
                where = f"[{number}].{wrong.where}".rstrip(".")
                raise _Wrong(where, wrong.value, wrong.trouble) from wrong
        return found

    return check


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong("", value)
    return clean(value)


def _name(value: Any) -> str:
    """A text that stands on sheets."""
    name = _text(value)
    if undrawable(name):
        raise _Wrong("", value, Trouble.UNPRINTABLE)
    return name


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value) or None


def _code(value: Any) -> str:
    if not _CODE.fullmatch(_text(value)):
        raise _Wrong("", value)
    return _text(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("", value)
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 999_999_999:
        raise _Wrong("", value)
    return value


def _count_or_none(value: Any) -> int | None:
    return None if value is None else _count(value)


def _positive(value: Any) -> int:
    if _count(value) < 1:
        raise _Wrong("", value)
    return _count(value)


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(_text(value)).isoformat()
    except ValueError as error:
        raise _Wrong("", value) from error


def _day_or_none(value: Any) -> str | None:
    return None if value is None else _day(value)


def _hour(value: Any) -> str | None:
    if value is None:
        return None
    try:
        return f"{time.fromisoformat(_text(value)):%H:%M}"
    except ValueError as error:
        raise _Wrong("", value) from error


def _one_of(*words: str) -> _Check:
    def check(value: Any) -> str:
        if value not in words:
            raise _Wrong("", value)
        return str(value)

    return check


def _kind_or_none(value: Any) -> str | None:
    return None if value is None else str(_one_of(*map(str, TermKind))(value))


def _channels(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise _Wrong("", value)
    return [_text(part) for part in value]


def _terms(value: Any) -> list[dict[str, Any]]:
    """Terms with the number that their kind needs, each case once."""
    terms: list[dict[str, Any]] = _list_of(_TERM)(value)
    counted = {str(kind) for kind in TermKind} - {TermKind.SAME_DAY, TermKind.NOT_STATED}
    for number, term in enumerate(terms, start=1):
        for kind, count in (("kind", "value"), ("statutory_kind", "statutory_value")):
            if (term.get(kind) in counted) != bool(term.get(count)):
                raise _Wrong(f"[{number}].{count}", term.get(count))
        if term.get("case") in [other.get("case") for other in terms[: number - 1]]:
            raise _Wrong(f"[{number}].case", term.get("case"))
    return terms


def _documents(value: Any) -> list[dict[str, Any]]:
    """Papers, each number once."""
    papers: list[dict[str, Any]] = _list_of(_DOCUMENT)(value)
    items = [paper["item"] for paper in papers if "item" in paper]
    if len(items) != len(set(items)):
        raise _Wrong("[].item", items)
    return papers


_TERM: Mapping[str, _Check] = {
    "kind": _one_of(*map(str, TermKind)),
    "value": _count_or_none,
    "source": _text,
    "valid_from": _day,
    "valid_to": _day_or_none,
    "case": _text_or_none,
    "after": _hour,
    "note": _text_or_none,
    "statutory_value": _count_or_none,
    "statutory_kind": _kind_or_none,
    "statutory_source": _text_or_none,
}
_FEE: Mapping[str, _Check] = {
    "channels": _channels,
    "amount_vnd": _count_or_none,
    "unit": _text_or_none,
    "set_by_province": _flag,
    "note": _text_or_none,
    "source": _text,
    "valid_from": _day_or_none,
    "valid_to": _day_or_none,
}
_DOCUMENT: Mapping[str, _Check] = {
    "item": _positive,
    "name": _name,
    "short": _name,
    "original": _count,
    "copy": _count,
    "mode": _one_of(*map(str, Mode)),
    "need": _one_of(*map(str, Need)),
    "case": _text_or_none,
}
_PROCEDURE: Mapping[str, _Check] = {
    "code": _code,
    "name": _name,
    "short_name": _name,
    "alias": _text_or_none,
    "field": _text,
    "authority": _text,
    "routing": _text,
    "at_counter": _flag,
    "immediate": _flag,
    "clock": _one_of("pause", "restart"),
    "clock_source": _text,
    "valid_from": _day,
    "valid_to": _day_or_none,
    "source": _text,
    "terms": _terms,
    "total_terms": _terms,
    "fees": _list_of(_FEE),
    "result": _text,
    "sets": _positive,
    "documents": _documents,
}
_NEEDED = {id(_PROCEDURE): ("code",), id(_TERM): ("kind",), id(_DOCUMENT): ("name",)}
