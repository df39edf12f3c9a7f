"""The register of a year of dossiers, and its months, held against the ledger."""

from __future__ import annotations

import io
from collections import Counter
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from motcua_desktop.assets import resource
from motcua_desktop.domain.dossier import Kind, Verb
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.register import totals
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.desk import Desk, init_desk, open_desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.register import (
    close_month,
    closings,
    draw_fees,
    draw_register,
    fee_lines,
    register_lines,
)
from motcua_desktop.store import ledger
from motcua_desktop.store.connection import Connection
from tests.bench.big_store import fill
from tests.factories import COPIES, MARRIAGE_STATUS, moment, office, person, submission
from tests.register_year import has_no_gap

YEAR_OF_A_WARD = 9_158


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk after a year: 9,158 dossiers, some of them from the end of the year before."""
    desk = init_desk(tmp_path_factory.mktemp("year"), office())
    fill(desk, YEAR_OF_A_WARD, per_day=40)
    desk.now = lambda: moment("2026-11-20T09:00")
    return desk


def test_the_books_of_a_year_hold_every_dossier_of_the_ledger_once(year: Desk) -> None:
    lines = [line for each in (2025, 2026) for line in register_lines(year, each)]
    with year.store.read() as connection:
        received = [e for _, e in ledger.all_events(connection) if e.kind == Kind.DOSSIER_RECEIVED]
    assert len(lines) == len(received) == YEAR_OF_A_WARD
    assert Counter(line.code for line in lines) == Counter(event.body["code"] for event in received)
    assert has_no_gap(lines)
    by_month = Counter((event.body["book"], event.happened_at[:7]) for event in received)
    assert {(t.book, t.month): t.received for t in totals(lines)} == by_month


def test_the_year_as_pdf_and_as_xlsx_say_the_same(year: Desk) -> None:
    lines = register_lines(year, 2026)
    document = pypdfium2.PdfDocument(draw_register(year, 2026, "pdf"))
    text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    document.close()
    bare = "".join(text.split())
    book = openpyxl.load_workbook(io.BytesIO(draw_register(year, 2026, "xlsx")), read_only=True)
    codes = Counter(
        cell
        for row in book["Sổ"].iter_rows(values_only=True)
        for cell in row
        if str(cell).startswith("H18.11.05-")
    )
    assert codes == Counter(line.code for line in lines)
    assert all(line.code in bare for line in lines)


def test_a_month_is_closed_once_with_a_hash_that_later_acts_leave_alone(year: Desk) -> None:
    (closed,) = close_month(year, "2026-10")
    assert (closed.book, closed.month) == ("1/2026", "2026-10")
    line = next(line for line in register_lines(year, 2026) if line.month == "2026-10")
    act(year, line.code, Act(Verb.CORRECT, reason="Sai tên", people={"applicant": person("Tên Mới")}))
    act(year, line.code, Act(Verb.HAND_OVER, to="Tư pháp"))
    text = pypdfium2.PdfDocument(draw_register(year, 2026, "pdf"))
    said = " ".join(text[n].get_textpage().get_text_range() for n in range(len(text)))
    text.close()
    assert closed.hash[:16] in said and "NỘI DUNG ĐÃ ĐỔI" not in said
    changed = next(one for one in register_lines(year, 2026) if one.code == line.code)
    assert changed.applicant == line.applicant and "Tên Mới" in changed.note
    for month in ("2026-10", "2026-11", "2026-12", "1999-01"):
        with pytest.raises(UserFacingError) as refused:
            close_month(year, month)
        assert refused.value.problem.number == "MC-232"
    assert closings(year) == [closed]


def two_closed_months(folder: Path) -> tuple[Desk, str]:
    """A desk that closed October and November, and the id of October's dossier."""
    desk = init_desk(folder, office())
    desk.now = lambda: moment("2026-10-20T09:00")
    first = receive(desk, submission()).dossier.id
    desk.now = lambda: moment("2026-11-20T09:00")
    receive(desk, submission())
    close_month(desk, "2026-10")
    desk.now = lambda: moment("2026-12-01T09:00")
    close_month(desk, "2026-11")
    return desk, first


def said_in(pdf: bytes) -> str:
    """The text of a PDF without its spaces."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    document.close()
    return "".join(text.split())


def test_erasing_a_person_of_a_closed_month_leaves_every_closed_month_as_it_was(tmp_path: Path) -> None:
    desk, first = two_closed_months(tmp_path)
    with desk.store.write() as transaction:
        intake = ledger.events_of(transaction, first)[0]
        now = desk.now().isoformat()
        ledger.erase_particulars(transaction, desk.chain, intake.id, "Nhung", "Theo yêu cầu", now)
    said = said_in(draw_register(desk, 2026, "pdf"))
    assert "đãxóadữliệucánhân" in said and "NỘIDUNGĐÃĐỔI" not in said
    assert [said.count(closing.hash) for closing in closings(desk)] == [1, 1]
    desk.close()


def test_a_name_that_was_changed_behind_the_programs_back_shows_in_its_month_and_the_next(
    tmp_path: Path,
) -> None:
    desk, first = two_closed_months(tmp_path)
    with desk.store.write() as transaction:
        intake = ledger.events_of(transaction, first)[0]
        transaction.execute(
            "UPDATE particulars SET json = replace(json, 'Vàng A Dế', 'Người Khác') WHERE event = ?",
            (intake.id,),
        )
    said = said_in(draw_register(desk, 2026, "pdf"))
    assert "NgườiKhác" in said and said.count("NỘIDUNGĐÃĐỔI") == 2
    desk.close()


def test_of_two_windows_that_close_the_same_month_only_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = init_desk(tmp_path, office())
    desk.now = lambda: moment("2026-10-20T09:00")
    receive(desk, submission())
    desk.now = lambda: moment("2026-11-20T09:00")
    other = open_desk(tmp_path)
    other.now = desk.now
    write = desk.store.write

    def write_after_the_other() -> AbstractContextManager[Connection]:
        close_month(other, "2026-10")
        return write()

    monkeypatch.setattr(desk.store, "write", write_after_the_other)
    with pytest.raises(UserFacingError) as refused:
        close_month(desk, "2026-10")
    assert refused.value.problem.number == "MC-232"
    assert [closing.month for closing in closings(desk)] == ["2026-10"]
    other.close()
    desk.close()


@pytest.mark.parametrize("month", ["1x", "20-6", "2026-13", "2026-1", "2026-00", "0000-01", "٢٠٢٦-10", ""])
def test_a_month_that_does_not_exist_is_refused_by_its_text(year: Desk, month: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        close_month(year, month)
    assert (refused.value.problem.number, refused.value.problem.field) == ("MC-123", "month")
    assert refused.value.problem.params["value"] == month


def small(folder: Path) -> Desk:
    """A desk with one dossier of November."""
    desk = init_desk(folder, office())
    desk.now = lambda: moment("2026-11-20T09:00")
    receive(desk, submission())
    return desk


def test_the_books_bear_the_name_that_the_office_gave_its_centre(tmp_path: Path) -> None:
    desk, day = small(tmp_path), date(2026, 11, 20)
    assert "TRUNGTÂMPHỤCVỤHÀNHCHÍNHCÔNG" in said_in(draw_register(desk, 2026, "pdf"))
    (tmp_path / "forms.json").write_text('{"centre": "BỘ PHẬN MỘT CỬA TẢ PHÌN"}', encoding="utf-8")
    for pdf in (draw_register(desk, 2026, "pdf"), draw_fees(desk, day, day)):
        said = said_in(pdf)
        assert "BỘPHẬNMỘTCỬATẢPHÌN" in said and "TRUNGTÂM" not in said
    desk.close()


def test_the_office_has_its_own_columns_in_the_register_on_paper_and_in_the_spreadsheet(
    tmp_path: Path,
) -> None:
    desk = small(tmp_path)
    shipped = resource("forms", "register.json").read_text(encoding="utf-8")
    (tmp_path / "register.json").write_text(shipped.replace("Tên TTHC", "Việc của dân"), encoding="utf-8")
    assert "Việccủadân" in said_in(draw_register(desk, 2026, "pdf"))
    book = openpyxl.load_workbook(io.BytesIO(draw_register(desk, 2026, "xlsx")))
    assert "Việc của dân" in {cell for row in book["Sổ"].iter_rows(values_only=True) for cell in row}
    (tmp_path / "register.json").write_text('{"forms": [\n}', encoding="utf-8")
    with pytest.raises(UserFacingError) as refused:
        draw_register(desk, 2026, "pdf")
    assert refused.value.problem.number == "MC-230"
    assert refused.value.problem.params["place"] == "register.json:2"
    desk.close()


def test_the_first_appointment_of_papers_that_were_only_presented_is_none_that_was_moved(
    tmp_path: Path,
) -> None:
    desk = init_desk(tmp_path, office(leaders=["Lý Văn Hải"]))
    desk.now = lambda: moment("2026-11-20T09:00")
    code = receive(desk, submission(MARRIAGE_STATUS, presented=True)).dossier.code
    act(desk, code, Act(Verb.ASK_PAPERS, reason="Thiếu tờ khai"))
    assert [line.note for line in register_lines(desk, 2026)] == [""]
    desk.now = lambda: moment("2026-11-25T08:00")
    act(desk, code, Act(Verb.PAPERS_COMPLETE))
    first = "tiếp nhận 25/11/2026, hẹn trả 17:00 30/11/2026"
    assert [line.note for line in register_lines(desk, 2026)] == [first]
    act(desk, code, Act(Verb.HAND_OVER, to="Tư pháp"))
    act(desk, code, Act(Verb.EXTEND, reason="Đông hồ sơ", due=date(2026, 12, 3), by="Lý Văn Hải"))
    assert [line.note for line in register_lines(desk, 2026)] == [f"{first}; hẹn lại 17:00 03/12/2026"]
    desk.close()


def test_a_slip_entered_late_stands_where_it_is_entered_and_says_its_day(tmp_path: Path) -> None:
    desk = init_desk(tmp_path, office())
    desk.now = lambda: moment("2026-12-02T08:00")
    receive(desk, submission(received_at=moment("2026-11-27T15:00")))
    receive(desk, submission(received_at=moment("2026-12-02T07:40")))
    desk.now = lambda: moment("2027-01-04T08:00")
    receive(desk, submission(received_at=moment("2026-12-31T16:00")))
    first, second = register_lines(desk, 2026)
    assert [(line.entry, line.late_slip, line.month) for line in (first, second)] == [
        (1, True, "2026-12"),
        (2, False, "2026-12"),
    ]
    (third,) = register_lines(desk, 2027)
    assert (third.book, third.entry, third.late_slip, third.month) == ("1/2027", 1, True, "2027-01")
    desk.close()


def test_a_void_receipt_keeps_its_number_in_the_book(tmp_path: Path) -> None:
    desk = init_desk(tmp_path, office())
    desk.now = lambda: moment("2026-11-20T09:00")
    code = receive(desk, submission(COPIES)).dossier.code
    act(desk, code, Act(Verb.VOID, reason="In nhầm"))
    receive(desk, submission(COPIES))
    assert [(line.entry, line.voided) for line in register_lines(desk, 2026)] == [(1, True), (2, False)]
    desk.close()


def test_the_fee_book_has_what_was_paid_on_its_days_and_no_other(tmp_path: Path) -> None:
    desk = init_desk(tmp_path, office())
    codes = []
    for day in ("2026-11-19", "2026-11-20"):
        desk.now = lambda day=day: moment(f"{day}T09:00")
        codes.append(receive(desk, submission(COPIES)).dossier.code)
        act(desk, codes[-1], Act(Verb.PAID, amount_vnd=2_000))
    found = fee_lines(desk, date(2026, 11, 20), date(2026, 11, 20))
    assert [(line.code, line.number, line.amount_vnd) for line in found] == [(codes[1], 2, 2_000)]
    assert len(fee_lines(desk, date(2026, 11, 1), date(2026, 11, 30))) == 2
    desk.close()
