"""The meetings: when the panel meets by its rhythm, the days that papers go by, and which meeting is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.definition.profile import Profile, Rhythm, Timings
from mase_docs.errors import RegisterError, UsageError
from mase_docs.register.meetings import meetings
from mase_docs.register.records import Agency, Contact, Meeting
from mase_docs.register.register import Register
from tests.register.people import everything

DECEMBER, JANUARY = date(2026, 12, 2), date(2027, 1, 6)


@pytest.fixture
def profile(home: Home) -> Profile:
    return home.profile


def with_agencies(home: Home, **changed: object) -> Home:
    """The borough's home, with another first agency, or none of it."""
    own = Home()
    first, *rest = home.profile.agency
    kept = rest if changed.get("gone") else [replace(first, **changed), *rest]  # type: ignore[arg-type]
    own.profile = replace(home.profile, agency=tuple(kept))  # type: ignore[misc]
    return own


@pytest.mark.parametrize(
    ("rhythm", "after", "day"),
    [
        (Rhythm(1, "wednesday"), date(2026, 12, 1), DECEMBER),
        (Rhythm(1, "wednesday"), DECEMBER, JANUARY),
        (Rhythm(5, "wednesday"), date(2026, 11, 1), date(2026, 11, 25)),
        (Rhythm(5, "monday"), date(2026, 11, 1), date(2026, 11, 30)),
        (Rhythm(4, "friday"), date(2026, 12, 1), date(2026, 12, 29)),
        (Rhythm(5, "monday"), date(2026, 8, 1), date(2026, 9, 1)),
        (Rhythm(5, "monday"), date(2026, 9, 1), date(2026, 9, 28)),
        (Rhythm(5, "friday"), date(2024, 4, 1), date(2024, 4, 2)),
        (Rhythm(1, "monday"), date(2026, 4, 2), date(2026, 4, 7)),
    ],
    ids=[
        "first Wednesday",
        "over the turn of the year",
        "a month without a fifth has its last",
        "the fifth",
        "Christmas Day, then Boxing Day put off to Monday",
        "late August bank holiday, which is in September then",
        "and after that the next",
        "Good Friday in March, looked for in April",
        "Easter Monday",
    ],
)
def test_the_next_meeting_follows_the_rhythm_and_no_bank_holiday(rhythm: Rhythm, after: date, day: date) -> None:
    assert meetings.by_rhythm(rhythm, after) == day


def test_the_days_of_a_meeting_are_counted_in_working_days(profile: Profile) -> None:
    assert meetings.days(JANUARY, profile) == {
        "referrals_close_on": date(2026, 12, 22),
        "remind_on": date(2026, 12, 30),
        "papers_on": date(2026, 12, 31),
        "minutes_due_on": date(2027, 1, 13),
    }
    assert meetings.intelligence_on(JANUARY, profile) == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("held_on", "remind_on"),
    [
        (date(2026, 4, 13), date(2026, 4, 2)),
        (date(2026, 9, 7), date(2026, 8, 28)),
        (date(2027, 1, 4), date(2026, 12, 24)),
    ],
    ids=["Easter Monday", "late August bank holiday", "Boxing Day put off"],
)
def test_a_reminder_on_a_bank_holiday_goes_out_on_the_working_day_before(profile: Profile, held_on: date, remind_on: date) -> None:
    assert meetings.days(held_on, profile)["remind_on"] == remind_on


def test_the_profile_says_how_many_days_they_are(profile: Profile) -> None:
    other = replace(profile, timings=Timings(reminder_days=0, referrals_close_working_days=1, minutes_working_days=10))
    found = meetings.days(DECEMBER, other)
    assert (found["referrals_close_on"], found["remind_on"], found["minutes_due_on"]) == (date(2026, 12, 1), DECEMBER, date(2026, 12, 16))


def test_a_meeting_without_a_day_is_the_next_by_the_rhythm(register: Register, home: Home) -> None:
    with register.writing("meeting add") as writing:
        assert meetings.add(writing, None, home).held_on == date(2026, 11, 4)
        assert meetings.add(writing, None, home).held_on == DECEMBER
        assert meetings.add(writing, date(2026, 11, 20), home).held_on == date(2026, 11, 20)
        assert meetings.add(writing, None, home).held_on == JANUARY


def test_a_meeting_long_past_does_not_make_the_next_one_past_too(register: Register, home: Home) -> None:
    with register.writing("meeting add") as writing:
        meetings.add(writing, date(2025, 3, 5), home)
        assert meetings.add(writing, None, home).held_on == date(2026, 11, 4)


def test_a_meeting_has_its_days_and_brings_the_agencies_up_to_the_profile(register: Register, home: Home) -> None:
    with register.writing("meeting add") as writing:
        meeting = meetings.add(writing, DECEMBER, home)
        assert {name: getattr(meeting, name) for name in meetings.days(DECEMBER, home.profile)} == meetings.days(DECEMBER, home.profile)
        assert meeting.state == "planned"
    with register.reading() as session:
        codes = session.scalars(select(Agency.code).order_by(Agency.id)).all()
    assert codes == [agency.code for agency in home.profile.agency]


def test_an_agency_that_the_profile_no_longer_has_is_kept_and_committed_to_nothing(register: Register, home: Home) -> None:
    with register.writing("meeting add") as writing:
        meetings.add(writing, DECEMBER, with_agencies(home, spoc="A. Contact"))
        meetings.add(writing, JANUARY, with_agencies(home, gone=True))
    with register.reading() as session:
        agency = session.scalars(select(Agency).order_by(Agency.id)).first()
        assert agency
        assert (agency.code, agency.committed) == (home.profile.agency[0].code, False)
        assert [(c.name, c.until) for c in session.scalars(select(Contact))] == [("A. Contact", date(2026, 11, 2))]


def test_no_two_meetings_are_on_one_day(register: Register, home: Home) -> None:
    with register.writing("meeting add") as writing:
        meetings.add(writing, DECEMBER, home)
    before = everything(register)
    with pytest.raises(RegisterError, match="There is a meeting on 2 December 2026 already"), register.writing("meeting add") as writing:
        meetings.add(writing, DECEMBER, home)
    assert everything(register) == before


@pytest.mark.parametrize("day", [date(206, 12, 2), date(1, 1, 1), date(9999, 12, 31)])
def test_a_slip_of_the_pen_in_the_year_is_said(register: Register, home: Home, day: date) -> None:
    with pytest.raises(UsageError, match="Look at the year"), register.writing("meeting add") as writing:
        meetings.add(writing, day, home)


def three(register: Register, home: Home) -> None:
    with register.writing("meeting add") as writing:
        for day in (DECEMBER, date(2026, 11, 4), JANUARY):
            meetings.add(writing, day, home)


@pytest.mark.parametrize(
    ("asked", "today", "found"),
    [
        (None, date(2026, 11, 4), date(2026, 11, 4)),
        (None, date(2026, 11, 5), DECEMBER),
        (None, date(2028, 1, 1), JANUARY),
        (JANUARY, date(2026, 11, 1), JANUARY),
    ],
    ids=["today's", "the next", "the newest where none is to come", "the one asked for"],
)
def test_which_meeting_is_meant(register: Register, home: Home, asked: date | None, today: date, found: date) -> None:
    three(register, home)
    with register.reading() as session:
        assert meetings.meeting_of(session, asked, today).held_on == found


def test_a_meeting_that_was_held_is_not_the_next_one(register: Register, home: Home) -> None:
    three(register, home)
    with register.writing("meeting set") as writing:
        meetings.update(writing, meetings.meeting_of(writing.session, DECEMBER, DECEMBER), state="held")
        assert meetings.meeting_of(writing.session, None, DECEMBER).held_on == JANUARY


def test_where_there_is_no_meeting_it_is_said_what_to_do(register: Register, home: Home) -> None:
    with register.reading() as session, pytest.raises(RegisterError, match="Add the next one with: mase-docs meeting add"):
        meetings.meeting_of(session, None, DECEMBER)
    three(register, home)
    with register.reading() as session, pytest.raises(RegisterError) as refused:
        meetings.meeting_of(session, date(2026, 12, 3), DECEMBER)
    assert str(refused.value) == (
        "There is no meeting on 3 December 2026; the nearest is on 2 December 2026. Add it with: mase-docs meeting add 2026-12-03"
    )


def test_the_meetings_before_and_after_one_go_by_their_days(register: Register, home: Home) -> None:
    three(register, home)
    with register.reading() as session:
        first, second, third = meetings.all_of(session)
        assert [m.held_on for m in (first, second, third)] == [date(2026, 11, 4), DECEMBER, JANUARY]
        assert meetings.before(session, second) is first
        assert meetings.after(session, second) is third
        assert meetings.before(session, first) is None
        assert meetings.after(session, third) is None


def test_a_planned_meeting_can_be_moved_and_its_days_follow(register: Register, home: Home) -> None:
    three(register, home)
    with register.writing("meeting set") as writing:
        meeting = meetings.meeting_of(writing.session, DECEMBER, DECEMBER)
        meetings.move(writing, meeting, date(2026, 12, 9), home)
        assert (meeting.held_on, meeting.papers_on) == (date(2026, 12, 9), date(2026, 12, 4))
        with pytest.raises(RegisterError, match="already"):
            meetings.move(writing, meeting, JANUARY, home)
        meetings.update(writing, meeting, state="held")
        with pytest.raises(RegisterError, match="A meeting that was held cannot be moved"):
            meetings.move(writing, meeting, date(2026, 12, 10), home)


def test_what_is_told_of_a_meeting_is_changed_and_an_unknown_state_is_not(register: Register, home: Home) -> None:
    three(register, home)
    with register.writing("meeting set") as writing:
        meeting = meetings.meeting_of(writing.session, DECEMBER, DECEMBER)
        assert meetings.update(writing, meeting, venue="online", chair="A. Chair", started="10:02")
        assert not meetings.update(writing, meeting, venue="online")
        with pytest.raises(UsageError, match="planned, held, minutes_draft, minutes_agreed"):
            meetings.update(writing, meeting, state="over")
    with register.reading() as session:
        kept = session.scalars(select(Meeting).where(Meeting.held_on == DECEMBER)).one()
        assert (kept.venue, kept.chair, kept.started, kept.state) == ("online", "A. Chair", "10:02", "planned")
