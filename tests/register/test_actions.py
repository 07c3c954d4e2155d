"""The actions: numbers that are never given again, what came of each, and how often meetings carried it forward."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.errors import RegisterError, UsageError
from mase_docs.model.sitting import ActionSaid
from mase_docs.register.casework import case_life
from mase_docs.register.links import places
from mase_docs.register.meetings import actions, meetings
from mase_docs.register.persons import identity
from mase_docs.register.records import Action, Meeting
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.register.people import a_case, a_context, a_person, everything

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 4), date(2026, 12, 2), date(2027, 1, 6)
POLICE, YOT = "borough_police", "youth_offending_team"


def a_meeting(writing: Writing, held_on: date = NOVEMBER) -> Meeting:
    return writing.add(Meeting(held_on=held_on, state="held"))


def an_action(writing: Writing, **more: Any) -> Action:
    return actions.add(writing, **{"action": "Visit the home", "agency": POLICE, **more})


def all_said(register: Register, home: Home, on: date = DECEMBER) -> list[ActionSaid]:
    with register.reading() as session:
        return actions.said(session, home, on)


def test_a_number_has_the_year_of_the_meeting_or_of_the_day_and_goes_on_over_the_years(register: Register) -> None:
    with register.writing("actions add") as writing:
        made = [an_action(writing), an_action(writing, meeting=a_meeting(writing, JANUARY)), an_action(writing)]
        assert [action.number for action in made] == ["A-2026-0001", "A-2027-0002", "A-2026-0003"]
        assert {(action.status, action.times_carried) for action in made} == {("open", 0)}


def test_a_number_is_never_given_again_even_where_its_action_is_gone(register: Register) -> None:
    with register.writing("actions add") as writing:
        an_action(writing)
    with register.writing("dispose") as writing:
        writing.remove(writing.session.scalars(select(Action)).one())
    with register.writing("actions add") as writing:
        assert an_action(writing).number == "A-2026-0002"


def test_a_number_is_found_as_people_type_it(register: Register) -> None:
    with register.writing("actions add") as writing:
        an_action(writing)
    with register.reading() as session:
        assert actions.of_number(session, " a-2026-0001 ").action == "Visit the home"
        with pytest.raises(RegisterError, match=r"There is no action A-2026-0404\. Look for it with: mase-docs actions list --all"):
            actions.of_number(session, "A-2026-0404")


def test_an_action_without_words_or_due_before_its_meeting_is_refused(register: Register) -> None:
    with register.writing("actions add") as writing:
        meeting = a_meeting(writing)
        with pytest.raises(UsageError, match="An action says what is to be done"):
            an_action(writing, action="  ")
        with pytest.raises(UsageError, match=r"cannot be due before the meeting that set it \(rule DA7\)"):
            an_action(writing, meeting=meeting, due=NOVEMBER - timedelta(days=1))
        action = an_action(writing, meeting=meeting, due=NOVEMBER)
        with pytest.raises(UsageError, match="DA7"):
            actions.update(writing, action, due=date(2026, 11, 3))
        with pytest.raises(UsageError, match="what is to be done"):
            actions.update(writing, action, action=None)
        assert actions.update(writing, action, due=DECEMBER, lead_person="A. Worker", agency=YOT, action="Write")
        assert not actions.update(writing, action, due=DECEMBER)
        assert (action.number, action.due, action.lead_person, action.agency, action.action) == (
            "A-2026-0001", DECEMBER, "A. Worker", YOT, "Write",
        )  # fmt: skip


def test_what_is_done_has_a_day_and_keeps_it(register: Register) -> None:
    with register.writing("actions set") as writing:
        action = an_action(writing)
        assert actions.set_status(writing, action, "done", date(2026, 11, 2), evidence="Seen")
        assert (action.status, action.status_on, action.completed_on) == ("done", date(2026, 11, 2), date(2026, 11, 2))
        assert not actions.set_status(writing, action, "done", date(2026, 11, 9))
        assert actions.set_status(writing, action, "done", date(2026, 11, 9), completed_on=date(2026, 10, 30))
        assert (action.status_on, action.completed_on, action.evidence) == (date(2026, 11, 2), date(2026, 10, 30), "Seen")


def test_what_is_taken_up_again_is_not_done_on_any_day(register: Register) -> None:
    with register.writing("actions set") as writing:
        action = an_action(writing)
        actions.set_status(writing, action, "done", date(2026, 11, 2), evidence="Seen")
        actions.set_status(writing, action, "in_progress", date(2026, 11, 9))
        assert (action.status, action.completed_on, action.evidence) == ("in_progress", None, "Seen")
        actions.set_status(writing, action, "in_progress", date(2026, 11, 9), evidence="")
        assert action.evidence is None


@pytest.mark.parametrize("status", actions.NOT_DONE)
def test_both_kinds_of_not_done_need_the_reason_and_keep_it(register: Register, status: str) -> None:
    with register.writing("actions set") as writing:
        action = an_action(writing)
        with pytest.raises(UsageError, match="An action that was not done needs the reason"):
            actions.set_status(writing, action, status, DECEMBER)
        assert action.status == "open"
        assert actions.set_status(writing, action, status, DECEMBER, reason="The family moved")
        assert not actions.set_status(writing, action, status, DECEMBER)
        with pytest.raises(UsageError, match="needs the reason"):
            actions.set_status(writing, action, status, DECEMBER, reason="")
        actions.set_status(writing, action, "done", DECEMBER)
        assert action.reason_not_done is None


def test_the_two_kinds_of_not_done_are_told_apart_on_the_list(register: Register, home: Home) -> None:
    with register.writing("actions set") as writing:
        for status in actions.NOT_DONE:
            actions.set_status(writing, an_action(writing), status, DECEMBER, reason="As said")
    assert {one.status: one.is_outstanding for one in all_said(register, home)} == {
        "not_possible_changed_circumstances": False,
        "not_done_by_agency": True,
    }


def test_nothing_was_done_on_a_day_to_come_nor_what_is_not_done(register: Register) -> None:
    with register.writing("actions set") as writing:
        action = an_action(writing)
        with pytest.raises(UsageError, match="on a day to come"):
            actions.set_status(writing, action, "done", date(2026, 11, 2), completed_on=date(2026, 11, 3))
        with pytest.raises(UsageError, match="belongs to one that is done"):
            actions.set_status(writing, action, "open", date(2026, 11, 2), completed_on=date(2026, 11, 1))
        assert (action.status, action.completed_on) == ("open", None)


def test_what_is_outstanding_is_carried_once_by_each_later_meeting(register: Register) -> None:
    with register.writing("readback") as writing:
        first, second, third = (a_meeting(writing, day) for day in (NOVEMBER, DECEMBER, JANUARY))
        action, done = an_action(writing, meeting=first), an_action(writing, meeting=first)
        actions.set_status(writing, done, "done", NOVEMBER)
        assert actions.carry(writing, [action, done], first) == 0
        assert actions.carry(writing, [action, done], second) == 1
        assert actions.carry(writing, [action, done], second) == 0
        assert actions.carry(writing, [action, done], third) == 1
        assert (action.times_carried, action.carried_on, done.times_carried) == (2, JANUARY, 0)


def test_minutes_read_again_after_those_of_a_later_meeting_carry_nothing(register: Register) -> None:
    with register.writing("readback") as writing:
        first, second, third = (a_meeting(writing, day) for day in (NOVEMBER, DECEMBER, JANUARY))
        action = an_action(writing, meeting=first)
        for meeting in (second, third, second, third):
            actions.carry(writing, [action], meeting)
        assert action.times_carried == 2


def test_an_action_of_no_meeting_is_carried_by_those_after_the_day_it_was_written_down(register: Register) -> None:
    with register.writing("actions add") as writing:
        an_action(writing)
        for day in (date(2026, 10, 7), date(2026, 11, 2), NOVEMBER):
            a_meeting(writing, day)
    with register.writing("readback") as writing:
        action = writing.session.scalars(select(Action)).one()
        assert [actions.carry(writing, [action], meeting) for meeting in meetings.all_of(writing.session)] == [0, 0, 1]


def test_actions_are_said_by_agency_the_longest_overdue_first_those_of_none_last(register: Register, home: Home) -> None:
    with register.writing("actions add") as writing:
        an_action(writing, agency=None, due=date(2026, 11, 5))
        an_action(writing, agency=YOT)
        an_action(writing, due=date(2026, 12, 2))
        an_action(writing, due=date(2026, 11, 30))
        an_action(writing, due=date(2026, 11, 12))
        actions.set_status(writing, an_action(writing, due=date(2026, 11, 3)), "done", date(2026, 11, 2))
    assert [(one.number, one.agency, one.days_overdue) for one in all_said(register, home)] == [
        ("A-2026-0005", "Borough Police", 20),
        ("A-2026-0004", "Borough Police", 2),
        ("A-2026-0003", "Borough Police", 0),
        ("A-2026-0006", "Borough Police", 0),
        ("A-2026-0002", "Youth Offending Team", 0),
        ("A-2026-0001", "No agency", 27),
    ]


def test_an_action_says_what_it_is_about_and_which_meeting_set_it(register: Register, home: Home) -> None:
    with register.writing("actions add") as writing:
        case = a_case(writing, a_person(writing, "Testa", "Sample"), 1)
        school = a_context(writing, "school", "Marshgate Academy")
        an_action(writing, case=case, meeting=a_meeting(writing))
        an_action(writing, context=school)
        an_action(writing)
    said = all_said(register, home)
    assert [(one.key, one.about, one.case, one.theme, one.set_on) for one in said] == [
        ("action1", "MASE-2026-0001 / TS / 16F", "case1", "", NOVEMBER),
        ("action2", "Marshgate Academy", "", "theme1", None),
        ("action3", "All", "", "", None),
    ]


def test_actions_of_a_case_or_place_that_was_joined_to_another_are_those_of_the_one_that_goes_on(register: Register, home: Home) -> None:
    with register.writing("actions add") as writing:
        one, other = a_person(writing, "Testa", "Sample"), a_person(writing, "Testa", "Sampel")
        cases = [a_case(writing, one, 1), a_case(writing, other, 2)]
        schools = [a_context(writing, "school", name) for name in ("Marshgate Academy", "Marshgate Acad.")]
        an_action(writing, case=cases[1])
        an_action(writing, context=schools[1])
        identity.same(writing, one, other, "tester", "")
        places.same(writing, *schools)
    assert [(said.about, said.case, said.theme) for said in all_said(register, home)] == [
        ("MASE-2026-0001 / TS / 16F", "case1", ""),
        ("Marshgate Academy", "", "theme1"),
    ]


def test_the_list_is_narrowed_to_an_agency_a_case_and_what_is_overdue(register: Register, home: Home) -> None:
    with register.writing("actions add") as writing:
        case = a_case(writing, a_person(writing, "Testa", "Sample"), 1)
        an_action(writing, case=case, due=date(2026, 11, 5))
        an_action(writing, agency=YOT, case=case)
        actions.set_status(writing, an_action(writing), "done", date(2026, 11, 2))
    with register.reading() as session:
        said, case = actions.said(session, home, DECEMBER), case_life.case_of(session, "MASE-2026-0001")

        def numbers(**asked: Any) -> list[str]:
            return [one.number[-1] for one in actions.narrowed(said, **asked)]

        assert numbers() == ["1", "2"]
        assert numbers(ended=True) == ["1", "3", "2"]
        assert numbers(agency=YOT) == ["2"]
        assert numbers(case=case) == ["1", "2"]
        assert numbers(case=case, overdue=True) == ["1"]
        assert [row.number for row in actions.rows(session, said[:2])] == ["A-2026-0001", "A-2026-0003"]


def test_the_same_said_twice_changes_nothing_more(register: Register) -> None:
    def said() -> None:
        with register.writing("readback") as writing:
            action = writing.session.scalars(select(Action)).one()
            actions.set_status(writing, action, "not_done_by_agency", DECEMBER, reason="Nobody was free")
            actions.update(writing, action, due=JANUARY)
            actions.carry(writing, [action], meetings.meeting_of(writing.session, DECEMBER, DECEMBER))

    with register.writing("actions add") as writing:
        an_action(writing, meeting=a_meeting(writing))
        a_meeting(writing, DECEMBER)
    said()
    before = everything(register)
    said()
    assert everything(register) == before
