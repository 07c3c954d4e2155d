"""One transaction on the register: every row is added, changed and removed here, and the history says so in the same breath."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from getpass import getuser
from secrets import token_hex
from typing import Any, TypeVar

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from mase_docs.register.history import FIRST, canonical, digest_of, hash_of, plain, state
from mase_docs.register.records import Chain, Counter, History, Kept, Original, Referral, storable

K = TypeVar("K", bound=Kept)
NEVER_CHANGED = (Original, Referral)
"""What was received is never edited: a correction is a row of its own."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Witness:
    """Who writes, when, and what salts the history. Given where two registers are to be the same to the byte, as in the demo."""

    who: str
    now: Callable[[], datetime] = _now
    salt: Callable[[], str] = lambda: token_hex(16)

    @staticmethod
    def of_this_system() -> Witness:
        """The user who is logged in, the clock, and chance."""
        return Witness(getuser())


class Writing:
    """What is written in one transaction; `why` is the command or the reason that stands in the history.

    Nobody else can write to this borough's rows until it ends: the first thing done is to lock the chain.
    """

    def __init__(self, session: Session, borough: str, witness: Witness, why: str) -> None:
        self.session, self.borough, self.witness, self.why = session, borough, witness, why
        self.at = witness.now()
        self._chain = self._locked()
        self._told: list[dict[str, Any]] = []

    @property
    def who(self) -> str:
        return self.witness.who

    @property
    def today(self) -> date:
        """The day it is here."""
        return self.at.astimezone().date()

    @property
    def is_first(self) -> bool:
        """Whether nothing was ever written for the borough."""
        return self._chain.seq == 0

    def add(self, row: K) -> K:
        """The row, with its borough and its number, to be there when the transaction ends."""
        row.borough, row.id = self.borough, self.number(row.__tablename__)
        self.session.add(row)
        self._tell("added", row, row=state(row))
        return row

    def change(self, row: Kept, **values: Any) -> bool:
        """Whether any of the columns was otherwise than now. Raises TypeError for a row that is never edited."""
        if isinstance(row, NEVER_CHANGED):
            raise TypeError(f"a {row.__tablename__} is never edited")
        before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
        for name in before:
            setattr(row, name, values[name])
        if before:
            self._tell("changed", row, **{"from": _plain(before), "to": _plain({name: getattr(row, name) for name in before})})
        return bool(before)

    def remove(self, row: Kept) -> None:
        """Takes a row out, one that was added in this transaction too."""
        self._tell("removed", row, row=state(row))
        self.session.flush()
        self.session.delete(row)

    def looked(self, *rows: Kept) -> None:
        """Says that somebody looked at what the rows hold of persons."""
        self.note("looked", rows=sorted({(row.__tablename__, row.id) for row in rows}))

    def note(self, did: str, table: str | None = None, row: int | None = None, /, **detail: Any) -> None:
        """Anything else that the history should tell."""
        self._link(did, table, row, {"salt": self.witness.salt(), **detail})

    def empty(self, rows: Iterable[tuple[str, int]]) -> list[int]:
        """Empties what the history says of rows, as (table, number), their removal in this transaction too: the numbers of its rows.

        Whoever does so says it with a note that has them as `emptied`; to `verify` an empty detail without one is a fault.
        """
        self.close()
        named, ours = set(rows), History.borough == self.borough
        told = self.session.execute(select(History.seq, History.table, History.row).where(ours, History.detail.is_not(None)))
        emptied = sorted(seq for seq, table, row in told if (table, row) in named)
        for seq in emptied:
            self.session.execute(update(History).where(ours, History.seq == seq).values(detail=None))
        return emptied

    def restate(self, row: Kept) -> None:
        """Says anew all that a row holds that stays, after what the history told of it was emptied."""
        self._tell("restated", row, row=state(row))

    def number(self, name: str) -> int:
        """The next number of a table, or of what else is numbered."""
        if name not in self._counters:
            self._counters[name] = Counter(borough=self.borough, name=name, last=0)
            self.session.add(self._counters[name])
        self._counters[name].last += 1
        return self._counters[name].last

    @cached_property
    def _counters(self) -> dict[str, Counter]:
        counters = self.session.scalars(select(Counter).where(Counter.borough == self.borough))
        return {counter.name: counter for counter in counters}

    def close(self) -> tuple[int, str] | None:
        """Puts what is to be told into the history; the number and hash of its newest row, None where nothing was told.

        Whoever opened the transaction calls it before it ends.
        """
        if not self._told:
            return None
        self.session.flush()
        self.session.execute(insert(History), self._told)
        self._told = []
        return self._chain.seq, self._chain.hash

    def _locked(self) -> Chain:
        """The newest row of the chain, locked; of a borough that never wrote, begun."""
        begun = text("INSERT INTO chain (borough, seq, hash) VALUES (:borough, 0, :first) ON CONFLICT DO NOTHING")
        self.session.execute(begun, {"borough": self.borough, "first": FIRST})
        return self.session.scalars(select(Chain).where(Chain.borough == self.borough).with_for_update()).one()

    def _tell(self, did: str, kept: Kept, **detail: Any) -> None:
        self.note(did, kept.__tablename__, kept.id, **detail)

    def _link(self, did: str, table: str | None, row: int | None, detail: dict[str, Any]) -> None:
        said, at = storable(canonical(detail)), self.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        told = History(
            borough=self.borough, seq=self._chain.seq + 1, at=at, who=self.who, did=did, table=table, row=row,
            why=self.why, detail=said, digest=digest_of(said), previous=self._chain.hash,
        )  # fmt: skip
        told.hash = hash_of(told)
        self._chain.seq, self._chain.hash = told.seq, told.hash
        self._told.append({column.name: getattr(told, column.name) for column in History.__table__.columns})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}
