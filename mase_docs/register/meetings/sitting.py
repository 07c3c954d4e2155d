"""One meeting, put together from the register for its papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.model import sitting as model
from mase_docs.model.sitting import ActionSaid, Hearing, Shared, Sitting
from mase_docs.model.submission import Answer, Submission
from mase_docs.register.casework.answers import HERE, SCHEMES, as_it_stands, newest_assessment
from mase_docs.register.casework.shown import people
from mase_docs.register.links.linking import CaseLink, case_links
from mase_docs.register.meetings import actions, meetings
from mase_docs.register.meetings.attendance import attended
from mase_docs.register.meetings.listing import NEW, Heard, Listed, Listing
from mase_docs.register.meetings.themes import Themes, discussed, progress
from mase_docs.register.records import Agency, Case, Discussion, Information, Meeting

JOINED = {
    "school": "Same school",
    "place": "Same place",
    "peer_group": "Same peer group",
    "person": "Same person",
    "household": "Same home",
}


def sitting(session: Session, home: Home, meeting: Meeting, paper: int | None = None) -> Sitting:
    """The meeting with everything that its agenda and minutes show; paper is the number of the paper that is made of it."""
    return _Sitting(session, home, meeting).told(paper)


@dataclass(frozen=True)
class _Sitting:
    session: Session
    home: Home
    meeting: Meeting

    def told(self, paper: int | None) -> Sitting:
        agencies, observers = attended(self.session, self.meeting, self.home)
        before, after = meetings.before(self.session, self.meeting), meetings.after(self.session, self.meeting)
        last = before.held_on if before else None
        return Sitting(
            meeting=said_of(self.meeting),
            paper=paper,
            agencies=agencies,
            observers=observers,
            hearings=tuple(self._hearing(listed) for listed in self.listing.heard),
            shared=tuple(self._told(Information.case_id.is_(None) & Information.context_id.is_(None))),
            places=tuple(self._places()),
            themes=Themes(self.session, self.home, self.meeting, self.actions).told(),
            outstanding=tuple(action for action in self.actions if self._is_outstanding(action)),
            ended=tuple(action for action in self.actions if self._has_ended(action, last)),
            general=tuple(action for action in self.actions if self._is_set_here(action) and not (action.case or action.theme)),
            not_heard=tuple(self.listing.not_heard),
            spent=self._spent(),
            last_on=last,
            next_on=after.held_on if after else meetings.by_rhythm(self.home.profile.meetings, self.meeting.held_on),
        )

    @cached_property
    def actions(self) -> list[ActionSaid]:
        return [a for a in actions.said(self.session, self.home, self.meeting.held_on) if not a.set_on or a.set_on <= self.meeting.held_on]

    @cached_property
    def listing(self) -> Listing:
        return Listing(self.session, self.home.profile.ages, self.meeting)

    @cached_property
    def _links(self) -> list[CaseLink]:
        return case_links(self.session, self.meeting.held_on)

    @cached_property
    def _agency_keys(self) -> dict[str, str]:
        return {code: f"agency{number}" for code, number in self.session.execute(select(Agency.code, Agency.id))}

    def _is_set_here(self, action: ActionSaid) -> bool:
        return action.set_on == self.meeting.held_on

    def _is_outstanding(self, action: ActionSaid) -> bool:
        """Whether it was still to be done when the meeting began: one that ended there is in its minutes all the same."""
        ended_here = action.status_on is not None and action.status_on >= self.meeting.held_on
        return not self._is_set_here(action) and (action.is_outstanding or ended_here)

    def _has_ended(self, action: ActionSaid, last: date | None) -> bool:
        """Whether it ended at the last meeting or since."""
        since = action.status_on is None or last is None or action.status_on >= last
        return not self._is_set_here(action) and not self._is_outstanding(action) and since

    def _hearing(self, listed: Listed) -> Hearing:
        case, key = listed.case, f"case{listed.case.id}"
        own = [action for action in self.actions if action.case == key]
        return Hearing(
            key=key,
            submission=self._as_heard(listed),
            reference=case.reference,
            label=case.label,
            heard_under=listed.heard_under,
            why=listed.why,
            category_before=self._category_before(case, listed.before),
            linked=self._linked(case.reference),
            progress=self._progress(listed.before, [action for action in own if not self._is_set_here(action)]),
            shared=tuple(self._shared(case)),
            discussed=discussed(listed.here),
            set_here=tuple(filter(self._is_set_here, own)),
        )

    def _places(self) -> Iterator[Submission]:
        own = select(Case).where(Case.context_id.is_not(None), Case.merged_into.is_(None), Case.closed_on.is_(None)).order_by(Case.id)
        for case in self.session.scalars(own):
            yield as_it_stands(self.session, case, self.home)

    def _as_heard(self, listed: Listed) -> Submission:
        """The case's answers; one that is heard as new is called so in these papers, although from then on it is for review."""
        form = as_it_stands(self.session, listed.case, self.home)
        if listed.heard_under == NEW and form.value("case_status") == "review":
            form.answers["case_status"] = Answer("new", None, HERE)
        return form

    def _category_before(self, case: Case, before: tuple[Heard, ...]) -> str | None:
        """The category and level that counted when the case was heard last, in words."""
        if not before:
            return None
        same, until = people(self.session, case), before[-1].meeting.held_on
        found = {scheme: newest_assessment(self.session, same, scheme, until) for scheme in SCHEMES}
        return "; ".join(self.home.codes(scheme).label_of(a.code) for scheme, a in found.items() if a) or None

    def _linked(self, reference: str) -> str:
        """The other cases that one is linked with, a line for each reason."""
        lines: dict[str, list[str]] = {}
        for link in self._links:
            if reference in link.cases:
                other = next(case for case in link.cases if case != reference)
                sure = "" if link.sure == "confirmed" else f" ({link.sure or 'not known how sure'})"
                lines.setdefault(f"{JOINED.get(link.kind, 'In common')}, {link.what}{sure}", []).append(other)
        return "\n".join(f"{why}: {', '.join(dict.fromkeys(others))}" for why, others in lines.items()) or "None found"

    def _progress(self, before: tuple[Heard, ...], own: list[ActionSaid]) -> str | None:
        last = before[-1] if before else None
        on, discussion = (last.meeting.held_on, last.discussion) if last else (None, None)
        return progress(on, discussion, own, self.home, "decision_case")

    def _shared(self, case: Case) -> list[Shared]:
        joined = select(Case.id).where((Case.id == case.id) | (Case.merged_into == case.id))
        return self._told(Information.case_id.in_(joined))

    def _told(self, about: ColumnElement[bool]) -> list[Shared]:
        """What agencies shared for the meeting, in the order in which it came."""
        these = select(Information).where(Information.meeting_id == self.meeting.id, about).order_by(Information.id)
        label_of = self.home.codes("agency").label_of
        return [
            Shared(self._agency_keys.get(row.agency, f"named{row.id}"), row.agency, label_of(row.agency), row.information, row.received_on)
            for row in self.session.scalars(these)
        ]

    def _spent(self) -> dict[str, int]:
        """Minutes spent on headings as a whole."""
        whole = select(Discussion).where(
            Discussion.meeting_id == self.meeting.id, Discussion.case_id.is_(None), Discussion.context_id.is_(None)
        )  # fmt: skip
        return {row.heard_under: row.minutes_spent for row in self.session.scalars(whole) if row.minutes_spent is not None}


def said_of(meeting: Meeting) -> model.Meeting:
    """A meeting's row as papers show it."""
    return model.Meeting(**{field.name: getattr(meeting, field.name) for field in fields(model.Meeting)})
