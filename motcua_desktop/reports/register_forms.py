"""The forms of the register as they came with the program, or as the office adjusted them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from motcua_desktop.assets import resource
from motcua_desktop.domain.errors import refuse
from motcua_desktop.domain.register import RegisterForm, register_forms


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


@cache
def forms_in_use() -> tuple[RegisterForm, ...]:
    """The forms of `resources/forms/register.json`, read once."""
    return read_forms(resource("forms", "register.json"))
