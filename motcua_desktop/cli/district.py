"""The `motcua-district` command: run the district, list what it holds, or declare that it was restored.

Exits 0 (done) or 2 (wrong usage, or the environment does not allow it: one sentence says what to do).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_dir

from motcua_desktop.domain.errors import NumberedError

_NOTHING_HELD = "Chưa có đơn vị nào gửi dữ liệu."
_RESTORED = (
    "Đã ghi nhận kho được phục hồi từ bản sao lưu. Lần gửi tới, mỗi quầy tự gửi lại ba mươi ngày gần nhất."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    try:
        if options.command == "serve":
            return _serve(options.listen, options.store or _default_store(make=True))
        if options.command == "restored":
            return _restored(options.store or _default_store())
        return _list(options.store or _default_store(), options.office, as_json=options.json)
    except NumberedError as error:
        print(_sentence(error), file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua-district", description="Máy chủ nhận hồ sơ của cấp trên")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="nhận hồ sơ từ các quầy")
    serve.add_argument("--listen", default="127.0.0.1:8040", metavar="HOST:PORT")
    serve.add_argument("--store", metavar="URL", help="sqlite:///TỆP")
    listed = commands.add_parser("list", help="xem những gì đang giữ")
    listed.add_argument("--office", metavar="CODE", help="từng hồ sơ của một đơn vị")
    listed.add_argument("--json", action="store_true", help="mỗi dòng một đối tượng JSON")
    listed.add_argument("--store", metavar="URL", help="sqlite:///TỆP")
    restored = commands.add_parser("restored", help="khai báo rằng kho vừa được phục hồi từ bản sao lưu")
    restored.add_argument("--store", metavar="URL", help="sqlite:///TỆP")
    return parser


def _restored(store: str) -> int:
    from motcua_desktop.district.database import Database

    Database(store, read_only=True).close()  # what is not there, or is no store, is left as it is
    with contextlib.closing(Database(store)) as database:
        database.begin_epoch()
    print(_RESTORED)
    return 0


def _serve(listen: str, store: str) -> int:
    from motcua_desktop.district.server import serve  # slow to import, and `list` does without

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    serve(listen, store, ready=lambda url: print(url, flush=True))
    return 0


def _list(store: str, office: str | None, *, as_json: bool) -> int:
    from motcua_desktop.district import holdings
    from motcua_desktop.district.database import Database

    with contextlib.closing(Database(store, read_only=True)) as database:
        if office is not None:
            for dossier in holdings.dossiers(database, office):
                columns = (dossier.code, dossier.status, dossier.received_at, dossier.due_at or "")
                print(json.dumps(asdict(dossier), ensure_ascii=False) if as_json else "  ".join(columns))
            return 0
        offices = holdings.offices(database)
    for held in offices:
        contact = datetime.fromtimestamp(held.last_contact_ms / 1000, UTC).isoformat(timespec="seconds")
        if as_json:
            fields = asdict(held)
            del fields["last_contact_ms"]
            print(json.dumps({**fields, "last_contact": contact}, ensure_ascii=False))
        else:
            refused = f", trả lại {held.refused}" if held.refused else ""
            print(f"{held.office}  {held.dossiers} hồ sơ, {held.events} bản ghi{refused}, lần cuối {contact}")
    if not offices and not as_json:
        print(_NOTHING_HELD, file=sys.stderr)
    return 0


def _sentence(error: NumberedError) -> str:
    from motcua_desktop.district.problems import TEXTS

    problem = error.problem
    return f"{problem.number}: {TEXTS[problem.number].format_map(dict(problem.params))}"


def _default_store(*, make: bool = False) -> str:
    folder = Path(user_data_dir("motcua-district", appauthor=False))
    if make:
        folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{(folder / 'district.sqlite').as_posix()}"


if __name__ == "__main__":
    sys.exit(main())
