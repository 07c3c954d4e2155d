"""What each agency is reminded of before a meeting: what it still has to do, and which of its cases are heard."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.definition.profile import Agency
from mase_docs.errors import UsageError
from mase_docs.model.reminder import Owed, Reminder
from mase_docs.model.sitting import ActionSaid, Hearing
from mase_docs.register.meetings import actions
from mase_docs.register.meetings.involved import cases_of, withheld_from
from mase_docs.register.meetings.listing import NEW
from mase_docs.register.meetings.meetings import intelligence_on
from mase_docs.register.meetings.sitting import said_of
from mase_docs.register.records import Case, History, Meeting

THEME, WITHHELD = "a place or group", "a case not named here"
"""What an action is about where a mail may not say it."""


def uid_of(session: Session, meeting: Meeting) -> str:
    """What calendars know the meeting by, on whatever day it is: it tells this register from any other, and nothing else."""
    first = session.scalars(select(History.hash).where(History.borough == meeting.borough, History.seq == 1)).one()
    return str(uuid5(NAMESPACE_OID, f"{first} {meeting.id}"))


@dataclass(frozen=True)
class Reminding:
    """Whom a meeting is brought to mind, and of what, on a day; hearings: the cases on its agenda."""

    session: Session
    home: Home
    meeting: Meeting
    today: date
    hearings: tuple[Hearing, ...]

    def all(self, codes: Collection[str] = ()) -> list[Reminder]:
        """In the order of the profile: the agencies named, by code; without any, those that are committed to attend and those that have
        something to do or to tell. Raises UsageError for a code that is no agency's."""
        agencies = self.home.profile.agency
        if unknown := sorted(set(codes) - {agency.code for agency in agencies}):
            raise UsageError(f"“{unknown[0]}” is no agency of this panel.", f"Use one of: {', '.join(agency.code for agency in agencies)}.")
        found = [self._of(agency) for agency in agencies if not codes or agency.code in codes]
        asked = {agency.code for agency in agencies if agency.committed} | set(codes)
        return [one for one in found if one.code in asked or one.owed or one.cases]

    @property
    def of_nobody(self) -> int:
        """How many actions are outstanding that belong to no agency of the profile, so that nobody is reminded of them."""
        codes = {agency.code for agency in self.home.profile.agency}
        return sum(action.code not in codes for action in self._outstanding)

    def _of(self, agency: Agency) -> Reminder:
        theirs = {f"case{case.id}" for case in cases_of(self.session, agency.code, self.home)}
        heard = [hearing for hearing in self.hearings if hearing.key in theirs]
        return Reminder(
            agency.code,
            agency.name,
            agency.email.strip(),
            said_of(self.meeting),
            intelligence_on(self.meeting.held_on, self.home.profile),
            tuple(self._owed(agency)),
            tuple(hearing.reference for hearing in heard if hearing.heard_under == NEW),
            tuple(hearing.reference for hearing in heard if hearing.heard_under != NEW),
        )

    def _owed(self, agency: Agency) -> Iterator[Owed]:
        withheld = withheld_from(self.session, agency.code)
        for action in self._outstanding:
            if action.code == agency.code:
                yield Owed(action.number, self._about(action, withheld), action.due, action.days_overdue)

    def _about(self, action: ActionSaid, withheld: set[int]) -> str:
        """The reference of its case; what a mail may say of anything else."""
        case = self._cases.get(action.case)
        if case is None:
            return THEME if action.theme else action.about
        return WITHHELD if case.id in withheld else case.reference

    @cached_property
    def _outstanding(self) -> list[ActionSaid]:
        return [action for action in actions.said(self.session, self.home, self.today) if action.is_outstanding]

    @cached_property
    def _cases(self) -> dict[str, Case]:
        return {f"case{case.id}": case for case in self.session.scalars(select(Case))}
