"""The key of an encrypted register: from a file, the system's keyring, or whoever is at the terminal. Never on the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
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


def new_key(file: Path | None) -> Callable[[], str]:
    """The key for a register to be made: from a file, or asked for twice. Raises RegisterError where there is nobody to ask."""
    known: list[str] = []

    def ask() -> str:
        known[:] = known or [click.prompt("A key for the register", hide_input=True, confirmation_prompt=True, err=True)]
        return known[0]

    return ask if file is None and sys.stdin.isatty() else lambda: key("", file)
