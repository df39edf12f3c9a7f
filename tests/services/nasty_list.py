"""A province's list with every trap that real ones hold, and writers for the files that offices send.

`SHEET` is the table as the officer sees it, row 1 first. `BAD` names each row that nobody may take, `REMARKS` each
that is taken with something to tell.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from motcua_desktop.domain.publication import Trouble

Cell = str | int | float
Rows = Sequence[Sequence[Cell]]

NBSP, ZERO_WIDTH = "\u00a0", "\u200b"
TERM, PAPER, ORIGINAL, CODE, NAME = (
    "Thời hạn giải quyết",
    "Tên giấy tờ",
    "Bản chính",
    "Mã số TTHC",
    "Tên TTHC",
)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def row(
    code: Cell = "",
    name: str = "",
    term: Cell = "",
    fee: str = "",
    paper: str = "",
    original: Cell = "",
    copy: Cell = "",
    channel: str = "",
    number: Cell = "",
) -> list[Cell]:
    """A row in the order of this list's columns."""
    return [number, name, channel, term, code, fee, paper, original, copy, ""]


HEAD: list[list[Cell]] = [
    ["ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN"],
    ["DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC BAN HÀNH MỚI, SỬA ĐỔI, BÃI BỎ"],
    [
        "(Ban hành kèm theo Quyết định số 123/QĐ-UBND ngày 01/10/2026, có hiệu lực thi hành từ ngày 01/12/2026)"
    ],
    [],
    ["STT", NAME, "Hình thức nộp", TERM, CODE, "Phí, lệ phí", "Thành phần hồ sơ", "", "", "Căn cứ pháp lý"],
    ["", "", "", "", "", "", PAPER, ORIGINAL, "Bản sao", ""],
    [f"({n})" for n in range(1, 11)],
]
SOURCE = "Quyết định số 123/QĐ-UBND ngày 01/10/2026"
CASES = [f"Trường hợp {n}: công trình loại {n}" for n in range(1, 10)]
BODY: list[list[Cell]] = [
    ["I. LĨNH VỰC HỘ TỊCH"],  # 8
    row(
        "1.001193.000.00.00.H56", decomposed("Đăng ký khai sinh"), "Ngay trong ngày", "Miễn phí", number=1
    ),  # 9
    row(paper="Tờ khai đăng ký khai sinhTO KHAI.docx", original=1, copy=0),  # 10
    row(paper=f"Giấy{NBSP}chứng{ZERO_WIDTH} sinh", original="01", copy=""),  # 11
    row(paper="Lưu ý:", original="0", copy="0"),  # 12
    row(paper="- Không yêu cầu nộp giấy tờ đã có trong cơ sở dữ liệu", original="0", copy="0"),  # 13
    row("1.014466.H12", "Thủ tục lạ của tỉnh", "mười lăm (15) ngày làm việc", "Không có thông tin"),  # 14
    row(paper="Đơn đề nghị", original="một", copy="hai"),  # 15
    row("1.004873", "Cấp giấy xác nhận tình trạng hôn nhân", 5),  # 16: no unit
    row(
        "1.000894", "Đăng ký kết hôn", "Không có thông tin", "Lệ phí10.000 đồng/lần đăng kýtheo Nghị quyết 9"
    ),  # 17
    row("1.000656", "Đăng ký khai tử", "10 ngày làm việc", channel="Trực tiếp"),  # 18
    row("1.000656", "", "20 ngày làm việc", channel="Trực tiếp"),  # 19
    row("1.000656", "", "7 ngày làm việc", channel="Trực tuyến"),  # 20
    row("2.000635", "Cấp bản sao trích lục", "0,5 ngày làm việc"),  # 21: no whole number
    row("KQ.H52.000001", "Giấy khai sinh", "3 ngày"),  # 22: a result's code
    row("", "Thủ tục chưa có mã", "3 ngày làm việc"),  # 23: no code
    row(paper="Giấy tờ của thủ tục chưa có mã", original=1),  # 24: goes with it
    row("1.004837", "Đăng ký giám hộ", "3 ngày làm việc", paper="Tờ khai", original="vài"),  # 25: no count
    ["II. LĨNH VỰC TIẾP CÔNG DÂN"],  # 26
    row("1.010945/2.001909", "Tiếp công dân", "10 ngày làm việc"),  # 27
    ["III. LĨNH VỰC XÂY DỰNG"],  # 28
    row("1.013225", "Cấp giấy phép xây dựng mới", "15 ngày"),  # 29
    *[
        line
        for n, case in enumerate(CASES)
        for line in [
            row(paper=f"{case}:"),
            *(row(paper=f"Giấy tờ {n + 1}.{m}", original=1, copy=m) for m in range(1, 6 if n else 14)),
        ]
    ],  # 30 … 91: nine headings and 53 papers
    row("1.013227", "Gia hạn giấy phép xây dựng", "5 ngày làm việc"),
    row("1.013227", "Tên khác hẳn", "5 ngày làm việc"),  # two names
    ["B. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ"],
    row("2.000528.H18", "Đăng ký khai sinh có yếu tố nước ngoài"),
    ["Tổng cộng: 12 thủ tục"],
]
SHEET: list[list[Cell]] = [*HEAD, *BODY]
PAPERS_OF_53 = 53
ROW_OF_53 = 29
ROW_OF_TWO_NAMES = next(n for n, line in enumerate(SHEET, 1) if "Tên khác hẳn" in line)

BAD = [
    (16, TERM, Trouble.NO_UNIT, "1.004873"),
    (21, TERM, Trouble.TERM_UNREADABLE, "2.000635"),
    (22, CODE, Trouble.CODE_UNREADABLE, None),
    (23, CODE, Trouble.CODE_MISSING, None),
    (25, ORIGINAL, Trouble.COUNT_UNREADABLE, "1.004837"),
    (ROW_OF_TWO_NAMES, NAME, Trouble.SAID_TWICE, "1.013227"),
]
REMARKS = [
    (9, Trouble.CODE_SHORTENED),
    (10, Trouble.FILE_NAME_CUT),
    (12, Trouble.NOTE_LEFT_OUT),
    (13, Trouble.NOTE_LEFT_OUT),
    (14, Trouble.CODE_SHORTENED),
    (17, Trouble.FEE_KEPT_AS_NOTE),
    (18, Trouble.TERMS_BECAME_CASES),
    (27, Trouble.TWO_CODES),
    (len(SHEET) - 1, Trouble.CODE_SHORTENED),
    (len(SHEET), Trouble.LINE_LEFT_OUT),
]
ENDED = ["2.000528"]
TAKEN = {"1.001193", "1.014466", "1.000894", "1.000656", "2.001909", "1.013225"}


def write_xlsx(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook; text stays text, numbers stay numbers; a head of two rows is merged as offices do it."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, line in enumerate(rows):
                for place, cell in enumerate(line):
                    if cell != "":
                        sheet.write(at, place, cell)
            if rows is SHEET:
                sheet.merge_range(4, 6, 4, 8, "Thành phần hồ sơ")
                for place in (0, 1, 2, 3, 4, 5, 9):
                    sheet.merge_range(4, place, 5, place, HEAD[4][place])
    return path


def csv_text(rows: Rows, separator: str) -> str:
    """The table as comma- or semicolon-separated text."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def write_csv(path: Path, rows: Rows, separator: str = ";", encoding: str = "utf-8-sig") -> Path:
    text = csv_text(rows, separator)
    path.write_bytes(cp1258(text) if encoding == "cp1258" else text.encode(encoding))
    return path


def cp1258(text: str) -> bytes:
    """The old Vietnamese code page, which keeps tones behind their vowel and knows no hidden characters."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for letter in unicodedata.normalize("NFC", text.replace(ZERO_WIDTH, "")):
        parts = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        out.append(bare + "".join(c for c in parts if c in tones))
    return "".join(out).encode("cp1258")


def write_records(path: Path, rows: Rows, heading: Sequence[str]) -> Path:
    """The rows under a heading as a JSON list of flat objects."""
    width = len(heading)
    found = [dict(zip(heading, [*line, *[""] * (width - len(line))], strict=True)) for line in rows]
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return path


def write_json(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
