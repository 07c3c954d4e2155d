"""Whose case is whose: the open cases an agency works with, leads, referred or has something to do in; never one restricted to others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from mase_docs.definition.home import Home
from mase_docs.model.sitting import OUTSTANDING
from mase_docs.register.meetings.involved import cases_of, withheld_from
from mase_docs.register.persons import identity
from mase_docs.register.records import Action, Case, Involvement
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.register.conftest import PARAMS
from tests.register.people import a_case, a_context, a_form, a_person

POLICE, OTHER = "borough_police", "sexual_health"
Tie = Callable[[Writing, Case], object]


@pytest.fixture
def kind() -> str:
    """SQLite, where a test does not ask for every store."""
    return "sqlite"


def a_young_persons(writing: Writing, number: int, **more: object) -> Case:
    return a_case(writing, a_person(writing, "Testa", f"Sample {number}"), number, **more)


def an_action(writing: Writing, case: Case, status: str = "open", agency: str = POLICE) -> Action:
    return writing.add(
        Action(number=f"A-2026-{case.id:04}", case_id=case.id, action="Visit", agency=agency, status=status, times_carried=0)
    )


def theirs(register: Register, agency: str = POLICE) -> list[str]:
    with register.reading() as session:
        return [case.reference for case in cases_of(session, agency, Home())]


def referred(writing: Writing, case: Case) -> None:
    a_form(writing, case).referrer_agency = POLICE


TIES: dict[str, Tie] = {
    "works with": lambda writing, case: writing.add(Involvement(case_id=case.id, agency=POLICE)),
    "works with, as written": lambda writing, case: writing.add(Involvement(case_id=case.id, agency="Metropolitan Police")),
    "leads": lambda writing, case: writing.change(case, lead_agency=POLICE),
    "referred": referred,
    "has something to do": an_action,
}


@pytest.mark.parametrize("kind", PARAMS)
@pytest.mark.parametrize("tie", TIES.values(), ids=TIES)
def test_an_agencys_cases_are_those_that_something_ties_to_it(register: Register, tie: Tie) -> None:
    with register.writing("test") as writing:
        tie(writing, a_young_persons(writing, 1))
        a_young_persons(writing, 2)
    assert theirs(register) == ["MASE-2026-0001"]
    assert theirs(register, OTHER) == []


def test_they_stand_in_order_of_reference_each_once(register: Register) -> None:
    with register.writing("test") as writing:
        for number in (3, 1, 2):
            case = a_young_persons(writing, number, lead_agency=POLICE)
            an_action(writing, case)
    assert theirs(register) == ["MASE-2026-0001", "MASE-2026-0002", "MASE-2026-0003"]


def test_a_place_that_was_referred_in_its_own_right_is_a_case_too(register: Register) -> None:
    with register.writing("test") as writing:
        a_case(writing, a_context(writing, "place", "The Sampler"), 1, lead_agency=POLICE)
    assert theirs(register) == ["MASE-2026-0001"]


def test_a_closed_case_is_nobodys(register: Register) -> None:
    with register.writing("test") as writing:
        a_young_persons(writing, 1, lead_agency=POLICE, closed_on=date(2026, 11, 1))
    assert theirs(register) == []


@pytest.mark.parametrize(
    "status", ["open", "in_progress", "not_done_by_agency", "done", "not_possible_changed_circumstances", "superseded"]
)
def test_an_action_ties_as_long_as_it_is_to_be_done(register: Register, status: str) -> None:
    with register.writing("test") as writing:
        an_action(writing, a_young_persons(writing, 1), status)
    assert theirs(register) == (["MASE-2026-0001"] if status in OUTSTANDING else [])


def test_an_agency_that_a_correction_no_longer_names_did_not_refer(register: Register) -> None:
    with register.writing("test") as writing:
        case = a_young_persons(writing, 1)
        first, corrected = a_form(writing, case), a_form(writing, case)
        first.referrer_agency, corrected.referrer_agency, corrected.corrects = POLICE, OTHER, first.id
    assert (theirs(register), theirs(register, OTHER)) == ([], ["MASE-2026-0001"])


def test_what_tied_an_agency_to_a_case_that_was_joined_ties_it_to_the_one_that_goes_on(register: Register) -> None:
    with register.writing("test") as writing:
        one, other = a_person(writing, "Testa", "Sample"), a_person(writing, "Tessa", "Sample")
        a_case(writing, one, 1)
        writing.add(Involvement(case_id=a_case(writing, other, 2).id, agency=POLICE))
        identity.same(writing, one, other, "tester", "said by their school")
    assert theirs(register) == ["MASE-2026-0001"]


@pytest.mark.parametrize("kind", PARAMS)
def test_a_case_that_is_restricted_to_others_is_not_theirs_whatever_ties_them_to_it(register: Register) -> None:
    with register.writing("test") as writing:
        case = a_young_persons(writing, 1, lead_agency=POLICE, restricted_to_agencies=[OTHER])
        an_action(writing, case, agency=OTHER)
        for number, tie in enumerate(TIES.values(), 2):
            tie(writing, a_young_persons(writing, number, lead_agency=POLICE, restricted_to_agencies=["children_in_need"]))
    assert (theirs(register), theirs(register, OTHER)) == ([], ["MASE-2026-0001"])


def test_a_restriction_holds_where_the_case_goes_on_in_another(register: Register) -> None:
    with register.writing("test") as writing:
        one, other = a_person(writing, "Testa", "Sample"), a_person(writing, "Tessa", "Sample")
        goes_on, joined = a_case(writing, one, 1, lead_agency=POLICE), a_case(writing, other, 2, restricted_to_agencies=[OTHER])
        identity.same(writing, one, other, "tester", "said by their school")
        assert withheld_from(writing.session, POLICE) == {goes_on.id, joined.id}
        assert withheld_from(writing.session, OTHER) == set()
    assert theirs(register) == []


def test_an_empty_restriction_restricts_nothing(register: Register) -> None:
    with register.writing("test") as writing:
        a_young_persons(writing, 1, lead_agency=POLICE, restricted_to_agencies=[])
    assert theirs(register) == ["MASE-2026-0001"]
