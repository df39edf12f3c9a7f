"""Every form as it leaves the program: read back from the PDF with other tools than those that made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua_desktop.documents.forms import copies, draw_form, paper_needed
from motcua_desktop.documents.page import MM, Paper
from motcua_desktop.domain.calendar import VIETNAM
from motcua_desktop.domain.errors import UserFacingError
from motcua_desktop.domain.forms import (
    FormParty,
    FormSheet,
    HandOver,
    Label,
    Letter,
    Manifest,
    Mark,
    MarkKind,
    Refusal,
    SupplementRequest,
)
from motcua_desktop.domain.forms_template import FormKind, Leaf
from motcua_desktop.domain.forms_wording import administrative, form_lines, further_lines
from motcua_desktop.domain.receipt import Part, SheetLine, page_mark
from tests.documents.make_golden_forms import GOLDEN
from tests.documents.sample_forms import HIGHLAND, LOWER, NEW, OLD, all_sheets, golden_text, sheet

SHEETS = dict(all_sheets())
AT = datetime(2026, 11, 20, 9, 47, tzinfo=VIETNAM)
# Left, right, top and bottom of what may be printed on, in millimetres from the upper left corner.
EDGES = {
    Leaf.A5: (18, 138, 10, 202),
    Leaf.A4: (20, 200, 9, 287),
    Leaf.CARD: (24, 186, 14, 134),
    Leaf.LABEL: (10, 138, 8, 97),
}
OFFICE_EDGES = (30, 190, 9, 277)  # the page's number stands in the top margin
SIZES = {Leaf.A5: (148, 210), Leaf.A4: (210, 297), Leaf.CARD: (210, 148), Leaf.LABEL: (148, 210)}


def _pages(pdf: bytes) -> list[str]:
    told = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return [_bare(text.replace("\ufffe", "-")) for text in told]  # the reader takes it for a soft one


def _bare(text: str) -> str:
    return "".join(text.split())


def _text(lines: Sequence[SheetLine]) -> str:
    return _bare("".join(line.text for line in lines))


def _joined(pages: list[str], form: FormSheet) -> str:
    """The text of one copy, without what every page says again."""
    lines = form_lines(form)
    foot_parts = (Part.NOTE, Part.IMPRINT, *((Part.KEY,) if administrative(form) else ()))
    foot = _text([line for line in lines if line.part in foot_parts])
    imprint = _text([line for line in lines if line.part is Part.IMPRINT])
    heading = _text([line for line in lines if line.part is Part.COLUMN])
    repeated = imprint if form.head.template.leaf is Leaf.A5 else foot
    found = ""
    for number, page in enumerate(pages, 1):
        last = number == len(pages)
        if not administrative(form) and len(pages) > 1:
            mark = _bare(f"·{page_mark(number, len(pages))}")
            assert page.endswith(mark)
            page = page.removesuffix(mark)
        assert page.endswith(repeated)
        page = page if last else page.removesuffix(repeated)
        if number > 1:
            top = _text(further_lines(form)) + (str(number) if administrative(form) else "")
            assert page.startswith(top)
            page = page.removeprefix(top)
            page = page.removeprefix(heading) if heading else page
        found += page
    return found


def _codes(pdf: bytes) -> list[list[tuple[str, str]]]:
    """Per page the codes that are read from a black and white print of 203 dots an inch."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=203 / 72, grayscale=True).to_pil()
        mono = picture.point([0] * 128 + [255] * 128)
        found.append(sorted((str(code.format), code.text) for code in zxingcpp.read_barcodes(mono)))
    return found


def _per_copy(form: FormSheet) -> list[tuple[FormSheet, list[str]]]:
    """Each copy with the texts of its own pages."""
    pages = _pages(draw_form(form))
    drawn = copies(form)
    share = len(pages) // len(drawn)
    assert share * len(drawn) == len(pages)
    return [(copy, pages[n * share : (n + 1) * share]) for n, copy in enumerate(drawn)]


def _marked(form: FormSheet, mark: Mark) -> FormSheet:
    return replace(form, head=replace(form.head, mark=mark, print_number=max(1, mark.number)))


@pytest.mark.parametrize("name", SHEETS)
def test_the_words_of_a_form_are_those_of_its_golden_file(name: str) -> None:
    assert golden_text(SHEETS[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_form() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SHEETS)


@pytest.mark.parametrize("name", SHEETS)
def test_the_text_of_each_copy_is_what_the_form_says_and_nothing_else(name: str) -> None:
    for copy, pages in _per_copy(SHEETS[name]):
        assert _joined(pages, copy) == _text(form_lines(copy))


@pytest.mark.parametrize("name", SHEETS)
def test_the_same_form_is_the_same_bytes(name: str) -> None:
    form = SHEETS[name]

    assert draw_form(form) == draw_form(replace(form))


@pytest.mark.parametrize("name", SHEETS)
def test_the_codes_that_a_form_carries_are_read_at_203_dots_on_every_page(name: str) -> None:
    form = SHEETS[name]
    bars = ("Code 128", form.head.key)
    expected = {
        "none": [],
        "bars": [bars],
        "both": sorted([bars, ("QR Code", form.head.key + form.head.secret)]),
    }
    kind = "both"
    if not form.head.key or isinstance(form, Letter | Manifest):
        kind = "none"
    elif administrative(form) or isinstance(form, Label):
        kind = "bars"

    pages = _codes(draw_form(form))

    assert pages == [expected[kind]] * len(pages)


def _assert_in_place(form: FormSheet) -> None:
    """No word leaves the margins or runs into another."""
    leaf = form.head.template.leaf
    left, right, top, bottom = OFFICE_EDGES if administrative(form) else EDGES[leaf]
    for page in pypdfium2.PdfDocument(draw_form(form)):
        tall = page.get_height()
        text = page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        for x, low, to_x, high in (box for box in boxes if box[2] > box[0] and box[3] > box[1]):
            assert x >= (left - 0.4) * MM and to_x <= (right + 0.4) * MM
            assert tall - high >= (top - 0.1) * MM and tall - low <= (bottom + 0.1) * MM
        lines = [text.get_rect(at) for at in range(text.count_rects())]
        for at, (x, low, to_x, high) in enumerate(lines):
            for other in lines[at + 1 :]:
                across = min(to_x, other[2]) - max(x, other[0])
                down = min(high, other[3]) - max(low, other[1])
                assert across < 0.5 or down < 3.2  # stacked marks may reach into the line above


@pytest.mark.parametrize("name", SHEETS)
def test_no_word_leaves_the_margins_or_runs_into_another(name: str) -> None:
    _assert_in_place(SHEETS[name])


_WORDS = st.text(alphabet=LOWER + LOWER.upper() + HIGHLAND + "0123456789 -/.,'", max_size=220)
_NAMES = st.text(alphabet=LOWER + HIGHLAND.upper() + " '", max_size=100)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from([FormKind.SUPPLEMENT, FormKind.REFUSAL, FormKind.APOLOGY, FormKind.STOP]),
    received=st.sampled_from([NEW, OLD]),
    party=st.builds(
        FormParty, name=_NAMES, address=_WORDS, email=st.text("abcw@.-", max_size=90), phone=_NAMES
    ),
    request=_WORDS,
    reason=_WORDS,
    papers=st.lists(_WORDS, max_size=14),
)
def test_whatever_is_typed_stays_inside_and_is_all_there(
    kind: FormKind, received: date, party: FormParty, request: str, reason: str, papers: list[str]
) -> None:
    form: Any = sheet(kind, NEW if kind is FormKind.STOP else received, "short")
    lists = {FormKind.SUPPLEMENT: "missing", FormKind.STOP: "returned"}
    more = {lists[kind]: tuple(papers)} if kind in lists else {}
    form = replace(form, party=party, request=request, reason=reason, **more)

    for copy, pages in _per_copy(form):
        assert _joined(pages, copy) == _text(form_lines(copy))
    _assert_in_place(form)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(received=st.sampled_from([NEW, OLD]), steps=st.lists(st.tuples(_NAMES, _NAMES, _NAMES), max_size=12))
def test_whatever_is_written_into_a_hand_over_stays_in_its_column(
    received: date, steps: list[tuple[str, str, str]]
) -> None:
    form: Any = sheet(FormKind.CONTROL, received, "short")
    form = replace(form, handovers=tuple(HandOver(a, b, AT, c, a, b, c) for a, b, c in steps))

    assert _joined(_pages(draw_form(form)), form) == _text(form_lines(form))
    _assert_in_place(form)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=_NAMES, address=st.text(alphabet=LOWER + " ,", max_size=300), contents=_WORDS)
def test_whatever_stands_on_a_label_stays_above_its_bars(name: str, address: str, contents: str) -> None:
    form: Any = sheet(FormKind.LABEL, NEW, "short")
    form = replace(form, party=FormParty(name, address=address), contents=contents, sender_address=address)

    assert _pages(draw_form(form)) == [_text(form_lines(form))]
    assert _codes(draw_form(form)) == [[("Code 128", form.head.key)]]
    _assert_in_place(form)


@pytest.mark.parametrize("name", SHEETS)
def test_the_paper_is_the_templates_and_exact(name: str) -> None:
    form = SHEETS[name]
    wide, tall = SIZES[form.head.template.leaf]

    for page in pypdfium2.PdfDocument(draw_form(form)):
        assert page.get_size() == pytest.approx((wide * MM, tall * MM), abs=0.01)


def test_53_papers_go_on_to_further_pages_whose_head_says_whose_they_are() -> None:
    form = SHEETS["2025-supplement-long"]
    (_, office), (citizen, pages) = _per_copy(form)

    assert len(office) == len(pages) > 2
    for page in pages[1:]:
        assert page.startswith(_text(further_lines(citizen)))
        assert _bare(form.head.code) in page and _bare("HOÀN THIỆN HỒ SƠ (tiếp theo)") in page
    assert _bare("NGƯỜI HƯỚNG DẪN") in pages[-1] and _bare("để được hướng dẫn./.") in pages[-1]


def test_a_table_says_its_columns_again_on_every_page_that_it_reaches() -> None:
    rows = {"2025-control-long": "1.Giao:", "2018-control-long": "1.Giao:", "manifest-long": "EA0000"}
    for name, row in rows.items():
        form = SHEETS[name]
        heading = _text([line for line in form_lines(form) if line.part is Part.COLUMN])
        pages = _pages(draw_form(form))
        assert len(pages) > 1
        assert [page.count(heading) for page in pages] == [int(row in page) for page in pages]


def test_an_apology_and_a_stop_notice_never_leave_a_signature_alone_on_a_page() -> None:
    for name in ("2025-apology-long", "2025-stop-long"):
        last = _pages(draw_form(SHEETS[name]))[-1]
        assert _bare("./.") in last and _bare("Giàng Thị Mỷ") in last


@pytest.mark.parametrize("kind", [FormKind.SUPPLEMENT, FormKind.REFUSAL])
def test_the_id_number_is_whole_for_the_office_and_masked_for_the_citizen(kind: FormKind) -> None:
    form = sheet(kind, NEW, "short")
    (_, (office,)), (_, (citizen,)) = _per_copy(form)

    assert "Liên1:Lưu" in office and "Liên2:Giaongườinộp" in citizen
    assert "010191002345" not in citizen
    if kind is FormKind.REFUSAL:
        assert "010191002345" in office and "010•••••2345" in citizen


@pytest.mark.parametrize("kind", [FormKind.APOLOGY, FormKind.STOP])
def test_what_is_sent_to_a_citizen_masks_the_number(kind: FormKind) -> None:
    (page,) = _pages(draw_form(sheet(kind, NEW, "short")))

    assert "010•••••2345" in page and "010191002345" not in page


def test_two_copies_stand_side_by_side_on_a4_with_both_codes_each() -> None:
    form = sheet(FormKind.REFUSAL, NEW, "short")
    pdf = draw_form(form, Paper.A4)
    bars, square = ("Code 128", form.head.key), ("QR Code", form.head.key + form.head.secret)

    assert pypdfium2.PdfDocument(pdf)[0].get_size() == pytest.approx((297 * MM, 210 * MM), abs=0.01)
    assert _codes(pdf) == [[bars, bars, square, square]]
    assert _pages(pdf) == ["".join(_text(form_lines(copy)) for copy in copies(form))]


def test_the_printer_is_told_which_paper_a_sheet_needs() -> None:
    slip, letter = sheet(FormKind.REFUSAL, NEW, "short"), sheet(FormKind.BIRTH, NEW, "short")
    apology, old = sheet(FormKind.APOLOGY, NEW, "short"), sheet(FormKind.APOLOGY, OLD, "short")

    assert [paper_needed(s, Paper.A4) for s in (slip, letter, apology, old)] == ["A4", "A5", "A4", "A4"]
    assert [paper_needed(s, Paper.A5) for s in (slip, letter, apology, old)] == ["A5", "A5", "A4", "A5"]


@pytest.mark.parametrize("name", [name for name in SHEETS if name.endswith("-short")])
def test_a_preview_says_so_across_every_page_and_is_read_as_such(name: str) -> None:
    form = _marked(SHEETS[name], Mark(MarkKind.PREVIEW))

    for copy, pages in _per_copy(form):
        assert all(page.startswith(_bare("BẢN XEM TRƯỚC")) for page in pages)
        assert _joined(pages, copy) == _text(form_lines(copy))
    assert _codes(draw_form(form)) == _codes(draw_form(SHEETS[name]))


@pytest.mark.parametrize("name", [name for name in SHEETS if name.endswith("-long")])
@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (Mark(MarkKind.REPRINT, 3), "IN LẠI lần 3"),
        (Mark(MarkKind.REPLACEMENT, 2, AT), "BẢN THAY THẾ lần 2 – thay giấy in lúc 09:47 ngày 20/11/2026"),
    ],
)
def test_a_marked_form_says_so_on_every_page_but_a_card_and_a_label_never(
    name: str, mark: Mark, said: str
) -> None:
    form = _marked(SHEETS[name], mark)
    silent = isinstance(form, Letter | Label)

    for copy, pages in _per_copy(form):
        assert [_bare(said) in page for page in pages] == [not silent] * len(pages)
        assert _joined(pages, copy) == _text(form_lines(copy))


def test_a_letter_of_condolence_has_one_plain_border_and_the_others_two() -> None:
    def frames(kind: FormKind) -> int:
        page = pypdfium2.PdfDocument(draw_form(sheet(kind, NEW, "short")))[0]
        shapes = (shape.get_bounds() for shape in page.get_objects(filter=[2]))
        return sum(right - left > 180 * MM for left, _, right, _ in shapes)

    assert [frames(kind) for kind in (FormKind.BIRTH, FormKind.MARRIAGE, FormKind.DEATH)] == [2, 2, 1]


def test_a_form_given_before_there_is_a_dossier_has_neither_code_nor_key() -> None:
    form = SHEETS["2025-supplement-missing"]
    assert isinstance(form, SupplementRequest)

    assert _codes(draw_form(form)) == [[], []]
    assert not any("Mãhồsơ" in page for page in _pages(draw_form(form)))


@pytest.mark.parametrize(
    "name", ["2025-refusal-short", "2025-apology-short", "letter_birth-short", "label-short"]
)
def test_text_that_would_print_wrong_is_refused(name: str) -> None:
    form: Any = SHEETS[name]
    odd = "Lý 😀 An"
    wrong = {"name": odd} if isinstance(form, Letter) else {"party": FormParty(odd)}
    form = replace(form, **wrong)
    with pytest.raises(UserFacingError) as refused:
        draw_form(form)

    assert (refused.value.problem.number, refused.value.problem.params["text"]) == ("MC-191", "😀")


def _levels(page: pypdfium2.PdfPage) -> list[float]:
    """Where level rules broader than 110 mm lie, from the top, in millimetres from the lower edge."""
    shapes = (shape.get_bounds() for shape in page.get_objects(filter=[2]))
    level = {
        round(low / MM, 2)
        for left, low, right, high in shapes
        if right - left > 110 * MM and high - low < 1 * MM
    }
    return sorted(level, reverse=True)


@pytest.mark.parametrize("received", [NEW, OLD])
def test_a_hand_over_table_has_eight_rows_of_twelve_millimetres_to_write_on(received: date) -> None:
    rows = 0
    for page in pypdfium2.PdfDocument(draw_form(sheet(FormKind.CONTROL, received, "missing"))):
        rows += sum(upper - lower == pytest.approx(12, abs=0.05) for upper, lower in pairwise(_levels(page)))

    assert rows == 8


def test_a_refusal_is_not_taken_for_a_supplement() -> None:
    slip: Any = sheet(FormKind.SUPPLEMENT, NEW, "short")
    with pytest.raises(ValueError):
        Refusal(slip.head, slip.party, "", "", "", "")
