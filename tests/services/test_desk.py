"""Making and opening a desk, its check-up, and what is known of people."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from motcua_desktop.domain.clock import now_ms
from motcua_desktop.domain.errors import EnvironmentFault, UserFacingError
from motcua_desktop.services import desk as desks
from motcua_desktop.services.calendar import decide_day
from motcua_desktop.services.checkup import check, rebuild
from motcua_desktop.services.desk import Desk, change_office, init_desk, open_desk
from motcua_desktop.services.external import give_external_code
from motcua_desktop.services.finding import known_person, same_open_dossier, search, usage
from motcua_desktop.services.intake import receive
from motcua_desktop.store.store import Store
from tests.desks import KEY, dump
from tests.factories import BIRTH, COPIES, decision, moment, office, person, submission


@contextmanager
def fault(number: str) -> Iterator[None]:
    with pytest.raises(EnvironmentFault) as told:
        yield
    assert told.value.problem.number == number


def test_a_desk_is_made_once_and_left_alone_afterwards(desk: Desk) -> None:
    receive(desk, submission())
    folder = desk.store.path.parent
    with fault("MC-206"):
        init_desk(folder, office(2))
    again = open_desk(folder)
    assert (again.office, again.chain) == (desk.office, desk.chain)
    assert len(search(again, "vang")) == 1
    again.close()


def test_where_there_is_no_desk_none_is_opened_and_none_is_made(tmp_path: Path) -> None:
    with fault("MC-207"):
        open_desk(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_desk_whose_making_was_cut_off_is_made_by_asking_again(tmp_path: Path) -> None:
    Store(tmp_path / desks.STORE_NAME).close()
    with fault("MC-207"):
        open_desk(tmp_path)
    init_desk(tmp_path, office()).close()
    open_desk(tmp_path).close()


def test_a_folder_that_cannot_be_made_is_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with fault("MC-135"):
        init_desk(tmp_path / "file" / "desk", office())


@pytest.mark.parametrize("key", ["ab", "x" * 64, "ab" * 33, " "])
def test_a_key_that_is_none_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv(desks.KEY_VARIABLE, key)
    with fault("MC-208"):
        init_desk(tmp_path / "desk", office())
    assert not (tmp_path / "desk" / desks.STORE_NAME).exists()


def test_a_locked_desk_opens_with_its_key_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(desks.KEY_VARIABLE, KEY)
    init_desk(tmp_path, office()).close()
    open_desk(tmp_path).close()
    monkeypatch.setenv(desks.KEY_VARIABLE, "cd" * 32)
    with fault("MC-211"):
        open_desk(tmp_path)
    monkeypatch.delenv(desks.KEY_VARIABLE)
    with fault("MC-211"):
        open_desk(tmp_path)


def problems(desk: Desk) -> dict[str, str]:
    return {item.name: item.problem.number for item in check(desk) if item.problem is not None}


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9 << 40, 0, 9 << 40))


@pytest.mark.usefixtures("roomy")
def test_a_sound_desk_has_nothing_to_say(desk: Desk) -> None:
    desk.now = lambda: desks.machine_clock().replace(year=2026, month=6)
    receive(desk, submission(received_at=moment("2026-11-20T09:00").replace(month=5)))
    assert [item.name for item in check(desk)][:2] == ["database", "ledger"]
    assert set(problems(desk)) <= {"clock"}


@pytest.mark.usefixtures("roomy")
def test_a_year_without_a_calendar_is_said_in_november(desk: Desk) -> None:
    desk.now = lambda: moment("2026-10-31T08:00")
    assert "calendar" not in problems(desk)
    desk.now = lambda: moment("2026-11-01T08:00")
    assert problems(desk)["calendar"] == "MC-151"


def test_a_full_disk_a_wrong_clock_and_a_broken_chain_are_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9 << 40, 9 << 40, 1 << 30))
    monkeypatch.setattr("motcua_desktop.services.clock.now_ms", lambda: now_ms() - 3_600_000)
    with desk.store.write() as transaction:
        transaction.execute("DROP TRIGGER event_is_never_changed")
        transaction.execute("UPDATE event SET officer = 'x'")
        transaction.execute("UPDATE delivery SET state = 'refused'")
    found = problems(desk)
    assert (found["disk"], found["clock"], found["ledger"]) == ("MC-130", "MC-150", "MC-137")
    assert found["outbox"] == "MC-140"


def test_a_clock_that_ran_backwards_stops_an_intake_by_the_clock_but_not_a_slip(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua_desktop.services.clock.now_ms", lambda: now_ms() - 3_600_000)
    with fault("MC-150"):
        receive(desk, submission())
    assert receive(desk, submission(received_at=moment("2026-11-20T09:00"))).dossier.number == 1


def test_rebuilding_a_working_desk_changes_nothing(desk: Desk) -> None:
    for n in range(5):
        dossier = receive(desk, submission(COPIES if n % 2 else BIRTH, request_id=f"r-{n}")).dossier
        give_external_code(desk, dossier.code, "Cổng", f"G15-{n}")
    decide_day(desk, decision("2026-11-25"))
    before = dump(desk.store)
    assert rebuild(desk) == 12
    assert dump(desk.store) == before


def test_who_was_here_before_is_known_by_the_number_alone(desk: Desk) -> None:
    desk.now = lambda: moment("2026-11-20T10:00")
    receive(
        desk,
        submission(COPIES, person("Vàng A Dế", address="Nơi cũ"), received_at=moment("2026-11-19T08:00")),
    )
    receive(desk, submission(BIRTH, person("Vàng A Dế", address="Nơi mới")))
    known = known_person(desk, "011091000001")
    assert known is not None
    assert (known.times, known.open, known.person.address) == (2, 2, "Nơi mới")
    assert known_person(desk, "011091000002") is None
    same = same_open_dossier(desk, "011091000001", COPIES)
    assert same is not None
    assert same.code == "H18.11.05-261119-0001"
    assert same_open_dossier(desk, "011091000001", "1.000656") is None
    assert usage(desk) == {COPIES: 1, BIRTH: 1}


def test_a_password_never_enters_the_settings(desk: Desk, tmp_path: Path) -> None:
    for change in (
        lambda: change_office(desk, {"hub": "https://ai:bimat@huyen.example"}),
        lambda: init_desk(tmp_path / "other", office(hub="https://ai:bimat@huyen.example")),
    ):
        with pytest.raises(UserFacingError) as told:
            change()
        assert told.value.problem.number == "MC-147"
    assert not (tmp_path / "other").exists()
    assert desk.office.hub is None
    assert change_office(desk, {"hub": "https://huyen.example"}).hub == "https://huyen.example"


def test_looking_does_not_wait_for_whoever_writes(desk: Desk) -> None:
    receive(desk, submission())
    with desk.store.write():
        looking = open_desk(desk.store.path.parent)
        try:
            assert len(search(looking, "vang")) == 1
        finally:
            looking.close()


def test_a_new_folder_is_for_its_owners_eyes_only(tmp_path: Path) -> None:
    init_desk(tmp_path / "new", office()).close()
    assert os.name != "posix" or (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_lists_that_differ_from_the_ledger_are_said_and_mended(desk: Desk) -> None:
    receive(desk, submission())
    with desk.store.write() as transaction:
        transaction.execute("UPDATE dossier SET full_name = 'x'")
    assert problems(desk)["derived"] == "MC-164"
    rebuild(desk)
    assert "derived" not in problems(desk)
