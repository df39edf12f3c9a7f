"""Sheets: the first print is one file for ever, every further one says that it is one."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from motcua_desktop.documents.page import Paper
from motcua_desktop.domain.dossier import Dossier
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.printing.port import Outcome, OutcomeKind, PrinterState, StateKind
from motcua_desktop.services import sheets
from motcua_desktop.services.calendar import decide_day
from motcua_desktop.services.desk import Desk, open_desk
from motcua_desktop.services.external import give_external_code
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import (
    Sheet,
    draw_first_receipt,
    draw_reprint,
    find_dossier,
    next_receipt,
    print_sheet,
)
from motcua_desktop.store import ledger
from tests.factories import BIRTH, MARRIAGE_STATUS, NO_TERM, decision, moment, person, submission


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return receive(desk, submission(BIRTH, received_at=moment("2026-11-20T09:47"))).dossier


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    finally:
        document.close()


def test_the_first_receipt_drawn_again_is_the_same_file(desk: Desk, dossier: Dossier) -> None:
    first = draw_first_receipt(desk, dossier, Paper.A5)
    desk.now = lambda: moment("2027-03-01T08:00")
    draw_reprint(desk, dossier, Paper.A5)
    give_external_code(desk, dossier.code, "Cổng", "G15-1")
    decide_day(desk, decision("2026-11-20"))
    again = draw_first_receipt(desk, find_dossier(desk, dossier.code), Paper.A5)
    assert again.pdf == first.pdf
    assert (again.number, again.title) == (1, dossier.code)
    assert find_dossier(desk, dossier.code).sheets[0].sha256 == hashlib.sha256(first.pdf).hexdigest()


def test_the_first_receipt_keeps_its_paper(desk: Desk, dossier: Dossier) -> None:
    first = draw_first_receipt(desk, dossier, Paper.A4)
    assert draw_first_receipt(desk, dossier, Paper.A5) == first


def test_the_ledger_holds_the_hash_of_every_print(desk: Desk, dossier: Dossier) -> None:
    drawn = [draw_first_receipt(desk, dossier, Paper.A5), draw_reprint(desk, dossier, Paper.A4)]
    held = find_dossier(desk, dossier.id).sheets
    assert [(s.number, s.paper, s.sha256) for s in held] == [
        (sheet.number, str(sheet.paper), hashlib.sha256(sheet.pdf).hexdigest()) for sheet in drawn
    ]


def test_a_reprint_is_the_next_number_and_says_so(desk: Desk, dossier: Dossier) -> None:
    first = draw_first_receipt(desk, dossier, Paper.A5)
    second, third = draw_reprint(desk, dossier, Paper.A5), draw_reprint(desk, dossier, Paper.A5)
    assert [sheet.number for sheet in (first, second, third)] == [1, 2, 3]
    assert [sheet.title for sheet in (second, third)] == [f"{dossier.code}_2", f"{dossier.code}_3"]
    assert "IN LẠI" not in text_of(first.pdf)
    assert "IN LẠI lần 2" in text_of(second.pdf)
    assert "IN LẠI lần 3" in text_of(third.pdf)


def test_one_click_too_many_makes_no_second_first_receipt(desk: Desk, dossier: Dossier) -> None:
    drawn = {draw_first_receipt(desk, dossier, Paper.A5).pdf for _ in range(3)}
    assert len(drawn) == 1
    assert find_dossier(desk, dossier.id).prints("receipt") == 1


def test_a_receipt_says_who_what_and_when(desk: Desk, dossier: Dossier) -> None:
    said = text_of(draw_first_receipt(desk, dossier, Paper.A5).pdf)
    for word in (
        "Vàng A Dế",
        dossier.code,
        "17 giờ 00 phút",
        "Nguyễn Thị Nhung",
        "Tả Phìn",
        "trong ngày làm việc",
    ):
        assert word in said, word


def test_a_receipt_without_a_date_or_with_an_organisation_is_drawn_too(desk: Desk) -> None:
    firm = person("Hợp tác xã Chè Shan", "5600123456", kind="organisation", id_kind="tax", gender="")
    given = submission(NO_TERM, firm, appointment=moment("2026-12-04T09:00"), documents=())
    said = text_of(draw_first_receipt(desk, receive(desk, given).dossier, Paper.A5).pdf)
    assert "Tổ chức" in said
    assert "5600123456" in said
    assert "Còn thiếu" in said


@pytest.mark.parametrize("letter", ["W", "Ư", "i", "Nguyễn "])
def test_the_longest_texts_that_get_in_can_also_be_drawn(desk: Desk, letter: str) -> None:
    long = (letter * 500)[:500].strip()
    who = person(long, address=long, email=long, phone=long)
    proxy = replace(who, authority=long, id_number="011080000404")
    received = receive(desk, submission(BIRTH, who, representative=proxy, note=long, documents=()))
    for paper in Paper:
        assert text_of(draw_reprint(desk, received.dossier, paper).pdf)


def test_a_receipt_is_not_drawn_once_the_person_was_erased(desk: Desk, dossier: Dossier) -> None:
    with desk.store.write() as transaction:
        ledger.erase_particulars(
            transaction,
            desk.chain,
            dossier.heads[0],
            "Nguyễn Thị Nhung",
            "Theo yêu cầu",
            "2026-11-21T08:00:00+07:00",
        )
    for draw in (draw_first_receipt, draw_reprint):
        with pytest.raises(UserFacingError) as told:
            draw(desk, dossier, Paper.A5)
        assert told.value.problem.number == "MC-192"
    assert find_dossier(desk, dossier.id).sheets == ()


class Answering:
    """A printer that always gives the same answer."""

    def __init__(self, kind: OutcomeKind, job: str = "job-1") -> None:
        self.name = "Máy in quầy 1"
        self._kind, self._job = kind, job

    def send(self, pdf: bytes, title: str, paper: str) -> Outcome:
        return Outcome(self._kind, self._job)

    def state(self) -> PrinterState:
        return PrinterState(StateKind.READY, accepts=True)


@pytest.mark.parametrize("kind", OutcomeKind)
def test_what_a_printer_does_is_told_and_never_raised(
    desk: Desk, dossier: Dossier, kind: OutcomeKind
) -> None:
    printed = print_sheet(draw_first_receipt(desk, dossier, Paper.A5), Answering(kind))
    assert (printed.problem is None) is (kind is OutcomeKind.SENT)
    assert printed.problem is None or printed.problem.params["code"] == dossier.code


def test_a_folder_gets_one_file_a_print(desk: Desk, dossier: Dossier, tmp_path: Path) -> None:
    folder = tmp_path / "receipts"
    folder.mkdir()
    printer = FolderPrinter(folder)
    for sheet in (draw_first_receipt(desk, dossier, Paper.A5), draw_reprint(desk, dossier, Paper.A5)):
        assert print_sheet(sheet, printer).problem is None
    assert sorted(path.name for path in folder.iterdir()) == [f"{dossier.code}.pdf", f"{dossier.code}_2.pdf"]


def test_a_name_that_nothing_answers_to_is_said_to_be_unknown(desk: Desk) -> None:
    receive(desk, submission(MARRIAGE_STATUS))
    with pytest.raises(UserFacingError) as told:
        find_dossier(desk, "H18.11.05-261120-0009")
    assert told.value.problem.number == "MC-160"


def test_two_hands_at_once_never_draw_the_same_number(desk: Desk, dossier: Dossier) -> None:
    draw_first_receipt(desk, dossier, Paper.A5)
    gate = threading.Barrier(3)
    drawn: list[int] = []

    def work() -> None:
        gate.wait(timeout=20)
        drawn.append(draw_reprint(desk, dossier, Paper.A5).number)

    hands = [threading.Thread(target=work) for _ in range(3)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(drawn) == [2, 3, 4]
    assert [s.number for s in find_dossier(desk, dossier.id).sheets] == [1, 2, 3, 4]


def test_somebody_quicker_takes_the_number_and_the_slower_draws_the_next(
    desk: Desk, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, quicker = sheets._drawn, [True]

    def slow(*given: Any) -> Sheet:
        if quicker and quicker.pop():
            draw_first_receipt(desk, dossier, Paper.A5)
        return drawing(*given)

    monkeypatch.setattr(sheets, "_drawn", slow)
    second = draw_reprint(desk, dossier, Paper.A5)
    assert (second.number, "IN LẠI lần 2" in text_of(second.pdf)) == (2, True)


def test_a_first_receipt_that_comes_out_otherwise_is_said_to(
    desk: Desk, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert draw_first_receipt(desk, dossier, Paper.A5).problem is None
    drawing = sheets._drawn
    monkeypatch.setattr(sheets, "_drawn", lambda *given: replace(drawing(*given), pdf=b"%PDF other letters"))
    again = draw_first_receipt(desk, dossier, Paper.A5)
    assert again.problem is not None
    assert again.problem.number == "MC-158"


def test_a_receipt_that_never_left_is_printed_again_unmarked_also_after_a_restart(
    desk: Desk, dossier: Dossier
) -> None:
    off = Answering(OutcomeKind.PRINTER_NOT_FOUND, "")
    first = next_receipt(desk, dossier.id, Paper.A5)
    assert print_sheet(first, off, desk).problem is not None
    again = open_desk(desk.store.path.parent)
    try:
        assert next_receipt(again, dossier.id, Paper.A4) == first
        assert print_sheet(first, Answering(OutcomeKind.SENT), again).problem is None
        print_sheet(first, Answering(OutcomeKind.SENT), again)
        second = next_receipt(again, dossier.id, Paper.A5)
        assert second.number == 2
        assert next_receipt(again, dossier.id, Paper.A5) == second
        assert find_dossier(again, dossier.id).prints("receipt") == 2
        with again.store.read() as connection:
            kinds = [event.kind for _, event in ledger.all_events(connection)]
        assert kinds.count("sheet_sent") == 1
    finally:
        again.close()


@pytest.mark.parametrize("kind", [OutcomeKind.UNKNOWN, OutcomeKind.PRINTER_OFF, OutcomeKind.PAPER_OUT])
def test_a_receipt_that_a_spooler_may_hold_is_not_made_twice(
    desk: Desk, dossier: Dossier, kind: OutcomeKind
) -> None:
    print_sheet(next_receipt(desk, dossier.id, Paper.A5), Answering(kind), desk)
    assert next_receipt(desk, dossier.id, Paper.A5).number == 2
