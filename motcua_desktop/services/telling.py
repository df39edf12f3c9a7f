"""A dossier told in words: its status, the five "clear"s, a sentence to read out, its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua_desktop.domain import acts
from motcua_desktop.domain.dossier import ActDone, Dossier, DrawnSheet, Status, Verb, Waiting
from motcua_desktop.domain.pausing import Timing, timing
from motcua_desktop.domain.text import in_figures
from motcua_desktop.i18n import gettext
from motcua_desktop.i18n import mark as _
from motcua_desktop.messages import spoken

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
VERB_NAMES: Mapping[Verb, str] = {
    Verb.ACCEPT: _("accept"),
    Verb.HAND_OVER: _("hand over"),
    Verb.HAND_BACK: _("give back to the desk"),
    Verb.ASK_PAPERS: _("ask for papers"),
    Verb.PAPERS_COMPLETE: _("papers complete"),
    Verb.ASK_PAYMENT: _("ask for payment"),
    Verb.PAID: _("paid"),
    Verb.VERIFY: _("ask another body"),
    Verb.VERIFIED: _("answer received"),
    Verb.EXTEND: _("apologise and extend"),
    Verb.WITHDRAW: _("citizen withdraws"),
    Verb.STOP: _("stop"),
    Verb.REFUSE: _("refuse"),
    Verb.FINISH: _("finish"),
    Verb.RETURN: _("return the result"),
    Verb.POST: _("send by post"),
    Verb.MAIL_BACK: _("mail came back"),
    Verb.TAKE_BACK: _("take back a wrong result"),
    Verb.CORRECT: _("correct and print again"),
    Verb.VOID: _("void the receipt"),
    Verb.REOPEN: _("reopen"),
    Verb.RECOUNT: _("count the date again"),
    Verb.CALL: _("note a call"),
}
_DONE: Mapping[Verb, str] = {
    Verb.ACCEPT: _("Accepted, due {due}"),
    Verb.HAND_OVER: _("Handed over to {to}"),
    Verb.HAND_BACK: _("Given back to the desk"),
    Verb.ASK_PAPERS: _("Papers asked for: {reason}"),
    Verb.PAPERS_COMPLETE: _("Papers complete, due {due}"),
    Verb.ASK_PAYMENT: _("Payment asked for: {reason}"),
    Verb.PAID: _("Paid {amount}"),
    Verb.VERIFY: _("Asked {to}"),
    Verb.VERIFIED: _("Answer received, due {due}"),
    Verb.EXTEND: _("Apology, new appointment {due}: {reason}"),
    Verb.WITHDRAW: _("The citizen withdraws"),
    Verb.STOP: _("Stopped: {reason}"),
    Verb.REFUSE: _("Refused: {reason}"),
    Verb.FINISH: _("Result at the desk {result}"),
    Verb.RETURN: _("Result returned to {collector}"),
    Verb.POST: _("Sent by post {tracking}"),
    Verb.MAIL_BACK: _("Mail came back: {reason}"),
    Verb.TAKE_BACK: _("Result taken back: {reason}"),
    Verb.CORRECT: _("Corrected: {reason}"),
    Verb.VOID: _("Receipt void: {reason}"),
    Verb.REOPEN: _("Reopened: {reason}"),
    Verb.RECOUNT: _("Date counted again, due {due}: {reason}"),
    Verb.CALL: _("Call noted: {reason}"),
}
_TASKS: Mapping[Status, str] = {
    Status.NEW: _("check the papers and accept"),
    Status.ACCEPTED: _("hand over to the resolving unit"),
    Status.PROCESSING: _("resolve"),
    Status.SUPPLEMENT: _("wait for the citizen's papers"),
    Status.PAYMENT: _("wait for the citizen's payment"),
    Status.WITHDRAWING: _("give the papers back and stop"),
    Status.FINISHED: _("return the result"),
    Status.RETURNED: _("nothing more"),
    Status.STOPPED: _("nothing more"),
    Status.NOT_ACCEPTED: _("nothing more"),
}
_SENTENCES: Mapping[Status, str] = {
    Status.NEW: _(
        "The papers for {procedure} are with us and are being looked at; they are not accepted yet."
    ),
    Status.ACCEPTED: _("{procedure}: accepted on {received}, with {holder}; the appointment is {due}."),
    Status.PROCESSING: _("{procedure}: being processed by {holder}; the appointment is {due}."),
    Status.SUPPLEMENT: _(
        "{procedure}: we wait for papers from you until {waiting_due}; meanwhile the term stands still."
    ),
    Status.PAYMENT: _("{procedure}: we wait for your payment; meanwhile the term stands still."),
    Status.WITHDRAWING: _("{procedure}: you asked to withdraw; the papers are being made ready for you."),
    Status.FINISHED: _("{procedure}: the result is at the desk; please come with the receipt."),
    Status.RETURNED: _("{procedure}: the result was returned on {ended}."),
    Status.STOPPED: _("{procedure}: stopped on {ended}."),
    Status.NOT_ACCEPTED: _("{procedure}: not accepted on {ended}; the slip names the reason."),
}
_NOT_YET = _("{procedure}: we wait for papers from you until {waiting_due}; the dossier is not accepted yet.")
_VERIFYING = _("{procedure}: we wait for the answer of {to}; meanwhile the term stands still.")
_REFUSED = _("{procedure}: the request was refused; the answer with its reason is at the desk.")
_POSTED = _("{procedure}: the result was sent by post on {posted}.")
_VOIDED = _("{procedure}: this receipt was made by mistake and is void.")
_FIELD_NAMES: Mapping[str, str] = {
    "reason": _("the reason"),
    "to": _("the unit or body"),
    "due": _("the new appointment"),
    "amount": _("the amount"),
    "leader": _("the leader who decides"),
    "changes": _("what is to be corrected"),
}
_TIMINGS: Mapping[Timing, str] = {
    Timing.EARLY: _("early"),
    Timing.ON_TIME: _("on time"),
    Timing.LATE: _("late"),
}


@dataclass(frozen=True, slots=True)
class FiveClear:
    """Who holds it, to do what, until when and by whose duty, what comes next, the measured result (5 rõ)."""

    person: str
    task: str
    responsibility: str
    procedure: str
    outcome: str


def status_name(status: Status) -> str:
    """A status in words."""
    return gettext(STATUS_NAMES[status])


def verb_name(verb: Verb) -> str:
    """An act in words."""
    return gettext(VERB_NAMES[verb])


def field_name(field: str) -> str:
    """What an act still needs, in words; "" for no field."""
    return gettext(_FIELD_NAMES[field]) if field else ""


def say(dossier: Dossier) -> str:
    """One sentence to read out to a caller; it names nobody's data."""
    text = _SENTENCES[dossier.status]
    if dossier.waiting is Waiting.VERIFICATION:
        text = _VERIFYING
    elif dossier.status is Status.SUPPLEMENT and dossier.accepted_at is None:
        text = _NOT_YET
    elif dossier.voided:
        text = _VOIDED
    elif dossier.status is Status.FINISHED and dossier.delivery.state == "posted":
        text = _POSTED
    elif dossier.status is Status.FINISHED and dossier.outcome == "refused":
        text = _REFUSED
    verified = dossier.last(Verb.VERIFY)
    return gettext(text).format(
        procedure=dossier.procedure["short_name"],
        received=_spoken(dossier.received_at),
        holder=dossier.holder,
        due=_spoken(dossier.due_at),
        waiting_due=_spoken(dossier.waiting_due_at),
        ended=_spoken(dossier.acts[-1].at if dossier.acts else dossier.received_at),
        to=verified.to if verified else "",
        posted=_spoken(dossier.delivery.at),
    )


def five_clear(dossier: Dossier) -> FiveClear:
    """The five "clear"s of a dossier as it stands."""
    task = gettext(_TASKS[dossier.status])
    if dossier.waiting is Waiting.VERIFICATION:
        task = gettext(_("wait for another body's answer"))
    until = dossier.waiting_due_at or dossier.due_at
    if dossier.timer and not dossier.with_unit:  # the desk's own: to tell the citizen
        until = dossier.timer.due_at
    duty = gettext(_("{holder}, until {until}")).format(holder=dossier.holder, until=_spoken(until))
    following = ", ".join(verb_name(verb) for verb in _next(dossier))
    return FiveClear(dossier.holder, task, duty, following or gettext(_("nothing more")), outcome(dossier))


def outcome(dossier: Dossier) -> str:
    """The measured result: early, on time or late, with or without an apology.

    "" while open, and for what ended without a result: stopped, withdrawn, void.
    """
    measured = dossier.status in (Status.FINISHED, Status.RETURNED)
    if not measured or dossier.finished_at is None or dossier.judged_due_at is None:
        return ""
    judged = timing(
        datetime.fromisoformat(dossier.finished_at), datetime.fromisoformat(dossier.judged_due_at)
    )
    said = gettext(_TIMINGS[judged])
    if judged is not Timing.LATE:
        return said
    apologised = dossier.times(Verb.EXTEND) > 0
    return f"{said}, " + (gettext(_("with apology")) if apologised else gettext(_("without apology")))


def act_line(act: ActDone) -> str:
    """One act of the history in words; what was erased is left out."""
    collector = act.people.get("collector") or {}
    text = gettext(_DONE[act.verb]).format(
        due=_spoken(act.due_at),
        to=act.to,
        reason=act.reason or "",
        amount=_amount(act),
        result=act.facts.get("result", ""),
        tracking=act.facts.get("tracking", ""),
        collector=collector.get("full_name") or "–",
    )
    leader = gettext(_("decided by {leader}")).format(leader=act.leader) if act.leader else ""
    return " · ".join(part for part in (text.strip().removesuffix(":"), leader, _entered(act)) if part)


def _amount(act: ActDone) -> str:
    """The office's own fee, or what was shown to be paid to the State."""
    if duty := act.facts.get("duty"):
        return gettext(_("{amount} đ to the State, not into the fee book")).format(amount=in_figures(duty))
    amount = act.facts.get("amount")
    return f"{in_figures(amount)} đ" if amount else ""


def _entered(act: ActDone) -> str:
    """When an act of an earlier hour was written down."""
    entered = act.facts.get("entered_at")
    if entered is None or entered[:16] == act.at[:16]:
        return ""
    return gettext(_("entered {entered}")).format(entered=_spoken(entered))


SHEET_NAMES: Mapping[str, str] = {
    "receipt": _("Receipt"),
    "supplement": _("Request for papers"),
    "refusal": _("Refusal"),
    "apology": _("Apology and extension"),
    "stop": _("Stop notice"),
    "control": _("Control sheet"),
    "letter": _("Letter"),
    "label": _("Postal label"),
    "fee": _("Fee slip"),
}


def sheet_line(sheet: DrawnSheet) -> str:
    """A drawn sheet of the history in words."""
    name = gettext(SHEET_NAMES.get(sheet.kind, sheet.kind))
    if sheet.number == 1:
        return gettext(_("{sheet} drawn")).format(sheet=name)
    return gettext(_("{sheet} drawn, print {number}")).format(sheet=name, number=sheet.number)


def _next(dossier: Dossier) -> list[Verb]:
    """The ordinary next steps: what may be done, without the exceptions."""
    possible = acts.may(dossier)
    wanted = {
        Status.NEW: (Verb.ACCEPT,),
        Status.ACCEPTED: (Verb.HAND_OVER,),
        Status.PROCESSING: (Verb.VERIFIED, Verb.FINISH),
        Status.SUPPLEMENT: (Verb.PAPERS_COMPLETE,),
        Status.PAYMENT: (Verb.PAID,),
        Status.WITHDRAWING: (Verb.STOP,),
        Status.FINISHED: (Verb.RETURN,),
    }.get(dossier.status, ())
    return [verb for verb in wanted if verb in possible]


def _spoken(moment: str | None) -> str:
    return spoken(datetime.fromisoformat(moment)) if moment else "–"
