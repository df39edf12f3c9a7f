"""`motcua act`, `sheet`, `register`, `fees`: a dossier's life from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from motcua_desktop.cli.answers import acts_page
from motcua_desktop.domain.act_table import TABLE
from motcua_desktop.domain.dossier import Verb
from motcua_desktop.domain.event import Event
from motcua_desktop.store import ledger
from motcua_desktop.store.connection import Connection
from tests.cli.commands import Motcua
from tests.factories import COPIES, MARRIAGE_STATUS, PAPERS

FIRST, SECOND = "H18.11.05-261120-0001", "H18.11.05-261120-0002"


def line(procedure: str, name: str, number: str, **more: object) -> str:
    row = {
        "procedure": procedure,
        "received_at": "2026-11-20T09:47:00+07:00",
        "applicant": {"kind": "person", "id_kind": "cccd", "id_number": number, "full_name": name},
        "documents": [{"item": i, "original": o, "copy": c} for i, o, c in PAPERS[procedure]],
        **more,
    }
    return json.dumps(row, ensure_ascii=False)


@pytest.fixture
def worked(motcua: Motcua) -> Motcua:
    """Two dossiers of the morning, and a leader."""
    assert motcua("office", "--leader", "Lý Văn Hải", "--leader-title", "CHỦ TỊCH").code == 0
    given = "\n".join(
        (
            line(MARRIAGE_STATUS, "Vàng A Dế", "011091000001"),
            line(COPIES, "H'Hen Niê", "066195000002", fee_due_vnd=12_000, fee_mode="after"),
        )
    )
    assert motcua("intake", "-", given=given.encode()).code == 0
    return motcua


def act(motcua: Motcua, code: str, verb: str, *more: object) -> dict[str, object]:
    said = motcua("act", code, verb, *more)
    assert said.code == 0, said.row
    return said.row


def test_a_dossier_goes_through_its_life_by_one_command_an_act(worked: Motcua) -> None:
    shown = worked("show", FIRST).row
    assert (shown["status"], shown["register"]) == ("accepted", {"book": "1/2026", "entry": 1})
    assert "hand-over" in shown["may"] and "finish" not in shown["may"]
    row = act(worked, FIRST, "hand-over", "--to", "Tư pháp – hộ tịch")
    assert (row["status"], row["holder"]) == ("processing", "Tư pháp – hộ tịch")
    assert row["timer"]["due_at"] == "2026-11-25T17:00:00+07:00"  # two working days; 24/11 is off
    row = act(worked, FIRST, "ask-papers", "--reason", "Thiếu giấy xác nhận")
    assert (row["status"], row["paused"]) == ("supplement", True)
    row = act(worked, FIRST, "papers-complete", "--clock", "restart")
    assert (row["status"], row["due_at"]) == ("processing", "2026-11-26T17:00:00+07:00")
    row = act(worked, FIRST, "finish", "--result", "12/GXN")
    assert (row["status"], row["timing"], row["holder"]) == ("finished", "trước hạn", "Nguyễn Thị Nhung")
    row = act(worked, FIRST, "return", "--proof", "card")
    assert (row["status"], row["may"]) == ("returned", ["take-back", "reopen"])
    assert [step.get("verb") for step in row["timeline"]][1:] == [
        *("hand-over", "ask-papers", "papers-complete", "finish", "return"),
    ]


def test_what_the_table_does_not_allow_is_refused_with_what_to_do_instead(worked: Motcua) -> None:
    said = worked("act", FIRST, "finish")
    assert said.code == 1
    refused = said.row["refused"]
    assert refused["number"] == "MC-170"
    assert "Được tiếp nhận" in refused["text"] and "chuyển xử lý" in refused["instead"]
    assert worked("act", FIRST, "hand-over").row["refused"]["field"] == "to"
    act(worked, FIRST, "hand-over", "--to", "Tư pháp")
    act(worked, FIRST, "ask-papers", "--reason", "Thiếu")
    act(worked, FIRST, "papers-complete")
    again = worked("act", FIRST, "ask-papers", "--reason", "Thiếu nữa")
    assert again.row["refused"]["number"] == "MC-173"
    assert act(worked, FIRST, "ask-papers", "--reason", "Thiếu nữa", "--by", "Lý Văn Hải")["paused"]


def test_money_stays_between_a_result_and_the_one_who_collects_it(worked: Motcua) -> None:
    act(worked, SECOND, "hand-over", "--to", "Tư pháp")
    act(worked, SECOND, "finish")
    said = worked("act", SECOND, "return").row["refused"]
    assert (said["number"], "12.000" in said["text"]) == ("MC-177", True)
    row = act(worked, SECOND, "paid", "--amount", 12_000)
    assert row["money"] == {"due_vnd": 12_000, "paid_vnd": 12_000, "left_vnd": 0}
    stranger = ("--collector", "Ai Đó", "--collector-id", "012345678901")
    assert worked("act", SECOND, "return", *stranger).row["refused"]["number"] == "MC-178"
    row = act(worked, SECOND, "return", *stranger, "--authority", "Giấy ủy quyền 20/11/2026")
    assert row["delivery"]["to"] == "Ai Đó"
    (paid,) = worked("fees", "--from", "2026-11-20").rows
    assert (paid["book"], paid["number"], paid["amount_vnd"], paid["code"]) == ("1/2026", 1, 12_000, SECOND)
    assert worked("fees", "--from", "2026-11-21").rows == []


def test_a_correction_prints_a_sheet_that_takes_the_place_of_the_first(
    worked: Motcua, tmp_path: Path
) -> None:
    first, second, again = (tmp_path / f"{n}.pdf" for n in range(3))
    assert worked("sheet", FIRST, "receipt", "-o", first).code == 0
    act(worked, FIRST, "correct", "--reason", "Sai số", "--set", "applicant.phone=0987654321")
    assert worked("sheet", FIRST, "receipt", "-o", second).code == 0
    assert worked("sheet", FIRST, "receipt", "-o", again).code == 0
    assert "BẢN THAY THẾ" in text_of(second) and "0987654321" in text_of(second)
    assert "BẢN THAY THẾ" not in text_of(first)
    assert again.read_bytes() == second.read_bytes()
    assert (
        worked("act", FIRST, "correct", "--reason", "x", "--set", "secret=1").row["refused"]["number"]
        == "MC-123"
    )


@pytest.mark.parametrize("kind", ["supplement", "refusal", "apology", "stop"])
def test_a_sheet_that_no_act_asked_for_is_refused(worked: Motcua, tmp_path: Path, kind: str) -> None:
    said = worked("sheet", FIRST, kind, "-o", tmp_path / "x.pdf")
    assert (said.code, said.row["refused"]["number"]) == (1, "MC-190")


def test_a_preview_is_marked_and_noted_nowhere(worked: Motcua, tmp_path: Path) -> None:
    assert worked("sheet", FIRST, "receipt", "--preview", "-o", tmp_path / "p.pdf").code == 0
    assert "BẢN XEM TRƯỚC" in text_of(tmp_path / "p.pdf")
    assert len(worked("show", FIRST).row["timeline"]) == 1


def test_the_forms_of_a_dossier_are_numbered_in_the_desks_own_books(worked: Motcua, tmp_path: Path) -> None:
    for code in (FIRST, SECOND):
        act(worked, code, "hand-over", "--to", "Tư pháp")
        act(worked, code, "ask-papers", "--reason", f"Thiếu giấy của {code}")
        assert worked("sheet", code, "supplement", "-o", tmp_path / f"{code}.pdf").code == 0
    assert "Số: 01/PBS" in text_of(tmp_path / f"{FIRST}.pdf")
    assert "Số: 02/PBS" in text_of(tmp_path / f"{SECOND}.pdf")


def test_the_register_as_pdf_and_as_xlsx_hold_the_same_lines(worked: Motcua, tmp_path: Path) -> None:
    act(worked, FIRST, "void", "--reason", "In nhầm")
    for form in ("pdf", "xlsx"):
        said = worked("register", "--year", 2026, "--format", form, "-o", tmp_path / f"r.{form}")
        assert (said.code, said.row["lines"]) == (0, 2)
    shown = text_of(tmp_path / "r.pdf")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    cells = {str(cell.value) for row in book["Sổ"].iter_rows() for cell in row}
    for name in ("Vàng A Dế", "H'Hen Niê"):
        assert name in shown and any(name in cell for cell in cells)
    assert "ĐÃ HỦY" in shown
    assert (
        worked("register", "--year", 2026, "--close", "2026-11", "-o", tmp_path / "x").row["refused"][
            "number"
        ]
        == "MC-232"
    )


def test_the_lines_of_a_year_are_read_once_for_its_register(
    worked: Motcua, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ledger.dossiers_of_year
    years: list[int] = []

    def noted(connection: Connection, year: int) -> Iterator[list[Event]]:
        years.append(year)
        return read(connection, year)

    monkeypatch.setattr(ledger, "dossiers_of_year", noted)
    assert worked("register", "--year", 2026, "-o", tmp_path / "r.pdf").row["lines"] == 2
    assert years == [2026]


@pytest.mark.parametrize("month", ["1x", "20-6", "2026-13"])
def test_a_month_that_is_none_is_refused_and_nothing_is_drawn(
    worked: Motcua, tmp_path: Path, month: str
) -> None:
    said = worked("register", "--year", 2026, "--close", month, "-o", tmp_path / "r.pdf")
    assert said.row["refused"]["number"] == "MC-123"
    assert not (tmp_path / "r.pdf").exists()


def test_a_decision_that_comes_later_moves_a_printed_date_only_when_asked_to(worked: Motcua) -> None:
    day = ("calendar", "add", "2026-11-26", "off", "--source", "TB 12")
    assert worked(*day).row["concerned"] == [FIRST]
    assert worked("show", FIRST).row["due_at"] == "2026-11-26T17:00:00+07:00"  # as printed


def test_asked_to_it_gives_the_new_date_and_a_new_sheet(worked: Motcua, tmp_path: Path) -> None:
    worked("sheet", FIRST, "receipt", "-o", tmp_path / "first.pdf")
    due = worked("show", FIRST).row["due_at"]
    said = worked(
        "calendar", "add", due[:10], "off", "--source", "TB 12", "--reason", "Mất điện", "--recount"
    ).row
    assert [row["code"] for row in said["moved"]] == [FIRST]
    assert worked("show", FIRST).row["due_at"] == said["moved"][0]["due_at"] > due
    worked("sheet", FIRST, "receipt", "-o", tmp_path / "second.pdf")
    assert "BẢN THAY THẾ" in text_of(tmp_path / "second.pdf")


def test_papers_that_are_only_presented_start_no_clock(motcua: Motcua, tmp_path: Path) -> None:
    given = line(MARRIAGE_STATUS, "Vàng A Dế", "011091000001", presented=True, documents=[])
    assert motcua("intake", "-", given=given.encode()).row["due_at"] is None
    shown = motcua("show", FIRST).row
    assert (shown["status"], shown["may"][:1]) == ("new", ["accept"])
    assert act(motcua, FIRST, "ask-papers", "--reason", "Thiếu tờ khai")["paused"] is False
    row = act(motcua, FIRST, "papers-complete")
    assert (row["status"], row["due_at"]) == ("accepted", "2026-11-26T17:00:00+07:00")


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return " ".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    finally:
        document.close()


def test_the_page_of_the_table_of_acts_is_the_table(motcua: Motcua) -> None:
    page = (Path(__file__).parents[2] / "docs" / "acts.md").read_text(encoding="utf-8")
    assert page.endswith("\n".join(acts_page()) + "\n")
    rows = motcua("acts").rows
    assert len(rows) == len(TABLE) and {row["verb"] for row in rows} == {str(verb) for verb in Verb}


def test_the_quick_lane_closes_a_dossier_with_one_command(motcua: Motcua, tmp_path: Path) -> None:
    said = motcua("quick", "ct", "--name", "Lò Thị Mai", "--copies", 3, "--pages", 2, "--request", "r1")
    row = said.row
    assert (said.code, row["status"], row["total_vnd"]) == (0, "returned", 12_000)
    assert row["register"] == {"book": "1/2026", "entry": 1}
    again = motcua("quick", "ct", "--name", "Lò Thị Mai", "--copies", 3, "--pages", 2, "--request", "r1")
    assert again.row["code"] == row["code"]
    assert motcua("sheet", row["code"], "fee", "-o", tmp_path / "fee.pdf").code == 0
    shown = text_of(tmp_path / "fee.pdf")
    assert "12.000 đồng" in shown and "không thay biên lai" in shown.lower() and "Lò Thị Mai" in shown
    assert motcua("quick", "ks", "--name", "Lò Thị Mai").row["refused"]["number"] == "MC-237"
    assert motcua("quick", "ct", "--name", "Lò Thị Mai", "--pages", 0).row["refused"]["number"] == "MC-235"


def test_a_letter_is_drawn_with_the_words_that_are_given(worked: Motcua, tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    assert worked("sheet", FIRST, "letter", "-o", out).row["refused"]["number"] == "MC-168"
    words = ("--letter", "birth", "--name", "Vàng Thị Mai", "--family", "ông Vàng A Dế")
    assert worked("sheet", FIRST, "letter", *words, "-o", out).code == 0
    assert "Vàng Thị Mai" in text_of(out)
