"""What each agency is asked in writing before a meeting: what came of its actions, and what it knows that is new of its own cases.

Each row is the beginning of one on the agency's own form, column → answer. Nothing of anybody else's case is in any of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.model.passage import Passage
from mase_docs.model.sitting import ActionSaid
from mase_docs.model.submission import Value
from mase_docs.register.meetings import actions
from mase_docs.register.meetings.involved import cases_of, tied_to, withheld_from
from mase_docs.register.meetings.listing import Listing
from mase_docs.register.meetings.naming import Naming
from mase_docs.register.records import Action, Case, Meeting

Row = dict[str, Value]
NOT_NAMED, NOT_TOLD = "A case that is not named here", "Please ask the coordinator what this action is."
"""In place of what an action is about, and of its words, where its case is restricted to other agencies."""


@dataclass(frozen=True)
class Asking:
    """What an agency, named by its code, is asked before a meeting; agenda: the numbers of the cases on it, where they are known."""

    session: Session
    home: Home
    meeting: Meeting
    agency: str
    agenda: frozenset[int] | None = None

    @property
    def actions(self) -> list[Row]:
        """Its actions that are still to be done, the longest overdue first."""
        return [self._asked(one) for one in self.owed]

    @property
    def cases(self) -> list[Row]:
        """Those of its cases that the meeting hears, by reference."""
        return [{"case": case.label} for case in self.heard]

    @cached_property
    def owed(self) -> list[ActionSaid]:
        every = actions.said(self.session, self.home, self.meeting.held_on)
        return [one for one in every if one.is_outstanding and one.code == self.agency]

    @cached_property
    def heard(self) -> list[Case]:
        listed = self.agenda
        if listed is None:
            listed = frozenset(one.case.id for one in Listing(self.session, self.home.profile.ages, self.meeting).heard)
        return [case for case in cases_of(self.session, self.agency, self.home) if case.id in listed]

    @cached_property
    def theirs(self) -> set[int]:
        """The numbers of the cases, open or closed, of which a form for this agency may speak."""
        return tied_to(self.session, self.agency, self.home) - withheld_from(self.session, self.agency)

    @property
    def rows_of_actions(self) -> list[Action]:
        return actions.rows(self.session, self.owed)

    def passages(self) -> Iterator[Passage]:
        """What somebody typed of all that the form of actions says."""
        for one in self.owed:
            if not self._is_withheld(one):
                yield Passage(f"action {one.number}", one.action)
                yield Passage(f"what action {one.number} is about", self._about(one), "place" if one.theme else "typed")

    def _asked(self, one: ActionSaid) -> Row:
        told = (NOT_NAMED, NOT_TOLD) if self._is_withheld(one) else (self._about(one), one.action)
        return {"about": told[0], "number": one.number, "due": one.due, "action": told[1]}

    def _about(self, one: ActionSaid) -> str:
        return self._naming.of_theme(one.theme) if one.theme else one.about

    def _is_withheld(self, one: ActionSaid) -> bool:
        return bool({one.case, one.theme} & self._withheld)

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self.session)

    @cached_property
    def _withheld(self) -> set[str]:
        return self._naming.withheld_from(self.agency)
