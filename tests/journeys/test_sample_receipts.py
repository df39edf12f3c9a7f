"""The receipts of the whole sample day, read back as a scanner and a citizen read them."""

from __future__ import annotations

import unicodedata

import pypdfium2
import pytest
import zxingcpp

from motcua_desktop.assets import resource
from motcua_desktop.domain.dossier import Dossier
from motcua_desktop.domain.receipt import receipt_lines
from motcua_desktop.services.desk import Desk, init_desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.intake_line import read_line
from motcua_desktop.services.sheets import Paper, draw_first_receipt, receipt_of
from tests.factories import office

DOTS_PER_INCH = 203  # a label printer's; and only black and white


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Dossier, bytes]]:
    desk = init_desk(tmp_path_factory.mktemp("day") / "desk", office())
    lines = resource("sample", "day-2026-11-20.jsonl").read_text(encoding="utf-8").splitlines()
    try:
        return [_received(desk, line) for line in lines]
    finally:
        desk.close()


def _received(desk: Desk, line: str) -> tuple[Dossier, bytes]:
    dossier = receive(desk, read_line(line)).dossier
    return dossier, draw_first_receipt(desk, dossier, Paper.A5).pdf


def test_each_of_37_citizens_gets_one_page_with_both_codes(day: list[tuple[Dossier, bytes]]) -> None:
    assert len(day) == 37
    for dossier, pdf in day:
        document = pypdfium2.PdfDocument(pdf)
        assert len(document) == 2, f"{dossier.code}: a copy of more than a page"
        for page in document:
            picture = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
            mono = picture.point([0] * 128 + [255] * 128)
            read = {str(code.format): code.text for code in zxingcpp.read_barcodes(mono)}
            assert sorted(read.values()) == sorted((dossier.key, f"{dossier.key}{dossier.secret}"))


def test_each_sheet_says_what_its_dossier_says_in_one_spelling(day: list[tuple[Dossier, bytes]]) -> None:
    for dossier, pdf in day:
        text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
        assert unicodedata.is_normalized("NFC", text)
        bare = "".join(text.split())
        for line in receipt_lines(receipt_of(dossier, 1)):
            assert "".join(line.value.split()) in bare, (dossier.code, line.value)
