"""A year of an invented office's register: the same lines every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from motcua_desktop.domain.calendar import VIETNAM
from motcua_desktop.domain.register import RegisterHead, RegisterLine
from tests.bench.people import people

YEAR_LINES = 9_158
HEAD = RegisterHead(
    office="UBND XÃ TẢ PHÌN",
    centre="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    year=2026,
    place="Tả Phìn",
    drawn_on=date(2026, 12, 31),
    number_line="Số: 01/STD-TTPVHCC",
)
LONG_NAME = "CÔNG TẰNG TÔN NỮ NGUYỄN PHÚC HỒNG PHƯƠNG THẢO HOÀNG LIÊN SƠN"
LONG_PROCEDURE = (
    "Đăng ký biến động đối với trường hợp thay đổi quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất theo "
    "thỏa thuận của các thành viên hộ gia đình hoặc của vợ và chồng, nhóm người sử dụng chung"
)
HIGHLAND_NAMES = ("H'Hen Ayŭn Niê Kdăm", "Y Ƀlŏng Mlô", "Đinh Ñueng", "Rah Lan H'Ƀĭn", "Ksor Čhŏm")
_PROCEDURES = (
    ("Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền cấp", "Chứng thực"),
    ("Đăng ký khai sinh", "Hộ tịch"),
    ("Cấp Giấy xác nhận tình trạng hôn nhân", "Hộ tịch"),
    ("Chứng thực chữ ký trong các giấy tờ, văn bản", "Chứng thực"),
    (
        "Công nhận hộ nghèo, hộ cận nghèo; hộ thoát nghèo, hộ thoát cận nghèo định kỳ hằng năm",
        "Bảo trợ xã hội",
    ),
    ("Đăng ký thành lập hộ kinh doanh", "Hộ kinh doanh"),
    ("Trợ cấp mai táng phí, tử tuất", "Người có công"),
    (LONG_PROCEDURE, "Đất đai"),
)
_AUTHORITIES = ("UBND xã Tả Phìn", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Công an xã")
_WAYS = ("Trực tiếp", "Trực tiếp", "Trực tiếp", "Bưu chính", "Trực tuyến")


def year_lines(
    count: int = YEAR_LINES, start: date = date(2026, 1, 2), days: int = 359
) -> list[RegisterLine]:
    """Lines of two books, spread evenly over the days from `start`."""
    return list(_lines(count, start, days))


def has_no_gap(lines: Iterable[RegisterLine]) -> bool:
    """Whether the numbers of every book count from 1, each of them once."""
    books: dict[str, list[int]] = {}
    for line in lines:
        books.setdefault(line.book, []).append(line.entry)
    return all(sorted(entries) == list(range(1, len(entries) + 1)) for entries in books.values())


def _lines(count: int, start: date, days: int) -> Iterator[RegisterLine]:
    chance = Random(7)
    entries = {1: 0, 2: 0}
    for number, person in zip(range(count), people(), strict=False):
        day = start + timedelta(days=number * days // count)
        desk = 1 if chance.random() < 0.6 else 2
        entries[desk] += 1
        late = chance.random() < 0.01
        received = _at(day - timedelta(days=late), 7 * 60 + 30 + chance.randrange(540))
        due = _at(day + timedelta(days=chance.randrange(1, 25)), 16 * 60 + 30)
        procedure, field = chance.choice(_PROCEDURES)
        voided, finished = chance.random() < 0.003, chance.random() < 0.93
        done = finished and not voided
        name = person.full_name
        if number % 500 == 7:
            name = HIGHLAND_NAMES[number // 500 % len(HIGHLAND_NAMES)]
        elif number % 500 == 11:
            name = LONG_NAME
        yield RegisterLine(
            book=f"{desk}/{start.year}",
            entry=entries[desk],
            entered_on=day,
            code=f"H15.038.02-{day:%y%m%d}-{desk}{entries[desk] % 1000:03d}",
            procedure=procedure,
            applicant=name,
            received_at=received,
            late_slip=late,
            field=field,
            address=person.address,
            phone=person.phone if number % 9 else f"+84{person.phone[1:]}",
            authority=chance.choice(_AUTHORITIES),
            due_at=due,
            returned_at=due - timedelta(days=1, minutes=chance.randrange(400)) if done else None,
            return_by=chance.choice(_WAYS),
            signed=name if done and chance.random() < 0.3 else "",
            sets=1 + (chance.random() < 0.1),
            note="Người được ủy quyền nộp" if chance.random() < 0.02 else "",
            status="Đã rút hồ sơ" if not done and chance.random() < 0.3 else "",
            voided=voided,
        )


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), VIETNAM)
