"""`motcua intake`: one answer a line, bad lines one by one, nothing lost around them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from motcua_desktop.assets import resource
from motcua_desktop.cli import desk_commands
from motcua_desktop.messages import TEXTS
from tests.cli.commands import Motcua, Said, good, lines_file
from tests.factories import BIRTH, NO_TERM, line

SAMPLE = resource("sample", "day-2026-11-20.jsonl")
CARD = "011091000001||Vàng A Dế|15031991|Nam|Bản Tả Phìn, xã Tả Phìn, tỉnh Điện Biên|15082021"


def test_the_sample_day_gives_an_answer_and_a_receipt_for_each_of_its_lines(
    motcua: Motcua, tmp_path: Path
) -> None:
    said = motcua("intake", SAMPLE, "--receipts", tmp_path / "receipts")
    rows = said.rows
    assert said.code == 0
    assert len(rows) == 37
    assert [row["line"] for row in rows] == list(range(1, 38))
    assert [row["code"] for row in rows] == [f"H18.11.05-261120-{n:04}" for n in range(1, 38)]
    assert len({row["key"] for row in rows}) == len({row["id"] for row in rows}) == 37
    assert all(len(row["secret"]) == 8 and row["due_at"] and row["due_total_at"] is None for row in rows)
    files = sorted((tmp_path / "receipts").iterdir())
    assert [str(path) for path in files] == [row["receipt"] for row in rows]
    for path in files:
        document = pypdfium2.PdfDocument(path)
        assert len(document) >= 2
        document.close()
    assert len(motcua("find", "261120", "--limit", 99).rows) == 37
    assert [row["urgency"] for row in motcua("board", "--at", "2026-11-20T08:00").rows].count("overdue") == 0
    assert motcua("check").rows[0]["items"][1]["faults"] == 0


def test_an_answer_has_every_field_that_was_promised(motcua: Motcua) -> None:
    (row,) = motcua("intake", "-", given=(line(card=CARD, applicant=None) + "\n").encode()).rows
    assert list(row)[:9] == [
        *("line", "id", "code", "key", "secret", "received_at", "due_at", "due_total_at"),
        "provisional",
    ]
    assert (row["code"], row["key"]) == ("H18.11.05-261120-0001", "0501126112000016")
    assert row["received_at"] == "2026-11-20T09:47:00+07:00"
    assert (row["receipt"], row["warnings"]) == (None, [])


def test_a_warning_has_number_field_and_sentence(motcua: Motcua) -> None:
    woman = CARD.replace("|Nam|", "|Nữ|", 1)
    (row,) = motcua("intake", "-", given=line(procedure=BIRTH, card=woman, applicant=None).encode()).rows
    assert [(w["number"], w["field"]) for w in row["warnings"]] == [
        ("MC-102", "applicant.id_number"),
        ("MC-110", "documents"),
    ]
    assert all("{" not in w["text"] and len(w["text"]) > 20 for w in row["warnings"])


def named(full_name: str, id_number: str = "011091000001") -> dict[str, str]:
    return {"full_name": full_name, "id_number": id_number}


def deep(depth: int) -> str:
    return '{"procedure": "2.000815", "documents": ' + "[" * depth + "]" * depth + "}"


ID_NUMBER = "applicant.id_number"
BAD: tuple[tuple[str, str | bytes, str, str | None], ...] = (
    ("unknown procedure", line(procedure="9.999999"), "MC-116", "procedure"),
    ("no procedure", line(procedure=None), "MC-116", "procedure"),
    ("eleven digits", line(applicant=named("A", "01109100000")), "MC-101", "applicant.id_number"),
    ("letters", line(applicant=named("A", "A" * 12) | {"birth_date": "1991"}), "MC-101", ID_NUMBER),
    ("no name", line(applicant={"id_number": "011091000001"}), "MC-115", "applicant.full_name"),
    ("nobody", line(applicant=None), "MC-115", "applicant"),
    ("no such paper", line(documents=[{"item": 9, "original": 1}]), "MC-117", "documents[0].item"),
    ("paper twice", line(documents=[{"item": 1, "original": 1}] * 2), "MC-129", "documents[1].item"),
    ("future", line(received_at="2026-11-21T08:00:00+07:00"), "MC-118", "received_at"),
    ("no date", line(received_at="hôm qua"), "MC-119", "received_at"),
    ("year 1", line(received_at="0001-01-01T00:00:00+23:00"), "MC-119", "received_at"),
    ("year 9999", line(received_at="9999-12-31T23:59:59-23:00"), "MC-119", "received_at"),
    ("no term", line(procedure=NO_TERM, documents=[]), "MC-114", "due_at"),
    ("wild appointment", line(procedure=NO_TERM, documents=[], due_at="9026-11-24T08:00"), "MC-119", "due_at"),
    ("broken", '{"procedure": "2.000815", ', "MC-100", None),
    ("array", "[1, 2, 3]", "MC-100", None),
    ("text", '"2.000815"', "MC-100", None),
    ("noise", b"\x9f\x88" * (5 << 20), "MC-100", None),
    ("long", b'{"note": "' + b"x" * (10 << 20) + b'"}', "MC-100", None),
    ("emoji", line(applicant=named("Vàng 😀")), "MC-191", "applicant.full_name"),
    ("not utf-8", b'{"procedure": "2.000815", "note": "\xff\xfe"}', "MC-100", None),
    ("utf-16", "{}".encode("utf-16"), "MC-100", None),
    ("wrong type", line(procedure=2.000815), "MC-123", "procedure"),
    ("nan", line().replace('"original": 1', '"original": NaN'), "MC-123", "documents[0].original"),
    ("infinity", line().replace('"original": 1', '"original": 1e999'), "MC-123", "documents[0].original"),
    ("huge", line(sets=10**400), "MC-123", "sets"),
    ("huger", '{"sets": ' + "9" * 5000 + "}", "MC-100", None),
    ("deep", deep(15_000), "MC-100", None),
    ("less deep", deep(400), "MC-115", "applicant"),
    ("surrogate", line(note="x").replace('"x"', '"\\ud800"'), "MC-191", "note"),
    ("surrogate elsewhere", line(sets=1).replace('"sets": 1', '"sets": "\\ud800"'), "MC-123", "sets"),
    ("case", line(case="không có"), "MC-124", "case"),
    ("channel", line(channel="fax"), "MC-125", "channel"),
    ("bank code", line(card="00020101021238540010A0000007276304A13F", applicant=None), "MC-103", "card"),
)  # fmt: skip


def test_every_bad_line_is_refused_alone_and_the_good_ones_around_it_are_kept(
    motcua: Motcua, tmp_path: Path
) -> None:
    rows: list[str | bytes] = []
    for n, (_, text, _, _) in enumerate(BAD):
        rows += [good(n), text]
    said = motcua("intake", lines_file(tmp_path / "lines.jsonl", *rows, good(99)))
    answers = said.rows
    assert said.code == 1
    assert [row["line"] for row in answers] == list(range(1, 2 * len(BAD) + 2))
    kept = [row["code"][-4:] for row in answers if "code" in row]
    assert kept == [f"{n:04}" for n in range(1, len(BAD) + 2)]
    refused = [row["refused"] for row in answers if "refused" in row]
    told = [(name, one["number"], one["field"]) for (name, *_), one in zip(BAD, refused, strict=True)]
    assert told == [(name, number, field) for name, _, number, field in BAD]
    for one in refused:
        assert one["number"] in TEXTS
        assert len(one["text"]) > 20
        assert "{" not in one["text"]
    assert said.err == ""


@pytest.mark.parametrize("name", [name for name, *_ in BAD])
def test_a_bad_line_alone_leaves_no_trace(motcua: Motcua, name: str) -> None:
    text = next(text for known, text, _, _ in BAD if known == name)
    said = motcua("intake", "-", given=text.encode() if isinstance(text, str) else text)
    assert said.code == 1
    assert "refused" in said.row
    assert motcua("find", "261120").rows == []


def test_an_answer_names_the_line_of_the_file_also_behind_blank_lines(motcua: Motcua) -> None:
    given = f"\n  \r\n{good(1)}\n\n{{}}\n\t\n{good(2)}".encode()
    assert [row["line"] for row in motcua("intake", "-", given=given).rows] == [3, 5, 7]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_files_from_windows_are_read(motcua: Motcua, end: str) -> None:
    said = motcua("intake", "-", given=b"\xef\xbb\xbf" + (good(1) + "\r\n" + good(2) + end).encode())
    assert (said.code, len(said.rows)) == (0, 2)


def test_an_empty_file_is_no_mistake(motcua: Motcua, tmp_path: Path) -> None:
    said = motcua("intake", lines_file(tmp_path / "empty.jsonl"))
    assert (said.code, said.out, said.err) == (0, "", "")


def test_strict_refuses_what_is_owed(motcua: Motcua) -> None:
    lacking = line(procedure=BIRTH)
    said = motcua("intake", "-", "--strict", given=f"{lacking}\n{good(1)}\n".encode())
    assert (said.code, [row.get("refused", {}).get("number") for row in said.rows]) == (1, ["MC-110", None])
    assert motcua("intake", "-", given=lacking.encode()).row["warnings"][0]["number"] == "MC-110"


def test_the_same_request_twice_is_one_dossier_with_one_receipt(motcua: Motcua, tmp_path: Path) -> None:
    given = (line(request_id="r-1") + "\n").encode() * 2
    first, second = motcua("intake", "-", "--receipts", tmp_path / "out", given=given).rows
    assert {**first, "line": 2} == second
    before = Path(first["receipt"]).read_bytes()
    again = motcua("intake", "-", "--receipts", tmp_path / "out", given=given[: len(given) // 2])
    assert again.row["id"] == first["id"]
    assert Path(first["receipt"]).read_bytes() == before
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_receipt_that_cannot_be_written_is_a_warning_on_a_saved_dossier(
    motcua: Motcua, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_commands, "_make_folder", lambda folder: None)
    said = motcua("intake", "-", "--receipts", tmp_path / "gone", given=good(1).encode())
    assert said.code == 0
    assert (said.row["receipt"], said.row["warnings"][-1]["number"]) == (None, "MC-120")
    assert len(motcua("find", "duc").rows) == 1


def test_a_bug_in_drawing_loses_neither_dossier_nor_answer_nor_the_next_line(
    motcua: Motcua, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk_commands, "draw_first_receipt", broken)
    given = f"{good(1)}\n{good(2)}\n".encode()
    said = motcua("intake", "-", "--receipts", tmp_path / "out", given=given)
    assert [row["code"][-4:] for row in said.rows] == ["0001", "0002"]
    assert [[w["number"] for w in row["warnings"]] for row in said.rows] == [["MC-999"], ["MC-999"]]
    assert len(list((tmp_path / "desk" / "reports").iterdir())) == 2


def test_a_receipts_folder_that_is_a_file_stops_before_anything_is_saved(
    motcua: Motcua, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    said = motcua("intake", "-", "--receipts", tmp_path / "file", given=good(1).encode())
    assert (said.code, said.out) == (2, "")
    assert "MC-210" in said.err
    assert motcua("find", "duc").rows == []


def test_a_file_that_is_not_there_is_told_in_one_sentence(motcua: Motcua, tmp_path: Path) -> None:
    said = motcua("intake", tmp_path / "none.jsonl")
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert "MC-210" in said.err


def test_without_json_an_answer_is_still_a_line_of_json(
    bare: Callable[..., Said], motcua: Motcua, folder: Path
) -> None:
    said = bare("intake", "-", "--data", folder, given=good(1).encode())
    assert json.loads(said.out)["code"] == "H18.11.05-261120-0001"
