"""Receiving: what is refused, what is warned of, and which numbers a dossier gets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.numbers import read_key
from motcua_desktop.services.desk import Desk, change_office, init_desk, open_desk
from motcua_desktop.services.intake import Received, receive
from motcua_desktop.store import dossiers, ledger
from tests.desks import CLOCK
from tests.factories import BIRTH, COPIES, MARRIAGE_STATUS, NO_TERM, moment, office, person, submission


@contextmanager
def refused(number: str, field: str) -> Iterator[None]:
    with pytest.raises(UserFacingError) as told:
        yield
    assert (told.value.problem.number, told.value.problem.field) == (number, field)


def numbers(received: Received) -> list[str]:
    return [warning.number for warning in received.warnings]


def count(desk: Desk) -> int:
    with desk.store.read() as connection:
        return dossiers.count_of_day(connection, "2026-11-20")


def test_a_received_dossier_has_its_numbers_and_its_appointment(desk: Desk) -> None:
    received = receive(desk, submission(received_at=moment("2026-11-20T09:47:31")))
    dossier = received.dossier
    assert (dossier.code, dossier.key) == ("H18.11.05-261120-0001", "0501126112000016")
    assert (dossier.received_at, dossier.due_at) == ("2026-11-20T09:47:31+07:00", "2026-11-20T17:00:00+07:00")
    assert dossier.secret is not None
    assert len(dossier.secret) == 8
    assert dossier.secret.isdigit()
    assert dossier.applicant == person(phone="0912345678")
    assert numbers(received) == []


def test_dossiers_are_numbered_in_their_order_without_holes(desk: Desk) -> None:
    codes = []
    for n in range(12):
        if n % 3 == 1:
            with refused("MC-116", "procedure"):
                receive(desk, submission("9.999999"))
        codes.append(receive(desk, submission()).dossier.code[-4:])
    assert codes == [f"{n:04}" for n in range(1, 13)]
    assert len({read_key(receive(desk, submission()).dossier.key) for _ in range(3)}) == 3


def test_the_third_desk_counts_in_its_own_block(tmp_path: Any) -> None:
    desk = init_desk(tmp_path / "third", office(3))
    desk.now = lambda: CLOCK
    try:
        assert receive(desk, submission()).dossier.code == "H18.11.05-261120-3000"
        assert receive(desk, submission()).dossier.key.startswith("05013261120" + "0002")
    finally:
        desk.close()


def test_the_same_request_is_one_dossier_also_after_reopening(desk: Desk) -> None:
    first = receive(desk, submission(request_id="r-1")).dossier
    assert receive(desk, submission(request_id="r-1")).dossier == first
    assert receive(desk, submission(request_id="r-2")).dossier.id != first.id
    desk.close()
    again = open_desk(desk.store.path.parent)
    again.now = lambda: CLOCK
    try:
        assert receive(again, submission(request_id="r-1")).dossier == first
        assert count(again) == 2
    finally:
        again.close()


def test_the_same_request_from_two_hands_at_once_is_one_dossier(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Barrier(4)
    known = dossiers.by_request

    def slow(connection: Any, request_id: str) -> Any:
        found = known(connection, request_id)
        if not connection.in_transaction:
            gate.wait(timeout=20)  # nobody writes before all have looked
        return found

    monkeypatch.setattr(dossiers, "by_request", slow)
    made: list[str] = []
    hands = [
        threading.Thread(target=lambda: made.append(receive(desk, submission(request_id="r-1")).dossier.id))
        for _ in range(4)
    ]
    _ = desk.calendar, desk.catalogue
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(made) == 4
    assert len(set(made)) == 1
    assert count(desk) == 1


def test_many_hands_at_one_store_never_share_a_number(desk: Desk) -> None:
    codes: list[str] = []
    _ = desk.calendar, desk.catalogue

    def work() -> None:
        for _ in range(10):
            codes.append(receive(desk, submission()).dossier.code)

    hands = [threading.Thread(target=work) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(codes) == [f"H18.11.05-261120-{n:04}" for n in range(1, 41)]


def test_a_missing_paper_is_owed_and_with_strict_refused(desk: Desk) -> None:
    lacking = submission(BIRTH, documents=((1, 1, 0),))
    with pytest.raises(UserFacingError) as told:
        receive(desk, lacking, strict=True)
    assert (told.value.problem.number, told.value.problem.field) == ("MC-110", "documents")
    assert count(desk) == 0
    received = receive(desk, lacking)
    assert numbers(received) == ["MC-110"]
    assert len(received.dossier.owed) == 2
    other = person("Lò Văn Đức", "011080000404", birth_date="1980")
    assert numbers(receive(desk, submission(BIRTH, other), strict=True)) == []


def test_a_slip_from_the_past_counts_in_its_own_day(desk: Desk) -> None:
    receive(desk, submission())
    slip = receive(desk, submission(MARRIAGE_STATUS, received_at=moment("2026-11-19T08:05"))).dossier
    assert slip.code == "H18.11.05-261119-0001"
    assert slip.due_at == "2026-11-25T17:00:00+07:00"
    assert receive(desk, submission()).dossier.code == "H18.11.05-261120-0002"


def test_a_slip_of_another_zone_is_dated_on_the_vietnamese_clock(desk: Desk) -> None:
    given = datetime(2026, 11, 19, 17, 5, tzinfo=UTC)
    assert receive(desk, submission(received_at=given)).dossier.received_at == "2026-11-20T00:05:00+07:00"


@pytest.mark.parametrize("ahead", [timedelta(minutes=1, seconds=1), timedelta(days=1), timedelta(days=3650)])
def test_the_future_is_refused(desk: Desk, ahead: timedelta) -> None:
    with refused("MC-118", "received_at"):
        receive(desk, submission(received_at=CLOCK + ahead))
    assert receive(desk, submission(received_at=CLOCK + timedelta(seconds=59))).dossier.number == 1


@pytest.mark.parametrize("appointment", [None, moment("2026-11-20T17:29")])
def test_a_procedure_without_a_term_needs_an_appointment(desk: Desk, appointment: object) -> None:
    with refused("MC-114", "due_at"):
        receive(desk, submission(NO_TERM, appointment=appointment))
    given = moment("2026-12-04T09:00")
    assert receive(desk, submission(NO_TERM, appointment=given)).dossier.due_at == "2026-12-04T09:00:00+07:00"


def test_an_appointment_of_ones_own_changes_no_term_of_the_law(desk: Desk) -> None:
    given = moment("2027-12-04T09:00")
    assert receive(desk, submission(COPIES, appointment=given)).dossier.due_at == "2026-11-23T17:00:00+07:00"


@pytest.mark.parametrize("name", ["Nguyễn 😀", "Nguyễn \u0e01", "阮文安", "Nguyễn\u0301\u0323x"])
def test_a_name_that_no_sheet_can_show_is_refused_and_spends_no_number(desk: Desk, name: str) -> None:
    with refused("MC-191", "applicant.full_name"):
        receive(desk, submission(applicant=person(name)))
    assert receive(desk, submission()).dossier.number == 1


@pytest.mark.parametrize("field", ["address", "email", "phone"])
def test_nothing_that_no_sheet_can_show_gets_in_by_another_field(desk: Desk, field: str) -> None:
    with refused("MC-191", f"applicant.{field}"):
        receive(desk, submission(applicant=person(**{field: "😀"})))
    with refused("MC-191", f"representative.{field}"):
        receive(desk, submission(representative=person(**{field: "😀"}, authority="Giấy ủy quyền")))
    with refused("MC-191", "note"):
        receive(desk, submission(note="😀"))


@pytest.mark.parametrize(
    "name", ["H'Hen Niê", "Y Moan Ênuôl", "K'Brŏ Ƀlô", "Đặng", "Jean-Pierre Müller", "A" * 100]
)
def test_every_name_of_the_office_gets_in(desk: Desk, name: str) -> None:
    dossier = receive(desk, submission(applicant=person(name))).dossier
    assert dossier.applicant is not None
    assert dossier.applicant.full_name == name


@pytest.mark.parametrize(
    ("documents", "number", "field"),
    [
        (((1, 1, 0), (1, 1, 0)), "MC-129", "documents[1].item"),
        (((1, 0, 0),), "MC-129", "documents[0]"),
        (((1, 2, -1),), "MC-129", "documents[0]"),
        (((99, 1, 0),), "MC-117", "documents[0].item"),
        (((0, 1, 0),), "MC-117", "documents[0].item"),
    ],
)
def test_a_list_of_papers_that_cannot_be_is_refused(
    desk: Desk, documents: tuple[tuple[int, int, int], ...], number: str, field: str
) -> None:
    with refused(number, field):
        receive(desk, submission(documents=documents))


@pytest.mark.parametrize(
    ("change", "number", "field"),
    [
        ({"channel": "fax"}, "MC-125", "channel"),
        ({"return_by": "pigeon"}, "MC-125", "return_by"),
        ({"sets": 0}, "MC-123", "sets"),
        ({"sets": 100}, "MC-123", "sets"),
        ({"case": "không có"}, "MC-124", "case"),
        ({"applicant": person("")}, "MC-115", "applicant.full_name"),
        ({"applicant": person(id_number="01109100000")}, "MC-101", "applicant.id_number"),
        ({"applicant": person(id_number="01109100000x")}, "MC-101", "applicant.id_number"),
        ({"applicant": person(id_number="٠١١٠٩١٠٠٠٠٠١")}, "MC-101", "applicant.id_number"),
        ({"applicant": person(id_kind="visa")}, "MC-125", "applicant.id_kind"),
        ({"applicant": person(kind="robot")}, "MC-125", "applicant.kind"),
        ({"representative": person("")}, "MC-115", "representative.full_name"),
        ({"representative": person(id_number="1")}, "MC-101", "representative.id_number"),
        ({"received_at": moment("2019-01-01T08:00")}, "MC-116", "procedure"),
    ],
)
def test_what_cannot_be_is_refused_by_number_and_field(
    desk: Desk, change: dict[str, Any], number: str, field: str
) -> None:
    with refused(number, field):
        receive(desk, replace(submission(), **change))
    assert count(desk) == 0


def test_the_refusal_of_a_number_counts_its_digits(desk: Desk) -> None:
    with pytest.raises(UserFacingError) as told:
        receive(desk, submission(applicant=person(id_number="01109100000x")))
    assert told.value.problem.params == {"count": 11, "needed": 12}


@pytest.mark.parametrize(
    ("id_kind", "id_number"),
    [
        ("cmnd", "012345678"),
        ("cmnd", "011091000001"),
        ("passport", "AB12345678CD"),
        ("tax", "0100109106-001"),
        ("none", ""),
    ],
)
def test_other_papers_of_identity_are_taken(desk: Desk, id_kind: str, id_number: str) -> None:
    dossier = receive(desk, submission(applicant=person(id_kind=id_kind, id_number=id_number))).dossier
    assert dossier.applicant is not None
    assert dossier.applicant.id_number == id_number


def test_an_organisation_files_with_its_tax_number(desk: Desk) -> None:
    firm = person("Hợp tác xã Chè Shan Tả Phìn", "5600123456", kind="organisation", id_kind="tax", gender="")
    dossier = receive(desk, submission(applicant=firm)).dossier
    assert dossier.applicant == firm


def test_a_representative_needs_an_authority(desk: Desk) -> None:
    lacking = receive(
        desk, submission(representative=person("Lò Văn Đức", "011080000404", birth_date="1980"))
    )
    assert numbers(lacking) == ["MC-113"]
    given = person("Lò Văn Đức", "011080000404", birth_date="1980", authority="Giấy ủy quyền ngày 01/11/2026")
    whole = receive(desk, submission(MARRIAGE_STATUS, representative=given))
    assert numbers(whole) == []
    assert whole.dossier.representative == given


def test_an_online_form_at_the_counter_is_a_warning(desk: Desk) -> None:
    received = receive(desk, submission(BIRTH, documents=((1, 1, 0), (5, 1, 0), (7, 1, 0), (8, 1, 0))))
    assert numbers(received) == ["MC-126"]
    assisted = submission(
        BIRTH,
        person("Lò Thị Đức", "011180000404", gender="Nữ", birth_date="1980"),
        documents=((1, 1, 0), (5, 1, 0), (7, 1, 0), (8, 1, 0)),
        channel="assisted_online",
    )
    assert numbers(receive(desk, assisted)) == []


def test_a_procedure_that_passes_the_desk_by_is_a_warning(desk: Desk) -> None:
    passing = next(p for p in desk.catalogue.in_force(CLOCK.date()) if not p.at_counter)
    papers = tuple((paper.item, 1, 0) for paper in passing.always_needed())
    given = submission(passing.code, documents=papers, appointment=moment("2027-12-01T09:00"))
    assert "MC-127" in numbers(receive(desk, given))


def test_a_date_in_an_unpublished_year_is_said_to_be_provisional(desk: Desk) -> None:
    received = receive(
        desk, submission("1.001699", documents=((1, 1, 0), (4, 1, 0)), received_at=moment("2026-11-20T08:00"))
    )
    assert numbers(received) == []
    late = receive(
        desk,
        submission(
            "1.013978", case="xã miền núi, biên giới, đảo; vùng có điều kiện kinh tế - xã hội khó khăn"
        ),
    )
    assert numbers(late) == ["MC-110"]
    assert late.dossier.provisional_year is None


def test_a_desk_that_has_used_up_its_day_refuses_and_keeps_what_it_has(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(desk, submission())
    monkeypatch.setattr(dossiers, "last_number", lambda *_: 9_999)
    with pytest.raises(UserFacingError) as told:
        receive(desk, submission())
    assert told.value.problem.number == "MC-180"
    monkeypatch.undo()
    assert receive(desk, submission()).dossier.number == 2


def test_the_ledger_holds_no_personal_word_outside_the_particulars(desk: Desk) -> None:
    receive(
        desk, submission(BIRTH, note="ghi chú riêng", representative=person("Lò Văn Đức", "011080000404"))
    )
    with desk.store.read() as connection:
        bodies = repr([event.body for _, event in ledger.all_events(connection)])
    assert [
        w for w in ("Vàng", "011091000001", "0912345678", "Lò Văn", "ghi chú", "Bản Tả Phìn") if w in bodies
    ] == []


def test_the_secrets_of_two_dossiers_have_nothing_to_do_with_each_other(desk: Desk) -> None:
    secrets = [receive(desk, submission()).dossier.secret for _ in range(30)]
    assert len(set(secrets)) == 30


def test_a_request_said_again_for_something_else_is_refused_and_gives_nothing_away(desk: Desk) -> None:
    first = submission(request_id="r-1", received_at=moment("2026-11-20T09:47"))
    receive(desk, first)
    for change in (
        {"procedure": MARRIAGE_STATUS},
        {"applicant": person("Lò Văn Đức", "011080000404")},
        {"representative": person()},
        {"documents": ((1, 2, 0),)},
        {"note": "khác"},
        {"received_at": moment("2026-11-20T09:48")},
        {"sets": 2},
    ):
        with pytest.raises(UserFacingError) as told:
            receive(desk, replace(first, **change))
        assert (told.value.problem.number, told.value.problem.field) == ("MC-157", "request_id")
        assert told.value.problem.params == {"text": "r-1"}
    assert count(desk) == 1


def test_the_same_person_with_the_same_wish_is_a_warning(desk: Desk) -> None:
    first = receive(desk, submission())
    again = receive(desk, submission())
    assert (numbers(first), numbers(again)) == ([], ["MC-112"])
    assert again.warnings[0].field == "applicant.id_number"
    assert again.warnings[0].params["code"] == first.dossier.code


def test_a_number_that_contradicts_the_form_is_told_once(desk: Desk) -> None:
    woman = submission(applicant=person(gender="Nữ"))
    received = receive(desk, woman)
    assert [(w.number, w.field) for w in received.warnings] == [("MC-102", "applicant.id_number")]
    told = replace(woman, procedure=BIRTH, documents=(), warnings=received.warnings)
    assert numbers(receive(desk, told)).count("MC-102") == 1


@pytest.mark.parametrize(
    ("given", "possible"),
    [
        ("2026-11-28T09:00", "2026-11-30T07:30"),
        ("2026-11-27T12:15", "2026-11-27T13:30"),
        ("2026-11-27T05:00", "2026-11-27T07:30"),
        ("2027-01-01T09:00", "2027-01-04T07:30"),
    ],
)
def test_an_appointment_when_nobody_is_there_is_refused_with_the_next_moment(
    desk: Desk, given: str, possible: str
) -> None:
    with pytest.raises(UserFacingError) as told:
        receive(desk, submission(NO_TERM, appointment=moment(given)))
    assert (told.value.problem.number, told.value.problem.field) == ("MC-159", "due_at")
    assert told.value.problem.params["possible"] == moment(possible)


def test_an_appointment_in_an_unpublished_year_is_provisional(desk: Desk) -> None:
    year = next(year for year in range(2027, 2040) if not desk.calendar.is_published(year))
    received = receive(
        desk, submission(NO_TERM, appointment=moment(f"{year}-06-15T09:00").replace(day=_weekday(year)))
    )
    assert received.dossier.provisional_year == year
    assert "MC-151" in numbers(received)


def _weekday(year: int) -> int:
    return next(day for day in range(10, 17) if datetime(year, 6, day).weekday() == 2)


def test_an_appointment_that_is_not_used_is_told(desk: Desk) -> None:
    assert numbers(receive(desk, submission(appointment=moment("2027-12-01T09:00")))) == ["MC-161"]


def test_settings_changed_by_a_command_reach_an_open_desk(desk: Desk) -> None:
    other = open_desk(desk.store.path.parent)
    other.now = lambda: CLOCK
    change_office(other, {"officer": "Lường Văn Hoan", "return_at": "16:00"})
    other.close()
    dossier = receive(desk, submission()).dossier
    assert (dossier.officer, dossier.due_at) == ("Lường Văn Hoan", "2026-11-23T16:00:00+07:00")
