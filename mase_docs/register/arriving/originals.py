"""The files of completed forms, each kept once, whatever is recorded of it."""

from __future__ import annotations

from sqlalchemy import select

from mase_docs.model.submission import Source
from mase_docs.register.records import Original
from mase_docs.register.writing import Writing


def kept(writing: Writing, source: Source, data: bytes | None) -> int | None:
    """The number of a form's file; None where it is not there and may not be kept (a password protected it)."""
    there = writing.session.scalar(select(Original.id).where(Original.sha256 == source.sha256))
    if there is not None or data is None:
        return there
    return writing.add(Original(sha256=source.sha256, kind=source.kind, data=data)).id
