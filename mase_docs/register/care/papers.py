"""The meetings' papers and returned forms that may tell of somebody, among others.

A returned form tells of several young people, and minutes of all who were heard; nothing in a file says surely of whom. So it is told by
days: whatever was made or sent back for a meeting while the case was open or one of its actions outstanding, and for the meeting after
that, which hears what came of it. Rather one too many than one missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from mase_docs.model.sitting import OUTSTANDING
from mase_docs.register.records import Action, AgencyReturn, Case, Kept, Meeting, Paper

DAYS = {
    "case": ("opened_on", "closed_on"),
    "referral": ("received_on",),
    "information": ("received_on",),
    "action": ("status_on", "completed_on", "carried_on"),
}
"""Table → the columns that tell when something stood; what came of a meeting stood on its day, too."""


@dataclass
class Papers:
    """What papers and returned forms may tell of a subject; own: table → its rows, as care/subject.py finds them."""

    session: Session
    own: dict[str, list[Any]]

    @property
    def with_digests(self) -> list[Paper]:
        """The papers of which it is known what stood in them."""
        these = or_(Paper.meeting_id.in_(self.meetings), self._within(Paper.made_on))
        return list(self.session.scalars(select(Paper).where(Paper.known.is_not(None), these).order_by(Paper.id)))

    @cached_property
    def returns(self) -> list[AgencyReturn]:
        """The forms that agencies sent back, with those that are the same file."""
        said = {row.return_id for row in self.own.get("information", ())}
        these = or_(AgencyReturn.id.in_(said), AgencyReturn.meeting_id.in_(self.meetings), self._within(AgencyReturn.received_on))
        same = AgencyReturn.original_id.in_(select(AgencyReturn.original_id).where(these))
        return list(self.session.scalars(select(AgencyReturn).where(or_(these, same)).order_by(AgencyReturn.id)))

    @cached_property
    def meetings(self) -> set[int]:
        found: set[int] = set()
        for first, last in self.spans:
            after = min((day for day in self._held.values() if day > last), default=last)
            found |= {number for number, day in self._held.items() if first <= day <= after}
        return found

    @cached_property
    def spans(self) -> list[tuple[date, date]]:
        """From which day to which each case stood, and what meetings left of a theme without a case."""
        days: dict[int | None, list[date]] = defaultdict(list)
        for row in (row for rows in self.own.values() for row in rows):
            days[row.id if isinstance(row, Case) else getattr(row, "case_id", None)] += self._days(row)
        return [(min(found), max(found)) for found in days.values() if found]

    def _days(self, row: Kept) -> Iterator[date]:
        found = [getattr(row, column) for column in DAYS.get(row.__tablename__, ())]
        yield from (day for day in (*found, self._held.get(getattr(row, "meeting_id", None) or 0)) if day)
        if (isinstance(row, Case) and row.closed_on is None) or (isinstance(row, Action) and row.status in OUTSTANDING):
            yield date.max

    @cached_property
    def _held(self) -> dict[int, date]:
        """Every meeting → its day."""
        return dict(self.session.execute(select(Meeting.id, Meeting.held_on)).all())

    def _within(self, day: Any) -> ColumnElement[bool]:
        return or_(false(), *(day.between(first, last) for first, last in self.spans))
