"""The batch file: one line of header, then the compressed events, one a line. See docs/wire-format.md.

Written by a desk, moved unopened by whatever carries it, read by the district. Nothing here opens a socket.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from motcua_desktop.domain.errors import HubRefusal, Problem
from motcua_desktop.domain.event import Event, Particulars, canonical, sha256

FORMAT = "motcua-batch"
VERSION = 1
CODEC = "zlib"
MEDIA_TYPE = "application/vnd.motcua.batch"
CONTENT_TYPE = f"{MEDIA_TYPE}; v={VERSION}"
SERVICE = "motcua-district"

WRONG_TYPE, TOO_LARGE, TOO_NEW, UNREADABLE, WRONG_OFFICE = "DH-101", "DH-102", "DH-103", "DH-104", "DH-105"
NOT_AN_EVENT, EVENT_TOO_LARGE = "DH-201", "DH-206"

_HEADER_BYTES = 8 * 1024
_LARGEST = (1 << 63) - 1  # what a database column holds
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(r"[0-9a-f]{32}")
_OFFICE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,39}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader takes in one batch: bytes as it travels, bytes unpacked, events, bytes of one event."""

    batch_bytes: int = 2 * 1024 * 1024
    raw_bytes: int = 8 * 1024 * 1024
    batch_events: int = 2_000
    event_bytes: int = 512 * 1024


@dataclass(frozen=True, slots=True)
class Header:
    """A batch's first line: whose chain, which places of it, and what the payload must come out as."""

    office: str
    desk: str
    batch: str
    count: int
    first: int
    last: int
    size: int
    sha256: str
    codec: str = CODEC
    signature: str | None = None  # reserved: Ed25519 over this line as it is with null here

    def line(self) -> bytes:
        fields = {name: getattr(self, name) for name in self.__slots__}
        return canonical({"format": FORMAT, "v": VERSION, **fields}) + b"\n"


@dataclass(frozen=True, slots=True)
class Batch:
    """A packed batch: its id, the ids of its events in order, their size unpacked, and the file's bytes."""

    id: str
    events: tuple[str, ...]
    raw_size: int
    data: bytes


def office_of(chain: str) -> str:
    """The office code in a chain's name (`H18.11.05#1-ab12cd`)."""
    return chain.partition("#")[0]


def pack(events: Sequence[Event], batch: str) -> Batch:
    """Pack events of one chain into a batch file; `batch` is a UUID. Raises ValueError for two chains."""
    (chain,) = {event.desk for event in events}
    places = [event.seq for event in events]
    payload = b"".join(write_event(event) for event in events)
    header = Header(
        office=office_of(chain),
        desk=chain,
        batch=batch,
        count=len(events),
        first=min(places),
        last=max(places),
        size=len(payload),
        sha256=sha256(payload),
    )
    ids = tuple(event.id for event in events)
    return Batch(batch, ids, len(payload), header.line() + zlib.compress(payload, 9))


def write_event(event: Event) -> bytes:
    """One line of a payload: every column, the hash, and the particulars or null."""
    known = event.particulars
    particulars = {"salt": known.salt, "data": known.data} if known else None
    return canonical({**event.covered(), "hash": event.hash, "particulars": particulars}) + b"\n"


def unpack(data: bytes, limits: Limits) -> tuple[Header, list[bytes]]:
    """The header and the lines of a batch file, whole and not larger than it says.

    Raises HubRefusal DH-102 (beyond the limits), DH-103 (version or codec of a newer program), DH-104
    (damaged) or DH-105 (a chain that is not the office's).
    """
    if len(data) > limits.batch_bytes:
        raise _refusal(TOO_LARGE)
    line, newline, packed = data.partition(b"\n")
    if not newline or len(line) > _HEADER_BYTES:
        raise _refusal(UNREADABLE)
    header = read_header(line)
    if header.size > limits.raw_bytes or header.count > limits.batch_events:
        raise _refusal(TOO_LARGE)
    payload = _inflate(packed, header.size)
    if sha256(payload) != header.sha256 or not payload.endswith(b"\n"):
        raise _refusal(UNREADABLE)
    lines = payload[:-1].split(b"\n")
    if len(lines) != header.count:
        raise _refusal(UNREADABLE)
    return header, lines


def read_header(line: bytes) -> Header:
    """A header from its line; fields that this version does not know are left alone. Raises HubRefusal."""
    fields = _object(line, UNREADABLE)
    if fields.get("format") != FORMAT:
        raise _refusal(UNREADABLE)
    if fields.get("v") != VERSION or fields.get("codec") != CODEC:
        raise _refusal(TOO_NEW)
    try:
        header = Header(**{name: fields[name] for name in Header.__slots__})
    except KeyError as missing:
        raise _refusal(UNREADABLE) from missing
    numbers = (header.count, header.first, header.last, header.size)
    sound = all(_is_whole(number, 1) for number in numbers) and header.first <= header.last
    sound = sound and _matches(_UUID, header.batch) and _matches(_SHA256, header.sha256)
    if not sound or not _is_text(header.desk, 80) or not isinstance(header.signature, str | None):
        raise _refusal(UNREADABLE)
    if not _matches(_OFFICE, header.office) or not header.desk.startswith(f"{header.office}#"):
        raise _refusal(WRONG_OFFICE)
    return header


def read_event(line: bytes, limits: Limits) -> Event:
    """An event from its line, its shape checked but not its hash.

    Kinds and body fields are nobody's business here. A column that this version does not know would be lost,
    so it is refused: new columns are a new version of the format. Raises HubRefusal DH-201 or DH-206.
    """
    if len(line) > limits.event_bytes:
        raise _refusal(EVENT_TOO_LARGE)
    fields = _object(line, NOT_AN_EVENT)
    if fields.keys() != _COLUMNS or not all(check(fields[name]) for name, check in _CHECKS.items()):
        raise _refusal(NOT_AN_EVENT)
    given = fields.pop("particulars")
    particulars = Particulars(given["salt"], given["data"]) if given is not None else None
    return Event(**{**fields, "after": tuple(fields["after"])}, particulars=particulars)


def _inflate(packed: bytes, size: int) -> bytes:
    machine = zlib.decompressobj()
    try:
        payload = machine.decompress(packed, size + 1)  # never more than was announced: no bomb goes off
    except zlib.error as damaged:
        raise _refusal(UNREADABLE) from damaged
    if len(payload) != size or not machine.eof or machine.unused_data:
        raise _refusal(UNREADABLE)
    return payload


def _object(line: bytes, number: str) -> dict[str, Any]:
    try:
        found = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as unreadable:
        raise _refusal(number) from unreadable
    if not isinstance(found, dict):
        raise _refusal(number)
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _refusal(number: str) -> HubRefusal:
    return HubRefusal(Problem(number))


def _is_whole(value: object, least: int) -> bool:
    return type(value) is int and least <= value <= _LARGEST


def _is_text(value: object, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= longest and "\0" not in value


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_particulars(value: object) -> bool:
    if not isinstance(value, Mapping):
        return value is None
    whole = value.keys() == {"salt", "data"}
    return whole and _matches(_SALT, value["salt"]) and isinstance(value["data"], dict)


_CHECKS = {
    "id": lambda value: _matches(_UUID, value),
    "desk": lambda value: _is_text(value, 80),
    "seq": lambda value: _is_whole(value, 1),
    "prev": lambda value: _matches(_SHA256, value),
    "hash": lambda value: _matches(_SHA256, value),
    "at": lambda value: _is_whole(value, 0),
    "happened_at": lambda value: _is_text(value, 64),
    "after": lambda value: isinstance(value, list) and all(_is_text(each, 64) for each in value),
    "officer": lambda value: isinstance(value, str) and len(value) <= 200,
    "dossier": lambda value: value is None or _is_text(value, 64),
    "kind": lambda value: _is_text(value, 64),
    "body": lambda value: isinstance(value, dict),
    "particulars": _is_particulars,
}
_COLUMNS = _CHECKS.keys()
