"""Random acts by several officers: program and model agree on every status, date, holder and refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from random import Random

import pytest

from motcua_desktop import i18n
from motcua_desktop.domain.dossier import Dossier, Verb
from motcua_desktop.services import checkup
from motcua_desktop.services.acts import Act, Plan, act
from motcua_desktop.services.desk import Desk, change_office, open_desk
from motcua_desktop.services.intake import receive
from tests.desks import dump
from tests.factories import NO_TERM, calendar_with, decision, submission
from tests.services import life_days
from tests.services import life_model as model
from tests.services.life_days import DAY, MINUTE, aware
from tests.services.life_model import Life
from tests.services.life_walk import LEADER, OFFICERS, Walk, begin, catalogue_rule, in_memory, presentable

SEEDS = (20261122, 118, 61, 3)
STEPS = 5500  # for each seed


@pytest.fixture
def spoken() -> Iterator[None]:
    """Whatever language a test speaks, the next one begins as usual."""
    before = i18n._chosen
    yield
    i18n._chosen = before


@pytest.mark.usefixtures("spoken")
def test_program_and_model_agree_on_twenty_thousand_acts(desk: Desk) -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        rng, taken = Random(seed), 0
        while taken < STEPS:
            walk = begin(rng, desk)
            walk.path.append(f"seed {seed}, after {taken} steps")
            walk.compare()
            for _ in range(rng.randrange(6, 40)):
                walk.step(seen)
                taken += 1
                if walk.life.status in model.ENDED and rng.random() < 0.3:
                    break
    assert seen.total() >= 20_000
    walked = {tuple(line.split()[:2]) for line in seen if line.endswith("done")}
    never = set(model.WAYS) - walked
    assert not never, "ways of the table that nobody went"
    refused = {line.split()[2] for line in seen} - {"done"}
    assert refused >= {f"MC-{number}" for number in (114, 118, 119, 123, 159, 166, 167, *range(170, 190))} - {
        "MC-180"
    }


@pytest.mark.usefixtures("spoken")
def test_days_off_that_are_decided_later_move_a_date_as_if_they_had_been_known(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model lives the whole life again by the new calendar; no date becomes earlier by it."""
    rng, moved, concerned = Random(188), 0, 0
    while concerned < 600:
        walk = begin(rng, desk)
        first = walk.life
        for _ in range(rng.randrange(1, 14)):
            walk.step(Counter())
        if walk.life.status not in model.BEFORE_DECISION or walk.life.due is None or not first.accepted:
            continue
        days = [first.received.date() + rng.randrange(1, 25) * DAY for _ in range(4)]
        decided = [decision(day.isoformat(), rng.choice(("off", "off", "work"))) for day in days]
        later = calendar_with(*decided)
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "calendar", later)
            patch.setattr(life_days, "works", later.is_working)
            due, judged = _lived_again(walk, first)
            walk.now += MINUTE
            walk.path.append(f"{walk.now} recount with {[f'{d.date} {d.kind}' for d in decided]}")
            walk.dossier, _ = in_memory(walk, Act(Verb.RECOUNT, reason="Lịch thay đổi"), first.officer)
        moved, concerned = moved + (due != walk.life.due), concerned + 1
        walk.life = replace(walk.life, due=due, judged=judged)
        walk.compare()
    assert moved > 100


def _lived_again(walk: Walk, life: Life) -> tuple[datetime | None, datetime | None]:
    """The two dates of a life by the calendar as it is now."""
    if life.rule.kind == "not_stated":
        given = life_days.next_open(life.due) if life.due else None
    else:
        given = life_days.appointment(life.rule, life.received)
    life = replace(life, due=given, judged=given)
    for wish in walk.wishes:
        before = life
        life = model.lived(life, wish)
        if wish.verb == "extend" and wish.due is not None and before.due is not None:
            life = replace(life, due=max(before.due, life_days.next_open(wish.due)))
    assert life.due and life.judged and walk.life.due and walk.life.judged
    return max(life.due, walk.life.due), max(life.judged, walk.life.judged)


# --- with the real store ---


class Counters:
    """A desk's store with two windows open on it, officers who take turns, and dossiers that live side by side."""

    def __init__(self, rng: Random, desk: Desk, folder: Path) -> None:
        self.rng, self.windows = rng, (desk, open_desk(folder))
        self.now = datetime(2026, 1, 5, 8)
        self.officer = desk.office.officer
        for window in self.windows:
            window.now = lambda: aware(self.now)

    def relieve(self) -> None:
        """Another officer sits down."""
        self.officer = self.rng.choice(OFFICERS)[0]
        change_office(self.windows[0], {"officer": self.officer})

    def receive(self) -> Walk:
        rng, code = self.rng, self.rng.choice(presentable(self.now))
        presented = rng.random() < 0.3
        given = aware(datetime.combine(life_days.forward((self.now + 20 * DAY).date()), time(9)))
        owed = rng.choice((None, 8000))
        no_term = code == NO_TERM and not presented
        wanted = submission(code, presented=presented, appointment=given if no_term else None)
        dossier = receive(self.windows[0], replace(wanted, fee_due_vnd=owed)).dossier
        rule = catalogue_rule(self.windows[0], code, self.now.date(), time(17))
        due = None if presented else life_days.appointment(rule, self.now)
        due = given.replace(tzinfo=None) if no_term else due
        life = Life(
            rule,
            self.officer,
            self.now,
            status="new" if presented else "accepted",
            due=due,
            judged=due,
            accepted=not presented,
            holder=self.officer,
            clock=str(dossier.procedure["clock"]),
            immediate=bool(dossier.procedure["immediate"]),
            owed=owed or 0,
            fee_known=owed is not None,
            last=self.now,
        )
        return Walk(rng, self.windows[0], self.now, life, dossier, self._act, pace=12)

    def step(self, walk: Walk, seen: Counter[str]) -> None:
        walk.now, walk.officers = self.now, (self.officer,)
        walk.step(seen)
        self.now = walk.now

    def _act(self, walk: Walk, wanted: Act, officer: str) -> tuple[Dossier, Plan]:
        self.now = walk.now
        done = act(self.rng.choice(self.windows), walk.dossier.id, wanted)
        return done.dossier, done.plan


@pytest.mark.usefixtures("spoken")
def test_they_agree_over_the_real_store_and_rebuilding_it_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    change_office(desk, {"leaders": [LEADER]})
    counters, seen = Counters(Random(7), desk, tmp_path / "desk"), Counter[str]()
    walks = [counters.receive() for _ in range(4)]
    for number in range(900):
        if number % 30 == 0:
            counters.relieve()
        if number % 12 == 0:
            walks[counters.rng.randrange(len(walks))] = counters.receive()
            walks[-1].compare()
        counters.step(counters.rng.choice(walks), seen)
    assert len([line for line in seen if line.endswith("done")]) > 30
    before = dump(desk.store)
    checkup.rebuild(desk)
    assert dump(desk.store) == before
    assert {item.name: item.problem for item in checkup.check(desk)}.items() >= {
        ("ledger", None),
        ("derived", None),
    }
    counters.windows[1].close()
