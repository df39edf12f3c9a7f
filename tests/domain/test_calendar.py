"""Which days count: weekends, holidays, decisions of the State and of the office."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.domain.calendar import DayKind, WorkingCalendar, local
from motcua_desktop.domain.source import is_verified
from tests.factories import calendar, calendar_with, decision, moment

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("2026-01-01", "Dương lịch"),
        ("2026-01-02", "hoán đổi"),
        ("2026-02-16", "Tết"),
        ("2026-02-20", "Tết"),
        ("2026-04-27", "Giỗ Tổ"),
        ("2026-04-30", "Chiến thắng"),
        ("2026-05-01", "Lao động"),
        ("2026-08-31", "Quốc khánh"),
        ("2026-09-01", "Quốc khánh"),
        ("2026-09-02", "Quốc khánh"),
        ("2026-11-24", "Văn hóa"),
        ("2027-01-01", "Dương lịch"),
        ("2026-11-21", "Thứ Bảy"),
        ("2026-11-22", "Chủ nhật"),
    ],
)
def test_a_day_off_says_which_day_it_is(day: str, word: str) -> None:
    off = calendar().day_off(date.fromisoformat(day))
    assert off is not None
    assert word.lower() in off.reason.lower()
    assert off.source


@pytest.mark.parametrize(
    ("day", "place", "checked"),
    [
        ("2026-04-27", "Điều 111 khoản 3", True),
        ("2027-05-03", "Điều 111 khoản 3", False),
        ("2026-11-24", "NQ 28/2026/QH16", False),
        ("2026-09-02", "Điều 112", True),
        ("2027-09-02", "Điều 112", False),
        ("2026-08-31", "hoán đổi", False),
    ],
)
def test_a_day_off_cites_what_makes_it_one_and_says_when_nobody_checked_it(
    day: str, place: str, checked: bool
) -> None:
    off = WorkingCalendar([], [2026]).day_off(date.fromisoformat(day))
    assert off is not None
    assert place in off.source
    assert is_verified(off.source) is checked


def test_every_day_off_of_a_year_that_is_not_published_says_that_nobody_checked_it() -> None:
    assert not [off for off in calendar().days_off(2027) if is_verified(off.source)]
    assert [off for off in calendar().days_off(2026) if is_verified(off.source)]


@pytest.mark.parametrize("day", ["2026-01-10", "2026-08-22"])
def test_a_make_up_saturday_is_a_working_day(day: str) -> None:
    assert calendar().is_working(date.fromisoformat(day))
    assert date.fromisoformat(day) in {made.date for made in calendar().make_up_days(2026)}


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_a_published_year_is_known_as_such(year: int) -> None:
    assert calendar().is_published(year)
    assert not calendar().is_published(2027)


def test_the_office_overrules_the_holiday_and_the_weekend() -> None:
    own = calendar_with(
        decision("2026-11-24", "work"), decision("2026-11-28", "work"), decision("2026-11-25")
    )
    assert own.is_working(date(2026, 11, 24))
    assert own.is_working(date(2026, 11, 28))
    off = own.day_off(date(2026, 11, 25))
    assert off is not None
    assert (off.reason, off.source) == ("Mất điện toàn xã", "TB 12")


def test_the_last_decision_about_a_day_holds() -> None:
    day = date(2026, 11, 25)
    assert calendar_with(decision("2026-11-25"), decision("2026-11-25", "work")).is_working(day)
    assert not calendar_with(decision("2026-11-25", "work"), decision("2026-11-25")).is_working(day)


def test_plain_weekends_are_no_special_days() -> None:
    assert all(day.date.weekday() < 5 or "Thứ" not in day.reason for day in calendar().days_off(2026))
    assert date(2026, 11, 24) in {day.date for day in calendar().days_off(2026)}


@given(DAYS)
def test_every_day_off_has_a_reason_and_a_source(day: date) -> None:
    off = calendar().day_off(day)
    assert off is None or (off.reason.strip() and off.source.strip() and off.date == day)
    assert calendar().is_working(day) is (off is None)


@given(DAYS, DAYS)
def test_working_days_between_two_days_counted_back_are_negative(one: date, other: date) -> None:
    there, back = calendar().working_days_between(one, other), calendar().working_days_between(other, one)
    assert there == -back
    assert abs(there) <= abs((other - one).days)


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_working_days_add_up(start: date, first: int, second: int) -> None:
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    count = calendar().working_days_between
    assert count(start, end) == count(start, middle) + count(middle, end)


@given(st.lists(st.tuples(DAYS, st.sampled_from(DayKind)), max_size=12))
def test_each_decided_day_is_what_the_decision_says(rows: list[tuple[date, DayKind]]) -> None:
    own = WorkingCalendar([decision(day.isoformat(), kind) for day, kind in rows], [])
    for day, kind in dict(rows).items():
        assert own.is_working(day) is (kind is DayKind.WORK)


def test_a_moment_of_another_zone_is_read_on_the_vietnamese_clock() -> None:
    assert local(moment("2026-11-20T07:00:00")).isoformat() == "2026-11-20T07:00:00+07:00"
    assert local(datetime(2026, 11, 20, 17, 30, tzinfo=UTC)).isoformat() == "2026-11-21T00:30:00+07:00"
    assert local(datetime(2026, 11, 20, 17, 30)).isoformat() == "2026-11-20T17:30:00+07:00"
