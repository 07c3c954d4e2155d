"""The key of an encrypted register: from a file, the system's keyring, or whoever is at the terminal. Never on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import click


def key(address: str, file: Path | None) -> str:
    """The key that opens the register at an address. Raises RegisterError where there is nobody to ask."""
    from mase_docs.errors import RegisterError

    if file is not None:
        return file.read_text("utf-8-sig").strip()
    if not sys.stdin.isatty():
        raise RegisterError(
            "The register is encrypted, and there is nobody to ask for its key.", "Name a file that holds it, with --key-file."
        )
    asked: str = click.prompt("Key of the register", hide_input=True, err=True)
    return asked
