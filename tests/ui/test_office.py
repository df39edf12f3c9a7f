"""The office's own rules under an officer's keys: nothing is put in force, and no date moves, before F9."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QPushButton, QWidget

from motcua_desktop.domain.calendar import DayKind
from motcua_desktop.domain.dossier import Verb
from motcua_desktop.domain.publication import Preview
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services import publication
from motcua_desktop.services.calendar import decide_day
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.publication import preview, publish
from motcua_desktop.services.sheets import find_dossier
from tests.factories import BIRTH, COPIES, MARRIAGE_STATUS, decision, person, submission
from tests.services.nasty_list import BAD, SHEET, SOURCE, write_csv, write_xlsx
from tests.ui.bare_window import Seat, a_seat
from tests.ui.test_reach import cut_off
from tests.ui.windows import CONTROL, DOWN, ENTER, ESCAPE, F9, NEW, SPACE
from ui.demo.keys import wait_until
from ui.office import catalogue_presenter
from ui.office.calendar_presenter import Stage
from ui.office.view import OfficePage
from ui.office.wording import LineKind
from ui.theme import Tone, theme_in_use

TAB = Qt.Key.Key_Tab
STARTS = date(2026, 12, 1)
HEADINGS = ["Mã TTHC", "Tên TTHC", "Thời hạn giải quyết"]
DECIDED = "Quyết định số 123/QĐ-UBND ngày 01/10/2026"
PRINTED, NEXT_DAY = "2026-11-26T17:00:00+07:00", "2026-11-27T17:00:00+07:00"


class Page(OfficePage):
    """The page, with a note of what it said to the shell and of every scan that passed by."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.scans = 0
        self.changes = 0
        self.codes: list[str] = []
        self.changed.connect(self._note)
        self.opened.connect(self.codes.append)

    def card_scanned(self, card: object, doubtful: bool = False) -> None:
        self.scans += 1

    def key_scanned(self, key: str) -> None:
        self.scans += 1

    def _note(self) -> None:
        self.changes += 1


def prepared(desk: Desk) -> None:
    """Two open dossiers due on Thursday the 26th, and one that is due today."""
    receive(desk, submission(MARRIAGE_STATUS))
    receive(desk, submission(MARRIAGE_STATUS, person("Giàng Thị Mỷ", "011185000021")))
    receive(desk, submission(COPIES))


@pytest.fixture
def seat(qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    with a_seat(tmp_path, Page, prepared) as sat:
        yield sat


@pytest.fixture
def nasty(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "list.xlsx", {"Danh mục": SHEET})


def plain_list(folder: Path, term: str = "7 ngày làm việc", above: str = DECIDED) -> Path:
    """One procedure that is in force here, with another term."""
    rows = [[f"Ban hành kèm theo {above}"], HEADINGS, [MARRIAGE_STATUS, "", term]]
    return write_csv(folder / "plain.csv", rows)


def look(seat: Seat, path: Path) -> Any:
    """The list, by its path and Enter."""
    seat.page.catalogue.path.setText(str(path))
    seat.page.catalogue.path.setFocus()
    seat.press(ENTER)
    return seat.page.catalogue


def kinds(seat: Seat) -> set[LineKind]:
    return {line.kind for line in seat.page.catalogue.lines.lines}


def term_of(seat: Seat, on: date = STARTS) -> int | None:
    procedure = seat.desk.catalogue.find(MARRIAGE_STATUS, on)
    assert procedure is not None
    return procedure.terms[0].value


def lists_laid(seat: Seat) -> int:
    seat.desk.catalogue  # noqa: B018  counts them
    return seat.desk._laid


def calendar(seat: Seat) -> Any:
    """The second tab."""
    if seat.page.tabs.currentIndex() != 1:
        seat.press((TAB, CONTROL))
    assert seat.page.tabs.currentIndex() == 1
    return seat.page.calendar


def decide(seat: Seat, day: str = "25/11/2026", kind: DayKind = DayKind.OFF) -> Any:
    """A decision typed and saved with F9; the list of dossiers, if there is one, stands there."""
    tab = calendar(seat)
    seat.keys.type(day)
    seat.press(ENTER)
    if kind is DayKind.WORK:
        seat.press(DOWN)
    seat.press(ENTER)
    seat.keys.type("Mat dien")
    seat.press(ENTER)
    seat.keys.type("TB 12")
    seat.press(F9)
    return tab


def due_dates(seat: Seat) -> list[str | None]:
    return [find_dossier(seat.desk, f"H18.11.05-261120-000{n}").due_at for n in (1, 2, 3)]


def sheets(seat: Seat) -> list[str]:
    return sorted(path.name for path in seat.receipts.glob("*.pdf"))


def drag(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


class TestCatalogue:
    def test_a_list_is_shown_with_its_bad_rows_first_and_nothing_is_in_force_before_f9(
        self, seat: Seat, nasty: Path
    ) -> None:
        seat.keys.type(str(nasty))
        seat.press(ENTER)

        tab = seat.page.catalogue
        lines = tab.lines.lines
        assert [line.kind for line in lines[: len(BAD)]] == [LineKind.BAD] * len(BAD)
        assert {row.row for row in preview(seat.desk, nasty).bad} == {
            int(found[1]) for line in lines[: len(BAD)] if (found := re.search(r"\b(\d+)", line.text))
        }
        assert kinds(seat) >= {LineKind.ADDED, LineKind.CHANGED, LineKind.ENDED, LineKind.MISSING}
        assert (tab.starts.text(), tab.source.text()) == ("01/12/2026", SOURCE)
        assert not tab.end_missing.isChecked()
        assert lists_laid(seat) == 0 and seat.page.changes == 0
        assert seat.focus is tab.table

    def test_a_change_says_field_by_field_what_was_and_what_becomes(self, seat: Seat, tmp_path: Path) -> None:
        tab = look(seat, plain_list(tmp_path))
        seat.press(SPACE)
        (line,) = [line for line in tab.lines.lines if line.kind is LineKind.CHANGED]

        tab._jump(LineKind.CHANGED)

        said = tab.details.toPlainText().splitlines()
        assert len(said) == len(line.details) >= 1
        assert any("3" in old and "7" in new for old, _, new in (text.partition("→") for text in said))

    def test_f9_puts_in_force_what_stood_there_and_shows_what_it_was(self, seat: Seat, nasty: Path) -> None:
        tab = look(seat, nasty)
        wanted = len([line for line in tab.lines.lines if line.kind is LineKind.CHANGED])

        seat.press(F9)

        assert lists_laid(seat) == 1 and seat.page.changes == 1
        assert kinds(seat) == {LineKind.ADDED, LineKind.CHANGED, LineKind.ENDED, LineKind.BAD}
        assert str(wanted) in tab.state.text() and "01/12/2026" in tab.state.text()
        assert not tab.apply_button.isEnabled()
        seat.press(F9)
        assert lists_laid(seat) == 1

    def test_the_day_counts_from_which_the_list_holds(self, seat: Seat, tmp_path: Path) -> None:
        tab = look(seat, plain_list(tmp_path))
        tab.starts.setFocus()
        tab.starts.selectAll()
        seat.keys.type("15/12/2026")
        seat.press(ENTER, F9)

        assert (term_of(seat, date(2026, 12, 14)), term_of(seat, date(2026, 12, 15))) == (3, 7)

    def test_enter_never_puts_anything_in_force(self, seat: Seat, nasty: Path) -> None:
        tab = look(seat, nasty)
        for place in (tab.path, tab.starts, tab.source, tab.choose, tab.end_missing, tab.apply_button):
            if place is not tab.choose:
                place.setFocus()
                seat.press(ENTER)
        tab.table.setFocus()
        seat.press(ENTER, ENTER)

        assert lists_laid(seat) == 0
        assert tab.presenter.seen is not None

    def test_what_was_typed_since_is_looked_at_again_before_f9_puts_it_in_force(
        self, seat: Seat, tmp_path: Path
    ) -> None:
        tab = look(seat, plain_list(tmp_path))
        tab.starts.setFocus()
        tab.starts.selectAll()
        seat.keys.type("15/12/2026")

        seat.press(F9)
        assert lists_laid(seat) == 0
        assert tab.presenter.seen.starts == date(2026, 12, 15)
        seat.press(F9)
        assert lists_laid(seat) == 1

    def test_a_day_that_does_not_exist_is_refused_and_nothing_is_put_in_force(
        self, seat: Seat, tmp_path: Path
    ) -> None:
        tab = look(seat, plain_list(tmp_path))
        tab.starts.setText("31/11/2026")
        seat.press(F9)

        assert seat.strip.number == "MC-119"
        assert tab.starts.property("trouble") == "true"
        assert lists_laid(seat) == 0

    def test_to_end_what_the_list_lacks_is_refused_while_rows_cannot_be_read(
        self, seat: Seat, nasty: Path
    ) -> None:
        tab = look(seat, nasty)
        shown = list(tab.lines.lines)
        tab.end_missing.setFocus()
        seat.press(SPACE)

        assert seat.strip.number == "MC-229"
        assert not tab.end_missing.isChecked()
        assert tab.lines.lines == shown
        seat.press(F9)
        assert lists_laid(seat) == 1

    def test_to_end_what_the_list_lacks_takes_a_tick_and_f9(self, seat: Seat, tmp_path: Path) -> None:
        tab = look(seat, plain_list(tmp_path))
        assert LineKind.ENDED not in kinds(seat)
        tab.end_missing.setFocus()
        seat.press(SPACE)
        assert LineKind.MISSING not in kinds(seat)
        assert seat.desk.catalogue.find(BIRTH, STARTS) is not None
        seat.press(F9)

        assert seat.desk.catalogue.find(BIRTH, STARTS) is None
        assert not tab.end_missing.isChecked()

    def test_a_list_put_in_force_meanwhile_makes_this_one_looked_at_again(
        self, seat: Seat, tmp_path: Path
    ) -> None:
        look(seat, plain_list(tmp_path))
        other = plain_list(tmp_path / "receipts", "9 ngày làm việc")
        publish(seat.desk, preview(seat.desk, other, date(2026, 11, 20)))
        seat.press(F9)

        assert seat.strip.number == "MC-228"
        assert (lists_laid(seat), term_of(seat)) == (1, 9)
        seat.press(F9)
        assert term_of(seat) == 7

    def test_a_source_that_nobody_has_checked_is_amber_with_words(self, seat: Seat, tmp_path: Path) -> None:
        tab = look(seat, plain_list(tmp_path, above="công văn của tỉnh"))
        assert tab.badge.isVisible() and tab.badge.property("tone") == Tone.SOON
        tab.source.setFocus()
        seat.keys.type("123/QD-UBND 01/10/2026")
        seat.press(ENTER)

        assert not tab.badge.isVisible()

    def test_a_file_that_is_no_list_is_named_and_its_path_stays_to_be_corrected(
        self, seat: Seat, tmp_path: Path
    ) -> None:
        path = tmp_path / "letter.csv"
        path.write_text("Kính gửi", encoding="utf-8")
        tab = look(seat, path)

        assert seat.strip.number == "MC-226"
        assert tab.path.text() == str(path) and seat.focus is tab.path
        assert str(path) in tab.state.text()
        seat.press(F9)
        assert lists_laid(seat) == 0

    def test_a_long_list_is_read_with_words_and_cannot_be_confirmed_before(
        self, seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        go = threading.Event()

        def slowly(*given: Any) -> Preview:
            go.wait(20)
            return publication.preview(*given)

        monkeypatch.setattr(catalogue_presenter, "preview", slowly)
        tab = seat.page.catalogue
        tab.take(str(plain_list(tmp_path)))
        wait_until(lambda: re.search("… [1-9]", tab.state.text()) is not None)  # seconds are said
        assert "plain.csv" in tab.state.text()
        seat.keys.press(F9)
        go.set()
        seat.settle()

        assert lists_laid(seat) == 0
        assert LineKind.CHANGED in kinds(seat)

    def test_esc_puts_the_list_away_and_then_belongs_to_the_window(self, seat: Seat, tmp_path: Path) -> None:
        tab = look(seat, plain_list(tmp_path))
        seat.press(ESCAPE)
        assert (tab.lines.lines, tab.path.text(), seat.window.left_over) == ([], "", [])
        seat.press(ESCAPE)
        assert seat.window.left_over == ["Esc"]

    def test_a_file_is_chosen_in_the_system_s_dialog(
        self, seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = str(plain_list(tmp_path))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: (path, ""))
        seat.page.catalogue.choose.setFocus()
        seat.press(SPACE)

        assert LineKind.CHANGED in kinds(seat)

    def test_a_dropped_list_is_looked_at_and_anything_else_is_not_taken(
        self, seat: Seat, tmp_path: Path
    ) -> None:
        def dragged(path: Path) -> bool:
            data = drag(path)  # the event does not own it
            enter = QDragEnterEvent(
                QPoint(50, 50),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
            enter.ignore()
            QCoreApplication.sendEvent(seat.page, enter)
            return enter.isAccepted()

        path = plain_list(tmp_path)
        assert not dragged(tmp_path / "letter.pdf")
        assert dragged(path)
        calendar(seat)
        data = drag(path)
        drop = QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QCoreApplication.sendEvent(seat.page, drop)
        seat.settle()

        assert seat.page.tabs.currentIndex() == 0
        assert LineKind.CHANGED in kinds(seat) and lists_laid(seat) == 0

    def test_a_scan_changes_nothing_here(self, seat: Seat, tmp_path: Path) -> None:
        tab = look(seat, plain_list(tmp_path))
        before = tab.entered()
        for place in (tab.path, tab.source, tab.end_missing, tab.apply_button, tab.table):
            place.setFocus()
            seat.scan(NEW)

        assert seat.page.scans == 5
        assert tab.entered() == before
        assert lists_laid(seat) == 0


class TestCalendar:
    def test_a_decision_is_saved_by_f9_and_moves_no_date(self, seat: Seat) -> None:
        before = due_dates(seat)
        tab = decide(seat)

        assert not seat.desk.calendar.is_working(date(2026, 11, 25))
        assert due_dates(seat) == before and sheets(seat) == []
        rows = tab.presenter.rows
        assert [(r.moving.given, r.moving.counted, r.ticked) for r in rows] == [(PRINTED, NEXT_DAY, True)] * 2
        assert tab.parts.currentWidget() is tab.moving and seat.focus is tab.moving.table

    def test_another_f9_gives_the_ticked_ones_their_new_date_and_prints(self, seat: Seat) -> None:
        tab = decide(seat)
        seat.press(SPACE, F9)

        assert due_dates(seat)[:2] == [PRINTED, NEXT_DAY]
        assert [row.stage for row in tab.presenter.rows] == [Stage.WAITS, Stage.PRINTED]
        assert [name for name in sheets(seat) if "261120-0002" in name] == sheets(seat) != []
        assert seat.page.changes == 2

    def test_a_decision_is_named_in_the_dossier_that_it_moved(self, seat: Seat) -> None:
        decide(seat)
        seat.press(F9)

        act = find_dossier(seat.desk, "H18.11.05-261120-0001").acts[-1]
        assert act.reason is not None
        assert act.verb is Verb.RECOUNT
        assert "25/11/2026" in act.reason and "Mat dien" in act.reason and "TB 12" in act.reason

    def test_a_key_held_down_or_an_enter_confirms_nothing(self, seat: Seat) -> None:
        decide(seat)
        seat.press(ENTER)
        held = QKeyEvent(QEvent.Type.KeyPress, F9, Qt.KeyboardModifier.NoModifier, "", autorep=True)
        QCoreApplication.sendEvent(seat.window.windowHandle(), held)
        seat.settle()

        assert due_dates(seat)[:2] == [PRINTED, PRINTED]
        assert seat.page.codes == ["H18.11.05-261120-0001"]

    def test_a_scan_ticks_nothing_and_moves_nothing(self, seat: Seat) -> None:
        tab = decide(seat)
        for place in (tab.moving.table, tab.moving.confirm, tab.moving.later):
            place.setFocus()
            seat.scan(NEW)

        assert seat.page.scans == 3
        assert [(row.stage, row.ticked) for row in tab.presenter.rows] == [(Stage.WAITS, True)] * 2
        assert due_dates(seat)[:2] == [PRINTED, PRINTED]

    def test_what_is_not_confirmed_keeps_its_date_and_can_be_listed_again(self, seat: Seat) -> None:
        tab = decide(seat)
        seat.press(ESCAPE)
        assert due_dates(seat)[:2] == [PRINTED, PRINTED]
        assert tab.days.lines[tab.table.currentIndex().row()].date == date(2026, 11, 25)
        tab.table.setFocus()
        seat.press(ENTER)
        assert len(tab.presenter.rows) == 2
        seat.press(F9)

        assert due_dates(seat)[:2] == [NEXT_DAY, NEXT_DAY]

    def test_a_printed_date_never_becomes_earlier(self, seat: Seat) -> None:
        tab = decide(seat, "21/11/2026", DayKind.WORK)

        assert seat.desk.calendar.is_working(date(2026, 11, 21))
        assert {row.stage for row in tab.presenter.rows} == {Stage.STAYS}
        seat.press(SPACE, F9)
        assert due_dates(seat)[:2] == [PRINTED, PRINTED] and sheets(seat) == []

    def test_where_no_dossier_is_concerned_the_next_decision_can_be_typed(self, seat: Seat) -> None:
        tab = decide(seat, "30/12/2026")

        assert not tab.presenter.is_moving
        assert not tab.form.has_draft and seat.focus is tab.form.day

    def test_a_printer_that_is_off_leaves_the_new_dates_and_prints_once_it_is_on(
        self, seat: Seat, tmp_path: Path
    ) -> None:
        seat.bench.printer = FolderPrinter(tmp_path / "switched-off")
        tab = decide(seat)
        seat.press(F9)
        assert seat.strip.number == "MC-120"
        assert [(row.stage, row.ticked) for row in tab.presenter.rows] == [(Stage.MOVED, True)] * 2
        assert due_dates(seat)[:2] == [NEXT_DAY, NEXT_DAY]

        seat.bench.printer = FolderPrinter(seat.receipts)
        seat.press(F9)
        assert {row.stage for row in tab.presenter.rows} == {Stage.PRINTED}
        assert len(sheets(seat)) == 2
        acts = find_dossier(seat.desk, "H18.11.05-261120-0001").acts
        assert [act.verb for act in acts].count(Verb.RECOUNT) == 1

    @pytest.mark.parametrize(
        ("day", "reason", "source", "number", "place"),
        [
            ("25/11/2026", "", "TB 12", "MC-202", "reason"),
            ("25/11/2026", "Mat dien", "", "MC-202", "source"),
            ("31/11/2026", "Mat dien", "TB 12", "MC-119", "date"),
            ("25/11/9026", "Mat dien", "TB 12", "MC-119", "date"),
        ],
    )
    def test_a_decision_that_lacks_something_is_not_saved(
        self, seat: Seat, day: str, reason: str, source: str, number: str, place: str
    ) -> None:
        form = calendar(seat).form
        form.day.setText(day)
        form.reason.setText(reason)
        form.source.setText(source)
        seat.press(F9)

        assert seat.strip.number == number
        assert form.fields[place].property("trouble") == "true" and seat.focus is form.fields[place]
        assert seat.desk.calendar.is_working(date(2026, 11, 25))

    def test_enter_walks_through_the_form_and_saves_nothing(self, seat: Seat) -> None:
        form = calendar(seat).form
        seat.keys.type("25/11/2026")
        for place in (form.kind, form.reason, form.source, form.save, form.save):
            seat.press(ENTER)
            assert seat.focus is place
        assert "25/11/2026" in form.so_far.text()
        assert seat.desk.calendar.is_working(date(2026, 11, 25))

    def test_each_special_day_has_its_source_and_amber_where_nobody_checked_it(self, seat: Seat) -> None:
        tab = calendar(seat)
        source = len(tab.days.columns) - 1
        amber = theme_in_use().tones[Tone.SOON][0].lower()
        tones = {}
        for row, day in enumerate(tab.days.lines):
            index = tab.days.index(row, source)
            shown, ink = index.data(), index.data(Qt.ItemDataRole.ForegroundRole)
            tones["chưa kiểm chứng" in day.source] = (
                shown[0] == "!",
                ink is not None and ink.name() == amber,
            )
        assert tones == {True: (True, True), False: (False, False)}

    @pytest.mark.parametrize(
        ("year", "tone"), [(2025, None), (2026, Tone.LATE), (2027, Tone.LATE), (2028, Tone.SOON)]
    )
    def test_a_year_without_a_published_calendar_is_told(
        self, seat: Seat, year: int, tone: Tone | None
    ) -> None:
        tab = calendar(seat)
        tab.year.setFocus()
        seat.press(*[DOWN if year > 2026 else Qt.Key.Key_Up] * abs(year - 2026))

        assert {day.date.year for day in tab.days.lines} == {year}
        assert tab.banner.isVisible() is (tone is not None)
        if tone is not None:
            assert tab.banner.property("tone") == tone
            assert str(max(year, 2027)) in tab.banner.text()

    def test_a_dossier_that_cannot_be_counted_again_is_listed_with_the_reason(
        self, seat: Seat, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decide_day(seat.desk, decision("2026-11-25"))
        seat.clock.moment = seat.clock.moment.replace(hour=8)  # before the dossiers came: no act can be dated
        tab = calendar(seat)
        place = next(n for n, day in enumerate(tab.days.lines) if day.date == date(2026, 11, 25))
        tab.table.selectRow(place)
        tab.table.setFocus()
        seat.press(ENTER)

        assert {row.stage for row in tab.presenter.rows} == {Stage.REFUSED}
        assert tab.moving.remark.text()
        seat.press(SPACE, F9)
        assert due_dates(seat)[:2] == [PRINTED, PRINTED]


class TestPage:
    def test_ctrl_and_tab_leads_through_all_parts(self, seat: Seat) -> None:
        seen = []
        for _turn in range(3):
            seen.append(seat.page.parts.currentWidget())
            seat.press((TAB, CONTROL))
        assert seen == [seat.page.catalogue, seat.page.calendar, seat.page.forms]
        assert seat.page.parts.currentWidget() is seat.page.catalogue

    def test_the_provisional_forms_are_named_with_what_was_not_seen(self, seat: Seat) -> None:
        calendar(seat)
        seat.press((TAB, CONTROL))
        forms = seat.page.forms

        today = [form for form in forms.lines.lines if form.valid_to is None]
        assert "05" in {form.number for form in today}
        assert forms.lines.lines[: len(today)] == today
        seat.press(DOWN)
        assert forms.lines.lines[1].source in forms.chosen.text()

    def test_every_part_can_be_reached_and_read_aloud_and_no_text_is_cut_off(
        self, seat: Seat, nasty: Path
    ) -> None:
        look(seat, nasty)
        for step in ("list", "calendar", "moving", "forms"):
            if step == "moving":
                decide(seat)
            elif step != "list":
                seat.press((TAB, CONTROL))
            visible = [w for w in seat.page.findChildren(QWidget) if w.isVisible()]
            for widget in visible:
                if widget.focusPolicy().value:
                    name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                    assert name.strip(), (step, widget)
            assert [said for widget in visible if (said := cut_off(widget))] == [], step
            texts = [w.text() for w in visible if isinstance(w, QPushButton | QCheckBox)]
            texts += [w.text() for w in visible if isinstance(w, QLabel) and w.buddy()]
            texts += [seat.page.tabs.tabText(n) for n in range(3)]
            letters = [found[1].lower() for text in texts if (found := re.search(r"&(.)", text))]
            assert all(letter.isascii() and letter.isalnum() for letter in letters), letters
            assert len(letters) == len(set(letters)), (step, letters)
            assert not any(w.autoDefault() for w in visible if isinstance(w, QPushButton))
