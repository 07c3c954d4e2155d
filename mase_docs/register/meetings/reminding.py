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
from mase_docs.definition.types import show_date
from mase_docs.errors import UsageError
from mase_docs.model.reminder import Owed, Reminder
from mase_docs.model.sitting import ActionSaid, Hearing
from mase_docs.register.meetings import actions
from mase_docs.register.meetings.asking import NOT_NAMED
from mase_docs.register.meetings.involved import cases_of, must_be_one
from mase_docs.register.meetings.listing import NEW
from mase_docs.register.meetings.meetings import intelligence_on
from mase_docs.register.meetings.naming import Naming
from mase_docs.register.meetings.sitting import said_of
from mase_docs.register.records import Case, History, Meeting

THEME = "a place or group"
"""What an action is about where it is about one: its name may tell too much for a mail."""


def uid_of(session: Session, meeting: Meeting) -> str:
    """What calendars know the meeting by, on whatever day it is: it tells this register from any other, and nothing else."""
    first = session.scalars(select(History.hash).where(History.borough == meeting.borough, History.seq == 1)).one()
    return str(uuid5(NAMESPACE_OID, f"{first} {meeting.id}"))


@dataclass(frozen=True)
class Reminding:
    """Whom a meeting is brought to mind, and of what, on a day; hearings: the cases on its agenda.

    Raises UsageError, when it is made, for a meeting that is over.
    """

    session: Session
    home: Home
    meeting: Meeting
    today: date
    hearings: tuple[Hearing, ...]

    def __post_init__(self) -> None:
        if self.meeting.held_on < self.today:
            raise UsageError(f"The meeting of {show_date(self.meeting.held_on)} is over.", "Add the next one with: mase-docs meeting add")

    def all(self, codes: Collection[str] = ()) -> list[Reminder]:
        """In the order of the profile: the agencies named, by code; without any, those that are committed to attend and those that have
        something to do or to tell. Raises UsageError for a code that is no agency's."""
        agencies = self.home.profile.agency
        if unknown := sorted(set(codes) - {agency.code for agency in agencies}):
            raise UsageError(f"“{unknown[0]}” is no agency of this panel.", f"Use one of: {', '.join(agency.code for agency in agencies)}.")
        for code in codes:
            must_be_one(self.home, code)
        found = [self._of(agency) for agency in agencies if agency.code in codes or not (codes or agency.several)]
        return [one for one in found if one.committed or codes or one.owed or one.cases]

    @property
    def several(self) -> list[Reminder]:
        """What stands for more than one body and has something here: nobody but a person can tell which of them it concerns."""
        found = (self._of(agency) for agency in self.home.profile.agency if agency.several)
        return [one for one in found if one.owed or one.cases]

    @property
    def agenda(self) -> frozenset[int]:
        """The numbers of the cases on it."""
        return frozenset(int(hearing.key.removeprefix("case")) for hearing in self.hearings)

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
            agency.committed,
            said_of(self.meeting),
            intelligence_on(self.meeting.held_on, self.home.profile),
            tuple(self._owed(agency)),
            tuple(hearing.reference for hearing in heard if hearing.heard_under == NEW),
            tuple(hearing.reference for hearing in heard if hearing.heard_under != NEW),
        )

    def _owed(self, agency: Agency) -> Iterator[Owed]:
        withheld = self._naming.withheld_from(agency.code)
        for action in self._outstanding:
            if action.code == agency.code:
                yield Owed(action.number, self._about(action, withheld), action.due, action.days_overdue)

    def _about(self, action: ActionSaid, withheld: set[str]) -> str:
        """The reference of its case; what a mail may say of anything else."""
        if {action.case, action.theme} & withheld:
            return NOT_NAMED
        return self._references[action.case] if action.case else THEME if action.theme else action.about

    @cached_property
    def _outstanding(self) -> list[ActionSaid]:
        return [action for action in actions.said(self.session, self.home, self.today) if action.is_outstanding]

    @cached_property
    def _references(self) -> dict[str, str]:
        return {f"case{number}": reference for number, reference in self.session.execute(select(Case.id, Case.reference))}

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self.session)
