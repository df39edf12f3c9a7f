"""Serving: only on this machine, stopped cleanly, and killed without loss."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from motcua_desktop.district import holdings
from motcua_desktop.district.database import Database
from motcua_desktop.district.problems import TEXTS
from motcua_desktop.district.server import EmbeddedDistrict, serve
from motcua_desktop.domain.errors import EnvironmentFault, NumberedError, UserFacingError
from motcua_desktop.services.sending import send_once
from motcua_desktop.store.store import Store
from tests.sync.desks import opened, receive_dossiers, states

ROOT = Path(__file__).resolve().parents[2]

# A district that dies without a word before, or right after, it has made the first batch durable.
MORTAL = """
import os, sys
sys.path.insert(0, sys.argv[1])
import motcua_desktop.district.app as app
from motcua_desktop.district.server import serve
whole = app.receive
def mortal(*arguments):
    if sys.argv[3] == "after":
        whole(*arguments)
    os._exit(9)
app.receive = mortal
serve("127.0.0.1:0", sys.argv[2], ready=lambda url: print(url, flush=True))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_district_killed_between_request_and_answer_keeps_each_dossier_once(
    desk: Store, store_url: str, moment: str
) -> None:
    receive_dossiers(desk, range(1, 6))
    command = [sys.executable, "-c", MORTAL, str(ROOT), store_url, moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        report = send_once(desk, process.stdout.readline().strip())
        assert process.wait(timeout=30) == 9
    assert (report.accepted, report.waiting) == (0, 5)
    assert report.problem is not None
    assert report.problem.number in ("MC-141", "MC-144")
    with EmbeddedDistrict(store_url) as district:
        assert len(holdings.offices(district.database)) == (moment == "after")
        assert send_once(desk, district.url).accepted == 5
        (office,) = holdings.offices(district.database)
    assert (office.dossiers, office.events) == (5, 5)
    assert states(desk) == {"accepted": 5}


def test_desks_that_send_at_the_same_time_do_not_disturb_each_other(store_url: str, tmp_path: Path) -> None:
    def one_desk(number: int) -> int:
        with opened(tmp_path / f"desk-{number}.db") as desk:
            receive_dossiers(desk, range(40))
            return send_once(desk, district.url).accepted

    with EmbeddedDistrict(store_url) as district, ThreadPoolExecutor(6) as together:
        assert list(together.map(one_desk, range(6))) == [40] * 6
        (office,) = holdings.offices(district.database)
    assert (office.dossiers, office.events, office.desks) == (240, 240, 6)


@pytest.mark.parametrize(
    "listen",
    ["0.0.0.0:8040", "192.168.1.5:8040", "[::]:8040", "hub.example:80", "127.0.0.1", ":1", "127.0.0.1:x"],
)
def test_any_address_but_this_machine_is_refused(listen: str, store_url: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        serve(listen, store_url)
    assert refused.value.problem.number == "DH-301"


def test_a_port_in_use_is_said_in_a_sentence(store_url: str, tmp_path: Path) -> None:
    with EmbeddedDistrict(store_url) as district, pytest.raises(UserFacingError) as refused:
        serve(district.url.removeprefix("http://"), f"sqlite:///{(tmp_path / 'other.db').as_posix()}")
    assert refused.value.problem.number == "DH-301"


def test_a_stopped_district_leaves_no_thread_and_can_be_closed_twice(store_url: str) -> None:
    before = threading.active_count()
    with EmbeddedDistrict(store_url) as district:
        assert threading.active_count() > before
    district.close()
    assert not any(thread.name == "district" for thread in threading.enumerate())


@pytest.mark.parametrize("url", ["postgresql://hub/motcua", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_a_store_that_this_version_cannot_use_is_refused(url: str) -> None:
    with pytest.raises(EnvironmentFault) as refused:
        Database(url)
    assert refused.value.problem.number == "DH-302"


def test_a_store_of_a_newer_program_is_left_alone(store_url: str, district: Database, tmp_path: Path) -> None:
    with district.write() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '2' WHERE name = 'schema'")
        connection.exec_driver_sql("DROP TABLE refused")
    district.close()
    assert number_of(store_url) == "DH-303"
    with pytest.raises(SQLAlchemyError), district.read() as connection:
        connection.exec_driver_sql("SELECT * FROM refused")
    district.close()


def test_a_place_out_of_reach_and_a_file_of_another_kind_are_told_apart(tmp_path: Path) -> None:
    assert number_of(f"sqlite:///{(tmp_path / 'nowhere' / 'x.db').as_posix()}") == "DH-304"
    letter = tmp_path / "letter.txt"
    letter.write_text("Kính gửi " * 200, encoding="utf-8")
    assert number_of(f"sqlite:///{letter.as_posix()}") == "DH-305"
    assert letter.read_text(encoding="utf-8") == "Kính gửi " * 200


def number_of(url: str) -> str:
    with pytest.raises(NumberedError) as refused:
        Database(url)
    assert TEXTS[refused.value.problem.number].format_map(dict(refused.value.problem.params))
    return refused.value.problem.number
