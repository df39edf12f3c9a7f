"""The district over HTTP: its mark, its numbers, its limits, its log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from motcua_desktop.district import app as app_module
from motcua_desktop.district import problems
from motcua_desktop.district.server import EmbeddedDistrict
from motcua_desktop.domain import clock
from motcua_desktop.store.store import Store
from motcua_desktop.sync import wire
from motcua_desktop.sync.wire import CONTENT_TYPE, Limits, pack
from tests.sync.desks import receive_dossiers

SMALL = Limits(batch_bytes=20_000, batch_events=50)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedDistrict]:
    store = tmp_path_factory.mktemp("served") / "district.db"
    with EmbeddedDistrict(f"sqlite:///{store.as_posix()}", SMALL) as district:
        yield district


@pytest.fixture
def line(served: EmbeddedDistrict) -> Iterator[httpx2.Client]:
    with httpx2.Client(
        base_url=served.url, trust_env=False, headers={"Content-Type": CONTENT_TYPE}
    ) as client:
        yield client


def told(response: httpx2.Response, status: int, number: str) -> dict[str, Any]:
    """The reply, after looking at what every refusal carries."""
    reply: dict[str, Any] = response.json()
    assert (response.status_code, reply["problem"]["number"]) == (status, number)
    assert (reply["service"], reply["v"], reply["batch"]) == ("motcua-district", 1, None)
    assert reply["problem"]["text"]
    assert {"epoch", "time", "request"} <= reply.keys()
    return reply


def test_hello_says_who_answers_and_what_it_takes(served: EmbeddedDistrict, line: httpx2.Client) -> None:
    reply = line.get("/v1/hello").json()
    assert (reply["service"], reply["v"], reply["epoch"]) == ("motcua-district", [1], served.database.epoch)
    assert reply["limits"] == {"batch_bytes": 20_000, "batch_events": 50}


def test_an_epoch_outlives_the_process(store_url: str) -> None:
    with EmbeddedDistrict(store_url) as served:
        epoch = served.database.epoch
    with EmbeddedDistrict(store_url) as again:
        assert again.database.epoch == epoch
        assert again.database.begin_epoch() != epoch


def test_a_batch_is_answered_event_by_event(desk: Store, line: httpx2.Client) -> None:
    batch = pack(receive_dossiers(desk, [1, 2]), clock.uuid7(clock.now_ms()))
    reply = line.post("/v1/batches", content=batch.data).json()
    assert reply["batch"] == batch.id
    assert reply["answers"] == [{"id": each, "answer": "accepted"} for each in batch.events]
    assert (reply["missing"], reply["forked"]) == ([], [])


def test_a_long_answer_is_compressed_and_a_short_one_is_not(desk: Store, line: httpx2.Client) -> None:
    long = pack(receive_dossiers(desk, range(40)), clock.uuid7(clock.now_ms()))
    short = pack(receive_dossiers(desk, [41]), clock.uuid7(clock.now_ms()))
    assert line.post("/v1/batches", content=long.data).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in line.post("/v1/batches", content=short.data).headers


@pytest.mark.parametrize(
    ("kind", "status", "number"),
    [
        ("application/json", 415, wire.WRONG_TYPE),
        ("", 415, wire.WRONG_TYPE),
        ("application/vnd.motcua.batch; v=2", 400, wire.TOO_NEW),
        ("application/vnd.motcua.batch", 400, wire.UNREADABLE),
        (CONTENT_TYPE, 400, wire.UNREADABLE),
    ],
)
def test_what_is_not_a_batch_is_turned_away_by_number(
    line: httpx2.Client, kind: str, status: int, number: str
) -> None:
    told(line.post("/v1/batches", content=b"rubbish", headers={"Content-Type": kind}), status, number)


@pytest.mark.parametrize("length", [20_001, 5_000_000])
def test_a_batch_too_large_is_turned_away_before_it_is_looked_at(
    line: httpx2.Client, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    def parsed(*_: object) -> None:
        raise AssertionError("it was looked at")

    monkeypatch.setattr(app_module, "receive", parsed)
    told(line.post("/v1/batches", content=b"x" * length), 413, wire.TOO_LARGE)


def test_a_body_longer_than_announced_is_cut_off(line: httpx2.Client) -> None:
    pieces = (b"x" * 1_000 for _ in range(100))  # chunked: nothing is announced
    told(line.post("/v1/batches", content=pieces), 413, wire.TOO_LARGE)


def test_too_many_batches_at_once_are_asked_to_come_back(
    line: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "_BODIES_AT_ONCE", 0)
    response = line.post("/v1/batches", content=b"x")
    told(response, 503, problems.BUSY)
    assert int(response.headers["retry-after"]) > 0


@pytest.mark.allow_log("our own fault")
def test_a_fault_of_the_district_is_numbered_logged_and_does_not_end_it(
    line: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(app_module, "receive", broken)
        told(line.post("/v1/batches", content=b"x"), 500, problems.OWN_FAULT)
    assert line.get("/v1/hello").status_code == 200


def test_other_addresses_and_methods_are_numbered_too(line: httpx2.Client) -> None:
    told(line.get("/"), 404, problems.NO_SUCH_PAGE)
    told(line.get("/v1/batches"), 405, problems.NO_SUCH_PAGE)


def test_offices_are_listed(desk: Store, line: httpx2.Client) -> None:
    def counted() -> tuple[int, int]:
        offices = line.get("/v1/offices").json()["offices"]
        return next(((o["dossiers"], o["events"]) for o in offices if o["office"] == "H18.11.05"), (0, 0))

    dossiers, events = counted()
    line.post("/v1/batches", content=pack(receive_dossiers(desk, [1, 2]), clock.uuid7(clock.now_ms())).data)
    assert counted() == (dossiers + 2, events + 2)


def test_a_web_page_that_borrows_the_loopback_address_is_turned_away(line: httpx2.Client) -> None:
    told(line.get("/v1/offices", headers={"Host": "evil.example"}), 403, problems.NOT_HERE)
    assert line.get("/v1/offices", headers={"Host": "localhost:8040"}).status_code == 200
    assert line.get("/v1/offices", headers={"Host": "[::1]:8040"}).status_code == 200


def test_the_log_says_what_happened_and_nothing_of_people(
    desk: Store, line: httpx2.Client, caplog: pytest.LogCaptureFixture
) -> None:
    batch = pack(receive_dossiers(desk, [1, 2]), clock.uuid7(clock.now_ms()))
    with caplog.at_level(logging.INFO, logger="motcua_desktop"):
        reply = line.post("/v1/batches", content=batch.data).json()
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("motcua"))
    assert reply["request"] in said
    assert batch.id in said
    assert "Vàng" not in said
    assert "Nhung" not in said
