"""Makes queries.txt anew: what officers type, for people and numbers that the big store holds."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

from motcua_desktop.domain.text import fold
from tests.bench.people import SEED, people

LIST = Path(__file__).with_name("queries.txt")


def made() -> list[str]:
    """200 queries: two words 70, one letter 20, last four digits 50, a phone 40, no hit 20."""
    chance, known = Random(SEED + 1), list(islice(people(), 20_000))
    some = [chance.choice(known) for _ in range(160)]
    found = []
    for person in some[:70]:
        first, *_, last = person.full_name.split()
        words = f"{first} {last}" if chance.random() < 0.5 else f"{last} {first}"
        found.append(words if chance.random() < 0.4 else fold(words))
    found += [chance.choice("abcdghklmnopqstuvxy") for _ in range(20)]
    found += [person.id_number[-4:] for person in some[70:95]] + [
        person.phone[-4:] for person in some[95:120]
    ]
    found += [person.phone for person in some[120:160]]
    found += [f"{fold(person.full_name.split()[0])} zq{chance.randrange(100)}" for person in some[:10]]
    found += [f"0999{chance.randrange(10**6):06d}" for _ in range(10)]
    chance.shuffle(found)
    return found


if __name__ == "__main__":
    LIST.write_text("\n".join(made()) + "\n", encoding="utf-8")
