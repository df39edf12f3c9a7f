"""Random lives of dossiers, each act tried on the program and on the model, with a list in place of the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, NoReturn

import pytest

from motcua_desktop import i18n
from motcua_desktop.domain.acts import may
from motcua_desktop.domain.dossier import Dossier, Kind, Verb
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.event import FIRST_HASH, Event, Particulars
from motcua_desktop.domain.fold import replay
from motcua_desktop.domain.office import Office
from motcua_desktop.domain.pausing import ClockEffect
from motcua_desktop.messages import instead, sentence
from motcua_desktop.services import telling
from motcua_desktop.services.acts import Act, Collector, Plan, plan
from motcua_desktop.services.desk import Desk
from tests.factories import (
    BIRTH,
    MARRIAGE_STATUS,
    NO_TERM,
    PARTICULARS,
    SALT,
    intake_body,
    office,
)
from tests.services import life_days
from tests.services import life_model as model
from tests.services.life_days import DAY, Rule, a_while, aware, iso
from tests.services.life_model import Life, Wish

OFFICERS = (("Nguyễn Thị Nhung", 1), ("Vàng A Páo", 1), ("Lò Thị Mỷ", 2), ("Sùng Thị Dở", 2))
LEADER = "Giàng A Chu"
UNITS = ("Tư pháp", "Địa chính", "Công an xã")
VERBS = tuple(str(verb) for verb in Verb)
RULES = (
    Rule("same_day", None, time(15)),
    Rule("working_days", 3),
    Rule("working_days", 20),
    Rule("calendar_days", 15),
    Rule("months", 1),
    Rule("hours", 12),
    Rule("working_hours", 8),
    Rule("not_stated"),
)
PRESENTED = (BIRTH, MARRIAGE_STATUS, "1.003622", "1.004946")  # same day, working days, calendar days, hours
# Acts whose line in the history names a day, and those that bring a dossier on.
DATED = ("accept", "papers-complete", "verified", "extend", "recount")
ONWARD = ("hand-over", "ask-papers", "verify", "ask-payment", "papers-complete", "finish", "paid", "reopen")


@dataclass
class Walk:
    """One dossier's life: the program's and the model's, and what was done so far."""

    rng: Random
    desk: Desk
    now: datetime
    life: Life
    dossier: Dossier
    act: Callable[[Walk, Act, str], tuple[Dossier, Plan]]
    events: list[Event] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    officers: tuple[str, ...] = tuple(name for name, _ in OFFICERS)
    pace: int = 1
    wishes: list[Wish] = field(default_factory=list)  # that were granted

    def step(self, seen: Counter[str]) -> None:
        """One random act, tried on both; what they say of it is compared."""
        self.now += a_while(self.rng, self.pace)
        wish = _wish(self.rng, self.life, self.now, self.officers)
        expected = model.refusal(self.life, wish, self.now)
        said = expected or "done"
        self.path.append(f"{self.now} {wish.verb} {model.told(wish)} at {wish.at} -> {said}")
        seen[f"{wish.verb} {self.life.status} {said}"] += 1
        try:
            self.dossier, planned = self.act(self, _asked(wish, self.now), wish.officer)
        except UserFacingError as refused:
            if refused.problem.number != expected:
                self.fail(f"program refuses with {refused.problem.number}, the model says {expected}")
            self._explained_refusal(refused)
            return
        if expected is not None:
            self.fail(f"program does it, the model refuses with {expected}")
        self._warned(planned, wish)
        self.life = model.lived(self.life, wish)
        self.wishes.append(wish)
        self.compare()
        last = self.dossier.acts[-1]
        if (str(last.verb), last.officer, last.leader) != (
            wish.verb,
            wish.leader or wish.officer,
            wish.leader,
        ):
            self.fail(f"remembered as {last}")
        if planned.due_at != (aware(self.life.due) if self.life.due else None):
            self.fail(f"the plan promised {planned.due_at}")

    def compare(self) -> None:
        """Everything that both know of the dossier."""
        d, m = self.dossier, self.life
        pairs: dict[str, tuple[object, object]] = {
            "status": (str(d.status), m.status),
            "holder": (d.holder, m.holder),
            "with the unit": (d.with_unit, m.with_unit),
            "due": (d.due_at, iso(m.due)),
            "judged by": (d.judged_due_at, iso(m.judged)),
            "received": (d.received_at, iso(m.received)),
            "accepted": (d.accepted_at is not None, m.accepted),
            "waits for": (str(d.waiting), m.waits_for),
            "waits since": (d.waiting_since, iso(m.waits_since)),
            "waits until": (d.waiting_due_at, iso(m.waits_until)),
            "inner timer": (
                (d.timer.name, d.timer.due_at) if d.timer else None,
                (m.timer[0], iso(m.timer[1])) if m.timer else None,
            ),
            "finished": (d.finished_at, iso(m.finished)),
            "outcome": (d.outcome, m.outcome),
            "to be paid": (d.fee_left_vnd, max(0, m.owed)),
            "needs a look": (d.needs_a_look, ()),
            "possible": (set(map(str, may(d))), model.possible(m)),
        }
        for name, (found, expected) in pairs.items():
            if found != expected:
                self.fail(f"{name}: the program says {found!r}, the model {expected!r}")
        for language in i18n.LANGUAGES:
            i18n.use_language(language)
            self._explained()

    def _explained(self) -> None:
        """The state in words: nothing empty, nothing left to fill in, no gap where a date must be."""
        dossier, clear = self.dossier, telling.five_clear(self.dossier)
        said = [
            telling.say(dossier),
            clear.person,
            clear.task,
            clear.procedure,
            telling.status_name(dossier.status),
        ]
        last = dossier.acts[-1] if dossier.acts else None
        if last and (last.due_at if str(last.verb) in DATED else last.reason):
            said.append(telling.act_line(last))
        if dossier.due_at or dossier.waiting_due_at or dossier.timer:
            said.append(clear.responsibility)
        for text in said:
            if not text.strip() or "{" in text or "–" in text:
                self.fail(f"not explained: {said}")
        if i18n.language() == "en" and clear.outcome != model.measured(self.life):
            self.fail(f"measured result {clear.outcome!r}, the model says {model.measured(self.life)!r}")

    def _warned(self, planned: Plan, wish: Wish) -> None:
        too_late = wish.verb == "extend" and self.life.due is not None
        too_late = too_late and wish.at.date() > life_days.last_day_to_apologise(self.life.due or wish.at)
        if ("MC-165" in [problem.number for problem in planned.warnings]) != too_late:
            self.fail(f"warned of {planned.warnings}, a late apology is {too_late}")

    def _explained_refusal(self, refused: UserFacingError) -> None:
        for language in i18n.LANGUAGES:
            i18n.use_language(language)
            for text in (sentence(refused.problem), instead(refused.problem)):
                dated = self.life.accepted or refused.problem.number != "MC-179"
                if "{" in text or ("–" in text and dated):
                    self.fail(f"refused in words that cannot be read out: {text}")

    def fail(self, why: str) -> NoReturn:
        rule = f"{self.life.rule} {self.life.clock} immediate={self.life.immediate}"
        steps = "\n  ".join(self.path)
        pytest.fail(f"{why}\n  {rule}\n  received {self.life.received}\n  {steps}", pytrace=False)


def _wish(rng: Random, life: Life, now: datetime, officers: tuple[str, ...]) -> Wish:
    """Something that an officer may ask for: mostly what is possible, at times anything."""
    possible = sorted(model.possible(life))
    onward = [verb for verb in possible if verb in ONWARD]
    verb = rng.choice(VERBS)
    if possible and rng.random() < 0.75:
        verb = rng.choice(onward if onward and rng.random() < 0.6 else possible)
    at = now
    if rng.random() < 0.12:
        at = now - timedelta(seconds=rng.randrange(5 * 86400))
    elif rng.random() < 0.04:
        at = now + timedelta(seconds=rng.choice((30, 61, 7200, 86400)))
    leader = LEADER if rng.random() < (0.6 if verb == "reopen" else 0.15) else ""
    collector = rng.random()
    spelled_out = rng.random() < 0.5
    return Wish(
        verb,
        at,
        rng.choice(officers),
        leader,
        stands_in=rng.random() < 0.1,
        reason="Thiếu giấy" if rng.random() < 0.85 else "",
        to=rng.choice(UNITS) if rng.random() < 0.9 else "",
        due=_day(rng, life, at, verb, spelled_out),
        amount=rng.choice((None, 5000, 8000, 20000, 0)) if verb == "paid" else None,
        effect=rng.choice(("", "", "pause", "restart")) if verb == "papers-complete" else "",
        stranger=collector < 0.1,
        nameless=0.1 <= collector < 0.2,
        authority=rng.random() < 0.2,
        lost_receipt=rng.random() < 0.1,
        changes=rng.random() < 0.8,
        spelled_out=spelled_out,
    )


def _day(rng: Random, life: Life, at: datetime, verb: str, spelled_out: bool) -> datetime | None:
    if verb == "extend" and rng.random() < 0.9:
        start = (life.due if life.due and rng.random() < 0.5 else at) - 3 * DAY
        day = (start + rng.randrange(25) * DAY).date()
        if rng.random() < 0.75:
            day = life_days.forward(day)
        if rng.random() < 0.03:
            day = day.replace(year=day.year + 11, day=1)
        clock = rng.choice((time(9), time(11, 30), time(12), time(17), time(20)))
        return datetime.combine(day, clock if spelled_out else life.rule.return_at)
    if verb in ("accept", "papers-complete") and life.rule.kind == "not_stated" and rng.random() < 0.8:
        day = (at + rng.randrange(-1, 20) * DAY).date()
        return datetime.combine(day, time(9) if spelled_out else life.rule.return_at)
    if verb in ("ask-papers", "ask-payment", "verify") and rng.random() < 0.4:
        return datetime.combine((at + rng.randrange(-2, 25) * DAY).date(), time(9))
    return None


def _asked(wish: Wish, now: datetime) -> Act:
    due: date | datetime | None = aware(wish.due) if wish.due else None
    if wish.due and not wish.spelled_out:
        due = wish.due.date()
    return Act(
        Verb(wish.verb),
        reason=wish.reason,
        to=wish.to,
        due=due,
        at=None if wish.at == now else aware(wish.at),
        by=wish.leader or (wish.officer if wish.stands_in else ""),
        amount_vnd=wish.amount,
        effect=ClockEffect(wish.effect) if wish.effect else None,
        collector=_collector(wish),
        changes={"sets": 2} if wish.changes else {},
    )


def _collector(wish: Wish) -> Collector | None:
    proof, authority = "lost" if wish.lost_receipt else "receipt", "Giấy ủy quyền" if wish.authority else ""
    if wish.stranger:
        return Collector("Thào A Chía", "011099000009", "other", authority, proof)
    if wish.nameless:
        return Collector("Thào A Chía", "", "other", authority, proof)
    if wish.authority or wish.lost_receipt:
        return Collector("Vàng A Dế", "011091000001", "applicant", authority, proof)
    return None


# --- with a ledger that is a list ---


def in_memory(walk: Walk, wanted: Act, officer: str) -> tuple[Dossier, Plan]:
    """What `services.acts.act` does, with a list in place of the store."""
    walk.desk.now = lambda: aware(walk.now)
    place = next(desk for name, desk in OFFICERS if name == officer)
    sits_there = OFFICERS[0][0] if wanted.by == officer else officer
    walk.desk.office = _office(sits_there, place, walk.life.rule.return_at)
    planned = plan(walk.desk, walk.dossier, wanted)
    body = {"v": 1, **planned.body}
    if planned.asked.leader:
        body["desk_officer"] = officer
    event = Event(
        id=f"e{len(walk.events)}",
        desk=f"H18.11.05#{place}-aaaaaa",
        seq=len(walk.events) + 1,
        prev=FIRST_HASH,
        at=len(walk.events),
        happened_at=planned.asked.at,
        after=walk.dossier.heads,
        officer=planned.officer or sits_there,
        dossier=walk.dossier.id,
        kind=Kind.DOSSIER_ACTED,
        body=body,
        particulars=Particulars(SALT, dict(planned.particulars)),
    )
    walk.events.append(event)
    folded = replay(walk.events)
    assert folded is not None
    return folded, planned


@cache
def _office(officer: str, desk: int, return_at: time) -> Office:
    return office(desk, officer=officer, return_at=f"{return_at:%H:%M}", leaders=[LEADER])


def begin(rng: Random, desk: Desk) -> Walk:
    now = datetime(2024, 1, 2) + timedelta(minutes=rng.randrange(1430 * 1000))
    now = now.replace(hour=rng.randrange(7, 18), second=rng.choice((0, 0, 59)))
    presented = now.date() >= model.NEW_LAW and rng.random() < 0.3
    life = _life(rng, desk, now, presented)
    person = PARTICULARS["applicant"]
    body = intake_body(
        procedure={
            "code": rng.choice(presentable(now)) if presented else "1.000001",
            "name": "Việc thử",
            "short_name": "Việc thử",
            "field": "Thử",
            "immediate": life.immediate,
            "clock": life.clock,
        },
        term=_term(life.rule),
        due_at=iso(life.due),
        presented=presented,
        fee_due_vnd=life.owed,
    )
    if presented:
        rule = catalogue_rule(desk, body["procedure"]["code"], now.date(), life.rule.return_at)
        life, body["term"] = replace(life, rule=rule), _term(rule)
    event = Event(
        id="e0",
        desk="H18.11.05#1-aaaaaa",
        seq=1,
        prev=FIRST_HASH,
        at=0,
        happened_at=iso(now) or "",
        after=(),
        officer=life.officer,
        dossier="d",
        kind=Kind.DOSSIER_RECEIVED,
        body=body,
        particulars=Particulars(SALT, {**PARTICULARS, "applicant": {**person, "id_number": "011091000001"}}),
    )
    dossier = replay([event])
    assert dossier is not None
    return Walk(rng, desk, now, life, dossier, in_memory, [event])


def presentable(now: datetime) -> tuple[str, ...]:
    """Procedures of each kind of term; the one without a term is in force since July 2026."""
    return (*PRESENTED, NO_TERM) if now.date() >= date(2026, 7, 1) else PRESENTED


def _life(rng: Random, desk: Desk, now: datetime, presented: bool) -> Life:
    rule = replace(rng.choice(RULES), return_at=rng.choice((time(17), time(16, 30))))
    officer = rng.choice(OFFICERS)[0]
    due = None if presented else life_days.appointment(rule, now)
    if rule.kind == "not_stated" and not presented:
        due = datetime.combine(life_days.forward((now + 20 * DAY).date()), time(9))
    return Life(
        rule,
        officer,
        now,
        status="new" if presented else "accepted",
        due=due,
        judged=due,
        accepted=not presented,
        holder=officer,
        clock=rng.choice(("pause", "restart")),
        immediate=rng.random() < 0.2,
        owed=rng.choice((0, 0, 8000)),
        last=now,
    )


def _term(rule: Rule) -> dict[str, Any]:
    after = f"{rule.after:%H:%M}" if rule.after else None
    return {"kind": rule.kind, "value": rule.value, "after": after, "case": None, "source": "chưa kiểm chứng"}


def catalogue_rule(desk: Desk, code: str, day: date, return_at: time) -> Rule:
    procedure = desk.catalogue.find(code, day)
    assert procedure is not None
    term = procedure.term(None, day)
    assert term is not None
    return Rule(str(term.kind), term.value, term.after, return_at)
