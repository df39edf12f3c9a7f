"""Running the district: in the foreground for an operator, or in a thread for demonstrations and tests."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Callable
from types import TracebackType

import uvicorn

from motcua_desktop.district.app import create_app
from motcua_desktop.district.database import Database
from motcua_desktop.district.problems import NO_SUCH_ADDRESS
from motcua_desktop.domain.address import is_loopback
from motcua_desktop.domain.errors import refuse
from motcua_desktop.sync.wire import Limits

_START_SECONDS = 20.0
_STOP_SECONDS = 10


def serve(listen: str, store_url: str, ready: Callable[[str], None] = lambda url: None) -> None:
    """Serve until interrupted; `ready` hears the address once it answers.

    Raises UserFacingError DH-301 for a listen address that is not `HOST:PORT` on this machine or is taken,
    and EnvironmentFault DH-302 to DH-305 of the store.
    """
    with contextlib.closing(_listener(listen)) as listener:
        logging.getLogger("motcua_desktop.district").info("listening on %s", _url(listener))
        server = _Server(create_app(store_url), started=lambda: ready(_url(listener)))
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


class EmbeddedDistrict:
    """A district of this process on a free loopback port; use as a context manager."""

    def __init__(self, store_url: str, limits: Limits | None = None) -> None:
        """Raises EnvironmentFault of the store."""
        self._app = create_app(store_url, limits)
        self._listener = _listener("127.0.0.1:0")
        self.url = _url(self._listener)
        self._answers = threading.Event()
        self._server = _Server(self._app, started=self._answers.set)
        self._thread = threading.Thread(target=self._serve, name="district", daemon=True)

    @property
    def database(self) -> Database:
        """The store behind it."""
        database: Database = self._app.state.database
        return database

    def __enter__(self) -> EmbeddedDistrict:
        self._thread.start()
        if not self._answers.wait(timeout=_START_SECONDS) or not self._server.started:
            self.close()
            raise RuntimeError("the district did not start; its log says why")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop serving, wait for it, and close the store."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join()
        self._listener.close()
        self.database.close()

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._listener])
        finally:
            self._answers.set()


class _Server(uvicorn.Server):
    """A uvicorn server that says when it answers."""

    def __init__(self, app: object, started: Callable[[], object]) -> None:
        config = uvicorn.Config(
            app,  # type: ignore[arg-type]
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
            timeout_keep_alive=15,
            timeout_graceful_shutdown=_STOP_SECONDS,
            h11_max_incomplete_event_size=16 * 1024,
        )
        super().__init__(config)
        self._say_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._say_started()


def _listener(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    if not port.isdecimal() or int(port) > 65535 or not is_loopback(host):
        raise refuse(NO_SUCH_ADDRESS, "listen", text=listen)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named: asyncio unsets Nagle
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: nobody may take the port over
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, int(port)))
        listener.listen(128)
    except OSError as taken:
        listener.close()
        raise refuse(NO_SUCH_ADDRESS, "listen", text=listen, cause=str(taken)) from taken
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
