"""Running `motcua` in this process, on a desk whose clock stands still."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.factories import line

INIT = [
    "init",
    "--office-code",
    "H18.11.05",
    "--office",
    "UBND xã Tả Phìn",
    "--province",
    "Điện Biên",
    "--desk",
    "1",
]
INIT += ["--officer", "Nguyễn Thị Nhung", "--unit", "0501"]


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(row) for row in self.out.splitlines()]

    @property
    def row(self) -> dict[str, Any]:
        (only,) = self.rows
        return only


Motcua = Callable[..., Said]


def lines_file(path: Path, *rows: str | bytes) -> Path:
    """A file of intake lines."""
    path.write_bytes(b"".join((row.encode() if isinstance(row, str) else row) + b"\n" for row in rows))
    return path


def good(n: int, **more: object) -> str:
    """A line for the n-th invented person."""
    return line(applicant={"full_name": "Lò Văn Đức", "id_number": f"0110910{n:05}"}, **more)
