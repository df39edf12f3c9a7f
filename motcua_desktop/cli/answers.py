"""What commands answer, as JSON-ready values and as lines for a person."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from motcua_desktop.domain.act_rows import Clock, Row
from motcua_desktop.domain.act_table import TABLE
from motcua_desktop.domain.acts import may
from motcua_desktop.domain.dossier import Dossier, Status
from motcua_desktop.domain.due import Due, Term
from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.source import is_verified
from motcua_desktop.i18n import gettext
from motcua_desktop.messages import instead, sentence
from motcua_desktop.services.board import BoardLine, Left
from motcua_desktop.services.history import history
from motcua_desktop.services.intake import Received, term_json
from motcua_desktop.services.telling import five_clear, outcome, say, status_name
from motcua_desktop.store.dossiers import DossierLine


def to_json(value: object) -> str:
    """One line of JSON, Vietnamese as it is."""
    return json.dumps(value, ensure_ascii=False)


def problem_json(problem: Problem) -> dict[str, Any]:
    told = {"number": problem.number, "text": sentence(problem), "field": problem.field}
    return told | ({"instead": instead(problem)} if instead(problem) else {})


def received_json(line: int, received: Received, receipt: str | None) -> dict[str, Any]:
    dossier = received.dossier
    return {
        "line": line,
        "id": dossier.id,
        "code": dossier.code,
        "key": dossier.key,
        "secret": dossier.secret,
        "received_at": dossier.received_at,
        "due_at": dossier.due_at,
        "due_total_at": dossier.due_total_at,
        "provisional": dossier.provisional_year is not None,
        "receipt": receipt,
        "warnings": [problem_json(problem) for problem in received.warnings],
    }


def due_json(code: str, counted: Due, received_at: datetime, in_all: Due | None = None) -> dict[str, Any]:
    statutory = counted.term.statutory()
    return {
        "procedure": code,
        "case": counted.term.case,
        "received_at": received_at.isoformat(timespec="seconds"),
        "due_at": counted.due_at.isoformat(timespec="seconds") if counted.due_at else None,
        "due_total_at": in_all.due_at.isoformat(timespec="seconds") if in_all and in_all.due_at else None,
        "provisional": counted.provisional,
        "rule": rule_json(counted.term),
        "statutory": rule_json(statutory) if statutory else None,
        "rule_total": rule_json(in_all.term) if in_all else None,
        "skipped": [
            {"date": off.date.isoformat(), "reason": off.reason, "source": off.source}
            for off in counted.skipped
        ],
    }


def rule_json(term: Term) -> dict[str, Any]:
    """A term with whether its source was checked against the text of the law."""
    return term_json(term) | {"verified": is_verified(term.source)}


def found_json(line: DossierLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "key": line.key,
        "full_name": line.full_name,
        "procedure": line.procedure_name,
        "status": line.status,
        "due_at": line.due_at,
        "sent": line.sent,
    }


def dossier_json(dossier: Dossier, sent: str) -> dict[str, Any]:
    return {
        "id": dossier.id,
        "code": dossier.code,
        "key": dossier.key,
        "external_codes": [{"system": x.system, "code": x.code} for x in dossier.external_codes],
        "status": str(dossier.status),
        "status_text": status_name(dossier.status),
        "procedure": dict(dossier.procedure),
        "applicant": asdict(dossier.applicant) if dossier.applicant else None,
        "representative": asdict(dossier.representative) if dossier.representative else None,
        "received_at": dossier.received_at,
        "due_at": dossier.due_at,
        "original_due_at": dossier.original_due_at,
        "due_total_at": dossier.due_total_at,
        "waiting": str(dossier.waiting),
        "waiting_due_at": dossier.waiting_due_at,
        "timer": asdict(dossier.timer) if dossier.timer else None,
        "finished_at": dossier.finished_at,
        "outcome": dossier.outcome,
        "timing": outcome(dossier),
        "register": {"book": dossier.book, "entry": dossier.entry},
        "money": {
            "due_vnd": dossier.fee_due_vnd,
            "paid_vnd": dossier.paid_vnd,
            "left_vnd": dossier.fee_left_vnd,
        },
        "delivery": {"way": dossier.return_by, **asdict(dossier.delivery)},
        "paused": dossier.paused,
        "holder": dossier.holder,
        "say": say(dossier),
        "five_clear": asdict(five_clear(dossier)),
        "may": [str(verb) for verb in may(dossier)],
        "papers": [asdict(document) for document in dossier.documents],
        "owed": list(dossier.owed),
        "timeline": timeline(dossier),
        "sent": sent,
        "scans_missing": 0,
        "needs_a_look": list(dossier.needs_a_look),
    }


def timeline(dossier: Dossier) -> list[dict[str, str]]:
    """What happened to a dossier, oldest first."""
    return [
        {"at": line.at, "who": line.who, "text": line.text, **({"verb": str(line.verb)} if line.verb else {})}
        for line in history(dossier)
    ]


def row_json(row: Row) -> dict[str, Any]:
    """A row of the table of acts."""
    return {
        "verb": str(row.verb),
        "from": [str(status) for status in Status if status in row.sources],
        "to": str(row.to) if row.to else None,
        "needs": list(row.needs),
        "guards": [str(guard) for guard in row.guards],
        "leader": row.leader,
        "clock": str(row.clock),
        "sheet": row.sheet,
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "source": row.source,
    }


def acts_page() -> list[str]:
    """The table of acts as a Markdown table."""
    page = ["| Act | From | To | Needs | Only if | Clock | Sheet | In force | Source |", "|" + "---|" * 9]
    for row in TABLE:
        told = row_json(row)
        force = (
            f"{told['valid_from'] or ''} – {told['valid_to'] or ''}" if row.valid_from or row.valid_to else ""
        )
        needs = [*row.needs, *(["leader"] if row.leader else [])]
        cells = (
            f"`{row.verb}`",
            ", ".join(told["from"]),
            told["to"] or "stays",
            ", ".join(needs),
            ", ".join(guard.replace("_", " ") for guard in told["guards"]),
            "" if row.clock is Clock.NOTHING else str(row.clock).replace("_", " "),
            row.sheet,
            force,
            row.source,
        )
        page.append("| " + " | ".join(cells) + " |")
    return page


def board_json(line: BoardLine) -> dict[str, Any]:
    return {
        "urgency": str(line.urgency),
        "code": line.dossier.code,
        "full_name": line.dossier.full_name,
        "procedure": line.dossier.procedure_name,
        "due_at": line.dossier.due_at,
        "left": left_text(line.left),
        "holder": line.dossier.holder,
    }


def left_text(left: Left | None) -> str:
    """Working time left, or past with a minus sign."""
    if left is None:
        return ""
    sign = "-" if left.late else ""
    if left.days:
        return gettext("{sign}{days} working days").format(sign=sign, days=left.days)
    if left.hours:
        return gettext("{sign}{hours} hours").format(sign=sign, hours=left.hours)
    return gettext("just late") if left.late else gettext("under one hour")
