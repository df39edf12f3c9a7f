"""A province's list is looked at, confirmed, and then counts; what cannot be read is named and touches nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motcua_desktop.domain.dossier import Kind
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.procedure import Procedure
from motcua_desktop.domain.publication import ChangeKind, Preview, Trouble
from motcua_desktop.services.desk import Desk, open_desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.publication import preview, publish
from motcua_desktop.services.publication_words import TROUBLES, bad_row_text
from motcua_desktop.store import ledger
from tests.desks import CLOCK
from tests.factories import BIRTH, COPIES, NO_TERM, submission
from tests.services.nasty_list import (
    BAD,
    CASES,
    ENDED,
    HEAD,
    PAPERS_OF_53,
    REMARKS,
    ROW_OF_53,
    SHEET,
    SOURCE,
    TAKEN,
    Rows,
    write_csv,
    write_json,
    write_records,
    write_xlsx,
)

STARTS = date(2026, 12, 1)
BEFORE = date(2026, 11, 30)
HEADINGS = ["Mã TTHC", "Tên TTHC", "Thời hạn giải quyết"]


def as_xlsx(folder: Path) -> Path:
    return write_xlsx(folder / "list.xlsx", {"Danh mục": SHEET})


def as_csv(folder: Path) -> Path:
    return write_csv(folder / "list.csv", SHEET)


def as_comma_utf16(folder: Path) -> Path:
    return write_csv(folder / "list.csv", SHEET, ",", "utf-16")


def as_old_letters(folder: Path) -> Path:
    return write_csv(folder / "list.csv", SHEET, ";", "cp1258")


everywhere = pytest.mark.parametrize("write", [as_xlsx, as_csv, as_comma_utf16, as_old_letters])
Write = Callable[[Path], Path]


def small(folder: Path, *rows: list[Any], headings: list[str] = HEADINGS, above: Rows = ()) -> Path:
    return write_csv(folder / "small.csv", [*above, headings, *rows])


def put_in_force(desk: Desk, path: Path, starts: date | None = STARTS, **more: Any) -> Preview:
    seen = preview(desk, path, starts, **more)
    assert publish(desk, seen) is not None
    return seen


def found(desk: Desk, code: str, on: date = STARTS) -> Procedure:
    procedure = desk.catalogue.find(code, on)
    assert procedure is not None
    return procedure


def published(desk: Desk) -> list[Any]:
    with desk.store.read() as connection:
        return [e for _, e in ledger.office_events(connection) if e.kind == Kind.CATALOGUE_PUBLISHED]


@everywhere
def test_every_bad_row_of_the_nasty_list_is_named_by_row_and_column(
    desk: Desk, tmp_path: Path, write: Write
) -> None:
    seen = preview(desk, write(tmp_path))
    assert [(b.row, b.column, b.problem, b.code) for b in seen.bad] == BAD
    assert all(TROUBLES[b.problem] for b in seen.bad)


@everywhere
def test_every_row_that_is_taken_with_a_change_is_told(desk: Desk, tmp_path: Path, write: Write) -> None:
    seen = preview(desk, write(tmp_path))
    assert [(r.row, r.problem) for r in seen.remarks] == REMARKS
    assert seen.unread_columns == ("Căn cứ pháp lý",)


@everywhere
def test_the_head_of_the_list_names_its_source_and_its_first_day(
    desk: Desk, tmp_path: Path, write: Write
) -> None:
    seen = preview(desk, write(tmp_path))
    assert (seen.source, seen.starts) == (SOURCE, STARTS)


@everywhere
def test_the_rest_of_the_nasty_list_is_taken_and_nothing_else(
    desk: Desk, tmp_path: Path, write: Write
) -> None:
    seen = preview(desk, write(tmp_path))
    taken = {c.code for c in seen.changes if c.kind in (ChangeKind.ADDED, ChangeKind.CHANGED)}
    assert taken == TAKEN
    assert [c.code for c in seen.of(ChangeKind.ENDED)] == ENDED
    assert [c.code for c in seen.of(ChangeKind.ADDED)] == ["1.014466"]


@everywhere
def test_every_good_row_becomes_what_the_file_says(desk: Desk, tmp_path: Path, write: Write) -> None:
    before = {code: desk.catalogue.find(code, STARTS) for code in TAKEN}
    put_in_force(desk, write(tmp_path), None)
    birth = found(desk, BIRTH)
    assert birth.name == "Đăng ký khai sinh"
    assert [d.name for d in birth.documents] == ["Tờ khai đăng ký khai sinh", "Giấy chứng sinh"]
    assert [(d.original, d.copy) for d in birth.documents] == [(1, 0), (1, 0)]
    assert [(f.amount_vnd, f.set_by_province, f.source) for f in birth.fees] == [(0, False, SOURCE)]
    local = found(desk, "1.014466")
    assert (local.name, local.field, local.alias) == ("Thủ tục lạ của tỉnh", "Hộ tịch", None)
    assert [(t.kind, t.value, t.source) for t in local.terms] == [("working_days", 15, SOURCE)]
    assert [(d.item, d.name, d.original, d.copy) for d in local.documents] == [(1, "Đơn đề nghị", 1, 2)]
    marriage, old = found(desk, "1.000894"), before["1.000894"]
    assert old is not None
    assert [(t.case, t.kind, t.value) for t in marriage.terms] == [
        (t.case, t.kind, t.value) for t in old.terms
    ]
    assert marriage.terms == old.terms  # "Không có thông tin" says nothing
    assert [(f.amount_vnd, f.unit, f.note) for f in marriage.fees] == [
        (10_000, "/lần đăng ký", "theo Nghị quyết 9")
    ]
    death = found(desk, "1.000656")
    assert [(t.case, t.value) for t in death.terms] == [
        (None, 10),
        ("mức 20 ngày làm việc nêu trong danh mục", 20),
        ("nộp trực tuyến", 7),
    ]
    assert found(desk, "2.001909").name == "Tiếp công dân"
    assert desk.catalogue.find("1.010945", STARTS) is None


@everywhere
def test_fifty_three_papers_in_nine_cases_stay_with_their_cases(
    desk: Desk, tmp_path: Path, write: Write
) -> None:
    put_in_force(desk, write(tmp_path), None)
    papers = found(desk, "1.013225").documents
    assert len(papers) == PAPERS_OF_53
    assert len({paper.case for paper in papers}) == len(CASES) == 9
    assert {str(paper.need) for paper in papers} == {"case"}
    assert (papers[0].name, papers[0].case, papers[0].copy) == ("Giấy tờ 1.1", "công trình loại 1", 1)
    assert (papers[-1].name, papers[-1].case, papers[-1].copy) == ("Giấy tờ 9.5", "công trình loại 9", 5)
    assert SHEET[ROW_OF_53 - 1][4] == "1.013225"


@everywhere
def test_a_procedure_with_a_bad_row_stays_exactly_as_it_is(desk: Desk, tmp_path: Path, write: Write) -> None:
    spoilt = {code for _, _, _, code in BAD if code}
    before = {code: desk.catalogue.versions(code) for code in spoilt}
    put_in_force(desk, write(tmp_path), None)
    assert {code: desk.catalogue.versions(code) for code in spoilt} == before


@everywhere
def test_the_same_list_once_more_changes_nothing(desk: Desk, tmp_path: Path, write: Write) -> None:
    path = write(tmp_path)
    put_in_force(desk, path, None)
    again = preview(desk, path)
    assert again.changes_nothing
    assert publish(desk, again) is None
    assert len(published(desk)) == 1


def test_the_same_rows_as_json_objects_are_the_same_list(desk: Desk, tmp_path: Path) -> None:
    heading = ["STT", *(str(cell) for cell in HEAD[4][1:6]), *(str(cell) for cell in HEAD[5][6:9]), "Căn cứ"]
    from_json = preview(
        desk, write_records(tmp_path / "list.json", SHEET[7:], heading), STARTS, source=SOURCE
    )
    from_xlsx = preview(desk, as_xlsx(tmp_path))
    assert [b.row + 7 for b in from_json.bad] == [b.row for b in from_xlsx.bad]
    assert from_json.changes == from_xlsx.changes


def test_nothing_counts_before_it_is_confirmed(desk: Desk, tmp_path: Path) -> None:
    before = desk.catalogue
    preview(desk, as_xlsx(tmp_path))
    assert desk.catalogue is before
    assert published(desk) == []


def test_one_event_says_what_was_put_in_force_by_whom_and_from_which_file(desk: Desk, tmp_path: Path) -> None:
    seen = put_in_force(desk, as_xlsx(tmp_path), None)
    (event,) = published(desk)
    assert event.officer == desk.office.officer
    assert event.dossier is None and event.particulars is None
    assert {"source", "from", "sha256", "procedures", "ended"} <= set(event.body)
    assert (event.body["source"], event.body["from"]) == (SOURCE, "2026-12-01")
    assert len(event.body["sha256"]) == 64 and event.body["sha256"] == seen.sha256
    assert {row["code"] for row in event.body["procedures"]} == TAKEN
    assert event.body["ended"] == [{"code": ENDED[0], "valid_to": "2026-11-30"}]


def test_the_old_version_holds_until_the_day_before_and_the_new_one_from_then_on(
    desk: Desk, tmp_path: Path
) -> None:
    put_in_force(desk, small(tmp_path, [BIRTH, "Đăng ký khai sinh", "2 ngày làm việc"]), source="QĐ 7")
    old, new = found(desk, BIRTH, BEFORE), found(desk, BIRTH)
    assert (str(old.terms[0].kind), old.valid_to) == ("same_day", BEFORE)
    assert (str(new.terms[0].kind), new.valid_from, new.valid_to) == ("working_days", STARTS, None)


def test_a_dossier_received_before_keeps_the_version_of_its_day(desk: Desk, tmp_path: Path) -> None:
    received = receive(desk, submission(COPIES))
    put_in_force(desk, small(tmp_path, [COPIES, "", "9 ngày làm việc"]), CLOCK.date())
    later = receive(desk, submission(COPIES, request_id="later"))
    assert received.dossier.term["kind"] == "same_day"
    assert (later.dossier.term["kind"], later.dossier.term["value"]) == ("working_days", 9)


def test_a_desk_that_is_opened_again_has_the_list_in_force(desk: Desk, tmp_path: Path) -> None:
    put_in_force(desk, small(tmp_path, [BIRTH, "", "2 ngày làm việc"]))
    again = open_desk(desk.store.path.parent)
    try:
        assert again.catalogue.find(BIRTH, STARTS) == found(desk, BIRTH)
    finally:
        again.close()


def test_a_list_that_another_window_put_in_force_counts_here_at_once(desk: Desk, tmp_path: Path) -> None:
    assert found(desk, BIRTH).terms[0].value is None
    other = open_desk(desk.store.path.parent)
    other.now = desk.now
    try:
        put_in_force(other, small(tmp_path, [BIRTH, "", "2 ngày làm việc"]))
    finally:
        other.close()
    assert found(desk, BIRTH).terms[0].value == 2


def test_a_preview_of_yesterday_is_not_confirmed_over_another_list(desk: Desk, tmp_path: Path) -> None:
    seen = preview(desk, small(tmp_path, [BIRTH, "", "2 ngày làm việc"]), STARTS)
    put_in_force(desk, small(tmp_path, [BIRTH, "", "4 ngày làm việc"]))
    with pytest.raises(UserFacingError) as error:
        publish(desk, seen)
    assert error.value.problem.number == "MC-228"
    assert found(desk, BIRTH).terms[0].value == 4


def test_a_list_without_a_decision_is_unverified(desk: Desk, tmp_path: Path) -> None:
    put_in_force(desk, small(tmp_path, ["1.999999", "Thủ tục mới", "2 ngày làm việc"]))
    new = found(desk, "1.999999")
    assert {new.source, new.terms[0].source} == {"chưa kiểm chứng"}


def test_the_officers_own_words_for_day_and_source_go_before_the_lists(desk: Desk, tmp_path: Path) -> None:
    starts = date(2027, 1, 4)
    seen = preview(desk, as_xlsx(tmp_path), starts, source="Quyết định số 9/QĐ-UBND ngày 02/11/2026")
    assert (seen.starts, seen.source) == (starts, "Quyết định số 9/QĐ-UBND ngày 02/11/2026")


def test_without_any_day_a_list_holds_from_today(desk: Desk, tmp_path: Path) -> None:
    assert preview(desk, small(tmp_path, [BIRTH, "", "2 ngày"])).starts == CLOCK.date()


def test_what_the_list_lacks_is_shown_and_stays(desk: Desk, tmp_path: Path) -> None:
    seen = put_in_force(desk, small(tmp_path, [BIRTH, "", "2 ngày làm việc"]))
    in_force = {p.code for p in desk.catalogue.in_force(STARTS)}
    assert {c.code for c in seen.of(ChangeKind.MISSING)} == in_force - {BIRTH}
    assert COPIES in in_force


def test_what_the_list_lacks_ends_when_the_officer_says_so(desk: Desk, tmp_path: Path) -> None:
    put_in_force(desk, small(tmp_path, [BIRTH, "", "2 ngày làm việc"]), end_missing=True)
    assert [p.code for p in desk.catalogue.in_force(STARTS)] == [BIRTH]
    assert found(desk, COPIES, BEFORE).valid_to == BEFORE


def test_nothing_is_ended_while_a_row_may_be_the_procedure_in_question(desk: Desk, tmp_path: Path) -> None:
    path = small(tmp_path, [BIRTH, "", "2 ngày"], ["2.00081", "Một thủ tục", "1 ngày"])
    with pytest.raises(UserFacingError) as error:
        preview(desk, path, STARTS, end_missing=True)
    assert error.value.problem.number == "MC-229"


def test_a_bad_row_that_names_its_procedure_keeps_it_from_ending(desk: Desk, tmp_path: Path) -> None:
    named = found(desk, COPIES).name
    path = small(tmp_path, [BIRTH, "", "2 ngày"], ["2.00081", named, "1 ngày"], [NO_TERM, "", "5"])
    put_in_force(desk, path, end_missing=True)
    assert {p.code for p in desk.catalogue.in_force(STARTS)} == {BIRTH, COPIES, NO_TERM}


def test_alias_short_names_and_routing_are_kept_from_the_version_in_force(desk: Desk, tmp_path: Path) -> None:
    old = found(desk, BIRTH)
    papers = [d for d in old.documents if d.item in (5, 7)]
    rows = [[BIRTH if not n else "", "", "", paper.name.upper()] for n, paper in enumerate(papers)]
    put_in_force(desk, small(tmp_path, *rows, headings=[*HEADINGS, "Thành phần hồ sơ"]))
    new = found(desk, BIRTH)
    assert (new.alias, new.short_name, new.routing) == (old.alias, old.short_name, old.routing)
    assert new.documents == tuple(papers)
    assert new.terms == old.terms and new.fees == old.fees


def test_a_shortened_term_keeps_the_one_of_the_law_beside_it(desk: Desk, tmp_path: Path) -> None:
    code, law = "1.013855", found(desk, "1.013855").terms[0]
    put_in_force(desk, small(tmp_path, [code, "", "12 ngày làm việc"]), source="QĐ 1")
    short = found(desk, code).terms[0]
    assert (short.value, short.statutory_value, short.statutory_source) == (12, law.value, law.source)
    put_in_force(desk, small(tmp_path, [code, "", "10 ngày làm việc"]), date(2027, 1, 1), source="QĐ 2")
    shorter = found(desk, code, date(2027, 1, 1)).terms[0]
    assert (shorter.value, shorter.statutory_value) == (10, law.value)
    put_in_force(
        desk, small(tmp_path, [code, "", f"{law.value} ngày làm việc"]), date(2027, 2, 1), source="QĐ 3"
    )
    assert found(desk, code, date(2027, 2, 1)).terms[0].statutory() is None


def test_both_terms_are_taken_from_a_list_that_has_both(desk: Desk, tmp_path: Path) -> None:
    headings = ["Mã TTHC", "Thời hạn theo quy định", "Thời gian giải quyết sau cắt giảm (ngày làm việc)"]
    put_in_force(desk, small(tmp_path, ["1.013855", "20 ngày làm việc", "15"], headings=headings))
    term = found(desk, "1.013855").terms[0]
    law = term.statutory()
    assert law is not None
    assert (term.value, law.value, str(law.kind)) == (15, 20, "working_days")


def test_the_term_of_all_offices_together_stays_unknown_until_a_list_says_it(
    desk: Desk, tmp_path: Path
) -> None:
    assert found(desk, NO_TERM).total_term(None, STARTS) is None
    headings = [*HEADINGS, "Tổng thời hạn"]
    put_in_force(
        desk, small(tmp_path, [NO_TERM, "", "3 ngày làm việc", "20 ngày làm việc"], headings=headings)
    )
    both = found(desk, NO_TERM)
    total = both.total_term(None, STARTS)
    assert total is not None
    assert (both.terms[0].value, total.value) == (3, 20)


def test_a_repealed_part_of_the_list_ends_only_what_stands_in_it(desk: Desk, tmp_path: Path) -> None:
    sheets = {
        "Mới": [HEADINGS, [BIRTH, "", "2 ngày làm việc"]],
        "Bãi bỏ": [HEADINGS, [COPIES, "", ""], ["1.014999", "Chưa từng có", ""]],
        "Ghi chép": [["không có tiêu đề"]],
    }
    path = write_xlsx(tmp_path / "list.xlsx", sheets)
    seen = put_in_force(desk, path)
    assert [c.code for c in seen.of(ChangeKind.ENDED)] == [COPIES]
    assert desk.catalogue.find(COPIES, STARTS) is None
    assert found(desk, BIRTH).terms[0].value == 2
    assert [(r.sheet, r.problem) for r in seen.remarks] == [("Ghi chép", Trouble.LINE_LEFT_OUT)]


def test_a_code_that_is_both_published_and_repealed_is_not_taken(desk: Desk, tmp_path: Path) -> None:
    sheets = {
        "Mới": [HEADINGS, [BIRTH, "", "2 ngày làm việc"]],
        "Bãi bỏ": [HEADINGS, [BIRTH, "", ""]],
    }
    seen = preview(desk, write_xlsx(tmp_path / "list.xlsx", sheets), STARTS)
    assert [(b.sheet, b.row, b.problem) for b in seen.bad] == [("Bãi bỏ", 2, Trouble.ALSO_ENDED)]
    assert seen.changes_nothing


def test_a_code_that_a_spreadsheet_made_a_number_gets_its_noughts_back(desk: Desk, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", {"a": [HEADINGS, [2.00098, "Thủ tục", "2 ngày"]]})
    seen = preview(desk, path, STARTS)
    assert [c.code for c in seen.of(ChangeKind.ADDED)] == ["2.000980"]
    assert [r.problem for r in seen.remarks] == [Trouble.CODE_FROM_NUMBER]
    from_text = preview(desk, small(tmp_path, ["2.00098", "Thủ tục", "2 ngày"]), STARTS)
    assert [b.problem for b in from_text.bad] == [Trouble.CODE_UNREADABLE]


def test_a_new_procedure_without_a_name_is_named_by_its_row(desk: Desk, tmp_path: Path) -> None:
    seen = preview(desk, small(tmp_path, [BIRTH, "", "2 ngày"], ["1.999999", "", "2 ngày"]), STARTS)
    assert [(b.row, b.code, b.problem) for b in seen.bad] == [(3, "1.999999", Trouble.NAME_MISSING)]


def test_a_row_that_says_two_different_things_of_one_procedure_is_named(desk: Desk, tmp_path: Path) -> None:
    headings = ["Mã TTHC", "Tên TTHC", "Lĩnh vực"]
    path = small(tmp_path, [BIRTH, "", "Hộ tịch"], [BIRTH, "", "Đất đai"], headings=headings)
    seen = preview(desk, path, STARTS)
    assert [(b.row, b.column, b.problem) for b in seen.bad] == [(3, "Lĩnh vực", Trouble.SAID_TWICE)]
    assert seen.changes_nothing


def test_two_rows_that_contradict_each_other_are_both_named(desk: Desk, tmp_path: Path) -> None:
    headings = ["Mã TTHC", "Tên TTHC", "Lĩnh vực"]
    rows = [BIRTH, "", "Hộ tịch"], [COPIES, "", "Khác"], [BIRTH, "", "Đất đai"]
    (bad,) = preview(desk, small(tmp_path, *rows, headings=headings), STARTS).bad
    assert (bad.row, bad.against) == (4, 2)
    text = bad_row_text(bad)
    assert "4" in text and "2" in text and "Đất đai" in text


def test_two_terms_of_one_case_are_named_with_both_their_rows(desk: Desk, tmp_path: Path) -> None:
    headings = [*HEADINGS, "Trường hợp của thời hạn"]
    rows = [BIRTH, "", "3 ngày", ""], [BIRTH, "", "5 ngày", "Nộp muộn"], ["", "", "7 ngày", "Nộp muộn"]
    (bad,) = preview(desk, small(tmp_path, *rows, headings=headings), STARTS).bad
    assert (bad.problem, bad.row, bad.against) == (Trouble.SAID_TWICE, 4, 3)
    assert (bad.column, bad.text) == ("Thời hạn giải quyết", "7 ngày")


def test_two_contradicting_names_are_named_with_both_their_rows(desk: Desk, tmp_path: Path) -> None:
    rows = [BIRTH, "Khai sinh", "3 ngày"], [BIRTH, "Khai tử", "3 ngày"]
    (bad,) = preview(desk, small(tmp_path, *rows), STARTS).bad
    assert (bad.column, bad.row, bad.against) == ("Tên TTHC", 3, 2)


def test_a_procedure_twice_in_the_catalogues_own_json_is_named_with_both_places(
    desk: Desk, tmp_path: Path
) -> None:
    content = {"procedures": [{"code": BIRTH, "sets": 2}, {"code": COPIES}, {"code": BIRTH, "sets": 3}]}
    (bad,) = preview(desk, write_json(tmp_path / "a.json", content), STARTS).bad
    assert (bad.problem, bad.row, bad.against) == (Trouble.SAID_TWICE, 3, 1)


def test_a_number_below_nought_is_named_by_row_and_column(desk: Desk, tmp_path: Path) -> None:
    headings = [*HEADINGS, "Phí, lệ phí"]
    rows = [BIRTH, "", "-5 ngày", ""], [COPIES, "", "", "-8000 đồng"]
    seen = preview(desk, small(tmp_path, *rows, headings=headings), STARTS)
    assert [(b.row, b.column, b.text) for b in seen.bad] == [
        (2, "Thời hạn giải quyết", "-5 ngày"),
        (3, "Phí, lệ phí", "-8000 đồng"),
    ]
    assert seen.changes_nothing


def test_a_name_that_no_sheet_can_print_is_named_and_not_taken(desk: Desk, tmp_path: Path) -> None:
    headings = [*HEADINGS, "Thành phần hồ sơ"]
    rows = (
        ["1.999991", "Cấp giấy 漢字", "3 ngày", ""],
        ["1.999992", "Cấp thẻ", "3 ngày", "Đơn"],
        ["", "", "", "Ảnh 😀"],
        ["1.999993", "Cấp bằng", "3 ngày", "Tờ khai"],
    )
    seen = preview(desk, small(tmp_path, *rows, headings=headings), STARTS)
    assert [(b.row, b.column, b.problem, b.text) for b in seen.bad] == [
        (2, "Tên TTHC", Trouble.UNPRINTABLE, "Cấp giấy 漢字"),
        (4, "Thành phần hồ sơ", Trouble.UNPRINTABLE, "Ảnh 😀"),
    ]
    assert [change.code for change in seen.of(ChangeKind.ADDED)] == ["1.999993"]
    assert "Ảnh 😀" in bad_row_text(seen.bad[1])


def test_an_unprintable_name_in_the_catalogues_own_json_is_named_and_not_taken(
    desk: Desk, tmp_path: Path
) -> None:
    good = {"code": "1.999993", "name": "Cấp bằng"}
    bad = {"code": "1.999992", "name": "Cấp thẻ", "documents": [{"name": "Ảnh 😀"}]}
    seen = preview(desk, write_json(tmp_path / "a.json", {"procedures": [good, bad]}), STARTS)
    assert [(b.row, b.column, b.problem) for b in seen.bad] == [(2, "documents[1].name", Trouble.UNPRINTABLE)]
    assert [change.code for change in seen.of(ChangeKind.ADDED)] == ["1.999993"]


def test_a_row_in_the_catalogues_own_json_with_a_wrong_value_is_named_by_its_key(
    desk: Desk, tmp_path: Path
) -> None:
    good = {"code": BIRTH, "sets": 2}
    wrong = {"code": COPIES, "terms": [{"kind": "working_days", "value": "5"}]}
    unit = {"code": NO_TERM, "terms": [{"kind": "working_days"}]}
    seen = preview(desk, write_json(tmp_path / "a.json", {"procedures": [good, wrong, unit]}), STARTS)
    assert [(b.row, b.column, b.code) for b in seen.bad] == [
        (2, "terms[1].value", COPIES),
        (3, "terms[1].value", NO_TERM),
    ]
    (change,) = seen.of(ChangeKind.CHANGED)
    assert [(f.field, f.new) for f in change.fields] == [("source", "chưa kiểm chứng"), ("sets", 2)]


def test_a_bad_row_reads_as_one_line(desk: Desk, tmp_path: Path) -> None:
    seen = preview(desk, small(tmp_path, [BIRTH, "", "5"]), STARTS)
    text = bad_row_text(seen.bad[0])
    assert BIRTH in text and "Thời hạn giải quyết" in text and "“5”" in text and "2" in text
