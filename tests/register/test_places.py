"""Schools and places: confirmed by the coordinator, proposed as one by likeness, joined and undone by a person."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.errors import RegisterError
from mase_docs.register.links import contexts as forms_contexts
from mase_docs.register.links import places
from mase_docs.register.links.place_names import LIKE, likeness
from mase_docs.register.records import Context
from mase_docs.register.register import Register
from mase_docs.register.verify import verify
from tests.register.conftest import PARAMS
from tests.register.people import a_case, a_context, a_link, a_person, everything


@pytest.fixture
def kind() -> str:
    """SQLite, where a test does not ask for every store."""
    return "sqlite"


def context(session: Session, number: int) -> Context:
    return places.context_of(session, number)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marshgate Acad.", "Marshgate Academy"),
        ("Mc Donalds", "McDonald's"),
        ("Marshgate", "The Marshgate Academy"),
        ("St Invented's RC School", "Saint Invented's School"),
        ("Mashgate Academy", "Marshgate Academy"),
    ],
)
def test_two_ways_of_writing_a_name_are_alike(one: str, other: str) -> None:
    assert likeness(one, other).score >= LIKE
    assert likeness(one, other).why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marshgate Academy", "Sampleford Academy"),
        ("The Academy", "The School"),
        ("Bus 25", "Bus 55"),
        ("Sample Park", "Sample Square"),
        ("Sampleford Girls School", "Sampleford Boys School"),
        ("Sampleford Primary", "Sampleford Secondary School"),
        ("McDonald's Sample Street", "McDonald's Example Road"),
    ],
)
def test_two_names_that_share_only_common_words_are_not_alike(one: str, other: str) -> None:
    assert likeness(one, other).score < LIKE


def test_like_names_are_proposed_with_reasons_and_never_joined(register: Register) -> None:
    with register.writing("test") as writing:
        a_context(writing, "school", "Marshgate Academy", postcode="E9 5AA")
        a_context(writing, "school", "Marshgate Acad.", postcode="E9 5AB")
        a_context(writing, "place", "Marshgate Academy")
    before = everything(register)
    with register.reading() as session:
        [found] = places.likely_same(session)
        assert (found.one.id, found.other.id, found.reasons, found.against) == (1, 2, ("the same words",), ("the postcodes differ",))
    assert everything(register) == before


def test_one_postcode_and_part_of_a_name_are_proposed(register: Register) -> None:
    with register.writing("test") as writing:
        a_context(writing, "place", "McDonald's", postcode="E8 1AA")
        a_context(writing, "place", "Mc Donalds Sample Street", address="1 Sample Street E8 1AA")
        a_context(writing, "place", "McDonald's Example Street")
        assert [(p.one.id, p.other.id, p.reasons[-1]) for p in places.likely_same(writing.session)] == [(1, 2, "same postcode")]


def test_what_is_known_to_be_two_is_not_proposed(register: Register) -> None:
    with register.writing("test") as writing:
        a_context(writing, "school", "Marshgate Academy", urn="100001")
        a_context(writing, "school", "Marshgate Academy", urn="100002")
        a_context(writing, "place", "The Sampler", postcode="E8 1AA")
        a_context(writing, "place", "Sampler", postcode="E9 1AA")
        a_context(writing, "peer_group", "Sampleford lads", confirmed=True)
        a_context(writing, "peer_group", "Sampleford crew", confirmed=True)
        assert places.likely_same(writing.session) == []


def test_one_number_of_a_school_is_one_school_whatever_it_is_called(register: Register) -> None:
    with register.writing("test") as writing:
        a_context(writing, "school", "Marshgate Academy", urn="100001")
        a_context(writing, "school", "Sampleford High", urn="100001")
        [found] = places.likely_same(writing.session)
        assert (found.score, found.reasons, found.against) == (1.0, ("same number of the school",), ("the names differ",))


def test_a_confirmed_name_replaces_the_one_written_which_still_finds_it(register: Register) -> None:
    with register.writing("test") as writing:
        school = a_context(writing, "school", "Marshgate Acad.")
        assert places.confirm(writing, school, name="Marshgate Academy", urn="100001")
        assert (school.name, school.urn, school.confirmed) == ("Marshgate Academy", "100001", True)
        found = [forms_contexts.named(writing, "school", {"name": name})[0][0] for name in ("marshgate academy", "Marshgate Acad")]
        assert found == [school, school]
        [view] = places.contexts(writing.session)
        assert "Marshgate Acad." in view.names


def test_a_name_is_added_once(register: Register) -> None:
    with register.writing("test") as writing:
        place = a_context(writing, "place", "Sample Park")
        assert places.add_name(writing, place, "the rec")
        assert places.add_name(writing, place, "The Rec") is None
        places.same(writing, place, a_context(writing, "place", "Sampler Park"))
        assert places.add_name(writing, place, "Sampler Park") is None


def test_the_list_tells_what_waits_to_be_confirmed_and_how_many_open_cases_name_it(register: Register) -> None:
    with register.writing("test") as writing:
        school, other = a_context(writing, "school", "Marshgate Academy", confirmed=True), a_context(writing, "school", "Marshgate Acad.")
        a_context(writing, "phone", "07700 900123")
        for number, closed in ((1, None), (2, None), (3, writing.today)):
            case = a_case(writing, a_person(writing, "Testa", f"Sample{number}"), number, closed_on=closed)
            a_link(writing, case, other, "attends")
        assert [view.context.id for view in places.contexts(writing.session, unconfirmed_only=True)] == [other.id]
        places.same(writing, school, other)
        [view] = places.contexts(writing.session, "school")
        assert (view.context, view.also, view.cases) == (school, (2,), 2)


@pytest.mark.parametrize("kind", PARAMS)
def test_joined_places_are_undone_without_a_trace(register: Register) -> None:
    with register.writing("test") as writing:
        for name in ("Sampler", "The Sampler", "Sampler Cafe", "Sampler Chicken"):
            a_context(writing, "place", name)
        places.same(writing, context(writing.session, 2), context(writing.session, 3))
        places.same(writing, context(writing.session, 1), context(writing.session, 4))
    before = everything(register)
    with register.writing("same") as writing:
        assert places.same(writing, context(writing.session, 3), context(writing.session, 4)).id == 1
        assert list(writing.session.scalars(select(Context.same_as).order_by(Context.id))) == [None, 1, 1, 1]
    with register.writing("undo") as writing:
        places.undo_same(writing, context(writing.session, 2))
    assert everything(register) == before
    with register.reading() as session:
        assert verify(session, register.borough, register.seals) == []


def test_a_confirmed_place_stands_for_one_that_is_not(register: Register) -> None:
    with register.writing("test") as writing:
        written, right = a_context(writing, "place", "Sampler"), a_context(writing, "place", "The Sampler", confirmed=True)
        assert places.same(writing, written, right) is right


def test_what_cannot_be_one_is_refused(register: Register) -> None:
    with register.writing("test") as writing:
        school, place = a_context(writing, "school", "Sampler"), a_context(writing, "place", "Sampler")
        with pytest.raises(RegisterError, match="not of one kind"):
            places.same(writing, school, place)
        with pytest.raises(RegisterError, match="one already"):
            places.same(writing, school, school)
        with pytest.raises(RegisterError, match="was not said"):
            places.undo_same(writing, school)
        with pytest.raises(RegisterError, match="no school or place 9"):
            places.context_of(writing.session, 9)
