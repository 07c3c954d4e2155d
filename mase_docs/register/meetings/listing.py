"""Which cases a meeting hears, under which heading and why; and which it doesn't, so that none is forgotten.

New is what was received by the day forms close and was never heard. For review comes what is due, was put off, or has something new:
a further form, a new category, a category review that is still unanswered (terms of reference, "New Cases" and "Review Cases").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.profile import Ages
from mase_docs.definition.types import show_date
from mase_docs.model.sitting import NotHeard
from mase_docs.register.casework.cases import CaseView, views
from mase_docs.register.records import Case, Discussion, Meeting, Referral

NEW, REVIEW = "new_cases", "review_cases"
DEFERRED = "defer_to_next"


@dataclass(frozen=True)
class Heard:
    """A case at an earlier meeting, or at this one."""

    meeting: Meeting
    discussion: Discussion


@dataclass(frozen=True)
class Listed:
    """A case that is heard; before: what was said of it at earlier meetings, the newest last."""

    view: CaseView
    heard_under: str
    why: str
    before: tuple[Heard, ...]
    here: Discussion | None

    @property
    def case(self) -> Case:
        return self.view.case


class Listing:
    """The young people's cases of one meeting, new ones by the day they were received, reviews by reference."""

    def __init__(self, session: Session, ages: Ages, meeting: Meeting) -> None:
        self.session, self.meeting = session, meeting
        self._views = [view for view in views(session, ages, meeting.held_on) if view.case.person_id]

    @cached_property
    def heard(self) -> list[Listed]:
        found = [listed for view in self._views if (listed := self._listed(view))]
        return sorted(
            found, key=lambda one: (one.heard_under != NEW, one.case.opened_on if one.heard_under == NEW else date.max, one.case.id)
        )

    @cached_property
    def not_heard(self) -> list[NotHeard]:
        """The open cases that are not on the list, each with the reason."""
        listed = {one.case.id for one in self.heard}
        return [NotHeard(v.case.label, self._why_not(v.case)) for v in self._views if self._is_open(v.case) and v.case.id not in listed]

    def _listed(self, view: CaseView) -> Listed | None:
        case, told = view.case, self._told[view.case.id]
        here = next((one.discussion for one in told if one.meeting.id == self.meeting.id), None)
        before = tuple(one for one in told if one.meeting.held_on < self.meeting.held_on)
        if not here and not self._is_open(case):
            return None
        found = self._again(view, before) if before else self._first_time(case)
        if here:
            return Listed(view, here.heard_under, found[1] if found else "", before, here)
        return Listed(view, *found, before, None) if found else None

    def _is_open(self, case: Case) -> bool:
        return case.closed_on is None

    def _first_time(self, case: Case) -> tuple[str, str] | None:
        if case.opened_on > self._closes:
            return None
        return (REVIEW if case.status == "review" else NEW, f"Received on {show_date(case.opened_on)}")

    def _again(self, view: CaseView, before: tuple[Heard, ...]) -> tuple[str, str] | None:
        last = before[-1]
        if last.discussion.decision == DEFERRED:
            return last.discussion.heard_under, f"Put off on {show_date(last.meeting.held_on)}"
        reasons = [why for rule in RULES if (why := rule(self, view, last.meeting.held_on))]
        return (REVIEW, "; ".join(reasons)) if reasons else None

    def _due(self, view: CaseView, _: date) -> str:
        due = view.case.next_review
        return f"Review due on {show_date(due)}" if due and due <= self.meeting.held_on else ""

    def _further_form(self, view: CaseView, last: date) -> str:
        new = [day for day in self._received[view.case.id] if last < day <= self._closes]
        return f"A further form was received on {show_date(max(new))}" if new else ""

    def _new_category(self, view: CaseView, last: date) -> str:
        newest = [a.category_date for a in (view.category, view.hsb_level) if a and a.category_date]
        new = [day for day in newest if last < day <= self.meeting.held_on]
        return f"A category or level was set on {show_date(max(new))}" if new else ""

    def _review_unanswered(self, view: CaseView, _: date) -> str:
        asked = view.case.review_asked_on
        return f"The review of its category, asked for on {show_date(asked)}, is not answered" if asked and view.awaits_review else ""

    def _why_not(self, case: Case) -> str:
        if case.opened_on > self._closes and not self._told[case.id]:
            return f"Received on {show_date(case.opened_on)}, after forms closed"
        return f"Review due on {show_date(case.next_review)}" if case.next_review else "No day of review is set"

    @property
    def _closes(self) -> date:
        """The last day on which a form comes in time."""
        return self.meeting.referrals_close_on or self.meeting.held_on

    @cached_property
    def _told(self) -> defaultdict[int, list[Heard]]:
        """Case that goes on → what was said of it at meetings, in their order."""
        same = (Discussion.meeting_id == Meeting.id) & (Discussion.borough == Meeting.borough)
        rows = self.session.execute(select(Meeting, Discussion).join(Discussion, same).order_by(Meeting.held_on, Discussion.id))
        found: defaultdict[int, list[Heard]] = defaultdict(list)
        for meeting, discussion in rows:
            if discussion.case_id:
                found[self._goes_on[discussion.case_id]].append(Heard(meeting, discussion))
        return found

    @cached_property
    def _received(self) -> defaultdict[int, list[date]]:
        found: defaultdict[int, list[date]] = defaultdict(list)
        for case, day in self.session.execute(select(Referral.case_id, Referral.received_on)):
            found[self._goes_on[case]].append(day)
        return found

    @cached_property
    def _goes_on(self) -> dict[int, int]:
        return {number: into or number for number, into in self.session.execute(select(Case.id, Case.merged_into))}


RULES: tuple[Callable[[Listing, CaseView, date], str], ...] = (
    Listing._due,
    Listing._further_form,
    Listing._new_category,
    Listing._review_unanswered,
)
"""What brings a case back: each says why, or nothing."""
