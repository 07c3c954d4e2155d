"""What went to whom: every file that is made for somebody is recorded with its SHA-256, so that it is known again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.register.records import Meeting, Paper
from mase_docs.register.writing import Writing

PENDING = "not made yet"
"""Stands for the hash of a paper that carries its own number, until it is made in the same transaction."""


def begun(writing: Writing, meeting: Meeting | None, paper: str, audience: str) -> Paper:
    """A paper that is about to be made; `finished` says its bytes, before the transaction ends."""
    number = meeting.id if meeting else None
    return writing.add(Paper(meeting_id=number, paper=paper, audience=audience, made_on=writing.today, sha256=PENDING))


def finished(writing: Writing, paper: Paper, data: bytes, known: str | None = None) -> None:
    writing.change(paper, sha256=sha256(data).hexdigest(), known=known)


def made(writing: Writing, meeting: Meeting | None, paper: str, audience: str, data: bytes) -> Paper:
    """A paper that was made, the same bytes once."""
    print_of = sha256(data).hexdigest()
    same = select(Paper).where(Paper.sha256 == print_of, Paper.audience == audience, Paper.paper == paper)
    there = writing.session.scalars(same).first()
    row = Paper(meeting_id=meeting.id if meeting else None, paper=paper, audience=audience, made_on=writing.today, sha256=print_of)
    return there or writing.add(row)


def audiences(session: Session, prints: Iterable[str]) -> dict[str, set[str]]:
    """SHA-256 → for whom the file of it was made, of those that were made here; an invite is the same for all who get it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for print_of, audience in session.execute(select(Paper.sha256, Paper.audience).where(Paper.sha256.in_(set(prints)))):
        found[print_of].add(audience)
    return dict(found)
