"""Search, deadlines and sending: found before it is sent, counted in order, and never in the counter's way."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motcua_desktop.district.holdings import offices
from motcua_desktop.district.server import EmbeddedDistrict
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services.board import Urgency
from motcua_desktop.services.intake import receive
from tests.factories import BIRTH, COPIES, MARRIAGE_STATUS, NO_TERM, moment, person, submission
from tests.ui.windows import (
    ENTER,
    ESCAPE,
    F9,
    NEW,
    RETURNING,
    Sitting,
    SlowPrinter,
    a_window,
    known_citizen,
)

F2, F4, F6, F7 = Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_F6, Qt.Key.Key_F7
MANY = 30


def ask(sitting: Sitting, text: str) -> None:
    sitting.keys.press(F4)
    sitting.keys.type(text)
    sitting.settle()


class TestSearch:
    @pytest.mark.parametrize("text", ["de", "vang a", "0001", "0912345678", "H18.11.05-261118-0001"])
    def test_a_dossier_is_found_before_it_is_sent(self, sitting: Sitting, text: str) -> None:
        ask(sitting, text)

        page = sitting.window.search
        assert [line.full_name for line in page.lines.lines] == ["Vàng A Dế"]
        assert "Vàng A Dế" in page.chosen.text() and "chờ" in page.chosen.text()
        assert sitting.window.pages.currentWidget() is page

    def test_nothing_found_is_said_with_what_to_try_and_the_next_answer_takes_it_away(
        self, sitting: Sitting
    ) -> None:
        page = sitting.window.search
        ask(sitting, "zzz")
        assert page.hint.isVisible() and "zzz" in page.hint.text()

        ask(sitting, "dế")
        assert not page.hint.isVisible()
        assert len(page.lines.lines) == 1

    def test_an_answer_that_comes_too_late_is_not_shown(
        self, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page, gate, shown = sitting.window.search, threading.Event(), []
        show = page.show_lines
        monkeypatch.setattr(page, "show_lines", lambda text, lines: (shown.append(text), show(text, lines)))
        sitting.bench.looking.run(lambda: gate.wait(20), lambda _: None, lambda _: None)

        sitting.keys.press(F4)
        sitting.keys.type("vàng")
        sitting.keys.settle()
        gate.set()
        sitting.settle()

        assert shown == ["vàng"]

    def test_enter_goes_to_the_list_and_esc_back_to_the_counter(self, sitting: Sitting) -> None:
        ask(sitting, "dế")
        sitting.keys.press(ENTER)
        assert sitting.focus is sitting.window.search.table

        sitting.keys.press(ESCAPE)
        assert sitting.window.pages.currentWidget() is sitting.window.counter
        assert sitting.window.search_line.text() == ""

    def test_a_printed_dossier_is_printed_again_with_a_mark(self, sitting: Sitting) -> None:
        sitting.keys.scan(RETURNING)
        sitting.choose("ks")
        sitting.save()
        code = sitting.dossier().code
        ask(sitting, code)

        sitting.keys.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        sitting.settle()

        assert sitting.sheets() == [f"{code}.pdf", f"{code}_2.pdf"]


class TestBoard:
    @pytest.fixture
    def board(self, qapp: QApplication, tmp_path: Path) -> Iterator[Sitting]:
        open_ones = [
            submission(
                procedure,
                person(name, f"01109100000{number}"),
                received_at=moment(at),
                appointment=moment("2026-12-18T17:00") if procedure == NO_TERM else None,
            )
            for number, (name, procedure, at) in enumerate(
                (
                    ("Còn Hạn", NO_TERM, "2026-11-18T08:01"),
                    ("Hôm Nay", MARRIAGE_STATUS, "2026-11-17T08:02"),
                    ("Quá Hạn", COPIES, "2026-11-17T08:03"),
                    ("Sắp Đến", MARRIAGE_STATUS, "2026-11-18T08:04"),
                    ("Quá Lâu", BIRTH, "2026-11-16T08:05"),
                )
            )
        ]
        with a_window(tmp_path, *open_ones) as sat:
            yield sat

    def test_deadlines_stand_in_order_and_are_counted(self, board: Sitting) -> None:
        board.keys.press(F6)
        board.settle()

        page = board.window.board
        assert [line.dossier.full_name for line in page.lines.lines] == [
            "Quá Lâu",
            "Quá Hạn",
            "Hôm Nay",
            "Sắp Đến",
            "Còn Hạn",
        ]
        said = {urgency: chip.text() for urgency, chip in page._chips.items()}
        assert [re.findall(r": (\d+)$", said[u])[0] for u in Urgency] == ["2", "1", "1", "1", "0"]
        assert board.window.chips["overdue"].text().startswith("▲ 2")
        assert board.window.chips["today"].text().startswith("! 1")

    def test_enter_opens_the_chosen_dossier(self, board: Sitting) -> None:
        board.keys.press(F6)
        board.settle()
        board.keys.press(Qt.Key.Key_Down)
        board.keys.press(ENTER)
        board.settle()

        assert board.window.pages.currentWidget() is board.window.dossier
        assert "Quá Hạn" in board.window.dossier.head.who.text()

    def test_a_new_dossier_appears_while_the_board_is_in_sight(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        (tmp_path / "out").mkdir()
        printer = SlowPrinter(FolderPrinter(tmp_path / "out"))
        with a_window(tmp_path, known_citizen(), printer=printer) as sitting:
            sitting.keys.scan(RETURNING)
            sitting.choose("ks")
            sitting.keys.press(F9)
            sitting.keys.press(F6)
            printer.go.set()
            sitting.settle()
            sitting.until(lambda: len(sitting.window.board.lines.lines) == 2)


@dataclass
class SilentHub:
    """A district that takes one connection and never answers, until it lets go."""

    listener: socket.socket
    reached: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        connection, _ = self.listener.accept()
        with connection:
            self.reached.set()
            self.let_go.wait(30)


@contextmanager
def silent_hub() -> Iterator[SilentHub]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        hub = SilentHub(listener)
        thread = threading.Thread(target=hub.serve, name="silent hub", daemon=True)
        thread.start()
        yield hub
        hub.let_go.set()
        thread.join()


@pytest.fixture
def district(tmp_path: Path) -> Iterator[EmbeddedDistrict]:
    with EmbeddedDistrict(f"sqlite:///{(tmp_path / 'district.db').as_posix()}") as running:
        yield running


class TestOutbox:
    def test_f7_twice_sends_everything_and_a_second_sending_finds_nothing(
        self, qapp: QApplication, tmp_path: Path, district: EmbeddedDistrict
    ) -> None:
        with a_window(tmp_path, known_citizen(), hub=district.url) as sitting:
            page = sitting.window.outbox
            sitting.keys.press(F7)
            sitting.settle()
            assert len(page.lines.lines) == 2  # the dossier, and how the office was set up
            assert "1" in page.waiting.text()

            sitting.keys.press(F7)
            sitting.settle()
            assert page.lines.lines == []
            assert page.empty.isVisible()
            assert "Đã gửi" in sitting.window.strip.text
            assert sum(held.dossiers for held in offices(district.database)) == 1
            assert sitting.window.chips["unsent"].text().startswith("↑ 0")

            events = sum(held.events for held in offices(district.database))
            sitting.keys.press(F7)
            sitting.settle()
            assert sum(held.events for held in offices(district.database)) == events
            assert "gửi" in sitting.window.strip.text.lower()
            assert page.send_button.isEnabled() and not page.stop_button.isVisible()

    def test_a_district_out_of_reach_is_told_with_the_hour_of_the_next_attempt(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with a_window(tmp_path, known_citizen(), hub=url) as sitting:
            page = sitting.window.outbox
            sitting.keys.press(F7)
            sitting.keys.press(F7)
            sitting.settle()

            assert sitting.window.strip.number == "MC-141"
            assert "Chưa có mạng" in sitting.window.strip.text
            assert "Chưa có mạng" in page.line_state.text()
            again = [page.table.model().index(row, 4).data() for row in range(len(page.lines.lines))]
            assert again and all(re.fullmatch(r"\d\d:\d\d( \d\d/\d\d)?", text) for text in again)
            assert "chờ" in page.table.model().index(0, 3).data()
            assert "[MC-141]" in page.table.model().index(0, 5).data()

    def test_a_hub_that_does_not_answer_never_holds_the_counter(
        self, qapp: QApplication, tmp_path: Path
    ) -> None:
        with silent_hub() as hub, a_window(tmp_path, known_citizen(), hub=hub.url) as sitting:
            page = sitting.window.outbox
            try:
                sitting.keys.press(F7)
                sitting.keys.press(F7)
                sitting.until(hub.reached.is_set)
                assert page.presenter.is_sending and page.stop_button.isVisible()

                sitting.keys.press(F2)
                sitting.keys.scan(RETURNING)
                sitting.choose("ks")
                sitting.keys.press(F9)
                sitting.until(lambda: sitting.presenter.saved is not None)
                sitting.until(lambda: len(sitting.sheets()) == 1)
                sitting.keys.press(F4)
                sitting.keys.type("dế")
                sitting.until(lambda: len(sitting.window.search.lines.lines) == 2)
                assert page.presenter.is_sending
                page.stop_button.click()
            finally:
                hub.let_go.set()
            sitting.until(lambda: not page.presenter.is_sending)
            sitting.settle()

    def test_a_pause_stops_after_what_is_on_the_line_and_loses_nothing(
        self, qapp: QApplication, tmp_path: Path, district: EmbeddedDistrict
    ) -> None:
        with a_window(tmp_path, hub=district.url) as sitting:
            for number in range(MANY):
                receive(sitting.desk, submission(COPIES, person(f"Người {number}", f"0110910001{number:02}")))
            page = sitting.window.outbox
            sitting.keys.press(F7)
            sitting.settle()
            page.presenter.send()
            page.stop_button.click()
            sitting.settle()
            assert not page.presenter.is_sending

            sitting.keys.press(F7)
            sitting.settle()
            assert sum(held.dossiers for held in offices(district.database)) == MANY

    def test_without_a_district_the_outbox_says_so(self, sitting: Sitting) -> None:
        sitting.keys.press(F7)
        sitting.keys.press(F7)
        sitting.settle()

        assert sitting.window.strip.number == "MC-209"

    def test_two_presses_of_send_are_one_sending(
        self, qapp: QApplication, tmp_path: Path, district: EmbeddedDistrict
    ) -> None:
        with a_window(tmp_path, known_citizen(), hub=district.url) as sitting:
            sitting.keys.press(F7)
            for _ in range(5):
                sitting.keys.press(F7)
            sitting.settle()

            assert sum(held.dossiers for held in offices(district.database)) == 1


def test_every_page_counts_the_dossier_that_was_just_received(sitting: Sitting) -> None:
    before = sitting.window.chips["unsent"].text()
    sitting.keys.scan(NEW)
    sitting.keys.type("0987654321")
    sitting.keys.press(ENTER)
    sitting.choose("ks")
    sitting.save()

    assert (before[2], sitting.window.chips["unsent"].text()[2]) == ("1", "2")
    assert "1" in sitting.window.counter.today_card.title.text()
