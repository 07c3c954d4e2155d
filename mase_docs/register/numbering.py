"""The numbers that forms go by, `MASE-2026-0007`: the panel, the year, a number; nothing of a person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from mase_docs.model.submission import Submission
from mase_docs.register.records import Reference
from mase_docs.register.writing import Writing


def give(writing: Writing, submission: Submission, panel: str, today: date) -> str:
    """The form's number, written down: the one it has, else the one it carries, if we may have given that; else the next."""
    there = _of_file(writing, submission.source.sha256)
    if there:
        return there.number
    carried = submission.reference if _is_ours(submission.reference, panel) else ""
    number = carried or _next(writing, f"{panel}-{today.year}-")
    writing.add(Reference(number=number, sha256=submission.source.sha256, given_on=today))
    return number


def _of_file(writing: Writing, sha256: str) -> Reference | None:
    return writing.session.scalars(select(Reference).where(Reference.sha256 == sha256)).first()


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
