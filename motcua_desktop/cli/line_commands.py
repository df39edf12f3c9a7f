"""Commands about the line: sync and outbox."""

from __future__ import annotations

import argparse
import threading
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua_desktop.cli.answers import problem_json, to_json
from motcua_desktop.domain.calendar import VIETNAM
from motcua_desktop.domain.clock import now_ms
from motcua_desktop.domain.errors import refuse
from motcua_desktop.messages import sentence
from motcua_desktop.services.desk import Desk, open_desk
from motcua_desktop.services.sending import (
    OutboxLine,
    fork_problem,
    outbox,
    refused_of,
    send_again,
    send_once,
)

if TYPE_CHECKING:
    from motcua_desktop.services.sending import SyncReport

_Commands = Any
_SHOWN = (
    "sent",
    "accepted",
    "refused",
    "waiting",
    "received",
    "scans_left",
    "bytes_up",
    "requests",
    "skew_s",
)


def _add_sync(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("sync", parents=[everywhere], help="send what waits to the district")
    parser.add_argument("--hub", help="address of the district; default: the one given at init")
    parser.add_argument("--until-done", action="store_true", help="go on until nothing waits")
    parser.set_defaults(run=_sync)


def _sync(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        report = _send(desk, options)
    finally:
        desk.close()
    shown = {name: value for name, value in asdict(report).items() if name in _SHOWN}
    if report.problem is not None:
        shown |= {"problem": problem_json(report.problem), "again_at": _clock(report.again_ms)}
    fork = fork_problem(report.forked)
    if fork is not None:
        shown["forked"] = problem_json(fork)
    if options.json:
        print(to_json(shown))
    else:
        print("  ".join(f"{name}={shown[name]}" for name in _SHOWN))
        for problem in (report.problem, fork):
            if problem is not None:
                print(f"{sentence(problem)} [{problem.number}]")
    return int(bool(report.refused or report.waiting))


def _send(desk: Desk, options: argparse.Namespace) -> SyncReport:
    hub = options.hub or desk.office.hub
    if not hub:
        raise refuse("MC-209")
    report = send_once(desk.store, hub)
    while options.until_done and report.waiting and report.again_ms is not None:
        threading.Event().wait(max(0, report.again_ms - now_ms()) / 1000)
        report = send_once(desk.store, hub)
    return report


def _add_outbox(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("outbox", parents=[everywhere], help="what waits, why and since when")
    parser.add_argument(
        "--again",
        nargs="?",
        const="",
        metavar="CODE",
        help="let what the district returned be sent again: all of it, or that of one dossier",
    )
    parser.set_defaults(run=_outbox)


def _outbox(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        if options.again is not None:
            return _again(desk, options)
        lines = outbox(desk.store)
    finally:
        desk.close()
    for line in lines:
        row = _line_json(line)
        why = row["why"]["text"] if row["why"] else ""
        human = f"{row['code']:24} {row['kind']:20} {row['state']:8} {row['since']}  {row['again_at'] or ''} {why}"
        print(to_json(row) if options.json else human.rstrip())
    return 0


def _again(desk: Desk, options: argparse.Namespace) -> int:
    queued = send_again(desk.store, refused_of(desk.store, options.again) if options.again else None)
    print(to_json({"again": queued}) if options.json else f"again={queued}")
    return 0


def _line_json(line: OutboxLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "kind": line.kind,
        "state": line.state,
        "since": _clock(line.since_ms),
        "again_at": _clock(line.again_ms),
        "why": problem_json(line.problem) if line.problem else None,
    }


def _clock(ms: int | None) -> str | None:
    if ms is None:
        return None
    return datetime.fromtimestamp(ms / 1000, VIETNAM).isoformat(timespec="seconds")


COMMANDS = (_add_sync, _add_outbox)
