"""The batch file, against its test vector and against damage."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.domain.errors import HubRefusal
from motcua_desktop.domain.event import Event, Particulars, canonical
from motcua_desktop.sync import wire
from motcua_desktop.sync.wire import Limits, pack, read_event, read_header, unpack, write_event

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "wire"
BATCH = "01930000-0000-7000-8000-0000000000ff"


def vector_events() -> list[Event]:
    """The two events of the published vector."""
    known = Particulars("00112233445566778899aabbccddeeff", {"applicant": {"full_name": "Vàng A Dế"}})
    first = Event(
        id="01930000-0000-7000-8000-000000000001",
        desk="H18.11.05#1-ab12cd",
        seq=1,
        prev="0" * 64,
        at=1763606820000 << 16,
        happened_at="2026-11-20T09:47:00+07:00",
        after=(),
        officer="Nguyễn Thị Nhung",
        dossier="01930000-0000-7000-8000-0000000000aa",
        kind="dossier_received",
        body={"v": 1, "code": "H18.11.05-261120-0001", "particulars": known.digest()},
        particulars=known,
    ).sealed()
    second = replace(
        first,
        id="01930000-0000-7000-8000-000000000002",
        seq=2,
        prev=first.hash,
        at=first.at + 1,
        after=(first.id,),
        kind="a_kind_of_tomorrow",
        body={"v": 9, "anything": ["ưỡ", None, True, 3]},
        particulars=None,
    ).sealed()
    return [first, second]


def number_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(HubRefusal) as refused:
        unpack(data, limits or Limits())
    return refused.value.problem.number


def rewritten(data: bytes, **fields: object) -> bytes:
    line, _, packed = data.partition(b"\n")
    return canonical({**json.loads(line), **fields}) + b"\n" + packed


def test_the_published_vector_reads_as_the_published_events() -> None:
    data = (GOLDEN / "batch-v1.motcua").read_bytes()
    header, lines = unpack(data, Limits())
    assert header.batch == BATCH
    assert [read_event(line, Limits()) for line in lines] == vector_events()
    assert all(read_event(line, Limits()).is_authentic() for line in lines)


def test_the_published_vector_is_written_again_byte_for_byte_but_for_the_compressor() -> None:
    data = (GOLDEN / "batch-v1.motcua").read_bytes()
    line, _, packed = pack(vector_events(), BATCH).data.partition(b"\n")
    published_line, _, published = data.partition(b"\n")
    assert line == published_line
    assert zlib.decompress(packed) == zlib.decompress(published) == (GOLDEN / "batch-v1.payload").read_bytes()


def test_the_documentation_tells_the_hashes_of_the_vector() -> None:
    told = (ROOT / "docs" / "wire-format.md").read_text(encoding="utf-8")
    for name in ("batch-v1.motcua", "batch-v1.payload"):
        assert hashlib.sha256((GOLDEN / name).read_bytes()).hexdigest() in told
    assert all(event.hash in told for event in vector_events())


def test_a_batch_holds_one_chain_only() -> None:
    first, second = vector_events()
    with pytest.raises(ValueError, match="unpack"):
        pack([first, replace(second, desk="H18.11.05#2-ab12cd")], BATCH)


def test_any_damaged_byte_is_noticed() -> None:
    data = pack(vector_events(), BATCH).data
    for place in range(len(data)):
        damaged = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            header, lines = unpack(damaged, Limits())
        except HubRefusal:
            continue
        whole = b"".join(write_event(event) for event in vector_events())
        assert b"".join(line + b"\n" for line in lines) == whole, "only the header's own words may differ"
        assert header.sha256 == hashlib.sha256(whole).hexdigest()


@pytest.mark.parametrize("length", [0, 1, 100, -1])
def test_a_batch_cut_short_is_damaged(length: int) -> None:
    assert number_of(pack(vector_events(), BATCH).data[:length]) == wire.UNREADABLE


def test_a_batch_with_something_behind_it_is_damaged() -> None:
    assert number_of(pack(vector_events(), BATCH).data + b"more") == wire.UNREADABLE


def test_a_bomb_is_not_unpacked_beyond_what_it_announced() -> None:
    packed = zlib.compress(b"0" * 50_000_000, 9)
    honest = pack(vector_events(), BATCH).data.partition(b"\n")[0] + b"\n"
    assert number_of(honest + packed) == wire.UNREADABLE
    assert number_of(rewritten(honest + packed, size=50_000_000)) == wire.TOO_LARGE


@pytest.mark.parametrize("limits", [Limits(batch_bytes=200), Limits(raw_bytes=200), Limits(batch_events=1)])
def test_a_batch_beyond_a_limit_is_too_large(limits: Limits) -> None:
    assert number_of(pack(vector_events(), BATCH).data, limits) == wire.TOO_LARGE


@pytest.mark.parametrize("newer", [{"v": 2}, {"codec": "zstd"}])
def test_a_newer_format_is_named_as_such(newer: dict[str, object]) -> None:
    assert number_of(rewritten(pack(vector_events(), BATCH).data, **newer)) == wire.TOO_NEW


def test_a_chain_of_another_office_is_not_carried_under_this_office() -> None:
    assert number_of(rewritten(pack(vector_events(), BATCH).data, office="H18.11.06")) == wire.WRONG_OFFICE


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": True},
        {"count": 1},
        {"count": 3},
        {"first": 0},
        {"first": 9},
        {"size": "1"},
        {"sha256": "x"},
        {"batch": None},
        {"batch": "../../etc"},
        {"desk": ""},
        {"format": "other"},
        {"signature": 7},
    ],
)
def test_a_header_that_says_nonsense_is_damaged(wrong: dict[str, object]) -> None:
    assert number_of(rewritten(pack(vector_events(), BATCH).data, **wrong)) == wire.UNREADABLE


def test_a_header_may_say_more_than_this_version_knows_and_may_be_signed() -> None:
    data = rewritten(pack(vector_events(), BATCH).data, signature="ed25519:abc", carried_by="usb")
    header, lines = unpack(data, Limits())
    assert header.signature == "ed25519:abc"
    assert len(lines) == 2


@given(st.binary(max_size=400))
def test_rubbish_is_refused_and_never_raises_anything_else(rubbish: bytes) -> None:
    with pytest.raises(HubRefusal):
        unpack(rubbish, Limits())
    with pytest.raises(HubRefusal):
        read_header(rubbish)
    with pytest.raises(HubRefusal):
        read_event(rubbish, Limits())


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(wire._COLUMNS)), _JSON)
def test_an_event_with_a_strange_column_is_an_event_or_is_refused(column: str, value: Any) -> None:
    line = json.dumps({**json.loads(write_event(vector_events()[0])), column: value}).encode()
    try:
        read_event(line, Limits())
    except HubRefusal as refused:
        assert refused.problem.number == wire.NOT_AN_EVENT


def test_a_column_of_a_newer_format_is_refused_rather_than_lost() -> None:
    line = canonical({**json.loads(write_event(vector_events()[0])), "colour": "red"})
    with pytest.raises(HubRefusal) as refused:
        read_event(line, Limits())
    assert refused.value.problem.number == wire.NOT_AN_EVENT


def test_an_event_larger_than_the_limit_is_named_as_such() -> None:
    with pytest.raises(HubRefusal) as refused:
        read_event(write_event(vector_events()[0]), Limits(event_bytes=100))
    assert refused.value.problem.number == wire.EVENT_TOO_LARGE


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, '{"at": NaN}', '{"at": ' + "9" * 5000 + "}"]
)
def test_a_line_made_to_break_a_parser_is_refused(text: str) -> None:
    with pytest.raises(HubRefusal):
        read_event(text.encode(), Limits(event_bytes=1_000_000))
