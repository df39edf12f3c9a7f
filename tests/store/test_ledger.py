"""The ledger: append-only, chained, and everything derived follows in the same transaction."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

import pytest

from motcua_desktop.domain.clock import now_ms
from motcua_desktop.domain.dossier import Kind
from motcua_desktop.domain.errors import Bug, EnvironmentFault
from motcua_desktop.domain.event import FIRST_HASH, Draft
from motcua_desktop.store import derived, dossiers, health, ledger
from motcua_desktop.store.connection import Connection, refuse_share
from motcua_desktop.store.ledger import ChainFault
from motcua_desktop.store.store import Store, own_chain
from tests.desks import CHAIN, OFFICER, WHEN, Shelf, append, dump, intake_draft, more
from tests.factories import code_body, office, sheet_body

TRIGGERS = ("event_is_never_changed", "event_is_never_deleted")
CHANGES = (
    "id = 'x'",
    "prev = 'x'",
    "hash = 'x'",
    "at = at + 1",
    "happened_at = '2020-01-01'",
    "after = '[\"x\"]'",
    "officer = 'Ai đó'",
    "dossier = 'x'",
    "kind = 'void'",
    "body = '{}'",
    "body = '{'",
    "body = '[]'",
    "body = replace(body, 'Chứng thực', 'Khai sinh')",
    "after = 'null'",
)


def faults(store: Store) -> list[ChainFault]:
    with store.read() as connection:
        return list(ledger.faults(connection))


@pytest.fixture
def written(shelf: Shelf) -> Shelf:
    """A closed store with five dossiers in it."""
    opened = shelf.open()
    append(opened, *(intake_draft(number) for number in range(1, 6)))
    opened.close()
    return shelf


def spoiled(shelf: Shelf, *statements: str) -> list[ChainFault]:
    """What the check finds in a copy to which this was done behind the program's back."""
    copy = shelf.copied("spoiled")
    raw = copy.raw()
    raw.execute("PRAGMA foreign_keys = OFF")
    for trigger in TRIGGERS:
        raw.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        raw.execute(statement)
    raw.close()
    opened = copy.open()
    try:
        return faults(opened)
    finally:
        opened.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET officer = 'x'",
        "UPDATE event SET n = n + 100",
        "DELETE FROM event",
        "DELETE FROM event WHERE seq = 1",
        "INSERT OR REPLACE INTO event SELECT n, id, desk, seq, prev, hash, at, happened_at, after, 'x', "
        "dossier, kind, body FROM event WHERE seq = 1",
        "UPDATE OR REPLACE event SET seq = 2 WHERE seq = 1",
    ],
)
def test_nothing_written_can_be_changed_or_taken_away(store: Store, statement: str) -> None:
    append(store, intake_draft(1), intake_draft(2))
    with store.read() as connection:
        before = connection.execute("SELECT * FROM event").fetchall()
    with pytest.raises(Exception, match="append-only"), store.write() as transaction:
        transaction.execute(statement)
    with store.read() as connection:
        assert connection.execute("SELECT * FROM event").fetchall() == before


def test_each_event_names_the_one_before_it(store: Store) -> None:
    events = append(store, *(intake_draft(number) for number in range(1, 4)))
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.prev for event in events] == [FIRST_HASH, events[0].hash, events[1].hash]
    assert all(event.is_authentic() for event in events)
    assert [event.at for event in events] == sorted({event.at for event in events})
    with store.read() as connection:
        assert [read for _, read in ledger.all_events(connection)] == events
        assert ledger.events_by_id(connection, [events[2].id, events[0].id]) == [events[0], events[2]]
        assert ledger.events_of(connection, str(events[1].dossier)) == [events[1]]


def test_an_event_comes_after_what_the_dossier_then_held(store: Store) -> None:
    (first,) = append(store, intake_draft())
    (second,) = append(store, more(first, Kind.SHEET_DRAWN, sheet_body()))
    (third,) = append(store, more(first, Kind.SHEET_DRAWN, sheet_body(2)))
    assert (first.after, second.after, third.after) == ((), (first.id,), (second.id,))


def test_the_clock_never_runs_back_though_the_machine_does(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    walls = iter([2_000_000_000_000, 1_000_000_000_000, 1_000_000_000_001])
    monkeypatch.setattr("motcua_desktop.domain.clock.now_ms", lambda: next(walls))
    with store.write() as transaction:
        events = [ledger.append(transaction, CHAIN, intake_draft_at(n)) for n in (1, 2, 3)]
    assert [event.at for event in events] == sorted({event.at for event in events})


def intake_draft_at(number: int) -> Draft:
    return Draft(Kind.DOSSIER_RECEIVED, intake_draft(number).body, WHEN, OFFICER, f"0199-{number}", None)


def test_an_unspoiled_chain_has_no_fault(written: Shelf) -> None:
    assert spoiled(written) == []


@pytest.mark.parametrize("change", CHANGES)
def test_an_altered_line_is_found(written: Shelf, change: str) -> None:
    assert ChainFault(CHAIN, 3, "altered") in spoiled(written, f"UPDATE event SET {change} WHERE seq = 3")


@pytest.mark.parametrize(
    "change",
    ["salt = replace(salt, substr(salt, 1, 1), 'f') || ''", "salt = 'zz'", "json = '{}'", "json = '{'"],
)
def test_altered_particulars_are_found(written: Shelf, change: str) -> None:
    statement = f"UPDATE particulars SET {change} WHERE event = (SELECT id FROM event WHERE seq = 3)"
    if "substr" in change:
        statement = statement.replace(change, "salt = '00112233445566778899aabbccddeeff'")
    assert spoiled(written, statement) == [ChainFault(CHAIN, 3, "altered")]


def test_a_missing_line_is_found(written: Shelf) -> None:
    assert spoiled(written, "DELETE FROM event WHERE seq = 3") == [ChainFault(CHAIN, 3, "missing")]


def test_a_missing_first_line_is_found(written: Shelf) -> None:
    assert spoiled(written, "DELETE FROM event WHERE seq <= 2") == [ChainFault(CHAIN, 1, "missing")]


def test_two_lines_that_changed_places_are_found(written: Shelf) -> None:
    found = spoiled(
        written,
        "UPDATE event SET seq = 99 WHERE seq = 2",
        "UPDATE event SET seq = 2 WHERE seq = 3",
        "UPDATE event SET seq = 3 WHERE seq = 99",
    )
    assert {fault.seq for fault in found} >= {2, 3}


def test_a_line_that_was_cut_out_with_the_numbers_closed_up_is_found(written: Shelf) -> None:
    found = spoiled(
        written, "DELETE FROM event WHERE seq = 3", "UPDATE event SET seq = seq - 1 WHERE seq > 3"
    )
    assert found[0] == ChainFault(CHAIN, 3, "altered")


def test_an_altered_line_behind_a_gap_is_found_too(written: Shelf) -> None:
    found = spoiled(
        written, "DELETE FROM event WHERE seq = 3", "UPDATE event SET officer = 'x' WHERE seq = 4"
    )
    assert found == [ChainFault(CHAIN, 3, "missing"), ChainFault(CHAIN, 4, "altered")]


def test_a_transaction_that_fails_leaves_nothing_behind(store: Store) -> None:
    append(store, intake_draft(1))
    before = dump(store)

    def interrupted(transaction: Connection) -> None:
        ledger.append(transaction, CHAIN, intake_draft(2))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.write() as transaction:
        interrupted(transaction)
    assert dump(store) == before
    with store.read() as connection:
        for table in ("event", "particulars", "delivery"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 1
    assert append(store, intake_draft(2))[0].seq == 2


def test_what_follows_from_an_event_is_there_as_soon_as_the_event_is(store: Store) -> None:
    with store.write() as transaction:
        event = ledger.append(transaction, CHAIN, intake_draft(7))
        (row,) = transaction.execute("SELECT id, number, full_name FROM dossier").fetchall()
        assert row == (event.dossier, 7, "Vàng A Dế")
        assert [line.id for line in dossiers.find(transaction, "vang de")] == [event.dossier]
        assert transaction.execute("SELECT event, state FROM delivery").fetchall() == [(event.id, "queued")]
        with store.read() as reader:
            assert reader.execute("SELECT count(*) FROM event").fetchone()[0] == 0
            assert dossiers.find(reader, "vang de") == []


def test_two_dossiers_of_one_request_from_two_desks_are_both_kept(store: Store) -> None:
    events = append(store, intake_draft(1, request_id="r-1"), intake_draft(2, request_id="r-1"))
    with store.read() as connection:
        assert dossiers.count_of_day(connection, "2026-11-20") == 2
        found = dossiers.by_request(connection, "r-1")
    assert found is not None
    assert found.id == events[0].dossier


def filled(store: Store) -> None:
    """Dossiers of every sort: reprinted, known elsewhere, mended, erased; an office and its decisions."""
    append(store, Draft(Kind.OFFICE_CONFIGURED, {"office": office().as_json()}, WHEN, OFFICER))
    first, second, third, fourth = append(
        store,
        intake_draft(1),
        intake_draft(2, {"applicant": {"full_name": "H'Hen Niê", "id_number": "066195000002", "phone": ""}}),
        intake_draft(3, {"representative": {"full_name": "Đặng Thị Thuý", "id_number": "011191000003"}}),
        intake_draft(4, due_at=None),
    )
    append(
        store,
        more(first, Kind.SHEET_DRAWN, sheet_body()),
        more(first, Kind.SHEET_DRAWN, sheet_body(2)),
        more(first, Kind.EXTERNAL_CODE_GIVEN, code_body("H18.11-261120-7001")),
        more(second, Kind.EXTERNAL_CODE_GIVEN, code_body("G15-1")),
        more(second, Kind.EXTERNAL_CODE_GIVEN, code_body("G15-2")),
        more(third, "of_a_newer_program", {"v": 9, "x": []}),
        more(
            first,
            Kind.DOSSIER_ACTED,
            {"verb": "hand-over", "to": "Tư pháp", "form": {"kind": "control", "book": "1/2026", "entry": 1}},
        ),
        more(first, Kind.DOSSIER_ACTED, {"verb": "paid", "amount": 15_000, "book": "1/2026", "entry": 1}),
        more(first, Kind.DOSSIER_ACTED, {"verb": "of-a-newer-program"}),
        more(fourth, Kind.DOSSIER_RECEIVED, {**intake_draft(4).body, "sets": 3}),
        Draft("office_event_of_a_newer_program", {"v": 9}, WHEN, OFFICER),
        Draft(
            Kind.CALENDAR_DECIDED,
            {"date": "2026-11-25", "kind": "off", "reason": "Mất điện", "source": "TB 1"},
            WHEN,
            OFFICER,
        ),
        Draft(
            Kind.CALENDAR_DECIDED,
            {"date": "2026-11-25", "kind": "work", "reason": "Có điện", "source": "TB 2"},
            WHEN,
            OFFICER,
        ),
        Draft(Kind.CATALOGUE_PUBLISHED, {"procedures": [], "ended": []}, WHEN, OFFICER),
        Draft(Kind.REGISTER_CLOSED, {"book": "1/2026", "month": 11}, WHEN, OFFICER),
        Draft("particulars_only", {"v": 1}, WHEN, OFFICER, None, {"note": "phiếu khảo sát"}),
    )
    with store.write() as transaction:
        ledger.erase_particulars(transaction, CHAIN, second.id, OFFICER, "Theo yêu cầu", WHEN)


def test_making_everything_derived_anew_changes_nothing(store: Store) -> None:
    filled(store)
    before = dump(store)
    assert {table: bool(rows) for table, rows in before.items()} == dict.fromkeys(before, True)
    for _ in range(2):
        with store.write() as transaction:
            derived.rebuild(transaction, list(ledger.all_events(transaction)))
        assert dump(store) == before


def test_lost_derived_tables_come_back_from_the_ledger(store: Store) -> None:
    filled(store)
    before = dump(store)
    with store.write() as transaction:
        for table in ("dossier", "external_code", "usage", "setting", "day_decision"):
            transaction.execute(f"DELETE FROM {table}")
    with store.write() as transaction:
        derived.rebuild(transaction, list(ledger.all_events(transaction)))
    assert dump(store) == before


def test_erased_particulars_are_found_by_nothing_and_the_chain_still_holds(store: Store) -> None:
    applicant = {"full_name": "Quàng Thị Xuân", "id_number": "011192349876", "phone": "0987654321"}
    other = intake_draft(2)
    event, _ = append(store, intake_draft(1, {"applicant": applicant, "note": "ghi chú riêng"}), other)
    asked = ("quang thi xuan", "xuan", "011192349876", "9876", "0987654321", "4321")
    with store.read() as connection:
        assert all(len(dossiers.find(connection, text)) == 1 for text in asked)
    with store.write() as transaction:
        erased = ledger.erase_particulars(transaction, CHAIN, event.id, OFFICER, "Theo yêu cầu", WHEN)
    assert (erased.kind, erased.officer, erased.body["ground"]) == (
        "particulars_erased",
        OFFICER,
        "Theo yêu cầu",
    )
    with store.read() as connection:
        assert [dossiers.find(connection, text) for text in asked] == [[]] * len(asked)
        assert dossiers.person(connection, "011192349876") is None
        (line,) = dossiers.find(connection, "H18.11.05-261120-0001")
        assert (line.full_name, line.id_number, line.phone) == ("", "", "")
        whole = dossiers.get(connection, line.id)
        assert whole is not None
        assert (whole.applicant, whole.secret, whole.note) == (None, None, None)
        rows = [
            connection.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("event", "dossier", "delivery")
        ]
        assert "Xuân" not in repr(rows)
        assert "349876" not in repr(rows)
    assert faults(store) == []
    before = dump(store)
    assert not [
        term for term, _ in before["search"] if term in ("quang", "xuan", "011192349876", "t9876", "t4321")
    ]
    with store.write() as transaction:
        derived.rebuild(transaction, list(ledger.all_events(transaction)))
    assert dump(store) == before


def test_what_was_erased_is_gone_from_the_bytes_of_the_file(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, None)
    store = shelf.open()
    applicant = {"full_name": "Quàng Thị Xuân", "id_number": "011192349876", "phone": "0987654321"}
    events = append(
        store, *(intake_draft(n) for n in range(2, 40)), intake_draft(1, {"applicant": applicant})
    )
    store.close()
    assert b"011192349876" in shelf.path.read_bytes()
    store = shelf.open()
    with store.write() as transaction:
        ledger.erase_particulars(transaction, CHAIN, events[-1].id, OFFICER, "Theo yêu cầu", WHEN)
    store.close()
    left = shelf.path.read_bytes()
    assert [
        word for word in (b"011192349876", b"0987654321", "Quàng".encode(), b"quang", b"xuan") if word in left
    ] == []


def test_erasing_from_an_event_that_does_not_exist_changes_nothing(store: Store) -> None:
    append(store, intake_draft(1))
    with pytest.raises(Bug), store.write() as transaction:
        ledger.erase_particulars(transaction, CHAIN, "unknown", OFFICER, "Theo yêu cầu", WHEN)
    assert len(dump(store)["dossier"]) == 1


def test_a_store_names_its_chain_once_and_for_ever(shelf: Shelf) -> None:
    names = set()
    for _ in range(2):
        store = shelf.open()
        with store.write() as transaction:
            names.add(own_chain(transaction, "H18.11.05", 1))
        store.close()
    (name,) = names
    assert name.startswith("H18.11.05#1-")


def test_the_clock_of_the_ledger_is_the_time_of_the_last_event(store: Store) -> None:
    with store.read() as connection:
        assert health.last_written_ms(connection) is None
    before = now_ms()
    append(store, intake_draft())
    with store.read() as connection:
        written = health.last_written_ms(connection)
        assert health.count_events(connection) == 1
        assert health.unsettled(connection) == {"queued": 1}
    assert written is not None
    assert before <= written <= now_ms()


def test_a_year_that_was_never_confirmed_does_not_carry_the_ledgers_clock_away(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = 365 * 24 * 3600 * 1000
    start = 1_795_000_000_000
    walls = iter([start, start + year, start + 1000])
    monkeypatch.setattr("motcua_desktop.domain.clock.now_ms", lambda: next(walls))
    events = append(store, intake_draft(1), intake_draft(2), intake_draft(3))
    assert [event.at >> 16 for event in events] == [start, start, start + 1000]
    with store.read() as connection:
        assert health.last_written_ms(connection) == start + 1000


def test_a_confirmed_clock_is_counted_from_though_the_ledger_keeps_its_order(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour, start = 3_600_000, 1_795_000_000_000
    walls = iter([start, start - hour])
    monkeypatch.setattr("motcua_desktop.domain.clock.now_ms", lambda: next(walls))
    events = append(store, intake_draft(1), Draft(Kind.CLOCK_CONFIRMED, {}, WHEN, OFFICER))
    assert events[0].at < events[1].at
    with store.read() as connection:
        assert health.last_written_ms(connection) == start - hour


@pytest.mark.parametrize("left", [0, 1, 4])
def test_an_end_that_was_cut_off_is_found(written: Shelf, left: int) -> None:
    found = spoiled(written, f"DELETE FROM event WHERE seq > {left}")
    assert found == [ChainFault(CHAIN, left + 1, "missing")]


def test_particulars_that_nobody_erased_are_missed(written: Shelf) -> None:
    statement = "DELETE FROM particulars WHERE event = (SELECT id FROM event WHERE seq = 2)"
    assert spoiled(written, statement) == [ChainFault(CHAIN, 2, "altered")]


def test_a_file_of_dossiers_is_for_its_owners_eyes_only(shelf: Shelf) -> None:
    shelf.open().close()
    assert os.name != "posix" or shelf.path.stat().st_mode & 0o777 == 0o600


def test_a_folder_on_another_computer_is_refused() -> None:
    for path in (PureWindowsPath(r"\\may-chu\chung\motcua.db"), PureWindowsPath("//may-chu/chung/motcua.db")):
        with pytest.raises(EnvironmentFault) as told:
            refuse_share(path)
        assert told.value.problem.number == "MC-163"
    refuse_share(PureWindowsPath(r"C:\Users\a\motcua.db"))
