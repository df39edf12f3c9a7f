"""Run by test_printers in a process of its own: CUPS reads CUPS_SERVER once, when it is first asked anything.

python print_to_queue.py QUEUE PDF TITLE PAPER: prints from a lane as the window does, and tells what came of it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtPrintSupport import QPrinterInfo

from motcua_desktop.printing.port import Outcome
from ui.app import make_application
from ui.demo.keys import wait_until
from ui.lanes import Lane
from ui.printers import choose_printer


def main(queue: str, pdf: str, title: str, paper: str) -> None:
    app = make_application()
    printer, answers = choose_printer(queue), list[object]()
    data = Path(pdf).read_bytes()
    lane = Lane("printing")
    lane.run(lambda: printer.send(data, title, paper), answers.append, answers.append)
    wait_until(lambda: bool(answers))
    lane.close()
    (outcome,) = answers
    if not isinstance(outcome, Outcome):
        raise SystemExit(repr(outcome))
    state = printer.state()
    print(
        json.dumps(
            {
                "kind": outcome.kind,
                "job": outcome.job,
                "state": state.kind,
                "accepts": state.accepts,
                "seen": QPrinterInfo.availablePrinterNames(),
                "default": QPrinterInfo.defaultPrinterName(),
            }
        )
    )
    app.quit()


if __name__ == "__main__":
    main(*sys.argv[1:])
