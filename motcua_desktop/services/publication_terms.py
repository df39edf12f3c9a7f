"""Terms and fees as lists of procedures write them: numbers in digits or words, cases and channels in the text.

Nothing is guessed: a number without a unit, or a text that does not say one term, raises `Unreadable`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from motcua_desktop.domain.due import TermKind
from motcua_desktop.domain.publication import Trouble
from motcua_desktop.domain.text import fold

_UNSAID = frozenset(
    {
        "",
        "-",
        "--",
        "–",
        "…",
        "...",
        "khong co thong tin",
        "chua co thong tin",
        "n/a",
        "none",
        "null",
        "khong ro",
    }
)
_NO_TERM = frozenset(
    {"khong quy dinh", "chua quy dinh", "khong xac dinh", "phap luat khong quy dinh", "khong"}
)
CHANNELS = {
    "truc tiep": "Trực tiếp",
    "truc tuyen": "Trực tuyến",
    "dich vu buu chinh": "Dịch vụ bưu chính",
    "buu chinh": "Dịch vụ bưu chính",
    "bcci": "Dịch vụ bưu chính",
    "buu dien": "Dịch vụ bưu chính",
    "cong dich vu cong": "Trực tuyến",
}
ONLINE_CASE, POST_CASE = "nộp trực tuyến", "nộp qua bưu chính"
_CHANNEL_CASES = {"Trực tuyến": ONLINE_CASE, "Dịch vụ bưu chính": POST_CASE}

# Words of number are told by their marks: without them "từ ngày" would be "tư ngày", four days.
_ONES = {"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5}
_ONES |= {"sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_ONE = "|".join(_ONES)
_WORDS = rf"(?:(?:{_ONE}) mươi(?: (?:{_ONE}))?|mười(?: (?:{_ONE}))?|{_ONE})"
_UNITS: tuple[tuple[str, TermKind, int], ...] = (
    ("ngay lam viec", TermKind.WORKING_DAYS, 1),
    ("ngay lv", TermKind.WORKING_DAYS, 1),
    ("gio lam viec", TermKind.WORKING_HOURS, 1),
    ("ngay", TermKind.CALENDAR_DAYS, 1),
    ("gio", TermKind.HOURS, 1),
    ("tuan", TermKind.CALENDAR_DAYS, 7),
    ("thang", TermKind.MONTHS, 1),
)
_UNIT = r"(?:ngày|ngay|giờ|gio) (?:làm việc|lam viec)|ngày lv|ngày|ngay|giờ|gio|tuần|tuan|tháng|thang"
_NUMBER = rf"(?<![\d.,/])\d{{1,3}}(?![\d/]|[.,]\d)|\b{_WORDS}\b"
_QUANTITY = re.compile(
    rf"(?P<number>{_NUMBER})\s*(?:\((?P<again>[^)]*)\)\s*)?(?P<unit>{_UNIT})\b(?P<working>\s*\(làm việc\))?"
)
_BARE = re.compile(rf"(?:{_NUMBER})(?:\s*\([^)]*\))?")
_SAME_DAY = re.compile(
    r"\b(?:ngay )?trong (?:ngày|ngay)(?: làm việc)?\b|\bgiải quyết ngay\b|\btrả (?:kết quả )?ngay\b"
)
_NEXT_DAY = re.compile(r"trong ngày (?:làm việc )?(?:tiếp theo|kế tiếp|sau|hôm sau)")
_AFTER = re.compile(r"\b(?:sau|trước)\s+(\d{1,2})\s*(?:giờ|h|:)\s*(\d{2})?")
_NOT_ONE_NUMBER = re.compile(
    r"\d\s*[.,/]\s*\d+\s*(?:ngay|gio|thang|tuan)|\bnua (?:ngay|thang|gio)|\d\s*(?:-|–|den|toi)\s*\d"
)
_MINUS = re.compile(r"(?:^|(?<=[\s:(]))[-\u2212–]\d")  # a bullet has a space behind it: "- 5 ngày"
_BOILERPLATE = re.compile(
    r"(?:,|ke)?\s*(?:ke|tinh)?\s*tu (?:ngay|khi|thoi diem)\s+(?:[a-z ]*)nhan(?: duoc)?(?: du)?(?: ho so)?"
    r"(?: day du)?(?: va)?(?: dung)?(?: day du)?(?:,? hop le)?(?: theo quy dinh)?"
    r"|\bthoi (?:han|gian)(?: giai quyet| thuc hien)?\b"
    r"|\b(?:la|thi|khong qua|toi da|trong thoi han|trong vong|trong)\b"
)
_AROUND_SAME_DAY = re.compile(r"\b(?:ngay|giai quyet|tra ket qua|tiep nhan|nhan|ho so|lam viec|hop le|du)\b")
_UNITS_OF_FEES = (
    "lần đăng ký", "trường hợp", "bản sao", "văn bản xác nhận", "văn bản", "lần", "giấy chứng nhận", "giấy phép",
    "giấy", "giao dịch", "hợp đồng", "di chúc", "hồ sơ", "trang", "bản", "người", "việc", "chữ ký", "thẻ",
)  # fmt: skip
_UNIT_OF_FEE = re.compile(rf"\s*/\s*(?P<unit>{'|'.join(_UNITS_OF_FEES)}|[^\W\d_]+)")
_SPLIT_AT_CASE = re.compile(r"[.,]?\s+(?=(?:trường hợp|đối với)\b)", re.IGNORECASE)
_CASE = re.compile(r"^(?:truong hop|doi voi|neu|khi)\b")
_OF_WHICH = re.compile(r"^[\s(,.;:]*(?:trong do|bao gom|gom)\b")
_TOTAL = re.compile(r"\b(?:toan trinh|tong (?:thoi han|thoi gian|cong)?)\b")
_AMOUNT = re.compile(
    r"(?<![\d.,/])(\d{1,3}(?:[., ]\d{3})+|\d+)\s*(?:dong|vnd|d)(?![a-z]*/[a-z-]*qd)", re.IGNORECASE
)
_FREE = re.compile(
    r"^(?:phi,? ?le phi|le phi|phi)?\s*:?\s*(?:mien phi|khong(?: thu)?(?: phi)?(?:,? ?le phi)?|mien)\.?$"
)
_PROVINCE = re.compile(r"\b(?:hdnd|hoi dong nhan dan)\b")
_FEE_HEAD = re.compile(r"^\s*(?:phí\s*,?\s*lệ phí|lệ phí|phí|mức thu)\s*(?::\s*|(?=\d))", re.IGNORECASE)


class Unreadable(Exception):
    """A cell that says nothing that can be taken without guessing."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell holds, and what of it an officer should be told."""

    rows: tuple[dict[str, Any], ...]
    remarks: tuple[tuple[Trouble, str], ...] = ()
    totals: tuple[dict[str, Any], ...] = ()


def is_unsaid(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, "Không có thông tin"."""
    return fold(text).strip(" .:") in _UNSAID


def has_minus(text: str) -> bool:
    """Whether a number below nought stands in the text: "-5 ngày"; a range ("2-3") and a bullet have none."""
    return bool(_MINUS.search(text))


def read_whole_number(text: str) -> int | None:
    """A number in digits or in words, "01", "hai mươi", "01 (một) bộ"; None for anything else."""
    bare = re.sub(r"\(.*?\)", " ", text.lower()).strip(" .,;")
    bare = re.sub(r"\s*\b(?:bộ hồ sơ|bộ|bản|hồ sơ)\.?$", "", bare).strip()
    if re.fullmatch(r"\d{1,3}", bare):
        return int(bare)
    return _from_words(bare) if re.fullmatch(_WORDS, bare) else None


def _from_words(words: str) -> int:
    tens, sign, ones = words.replace("mươi", "mười").partition("mười")
    if not sign:
        return _ONES[words.strip()]
    return 10 * _ONES.get(tens.strip(), 1) + _ONES.get(ones.strip(), 0)


def _flat(text: str) -> str:
    """The text folded letter by letter, so that places in it are places in the text."""
    return "".join((fold(letter) or letter)[0] for letter in text)


def read_terms(text: str, unit: str = "") -> Told:
    """The terms that one cell says; `unit` is the one that its heading states, for a number alone.

    Each row holds `kind`, `value` and, where the text says them, `case`, `after`, `note` and `channel`.
    """
    if has_minus(text):
        raise Unreadable(Trouble.TERM_UNREADABLE)
    if fold(text).strip(" .") in _NO_TERM:
        return Told(({"kind": str(TermKind.NOT_STATED), "value": None},))
    rows: list[dict[str, Any]] = []
    totals: list[dict[str, Any]] = []
    remarks: list[tuple[Trouble, str]] = []
    for part in _term_parts(text):
        row = _term(part, unit)
        if row.pop("rest", None):
            remarks.append((Trouble.TERM_REST_NOTED, part))
        if rows and "after" in row and rows[-1] == {"kind": row["kind"], "value": None}:
            rows[-1] = row  # the hour of the same-day rule, in a sentence of its own
        else:
            (totals if row.pop("total", False) else rows).append(row)
    if not rows and not totals:
        raise Unreadable(Trouble.TERM_UNREADABLE)
    return Told(tuple(rows), tuple(remarks), tuple(totals))


def _parts(text: str) -> list[str]:
    parts = [part.strip(" \t-+*•·") for part in re.split(r"\n|;", text)]
    return [part for part in parts if part and not is_unsaid(part)]


def _term_parts(text: str) -> list[str]:
    """Sentence by sentence, and case by case where each says a term of its own."""
    found: list[str] = []
    for part in _parts(text):
        pieces = _SPLIT_AT_CASE.split(part)
        whole = all(_QUANTITY.search(piece.lower()) or _SAME_DAY.search(piece.lower()) for piece in pieces)
        found += [piece.strip() for piece in pieces] if whole else [part]
    return found


def _term(part: str, unit: str) -> dict[str, Any]:
    low = part.lower()
    if len(low) != len(part) or _NOT_ONE_NUMBER.search(_flat(part)):
        raise Unreadable(Trouble.TERM_UNREADABLE)
    if same := _SAME_DAY.search(low):
        return _same_day(part, low, same)
    found = _QUANTITY.search(low)
    if found is None:
        return _without_unit(low, unit)
    if found["again"] and not _agrees(found):
        raise Unreadable(Trouble.TERM_UNREADABLE)
    return _counted(found) | _label(part[: found.start()], part[found.end() :])


def _same_day(part: str, low: str, same: re.Match[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": str(TermKind.SAME_DAY), "value": None}
    hour = _AFTER.search(low)
    if _QUANTITY.search(_AFTER.sub(" ", low)) or (_NEXT_DAY.search(low) and not hour):
        raise Unreadable(Trouble.TERM_UNREADABLE)
    if hour is not None:
        if int(hour[1]) > 23 or int(hour[2] or 0) > 59:
            raise Unreadable(Trouble.TERM_UNREADABLE)
        return row | {"after": f"{int(hour[1]):02}:{int(hour[2] or 0):02}"}
    before, after = part[: same.start()], part[same.end() :]
    if not _AROUND_SAME_DAY.sub("", _flat(after)).strip(" .,:;-()"):
        after = ""
    if not _AROUND_SAME_DAY.sub("", _flat(before)).strip(" .,:;-()"):
        before = ""
    return row | _label(before, after)


def _without_unit(low: str, unit: str) -> dict[str, Any]:
    bare = _BARE.fullmatch(low.strip(" ."))
    if bare is None:
        raise Unreadable(Trouble.NO_UNIT if re.search(r"\d", low) else Trouble.TERM_UNREADABLE)
    number = read_whole_number(low)
    if not unit or number is None:
        raise Unreadable(Trouble.NO_UNIT)
    return _times(number, unit)


def _times(number: int, unit: str) -> dict[str, Any]:
    if number < 1:
        raise Unreadable(Trouble.TERM_UNREADABLE)
    kind, factor = next((kind, factor) for name, kind, factor in _UNITS if name == unit)
    return {"kind": str(kind), "value": number * factor}


def unit_in(heading: str) -> str:
    """The unit that a heading states, "Thời hạn (ngày làm việc)"; "" for none."""
    folded = fold(heading)
    return next((name for name, _, _ in _UNITS if re.search(rf"\(.*\b{name}\b.*\)", folded)), "")


def _counted(found: re.Match[str]) -> dict[str, Any]:
    unit = fold(found["unit"])
    unit = "ngay lam viec" if found["working"] and unit == "ngay" else unit
    number = int(found["number"]) if found["number"].isdigit() else _from_words(found["number"])
    return _times(number, unit)


def _agrees(found: re.Match[str]) -> bool:
    """Whether "05 (năm)" says the same twice."""
    again = read_whole_number(found["again"])
    stated = int(found["number"]) if found["number"].isdigit() else _from_words(found["number"])
    return again == stated


def _label(before: str, after: str) -> dict[str, Any]:
    """What stands around a term: a case, a channel, "in all", or words to keep as its note."""
    if _QUANTITY.search(before.lower()):
        raise Unreadable(Trouble.TERM_UNREADABLE)
    if _QUANTITY.search(after.lower()):
        if _bare(before) or not _OF_WHICH.match(_flat(after)):
            raise Unreadable(Trouble.TERM_UNREADABLE)
        return {"note": after.strip(" (),."), "rest": True}
    before, after = _bare(before), _bare(after)
    around = [text for text in (before, after) if text]
    if not around:
        return {}
    for text in around:
        if fold(text) in CHANNELS:
            return {"channel": CHANNELS[fold(text)]}
        if _TOTAL.fullmatch(fold(text)):
            return {"total": True}
    case = next((text for text in around if _CASE.match(fold(text))), None)
    if case is not None and len(around) == 1:
        return {"case": re.sub(r"^(?i:trường hợp|đối với)\s+", "", case)}
    return {"note": " … ".join(around), "rest": True}


def _bare(text: str) -> str:
    """The text without the phrases that every list has around a term."""
    keep = list(text)
    for found in _BOILERPLATE.finditer(_flat(text)):
        keep[found.start() : found.end()] = " " * (found.end() - found.start())
    return " ".join("".join(keep).split()).strip(" .,:;-()")


def case_of_channel(channel: str) -> str | None:
    """The case for a term that holds only on one channel; None for the counter."""
    return _CHANNEL_CASES.get(channel)


def read_channels(text: str) -> list[str]:
    """The channels that a cell names, in its order; Unreadable where it names none."""
    folded = fold(text)
    places = sorted((folded.find(words), name) for words, name in CHANNELS.items() if words in folded)
    found = list(dict.fromkeys(name for _, name in places))
    if not found:
        raise Unreadable(Trouble.CHOICE_UNKNOWN)
    return found


def read_fee(text: str) -> Told:
    """What one cell says of a fee; words that hold no single amount are kept as its note, and told."""
    if has_minus(text):
        raise Unreadable(Trouble.WRONG_TYPE)
    folded = fold(text)
    rows: list[dict[str, Any]] = []
    remarks: list[tuple[Trouble, str]] = []
    for part in [text] if len(_AMOUNT.findall(folded)) < 2 else _parts(text):
        channel, rest = _channel_in_front(part)
        row, kept = _fee(rest)
        remarks += [(Trouble.FEE_KEPT_AS_NOTE, part)] if kept else []
        rows.append({**row, "channels": [channel]} if channel else row)
    if len(rows) > 1 and not all("channels" in row for row in rows):
        whole = " ".join(text.split())
        return Told(({"amount_vnd": None, "note": whole},), ((Trouble.FEE_KEPT_AS_NOTE, whole),))
    return Told(tuple(rows), tuple(remarks))


def _channel_in_front(text: str) -> tuple[str | None, str]:
    head, colon, rest = text.partition(":")
    name = CHANNELS.get(fold(head).strip(" -+*").removeprefix("nop "))
    return (name, rest.strip()) if colon and name else (None, text)


def _fee(text: str) -> tuple[dict[str, Any], bool]:
    text = " ".join(_FEE_HEAD.sub("", text).split())
    folded = fold(text)
    if _FREE.match(folded):
        return {"amount_vnd": 0, "set_by_province": False}, False
    amounts = list(_AMOUNT.finditer(_flat(text)))
    if len(amounts) == 1:
        return _amount(text, amounts[0])
    if not amounts and _PROVINCE.search(folded):
        return {"amount_vnd": None, "set_by_province": True, "note": text}, False
    return {"amount_vnd": None, "note": text}, True


def _amount(text: str, found: re.Match[str]) -> tuple[dict[str, Any], bool]:
    """One amount, its unit ("/bản"), and the words glued around it as a note."""
    rest = text[found.end() :]
    unit = _UNIT_OF_FEE.match(rest)
    words = text[: found.start()].strip(" -:.,;"), rest[unit.end() if unit else 0 :].strip(" -:.,;")
    note = " … ".join(part for part in words if part)
    row: dict[str, Any] = {"amount_vnd": int(re.sub(r"\D", "", found[1])), "set_by_province": False}
    if unit:
        row["unit"] = "/" + unit["unit"]
    return (row | {"note": note}, True) if note else (row, False)
