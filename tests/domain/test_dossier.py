"""A dossier is what its events say, whatever the order in which they came."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from motcua_desktop.domain.dossier import Dossier, Kind, Person, Status
from motcua_desktop.domain.event import Event
from motcua_desktop.domain.fold import replay
from tests.factories import NOON, PARTICULARS, SECOND, code_body, event, intake_body, sheet_body

INTAKE = event("a")


def after_intake(ident: str, kind: str, body: dict[str, Any], seconds: int = 1, *after: str) -> Event:
    return event(ident, kind, body, at=NOON + seconds * SECOND, after=after or ("a",), seq=seconds + 1)


SHEET = after_intake("b", "sheet_drawn", sheet_body())
REPRINT = after_intake("c", "sheet_drawn", sheet_body(2), 2, "b")
CODE = after_intake("d", "external_code_given", code_body("H18-001"), 3, "c")
STRANGE = after_intake("e", "invented_by_a_newer_program", {"v": 9, "x": [1, {"y": None}]}, 4, "d")


def folded(*events: Event) -> Dossier:
    dossier = replay(events)
    assert dossier is not None
    return dossier


def test_an_intake_alone_is_an_accepted_dossier() -> None:
    dossier = folded(INTAKE)
    assert (dossier.status, dossier.code, dossier.is_open) == (Status.ACCEPTED, "H18.11.05-261120-0001", True)
    assert dossier.applicant is not None
    assert (dossier.applicant.full_name, dossier.secret) == ("Vàng A Dế", "40718265")
    assert dossier.due_at == dossier.original_due_at == "2026-11-20T17:00:00+07:00"
    assert dossier.heads == ("a",)


def test_without_an_intake_there_is_no_dossier() -> None:
    assert replay([]) is None
    assert replay([SHEET, CODE, STRANGE]) is None


def test_the_fold_does_not_depend_on_the_order_of_arrival() -> None:
    events = (INTAKE, SHEET, REPRINT, CODE, STRANGE)
    told = {repr(folded(*order)) for order in permutations(events)}
    assert len(told) == 1
    assert folded(*events).heads == ("e",)
    assert folded(*events).prints("receipt") == 2
    assert [code.code for code in folded(*events).external_codes] == ["H18-001"]


def test_an_event_that_another_supersedes_is_left_out() -> None:
    mended = after_intake("f", "external_code_given", code_body("H18-002", supersedes="d"), 5, "d")
    assert [code.code for code in folded(INTAKE, CODE, mended).external_codes] == ["H18-002"]
    assert folded(mended, CODE, INTAKE) == folded(INTAKE, CODE, mended)


def test_a_mended_intake_takes_the_place_of_the_first() -> None:
    mended = event(
        "f", "dossier_received", intake_body(sets=2, supersedes="a"), at=NOON + SECOND, after=("a",)
    )
    dossier = folded(INTAKE, mended)
    assert (dossier.sets, dossier.needs_a_look) == (2, ())


def test_kinds_of_a_newer_program_leave_the_fold_alone() -> None:
    plain, with_strange = folded(INTAKE, SHEET), folded(INTAKE, SHEET, STRANGE)
    assert replace(with_strange, heads=plain.heads) == plain
    assert "e" in with_strange.heads


def test_fields_of_a_newer_program_are_passed_over() -> None:
    newer = event("a", "dossier_received", intake_body(colour_of_the_folder="đỏ"))
    assert folded(newer).code == "H18.11.05-261120-0001"


def test_a_dossier_whose_particulars_were_erased_still_folds() -> None:
    erased = replace(INTAKE, particulars=None)
    dossier = folded(erased, SHEET)
    assert (dossier.applicant, dossier.representative, dossier.secret, dossier.note) == (
        None,
        None,
        None,
        None,
    )
    assert (dossier.code, dossier.prints("receipt")) == ("H18.11.05-261120-0001", 1)


def test_a_second_intake_of_the_same_dossier_needs_a_look() -> None:
    other = event("z", "dossier_received", intake_body(2), at=NOON + SECOND, desk="H18.11.05#2-bbbbbb")
    for order in ((INTAKE, other), (other, INTAKE)):
        dossier = folded(*order)
        assert (dossier.number, dossier.needs_a_look, dossier.heads) == (1, ("z",), ("a", "z"))


@given(
    st.lists(st.sampled_from(["sheet_drawn", "external_code_given", "unknown"]), max_size=7),
    st.data(),
)
def test_any_history_folds_to_one_dossier(kinds: list[str], data: st.DataObject) -> None:
    events = [INTAKE]
    for number, kind in enumerate(kinds):
        seen = data.draw(st.lists(st.sampled_from([e.id for e in events]), unique=True, max_size=2))
        body = sheet_body(number + 1) if kind == "sheet_drawn" else code_body(f"C{number}")
        at = NOON + data.draw(st.integers(1, 4)) * SECOND
        events.append(event(f"e{number}", kind, body, at=at, after=tuple(seen) or ("a",), seq=number + 2))
    expected = replay(events)
    assert expected is not None
    assert replay(data.draw(st.permutations(events))) == expected
    assert len(expected.sheets) == kinds.count("sheet_drawn")


def test_what_a_newer_program_wrote_into_a_person_or_a_paper_is_passed_over() -> None:
    body = intake_body(documents=[{**intake_body()["documents"][0], "pages": 3}])
    personal = {**PARTICULARS, "applicant": {"full_name": "Vàng A Dế", "ethnicity": "Mông"}}
    dossier = replay([event("a", body=body, personal=personal)])
    assert dossier is not None
    assert dossier.applicant == Person("Vàng A Dế")
    assert dossier.documents[0].item == 1


def test_a_sheet_has_left_when_that_was_noted_or_when_it_was_drawn_before_anything_was_noted() -> None:
    events = [
        event("a"),
        event("b", Kind.SHEET_DRAWN, sheet_body(), after=("a",), at=NOON + 1, seq=2),
        event("c", Kind.SHEET_DRAWN, sheet_body(2, sent=False), after=("b",), at=NOON + 2, seq=3),
        event("d", Kind.SHEET_DRAWN, sheet_body(3, sent=False), after=("c",), at=NOON + 3, seq=4),
        event(
            "e", Kind.SHEET_SENT, {"v": 1, "sheet": "receipt", "number": 3}, after=("d",), at=NOON + 4, seq=5
        ),
    ]
    dossier = replay(events)
    assert dossier is not None
    assert [sheet.sent for sheet in dossier.sheets] == [True, False, True]


def test_who_noted_a_code_and_who_erased_is_remembered() -> None:
    erased = event(
        "c", Kind.PARTICULARS_ERASED, {"v": 1, "event": "a", "ground": "Theo yêu cầu"}, at=NOON + 2, seq=3
    )
    dossier = replay(
        [event("a"), event("b", Kind.EXTERNAL_CODE_GIVEN, code_body("X"), at=NOON + 1, seq=2), erased]
    )
    assert dossier is not None
    assert dossier.external_codes[0].officer == "Nguyễn Thị Nhung"
    assert [(e.officer, e.ground) for e in dossier.erasures] == [("Nguyễn Thị Nhung", "Theo yêu cầu")]
