"""The commands that look, and those that keep house: what they answer and how they exit."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua_desktop.domain.clock import now_ms
from motcua_desktop.services import checkup
from motcua_desktop.services.desk import open_desk
from motcua_desktop.services.sheets import find_dossier
from tests.cli.commands import INIT, Motcua, Said, good
from tests.factories import line

CULTURE_DAY = "NQ 28/2026/QH16; chưa kiểm chứng"
CARD = "011091000001|012345678|Vàng A Dế|15031991|Nam|Bản Tả Phìn, xã Tả Phìn, tỉnh Điện Biên|15082021"

COMMANDS = (
    *(
        ["find", "x"],
        ["show", "x"],
        ["board"],
        ["check"],
        ["rebuild"],
        ["intake", "-"],
        ["catalogue", "list"],
    ),
    *(["due", "ks", "--received", "2026-11-20T08:00"], ["calendar", "list", "--year", "2026"]),
)
WRONG: tuple[list[str], ...] = (
    *([], ["dance"], ["find"], ["due", "ks"], ["intake"], ["board", "--limit", "x"], ["calendar"]),
    *(["sheet", "x", "poem"], ["calendar", "list", "--year", "99999"], ["calendar", "list", "--year", "0"]),
    *(["calendar", "add", "2026-13-01", "off"], ["calendar", "add", "2026-11-25", "off"]),
)
NOT_CARDS = (
    ("https://vneid.gov.vn/x", "vneid"),
    ("0501126112000016", "receipt"),
    ("H18.11.05-261120-0001", "dossier_code"),
    ("011091000001", "id_number"),
    ("", "unknown"),
)


@pytest.fixture
def worked(motcua: Motcua) -> Motcua:
    """A desk with three dossiers."""
    given = "\n".join([good(1), good(2, procedure="1.004873", documents=[]), line()])
    assert motcua("intake", "-", given=given.encode()).code == 0
    return motcua


def test_init_makes_one_store_and_says_where(bare: Motcua, folder: Path) -> None:
    made = bare(*INIT, "--data", folder, "--json")
    assert (made.code, made.row["store"]) == (0, str(folder / "motcua.db"))
    assert made.row["office"]["hours"] == "07:30-11:30,13:30-17:00"
    again = bare(*INIT, "--data", folder)
    assert (again.code, again.out) == (2, "")
    assert "MC-206" in again.err


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("--office-code", "H18", "MC-201"),
        ("--office", " ", "MC-202"),
        ("--officer", "", "MC-202"),
        ("--desk", "0", "MC-203"),
        ("--desk", "10", "MC-203"),
        ("--unit", "501", "MC-204"),
        ("--unit", "٠٥٠١", "MC-204"),
        ("--hours", "07:30", "MC-205"),
        ("--hours", "11:30-07:30", "MC-205"),
        ("--hours", "07:30-12:00,11:30-17:00", "MC-205"),
        ("--hours", "07:30+07:00-11:30", "MC-205"),
        ("--hours", "", "MC-205"),
        ("--return-at", "18:00", "MC-205"),
        ("--return-at", "x", "MC-205"),
    ],
)
def test_an_office_that_cannot_be_is_refused_and_nothing_is_made(
    bare: Motcua, folder: Path, name: str, value: str, number: str
) -> None:
    said = bare(*INIT, name, value, "--data", folder)
    assert said.code != 0
    assert number in said.err
    assert not folder.exists()


@pytest.mark.parametrize("before", [True, False])
def test_the_folder_may_be_named_before_or_after_the_command(
    bare: Motcua, motcua: Motcua, folder: Path, before: bool
) -> None:
    where = ["--data", folder, "--json"]
    said = bare(*where, "board") if before else bare("board", *where)
    assert (said.code, said.out, said.err) == (0, "", "")
    nested = bare(*where, "catalogue", "list") if before else bare("catalogue", "list", *where)
    assert nested.code == 0
    assert nested.rows[0]["code"]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_without_a_store_every_command_says_so_and_makes_none(
    bare: Motcua, folder: Path, arguments: list[str]
) -> None:
    said = bare(*arguments, "--data", folder, given=good(1).encode())
    assert (said.code, said.out) == (2, "")
    assert "MC-207" in said.err
    assert not folder.exists()


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_exits_with_two(bare: Motcua, arguments: list[str]) -> None:
    said = bare(*arguments)
    assert (said.code, said.out) == (2, "")
    assert "usage" in said.err


def test_due_tells_date_rule_and_skipped_days(motcua: Motcua) -> None:
    said = motcua("due", "1.001193", "--received", "2026-11-23T15:01")
    row = said.row
    assert said.code == 0
    assert row == {
        "procedure": "1.001193",
        "case": None,
        "received_at": "2026-11-23T15:01:00+07:00",
        "due_at": "2026-11-25T17:00:00+07:00",
        "due_total_at": None,
        "provisional": False,
        "rule": row["rule"],
        "statutory": None,
        "rule_total": None,
        "skipped": [{"date": "2026-11-24", "reason": "Ngày Văn hóa Việt Nam", "source": CULTURE_DAY}],
    }
    assert (row["rule"]["kind"], row["rule"]["after"]) == ("same_day", "15:00")
    assert row["rule"]["source"]
    assert motcua("due", "ks", "--received", "2026-11-23T15:01").row == row
    assert motcua("due", "KS", "--received", "2026-11-23T15:01").row == row
    assert motcua("due", "1.001193", "--received", "2026-11-23T08:01Z").row == row


def test_due_counts_the_case_that_was_named(motcua: Motcua) -> None:
    asked = ("due", "1.004884", "--received", "2026-11-20T08:00", "--case")
    row = motcua(*asked, "phải xác minh nơi đăng ký cũ").row
    assert (row["due_at"], row["case"]) == ("2026-12-28T17:00:00+07:00", "phải xác minh nơi đăng ký cũ")
    unknown = motcua(*asked, "không có")
    assert (unknown.code, unknown.row["refused"]["number"]) == (1, "MC-124")


def test_due_says_when_a_date_is_provisional_and_when_there_is_none(
    motcua: Motcua, bare: Motcua, folder: Path
) -> None:
    late = motcua("due", "1.001193", "--received", "2026-12-31T15:01").row
    assert late["provisional"] is True
    none = motcua("due", "3.000722", "--received", "2026-11-20T08:00")
    assert (none.code, none.row["due_at"], none.row["rule"]["kind"]) == (0, None, "not_stated")
    human = bare("due", "1.001193", "--received", "2026-12-31T15:01", "--data", folder)
    assert "2027" in human.out
    assert "\n" in human.out


@pytest.mark.parametrize(
    "moment", ["x", "2026-02-30T08:00", "9999-12-31T23:00", "0001-01-01T00:00+14:00", "1026-11-20"]
)
def test_a_moment_that_cannot_be_is_refused(motcua: Motcua, moment: str) -> None:
    for arguments in (("due", "ks", "--received", moment), ("board", "--at", moment)):
        said = motcua(*arguments)
        assert (said.code, said.row["refused"]["number"]) == (1, "MC-119")


def test_a_card_is_told_field_by_field(bare: Motcua) -> None:
    expected = {
        "kind": "identity_card",
        "id_number": "011091000001",
        "old_id": "012345678",
        "full_name": "Vàng A Dế",
        "birth_date": "1991-03-15",
        "gender": "Nam",
        "address": "Bản Tả Phìn, xã Tả Phìn, tỉnh Điện Biên",
        "issued": "2021-08-15",
        "warnings": [],
    }
    assert bare("card", CARD, "--json").row == expected
    assert bare("card", "-", "--json", given=(CARD + "||||\r\n").encode()).row == expected
    assert bare("card", CARD.replace("|Nam|", "|Nữ|"), "--json").row["warnings"][0]["number"] == "MC-102"
    assert "full_name: Vàng A Dế" in bare("card", CARD).out


@pytest.mark.parametrize(("payload", "kind"), NOT_CARDS)
def test_what_is_no_card_is_named_and_exits_with_one(bare: Motcua, payload: str, kind: str) -> None:
    said = bare("card", payload, "--json")
    assert (said.code, said.row["kind"], said.row["looks_like"]) == (1, "not_a_card", kind)
    assert said.row["text"]
    assert bare("card", "-", "--json", given=b"\xff\xfe\x00" * 1000).code == 1


def test_find_lists_hits_newest_first_with_their_sending_state(worked: Motcua) -> None:
    rows = worked("find", "lo van duc").rows
    assert [row["code"][-4:] for row in rows] == ["0002", "0001"]
    assert list(rows[0]) == ["code", "key", "full_name", "procedure", "status", "due_at", "sent"]
    assert {row["sent"] for row in rows} == {"queued"}
    assert worked("find", "duc", "--limit", 1).rows == rows[:1]
    assert (worked("find", "nobody").code, worked("find", "nobody").out) == (0, "")
    assert worked("find", '"*OR').code == 0
    assert worked("find", "duc 0001").rows[0]["code"].endswith("0001")


def test_show_tells_a_dossier_by_any_of_its_names(worked: Motcua) -> None:
    row = worked("show", "H18.11.05-261120-0001").row
    assert (row["status"], row["status_text"], row["sent"]) == ("accepted", "Được tiếp nhận", "queued")
    assert row["due_at"] == row["original_due_at"] == "2026-11-20T17:00:00+07:00"
    assert row["timeline"][0]["at"] == "2026-11-20T09:47:00+07:00"
    for name in (row["id"], row["key"], row["key"] + "12345678", "h18.11.05-261120-0001"):
        assert worked("show", name).row == row
    unknown = worked("show", "H18.11.05-261120-0009")
    assert (unknown.code, unknown.row["refused"]["number"]) == (1, "MC-160")


def test_a_code_of_another_system_is_noted_and_shown(worked: Motcua) -> None:
    said = worked("external", "H18.11.05-261120-0001", "--system", "Cổng", "--as", "G15-1")
    assert said.row["external_codes"] == [{"system": "Cổng", "code": "G15-1"}]
    assert worked("show", "g15-1").row["external_codes"] == said.row["external_codes"]
    assert len(worked("find", "g15-1").rows) == 1


def test_the_board_lists_open_dossiers_by_urgency(worked: Motcua) -> None:
    rows = worked("board", "--at", "2026-11-20T16:00").rows
    assert [row["urgency"] for row in rows] == ["today", "today", "in_time"]
    assert {"urgency", "code", "due_at", "left", "holder"} <= set(rows[0])
    late = worked("board", "--at", "2026-11-23T08:00").rows[0]
    assert (late["urgency"], late["left"]) == ("overdue", "-1 ngày làm việc")
    assert len(worked("board", "--limit", 2).rows) == 2


def test_a_sheet_is_the_same_file_every_time_and_a_reprint_is_another(worked: Motcua, tmp_path: Path) -> None:
    code = "H18.11.05-261120-0001"
    files = [tmp_path / f"{n}.pdf" for n in range(3)]
    for file, more in zip(files, ([], [], ["--reprint"]), strict=True):
        said = worked("sheet", code, "receipt", "-o", file, *more)
        assert said.row == {"code": code, "file": str(file)}
    first, again, reprint = (file.read_bytes() for file in files)
    assert first.startswith(b"%PDF")
    assert first == again != reprint
    assert len(worked("show", code).row["timeline"]) == 3
    lost = worked("sheet", code, "receipt", "-o", tmp_path / "no" / "where.pdf")
    assert lost.code == 2
    assert "MC-210" in lost.err


def test_a_decision_about_a_day_lists_the_dossiers_concerned(worked: Motcua) -> None:
    said = worked("calendar", "add", "2026-11-25", "off", "--source", "TB 12", "--reason", "Mất điện")
    assert said.row == {
        "date": "2026-11-25",
        "kind": "off",
        "concerned": ["H18.11.05-261120-0002"],
        "moved": [],
    }
    rows = worked("calendar", "list", "--year", 2026).rows
    assert {"date": "2026-11-25", "kind": "off", "reason": "Mất điện", "source": "TB 12"} in rows
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    empty = worked("calendar", "add", "2026-11-26", "off", "--source", "")
    assert (empty.code, empty.row["refused"]["number"]) == (1, "MC-202")


def test_the_catalogue_is_listed_with_codes_and_aliases(motcua: Motcua) -> None:
    rows = motcua("catalogue", "list").rows
    assert len(rows) > 100
    assert {"code": "1.001193", "alias": "ks", "name": "Thủ tục đăng ký khai sinh"}.keys() <= rows[0].keys()
    assert next(row for row in rows if row["alias"] == "ks")["code"] == "1.001193"


def test_the_check_up_is_a_list_of_things_looked_at(worked: Motcua) -> None:
    said = worked("check")
    names = [item["name"] for item in said.row["items"]]
    assert names[:2] == ["database", "ledger"]
    assert said.row["ok"] is all(item["ok"] for item in said.row["items"])
    assert said.code == (0 if said.row["ok"] else 1)
    assert all(item["ok"] or len(item["text"]) > 20 for item in said.row["items"])


def test_a_broken_ledger_is_told_with_its_place(worked: Motcua, folder: Path) -> None:
    desk = open_desk(folder)
    with desk.store.write() as transaction:
        transaction.execute("DROP TRIGGER event_is_never_changed")
        transaction.execute("UPDATE event SET officer = 'x' WHERE seq = 2")
    desk.close()
    said = worked("check")
    item = said.row["items"][1]
    assert (said.code, item["ok"], item["faults"]) == (1, False, 1)
    assert "2" in item["text"]


def test_a_rebuild_counts_events_and_changes_nothing(worked: Motcua) -> None:
    before = worked("show", "H18.11.05-261120-0001").out
    assert worked("rebuild").row == {"events": 4}
    assert worked("show", "H18.11.05-261120-0001").out == before


def test_english_is_spoken_where_it_is_asked_for(worked: Motcua, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_LANG", "en")
    assert worked("show", "H18.11.05-261120-0001").row["status_text"] == "Accepted"
    assert worked("board", "--at", "2026-11-23T08:00").rows[0]["left"] == "-1 working days"
    assert "There is no dossier" in worked("show", "x").row["refused"]["text"]
    monkeypatch.setenv("MOTCUA_LANG", "xx")
    assert "There is no" not in worked("show", "x").row["refused"]["text"]


def test_people_read_lines_and_programs_read_json(bare: Motcua, worked: Motcua, folder: Path) -> None:
    every: list[list[object]] = [
        ["find", "duc"],
        ["show", "H18.11.05-261120-0001"],
        ["board"],
        ["check"],
        ["rebuild"],
        ["catalogue", "list"],
        ["calendar", "list", "--year", 2026],
        ["due", "ks", "--received", "2026-11-20T08:00"],
    ]
    for arguments in every:
        said: Said = bare(*arguments, "--data", folder)
        assert said.out.strip()
        assert not said.out.startswith("{")
        assert said.err == ""


def test_a_bug_of_ours_leaves_a_report_without_names(
    worked: Motcua, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("Vàng A Dế")

    monkeypatch.setattr(checkup, "check", broken)
    said = worked("check")
    assert (said.code, said.out) == (2, "")
    (report,) = (folder / "reports").iterdir()
    assert str(report) in said.err
    told = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in told
    assert "Vàng" not in told


def test_a_timeline_names_who_did_what(motcua: Motcua, folder: Path) -> None:
    (answer,) = motcua("intake", "-", given=line().encode()).rows
    motcua("external", answer["code"], "--system", "Cổng", "--as", "G15-1")
    motcua("office", "--officer", "Lường Văn Hoan")
    motcua("sheet", answer["code"], "receipt", "-o", folder / "x.pdf")
    timeline = motcua("show", answer["code"]).row["timeline"]
    (code,) = (row for row in timeline if "G15-1" in row["text"])
    received, *others = (row["who"] for row in timeline if row is not code)
    assert (received, code["who"], others) == ("Nguyễn Thị Nhung", "Nguyễn Thị Nhung", ["Lường Văn Hoan"])
    again = open_desk(folder)
    sheets = find_dossier(again, answer["code"]).sheets
    again.close()
    assert [sheet.sent for sheet in sheets] == [True]


def test_a_clock_is_shown_and_can_be_confirmed(motcua: Motcua, monkeypatch: pytest.MonkeyPatch) -> None:
    assert motcua("clock").row["ok"] is True
    for module in ("services.clock", "domain.clock", "cli.desk_commands"):
        monkeypatch.setattr(f"motcua_desktop.{module}.now_ms", lambda: now_ms() + 90 * 24 * 3_600_000)
    said = motcua("clock")
    assert (said.code, said.row["problem"]["number"]) == (1, "MC-156")
    assert motcua("clock", "--confirm").row["ok"] is True
    assert motcua("clock").code == 0
