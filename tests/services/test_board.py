"""The deadline board: what is urgent comes first, and a clock that is paused does not run."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua_desktop.domain.dossier import Status, Verb
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.board import Left, Urgency, board, counts, groups, today, working_time_left
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.finding import known_units
from motcua_desktop.services.intake import receive
from tests.factories import COPIES, HOURS, MARRIAGE_STATUS, NO_TERM, calendar, moment, submission


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Dossiers due yesterday, today, on Wednesday and next month."""
    desk.now = lambda: moment("2026-11-20T10:00")
    receive(desk, submission(NO_TERM, appointment=moment("2026-12-24T09:00")))
    receive(desk, submission(MARRIAGE_STATUS, received_at=moment("2026-11-19T08:00")))
    receive(desk, submission(COPIES))
    receive(desk, submission(COPIES, received_at=moment("2026-11-19T08:00")))
    return desk


def set_status(desk: Desk, number: int, status: Status) -> None:
    with desk.store.write() as transaction:
        transaction.execute(
            "UPDATE dossier SET status = ?, open = ? WHERE code LIKE ?",
            (str(status), int(status not in (Status.RETURNED, Status.FINISHED)), f"%{number:04}"),
        )


def told(desk: Desk, at: str | None = None) -> list[tuple[Urgency, str]]:
    return [(line.urgency, line.dossier.code[-11:]) for line in board(desk, moment(at) if at else None)]


def test_the_board_puts_the_overdue_first_and_the_far_last(full: Desk) -> None:
    assert told(full) == [
        (Urgency.OVERDUE, "261119-0002"),
        (Urgency.TODAY, "261120-0002"),
        (Urgency.SOON, "261119-0001"),
        (Urgency.IN_TIME, "261120-0001"),
    ]


def test_as_time_goes_on_everything_becomes_urgent(full: Desk) -> None:
    assert [urgency for urgency, _ in told(full, "2026-11-20T17:00")][:2] == [Urgency.OVERDUE, Urgency.TODAY]
    assert [urgency for urgency, _ in told(full, "2026-11-20T17:01")][:2] == [
        Urgency.OVERDUE,
        Urgency.OVERDUE,
    ]
    assert {urgency for urgency, _ in told(full, "2027-01-04T08:00")} == {Urgency.OVERDUE}


@pytest.mark.parametrize("verb", [Verb.ASK_PAPERS, Verb.ASK_PAYMENT, Verb.VERIFY])
def test_a_paused_dossier_is_never_overdue_and_stands_last(full: Desk, verb: Verb) -> None:
    for wanted in (Act(Verb.HAND_OVER, to="Tư pháp"), Act(verb, reason="Thiếu giấy", to="Xã bên")):
        act(full, "H18.11.05-261119-0002", wanted)
    assert told(full, "2027-01-04T08:00")[-1] == (Urgency.PAUSED, "261119-0002")
    assert board(full)[-1].left is None
    assert today(full).overdue == 0


def test_what_is_done_is_no_longer_on_the_board(full: Desk) -> None:
    for number in (1, 2):
        set_status(full, number, Status.RETURNED)
    assert told(full) == []


def test_a_dossier_without_a_date_is_in_time(full: Desk) -> None:
    with full.store.write() as transaction:
        transaction.execute(
            "UPDATE dossier SET due_at = NULL, due_ms = NULL WHERE code = 'H18.11.05-261119-0002'"
        )
    line = next(line for line in board(full) if line.dossier.code.endswith("261119-0002"))
    assert (line.urgency, line.left) == (Urgency.IN_TIME, None)
    assert board(full)[-1].dossier == line.dossier


def test_the_board_ends_where_asked(full: Desk) -> None:
    assert [len(board(full, limit=limit)) for limit in (0, 1, 3, 4, 99)] == [0, 1, 3, 4, 4]


@pytest.mark.parametrize(
    ("now", "due_at", "left"),
    [
        ("2026-11-20T10:00", "2026-11-20T17:00", Left(0, 5, False)),
        ("2026-11-20T12:00", "2026-11-20T17:00", Left(0, 3, False)),
        ("2026-11-20T10:00", "2026-11-23T17:00", Left(1, 0, False)),
        ("2026-11-20T10:00", "2026-11-26T17:00", Left(3, 0, False)),
        ("2026-11-20T17:00", "2026-11-20T16:00", Left(0, 1, True)),
        ("2026-11-21T16:00", "2026-11-20T09:00", Left(0, 6, True)),
        ("2026-11-22T08:00", "2026-11-20T17:00", Left(0, 0, True)),
        ("2026-11-23T08:00", "2026-11-20T17:00", Left(1, 0, True)),
        ("2026-11-25T08:00", "2026-11-23T17:00", Left(1, 0, True)),
        ("2026-11-21T09:00", "2026-11-22T09:00", Left(0, 0, False)),
        ("2026-08-21T09:00", "2026-08-22T09:00", Left(1, 0, False)),
    ],
)
def test_time_left_counts_only_working_time(now: str, due_at: str, left: Left) -> None:
    assert working_time_left(moment(now), moment(due_at), calendar(), HOURS) == left


def test_the_counts_in_sight_are_those_of_the_day(full: Desk) -> None:
    counted = today(full)
    assert (counted.received, counted.overdue, counted.due_today) == (2, 1, 1)
    full.now = lambda: moment("2026-11-20T17:00") + timedelta(minutes=1)
    later = today(full)
    assert (later.received, later.overdue, later.due_today) == (2, 2, 0)


def test_counts_agree_with_what_a_whole_board_shows(full: Desk) -> None:
    for hour in (
        "2026-11-20T10:00",
        "2026-11-20T17:00",
        "2026-11-20T17:01",
        "2026-11-23T08:00",
        "2027-01-04T08:00",
    ):
        full.now = lambda hour=hour: moment(hour)  # type: ignore[misc]
        lines = board(full)
        assert counts(full) == {u: sum(line.urgency is u for line in lines) for u in Urgency}, hour


def test_paused_and_undated_dossiers_are_counted_where_they_stand(full: Desk) -> None:
    act(full, "H18.11.05-261119-0002", Act(Verb.HAND_OVER, to="Tư pháp"))
    act(full, "H18.11.05-261119-0002", Act(Verb.ASK_PAPERS, reason="Thiếu giấy"))
    with full.store.write() as transaction:
        transaction.execute("UPDATE dossier SET due_at = NULL, due_ms = NULL WHERE code LIKE '%261119-0001'")
    lines = board(full)
    assert counts(full) == {u: sum(line.urgency is u for line in lines) for u in Urgency}
    assert counts(full)[Urgency.PAUSED] == 1


def test_a_board_can_be_narrowed_to_a_field_and_to_who_holds_a_dossier(full: Desk) -> None:
    act(full, "H18.11.05-261119-0002", Act(Verb.HAND_OVER, to="Tư pháp"))
    found = groups(full)
    assert "Tư pháp" in found.holders and len(found.fields) >= 2
    assert [line.dossier.code[-11:] for line in board(full, holder="Tư pháp")] == ["261119-0002"]
    assert sum(counts(full, holder="Tư pháp").values()) == 1
    assert sum(len(board(full, field=name)) for name in found.fields) == len(board(full))
    assert board(full, field=found.fields[0], holder="Không ai") == []


def test_what_is_due_on_the_next_working_day_will_be_late_tomorrow(full: Desk) -> None:
    full.now = lambda: moment("2026-11-20T17:30")
    due = {line.dossier.code[-11:]: line.due_tomorrow for line in board(full)}
    assert due == {"261119-0002": False, "261120-0002": False, "261119-0001": False, "261120-0001": False}
    full.now = lambda: moment("2026-11-23T10:00")
    assert [line.dossier.code[-11:] for line in board(full) if line.due_tomorrow] == ["261119-0001"]


def test_units_that_dossiers_went_to_are_known_the_most_used_first(full: Desk) -> None:
    assert known_units(full) == []
    act(full, "H18.11.05-261119-0001", Act(Verb.HAND_OVER, to="Văn hóa"))
    for number in ("261119-0002", "261120-0001"):
        act(full, f"H18.11.05-{number}", Act(Verb.HAND_OVER, to="Tư pháp"))
    assert known_units(full) == ["Tư pháp", "Văn hóa"]
