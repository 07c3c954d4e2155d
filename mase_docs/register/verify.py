"""Whether a register is as mase_docs wrote it: the chain of its history, every row against the history, and the seals kept elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.register import seals
from mase_docs.register.history import FIRST, digest_of, hash_of, state
from mase_docs.register.records import RECORDS, Chain, History

Where = tuple[str, int]


@dataclass(frozen=True, order=True)
class Fault:
    """Something that was not done through mase_docs.

    table, row  the row that it was done to; table "history" for the history itself
    what        altered, removed or inserted, and the columns; never what stands in them
    """

    table: str
    row: int
    what: str

    def __str__(self) -> str:
        return f"{self.table}, row {self.row}: {self.what}"


@dataclass
class _Replayed:
    """What the history says should be there."""

    rows: dict[Where, dict[str, Any]] = field(default_factory=dict)
    emptied: dict[int, str] = field(default_factory=dict)
    excused: set[int] = field(default_factory=set)
    unknown: set[Where] = field(default_factory=set)
    hashes: dict[int, str] = field(default_factory=dict)
    starts: list[seals.Start] = field(default_factory=list)

    def follow(self, told: History) -> None:
        """One row of the history, in their order."""
        self.hashes[told.seq] = told.hash
        if told.seq == 1 or told.did == "restored":
            self.starts.append(seals.Start(told.seq, told.at, told.hash))
        if told.detail is None:
            self.emptied[told.seq] = told.did
            return
        detail = json.loads(told.detail)
        self.excused.update(detail.get("emptied", ()))
        if told.table is not None and told.row is not None and told.did in CHANGES:
            CHANGES[told.did](self, (told.table, told.row), detail)

    def added(self, where: Where, detail: dict[str, Any]) -> None:
        self.rows[where] = detail["row"]

    def changed(self, where: Where, detail: dict[str, Any]) -> None:
        row = {**self.rows.get(where, {}), **detail["to"]}
        self.rows[where] = {name: value for name, value in row.items() if value is not None}

    def removed(self, where: Where, detail: dict[str, Any]) -> None:
        self.rows.pop(where, None)


CHANGES = {"added": _Replayed.added, "changed": _Replayed.changed, "removed": _Replayed.removed}


def verify(session: Session, borough: str, sealed: Path) -> list[Fault]:
    """Every fault of a register, in order of table and row; none where all is as it was written.

    session is one that sees a single state of the register; sealed the file of seals of this computer.
    """
    replayed = _Replayed()
    faults = [*_chain(session, borough, replayed), *_seals(replayed, sealed, borough), *_rows(session, borough, replayed)]
    return sorted(set(faults))


def _chain(session: Session, borough: str, replayed: _Replayed) -> Iterator[Fault]:
    """Each row of the history against the one before it, and the last against the chain's own note of it."""
    seq, newest = 0, FIRST
    for told in session.scalars(select(History).where(History.borough == borough).order_by(History.seq).execution_options(yield_per=1000)):
        yield from _gap(seq + 1, told.seq)
        yield from _broken(told, newest if told.seq == seq + 1 else None)
        replayed.follow(told)
        seq, newest = told.seq, told.hash
        session.expunge(told)
    yield from (Fault("history", n, "its detail was removed") for n in replayed.emptied.keys() - replayed.excused)
    chain = session.get(Chain, borough)
    if chain is not None and (chain.seq, chain.hash) != (seq, newest):
        yield from _gap(seq + 1, chain.seq + 1) if chain.seq > seq else [Fault("history", seq, "inserted, or the chain's end was altered")]


def _gap(expected: int, found: int) -> Iterator[Fault]:
    yield from (Fault("history", number, "removed") for number in range(expected, found))


def _broken(told: History, before: str | None) -> Iterator[Fault]:
    if hash_of(told) != told.hash or (told.detail is not None and digest_of(told.detail) != told.digest):
        yield Fault("history", told.seq, "altered")
    elif before is not None and told.previous != before:
        yield Fault("history", told.seq, "does not follow from the row before it: one of the two was put in")


def _seals(replayed: _Replayed, sealed: Path, borough: str) -> Iterator[Fault]:
    """The newest rows that this computer has seen, which a register cannot forget; `restored` tells of those that a restore took away."""
    standing, _ = seals.apart(sealed, borough, replayed.starts)
    for _, seq, newest in standing:
        if seq not in replayed.hashes:
            yield Fault("history", seq, "removed: this computer has its seal")
        elif replayed.hashes[seq] != newest:
            yield Fault("history", seq, "is not the row that this computer sealed")


def _rows(session: Session, borough: str, replayed: _Replayed) -> Iterator[Fault]:
    """Every row of every table against what the history says of it."""
    expected = dict(replayed.rows)
    for table, kind in RECORDS.items():
        for row in session.scalars(select(kind).where(kind.borough == borough).order_by(kind.id).execution_options(yield_per=200)):
            yield from _altered(table, row.id, expected.pop((table, row.id), None), state(row))
            session.expunge(row)
    yield from (Fault(table, row, "removed") for table, row in expected)


def _altered(table: str, row: int, expected: dict[str, Any] | None, found: dict[str, Any]) -> Iterator[Fault]:
    if expected is None:
        yield Fault(table, row, "inserted")
    elif columns := sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)):
        yield Fault(table, row, f"altered ({', '.join(columns)})")
