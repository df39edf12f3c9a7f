"""Templates of the printed sheets, read from data: the shipped sets, and what an office adjusts in its own file.

The office's `forms.json` may name its centre, hotline and an extra line, and bring templates of its own, which go
before the shipped ones. A file that cannot be used is refused with its name and line, before anything is drawn.
"""

from __future__ import annotations

import json
import json.decoder
import json.scanner
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple, TypeVar

from motcua_desktop.assets import resource
from motcua_desktop.domain.errors import Problem, UserFacingError, refuse
from motcua_desktop.domain.forms_template import (
    LISTS,
    TABLES,
    Element,
    ElementKind,
    FormKind,
    FormTemplate,
    Leaf,
    may_name,
    must_name,
    provisional_templates,
)
from motcua_desktop.domain.source import is_well_formed

_T = TypeVar("_T")

OWN_FILE = "forms.json"
_SHIPPED = ("tt-03-2025.json", "tt-01-2018.json", "office.json")
LONGEST_LINE = 120  # characters of an office's own line

_OWN_KEYS = frozenset({"note", "centre", "hotline", "extra", "set", "valid_from", "valid_to", "forms"})
_SET_KEYS = frozenset({"note", "set", "centre", "valid_from", "valid_to", "forms"})
_FORM_MUST = ("kind", "title", "paper", "source", "lines", "signers")
_FORM_KEYS = frozenset(
    {
        *_FORM_MUST,
        "form",
        "symbol",
        "copies",
        "notes",
        "provisional",
        "centre",
        "set",
        "valid_from",
        "valid_to",
    }
)
_FLAGS = frozenset({"strong", "beside", "opens", "optional", "closes", "provisional"})
_LINE_KEYS = _FLAGS | {"label", "columns"} | {str(kind) for kind in ElementKind}
_SLIP, _EITHER = frozenset({Leaf.A5}), frozenset({Leaf.A5, Leaf.A4})
_PAPERS: Mapping[FormKind, frozenset[Leaf]] = {
    FormKind.RECEIPT: _SLIP,
    FormKind.SUPPLEMENT: _SLIP,
    FormKind.REFUSAL: _SLIP,
    FormKind.APOLOGY: _EITHER,
    FormKind.STOP: _EITHER,
    FormKind.CONTROL: _EITHER,
    FormKind.BIRTH: frozenset({Leaf.CARD}),
    FormKind.MARRIAGE: frozenset({Leaf.CARD}),
    FormKind.DEATH: frozenset({Leaf.CARD}),
    FormKind.LABEL: frozenset({Leaf.LABEL}),
    FormKind.MANIFEST: frozenset({Leaf.A4}),
}


class OfficeWords(NamedTuple):
    """What an office says of itself on every sheet; empty where it says nothing."""

    centre: str = ""
    hotline: str = ""
    extra: str = ""


NO_WORDS = OfficeWords()


@dataclass(frozen=True, slots=True)
class Templates:
    """Every template that is known here, the office's own first; `problem` says why its file is not in use."""

    all: tuple[FormTemplate, ...]
    words: OfficeWords = NO_WORDS
    problem: Problem | None = None

    def find(self, kind: FormKind, received: date) -> FormTemplate | None:
        """The template of the set in force on the day on which the dossier was received."""
        return next((t for t in self.all if t.kind is kind and t.in_force(received)), None)

    def get(self, kind: FormKind, received: date) -> FormTemplate:
        """The same; raises MC-223 where that set has no such sheet."""
        template = self.find(kind, received)
        if template is None:
            raise refuse("MC-223", "kind", kind=str(kind), day=received)
        return template

    def provisional(self) -> tuple[FormTemplate, ...]:
        """Those of which some text was not seen in the source."""
        return provisional_templates(self.all)


def load_templates(data: Path | None = None, *, shipped_instead: bool = False) -> Templates:
    """The shipped templates, and what the office put into `forms.json` in its data folder.

    Raises MC-220, 221, 222 or 224 with file and line for a file that cannot be used; with `shipped_instead` the
    shipped templates stay in use and carry the problem. Raises MC-210 for a file that cannot be read.
    """
    shipped = _shipped()
    own = data / OWN_FILE if data is not None else None
    if own is None or not own.exists():
        return Templates(shipped)
    try:
        words, templates = _read_own(own)
    except UserFacingError as broken:
        if not shipped_instead:
            raise
        return Templates(shipped, problem=broken.problem)
    return Templates((*templates, *shipped), words)


def read_set(path: Path) -> tuple[FormTemplate, ...]:
    """The templates of one file of a set; raises as `load_templates` does."""
    source = _Source(path)
    source.known(source.root, _SET_KEYS)
    source.has(source.root, ("set", "valid_from", "forms"))
    return _templates(source)


@cache
def _shipped() -> tuple[FormTemplate, ...]:
    return tuple(template for name in _SHIPPED for template in read_set(resource("forms", name)))


def _read_own(path: Path) -> tuple[OfficeWords, tuple[FormTemplate, ...]]:
    source = _Source(path)
    source.known(source.root, _OWN_KEYS)
    words = OfficeWords(*(source.text(source.root, name) for name in OfficeWords._fields))
    for name, said in zip(OfficeWords._fields, words, strict=True):
        source.demand(len(said) <= LONGEST_LINE, source.root, name, said)
    if "forms" not in source.root:
        return words, ()
    source.has(source.root, ("set", "valid_from"))
    return words, _templates(source)


class _Placed(dict[str, Any]):
    """A JSON object that knows where it began, in characters from the start of the text."""

    start: int = 0


class _Source:
    """One file, and how to say where in it something is wrong."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = _read(path)
        try:
            root = _decoder().decode(self._text)
        except json.JSONDecodeError as unreadable:
            raise refuse(
                "MC-221", path=path.name, line=unreadable.lineno, cause=unreadable.msg
            ) from unreadable
        if not isinstance(root, _Placed):
            raise refuse("MC-221", path=path.name, line=1, cause="{")
        self.root: _Placed = root

    def known(self, at: _Placed, names: frozenset[str]) -> None:
        """Refuse a name that is not one of these."""
        for name in at:
            if name not in names:
                raise self.error("MC-222", at, name, name=name)

    def has(self, at: _Placed, names: Iterable[str]) -> None:
        """Refuse an object that lacks one of these."""
        for name in names:
            if name not in at:
                raise self.error("MC-224", at, None, name=name)

    def demand(self, holds: bool, at: _Placed, name: str, value: object) -> None:
        """Refuse a value that cannot stand under a name."""
        if not holds:
            raise self.error("MC-220", at, name, name=name, value=value)

    def text(self, at: _Placed, name: str, default: str = "") -> str:
        value = at.get(name, default)
        self.demand(isinstance(value, str), at, name, value)
        return " ".join(unicodedata.normalize("NFC", value).split())

    def flag(self, at: _Placed, name: str) -> bool:
        value = at.get(name, False)
        self.demand(isinstance(value, bool), at, name, value)
        return bool(value)

    def day(self, at: _Placed, name: str) -> date:
        try:
            return date.fromisoformat(self.text(at, name))
        except ValueError as unreadable:
            raise self.error("MC-220", at, name, name=name, value=at.get(name)) from unreadable

    def choice(self, at: _Placed, name: str, known: Callable[[str], _T]) -> _T:
        try:
            return known(self.text(at, name))
        except ValueError as unreadable:
            raise self.error("MC-220", at, name, name=name, value=at.get(name)) from unreadable

    def rows(self, at: _Placed, name: str) -> list[Any]:
        value = at.get(name, [])
        self.demand(isinstance(value, list), at, name, value)
        return list(value)

    def error(self, number: str, at: _Placed, key: str | None, **params: object) -> UserFacingError:
        """The error at the line of a key, or where the object begins."""
        place = at.start
        if key is not None:
            place = max(self._text.find(json.dumps(key, ensure_ascii=False), at.start), at.start)
        line = self._text.count("\n", 0, place) + 1
        return UserFacingError(Problem(number, None, {"path": self._path.name, "line": line, **params}))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as unreadable:
        line = unreadable.object[: unreadable.start].count(b"\n") + 1
        raise refuse("MC-221", path=path.name, line=line, cause="UTF-8") from unreadable
    except OSError as unreadable:
        raise refuse("MC-210", path=str(path)) from unreadable


def _decoder() -> json.JSONDecoder:
    """A decoder whose objects know where they begin."""
    decoder: Any = json.JSONDecoder()
    plain: Any = json.decoder.JSONObject  # type: ignore[attr-defined]

    def placed(begun: tuple[str, int], *rest: Any) -> tuple[_Placed, int]:
        pairs, end = plain(begun, *rest)
        found = _Placed(pairs)
        found.start = begun[1] - 1
        return found, end

    decoder.parse_object = placed
    decoder.scan_once = json.scanner.py_make_scanner(decoder)  # type: ignore[attr-defined]
    return decoder  # type: ignore[no-any-return]


def _templates(source: _Source) -> tuple[FormTemplate, ...]:
    forms = source.rows(source.root, "forms")
    for form in forms:
        source.demand(isinstance(form, _Placed), source.root, "forms", form)
    return tuple(_template(source, form) for form in forms)


def _template(source: _Source, form: _Placed) -> FormTemplate:
    source.known(form, _FORM_KEYS)
    source.has(form, _FORM_MUST)
    kind = source.choice(form, "kind", FormKind)
    leaf = source.choice(form, "paper", Leaf)
    source.demand(leaf in _PAPERS[kind], form, "paper", str(leaf))
    copies = form.get("copies", 1)
    source.demand(copies in (1, 2), form, "copies", copies)
    source.demand(bool(source.text(form, "title")), form, "title", "")
    ground = source.text(form, "source")
    source.demand(is_well_formed(ground), form, "source", ground)
    last = _own_or(source, form, "valid_to")
    return FormTemplate(
        kind=kind,
        set_name=source.text(_own_or(source, form, "set"), "set"),
        form=source.text(form, "form"),
        title=source.text(form, "title"),
        symbol=source.text(form, "symbol"),
        centre=source.text(_own_or(source, form, "centre"), "centre"),
        leaf=leaf,
        copies=copies,
        elements=_elements(source, form, kind),
        signers=tuple(_signer(source, form, signer) for signer in source.rows(form, "signers")),
        notes=tuple(_word(source, form, "notes", note) for note in source.rows(form, "notes")),
        declared_provisional=source.flag(form, "provisional"),
        valid_from=source.day(_own_or(source, form, "valid_from"), "valid_from"),
        valid_to=source.day(last, "valid_to") if last.get("valid_to") is not None else None,
        source=ground,
    )


def _own_or(source: _Source, form: _Placed, name: str) -> _Placed:
    """Where a key stands that a form may take from its set."""
    return form if name in form else source.root


def _elements(source: _Source, form: _Placed, kind: FormKind) -> tuple[Element, ...]:
    lines = source.rows(form, "lines")
    for line in lines:
        source.demand(isinstance(line, _Placed), form, "lines", line)
    found = tuple(_element(source, line, kind) for line in lines)
    shown = frozenset(name for element in found for name in element.names)
    for name in sorted(must_name(kind) - shown):
        raise source.error("MC-224", form, "lines", name=name)
    return found


def _element(source: _Source, line: _Placed, kind: FormKind) -> Element:
    source.known(line, _LINE_KEYS)
    shapes = [shape for shape in ElementKind if shape.value in line]
    if len(shapes) != 1:
        raise source.error("MC-224", line, None, name="field")
    shape = shapes[0]
    columns = tuple(_word(source, line, "columns", word) for word in source.rows(line, "columns"))
    element = Element(
        kind=shape,
        name=_name(source, line, shape),
        label=source.text(line, "label"),
        columns=columns,
        **{flag: source.flag(line, flag) for flag in _FLAGS},
    )
    for name in sorted(element.names):
        if name not in may_name(kind):
            raise source.error("MC-222", line, shape.value, name=name)
        source.demand((name in LISTS) <= (shape is ElementKind.LIST), line, shape.value, name)
        source.demand((name in TABLES) == (shape is ElementKind.TABLE), line, shape.value, name)
        source.demand(shape is not ElementKind.LIST or name in LISTS, line, shape.value, name)
        source.demand(name not in TABLES or len(columns) == TABLES[name], line, "columns", list(columns))
    return element


def _name(source: _Source, line: _Placed, shape: ElementKind) -> str:
    """The field's name, or a paragraph whose braces hold nothing but names."""
    text = source.text(line, shape.value)
    if shape is not ElementKind.TEXT:
        return text
    try:
        pieces = list(Formatter().parse(text))
    except ValueError as unreadable:
        raise source.error("MC-220", line, shape.value, name=shape.value, value=text) from unreadable
    plain = all(
        name is None or (name.isidentifier() and not spec and not how) for _, name, spec, how in pieces
    )
    source.demand(plain, line, shape.value, text)
    return text


def _signer(source: _Source, form: _Placed, signer: object) -> tuple[str, str]:
    pair = isinstance(signer, list) and len(signer) == 2 and all(isinstance(word, str) for word in signer)
    source.demand(pair, form, "signers", signer)
    assert isinstance(signer, list)
    title, hint = (unicodedata.normalize("NFC", word) for word in signer)
    return title, hint


def _word(source: _Source, at: _Placed, name: str, word: object) -> str:
    source.demand(isinstance(word, str), at, name, word)
    return unicodedata.normalize("NFC", str(word))
