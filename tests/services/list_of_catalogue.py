"""A catalogue written down as an office would: a block of rows a procedure, each value in its own column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

Row = dict[str, Any]
HEADING = [
    "Mã thủ tục",
    "Tên thủ tục",
    "Tên ngắn",
    "Chữ gõ tắt",
    "Lĩnh vực",
    "Cơ quan thực hiện",
    "Địa điểm thực hiện",
    "Qua một cửa",
    "Trả kết quả ngay",
    "Khi yêu cầu bổ sung",
    "Kết quả",
    "Số bộ hồ sơ",
    "Trường hợp của thời hạn",
    "Thời hạn giải quyết",
    "Ghi chú thời hạn",
    "Thời hạn theo luật",
    "Tổng thời hạn",
    "Kênh của lệ phí",
    "Phí, lệ phí",
    "Ghi chú lệ phí",
    "Thành phần hồ sơ",
    "Tên ngắn giấy tờ",
    "Bản chính",
    "Bản sao",
    "Nộp, xuất trình",
    "Khi nào cần",
    "Trường hợp của giấy tờ",
]
_UNITS = {
    "working_days": "ngày làm việc",
    "calendar_days": "ngày",
    "hours": "giờ",
    "working_hours": "giờ làm việc",
    "months": "tháng",
}
_NEEDS = {"always": "luôn cần", "case": "theo trường hợp", "online": "khi nộp trực tuyến"}
_CLOCKS = {"pause": "tạm dừng", "restart": "tính lại từ đầu"}
BY_PROVINCE = "Theo nghị quyết của HĐND tỉnh"


def written(procedures: Sequence[Row]) -> list[list[str]]:
    """The headings and the rows; the first row of a procedure names it, the others go on below."""
    return [HEADING, *(row for procedure in procedures for row in _block(procedure))]


def _block(procedure: Row) -> list[list[str]]:
    totals = {term["case"]: term for term in procedure["total_terms"]}
    parts = zip_longest(procedure["terms"], procedure["fees"], procedure["documents"])
    rows = [_term(term, totals) + _fee(fee) + _paper(paper) for term, fee, paper in parts]
    first, blank = _scalars(procedure), [""] * 12
    return [(blank if n else first) + row for n, row in enumerate(rows)]


def _scalars(p: Row) -> list[str]:
    return [
        p["code"],
        p["name"],
        p["short_name"],
        p["alias"] or "",
        p["field"],
        p["authority"],
        p["routing"],
        "có" if p["at_counter"] else "không",
        "có" if p["immediate"] else "không",
        _CLOCKS[p["clock"]],
        p["result"],
        f"{p['sets']:02} bộ",
    ]


def _length(kind: str | None, value: int | None, after: str | None = None) -> str:
    if kind is None:
        return ""
    if kind == "same_day":
        return f"Trong ngày, nhận sau {after} thì trả ngày làm việc sau" if after else "Trong ngày"
    return "Không quy định" if kind == "not_stated" else f"{value} {_UNITS[kind]}"


def _term(term: Row | None, totals: dict[str | None, Row]) -> list[str]:
    if term is None:
        return [""] * 5
    total = totals.get(term["case"])
    return [
        term["case"] or "",
        _length(term["kind"], term["value"], term["after"]),
        term["note"] or "",
        _length(term["statutory_kind"], term["statutory_value"]),
        _length(total["kind"], total["value"]) if total else "",
    ]


def _fee(fee: Row | None) -> list[str]:
    if fee is None:
        return [""] * 3
    channels = "; ".join(fee["channels"])
    if fee["set_by_province"] or fee["amount_vnd"] is None:
        return [channels, fee["note"] or (BY_PROVINCE if fee["set_by_province"] else ""), ""]
    if not fee["amount_vnd"]:
        return [channels, "Miễn phí", fee["note"] or ""]
    amount = f"{fee['amount_vnd']:,}".replace(",", ".")
    return [channels, f"{amount} đồng{fee['unit'] or ''}", fee["note"] or ""]


def _paper(paper: Row | None) -> list[str]:
    if paper is None:
        return [""] * 7
    return [
        paper["name"],
        paper["short"],
        str(paper["original"]),
        str(paper["copy"]),
        "nộp" if paper["mode"] == "submit" else "xuất trình",
        _NEEDS[paper["need"]],
        paper["case"] or "",
    ]
