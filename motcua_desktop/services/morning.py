"""The list for the morning meeting: what is late, due today and due next, printed on one sheet or a few."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua_desktop.printing.port import Outcome, Printer
from motcua_desktop.services.board import BoardLine, Left, Urgency, board, counts
from motcua_desktop.services.desk import Desk

if TYPE_CHECKING:
    from motcua_desktop.documents.morning_list import MorningLine

MOST = 300  # lines of a list that a meeting can go through; what is left out is said on the sheet
_NAMES = {
    Urgency.OVERDUE: "QUÁ HẠN",
    Urgency.TODAY: "ĐẾN HẠN HÔM NAY",
    Urgency.SOON: "CÒN 1–2 NGÀY LÀM VIỆC",
}


def draw_list(desk: Desk, field: str = "", holder: str = "") -> bytes:
    """The PDF of the board's urgent part, narrowed as the board is; raises MC-191 and EnvironmentFault."""
    from motcua_desktop.documents.morning_list import MorningGroup, MorningList, draw_morning_list

    now = desk.now()
    found = counts(desk, field, holder)
    urgent = board(desk, now, min(MOST, sum(found[urgency] for urgency in _NAMES)), field, holder)
    groups = tuple(
        MorningGroup(name, tuple(_line(line) for line in urgent if line.urgency is urgency), found[urgency])
        for urgency, name in _NAMES.items()
    )
    parts = (f"Lĩnh vực: {field}" if field else "", f"Đang giữ: {holder}" if holder else "")
    rest = f"Ngoài ra: {found[Urgency.IN_TIME]} hồ sơ còn hạn, {found[Urgency.PAUSED]} hồ sơ đang tạm dừng."
    part = "; ".join(said for said in parts if said)
    return draw_morning_list(MorningList(desk.office.name, now, part, groups, rest))


def print_list(desk: Desk, printer: Printer, field: str = "", holder: str = "") -> Outcome:
    """Draw the list and hand it to a printer; what the printer answered. Nothing is written down of it."""
    title = f"giao-ban-{desk.now():%Y-%m-%d-%H%M}"
    return printer.send(draw_list(desk, field, holder), title, "A4")


def _line(line: BoardLine) -> MorningLine:
    from motcua_desktop.documents.morning_list import MorningLine

    dossier = line.dossier
    apology = "đã xin lỗi" if dossier.apologised else ""
    if line.urgency is Urgency.OVERDUE and not apology:
        apology = "chưa"
    return MorningLine(
        code=dossier.code,
        applicant=dossier.full_name,
        procedure=dossier.procedure_name,
        due=f"{datetime.fromisoformat(dossier.due_at):%H:%M %d/%m}" if dossier.due_at else "",
        left=_left(line.left),
        holder=dossier.holder,
        apology=apology,
    )


def _left(left: Left | None) -> str:
    if left is None:
        return ""
    time = f"{left.days} ngày làm việc" if left.days else f"{left.hours} giờ" if left.hours else "dưới 1 giờ"
    return f"quá {time}" if left.late else f"còn {time}"
