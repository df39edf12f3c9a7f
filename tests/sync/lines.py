"""Lines that misbehave: servers on loopback that say what they are told, and a relay that loses answers."""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from urllib.parse import urlsplit

Reply = Callable[[bytes], bytes | None]
# Linger, for no time: closing sends a reset.
_RESET = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
_TLS_HELLO = b"\x16\x03"
_PATIENCE = 10.0


class Stranger:
    """Reads one request a connection and hands it to `reply`; None resets the connection."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(_PATIENCE)
        self.url = "http://{}:{}".format(*self._listener.getsockname()[:2])
        self.requests: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Stranger:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError), socket.create_connection(self._listener.getsockname(), _PATIENCE):
            pass  # wakes the accepting thread with a connection that says nothing
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection:
                connection.settimeout(_PATIENCE)
                request = read_message(connection)
                if not request:
                    return
                self.requests.append(request)
                said = self._reply(request)
                with contextlib.suppress(OSError):
                    if said is None:
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                    else:
                        connection.sendall(said)


class Relay(Stranger):
    """Carries requests to a district, and loses the first `losses` answers."""

    def __init__(self, url: str, losses: int) -> None:
        super().__init__(self._carry)
        self._there = urlsplit(url)
        self._losses = losses

    def _carry(self, request: bytes) -> bytes | None:
        address = (str(self._there.hostname), int(self._there.port or 0))
        with socket.create_connection(address, _PATIENCE) as onward:
            onward.sendall(request)
            answer = read_message(onward)
        assert answer.startswith(b"HTTP/1.1 200")
        if self._losses:
            self._losses -= 1
            return None
        return answer


def read_message(connection: socket.socket) -> bytes:
    """One HTTP message with a Content-Length; b"" when the other side said nothing."""
    data = b""
    while b"\r\n\r\n" not in data and not data.startswith(_TLS_HELLO):
        piece = connection.recv(65536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < length:
        piece = connection.recv(65536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


def http(status: str, body: bytes, kind: str = "application/json", **headers: str) -> bytes:
    """A whole HTTP/1.1 reply; underscores in header names stand for hyphens."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
