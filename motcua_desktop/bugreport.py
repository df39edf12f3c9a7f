"""A bug of our own, written to a file that somebody can be sent; it names no person."""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from motcua_desktop import __version__


def write_report(folder: Path, error: BaseException) -> Path:
    """Write where the program broke into `folder/reports`; falls back to the current folder."""
    now = datetime.now(UTC)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        f"motcua-desktop {__version__}, Python {platform.python_version()}, {sys.platform}",
        f"{now.isoformat(timespec='seconds')} {type(error).__name__}",
        *(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames),
    ]
    name = f"motcua-{now:%Y%m%d-%H%M%S-%f}.txt"
    for place in (folder / "reports", Path.cwd()):
        try:
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError:
            continue
        return place / name
    if sys.stderr is not None:  # a program without a console has none
        sys.stderr.write("\n".join(lines) + "\n")
    return Path(name)
