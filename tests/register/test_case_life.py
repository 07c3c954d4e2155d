"""What happens to a case between meetings, on every store."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.definition.profile import Ages
from mase_docs.errors import RegisterError, UsageError
from mase_docs.register.casework import case_life
from mase_docs.register.casework.cases import FILTERS, CaseView, narrowed, views
from mase_docs.register.casework.shown import shown
from mase_docs.register.persons import identity
from mase_docs.register.records import Assessment, Case, Person
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.register.people import a_case, a_context, a_form, a_link, a_person, everything

TODAY = date(2026, 11, 2)
"""The day of the tests' witness."""
HOME = Home()


def of(register: Register, ages: Ages | None = None, today: date = TODAY) -> list[CaseView]:
    with register.reading() as session:
        return views(session, ages or Ages(), today)


def left_by(register: Register, name: str, ages: Ages | None = None) -> list[str]:
    return [view.case.reference for view in narrowed(of(register, ages), [name], TODAY)]


def a_case_of_testa(writing: Writing, number: int = 1, **more: object) -> Case:
    case = a_case(writing, a_person(writing, "Testa", "Sample"), number, **more)
    a_form(writing, case)
    return case


OTHERWISE: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "new": ({"status": "new"}, {"status": "review"}),
    "review": ({"status": "review"}, {"status": "new"}),
    "review-due": ({"next_review": TODAY}, {"next_review": date(2026, 11, 3)}),
    "no-review": ({}, {"next_review": TODAY}),
    "review-asked": ({"review_asked_on": TODAY}, {}),
    "out-of-borough": ({"placed_out_of_borough": True}, {"placed_out_of_borough": False}),
    "cross-border": ({"cross_border": ["301"]}, {"cross_border": []}),
    "nfa": ({"nfa": True}, {"nfa": False}),
    "no-plan": ({"nfa": True, "nfa_plan": "A plan"}, {"nfa": True, "nfa_plan": "A plan", "nfa_plan_owner": "Bo"}),
    "harming": ({"subject_role": ["both"]}, {"subject_role": ["at_risk_or_experiencing"]}),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_list_is_narrowed_to_the_cases_that_are_so(register: Register, name: str) -> None:
    so, otherwise = OTHERWISE[name]
    with register.writing("test") as writing:
        a_case_of_testa(writing, 1, **so)
        a_case_of_testa(writing, 2, **otherwise)
    assert left_by(register, name) == ["MASE-2026-0001"]


def test_every_way_to_narrow_the_list_is_tested() -> None:
    assert {*OTHERWISE, "transition", "re-referred", "places"} == set(FILTERS)


def test_places_and_cases_referred_again_are_told_apart(register: Register) -> None:
    with register.writing("test") as writing:
        first = a_case_of_testa(writing, 1)
        a_case_of_testa(writing, 2, re_referral_of=first.id)
        a_case(writing, a_context(writing, "place", "Heron Row"), 3)
    assert (left_by(register, "re-referred"), left_by(register, "places")) == (["MASE-2026-0002"], ["MASE-2026-0003"])


@pytest.mark.parametrize(
    ("born", "extended", "turns"),
    [
        (date(2008, 11, 2), True, (18, TODAY)),
        (date(2009, 1, 3), False, (18, date(2027, 1, 3))),
        (date(2009, 1, 4), True, None),
        (date(2008, 11, 1), True, (18, date(2026, 11, 1))),
        (date(2008, 10, 1), True, None),
        (date(2001, 12, 1), True, (25, date(2026, 12, 1))),
        (date(2001, 12, 1), False, None),
        (None, True, None),
    ],
)
def test_a_birthday_that_matters_is_told_two_meetings_before_and_as_long_as_the_case_goes_on(
    register: Register, born: date | None, extended: bool, turns: tuple[int, date] | None
) -> None:
    with register.writing("test") as writing:
        a_case(writing, a_person(writing, "Testa", "Sample", born), 1)
    assert of(register, Ages(extended=extended))[0].turns == turns
    assert left_by(register, "transition", Ages(extended=extended)) == (["MASE-2026-0001"] if turns else [])


def test_a_case_is_closed_opened_again_and_closed(register: Register) -> None:
    with register.writing("test") as writing:
        case = a_case_of_testa(writing)
        with pytest.raises(RegisterError, match="is open"):
            case_life.reopen(writing, case)
        case_life.close(writing, case, "other", TODAY, "mash", "moved away")
        with pytest.raises(RegisterError, match="closed already"):
            case_life.close(writing, case, "other", TODAY)
        case_life.reopen(writing, case)
        assert (case.closed_on, case.outcome, case.closing_agency, case.closing_reason) == (None, None, None, None)
        case_life.close(writing, case, "died", TODAY)
    assert not of(register)[0].is_open


@pytest.mark.parametrize("day", [date(2026, 10, 1), date(2026, 11, 3)])
def test_no_case_is_closed_before_it_was_opened_nor_on_a_day_to_come(register: Register, day: date) -> None:
    with register.writing("test") as writing:
        case = a_case_of_testa(writing)
        with pytest.raises(UsageError):
            case_life.close(writing, case, "other", day)
        assert case.closed_on is None


def test_a_plan_needs_an_owner_and_nothing_else_waits_for_one(register: Register) -> None:
    with register.writing("test") as writing:
        case = a_case_of_testa(writing, nfa=True)
        with pytest.raises(UsageError, match="owns it"):
            case_life.update(writing, case, nfa_plan="A plan")
        assert case_life.update(writing, case, nfa_plan="A plan", nfa_plan_owner="Bo")
        other = a_case_of_testa(writing, 2, nfa=True, nfa_plan="On the form, without an owner")
        assert case_life.update(writing, other, status="review")
        assert not case_life.update(writing, other, status="review")


@pytest.mark.parametrize("source", ["mase", "panel", "minutes", ""])
def test_a_panel_sets_no_category_whoever_calls(register: Register, source: str) -> None:
    with register.writing("test") as writing:
        case = a_case_of_testa(writing)
        with pytest.raises(UsageError, match="can only ask for a review"):
            case_life.assess(writing, case, HOME, "cse_category", "3", source, TODAY)
        assert not writing.session.scalars(select(Assessment)).all()


def test_a_review_that_was_asked_for_sets_nothing_and_waits_until_a_category_is_set(register: Register) -> None:
    with register.writing("test") as writing:
        case = a_case_of_testa(writing)
        case_life.assess(writing, case, HOME, "cse_category", "1", "map_meeting", date(2026, 10, 20))
        case_life.ask_review(writing, case, "MAP meeting", date(2026, 10, 25))
    [view] = of(register)
    assert view.awaits_review
    assert view.category
    assert view.category.code == "1"
    with register.writing("test") as writing:
        case_life.assess(writing, case_life.case_of(writing.session, "mase-2026-0001"), HOME, "cse_category", "2", "map_meeting", TODAY)
    assert left_by(register, "review-asked") == []


def test_categories_are_kept_by_scheme_source_and_day_and_the_newest_of_each_counts(register: Register) -> None:
    with register.writing("test") as writing:
        case = a_case_of_testa(writing)
        for scheme, code, source, day in (
            ("cse_category", "3", "map_meeting", date(2026, 10, 20)),
            ("cse_category", "1", "strategy_discussion", date(2026, 9, 1)),
            ("hsb_level", "2", "map_meeting", date(2026, 9, 1)),
            ("cse_category", "3", "map_meeting", date(2026, 10, 20)),
        ):
            case_life.assess(writing, case, HOME, scheme, code, source, day)
    [view] = of(register)
    assert (view.category and view.category.code, view.hsb_level and view.hsb_level.code) == ("3", "2")
    assert len(everything(register)["assessment"]) == 3


def test_no_category_is_set_for_a_place_nor_on_a_day_to_come(register: Register) -> None:
    with register.writing("test") as writing:
        place = a_case(writing, a_context(writing, "place", "Heron Row"), 1)
        with pytest.raises(RegisterError, match="no one person"):
            case_life.assess(writing, place, HOME, "cse_category", "1", "map_meeting", TODAY)
        with pytest.raises(UsageError, match="day to come"):
            case_life.assess(writing, a_case_of_testa(writing, 2), HOME, "cse_category", "1", "map_meeting", date(2026, 11, 3))


def test_cases_of_two_who_are_one_are_shown_once_with_the_forms_categories_and_links_of_both(register: Register) -> None:
    with register.writing("test") as writing:
        cases = [a_case_of_testa(writing, number) for number in (1, 2)]
        for case, code in zip(cases, "12", strict=True):
            a_link(writing, case, a_person(writing, f"Friend{code}", "Invented"), "associate")
            case_life.assess(writing, case, HOME, "cse_category", code, "map_meeting", date(2026, 10, int(code)))
        one, other = (writing.session.get_one(Person, (register.borough, case.person_id)) for case in cases)
        identity.same(writing, one, other, "tester", "seen")
    [view] = of(register)
    assert (view.case.reference, view.forms, view.category and view.category.code) == ("MASE-2026-0001", 2, "2")
    with register.reading() as session:
        for reference in ("MASE-2026-0001", "MASE-2026-0002"):
            found = shown(session, reference, Ages(), TODAY)
            assert found.view.case.reference == "MASE-2026-0001"
            assert [case.reference for case in found.joined] == ["MASE-2026-0002"]
            assert (len(found.referrals), len(found.assessments), len(found.people)) == (2, 2, 2)
            assert sorted(found.called(link) for link in found.links) == ["Friend1 Invented", "Friend2 Invented"]
            assert found.may_be == []
    with register.writing("test") as writing:
        one, other = writing.session.scalars(select(Person).where(Person.family_name == "Sample").order_by(Person.id))
        identity.taken_back(writing, one, other)
    assert [view.case.reference for view in of(register)] == ["MASE-2026-0001", "MASE-2026-0002"]


def test_a_case_that_is_not_there_is_said_with_where_to_look(register: Register) -> None:
    with register.reading() as session, pytest.raises(RegisterError, match="mase-docs cases --all"):
        case_life.case_of(session, "MASE-2026-0404")


def test_a_case_is_one_referred_again_also_where_two_people_are_known_for_one_only_later(register: Register) -> None:
    with register.writing("test") as writing:
        people = [writing.add(Person(family_name="Sample", given_names=name)) for name in ("Testa", "Tess")]
        days = {"MASE-2026-0001": (date(2025, 11, 1), date(2026, 3, 1)), "MASE-2026-0002": (date(2026, 9, 1), None)}
        for person, (reference, (opened, closed)) in zip(people, days.items(), strict=True):
            writing.add(Case(reference=reference, label=reference, person_id=person.id, status="new", opened_on=opened, closed_on=closed))
        identity.same(writing, people[1], people[0], "tester", "the same date of birth")
        found = {view.case.reference: view.re_referral_of for view in views(writing.session, Home().profile.ages, date(2026, 11, 2))}
    assert found == {"MASE-2026-0001": None, "MASE-2026-0002": "MASE-2026-0001"}
