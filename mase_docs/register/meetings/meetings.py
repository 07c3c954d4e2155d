"""The meetings: when they are, and the days that their papers go by. Working days are counted with England's bank holidays (DA10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.definition.profile import WEEKDAYS, Profile, Rhythm
from mase_docs.definition.types import show_date
from mase_docs.errors import RegisterError, UsageError
from mase_docs.model.days import nth_weekday, worked, working_days
from mase_docs.register.meetings import agencies
from mase_docs.register.records import Meeting
from mase_docs.register.writing import Writing

STATES = {"planned": "planned", "held": "held", "minutes_draft": "held, minutes in draft", "minutes_agreed": "held, minutes agreed"}
"""How far a meeting is → the same in words."""
YEARS = range(2000, 2100)
"""A day outside these is a slip of the pen: 0206-12-02."""


def days(held_on: date, profile: Profile) -> dict[str, date]:
    """The days that the papers of a meeting go by, as the columns of its record are called."""
    timings = profile.timings
    return {
        "referrals_close_on": working_days(held_on, -timings.referrals_close_working_days),
        "remind_on": _worked_before(held_on - timedelta(days=timings.reminder_days)),
        "papers_on": working_days(held_on, -timings.papers_working_days),
        "minutes_due_on": working_days(held_on, timings.minutes_working_days),
    }


def intelligence_on(held_on: date, profile: Profile) -> date:
    """The day by which agencies send what they know."""
    return working_days(held_on, -profile.timings.intelligence_working_days)


def _worked_before(day: date) -> date:
    """The day itself where it is a working day, else the last one before it."""
    return working_days(day + timedelta(days=1), -1)


def by_rhythm(rhythm: Rhythm, after: date) -> date:
    """The first day after a day on which the panel meets by its rhythm; where that is a bank holiday, the next working day."""
    return next(day for day in _by_rhythm(rhythm, after) if day > after)


def _by_rhythm(rhythm: Rhythm, around: date) -> Iterator[date]:
    """Month by month, from the month before a day: its last weekday may have moved into the next (Good Friday, 29 March 2024)."""
    for month in count(12 * around.year + around.month - 2):
        yield worked(nth_weekday(month // 12, month % 12 + 1, rhythm.week, WEEKDAYS.index(rhythm.weekday)))


def add(writing: Writing, held_on: date | None, home: Home) -> Meeting:
    """A meeting, on the day given; without one, on the next by the profile's rhythm, after today and after the last that is planned.

    The agencies are brought up to the profile with it. Raises RegisterError where there is one on that day, UsageError for a day of
    another century.
    """
    agencies.agree(writing, home.profile.agency)
    rhythm = home.profile.meetings
    on = held_on or by_rhythm(rhythm, max([writing.today, *(meeting.held_on for meeting in all_of(writing.session))]))
    _must_be_free(writing.session, on)
    return writing.add(Meeting(held_on=on, venue=rhythm.venue or None, state="planned", **days(on, home.profile)))


def move(writing: Writing, meeting: Meeting, to: date, home: Home) -> None:
    """Puts a planned meeting on another day. Raises RegisterError where it was held, or there is one on that day; UsageError as `add`."""
    if meeting.state != "planned":
        raise RegisterError("A meeting that was held cannot be moved.", "Add another one with: mase-docs meeting add")
    if to != meeting.held_on:
        _must_be_free(writing.session, to)
        writing.change(meeting, held_on=to, **days(to, home.profile))


def _must_be_free(session: Session, day: date) -> None:
    if day.year not in YEARS:
        raise UsageError("A meeting of that year is none of this panel's.", "Look at the year that you typed.")
    if session.scalars(select(Meeting).where(Meeting.held_on == day)).first():
        raise RegisterError(f"There is a meeting on {show_date(day)} already.", "See them with: mase-docs meeting list")


def update(writing: Writing, meeting: Meeting, **values: Any) -> bool:
    """Whether anything of a meeting was otherwise: venue, chair, minute_taker, started, finished, state. Raises UsageError."""
    if values.get("state", meeting.state) not in STATES:
        raise UsageError("A meeting has no such state.", f"Use one of: {', '.join(STATES)}.")
    return writing.change(meeting, **values)


def all_of(session: Session) -> list[Meeting]:
    """Every meeting, by its day."""
    return list(session.scalars(select(Meeting).order_by(Meeting.held_on)))


def meeting_of(session: Session, held_on: date | None, today: date) -> Meeting:
    """The meeting of a day; without one, the next that is planned, from today on, else the newest. Raises RegisterError."""
    found = all_of(session)
    if not found:
        raise RegisterError("There is no meeting in the register.", "Add the next one with: mase-docs meeting add")
    if held_on is None:
        planned = [meeting for meeting in found if meeting.state == "planned" and meeting.held_on >= today]
        return planned[0] if planned else found[-1]
    nearest = min(found, key=lambda meeting: abs(meeting.held_on - held_on))
    if nearest.held_on != held_on:
        message = f"There is no meeting on {show_date(held_on)}; the nearest is on {show_date(nearest.held_on)}."
        raise RegisterError(message, f"Add it with: mase-docs meeting add {held_on}")
    return nearest


def before(session: Session, meeting: Meeting) -> Meeting | None:
    """The meeting before one."""
    return session.scalars(select(Meeting).where(Meeting.held_on < meeting.held_on).order_by(Meeting.held_on.desc())).first()


def after(session: Session, meeting: Meeting) -> Meeting | None:
    """The meeting after one."""
    return session.scalars(select(Meeting).where(Meeting.held_on > meeting.held_on).order_by(Meeting.held_on)).first()
