"""What people typed into minutes becomes records; nothing is guessed, nothing is lost, and twice changes nothing more."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from mase_docs.errors import RegisterError
from mase_docs.model.edited import Edited, Row
from mase_docs.model.readback import ReadBack
from mase_docs.register.meetings import actions, meetings, minuted
from mase_docs.register.records import Action, Attendance, Case, Discussion, History, Information, Meeting
from mase_docs.register.register import Register
from tests.register.minuting import HELD, HOME, Minutes, made, two_cases
from tests.register.tampering import faults


@pytest.fixture
def minutes(register: Register) -> Minutes:
    """The minutes of a meeting that hears two cases, as they were made."""
    two_cases(register)
    return made(register)


def codes(found: ReadBack) -> list[str]:
    """The problems but for those that only say that a case has no decision."""
    return [problem.code for problem in found.problems if problem.code != "RB15"]


def only(minutes: Minutes, kind: type) -> list:  # type: ignore[type-arg]
    with minutes.register.reading() as session:
        rows = list(session.scalars(select(kind).order_by(kind.id)))  # type: ignore[attr-defined]
        session.expunge_all()
    return rows


def test_minutes_that_nobody_touched_change_nothing_but_their_being_a_draft(minutes: Minutes) -> None:
    found = minutes.read_back()
    assert [change.words for change in found.changes] == ["Meeting of 2 November 2026: minutes: Draft"]
    assert only(minutes, Discussion) == only(minutes, Action) == only(minutes, Attendance) == []
    assert [p.message for p in found.problems] == [
        "No decision is recorded for MASE-2026-0001: it stays on the list.",
        "No decision is recorded for MASE-2026-0002: it stays on the list.",
    ]


def test_a_decision_its_reasons_and_the_day_of_review_are_recorded_and_said_in_words(minutes: Minutes) -> None:
    minutes.type(
        case1_decision="accepted: monitor", case1_reasons="Agreed by all.", case1_review_on="06/01/2027", case1_minutes_spent="12 minutes"
    )
    found = minutes.read_back()
    [row] = only(minutes, Discussion)
    assert (row.case_id, row.decision, row.reasons, row.review_on, row.minutes_spent) == (
        1, "accept_monitor", "Agreed by all.", date(2027, 1, 6), 12,
    )  # fmt: skip
    assert [change.words for change in found.changes] == [
        "Meeting of 2 November 2026: minutes: Draft",
        "MASE-2026-0001: decision: Accepted: monitor",
        "MASE-2026-0001: reasons: Agreed by all.",
        "MASE-2026-0001: review on: 6 January 2027",
        "MASE-2026-0001: minutes spent: 12",
        "MASE-2026-0001: next review: 6 January 2027",
    ]
    case = only(minutes, Case)[0]
    assert (case.next_review, case.status) == (date(2027, 1, 6), "review")


def test_read_back_twice_it_changes_nothing_more(minutes: Minutes) -> None:
    minutes.type(case1_decision="Accepted: with actions", meeting_chair="Perpetua Invented", case2_decision="Closed: risk reduced")
    minutes.cell("case1_new1", action="Visit the park", agency="Young Hackney", due="1 December 2026")
    minutes.add_row("case1", "actions", number="", action="Ring the school", agency="police", lead_person="PC Made-Up", due="2/12/2026")
    minutes.add_row("case1", "information", agency="Empower", information="Seen on Friday.")
    minutes.cell("agency1", attendance="Named contact attended", name="PC Made-Up")
    minutes.cell("observer1", name="Student Made-Up", agency="University")
    first = minutes.read_back()
    before = _history(minutes)
    again = minutes.read_back()
    assert len(first.changes) > 8
    assert again.changes == []
    assert codes(again) == codes(first) == []
    assert _history(minutes) == before
    assert faults(minutes.register) == []


def _history(minutes: Minutes) -> int:
    with minutes.register.reading() as session:
        return len(session.scalars(select(History.seq)).all())


def test_a_word_that_is_no_decision_is_named_with_its_place_and_the_nearest(minutes: Minutes) -> None:
    minutes.type(case1_decision="Accepted: monitr")
    found = minutes.read_back()
    [problem] = [p for p in found.problems if p.code == "RB1"]
    assert problem.place == "place case1_decision"
    assert problem.message == "This is none of “Decisions on a case”; the nearest is “Accepted: monitor”."
    assert only(minutes, Discussion) == [] or only(minutes, Discussion)[0].decision is None
    assert codes(minutes.read_back()) == ["RB1"]
    minutes.type(case1_decision="Accepted: monitor")
    assert codes(minutes.read_back()) == []
    assert only(minutes, Discussion)[0].decision == "accept_monitor"


def test_a_category_that_is_typed_over_is_refused_with_the_rule(minutes: Minutes) -> None:
    minutes.type(case1_category="Category 3: high risk")
    found = minutes.read_back()
    [problem] = [p for p in found.problems if p.code == "CA4"]
    assert (problem.severity, problem.place) == ("error", "place case1_category")
    assert "never sets one" in problem.message


def test_a_review_of_the_category_can_be_asked_for(minutes: Minutes) -> None:
    minutes.type(case1_category_review="yes", case1_decision="Accepted: monitor")
    minutes.read_back()
    case = only(minutes, Case)[0]
    assert (case.review_asked_on, case.review_asked_of) == (HELD, "the planning meeting")


def test_a_decision_that_closes_a_case_closes_it_and_taken_back_opens_it_again(minutes: Minutes) -> None:
    minutes.type(case1_decision="Closed: moved away")
    label = HOME.codes("case_outcome").label_of("moved_out_transferred")
    assert f"MASE-2026-0001: case: closed: {label} (was: open)" in [change.words for change in minutes.read_back().changes]
    assert (only(minutes, Case)[0].closed_on, only(minutes, Case)[0].outcome) == (HELD, "moved_out_transferred")
    minutes.type(case1_decision="Accepted: monitor")
    minutes.read_back()
    assert only(minutes, Case)[0].closed_on is None


def test_a_decision_that_is_emptied_again_is_taken_back(minutes: Minutes) -> None:
    minutes.type(case1_decision="Accepted: monitor")
    minutes.read_back()
    minutes.type(case1_decision="")
    found = minutes.read_back()
    assert "MASE-2026-0001: decision: nothing (was: Accepted: monitor)" in [change.words for change in found.changes]
    assert only(minutes, Discussion)[0].decision is None


def test_a_review_before_the_meeting_is_refused(minutes: Minutes) -> None:
    minutes.type(case1_review_on="1 June 2026")
    assert codes(minutes.read_back()) == ["DA7"]
    assert [row.review_on for row in only(minutes, Discussion)] in ([], [None])


def test_a_row_that_is_filled_and_one_that_is_added_by_hand_become_actions(minutes: Minutes) -> None:
    minutes.cell("case1_new1", action="Visit the park", agency="Young Hackney", lead_person="Sam Made-Up", due="1 December 2026")
    minutes.add_row("case2", "actions", action="Ring the school", agency="police", due="2/12/2026")
    minutes.add_row("other", "actions", action="Write to the board", agency="CSC", due="9 December 2026")
    found = minutes.read_back()
    assert [(a.number, a.case_id, a.action, a.agency, a.due, a.meeting_id) for a in only(minutes, Action)] == [
        ("A-2026-0001", 1, "Visit the park", "youth_service", date(2026, 12, 1), 1),
        ("A-2026-0002", 2, "Ring the school", "borough_police", date(2026, 12, 2), 1),
        ("A-2026-0003", None, "Write to the board", "children_in_need", date(2026, 12, 9), 1),
    ]
    assert "MASE-2026-0001: new action: A-2026-0001: Visit the park, Young Hackney, Sam Made-Up, 1 December 2026" in [
        c.words for c in found.changes
    ]


def test_an_owner_or_day_that_cannot_be_understood_is_named_and_the_action_kept(minutes: Minutes) -> None:
    minutes.cell("case1_new1", action="Visit the park", agency="Yung Hackny", due="soon")
    found = minutes.read_back()
    assert [(p.code, p.place) for p in found.problems if p.severity == "error"] == [("RB4", "row case1_new1"), ("RB2", "row case1_new1")]
    assert "the nearest is “Young Hackney”" in next(p.message for p in found.problems if p.code == "RB4")
    assert [(a.action, a.agency, a.due) for a in only(minutes, Action)] == [("Visit the park", None, None)]
    minutes.cell("case1_new1", agency="Young Hackney", due="1/12/2026")
    again = minutes.read_back()
    assert codes(again) == []
    assert [(a.action, a.agency, a.due) for a in only(minutes, Action)] == [("Visit the park", "youth_service", date(2026, 12, 1))]


def test_an_action_due_before_the_meeting_is_kept_without_the_day(minutes: Minutes) -> None:
    minutes.cell("case1_new1", action="Visit the park", agency="Empower", due="1/10/2026")
    assert "DA7" in codes(minutes.read_back())
    assert only(minutes, Action)[0].due is None


def test_a_row_without_an_action_is_named(minutes: Minutes) -> None:
    minutes.cell("case1_new1", agency="Empower")
    found = minutes.read_back()
    assert [(p.code, p.place) for p in found.problems if p.severity == "error"] == [("RB7", "row case1_new1")]
    assert only(minutes, Action) == []


def test_a_row_that_was_copied_and_not_changed_is_one_action(minutes: Minutes) -> None:
    for _ in range(2):
        minutes.add_row("case1", "actions", action="Ring the school", agency="police", due="2/12/2026")
    minutes.read_back()
    assert len(only(minutes, Action)) == 1


def test_the_same_words_for_two_agencies_are_two_actions(minutes: Minutes) -> None:
    minutes.add_row("case1", "actions", action="Ring the school", agency="police", due="2/12/2026")
    minutes.add_row("case1", "actions", action="Ring the school", agency="Empower", due="2/12/2026")
    minutes.read_back()
    assert [a.agency for a in only(minutes, Action)] == ["borough_police", "empower"]
    assert minutes.read_back().changes == []


def test_a_row_added_by_hand_that_is_reworded_is_asked_about_and_then_is_the_same_action(minutes: Minutes) -> None:
    minutes.add_row("case1", "actions", action="Ring the school", agency="police", due="2/12/2026")
    minutes.read_back()
    minutes.rows.pop()
    minutes.add_row("case1", "actions", number="", action="Visit the school", agency="police", due="2/12/2026")
    found = minutes.read_back()
    assert "RB11" in codes(found)
    assert [a.action for a in only(minutes, Action)] == ["Ring the school"]
    minutes.rows.pop()
    minutes.add_row("case1", "actions", number="A-2026-0001", action="Visit the school", agency="police", due="2/12/2026")
    assert codes(minutes.read_back()) == []
    assert [a.action for a in only(minutes, Action)] == ["Visit the school"]


def test_a_number_that_is_no_actions_is_named(minutes: Minutes) -> None:
    minutes.add_row("case1", "actions", number="A-2026-0999", action="Visit the school", agency="police", due="2/12/2026")
    assert codes(minutes.read_back()) == ["RB10"]
    assert only(minutes, Action) == []


def test_an_action_whose_row_was_deleted_stays_and_is_asked_about(minutes: Minutes) -> None:
    minutes.cell("case1_new1", action="Visit the park", agency="Empower", due="1/12/2026")
    minutes.read_back()
    minutes.cell("case1_new1", action="", agency="", due="")
    found = minutes.read_back()
    assert codes(found) == ["RB5"]
    assert "mase-docs actions set A-2026-0001 --status superseded" in next(p.remedy for p in found.problems if p.code == "RB5")
    assert [a.status for a in only(minutes, Action)] == ["open"]


def month_two(minutes: Minutes) -> Minutes:
    """Three actions set at the first meeting; the minutes of the second, where they are previous ones."""
    for number, (agency, words) in enumerate({"Empower": "Meet her", "police": "Visit him", "Young Hackney": "Ring them"}.items()):
        minutes.add_row("case1", "actions", action=words, agency=agency, due=f"{10 + number}/11/2026")
    minutes.type(case1_decision="Accepted: with actions", case1_review_on="2/12/2026")
    minutes.read_back()
    with minutes.register.writing("next") as writing:
        meetings.add(writing, date(2026, 12, 2), HOME)
    return made(minutes.register, date(2026, 12, 2))


def test_what_came_of_previous_actions_is_recorded_with_the_two_kinds_of_not_done(minutes: Minutes) -> None:
    second = month_two(minutes)
    second.cell("action1", status="Done", remark="She was met.")
    second.cell("action2", status="Not possible: circumstances changed", remark="He moved.")
    second.cell("action3", status="Not done by the agency", remark="Nobody was free.")
    found = second.read_back()
    assert codes(found) == []
    assert [(a.status, a.evidence, a.reason_not_done, a.times_carried) for a in only(second, Action)] == [
        ("done", "She was met.", None, 0),
        ("not_possible_changed_circumstances", None, "He moved.", 0),
        ("not_done_by_agency", None, "Nobody was free.", 1),
    ]
    assert "A-2026-0003: carried forward: once" in [change.words for change in found.changes]
    assert second.read_back().changes == []
    assert [a.times_carried for a in only(second, Action)] == [0, 0, 1]


def test_not_done_without_a_reason_is_refused_where_it_stands(minutes: Minutes) -> None:
    second = month_two(minutes)
    second.cell("action1", status="Not done by the agency")
    found = second.read_back()
    assert [(p.code, p.place) for p in found.problems if p.severity == "error"] == [("RB14", "row action1")]
    assert only(second, Action)[0].status == "open"


def test_a_previous_action_whose_row_was_deleted_stays_open_and_is_asked_about(minutes: Minutes) -> None:
    second = month_two(minutes)
    second.delete_row("action2")
    assert codes(second.read_back()) == ["RB5"]
    assert [a.status for a in only(second, Action)] == ["open", "open", "open"]


def test_a_table_that_was_deleted_is_one_word_and_no_question_for_each_row(minutes: Minutes) -> None:
    second = month_two(minutes)
    for key in ("action1", "action2", "action3"):
        second.delete_row(key)
    second.gone = {("actions", "previous")}
    assert codes(second.read_back()) == ["RB12"]


def test_printed_words_that_were_changed_are_named_and_not_taken(minutes: Minutes) -> None:
    second = month_two(minutes)
    second.cell("action1", action="Meet her at home")
    assert codes(second.read_back()) == ["RB9"]
    assert only(second, Action)[0].action == "Meet her"


def test_an_action_of_this_meeting_is_known_by_its_row_when_the_minutes_are_made_again(minutes: Minutes) -> None:
    minutes.cell("case1_new1", action="Visit the park", agency="Empower", due="1/12/2026")
    minutes.read_back()
    again = made(minutes.register)
    again.cell("action1", action="Visit the park twice")
    assert [c.words for c in again.read_back().changes] == ["A-2026-0001: what is to be done: Visit the park twice (was: Visit the park)"]
    assert len(only(minutes, Action)) == 1


def test_attendance_is_recorded_and_a_representative_without_a_name_is_refused(minutes: Minutes) -> None:
    minutes.cell("agency1", attendance="Named contact attended", name="PC Made-Up")
    minutes.cell("agency2", attendance="A named representative attended")
    minutes.cell("agency3", attendance="Apology, with information sent", information_on="1/11/2026")
    minutes.add_row("present", "attendance", agency="Housing", attendance="Named contact attended", name="Pat Invented")
    found = minutes.read_back()
    assert codes(found) == ["RB14"]
    assert sorted((a.attendance, a.name, a.information_on) for a in only(minutes, Attendance)) == [
        ("apology_with_information", None, date(2026, 11, 1)),
        ("spoc", "PC Made-Up", None),
        ("spoc", "Pat Invented", None),
    ]
    assert "Borough Police: attendance: Named contact attended" in [change.words for change in found.changes]


def test_a_name_without_attendance_is_not_guessed_about(minutes: Minutes) -> None:
    minutes.cell("agency1", name="PC Made-Up")
    assert codes(minutes.read_back()) == ["RB14"]
    assert only(minutes, Attendance) == []


def test_an_agency_in_two_rows_is_named(minutes: Minutes) -> None:
    minutes.add_row("present", "attendance", agency="Borough Police", attendance="Apology")
    assert codes(minutes.read_back()) == ["RB16"]


def test_what_an_agency_shared_is_kept_as_its_own_from_all_of_its_rows(minutes: Minutes) -> None:
    minutes.cell("case1_more1", agency="Empower", information="Seen on Friday.")
    minutes.add_row("case1", "information", agency="Safer London", information="Seen again on Monday.")
    minutes.add_row("case1", "information", agency="Nobody Known", information="Words.")
    found = minutes.read_back()
    assert codes(found) == ["RB4"]
    assert [(i.case_id, i.agency, i.information) for i in only(minutes, Information)] == [
        (1, "empower", "Seen on Friday.\nSeen again on Monday.")
    ]
    minutes.cell("case1_more1", information="Seen on Thursday.")
    minutes.read_back()
    assert [i.information for i in only(minutes, Information)] == ["Seen on Thursday.\nSeen again on Monday."]


def test_words_typed_elsewhere_are_listed_with_their_place_each_time(minutes: Minutes) -> None:
    minutes.outside.append("Please look at this again.")
    for _ in range(2):
        assert [(t.place, t.text) for t in minutes.read_back().outside] == [("paragraph 2", "Please look at this again.")]


def test_a_place_that_held_something_and_is_gone_is_told(minutes: Minutes) -> None:
    minutes.type(case1_decision="Accepted: monitor")
    minutes.read_back()
    del minutes.slots["case1_decision"]
    assert codes(minutes.read_back()) == ["RB13"]
    assert only(minutes, Discussion)[0].decision == "accept_monitor"


def test_the_meeting_says_who_led_it_and_that_its_minutes_are_agreed(minutes: Minutes) -> None:
    minutes.type(meeting_chair="Perpetua Invented", meeting_started="10:05", meeting_version="Agreed")
    minutes.read_back()
    [meeting] = only(minutes, Meeting)
    assert (meeting.chair, meeting.started, meeting.state) == ("Perpetua Invented", "10:05", "minutes_agreed")


def test_time_spent_on_disruption_as_a_whole_is_kept(minutes: Minutes) -> None:
    minutes.type(item_disruption_minutes_spent="10")
    minutes.read_back()
    assert [(d.heard_under, d.minutes_spent, d.case_id) for d in only(minutes, Discussion)] == [("disruption", 10, None)]


def test_minutes_of_another_register_are_refused(minutes: Minutes) -> None:
    with pytest.raises(RegisterError, match="not made from this register"), minutes.register.writing("readback") as writing:
        minuted.read_back(writing, HOME, Edited(paper=99))


def test_a_file_that_lost_its_number_is_read_when_its_meeting_is_named(minutes: Minutes) -> None:
    with minutes.register.writing("readback") as writing:
        meeting = meetings.meeting_of(writing.session, HELD, HELD)
        assert minuted.read_back(writing, HOME, Edited(paper=None), meeting).meeting == HELD


def test_an_action_that_the_agency_reported_done_in_between_is_not_opened_again_by_untouched_minutes(minutes: Minutes) -> None:
    second = month_two(minutes)
    with second.register.writing("actions receive") as writing:
        actions.set_status(writing, actions.of_number(writing.session, "A-2026-0001"), "done", HELD, evidence="Met.")
    second.read_back()
    assert only(second, Action)[0].status == "done"


def test_minutes_of_an_earlier_meeting_do_not_undo_what_a_later_one_decided(minutes: Minutes) -> None:
    second = month_two(minutes)
    second.type(case1_decision="Closed: moved away")
    second.read_back()
    minutes.type(case1_review_on="1/12/2026", case1_decision="Accepted: monitor")
    minutes.read_back()
    case = only(minutes, Case)[0]
    assert (case.outcome, case.closed_on is None) == ("moved_out_transferred", False)


def test_words_in_a_column_from_which_nothing_is_read_are_listed_and_not_lost(minutes: Minutes) -> None:
    minutes.add_row("case1", "information", agency="Empower", known="Seen at the fair.", information="")
    minutes.cell("case1_more1", known="In the wrong place.")
    found = minutes.read_back()
    assert [typed.text for typed in found.outside] == ["In the wrong place.", "Seen at the fair."]
    assert codes(found) == ["RB9", "RB9"]


def test_a_row_that_lost_its_name_is_known_by_its_number_and_an_untouched_one_undoes_nothing(minutes: Minutes) -> None:
    minutes.cell("case1_new1", action="Visit the park", agency="Empower", due="1/12/2026")
    minutes.read_back()
    again = made(minutes.register)
    row = next(row for row in again.rows if row.key == "action1")
    again.rows[again.rows.index(row)] = Row(row.about, row.table, "", row.cells, row.place)
    with minutes.register.writing("actions set") as writing:
        actions.update(writing, actions.of_number(writing.session, "A-2026-0001"), action="Visit the fair")
    assert [change.words for change in again.read_back().changes] == []
    assert [a.action for a in only(minutes, Action)] == ["Visit the fair"]


def test_a_blank_row_of_minutes_made_again_is_a_further_action_and_not_the_first_one(minutes: Minutes) -> None:
    minutes.cell("case1_new1", action="Visit the park", agency="Empower", due="1/12/2026")
    minutes.read_back()
    again = made(minutes.register)
    again.cell("case1_new1", action="Ring the school", agency="police", due="2/12/2026")
    found = again.read_back()
    assert codes(found) == []
    assert [a.action for a in only(minutes, Action)] == ["Visit the park", "Ring the school"]
    assert (again.read_back().changes, minutes.read_back().changes) == ([], [])


def test_a_printed_row_that_is_deleted_from_minutes_made_again_is_asked_about(minutes: Minutes) -> None:
    minutes.cell("case1_new1", action="Visit the park", agency="Empower", due="1/12/2026")
    minutes.read_back()
    again = made(minutes.register)
    again.delete_row("action1")
    again.cell("case1_new1", action="Ring the school", agency="police", due="2/12/2026")
    assert codes(again.read_back()) == ["RB5"]
    assert [(a.action, a.status) for a in only(minutes, Action)] == [("Visit the park", "open"), ("Ring the school", "open")]
