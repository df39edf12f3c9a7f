"""Rows of one procedure put together: the same channel twice with another term is a case, equal fees are one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from motcua_desktop.domain.due import TermKind
from motcua_desktop.domain.publication import Trouble
from motcua_desktop.services.publication_terms import Unreadable, case_of_channel

_KINDS = {
    TermKind.WORKING_DAYS: "ngày làm việc",
    TermKind.CALENDAR_DAYS: "ngày",
    TermKind.HOURS: "giờ",
    TermKind.WORKING_HOURS: "giờ làm việc",
    TermKind.MONTHS: "tháng",
}
_COUNTER = "Trực tiếp"
_SAYS = ("kind", "value", "after", "statutory_kind", "statutory_value")


def settled_terms(rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """The terms with one default and one term a case; also the cases that were made for terms without a name.

    Raises Unreadable where one case has two terms.
    """
    default = _default(rows)
    settled: dict[str | None, dict[str, Any]] = {}
    made: list[str] = []
    for row in rows:
        case = row.get("case")
        if case is None and default is not None and _says(row) != _says(default):
            case = case_of_channel(row.get("channel", "")) or _level(row)
            made.append(case)
        said = {key: value for key, value in row.items() if key != "channel"} | {"case": case}
        first = settled.setdefault(case, said)
        if _says(first) != _says(said):
            raise Unreadable(Trouble.SAID_TWICE)
        if said.get("note") and said["note"] not in (first.get("note") or ""):
            first["note"] = " … ".join(filter(None, (first.get("note"), said["note"])))
    return sorted(settled.values(), key=lambda row: row["case"] is not None), list(dict.fromkeys(made))


def _default(rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The first term at the counter; where a list has none, the first of any channel."""
    open_rows = [row for row in rows if row.get("case") is None]
    return next(
        (row for row in open_rows if row.get("channel", _COUNTER) == _COUNTER), next(iter(open_rows), None)
    )


def _says(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(key) for key in _SAYS)


def _level(row: dict[str, Any]) -> str:
    unit = _KINDS.get(row["kind"])
    if unit is None:
        return "trong ngày" if row["kind"] == TermKind.SAME_DAY else "không nêu hạn"
    return f"mức {row['value']} {unit} nêu trong danh mục"


def joined_fees(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The fees, those that differ only in the channel as one."""
    found: list[dict[str, Any]] = []
    for row in rows:
        same = next((old for old in found if _bare(old) == _bare(row)), None)
        if same is None:
            found.append(dict(row))
        elif "channels" in same and "channels" in row:
            same["channels"] = list(dict.fromkeys([*same["channels"], *row["channels"]]))
    return found


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "channels" and value is not None}
