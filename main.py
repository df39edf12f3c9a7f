"""Introduces the parts to each other: the desk, a printer, the window."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from motcua_desktop.i18n import LANGUAGES, use_language

SCALES = (1.0, 1.15, 1.3)  # what fits 1366 by 728


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the counter on a store; `--demo` on an invented office with a district of its own."""
    options = _parser().parse_args(arguments)
    if options.language:
        use_language(options.language)
    if options.demo:
        return demonstrate(Path(options.output))
    if not has_display():
        print(
            "There is no display for the window. Use the `motcua` command, or `main.py --demo`.",
            file=sys.stderr,
        )
        return 2
    return open_counter(options)


def demonstrate(output: Path) -> int:
    """An invented office with a district on loopback; without a display the sample day plays by itself."""
    shown = has_display()
    if not shown:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from motcua_desktop.district.holdings import offices
    from motcua_desktop.district.server import EmbeddedDistrict
    from ui.demo.run import make_folders, play_demo, show_demo

    make_folders(output)
    path = (output / "office" / "district.db").resolve()
    with EmbeddedDistrict(f"sqlite:///{path.as_posix()}") as district:
        if shown:
            return show_demo(output, district.url)
        return play_demo(
            output, district.url, lambda: sum(held.dossiers for held in offices(district.database))
        )


def open_counter(options: argparse.Namespace) -> int:
    """The window on the store of this machine; says what to do where there is none."""
    gc.disable()  # until the window stands: nothing is garbage before
    from motcua_desktop.documents.paper import Paper
    from motcua_desktop.domain.errors import NumberedError
    from motcua_desktop.messages import sentence
    from motcua_desktop.services.desk import default_folder, open_desk
    from ui.app import make_application, run_window
    from ui.printers import choose_printer
    from ui.workbench import Workbench

    app = make_application(dark=options.dark, scale=options.scale)
    try:
        desk = open_desk(options.data or default_folder())
    except NumberedError as error:
        gc.enable()
        tell(f"{sentence(error.problem)} [{error.problem.number}]")
        return 2
    bench = Workbench(desk, choose_printer(options.printer), Paper(options.paper))
    return run_window(app, bench)


def tell(text: str) -> None:
    """Say why there is no window: in a box, because a program without a console has no other voice."""
    from PySide6.QtWidgets import QMessageBox

    if sys.stderr is not None:
        print(text, file=sys.stderr)
    QMessageBox.critical(None, "Motcua", text)


def has_display(environment: dict[str, str] | None = None, platform: str = sys.platform) -> bool:
    """Whether a window can be shown to somebody."""
    known = os.environ if environment is None else environment
    if known.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal"):
        return False
    return platform in ("win32", "darwin") or bool(known.get("DISPLAY") or known.get("WAYLAND_DISPLAY"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua-desktop", description="The counter of a one-stop office.")
    parser.add_argument("--data", type=Path, help="folder of the store")
    parser.add_argument("--printer", help="name of the printer; default: the system's")
    parser.add_argument("--paper", choices=("A5", "A4"), default="A5")
    parser.add_argument("--language", choices=LANGUAGES, help="of the window; sheets are Vietnamese")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--scale", type=float, choices=SCALES, default=1.0, help="size of the letters")
    parser.add_argument("--demo", action="store_true", help="an invented office, with a district of its own")
    parser.add_argument("--output", default="demo-output", help="where the demonstration leaves its files")
    return parser


if __name__ == "__main__":
    sys.exit(main())
