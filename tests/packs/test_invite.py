"""The calendar invite: valid to two independent readers, at the right hour all year, and without a word about anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject

from mase_docs.definition.home import Home
from mase_docs.definition.profile import Profile
from mase_docs.model.sitting import Meeting
from mase_docs.packs.invite import invite
from tests.fillers.mail_read import read_with_ical_js

UID = "8d0f6a52-8f43-5f0e-9d8e-5a0a8b8b8a10"
MADE = date(2026, 11, 25)
WINTER, SUMMER = date(2026, 12, 2), date(2026, 7, 1)
VENUE = "Town Hall; room 2, “Łódź”"


@pytest.fixture(scope="module")
def profile(home: Home) -> Profile:
    return home.profile


def read(data: bytes) -> Any:
    """The invite as vobject reads it, held against the standard by it."""
    calendar = vobject.readOne(data.decode())
    assert calendar.validate(raiseException=True)
    return calendar


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        (WINTER, "2026-12-02 10:00", "2026-12-02 12:30"),
        (SUMMER, "2026-07-01 09:00", "2026-07-01 11:30"),
        (date(2026, 3, 30), "2026-03-30 09:00", "2026-03-30 11:30"),
        (date(2026, 3, 27), "2026-03-27 10:00", "2026-03-27 12:30"),
        (date(2026, 10, 23), "2026-10-23 09:00", "2026-10-23 11:30"),
        (date(2026, 10, 26), "2026-10-26 10:00", "2026-10-26 12:30"),
    ],
)
def test_it_begins_at_ten_by_the_clock_in_london_whichever_time_that_is(profile: Profile, day: date, begins: str, ends: str) -> None:
    event = read(invite(profile, Meeting(day), UID, MADE)).vevent
    assert [event.dtstart.value, event.dtend.value] == [
        datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=UTC) for at in (begins, ends)
    ]


def test_it_says_what_it_is_where_and_from_whom_and_nothing_of_a_young_person(profile: Profile) -> None:
    calendar = read(invite(profile, Meeting(WINTER, venue=VENUE), UID, MADE))
    event = calendar.vevent
    assert calendar.method.value == "PUBLISH"
    assert event.summary.value == "OFFICIAL-SENSITIVE: MASE meeting"
    assert event.location.value == VENUE
    assert event.organizer.value == f"mailto:{profile.panel.coordinator_email}"
    assert event.description.value.startswith("Meeting of the Multi-Agency Sexual Exploitation group. Please put no name")
    assert {"attendee", "valarm", "rrule", "x-wr-calname"}.isdisjoint({*event.contents, *calendar.contents})


def test_without_a_place_none_is_said_and_the_profiles_own_is_taken_where_there_is_one(profile: Profile) -> None:
    usual = replace(profile, meetings=replace(profile.meetings, venue="online", time="14:30"))
    assert "location" not in read(invite(profile, Meeting(WINTER), UID, MADE)).vevent.contents
    event = read(invite(usual, Meeting(WINTER), UID, MADE)).vevent
    assert event.location.value == "online"
    assert event.dtstart.value == datetime(2026, 12, 2, 14, 30, tzinfo=UTC)


def test_one_made_later_takes_the_place_of_the_first_and_the_same_day_gives_the_same_bytes(profile: Profile) -> None:
    first = invite(profile, Meeting(WINTER), UID, MADE)
    moved = read(invite(profile, Meeting(date(2026, 12, 9), venue="online"), UID, date(2026, 11, 26))).vevent
    before = read(first).vevent
    assert moved.uid.value == before.uid.value == UID
    assert int(moved.sequence.value) > int(before.sequence.value)
    assert moved.dtstamp.value > before.dtstamp.value
    assert invite(profile, Meeting(WINTER), UID, MADE) == first


def test_what_is_typed_as_the_place_stays_the_place(profile: Profile) -> None:
    sly = "Room 1\r\nATTENDEE:mailto:all@example.com\rEND:VEVENT\nSUMMARY:x" + " in a very long corridor" * 9
    data = invite(profile, Meeting(WINTER, venue=sly), UID, MADE)
    event = read(data).vevent
    assert event.location.value == " ".join(sly.split())
    assert "attendee" not in event.contents
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert max(map(len, data.split(b"\r\n"))) <= 75


@pytest.mark.needs("node", "npm")
def test_the_reader_of_thunderbirds_calendar_reads_it_the_same(profile: Profile, tmp_path: Path) -> None:
    (tmp_path / "meeting.ics").write_bytes(invite(profile, Meeting(SUMMER, venue=VENUE), UID, MADE))
    found = read_with_ical_js(tmp_path / "meeting.ics")
    [event] = found["events"]
    assert found["method"] == "PUBLISH"
    assert (event["begins"], event["ends"]) == ("2026-07-01T09:00:00.000Z", "2026-07-01T11:30:00.000Z")
    assert (event["uid"], event["location"], event["summary"]) == (UID, VENUE, "OFFICIAL-SENSITIVE: MASE meeting")
