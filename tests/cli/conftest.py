from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua_desktop import i18n
from motcua_desktop.cli import catalogue_commands, desk_commands, life_commands, look_commands
from motcua_desktop.cli.motcua import main
from motcua_desktop.services import desk as desks
from motcua_desktop.services.desk import Desk, open_desk
from tests.cli.commands import INIT, Motcua, Said
from tests.desks import CLOCK


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at half past five on Friday 20 November 2026, and Vietnamese is spoken."""

    def opened(folder: Path) -> Desk:
        desk = open_desk(folder)
        desk.now = lambda: CLOCK
        return desk

    for module in (catalogue_commands, desk_commands, life_commands, look_commands):
        monkeypatch.setattr(module, "open_desk", opened)
    monkeypatch.setattr(i18n, "_chosen", "")
    for name in (desks.KEY_VARIABLE, i18n.LANGUAGE_VARIABLE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def bare(still: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Motcua:
    """`motcua` with nothing added."""

    def run(*arguments: object, given: bytes = b"") -> Said:
        capsys.readouterr()
        stdin = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", stdin)
            try:
                code = main([str(argument) for argument in arguments])
            except SystemExit as left:
                code = int(left.code or 0)
        told = capsys.readouterr()
        return Said(code, told.out, told.err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def motcua(bare: Motcua, folder: Path) -> Callable[..., Said]:
    """`motcua` on a fresh desk, asked for JSON."""
    made = bare(*INIT, "--data", folder)
    assert made.code == 0, made.err
    return lambda *arguments, given=b"": bare("--data", folder, "--json", *arguments, given=given)
