"""A register of an older version is brought to this one: a copy first, then the tables, then the proof."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import text

from mase_docs import files
from mase_docs.errors import RegisterError
from mase_docs.register.care.backup import written
from mase_docs.register.register import Register, engine_at
from mase_docs.register.stores import schema
from mase_docs.register.stores.refusals import told
from mase_docs.register.stores.sqlite import Key
from mase_docs.register.stores.turn import turn
from mase_docs.register.verify import Fault, verify
from mase_docs.register.writing import Witness


@dataclass(frozen=True)
class Upgraded:
    """From which version to which; the copy that was made first; what was found in the register afterwards."""

    before: str
    after: str
    copy: Path
    faults: list[Fault]


def upgrade(
    address: str, borough: str, key: Key | None, passphrase: Callable[[], str], backup: Path | None = None, witness: Witness | None = None
) -> Upgraded | None:
    """Upgrades a register; None where there is nothing to do.

    passphrase  asked for where the register is on a server: of one that is a file, a copy is made beside it, protected as it is itself
    backup      where the backup goes, of a register on a server
    Raises RegisterError; the register is then as it was.
    """
    old = Register(address, borough, engine_at(address, key, new=False), witness)
    with old, told(address):
        if (before := _older(old)) is None:
            return None
        copy = _file_upgraded(old, old.file) if old.file else _server_upgraded(old, backup, passphrase())
    with Register.open(address, borough, key, witness) as register:
        with register.reading() as session:
            faults = verify(session, borough, register.seals)
        with register.writing("upgrade") as writing:
            writing.note("upgraded", **{"from": before, "to": schema.CURRENT})
    return Upgraded(before, schema.CURRENT, copy, faults)


def _older(register: Register) -> str | None:
    """The version of a register that is older than this mase_docs'; None of one that is not. Raises RegisterError where it is newer."""
    with register.engine.connect() as connection:
        found = schema.version(connection)
        if found is not None and found < schema.CURRENT:
            return found
        schema.must_be_current(connection, register.address)
        return None


def _server_upgraded(register: Register, backup: Path | None, passphrase: str) -> Path:
    copy = written(register, backup, passphrase).path
    schema.upgrade(register.engine)
    return copy


def _file_upgraded(register: Register, path: Path) -> Path:
    copy = path.with_name(f"{path.name}.before-{schema.CURRENT}")
    with turn(path, register.witness.who, "upgrade"):
        _copied(register, path, copy)
        schema.upgrade(register.engine)
    return copy


def _copied(register: Register, path: Path, copy: Path) -> None:
    """The file as it is, byte for byte, under another name, while nobody writes to it. Raises RegisterError where it is not the same."""
    with files.in_making(copy) as making, register.engine.begin() as connection:
        connection.execute(text("SELECT count(*) FROM history"))  # from here on the file stays as it is until this ends
        shutil.copyfile(path, making)
        if _digest(making) != _digest(path):
            raise RegisterError("The register could not be copied; it was not upgraded.", "Look whether there is room on the disk.")
    shutil.copymode(path, copy)


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
