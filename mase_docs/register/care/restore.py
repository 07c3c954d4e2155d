"""A backup becomes a register again, at any address and in any kind of store: so a register moves from one kind to another."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Date, Engine, LargeBinary, Table, func, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from mase_docs.errors import RegisterError
from mase_docs.register import seals
from mase_docs.register.care.packed import Manifest, Packed, Row, tables
from mase_docs.register.care.sealed import opened
from mase_docs.register.register import engine_at
from mase_docs.register.stores import schema
from mase_docs.register.stores.postgresql import is_server
from mase_docs.register.stores.refusals import named, told
from mase_docs.register.stores.sqlite import Key
from mase_docs.register.stores.sqlite import engine as file_engine
from mase_docs.register.stores.turn import turn
from mase_docs.register.verify import Fault, verify
from mase_docs.register.writing import Witness, Writing

MANY = 200
"""Rows that are written in one statement."""
BESIDE = ("", "-journal", "-wal", "-shm")
"""What SQLite keeps beside a file belongs to that file alone: left there, it would be played into the one that takes its place
(https://www.sqlite.org/howtocorrupt.html, 1.4)."""


@dataclass(frozen=True)
class Restore:
    """Where a backup goes.

    address      a file, or a server: nothing of the borough is there yet
    key          whether the backup's register was protected → what protects the new file; None: anybody who gets it can read it
    replace      a register file that is there is moved aside first; it is never removed
    with_faults  the backup is taken although the register that it was made of was altered behind mase_docs' back
    """

    address: str
    borough: str
    key: Callable[[bool], Key | None] = lambda _: None
    witness: Witness = field(default_factory=Witness.of_this_system)
    replace: bool = False
    with_faults: bool = False


@dataclass(frozen=True)
class Done:
    """What was restored.

    aside   where the register is that was there before; None where none was
    faults  those that the backup came with
    seal    when it was restored, number and hash of the row of the history that says so
    """

    manifest: Manifest
    aside: Path | None
    faults: list[Fault]
    seal: tuple[str, int, str]


def restore(backup: Path, passphrase: str, to: Restore) -> Done:
    """Opens a backup, writes its rows, proves them, puts into the history that it was restored.

    Raises RegisterError; nothing is left behind then, and what was there is as it was.
    """
    if not is_server(to.address):
        _must_be_new(Path(to.address), to)
    data = backup.read_bytes()
    return put(Packed(opened(data, passphrase), sha256(data).hexdigest()), to)


def put(packed: Packed, to: Restore) -> Done:
    """The same for a backup that is open."""
    if packed.manifest.borough != to.borough:
        message = f"This is a backup of borough {packed.manifest.borough}, and mase.toml is of {to.borough}."
        raise RegisterError(message, "Name the right backup, or the right folder with --home.")
    done = _on_server(packed, to) if is_server(to.address) else _as_file(packed, to)
    at, seq, newest = done.seal
    seals.keep(seals.place(newest), at, to.borough, seq, newest)
    return done


def _on_server(packed: Packed, to: Restore) -> Done:
    """Rows and proof in one transaction."""
    if packed.manifest.version != schema.CURRENT:
        message = "The backup was made by an older mase-docs, and a server's tables are of this one."
        raise RegisterError(message, "Restore it into a file first, make a backup of that, and restore that one.")
    engine = engine_at(to.address, None, new=True)
    with told(to.address):
        schema.make(engine, to.address, to.borough)
        with Session(engine) as session, session.begin():
            _must_be_free(session, to)
            _write(session, packed)
            done = _proved(session, packed, to)
    engine.dispose()
    return done


def _must_be_free(session: Session, to: Restore) -> None:
    for table in tables(session):
        if session.execute(select(table.c.borough).where(table.c.borough == to.borough).limit(1)).first():
            raise RegisterError(
                f"The register {named(to.address)} is there already.", "Restore into a database where the borough has none yet."
            )


def _as_file(packed: Packed, to: Restore) -> Done:
    """Written and proved under another name; then what is there is moved aside, and it takes the name."""
    path = Path(to.address)
    _must_be_new(path, to)
    path.parent.mkdir(parents=True, exist_ok=True)
    with turn(path, to.witness.who, "restore"), _in_making(path) as making:
        engine = file_engine(making, to.key(packed.manifest.protected))
        try:
            done = _filled(engine, packed, to)
        finally:
            engine.dispose()
        _must_be_new(path, to)
        aside = _moved_aside(path, to)
        os.replace(making, path)
    return replace(done, aside=aside)


def _must_be_new(path: Path, to: Restore) -> None:
    if path.exists() and not to.replace:
        message = f"The register {path} is there already; it was left as it is."
        raise RegisterError(message, "Name another place with --register, or add --force: it is then moved aside, not removed.")


@contextmanager
def _in_making(path: Path) -> Iterator[Path]:
    """An empty file beside it, for its owner alone, of which nothing is left where it wasn't moved; nor of one that was killed."""
    beginning = f".restoring-{path.name}-"
    for left in path.parent.glob(f"{beginning}*"):
        left.unlink()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=beginning)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for ending in BESIDE:
            Path(f"{name}{ending}").unlink(missing_ok=True)


def _moved_aside(path: Path, to: Restore) -> Path | None:
    """Where what was there is now, with all that SQLite keeps beside it."""
    aside = path.with_name(f"{path.name}.replaced-{to.witness.now():%Y-%m-%d_%H%M%S}")
    if any(Path(f"{aside}{ending}").exists() for ending in BESIDE):
        raise RegisterError(f"{aside} is there already.", "Wait a second, then do this again.")
    found = [ending for ending in BESIDE if Path(f"{path}{ending}").exists()]
    for ending in reversed(found):
        os.replace(f"{path}{ending}", f"{aside}{ending}")
    return aside if "" in found else None


def _filled(engine: Engine, packed: Packed, to: Restore) -> Done:
    with told(to.address):
        schema.upgrade(engine, packed.manifest.version)
        writing = engine.execution_options(writing=True)
        with Session(writing) as session, session.begin():
            _write(session, packed)
        schema.upgrade(engine)
        with Session(writing) as session, session.begin():
            return _proved(session, packed, to)


def _write(session: Session, packed: Packed) -> None:
    known = {table.name: table for table in tables(session)}
    if strange := packed.manifest.counts.keys() - known.keys():
        raise RegisterError(f"The backup has tables that a register has not: {', '.join(sorted(strange))}.", "Take another backup.")
    for name in packed.manifest.counts:
        rows = (_typed(row, known[name], packed) for row in packed.rows(name))
        while some := list(islice(rows, MANY)):
            session.execute(insert(known[name]), some)


def _typed(row: Row, table: Table, packed: Packed) -> Row:
    """A row as the database takes it: dates and files are told by the type of their column."""
    return {name: _value(value, table.c[name].type, packed) for name, value in row.items()}


def _value(value: Any, kind: TypeEngine[Any], packed: Packed) -> Any:
    if isinstance(kind, LargeBinary) and value is not None:
        return packed.file(value["file"])
    return date.fromisoformat(value) if isinstance(kind, Date) and value is not None else value


def _proved(session: Session, packed: Packed, to: Restore) -> Done:
    """Looks through what was written, and puts into the history that it was restored, in the same transaction.

    Raises RegisterError for a count that differs, and for faults that were not asked for.
    """
    _must_be_counted(session, packed, to)
    faults = verify(session, to.borough, Path(os.devnull))
    if faults and not to.with_faults:
        message = f"The register was altered behind mase-docs' back before this backup was made: {_some(faults)}. Nothing was kept."
        raise RegisterError(message, "Take an earlier backup, or add --with-faults to have it all the same.")
    writing = Writing(session, to.borough, to.witness, "restore")
    writing.note("restored", sha256=packed.fingerprint, made=packed.manifest.made_on)
    seq, newest = writing.close() or (0, "")
    return Done(packed.manifest, None, faults, (f"{writing.at:%Y-%m-%dT%H:%M:%SZ}", seq, newest))


def _must_be_counted(session: Session, packed: Packed, to: Restore) -> None:
    wanted = packed.manifest.counts
    known = [table for table in tables(session) if table.name in wanted]
    found = {table.name: session.scalar(select(func.count()).select_from(table).where(table.c.borough == to.borough)) for table in known}
    if found != wanted:
        raise RegisterError("Not all of the backup arrived; nothing was kept.", "Do it again, or take another backup.")


def _some(faults: list[Fault]) -> str:
    more = f"; and {len(faults) - 3} more" if len(faults) > 3 else ""
    return "; ".join(map(str, faults[:3])) + more
