"""A printer that is a folder: every sheet becomes a file in it, safely on disk before `send` returns."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from motcua_desktop.printing.port import Outcome, OutcomeKind, PrinterState, StateKind

_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 80


class FolderPrinter:
    """Writes PDFs into an existing folder; a folder that is gone is a printer that is not found."""

    def __init__(self, folder: Path, name: str = "PDF") -> None:
        self._folder = folder
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def send(self, pdf: bytes, title: str, paper: str) -> Outcome:
        """Write `<title>.pdf`, in place of an older file of that title; its name is the job."""
        if not self._folder.is_dir():
            return Outcome(OutcomeKind.PRINTER_NOT_FOUND)
        stem = _UNSAFE.sub("-", title).strip("-.")[:_LONGEST] or "sheet"
        target = self._folder / f"{stem}.pdf"
        try:
            _write(pdf, target)
        except OSError as error:
            return Outcome(OutcomeKind.FAILED, detail=f"{error.errno} {error.strerror}")
        return Outcome(OutcomeKind.SENT, target.name)

    def state(self) -> PrinterState:
        """Ready while the folder is there; nothing ever waits."""
        there = self._folder.is_dir()
        return PrinterState(StateKind.READY if there else StateKind.NOT_FOUND, accepts=there)


def _write(data: bytes, target: Path) -> None:
    handle, unfinished = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    if os.name != "nt":  # Windows has no handle to flush a folder by; NTFS journals the name
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
