"""Commands that only look: due, card, find, show, board."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from typing import Any

from motcua_desktop.cli import answers
from motcua_desktop.cli.answers import to_json
from motcua_desktop.domain.calendar import YEARS, local
from motcua_desktop.domain.card import NotACard, read_card
from motcua_desktop.domain.due import due
from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.text import fold
from motcua_desktop.messages import code_name, sentence, spoken
from motcua_desktop.services import board as boards
from motcua_desktop.services import finding, sheets
from motcua_desktop.services.desk import Desk, open_desk
from motcua_desktop.services.intake import count_term, find_procedure

_Commands = Any


def _add_due(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("due", parents=[everywhere], help="the due date of a procedure, and why")
    parser.add_argument("procedure", help="its code or alias")
    parser.add_argument("--received", required=True, metavar="YYYY-MM-DDTHH:MM")
    parser.add_argument("--case")
    parser.set_defaults(run=_due)


def _due(options: argparse.Namespace) -> int:
    received_at = read_moment("received", options.received)
    desk = open_desk(options.data)
    try:
        code = procedure_code(desk, options.procedure, received_at)
        procedure = find_procedure(desk, code, received_at.date())
        counted = count_term(desk, procedure, options.case, received_at)
        term = procedure.total_term(options.case, received_at.date())
        in_all = due(term, received_at, desk.calendar, desk.office.hours) if term else None
    finally:
        desk.close()
    if options.json:
        print(to_json(answers.due_json(procedure.code, counted, received_at, in_all)))
        return 0
    print(f"{procedure.name}: {spoken(counted.due_at) if counted.due_at else '-'}")
    print(f"  {sheets.term_text(str(counted.term.kind), counted.term.value)} ({counted.term.source})")
    if in_all and in_all.due_at:
        print(f"  + {spoken(in_all.due_at)} ({in_all.term.source})")
    for off in counted.skipped:
        print(f"  - {off.date:%d/%m/%Y} {off.reason} ({off.source})")
    if counted.warning:
        print(f"  {sentence(counted.warning)}")
    return 0


def procedure_code(desk: Desk, wanted: str, on: datetime | None = None) -> str:
    """The code that an alias stands for on a day; a code is what it is."""
    known = desk.catalogue.in_force((on or desk.now()).date())
    return next((p.code for p in known if p.alias == fold(wanted)), wanted)


def read_moment(name: str, text: str) -> datetime:
    """A moment as it is typed on the command line; raises MC-119 naming the option."""
    try:
        moment = local(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as unreadable:
        raise refuse("MC-119", name, text=text) from unreadable
    if moment.year not in YEARS:
        raise refuse("MC-119", name, text=text)
    return moment


def _add_card(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("card", parents=[everywhere], help="what an identity card's QR text says")
    parser.add_argument("payload", help="the text, or - for standard input")
    parser.set_defaults(run=_card)


def _card(options: argparse.Namespace) -> int:
    payload = options.payload
    if payload == "-":
        payload = sys.stdin.buffer.read(1 << 20).decode("utf-8", errors="replace")
    card = read_card(payload)
    if isinstance(card, NotACard):
        name = code_name(card.looks_like)
        answer = {"kind": "not_a_card", "looks_like": str(card.looks_like), "text": name}
        print(to_json(answer) if options.json else sentence(refuse("MC-103", looks_like=name).problem))
        return 1
    rows: dict[str, Any] = {
        "id_number": card.id_number,
        "old_id": card.old_id,
        "full_name": card.full_name,
        "birth_date": card.birth_date,
        "gender": card.gender,
        "address": card.address,
        "issued": card.issued,
    }
    if options.json:
        warnings = [answers.problem_json(problem) for problem in card.warnings]
        print(to_json({"kind": "identity_card", **rows, "warnings": warnings}))
        return 0
    for name, value in rows.items():
        print(f"{name}: {value or ''}".rstrip())
    for problem in card.warnings:
        print(f"! {sentence(problem)} [{problem.number}]")
    return 0


def _add_find(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("find", parents=[everywhere], help="the one search of the window")
    parser.add_argument("text")
    parser.add_argument("--limit", type=_count, default=finding.SEARCH_LIMIT)
    parser.set_defaults(run=_find)


def _find(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        found = finding.search(desk, options.text, options.limit)
    finally:
        desk.close()
    for line in found:
        shown = (line.code, line.full_name, line.procedure_name, line.status, line.due_at or "-", line.sent)
        print(to_json(answers.found_json(line)) if options.json else "  ".join(shown))
    return 0


def _add_show(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("show", parents=[everywhere], help="one dossier, with its timeline")
    parser.add_argument("code", help="code, desk key, id or external code")
    parser.set_defaults(run=_show)


def _show(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        dossier = sheets.find_dossier(desk, options.code)
        sent = finding.sending_state(desk, dossier.id)
    finally:
        desk.close()
    shown = answers.dossier_json(dossier, sent)
    if options.json:
        print(to_json(shown))
        return 0
    for name in ("code", "key", "status_text", "received_at", "due_at", "holder", "sent"):
        print(f"{name}: {shown[name] or ''}".rstrip())
    for row in shown["timeline"]:
        print(f"  {row['at']}  {row['text']} ({row['who']})")
    return 0


def _add_board(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("board", parents=[everywhere], help="open dossiers by urgency")
    parser.add_argument("--at", metavar="YYYY-MM-DDTHH:MM")
    parser.add_argument("--limit", type=_count, default=boards.BOARD_LIMIT)
    parser.set_defaults(run=_board)


def _board(options: argparse.Namespace) -> int:
    at = read_moment("at", options.at) if options.at else None
    desk = open_desk(options.data)
    try:
        lines = boards.board(desk, at, options.limit)
    finally:
        desk.close()
    for line in lines:
        row = answers.board_json(line)
        human = f"{row['urgency']:8} {row['left']:>18}  {row['code']}  {row['full_name']}  {row['procedure']}"
        print(to_json(row) if options.json else human)
    return 0


def _count(text: str) -> int:
    """A number of lines from 1 to a million."""
    if not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text}: 1 … 1000000")
    return int(text)


COMMANDS = (_add_due, _add_card, _add_find, _add_show, _add_board)
