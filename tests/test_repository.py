"""What holds for the repository as a whole: locks, typefaces, icons, names, what a wheel carries."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
FONTS = sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
ICONS = sorted((ROOT / "resources" / "icons").glob("*.svg"))
CODE = ("motcua_desktop", "ui", "tests", "installer")
SHEET_STYLES = {f"Tinos-{style}.ttf" for style in ("Regular", "Italic", "Bold", "BoldItalic")}
WINDOW_STYLES = {f"NotoSans-{style}.ttf" for style in ("Regular", "SemiBold", "Bold")}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def pins(lock: str) -> dict[str, str]:
    """Package name to everything that the lock says of it."""
    found: dict[str, str] = {}
    name = ""
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if head := re.match(r"([a-z0-9-]+)==", line):
            name = head[1]
        found[name] = found.get(name, "") + line.strip()
    return found


def vietnamese_letters() -> set[str]:
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    small = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones}
    small |= set("đƀčĕĭŏŭ")
    return small | {letter.upper() for letter in small}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_local_setting(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r".*(?:://|find-links|index-url).*", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_is_pinned_and_hashed(lock: str) -> None:
    held = pins(lock)
    assert "" not in held
    assert [name for name, text in held.items() if "--hash=sha256:" not in text] == []


def test_the_lock_for_tests_holds_the_lock_for_running_whole() -> None:
    tested = pins("requirements-dev.lock")
    assert {name: text for name, text in pins("requirements.lock").items() if tested.get(name) != text} == {}


def test_the_lock_serves_windows_too() -> None:
    assert "sys_platform == 'win32'" in pins("requirements.lock")["pywin32-ctypes"]


def test_the_window_toolkit_is_the_one_that_is_sound_on_this_python() -> None:
    assert pins("requirements.lock")["pyside6-essentials"].startswith("pyside6-essentials==6.11.3 ")


def test_the_typefaces_are_all_there() -> None:
    assert {path.name for path in FONTS} == SHEET_STYLES | WINDOW_STYLES
    for licence in ("OFL-Tinos.txt", "OFL-NotoSans.txt"):
        assert "SIL OPEN FONT LICENSE" in (ROOT / "resources/fonts" / licence).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_typeface_can_write_every_name_of_the_office(path: Path) -> None:
    with TTFont(path) as font:
        known = {chr(code) for code in font.getBestCmap()}
    assert vietnamese_letters() - known == set()
    assert set("₫№•–—“”…→²°×\u00a0\u2011") - known == set()


def test_the_window_typefaces_have_the_signs_of_the_screens() -> None:
    for path in FONTS:
        if path.name in WINDOW_STYLES:
            with TTFont(path) as font:
                assert set("←↑→↓▲▼●○■□✓⚠") - {chr(code) for code in font.getBestCmap()} == set(), path.name


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_a_square_outline_that_takes_the_colour_of_the_theme(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"


def test_the_icons_keep_their_licence() -> None:
    assert (ROOT / "resources/icons/LICENSE-tabler.txt").read_text(encoding="utf-8").startswith("MIT License")


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    names = {"utils", "util", "helpers", "helper", "common", "manager"}
    assert [path for path in sources(*CODE) if path.stem in names or path.parent.name in names] == []


def test_no_source_file_is_longer_than_a_person_reads() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources("motcua_desktop", "ui")
    }
    assert {str(path.relative_to(ROOT)): lines for path, lines in lengths.items() if lines > 500} == {}


def test_only_sync_and_the_district_open_an_address() -> None:
    doors = {"urllib.request", "http.client", "http.server"}
    rooms = {ROOT / "motcua_desktop" / room for room in ("sync", "district")}
    guilty = []
    for path in sources("motcua_desktop", "ui"):
        if rooms & set(path.parents):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                opened = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                opened = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            else:
                continue
            if opened & doors:
                guilty.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert guilty == []


def test_no_test_waits_by_the_clock() -> None:
    call = re.compile(r"\bsleep\(|\bqWait\(|\bqtbot\.wait\(")
    this = Path(__file__)
    found = [
        path.name
        for path in sources("tests")
        if path != this and call.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_text_files_are_always_opened_as_utf_8() -> None:
    guilty = []
    for path in sources("motcua_desktop", "ui", "installer"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                bare = not any(word.arg in ("encoding", None) for word in node.keywords)
                if node.func.attr in ("read_text", "write_text") and bare:
                    guilty.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert guilty == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, unpacked into a folder of its own."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(out / "site")
    return out / "site"


def test_a_wheel_carries_the_program_with_its_resources_and_catalogues(wheel: Path) -> None:
    package = wheel / "motcua_desktop"
    carried = {path.name for path in (package / "resources" / "fonts").iterdir()}
    assert carried >= SHEET_STYLES | WINDOW_STYLES
    assert (wheel / "main.py").is_file()
    assert (wheel / "ui" / "__init__.py").is_file()
    for source in (ROOT / "i18n").glob("*/LC_MESSAGES/*.po"):
        compiled = package / "i18n" / source.relative_to(ROOT / "i18n").with_suffix(".mo")
        assert compiled.is_file(), "make messages, then build again"
    assert not (wheel / "tests").exists()


def test_the_program_finds_its_resources_inside_a_wheel(wheel: Path, tmp_path: Path) -> None:
    ask = "from motcua_desktop import assets; print(assets.resource('fonts', 'Tinos-Regular.ttf'))"
    code = f"import sys; sys.path.insert(0, sys.argv[1]); {ask}"
    told = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", code, str(wheel)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    found = Path(told.stdout.strip())
    assert found.is_file()
    assert wheel in found.parents


def test_motcua_runs_from_a_wheel_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    def motcua(*words: str, given: str = "") -> str:
        code = (
            "import sys; sys.path.insert(0, sys.argv.pop(1));"
            "from motcua_desktop.cli.motcua import main; raise SystemExit(main())"
        )
        done = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", "-c", code, str(wheel), *words, "--data", "store"],
            cwd=tmp_path,
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    office = ("--office-code", "H18.11.05", "--office", "UBND xã Tả Phìn", "--province", "Điện Biên")
    motcua("init", *office, "--desk", "1", "--officer", "Nguyễn Thị Nhung")
    sample = (ROOT / "resources" / "sample" / "day-2026-11-20.jsonl").read_text(encoding="utf-8")
    answers = motcua("intake", "-", "--receipts", "receipts", given=sample)
    assert len(answers.splitlines()) == len(list((tmp_path / "receipts").glob("*.pdf"))) == 37
    assert "Địa chỉ trên thẻ" in answers  # the Vietnamese catalogue came along
