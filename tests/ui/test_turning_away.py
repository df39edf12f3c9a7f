"""Papers that cannot be accepted: Ctrl+B prints what is missing, Ctrl+K a refusal; nothing is received."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motcua_desktop.domain.dossier import Dossier, Status
from motcua_desktop.services.sheets import find_dossier
from tests.factories import MARRIAGE_STATUS, moment
from tests.ui.windows import ENTER, RETURNING, Sitting, a_window, known_citizen

CONTROL = Qt.KeyboardModifier.ControlModifier
CODE = "H18.11.05-261120-0001"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Sitting]:
    with a_window(tmp_path, known_citizen(MARRIAGE_STATUS)) as sat:
        sat.clock.moment = moment("2026-11-20T09:47")
        yield sat


def at_the_papers(sitting: Sitting) -> None:
    sitting.keys.scan(RETURNING)
    sitting.keys.type("ks")
    sitting.keys.press(ENTER)
    sitting.settle()


def kept(sitting: Sitting) -> Dossier:
    return find_dossier(sitting.desk, CODE)


def test_a_missing_paper_is_asked_for_with_two_keys_and_no_term_runs(desk: Sitting, tmp_path: Path) -> None:
    at_the_papers(desk)
    desk.keys.press(Qt.Key.Key_Space)
    desk.keys.press(Qt.Key.Key_B, CONTROL)
    desk.settle()
    found = kept(desk)
    assert (found.status, found.due_at, found.accepted_at) == (Status.SUPPLEMENT, None, None)
    assert found.acts[0].reason == found.owed[0]
    assert [(s.kind, s.sent) for s in found.sheets] == [("supplement", True)]
    assert CODE in desk.window.strip.text
    assert not desk.window.counter.presenter.has_draft  # the next person can begin


def test_nothing_is_asked_for_where_nothing_is_missing(desk: Sitting) -> None:
    at_the_papers(desk)
    desk.keys.press(Qt.Key.Key_B, CONTROL)
    desk.settle()
    assert desk.window.counter.presenter.has_draft
    assert desk.window.strip.text != ""


def test_a_refusal_needs_its_reason_and_prints_it(desk: Sitting) -> None:
    at_the_papers(desk)
    desk.keys.press(Qt.Key.Key_K, CONTROL)
    desk.settle()
    assert desk.window.counter.procedure_card.note.hasFocus()
    desk.keys.type("khong thuoc tham quyen")
    desk.keys.press(Qt.Key.Key_K, CONTROL)
    desk.settle()
    found = kept(desk)
    assert (found.status, found.acts[0].reason) == (Status.NOT_ACCEPTED, "khong thuoc tham quyen")
    assert [sheet.kind for sheet in found.sheets] == ["refusal"]


def test_on_another_screen_and_after_saving_the_keys_do_nothing(desk: Sitting) -> None:
    at_the_papers(desk)
    desk.keys.press(Qt.Key.Key_F6)
    desk.keys.press(Qt.Key.Key_K, CONTROL)
    desk.settle()
    assert desk.window.counter.presenter.has_draft
