"""Makes the checkout ready to run, to check or to test, and says nothing where it already is.

    python3 installer/environment.py run      what the program needs
    python3 installer/environment.py check    and the linters
    python3 installer/environment.py test     and the programs that the test suite drives

Standard library only, since it runs before anything is installed. Exit code 0: ready; 2: a person has to do
something, and the last sentence says what.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"

MODES = ("run", "check", "test")

QT_FILES = (
    "QtWidgets.abi3.so",
    "QtPrintSupport.abi3.so",
    "QtSvg.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/printsupport/libcupsprintersupport.so",
)

DEBIAN_LIBRARIES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libICE.so.6": "libice6",
    "libOpenGL.so.0": "libopengl0",
    "libSM.so.6": "libsm6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

TEST_PROGRAMS: Mapping[str, str] = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "cupsd": "cups",
    "lp": "cups-client",
    "/usr/lib/cups/backend/cups-pdf": "printer-driver-cups-pdf",
    "strace": "strace",
}

LAUNCHER = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

sys.path.insert(0, {root!r})
from {module} import {function}

sys.exit({function}())
"""

WINDOWS_LAUNCHER = '@"%~dp0python.exe" "%~dp0{name}-script.py" %*\n'


class NotReady(Exception):
    """Something that only a person can do; the text is the sentence that says what."""


def say(sentence: str) -> None:
    """One line to standard error: standard output belongs to the program."""
    print(sentence, file=sys.stderr, flush=True)


def run(command: Sequence[str | Path], failure: str, *, show: bool = False) -> None:
    """Run a command; its output is shown only if asked for or if it fails, which raises NotReady."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    words = [str(word) for word in command]
    pipe = None if show else subprocess.PIPE
    done = subprocess.run(
        words, cwd=ROOT, env=environment, stdout=pipe, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        if done.stdout:
            say(done.stdout.decode("utf-8", "replace")[-4000:].rstrip())
        raise NotReady(failure)


def is_root_with_apt() -> bool:
    """Whether Debian packages may be installed without asking anybody."""
    return not WINDOWS and os.geteuid() == 0 and shutil.which("apt-get") is not None


def want_packages(what: str, missing: Iterable[str], packages: Iterable[str]) -> None:
    """Install Debian packages as root, or raise NotReady with the command that a person can type."""
    names = sorted(set(packages))
    if not is_root_with_apt():
        if shutil.which("apt-get") is None:
            things = ", ".join(sorted(set(missing)))
            raise NotReady(
                f"{what}: {things}. Install them with this system's own package manager, then try again."
            )
        typed = f"sudo apt-get install --no-install-recommends {' '.join(names)}"
        raise NotReady(f"{what}. Type this, then try again:\n    {typed}")
    say(f"{what}; installing {' '.join(names)} …")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    wait = ("-qq", "-o", "DPkg::Lock::Timeout=300")
    run(("apt-get", *wait, "update"), "The list of Debian packages could not be read; is there a network?")
    install = ("apt-get", *wait, "install", "-y", "--no-install-recommends", *names)
    run(install, f"Debian packages could not be installed: {' '.join(names)}.")


def check_python() -> None:
    """Raise NotReady where this Python is too old."""
    if sys.version_info < OLDEST:
        have, want = (".".join(map(str, version[:2])) for version in (sys.version_info, OLDEST))
        hint = "py -3.12 installer\\environment.py run" if WINDOWS else "make PYTHON=python3.12 run"
        raise NotReady(
            f"Python {want} or newer is needed, this is {have}. With a newer one installed: {hint}"
        )


def has_ensurepip() -> bool:
    """Whether this Python can make an environment with pip in it; Debian packs that part on its own."""
    tried = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return tried.returncode == 0


def is_sound() -> bool:
    """Whether .venv has a Python that starts and has pip."""
    if not PYTHON.exists():
        return False
    tried = subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True, check=False)
    return tried.returncode == 0


def make_venv() -> None:
    """Make .venv, or make it again where it was left half done."""
    if is_sound():
        return
    if not has_ensurepip():
        want_packages("This Python cannot make environments", ["ensurepip"], ["python3-venv"])
    run((sys.executable, "-m", "venv", "--clear", VENV), f"{VENV} could not be made; see the lines above.")


def stamp_of(lock: Path) -> Path:
    """Where it is noted which content of `lock` is installed."""
    return VENV / f"installed-{lock.stem}"


def digest_of(lock: Path) -> str:
    """Changes when the lock, the interpreter or the place of the checkout change."""
    noted = hashlib.sha256()
    for path in (lock, VENV / "pyvenv.cfg"):
        noted.update(path.read_bytes() if path.is_file() else b"")
    noted.update(str(ROOT).encode("utf-8"))
    return noted.hexdigest()


def is_installed(lock: Path) -> bool:
    """Whether exactly this lock was installed into this environment."""
    stamp = stamp_of(lock)
    return PYTHON.exists() and stamp.is_file() and stamp.read_text(encoding="ascii") == digest_of(lock)


def install(lock: Path) -> None:
    """Install what the lock names, each file checked against its hash, unless that was done before."""
    if is_installed(lock):
        return
    make_venv()
    say(f"Installing the Python packages of {lock.name} into {VENV.name} (a minute or two the first time) …")
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock)
    run(pip, f"The Python packages of {lock.name} could not be installed; see the lines above.")
    for done in {lock, RUN_LOCK}:  # the test lock holds the other one whole
        stamp_of(done).write_text(digest_of(done), encoding="ascii")


def write_launchers() -> None:
    """Put `motcua` and its sisters beside python, running the code of this checkout."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, target in {**project.get("scripts", {}), **project.get("gui-scripts", {})}.items():
        module, function = target.split(":")
        text = LAUNCHER.format(python=PYTHON, root=str(ROOT), module=module, function=function)
        script = BIN / (f"{name}-script.py" if WINDOWS else name)
        if script.is_file() and script.read_text(encoding="utf-8") == text:
            continue
        script.write_text(text, encoding="utf-8", newline="\n")
        script.chmod(0o755)
        if WINDOWS:
            (BIN / f"{name}.cmd").write_text(WINDOWS_LAUNCHER.format(name=name), encoding="utf-8")


def compile_catalogues() -> None:
    """Turn each .po that is newer than its .mo into one."""
    for source in sorted((ROOT / "i18n").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        babel = (PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile")
        run((*babel, "--input-file", source, "--output-file", target), f"{source} could not be compiled.")


def unresolved(ldd_output: str) -> list[str]:
    """The shared objects that `ldd` could not find, each once, in order."""
    lines = (line.strip() for line in ldd_output.splitlines())
    return sorted({line.split(" => ")[0] for line in lines if line.endswith("=> not found")})


def check_qt_libraries() -> None:
    """Install or name the system libraries that Qt cannot find on Linux."""
    homes = sorted(VENV.glob("lib/python*/site-packages/PySide6"))
    files = [str(home / name) for home in homes for name in QT_FILES if (home / name).exists()]
    if not sys.platform.startswith("linux") or not files or shutil.which("ldd") is None:
        return
    # Installing one library can bring a library to light that itself lacks another.
    for _ in range(3):
        found = subprocess.run(["ldd", *files], capture_output=True, text=True, errors="replace", check=False)
        missing = unresolved(found.stdout)
        if not missing:
            return
        unknown = [name for name in missing if name not in DEBIAN_LIBRARIES]
        if unknown:
            raise NotReady(f"Qt lacks system libraries that this script does not know: {', '.join(unknown)}.")
        want_packages("Qt lacks system libraries", missing, [DEBIAN_LIBRARIES[name] for name in missing])
    raise NotReady(f"Qt still lacks system libraries: {', '.join(missing)}.")


def check_test_programs() -> None:
    """Install or name what the test suite drives: a screen without a monitor, a printer without paper."""
    if not sys.platform.startswith("linux"):
        return
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
    missing = [
        name
        for name in TEST_PROGRAMS
        if not (Path(name).exists() if "/" in name else shutil.which(name, path=path))
    ]
    if missing:
        names = [Path(name).name for name in missing]
        want_packages(
            "The tests need programs that are not here", names, [TEST_PROGRAMS[name] for name in missing]
        )


def prepare(mode: str) -> None:
    """Make the checkout ready for one of MODES; raises NotReady with a sentence where it cannot be."""
    check_python()
    install(RUN_LOCK if mode == "run" else DEV_LOCK)
    write_launchers()
    compile_catalogues()
    if mode != "check":
        check_qt_libraries()
    if mode == "test":
        check_test_programs()


def main(arguments: Sequence[str]) -> int:
    """Entry point; returns the exit code."""
    if len(arguments) != 1 or arguments[0] not in MODES:
        say(__doc__.strip() if __doc__ else "")
        return 2
    try:
        prepare(arguments[0])
    except NotReady as reason:
        say(str(reason))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
