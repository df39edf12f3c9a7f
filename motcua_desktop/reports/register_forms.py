"""The forms of the register as they came with the program, or as the office adjusted them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from motcua_desktop.assets import resource
from motcua_desktop.domain.errors import UserFacingError, refuse
from motcua_desktop.domain.register import RegisterForm, register_forms

OWN_FILE = "register.json"


def read_forms(path: Path) -> tuple[RegisterForm, ...]:
    """The forms of a template file; raises MC-230, with the line, for one that cannot be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise refuse("MC-230", path.name, place=f"{path.name}:{error.lineno}", reason=error.msg) from error
    except (OSError, UnicodeDecodeError) as error:
        raise refuse("MC-230", path.name, place=path.name, reason=str(error)) from error
    if not isinstance(data, dict):
        raise refuse("MC-230", path.name, place=path.name, reason="not an object")
    return register_forms(data)


def forms_in_use(data: Path | None = None, *, shipped_instead: bool = False) -> tuple[RegisterForm, ...]:
    """The forms of the office's `register.json` in its data folder, which stands in place of the shipped one.

    Raises MC-230 for an own file that cannot be used; with `shipped_instead` the shipped forms stay in use.
    """
    own = data / OWN_FILE if data is not None else None
    if own is None or not own.exists():
        return _shipped()
    try:
        return read_forms(own)
    except UserFacingError:
        if not shipped_instead:
            raise
        return _shipped()


@cache
def _shipped() -> tuple[RegisterForm, ...]:
    return read_forms(resource("forms", OWN_FILE))
