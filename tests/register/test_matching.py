"""The same person, or another: proposed by likeness, decided by a person, remembered and undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.errors import RegisterError
from mase_docs.register.links import places
from mase_docs.register.links.linking import case_links
from mase_docs.register.persons import identity, matching
from mase_docs.register.persons.likeness import Described
from mase_docs.register.persons.people import people
from mase_docs.register.persons.person_keys import person_keys
from mase_docs.register.records import Case, Match, Person
from mase_docs.register.register import Register
from mase_docs.register.verify import verify
from mase_docs.register.writing import Writing
from tests.register.conftest import PARAMS
from tests.register.people import BORN, NHS, a_case, a_context, a_link, a_person, everything
from tests.register.stores import witness

on_every_store = pytest.mark.parametrize("kind", PARAMS)


@pytest.fixture
def kind() -> str:
    """SQLite, where a test does not ask for every store."""
    return "sqlite"


@contextmanager
def two(register: Register, *names: tuple[str, str], dob: date | None = BORN) -> Iterator[tuple[Writing, list[Person]]]:
    """People of those names, each with a case, in one transaction."""
    with register.writing("test") as writing:
        them = [a_person(writing, given, family, dob) for given, family in names]
        for number, person in enumerate(them, 1):
            a_case(writing, person, number)
        yield writing, them


def names(found: list[tuple[Person, Any]]) -> list[str]:
    return [f"{person.given_names} {person.family_name}" for person, _ in found]


def person(session: Session, number: int) -> Person:
    return session.scalars(select(Person).where(Person.id == number)).one()


def case(session: Session, number: int) -> Case:
    return session.scalars(select(Case).where(Case.id == number)).one()


@on_every_store
def test_a_mistyped_name_is_proposed_with_its_reasons_and_nothing_is_merged(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel")) as (writing, them):
        [match] = matching.propose(writing, them[1])
        assert (match.person_id, match.other_id, match.band, match.state) == (2, 1, "probably", "proposed")
        assert "same date of birth" in match.reasons
    with register.reading() as session:
        assert person(session, 2).same_as is None
        assert case(session, 2).closed_on is None


def test_somebody_else_is_not_proposed(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Invented", "Example")) as (writing, them):
        assert matching.propose(writing, them[1]) == []


def test_twins_are_never_taken_for_one(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Ruben", "Sample")) as (writing, them):
        assert matching.propose(writing, them[1]) == []
        assert matching.known(writing.session, Described("Sample", "Ruby", dob=BORN)) is None


def test_those_whom_one_form_names_beside_each_other_are_not_proposed_as_one(register: Register) -> None:
    with two(register, ("Testa", "Sample")) as (writing, [subject]):
        twin = a_person(writing, "Tessa", "Sample")
        a_link(writing, case(writing.session, 1), twin, "household")
        assert matching.propose(writing, twin) == []
        assert matching.propose(writing, subject) == []


@pytest.mark.parametrize("called", [{"known_as": ["Ruby"]}, {"known_as": ["R-Dog"]}, {"given_names": "Ruby"}])
def test_a_first_name_or_nickname_alone_proposes_nothing(register: Register, called: dict[str, Any]) -> None:
    with register.writing("test") as writing:
        a_person(writing, "Ruby", "Sample", known_as=["R-Dog"])
        unnamed = writing.add(Person(**called))
        person_keys(writing, unnamed)
        assert matching.propose(writing, unnamed) == []


def test_a_whole_name_without_a_date_of_birth_is_only_possible(register: Register) -> None:
    with two(register, ("Testa", "Sample")) as (writing, _):
        assert [match.band for match in matching.propose(writing, a_person(writing, "Testa", "Sample", None))] == ["possibly"]


def test_no_more_than_five_are_proposed_for_one_person(register: Register) -> None:
    with two(register, *[("Testa", "Sample")] * 7) as (writing, them):
        assert len(matching.propose(writing, them[0])) == 5


def test_the_same_number_is_the_same_person(register: Register) -> None:
    with register.writing("test") as writing:
        there = a_person(writing, "Testa", "Sample", nhs_number=NHS)
        found = matching.known(writing.session, Described("Sampel", "Testa", dob=BORN, nhs_number=NHS))
        assert found is there


@pytest.mark.parametrize("kind", PARAMS[-1:])
def test_people_places_and_links_of_another_borough_are_never_seen(register: Register) -> None:
    with Register.create(register.address, "205", witness=witness()) as theirs, theirs.writing("test") as writing:
        case = a_case(writing, a_person(writing, "Testa", "Sample", nhs_number=NHS), 1)
        school = a_context(writing, "school", "Marshgate Academy")
        for number in (2, 3):
            a_link(writing, a_case(writing, a_person(writing, f"Child{number}", "Example"), number), school, "attends")
        a_link(writing, case, a_person(writing, "Invented", "Adult"), "associate")
    with two(register, ("Testa", "Sample"), ("Ruben", "Example")) as (writing, [first, _]):
        assert matching.propose(writing, first) == []
        assert matching.known(writing.session, Described("Sample", "Testa", dob=BORN, nhs_number=NHS)) is None
        assert case_links(writing.session, date(2026, 11, 22)) == []
        assert places.contexts(writing.session) == []
        assert [view.cases for view in people(writing.session)] == [("MASE-2026-0001",), ("MASE-2026-0002",)]


def test_the_same_number_with_another_name_and_date_of_birth_is_only_proposed(register: Register) -> None:
    with register.writing("test") as writing:
        a_person(writing, "Testa", "Sample", nhs_number=NHS)
        other = a_person(writing, "Invented", "Example", date(2008, 1, 9), nhs_number=NHS)
        assert matching.known(writing.session, Described("Example", "Invented", dob=date(2008, 1, 9), upn="", nhs_number=NHS)) is other
        [match] = matching.propose(writing, other)
        assert (match.band, match.state) == ("possibly", "proposed")
        assert "the dates of birth differ" in match.against


def test_of_several_certain_ones_none_is_chosen_and_each_is_proposed(register: Register) -> None:
    with register.writing("test") as writing:
        for upn in ("A123456789012", "B123456789012"):
            a_person(writing, "Testa", "Sample", nhs_number=NHS, upn=upn)
        assert matching.known(writing.session, Described("Sample", "Testa", dob=BORN, nhs_number=NHS)) is None
        assert len(matching.propose(writing, a_person(writing, "Testa", "Sample", nhs_number=NHS))) == 2


def test_two_confirmed_as_one_are_known_by_the_first_of_them(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel")) as (writing, [first, second]):
        writing.change(second, nhs_number=NHS)
        person_keys(writing, second)
        identity.same(writing, first, second, "tester", "one child")
        assert matching.known(writing.session, Described("Sampel", "Testa", dob=BORN, nhs_number=NHS)) is first
        third = a_person(writing, "Testa", "Sampel")
        assert [person.id for person, _ in matching.candidates(writing.session, third)] == [first.id]


@on_every_store
def test_what_was_refused_is_not_proposed_again(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel"), ("Testa", "Sample")) as (writing, them):
        [match, *_] = matching.propose(writing, them[1])
        identity.refuse(writing, match, "tester")
        identity.different(writing, them[1], them[2], "tester", "cousins")
        assert matching.propose(writing, them[1]) == []
        assert names(matching.candidates(writing.session, them[1])) == []


def test_what_was_refused_of_one_holds_for_everyone_confirmed_to_be_that_one(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel"), ("Testa", "Sample")) as (writing, [first, second, third]):
        identity.different(writing, first, second, "tester", "cousins")
        identity.same(writing, first, third, "tester", "one child")
        assert matching.propose(writing, second) == []


def test_a_correction_takes_a_proposal_back(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel")) as (writing, [_, second]):
        assert len(matching.propose(writing, second)) == 1
        writing.change(second, family_name="Example", given_names="Invented", dob=date(2009, 9, 9))
        person_keys(writing, second)
        assert matching.propose(writing, second) == []
    assert everything(register)["match"] == []


@on_every_store
def test_a_confirmed_match_makes_one_person_and_one_open_case_and_undoing_restores_all(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel")) as (writing, them):
        matching.propose(writing, them[1])
    before = everything(register)
    with register.writing("same") as writing:
        identity.confirm(writing, writing.session.scalars(select(Match)).one(), "tester")
    with register.reading() as session:
        assert person(session, 2).same_as == 1
        later = case(session, 2)
        assert (later.merged_into, later.outcome, later.closed_on) == (1, "duplicate", date(2026, 11, 2))
        assert case(session, 1).closed_on is None
    with register.writing("undo") as writing:
        identity.undo(writing, writing.session.scalars(select(Match)).one())
    assert everything(register) == before
    with register.reading() as session:
        assert verify(session, register.borough, register.seals) == []


THREE = [(0, 1), (1, 2), (0, 2)]


@pytest.mark.parametrize(("order", "undone"), [(order, undone) for order in permutations(range(3), 2) for undone in order])
def test_decisions_undone_in_any_order_leave_what_the_others_say(register: Register, order: tuple[int, ...], undone: int) -> None:
    """Of three people two pairs are confirmed and one undone: what is left is what those left would have made alone; then nothing is."""
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel"), ("Tessa", "Sample")):
        pass
    before = everything(register, "match")
    taken = list(order)
    left = [n for n in taken if n != undone]
    alone = _after(register, left, [])
    assert _after(register, [], left) == before
    assert _after(register, taken, [undone]) == alone
    assert _after(register, [], left) == before


def _after(register: Register, said: list[int], undone: list[int]) -> dict[str, list[dict[str, Any]]]:
    """Everything but the matches, once some pairs were said to be the same and others not any more."""
    with register.writing("test") as writing:
        for step, pairs in ((True, said), (False, undone)):
            for n in pairs:
                one, other = (person(writing.session, index + 1) for index in THREE[n])
                if step:
                    identity.same(writing, one, other, "tester", "one child")
                else:
                    identity.taken_back(writing, one, other)
    return everything(register, "match")


def test_cases_that_were_closed_or_changed_meanwhile_keep_their_changes(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel")) as (writing, them):
        match = identity.same(writing, *them, "tester", "one child")
        writing.change(case(writing.session, 1), closed_on=date(2026, 11, 3), outcome="risk_reduced_step_down")
        identity.undo(writing, match)
        first, second = case(writing.session, 1), case(writing.session, 2)
        assert (first.closed_on, first.outcome) == (date(2026, 11, 3), "risk_reduced_step_down")
        assert (second.closed_on, second.outcome, second.merged_into) == (None, None, None)


def test_a_closed_case_stays_as_it_is(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel")) as (writing, them):
        writing.change(case(writing.session, 1), closed_on=date(2026, 10, 30), outcome="risk_reduced_step_down")
        identity.same(writing, *them, "tester", "one child")
        assert case(writing.session, 1).merged_into is None
        assert case(writing.session, 2).closed_on is None


def test_two_open_cases_of_the_same_row_are_not_joined(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel")) as (writing, [first, second]):
        a_case(writing, first, 3)
        identity.same(writing, first, second, "tester", "one child")
        assert [case(writing.session, n).merged_into for n in (1, 2, 3)] == [None, 1, None]


def test_people_stay_one_although_the_decision_that_made_them_so_was_disposed_of(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel"), ("Tessa", "Sample")) as (writing, [first, second, third]):
        writing.remove(identity.same(writing, first, second, "tester", "one child"))
        identity.taken_back(writing, *_said_to_be_one(writing, first, third))
        assert (second.same_as, third.same_as) == (first.id, None)
        _said_to_be_one(writing, second, third)
        assert (second.same_as, third.same_as) == (first.id, first.id)


def _said_to_be_one(writing: Writing, one: Person, other: Person) -> tuple[Person, Person]:
    identity.same(writing, one, other, "tester", "one child")
    return one, other


def test_people_told_apart_cannot_become_one_by_a_third(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel"), ("Tessa", "Sample")) as (writing, [first, second, third]):
        identity.different(writing, first, third, "tester", "cousins")
        identity.same(writing, first, second, "tester", "one child")
    before = everything(register)
    with pytest.raises(RegisterError, match="P3 and P1 were told apart"), register.writing("same") as writing:
        identity.same(writing, person(writing.session, 2), person(writing.session, 3), "tester", "one child")
    assert everything(register) == before


def test_people_who_are_one_by_a_third_cannot_be_told_apart_alone(register: Register) -> None:
    with two(register, *[("Testa", "Sample")] * 3) as (writing, [first, second, third]):
        identity.same(writing, first, second, "tester", "one child")
        identity.same(writing, second, third, "tester", "one child")
        with pytest.raises(RegisterError, match="were told apart"):
            identity.different(writing, first, third, "tester", "two")


@on_every_store
def test_only_what_waits_for_a_decision_stands(register: Register) -> None:
    with two(register, ("Testa", "Sample"), ("Testa", "Sampel"), ("Testa", "Sample")) as (writing, them):
        for each in them:
            matching.propose(writing, each)
        assert len(matching.standing(writing.session)) == 3
        identity.same(writing, them[0], them[2], "tester", "one child")
        assert [(one, other) for _, one, other in matching.standing(writing.session)] == [(2, 1)]
        identity.different(writing, them[1], them[2], "tester", "two")
        assert matching.standing(writing.session) == []


def test_a_person_is_named_by_their_newest_case_else_by_their_number(register: Register) -> None:
    with two(register, ("Testa", "Sample")) as (writing, [subject]):
        assert matching.name_of(writing.session, subject) == "MASE-2026-0001"
        assert matching.name_of(writing.session, a_person(writing, "Ruby", "Example")) == "P2"
