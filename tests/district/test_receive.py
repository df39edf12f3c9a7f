"""What the district keeps, what it refuses, and what it remembers of either."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from motcua_desktop.district import holdings, problems
from motcua_desktop.district.database import Database
from motcua_desktop.district.receive import Reception, receive
from motcua_desktop.district.tables import CHAIN, DOSSIER, EVENT, PARTICULARS, REFUSED
from motcua_desktop.domain import clock
from motcua_desktop.domain.errors import HubRefusal
from motcua_desktop.domain.event import Draft, Event, Particulars, canonical
from motcua_desktop.store import ledger
from motcua_desktop.store.store import Store
from motcua_desktop.sync import wire
from motcua_desktop.sync.wire import Limits, pack, write_event
from tests.sync.desks import OFFICE, RECEIVED_AT, chain_of, intake, receive_dossiers, write

NOW = 1_795_000_000_000


def bring(district: Database, events: Sequence[Event]) -> Reception:
    return receive(district, pack(events, clock.uuid7(NOW)).data, Limits(), NOW)


def bring_lines(district: Database, like: Event, lines: Sequence[bytes]) -> Reception:
    """A batch with these very lines in it."""
    payload = b"".join(line.rstrip(b"\n") + b"\n" for line in lines)
    header = json.loads(pack([like], clock.uuid7(NOW)).data.partition(b"\n")[0])
    header |= {"count": len(lines), "size": len(payload), "sha256": sha256(payload).hexdigest()}
    return receive(district, canonical(header) + b"\n" + zlib.compress(payload), Limits(), NOW)


def said(reception: Reception) -> list[str]:
    """One word an event, the number for a refused one."""
    found = []
    for answer in reception.answers:
        problem: Any = answer.get("problem", {})
        found.append(problem.get("number", answer["answer"]))
    return found


def rows(district: Database, table: Any) -> list[Any]:
    with district.read() as connection:
        return list(connection.execute(select(table)))


def altered(event: Event, **fields: Any) -> bytes:
    return canonical({**json.loads(write_event(event)), **fields})


def test_an_event_is_kept_as_it_was_written_with_its_personal_data_beside_it(
    desk: Store, district: Database
) -> None:
    (event,) = receive_dossiers(desk, [1])
    assert said(bring(district, [event])) == ["accepted"]
    (kept,) = rows(district, EVENT)
    assert sha256(kept.json.encode()).hexdigest() == kept.hash == event.hash
    assert (kept.office, kept.desk, kept.seq, kept.dossier) == (OFFICE, event.desk, 1, event.dossier)
    assert "Vàng A Dế" not in kept.json
    (beside,) = rows(district, PARTICULARS)
    assert event.particulars is not None
    assert Particulars(beside.salt, json.loads(beside.json)) == event.particulars


def test_the_same_event_a_second_time_is_known_and_changes_nothing(desk: Store, district: Database) -> None:
    events = receive_dossiers(desk, [1, 2])
    bring(district, events)
    before = [rows(district, table) for table in (EVENT, PARTICULARS, DOSSIER, REFUSED)]
    assert said(bring(district, events)) == ["known", "known"]
    assert [rows(district, table) for table in (EVENT, PARTICULARS, DOSSIER, REFUSED)] == before


def test_an_event_twice_in_one_batch_is_kept_once(desk: Store, district: Database) -> None:
    (event,) = receive_dossiers(desk, [1])
    assert said(bring(district, [event, event])) == ["accepted", "known"]


def test_a_dossier_is_drawn_from_its_events(desk: Store, district: Database) -> None:
    (event,) = receive_dossiers(desk, [7])
    bring(district, [event])
    (dossier,) = holdings.dossiers(district, OFFICE)
    assert dossier.code == f"{OFFICE}-261120-0007"
    assert (dossier.status, dossier.received_at) == ("accepted", RECEIVED_AT)
    assert dossier.due_at == "2026-11-20T17:00:00+07:00"


def test_an_event_of_an_unknown_kind_is_kept_untouched(desk: Store, district: Database) -> None:
    body = {"v": 9, "anything": [1, None, "ưỡ"]}
    (event,) = write(desk, [Draft("a_kind_of_tomorrow", body, RECEIVED_AT, "Nhung", "some-dossier")])
    assert said(bring(district, [event])) == ["accepted"]
    assert json.loads(rows(district, EVENT)[0].json)["body"] == body
    assert rows(district, DOSSIER) == []


@pytest.mark.allow_log("cannot be drawn")
def test_a_dossier_of_a_newer_program_is_kept_and_marked(desk: Store, district: Database) -> None:
    (event,) = receive_dossiers(desk, [1])
    newer = replace(event, body={"code": "H18-1", "due_at": None}, particulars=None).sealed()
    assert said(bring(district, [newer])) == ["accepted"]
    (dossier,) = rows(district, DOSSIER)
    assert (dossier.code, dossier.status, dossier.needs_a_look) == ("H18-1", "unreadable", 1)


def test_bad_events_are_refused_by_number_and_hold_nobody_back(desk: Store, district: Database) -> None:
    one, two, three, four, five, six = receive_dossiers(desk, range(1, 7))
    lines = [
        write_event(one),
        altered(two, officer="Somebody Else"),
        altered(three, particulars={"salt": "00" * 16, "data": {"applicant": None}}),
        altered(four, colour="red"),
        altered(five, desk=f"{OFFICE}#2-ab12cd"),
        b"not json",
        write_event(six),
    ]
    reception = bring_lines(district, one, lines)
    assert said(reception) == [
        "accepted",
        problems.ALTERED,
        problems.OTHER_PARTICULARS,
        wire.NOT_AN_EVENT,
        problems.OTHER_CHAIN,
        wire.NOT_AN_EVENT,
        "accepted",
    ]
    assert {row.id for row in rows(district, EVENT)} == {one.id, six.id}
    assert [answer["id"] for answer in reception.answers[:4]] == [one.id, two.id, three.id, four.id]
    assert len(rows(district, REFUSED)) == 5


def test_the_same_id_with_another_content_is_refused_and_the_first_one_stays(
    desk: Store, district: Database
) -> None:
    (event,) = receive_dossiers(desk, [1])
    bring(district, [event])
    other = replace(event, officer="Somebody Else").sealed()
    assert said(bring(district, [other])) == [problems.OTHER_CONTENT]
    assert [row.hash for row in rows(district, EVENT)] == [event.hash]
    assert [row.hash for row in rows(district, REFUSED)] == [other.hash]


def test_a_refused_event_closes_its_place_in_the_chain(desk: Store, district: Database) -> None:
    one, two, three = receive_dossiers(desk, [1, 2, 3])
    bring_lines(district, one, [write_event(one), altered(two, officer="Else"), write_event(three)])
    assert bring(district, [one]).missing == []
    (chain,) = rows(district, CHAIN)
    assert chain.whole_to == 3


def test_a_gap_is_told_and_what_stands_behind_it_is_kept(desk: Store, district: Database) -> None:
    events = receive_dossiers(desk, range(1, 11))
    reception = bring(district, [events[3], events[8]])
    assert said(reception) == ["accepted", "accepted"]
    assert reception.missing == [(1, 3), (5, 8)]
    assert bring(district, events[:3]).missing == [(5, 8)]
    assert bring(district, events).missing == []
    assert rows(district, CHAIN)[0].whole_to == 10


def test_the_gaps_told_at_once_are_limited(desk: Store, district: Database) -> None:
    events = receive_dossiers(desk, range(1, 401))
    assert len(bring(district, events[1::2]).missing) == 100


def test_a_forked_chain_is_kept_and_told(desk: Store, district: Database) -> None:
    one, two, three = receive_dossiers(desk, [1, 2, 3])
    bring(district, [one, two, three])
    twin = replace(two, id=clock.uuid7(NOW), officer="Copy").sealed()
    after_twin = replace(three, id=clock.uuid7(NOW), seq=4, prev=twin.hash).sealed()
    reception = bring(district, [twin, after_twin])
    assert said(reception) == ["accepted", "accepted"]
    assert reception.forked == [2, 4]
    assert len(rows(district, EVENT)) == 5


def test_a_chain_without_faults_has_no_forks(desk: Store, district: Database) -> None:
    events = receive_dossiers(desk, range(5))
    assert bring(district, events[:3]).forked == []
    assert bring(district, events[2:]).forked == []


def erasure(desk: Store, event: Event) -> Event:
    chain = chain_of(desk)
    with desk.write() as connection:
        return ledger.erase_particulars(connection, chain, event.id, "Nhung", "request", RECEIVED_AT)


def test_erased_personal_data_are_gone_and_the_chain_holds(desk: Store, district: Database) -> None:
    (event,) = receive_dossiers(desk, [1])
    bring(district, [event])
    assert said(bring(district, [erasure(desk, event)])) == ["accepted"]
    assert rows(district, PARTICULARS) == []
    assert said(bring(district, [event])) == ["known"]
    assert rows(district, PARTICULARS) == []


@pytest.mark.parametrize("together", [True, False])
def test_personal_data_that_arrive_after_their_erasure_are_not_kept(
    desk: Store, district: Database, together: bool
) -> None:
    (event,) = receive_dossiers(desk, [1])
    gone = erasure(desk, event)
    if together:
        bring(district, [event, gone])
    else:
        bring(district, [gone])
        bring(district, [event])
    assert len(rows(district, EVENT)) == 2
    assert rows(district, PARTICULARS) == []


def test_an_office_cannot_touch_what_belongs_to_another(desk: Store, district: Database) -> None:
    (event,) = receive_dossiers(desk, [1])
    bring(district, [event])
    there = replace(event, desk="H18.11.06#1-ab12cd")
    copy = replace(there, officer="Else", particulars=None).sealed()
    draft = {"event": event.id, "ground": "none"}
    eraser = replace(copy, id=clock.uuid7(NOW), seq=2, kind="particulars_erased", body=draft).sealed()
    assert said(bring(district, [copy, eraser])) == ["accepted", "accepted"]
    assert len(rows(district, PARTICULARS)) == 1
    assert {row.office: row.hash for row in rows(district, EVENT) if row.seq == 1} == {
        OFFICE: event.hash,
        "H18.11.06": copy.hash,
    }


def test_a_batch_that_fails_half_way_leaves_nothing(
    desk: Store, district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = receive_dossiers(desk, [1, 2])

    def power_cut(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("motcua_desktop.district.receive._project", power_cut)
        with pytest.raises(OSError):
            bring(district, events)
    assert [rows(district, table) for table in (EVENT, PARTICULARS, CHAIN)] == [[], [], []]
    assert said(bring(district, events)) == ["accepted", "accepted"]


def test_numbers_that_no_table_can_hold_are_refused(desk: Store, district: Database) -> None:
    (event,) = receive_dossiers(desk, [1])
    lines = [altered(event, at=1 << 63), altered(event, seq=1 << 70)]
    assert said(bring_lines(district, event, lines)) == [wire.NOT_AN_EVENT] * 2
    assert bring(district, [event]).missing == []


def test_letters_that_no_encoding_can_hold_are_refused(desk: Store, district: Database) -> None:
    (event,) = receive_dossiers(desk, [1])
    fields = json.loads(write_event(event))
    lines = [json.dumps({**fields, name: "\ud800"}).encode() for name in ("officer", "kind", "id")]
    assert said(bring_lines(district, event, lines)) == [wire.NOT_AN_EVENT] * 3


def test_what_is_no_batch_leaves_no_trace(district: Database) -> None:
    with pytest.raises(HubRefusal):
        receive(district, b"rubbish", Limits(), NOW)
    assert [rows(district, table) for table in (EVENT, REFUSED, CHAIN)] == [[], [], []]


def test_offices_are_counted(desk: Store, district: Database) -> None:
    bring(district, receive_dossiers(desk, [1, 2]))
    bring(district, write(desk, [intake(3)]))
    (office,) = holdings.offices(district)
    assert (office.office, office.dossiers, office.events, office.refused, office.desks) == (
        OFFICE,
        3,
        3,
        0,
        1,
    )
    assert office.last_contact_ms == NOW
