"""The register's lines: numbers, months, hashes, and the columns that were in force on a day."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua_desktop.assets import resource
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.event import FIRST_HASH
from motcua_desktop.domain.register import (
    MonthClosing,
    RegisterForm,
    RegisterLine,
    by_month,
    closing_text,
    form_on,
    month_hash,
    month_hashes,
    ordered,
    register_forms,
    totals,
)
from tests.factories import moment
from tests.register_year import HEAD, YEAR_LINES, year_lines

LINE = RegisterLine(
    book="1/2026",
    entry=1,
    entered_on=date(2026, 11, 20),
    code="H15.038.02-261120-1001",
    procedure="Đăng ký khai sinh",
    applicant="LÝ THỊ PHƯỢNG",
    received_at=moment("2026-11-20T09:47"),
)


def template() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(resource("forms", "register.json").read_text(encoding="utf-8"))
    return data


def forms() -> tuple[RegisterForm, ...]:
    return register_forms(template())


def keys(form: RegisterForm) -> list[str]:
    return [column.key for column in form.columns]


def test_books_come_in_the_order_of_their_desks_and_numbers_in_their_own() -> None:
    lines = [
        replace(LINE, book=book, entry=entry) for book in ("10/2026", "2/2026", "3/2025") for entry in (10, 9)
    ]
    found = [(line.book, line.entry) for line in ordered(lines)]
    assert found == [
        ("3/2025", 9),
        ("3/2025", 10),
        ("2/2026", 9),
        ("2/2026", 10),
        ("10/2026", 9),
        ("10/2026", 10),
    ]


@pytest.mark.parametrize("change", [{"book": "0/2026"}, {"book": "1-2026"}, {"entry": 0}])
def test_a_line_without_a_place_in_a_book_cannot_be_made(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(LINE, **change)


def test_a_moment_without_an_offset_cannot_stand_in_a_line() -> None:
    with pytest.raises(ValueError, match="offset"):
        replace(LINE, due_at=moment("2026-11-20T16:30").replace(tzinfo=None))


def test_every_dossier_is_counted_once_as_returned_open_or_void() -> None:
    lines = year_lines()
    counts = totals(lines)
    assert sum(total.received for total in counts) == YEAR_LINES
    assert all(t.received == t.returned + t.open + t.voided for t in counts)
    assert sum(total.voided for total in counts) == sum(line.voided for line in lines) > 0
    assert [(t.book, t.month) for t in counts] == [
        (f"{desk}/2026", f"2026-{month:02d}") for desk in (1, 2) for month in range(1, 13)
    ]


def test_a_void_number_is_no_returned_dossier() -> None:
    (total,) = totals([replace(LINE, voided=True, returned_at=moment("2026-11-20T10:00"))])
    assert total.counts == (1, 0, 0, 1)


def test_a_slip_that_is_entered_late_stands_in_the_month_in_which_it_was_entered() -> None:
    late = replace(LINE, received_at=moment("2026-10-30T15:10"), entered_on=date(2026, 11, 2), late_slip=True)
    assert [month.month for month in by_month([late])] == ["2026-11"]
    texts = dict(zip(keys(forms()[-1]), forms()[-1].cells(late), strict=True))
    assert texts["received"] == "15:10\n30/10/2026\nnhận ngày 30/10\nvào sổ 02/11"


def test_the_hash_of_a_month_holds_that_of_the_month_before() -> None:
    lines = year_lines(600)
    hashes = month_hashes(lines)
    before = {"1/2026": FIRST_HASH, "2/2026": FIRST_HASH}
    for month in by_month(lines):
        before[month.book] = month_hash(month.lines, before[month.book])
        assert hashes[month.book, month.month] == before[month.book]
    assert len(set(hashes.values())) == 24

    changed = [replace(line, particulars="khác") if line is lines[0] else line for line in lines]
    assert lines[0].book == "1/2026"
    differing = {key for key, value in month_hashes(changed).items() if value != hashes[key]}
    assert differing == {("1/2026", f"2026-{month:02d}") for month in range(1, 13)}


def test_the_hash_does_not_depend_on_the_order_in_which_lines_are_read() -> None:
    lines = year_lines(200)
    assert month_hashes(reversed(lines)) == month_hashes(lines)


def test_a_return_or_a_void_after_the_closing_leaves_the_hash_alone() -> None:
    later = replace(
        LINE,
        note="đã gọi",
        returned_at=moment("2026-12-03T09:00"),
        signed="Lý A Páo",
        voided=True,
        status="Đã rút",
    )
    assert month_hash([later]) == month_hash([LINE])


@pytest.mark.parametrize("field", ["code", "procedure", "particulars", "authority"])
def test_what_was_entered_cannot_change_without_changing_the_hash(field: str) -> None:
    assert month_hash([replace(LINE, **{field: "khác"})]) != month_hash([LINE])


@pytest.mark.parametrize("field", ["applicant", "address", "phone"])
def test_the_hash_holds_no_personal_word_but_the_digest_of_all(field: str) -> None:
    assert month_hash([replace(LINE, **{field: "(đã xóa dữ liệu cá nhân)"})]) == month_hash([LINE])


def test_a_month_says_whether_it_is_closed_and_with_which_hash() -> None:
    (month,) = by_month([LINE])
    now = month_hash([LINE])
    closing = MonthClosing("1/2026", "2026-11", now, date(2026, 12, 1))
    open_text = closing_text(HEAD, month, now)
    assert (
        open_text.startswith("Cộng tháng 11/2026: 1 hồ sơ;")
        and "Chưa khóa sổ" in open_text
        and now in open_text
    )
    closed = closing_text(replace(HEAD, closings=(closing,)), month, now)
    assert f"Khóa sổ ngày 01/12/2026. Mã khóa tháng (SHA-256): {now}" in closed and "ĐÃ ĐỔI" not in closed


def test_a_month_that_changed_after_its_closing_says_so() -> None:
    (month,) = by_month([LINE])
    closing = MonthClosing("1/2026", "2026-11", "0" * 64, date(2026, 12, 1))
    text = closing_text(replace(HEAD, closings=(closing,)), month, month_hash([LINE]))
    assert "NỘI DUNG ĐÃ ĐỔI SAU KHI KHÓA SỔ" in text and month_hash([LINE]) in text


def test_a_register_of_one_field_shows_no_hash_of_its_own() -> None:
    (month,) = by_month([LINE])
    assert month_hash([LINE]) not in closing_text(replace(HEAD, field="Hộ tịch"), month, month_hash([LINE]))


def test_the_day_of_receipt_decides_which_columns_a_line_has() -> None:
    old, new = form_on(forms(), date(2025, 9, 14)), form_on(forms(), date(2025, 9, 15))
    asked = "entry code procedure applicant contact authority received due returned return_by signed"
    asked_before = (
        "entry code procedure sets applicant contact authority received due returned return_by signed note"
    )
    assert " ".join(keys(new)) == asked
    assert " ".join(keys(old)) == asked_before
    assert (old.provisional, new.provisional) == (True, False)


def test_a_remark_is_not_lost_where_the_form_has_no_column_for_it() -> None:
    old, new = forms()
    line = replace(LINE, note="Người được ủy quyền nộp")
    assert old.cells(line)[-1] == "Người được ủy quyền nộp"
    assert new.cells(line)[2] == "Đăng ký khai sinh\nGhi chú: Người được ủy quyền nộp"


def test_a_day_without_a_form_is_told() -> None:
    with pytest.raises(UserFacingError) as caught:
        form_on(forms(), date(2010, 1, 1))
    assert caught.value.problem.number == "MC-231"


def test_the_shipped_columns_fit_the_page() -> None:
    for form in forms():
        form.demand_fit(267)


def broken(path: str, value: object) -> dict[str, Any]:
    """The template with one value changed, or taken out (None)."""
    data: Any = deepcopy(template())
    *parents, last = path.split(".")
    inner = data
    for part in parents:
        inner = inner[int(part)] if part.isdigit() else inner[part]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return dict(data)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("forms", None, "forms"),
        ("forms.0.source", None, "forms[0].source"),
        ("forms.0.valid_to", "2025-09-15", "forms[0].valid_to"),
        ("forms.1.valid_from", "hôm nay", "forms[1].valid_from"),
        ("forms.1.columns", [], "forms[1].columns"),
        ("forms.1.columns.3.key", "shoe_size", "forms[1].columns[3].key"),
        ("forms.1.columns.3.key", "code", "forms[1].columns"),
        ("forms.1.columns.4.width", 2, "forms[1].columns[4].width"),
        ("forms.1.columns.4.width", True, "forms[1].columns[4].width"),
        ("forms.1.columns.4.title", "", "forms[1].columns[4].title"),
        ("forms.1.columns.7.group", 1, "forms[1].columns[7].group"),
    ],
)
def test_a_broken_template_is_refused_with_the_place(path: str, value: object, place: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        register_forms(broken(path, value))
    assert caught.value.problem.number == "MC-230"
    assert caught.value.problem.params["place"] == place


def test_columns_that_are_too_wide_for_the_page_are_refused() -> None:
    wide = register_forms(broken("forms.1.columns.2.width", 60))[1]
    with pytest.raises(UserFacingError) as caught:
        wide.demand_fit(267)
    assert caught.value.problem.number == "MC-230"
