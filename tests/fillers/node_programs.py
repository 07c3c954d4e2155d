"""The JavaScript programs that fill in PDFs, save workbooks and read mails: installed once into the environment, then run with node."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

PACKAGES = (
    *("pdf-lib@1.17.1", "@pdf-lib/fontkit@1.1.1", "pdfjs-dist@5.4.296", "xlsx@0.18.5", "exceljs@4.4.0"),
    *("ical.js@2.2.1", "postal-mime@4.0.0"),
)
HERE = Path(__file__).parent
PATIENCE = 300
"""Seconds to wait for a download, and for a program."""


def modules() -> Path:
    """The folder with the packages, in the environment that runs the tests; fetched the first time."""
    folder = Path(sys.prefix) / "share" / f"fillers-{sha256(repr(PACKAGES).encode()).hexdigest()[:12]}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(dir=folder.parent))
        command = [str(shutil.which("npm")), "install", "--no-audit", "--no-fund", "--no-save", "--prefix", str(fresh), *PACKAGES]
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
        _put_in_place(fresh, folder)
    return folder / "node_modules"


def _put_in_place(fresh: Path, folder: Path) -> None:
    try:
        fresh.rename(folder)
    except OSError:  # another test was quicker
        shutil.rmtree(fresh)


def run(script: str, work: dict[str, object]) -> None:
    """Runs one of the scripts here on a piece of work. Raises ValueError with its last words where it fails."""
    task = json.dumps({"modules": str(modules()), **work})
    done = subprocess.run(["node", str(HERE / script)], input=task.encode(), capture_output=True, timeout=PATIENCE)
    if done.returncode:
        raise ValueError(done.stderr.decode(errors="replace").strip())
