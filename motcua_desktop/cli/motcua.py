"""`motcua`: one command a verb of the desk; results on standard output, messages on standard error.

Exit codes: 0 done, 1 something was refused and the rest is done, 2 wrong usage or the machine does not allow it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from motcua_desktop import __version__
from motcua_desktop.bugreport import write_report
from motcua_desktop.cli import catalogue_commands as catalogue
from motcua_desktop.cli import desk_commands as desk
from motcua_desktop.cli import life_commands as life
from motcua_desktop.cli import line_commands as line
from motcua_desktop.cli import look_commands as look
from motcua_desktop.cli.answers import problem_json, to_json
from motcua_desktop.domain.errors import EnvironmentFault, NumberedError, Problem
from motcua_desktop.messages import instead, sentence
from motcua_desktop.services.desk import default_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    options.data = getattr(options, "data", None) or default_folder()
    options.json = getattr(options, "json", False)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except NumberedError as error:
        return _told(error, options)
    except BrokenPipeError:
        # Whoever read the answers has left. What is still held back must not fail once more at the very end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        return 2
    except Exception as error:
        report = write_report(options.data, error)
        print(sentence(Problem("MC-999", None, {"path": report})), file=sys.stderr)
        return 2


def _told(error: NumberedError, options: argparse.Namespace) -> int:
    if isinstance(error, EnvironmentFault) or options.run is desk.init:
        print(f"{sentence(error.problem)} [{error.problem.number}]", file=sys.stderr)
        return 2
    if options.json:
        print(to_json({"refused": problem_json(error.problem)}))
    else:
        said = " ".join(filter(None, (sentence(error.problem), instead(error.problem))))
        print(f"{said} [{error.problem.number}]", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="folder of the store")
    everywhere.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer in JSON")
    parser = argparse.ArgumentParser(prog="motcua", parents=[everywhere], description=__doc__.splitlines()[0])
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (*desk.COMMANDS, *look.COMMANDS, *catalogue.COMMANDS, *life.COMMANDS, *line.COMMANDS):
        add(commands, everywhere)
    return parser


if __name__ == "__main__":
    sys.exit(main())
