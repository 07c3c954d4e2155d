"""Links between cases: by a person, a school, a place, a number or a home in common, each with its reason and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from mase_docs.definition.home import Home
from mase_docs.model.network import Network
from mase_docs.register.links import places
from mase_docs.register.links.linking import CaseLink, case_links, network
from mase_docs.register.persons import identity, matching
from mase_docs.register.records import Case, Person
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.register.conftest import PARAMS
from tests.register.people import BORN, a_case, a_context, a_form, a_link, a_person

TODAY = date(2026, 11, 22)


@pytest.fixture
def kind() -> str:
    """SQLite, where a test does not ask for every store."""
    return "sqlite"


@contextmanager
def cases(register: Register, number: int = 2) -> Iterator[tuple[Writing, list[Case]]]:
    """Open cases of as many different young people."""
    with register.writing("test") as writing:
        told = ("Ada Ashdown", "Bela Birch", "Cato Copse", "Dora Dale")[:number]
        people = [a_person(writing, *name.split(), BORN + timedelta(days=400 * n)) for n, name in enumerate(told)]
        yield writing, [a_case(writing, person, n) for n, person in enumerate(people, 1)]


def person(writing: Writing, number: int) -> Person:
    return writing.session.get_one(Person, (writing.borough, number))


def links(register: Register, today: date = TODAY, *, include_closed: bool = False) -> list[CaseLink]:
    with register.reading() as session:
        return case_links(session, today, include_closed=include_closed)


def the_network(register: Register, home: Home) -> Network:
    with register.reading() as session:
        return network(session, home, TODAY)


@pytest.mark.parametrize("kind", PARAMS)
def test_two_cases_with_one_school_are_linked_with_the_reason_and_where_it_was_said(register: Register, home: Home) -> None:
    with cases(register, 3) as (writing, [one, other, _]):
        school = a_context(writing, "school", "Marshgate Academy")
        for case in (one, other):
            a_link(writing, case, school, "attends", "confirmed", referral_id=a_form(writing, case).id, information_source="agency_record")
    [link] = links(register)
    assert (link.rule, link.cases, link.kind, link.what, link.sure) == (
        "DU5", ("MASE-2026-0001", "MASE-2026-0002"), "school", "Marshgate Academy", "confirmed",
    )  # fmt: skip
    assert link.reason == "MASE-2026-0001 goes to Marshgate Academy; MASE-2026-0002 goes to Marshgate Academy"
    assert link.sources == link.cases
    [told] = the_network(register, home).rows()
    assert (told["through"], told["sure"]) == ("Marshgate Academy (school)", "confirmed")
    assert {tie.source for tie in the_network(register, home).ties} == {
        "MASE-2026-0001, An agency's record",
        "MASE-2026-0002, An agency's record",
    }


@pytest.mark.parametrize("kind_of", ["place", "peer_group", "online", "phone", "vehicle", "username", "household"])
def test_every_other_thing_in_common_links_too_and_a_link_is_as_sure_as_its_weaker_side(register: Register, kind_of: str) -> None:
    with cases(register) as (writing, [one, other]):
        thing = a_context(writing, kind_of, "Sample thing 1")
        a_link(writing, one, thing, "of_concern", "confirmed")
        a_link(writing, other, thing, "uses", "unconfirmed")
    [link] = links(register)
    assert (link.kind, link.sure) == (kind_of, "unconfirmed")
    assert link.rule == ("DU7" if kind_of == "household" else "DU5")
    assert link.restricted == (kind_of in ("phone", "username"))


def test_places_said_to_be_the_same_link_the_cases_that_name_them(register: Register) -> None:
    with cases(register) as (writing, [one, other]):
        first, second = a_context(writing, "place", "Sampler"), a_context(writing, "place", "The Sampler")
        a_link(writing, one, first, "seen_at")
        a_link(writing, other, second, "seen_at")
        assert case_links(writing.session, TODAY) == []
        places.same(writing, first, second)
    assert [link.what for link in links(register)] == ["Sampler"]


def test_a_person_named_in_two_cases_links_them(register: Register) -> None:
    with cases(register) as (writing, [one, other]):
        adult = a_person(writing, "Invented", "Example")
        a_link(writing, one, adult, "suspected_exploiter_adult", "likely")
        a_link(writing, other, adult, "facilitator", "confirmed")
    [link] = links(register)
    assert (link.rule, link.what, link.sure, link.may_be) == ("DU5", "Invented Example", "likely", False)
    assert "Invented Example is an adult suspected of exploiting MASE-2026-0001" in link.reason


def test_who_is_suspected_in_one_case_and_the_young_person_of_another_is_flagged_first(register: Register, home: Home) -> None:
    with cases(register) as (writing, [one, other]):
        school = a_context(writing, "school", "Marshgate Academy")
        for case in (one, other):
            a_link(writing, case, school, "attends")
        a_link(writing, one, person(writing, 2), "young_person_suspected", "likely")
    first, second = links(register)
    assert (first.rule, first.what, first.sure) == ("DU6", "Bela Birch", "likely")
    assert first.reason == (
        "Bela Birch is a young person suspected of harming MASE-2026-0001; Bela Birch is the young person of MASE-2026-0002"
    )
    assert second.rule == "DU5"
    told = the_network(register, home)
    assert [told.fact(tie) for tie in told.ties if tie.how.endswith("harming")] == [
        "MASE-2026-0002 / TS / 16F is a young person suspected of harming MASE-2026-0001 / TS / 16F"
    ]


def test_a_child_of_the_household_who_has_a_case_is_told(register: Register) -> None:
    with cases(register) as (writing, [one, _]):
        sibling = a_person(writing, "Bela", "Birch", BORN + timedelta(days=400))
        a_link(writing, one, sibling, "household")
        subject = person(writing, 2)
        assert matching.propose(writing, sibling)[0].other_id == subject.id
        [maybe] = case_links(writing.session, TODAY)
        identity.same(writing, sibling, subject, "tester", "one child")
    [sure] = links(register)
    assert (maybe.rule, maybe.sure, maybe.may_be) == ("DU7", "unconfirmed", True)
    assert "they may be the same person (probably: same date of birth" in maybe.reason
    assert (sure.rule, sure.may_be) == ("DU7", False)
    assert "may be" not in sure.reason


def test_two_young_people_who_may_be_one_are_told_as_that_and_no_more(register: Register, home: Home) -> None:
    with cases(register) as (writing, _):
        twin_form = a_person(writing, "Ada", "Ashdwon", BORN)
        a_case(writing, twin_form, 3)
        assert len(matching.propose(writing, twin_form)) == 1
    [link] = links(register)
    assert (link.rule, link.sure, link.may_be, link.cases) == ("DU2", "unconfirmed", True, ("MASE-2026-0001", "MASE-2026-0003"))
    assert [tie.how for tie in the_network(register, home).ties] == ["may be the same person as"]
    with register.writing("test") as writing:
        identity.different(writing, person(writing, 1), person(writing, 3), "tester", "cousins")
    assert links(register) == []
    assert the_network(register, home).ties == ()


def test_a_shared_first_name_alone_links_nothing(register: Register, home: Home) -> None:
    with cases(register) as (writing, both):
        for case in both:
            friend = a_person(writing, None, None, None, known_as=["Kai"])
            a_link(writing, case, friend, "associate")
            assert matching.propose(writing, friend) == []
    assert links(register) == []
    assert [node.kind for node in the_network(register, home).nodes] == ["case", "case"]


def test_closed_cases_and_what_is_no_longer_said_link_nothing(register: Register) -> None:
    with cases(register, 3) as (writing, [one, other, third]):
        school = a_context(writing, "school", "Marshgate Academy")
        a_link(writing, one, school, "attends")
        a_link(writing, other, school, "attends", ended_on=TODAY)
        a_link(writing, third, school, "attends")
        writing.change(third, closed_on=TODAY, outcome="other")
    assert links(register) == []
    assert [link.cases for link in links(register, include_closed=True)] == [("MASE-2026-0001", "MASE-2026-0003")]
    assert len(links(register, TODAY - timedelta(days=1))) == 3


def test_a_case_that_went_on_in_another_speaks_for_that(register: Register) -> None:
    with cases(register) as (writing, [one, other]):
        double = a_case(writing, a_person(writing, "Bela", "Birhc", BORN + timedelta(days=400)), 3)
        school = a_context(writing, "school", "Marshgate Academy")
        for case in (one, double):
            a_link(writing, case, school, "attends")
        people = [
            writing.session.get_one(type(double_of), (writing.borough, n)) for double_of in [a_person(writing, "X", "Y")] for n in (2, 3)
        ]
        identity.same(writing, *people, "tester", "one child")
        assert double.merged_into == other.id
    assert [link.cases for link in links(register)] == [("MASE-2026-0001", "MASE-2026-0002")]


@pytest.mark.parametrize("because", ["address_sensitive", "do_not_disclose"])
def test_a_home_in_common_is_told_and_an_address_that_must_not_be_told_is_not(register: Register, home: Home, because: str) -> None:
    with register.writing("test") as writing:
        people = [a_person(writing, "Ada", "Ashdown", **{because: True}), a_person(writing, "Bela", "Birch", date(2008, 2, 2))]
        address, school = a_context(writing, "household", "1 Sample Road"), a_context(writing, "school", "Marshgate Academy")
        for number, child in enumerate(people, 1):
            case = a_case(writing, child, number)
            a_link(writing, case, address, "lives_at")
            a_link(writing, case, school, "attends")
    lived, learnt = links(register)
    assert (lived.kind, lived.rule, lived.restricted, learnt.kind, learnt.restricted) == ("household", "DU7", True, "school", True)
    assert "Sample Road" not in f"{links(register)}{the_network(register, home)}"


def test_a_place_referred_in_its_own_right_is_linked_with_the_cases_that_name_it(register: Register) -> None:
    with cases(register, 1) as (writing, [one]):
        place = a_context(writing, "place", "The Sampler")
        a_case(writing, place, 2)
        a_link(writing, one, place, "seen_at", "likely")
    [link] = links(register)
    assert link.reason == "MASE-2026-0001 is seen at The Sampler; MASE-2026-0002 is about The Sampler"


@pytest.mark.parametrize("many", [10, 200])
def test_two_hundred_cases_are_read_in_as_few_statements_as_ten(register: Register, home: Home, many: int) -> None:
    with register.writing("test") as writing:
        schools = [a_context(writing, "school", f"Sample School {n}") for n in range(20)]
        for number in range(1, many + 1):
            case = a_case(writing, a_person(writing, f"Child{number}", f"Family{number}"), number, opened_on=TODAY)
            for n in range(10):
                a_link(writing, case, schools[(number + n) % 20], "attends")
    statements: list[str] = []
    event.listen(register.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    assert len(the_network(register, home).cases) == many
    assert links(register)
    assert len(statements) < 30
