"""Words on the screen: English in the code, Vietnamese and English from Babel catalogues."""

from __future__ import annotations

import gettext as gnu
import io
import os
from functools import cache
from pathlib import Path

from motcua_desktop.assets import translations

DOMAIN = "motcua"
LANGUAGES = ("vi", "en")
LANGUAGE_VARIABLE = "MOTCUA_LANG"

_chosen = ""


def use_language(language: str) -> None:
    """Speak that language from now on; one that has no catalogue is a mistake of the caller."""
    global _chosen
    if language not in LANGUAGES:
        raise ValueError(f"no catalogue for {language!r}")
    _chosen = language


def language() -> str:
    """The language in use: the one chosen, else the environment's, else Vietnamese."""
    wanted = _chosen or os.environ.get(LANGUAGE_VARIABLE, "")
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def gettext(message: str) -> str:
    """The message in the language in use."""
    return _catalogue(language()).gettext(message)


def mark(message: str) -> str:
    """Name a message for the catalogues without translating it yet."""
    return message


@cache
def _catalogue(language: str) -> gnu.NullTranslations:
    folder = translations() / language / "LC_MESSAGES"
    compiled, source = folder / f"{DOMAIN}.mo", folder / f"{DOMAIN}.po"
    if source.exists() and not _is_current(compiled, source):
        return _from_source(source, language)
    with compiled.open("rb") as file:
        return gnu.GNUTranslations(file)


def _is_current(compiled: Path, source: Path) -> bool:
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def _from_source(source: Path, language: str) -> gnu.NullTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)
