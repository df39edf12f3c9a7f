"""Sheets to draw in tests: every form of both sets with short, long, missing and highland content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from motcua_desktop.documents.templates import load_templates
from motcua_desktop.domain.calendar import VIETNAM
from motcua_desktop.domain.forms import (
    Apology,
    ControlSheet,
    FormHead,
    FormParty,
    FormSheet,
    HandOver,
    Label,
    Letter,
    Manifest,
    Parcel,
    Refusal,
    StopNotice,
    SupplementRequest,
)
from motcua_desktop.domain.forms_template import FormKind
from motcua_desktop.domain.forms_wording import form_lines

NEW, OLD = date(2026, 11, 20), date(2025, 7, 14)
LOWER = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz"
HIGHLAND = "ƀčĕĭŏŭñ"
SETS = {"2025": NEW, "2018": OLD}
CONTENTS = ("short", "long", "missing", "highland")

_REASON = (
    "Giấy chứng nhận quyền sử dụng đất nộp kèm là bản sao chưa chứng thực; trích đo bản đồ địa chính không có chữ "
    "ký của người sử dụng đất liền kề; diện tích ghi trong đơn khác với diện tích ghi trong giấy chứng nhận, chưa "
    "có văn bản giải trình; tờ khai lệ phí trước bạ thiếu trang 2 và thiếu chữ ký của người được ủy quyền. "
    "Đề nghị hoàn thiện đủ các giấy tờ nêu trên trước khi nộp lại tại Bộ phận Một cửa."
)
LONG_REASON = f"{_REASON} {_REASON}"[:400].rstrip()
LONG_NAME = "CÔNG TẰNG TÔN NỮ NGUYỄN PHÚC HOÀNG THỊ HỒNG PHƯỢNG KHÁNH VY"
LONG_REQUEST = (
    "Chuyển mục đích sử dụng đất đối với trường hợp phải được phép của cơ quan nhà nước có thẩm quyền, hộ gia "
    "đình, cá nhân"
)
PAPERS = tuple(
    f"Văn bản thỏa thuận của các thành viên có chung quyền sử dụng đất, bản thứ {n:02d} theo danh mục"
    for n in range(1, 54)
)
ADDRESS = (
    "Số nhà 12, ngõ 45, đường Điện Biên, tổ dân phố số 7, phường Hoàng Liên Sơn, tỉnh Lào Cai (đối diện nhà văn "
    "hóa, cạnh trạm biến áp Hoàng Liên Sơn 3)"
)
PEOPLE = {
    "short": FormParty(
        "Lý Thị Phượng",
        honorific="Bà",
        id_number="010191002345",
        address="Thôn Suối Thầu, xã Tả Phìn, tỉnh Lào Cai",
        phone="0912 345 678",
        email="phuong@example.vn",
    ),
    "long": FormParty(
        LONG_NAME,
        honorific="Bà",
        id_number="038191002345",
        address=ADDRESS,
        phone="0912 345 678",
        email="congtangtonnu.hongphuong.khanhvy@example.vn",
    ),
    "missing": FormParty(""),
    "highland": FormParty(
        "H'Hen Niê, Y Moan Ênuôl, H'Ƀlŏ Čĭl Kŭan",
        id_number="066085001122",
        address="Buôn Ƀuôr, ƀ č ĕ ŏ ŭ Ƀ Č Ĕ Ŏ Ŭ, xã Ea Tu, tỉnh Đắk Lắk",
        phone="0905 111 222",
    ),
}
_UNIT = "Trung tâm Phục vụ hành chính công xã Tả Phìn"
_STEPS = (
    HandOver(
        "Bộ phận Một cửa",
        "Công chức Địa chính",
        datetime(2026, 11, 20, 15, 10, tzinfo=VIETNAM),
        "Chảo Thị Nhung",
        "Vàng A Dế",
        "Trước hạn",
    ),
    HandOver(
        "Công chức Địa chính",
        "Chủ tịch UBND xã",
        datetime(2026, 11, 25, 8, 5, tzinfo=VIETNAM),
        "Vàng A Dế",
        "Giàng Thị Mỷ",
        "Quá hạn",
        "Thiếu trang 2",
    ),
)


def head(kind: FormKind, received: date, content: str = "short") -> FormHead:
    """A head as an office prints it; with nothing known there is neither number nor hotline."""
    template = load_templates().get(kind, received)
    bare = content == "missing"
    long = content == "long"
    return FormHead(
        template=template,
        office="UBND PHƯỜNG HOÀNG LIÊN SƠN" if long else "UBND XÃ TẢ PHÌN",
        place="Hoàng Liên Sơn" if long else "Tả Phìn",
        day=date(2026, 11, 20),
        desk=2,
        number_line=template.number_line(None if bare else 1438 if long else 3),
        code="H15.038.17-261229-20381" if long else "H15.038.02-261120-2038",
        key="0517226122903810" if long else "0501226112000387",
        secret="90275513" if long else "48219037",
        hotline="" if bare else "0214 3871 022 (giờ hành chính)",
        extra="Tra cứu tại dichvucong.gov.vn bằng mã hồ sơ." if long else "",
    )


def sheet(kind: FormKind, received: date, content: str) -> FormSheet:
    """One sheet of a kind."""
    return _MAKERS[kind](head(kind, received, content), PEOPLE[content], content)


def all_sheets() -> Iterator[tuple[str, FormSheet]]:
    """Every sheet with its name: set, kind, content."""
    templates = load_templates()
    for year, received in SETS.items():
        for kind in _MAKERS:
            if templates.find(kind, received) is None or (kind in _ONCE and year == "2018"):
                continue
            for content in CONTENTS:
                name = kind.value if kind in _ONCE else f"{year}-{kind.value}"
                yield f"{name}-{content}", sheet(kind, received, content)


_ONCE = (FormKind.BIRTH, FormKind.MARRIAGE, FormKind.DEATH, FormKind.LABEL, FormKind.MANIFEST)


def _request(content: str) -> str:
    return {"short": "Đăng ký khai sinh", "long": LONG_REQUEST, "missing": ""}.get(content, "Đăng ký kết hôn")


def _reason(content: str) -> str:
    return {"short": "Thiếu giấy chứng sinh", "long": LONG_REASON, "missing": ""}.get(
        content, "Thửa đất ở Buôn Ƀuôr"
    )


def _papers(content: str) -> tuple[str, ...]:
    return {"short": ("Giấy chứng sinh",), "long": PAPERS, "missing": ()}.get(
        content, ("Giấy của Y Ƀlŏ", "Đơn")
    )


def _officer(content: str) -> str:
    return "" if content == "missing" else "Chảo Thị Nhung"


def _supplement(top: FormHead, party: FormParty, content: str) -> FormSheet:
    bare = content == "missing"
    return SupplementRequest(
        replace(top, code="", key="", secret="") if bare else top,
        party,
        _request(content),
        _papers(content),
        _reason(content),
        _officer(content),
        unit="" if bare else _UNIT,
        contact="" if bare else "Chảo Thị Nhung",
        contact_phone="" if bare else "0214 3871 022",
        until=None if bare else date(2026, 12, 21),
    )


def _refusal(top: FormHead, party: FormParty, content: str) -> FormSheet:
    unit = "" if content == "missing" else _UNIT
    return Refusal(top, party, unit, _request(content), _reason(content), _officer(content))


def _apology(top: FormHead, party: FormParty, content: str) -> FormSheet:
    bare = content == "missing"
    return Apology(
        top,
        party,
        "" if bare else "Ủy ban nhân dân xã Tả Phìn",
        _request(content),
        datetime(2026, 11, 2, 9, 47, tzinfo=VIETNAM),
        None if bare else datetime(2026, 11, 20, 16, 30, tzinfo=VIETNAM),
        _reason(content),
        None if bare else datetime(2026, 11, 25, 16, 30, tzinfo=VIETNAM),
        signer="" if bare else "Giàng Thị Mỷ",
        signer_title="CHỦ TỊCH" if content == "long" else "",
        recipients=() if bare else ("Như trên", "Bộ phận Một cửa", "Lưu: VT"),
    )


def _stop(top: FormHead, party: FormParty, content: str) -> FormSheet:
    bare = content == "missing"
    return StopNotice(
        top,
        party,
        _request(content),
        datetime(2026, 11, 2, 9, 47, tzinfo=VIETNAM),
        _reason(content),
        basis="" if bare else "Đơn đề nghị dừng giải quyết ngày 19/11/2026",
        returned=_papers(content),
        refund="" if bare else "50.000 đồng, biên lai 0001123",
        signer="" if bare else "Giàng Thị Mỷ",
        recipients=() if bare else ("Như trên", "Lưu: VT"),
    )


def _control(top: FormHead, party: FormParty, content: str) -> FormSheet:
    bare = content == "missing"
    steps = {"short": _STEPS[:1], "long": _STEPS * 8, "missing": ()}.get(content, _STEPS)
    return ControlSheet(
        top,
        "" if bare else "Bộ phận Tư pháp - Hộ tịch",
        datetime(2026, 11, 20, 9, 47, tzinfo=VIETNAM),
        None if bare else datetime(2026, 11, 27, 16, 30, tzinfo=VIETNAM),
        partners=ADDRESS if content == "long" else "",
        handovers=steps,
    )


def _letter(top: FormHead, party: FormParty, content: str) -> FormSheet:
    names = {
        "short": ("Lý A Páo", "Giàng Thị Mỷ", "gia đình anh Lý A Sính và chị Chảo Thị Nhung"),
        "long": (LONG_NAME, LONG_NAME, f"gia đình ông {LONG_NAME} và bà {LONG_NAME}"),
        "missing": ("", "", ""),
        "highland": ("H'Ƀlŏ Niê Kdăm", "Y Moan Ênuôl", "gia đình ông Y Čĭl Ênuôl và bà H'Hen Niê"),
    }[content]
    sender = "" if content == "missing" else "Ủy ban nhân dân xã Tả Phìn"
    return Letter(top, *names, sender=sender, signer="" if content == "missing" else "Giàng Thị Mỷ")


def _label(top: FormHead, party: FormParty, content: str) -> FormSheet:
    bare = content == "missing"
    return Label(
        replace(top, code="", key="", secret="") if bare else top,
        party,
        "" if bare else _UNIT,
        "" if bare else ADDRESS if content == "long" else "Thôn Sả Séng, xã Tả Phìn, tỉnh Lào Cai",
        sender_phone="" if bare else "0214 3871 022",
        contents=LONG_REQUEST if content == "long" else "" if bare else "Giấy khai sinh",
        tracking="" if bare else "EA123456789VN",
    )


def _manifest(top: FormHead, party: FormParty, content: str) -> FormSheet:
    count = {"short": 2, "long": 40, "missing": 0, "highland": 1}[content]
    parcels = tuple(
        Parcel(f"H15.038.02-261120-{n:04d}", party.name, party.address, party.phone, f"EA{n:09d}VN")
        for n in range(1, count + 1)
    )
    carrier = "" if content == "missing" else "Bưu điện xã Tả Phìn"
    return Manifest(replace(top, code="", key="", secret=""), parcels, _officer(content), carrier)


_MAKERS = {
    FormKind.SUPPLEMENT: _supplement,
    FormKind.REFUSAL: _refusal,
    FormKind.APOLOGY: _apology,
    FormKind.STOP: _stop,
    FormKind.CONTROL: _control,
    FormKind.BIRTH: _letter,
    FormKind.MARRIAGE: _letter,
    FormKind.DEATH: _letter,
    FormKind.LABEL: _label,
    FormKind.MANIFEST: _manifest,
}


def golden_text(drawn: FormSheet) -> str:
    """What stands in a sheet's golden file: its paper, then a line a line."""
    template = drawn.head.template
    said = [f"# {template.set_name} {template.form} {template.leaf} x{template.copies}".replace("  ", " ")]
    return "\n".join([*said, *(line.text for line in form_lines(drawn))]) + "\n"
