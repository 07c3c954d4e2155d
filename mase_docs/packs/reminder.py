"""The draft e-mail that reminds an agency of a meeting: when and where, what it still has to do, what it is asked for and by when.

A mail says no more of a young person than the reference (domain 6.3), and nothing that anybody typed about one: what an action is stands
in the form that goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from mase_docs.definition.profile import Profile
from mase_docs.definition.types import show_date
from mase_docs.model.labels import file_name
from mase_docs.model.reminder import Owed, Reminder
from mase_docs.model.sitting import Meeting
from mase_docs.packs.invite import begins, place
from mase_docs.packs.unsent import SAFELY, Attachment, closing, long_day, secure, unsent

NO_ACTIONS = "Your agency has no outstanding actions."
NO_CASES = (
    "None of the cases on the agenda is one that we know your agency works with, so no form for information is attached. If you know"
    " something that the panel should hear, please tell the coordinator."
)
WHO_COMES = (
    "Please reply and say who comes for {agency}. If your single point of contact cannot come, please name the person who represents them."
)
WHAT_CAME_OF_IT = "What each of them is stands in the attached form of actions. Please say there what came of it, and send it back by {by}."
WHAT_YOU_KNOW = "Please say in the attached form for information what your agency knows that is new about each, and send it back by {by}."
EITHER = "Each form is attached as Excel and as PDF: use whichever suits you. Where one comes in parts, please send all of them."


def written(profile: Profile, reminder: Reminder, files: Mapping[str, bytes]) -> bytes:
    """The draft, as an .eml file holds it; the files, by name, go with it."""
    panel = profile.panel
    subject = f"{panel.marking.upper()}: {panel.name} meeting on {show_date(reminder.meeting.held_on)}: reminder"
    attached = [Attachment(name, data) for name, data in files.items()]
    return unsent(subject, _body(profile, reminder), addressed(profile, reminder), attached)


def addressed(profile: Profile, reminder: Reminder) -> str:
    """The agency's address; "" where it has none that is plain and secure."""
    return secure(profile, reminder.email)


def named(profile: Profile, reminder: Reminder, said: str, kind: str) -> str:
    """`MASE_2026-12-02_reminder_borough_police.eml`"""
    return file_name(profile.panel.name, f"{reminder.meeting.held_on:%Y-%m-%d}", said, reminder.code, kind=kind)


def _body(profile: Profile, reminder: Reminder) -> Iterator[str]:
    panel = profile.panel
    yield from (panel.marking.upper(), "", "Hello,", "")
    yield f"This is a reminder of the next meeting of the {panel.full_name} ({panel.name}):"
    yield from ("", *_when_and_where(profile, reminder.meeting), "", "The attached invite puts it into your calendar.")
    yield from ("", WHO_COMES.format(agency=reminder.agency))
    yield from ("", *_actions(reminder), "", *_cases(reminder), "")
    if reminder.owed or reminder.cases:
        yield from (EITHER, "", SAFELY.format(form="forms", it="them"), "")
    yield from (profile.documents.confidentiality, *closing(panel))


def _when_and_where(profile: Profile, meeting: Meeting) -> Iterator[str]:
    first = begins(profile, meeting)
    last = first + timedelta(minutes=profile.documents.meeting_minutes)
    yield f"Day:   {long_day(meeting.held_on)}"
    yield f"Time:  {first:%H:%M} to {last:%H:%M}"
    yield f"Place: {place(profile, meeting) or 'to be confirmed'}"


def _actions(reminder: Reminder) -> Iterator[str]:
    if not reminder.owed:
        yield NO_ACTIONS
        return
    yield f"{'Action' if len(reminder.owed) == 1 else 'Actions'} that your agency has still to do: {len(reminder.owed)}"
    yield from (f"- {_owed(action)}" for action in reminder.owed)
    yield from ("", WHAT_CAME_OF_IT.format(by=long_day(reminder.by)))


def _owed(action: Owed) -> str:
    """`A-2026-0031 (MASE-2026-0007), due 4 November 2026, 20 days overdue`"""
    due = f"due {show_date(action.due)}" if action.due else "no day set"
    days = f", {action.days_overdue} {'day' if action.days_overdue == 1 else 'days'} overdue" if action.days_overdue else ""
    return f"{action.number} ({action.about}), {due}{days}"


def _cases(reminder: Reminder) -> Iterator[str]:
    if not reminder.cases:
        yield NO_CASES
        return
    yield "Cases on the agenda that your agency works with, by reference:"
    for word, references in (("New", reminder.new), ("For review", reminder.review)):
        yield from ([f"- {word}: {', '.join(references)}"] if references else [])
    yield from ("", WHAT_YOU_KNOW.format(by=long_day(reminder.by)))
