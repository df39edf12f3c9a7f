"""What the forms say, before anything is drawn."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from motcua_desktop.documents.templates import load_templates
from motcua_desktop.domain.calendar import VIETNAM
from motcua_desktop.domain.forms import (
    Apology,
    ControlSheet,
    FormSheet,
    HandOver,
    Letter,
    Manifest,
    Mark,
    MarkKind,
    Refusal,
    StopNotice,
    SupplementRequest,
)
from motcua_desktop.domain.forms_template import FormKind, Leaf, provisional_templates
from motcua_desktop.domain.forms_wording import LEAST_HANDOVERS, form_lines, further_lines
from motcua_desktop.domain.receipt import OFFICE_COPY, Part, Receipt, receipt_lines
from tests.documents.sample_forms import NEW, OLD, all_sheets, head, sheet
from tests.documents.sample_receipts import LONG, SHORT

SHEETS = dict(all_sheets())
AT = datetime(2026, 11, 20, 9, 47, tzinfo=VIETNAM)
# The fields of each form in the order of the circular, by the words that begin them.
FIELDS = {
    FormKind.SUPPLEMENT: [
        "Hồ sơ của:",
        "Nội dung yêu cầu giải quyết:",
        "Địa chỉ:",
        "Số điện thoại:",
        "Email:",
        "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
        "1.",
        "Lý do:",
        "Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc",
        "NGƯỜI HƯỚNG DẪN",
    ],
    FormKind.REFUSAL: [
        "Tiếp nhận hồ sơ của:",
        "Số định danh cá nhân/tổ chức:",
        "Địa chỉ:",
        "Số điện thoại:",
        "Email:",
        "Mã hồ sơ (nếu có):",
        "Nội dung yêu cầu giải quyết:",
        "Qua xem xét,",
        "Xin thông báo",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ],
    FormKind.APOLOGY: [
        "Kính gửi:",
        "Ngày 02 tháng 11 năm 2026,",
        "Thời gian hẹn trả kết quả giải quyết hồ sơ:",
        "Tuy nhiên đến nay,",
        "Lý do:",
        "Mong nhận được sự thông cảm",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
    ],
    FormKind.STOP: [
        "Hồ sơ của:",
        "Số định danh cá nhân/tổ chức:",
        "Mã hồ sơ:",
        "Thủ tục hành chính:",
        "Ngày tiếp nhận:",
        "Lý do dừng giải quyết (đề nghị của người nộp):",
        "Căn cứ:",
        "Giấy tờ trả lại:",
        "Phí, lệ phí hoàn trả (nếu có):",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
    ],
    FormKind.CONTROL: [
        "Cơ quan (bộ phận) giải quyết hồ sơ:",
        "Cơ quan phối hợp giải quyết hồ sơ:",
        "Ngày nhận:",
        "Hẹn trả kết quả vào:",
        "Tên đơn vị",
        "Thời gian giao nhận hồ sơ",
        "Người giao (ký)",
        "Người nhận (ký)",
        "Kết quả (trước hạn/ đúng hạn/ quá hạn)",
        "Ghi chú",
        "1. Giao:",
        "- Kết quả giải quyết hồ sơ do bên nhận",
    ],
}


def _texts(form: FormSheet) -> list[str]:
    return [line.text for line in form_lines(form)]


def _text(form: FormSheet) -> str:
    return "\n".join(_texts(form))


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("received", [NEW, OLD])
@pytest.mark.parametrize("content", ["short", "missing"])
def test_every_field_of_a_form_stands_there_in_the_order_of_the_circular(
    kind: FormKind, received: date, content: str
) -> None:
    if load_templates().find(kind, received) is None:
        assert (kind, received) == (FormKind.STOP, OLD)
        return
    lines = form_lines(sheet(kind, received, content))
    begun = next(n for n, line in enumerate(lines) if line.part in (Part.COPY, Part.TITLE)) + 1
    said = [line.text for line in lines[begun:]]
    at = -1
    for field in FIELDS[kind]:
        later = [n for n in range(at + 1, len(said)) if said[n].startswith(field)]
        assert later, f"{field!r} does not follow {said[at]!r}"
        at = later[0]


def test_the_set_follows_the_day_of_receipt() -> None:
    templates = load_templates()
    last, first = date(2025, 9, 14), date(2025, 9, 15)

    assert {templates.get(kind, last).set_name for kind in _OFFICIAL - {FormKind.STOP}} == {
        "TT 01/2018/TT-VPCP"
    }
    assert {templates.get(kind, first).set_name for kind in _OFFICIAL} == {"TT 03/2025/TT-VPCP"}
    assert [templates.get(FormKind.CONTROL, day).form for day in (last, first)] == ["05", "06"]
    assert "HẸN LẠI NGÀY TRẢ KẾT QUẢ" in templates.get(FormKind.APOLOGY, last).title
    assert "ĐỀ NGHỊ GIA HẠN" in templates.get(FormKind.APOLOGY, first).title


_OFFICIAL = {FormKind.RECEIPT, *FIELDS}


def test_no_day_has_two_templates_of_a_kind() -> None:
    for day in (date(2018, 11, 23), OLD, date(2025, 9, 14), date(2025, 9, 15), NEW):
        kinds = [template.kind for template in load_templates().all if template.in_force(day)]
        assert len(kinds) == len(set(kinds))


def test_forms_of_the_older_set_are_a5_and_its_letters_of_today_are_a4() -> None:
    templates = load_templates()
    old = {templates.get(kind, OLD).leaf for kind in _OFFICIAL - {FormKind.STOP}}
    new = {kind: templates.get(kind, NEW).leaf for kind in _OFFICIAL}

    assert old == {Leaf.A5}
    assert [kind for kind, leaf in new.items() if leaf is Leaf.A4] == [
        kind for kind in new if kind in (FormKind.APOLOGY, FormKind.STOP, FormKind.CONTROL)
    ]


def test_what_was_not_seen_in_the_source_is_listed_as_provisional() -> None:
    told = {(t.set_name, t.form) for t in provisional_templates(load_templates().all)}

    assert ("TT 03/2025/TT-VPCP", "05") in told
    assert {form for name, form in told if name == "TT 01/2018/TT-VPCP"} == {"01", "02", "03", "04", "05"}
    assert ("TT 03/2025/TT-VPCP", "04") not in told
    stop = load_templates().get(FormKind.STOP, NEW)
    assert len(stop.provisional_fields) == len(stop.elements)
    added = load_templates().get(FormKind.SUPPLEMENT, NEW).provisional_fields
    assert added == ("Thời hạn bổ sung, hoàn thiện: đến hết",)


def test_a_number_stands_before_its_symbol_or_is_left_to_be_written() -> None:
    template = load_templates().get(FormKind.SUPPLEMENT, NEW)

    assert template.number_line(3) == "Số: 03/PBS-TTPVHCC"
    assert template.number_line(1438) == "Số: 1438/PBS-TTPVHCC"
    assert template.number_line(None) == "Số: ……/PBS-TTPVHCC"
    assert load_templates().get(FormKind.LABEL, NEW).number_line(3) == ""


def test_the_number_of_an_organisation_is_never_masked_and_it_is_spoken_to_as_one() -> None:
    form = sheet(FormKind.REFUSAL, NEW, "short")
    assert isinstance(form, Refusal)
    party = replace(
        form.party, name="Hợp tác xã Tả Phìn", honorific="", organisation=True, id_number="5300123456"
    )

    said = _texts(replace(form, party=party))

    assert "Số định danh cá nhân/tổ chức: 5300123456" in said
    assert "Tiếp nhận hồ sơ của: Tổ chức Hợp tác xã Tả Phìn" in said
    assert "Xin thông báo cho Tổ chức được biết và thực hiện./." in said


def test_a_person_whose_gender_is_unknown_is_ong_or_ba() -> None:
    form = sheet(FormKind.REFUSAL, NEW, "short")
    assert isinstance(form, Refusal)

    assert "Xin thông báo cho Ông (Bà) được" in _text(replace(form, party=replace(form.party, honorific="")))
    assert "010191002345" in _text(replace(form, copy=OFFICE_COPY))
    assert "010•••••2345" in _text(form)


def test_all_53_papers_are_numbered_in_order() -> None:
    form = sheet(FormKind.SUPPLEMENT, NEW, "long")
    assert isinstance(form, SupplementRequest)
    said = [line for line in form_lines(form) if line.part is Part.PAPER]

    assert [line.label for line in said] == [f"{n}." for n in range(1, 54)]
    assert [line.value for line in said] == list(form.missing)


def test_a_supplement_without_an_end_says_nothing_about_one() -> None:
    form = sheet(FormKind.SUPPLEMENT, NEW, "short")
    assert isinstance(form, SupplementRequest)

    assert "Thời hạn bổ sung, hoàn thiện: đến hết ngày 21 tháng 12 năm 2026" in _texts(form)
    assert "Thời hạn bổ sung" not in _text(replace(form, until=None))


def test_an_apology_gives_both_dates_and_the_reason() -> None:
    form = sheet(FormKind.APOLOGY, NEW, "short")
    assert isinstance(form, Apology)
    said = _text(form)

    assert "hẹn trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, ngày 20 tháng 11 năm 2026." in said
    assert "cho Bà vào 16 giờ 30 phút, ngày 25 tháng 11 năm 2026." in said
    assert "Lý do: Thiếu giấy chứng sinh" in said
    assert "- Như trên;" in said and "- Lưu: VT." in said


def test_who_signs_may_be_named_by_the_office() -> None:
    form = sheet(FormKind.APOLOGY, NEW, "short")
    assert isinstance(form, Apology)

    assert "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ" in _text(form)
    own = _text(replace(form, signer_title="KT. CHỦ TỊCH"))
    assert "KT. CHỦ TỊCH" in own and "THỦ TRƯỞNG" not in own


@pytest.mark.parametrize("known", [0, 1, 6, 7, 20])
def test_a_control_sheet_has_eight_rows_at_least_and_always_two_to_write_in(known: int) -> None:
    form = sheet(FormKind.CONTROL, NEW, "short")
    assert isinstance(form, ControlSheet)
    steps = tuple(HandOver(f"Giao {n}", f"Nhận {n}", AT) for n in range(known))
    cells = [line for line in form_lines(replace(form, handovers=steps)) if line.part is Part.CELL]

    assert len(cells) == 6 * max(LEAST_HANDOVERS, known + 2)
    assert sum(cell.value == "09 giờ 47 phút," for cell in cells) == known


def test_a_stop_notice_lists_what_is_given_back() -> None:
    form = sheet(FormKind.STOP, NEW, "highland")
    assert isinstance(form, StopNotice)
    said = _texts(form)

    at = said.index("Giấy tờ trả lại:")
    assert said[at + 1 : at + 3] == ["1. Giấy của Y Ƀlŏ", "2. Đơn"]


def test_a_letter_names_neither_code_nor_desk_and_a_condolence_congratulates_nobody() -> None:
    for kind in (FormKind.BIRTH, FormKind.MARRIAGE, FormKind.DEATH):
        form = sheet(kind, NEW, "short")
        assert isinstance(form, Letter)
        said = _text(form)
        assert form.head.code not in said and "Quầy" not in said and "Mẫu" not in said
        assert form.name in said and "Ủy ban nhân dân xã Tả Phìn" in said
    sad = _text(sheet(FormKind.DEATH, NEW, "short")).lower()
    assert "chúc" not in sad and "mừng" not in sad and "cảm ơn" not in sad


def test_the_postmans_list_counts_what_is_on_it() -> None:
    form = sheet(FormKind.MANIFEST, NEW, "long")
    assert isinstance(form, Manifest)

    assert "Số bưu gửi giao nhận: 40" in _texts(form)
    assert "Hai bên đã kiểm đếm đủ 40 bưu gửi, còn nguyên niêm phong." in _texts(form)
    assert [line.value for line in form_lines(form) if line.source.endswith(".code")] == [
        parcel.code for parcel in form.parcels
    ]


@pytest.mark.parametrize("name", SHEETS)
def test_every_line_is_nfc_with_single_spaces(name: str) -> None:
    form = SHEETS[name]
    loose = replace(form, head=replace(form.head, place=unicodedata.normalize("NFD", "Tả   Phìn")))

    for line in (*form_lines(loose), *further_lines(loose)):
        assert line.text == " ".join(line.text.split())
        assert unicodedata.is_normalized("NFC", line.text)


@pytest.mark.parametrize("name", [name for name in SHEETS if name.endswith("-missing")])
def test_a_form_about_nobody_has_lines_to_fill_and_no_words_of_the_program(name: str) -> None:
    said = _text(SHEETS[name])

    assert "None" not in said and "{" not in said and "}" not in said


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": MarkKind.REPRINT},
        {"kind": MarkKind.PREVIEW, "number": 1},
        {"kind": MarkKind.REPLACEMENT, "number": 1},
        {"kind": MarkKind.REPRINT, "number": 2, "replaces": AT},
        {"kind": MarkKind.REPLACEMENT, "number": 1, "replaces": datetime(2026, 11, 20, 9, 47)},
    ],
)
def test_a_mark_that_says_half_of_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Mark(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"key": "12"}, {"secret": ""}, {"code": ""}, {"secret": "12"}, {"desk": 0}, {"print_number": 0}]
)
def test_a_head_that_could_not_be_found_again_is_refused(wrong: dict[str, Any]) -> None:
    good = head(FormKind.REFUSAL, NEW)
    with pytest.raises(ValueError):
        replace(good, **wrong)


def test_a_hand_over_has_a_moment_with_its_offset() -> None:
    with pytest.raises(ValueError):
        HandOver("a", "b", datetime(2026, 11, 20, 9, 47))


@pytest.mark.parametrize("receipt", [SHORT, LONG])
def test_the_receipt_of_todays_set_says_what_it_always_said(receipt: Receipt) -> None:
    today = load_templates().get(FormKind.RECEIPT, NEW)

    assert receipt_lines(replace(receipt, template=today)) == receipt_lines(receipt)


def test_the_receipt_of_the_older_set_names_its_unit_by_the_older_name() -> None:
    older = replace(SHORT, template=load_templates().get(FormKind.RECEIPT, OLD))
    changed = [
        (before.label, after.label)
        for before, after in zip(receipt_lines(SHORT), receipt_lines(older), strict=True)
        if before != after
    ]

    assert changed == [("Đơn vị tiếp nhận:", "Bộ phận Tiếp nhận và Trả kết quả:")]


def test_a_corrected_receipt_says_which_sheet_it_replaces_and_a_plain_reprint_does_not() -> None:
    corrected = replace(SHORT, replaces=AT, replacement_number=2, print_number=3)
    said = [line.text for line in receipt_lines(corrected)]

    assert "BẢN THAY THẾ lần 2 – thay giấy in lúc 09:47 ngày 20/11/2026" in said
    assert not any("IN LẠI" in text for text in said)
    again = [line.text for line in receipt_lines(replace(corrected, reprint=True))]
    assert "IN LẠI lần 3" in again
    assert not any("THAY THẾ" in line.text for line in receipt_lines(replace(SHORT, print_number=2)))
    with pytest.raises(ValueError):
        replace(SHORT, replaces=AT)


def test_what_moved_an_appointment_stands_below_it() -> None:
    told = ("Tạm dừng từ 23/11/2026 đến 02/12/2026: hẹn mới 09/12/2026", "Gia hạn: hẹn mới 11/12/2026")
    lines = receipt_lines(replace(SHORT, history=told))
    at = next(n for n, line in enumerate(lines) if line.part is Part.DUE)

    assert tuple(line.text for line in lines[at + 1 : at + 3]) == told


def test_a_previewed_receipt_says_so_first() -> None:
    assert receipt_lines(replace(SHORT, preview=True))[0].text == "BẢN XEM TRƯỚC"
    assert receipt_lines(replace(SHORT, preview=True))[1:] == receipt_lines(SHORT)


def test_an_office_may_add_a_line_to_its_receipts() -> None:
    assert "Tra cứu: zalo.example" in [
        line.text for line in receipt_lines(replace(SHORT, extra="Tra cứu: zalo.example"))
    ]
