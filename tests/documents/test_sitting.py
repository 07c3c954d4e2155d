"""What agenda and minutes show of a meeting that the register tells, and where its minutes are typed in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.documents import meeting_paper
from mase_docs.model.control import Control
from mase_docs.model.sitting import Meeting, Shared, Sitting
from tests.documents.sittings import LAST, ON, action, sitting

HOME = Home()


def papers(given: Sitting, paper: str = "agenda") -> dict[str, Any]:
    return meeting_paper.context(paper, [], HOME, on=None, today=date(2026, 4, 27), sitting=given)


def outstanding(**more: Any) -> dict[str, Any]:
    """One action in the agenda."""
    shown: dict[str, Any] = papers(sitting(outstanding=(action("A-2026-0001", **more),)))["outstanding"][0]["actions"][0]
    return shown


def controls(value: Any) -> list[Control]:
    if isinstance(value, Control):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [control for one in inner for control in controls(one)]


def typed(given: Sitting) -> dict[str, Control]:
    """The places of the minutes by name; the index shows the cases of the items again."""
    return {c.name: c for c in controls({**papers(given, "minutes"), "index": []})}


# What is heard


def test_cases_stand_in_the_registers_order_under_its_headings_by_their_stable_labels() -> None:
    hearings = sitting().hearings
    swapped = sitting(hearings=(replace(hearings[1], label="MASE-2026-0008 / AO / 15M", heard_under="review_cases"), hearings[0]))
    context = papers(swapped)
    assert [case["label"] for case in context["index"]] == ["MASE-2026-0008 / AO / 15M", "MASE-2026-0007 / ZŁ / 16F"]
    assert [(i["kind"], len(i["cases"])) for i in context["items"] if i["cases"]] == [("new_cases", 1), ("review_cases", 1)]
    assert context["index"][0]["status"] == "Review case"


def test_a_case_says_why_it_is_heard_what_came_of_it_and_what_agencies_shared() -> None:
    hearing = replace(sitting().hearings[0], category_before="Category 1: low risk", progress="1 April 2026: Accepted: monitor")
    [case] = papers(sitting(hearings=(hearing,)))["index"]
    assert (case["why"], case["category_before"]) == ("Received on 9 April 2026", "Category 1: low risk")
    assert (case["progress"], case["linked_cases"]) == ("1 April 2026: Accepted: monitor", "None found")
    assert case["shared"] == "Borough Police (30 April 2026): Seen near the station."


def test_the_papers_say_how_many_cases_are_heard_and_list_the_open_ones_that_are_not() -> None:
    context = papers(sitting())
    assert context["received"] == "2 new cases and 1 review; 1 other case is open and not on this list (see the last item)."
    assert context["not_heard"] == [{"label": "MASE-2026-0101 / KM / 16F", "why": "Received after forms closed"}]
    assert papers(Sitting(Meeting(ON), themes=()))["received"] == "No new cases and no reviews; no other case is open."


def test_themes_are_the_registers_and_say_who_is_not_yet_involved() -> None:
    [theme] = next(i["rows"] for i in papers(sitting())["items"] if i["kind"] == "trends")
    assert (theme["name"], theme["linked"]) == ("Canal steps", "1 case: MASE-2026-0007 / ZŁ / 16F")
    assert "School Nursing" in theme["not_involved"]
    assert "Borough Police" not in theme["not_involved"]


def test_the_day_of_the_meeting_and_of_those_beside_it_are_the_registers() -> None:
    context = papers(sitting())
    assert (context["meeting_date"], context["last_meeting"], context["next_meeting"]) == ("6 May 2026", "1 April 2026", "3 June 2026")
    assert (context["venue"], context["chair"]) == ("Town Hall, room 3", "Rowan Ames")


def test_the_agenda_says_who_comes_who_sends_somebody_and_who_sent_information() -> None:
    coming = [agency["coming"] for agency in papers(sitting())["agencies"][:5]]
    assert coming == [
        "Named contact", "Sends a representative", "Apologies; information received on 30 April 2026", "Apologies", "Not yet known",
    ]  # fmt: skip


# Actions


def test_outstanding_actions_stand_by_agency_in_the_order_of_the_register() -> None:
    given = [action(f"A-2026-000{n}", agency=agency) for n, agency in enumerate(("Youth", "Police", "Youth", None), 1)]
    found = papers(sitting(outstanding=tuple(given)))["outstanding"]
    assert [(group["agency"], [a["number"] for a in group["actions"]]) for group in found] == [
        ("Youth", ["A-2026-0001", "A-2026-0003"]), ("Police", ["A-2026-0002"]), ("No agency named", ["A-2026-0004"]),
    ]  # fmt: skip


def test_an_action_says_when_it_was_due_how_late_it_is_and_how_often_it_was_carried() -> None:
    assert outstanding(due=date(2026, 4, 6), days_overdue=30, times_carried=1)["due"] == "6 April 2026\n30 days overdue\ncarried once"
    assert outstanding(due=date(2026, 5, 20), times_carried=3)["due"] == "20 May 2026\ncarried 3 times"
    assert outstanding()["due"] == "No day set"


def test_the_chair_takes_up_what_is_overdue_for_more_than_one_meeting_or_not_done_by_the_agency() -> None:
    cycle = (ON - LAST).days
    assert outstanding(days_overdue=cycle)["for_chair"] == ""
    assert outstanding(days_overdue=cycle + 1)["for_chair"] == "For the chair: overdue for more than one meeting"
    assert outstanding(status="not_done_by_agency")["for_chair"] == "For the chair: not done by the agency"
    assert outstanding(status="done", days_overdue=90)["for_chair"] == ""


def test_what_has_ended_says_how_and_how_that_is_known_or_why_not() -> None:
    assert [a["ended"] for a in papers(sitting())["ended"]] == [
        "Done, 18 April 2026\nLetter on file",
        "Not possible: circumstances changed\nThe young person moved home.",
    ]


def test_papers_must_show_every_label_theme_and_action() -> None:
    shown = meeting_paper.must_show(papers(sitting(cases=1, actions=2)))
    assert shown[1:] == ["MASE-2026-0007 / ZŁ / 16F", "Canal steps", "A-2026-0001", "A-2026-0002", "A-2026-0080", "A-2026-0081"]


# Where the minutes are typed


def test_every_place_has_a_name_of_its_own_that_word_can_keep_as_a_bookmark() -> None:
    found = [c.name for c in controls({**papers(sitting(cases=8, actions=9), "minutes"), "index": []})]
    assert len(found) == len(set(found)) > 200
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) for name in found)


def test_places_are_named_by_what_they_belong_to() -> None:
    assert {
        "paper17", "meeting_started", "meeting_version", "agency1_attendance", "more2_agency", "observer1_name", "observer3_agency",
        "action1_status", "action2_remark", "case7_category", "case7_decision", "case7_agency1_information", "case7_more2_agency",
        "action91_due", "case7_new3_action", "theme4_response", "theme4_new2_due", "action92_action", "other_new6_lead_person",
        "item_disruption_minutes_spent", "item_panels_minutes_spent", "item_cross_border_minutes_spent",
    } <= set(typed(sitting()))  # fmt: skip


def test_what_the_register_has_already_stands_in_its_place() -> None:
    found = typed(sitting())
    said = {
        "meeting_chair": "Rowan Ames", "meeting_version": "Draft", "agency1_attendance": "Named contact attended",
        "agency3_information_on": "30/04/2026", "observer1_statement_signed": "yes", "action2_status": "In progress",
        "case7_decision": "Accepted: with actions", "case7_category_review": "yes", "case7_review_on": "01/07/2026",
        "case7_minutes_spent": "12", "case7_agency1_information": "Seen near the station.", "action91_action": "Visit the family",
        "case8_decision": "", "item_disruption_minutes_spent": "10",
    }  # fmt: skip
    assert {name: found[name].said for name in said} == said


def test_an_agency_that_shared_twice_has_both_in_one_place() -> None:
    twice = (
        Shared("agency1", "borough_police", "Borough Police", "Before."),
        Shared("agency1", "borough_police", "Borough Police", "At it."),
    )
    found = typed(sitting(hearings=(replace(sitting().hearings[0], shared=twice),)))
    assert found["case7_agency1_information"].said == "Before.\nAt it."


def test_choices_are_those_of_the_home_and_the_category_is_not_to_be_typed_over() -> None:
    found = typed(sitting())
    assert found["case7_decision"].choices == tuple(code.label for code in HOME.codes("decision_case").code)
    assert found["theme4_decision"].choices == tuple(code.label for code in HOME.codes("decision_theme").code)
    assert found["other_new1_agency"].choices == tuple(agency.name for agency in HOME.profile.agency)
    assert (found["case7_category"].kind, found["paper17"].kind) == ("fixed", "fixed")
    assert found["case7_category"].said.startswith("Category 2")
