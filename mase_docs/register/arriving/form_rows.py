"""What a form lists about a case, row by row: levels, times missing, notices, help, panels, agencies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from mase_docs.definition.form import Form
from mase_docs.definition.record import Record
from mase_docs.model.submission import NOT_KNOWN, Submission
from mase_docs.register.arriving.said import ONE, Said
from mase_docs.register.records import RECORDS, Kept, Referral
from mase_docs.register.writing import Writing


@dataclass(frozen=True)
class Told:
    """A form whose referral is recorded, and what it says.

    on      the day it was received
    chain   the referrals that it corrects, the last first
    older   whether a form about the same that is known already was written later
    new     whether nothing of the young person was known before
    others  gives what the other forms of the case say, with their referral's number
    """

    writing: Writing
    submission: Submission
    form: Form
    said: list[Said]
    on: date
    chain: list[int]
    referral: Referral
    older: bool
    new: bool
    others: Callable[[], list[tuple[int, list[Said]]]]

    def records(self, *, links: bool) -> list[Record]:
        """The blocks of the form's definition that make links, or those that make other rows."""
        return [record for record in self.form.record if record.table not in ONE and (record.table == "link") == links]

    def of(self, record: Record) -> list[Said]:
        return [said for said in self.said if said.record is record]

    def asks(self, record: Record) -> bool:
        """Whether the file had room for what a block keeps: a paper form leaves some questions out, and takes back nothing by that."""
        asked = self.form.fields.get(record.each or record.every)
        return asked is None or "pdf" in asked.media or self._is_whole

    @cached_property
    def _is_whole(self) -> bool:
        """Whether one of the questions that paper leaves out was there."""
        return any("pdf" not in field.media and field.name in self.submission.answers for field in self.form.fields.values())


def record_rows(told: Told) -> None:
    """Adds what is new and completes what is known; what a correction says no more is removed."""
    for record in told.records(links=False):
        there = _there(told, record)
        kept: list[Any] = []
        for said in told.of(record):
            kept.append(_recorded(told, said, there, kept))
        if told.asks(record):
            _remove(told, (row for row in there if row not in kept))


def _there(told: Told, record: Record) -> list[Any]:
    """The rows that are there of the same person or case and the same block, the oldest first."""
    if told.new:
        return []
    told.writing.session.flush()
    kind: Any = RECORDS[record.table]
    whose = kind.person_id == told.referral.person_id if hasattr(kind, "person_id") else kind.case_id == told.referral.case_id
    always = (getattr(kind, column) == value for column, value in record.always.items())
    return list(told.writing.session.scalars(select(kind).where(whose, *always).order_by(kind.id)))


def _recorded(told: Told, said: Said, there: list[Any], taken: list[Any]) -> Any:
    """The row that holds what is said: one that is there, or a new one. Two rows of one form are two, unless they are alike."""
    alike = (row for row in there if _is_alike(row, said))
    known = (row for row in there if row not in taken and _is_known(row, said))
    row = next(alike, None) or next(known, None)
    if row is None:
        there.append(_added(told, said))
        return there[-1]
    told.writing.change(row, **(said.values if row.referral_id in told.chain else _completing(told, said, row)))
    return row


def _added(told: Told, said: Said) -> Kept:
    kind = RECORDS[said.table]
    ours = {"person_id": told.referral.person_id, "case_id": told.referral.case_id, "referral_id": told.referral.id}
    return told.writing.add(kind(**said.values, **{column: value for column, value in ours.items() if hasattr(kind, column)}))


def _is_alike(row: Kept, said: Said) -> bool:
    """Whether a row holds all that is said."""
    return all(getattr(row, column) == value for column, value in said.values.items())


def _is_known(row: Kept, said: Said) -> bool:
    """Whether a row tells of the same as is said now, by what its kind is known by; the first of that must be known."""
    known_by = said.record.known_by
    begun = bool(known_by) and said.values.get(known_by[0]) not in (None, NOT_KNOWN)
    return begun and all(getattr(row, column) == said.values.get(column) for column in known_by)


def _completing(told: Told, said: Said, row: Kept) -> dict[str, Any]:
    """What a further form says of a row that is there; an older form only what isn't known."""
    return {column: said.values[column] for column in said.telling if not told.older or getattr(row, column) is None}


def _remove(told: Told, rows: Iterable[Any]) -> None:
    """Removes what the corrected form said, but for what another form of the case says too: that is its row from now on."""
    for row in [row for row in rows if row.referral_id in told.chain]:
        other = next((number for number, said in told.others() if any(_tells_of(one, row) for one in said)), None)
        if other is None:
            told.writing.remove(row)
        else:
            told.writing.change(row, referral_id=other)


def _tells_of(said: Said, row: Kept) -> bool:
    always = all(getattr(row, column, None) == value for column, value in said.record.always.items())
    return said.table == row.__tablename__ and always and (_is_alike(row, said) or _is_known(row, said))
