"""The district's face: three addresses, numbered problems, and sizes looked at before anything is read."""

from __future__ import annotations

import contextlib
import logging
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from motcua_desktop.district import holdings, problems
from motcua_desktop.district.database import Database
from motcua_desktop.district.receive import receive
from motcua_desktop.domain import clock
from motcua_desktop.domain.address import is_loopback
from motcua_desktop.domain.errors import HubRefusal
from motcua_desktop.sync import hub, wire

_LOG = logging.getLogger(__name__)
_BODIES_AT_ONCE = 32  # batches held in memory; more are asked to come back
_BUSY_SECONDS = "15"
_STATUS = {wire.TOO_LARGE: 413, wire.WRONG_TYPE: 415}


def create_app(store_url: str, limits: wire.Limits | None = None) -> Starlette:
    """The district as an ASGI application over the store at `store_url`. Raises EnvironmentFault."""
    return _District(Database(store_url), limits or wire.Limits()).app()


class _District:
    def __init__(self, database: Database, limits: wire.Limits) -> None:
        self._database, self._limits = database, limits
        self._bodies = 0

    def app(self) -> Starlette:
        app = Starlette(
            routes=[
                Route("/v1/hello", self._hello),
                Route("/v1/batches", self._batches, methods=["POST"]),
                Route("/v1/offices", self._offices),
            ],
            middleware=[
                Middleware(_Door, database=self._database),
                Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=6),
            ],
            exception_handlers={HTTPException: self._no_such_page},
            lifespan=self._lifespan,
        )
        app.state.database = self._database
        return app

    @contextlib.asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        yield
        self._database.close()

    async def _hello(self, request: Request) -> Response:
        told = {"batch_bytes": self._limits.batch_bytes, "batch_events": self._limits.batch_events}
        said = envelope(self._database, request.scope)
        return JSONResponse({**said, "v": [wire.VERSION], "limits": told})

    async def _batches(self, request: Request) -> Response:
        number = self._turned_away(request)
        if number:
            return self._refusal(request, number)
        if self._bodies >= _BODIES_AT_ONCE:
            return self._busy(request)
        self._bodies += 1
        try:
            body = await _body(request, self._limits.batch_bytes)
            if body is None:
                return self._refusal(request, wire.TOO_LARGE)
            return await run_in_threadpool(self._received, request, body)
        except OperationalError as busy:
            _LOG.error("request %s: the store did not answer: %s", _request_id(request.scope), busy.orig)
            return self._busy(request)
        finally:
            self._bodies -= 1

    def _turned_away(self, request: Request) -> str:
        """What is wrong before a byte of the body is read."""
        kind, _, version = request.headers.get("content-type", "").partition(";")
        if kind.strip().lower() != wire.MEDIA_TYPE:
            return wire.WRONG_TYPE
        if version.strip() not in ("", f"v={wire.VERSION}"):
            return wire.TOO_NEW
        length = request.headers.get("content-length", "0")
        too_long = not length.isdecimal() or int(length) > self._limits.batch_bytes
        return wire.TOO_LARGE if too_long else ""

    def _received(self, request: Request, body: bytes) -> Response:
        begun = time.monotonic()
        try:
            reception = receive(self._database, body, self._limits, clock.now_ms())
        except HubRefusal as refusal:
            return self._refusal(request, refusal.problem.number)
        counts = {name: reception.count(name) for name in (hub.ACCEPTED, hub.KNOWN, hub.REFUSED)}
        _LOG.info(
            "request %s: batch %s of %s: %s, %d bytes, %.0f ms, gaps %s, forks %s",
            _request_id(request.scope),
            reception.header.batch,
            reception.header.desk,
            counts,
            len(body),
            (time.monotonic() - begun) * 1000,
            reception.missing,
            reception.forked,
        )
        said = envelope(self._database, request.scope, batch=reception.header.batch)
        return JSONResponse(
            {
                **said,
                "answers": reception.answers,
                "missing": reception.missing,
                "forked": reception.forked,
            }
        )

    async def _offices(self, request: Request) -> Response:
        if request.client is None or not is_loopback(request.client.host):
            return self._refusal(request, problems.NOT_HERE, 403)
        held = await run_in_threadpool(holdings.offices, self._database)
        said = envelope(self._database, request.scope)
        return JSONResponse({**said, "offices": [asdict(each) for each in held]})

    async def _no_such_page(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return self._refusal(request, problems.NO_SUCH_PAGE, status)

    def _refusal(self, request: Request, number: str, status: int | None = None) -> Response:
        status = status or _STATUS.get(number, 400)
        _LOG.info("request %s: %d %s", _request_id(request.scope), status, number)
        return _problem(self._database, request.scope, status, number)

    def _busy(self, request: Request) -> Response:
        _LOG.info("request %s: 503 %s", _request_id(request.scope), problems.BUSY)
        return _problem(
            self._database, request.scope, 503, problems.BUSY, headers={"Retry-After": _BUSY_SECONDS}
        )


class _Door:
    """Outermost: gives each request its id, turns strange hosts away, and answers for what goes wrong inside.

    Whoever reaches a loopback address under another name came through somebody's web page (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, database: Database) -> None:
        self._app, self._database = app, database

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["request"] = secrets.token_hex(6)
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if not _is_expected_host(scope):
                answer = _problem(self._database, scope, 403, problems.NOT_HERE)
                await answer(scope, receive, watched)
                return
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            _LOG.info("request %s: the other side went away", _request_id(scope))
        except Exception:
            _LOG.exception("request %s: our own fault", _request_id(scope))
            if not begun:
                answer = _problem(self._database, scope, 500, problems.OWN_FAULT)
                await answer(scope, receive, send)


def envelope(database: Database, scope: Scope, batch: str | None = None) -> dict[str, object]:
    """What every answer carries: the district's mark, its epoch, its clock, and what it answers."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    said: dict[str, object] = {
        "service": wire.SERVICE,
        "v": wire.VERSION,
        "epoch": database.epoch,
        "time": now,
    }
    return {**said, "request": _request_id(scope), "batch": batch}


def _problem(
    database: Database, scope: Scope, status: int, number: str, headers: Mapping[str, str] | None = None
) -> Response:
    said = {**envelope(database, scope), "problem": problems.problem(number)}
    return JSONResponse(said, status_code=status, headers=headers)


async def _body(request: Request, most: int) -> bytes | None:
    """The body, or None as soon as it is longer than allowed, whatever was announced."""
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def _request_id(scope: Scope) -> str:
    return str(scope["state"]["request"])


def _is_expected_host(scope: Scope) -> bool:
    """No host (HTTP/1.0) or one of this machine, as long as the district listens nowhere else."""
    (host, *_) = [value for name, value in scope["headers"] if name == b"host"] or [b"localhost"]
    name = (
        host.decode("latin-1").rpartition(":")[0]
        if host.rpartition(b":")[2].isdigit()
        else host.decode("latin-1")
    )
    return is_loopback(name.strip("[]"))
