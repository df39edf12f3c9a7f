"""Where the files that travel with the program lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _room(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resource(*parts: str) -> Path:
    """Path of a file under `resources/`; existence is not checked."""
    return _room("resources").joinpath(*parts)


def translations() -> Path:
    """The folder that holds `<language>/LC_MESSAGES/motcua.mo`."""
    return _room("i18n")
