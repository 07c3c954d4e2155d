#!/usr/bin/env python3
"""mase_docs on a fresh machine, with nothing but Python 3.11 and pip (Windows: `py start.py …`).

python3 start.py demo        the whole job on an invented month, into the folder mase-demo
python3 start.py test        everything that is tested, with what the tests need
python3 start.py test --long the same, with 2,000 broken files of each kind and 200 crashes in place of a few (about two hours)
python3 start.py WORDS…      the same as: mase-docs WORDS…
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PROGRAMS = {  # what the tests drive, a program or a module of the system's own Python → the Debian packages it comes in
    "soffice": ["libreoffice-writer", "libreoffice-calc"],
    "import uno": ["python3-uno"],
    "pdftoppm": ["poppler-utils"],
    "qpdf": ["qpdf"],
    "pdftk": ["pdftk-java"],
    "node": ["nodejs"],
    "npm": ["npm"],
    "gs": ["ghostscript"],
    "ssconvert": ["gnumeric"],
    "tesseract": ["tesseract-ocr"],
    "pandoc": ["pandoc"],
    "zip": ["zip"],
    "7z": ["p7zip-full"],
    "Xvfb": ["xvfb"],
    "xdotool": ["xdotool"],
    "initdb": ["postgresql"],
    "openssl": ["openssl"],
}
STEPS = {  # the checks of `start.py test`, in order
    "style": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "floors": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
}


def main(words: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 this file is what an older Python is met with
        return _say("mase_docs needs Python 3.11 or newer; this is " + platform.python_version() + ".")
    if words[:1] == ["test"]:
        return test(words[1:])
    return _prepare("all") or subprocess.call([str(PYTHON), "-P", "-m", "mase_docs", *words])


def test(words: list[str]) -> int:
    """Everything: style, types, floors, then pytest with the words handed on. 0 only if all of it passes."""
    failed = _prepare("test")
    if failed:
        return failed
    _programs()
    results = {name: subprocess.call([str(PYTHON), *step], cwd=HERE) for name, step in STEPS.items()}
    results["tests"] = subprocess.call([str(PYTHON), "-m", "pytest", "-n", "auto", *words], cwd=HERE)
    failed_steps = [name for name, code in results.items() if code]
    return _say(f"Not passed: {', '.join(failed_steps)}.") if failed_steps else 0


def _prepare(extra: str) -> int:
    """The virtual environment in .venv with mase_docs installed in it, made anew when what it was made from has changed."""
    made_from = _fingerprint()
    if any(stamp.read_text() == made_from for stamp in (_stamp(extra), _stamp("test")) if stamp.exists()):
        return 0
    print("Setting up (once, about a minute) …", file=sys.stderr, flush=True)
    if subprocess.call([*_pip(), "install", "--quiet", "--disable-pip-version-check", "-e", f"{HERE}[{extra}]"]):
        return _say("Setting up did not work: see the lines above. Is there a connection to a package index?")
    _stamp(extra).write_text(made_from)
    return 0


def _stamp(extra: str) -> Path:
    """Says what the environment was last made from; "test" has all that "all" has."""
    return VENV / f".installed-{extra}"


def _fingerprint() -> str:
    """Changes with the dependencies, the folder and the Python."""
    return hashlib.sha256((HERE / "setup.cfg").read_bytes() + f"{HERE} {sys.version}".encode()).hexdigest()


def _pip() -> list[str]:
    """The pip of the environment; where Debian leaves out ensurepip (no python3-venv), this Python's own, aimed at it."""
    own, made_for = importlib.util.find_spec("ensurepip") is not None, VENV / ".made-for"
    this = f"{HERE} {sys.version}"
    if not (made_for.exists() and made_for.read_text() == this):
        venv.create(VENV, with_pip=own, clear=True)
        made_for.write_text(this)
    return [str(PYTHON), "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def _programs() -> None:
    """Installs the programs that the tests drive where it may (root on Debian), and names what stays missing."""
    missing = [name for name in PROGRAMS if not _is_there(name)]
    if missing and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        packages = [package for name in missing for package in PROGRAMS[name]]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call(["apt-get", "update", "-qq"], env=quiet)
        subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=quiet, stdout=subprocess.DEVNULL)
    still = [name for name in missing if not _is_there(name)]
    if still:
        print(f"Left out, because they are not installed: the tests that drive {', '.join(still)}.", file=sys.stderr, flush=True)


def _is_there(name: str) -> bool:
    if name.startswith("import "):
        system = shutil.which("python3", path="/usr/bin") or sys.executable
        return subprocess.call([system, "-c", name], stderr=subprocess.DEVNULL) == 0
    return shutil.which(name) is not None or any(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))  # Debian keeps a server's off the PATH


def _say(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
