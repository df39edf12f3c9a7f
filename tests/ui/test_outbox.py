"""The outbox screen: how a sending ended, in true words, and how what was returned goes out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motcua_desktop.district.holdings import offices
from motcua_desktop.district.server import EmbeddedDistrict
from motcua_desktop.domain.clock import now_ms
from motcua_desktop.domain.errors import Problem
from motcua_desktop.services import sending
from motcua_desktop.services.intake import receive
from motcua_desktop.store import delivery
from motcua_desktop.sync.run import Report
from tests.factories import COPIES, person, submission
from tests.ui.windows import ENTER, Sitting, a_window, known_citizen

F7 = Qt.Key.Key_F7
REASON = Problem("DH-206", None, {"text": "Bản ghi lớn hơn mức cấp trên nhận."})


@pytest.fixture
def district(tmp_path: Path) -> Iterator[EmbeddedDistrict]:
    with EmbeddedDistrict(f"sqlite:///{(tmp_path / 'district.db').as_posix()}") as running:
        yield running


@pytest.fixture
def at_desk(qapp: QApplication, tmp_path: Path, district: EmbeddedDistrict) -> Iterator[Sitting]:
    """A window whose outbox holds one dossier and one entry of the office."""
    with a_window(tmp_path, known_citizen(), hub=district.url) as sitting:
        yield sitting


def return_dossier(sitting: Sitting) -> None:
    """The district said no to the dossier's event; the rest is believed to be there, and follows when missed."""
    store = sitting.desk.store
    lines = sending.outbox(store)
    with store.write() as connection:
        delivery.take(connection, now_ms(), now_ms(), 100, 1_000_000)
        for line in lines:
            if line.dossier:
                delivery.refuse(connection, line.event, REASON, now_ms())
            else:
                delivery.accept(connection, [line.event], now_ms())


def ended_as(sitting: Sitting, monkeypatch: pytest.MonkeyPatch, report: Report) -> str:
    """What the screen says of a run that ended so."""
    monkeypatch.setattr(sending, "send_once", lambda *_, **__: report)
    sitting.keys.press(F7)
    sitting.keys.press(F7)
    sitting.settle()
    return str(sitting.window.strip.text)


def test_everything_is_sent_is_said_when_nothing_is_left(at_desk: Sitting) -> None:
    for _ in range(3):
        at_desk.keys.press(F7)
        at_desk.settle()
    assert at_desk.window.strip.text == "Đã gửi hết."
    assert at_desk.window.outbox.empty.isVisible()


def test_what_still_waits_after_a_sending_is_counted(
    at_desk: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ended_as(at_desk, monkeypatch, Report()) == "Còn 2 mục chờ gửi."
    said = ended_as(at_desk, monkeypatch, Report(sent=3, accepted=3, waiting=2))
    assert said == "Đã gửi 3 mục. Còn 2 mục chờ gửi."


def test_a_pause_is_called_a_pause(at_desk: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ended_as(at_desk, monkeypatch, Report(sent=1, accepted=1, waiting=2, stopped=True))
    assert said.startswith("Đã tạm dừng. Đã gửi 1 mục. Còn 2 mục chờ gửi.")
    said = ended_as(at_desk, monkeypatch, Report(stopped=True))
    assert "Đã gửi hết" not in said and said.startswith("Đã tạm dừng.")


def test_a_pause_before_the_first_batch_leaves_everything_and_says_so(
    qapp: QApplication, tmp_path: Path, district: EmbeddedDistrict
) -> None:
    with a_window(tmp_path, hub=district.url) as sitting:
        for number in range(3):
            receive(sitting.desk, submission(COPIES, person(f"Người {number}", f"01109100010{number}")))
        page = sitting.window.outbox
        sitting.keys.press(F7)
        sitting.settle()
        page.presenter.send()
        page.stop_button.click()
        sitting.settle()
        left = sending.summary(sitting.desk.store).counts.unsettled
        assert "Đã tạm dừng." in sitting.window.strip.text
        assert (f"Còn {left} mục" in sitting.window.strip.text) == bool(left)


def test_what_was_returned_earlier_is_not_called_sent(at_desk: Sitting) -> None:
    return_dossier(at_desk)
    at_desk.keys.press(F7)
    at_desk.keys.press(F7)
    at_desk.settle()
    assert "Đã gửi hết" not in at_desk.window.strip.text
    assert "1 mục bị trả lại" in at_desk.window.strip.text


def test_another_sender_at_work_is_told_and_nothing_is_touched(at_desk: Sitting) -> None:
    with delivery.sole_sender(at_desk.desk.store.path) as mine:
        assert mine
        at_desk.keys.press(F7)
        at_desk.keys.press(F7)
        at_desk.settle()
    assert at_desk.window.strip.number == "MC-149"
    assert {line.state for line in sending.outbox(at_desk.desk.store)} == {"queued"}


def test_the_reason_of_a_returned_line_is_shown_in_full_and_enter_sends_it_again(
    at_desk: Sitting, district: EmbeddedDistrict
) -> None:
    return_dossier(at_desk)
    page = at_desk.window.outbox
    at_desk.keys.press(F7)
    at_desk.settle()
    assert not page.reason.isVisible()
    page.table.setFocus()
    page.table.selectRow(0)
    assert page.reason.isVisible()
    assert "Bản ghi lớn hơn mức cấp trên nhận. [DH-206]" in page.reason.text()
    assert "Enter" in page.reason.text()

    at_desk.keys.press(ENTER)
    at_desk.settle()
    assert page.lines.lines == []
    assert not page.reason.isVisible()
    assert sum(held.dossiers for held in offices(district.database)) == 1
    assert "Đã gửi 2 mục" in at_desk.window.strip.text


def test_enter_on_a_waiting_line_leaves_the_returned_ones(at_desk: Sitting) -> None:
    return_dossier(at_desk)
    receive(at_desk.desk, submission(COPIES, person("Lò Văn Đức", "011091000109")))
    page = at_desk.window.outbox
    at_desk.keys.press(F7)
    at_desk.settle()
    assert [line.worst.state for line in page.lines.lines] == ["refused", "queued"]
    page.table.setFocus()
    page.table.selectRow(1)
    assert not page.reason.isVisible()
    at_desk.keys.press(ENTER)
    at_desk.settle()
    assert [line.worst.state for line in page.lines.lines] == ["refused"]


def test_a_forked_ledger_is_said_after_the_sending_and_stays_on_the_screen(
    at_desk: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_desk.desk.store.write() as connection:
        delivery.write_line(connection, delivery.Line(forked=("H18.11.05#1-abcdef:7",)))
    ended_as(at_desk, monkeypatch, Report(accepted=2, forked=1))
    assert at_desk.window.strip.number == "MC-142"
    assert "Cấp trên giữ hai bản ghi khác nhau cho 1 chỗ" in at_desk.window.outbox.line_state.text()


def test_sending_takes_the_focus_from_nobody(qapp: QApplication, tmp_path: Path) -> None:
    store = f"sqlite:///{(tmp_path / 'hub.db').as_posix()}"
    with (
        EmbeddedDistrict(store) as district,
        a_window(tmp_path, known_citizen(), hub=district.url) as sitting,
    ):
        sitting.keys.press(Qt.Key.Key_F7)
        sitting.settle()
        before = sitting.focus
        sitting.keys.press(Qt.Key.Key_F7)
        sitting.settle()
        assert before is sitting.window.outbox.send_button and sitting.focus is before
