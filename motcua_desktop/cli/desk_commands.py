"""Commands that write: init, office, intake, external, calendar, clock, rebuild; and the check-up."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from motcua_desktop.bugreport import write_report
from motcua_desktop.cli.answers import problem_json, received_json, to_json
from motcua_desktop.documents.page import Paper
from motcua_desktop.domain.calendar import YEARS, DayDecision, DayKind
from motcua_desktop.domain.clock import now_ms
from motcua_desktop.domain.errors import NumberedError, Problem, UserFacingError, fault, refuse
from motcua_desktop.domain.office import read_office
from motcua_desktop.messages import sentence, spoken
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.printing.lp import LpPrinter, default_queue
from motcua_desktop.printing.port import Printer
from motcua_desktop.services import calendar, checkup, clock, external
from motcua_desktop.services.desk import Desk, change_office, init_desk, open_desk
from motcua_desktop.services.intake import Received, receive
from motcua_desktop.services.intake_line import LONGEST_LINE, read_line
from motcua_desktop.services.sheets import draw_first_receipt, print_sheet

_Commands = Any  # argparse keeps the type of its sub-parsers to itself


def _add_init(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("init", parents=[everywhere], help="make the store of a desk")
    parser.add_argument("--office-code", required=True, help="agency code, H18.11.05")
    parser.add_argument("--office", required=True, help="the office's name")
    parser.add_argument("--province", required=True)
    parser.add_argument("--desk", required=True, type=int, help="1 to 9")
    parser.add_argument("--officer", required=True)
    parser.add_argument("--unit", default="0000", help="four digits in desk keys, given by the district")
    parser.add_argument("--hours", default="07:30-11:30,13:30-17:00")
    parser.add_argument("--return-at", default="17:00")
    parser.add_argument("--hub", help="address of the district")
    parser.set_defaults(run=init)


def init(options: argparse.Namespace) -> int:
    office = read_office(
        {
            "code": options.office_code,
            "name": options.office,
            "province": options.province,
            "desk": options.desk,
            "officer": options.officer,
            "unit": options.unit,
            "hours": options.hours,
            "return_at": options.return_at,
            "hub": options.hub,
        }
    )
    desk = init_desk(options.data, office)
    desk.close()
    print(
        to_json({"store": str(desk.store.path), "office": office.as_json()})
        if options.json
        else desk.store.path
    )
    return 0


def _add_office(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "office", parents=[everywhere], help="show the office's settings, or change them"
    )
    for name in ("officer", "hub", "hours", "return-at", "leader-title", "hotline"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--leader", dest="leaders", action="append", help="who decides; the first one signs")
    parser.set_defaults(run=_office)


def _office(options: argparse.Namespace) -> int:
    names = ("officer", "hub", "hours", "return_at", "leader_title", "hotline", "leaders")
    given = {name: getattr(options, name) for name in names}
    changes = {name: value for name, value in given.items() if value is not None}
    desk = open_desk(options.data)
    try:
        office = change_office(desk, changes) if changes else desk.office
    finally:
        desk.close()
    shown = office.as_json()
    lines = (f"{name}: {value or ''}".rstrip() for name, value in shown.items())
    print(to_json(shown) if options.json else "\n".join(lines))
    return 0


def _add_intake(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("intake", parents=[everywhere], help="register one dossier a line of JSON")
    parser.add_argument("file", help="a file of JSON lines, or - for standard input")
    parser.add_argument("--receipts", type=Path, metavar="DIR", help="write each receipt there as PDF")
    parser.add_argument(
        "--print", dest="printer", nargs="?", const="", metavar="QUEUE", help="print each receipt"
    )
    parser.add_argument("--paper", choices=[str(paper) for paper in Paper], default=str(Paper.A5))
    parser.add_argument(
        "--strict", action="store_true", help="refuse a dossier with an always-needed paper missing"
    )
    parser.set_defaults(run=_intake)


def _intake(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    printers: list[Printer] = []
    if options.receipts is not None:
        _make_folder(options.receipts)
        printers.append(FolderPrinter(options.receipts))
    if options.printer is not None:
        printers.append(LpPrinter(options.printer or default_queue() or "–"))
    refused = False
    try:
        with _opened(options.file) as source:
            for number, line in _lines(source):
                answer = _answer(desk, number, line, printers, options)
                refused |= "refused" in answer
                print(to_json(answer), flush=True)
    finally:
        desk.close()
    return int(refused)


def _answer(
    desk: Desk, number: int, line: bytes, printers: list[Printer], options: argparse.Namespace
) -> dict[str, Any]:
    try:
        received = receive(desk, read_line(_decoded(line)), strict=options.strict)
    except UserFacingError as error:
        return {"line": number, "refused": problem_json(error.problem)}
    receipt, troubles = _on_paper(desk, received, printers, options)
    return received_json(number, Received(received.dossier, (*received.warnings, *troubles)), receipt)


def _on_paper(
    desk: Desk, received: Received, printers: list[Printer], options: argparse.Namespace
) -> tuple[str | None, list[Problem]]:
    """Draw and print; the dossier is saved, so trouble here is a warning on its answer."""
    if not printers:
        return None, []
    receipt: str | None = None
    troubles: list[Problem] = []
    try:
        sheet = draw_first_receipt(desk, received.dossier, Paper(options.paper))
    except NumberedError as error:
        return None, [error.problem]
    except Exception as error:  # a bug of ours: the dossier is saved all the same, and its answer is due
        return None, [Problem("MC-999", None, {"path": write_report(options.data, error)})]
    if sheet.problem is not None:
        troubles.append(sheet.problem)
    for printer in printers:
        printed = print_sheet(sheet, printer, desk)
        if printed.problem is not None:
            troubles.append(printed.problem)
        elif isinstance(printer, FolderPrinter):
            receipt = str(options.receipts / printed.outcome.job)
    return receipt, troubles


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fault("MC-210", path=folder) from error


def _opened(name: str) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise fault("MC-210", path=name) from error


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines of the source with their place in it, blank ones left out; one far too long is cut and so refused."""
    number = 0
    while line := source.readline(4 * LONGEST_LINE + 2):
        number += 1
        if not line.endswith(b"\n") and len(line) > 4 * LONGEST_LINE:
            while (rest := source.readline(1 << 20)) and not rest.endswith(b"\n"):
                continue
        if line.strip():
            yield number, line


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise refuse("MC-100") from broken


def _add_external(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "external", parents=[everywhere], help="note the code another system gave a dossier"
    )
    parser.add_argument("code")
    parser.add_argument("--system", required=True)
    parser.add_argument("--as", dest="external", required=True, metavar="CODE")
    parser.set_defaults(run=_external)


def _external(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        dossier = external.give_external_code(desk, options.code, options.system, options.external)
    finally:
        desk.close()
    codes = [{"system": code.system, "code": code.code} for code in dossier.external_codes]
    print(to_json({"code": dossier.code, "external_codes": codes}) if options.json else dossier.code)
    return 0


def _add_calendar(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("calendar", help="decisions about days")
    verbs = parser.add_subparsers(required=True, metavar="add|list")
    add = verbs.add_parser("add", parents=[everywhere], help="make a day off, or a working day")
    add.add_argument("date", type=date.fromisoformat)
    add.add_argument("kind", choices=[str(kind) for kind in DayKind])
    add.add_argument("--source", required=True, help="the instrument that says so")
    add.add_argument("--reason", default="")
    add.add_argument(
        "--recount",
        action="store_true",
        help="give the dossiers concerned their new date; nothing is printed, each wants a new receipt",
    )
    add.set_defaults(run=_calendar_add)
    listing = verbs.add_parser("list", parents=[everywhere], help="days off and make-up days of a year")
    listing.add_argument("--year", type=int, choices=YEARS, metavar="YYYY", required=True)
    listing.set_defaults(run=_calendar_list)


def _calendar_add(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    counted: list[calendar.Moving] = []
    try:
        reason = options.reason or options.source
        decision = DayDecision(options.date, DayKind(options.kind), reason, options.source)
        concerned = calendar.decide_day(desk, decision)
        try:
            for one in calendar.recount_each(desk, concerned if options.recount else [], reason):
                counted.append(one)
        finally:  # what is on disk is told, whatever stops the rest
            _show_decided(options, concerned, counted)
    finally:
        desk.close()
    return int(any(one.problem for one in counted))


def _show_decided(options: argparse.Namespace, concerned: list[str], counted: list[calendar.Moving]) -> None:
    day = options.date.isoformat()
    if not options.json:
        lines = map(_counted_line, counted) if options.recount else concerned
        print("\n".join(lines) or day)
        return
    moved = [{"code": one.code, "due_at": one.counted} for one in counted if one.moves]
    refused = [{"code": one.code, **problem_json(one.problem)} for one in counted if one.problem]
    shown = {"date": day, "kind": options.kind, "concerned": concerned, "moved": moved}
    print(to_json({**shown, "refused": refused} if options.recount else shown))


def _counted_line(one: calendar.Moving) -> str:
    if one.problem is not None:
        return f"!  {one.code}  {sentence(one.problem)}"
    pairs = ((one.given, one.counted), (one.given_total, one.counted_total))
    dates = [f"{_moment(old)} → {_moment(new)}" for old, new in pairs if old != new]
    return f"✓  {one.code}  {', '.join(dates)}" if dates else f"=  {one.code}  {_moment(one.given)}"


def _moment(iso: str | None) -> str:
    return spoken(datetime.fromisoformat(iso)) if iso else "–"


def _calendar_list(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        days = calendar.special_days(desk, options.year)
    finally:
        desk.close()
    for day in days:
        row = {
            "date": day.date.isoformat(),
            "kind": str(day.kind),
            "reason": day.reason,
            "source": day.source,
        }
        print(
            to_json(row)
            if options.json
            else f"{day.date:%d/%m/%Y}  {day.kind:4}  {day.reason} ({day.source})"
        )
    return 0


def _add_rebuild(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "rebuild", parents=[everywhere], help="derive everything again from the ledger"
    )
    parser.set_defaults(run=_rebuild)


def _rebuild(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        count = checkup.rebuild(desk)
    finally:
        desk.close()
    print(to_json({"events": count}) if options.json else count)
    return 0


def _add_clock(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "clock", parents=[everywhere], help="whether this computer's clock fits what is written"
    )
    parser.add_argument("--confirm", action="store_true", help="the clock is right: count on it from now on")
    parser.set_defaults(run=_clock)


def _clock(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        if options.confirm:
            clock.confirm_clock(desk)
        now, problem = clock.moment_of(now_ms()), clock.clock_problem(desk)
    finally:
        desk.close()
    if options.json:
        told = problem_json(problem) if problem else None
        print(to_json({"now": now.isoformat(timespec="seconds"), "ok": problem is None, "problem": told}))
    else:
        print(f"{'!' if problem else '✓'} {spoken(now)}  {sentence(problem) if problem else ''}".rstrip())
    return 0 if problem is None else 1


def _add_check(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("check", parents=[everywhere], help="the desk's own check-up")
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        items = checkup.check(desk)
    finally:
        desk.close()
    rows = [
        {
            "name": item.name,
            "ok": item.problem is None,
            "text": sentence(item.problem) if item.problem else "",
            **item.facts,
        }
        for item in items
    ]
    well = all(row["ok"] for row in rows)
    if options.json:
        print(to_json({"ok": well, "items": rows}))
    else:
        for row in rows:
            print(f"{'✓' if row['ok'] else '!'} {row['name']}  {row['text']}".rstrip())
    return 0 if well else 1


COMMANDS = (
    _add_init,
    _add_office,
    _add_intake,
    _add_external,
    _add_calendar,
    _add_clock,
    _add_rebuild,
    _add_check,
)
