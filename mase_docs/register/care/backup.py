"""A backup: one encrypted file of one borough's register, opened again and looked through before anybody is told that it is there.

All of it is held in memory, so that nothing readable ever touches a disk: about seven times the size of the file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from mase_docs import files
from mase_docs.errors import RegisterError
from mase_docs.register.care.packed import Manifest, Packed, pack
from mase_docs.register.care.sealed import must_be_possible, opened, sealed
from mase_docs.register.register import Register
from mase_docs.register.stores.sqlite import is_protected


@dataclass(frozen=True)
class Backup:
    """A backup that was made.

    path      where
    sha256    of the file
    holds     whether the history in it is unbroken; it is not where that of the register isn't
    recorded  whether the history says that a backup was being made
    """

    path: Path
    sha256: str
    manifest: Manifest
    holds: bool
    recorded: bool = False


def back_up(register: Register, path: Path | None, passphrase: str) -> Backup:
    """Makes a backup; path as in `written`. The history says so before it is made, so that the backup itself holds that it was.

    Raises RegisterError, and OutputExistsError for a file that is there already: none is replaced.
    """
    must_be_possible(passphrase)
    recorded = _is_recorded(register)
    return replace(written(register, path, passphrase), recorded=recorded)


def _is_recorded(register: Register) -> bool:
    """A register that can't be written to any more, on a disk that fails, needs its backup most."""
    try:
        with register.writing("backup") as writing:
            writing.note("backing_up")
    except RegisterError:
        return False
    return True


def written(register: Register, path: Path | None, passphrase: str) -> Backup:
    """Makes a backup of a register of whatever version; without a path in the working folder, called after the day and the seal."""
    data = packed(register)
    path = path or Path(default_name(Packed(data).manifest))
    with files.in_making(path) as making:
        _write(making, sealed(data, passphrase))
        del data
        return _looked_through(making, path, passphrase)


def _write(path: Path, data: bytes) -> None:
    """Onto the disk itself, so that a computer that loses its power has it too."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def default_name(manifest: Manifest) -> str:
    """`register_2026-11-22_1204.age`: the day, and the number of the history's newest row."""
    return f"register_{manifest.made_on[:10]}_{manifest.seal[0]}.age"


def packed(register: Register) -> bytes:
    """A register's rows in one zip, from one state of it; nothing is encrypted yet."""
    protected = bool(register.file and is_protected(register.file))
    try:
        with register.reading() as session:
            return pack(session, register.borough, register.witness.now(), protected=protected)
    except (ValueError, TypeError):
        message = "The register holds something that mase-docs did not write and that cannot be read; there is no backup."
        raise RegisterError(message, "Keep a copy of the register's own file or database, then run: mase-docs register verify") from None


def _looked_through(making: Path, path: Path, passphrase: str) -> Backup:
    """What stands on the disk, read again. Raises RegisterError where it isn't what was to be written."""
    data = making.read_bytes()
    found = Packed(opened(data, passphrase))
    return Backup(path, sha256(data).hexdigest(), found.manifest, found.holds)
