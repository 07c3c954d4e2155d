"""Another key for an encrypted register: a copy is written with it and proved, and only then takes the place of the file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from mase_docs.errors import RegisterError
from mase_docs.register.records import Chain
from mase_docs.register.register import Register
from mase_docs.register.stores.refusals import told
from mase_docs.register.stores.sqlite import Key, is_protected, write_with_key
from mase_docs.register.stores.turn import turn
from mase_docs.register.verify import Fault, verify


def rekey(register: Register, new: Key) -> None:
    """Gives the register's file another key; at every instant the file opens with one of the two, and all of it is there.

    The register that was given is closed: it is to be opened again, with the new key. Raises RegisterError where it has no key.
    """
    path = protected(register)
    with turn(path, register.witness.who, "new key", register.patience), _empty_beside(path) as copy:
        with told(register.address):
            write_with_key(register.engine, copy, new)
        _must_be_the_same(register, copy, new)
        _put_in_place(copy, path)
    with Register.open(register.address, register.borough, new, register.witness) as changed, changed.writing("new key") as writing:
        writing.note("rekeyed")


def protected(register: Register) -> Path:
    """The file of a register. Raises RegisterError where no key protects it."""
    if register.file is None or not is_protected(register.file):
        message = "The register has no key: it is not encrypted."
        raise RegisterError(message, "To have it encrypted, make a backup and restore that as an encrypted one: docs/register.md.")
    return register.file


@contextmanager
def _empty_beside(path: Path) -> Iterator[Path]:
    """A file for its owner alone, of which nothing is left where it wasn't put in place."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-key-")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for ending in ("", "-journal"):
            Path(f"{name}{ending}").unlink(missing_ok=True)


def _must_be_the_same(register: Register, copy: Path, new: Key) -> None:
    """Raises RegisterError unless the copy opens with the new key, and what is found in it is what is found in the register."""
    with Register.open(str(copy), register.borough, new, register.witness) as written:
        same = _proof(written) == _proof(register)
    register.engine.dispose()
    if not same or not is_protected(copy):
        raise RegisterError("The copy with the new key is not what the register is; the key was not changed.", "Do it again.")


def _proof(register: Register) -> tuple[str | None, list[Fault]]:
    """The newest row of the history, and what is wrong in the register."""
    with register.reading() as session:
        newest = session.scalar(select(Chain.hash).where(Chain.borough == register.borough))
        return newest, verify(session, register.borough, register.seals)


def _put_in_place(copy: Path, path: Path) -> None:
    try:
        os.replace(copy, path)
    except OSError:
        raise RegisterError(f"{path} is open elsewhere; the key was not changed.", "Close what has it open, then do this again.") from None
