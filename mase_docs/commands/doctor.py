"""mase-docs doctor"""

from __future__ import annotations

import os
import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs import __version__
from mase_docs.commands import talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings

PARTS = {  # package → (what it is for, the extra it comes with; "" where nothing works without it)
    "cerberus": ("checking", ""),
    "openpyxl": ("writing Excel forms", ""),
    "pypdf": ("reading PDF forms", ""),
    "docxtpl": ("Word documents", ""),
    "rapidfuzz": ("suggesting the nearest right choice, and who may be the same person", ""),
    "SQLAlchemy": ("the register", ""),
    "alembic": ("bringing a register to a newer version", ""),
    "reportlab": ("building blank PDF forms", "forms"),
    "cryptography": ("opening PDF forms with restrictions or a password", "passwords"),
    "msoffcrypto-tool": ("opening Excel and Word forms with a password", "passwords"),
    "pyzipper": ("opening zip archives with a password", "passwords"),
    "xlrd": ("reading old Excel forms, .xls", "spreadsheets"),
    "pdfplumber": ("reading PDF forms that were printed or flattened", "recover"),
    "pypdfium2": ("drawing PDF forms that were printed or scanned", "recover"),
    "opencv-python-headless": ("laying scans straight", "scan"),
    "sqlcipher3": ("a register that nobody can read without its key", "encrypted"),
    "keyring": ("keeping that key in the system's keyring", "encrypted"),
    "pyrage": ("backups that nobody can read without their passphrase", "encrypted"),
    "psycopg": ("a register on a PostgreSQL server", "postgresql"),
    "networkx": ("the picture of what joins cases", "pictures"),
}
PROGRAMS = {"tesseract": ("reading the words of scans", "your system's packages, or https://tesseract-ocr.github.io")}
"""Program → what it is for, and where it comes from."""


@click.command("doctor")
@click.pass_obj
def command(settings: Settings) -> int:
    """What is installed, found and writable; what is missing, and what for.

    Example: mase-docs doctor
    """
    talk.result(f"mase-docs {__version__}, Python {platform.python_version()}, {platform.system()}")
    parts = [_part(name, *PARTS[name]) for name in PARTS]
    for name in PROGRAMS:
        _program(name, *PROGRAMS[name])
    _home(settings.folder)
    return 0 if all(parts) else 3


def _part(name: str, purpose: str, extra: str) -> bool:
    """Says whether a package is there; True unless it is missing and nothing works without it."""
    try:
        talk.result(f"  found    {name} {version(name)}: {purpose}")
    except PackageNotFoundError:
        talk.result(f"  missing  {name}: {purpose}. Install it with: pip install mase-docs[{extra or 'all'}]")
        return bool(extra)
    return True


def _program(name: str, purpose: str, source: str) -> None:
    if shutil.which(name):
        talk.result(f"  found    the program {name}: {purpose}")
    else:
        talk.result(f"  missing  the program {name}: {purpose}. It comes from {source}")


def _home(folder: Path) -> None:
    if not folder.is_dir():
        talk.result(f"  no home  {folder}: everything is as shipped. Make one with: mase-docs init")
        return
    can_write = "can be written to" if os.access(folder, os.W_OK) else "cannot be written to"
    talk.result(f"  home     {folder} {can_write}; mase.toml is {'there' if (folder / 'mase.toml').is_file() else 'not there'}")
