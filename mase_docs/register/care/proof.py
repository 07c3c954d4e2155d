"""What `register verify` finds: faults, restores, the seal; and what this computer and the minutes know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mase_docs.errors import UsageError
from mase_docs.register import seals
from mase_docs.register.care.restored import Restored, restored
from mase_docs.register.history import FIRST
from mase_docs.register.records import RECORDS, Chain, History
from mase_docs.register.register import Register
from mase_docs.register.verify import Fault, verify

SHORTEST = 8
"""Digits of a hash from the minutes: one in four thousand million registers has the same."""


@dataclass(frozen=True)
class Proof:
    """history and rows: how many were looked at; seal and hash: the newest row; known: this computer had a seal before."""

    faults: list[Fault]
    restored: list[Restored]
    history: int
    rows: int
    seal: int
    hash: str
    known: bool


def prove(register: Register, minuted: str | None = None) -> Proof:
    """Verifies a register. It writes nothing there; a seal of one without fault is kept by this computer, which so becomes a witness.

    minuted: a seal from the minutes, number and the hash or its beginning. Raises UsageError where it is none.
    """
    borough = register.borough
    known = seals.kept(register.seals, borough)
    with register.reading() as session:
        faults = verify(session, borough, register.seals) + _minuted(session, borough, minuted)
        chain = session.get(Chain, borough)
        seal, newest = (chain.seq, chain.hash) if chain else (0, FIRST)
        proof = Proof(
            faults, list(restored(session, borough, register.seals)), _count(session, borough), _rows(session), seal, newest, bool(known)
        )
    if not faults and (seal, newest) not in [(kept.seq, kept.hash) for kept in known]:
        seals.keep(register.seals, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", borough, seal, newest)
    return proof


def _minuted(session: Session, borough: str, said: str | None) -> list[Fault]:
    if said is None:
        return []
    number, _, beginning = said.replace("·", " ").replace(",", "").strip().partition(" ")
    beginning = beginning.strip().rstrip("….").lower()
    if not number.isdigit() or len(beginning) < SHORTEST:
        raise UsageError("That is no seal.", "Give its number and its hash as the minutes have them: --minuted '1204 3f9a…'")
    found = session.get(History, (borough, int(number)))
    if found is not None and found.hash.startswith(beginning):
        return []
    return [Fault("history", int(number), "is not the row whose seal is in the minutes" if found else "removed: the minutes have its seal")]


def _count(session: Session, borough: str) -> int:
    return session.scalar(select(func.count()).select_from(History).where(History.borough == borough)) or 0


def _rows(session: Session) -> int:
    return sum(session.scalar(select(func.count()).select_from(kind)) or 0 for kind in RECORDS.values())
