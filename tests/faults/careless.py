"""`motcua` with a store that does not wait for the disk: what the durability test must be able to see."""

from __future__ import annotations

import sys
from pathlib import Path

from motcua_desktop.cli.motcua import main
from motcua_desktop.store import schema
from motcua_desktop.store.connection import Connection, connect


def _careless(path: Path, key: str | None = None, **how: bool) -> Connection:
    connection = connect(path, key, **how)
    connection.execute(f"PRAGMA synchronous = {_MODE}")
    return connection


if __name__ == "__main__":
    _MODE = sys.argv[1]
    setattr(schema, "connect", _careless)  # noqa: B010
    sys.exit(main(sys.argv[2:]))
