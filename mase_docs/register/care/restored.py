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
    begins = (History.seq == 1) | (History.did == "restored")
    rows = list(session.scalars(select(History).where(History.borough == borough, begins).order_by(History.seq)))
    _, lost = seals.apart(sealed, borough, [seals.Start(row.seq, row.at, row.hash) for row in rows])
    for row in rows[1:]:
        yield Restored(row.seq, row.at, row.who, _made(row.detail), max((seal.seq for seal in lost[row.seq]), default=0))


def _made(detail: str | None) -> str:
    told: dict[str, Any] = json.loads(detail or "{}")
    return str(told.get("made", ""))


def _day(at: str) -> str:
    """22/11/2026, 10:42, of an ISO time."""
    return f"{at[8:10]}/{at[5:7]}/{at[:4]}, {at[11:16]}"
