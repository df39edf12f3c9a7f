"""What the window tells an officer by itself, and what it keeps to itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from motcua_desktop.district.holdings import offices
from motcua_desktop.district.server import EmbeddedDistrict
from motcua_desktop.domain.errors import fault
from motcua_desktop.printing.folder import FolderPrinter
from tests.ui.windows import CONTROL, ENTER, ESCAPE, F9, NEW, RETURNING, THIRD, Qt, a_window, known_citizen


def test_somebody_who_files_without_a_paper_for_it_is_named_after_saving(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.keys.press(Qt.Key.Key_U, CONTROL)
        sitting.keys.scan(NEW)
        sitting.procedure.search.setFocus()
        sitting.choose("ks")
        sitting.save()
        said = sitting.window.strip.text
        assert sitting.dossier().code in said and "giấy ủy quyền" in said


def test_a_saved_dossier_can_not_be_typed_over_and_the_next_person_can(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        sitting.save()
        assert not sitting.person.isEnabled() and not sitting.procedure.isEnabled()
        sitting.keys.scan(THIRD)
        assert sitting.person.isEnabled() and sitting.procedure.isEnabled()
        assert sitting.person.full_name.text() == "Lò Văn Mẫu"


def test_the_trouble_of_one_printer_is_not_told_to_the_next_citizen(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen(), printer=FolderPrinter(tmp_path / "gone")) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        sitting.save()
        assert sitting.window.strip.number == "MC-120"
        sitting.keys.press(ESCAPE)
        assert sitting.window.strip.text == ""


def test_a_receipt_that_could_not_be_drawn_never_sounds_like_a_lost_dossier(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        sitting.save()
        sitting.presenter._not_drawn(sitting.presenter.saved, fault("MC-131"))
        assert sitting.window.strip.number == "MC-193"
        assert "đã lưu" in sitting.window.strip.text and "chưa lưu" not in sitting.window.strip.text


def test_a_card_that_changed_on_its_way_is_to_be_compared(qapp: QApplication, tmp_path: Path) -> None:
    with a_window(tmp_path) as sitting:
        sitting.window.catcher.was_altered = True
        sitting.window.scanned(NEW)
        assert sitting.window.strip.number == "MC-104"
        assert sitting.person.full_name.property("doubt") == "true"


def test_the_window_sends_by_itself_and_says_nothing_of_it(qapp: QApplication, tmp_path: Path) -> None:
    store = f"sqlite:///{(tmp_path / 'district.db').as_posix()}"
    with (
        EmbeddedDistrict(store) as district,
        a_window(tmp_path, known_citizen(), hub=district.url) as sitting,
    ):
        assert sitting.window.sending_timer.interval() == 5 * 60 * 1000
        sitting.window.sending_timer.timeout.emit()
        sitting.settle()
        assert sum(held.dossiers for held in offices(district.database)) == 1
        assert sitting.window.strip.text == ""
        assert sitting.window.chips["unsent"].text().startswith("↑ 0")


def test_without_a_district_nothing_is_tried_and_nothing_is_said(qapp: QApplication, tmp_path: Path) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.window.sending_timer.timeout.emit()
        sitting.settle()
        assert sitting.window.strip.text == ""
        sitting.keys.press(ENTER)


def test_letters_typed_over_a_chosen_procedure_take_it_back(qapp: QApplication, tmp_path: Path) -> None:
    with a_window(tmp_path, known_citizen()) as sitting:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        sitting.procedure.search.setFocus()
        sitting.procedure.search.selectAll()
        sitting.keys.type("hn")
        sitting.settle()
        assert sitting.presenter.procedure is None and sitting.procedure.papers.papers == []
        sitting.keys.press(F9)
        sitting.settle()
        assert len(sitting.dossiers()) == 0
        assert sitting.window.strip.number == "MC-155"
