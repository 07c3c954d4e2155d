"""What the history tells of backups that were put in the register's place, and what was lost by it, as far as this computer knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.register import seals
from mase_docs.register.records import History
from mase_docs.register.verify import is_lost_by


@dataclass(frozen=True)
class Restored:
    """One restore.

    seq   number of the row of the history that says so, the first since
    made  when the backup was made; "" where that isn't known
    lost  the last number of the history that this computer had seen before; 0 where it had seen no more than the backup holds
    """

    seq: int
    at: str
    who: str
    made: str
    lost: int

    def __str__(self) -> str:
        made = f" of {_day(self.made)}" if self.made else ""
        rows = f"rows {self.seq} to {self.lost}" if self.lost > self.seq else f"row {self.seq}"
        lost = f" It does not have {rows} of the history that this computer had seen before: what was done then is to be done again."
        return f"On {_day(self.at)} {self.who} put a backup{made} in the register's place.{lost if self.lost else ''}"


def restored(session: Session, borough: str, sealed: Path) -> Iterator[Restored]:
    """Every restore that the history tells of, in order. A restore is no fault, and it is never passed over either: whoever did it
    took away what came after the backup."""
    found = select(History).where(History.borough == borough, History.did == "restored").order_by(History.seq)
    known = seals.kept(sealed, borough)
    hashes = _hashes(session, borough, {seal.seq for seal in known})
    for told in session.scalars(found):
        lost = [seal.seq for seal in known if is_lost_by(seal, told.seq, told.at) and hashes.get(seal.seq) != seal.hash]
        yield Restored(told.seq, told.at, told.who, _made(told.detail), max(lost, default=0))


def _hashes(session: Session, borough: str, numbers: set[int]) -> dict[int, str]:
    """Number → hash, of the rows of the history from the first of the numbers to the last."""
    if not numbers:
        return {}
    found = select(History.seq, History.hash).where(History.borough == borough, History.seq.between(min(numbers), max(numbers)))
    return dict(session.execute(found).tuples().all())


def _made(detail: str | None) -> str:
    told: dict[str, Any] = json.loads(detail or "{}")
    return str(told.get("made", ""))


def _day(at: str) -> str:
    """22/11/2026, 10:42, of an ISO time."""
    return f"{at[8:10]}/{at[5:7]}/{at[:4]}, {at[11:16]}"
