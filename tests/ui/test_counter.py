"""Receiving a citizen with the keys alone, and everything that may go wrong between F9 and the paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motcua_desktop.domain.dossier import Dossier
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.store import connection as connections
from motcua_desktop.store.connection import connect
from tests.factories import BIRTH, moment
from tests.ui.windows import (
    CONTROL,
    DOWN,
    ENTER,
    ESCAPE,
    F9,
    FRIDAY,
    NEW,
    RETURNING,
    SPACE,
    THIRD,
    BrokenPrinter,
    Sitting,
    SlowPrinter,
    a_window,
    known_citizen,
)

P, U, D = Qt.Key.Key_P, Qt.Key.Key_U, Qt.Key.Key_D


def words(path: Path) -> str:
    """The text of a sheet, in one line."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return " ".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", " ")


@contextmanager
def locked(sitting: Sitting) -> Iterator[None]:
    """Somebody else writes to the store and does not end."""
    with closing(connect(sitting.desk.store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full_disk(sitting: Sitting) -> Iterator[None]:
    """The store's file may not grow by a page."""
    writer = sitting.desk.store._writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    usual = writer.execute("PRAGMA max_page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages}")
    yield
    writer.execute(f"PRAGMA max_page_count = {usual}")


def ready(sitting: Sitting, card: str = RETURNING, alias: str = "ks") -> None:
    """A citizen before whom only F9 is missing."""
    sitting.keys.scan(card)
    sitting.choose(alias)


class TestKeys:
    def test_a_returning_citizen_takes_a_scan_and_five_keys(self, sitting: Sitting) -> None:
        sitting.keys.scan(RETURNING)
        sitting.watch.keys = 0

        sitting.keys.type("ks")
        for key in (ENTER, ENTER, F9):
            sitting.keys.press(key)
        sitting.until(lambda: sitting.presenter.saved is not None)
        sitting.settle()

        dossier = sitting.dossier()
        assert sitting.watch.keys == 5
        assert sitting.sheets() == [f"{dossier.code}.pdf"]
        assert (dossier.applicant.full_name, dossier.applicant.phone) == ("Vàng A Dế", "0912345678")
        assert (dossier.procedure["code"], dossier.owed) == (BIRTH, ())
        assert dossier.received_at == "2026-11-20T09:47:00+07:00"
        assert dossier.code in sitting.due.saved.text()

    def test_a_new_citizen_takes_a_scan_and_sixteen_keys(self, sitting: Sitting) -> None:
        sitting.keys.scan(NEW)
        sitting.watch.keys = 0

        sitting.keys.type("0987654321")
        sitting.keys.press(ENTER)
        sitting.choose("ks")
        sitting.save()

        dossier = sitting.dossier()
        assert sitting.watch.keys == 16
        assert (dossier.applicant.full_name, dossier.applicant.phone) == ("Giàng Thị Mỷ", "0987654321")
        assert dossier.applicant.gender == "Nữ"
        assert sitting.sheets() == [f"{dossier.code}.pdf"]

    def test_a_missing_paper_is_asked_about_once_and_printed_as_owed(self, sitting: Sitting) -> None:
        sitting.keys.scan(RETURNING)
        sitting.keys.type("ks")
        sitting.keys.press(ENTER)
        first = sitting.procedure.papers.papers[0].document.short
        sitting.keys.press(SPACE)
        sitting.keys.press(ENTER)
        sitting.keys.press(F9)
        sitting.settle()

        assert sitting.dossiers() == []
        assert first in sitting.window.strip.text
        sitting.save()
        assert sitting.dossier().owed == (first,)

    def test_a_tick_that_is_changed_after_the_question_asks_anew(self, sitting: Sitting) -> None:
        sitting.keys.scan(RETURNING)
        sitting.keys.type("ks")
        sitting.keys.press(ENTER)
        sitting.keys.press(SPACE)
        sitting.keys.press(ENTER)
        sitting.keys.press(F9)
        sitting.procedure.table.setFocus()
        sitting.keys.press(DOWN)
        sitting.keys.press(SPACE)
        sitting.keys.press(F9)
        sitting.settle()

        assert sitting.dossiers() == []
        assert sitting.presenter.waits_for_second_f9

    def test_someone_else_files_by_a_second_scan(self, sitting: Sitting) -> None:
        sitting.keys.scan(RETURNING)
        sitting.keys.press(U, CONTROL)
        sitting.keys.scan(NEW)
        sitting.keys.type("0911222333")
        sitting.keys.press(ENTER)
        sitting.keys.type("Giấy ủy quyền")
        sitting.keys.press(ENTER)
        sitting.choose("ks")
        sitting.save()

        dossier = sitting.dossier()
        assert dossier.applicant.full_name == "Vàng A Dế"
        assert dossier.representative.full_name == "Giàng Thị Mỷ"
        assert dossier.representative.id_number == "011185000021"
        assert (dossier.representative.phone, dossier.representative.authority) == (
            "0911222333",
            "Giấy ủy quyền",
        )

    def test_the_result_goes_by_post_when_the_officer_says_so(self, sitting: Sitting) -> None:
        ready(sitting)
        sitting.due.return_by.setFocus()
        sitting.keys.press(DOWN)
        sitting.save()

        assert sitting.dossier().return_by == "post"
        assert "bưu chính" in words(sitting.receipts / sitting.sheets()[0])

    def test_esc_asks_before_it_empties_a_draft(self, sitting: Sitting) -> None:
        ready(sitting)

        sitting.keys.press(ESCAPE)
        assert sitting.person.full_name.text() == "Vàng A Dế"
        sitting.keys.press(ESCAPE)

        assert sitting.person.full_name.text() == ""
        assert sitting.presenter.procedure is None
        assert sitting.dossiers() == []

    def test_esc_after_saving_begins_with_the_next_person_at_once(self, sitting: Sitting) -> None:
        ready(sitting)
        sitting.save()

        sitting.keys.press(ESCAPE)

        assert sitting.person.id_number.text() == ""
        assert sitting.focus is sitting.person.id_number
        assert sitting.due.commit.isEnabled()

    def test_the_same_person_is_kept_for_a_second_procedure(self, sitting: Sitting) -> None:
        ready(sitting)
        sitting.save()

        sitting.keys.press(D, CONTROL)
        sitting.choose("kh")
        sitting.save()

        people = [line.full_name for line in sitting.dossiers()]
        assert people == ["Vàng A Dế", "Vàng A Dế"]
        assert len(sitting.sheets()) == 2

    def test_keys_of_the_counter_do_nothing_on_another_page(self, sitting: Sitting) -> None:
        ready(sitting)
        sitting.keys.press(Qt.Key.Key_F6)
        for key, modifier in ((U, CONTROL), (D, CONTROL), (F9, Qt.KeyboardModifier.NoModifier)):
            sitting.keys.press(key, modifier)
        sitting.settle()

        assert not sitting.person.for_another.isChecked()
        assert sitting.dossiers() == []


class TestRefusals:
    def test_a_second_dossier_of_the_same_kind_needs_a_reason(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        with a_window(tmp_path, known_citizen(BIRTH)) as sitting:
            ready(sitting)
            sitting.keys.press(F9)
            sitting.settle()

            assert sitting.dossiers() == []
            assert sitting.window.strip.number == "MC-112"
            assert sitting.focus is sitting.procedure.note
            sitting.keys.type("con thứ hai")
            sitting.save()
            assert sitting.dossier().note == "con thứ hai"

    def test_f9_ten_times_makes_one_dossier_and_one_sheet(self, sitting: Sitting) -> None:
        ready(sitting)
        for _ in range(10):
            sitting.keys.press(F9)
        sitting.until(lambda: sitting.presenter.saved is not None)
        for _ in range(10):
            sitting.keys.press(F9)
        sitting.settle()

        assert len(sitting.dossiers()) == 1
        assert len(sitting.sheets()) == 1

    def test_papers_that_nobody_looked_at_are_not_accepted(self, sitting: Sitting) -> None:
        sitting.keys.scan(RETURNING)
        sitting.keys.type("ks")
        sitting.keys.press(ENTER)
        sitting.keys.press(F9)
        sitting.settle()

        assert sitting.dossiers() == []
        assert sitting.focus is sitting.procedure.table

    def test_f9_on_an_empty_counter_says_what_is_missing(self, sitting: Sitting) -> None:
        sitting.keys.press(F9)
        sitting.settle()

        assert sitting.window.strip.number == "MC-115"
        assert sitting.focus is sitting.person.full_name

    def test_eleven_digits_are_refused_at_their_field(self, sitting: Sitting) -> None:
        sitting.keys.type("01109100000")
        sitting.keys.press(ENTER)
        sitting.keys.type("Vàng A Dế")
        sitting.keys.press(F9)
        sitting.settle()

        assert sitting.window.strip.number == "MC-101"
        assert sitting.person.id_number.property("trouble") == "true"
        assert sitting.dossiers() == []

    def test_a_name_that_no_sheet_can_show_is_refused_at_its_field(self, sitting: Sitting) -> None:
        sitting.keys.type("011091000009")
        sitting.keys.press(ENTER)
        sitting.keys.type("Vàng 漢")
        sitting.keys.settle()
        sitting.procedure.search.setFocus()
        sitting.choose("ks")
        sitting.keys.press(F9)
        sitting.settle()

        assert sitting.window.strip.number == "MC-191"
        assert sitting.focus is sitting.person.full_name
        assert sitting.dossiers() == []

    @pytest.mark.parametrize("case", [None, "phải xác minh ở nơi cư trú khác"])
    def test_a_term_that_the_law_leaves_open_asks_for_a_date(
        self, sitting: Sitting, case: str | None
    ) -> None:
        sitting.keys.scan(RETURNING)
        sitting.keys.type("lt" if case is None else "hn")
        sitting.keys.press(ENTER)
        if case is not None:
            sitting.procedure.case.setFocus()
            sitting.keys.press(DOWN)
            assert sitting.procedure.case.currentText() == case
        sitting.procedure.table.setFocus()
        sitting.keys.press(ENTER)
        sitting.keys.press(F9)
        sitting.settle()

        assert sitting.window.strip.number == "MC-114"
        assert sitting.focus is sitting.due.appointment
        sitting.keys.type("18/12/2026")
        sitting.save()
        assert sitting.dossier().due_at == "2026-12-18T17:00:00+07:00"
        assert "18/12/2026" in sitting.due.due.text()

    @pytest.mark.parametrize("typed", ["31/02/2027", "hôm nào", "01/01/2020", "2027"])
    def test_a_day_that_cannot_be_an_appointment_is_asked_for_again(
        self, sitting: Sitting, typed: str
    ) -> None:
        ready(sitting, alias="lt")
        sitting.keys.press(F9)
        sitting.settle()
        sitting.keys.type(typed)
        sitting.keys.press(F9)
        sitting.settle()

        assert sitting.window.strip.number == "MC-114"
        assert sitting.dossiers() == []


class TestTime:
    def test_the_hour_of_the_same_day_rule_passes_while_the_draft_is_open(self, sitting: Sitting) -> None:
        sitting.clock.moment = moment("2026-11-20T15:00:50")
        ready(sitting)
        assert sitting.due.due.text().startswith("17:00 hôm nay")

        sitting.clock.moment = moment("2026-11-20T15:01:05")
        sitting.save()

        assert sitting.dossier().due_at == "2026-11-23T17:00:00+07:00"
        assert "23/11/2026" in sitting.due.due.text()
        assert "23/11/2026" in words(sitting.receipts / sitting.sheets()[0])

    def test_the_appointment_follows_the_clock_by_itself(self, sitting: Sitting) -> None:
        sitting.clock.moment = moment("2026-11-20T15:00:50")
        ready(sitting)
        sitting.clock.moment = moment("2026-11-20T15:01:05")

        sitting.window.counter._minutes.timeout.emit()

        assert "23/11/2026" in sitting.due.due.text()


class TestPrinter:
    def test_a_printer_that_is_off_leaves_the_dossier_saved_and_the_first_sheet_unmarked(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        folder = tmp_path / "switched-off"
        with a_window(tmp_path, known_citizen(), printer=FolderPrinter(folder, "HP M12")) as sitting:
            ready(sitting)
            sitting.save()
            dossier = sitting.dossier()
            said = sitting.window.strip.text
            assert sitting.window.strip.number == "MC-120"
            assert "Chưa in được: không thấy máy in HP M12" in said
            assert f"Hồ sơ đã lưu, số {dossier.code}" in said
            assert "viết tay số này" in said

            folder.mkdir()
            sitting.keys.press(P, CONTROL)
            sitting.keys.press(P, CONTROL)
            sitting.settle()

            first, again = folder / f"{dossier.code}.pdf", folder / f"{dossier.code}_2.pdf"
            assert sorted(folder.iterdir()) == [first, again]
            assert "IN LẠI" not in words(first)
            assert "IN LẠI lần 2" in words(again)
            sheets = drawn(sitting, dossier)
            assert [number for number, _ in sheets] == [1, 2]
            assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in (first, again)] == [
                digest for _, digest in sheets
            ]

    def test_a_sheet_that_never_left_is_still_unmarked_when_it_is_found_by_search(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        folder = tmp_path / "switched-off"
        with a_window(tmp_path, known_citizen(), printer=FolderPrinter(folder)) as sitting:
            ready(sitting)
            sitting.save()
            code = sitting.dossier().code
            sitting.keys.press(ESCAPE)
            folder.mkdir()
            sitting.keys.press(Qt.Key.Key_F4)
            sitting.keys.type(code)
            sitting.settle()
            sitting.until(lambda: len(sitting.window.search.lines.lines) == 1)
            sitting.keys.press(P, CONTROL)
            sitting.settle()

            assert [path.name for path in folder.iterdir()] == [f"{code}.pdf"]

    @pytest.mark.allow_log("ui.workbench")
    def test_a_printer_that_breaks_costs_no_dossier_and_no_sheet(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        with a_window(tmp_path, known_citizen(), printer=BrokenPrinter()) as sitting:
            ready(sitting)
            sitting.save()
            dossier = sitting.dossier()
            assert sitting.window.strip.number == "MC-999"
            assert list((tmp_path / "home").rglob("motcua-*.txt"))

            sitting.bench.printer = FolderPrinter(sitting.receipts)
            sitting.keys.press(P, CONTROL)
            sitting.settle()

            assert sitting.sheets() == [f"{dossier.code}.pdf"]
            assert [number for number, _ in drawn(sitting, dossier)] == [1]

    def test_a_slow_printer_holds_nobody_back(self, qapp: QApplication, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        printer = SlowPrinter(FolderPrinter(tmp_path / "out"))
        with a_window(tmp_path, known_citizen(), printer=printer) as sitting:
            for card, phone in ((RETURNING, ""), (NEW, "0987654321"), (THIRD, "0912000111")):
                sitting.keys.scan(card)
                if phone:
                    sitting.keys.type(phone)
                    sitting.keys.press(ENTER)
                sitting.choose("ks")
                sitting.keys.press(F9)
                sitting.until(lambda: sitting.presenter.saved is not None)
            assert len(sitting.dossiers()) == 3
            assert list((tmp_path / "out").iterdir()) == []

            printer.go.set()
            sitting.settle()

            assert len(list((tmp_path / "out").iterdir())) == 3

    def test_ctrl_p_while_the_first_sheet_still_prints_makes_a_marked_one(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        (tmp_path / "out").mkdir()
        printer = SlowPrinter(FolderPrinter(tmp_path / "out"))
        with a_window(tmp_path, known_citizen(), printer=printer) as sitting:
            ready(sitting)
            sitting.keys.press(F9)
            sitting.until(lambda: printer.held.acquire(blocking=False))
            sitting.keys.press(P, CONTROL)
            printer.go.set()
            sitting.settle()

            assert [number for number, _ in drawn(sitting, sitting.dossier())] == [1, 2]
            assert len(list((tmp_path / "out").iterdir())) == 2


class TestStore:
    def test_a_full_disk_loses_nothing_and_f9_works_when_there_is_room(self, sitting: Sitting) -> None:
        ready(sitting)
        sitting.procedure.note.setText("một ghi chú dài " * 1500)  # more than fits into the file's own gaps
        with full_disk(sitting):
            sitting.keys.press(F9)
            sitting.until(lambda: sitting.window.strip.number == "MC-131")
            sitting.settle()
            assert sitting.dossiers() == []
            assert sitting.person.full_name.text() == "Vàng A Dế"
            assert sitting.sheets() == []

        sitting.save()
        assert sitting.sheets() == [f"{sitting.dossier().code}.pdf"]

    def test_a_locked_store_loses_nothing_and_f9_works_when_it_is_free(
        self, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connections, "BUSY_TIMEOUT_MS", 50)
        with a_window(tmp_path, known_citizen()) as sitting:
            ready(sitting)
            with locked(sitting):
                sitting.keys.press(F9)
                sitting.until(lambda: sitting.window.strip.number == "MC-133")
                assert sitting.dossiers() == []
            sitting.save()
            assert len(sitting.dossiers()) == 1

    def test_the_next_card_waits_while_the_dossier_before_is_being_saved(self, sitting: Sitting) -> None:
        ready(sitting)
        with locked(sitting):
            sitting.keys.press(F9)
            sitting.keys.scan(NEW)
            sitting.keys.press(ESCAPE)
            sitting.keys.press(ESCAPE)
            assert sitting.person.full_name.text() == "Vàng A Dế"

        sitting.until(lambda: sitting.person.full_name.text() == "Giàng Thị Mỷ")
        sitting.settle()
        assert sitting.dossier().applicant.full_name == "Vàng A Dế"
        assert sitting.presenter.saved is None
        sitting.keys.type("0987654321")
        sitting.keys.press(ENTER)
        sitting.choose("ks")
        sitting.save()
        assert [line.full_name for line in sitting.dossiers()] == ["Giàng Thị Mỷ", "Vàng A Dế"]

    def test_what_another_program_received_is_told_as_a_duplicate(self, sitting: Sitting) -> None:
        receive(sitting.desk, known_citizen(BIRTH))
        sitting.keys.scan(RETURNING)
        sitting.keys.type("ks")
        sitting.keys.press(ENTER)

        assert sitting.window.strip.number == "MC-112"


def drawn(sitting: Sitting, dossier: Dossier) -> list[tuple[int, str]]:
    """Number and hash of each sheet that the ledger knows of."""
    return [(sheet.number, sheet.sha256) for sheet in find_dossier(sitting.desk, dossier.id).sheets]


def test_the_window_opens_on_the_day_of_its_clock(sitting: Sitting) -> None:
    assert sitting.clock() == moment(FRIDAY)
    assert sitting.focus is sitting.person.id_number
