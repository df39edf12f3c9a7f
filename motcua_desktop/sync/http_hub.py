"""The district at the other end of a line: one POST a batch, and a suspicious reading of what comes back."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any

import httpx2

from motcua_desktop import __version__
from motcua_desktop.domain.address import is_loopback, read_hub_address
from motcua_desktop.domain.errors import refuse
from motcua_desktop.sync.hub import Answer, Setback, Trouble, problem_of, read_answer, read_reply
from motcua_desktop.sync.wire import CONTENT_TYPE, TOO_NEW, Batch

TIMEOUTS = httpx2.Timeout(connect=15.0, read=60.0, write=60.0, pool=5.0)
REPLY_SECONDS = 180.0  # a reply that only drips in is given up
REPLY_BYTES = 4 * 1024 * 1024
_OK, _TOO_LARGE = 200, 413
_GATEWAY_OR_BUSY = frozenset({429, 502, 503, 504})


class HttpHub:
    """A district by HTTPS; plain HTTP only on this machine. Use as a context manager or call `close`."""

    def __init__(self, url: str, timeouts: httpx2.Timeout = TIMEOUTS) -> None:
        """`url` is the district's root. Raises UserFacingError MC-147 for one that must not be used."""
        address = _address(url)
        # A proxy set for the office must not be asked for what is on this machine.
        near = is_loopback(address.host)
        self._client = httpx2.Client(
            base_url=address, timeout=timeouts, follow_redirects=False, trust_env=not near
        )

    def __enter__(self) -> HttpHub:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the line."""
        self._client.close()

    def send(self, batch: Batch) -> Answer | Setback:
        """POST the batch; see `Hub.send`."""
        headers = {
            "Content-Type": CONTENT_TYPE,
            "Accept": "application/json",
            "User-Agent": f"motcua-desktop/{__version__}",
        }
        begun = False
        try:
            with self._client.stream("POST", "v1/batches", content=batch.data, headers=headers) as response:
                begun = True
                body = b"".join(_guarded(response))
                return _judged(response, body, batch)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError) as error:
            # A certificate of somebody else is how a captive portal meets HTTPS.
            foreign = _is_about_certificates(error) or isinstance(error, httpx2.ProxyError)
            return Setback(Trouble.NOT_THE_HUB if foreign else Trouble.NO_NETWORK)
        except httpx2.TimeoutException:
            return Setback(Trouble.TIMED_OUT)
        except httpx2.NetworkError:
            return Setback(Trouble.INTERRUPTED)
        except httpx2.RemoteProtocolError as error:
            # Nothing, or only a beginning, came back: a broken line. What is not HTTP: somebody else.
            rubbish = not begun and _was_said(error)
            return Setback(Trouble.NOT_THE_HUB if rubbish else Trouble.INTERRUPTED)
        except (httpx2.HTTPError, _Endless):
            return Setback(Trouble.NOT_THE_HUB)


class _Endless(Exception):
    """A reply longer, or slower, than any answer of a district."""


def _address(url: str) -> httpx2.URL:
    safe = read_hub_address(url)
    try:
        return httpx2.URL(safe.rstrip("/") + "/")
    except httpx2.InvalidURL as unreadable:
        raise refuse("MC-147", "hub", text=safe) from unreadable


def _guarded(response: httpx2.Response) -> Iterator[bytes]:
    size, end = 0, time.monotonic() + REPLY_SECONDS
    for piece in response.iter_bytes():
        size += len(piece)
        if size > REPLY_BYTES or time.monotonic() > end:
            raise _Endless
        yield piece


def _judged(response: httpx2.Response, body: bytes, batch: Batch) -> Answer | Setback:
    status, kind = response.status_code, response.headers.get("content-type", "")
    spoken = read_reply(body) if kind.startswith("application/json") else None
    if status == _OK:
        answer = read_answer(body, batch) if spoken else None
        return answer or Setback(Trouble.NOT_THE_HUB)
    wait = _retry_after(response.headers.get("retry-after"))
    if status in _GATEWAY_OR_BUSY:
        return _setback(Trouble.BUSY, spoken, wait)
    if status == _TOO_LARGE:
        return _setback(Trouble.TOO_LARGE, spoken, wait)
    if problem_of(spoken) is None:
        return Setback(Trouble.NOT_THE_HUB)
    if status >= 500:
        return _setback(Trouble.HUB_FAULT, spoken, wait)
    back = _setback(Trouble.SENT_BACK, spoken, wait)
    return _setback(Trouble.TOO_OLD, spoken, wait) if back.number == TOO_NEW else back


def _setback(trouble: Trouble, spoken: Mapping[str, Any] | None, wait: float | None) -> Setback:
    number, text = problem_of(spoken) or ("", "")
    return Setback(trouble, number, text, wait)


def _retry_after(text: str | None) -> float | None:
    """Seconds from a Retry-After header, which holds seconds or a date; None when it says nothing usable."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _was_said(error: httpx2.RemoteProtocolError) -> bool:
    """Whether the parser of HTTP choked on something, and not on silence."""
    return error.__cause__ is not None and error.__cause__.__context__ is not None


def _is_about_certificates(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
