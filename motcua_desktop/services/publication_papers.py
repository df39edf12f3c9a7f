"""Papers as lists of procedures write them: lines with counts, headings, notes and file names among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from motcua_desktop.domain.procedure import Mode, Need
from motcua_desktop.domain.publication import Trouble
from motcua_desktop.domain.text import fold
from motcua_desktop.services.publication_terms import (
    Unreadable,
    has_minus,
    is_unsaid,
    read_whole_number,
)

_BULLET = re.compile(r"^\s*(?:[-+*•·–]|\(?\d{1,2}[.)]|\(?[a-zđ][.)]|[IVX]{1,4}[.)])\s+|^\s*[-+*•·–]")
_FILE = re.compile(
    r"\.(?:docx?|pdf|xlsx?|rar|zip|odt)\b|\.(?:docx?|pdf|xlsx?|rar|zip|odt)(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE
)
_GLUE = re.compile(r"(?<=[a-zà-ỹđ)])(?=[A-ZĐ0-9])")
_NOTE = re.compile(r"^(?:luu y|ghi chu|chu y|chu thich)\b")
_CASE = re.compile(r"^(?:truong hop|doi voi|neu)\b")
_HEAD_OF_CASE = re.compile(r"^(?:trường hợp|đối với)(?:\s+\d+\s*[:.)]|\s*:)?\s+", re.IGNORECASE)
_COMMON = re.compile(r"^(?:thanh phan chung|giay to chung|thanh phan ho so|ho so gom|ho so bao gom)\b.*:?$")
_PRESENT = re.compile(r"^(?:giay to|thanh phan)?\s*(?:phai )?xuat trinh\b.*:$")
_SUBMIT = re.compile(r"^(?:giay to|thanh phan)?\s*(?:phai )?nop\b.*:$")
_ORIGINAL = r"ban (?:chinh|goc)"
_COPY = r"ban (?:sao|chup|photo|photocopy)"
_AFTER = re.compile(rf"(?P<what>{_ORIGINAL}|{_COPY})\s*:\s*(?P<count>\d{{1,2}})\b")
_BEFORE = re.compile(
    rf"(?<!\d)(?P<count>\d{{1,2}})\s*(?:\([a-z ]+\)\s*)?(?P<what>{_ORIGINAL}|{_COPY})(?! khac)"
)
_COUNTS_ONLY = re.compile(r"[\s();,.:-]*")


@dataclass(slots=True)
class Pile:
    """Papers read one after another; a heading or a note holds until the next one."""

    papers: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[tuple[Trouble, str]] = field(default_factory=list)
    case: str | None = None
    mode: Mode | None = None
    in_note: bool = False

    def read(self, text: str, **said: Any) -> None:
        """One line; `said` are the keys that columns of their own give (counts, mode, need, case, short)."""
        name = _BULLET.sub("", text).strip()
        folded = fold(name)
        if not name or is_unsaid(name):
            return
        if self._is_heading(name, folded, said):
            return
        if _NOTE.match(folded):
            self.in_note = True
        if self.in_note and not any((said.get("original"), said.get("copy"), *_counts(name)[1].values())):
            self.remarks.append((Trouble.NOTE_LEFT_OUT, name))
            return
        self.in_note = False
        self._take(name, said)

    def _is_heading(self, name: str, folded: str, said: dict[str, Any]) -> bool:
        """Whether the line tells what the next ones are: a case, papers to show, papers to hand in.

        `said["bare"]` is whether the table counts papers in columns of their own, and this row has nothing there.
        """
        if _counts(name)[1] or said.get("original") or said.get("copy"):
            return False
        if _PRESENT.match(folded) or _SUBMIT.match(folded):
            self.mode, self.case = (Mode.PRESENT if _PRESENT.match(folded) else Mode.SUBMIT), None
        elif _COMMON.match(folded):
            self.mode = self.case = None
        elif _CASE.match(folded) and (name.endswith(":") or said.get("bare")):
            self.case = _HEAD_OF_CASE.sub("", name).strip(" :.")
        else:
            return False
        self.in_note = False
        return True

    def _take(self, text: str, said: dict[str, Any]) -> None:
        name, file = _without_file(text)
        if file:
            self.remarks.append((Trouble.FILE_NAME_CUT, text))
        name, counts = _counts(name)
        name = name.strip(" .;,:-–")
        if not name:
            return
        counts |= {key: said[key] for key in ("original", "copy") if said.get(key) is not None}
        if counts and not counts.get("original") and not counts.get("copy"):
            self.remarks.append((Trouble.NOTE_LEFT_OUT, text))
            return
        if not counts:
            self.remarks.append((Trouble.COUNTS_ASSUMED, name))
        paper = {"name": name, **({"original": 0, "copy": 0} if counts else {}), **counts}
        self.papers.append(paper | self._circumstances(name) | _chosen(said))

    def _circumstances(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {"mode": str(self.mode)} if self.mode else {}
        if self.case is not None:
            found |= {"need": str(Need.CASE), "case": self.case}
        elif fold(name).startswith("bieu mau dien tu tuong tac"):
            found |= {"need": str(Need.ONLINE), "case": "Chỉ khi nộp trực tuyến"}
        elif "(neu co)" in fold(name):
            found |= {"need": str(Need.CASE), "case": "Nếu có"}
        elif _CASE.match(fold(name)):
            found |= {"need": str(Need.CASE), "case": "Theo điều kiện ghi trong tên giấy tờ"}
        return found


def _chosen(said: dict[str, Any]) -> dict[str, Any]:
    """What columns of their own say; a case named there makes the paper one of that case."""
    found = {key: said[key] for key in ("mode", "need", "case", "short") if said.get(key)}
    if "case" in found and "need" not in found:
        found["need"] = str(Need.CASE)
    if found.get("need") == Need.ALWAYS:
        found["case"] = None
    return found


def _without_file(text: str) -> tuple[str, str]:
    """A paper's name without the file name that is glued to it, and that file name."""
    found = _FILE.search(text)
    if found is None:
        return text, ""
    before, after = text[: found.start()], text[found.end() :]
    start = _start_of_file(before)
    if before[start:].startswith("("):
        after = after.removeprefix(")")
    rest, more = _without_file(f"{before[:start]} {after}")
    return " ".join(rest.split()).strip(" (:;-–"), before[start:] + found[0] + more


def _start_of_file(before: str) -> int:
    """Where a file's name begins: at a word with underscores, at a capital glued to a word, at a bracket.

    Else its own name is the paper's, and only the ending goes.
    """
    word = before.rfind(" ") + 1
    if "_" in before[word:]:
        glued = _GLUE.search(before, word)
        return glued.start() if glued and glued.start() < before.index("_", word) else word
    if glued := _GLUE.search(before):
        return glued.start()
    bracket = before.rfind("(")
    return bracket if bracket > before.rfind(")") else len(before)


def _counts(text: str) -> tuple[str, dict[str, int]]:
    """The text without its counts, and originals and copies where it says them."""
    flat = "".join((fold(letter) or letter)[0] for letter in text)
    counts: dict[str, int] = {}
    keep = list(text)
    for pattern in (_AFTER, _BEFORE):
        for found in pattern.finditer(flat):
            key = "original" if re.match(_ORIGINAL, found["what"]) else "copy"
            if key not in counts:
                counts[key] = int(found["count"])
                keep[found.start() : found.end()] = " " * (found.end() - found.start())
    if not counts:
        return text, counts
    bare = re.sub(r"\(\s*[,;]*\s*(?:và|hoặc)?\s*\)", " ", "".join(keep))
    return " ".join(bare.split()).strip(" .;,:-–("), counts


def read_papers(cells: Iterable[str]) -> Pile:
    """Every line of some cells, each a paper, a heading or a note."""
    pile = Pile()
    for cell in cells:
        for line in cell.split("\n"):
            pile.read(line)
    return pile


def read_count(text: str) -> int | None:
    """A number of copies; None where the cell says nothing, Unreadable for what is no number."""
    if is_unsaid(text):
        return None
    number = read_whole_number(text)
    if number is None:
        raise Unreadable(Trouble.COUNT_UNREADABLE)
    return number


def read_quantity(text: str) -> dict[str, int]:
    """A cell such as "Bản chính: 1 Bản sao: 0" or "01 bản chính"; a number alone counts originals."""
    if is_unsaid(text):
        return {}
    if has_minus(text):
        raise Unreadable(Trouble.COUNT_UNREADABLE)
    rest, counts = _counts(" ".join(text.split()))
    if counts and _COUNTS_ONLY.fullmatch(rest):
        return {"original": 0, "copy": 0, **counts}
    number = read_whole_number(text)
    if number is None:
        raise Unreadable(Trouble.COUNT_UNREADABLE)
    return {"original": number, "copy": 0}
