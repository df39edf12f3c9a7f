"""The ten national statuses of a dossier, and the verbs that lead from one to another."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """The ten national statuses in their order."""

    NEW = "new"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    WITHDRAWING = "withdrawing"
    STOPPED = "stopped"
    FINISHED = "finished"
    RETURNED = "returned"


OPEN_STATUSES = frozenset(Status) - {Status.NOT_ACCEPTED, Status.STOPPED, Status.FINISHED, Status.RETURNED}


class Verb(StrEnum):
    """What an office does with a dossier after it came in."""

    ACCEPT = "accept"
    HAND_OVER = "hand-over"
    HAND_BACK = "hand-back"
    ASK_PAPERS = "ask-papers"
    PAPERS_COMPLETE = "papers-complete"
    ASK_PAYMENT = "ask-payment"
    PAID = "paid"
    VERIFY = "verify"
    VERIFIED = "verified"
    EXTEND = "extend"
    WITHDRAW = "withdraw"
    STOP = "stop"
    REFUSE = "refuse"
    FINISH = "finish"
    RETURN = "return"
    POST = "post"
    MAIL_BACK = "mail-back"
    TAKE_BACK = "take-back"
    CORRECT = "correct"
    VOID = "void"
    REOPEN = "reopen"
    RECOUNT = "recount"
    CALL = "call"


class Waiting(StrEnum):
    """What a stopped clock waits for."""

    NOTHING = ""
    PAPERS = "papers"
    PAYMENT = "payment"
    VERIFICATION = "verification"
