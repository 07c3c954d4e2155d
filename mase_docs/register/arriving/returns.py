"""What an agency sent back before a meeting arrives at the register: how its actions stand, or what it knows that is new.

All of it in the one transaction that is given. A row that cannot be recorded is said, with its place; the others are recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.model.received import Outcome, Received
from mase_docs.model.submission import Submission
from mase_docs.problems import errors_first, has_errors
from mase_docs.register.arriving import originals, returned_actions, returned_information
from mase_docs.register.arriving.returned import Returned
from mase_docs.register.records import AgencyReturn, Meeting
from mase_docs.register.writing import Writing

RECORD: dict[str, Callable[[Returned], int]] = {
    "action_return": returned_actions.record,
    "intelligence_return": returned_information.record,
}
"""Form → what records its rows, and says how many could not be."""


@dataclass
class ReturnArrival:
    """One form that an agency sent back, at the register's door.

    accepted_because  why forms with errors are recorded all the same; "" where they aren't
    """

    writing: Writing
    submission: Submission
    original: bytes | None
    home: Home
    today: date
    accepted_because: str = ""

    def received(self) -> Received:
        """What came of it; the register is as it was where it isn't recorded."""
        return self._again() or self._unfit() or self._recorded()

    def _again(self) -> Received | None:
        """The same file."""
        source = self.submission.source
        there = self.writing.session.scalars(select(AgencyReturn).where(AgencyReturn.sha256 == (source.sha256 or "-"))).first()
        return Received(self.submission, "same_file") if there else None

    def _unfit(self) -> Received | None:
        """A form with errors that nobody has accepted, or one of which nothing can be recorded: it doesn't say whose it is, or it is
        about a meeting that the register doesn't know."""
        refused: Outcome = "errors"
        if has_errors(self.submission.problems) and not self.accepted_because:
            return Received(self.submission, refused)
        if self._kind == "intelligence_return" and self._meeting is None:
            self.submission.problems = errors_first([*self.submission.problems, self._returned(None).problem("IN5", "meeting_date")])
            return Received(self.submission, refused)
        return None if self._agency else Received(self.submission, refused)

    def _recorded(self) -> Received:
        source, meeting = self.submission.source, self._meeting
        row = self.writing.add(
            AgencyReturn(
                meeting_id=meeting.id if meeting else None, form=str(self.submission.form), version=self.submission.version or 1,
                agency=self._agency, received_on=self.today, source_name=source.name, sha256=source.sha256, kind=source.kind,
                original_id=originals.kept(self.writing, source, self.original),
            )
        )  # fmt: skip
        if has_errors(self.submission.problems):
            self.writing.note("accepted", row.__tablename__, row.id, because=self.accepted_because)
        returned = self._returned(row)
        left = RECORD[self._kind](returned)
        self.submission.problems = errors_first([*self.submission.problems, *returned.problems])
        return Received(self.submission, "return", file_kept=row.original_id is not None, left=left)

    def _returned(self, row: AgencyReturn | None) -> Returned:
        return Returned(self.writing, self.submission, self.home, self.today, self._agency, self._meeting, row)

    @cached_property
    def _kind(self) -> str:
        return self.home.form(str(self.submission.form), self.submission.version).kind

    @cached_property
    def _agency(self) -> str:
        """The code of the agency; "" where the form doesn't say one of the panel's."""
        said = str(self.submission.value("agency") or "")
        return said if said in self.home.codes("agency").by_code else ""

    @cached_property
    def _meeting(self) -> Meeting | None:
        day = self.submission.value("meeting_date")
        return self.writing.session.scalars(select(Meeting).where(Meeting.held_on == day)).first() if isinstance(day, date) else None
