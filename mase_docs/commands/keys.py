"""The key of an encrypted register: from a file, the system's keyring, or whoever is at the terminal. Never on the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click

from mase_docs.commands import options

SERVICE = "mase-docs"
"""What the keys are kept under in the system's keyring; the user's name there is where the register is."""
SHORTEST = 12
"""Letters of a new key: three or four words."""


def key(address: str, file: Path | None) -> str:
    """The key that opens the register at an address. Raises RegisterError where there is nobody to ask."""
    return given(file) if file else kept(address) or given(file)


def given(file: Path | None, question: str = "Key of the register", *, twice: bool = False) -> str:
    """A key from a file, or asked for. Raises RegisterError where there is nobody to ask."""
    return _in_file(file) if file else _asked(question, twice=twice)


def new_key(file: Path | None) -> Callable[[], str]:
    """The key for a register to be made: from a file, or asked for twice, when it is first wanted.

    Raises RegisterError then, where there is nobody to ask, and for a key that is too short.
    """
    known: list[str] = []

    def ask() -> str:
        known[:] = known or [_long_enough(given(file, "A new key for the register", twice=True))]
        return known[0]

    return ask


def kept(address: str) -> str | None:
    """The key of a register in the system's keyring; None where there is none, or no keyring."""
    keyring = _keyring()
    try:
        return keyring.get_password(SERVICE, _place(address)) if keyring else None
    except keyring.errors.KeyringError:
        return None


def keep(address: str, key: str) -> None:
    """Puts a register's key into the system's keyring, in place of one that is there. Raises RegisterError where there is no keyring."""
    from mase_docs.errors import RegisterError

    keyring = _keyring()
    try:
        keyring.set_password(SERVICE, _place(address), key)
    except (AttributeError, keyring.errors.KeyringError):
        message = "This system has no keyring that mase-docs could keep the key in."
        raise RegisterError(message, "Keep it in a file that nobody else can read, and name that with --key-file.") from None


def forget(address: str) -> bool:
    """Whether the keyring had the key of a register; it has it no more."""
    if kept(address) is None:
        return False
    _keyring().delete_password(SERVICE, _place(address))
    return True


def _keyring() -> ModuleType:
    try:
        import keyring
    except ImportError:
        from mase_docs.errors import RegisterError

        message = "The register is encrypted, and what keeps its key is not installed."
        raise RegisterError(message, 'Install it with: pip install "mase-docs[encrypted]"') from None
    return keyring


def _place(address: str) -> str:
    return str(Path(address).resolve())


def _in_file(file: Path) -> str:
    """Its first line, however the file was written."""
    data = file.read_bytes()
    return next(iter(data.decode(options.encoding(data), "replace").splitlines()), "").strip()


def _asked(question: str, *, twice: bool) -> str:
    from mase_docs.errors import RegisterError

    if not sys.stdin.isatty():
        raise RegisterError("There is nobody to ask for the key of the register.", "Name a file whose first line it is, with --key-file.")
    asked: str = click.prompt(question, hide_input=True, confirmation_prompt=twice, err=True)
    return asked


def _long_enough(key: str) -> str:
    from mase_docs.errors import RegisterError

    if len(key) < SHORTEST:
        raise RegisterError("The key is too short; nothing was made.", f"Take at least {SHORTEST} letters, such as four words.")
    return key
