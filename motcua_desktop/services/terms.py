"""A term in the words of the forms; apart from the sheets, so that a list of procedures does not load them."""

from __future__ import annotations

from motcua_desktop.domain.due import TermKind


def term_text(kind: str, value: int | None) -> str:
    """A term in the words of the form: `03 ngày làm việc`."""
    number = f"{value:02d}" if value is not None else ""
    return {
        TermKind.SAME_DAY: "trong ngày làm việc",
        TermKind.WORKING_DAYS: f"{number} ngày làm việc",
        TermKind.CALENDAR_DAYS: f"{number} ngày",
        TermKind.HOURS: f"{number} giờ",
        TermKind.WORKING_HOURS: f"{number} giờ làm việc",
        TermKind.MONTHS: f"{number} tháng",
        TermKind.NOT_STATED: "theo pháp luật chuyên ngành",
    }[TermKind(kind)]
