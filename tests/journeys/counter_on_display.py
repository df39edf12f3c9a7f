"""Run by test_xvfb in a process of its own: the real window on a prepared store, with a folder for a printer.

python counter_on_display.py STORE RECEIPTS PLACE: says "ready" once the window is active and PLACE has the focus.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget

from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services.desk import open_desk
from ui.app import make_application
from ui.demo.keys import wait_until
from ui.shell.window import MainWindow
from ui.workbench import Workbench


def main(store: str, receipts: str, place: str) -> int:
    app = make_application()
    bench = Workbench(open_desk(Path(store)), FolderPrinter(Path(receipts)))
    window = MainWindow(bench)
    window.show()
    wait_until(window.isActiveWindow)
    target = places(window)[place]
    target.setFocus()
    wait_until(target.hasFocus)
    print("ready", flush=True)
    try:
        return app.exec()
    finally:
        bench.close()


def places(window: MainWindow) -> dict[str, QWidget]:
    """Where the focus can be when the scanner fires."""
    return {
        "field": window.counter.person_card.id_number,
        "button": window.counter.due_card.commit,
        "box": window.counter.person_card.for_another,
    }


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
