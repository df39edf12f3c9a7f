"""Decisions about days: they hold from now on, and move no date that was given."""

from __future__ import annotations

from datetime import date

import pytest

from motcua_desktop.domain.calendar import DayKind
from motcua_desktop.domain.dossier import Verb
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.services import calendar
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.calendar import (
    concerned,
    decide_day,
    moving,
    recount,
    recount_each,
    recount_reason,
    special_days,
)
from motcua_desktop.services.desk import Desk, open_desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import find_dossier
from tests.factories import COPIES, MARRIAGE_STATUS, decision, moment, submission


@pytest.fixture
def three(desk: Desk) -> list[str]:
    """A dossier due today, one due on Thursday the 26th, one from the 17th due today."""
    desk.now = lambda: moment("2026-11-20T10:00")
    given = [
        submission(COPIES),
        submission(MARRIAGE_STATUS),
        submission(MARRIAGE_STATUS, received_at=moment("2026-11-17T08:00")),
    ]
    return [receive(desk, one).dossier.code for one in given]


def test_a_decision_holds_for_the_next_dossier_and_moves_no_earlier_one(desk: Desk, three: list[str]) -> None:
    before = [find_dossier(desk, code) for code in three]
    assert decide_day(desk, decision("2026-11-25")) == [three[1]]
    assert [find_dossier(desk, code) for code in three] == before
    assert receive(desk, submission(MARRIAGE_STATUS)).dossier.due_at == "2026-11-27T17:00:00+07:00"
    assert before[1].due_at == "2026-11-26T17:00:00+07:00"


@pytest.mark.parametrize(
    ("day", "concerned"),
    [
        ("2026-11-16", []),
        ("2026-11-17", []),
        ("2026-11-18", [2]),
        ("2026-11-20", [0, 2]),
        ("2026-11-21", [1]),
        ("2026-11-26", [1]),
        ("2026-11-27", []),
    ],
)
def test_the_open_dossiers_whose_term_holds_the_day_are_listed(
    desk: Desk, three: list[str], day: str, concerned: list[int]
) -> None:
    assert sorted(decide_day(desk, decision(day))) == sorted(three[n] for n in concerned)


def test_a_finished_dossier_is_not_concerned(desk: Desk, three: list[str]) -> None:
    with desk.store.write() as transaction:
        transaction.execute("UPDATE dossier SET open = 0 WHERE code = ?", (three[1],))
    assert decide_day(desk, decision("2026-11-25")) == []


def test_the_dossiers_concerned_are_looked_for_only_once_the_decision_is_written(
    desk: Desk, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []

    def noted(of: Desk, day: date) -> list[str]:
        with of.store.write() as transaction:  # would wait for itself inside the decision's own
            assert transaction.execute("SELECT count(*) FROM day_decision WHERE source = 'TB 12'").fetchone()[
                0
            ]
        asked.append(day)
        return concerned(of, day)

    monkeypatch.setattr(calendar, "concerned", noted)
    assert decide_day(desk, decision("2026-11-25")) == [three[1]]
    assert asked == [date(2026, 11, 25)]


def test_a_dossier_whose_citizen_withdraws_is_not_listed_and_its_refusal_is_told(
    desk: Desk, three: list[str]
) -> None:
    act(desk, find_dossier(desk, three[1]).id, Act(Verb.WITHDRAW))
    off = decision("2026-11-25")
    assert decide_day(desk, off) == []
    (one,) = recount_each(desk, [three[1]], recount_reason(off))
    assert (one.code, one.moves) == (three[1], False)
    assert one.problem is not None and one.problem.number == "MC-170"


def test_one_refused_dossier_stops_no_other_and_each_is_told_with_its_dates(
    desk: Desk, three: list[str]
) -> None:
    off = decision("2026-11-25")
    codes = [receive(desk, submission(MARRIAGE_STATUS)).dossier.code for _ in range(2)]
    assert sorted(decide_day(desk, off)) == sorted([three[1], *codes])
    act(desk, find_dossier(desk, three[1]).id, Act(Verb.WITHDRAW))
    told = list(recount_each(desk, [codes[0], three[1], three[0], codes[1]], recount_reason(off)))
    old, new = "2026-11-26T17:00:00+07:00", "2026-11-27T17:00:00+07:00"
    assert [(one.code, one.given, one.counted) for one in told] == [
        (codes[0], old, new),
        (three[1], old, old),
        (three[0], "2026-11-20T17:00:00+07:00", "2026-11-20T17:00:00+07:00"),
        (codes[1], old, new),
    ]
    assert [one.problem.number if one.problem else None for one in told] == [None, "MC-170", None, None]
    assert [find_dossier(desk, code).due_at for code in codes] == [new, new]


def test_a_decision_is_still_there_after_reopening_and_a_later_one_replaces_it(desk: Desk) -> None:
    decide_day(desk, decision("2026-11-25"))
    decide_day(desk, decision("2026-11-28", "work", "Làm bù", "TB 13"))
    desk.close()
    again = open_desk(desk.store.path.parent)
    assert not again.calendar.is_working(date(2026, 11, 25))
    assert again.calendar.is_working(date(2026, 11, 28))
    decide_day(again, decision("2026-11-25", "work", "Điện đã có", "TB 14"))
    assert again.calendar.is_working(date(2026, 11, 25))
    again.close()


@pytest.mark.parametrize(("reason", "source", "field"), [("", "TB 1", "reason"), ("Mất điện", " ", "source")])
def test_a_decision_without_reason_or_source_is_refused(
    desk: Desk, reason: str, source: str, field: str
) -> None:
    with pytest.raises(UserFacingError) as told:
        decide_day(desk, decision("2026-11-25", "off", reason, source))
    assert (told.value.problem.number, told.value.problem.field) == ("MC-202", field)
    assert desk.calendar.is_working(date(2026, 11, 25))


@pytest.mark.parametrize(
    ("reason", "source", "field"), [("Mất điện 😀", "TB 1", "reason"), ("Mất điện", "TB 漢", "source")]
)
def test_a_decision_that_no_sheet_can_print_is_refused_and_nothing_is_written(
    desk: Desk, reason: str, source: str, field: str
) -> None:
    with desk.store.read() as connection:
        before = connection.execute("SELECT count(*) FROM event").fetchone()
    with pytest.raises(UserFacingError) as told:
        decide_day(desk, decision("2026-11-25", "off", reason, source))
    assert (told.value.problem.number, told.value.problem.field) == ("MC-191", field)
    with desk.store.read() as connection:
        assert connection.execute("SELECT count(*) FROM event").fetchone() == before


def test_the_special_days_of_a_year_are_listed_in_order_with_their_sources(desk: Desk) -> None:
    decide_day(desk, decision("2026-11-25"))
    days = special_days(desk, 2026)
    assert [day.date for day in days] == sorted({day.date for day in days})
    kinds = {day.date: day.kind for day in days}
    assert (kinds[date(2026, 8, 22)], kinds[date(2026, 11, 24)], kinds[date(2026, 11, 25)]) == (
        DayKind.WORK,
        DayKind.OFF,
        DayKind.OFF,
    )
    assert date(2026, 11, 21) not in kinds
    assert all(day.reason and day.source for day in days)


def test_what_a_new_count_would_give_is_told_and_nothing_is_moved(desk: Desk, three: list[str]) -> None:
    off = decision("2026-11-25")
    codes = decide_day(desk, off)
    (one,) = moving(desk, codes, recount_reason(off))

    assert (one.code, one.full_name, one.given) == (three[1], "Vàng A Dế", "2026-11-26T17:00:00+07:00")
    assert one.counted == "2026-11-27T17:00:00+07:00" and one.moves
    assert find_dossier(desk, three[1]).due_at == one.given
    assert recount(desk, codes, recount_reason(off))[0].due_at == one.counted
    assert [again.moves for again in moving(desk, codes, recount_reason(off))] == [False]


def test_the_open_dossiers_of_a_day_decided_earlier_are_found_again(desk: Desk, three: list[str]) -> None:
    assert concerned(desk, date(2026, 11, 25)) == decide_day(desk, decision("2026-11-25")) == [three[1]]


def test_a_make_up_day_moves_no_given_date(desk: Desk, three: list[str]) -> None:
    on = decision("2026-11-21", "work", "Làm bù")
    codes = decide_day(desk, on)
    assert [(one.code, one.moves) for one in moving(desk, codes, recount_reason(on))] == [(three[1], False)]


def test_a_dossier_that_cannot_be_counted_again_says_why_and_stays(desk: Desk, three: list[str]) -> None:
    off = decision("2026-11-25")
    codes = decide_day(desk, off)
    (one,) = moving(desk, codes, "  ")
    assert one.problem is not None and one.problem.number == "MC-171"
    assert not one.moves
