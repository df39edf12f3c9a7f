"""No rule travels with the program whose source is neither a place in an instrument nor said to be unchecked."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua_desktop.domain.source import is_well_formed

ROOT = Path(__file__).resolve().parents[2]
DATA = sorted((ROOT / "resources").rglob("*.json"))
CODE = sorted(path for folder in ("motcua_desktop", "ui") for path in (ROOT / folder).rglob("*.py"))


def sources(value: object, place: str = "") -> Iterator[tuple[str, object]]:
    """Every value of a key named `source`, with the place where it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source":
                yield place, inner
            yield from sources(inner, f"{place}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from sources(inner, f"{place}/{number}")


def constants(text: str) -> Iterator[tuple[str, object]]:
    """What a module binds to each constant whose name ends in _SOURCE, unless it is another constant."""
    for node in ast.walk(ast.parse(text)):
        names = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for name in names:
            if isinstance(name, ast.Name) and re.fullmatch("[A-Z_]*_SOURCE", name.id):
                if isinstance(value, ast.Constant):
                    yield name.id, value.value
                elif value is not None and not isinstance(value, ast.Name):
                    yield name.id, ast.unparse(value)


def bad(found: Iterator[tuple[str, object]]) -> list[tuple[str, object]]:
    return [(where, said) for where, said in found if not isinstance(said, str) or not is_well_formed(said)]


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_rule_in_a_data_file_has_a_source_that_can_be_relied_on_or_says_it_cannot(path: Path) -> None:
    assert bad(sources(json.loads(path.read_text(encoding="utf-8")))) == []


def test_every_source_written_in_the_code_can_be_relied_on_or_says_it_cannot() -> None:
    found = {
        f"{path.relative_to(ROOT).as_posix()}: {name}": text
        for path in CODE
        for name, text in constants(path.read_text(encoding="utf-8"))
    }
    assert "motcua_desktop/domain/calendar.py: _HOLIDAY_SOURCE" in found
    assert bad(iter(found.items())) == []


def test_a_bad_source_is_found_wherever_it_stands() -> None:
    data = {"rules": [{"source": "NĐ 118/2025/NĐ-CP, Điều 11 (09/06/2025)"}, {"deep": {"source": "Cổng"}}]}
    assert bad(sources(data)) == [("/rules/1/deep", "Cổng")]
    assert bad(sources([{"source": None}])) == [("/0", None)]
    code = 'A_SOURCE = "Cổng"\n_B_SOURCE: Final = "x; chưa kiểm chứng"\nsource = "y"\n'
    assert bad(constants(code)) == [("A_SOURCE", "Cổng")]
    assert len(list(constants(code))) == 2


def test_the_shipped_data_hold_sources_at_all() -> None:
    found = {path.name: len(list(sources(json.loads(path.read_text(encoding="utf-8"))))) for path in DATA}
    assert found["procedures.json"] > 300
    assert found["decisions.json"] >= 12
