"""When a result is due: the vectors of the working calendar, and what holds for every term."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua_desktop.domain.calendar import VIETNAM, DayKind, WorkingCalendar
from motcua_desktop.domain.due import Term, TermKind, add_months, due, next_open
from tests.factories import HOURS, calendar, calendar_with, decision, moment, term

THREE = time(15)
COUNTED = ("working_days", "calendar_days", "hours", "working_hours", "months")
RECEIVED = st.datetimes(datetime(2025, 6, 1), datetime(2027, 12, 31)).map(lambda m: m.replace(tzinfo=VIETNAM))
OWN_DAYS = st.lists(
    st.tuples(st.dates(date(2025, 6, 1), date(2028, 12, 31)), st.sampled_from(DayKind)), max_size=25
)
TERMS = st.one_of(
    st.builds(term, st.sampled_from(COUNTED), st.integers(1, 60)),
    st.builds(term, st.just("same_day"), st.none(), st.sampled_from([None, THREE, time(11)])),
)


def own_calendar(rows: list[tuple[date, DayKind]]) -> WorkingCalendar:
    return calendar_with(*(decision(day.isoformat(), kind) for day, kind in rows))


@pytest.mark.parametrize(
    ("received", "kind", "value", "expected"),
    [
        ("2023-10-27T09:32", "working_days", 5, "2023-11-03"),
        ("2026-11-20T15:01", "same_day", None, "2026-11-23"),
        ("2026-11-23T14:59", "same_day", None, "2026-11-23"),
        ("2026-11-23T15:01", "same_day", None, "2026-11-25"),
        ("2026-11-20T08:00", "working_days", 3, "2026-11-26"),
        ("2026-02-12T08:00", "working_days", 5, "2026-02-26"),
        ("2026-08-20T08:00", "working_days", 2, "2026-08-22"),
        ("2026-08-20T08:00", "working_days", 3, "2026-08-24"),
        ("2026-08-27T08:00", "working_days", 2, "2026-09-03"),
        ("2026-04-24T08:00", "working_days", 1, "2026-04-28"),
        ("2025-12-30T08:00", "working_days", 3, "2026-01-06"),
        ("2026-11-04T08:00", "calendar_days", 20, "2026-11-25"),
        ("2026-11-06T08:00", "calendar_days", 15, "2026-11-23"),
        ("2026-11-20T08:00", "working_days", 25, "2026-12-28"),
        ("2027-01-31T08:00", "months", 1, "2027-03-01"),
    ],
)
def test_a_term_ends_on_the_day_that_the_law_says(
    received: str, kind: str, value: int | None, expected: str
) -> None:
    after = THREE if kind == "same_day" else None
    counted = due(term(kind, value, after), moment(received), calendar(), HOURS)
    assert counted.due_at == moment(f"{expected}T17:00")


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-20T14:59:59", "2026-11-20T17:00"),
        ("2026-11-20T15:00:00", "2026-11-20T17:00"),
        ("2026-11-20T15:00:59", "2026-11-20T17:00"),
        ("2026-11-20T15:01:00", "2026-11-23T17:00"),
        ("2026-11-21T09:00:00", "2026-11-23T17:00"),
        ("2026-11-24T14:00:00", "2026-11-25T17:00"),
        ("2026-11-20T05:00:00", "2026-11-20T17:00"),
        ("2026-11-20T23:59:59", "2026-11-23T17:00"),
        ("2026-08-21T15:01:00", "2026-08-22T17:00"),
    ],
)
def test_three_in_the_afternoon_divides_today_from_the_next_working_day(received: str, expected: str) -> None:
    assert due(term("same_day", None, THREE), moment(received), calendar(), HOURS).due_at == moment(expected)


def test_a_same_day_term_without_an_hour_ends_with_the_office_hours() -> None:
    plain = term("same_day")
    assert due(plain, moment("2026-11-20T16:59"), calendar(), HOURS).due_at == moment("2026-11-20T17:00")
    assert due(plain, moment("2026-11-20T17:00"), calendar(), HOURS).due_at == moment("2026-11-23T17:00")


def test_the_skipped_days_are_told_in_order_with_their_reasons() -> None:
    counted = due(term("same_day", None, THREE), moment("2026-11-23T15:01"), calendar(), HOURS)
    assert [(off.date.isoformat(), off.reason, off.source) for off in counted.skipped] == [
        ("2026-11-24", "Ngày Văn hóa Việt Nam", "NQ 28/2026/QH16; chưa kiểm chứng")
    ]


def test_a_date_in_a_year_without_a_calendar_is_provisional_and_warns_of_that_year() -> None:
    counted = due(term("working_days", 40), moment("2026-11-20T08:00"), calendar(), HOURS)
    assert counted.provisional
    assert counted.warning is not None
    assert (counted.warning.number, counted.warning.params["year"]) == ("MC-151", 2027)
    near = due(term("working_days", 25), moment("2026-11-20T08:00"), calendar(), HOURS)
    assert not near.provisional
    assert near.warning is None


def test_a_term_that_the_law_does_not_state_has_no_date() -> None:
    counted = due(term("not_stated"), moment("2026-11-20T08:00"), calendar(), HOURS)
    assert (counted.due_at, counted.skipped, counted.provisional) == (None, (), False)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), 13, date(2027, 4, 30)),
        (date(2026, 5, 5), 12, date(2027, 5, 5)),
    ],
)
def test_a_month_ends_on_its_corresponding_day_or_its_last(start: date, number: int, end: date) -> None:
    assert add_months(start, number) == end


@pytest.mark.parametrize(
    ("received", "value", "expected"),
    [
        ("2026-11-20T08:00", 1, "2026-11-20T09:00"),
        ("2026-11-20T10:45", 1, "2026-11-20T13:30"),
        ("2026-11-20T16:30", 1, "2026-11-23T07:30"),
        ("2026-11-20T20:00", 12, "2026-11-23T07:30"),
        ("2026-11-20T03:00", 12, "2026-11-20T15:00"),
    ],
)
def test_clock_hours_run_through_the_night_and_end_when_the_desk_is_open(
    received: str, value: int, expected: str
) -> None:
    assert due(term("hours", value), moment(received), calendar(), HOURS).due_at == moment(expected)


@pytest.mark.parametrize(
    ("received", "value", "expected"),
    [
        ("2026-11-20T08:00", 2, "2026-11-20T10:00"),
        ("2026-11-20T10:30", 2, "2026-11-20T14:30"),
        ("2026-11-20T07:30", 4, "2026-11-20T11:30"),
        ("2026-11-20T16:00", 2, "2026-11-23T08:30"),
        ("2026-11-20T12:00", 1, "2026-11-20T14:30"),
        ("2026-11-21T09:00", 1, "2026-11-23T08:30"),
        ("2026-11-23T16:00", 9, "2026-11-26T08:00"),
        ("2026-08-21T16:00", 2, "2026-08-22T08:30"),
    ],
)
def test_working_hours_run_only_while_the_desk_is_open(received: str, value: int, expected: str) -> None:
    assert due(term("working_hours", value), moment(received), calendar(), HOURS).due_at == moment(expected)


@settings(max_examples=300)
@given(TERMS, RECEIVED, OWN_DAYS)
def test_nothing_is_ever_due_on_a_day_off_nor_before_it_was_received(
    one: Term, received: datetime, rows: list[tuple[date, DayKind]]
) -> None:
    own = own_calendar(rows)
    counted = due(one, received, own, HOURS)
    assert counted.due_at is not None
    assert own.is_working(counted.due_at.date())
    assert counted.due_at >= received.replace(second=0, microsecond=0)
    assert any(opens <= counted.due_at.time() <= closes for opens, closes in HOURS.sessions)


@settings(max_examples=300)
@given(TERMS, RECEIVED, OWN_DAYS)
def test_every_skipped_day_is_a_day_off_on_the_way_with_reason_and_source(
    one: Term, received: datetime, rows: list[tuple[date, DayKind]]
) -> None:
    own = own_calendar(rows)
    counted = due(one, received, own, HOURS)
    assert counted.due_at is not None
    days = [off.date for off in counted.skipped]
    assert days == sorted(set(days))
    for off in counted.skipped:
        assert off.reason.strip()
        assert off.source.strip()
        assert own.day_off(off.date) == off
        assert received.date() <= off.date < counted.due_at.date()


@settings(max_examples=300)
@given(TERMS, RECEIVED, st.timedeltas(timedelta(0), timedelta(days=20)), OWN_DAYS)
def test_who_files_later_is_never_due_earlier(
    one: Term, received: datetime, wait: timedelta, rows: list[tuple[date, DayKind]]
) -> None:
    own = own_calendar(rows)
    first, second = (due(one, moment_, own, HOURS).due_at for moment_ in (received, received + wait))
    assert first is not None
    assert second is not None
    assert first <= second


@given(st.integers(1, 60), RECEIVED, OWN_DAYS)
def test_working_days_are_exactly_as_many_as_the_term_says(
    value: int, received: datetime, rows: list[tuple[date, DayKind]]
) -> None:
    own = own_calendar(rows)
    due_at = due(term("working_days", value), received, own, HOURS).due_at
    assert due_at is not None
    assert own.working_days_between(received.date(), due_at.date()) == value


@given(TERMS, RECEIVED)
def test_the_zone_of_a_receipt_does_not_change_its_appointment(one: Term, received: datetime) -> None:

    assert due(one, received, calendar(), HOURS) == due(one, received.astimezone(UTC), calendar(), HOURS)


def test_every_kind_of_term_is_counted_here() -> None:
    assert {*COUNTED, "same_day", "not_stated"} == set(TermKind)


def test_a_moment_at_which_nobody_is_there_moves_to_the_next_opening() -> None:
    for said, expected in (
        ("2026-11-20T16:59", "2026-11-20T16:59"),
        ("2026-11-20T12:00", "2026-11-20T13:30"),
        ("2026-11-20T17:01", "2026-11-23T07:30"),
        ("2026-11-21T09:00", "2026-11-23T07:30"),
    ):
        assert next_open(moment(said), calendar(), HOURS) == moment(expected)
