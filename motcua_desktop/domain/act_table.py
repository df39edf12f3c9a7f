"""The data behind `domain.acts`: the table of acts, and the limits of the procedure's own course.

A row holds for dossiers received between its `valid_from` and `valid_to`. Statuses and transitions: the national
list of ten, and the guards that NĐ 61/2018/NĐ-CP and NĐ 118/2025/NĐ-CP lead to; a row whose article or clause was
not seen says so in `source`.
"""

from __future__ import annotations

from datetime import date

from motcua_desktop.domain.act_rows import Clock, Guard, Holder, Limit, Row
from motcua_desktop.domain.status import Status, Verb, Waiting

_NEW_LAW = date(2025, 7, 1)
_OLD_LAW_ENDS = date(2025, 6, 30)
_PRACTICE = "thông lệ một cửa, chưa kiểm chứng"
_ACCEPTANCE = "NĐ 118/2025/NĐ-CP, Điều 17 (09/06/2025); khoản chưa kiểm chứng"
_TRANSFER = "NĐ 118/2025/NĐ-CP, Điều 18 (09/06/2025); khoản chưa kiểm chứng"
_RESOLUTION = "NĐ 118/2025/NĐ-CP, Điều 19 (09/06/2025); khoản chưa kiểm chứng"
_ONE_SUPPLEMENT = "NĐ 118/2025/NĐ-CP, Điều 11 (09/06/2025); khoản chưa kiểm chứng"
_STOP = "NĐ 118/2025/NĐ-CP, Điều 21 (09/06/2025); khoản chưa kiểm chứng"
_RESULT = "NĐ 118/2025/NĐ-CP, Điều 22 (09/06/2025); khoản chưa kiểm chứng"
_OLD_SUPPLEMENT = "NĐ 61/2018/NĐ-CP, Điều 19 khoản 4 (23/04/2018)"

LIMITS = (
    Limit(
        "unit_returns_unfit",
        2,
        True,
        "NĐ 118/2025/NĐ-CP, Điều 19 (09/06/2025), như các tỉnh áp dụng; khoản chưa kiểm chứng",
        _NEW_LAW,
    ),
    Limit("unit_returns_unfit", 3, True, _OLD_SUPPLEMENT, None, _OLD_LAW_ENDS),
    Limit(
        "desk_tells_citizen",
        1,
        True,
        "NĐ 118/2025/NĐ-CP, Điều 19 (09/06/2025), như các tỉnh áp dụng; khoản chưa kiểm chứng",
        _NEW_LAW,
    ),
    Limit("desk_tells_citizen", 1, True, _PRACTICE, None, _OLD_LAW_ENDS),
    Limit(
        "announce_before",
        1,
        True,
        "NĐ 118/2025/NĐ-CP, Điều 19 (09/06/2025), như các tỉnh áp dụng; khoản chưa kiểm chứng",
        _NEW_LAW,
    ),
    Limit(
        "announce_before",
        1,
        True,
        "NĐ 61/2018/NĐ-CP, Điều 19 (23/04/2018); khoản chưa kiểm chứng",
        None,
        _OLD_LAW_ENDS,
    ),
    Limit("citizen_supplements", 30, False, "chưa kiểm chứng: đơn vị tự đặt khi chưa có quy định"),
)

_RUNNING = frozenset({Status.ACCEPTED, Status.PROCESSING})
_BEFORE_DECISION = frozenset({Status.ACCEPTED, Status.PROCESSING, Status.SUPPLEMENT, Status.PAYMENT})
_OPEN = _BEFORE_DECISION | {Status.NEW, Status.WITHDRAWING}
_ENDED = frozenset({Status.NOT_ACCEPTED, Status.STOPPED, Status.RETURNED})


def _from(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


TABLE: tuple[Row, ...] = (
    Row(
        Verb.ACCEPT,
        _from(Status.NEW),
        Status.ACCEPTED,
        _ACCEPTANCE,
        clock=Clock.STARTS,
        holder=Holder.DESK,
        sheet="receipt",
    ),
    Row(
        Verb.HAND_OVER,
        _from(Status.ACCEPTED, Status.PROCESSING),
        Status.PROCESSING,
        _TRANSFER,
        needs=("to",),
        holder=Holder.NAMED,
        sheet="control",
        timer="unit_returns_unfit",
    ),
    Row(
        Verb.HAND_OVER,
        _from(Status.FINISHED),
        Status.PROCESSING,
        _PRACTICE,
        needs=("to", "reason"),
        guards=(Guard.NOT_POSTED,),
        holder=Holder.NAMED,
        sheet="control",
    ),
    Row(
        Verb.HAND_BACK,
        _from(Status.PROCESSING),
        None,
        _RESOLUTION,
        guards=(Guard.HANDED_OVER,),
        holder=Holder.DESK,
        sheet="control",
        timer="desk_tells_citizen",
    ),
    Row(
        Verb.ASK_PAPERS,
        _from(Status.NEW),
        Status.SUPPLEMENT,
        _ONE_SUPPLEMENT,
        needs=("reason",),
        guards=(Guard.FIRST_SUPPLEMENT,),
        waiting=Waiting.PAPERS,
        sheet="supplement",
        valid_from=_NEW_LAW,
    ),
    Row(
        Verb.ASK_PAPERS,
        _from(Status.NEW),
        Status.SUPPLEMENT,
        _ONE_SUPPLEMENT,
        needs=("reason",),
        guards=(Guard.SECOND_SUPPLEMENT,),
        leader=True,
        waiting=Waiting.PAPERS,
        sheet="supplement",
        valid_from=_NEW_LAW,
    ),
    Row(
        Verb.ASK_PAPERS,
        _from(Status.NEW),
        Status.SUPPLEMENT,
        _OLD_SUPPLEMENT,
        needs=("reason",),
        waiting=Waiting.PAPERS,
        sheet="supplement",
        valid_to=_OLD_LAW_ENDS,
    ),
    Row(
        Verb.ASK_PAPERS,
        _from(Status.PROCESSING),
        Status.SUPPLEMENT,
        _ONE_SUPPLEMENT,
        needs=("reason",),
        guards=(Guard.FIRST_SUPPLEMENT, Guard.CLOCK_RUNS),
        clock=Clock.STOPS,
        waiting=Waiting.PAPERS,
        sheet="supplement",
        valid_from=_NEW_LAW,
    ),
    Row(
        Verb.ASK_PAPERS,
        _from(Status.PROCESSING),
        Status.SUPPLEMENT,
        _ONE_SUPPLEMENT,
        needs=("reason",),
        guards=(Guard.SECOND_SUPPLEMENT, Guard.CLOCK_RUNS),
        leader=True,
        clock=Clock.STOPS,
        waiting=Waiting.PAPERS,
        sheet="supplement",
        valid_from=_NEW_LAW,
    ),
    Row(
        Verb.ASK_PAPERS,
        _from(Status.PROCESSING),
        Status.SUPPLEMENT,
        _OLD_SUPPLEMENT,
        needs=("reason",),
        guards=(Guard.CLOCK_RUNS,),
        clock=Clock.STOPS,
        waiting=Waiting.PAPERS,
        sheet="supplement",
        valid_to=_OLD_LAW_ENDS,
    ),
    Row(
        Verb.PAPERS_COMPLETE,
        _from(Status.SUPPLEMENT),
        Status.ACCEPTED,
        _ACCEPTANCE,
        guards=(Guard.NEVER_ACCEPTED,),
        clock=Clock.STARTS,
        holder=Holder.DESK,
        sheet="receipt",
    ),
    Row(
        Verb.PAPERS_COMPLETE,
        _from(Status.SUPPLEMENT),
        Status.PROCESSING,
        _RESOLUTION,
        guards=(Guard.ACCEPTED_BEFORE,),
        clock=Clock.GOES_ON,
        sheet="receipt",
        valid_from=_NEW_LAW,
    ),
    Row(
        Verb.PAPERS_COMPLETE,
        _from(Status.SUPPLEMENT),
        Status.PROCESSING,
        _OLD_SUPPLEMENT,
        guards=(Guard.ACCEPTED_BEFORE,),
        clock=Clock.GOES_ON,
        effect="restart",
        sheet="receipt",
        valid_to=_OLD_LAW_ENDS,
    ),
    Row(
        Verb.ASK_PAYMENT,
        _from(Status.PROCESSING),
        Status.PAYMENT,
        _PRACTICE,
        needs=("reason",),
        guards=(Guard.CLOCK_RUNS,),
        clock=Clock.STOPS,
        waiting=Waiting.PAYMENT,
    ),
    Row(Verb.PAID, _from(Status.PAYMENT), Status.PROCESSING, _PRACTICE, clock=Clock.GOES_ON),
    Row(Verb.PAID, _RUNNING | {Status.FINISHED}, None, _PRACTICE, needs=("amount",)),
    Row(
        Verb.VERIFY,
        _from(Status.PROCESSING),
        None,
        _PRACTICE,
        needs=("to",),
        guards=(Guard.CLOCK_RUNS,),
        clock=Clock.STOPS,
        waiting=Waiting.VERIFICATION,
    ),
    Row(
        Verb.VERIFIED,
        _from(Status.PROCESSING),
        None,
        _PRACTICE,
        guards=(Guard.VERIFYING,),
        clock=Clock.GOES_ON,
    ),
    Row(
        Verb.EXTEND,
        _RUNNING,
        None,
        _RESOLUTION,
        needs=("reason", "due"),
        guards=(Guard.NOT_EXTENDED, Guard.CLOCK_RUNS, Guard.LATER_DATE),
        clock=Clock.EXTENDS,
        sheet="apology",
    ),
    Row(Verb.WITHDRAW, _BEFORE_DECISION, Status.WITHDRAWING, _STOP),
    Row(Verb.STOP, _from(Status.WITHDRAWING), Status.STOPPED, _STOP, holder=Holder.DESK, sheet="stop"),
    Row(
        Verb.STOP,
        _from(Status.PROCESSING),
        Status.STOPPED,
        _STOP,
        needs=("reason",),
        holder=Holder.DESK,
        sheet="stop",
    ),
    Row(
        Verb.STOP,
        _from(Status.SUPPLEMENT),
        Status.STOPPED,
        _PRACTICE,
        needs=("reason",),
        guards=(Guard.ACCEPTED_BEFORE, Guard.SUPPLEMENT_OVERDUE),
        holder=Holder.DESK,
        sheet="stop",
    ),
    Row(
        Verb.REFUSE,
        _from(Status.NEW),
        Status.NOT_ACCEPTED,
        _ACCEPTANCE,
        needs=("reason",),
        holder=Holder.DESK,
        sheet="refusal",
    ),
    Row(
        Verb.REFUSE,
        _from(Status.SUPPLEMENT),
        Status.NOT_ACCEPTED,
        _PRACTICE,
        needs=("reason",),
        guards=(Guard.SUPPLEMENT_OVERDUE,),
        holder=Holder.DESK,
        sheet="refusal",
    ),
    Row(
        Verb.REFUSE,
        _from(Status.PROCESSING),
        Status.FINISHED,
        _RESULT,
        needs=("reason",),
        guards=(Guard.CLOCK_RUNS,),
        holder=Holder.DESK,
        sheet="refusal",
    ),
    Row(
        Verb.FINISH,
        _from(Status.PROCESSING),
        Status.FINISHED,
        _RESULT,
        guards=(Guard.CLOCK_RUNS,),
        holder=Holder.DESK,
    ),
    Row(
        Verb.RETURN,
        _from(Status.FINISHED),
        Status.RETURNED,
        _RESULT,
        guards=(Guard.MONEY_SETTLED, Guard.RIGHT_PERSON),
        holder=Holder.DESK,
    ),
    Row(
        Verb.RETURN,
        _from(Status.ACCEPTED),
        Status.RETURNED,
        "NĐ 61/2018/NĐ-CP, Điều 17 khoản 4 (23/04/2018); tại NĐ 118/2025/NĐ-CP chưa kiểm chứng",
        guards=(Guard.IMMEDIATE, Guard.MONEY_SETTLED, Guard.RIGHT_PERSON),
        holder=Holder.DESK,
    ),
    Row(
        Verb.POST,
        _from(Status.FINISHED),
        None,
        _RESULT,
        guards=(Guard.NOT_POSTED, Guard.MONEY_SETTLED),
        sheet="label",
    ),
    Row(
        Verb.MAIL_BACK,
        _from(Status.FINISHED),
        None,
        _PRACTICE,
        needs=("reason",),
        guards=(Guard.POSTED,),
        holder=Holder.DESK,
    ),
    Row(
        Verb.TAKE_BACK,
        _from(Status.RETURNED),
        Status.FINISHED,
        _PRACTICE,
        needs=("reason",),
        holder=Holder.DESK,
    ),
    Row(
        Verb.CORRECT,
        _BEFORE_DECISION | {Status.NEW, Status.FINISHED},
        None,
        _PRACTICE,
        needs=("reason",),
        sheet="receipt",
    ),
    Row(
        Verb.VOID,
        _from(Status.ACCEPTED),
        Status.NOT_ACCEPTED,
        _PRACTICE,
        needs=("reason",),
        guards=(Guard.NOT_HANDED_OVER,),
        holder=Holder.DESK,
    ),
    Row(
        Verb.REOPEN,
        _ENDED,
        Status.PROCESSING,
        _PRACTICE,
        needs=("reason",),
        guards=(Guard.NOT_VOIDED, Guard.ACCEPTED_BEFORE),
        leader=True,
        holder=Holder.DESK,
    ),
    Row(
        Verb.REOPEN,
        _from(Status.NOT_ACCEPTED, Status.STOPPED),
        Status.NEW,
        _PRACTICE,
        needs=("reason",),
        guards=(Guard.NOT_VOIDED, Guard.NEVER_ACCEPTED),
        leader=True,
        holder=Holder.DESK,
    ),
    Row(
        Verb.RECOUNT,
        _BEFORE_DECISION,
        None,
        "BLDS 91/2015/QH13, Điều 148 khoản 5 (24/11/2015)",
        needs=("reason",),
        guards=(Guard.ACCEPTED_BEFORE,),
        clock=Clock.RECOUNTS,
        sheet="receipt",
    ),
    Row(Verb.CALL, _OPEN | {Status.FINISHED}, None, _PRACTICE, needs=("reason",)),
)

# Where the status forbids an act, what is said in place of "not possible in this status".
NOT_READY = frozenset(
    {Status.NEW, Status.ACCEPTED, Status.PROCESSING, Status.SUPPLEMENT, Status.PAYMENT, Status.WITHDRAWING}
)
SAID_OF_STATUS = {
    (Verb.RETURN, Status.RETURNED): "MC-166",
    (Verb.VOID, Status.PROCESSING): "MC-182",
    (Verb.REOPEN, Status.FINISHED): "MC-167",
    **{(Verb.RETURN, status): "MC-179" for status in NOT_READY},
}
