"""One dossier in full: what it says, what may be done, and that nothing happens before F9."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

from motcua_desktop.domain.acts import may
from motcua_desktop.domain.dossier import Dossier, Status, Verb
from motcua_desktop.domain.pausing import ClockEffect
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services.acts import Act, act, due_choices
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.services.telling import say
from tests.factories import COPIES, MARRIAGE_STATUS, NO_TERM, moment, person, submission
from tests.ui.windows import ENTER, ESCAPE, F9, NEW, RETURNING, Sitting, a_window, known_citizen
from ui.dossier.forms import KEYS, Field, asks
from ui.dossier.port import Seen
from ui.wording import appointment

CODE = "H18.11.05-261118-0001"
UNIT = "Bộ phận Tư pháp – Hộ tịch"
LEADER = "Trần Văn Hùng"
F3, F4, F6 = Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F6


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Sitting]:
    """Somebody asked for a paper three working days ago less one; two leaders may decide."""
    with a_window(tmp_path, known_citizen(MARRIAGE_STATUS), leaders=(LEADER, "Lò Thị Mai")) as sat:
        sat.clock.moment = moment("2026-11-19T09:00")
        yield sat


def kept(sitting: Sitting) -> Dossier:
    return find_dossier(sitting.desk, CODE)


def done(sitting: Sitting, *acts: Act) -> None:
    for wanted in acts:
        act(sitting.desk, CODE, wanted)


def press(sitting: Sitting, letters: str) -> None:
    sitting.keys.type(letters)
    sitting.settle()


def press_only(sitting: Sitting, letters: str) -> None:
    """Keys while work is held up: nothing is waited for but the keys."""
    sitting.keys.type(letters)
    sitting.keys.settle()


def type_into(sitting: Sitting, field: Field, text: str) -> None:
    sitting.window.dossier.panel.fields[field].setFocus()
    sitting.keys.type(text)
    sitting.keys.settle()


def texts(page: Any) -> list[str]:
    return [w.text() for kind in (QLabel, QLineEdit) for w in page.findChildren(kind) if w.isVisible()]


class TestWhatItSays:
    def test_enter_on_what_was_found_opens_it_in_full(self, desk: Sitting) -> None:
        desk.keys.press(F4)
        desk.keys.type("dế")
        desk.settle()
        desk.keys.press(ENTER)
        desk.keys.press(ENTER)
        desk.settle()

        page = desk.window.dossier
        assert desk.window.pages.currentWidget() is page
        assert page.head.code.text() == CODE
        assert say(kept(desk)) in page.head.sentence.text()
        assert page.appointment.due.text() == "17:00 thứ Hai 23/11/2026"

    def test_the_number_of_the_card_is_nowhere_whole(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        said = " ".join(texts(page))
        assert "011•••••0001" in said
        assert "011091000001" not in said

    def test_a_date_that_was_put_off_stands_beside_the_first_one(self, desk: Sitting) -> None:
        done(desk, Act(Verb.EXTEND, reason="Chờ xác minh", due=moment("2026-11-27T17:00")))
        page = desk.open(CODE)
        assert "27/11/2026" in page.appointment.due.text()
        assert "23/11/2026" in page.appointment.dates.text()

    def test_of_interlinked_offices_both_dates_are_large(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        both = replace(kept(desk), due_total_at="2026-12-01T17:00:00+07:00")
        page.show_dossier(Seen(both, "accepted", ()), may(both))
        assert page.appointment.total.isVisible() and "01/12/2026" in page.appointment.total.text()
        assert page.appointment.total.font().pointSizeF() > page.appointment.name.font().pointSizeF()

    def test_what_nobody_checked_against_the_law_is_amber_and_says_so(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        assert "chưa kiểm chứng" in page.term.toolTip()
        assert page.term.property("tone") == "soon"
        checked = replace(
            kept(desk), term={**kept(desk).term, "source": "NĐ 118/2025/NĐ-CP, Điều 11 (09/06/2025)"}
        )
        page.show_dossier(Seen(checked, "accepted", ()), may(checked))
        assert page.term.property("tone") is None

    def test_the_history_names_every_act_and_every_sheet_the_newest_first(self, desk: Sitting) -> None:
        done(desk, Act(Verb.HAND_OVER, to=UNIT), Act(Verb.CALL, reason="Hẹn sáng thứ Hai"))
        page = desk.open(CODE)
        said = [line.text for line in page.history.lines]
        assert "Hẹn sáng thứ Hai" in said[0] and UNIT in said[1]
        assert len(said) == 3

    def test_a_timer_of_the_unit_is_told_with_its_end(self, desk: Sitting) -> None:
        done(desk, Act(Verb.HAND_OVER, to=UNIT))
        page = desk.open(CODE)
        assert page.appointment.timer.isVisible()
        assert "20/11/2026" in page.appointment.timer.text() or "thứ Hai" in page.appointment.timer.text()
        assert page.appointment.timer.property("tone") == "soon"


class TestWhatMayBeDone:
    def test_there_is_one_key_an_act_and_a_button_for_what_is_possible_only(self, desk: Sitting) -> None:
        assert set(KEYS) == set(Verb)
        assert len(set(KEYS.values())) == len(KEYS)
        assert all(
            key == "F3" or (key.isascii() and key.isalpha() and len(key) == 1) for key in KEYS.values()
        )
        for wanted in (None, Act(Verb.HAND_OVER, to=UNIT), Act(Verb.ASK_PAPERS, reason="Thiếu giấy")):
            if wanted is not None:
                done(desk, wanted)
            page = desk.open(CODE)
            assert list(page.acts.buttons) == may(kept(desk))
            assert all(button.text().endswith(KEYS[verb]) for verb, button in page.acts.buttons.items())

    def test_a_letter_of_an_act_that_is_not_possible_says_what_is(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        before = kept(desk).heads
        press(desk, "f")
        assert not page.is_asking and kept(desk).heads == before
        assert desk.window.strip.number == "MC-170"
        assert "chuyển" in desk.window.strip.text
        press(desk, "q")
        assert not page.is_asking and kept(desk).heads == before

    def test_every_act_that_is_offered_opens_its_panel_or_says_why_not(self, desk: Sitting) -> None:
        for before in ((), (Act(Verb.HAND_OVER, to=UNIT),), (Act(Verb.ASK_PAPERS, reason="Thiếu"),)):
            done(desk, *before)
            page = desk.open(CODE)
            for verb in list(page.acts.buttons):
                desk.window.strip.hide()
                press(desk, KEYS[verb])
                assert page.is_asking or desk.window.strip.number, verb
                if page.is_asking:
                    at = desk.clock().isoformat(timespec="seconds")
                    assert tuple(page.panel.fields) == asks(kept(desk), verb, at)[0]
                    desk.keys.press(ESCAPE)
                assert desk.window.pages.currentWidget() is page

    def test_what_was_done_once_is_refused_with_what_to_do_instead(self, desk: Sitting) -> None:
        done(desk, Act(Verb.HAND_OVER, to=UNIT), Act(Verb.ASK_PAPERS, reason="Thiếu giấy"))
        page = desk.open(CODE)
        press(desk, "s")  # to stop it, while the citizen still has time
        assert not page.is_asking
        assert desk.window.strip.number == "MC-174"
        assert "rút" in desk.window.strip.text

    def test_the_result_is_returned_on_its_own_screen(self, desk: Sitting) -> None:
        done(desk, Act(Verb.HAND_OVER, to=UNIT), Act(Verb.FINISH, result="12/TL-HT"))
        page = desk.open(CODE)
        page.acts.buttons[Verb.RETURN].click()
        desk.settle()
        assert desk.window.pages.currentWidget() is desk.window.returning
        assert kept(desk).status is Status.FINISHED


class TestAnAct:
    def test_nothing_happens_before_f9_whatever_enter_is_pressed_on(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        before = kept(desk).heads
        for letter in ("c", "x", "e", "g", "v"):
            press(desk, letter)
            assert page.is_asking, letter
            for _again in range(8):
                desk.keys.press(ENTER)
            desk.settle()
            assert page.is_asking, letter
            desk.keys.press(ESCAPE)
            assert not page.is_asking
        assert kept(desk).heads == before
        assert desk.sheets() == []

    def test_f9_hands_over_prints_the_control_sheet_and_shows_the_new_holder(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        press(desk, "c")
        type_into(desk, Field.TO, UNIT)
        desk.keys.press(F9)
        desk.settle()

        assert (kept(desk).status, kept(desk).holder) == (Status.PROCESSING, UNIT)
        assert len(desk.sheets()) == 1 and CODE in desk.sheets()[0]
        assert not page.is_asking
        assert UNIT in [label.text() for label in page.head.clears.values()]
        assert CODE in desk.window.strip.text and Verb.FINISH in page.acts.buttons

    def test_a_printer_that_is_off_is_told_and_the_act_is_kept(self, desk: Sitting, tmp_path: Path) -> None:
        desk.bench.printer = FolderPrinter(tmp_path / "switched-off", "HP M12")
        desk.open(CODE)
        press(desk, "c")
        type_into(desk, Field.TO, UNIT)
        desk.keys.press(F9)
        desk.settle()
        assert kept(desk).status is Status.PROCESSING
        assert desk.window.strip.number == "MC-120"

    def test_an_extension_shows_old_and_new_date_and_whether_it_is_in_time(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        press(desk, "x")
        type_into(desk, Field.DUE, "27/11/2026")
        type_into(desk, Field.REASON, "Chờ xác minh")
        said = " ".join(page.panel.remarks)
        assert "23/11/2026" in said and "27/11/2026" in said
        assert any(remark.startswith("✓") and "20/11/2026" in remark for remark in page.panel.remarks)

        desk.keys.press(F9)
        desk.settle()
        assert kept(desk).due_at == "2026-11-27T17:00:00+07:00"

    def test_an_extension_that_comes_too_late_is_said_to_be_before_it_is_made(self, desk: Sitting) -> None:
        desk.clock.moment = moment("2026-11-23T16:00")
        page = desk.open(CODE)
        press(desk, "x")
        type_into(desk, Field.DUE, "27/11/2026")
        type_into(desk, Field.REASON, "Chờ xác minh")
        assert not any(remark.startswith("✓") for remark in page.panel.remarks)
        assert any("20/11/2026" in remark for remark in page.panel.remarks)

    @pytest.mark.parametrize("typed", ["31/02/2026", "mai", "28/11/2026", "20/11/2026"])
    def test_a_day_that_cannot_be_is_told_and_nothing_is_written(self, desk: Sitting, typed: str) -> None:
        page = desk.open(CODE)
        before = kept(desk).heads
        press(desk, "x")
        type_into(desk, Field.REASON, "Chờ")
        type_into(desk, Field.DUE, typed)
        desk.keys.press(F9)
        desk.settle()
        assert kept(desk).heads == before
        assert page.is_asking and desk.window.strip.number in ("MC-119", "MC-159", "MC-184")

    def test_of_completed_papers_both_dates_are_shown_and_the_chosen_one_holds(self, desk: Sitting) -> None:
        done(desk, Act(Verb.HAND_OVER, to=UNIT), Act(Verb.ASK_PAPERS, reason="Thiếu giấy"))
        desk.clock.moment = moment("2026-11-23T09:00")
        found = due_choices(desk.desk, kept(desk))
        choices = {effect: counted.due_at for effect, counted in found.items() if counted.due_at}
        page = desk.open(CODE)
        press(desk, "d")
        choice = page.panel.fields[Field.EFFECT]
        shown = [button.text() for button in choice.parts()]
        for effect, text in zip(ClockEffect, shown, strict=True):
            assert appointment(choices[effect], desk.clock()) in text
        assert choice.value == "pause"

        choice.setFocus()
        desk.keys.press(Qt.Key.Key_Down)
        assert choice.value == "restart"
        desk.keys.press(F9)
        desk.settle()
        assert kept(desk).due_at == choices[ClockEffect.RESTART].isoformat()

    def test_what_is_missing_is_called_by_its_name_and_gets_the_focus(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        press(desk, "g")
        desk.keys.press(F9)
        desk.settle()
        assert desk.window.strip.number == "MC-171"
        assert page.panel.labels[Field.REASON].text().removesuffix(" *") in desk.window.strip.text
        assert desk.focus is page.panel.fields[Field.REASON]

    def test_letters_in_a_reason_begin_no_act(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        press(desk, "g")
        type_into(desk, Field.REASON, "xin chao cac bac")
        assert page.presenter.verb is Verb.CALL
        desk.keys.press(F9)
        desk.settle()
        assert kept(desk).acts[-1].reason == "xin chao cac bac"

    def test_a_second_request_for_papers_asks_for_a_leader(self, desk: Sitting) -> None:
        done(
            desk,
            Act(Verb.HAND_OVER, to=UNIT),
            Act(Verb.ASK_PAPERS, reason="Thiếu"),
            Act(Verb.PAPERS_COMPLETE),
        )
        page = desk.open(CODE)
        press(desk, "b")
        type_into(desk, Field.REASON, "Con dau mo")
        desk.keys.press(F9)
        desk.settle()
        assert kept(desk).status is Status.PROCESSING
        leader = page.panel.fields[Field.LEADER]
        assert [leader.itemText(place) for place in range(leader.count())] == ["–", LEADER, "Lò Thị Mai"]

        leader.setFocus()
        desk.keys.press(Qt.Key.Key_Down)
        desk.keys.press(F9)
        desk.settle()
        assert kept(desk).status is Status.SUPPLEMENT
        assert kept(desk).acts[-1].leader == LEADER

    def test_a_unit_that_was_used_before_is_offered(self, desk: Sitting) -> None:
        done(desk, Act(Verb.HAND_OVER, to=UNIT), Act(Verb.HAND_BACK))
        page = desk.open(CODE)
        press(desk, "c")
        field = page.panel.fields[Field.TO]
        assert field.text() == UNIT
        model = field.completer().model()
        assert [model.index(row, 0).data() for row in range(model.rowCount())] == [UNIT]

    def test_a_corrected_name_is_kept_and_printed_anew(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        press(desk, "e")
        page.panel.fields[Field.FULL_NAME].selectAll()
        type_into(desk, Field.FULL_NAME, "Vang A Denh")
        type_into(desk, Field.REASON, "Go sai ten")
        desk.keys.press(F9)
        desk.settle()
        applicant = kept(desk).applicant
        assert applicant is not None and applicant.full_name == "Vang A Denh"
        assert len(desk.sheets()) == 1
        assert "Vang A Denh" in page.head.who.text()

    def test_who_was_quicker_is_seen_and_nothing_is_done_twice(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        press(desk, "v")
        type_into(desk, Field.REASON, "Nham nguoi")
        done(desk, Act(Verb.HAND_OVER, to=UNIT))  # by another officer, in the meantime
        desk.keys.press(F9)
        desk.settle()
        assert kept(desk).status is Status.PROCESSING
        assert desk.window.strip.number == "MC-182"
        assert Verb.FINISH in page.acts.buttons


class TestComingAndGoing:
    def test_esc_closes_the_panel_first_and_then_goes_back_where_the_officer_was(self, desk: Sitting) -> None:
        desk.keys.press(F6)
        desk.settle()
        desk.keys.press(ENTER)
        desk.settle()
        press(desk, "g")
        desk.keys.press(ESCAPE)
        assert desk.window.pages.currentWidget() is desk.window.dossier
        assert not desk.window.dossier.is_asking
        desk.keys.press(ESCAPE)
        assert desk.window.pages.currentWidget() is desk.window.board

    @pytest.mark.parametrize("scanned", [NEW, RETURNING, "key"])
    def test_a_scan_while_an_act_is_asked_for_changes_nothing_in_it(
        self, desk: Sitting, scanned: str
    ) -> None:
        page = desk.open(CODE)
        press(desk, "x")
        type_into(desk, Field.DUE, "27/11/2026")
        type_into(desk, Field.REASON, "Cho xac minh")
        before = dict(page.panel.given()), kept(desk).heads
        for field in (Field.REASON, Field.DUE):
            page.panel.fields[field].setFocus()
            desk.keys.scan(kept(desk).key if scanned == "key" else scanned)
            desk.settle()
            assert (dict(page.panel.given()), kept(desk).heads) == before
            assert page.presenter.verb is Verb.EXTEND
            assert desk.window.pages.currentWidget() is page
            assert "F9" in desk.window.strip.text
        page.panel.confirm.setFocus()
        desk.keys.scan(scanned if scanned != "key" else kept(desk).key)
        desk.settle()
        assert kept(desk).heads == before[1]

    def test_a_card_on_a_dossier_that_is_only_looked_at_begins_the_next_citizen(self, desk: Sitting) -> None:
        desk.open(CODE)
        desk.keys.scan(NEW)
        desk.settle()
        assert desk.window.pages.currentWidget() is desk.window.counter
        assert desk.person.full_name.text() == "Giàng Thị Mỷ"

    def test_a_fee_that_is_due_is_entered_by_a_correction_and_then_holds_the_result_back(
        self, desk: Sitting
    ) -> None:
        desk.open(CODE)
        press(desk, "e")
        type_into(desk, Field.FEE_DUE, "8.000")
        type_into(desk, Field.REASON, "le phi")
        desk.keys.press(F9)
        desk.settle()
        assert (kept(desk).fee_due_vnd, kept(desk).fee_left_vnd) == (8_000, 8_000)
        press(desk, "e")
        type_into(desk, Field.FEE_DUE, "tám nghìn")
        desk.keys.press(F9)
        desk.settle()
        assert desk.window.strip.number == "MC-123" and kept(desk).fee_due_vnd == 8_000

    def test_a_dossier_without_a_term_is_accepted_with_the_day_that_the_officer_names(
        self, desk: Sitting
    ) -> None:
        presented = receive(desk.desk, submission(NO_TERM, documents=(), presented=True)).dossier
        page = desk.open(presented.code)
        press(desk, "n")
        assert tuple(page.panel.fields) == (Field.DUE,)
        type_into(desk, Field.DUE, "3/12/2026")
        desk.keys.press(F9)
        desk.settle()
        accepted = find_dossier(desk.desk, presented.id)
        assert (accepted.status, accepted.due_at) == (Status.ACCEPTED, "2026-12-03T17:00:00+07:00")

    def test_ctrl_p_prints_its_receipt_again(self, desk: Sitting) -> None:
        desk.open(CODE)
        desk.keys.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        desk.settle()
        assert desk.sheets() == [f"{CODE}.pdf"]

    def test_what_was_done_elsewhere_is_seen_without_losing_what_is_typed(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        press(desk, "g")
        type_into(desk, Field.REASON, "goi lan mot")
        done(desk, Act(Verb.HAND_OVER, to=UNIT))
        page.presenter.refresh()
        desk.settle()
        field = page.panel.fields[Field.REASON]
        assert isinstance(field, QPlainTextEdit) and field.toPlainText() == "goi lan mot"
        assert Verb.FINISH in page.acts.buttons

    def test_until_another_dossier_is_read_no_key_means_the_one_before(self, desk: Sitting) -> None:
        receive(desk.desk, submission(COPIES, person("Người Khác", "011091000077")))
        other = desk.dossiers()[0].code
        page, gate = desk.open(CODE), threading.Event()
        desk.bench.looking.run(lambda: gate.wait(20), lambda _: None, lambda _: None)
        desk.window.open_dossier(other)
        desk.keys.type("g")
        desk.keys.settle()
        assert not page.is_asking
        gate.set()
        desk.settle()
        assert page.head.code.text() == other and not page.is_asking

    def test_an_act_on_its_way_to_the_disk_does_not_bring_its_dossier_back_into_sight(
        self, desk: Sitting
    ) -> None:
        receive(desk.desk, submission(COPIES, person("Người Khác", "011091000077")))
        other = desk.dossiers()[0].code
        page, gate = desk.open(CODE), threading.Event()
        desk.bench.writing.run(lambda: gate.wait(20), lambda _: None, lambda _: None)
        press_only(desk, "g")
        type_into(desk, Field.REASON, "da goi")
        desk.keys.press(F9)
        desk.window.open_dossier(other)
        desk.until(lambda: page.head.code.text() == other)
        gate.set()
        desk.settle()
        assert page.head.code.text() == other
        assert kept(desk).acts[-1].reason == "da goi"

    def test_a_dossier_that_cannot_be_read_leaves_nothing_of_the_one_before(self, desk: Sitting) -> None:
        page = desk.open(CODE)
        desk.window.open_dossier("H18.11.05-261118-0999")
        desk.settle()
        assert desk.window.strip.number == "MC-160"
        assert not page.head.isVisible() and not page.side.isVisible()
        assert desk.open(CODE).head.isVisible()


@pytest.mark.parametrize(("key", "page"), [(F3, "returning"), (Qt.Key.Key_F12, "quick")])
def test_the_screens_where_results_are_given_out_are_a_key_away_and_take_scans(
    desk: Sitting, key: Qt.Key, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = []
    shown = getattr(desk.window, page)
    monkeypatch.setattr(shown, "card_scanned", lambda card, doubtful=False: taken.append(card.id_number))
    desk.keys.press(key)
    desk.settle()
    assert desk.window.pages.currentWidget() is shown
    desk.keys.scan(NEW)
    desk.settle()
    assert taken == ["011185000021"]
    assert desk.window.pages.currentWidget() is shown
