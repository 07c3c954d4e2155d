"""One borough's rows of a register in one zip, the same from every kind of store: what a backup is before it is encrypted.

`manifest.json` says what it is and has the SHA-256 of every other entry; `tables/NAME.jsonl` has a table's rows, one a line, in order of
their primary key: texts, numbers, true and false as JSON, dates as ISO 8601, files by the name of their entry in `originals/`.
The tables are read as they are in the database, so that a register of an older version is packed as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from sqlalchemy import MetaData, Table, select
from sqlalchemy.orm import Session

from mase_docs import __version__
from mase_docs.errors import RegisterError
from mase_docs.register.history import FIRST, HASHED, digest_of, hash_of
from mase_docs.register.records import History
from mase_docs.register.stores import schema

FORMAT = 1
MANIFEST = "manifest.json"
NEVER = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can carry (PKWARE APPNOTE 4.4.6): the same rows are the same bytes."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Manifest:
    """What a backup is.

    version    the version of the tables (schema.py)
    protected  whether it was made of a register that nobody can read without its key
    seal       number and hash of the newest row of the history
    counts     table → how many rows
    sha256     entry of the zip → its SHA-256
    """

    format: int
    version: str
    borough: str
    protected: bool
    made_on: str
    made_by: str
    seal: tuple[int, str]
    counts: dict[str, int] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows there are beside the history's and the register's own bookkeeping."""
        return sum(count for table, count in self.counts.items() if table not in BOOKKEEPING)


BOOKKEEPING = ("history", "chain", "counter", "person_key")


def tables(session: Session) -> list[Table]:
    """The tables of a register as they are in its database, in order of name."""
    found = MetaData()
    found.reflect(session.connection())
    return [found.tables[name] for name in sorted(found.tables) if "borough" in found.tables[name].columns]


def ours(table: Table, borough: str) -> Any:
    """A select of one borough's rows, in order of their primary key."""
    return select(table).where(table.c.borough == borough).order_by(*table.primary_key.columns)


def pack(session: Session, borough: str, made_on: datetime, *, protected: bool) -> bytes:
    """The zip of a borough's rows, from a session that sees one state of the register."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        packing = _Packing(archive)
        counts = {table.name: packing.table(table, session, borough) for table in tables(session)}
        manifest = Manifest(
            format=FORMAT, version=str(schema.version(session.connection())), borough=borough, protected=protected,
            made_on=made_on.isoformat(timespec="seconds"), made_by=f"mase-docs {__version__}",
            seal=packing.seal, counts=counts, sha256=packing.sha256,
        )  # fmt: skip
        packing.entry(MANIFEST, json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode())
    return out.getvalue()


class _Packing:
    """A zip in the making."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive, self.sha256, self.seal = archive, dict[str, str](), (0, FIRST)

    def table(self, table: Table, session: Session, borough: str) -> int:
        """How many rows of it went in."""
        lines = []
        for row in session.execute(ours(table, borough), execution_options={"yield_per": 50}).mappings():
            lines.append(json.dumps({name: self._plain(value) for name, value in row.items()}, ensure_ascii=False) + "\n")
            self.seal = (row["seq"], row["hash"]) if table.name == "chain" else self.seal
        self.entry(f"tables/{table.name}.jsonl", "".join(lines).encode())
        return len(lines)

    def _plain(self, value: Any) -> Any:
        if isinstance(value, bytes):
            return {"file": self._original(value)}
        return value.isoformat() if isinstance(value, date) else value

    def _original(self, data: bytes) -> str:
        name = f"originals/{sha256(data).hexdigest()}"
        if name not in self.sha256:
            self.entry(name, data)
        return name

    def entry(self, name: str, data: bytes) -> None:
        entry = ZipInfo(name, NEVER)
        entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
        self._archive.writestr(entry, data)
        self.sha256[name] = sha256(data).hexdigest()


class Packed:
    """A zip that `pack` made, opened again; fingerprint is the SHA-256 of the file that it came in.

    Raises RegisterError where it isn't one, or isn't whole.
    """

    def __init__(self, data: bytes, fingerprint: str = "") -> None:
        self.fingerprint = fingerprint
        try:
            self._archive = ZipFile(BytesIO(data))
            self.manifest = Manifest(**json.loads(self._archive.read(MANIFEST)))
        except (BadZipFile, KeyError, ValueError, TypeError):
            raise RegisterError("This is no backup of a register.", "Name a file that mase-docs register backup made.") from None
        self._must_be_whole()

    def rows(self, table: str) -> Iterator[Row]:
        """A table's rows, as they were written."""
        with self._archive.open(f"tables/{table}.jsonl") as lines:
            yield from map(json.loads, lines)

    def file(self, name: str) -> bytes:
        return self._archive.read(name)

    def _must_be_whole(self) -> None:
        manifest = self.manifest
        if manifest.format > FORMAT or manifest.version > schema.CURRENT:
            raise RegisterError("The backup was made by a newer mase-docs than this one.", "Install that version here too.")
        found = {name: sha256(self._archive.read(name)).hexdigest() for name in self._archive.namelist() if name != MANIFEST}
        counts = {table: sum(1 for _ in self.rows(table)) for table in manifest.counts if f"tables/{table}.jsonl" in found}
        if (found, counts) != (manifest.sha256, manifest.counts):
            raise RegisterError("The backup is not whole: what is in it is not what its manifest says.", "Take another backup.")

    @property
    def holds(self) -> bool:
        """Whether each row of the history follows from the one before it, up to the seal."""
        seq, newest = 0, FIRST
        for row in self.rows("history"):
            if (row["seq"], row["previous"]) != (seq + 1, newest) or not _is_as_written(row):
                return False
            seq, newest = row["seq"], row["hash"]
        return [seq, newest] == list(self.manifest.seal)


def _is_as_written(row: Row) -> bool:
    try:
        kept = row["detail"] is None or digest_of(row["detail"]) == row["digest"]
        return bool(kept and hash_of(History(**{name: row[name] for name in HASHED})) == row["hash"])
    except (TypeError, AttributeError):  # something else than mase-docs wrote it
        return False
