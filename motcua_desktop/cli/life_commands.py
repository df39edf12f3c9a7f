"""Commands of a dossier's life: act, sheet, register, fees."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from motcua_desktop.cli import answers
from motcua_desktop.cli.answers import to_json
from motcua_desktop.cli.look_commands import procedure_code, read_moment
from motcua_desktop.documents.paper import Paper
from motcua_desktop.domain.act_table import TABLE
from motcua_desktop.domain.calendar import YEARS
from motcua_desktop.domain.card import read_date
from motcua_desktop.domain.dossier import Dossier, Person, Verb
from motcua_desktop.domain.errors import fault, refuse
from motcua_desktop.domain.pausing import ClockEffect
from motcua_desktop.domain.text import clean, digits
from motcua_desktop.messages import sentence
from motcua_desktop.services import finding, quick, register, sheets
from motcua_desktop.services.acts import PAID_BY, PROOFS, Act, Collector, act
from motcua_desktop.services.desk import Desk, open_desk
from motcua_desktop.services.sheets import SheetKind

_Commands = Any


def _add_act(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("act", parents=[everywhere], help="one act of a dossier's life")
    parser.add_argument("code", help="code, desk key, id or external code")
    parser.add_argument("verb", choices=[str(verb) for verb in Verb], metavar="VERB")
    parser.add_argument("--reason", default="")
    parser.add_argument("--to", default="", help="the unit or body")
    parser.add_argument("--due", metavar="YYYY-MM-DD", help="the new appointment, or until when it waits")
    parser.add_argument("--at", metavar="YYYY-MM-DDTHH:MM", help="when it happened; default: now")
    parser.add_argument("--by", default="", help="the leader who decides")
    parser.add_argument("--amount", type=int, metavar="ĐỒNG")
    parser.add_argument("--paid-by", choices=PAID_BY, default="cash")
    parser.add_argument("--result", default="", help="number and date of the result")
    parser.add_argument("--tracking", default="", help="the postal number")
    parser.add_argument("--clock", choices=[str(effect) for effect in ClockEffect], help="after papers came")
    parser.add_argument("--collector", help="who takes the result; default: the applicant")
    parser.add_argument("--collector-id", default="")
    parser.add_argument("--authority", default="", help="the paper that allows somebody else to take it")
    parser.add_argument("--proof", choices=PROOFS, default="receipt")
    parser.add_argument(
        "--set", dest="changes", action="append", default=[], metavar="FIELD=VALUE", help="of a correction"
    )
    parser.set_defaults(run=_act)


def _act(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        dossier = sheets.find_dossier(desk, options.code)
        done = act(desk, dossier.id, _wanted(dossier, options))
        sent = finding.sending_state(desk, dossier.id)
    finally:
        desk.close()
    for problem in done.warnings:
        print(f"! {sentence(problem)} [{problem.number}]", file=sys.stderr)
    shown = answers.dossier_json(done.dossier, sent)
    print(to_json(shown) if options.json else f"{shown['code']}: {shown['status_text']}. {shown['say']}")
    return 0


def _wanted(dossier: Dossier, options: argparse.Namespace) -> Act:
    collector = None
    if options.collector or options.collector_id or options.proof != "receipt":
        name = options.collector or (dossier.applicant.full_name if dossier.applicant else "")
        own = dossier.applicant.id_number if dossier.applicant and not options.collector else ""
        relation = "other" if options.collector else "applicant"
        collector = Collector(name, options.collector_id or own, relation, options.authority, options.proof)
    changes, people = read_changes(options.changes)
    return Act(
        verb=Verb(options.verb),
        reason=options.reason,
        to=options.to,
        due=_day(options.due),
        at=read_moment("at", options.at) if options.at else None,
        by=options.by,
        amount_vnd=options.amount,
        paid_by=options.paid_by,
        result=options.result,
        tracking=options.tracking,
        effect=ClockEffect(options.clock) if options.clock else None,
        collector=collector,
        changes=changes,
        people=people,
    )


_PERSON_FIELDS = frozenset(field.name for field in fields(Person))


def read_changes(given: list[str]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What a correction takes: `applicant.phone=09…`, `sets=2`, `fee_due_vnd=8000`, `note=…`; raises MC-123."""
    changes: dict[str, Any] = {}
    people: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        role, _, part = name.partition(".")
        if role in ("applicant", "representative") and part in _PERSON_FIELDS and equals:
            people.setdefault(role, {})[part] = _part(part, value)
        elif name == "note":
            people["note"] = clean(value)
        elif name in ("sets", "fee_due_vnd") and value.isascii() and value.isdigit():
            changes[name] = int(value)
        elif name == "return_by":
            changes["return_by"] = value
        else:
            raise refuse("MC-123", "set", value=text)
    return changes, people


def _part(name: str, value: str) -> str:
    """A field of a person, read as an intake reads it."""
    said = clean(value)
    if name == "birth_date":
        return read_date(said)
    return digits(said) if name in ("phone", "id_number") and not any(map(str.isalpha, said)) else said


def _day(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    moment = read_moment("due", text)
    return moment if "T" in text else moment.date()


_LETTER = {
    "letter": "of a letter: birth, marriage or death",
    "name": "of a letter: the child, one of the couple, who died",
    "other": "of a letter on a marriage: the other name",
    "family": "of a letter: to whom it is written",
}


def _add_sheet(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("sheet", parents=[everywhere], help="a printed sheet as PDF")
    parser.add_argument("code")
    parser.add_argument("kind", choices=[str(kind) for kind in SheetKind])
    parser.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE.pdf")
    parser.add_argument("--paper", choices=[str(paper) for paper in Paper], help="default: the form's own")
    parser.add_argument("--reprint", action="store_true", help="one more print, marked as such")
    for name in ("letter", "name", "other", "family"):
        parser.add_argument(f"--{name}", default="", help=_LETTER[name])
    parser.add_argument("--preview", action="store_true", help="only to look at: marked, and not noted")
    parser.set_defaults(run=_sheet)


def _sheet(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        dossier = sheets.find_dossier(desk, options.code)
        _demand_writable(options.output)  # before a print is noted that nobody will hold
        sheet = _drawn(desk, dossier, options)
        _write(options.output, sheet.pdf)
        if not options.preview:
            sheets.note_sent(desk, sheet, "file")
    finally:
        desk.close()
    if sheet.problem is not None:
        print(f"{sentence(sheet.problem)} [{sheet.problem.number}]", file=sys.stderr)
    print(to_json({"code": dossier.code, "file": str(options.output)}) if options.json else options.output)
    return 0


def _drawn(desk: Desk, dossier: Dossier, options: argparse.Namespace) -> sheets.Sheet:
    kind = SheetKind(options.kind)
    words = {name: clean(said) for name in _LETTER if (said := getattr(options, name))} or None
    paper = Paper(options.paper) if options.paper else None
    if options.preview:
        return sheets.preview_sheet(desk, dossier, kind, paper, words)
    if options.reprint:
        return sheets.draw_one_more(desk, dossier, kind, paper, words)
    return sheets.draw_sheet(desk, dossier, kind, paper, words)


def _demand_writable(path: Path) -> None:
    fresh = not path.exists()
    try:
        path.open("ab").close()
        if fresh:
            path.unlink()
    except OSError as error:
        raise fault("MC-210", path=path) from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise fault("MC-210", path=path) from error


def _add_register(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("register", parents=[everywhere], help="the register (form 07) of a year")
    parser.add_argument("--year", type=int, choices=YEARS, metavar="YYYY", required=True)
    parser.add_argument("--field", default="", help="of one field only")
    parser.add_argument("--format", choices=("pdf", "xlsx"), default="pdf")
    parser.add_argument("--close", metavar="YYYY-MM", help="first close this month of the desk's own book")
    parser.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE")
    parser.set_defaults(run=_register)


def _register(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        if options.close:
            register.close_month(desk, options.close)
        _demand_writable(options.output)
        lines = register.register_lines(desk, options.year, options.field)
        drawn = register.draw_register(desk, options.year, options.format, options.field, lines)
        _write(options.output, drawn)
    finally:
        desk.close()
    shown = {"file": str(options.output), "lines": len(lines)}
    print(to_json(shown) if options.json else options.output)
    return 0


def _add_fees(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("fees", parents=[everywhere], help="the fee book from one day to another")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("-o", dest="output", type=Path, metavar="FILE.pdf", help="as a book to sign")
    parser.set_defaults(run=_fees)


def _fees(options: argparse.Namespace) -> int:
    last = options.last or options.first
    desk = open_desk(options.data)
    try:
        lines = register.fee_lines(desk, options.first, last)
        if options.output:
            _demand_writable(options.output)
            _write(options.output, register.draw_fees(desk, options.first, last))
    finally:
        desk.close()
    for line in lines:
        row = {
            "book": line.book,
            "number": line.number,
            "day": line.day.isoformat(),
            "payer": line.payer,
            "procedure": line.procedure,
            "code": line.code,
            "amount_vnd": line.amount_vnd,
            "mode": str(line.mode),
            "officer": line.officer,
        }
        number = f"{line.book}-{line.number:<5} {line.day:%d/%m/%Y}"
        human = f"{number} {line.amount_vnd:>10}  {line.payer}  {line.code}"
        print(to_json(row) if options.json else human)
    return 0


def _add_quick(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "quick", parents=[everywhere], help="receive, take the money, give out, at once"
    )
    parser.add_argument("procedure", help="its code or alias")
    parser.add_argument("--name", required=True, help="of who asks")
    parser.add_argument("--id", dest="id_number", default="")
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--pages", type=int, default=1, help="of one copy")
    parser.add_argument("--exemption", help="a group that pays nothing, by its name in the tariff")
    parser.add_argument("--amount", type=int, metavar="ĐỒNG", help="where no tariff names one")
    parser.add_argument("--paid-by", choices=PAID_BY, default="cash")
    parser.add_argument("--request", dest="request_id", help="said twice it is done once")
    parser.set_defaults(run=_quick)


def _quick(options: argparse.Namespace) -> int:
    desk = open_desk(options.data)
    try:
        code = procedure_code(desk, options.procedure)
        person = Person(clean(options.name), options.id_number)
        wanted = quick.QuickSubmission(
            procedure=code,
            applicant=person,
            copies=options.copies,
            pages=options.pages,
            exemption=options.exemption,
            paid_by=options.paid_by,
            amount_vnd=options.amount,
            request_id=options.request_id,
        )
        done = quick.quick(desk, wanted)
    finally:
        desk.close()
    charge = done.charge
    shown = {
        "code": done.dossier.code,
        "status": str(done.dossier.status),
        "fee": charge.text,
        "total_vnd": charge.total_vnd,
        "register": {"book": done.dossier.book, "entry": done.dossier.entry},
        "warnings": [answers.problem_json(problem) for problem in done.warnings],
    }
    print(to_json(shown) if options.json else f"{shown['code']}  {charge.text}")
    return 0


def _add_acts(commands: _Commands, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("acts", parents=[everywhere], help="the table of acts: what may follow what")
    parser.set_defaults(run=_acts)


def _acts(options: argparse.Namespace) -> int:
    if options.json:
        for row in TABLE:
            print(to_json(answers.row_json(row)))
    else:
        print("\n".join(answers.acts_page()))
    return 0


COMMANDS = (_add_act, _add_acts, _add_quick, _add_sheet, _add_register, _add_fees)
