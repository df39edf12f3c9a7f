"""What commands answer, as JSON-ready values and as lines for a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from motcua_desktop.domain.dossier import PAUSED_STATUSES, Dossier, Status
from motcua_desktop.domain.due import Due
from motcua_desktop.domain.errors import Problem
from motcua_desktop.i18n import gettext
from motcua_desktop.i18n import mark as _
from motcua_desktop.messages import sentence, spoken
from motcua_desktop.services.board import BoardLine, Left
from motcua_desktop.services.intake import Received, term_json
from motcua_desktop.store.dossiers import DossierLine

STATUS_NAMES: Mapping[Status, str] = {
    Status.NEW: _("Newly registered"),
    Status.ACCEPTED: _("Accepted"),
    Status.NOT_ACCEPTED: _("Not accepted"),
    Status.PROCESSING: _("Being processed"),
    Status.SUPPLEMENT: _("Papers asked for"),
    Status.PAYMENT: _("Payment asked for"),
    Status.WITHDRAWING: _("Withdrawal asked for"),
    Status.STOPPED: _("Stopped"),
    Status.FINISHED: _("Finished"),
    Status.RETURNED: _("Result returned"),
}


def to_json(value: object) -> str:
    """One line of JSON, Vietnamese as it is."""
    return json.dumps(value, ensure_ascii=False)


def problem_json(problem: Problem) -> dict[str, Any]:
    return {"number": problem.number, "text": sentence(problem), "field": problem.field}


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
        "due_total_at": None,
        "provisional": dossier.provisional_year is not None,
        "receipt": receipt,
        "warnings": [problem_json(problem) for problem in received.warnings],
    }


def due_json(code: str, counted: Due, received_at: datetime) -> dict[str, Any]:
    return {
        "procedure": code,
        "case": counted.term.case,
        "received_at": received_at.isoformat(timespec="seconds"),
        "due_at": counted.due_at.isoformat(timespec="seconds") if counted.due_at else None,
        "due_total_at": None,
        "provisional": counted.provisional,
        "rule": term_json(counted.term),
        "skipped": [
            {"date": off.date.isoformat(), "reason": off.reason, "source": off.source}
            for off in counted.skipped
        ],
    }


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
        "status_text": gettext(STATUS_NAMES[dossier.status]),
        "procedure": dict(dossier.procedure),
        "applicant": asdict(dossier.applicant) if dossier.applicant else None,
        "representative": asdict(dossier.representative) if dossier.representative else None,
        "received_at": dossier.received_at,
        "due_at": dossier.due_at,
        "original_due_at": dossier.original_due_at,
        "due_total_at": None,
        "paused": dossier.status in PAUSED_STATUSES,
        "holder": dossier.holder,
        "say": _said(dossier),
        "papers": [asdict(document) for document in dossier.documents],
        "owed": list(dossier.owed),
        "timeline": timeline(dossier),
        "sent": sent,
        "scans_missing": 0,
        "needs_a_look": list(dossier.needs_a_look),
    }


def _said(dossier: Dossier) -> str:
    """One sentence to read out to a caller."""
    text = gettext("{procedure}: received {received}, with {holder}, due {due}; {status}.")
    return text.format(
        procedure=dossier.procedure["short_name"],
        received=spoken(datetime.fromisoformat(dossier.received_at)),
        holder=dossier.holder,
        due=spoken(datetime.fromisoformat(dossier.due_at)) if dossier.due_at else "–",
        status=gettext(STATUS_NAMES[dossier.status]).lower(),
    )


def timeline(dossier: Dossier) -> list[dict[str, str]]:
    """What happened to a dossier, oldest first."""
    told = [{"at": dossier.received_at, "who": dossier.officer, "text": gettext("Received at the counter")}]
    for sheet in dossier.sheets:
        text = gettext("Receipt drawn") if sheet.number == 1 else gettext("Receipt printed again")
        told.append({"at": sheet.drawn_at, "who": sheet.officer, "text": text})
    for external in dossier.external_codes:
        text = gettext("Code at {system}: {code}").format(system=external.system, code=external.code)
        told.append({"at": external.given_at, "who": external.officer, "text": text})
    for erasure in dossier.erasures:
        text = gettext("Personal data erased: {ground}").format(ground=erasure.ground)
        told.append({"at": erasure.erased_at, "who": erasure.officer, "text": text})
    return sorted(told, key=lambda row: datetime.fromisoformat(row["at"]))


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
