"""What every test gets: a screen without a monitor, a fixed locale, and a gate on the log."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"


class _Gate(logging.Handler):
    """Keeps what was said at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


def _allowed(record: logging.LogRecord, wanted: tuple[str, ...]) -> bool:
    names = {record.name, *(record.name[:at] for at, sign in enumerate(record.name) if sign == ".")}
    return any(word in names or word in record.getMessage() for word in wanted)


@contextmanager
def _gated(item: pytest.Item) -> Iterator[None]:
    wanted: tuple[str, ...] = ()
    for marker in item.iter_markers("allow_log"):
        if not marker.args:
            raise pytest.UsageError(f"{item.nodeid}: allow_log needs a logger's name or a part of the text")
        wanted += marker.args
    gate = _Gate()
    logging.getLogger().addHandler(gate)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(gate)
    lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in gate.heard if not _allowed(r, wanted)]
    if lines:
        pytest.fail("unexpected in the log:\n  " + "\n  ".join(lines), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    with _gated(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    with _gated(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    with _gated(item):
        return (yield)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "allow_log(*words): warnings of these loggers, or with these words in the text, are expected",
    )


@pytest.fixture(scope="session")
def app_fonts(qapp: object) -> list[str]:
    """The families of the shipped typefaces, loaded into Qt."""
    from PySide6.QtGui import QFontDatabase

    ids = [QFontDatabase.addApplicationFont(str(path)) for path in sorted(FONTS.glob("*.ttf"))]
    return sorted({family for number in ids for family in QFontDatabase.applicationFontFamilies(number)})
