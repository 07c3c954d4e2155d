"""Who spoke for each agency at a meeting, by the rules of the terms of reference: a representative is always named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.errors import UsageError
from mase_docs.model.sitting import Attended
from mase_docs.register.meetings import meetings
from mase_docs.register.meetings.attendance import attend, attended, observe
from mase_docs.register.records import Attendance, Meeting
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.register.people import everything

HELD = date(2026, 12, 2)
POLICE, SCHOOL = "borough_police", "school"


@pytest.fixture
def own() -> Home:
    """A home whose police have a contact and a deputy."""
    home = Home()
    police, *rest = home.profile.agency
    named = replace(police, spoc="A. Contact", deputy="B. Deputy")
    home.profile = replace(home.profile, agency=(named, *rest))  # type: ignore[misc]
    return home


@pytest.fixture
def with_meeting(register: Register, own: Home) -> Register:
    with register.writing("meeting add") as writing:
        meetings.add(writing, HELD, own)
    return register


def the_meeting(writing: Writing) -> Meeting:
    return writing.session.scalars(select(Meeting)).one()


def who_came(register: Register, home: Home) -> tuple[dict[str, Attended], tuple[Attended, ...]]:
    with register.reading() as session:
        agencies, observers = attended(session, session.scalars(select(Meeting)).one(), home)
    return {one.code: one for one in agencies}, observers


def test_before_anything_is_said_every_committed_agency_is_there_in_the_order_of_the_profile(with_meeting: Register, own: Home) -> None:
    agencies, observers = who_came(with_meeting, own)
    assert list(agencies) == [agency.code for agency in own.profile.agency if agency.committed]
    assert observers == ()
    police = agencies[POLICE]
    assert (police.key, police.agency, police.group) == ("agency1", "Borough Police", "Police")
    assert (police.spoc, police.deputy, police.attendance, police.name) == ("A. Contact", "B. Deputy", None, None)


def test_a_contact_who_changed_is_no_longer_named(with_meeting: Register, own: Home, home: Home) -> None:
    with with_meeting.writing("meeting add") as writing:
        meetings.add(writing, date(2027, 1, 6), home)
    with with_meeting.reading() as session:
        police = attended(session, meetings.meeting_of(session, HELD, HELD), home)[0][0]
    assert (police.spoc, police.deputy) == (None, None)


def test_an_agency_that_is_not_committed_is_there_once_it_came(with_meeting: Register, own: Home) -> None:
    with with_meeting.writing("meeting attend") as writing:
        attend(writing, the_meeting(writing), own, SCHOOL, "spoc", name="C. Head")
    agencies, _ = who_came(with_meeting, own)
    assert (agencies[SCHOOL].attendance, agencies[SCHOOL].name) == ("spoc", "C. Head")


def test_an_agency_has_one_row_and_what_is_said_later_changes_it(with_meeting: Register, own: Home) -> None:
    with with_meeting.writing("meeting attend") as writing:
        meeting = the_meeting(writing)
        attend(writing, meeting, own, POLICE, "representative", name="D. Stand-in", representing="A. Contact", statement_signed=True)
        attend(writing, meeting, own, POLICE, None, name="D. Stand-In")
        assert len(writing.session.scalars(select(Attendance)).all()) == 1
    police = who_came(with_meeting, own)[0][POLICE]
    assert (police.attendance, police.name, police.representing, police.statement_signed) == (
        "representative", "D. Stand-In", "A. Contact", True,
    )  # fmt: skip


def test_another_attendance_is_another_persons_and_begins_anew(with_meeting: Register, own: Home) -> None:
    with with_meeting.writing("meeting attend") as writing:
        attend(writing, the_meeting(writing), own, POLICE, "representative", name="D. Stand-in", representing="A. Contact")
        attend(writing, the_meeting(writing), own, POLICE, "spoc", statement_signed=True)
    police = who_came(with_meeting, own)[0][POLICE]
    assert (police.attendance, police.name, police.representing, police.statement_signed) == ("spoc", None, None, True)


def test_the_same_again_changes_nothing(with_meeting: Register, own: Home) -> None:
    def said() -> None:
        with with_meeting.writing("meeting attend") as writing:
            attend(writing, the_meeting(writing), own, POLICE, "apology_with_information", name="A. Contact", information_on=HELD)
            observe(writing, the_meeting(writing), "E. Watcher", "Another borough", True)

    said()
    before = everything(with_meeting)
    said()
    assert everything(with_meeting) == before


@pytest.mark.parametrize(
    ("code", "told", "said"),
    [
        ("representative", {}, "A representative must be named"),
        ("representative", {"name": ""}, "A representative must be named"),
        ("present", {}, "How the agency attended is not said. Use one of: spoc, representative"),
        (None, {"name": "A. Contact"}, "How the agency attended is not said"),
        ("spoc", {"information_on": HELD}, "Only an apology with information has a day"),
        ("apology_with_information", {"information_on": date(2026, 12, 3)}, "comes before the meeting"),
    ],
    ids=["no name", "an empty name", "no code", "nothing", "information of who came", "information after the meeting"],
)
def test_what_breaks_a_rule_is_refused_and_nothing_is_kept(
    with_meeting: Register, own: Home, code: str | None, told: dict[str, Any], said: str
) -> None:
    before = everything(with_meeting)
    with pytest.raises(UsageError) as refused, with_meeting.writing("meeting attend") as writing:
        attend(writing, the_meeting(writing), own, POLICE, code, **told)
    assert said in str(refused.value)
    assert everything(with_meeting) == before


def test_a_representative_who_is_there_cannot_lose_the_name(with_meeting: Register, own: Home) -> None:
    with with_meeting.writing("meeting attend") as writing:
        attend(writing, the_meeting(writing), own, POLICE, "representative", name="D. Stand-in")
        with pytest.raises(UsageError, match="must be named"):
            attend(writing, the_meeting(writing), own, POLICE, "representative", name=None)


def test_an_agency_that_the_profile_got_meanwhile_is_known(register: Register, home: Home, own: Home) -> None:
    with register.writing("meeting add") as writing:
        fewer = Home()
        fewer.profile = replace(home.profile, agency=home.profile.agency[1:])  # type: ignore[misc]
        meeting = meetings.add(writing, HELD, fewer)
        attend(writing, meeting, own, POLICE, "spoc")
        with pytest.raises(UsageError, match="That is no agency of this panel"):
            attend(writing, meeting, own, "the_circus", "spoc")
    assert next(iter(who_came(register, own)[0])) == POLICE


def test_observers_are_named_and_stand_in_the_order_in_which_they_were_written_down(with_meeting: Register, own: Home) -> None:
    with with_meeting.writing("meeting attend") as writing:
        meeting = the_meeting(writing)
        first = observe(writing, meeting, "E. Watcher", "Another borough")
        observe(writing, meeting, "F. Learner", "University", signed=False)
        observe(writing, meeting, "e.  watcher", signed=True)
        observe(writing, meeting, "E. Watcher-Smith", row=first)
        with pytest.raises(UsageError, match="An observer must be named"):
            observe(writing, meeting, " ")
    observers = who_came(with_meeting, own)[1]
    assert [(one.key, one.code, one.name, one.agency, one.statement_signed) for one in observers] == [
        ("observer1", "", "E. Watcher-Smith", "Another borough", True),
        ("observer2", "", "F. Learner", "University", False),
    ]


def test_an_observer_is_no_agencys_attendance(with_meeting: Register, own: Home) -> None:
    with with_meeting.writing("meeting attend") as writing:
        observe(writing, the_meeting(writing), "E. Watcher", POLICE)
    assert who_came(with_meeting, own)[0][POLICE].attendance is None
