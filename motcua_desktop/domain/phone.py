"""Telephone numbers: one form for what is typed, read and looked for."""

from __future__ import annotations

import re

from motcua_desktop.domain.text import clean, digits

_ONE_NUMBER = re.compile(r"\+?[0-9(][0-9 .()\-]*")
_COUNTRY = "+84"


def read_phone(text: str) -> str:
    """Only digits for what is one number, +84 said as 0; what is more than a number stays as it is, clean."""
    typed = clean(text)
    if not _ONE_NUMBER.fullmatch(typed):
        return typed
    bare = digits(typed)
    if typed.startswith(_COUNTRY):
        return "0" + bare[2:].removeprefix("0")
    return bare
