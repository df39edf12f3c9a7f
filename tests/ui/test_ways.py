"""Ways between the screens: what a scan and a function key lead to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motcua_desktop.domain.dossier import Dossier, Status, Verb
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import find_dossier
from tests.factories import MARRIAGE_STATUS, moment, person, submission
from tests.ui.windows import Sitting, a_window, known_citizen

CODE = "H18.11.05-261118-0001"
F3, F11 = Qt.Key.Key_F3, Qt.Key.Key_F11


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Sitting]:
    with a_window(tmp_path, known_citizen(MARRIAGE_STATUS)) as sat:
        sat.clock.moment = moment("2026-11-19T09:00")
        yield sat


def kept(sitting: Sitting) -> Dossier:
    return find_dossier(sitting.desk, CODE)


def opened(sitting: Sitting) -> Dossier:
    sitting.window.open_dossier(CODE)
    sitting.settle()
    return kept(sitting)


def test_scanning_the_control_sheet_confirms_a_hand_over_and_its_return(desk: Sitting) -> None:
    dossier = opened(desk)
    desk.keys.type("c")
    desk.settle()
    desk.keys.type("Tư pháp")
    desk.keys.scan(dossier.key)
    desk.settle()
    assert (kept(desk).status, kept(desk).holder) == (Status.PROCESSING, "Tư pháp")
    desk.keys.type("l")
    desk.settle()
    desk.keys.scan(dossier.key + (dossier.secret or ""))  # the QR says more than the bars
    desk.settle()
    assert [step.verb for step in kept(desk).acts] == [Verb.HAND_OVER, Verb.HAND_BACK]


def test_another_dossiers_sheet_confirms_nothing(desk: Sitting) -> None:
    other = receive(desk.desk, submission(MARRIAGE_STATUS, person("Lò Thị Mai", "011191000009"))).dossier
    opened(desk)
    desk.keys.type("c")
    desk.settle()
    desk.keys.type("Tư pháp")
    desk.keys.scan(other.key)
    desk.settle()
    assert kept(desk).acts == () and find_dossier(desk.desk, other.id).acts == ()
    assert desk.window.dossier.is_asking


def test_the_sheet_confirms_no_other_act(desk: Sitting) -> None:
    dossier = opened(desk)
    desk.keys.type("v")
    desk.settle()
    desk.keys.type("in nham")
    desk.keys.scan(dossier.key)
    desk.settle()
    assert kept(desk).acts == ()


def test_f3_on_a_finished_dossier_brings_it_to_the_screen_where_it_is_given_out(desk: Sitting) -> None:
    act(desk.desk, CODE, Act(Verb.HAND_OVER, to="Tư pháp"))
    act(desk.desk, CODE, Act(Verb.FINISH))
    dossier = opened(desk)
    desk.keys.press(F3)
    desk.settle()
    assert desk.window.pages.currentWidget() is desk.window.returning
    shown = desk.window.returning.grab()
    assert not shown.isNull() and dossier.status is Status.FINISHED
    desk.keys.press(Qt.Key.Key_Return)
    desk.keys.press(Qt.Key.Key_F9)
    desk.settle()
    assert kept(desk).status is Status.RETURNED


def test_f11_leads_to_the_lists_and_days_of_the_office(desk: Sitting) -> None:
    desk.keys.press(F11)
    desk.settle()
    assert desk.window.pages.currentWidget() is desk.window.office
