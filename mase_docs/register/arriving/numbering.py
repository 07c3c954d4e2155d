"""The numbers that forms go by, `MASE-2026-0007`: the panel, the year, a number; nothing of a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from mase_docs.register.records import Reference, Referral
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing


class Numbers:
    """The numbers of a register's forms, for whoever sends a form back before it is recorded.

    of  SHA-256 of a form's file → its number
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        with register.reading() as session:
            self.of = {row.sha256: row.number for row in session.scalars(select(Reference))}

    def give(self, fingerprint: str, same_as: str, panel: str, today: date) -> str:
        """The number of a form: the one it has, else that of the form it corrects, else the next; written down at once."""
        with self.register.writing("query") as writing:
            return give(writing, fingerprint, same_as, panel, today)


def give(writing: Writing, sha256: str, carried: str, panel: str, today: date) -> str:
    """The number of a form's file, written down: the one it has, else the one it carries, else the next.

    One that is carried is taken only if it is one of the panel's and no form is recorded under it: a form sent back with questions may
    have served as the beginning of another child's.
    """
    there = writing.session.scalars(select(Reference.number).where(Reference.sha256 == sha256)).first()
    if there:
        return there
    free = _is_ours(carried, panel) and not _is_recorded(writing, carried)
    number = carried if free else _next(writing, f"{panel}-{today.year}-")
    writing.add(Reference(number=number, sha256=sha256, given_on=today))
    return number


def reserve(writing: Writing, own: Mapping[str, str], panel: str) -> None:
    """Keeps the numbers that rows of a list have already for them, by the SHA-256 of each, where they are numbers of the panel."""
    for sha256, number in own.items():
        if _is_ours(number, panel) and not _is_recorded(writing, number):
            give(writing, sha256, number, panel, writing.today)


def _is_recorded(writing: Writing, number: str) -> bool:
    return writing.session.scalars(select(Referral.id).where(Referral.reference == number)).first() is not None


def _is_ours(number: str, panel: str) -> bool:
    """Whether a number that a form carries looks like one that `query` wrote on it, with a register or before there was one."""
    year, _, end = number.removeprefix(f"{panel}-").partition("-")
    return number.startswith(f"{panel}-") and year.isdecimal() and end.isdecimal()


def _next(writing: Writing, beginning: str) -> str:
    """The next number that no form has, whether the register or a form brought it."""
    while True:
        number = f"{beginning}{writing.number(beginning):04}"
        if not writing.session.scalars(select(Reference.id).where(Reference.number == number)).first():
            return number
