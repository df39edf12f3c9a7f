"""What every hub does, the one at the end of a line and the one that tests put in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from motcua_desktop.district.database import Database
from motcua_desktop.district.server import EmbeddedDistrict
from motcua_desktop.domain import clock
from motcua_desktop.domain.event import Event
from motcua_desktop.sync.http_hub import HttpHub
from motcua_desktop.sync.hub import ACCEPTED, KNOWN, REFUSED, Answer, Hub
from motcua_desktop.sync.wire import pack
from tests.sync.desks import opened, receive_dossiers
from tests.sync.direct import DirectHub


@pytest.fixture
def events(tmp_path: Path) -> Iterator[list[Event]]:
    with opened(tmp_path / "desk.db") as desk:
        yield receive_dossiers(desk, range(1, 6))


@pytest.fixture(params=["line", "direct"])
def hub(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hub]:
    store = f"sqlite:///{(tmp_path / 'district.db').as_posix()}"
    if request.param == "direct":
        database = Database(store)
        yield DirectHub(database)
        database.close()
    else:
        with EmbeddedDistrict(store) as district, HttpHub(district.url) as line:
            yield line


def send(hub: Hub, events: list[Event]) -> Answer:
    answer = hub.send(pack(events, clock.uuid7(clock.now_ms())))
    assert isinstance(answer, Answer)
    assert [each.id for each in answer.events] == [event.id for event in events]
    return answer


def words(answer: Answer) -> list[str]:
    return [each.answer for each in answer.events]


def test_new_events_are_accepted_and_known_ever_after(hub: Hub, events: list[Event]) -> None:
    assert words(send(hub, events[:3])) == [ACCEPTED] * 3
    assert words(send(hub, events)) == [KNOWN] * 3 + [ACCEPTED] * 2


def test_a_bad_event_is_refused_with_number_and_text_among_accepted_ones(
    hub: Hub, events: list[Event]
) -> None:
    bad = replace(events[1], officer="Somebody Else")
    answer = send(hub, [events[0], bad, events[2]])
    assert words(answer) == [ACCEPTED, REFUSED, ACCEPTED]
    assert answer.events[1].number == "DH-202"
    assert answer.events[1].text


def test_a_gap_is_named(hub: Hub, events: list[Event]) -> None:
    assert send(hub, [events[0], events[3]]).missing == ((2, 3),)
    assert send(hub, events).missing == ()


def test_every_answer_has_the_same_epoch_and_a_clock(hub: Hub, events: list[Event]) -> None:
    before = clock.now_ms()
    first, second = send(hub, events[:1]), send(hub, events)
    assert first.epoch == second.epoch != ""
    assert before - 1 <= first.time_ms <= second.time_ms <= clock.now_ms()
