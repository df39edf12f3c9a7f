"""Sheets of a dossier's life: what each says of the dossier, its number, its marks, and that it is one file."""

from __future__ import annotations

import json
from datetime import date

import pypdfium2
import pytest

from motcua_desktop.domain.dossier import Dossier, Verb
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.services.acts import Act, act
from motcua_desktop.services.desk import Desk, change_office
from motcua_desktop.services.intake import receive
from motcua_desktop.services.sheets import (
    SheetKind,
    draw_one_more,
    draw_sheet,
    find_dossier,
    next_sheet,
    note_sent,
    preview_sheet,
)
from tests.factories import MARRIAGE_STATUS, moment, person, submission

WAY = {
    SheetKind.SUPPLEMENT: (
        Act(Verb.HAND_OVER, to="Tư pháp"),
        Act(Verb.ASK_PAPERS, reason="Thiếu giấy kết hôn"),
    ),
    SheetKind.REFUSAL: (Act(Verb.HAND_OVER, to="Tư pháp"), Act(Verb.REFUSE, reason="Không đủ điều kiện")),
    SheetKind.APOLOGY: (
        Act(Verb.HAND_OVER, to="Tư pháp"),
        Act(Verb.EXTEND, reason="Chờ xác minh", due=date(2026, 12, 1)),
    ),
    SheetKind.STOP: (Act(Verb.WITHDRAW), Act(Verb.STOP)),
    SheetKind.CONTROL: (Act(Verb.HAND_OVER, to="Tư pháp"), Act(Verb.HAND_BACK)),
    SheetKind.LABEL: (Act(Verb.HAND_OVER, to="Tư pháp"), Act(Verb.FINISH), Act(Verb.POST, tracking="EH1VN")),
}
SAID = {
    SheetKind.SUPPLEMENT: ("PHIẾU YÊU CẦU BỔ SUNG", "Thiếu giấy kết hôn", "Số: 01/PBS"),
    SheetKind.REFUSAL: ("PHIẾU TỪ CHỐI", "Không đủ điều kiện", "Số: 01/PTC"),
    SheetKind.APOLOGY: ("PHIẾU XIN LỖI", "Chờ xác minh", "01 tháng 12 năm 2026", "Lý Văn Hải", "Số: 01/PXL"),
    SheetKind.STOP: ("THÔNG BÁO DỪNG", "Số: 01/TB"),
    SheetKind.CONTROL: ("PHIẾU KIỂM SOÁT", "Tư pháp", "Số: 01/PKS"),
    SheetKind.LABEL: ("EH1VN", "Bản Tả Phìn"),
}


@pytest.fixture
def counter(desk: Desk) -> Desk:
    desk.now = lambda: moment("2026-11-20T09:00")
    change_office(desk, {"leaders": ["Lý Văn Hải"], "leader_title": "CHỦ TỊCH", "hotline": "0215 123456"})
    return desk


def lived(desk: Desk, kind: SheetKind) -> Dossier:
    dossier = receive(desk, submission(MARRIAGE_STATUS, person("H'Hen Niê", gender="Nữ"))).dossier
    for wanted in WAY.get(kind, ()):
        dossier = act(desk, dossier.id, wanted).dossier
    return dossier


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
        return " ".join(" ".join(pages).split())
    finally:
        document.close()


@pytest.mark.parametrize("kind", WAY)
def test_a_sheet_says_what_was_done_and_is_one_file_for_ever(counter: Desk, kind: SheetKind) -> None:
    dossier = lived(counter, kind)
    sheet = draw_sheet(counter, dossier, kind)
    shown = text_of(sheet.pdf)
    for words in (*SAID[kind], "H'Hen Niê" if kind is not SheetKind.CONTROL else dossier.code):
        assert words in shown
    counter.now = lambda: moment("2027-03-01T08:00")
    again = draw_sheet(counter, find_dossier(counter, dossier.id), kind)
    assert (again.pdf, again.problem) == (sheet.pdf, None)


@pytest.mark.parametrize("kind", [SheetKind.SUPPLEMENT, SheetKind.REFUSAL, SheetKind.APOLOGY, SheetKind.STOP])
def test_one_more_print_is_marked_and_keeps_the_number(counter: Desk, kind: SheetKind) -> None:
    dossier = lived(counter, kind)
    draw_sheet(counter, dossier, kind)
    shown = text_of(draw_one_more(counter, dossier, kind).pdf)
    assert "IN LẠI" in shown and SAID[kind][-1] in shown


def test_a_sheet_that_never_left_is_printed_as_the_first_one(counter: Desk) -> None:
    dossier = lived(counter, SheetKind.SUPPLEMENT)
    first = next_sheet(counter, dossier.id, "supplement")
    assert next_sheet(counter, dossier.id, "supplement").pdf == first.pdf
    note_sent(counter, first, "sent")
    assert "IN LẠI" in text_of(next_sheet(counter, dossier.id, "supplement").pdf)


def test_after_papers_the_receipt_takes_the_place_of_the_first_and_tells_its_history(counter: Desk) -> None:
    dossier = receive(counter, submission(MARRIAGE_STATUS)).dossier
    first = draw_sheet(counter, dossier, SheetKind.RECEIPT)
    for wanted in WAY[SheetKind.SUPPLEMENT]:
        act(counter, dossier.id, wanted)
    counter.now = lambda: moment("2026-11-25T10:00")
    done = act(counter, dossier.id, Act(Verb.PAPERS_COMPLETE)).dossier
    second = draw_sheet(counter, done, SheetKind.RECEIPT)
    shown = text_of(second.pdf)
    assert "BẢN THAY THẾ lần 1" in shown and "Đã nộp đủ giấy tờ 10:00 25/11/2026" in shown
    assert "17 giờ 00 phút, thứ Hai 30/11/2026" in shown
    assert "BẢN THAY THẾ" not in text_of(first.pdf)
    third = text_of(draw_one_more(counter, done, SheetKind.RECEIPT).pdf)
    assert "BẢN THAY THẾ" in third and "IN LẠI" in third


def test_a_dossier_of_before_the_circular_gets_the_older_forms_and_no_stop_notice(counter: Desk) -> None:
    dossier = receive(counter, submission(MARRIAGE_STATUS, received_at=moment("2025-08-20T09:00"))).dossier
    for wanted in (Act(Verb.HAND_OVER, to="Tư pháp"), Act(Verb.ASK_PAPERS, reason="Thiếu giấy")):
        act(counter, dossier.id, wanted)
    assert "BPTNTKQ" in text_of(
        draw_sheet(counter, find_dossier(counter, dossier.id), SheetKind.SUPPLEMENT).pdf
    )
    act(counter, dossier.id, Act(Verb.WITHDRAW))
    stopped = act(counter, dossier.id, Act(Verb.STOP)).dossier
    with pytest.raises(UserFacingError) as refused:
        draw_sheet(counter, stopped, SheetKind.STOP)
    assert refused.value.problem.number == "MC-223"


def test_a_letter_needs_its_occasion_and_a_name(counter: Desk) -> None:
    dossier = lived(counter, SheetKind.LETTER)
    with pytest.raises(UserFacingError) as refused:
        draw_sheet(counter, dossier, SheetKind.LETTER)
    assert refused.value.problem.number == "MC-168"
    words = {"letter": "birth", "name": "Vàng Thị Mai", "family": "ông Vàng A Dế và bà Lý Thị Mỷ"}
    sheet = draw_sheet(counter, dossier, SheetKind.LETTER, words=words)
    assert "Vàng Thị Mai" in text_of(sheet.pdf)
    again = draw_sheet(counter, find_dossier(counter, dossier.id), SheetKind.LETTER)
    assert (again.pdf, again.problem) == (sheet.pdf, None)


def test_an_office_says_its_own_hotline_without_touching_code(counter: Desk) -> None:
    own = counter.store.path.parent / "forms.json"
    own.write_text(json.dumps({"hotline": "1900 9095", "extra": "Mời ông bà góp ý"}), encoding="utf-8")
    dossier = lived(counter, SheetKind.SUPPLEMENT)
    shown = text_of(preview_sheet(counter, dossier, SheetKind.SUPPLEMENT).pdf)
    assert "1900 9095" in shown and "Mời ông bà góp ý" in shown and "BẢN XEM TRƯỚC" in shown
    own.write_text('{"hotline": 7\n', encoding="utf-8")
    with pytest.raises(UserFacingError) as refused:
        draw_sheet(counter, dossier, SheetKind.SUPPLEMENT)
    assert refused.value.problem.number in ("MC-220", "MC-221")
    assert find_dossier(counter, dossier.id).sheets == ()
