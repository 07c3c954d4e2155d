"""What one agency may see of a meeting's minutes, and what each young person's own file is to say of it; both from the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.errors import RegisterError
from mase_docs.model import sitting as model
from mase_docs.model.case_note import CaseNote
from mase_docs.model.extract import CaseHeard, Extract, ThemeHeard
from mase_docs.model.sitting import ActionSaid
from mase_docs.register.casework.answers import SCHEMES, newest_assessment
from mase_docs.register.casework.shown import name_of, people
from mase_docs.register.meetings import actions
from mase_docs.register.meetings.attendance import attended
from mase_docs.register.meetings.involved import tied_to, withheld_from
from mase_docs.register.meetings.naming import Naming
from mase_docs.register.meetings.themes import KINDS, discussed
from mase_docs.register.records import Case, Discussion, Information, Meeting

MINUTED = ("minutes_draft", "minutes_agreed")
"""States of a meeting whose minutes were read back."""


@dataclass(frozen=True)
class Extracts:
    """The copies of one meeting's minutes, as they are made on a day.

    Raises RegisterError, when it is made, where there are no minutes yet.
    """

    session: Session
    home: Home
    meeting: Meeting
    today: date

    def __post_init__(self) -> None:
        if self.meeting.state not in MINUTED:
            message = f"The minutes of {show_date(self.meeting.held_on)} are not in the register yet."
            raise RegisterError(message, "Read them back first: mase-docs readback minutes.docx")

    def of(self, agency: str) -> Extract:
        """The copy of an agency, named by its code."""
        kept_back = self._kept_back(agency)
        own = [one for one in self.actions if one.code == agency and self._is_of_now(one) and one.number not in kept_back]
        agencies, observers = attended(self.session, self.meeting, self.home)
        return Extract(
            code=agency,
            agency=self.home.codes("agency").label_of(agency),
            meeting=self._said,
            agencies=agencies,
            observers=observers,
            cases=tuple(self._case(discussion, case, agency, own) for discussion, case in self._heard if case.id in self.cases_of(agency)),
            themes=tuple(self._themes(own)),
            outstanding=tuple(one for one in own if one.is_outstanding),
            kept_back=tuple(sorted(kept_back)),
        )

    def cases_of(self, agency: str) -> set[int]:
        """The numbers of the cases, open or closed, that an agency has to do with; by this meeting's minutes too."""
        code_of = self.home.codes("agency").match
        spoken = select(Information.case_id, Information.agency).where(Information.meeting_id == self.meeting.id)
        here = {self._goes_on(case) for case, said in self.session.execute(spoken) if case and (code_of(said) or said) == agency}
        asked = {int(one.case.removeprefix("case")) for one in self.actions if one.code == agency and one.case and self._is_of_now(one)}
        return (tied_to(self.session, agency, self.home) | here | asked) - withheld_from(self.session, agency)

    def notes(self) -> list[CaseNote]:
        """The record lines of the young people whose cases were heard, in the order of their references."""
        found = [self._note(discussion, case) for discussion, case in self._heard]
        return sorted(found, key=lambda note: note.reference)

    @cached_property
    def heard(self) -> dict[str, Case]:
        """Reference → the case of a young person that was heard."""
        return {case.reference: case for _, case in self._heard}

    @cached_property
    def actions(self) -> list[ActionSaid]:
        """Every action that was set by the end of the meeting; themes are called as a copy may call them."""
        found = actions.said(self.session, self.home, self.today)
        in_time = [one for one in found if not one.set_on or one.set_on <= self.meeting.held_on]
        called = (replace(one, about=self._naming.of_theme(one.theme) if one.theme else one.about) for one in in_time)
        return sorted(called, key=lambda one: one.number)

    @property
    def _said(self) -> model.Meeting:
        return model.Meeting(**{field.name: getattr(self.meeting, field.name) for field in fields(model.Meeting)})

    @cached_property
    def _heard(self) -> list[tuple[Discussion, Case]]:
        """What was said of each young person's case, in the order of the minutes; one that went on in another by the name of that."""
        these = select(Discussion).where(Discussion.meeting_id == self.meeting.id, Discussion.case_id.is_not(None)).order_by(Discussion.id)
        found = [(row, self._every_case[self._goes_on(row.case_id or 0)]) for row in self.session.scalars(these)]
        return [(row, case) for row, case in found if case.person_id]

    @cached_property
    def _every_case(self) -> dict[int, Case]:
        return {case.id: case for case in self.session.scalars(select(Case))}

    def _goes_on(self, number: int) -> int:
        return self._every_case[number].merged_into or number

    def _set_here(self, one: ActionSaid) -> bool:
        return one.set_on == self.meeting.held_on

    def _is_of_now(self, one: ActionSaid) -> bool:
        """Whether it was still to be done when the meeting began, or was set there."""
        ended_here = one.status_on is not None and one.status_on >= self.meeting.held_on
        return one.is_outstanding or ended_here or self._set_here(one)

    # What an agency sees

    def _case(self, discussion: Discussion, case: Case, agency: str, own: list[ActionSaid]) -> CaseHeard:
        return CaseHeard(
            reference=case.reference,
            label=case.label,
            name=self._name_of(case),
            heard_under=discussion.heard_under,
            discussed=discussed(discussion),
            information=tuple(self._information(case, agency)),
            actions=tuple(one for one in own if one.case == f"case{case.id}" and self._set_here(one)),
        )

    def _name_of(self, case: Case) -> str:
        return next(name_of(person) for person in people(self.session, case) if person.same_as is None)

    def _information(self, case: Case, agency: str) -> Iterator[str]:
        """What the agency itself shared, each thing once."""
        code_of = self.home.codes("agency").match
        these = select(Information).where(Information.meeting_id == self.meeting.id, Information.case_id.is_not(None))
        rows = self.session.scalars(these.order_by(Information.id))
        own = (row for row in rows if self._goes_on(row.case_id or 0) == case.id and (code_of(row.agency) or row.agency) == agency)
        yield from dict.fromkeys(row.information for row in own)

    def _themes(self, own: list[ActionSaid]) -> Iterator[ThemeHeard]:
        """The themes of the meeting in which the agency has something to do."""
        these = select(Discussion).where(Discussion.meeting_id == self.meeting.id, Discussion.context_id.is_not(None))
        for row in self.session.scalars(these.order_by(Discussion.id)):
            context = self._naming.contexts[row.context_id or 0]
            theirs = tuple(one for one in own if one.theme == f"theme{context.id}")
            if theirs:
                yield ThemeHeard(self._naming.name(context), KINDS.get(context.kind, "Place"), discussed(row), theirs)

    def _kept_back(self, agency: str) -> set[str]:
        """The numbers of the agency's actions in cases that are restricted to others, those of places referred in their own right too."""
        keys = self._naming.withheld_from(agency)
        return {one.number for one in self.actions if one.code == agency and {one.case, one.theme} & keys and self._is_of_now(one)}

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self.session)

    # What goes on a young person's own file

    def _note(self, discussion: Discussion, case: Case) -> CaseNote:
        return CaseNote(
            reference=case.reference,
            heard_under=discussion.heard_under,
            discussed=discussed(discussion),
            meeting=self._said,
            category=tuple(self._category(case)),
            actions=tuple(one for one in self.actions if one.case == f"case{case.id}" and self._set_here(one)),
        )

    def _category(self, case: Case) -> Iterator[str]:
        """The category and the level that counted at the meeting, with where and when they were set."""
        for scheme in SCHEMES:
            set_ = newest_assessment(self.session, people(self.session, case), scheme, self.meeting.held_on)
            if set_:
                source = self.home.codes("category_source").label_of(set_.category_source) if set_.category_source else "not recorded where"
                on = show_date(set_.category_date) if set_.category_date else "on a day not recorded"
                yield f"{self.home.codes(scheme).label_of(set_.code)} (set: {source}, {on})"
