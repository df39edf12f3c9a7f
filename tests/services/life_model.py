"""A second, simple telling of a dossier's life, to hold the program against.

Written from the national list of statuses, from what the decrees on one-stop offices ask of each act, and from the
Civil Code's rules on terms (`life_days`); not from the program's own table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tests.services.life_days import (
    DAY,
    EVENING,
    MINUTE,
    Rule,
    after_working_days,
    appointment,
    forward,
    is_open,
    left_out,
)

NEW_LAW = date(2025, 7, 1)  # NĐ 118/2025/NĐ-CP; what was received before goes on under NĐ 61/2018/NĐ-CP
ENDED = ("not_accepted", "stopped", "returned")

CITIZEN_BRINGS = 30  # calendar days for papers, where the officer names no day


@dataclass(frozen=True)
class Wish:
    """What an officer asks for, in plain words; moments are naive Vietnamese time."""

    verb: str
    at: datetime
    officer: str
    leader: str = ""
    stands_in: bool = False  # for the officer who sits at the desk
    reason: str = ""
    to: str = ""
    due: datetime | None = None
    amount: int | None = None
    effect: str = ""
    stranger: bool = False  # neither the applicant's nor the representative's number
    nameless: bool = False  # somebody else, without any number or paper
    authority: bool = False
    lost_receipt: bool = False
    changes: bool = True
    spelled_out: bool = True  # False: a day without an hour


@dataclass(frozen=True)
class Life:
    """A dossier as the model sees it."""

    rule: Rule
    officer: str
    received: datetime
    status: str = "accepted"
    due: datetime | None = None
    judged: datetime | None = None
    accepted: bool = True
    holder: str = ""
    with_unit: bool = False
    waits_for: str = ""
    waits_since: datetime | None = None
    waits_until: datetime | None = None
    timer: tuple[str, datetime] | None = None
    clock: str = "pause"  # the procedure's own choice
    immediate: bool = False
    owed: int = 0
    fee_known: bool = True
    asked: int = 0
    extended: int = 0
    handed: int = 0
    posted: bool = False
    voided: bool = False
    finished: datetime | None = None
    outcome: str = ""
    last: datetime = field(default=datetime.min)

    @property
    def old_law(self) -> bool:
        return self.received.date() < NEW_LAW

    @property
    def stands(self) -> bool:
        return self.waits_for != ""


Hindrance = Callable[[Life, Wish], str | None]


@dataclass(frozen=True)
class Way:
    """A step of the national list: where it leads ("" stays), what hinders it in the order it is said."""

    to: str = ""
    hindrances: tuple[Hindrance, ...] = ()
    done: Callable[[Life, Wish], Life] | None = None
    holder: str = "same"  # "same", "named", "officer"


# --- what hinders an act ---


def said(name: str) -> Hindrance:
    return lambda life, wish: None if getattr(wish, name) else "MC-171"


def unless(number: str, fine: Callable[[Life, Wish], bool]) -> Hindrance:
    return lambda life, wish: None if fine(life, wish) else number


reason, to_whom, sum_of_money = said("reason"), said("to"), said("amount")
by_leader = unless("MC-172", lambda life, wish: bool(wish.leader))
clock_runs = unless("MC-176", lambda life, wish: not life.stands)
fee_is_paid = unless("MC-177", lambda life, wish: life.owed <= 0)
no_more_than_is_due = unless(
    "MC-236", lambda life, wish: wish is WILLING or not life.fee_known or (wish.amount or 0) <= life.owed
)
one_who_may_collect = unless(
    "MC-178",
    lambda life, wish: wish.authority or not (wish.stranger or wish.nameless),
)
asked_only_once = unless(
    "MC-173",
    lambda life, wish: life.old_law or life.asked == 0 or (bool(wish.leader) and life.asked == 1),
)
time_to_bring_is_over = unless(
    "MC-174", lambda life, wish: life.waits_until is not None and wish.at > life.waits_until
)
was_accepted = unless("MC-170", lambda life, wish: life.accepted)
has_a_date = unless("MC-170", lambda life, wish: life.due is not None)
not_in_the_post = unless("MC-187", lambda life, wish: not life.posted)
really_later = unless(
    "MC-184",
    lambda life, wish: (
        wish.due is not None and wish.due > wish.at and (life.due is None or wish.due > life.due)
    ),
)


# --- what an act does ---


def waits_no_more(life: Life, wish: Wish) -> Life:
    return replace(life, waits_for="", waits_since=None, waits_until=None)


def begins(life: Life, wish: Wish) -> Life:
    due = appointment(life.rule, wish.at) or wish.due  # where the law states no term, the day that was given
    life = replace(life, received=wish.at, accepted=True, due=due, judged=due)
    return replace(life, waits_for="", waits_since=None, waits_until=None)


def waits(what: str) -> Callable[[Life, Wish], Life]:
    def wait(life: Life, wish: Wish) -> Life:
        day = forward(wish.due.date()) if wish.due else None
        until = datetime.combine(day, EVENING[1]) if day else None
        if what == "papers" and until is None:
            until = datetime.combine(forward(wish.at.date() + CITIZEN_BRINGS * DAY), life.rule.return_at)
        asked = life.asked + (what == "papers")
        return replace(life, waits_for=what, waits_since=wish.at, waits_until=until, asked=asked)

    return wait


def goes_on(life: Life, wish: Wish) -> Life:
    """Papers: paused or counted from zero (always from zero under the old law); other waits are left out."""
    since = life.waits_since or wish.at
    usual = "restart" if life.old_law else life.clock
    anew = (
        life.waits_for == "papers" and (wish.effect or usual) == "restart" and life.rule.kind != "not_stated"
    )

    def moved(due: datetime | None) -> datetime | None:
        if not anew or due is None:
            return left_out(life.rule, due, since, wish.at)
        again = appointment(life.rule, wish.at)
        return due if again is None else max(due, again)  # waiting never makes an appointment earlier

    return replace(
        life, due=moved(life.due), judged=moved(life.judged), waits_for="", waits_since=None, waits_until=None
    )


def extends(life: Life, wish: Wish) -> Life:
    return replace(life, due=wish.due, extended=life.extended + 1)


def ends(outcome: str) -> Callable[[Life, Wish], Life]:
    def end(life: Life, wish: Wish) -> Life:
        over = replace(life, finished=wish.at, outcome=outcome, voided=outcome == "voided")
        return replace(over, waits_for="", waits_since=None, waits_until=None)

    return end


def pays(life: Life, wish: Wish) -> Life:
    return replace(life, owed=life.owed - (wish.amount or 0))


def opens_again(life: Life, wish: Wish) -> Life:
    return replace(life, finished=None, outcome="", posted=False)


def goes_back_to_work(life: Life, wish: Wish) -> Life:
    return replace(life, finished=None, outcome="", handed=life.handed + 1)


def hands_over(life: Life, wish: Wish) -> Life:
    days = 3 if life.old_law else 2
    return replace(life, handed=life.handed + 1, timer=("unit_returns_unfit", closing_after(wish.at, days)))


def hands_back(life: Life, wish: Wish) -> Life:
    return replace(life, timer=("desk_tells_citizen", closing_after(wish.at, 1)))


def closing_after(moment: datetime, days: int) -> datetime:
    return datetime.combine(after_working_days(moment.date(), days), EVENING[1])


def given_out(life: Life, wish: Wish) -> Life:
    life = replace(life, posted=False)
    return life if life.finished else replace(life, finished=wish.at, outcome="granted")


# --- the list ---

_extend = Way(
    hindrances=(
        unless("MC-175", lambda life, wish: life.extended == 0),
        clock_runs,
        reason,
        said("due"),
        really_later,
    ),
    done=extends,
)
_reopen_hindrances: tuple[Hindrance, ...] = (
    unless("MC-185", lambda life, wish: not life.voided),
    by_leader,
    reason,
)


def reopened(life: Life) -> Way:
    """What was accepted once is worked on again; what never was is looked at again at the counter."""
    return Way("processing" if life.accepted else "new", _reopen_hindrances, opens_again, "officer")


BEFORE_DECISION = ("accepted", "processing", "supplement", "payment")
WAYS: Mapping[tuple[str, str], Way] = {
    **{
        ("call", status): Way(hindrances=(reason,))
        for status in ("new", "withdrawing", "finished", *BEFORE_DECISION)
    },
    **{
        ("correct", status): Way(hindrances=(reason, said("changes")))
        for status in ("new", "finished", *BEFORE_DECISION)
    },
    **{("withdraw", status): Way("withdrawing", done=waits_no_more) for status in BEFORE_DECISION},
    # The calendar stays as it is here, so that counting again gives the same date.
    **{("recount", status): Way("", (has_a_date, reason)) for status in BEFORE_DECISION},
    **{("extend", status): _extend for status in ("accepted", "processing")},
    **{
        ("paid", status): Way("", (sum_of_money, no_more_than_is_due), pays)
        for status in ("accepted", "processing", "finished")
    },
    **{("reopen", status): Way("processing", _reopen_hindrances, opens_again, "officer") for status in ENDED},
    ("accept", "new"): Way("accepted", (), begins, "officer"),
    ("ask-papers", "new"): Way("supplement", (asked_only_once, reason), waits("papers")),
    ("refuse", "new"): Way("not_accepted", (reason,), ends("refused"), "officer"),
    ("hand-over", "accepted"): Way("processing", (to_whom,), hands_over, "named"),
    ("return", "accepted"): Way(
        "returned",
        (unless("MC-179", lambda life, wish: life.immediate), fee_is_paid, one_who_may_collect),
        given_out,
        "officer",
    ),
    ("void", "accepted"): Way("not_accepted", (reason,), ends("voided"), "officer"),
    ("hand-over", "processing"): Way("processing", (to_whom,), hands_over, "named"),
    ("hand-back", "processing"): Way(
        "", (unless("MC-181", lambda life, wish: life.with_unit),), hands_back, "officer"
    ),
    ("ask-papers", "processing"): Way("supplement", (asked_only_once, clock_runs, reason), waits("papers")),
    ("ask-payment", "processing"): Way("payment", (clock_runs, reason), waits("payment")),
    ("verify", "processing"): Way("", (clock_runs, to_whom), waits("verification")),
    ("verified", "processing"): Way(
        "", (unless("MC-183", lambda life, wish: life.waits_for == "verification"),), goes_on
    ),
    ("stop", "processing"): Way("stopped", (reason,), ends("stopped"), "officer"),
    ("refuse", "processing"): Way("finished", (clock_runs, reason), ends("refused"), "officer"),
    ("finish", "processing"): Way("finished", (clock_runs,), ends("granted"), "officer"),
    ("papers-complete", "supplement"): Way("processing", (), goes_on),
    ("stop", "supplement"): Way(
        "stopped", (was_accepted, reason, time_to_bring_is_over), ends("stopped"), "officer"
    ),
    ("refuse", "supplement"): Way(
        "not_accepted", (reason, time_to_bring_is_over), ends("refused"), "officer"
    ),
    ("paid", "payment"): Way("processing", (), goes_on),  # a duty to the State is no fee of the office
    ("stop", "withdrawing"): Way("stopped", (), ends("stopped"), "officer"),
    ("hand-over", "finished"): Way(
        "processing", (not_in_the_post, to_whom, reason), goes_back_to_work, "named"
    ),
    ("return", "finished"): Way("returned", (fee_is_paid, one_who_may_collect), given_out, "officer"),
    ("post", "finished"): Way(
        "", (not_in_the_post, fee_is_paid), lambda life, wish: replace(life, posted=True)
    ),
    ("mail-back", "finished"): Way(
        "",
        (unless("MC-186", lambda life, wish: life.posted), reason),
        lambda life, wish: replace(life, posted=False),
        "officer",
    ),
    ("take-back", "returned"): Way("finished", (reason,), None, "officer"),
}
SAID_INSTEAD = {
    ("return", "returned"): "MC-166",
    ("void", "processing"): "MC-182",
    ("reopen", "finished"): "MC-167",
}
FIRST_ACCEPTED = Way("accepted", (), begins, "officer")  # papers of a dossier that no clock ran for
WILLING = Wish(
    "", datetime(2000, 1, 1), "", leader="leader", reason="reason", to="to", due=datetime.max, amount=1
)


def way(life: Life, verb: str) -> Way | None:
    """The step that the list has for an act in this status."""
    if (verb, life.status) == ("papers-complete", "supplement") and not life.accepted:
        return FIRST_ACCEPTED
    if verb == "reopen" and life.status in ENDED:
        return reopened(life)
    return WAYS.get((verb, life.status))


def refusal(life: Life, wish: Wish, now: datetime) -> str | None:
    """The number with which an act is refused, None where it is allowed. The officer's slips come first."""
    return _slip(life, wish, now) or _hindrance(life, wish) or _wrong_day(life, wish)


def _slip(life: Life, wish: Wish, now: datetime) -> str | None:
    if wish.at > now + MINUTE:
        return "MC-118"
    if wish.at < life.last:
        return "MC-188"
    appoints = wish.verb in ("extend", "accept", "papers-complete")
    if appoints and wish.due is not None and wish.due > now + 3653 * DAY:
        return "MC-119"
    if appoints and wish.due is not None and not is_open(wish.due):
        return "MC-159"
    if wish.verb == "return" and wish.lost_receipt and not wish.reason:
        return "MC-189"
    return "MC-123" if wish.amount is not None and wish.amount <= 0 else None


def _hindrance(life: Life, wish: Wish) -> str | None:
    step = way(life, wish.verb)
    if step is None:
        if wish.verb == "return" and life.status not in (*ENDED, "finished"):
            return "MC-179"
        return SAID_INSTEAD.get((wish.verb, life.status), "MC-170")
    return next((number for hinders in step.hindrances if (number := hinders(life, wish))), None)


def _wrong_day(life: Life, wish: Wish) -> str | None:
    """A day until which somebody is waited for has not gone by; a dossier without a term needs an appointment."""
    if wish.verb in ("ask-papers", "ask-payment", "verify") and wish.due is not None:
        return "MC-184" if wish.due.date() < wish.at.date() else None
    step = way(life, wish.verb)
    if step is not None and step.done is begins and life.rule.kind == "not_stated":
        return "MC-114" if wish.due is None or wish.due < wish.at else None
    return None


def possible(life: Life) -> set[str]:
    """What may be done by somebody who says all that is needed, with a leader beside."""
    verbs = {verb for verb, status in WAYS if status == life.status}
    asked_again = replace(life, waits_until=datetime.min) if life.waits_until else life
    found = set()
    for verb in verbs:
        step = way(life, verb)
        if step is not None and not any(hinders(asked_again, WILLING) for hinders in step.hindrances):
            found.add(verb)
    return found


def lived(life: Life, wish: Wish) -> Life:
    """The dossier after an act that nothing hinders."""
    step = way(life, wish.verb)
    assert step is not None
    before = life
    if step.to or step.holder != "same":
        life = replace(life, timer=None)
    if step.done is not None:
        life = step.done(life, wish)
    status = step.to or life.status
    if step.holder == "named":
        life = replace(life, holder=wish.to, with_unit=True)
    if step.holder == "officer":
        life = replace(life, holder=wish.officer, with_unit=False)
    if wish.verb == "take-back":
        life = replace(life, posted=False)
    return replace(life, status=status, last=max(before.last, wish.at))


def measured(life: Life) -> str:
    """A result against the original appointment, by the day on which it reached the desk."""
    if life.status not in ("finished", "returned") or life.finished is None or life.judged is None:
        return ""
    if life.finished.date() < life.judged.date():
        return "early"
    if life.finished.replace(second=0) <= life.judged:
        return "on time"
    return "late, with apology" if life.extended else "late, without apology"


def told(wish: Wish) -> str:
    """A wish on a line: only what is said in it."""
    usual = Wish(wish.verb, wish.at, "")
    said_in_it = ((name, getattr(wish, name)) for name in Wish.__dataclass_fields__)
    return ", ".join(f"{name}={value}" for name, value in said_in_it if value != getattr(usual, name))
