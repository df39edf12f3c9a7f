"""The `motcua-district` command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from motcua_desktop.cli.district import main
from motcua_desktop.district.server import EmbeddedDistrict
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


def test_the_command_serves_until_it_is_ended(desk: Store, store_url: str) -> None:
    receive_dossiers(desk, [1])
    command = [sys.executable, "-m", "motcua_desktop.cli.district", "serve"]
    command += ["--listen", "127.0.0.1:0", "--store", store_url]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, encoding="utf-8", **pipes) as process:  # type: ignore[call-overload]
        assert send_once(desk, process.stdout.readline().strip()).accepted == 1
        process.terminate()
        process.communicate(timeout=30)
