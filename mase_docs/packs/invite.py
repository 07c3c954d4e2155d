"""The calendar invite to a meeting: a file that a mail carries, and that Outlook and Thunderbird put into the calendar when it is opened.

RFC 5545, as published (RFC 5546, 3.2): nothing is answered to anybody behind a person's back, and it is right for whoever opens it. As a
request it would have to name each of them, and Outlook shows no buttons to those it doesn't name. Nothing of a young person is in it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mase_docs.definition.profile import Profile
from mase_docs.model.sitting import Meeting

HERE = ZoneInfo("Europe/London")
FIRST = date(2000, 1, 1)
KEEP_OUT = "Please put no name and nothing else about a young person into this entry: calendars are seen by others."


def invite(profile: Profile, meeting: Meeting, uid: str, made_on: date) -> bytes:
    """The .ics file, the same for the same meeting, profile and day.

    uid  stays with the meeting, on whatever day it is: an invite made on a later day takes the place of the first
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//mase_docs//meeting//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(profile, meeting, uid, made_on))
    written: bytes = calendar.to_ical()
    return written


def _event(profile: Profile, meeting: Meeting, uid: str, made_on: date) -> Any:
    from icalendar import Event, vCalAddress

    first, panel = begins(profile, meeting).astimezone(UTC), profile.panel
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(made_on, time(), UTC))
    event.add("sequence", max(0, (made_on - FIRST).days))  # must rise from one invite to the next (RFC 5546, 2.1.4)
    event.add("dtstart", first)  # in universal time every program makes the right hour of it, on both sides of a clock change
    event.add("dtend", first + timedelta(minutes=profile.documents.meeting_minutes))
    event.add("summary", f"{panel.marking.upper()}: {panel.name} meeting")
    event.add("description", f"Meeting of the {panel.full_name}. {KEEP_OUT}")
    event.add("organizer", vCalAddress(f"mailto:{panel.coordinator_email}"))
    if place(profile, meeting):
        event.add("location", place(profile, meeting))
    return event


def begins(profile: Profile, meeting: Meeting) -> datetime:
    """When it begins, by the clock on the wall."""
    return datetime.combine(meeting.held_on, time.fromisoformat(profile.meetings.time), HERE)


def place(profile: Profile, meeting: Meeting) -> str:
    """Where it is: as was said of this meeting, else as always; "" where nothing is."""
    return " ".join((meeting.venue or profile.meetings.venue).split())
