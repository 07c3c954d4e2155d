"""What a meeting hears, by rule: new since the last one, due, put off, or with something new; and no open case is forgotten."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mase_docs.definition.home import Home
from mase_docs.model.sitting import Sitting
from mase_docs.register.meetings import actions, meetings
from mase_docs.register.meetings.sitting import sitting
from mase_docs.register.records import Assessment, Case, Discussion
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.register.people import a_case, a_context, a_form, a_link, a_person

HOME = Home()
FIRST, SECOND = date(2026, 11, 4), date(2026, 12, 2)


@pytest.fixture
def two_meetings(register: Register) -> Register:
    """A register with the meetings of November and December."""
    with register.writing("set up") as writing:
        for day in (FIRST, SECOND):
            meetings.add(writing, day, HOME)
    return register


def a_young_person(writing: Writing, number: int, **more: Any) -> Case:
    person = a_person(writing, f"Given{number}", f"Family{number}", date(2011, 3, number + 1))
    case = a_case(writing, person, number, **{"opened_on": date(2026, 10, 5), **more})
    a_form(writing, case)
    return case


def heard(writing: Writing, case: Case, on: date = FIRST, decision: str = "accept_monitor", **more: Any) -> None:
    meeting = meetings.meeting_of(writing.session, on, on)
    writing.add(Discussion(meeting_id=meeting.id, case_id=case.id, heard_under="new_cases", decision=decision, **more))


def of(register: Register, on: date) -> Sitting:
    with register.reading() as session:
        return sitting(session, HOME, meetings.meeting_of(session, on, on))


def why(register: Register, on: date) -> dict[str, tuple[str, str]]:
    """Reference → heading and reason of what is heard."""
    return {hearing.reference: (hearing.heard_under, hearing.why) for hearing in of(register, on).hearings}


def not_heard(register: Register, on: date) -> dict[str, str]:
    return {case.label.partition(" / ")[0]: case.why for case in of(register, on).not_heard}


def test_a_case_that_was_received_in_time_and_never_heard_is_new(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        a_young_person(writing, 1)
    assert why(two_meetings, FIRST) == {"MASE-2026-0001": ("new_cases", "Received on 5 October 2026")}


def test_one_that_came_after_forms_closed_waits_for_the_next_meeting_and_is_named(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        a_young_person(writing, 1, opened_on=date(2026, 10, 30))
    assert why(two_meetings, FIRST) == {}
    assert not_heard(two_meetings, FIRST) == {"MASE-2026-0001": "Received on 30 October 2026, after forms closed"}
    assert why(two_meetings, SECOND) == {"MASE-2026-0001": ("new_cases", "Received on 30 October 2026")}


def test_a_review_that_is_due_is_heard_and_one_that_is_not_is_named_with_its_day(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        heard(writing, a_young_person(writing, 1, next_review=SECOND))
        heard(writing, a_young_person(writing, 2, next_review=date(2027, 1, 6)))
        heard(writing, a_young_person(writing, 3))
    assert why(two_meetings, SECOND) == {"MASE-2026-0001": ("review_cases", "Review due on 2 December 2026")}
    assert not_heard(two_meetings, SECOND) == {
        "MASE-2026-0002": "Review due on 6 January 2027",
        "MASE-2026-0003": "No day of review is set",
    }


def test_what_was_put_off_comes_again_under_the_same_heading(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        heard(writing, a_young_person(writing, 1), decision="defer_to_next")
    assert why(two_meetings, SECOND) == {"MASE-2026-0001": ("new_cases", "Put off on 4 November 2026")}


def test_a_further_form_brings_a_case_back(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        case = a_young_person(writing, 1)
        heard(writing, case)
        a_form(writing, case).received_on = date(2026, 11, 10)
    assert why(two_meetings, SECOND) == {"MASE-2026-0001": ("review_cases", "A further form was received on 10 November 2026")}


def test_a_category_that_was_set_since_brings_a_case_back_and_both_are_told(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        case = a_young_person(writing, 1, review_asked_on=FIRST)
        heard(writing, case)
        for day, code in ((date(2026, 10, 1), "1"), (date(2026, 11, 20), "2")):
            writing.add(Assessment(person_id=case.person_id, case_id=case.id, scheme="cse_category", code=code, category_date=day))
    assert why(two_meetings, SECOND) == {"MASE-2026-0001": ("review_cases", "A category or level was set on 20 November 2026")}
    [hearing] = of(two_meetings, SECOND).hearings
    assert hearing.category_before == HOME.codes("cse_category").label_of("1")
    assert hearing.submission.value("cse_category") == "2"


def test_a_category_review_that_nobody_answered_stays_before_the_panel(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        heard(writing, a_young_person(writing, 1, review_asked_on=FIRST, next_review=date(2027, 3, 3)))
    reason = "The review of its category, asked for on 4 November 2026, is not answered"
    assert why(two_meetings, SECOND) == {"MASE-2026-0001": ("review_cases", reason)}


def test_a_closed_case_is_neither_heard_nor_missed(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        a_young_person(writing, 1, closed_on=date(2026, 10, 20))
    assert (why(two_meetings, FIRST), not_heard(two_meetings, FIRST)) == ({}, {})


def test_a_case_that_its_meeting_closed_is_still_in_the_minutes_of_that_meeting(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        heard(writing, a_young_person(writing, 1, closed_on=FIRST), decision="close_moved")
    assert list(why(two_meetings, FIRST)) == ["MASE-2026-0001"]
    assert why(two_meetings, SECOND) == {}


def test_progress_tells_the_last_decision_and_what_came_of_the_actions(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        case = a_young_person(writing, 1, next_review=SECOND)
        heard(writing, case)
        first = meetings.meeting_of(writing.session, FIRST, FIRST)
        done = actions.add(writing, action="Meet her", agency="empower", meeting=first, case=case)
        actions.add(writing, action="Visit", agency="borough_police", meeting=first, case=case)
        actions.set_status(writing, done, "done", date(2026, 11, 10))
    [hearing] = of(two_meetings, SECOND).hearings
    assert hearing.progress == "4 November 2026: Accepted: monitor\nA-2026-0002: open\nA-2026-0001: done"
    assert [action.number for action in of(two_meetings, SECOND).outstanding] == ["A-2026-0002"]
    assert [action.number for action in of(two_meetings, SECOND).ended] == ["A-2026-0001"]


def test_places_that_two_open_cases_share_are_themes_and_those_of_one_are_not(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        cases = [a_young_person(writing, number) for number in (1, 2, 3)]
        park, school = a_context(writing, "place", "Invented Park"), a_context(writing, "school", "Invented School")
        for case in cases[:2]:
            a_link(writing, case, park, "seen_at", evidence="Seen there on Fridays")
        a_link(writing, cases[2], school, "attends")
    [theme] = of(two_meetings, FIRST).themes or ()
    assert (theme.name, theme.kind, len(theme.labels)) == ("Invented Park", "Place", 2)
    assert theme.evidence == "MASE-2026-0001: Seen there on Fridays\nMASE-2026-0002: Seen there on Fridays"


def test_an_empty_register_has_an_empty_meeting(two_meetings: Register) -> None:
    found = of(two_meetings, FIRST)
    assert (found.hearings, found.themes, found.outstanding, found.not_heard) == ((), (), (), ())
    assert (found.last_on, found.next_on) == (None, SECOND)


def test_a_case_that_was_heard_as_new_is_called_new_in_those_minutes_made_again(two_meetings: Register) -> None:
    with two_meetings.writing("x") as writing:
        heard(writing, a_young_person(writing, 1, status="review"))
    [hearing] = of(two_meetings, FIRST).hearings
    assert (hearing.heard_under, hearing.submission.value("case_status")) == ("new_cases", "new")
