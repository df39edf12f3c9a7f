"""No two citizens in one dossier, and nothing typed is lost in silence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.ui.windows import (
    CONTROL,
    ENTER,
    ESCAPE,
    F9,
    NEW,
    RETURNING,
    Qt,
    Sitting,
    a_window,
    known_citizen,
)

STRANGER = "011185000021"


def typed_over(sitting: Sitting, number: str) -> None:
    sitting.person.id_number.setFocus()
    sitting.person.id_number.selectAll()
    sitting.keys.type(number)
    sitting.settle()


def test_another_number_takes_back_what_was_filled_in_for_the_first(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        typed_over(sitting, STRANGER)
        sitting.keys.press(ENTER)
        card = sitting.person
        left = [card.full_name.text(), card.birth_date.text(), card.address.text(), card.phone.text()]
        assert left == ["", "", "", ""]
        assert not card.badge.isVisible()


def test_f9_in_the_number_field_never_saves_the_name_of_somebody_else(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        typed_over(sitting, STRANGER)
        sitting.keys.press(F9)
        sitting.settle()
        assert sitting.dossiers() == []
        assert sitting.window.strip.number == "MC-115"


def test_a_name_that_was_typed_stays_when_the_number_is_corrected(qapp: QApplication, tmp_path: Path) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.person.full_name.setText("Vàng A Dế Con")
        typed_over(sitting, STRANGER)
        sitting.keys.press(ENTER)
        assert sitting.person.full_name.text() == "Vàng A Dế Con"


def test_the_papers_of_one_citizen_are_looked_at_again_for_another(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        sitting.keys.scan(NEW)
        assert "Vàng A Dế" in sitting.window.strip.text and "Giàng Thị Mỷ" in sitting.window.strip.text
        sitting.keys.press(F9)
        sitting.settle()
        assert sitting.dossiers() == []


def test_a_birth_date_that_does_not_exist_is_told_and_not_dropped(qapp: QApplication, tmp_path: Path) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        sitting.person.birth_date.setText("31/02/1991")
        sitting.keys.press(F9)
        sitting.settle()
        assert sitting.dossiers() == []
        assert sitting.window.strip.number == "MC-119"
        assert sitting.focus is sitting.person.birth_date


def test_esc_pressed_long_ago_does_not_count_for_what_was_typed_since(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.keys.press(ESCAPE)
        sitting.choose("ks")
        sitting.keys.press(ESCAPE)
        assert sitting.person.full_name.text() == "Vàng A Dế"
        sitting.keys.press(ESCAPE)
        assert sitting.person.full_name.text() == ""


def test_a_phone_alone_is_a_draft_too(qapp: QApplication, tmp_path: Path) -> None:
    with a_window(tmp_path) as sitting:
        sitting.person.phone.setText("0912345678")
        sitting.keys.press(ESCAPE)
        assert sitting.person.phone.text() == "0912345678"


def test_a_corrected_phone_outlives_a_second_scan_of_the_same_card(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.person.phone.setText("0987000111")
        sitting.keys.scan(RETURNING)
        assert sitting.person.phone.text() == "0987000111"


def test_a_scan_without_marks_does_not_take_them_from_a_name_that_is_known(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan("011091000001||Vang A De|15031991|Nam|Ban Ta Phin|22122021")
        assert sitting.person.full_name.text() == "Vàng A Dế"


def test_ctrl_p_on_another_screen_prints_what_is_chosen_there(qapp: QApplication, tmp_path: Path) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        sitting.save()
        sitting.keys.press(Qt.Key.Key_F7)
        sitting.settle()
        sitting.keys.press(Qt.Key.Key_P, CONTROL)
        sitting.settle()
        assert len(sitting.sheets()) == 1


def test_a_draft_keeps_the_window_open_once(qapp: QApplication, tmp_path: Path) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        assert not sitting.window.close()
        assert sitting.window.isVisible() and "chưa lưu" in sitting.window.strip.text
        assert sitting.window.close()


def test_a_dossier_on_its_way_is_saved_and_printed_before_the_window_closes(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        sitting.keys.press(F9)
        sitting.window.close()
        sitting.until(lambda: not sitting.window.isVisible())
        assert len(sitting.dossiers()) == 1 and len(sitting.sheets()) == 1
