"""The window's own way to a printer, against a real queue: what comes out has its true size and its codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from motcua_desktop.documents.paper import Paper
from motcua_desktop.documents.receipt import draw_receipt
from tests.documents.sample_receipts import SHORT
from tests.printing.cups_queue import PrivateCups, missing, private_cups

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = Path(__file__).with_name("print_to_queue.py")
_PAPERS = {"Letter": (612, 792), "A4": (595, 842), "A5": (420, 595)}
LASER = "\n".join(
    [
        '*PPD-Adobe: "4.3"',
        '*FormatVersion: "4.3"',
        '*FileVersion: "1.0"',
        "*LanguageVersion: English",
        "*LanguageEncoding: ISOLatin1",
        '*PCFileName: "LASER.PPD"',
        '*Manufacturer: "Test"',
        '*Product: "(Laser)"',
        '*ModelName: "Laser"',
        '*ShortNickName: "Laser"',
        '*NickName: "Laser"',
        '*PSVersion: "(3010.000) 0"',
        '*LanguageLevel: "3"',
        "*ColorDevice: False",
        "*DefaultColorSpace: Gray",
        '*cupsFilter: "application/pdf 0 -"',
        "*OpenUI *PageSize/Media Size: PickOne",
        "*OrderDependency: 10 AnySetup *PageSize",
        "*DefaultPageSize: Letter",
        *(f'*PageSize {n}/{n}: "<</PageSize[{w} {h}]>>setpagedevice"' for n, (w, h) in _PAPERS.items()),
        "*CloseUI: *PageSize",
        "*OpenUI *PageRegion: PickOne",
        "*OrderDependency: 10 AnySetup *PageRegion",
        "*DefaultPageRegion: Letter",
        *(f'*PageRegion {n}/{n}: "<</PageSize[{w} {h}]>>setpagedevice"' for n, (w, h) in _PAPERS.items()),
        "*CloseUI: *PageRegion",
        "*DefaultImageableArea: Letter",
        *(f'*ImageableArea {n}/{n}: "12 12 {w - 12} {h - 12}"' for n, (w, h) in _PAPERS.items()),
        "*DefaultPaperDimension: Letter",
        *(f'*PaperDimension {n}/{n}: "{w} {h}"' for n, (w, h) in _PAPERS.items()),
        "",
    ]
)
SIZES = {Paper.A5: (148.0, 210.0), Paper.A4: (297.0, 210.0)}  # mm; on A4 two copies lie side by side


@pytest.fixture(scope="module")
def cups() -> Iterator[PrivateCups]:
    reason = missing()
    if reason:
        pytest.skip(reason)
    with private_cups() as server:
        yield server


def office_printer(cups: PrivateCups, name: str, folder: Path) -> str:
    """A queue like an office laser's: Letter by default, A4 and A5, margins of its own, PDF kept as it comes."""
    description = folder / "laser.ppd"
    description.write_text(LASER, encoding="utf-8")
    cups.add(name)
    cups.run("lpadmin", "-p", name, "-P", str(description), "-E")
    return name


def send(server: str, queue: str, sheet: bytes, paper: str, folder: Path) -> dict[str, Any]:
    """Print in a process of its own; what it told."""
    (folder / "sheet.pdf").write_bytes(sheet)
    environment = {
        **os.environ,
        "CUPS_SERVER": server,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, SCRIPT, queue, folder / "sheet.pdf", SHORT.code, paper],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


@pytest.mark.parametrize("paper", list(Paper))
def test_a_receipt_comes_out_in_its_true_size_with_codes_that_can_be_read(
    cups: PrivateCups, paper: Paper, tmp_path: Path
) -> None:
    queue = office_printer(cups, f"Qt{paper}", tmp_path)
    sheet = draw_receipt(SHORT, paper)

    told = send(cups.server, queue, sheet, paper, tmp_path)

    assert queue in told["seen"]
    assert (told["kind"], told["accepts"]) == ("sent", True)
    assert told["state"] in ("ready", "busy")
    (printed,) = cups.printed(queue)
    with closing(pypdfium2.PdfDocument(sheet)) as drawn, closing(pypdfium2.PdfDocument(printed)) as came:
        assert len(came) == len(drawn)
        for page in came:
            size = sorted(side * 25.4 / 72 for side in page.get_size())
            assert size == pytest.approx(sorted(SIZES[paper]), abs=1.0)
        turned = came[0].get_size()[0] > came[0].get_size()[1]
        assert turned == (paper is Paper.A4) or came[0].get_rotation() in (90, 270)
        image = came[0].render(scale=300 / 72).to_pil()
        read = {(str(code.format), code.text) for code in zxingcpp.read_barcodes(image)}
    codes = {text for _, text in read}
    assert {SHORT.key, SHORT.key + SHORT.secret} <= codes, read
    assert ink(image) == pytest.approx(ink(first_page(sheet)), rel=0.25)


def first_page(pdf: bytes) -> Any:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return document[0].render(scale=300 / 72).to_pil()


def ink(image: Any) -> float:
    """The dark share of a page."""
    grey = image.convert("L").resize((200, 200))
    return sum(255 - value for value in grey.tobytes()) / (200 * 200 * 255)


def test_a_printer_that_is_not_there_is_said_and_nothing_is_printed(
    cups: PrivateCups, tmp_path: Path
) -> None:
    told = send(cups.server, "Nowhere", draw_receipt(SHORT, Paper.A5), Paper.A5, tmp_path)

    assert (told["kind"], told["job"]) == ("printer_not_found", "")
    assert (told["state"], told["accepts"]) == ("not_found", False)


def test_a_queue_that_is_stopped_is_off_or_keeps_the_sheet(cups: PrivateCups, tmp_path: Path) -> None:
    queue = cups.add("QtStopped")
    cups.run("cupsdisable", queue)

    told = send(cups.server, queue, draw_receipt(SHORT, Paper.A5), Paper.A5, tmp_path)

    assert told["kind"] == "printer_off"
    assert cups.run("lpstat", "-o", queue).strip() == ""
