"""The list for the morning meeting: what is urgent, in order, whole, and the same bytes each time."""

from __future__ import annotations

import pypdfium2
import pytest

from motcua_desktop.domain.dossier import Verb
from motcua_desktop.printing.port import Outcome, OutcomeKind, PrinterState, StateKind
from motcua_desktop.services import morning
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.intake import receive
from tests.factories import COPIES, MARRIAGE_STATUS, NO_TERM, moment, person, submission

LONG_NAME = "Nguyễn Hoàng Phương Quỳnh Như Ksor H'Blin Mlô Duôn Du Êban"


@pytest.fixture
def full(desk: Desk) -> Desk:
    """One dossier late with an apology and one without, one due today, one on Wednesday, one next month."""
    given = (
        (MARRIAGE_STATUS, "Lò Văn Sắp", "2026-11-19T08:00", None),
        (COPIES, LONG_NAME, "2026-11-19T08:10", None),
        (COPIES, "Thào A Trễ", "2026-11-19T08:20", None),
        (COPIES, "Hạng Thị Nay", "2026-11-20T08:00", None),
        (NO_TERM, "Mùa A Xa", "2026-11-20T08:10", moment("2026-12-24T09:00")),
    )
    for number, (procedure, name, at, appointment) in enumerate(given):
        desk.now = lambda at=at: moment(at)  # type: ignore[misc]
        who = person(name, f"01109100010{number}")
        receive(desk, submission(procedure, who, received_at=moment(at), appointment=appointment))
    desk.now = lambda: moment("2026-11-20T08:12")
    act(
        desk,
        "H18.11.05-261119-0003",
        Act(Verb.EXTEND, reason="Mất điện", due=moment("2026-11-20T08:30")),
    )
    desk.now = lambda: moment("2026-11-20T09:00")
    return desk


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def test_what_is_late_comes_first_and_what_has_time_is_only_counted(full: Desk) -> None:
    said = text_of(morning.draw_list(full))
    order = ["QUÁ HẠN: 2 hồ sơ", "Thào A Trễ", "ĐẾN HẠN HÔM NAY: 1 hồ sơ", "Hạng Thị Nay", "Lò Văn Sắp"]
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)
    assert "Mùa A Xa" not in said
    assert "1 hồ sơ còn hạn, 0 hồ sơ đang tạm dừng" in said


def test_a_long_name_is_there_to_its_last_letter(full: Desk) -> None:
    assert all(word in text_of(morning.draw_list(full)) for word in LONG_NAME.split())


def test_who_was_apologised_to_is_told_from_who_was_not(full: Desk) -> None:
    said = text_of(morning.draw_list(full))
    assert said.count("đã xin lỗi") == 1
    assert " chưa " in said


def test_the_list_is_narrowed_as_the_board_is_and_says_to_what(full: Desk) -> None:
    act(full, "H18.11.05-261120-0001", Act(Verb.HAND_OVER, to="Bộ phận Tư pháp"))
    said = text_of(morning.draw_list(full, holder="Bộ phận Tư pháp"))
    assert "Đang giữ: Bộ phận Tư pháp" in said
    assert "Hạng Thị Nay" in said and "Thào A Trễ" not in said


def test_a_morning_on_which_nothing_is_urgent_says_so(full: Desk) -> None:
    assert "Không có hồ sơ quá hạn" in text_of(morning.draw_list(full, holder="Không ai"))


def test_what_is_left_out_of_a_long_list_is_said(full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(morning, "MOST", 1)
    said = text_of(morning.draw_list(full))
    assert "QUÁ HẠN: 2 hồ sơ" in said
    assert said.count("Còn 1 hồ sơ nữa không liệt kê ở đây") == 3


def test_the_same_morning_gives_the_same_bytes(full: Desk) -> None:
    assert morning.draw_list(full) == morning.draw_list(full)


def test_the_list_is_printed_once_under_the_name_of_its_hour(full: Desk) -> None:
    class Paper:
        name = "HP M12"
        got: list[tuple[str, str]] = []  # noqa: RUF012

        def send(self, pdf: bytes, title: str, paper: str) -> Outcome:
            self.got.append((title, paper))
            return Outcome(OutcomeKind.SENT)

        def state(self) -> PrinterState:
            return PrinterState(StateKind.READY, accepts=True)

    printer = Paper()
    assert morning.print_list(full, printer).kind is OutcomeKind.SENT
    assert printer.got == [("giao-ban-2026-11-20-0900", "A4")]
