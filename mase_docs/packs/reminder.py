"""The draft e-mail that reminds an agency of a meeting: when and where, what it still has to do, what it is asked for and by when.

A mail says no more of a young person than the reference (domain 6.3), and nothing that anybody typed about one: what an action is stands
in the form that goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from mase_docs.definition.profile import Profile
from mase_docs.definition.types import show_date
from mase_docs.model.reminder import Owed, Reminder
from mase_docs.model.sitting import Meeting
from mase_docs.packs.invite import begins, place
from mase_docs.packs.unsent import SAFELY, Attachment, closing, long_day, secure, unsent

NO_ACTIONS = "Your agency has no outstanding actions."
NO_CASES = (
    "None of the cases on the agenda is one that we know your agency works with, so no form for information is attached. If you know"
    " something that the panel should hear, please call the coordinator."
)
WHO_COMES = (
    "Please reply and say who comes for {agency}. If your single point of contact cannot come, please name the person who represents them."
)
WHAT_IT_IS = "What each of them is stands in the attached form. Please say there what came of it, and send the form back by {by}."
WHAT_YOU_KNOW = "Please say in the attached form what your agency knows that is new about each, and send it back by {by}."


def reminder(profile: Profile, reminded: Reminder, attached: Sequence[Attachment]) -> bytes:
    """The draft, as an .eml file holds it; the forms and the invite go with it."""
    panel = profile.panel
    subject = f"{panel.marking.upper()}: {panel.name} meeting on {show_date(reminded.meeting.held_on)}: reminder"
    return unsent(subject, _body(profile, reminded), secure(profile, reminded.email), attached)


def _body(profile: Profile, reminded: Reminder) -> Iterator[str]:
    panel = profile.panel
    yield from (panel.marking.upper(), "", "Hello,", "")
    yield f"This is a reminder of the next meeting of the {panel.full_name} ({panel.name}):"
    yield from ("", *_when_and_where(profile, reminded.meeting), "", "The attached invite puts it into your calendar.")
    yield from ("", WHO_COMES.format(agency=reminded.agency))
    yield from ("", *_actions(reminded), "", *_cases(reminded), "")
    if reminded.owed or reminded.cases:
        yield from (SAFELY.format(form="forms", it="them"), "")
    yield from (profile.documents.confidentiality, *closing(panel))


def _when_and_where(profile: Profile, meeting: Meeting) -> Iterator[str]:
    first = begins(profile, meeting)
    last = first + timedelta(minutes=profile.documents.meeting_minutes)
    yield f"Day:   {long_day(meeting.held_on)}"
    yield f"Time:  {first:%H:%M} to {last:%H:%M}"
    yield f"Place: {place(profile, meeting) or 'to be confirmed'}"


def _actions(reminded: Reminder) -> Iterator[str]:
    if not reminded.owed:
        yield NO_ACTIONS
        return
    yield f"{'Action' if len(reminded.owed) == 1 else 'Actions'} that your agency has still to do: {len(reminded.owed)}"
    yield from (f"- {_owed(action)}" for action in reminded.owed)
    yield from ("", WHAT_IT_IS.format(by=long_day(reminded.by)))


def _owed(action: Owed) -> str:
    """`A-2026-0031 (MASE-2026-0007), due 4 November 2026, 20 days overdue`"""
    due = f"due {show_date(action.due)}" if action.due else "no day set"
    days = f", {action.days_overdue} {'day' if action.days_overdue == 1 else 'days'} overdue" if action.days_overdue else ""
    return f"{action.number} ({action.about}), {due}{days}"


def _cases(reminded: Reminder) -> Iterator[str]:
    if not reminded.cases:
        yield NO_CASES
        return
    yield "Cases on the agenda that your agency works with, by reference:"
    for word, references in (("New", reminded.new), ("For review", reminded.review)):
        yield from ([f"- {word}: {', '.join(references)}"] if references else [])
    yield from ("", WHAT_YOU_KNOW.format(by=long_day(reminded.by)))
