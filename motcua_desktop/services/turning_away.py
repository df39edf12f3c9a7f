"""Papers that cannot be accepted at the counter: what is missing is asked for (form 02), or they are refused."""

from __future__ import annotations

from dataclasses import replace

from motcua_desktop.domain.dossier import Dossier, Verb
from motcua_desktop.services.acts import Act, plan, write
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.intake import Submission, receive
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.store.connection import Connection


def turn_away(desk: Desk, submission: Submission, verb: Verb, reason: str) -> Dossier:
    """Note that papers were presented, and that they are asked for or refused, in one transaction.

    `verb` is ASK_PAPERS or REFUSE. No clock runs and no receipt is drawn; the sheet of the act is drawn as ever.
    Raises what `receive` and `acts.plan` raise.
    """

    def answer(transaction: Connection, dossier: Dossier) -> None:
        write(desk, transaction, dossier, plan(desk, dossier, Act(verb, reason=reason)))

    received = receive(desk, replace(submission, presented=True), then=answer)
    return find_dossier(desk, received.dossier.id)
