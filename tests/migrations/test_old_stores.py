"""Stores of every released schema: they open, hold together, and say what they said when they were written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua_desktop.domain.dossier import Status, Verb
from motcua_desktop.services import checkup
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.desk import KEY_VARIABLE, Desk, open_desk
from motcua_desktop.services.finding import search
from motcua_desktop.services.intake import receive
from motcua_desktop.services.register import register_lines
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.store import ledger
from motcua_desktop.store.schema import LATEST
from tests.desks import CLOCK, dump
from tests.factories import MARRIAGE_STATUS, person, submission
from tests.migrations.make_store_v1 import NOON_MS
from tests.register_year import has_no_gap

HERE = Path(__file__).parent


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The desk whose store was written by schema version 1."""
    yield from opened(tmp_path, monkeypatch, "store-v1.db")


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The desk whose store was written by schema version 2."""
    yield from opened(tmp_path, monkeypatch, "store-v2.db")


def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[Desk]:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    for module in ("services.clock", "domain.clock"):  # the day after, whatever the day of this run
        monkeypatch.setattr(f"motcua_desktop.{module}.now_ms", lambda: NOON_MS + 24 * 3600 * 1000)
    shutil.copy(HERE / name, tmp_path / "motcua.db")
    desk = open_desk(tmp_path)
    desk.now = lambda: CLOCK
    yield desk
    desk.close()


def test_every_schema_up_to_this_one_has_its_store_here() -> None:
    assert sorted(path.stem for path in HERE.glob("store-v*.db")) == [
        f"store-v{n + 1}" for n in range(LATEST)
    ]


def test_an_old_store_opens_and_its_chain_holds(old: Desk) -> None:
    with old.store.read() as connection:
        assert list(ledger.faults(connection)) == []
        assert connection.execute("PRAGMA user_version").fetchone()[0] == LATEST
    assert {item.name: item.problem for item in checkup.check(old)}["database"] is None


def test_an_old_store_says_what_it_said(old: Desk) -> None:
    told = {
        line.code[-4:]: (line.full_name, line.procedure, line.due_at)
        for line in search(old, "H18.11.05-261120")
    }
    assert told == {
        "0001": ("Vàng A Dế", "2.000815", "2026-11-20T17:00:00+07:00"),
        "0002": ("", "1.001193", "2026-11-20T17:00:00+07:00"),
        "0003": ("Đặng Thị Thúy", "1.004873", "2026-11-26T17:00:00+07:00"),
    }
    for text in ("vang a de", "5678", "G15.9-261120-7001", "thuý", "0501126112000016"):
        assert len(search(old, text)) == 1
    assert search(old, "hhen") == []


def test_making_an_old_store_anew_from_its_ledger_changes_nothing(old: Desk) -> None:
    before = dump(old.store)
    assert checkup.rebuild(old) == 10
    assert dump(old.store) == before


def test_work_goes_on_in_an_old_store(old: Desk) -> None:
    assert receive(old, submission()).dossier.code == "H18.11.05-261120-0004"
    third = person("Đặng Thị Thúy", "011191000003")
    assert receive(old, submission(MARRIAGE_STATUS, third, request_id="r-3")).dossier.number == 3
    assert checkup.rebuild(old) == 11


def test_in_an_old_store_the_books_go_on_behind_what_was_received_before_there_were_any(old: Desk) -> None:
    before = register_lines(old, 2026)
    assert [line.entry for line in before] == [1, 2, 3]
    received = receive(old, submission()).dossier
    assert (received.book, received.entry) == ("1/2026", 4)
    assert has_no_gap(register_lines(old, 2026))


def test_a_dossier_of_an_old_store_can_live_on(old: Desk) -> None:
    code = "H18.11.05-261120-0001"
    for wanted in (Act(Verb.HAND_OVER, to="Tư pháp"), Act(Verb.FINISH), Act(Verb.RETURN)):
        done = act(old, code, wanted)
    assert done.dossier.status is Status.RETURNED
    assert list(checkup.check(old))[2].problem is None


def test_a_life_told_by_the_second_schema_is_told_the_same_today(second: Desk) -> None:
    first = find_dossier(second, "H18.11.05-261120-0001")
    assert [str(step.verb) for step in first.acts] == [
        *("hand-over", "ask-papers", "papers-complete", "finish", "paid", "return", "take-back"),
    ]
    assert (first.status, first.paid_vnd, first.result, first.entry) == (Status.FINISHED, 15_000, "12/GXN", 1)
    assert first.due_at == "2026-11-26T17:00:00+07:00"
    before = dump(second.store)
    assert checkup.rebuild(second) == 12
    assert dump(second.store) == before
