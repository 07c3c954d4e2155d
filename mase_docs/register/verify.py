"""Whether a register is as mase_docs wrote it: the chain of its history, every row against the history, and the seals kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute, Session

from mase_docs.register import seals
from mase_docs.register.history import FIRST, hash_of, state
from mase_docs.register.records import RECORDS, Base, Chain, Counter, History
from mase_docs.register.replay import Replayed, is_whole

B = TypeVar("B", bound=Base)


@dataclass(frozen=True, order=True)
class Fault:
    """Something that was not done through mase_docs.

    table, row  the row that it was done to; table "history" for the history itself; row 0 where no row can be named
    what        altered, removed or inserted, and the columns; never what stands in them
    """

    table: str
    row: int
    what: str

    def __str__(self) -> str:
        return f"{self.table}, row {self.row}: {self.what}" if self.row else f"{self.table}: {self.what}"


def verify(session: Session, borough: str, sealed: Path) -> list[Fault]:
    """Every fault of a register, in order of table and row; none where all is as it was written.

    session is one that sees a single state of the register; sealed the file of seals of this computer.
    """
    replayed = Replayed()
    faults = [*_file(session), *_chain(session, borough, replayed), *_seals(replayed, sealed, borough)]
    faults += [*_rows(session, borough, replayed), *_counters(session, borough, replayed)]
    return sorted(set(faults))


def _file(session: Session) -> Iterator[Fault]:
    """Whether SQLite finds its own file in order (https://www.sqlite.org/pragma.html#pragma_integrity_check)."""
    is_file = session.get_bind().dialect.name == "sqlite"
    if is_file and session.connection().exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
        yield Fault("file", 0, "is damaged")


def _chain(session: Session, borough: str, replayed: Replayed) -> Iterator[Fault]:
    """Each row of the history against the one before it, and the last against the chain's own note of it."""
    seq, hashes = 0, {FIRST}
    for number, told in _each(session, History, History.seq, borough):
        if not number:
            yield Fault("history", 0, "inserted, or its number altered")
            continue
        follows = number == seq + 1
        yield from _gap(seq + 1, number - 1)
        seq = number
        if told is None:
            yield Fault("history", number, "altered: it cannot be read any more")
            hashes = set()
            continue
        yield from _broken(told, hashes if follows else set())
        replayed.follow(told)
        hashes = _hashes(told)
    yield from (Fault("history", number, "its detail was removed") for number in replayed.emptied)
    yield from _end(session.get(Chain, borough), seq, hashes)


def _gap(first: int, last: int) -> Iterator[Fault]:
    if first <= last:
        yield Fault("history", first, "removed" if first == last else f"removed, with all up to row {last}")


def _broken(told: History, before: set[str]) -> Iterator[Fault]:
    """before: the hashes that the row before may be known by; none where there is no such row."""
    if not is_whole(told):
        yield Fault("history", told.seq, "altered")
    elif before and told.previous not in before:
        yield Fault("history", told.seq, "does not follow from the row before it: one of the two was put in")


def _hashes(told: History) -> set[str]:
    """The hash that a row carries and the one it should: where they differ one of them is still the one it had."""
    try:
        return {told.hash, hash_of(told)}
    except TypeError:
        return {told.hash}


def _end(chain: Chain | None, seq: int, hashes: set[str]) -> Iterator[Fault]:
    """The chain's own note of the newest row, against the newest that is there."""
    if chain is None:
        yield from [Fault("chain", 0, "removed")] if seq else []
    elif isinstance(chain.seq, int) and chain.seq > seq:
        yield from _gap(seq + 1, chain.seq)
    elif chain.seq != seq or (hashes and chain.hash not in hashes):
        yield Fault("history", seq, "inserted, or the chain's end was altered")


def _seals(replayed: Replayed, sealed: Path, borough: str) -> Iterator[Fault]:
    """The newest rows that this computer has seen, which a register cannot forget; `restored` tells of those that a restore took away."""
    standing, _ = seals.apart(sealed, borough, replayed.starts)
    for _, seq, newest in standing:
        if seq not in replayed.hashes:
            yield Fault("history", seq, "removed: this computer has its seal")
        elif replayed.hashes[seq] != newest:
            yield Fault("history", seq, "is not the row that this computer sealed")


def _rows(session: Session, borough: str, replayed: Replayed) -> Iterator[Fault]:
    """Every row of every table against what the history says of it."""
    expected = dict(replayed.rows)
    for table, kind in RECORDS.items():
        for number, row in _each(session, kind, kind.id, borough):
            should = expected.pop((table, number), None)
            if (table, number) in replayed.unknown:
                yield Fault(table, number, "cannot be proved: what the history says of it was altered")
            else:
                yield from _altered(table, number, should, None if row is None else state(row))
    yield from (Fault(table, row, "removed") for table, row in expected.keys() - replayed.unknown)


def _altered(table: str, row: int, expected: dict[str, Any] | None, found: dict[str, Any] | None) -> Iterator[Fault]:
    if expected is None:
        yield Fault(table, row, "inserted")
    elif found is None:
        yield Fault(table, row, "altered: it cannot be read any more")
    elif columns := sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)):
        yield Fault(table, row, f"altered ({', '.join(columns)})")


def _counters(session: Session, borough: str, replayed: Replayed) -> Iterator[Fault]:
    """No number that was given may be given again, and none be passed over."""
    last = {counter.name: counter.last for counter in session.scalars(select(Counter).where(Counter.borough == borough))}
    for table, highest in replayed.highest.items():
        found = last.get(table)
        if not isinstance(found, int) or found < highest:
            yield Fault(table, highest, "its number could be given again: the counter was lowered or removed")
        elif found > highest:
            yield Fault(table, highest, "the next number is not the one after it: the counter was raised")


def _each(session: Session, kind: type[B], number: InstrumentedAttribute[int], borough: str) -> Iterator[tuple[int, B | None]]:
    """Every row of a borough in order of its number; None for one that holds what can't be read, 0 and None for a number that is none."""
    last, ours = 0, getattr(kind, "borough") == borough  # noqa: B009
    try:
        for row in session.scalars(select(kind).where(ours).order_by(number).execution_options(yield_per=200)):
            yield _numbered(row, getattr(row, number.key))
            last = max(last, _numbered(row, getattr(row, number.key))[0])
            session.expunge(row)
        return
    except (ValueError, TypeError, DBAPIError) as error:
        _must_be_unreadable(error)
    for found in session.scalars(select(number).where(ours, number > last, number < BEYOND).order_by(number)).all():
        yield found, _one(session, kind, (borough, found))
    if session.scalar(select(func.count()).where(ours, number >= BEYOND)):
        yield 0, None


BEYOND = 1 << 62
"""No number is so high; to SQLite all letters and bytes are."""


def _numbered(row: B, number: object) -> tuple[int, B | None]:
    return (number, row) if isinstance(number, int) and 0 < number < BEYOND else (0, None)


def _one(session: Session, kind: type[B], key: tuple[str, int]) -> B | None:
    try:
        return session.get(kind, key)
    except (ValueError, TypeError, DBAPIError) as error:
        _must_be_unreadable(error)
        return None


def _must_be_unreadable(error: Exception) -> None:
    """Raises what has another reason than that SQLite lets anything stand in any column."""
    if isinstance(error, DBAPIError) and "decode" not in str(error.orig):
        raise error
