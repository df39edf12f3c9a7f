"""Events: one spelling, one hash, one causal order."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.domain.event import Event, Particulars, canonical, causal_order, digest
from tests.factories import NOON, PARTICULARS, SALT, event, sheet_body

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcđ", max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_json_has_one_spelling() -> None:
    assert canonical({"b": 1, "a": ["Đ", None]}) == '{"a":["Đ",null],"b":1}'.encode()


def test_a_number_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"x": math.nan})


@given(st.dictionaries(st.text("abcd", max_size=4), JSON, max_size=5))
def test_the_order_of_keys_does_not_change_a_hash(value: dict[str, Any]) -> None:
    assert digest(dict(reversed(value.items()))) == digest(value)


CHANGES: list[dict[str, Any]] = [
    {"id": "other"},
    {"desk": "H18.11.05#2-bbbbbb"},
    {"seq": 2},
    {"prev": "1" * 64},
    {"at": 1},
    {"happened_at": "2026-11-20T09:48:00+07:00"},
    {"after": ("x",)},
    {"officer": "Trần Văn B"},
    {"dossier": None},
    {"kind": "void"},
    {"body": {}},
    {"hash": "0" * 64},
    {"particulars": Particulars(SALT, {**PARTICULARS, "note": "đổi"})},
    {"particulars": Particulars("11" * 16, PARTICULARS)},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_any_change_to_an_event_shows(change: dict[str, Any]) -> None:
    whole = event("a")
    assert whole.is_authentic()
    assert not replace(whole, **change).is_authentic()


def test_an_event_stays_authentic_when_its_particulars_are_erased() -> None:
    assert replace(event("a"), particulars=None).is_authentic()


def test_the_salt_keeps_equal_particulars_apart() -> None:
    assert Particulars("11" * 16, PARTICULARS).digest() != Particulars("22" * 16, PARTICULARS).digest()


def sheet(ident: str, at: int, after: tuple[str, ...], desk: str = "A", seq: int = 1) -> Event:
    return event(ident, "sheet_drawn", sheet_body(), at=at, after=after, desk=desk, seq=seq)


def test_an_event_stands_behind_all_it_had_seen_whatever_the_clocks_say() -> None:
    first, second, third = sheet("a", NOON, ()), sheet("b", NOON - 5, ("a",)), sheet("c", NOON - 9, ("b",))
    assert [e.id for e in causal_order([third, second, first])] == ["a", "b", "c"]


def test_ties_are_settled_by_clock_then_desk_then_place() -> None:
    events = [
        sheet("e", NOON, (), "B", 1),
        sheet("d", NOON, (), "A", 2),
        sheet("c", NOON, (), "A", 1),
        sheet("a", NOON - 1, (), "Z", 9),
    ]
    assert [e.id for e in causal_order(events)] == ["a", "c", "d", "e"]


def test_a_cause_that_has_not_arrived_does_not_hold_an_event_back() -> None:
    assert [e.id for e in causal_order([sheet("b", NOON, ("unknown",))])] == ["b"]


def test_a_circle_of_causes_still_comes_out_whole() -> None:
    ring = [sheet("a", NOON, ("b",)), sheet("b", NOON, ("a",))]
    assert sorted(e.id for e in causal_order(ring)) == ["a", "b"]


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Events of several desks, each after some of those before it, with clocks that disagree."""
    events: list[Event] = []
    for number in range(draw(st.integers(1, 9))):
        known = [e.id for e in events]
        after = draw(st.lists(st.sampled_from(known), unique=True, max_size=3)) if known else []
        at = NOON + draw(st.integers(-5, 5))
        events.append(sheet(f"e{number}", at, tuple(after), draw(st.sampled_from("ABC")), number))
    return events


@given(histories(), st.randoms(use_true_random=False))
def test_the_causal_order_does_not_depend_on_the_order_of_arrival(events: list[Event], chance: Any) -> None:
    ordered = causal_order(events)
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert causal_order(shuffled) == ordered
    place = {e.id: n for n, e in enumerate(ordered)}
    assert all(place[cause] < place[e.id] for e in ordered for cause in e.after)
