"""A list as an office has it (xlsx, csv, json) as rows of text, numbered as the officer's program shows them."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from motcua_desktop.domain.errors import UserFacingError, fault, refuse
from motcua_desktop.domain.text import clean
from motcua_desktop.i18n import gettext

MB = 1 << 20
LARGEST_FILE = 20 * MB
LARGEST_UNPACKED = 200 * MB
MOST_PARTS = 5_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_FILLED_CELLS = 2_000_000
_SEPARATORS = (";", ",", "\t", "|")
_QUOTED = r'(?:^|(?<=[{0}\r\n]))"(?P<held>[^"]*(?:""[^"]*)*)(?P<end>"|\Z)(?P<behind>[^{0}\r\n]*)'
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_OLD_EXCEL, _ZIP, _PDF = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as the officer sees it, its cells as text ("" when empty, lines kept apart by `\\n`).

    `numbers` are the places of cells that the file holds as numbers and not as text.
    """

    number: int
    cells: tuple[str, ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; `name` is "" where a file has only one."""

    name: str
    lines: tuple[Line, ...]


Content = list[Sheet] | list[Any] | Mapping[str, Any]


def read_bytes(path: Path) -> bytes:
    """The file's bytes; MC-210 where it cannot be read, MC-227 where it is too large."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise refuse("MC-227", None, path=path, limit=LARGEST_FILE // MB)
        return path.read_bytes()
    except OSError as error:
        raise fault("MC-210", path=path) from error


def read_content(data: bytes, path: Path, rate: Callable[[Sheet], int]) -> Content:
    """The file's tables, or what its JSON holds; the content decides what it is, not its name.

    `rate` says how many headings of a table are known: by that a csv's separator is chosen. Raises MC-225 for what
    cannot be read, MC-227 for what unpacks to too much.
    """
    if data.startswith(_ZIP):
        return _workbook(data, path)
    if data.startswith((_OLD_EXCEL, _PDF)):
        raise refuse("MC-225", None, path=path)
    text = _decoded(data, path)
    if text.lstrip()[:1] in ("{", "["):
        return _json(text, path)
    return [_best_csv(text, path, rate)]


def _decoded(data: bytes, path: Path) -> str:
    """UTF-8, UTF-16 with or without its mark, else the old Vietnamese code page."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data, encoding, path)
    zeros = data[:2000].count(0)
    if zeros > len(data[:2000]) // 5:
        return _decode(data, "utf-16-be" if data[:1] == b"\0" else "utf-16-le", path)
    if zeros:
        raise refuse("MC-225", None, path=path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(data, "cp1258", path)


def _decode(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("MC-225", None, path=path) from error


def _json(text: str, path: Path) -> list[Any] | Mapping[str, Any]:
    try:
        content = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise refuse("MC-225", None, path=path) from error
    held: list[Any] | Mapping[str, Any] = content
    return held


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _best_csv(text: str, path: Path, rate: Callable[[Sheet], int]) -> Sheet:
    first, _, rest = text.partition("\n")
    said = first.strip().casefold()
    if said.startswith("sep=") and len(said) == 5:
        _demand_closed(rest, said[4], path, above=1)
        return _csv(rest, said[4], path)
    separators = [separator for separator in _SEPARATORS if separator in text] or [";"]
    tables = {separator: _csv(text, separator, path) for separator in separators}
    chosen = max(tables, key=lambda separator: rate(tables[separator]))  # of equals the first
    _demand_closed(text, chosen, path)
    return tables[chosen]


def _demand_closed(text: str, separator: str, path: Path, above: int = 0) -> None:
    """Refuse (MC-225) a table in which a quote that nobody closed makes one cell of many rows.

    Such a quote either runs to the end of the file, or is closed by the next cell's opening one: then letters
    stand behind a cell of several lines.
    """
    cell = re.compile(_QUOTED.format(re.escape(separator)))
    for found in cell.finditer(text):
        several = "\n" in found["held"] or "\r" in found["held"]
        if not found["end"] or (several and found["behind"].strip()):
            line = above + 1 + len(_LINE_ENDS.findall(text, 0, found.start()))
            where = gettext("row {row}").format(row=line)
            raise refuse("MC-225", None, path=f"{path}, {where}", line=line)


def _csv(text: str, separator: str, path: Path) -> Sheet:
    lines: list[Line] = []
    filled = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for number, row in enumerate(reader, start=1):
            line = Line(number, tuple(_lines(cell) for cell in row))
            filled += len(row)
            _demand_room(line, filled, path)
            lines.append(line)
    except csv.Error as error:
        _demand_closed(text, separator, path)  # rows that became one cell make it too long
        raise refuse("MC-225", None, path=path) from error
    return Sheet("", tuple(lines))


def _workbook(data: bytes, path: Path) -> list[Sheet]:
    from openpyxl import load_workbook

    _refuse_bombs(data, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and styles that nobody needs here
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            try:
                sheets = [(sheet.title, sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
                name = len(sheets) > 1
                return [_sheet(title if name else "", sheet, path) for title, sheet in sheets]
            finally:
                book.close()
    except UserFacingError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it trip over
        raise refuse("MC-225", None, path=path) from error


def _refuse_bombs(data: bytes, path: Path) -> None:
    """What a zip says of itself bounds what `zipfile` unpacks from it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise refuse("MC-227", None, path=path, limit=LARGEST_UNPACKED // MB)
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names or any(_declares(archive, name) for name in names):
                raise refuse("MC-225", None, path=path)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise refuse("MC-225", None, path=path) from error


def _declares(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether an XML part has a document type: no program writes one into a workbook, only a bomb needs it."""
    if not name.endswith((".xml", ".rels")):
        return False
    with archive.open(name) as part:
        return b"<!DOCTYPE" in part.read(1024)


def _sheet(name: str, sheet: Any, path: Path) -> Sheet:
    sheet.reset_dimensions()  # a file may claim a million columns
    lines: list[Line] = []
    filled = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        line = _line(number, values)
        if line is not None:
            filled += len(line.cells)
            _demand_room(line, filled, path)
            lines.append(line)
        elif number > 20 * MOST_ROWS:
            break  # nothing but empty rows down to the end of the sheet
    return Sheet(name, tuple(lines))


def _line(number: int, values: Iterable[Any]) -> Line | None:
    held = list(values)
    while held and (held[-1] is None or held[-1] == ""):
        held.pop()
    if not held:
        return None
    numbers = frozenset(at for at, value in enumerate(held) if type(value) in (int, float))
    return Line(number, tuple(_text(value) for value in held), numbers)


def _demand_room(line: Line, filled: int, path: Path) -> None:
    too_wide = sum(1 for cell in line.cells[MOST_COLUMNS:] if cell)
    if line.number > MOST_ROWS or too_wide or filled > MOST_FILLED_CELLS:
        raise refuse("MC-227", None, path=path, limit=LARGEST_FILE // MB)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _lines(str(value))


def _lines(text: str) -> str:
    """Clean text, line by line."""
    if "\n" not in text and "\r" not in text:
        return clean(text)
    broken = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line for line in map(clean, broken) if line)


def records(content: Iterable[Any]) -> Sheet:
    """A list of flat JSON objects as a table: row n is the n-th object, the headings are their keys."""
    rows = [row if isinstance(row, Mapping) else {} for row in content]
    keys = list(dict.fromkeys(key for row in rows for key in row))
    lines = [Line(0, tuple(clean(str(key)) for key in keys))]
    lines += [Line(number, _record(row, keys)) for number, row in enumerate(rows, start=1)]
    return Sheet("", tuple(lines))


def _record(row: Mapping[str, Any], keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(_flat(row.get(key)) for key in keys)


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_flat(part) for part in value)
    if isinstance(value, Mapping):
        return ": ".join(part for part in map(_flat, value.values()) if part)
    return _text(value)


def joined(lines: Iterable[Line]) -> Iterator[str]:
    """Each line's filled cells as one text."""
    for line in lines:
        yield " ".join(cell for cell in line.cells if cell)
