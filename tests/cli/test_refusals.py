"""What a command refuses before it has changed anything."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from motcua_desktop.services.desk import STORE_NAME
from tests.cli.commands import INIT, Motcua, good, lines_file


def received(motcua: Motcua, folder: Path, number: int = 1) -> dict[str, str]:
    return dict(motcua("intake", lines_file(folder / f"{number}.jsonl", good(number))).row)


def test_a_sheet_that_cannot_be_written_is_no_print(motcua: Motcua, folder: Path) -> None:
    code = received(motcua, folder)["code"]
    refused = motcua("sheet", code, "receipt", "-o", folder / "nowhere" / "x.pdf", "--reprint")
    assert refused.code == 2 and "[MC-210]" in refused.err
    assert [row["text"] for row in motcua("show", code).row["timeline"]] == ["Tiếp nhận tại quầy"]


def test_nothing_is_derived_from_an_altered_ledger(motcua: Motcua, folder: Path) -> None:
    code = received(motcua, folder)["code"]
    raw = sqlite3.connect(folder / STORE_NAME)
    raw.execute("DROP TRIGGER event_is_never_changed")
    raw.execute("UPDATE event SET officer = 'X' WHERE kind = 'dossier_received'")
    raw.commit()
    raw.close()
    refused = motcua("rebuild")
    assert refused.code == 2 and "[MC-137]" in refused.err
    assert motcua("find", code).row["code"] == code


def test_a_day_without_an_hour_is_not_taken_for_midnight(motcua: Motcua, folder: Path) -> None:
    line = good(1, received_at="2026-11-20")
    answer = motcua("intake", lines_file(folder / "day.jsonl", line)).row
    assert answer["refused"]["number"] == "MC-119" and answer["refused"]["field"] == "received_at"


def test_a_return_hour_in_the_lunch_break_is_wrong_usage(bare: Motcua, tmp_path: Path) -> None:
    made = bare(*INIT, "--return-at", "12:30", "--data", tmp_path / "desk")
    assert made.code == 2 and "[MC-205]" in made.err
    assert not (tmp_path / "desk").exists()


def test_the_24_digits_of_a_receipts_qr_find_its_dossier(motcua: Motcua, folder: Path) -> None:
    answer = received(motcua, folder)
    assert motcua("find", answer["key"] + answer["secret"]).row["code"] == answer["code"]
