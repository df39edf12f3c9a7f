"""The `motcua-district` command."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from motcua_desktop.cli.district import main
from motcua_desktop.district.database import Database
from motcua_desktop.district.server import EmbeddedDistrict
from motcua_desktop.district.tables import META
from motcua_desktop.services.sending import send_once
from motcua_desktop.store.store import Store
from tests.sync.desks import receive_dossiers

ROOT = Path(__file__).resolve().parents[2]


def test_serving_elsewhere_than_on_this_machine_is_refused_with_a_sentence(
    store_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--listen", "0.0.0.0:8040", "--store", store_url]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "0.0.0.0:8040" in err
    assert "127.0.0.1:8040" in err


@pytest.mark.parametrize("arguments", [[], ["fly"], ["serve", "--colour", "red"]])
def test_wrong_usage_exits_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "motcua-district" in capsys.readouterr().err


def test_a_store_that_cannot_be_used_exits_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--store", "postgresql://hub/motcua"]) == 2
    assert "DH-302" in capsys.readouterr().err


def test_what_is_held_is_listed_by_office_and_by_dossier(
    desk: Store, store_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Database(store_url).close()
    assert main(["list", "--store", store_url, "--json"]) == 0
    assert capsys.readouterr().out == ""
    receive_dossiers(desk, [1, 2])
    with EmbeddedDistrict(store_url) as district:
        send_once(desk, district.url)
        assert main(["list", "--store", store_url, "--json"]) == 0  # while it serves
    held = json.loads(capsys.readouterr().out)
    assert (held["office"], held["dossiers"], held["events"]) == ("H18.11.05", 2, 2)
    assert held["last_contact"].endswith("+00:00")
    assert main(["list", "--store", store_url, "--office", "H18.11.05", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["code"] for line in lines] == ["H18.11.05-261120-0001", "H18.11.05-261120-0002"]
    assert main(["list", "--store", store_url]) == 0
    assert "2 hồ sơ" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["list", "restored"])
def test_a_store_that_is_not_there_is_said_and_not_made(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setattr("motcua_desktop.cli.district.user_data_dir", lambda *_, **__: str(tmp_path / "home"))
    assert main([command]) == 2
    assert main([command, "--store", f"sqlite:///{(tmp_path / 'none.db').as_posix()}"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("DH-302")) == ("", 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["list", "restored"])
@pytest.mark.parametrize("content", ["nothing", "text", "other tables"])
def test_a_file_that_is_no_store_is_left_as_it_is(
    command: str, content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.db"
    file.write_bytes(b"" if content == "nothing" else b"not a database " * 99)
    if content == "other tables":
        file.unlink()
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE meta (name TEXT, value TEXT)")
    before = file.read_bytes()
    assert main([command, "--store", f"sqlite:///{file.as_posix()}"]) == 2
    assert "DH-305" in capsys.readouterr().err
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (before, [file])


def test_listing_leaves_no_trace_in_the_folder(store_url: str, tmp_path: Path) -> None:
    Database(store_url).close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert main(["list", "--store", store_url]) == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_store_of_a_newer_program_is_not_listed(store_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.closing(Database(store_url)) as database, database.write() as connection:
        connection.execute(META.update().where(META.c.name == "schema").values(value="99"))
    assert main(["list", "--store", store_url]) == 2
    assert "DH-303" in capsys.readouterr().err


def test_a_database_opened_for_reading_takes_no_writing(store_url: str) -> None:
    Database(store_url).close()
    with contextlib.closing(Database(store_url, read_only=True)) as database, pytest.raises(OperationalError):
        database.begin_epoch()


def test_an_operator_who_restored_a_backup_says_so_and_the_desks_send_again(
    desk: Store, store_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    receive_dossiers(desk, [1, 2])
    with EmbeddedDistrict(store_url) as district:
        assert send_once(desk, district.url).sent == 2
        assert main(["restored", "--store", store_url]) == 0  # while it serves
        assert "ba mươi ngày" in capsys.readouterr().out
        receive_dossiers(desk, [3])
        assert send_once(desk, district.url).sent == 3
        assert send_once(desk, district.url).sent == 0


def test_the_command_serves_until_it_is_ended(desk: Store, store_url: str) -> None:
    receive_dossiers(desk, [1])
    command = [sys.executable, "-m", "motcua_desktop.cli.district", "serve"]
    command += ["--listen", "127.0.0.1:0", "--store", store_url]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, encoding="utf-8", **pipes) as process:  # type: ignore[call-overload]
        assert send_once(desk, process.stdout.readline().strip()).accepted == 1
        process.terminate()
        process.communicate(timeout=30)
