"""What the sender makes of everything that can answer, or not answer, at the other end of a line."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx2
import pytest

from motcua_desktop.district import holdings
from motcua_desktop.district.server import EmbeddedDistrict
from motcua_desktop.domain import clock
from motcua_desktop.domain.address import is_loopback
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.services.sending import outbox, send_once, summary
from motcua_desktop.store.store import Store
from motcua_desktop.sync.http_hub import HttpHub
from motcua_desktop.sync.hub import Answer, Setback, Trouble
from motcua_desktop.sync.wire import Batch, Limits, pack
from tests.sync.desks import receive_dossiers, states
from tests.sync.lines import Relay, Reply, Stranger, http

HURRIED = httpx2.Timeout(0.1, connect=5.0)
PORTAL = "<html><body>Chào mừng đến với Wi-Fi miễn phí</body></html>".encode()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[EmbeddedDistrict]:
    with EmbeddedDistrict(f"sqlite:///{(tmp_path / 'district.db').as_posix()}") as district:
        yield district


@pytest.fixture
def batch(desk: Store) -> Batch:
    return pack(receive_dossiers(desk, [1, 2, 3]), clock.uuid7(clock.now_ms()))


def said(batch: Batch, /, **changed: Any) -> bytes:
    """A district's answer to the batch, changed as told."""
    answers = [{"id": each, "answer": "accepted"} for each in batch.events]
    whole = {
        "service": "motcua-district",
        "v": 1,
        "epoch": "e",
        "time": "2026-11-20T02:47:00.123+00:00",
        "batch": batch.id,
        "answers": answers,
        **changed,
    }
    return json.dumps(whole).encode()


def outcome(reply: Reply, batch: Batch, timeouts: httpx2.Timeout | None = None) -> Answer | Setback:
    with Stranger(reply) as stranger, HttpHub(stranger.url, timeouts or httpx2.Timeout(5.0)) as hub:
        return hub.send(batch)


def held(district: EmbeddedDistrict) -> list[str]:
    return [
        dossier.code
        for office in holdings.offices(district.database)
        for dossier in holdings.dossiers(district.database, office.office)
    ]


def test_a_districts_answer_is_believed(batch: Batch) -> None:
    answer = outcome(lambda _: http("200 OK", said(batch)), batch)
    assert isinstance(answer, Answer)
    assert [event.answer for event in answer.events] == ["accepted"] * 3
    assert answer.time_ms == 1_763_606_820_123 + 365 * 24 * 3600 * 1000


def test_a_compressed_answer_is_believed(batch: Batch) -> None:
    packed = gzip.compress(said(batch))
    assert isinstance(outcome(lambda _: http("200 OK", packed, Content_Encoding="gzip"), batch), Answer)


@pytest.mark.parametrize(
    "changed",
    [
        {"service": "another"},
        {"v": 2},
        {"batch": "01930000-0000-7000-8000-000000000000"},
        {"batch": None},
        {"answers": []},
        {"answers": None},
        {"answers": [{"id": "x", "answer": "accepted"}] * 3},
        {"epoch": ""},
        {"time": "yesterday"},
        {"time": "2026-11-20T02:47:00"},
        {"missing": [[1]]},
        {"missing": 3},
        {"forked": 3},
        {"forked": ["7"]},
        {"forked": [0]},
        {"missing": [[0, 1]]},
        {"missing": [[1, 1 << 64]]},
        {"missing": [["1", "2"]]},
    ],
)
def test_a_reply_that_is_not_about_this_batch_is_no_answer(batch: Batch, changed: dict[str, Any]) -> None:
    reply = http("200 OK", said(batch, **changed))
    assert outcome(lambda _: reply, batch) == Setback(Trouble.NOT_THE_HUB)


def test_a_refusal_without_a_number_is_no_answer(batch: Batch) -> None:
    answers = [{"id": each, "answer": "refused", "problem": {"text": "no"}} for each in batch.events]
    reply = http("200 OK", said(batch, answers=answers))
    assert outcome(lambda _: reply, batch) == Setback(Trouble.NOT_THE_HUB)


def test_an_answer_of_an_unknown_word_is_no_answer(batch: Batch) -> None:
    answers = [{"id": each, "answer": "perhaps"} for each in batch.events]
    assert outcome(lambda _: http("200 OK", said(batch, answers=answers)), batch) == Setback(
        Trouble.NOT_THE_HUB
    )


@pytest.mark.parametrize(
    "reply",
    [
        http("200 OK", PORTAL, "text/html; charset=utf-8"),
        http("200 OK", b"{}"),
        http("200 OK", b"[" * 100_000),
        http("200 OK", b""),
        http("302 Found", b"", Location="http://wifi.example/login"),
        http("307 Temporary Redirect", b"", Location="https://other.example/v1/batches"),
        http("511 Network Authentication Required", PORTAL, "text/html"),
        http("404 Not Found", PORTAL, "text/html"),
        http("500 Internal Server Error", b"oops", "text/plain"),
        http("204 No Content", b""),
        http("200 OK", b"not gzip", Content_Encoding="gzip"),
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"\x16\x03\x01\x00\xa5\x01\x00" * 20 + b"\r\n\r\n",
    ],
    ids=range(13),
)
def test_a_portal_a_proxy_or_rubbish_is_not_the_district(batch: Batch, reply: bytes) -> None:
    assert outcome(lambda _: reply, batch) == Setback(Trouble.NOT_THE_HUB)


def test_a_redirect_is_never_followed(batch: Batch) -> None:
    with Stranger(lambda _: http("200 OK", said(batch))) as other:
        reply = http("308 Permanent Redirect", b"", Location=f"{other.url}/v1/batches")
        assert outcome(lambda _: reply, batch) == Setback(Trouble.NOT_THE_HUB)
        assert other.requests == []


def test_a_reply_without_end_is_given_up(batch: Batch) -> None:
    flood = http("200 OK", b" " * 5_000_000 + said(batch))
    assert outcome(lambda _: flood, batch) == Setback(Trouble.NOT_THE_HUB)


def test_a_reset_after_the_request_leaves_its_fate_open(batch: Batch) -> None:
    assert outcome(lambda _: None, batch) == Setback(Trouble.INTERRUPTED)


def test_a_connection_closed_without_a_word_leaves_the_fate_open(batch: Batch) -> None:
    assert outcome(lambda _: b"", batch) == Setback(Trouble.INTERRUPTED)
    assert outcome(lambda _: b"HTTP/1.1 2", batch) == Setback(Trouble.INTERRUPTED)


def test_an_answer_cut_short_leaves_the_fate_open(batch: Batch) -> None:
    whole = http("200 OK", said(batch))
    assert outcome(lambda _: whole[:-20], batch) == Setback(Trouble.INTERRUPTED)


def test_a_district_that_says_nothing_times_out(batch: Batch) -> None:
    done = threading.Event()

    def silent(_: bytes) -> bytes:
        done.wait(timeout=10)
        return b""

    with Stranger(silent) as stranger, HttpHub(stranger.url, HURRIED) as hub:
        try:
            assert hub.send(batch) == Setback(Trouble.TIMED_OUT)
        finally:
            done.set()


def test_nobody_at_the_address_is_no_network(batch: Batch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with HttpHub(f"http://127.0.0.1:{port}") as hub:
        assert hub.send(batch) == Setback(Trouble.NO_NETWORK)


def test_a_certificate_of_somebody_else_is_not_the_district(batch: Batch) -> None:
    with (
        Stranger(lambda _: http("200 OK", PORTAL)) as plain,
        HttpHub(plain.url.replace("http", "https")) as hub,
    ):
        assert hub.send(batch) == Setback(Trouble.NOT_THE_HUB)


def problem(number: str) -> bytes:
    told = {"number": number, "text": "…"}
    return json.dumps({"service": "motcua-district", "v": 1, "epoch": "e", "problem": told}).encode()


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (http("413 Too Large", problem("DH-102")), Setback(Trouble.TOO_LARGE, "DH-102", "…")),
        (http("413 Too Large", PORTAL, "text/html"), Setback(Trouble.TOO_LARGE)),
        (http("429 Slow Down", b"", Retry_After="120"), Setback(Trouble.BUSY, retry_after_s=120.0)),
        (http("503 Busy", problem("DH-106")), Setback(Trouble.BUSY, "DH-106", "…")),
        (http("502 Bad Gateway", PORTAL, "text/html"), Setback(Trouble.BUSY)),
        (http("503 Busy", b"", Retry_After="soon"), Setback(Trouble.BUSY)),
        (http("503 Busy", b"", Retry_After="-5"), Setback(Trouble.BUSY)),
        (http("500 Oops", problem("DH-107")), Setback(Trouble.HUB_FAULT, "DH-107", "…")),
        (http("400 Bad", problem("DH-103")), Setback(Trouble.TOO_OLD, "DH-103", "…")),
        (http("400 Bad", problem("DH-104")), Setback(Trouble.SENT_BACK, "DH-104", "…")),
        (http("400 Bad", problem("other")), Setback(Trouble.NOT_THE_HUB)),
    ],
    ids=range(11),
)
def test_every_refusal_has_its_own_meaning(batch: Batch, reply: bytes, expected: Setback) -> None:
    assert outcome(lambda _: reply, batch) == expected


def test_retry_after_may_be_a_date(batch: Batch) -> None:
    at = formatdate(clock.now_ms() / 1000 + 300, usegmt=True)
    setback = outcome(lambda _: http("503 Busy", b"", Retry_After=at), batch)
    assert isinstance(setback, Setback)
    assert 290 < (setback.retry_after_s or 0) <= 300


@pytest.mark.parametrize(
    "url",
    [
        "http://hub.example",
        "http://192.168.1.5:8040",
        "ftp://127.0.0.1",
        "hub",
        "",
        "https://",
        "https://a:b@h.vn",
    ],
)
def test_personal_data_never_leave_in_the_clear(url: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        HttpHub(url)
    assert refused.value.problem.number == "MC-147"


def test_this_machine_is_known_by_its_names() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.1.2.3", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "hub.example", "localhost.example", "192.168.0.1", "")))


def test_a_proxy_of_the_office_is_not_asked_for_this_machine(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert isinstance(outcome(lambda _: http("200 OK", said(batch)), batch), Answer)


def test_answers_lost_on_the_way_leave_each_dossier_there_once(
    desk: Store, embedded: EmbeddedDistrict
) -> None:
    receive_dossiers(desk, range(1, 13))
    with Relay(embedded.url, losses=2) as relay:
        report = send_once(desk, relay.url)
    assert (report.accepted, report.problem) == (12, None)
    assert report.requests > 3
    assert len(held(embedded)) == len(set(held(embedded))) == 12
    assert states(desk) == {"accepted": 12}


def test_after_any_stranger_each_dossier_reaches_the_district_once(
    desk: Store, embedded: EmbeddedDistrict
) -> None:
    receive_dossiers(desk, range(1, 6))
    portal = http("200 OK", PORTAL, "text/html")
    moved = http("302 Found", b"", Location="http://wifi.example/")
    for reply, number in (
        (portal, "MC-145"),
        (moved, "MC-145"),
        (http("429 Slow", b""), "MC-146"),
        (None, "MC-144"),
    ):
        with Stranger(lambda _, reply=reply: reply) as stranger:  # type: ignore[misc]
            report = send_once(desk, stranger.url)
        assert (report.accepted, report.waiting) == (0, 5)
        assert {(line.state, line.problem and line.problem.number) for line in outbox(desk)} == {
            ("waiting", number)
        }
        assert all((line.again_ms or 0) > clock.now_ms() for line in outbox(desk))
    assert send_once(desk, embedded.url).accepted == 5
    assert send_once(desk, embedded.url).requests == 0
    assert len(held(embedded)) == 5
    assert outbox(desk) == []
    told = summary(desk)
    assert (told.counts.accepted, told.line.problem, told.line.failures) == (5, None, 0)


def test_a_real_district_with_small_limits_takes_everything_in_small_pieces(
    desk: Store, tmp_path: Path
) -> None:
    receive_dossiers(desk, range(60))
    store = f"sqlite:///{(tmp_path / 'small.db').as_posix()}"
    with EmbeddedDistrict(store, Limits(batch_bytes=2_500, batch_events=15)) as small:
        assert send_once(desk, small.url).accepted == 60
        assert len(held(small)) == 60
