"""Who must not be named in a file that is about some young people: found whatever the capitals, accents and order, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from mase_docs.errors import DisclosureError
from mase_docs.model.passage import Passage
from mase_docs.register.meetings.outsiders import Outsiders, outsiders
from mase_docs.register.persons import identity
from mase_docs.register.records import Case, Person
from mase_docs.register.writing import Writing
from tests.register.people import a_case, a_context, a_form, a_link, a_person
from tests.register.stores import a_register


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Writing]:
    """A register with two young people: the file is about the first."""
    with a_register("sqlite", tmp_path) as register, register.writing("test") as made:
        a_case(made, a_person(made, "Zoë Ann", "Łukasz", known_as=["Zed"]), 1)
        other = a_person(made, "Testa Marie", "van der Sample-O'Hara", known_as=["Smokey", "Tee", "Big Mouse", "older man with a van"])
        a_form(made, a_case(made, other, 2))
        yield made


def of_first(writing: Writing) -> Outsiders:
    writing.session.flush()
    return outsiders(writing.session, [1])


def refused(writing: Writing, text: str, kind: Literal["typed", "worker", "place"] = "typed") -> bool:
    try:
        of_first(writing).must_not_be_in([Passage("somewhere", text, kind)])
    except DisclosureError:
        return True
    return False


@pytest.mark.parametrize(
    "text",
    [
        "Testa Sample", "TESTA SAMPLE", "Sample, Testa", "Marie Sample", "Testa Marie van der Sample-O'Hara", "Testa O’Hara's mother",
        "testa m. sample", "Testa\nSample", "Sam\u00adple Testa", "Tésta Sample", "seen with Smokey.", "SMOKEY’s flat", "Mouse",
        "an older man with a van",
        "see MASE-2026-0002", "mase-2026-0002 / TS / 16F",
    ],
)  # fmt: skip
def test_somebody_else_is_found(text: str, writing: Writing) -> None:
    assert refused(writing, text)


@pytest.mark.parametrize(
    "text",
    [
        "Zoë Ann Łukasz", "zoe lukasz", "Zed", "MASE-2026-0001", "Tee", "the man with the van", "smoke alarm", "a sample", "Ann Sample",
        "testament samples", "", "Big", "MASE-2026-00020",
    ],
)  # fmt: skip
def test_nobody_is_found_where_nobody_is_named(text: str, writing: Writing) -> None:
    assert not refused(writing, text)


def test_whom_the_file_is_about_may_be_called_as_somebody_else_is(writing: Writing) -> None:
    a_person(writing, "Ann", "Łukasz", None)
    a_person(writing, None, None, None, known_as=["Łukasz"])
    assert not refused(writing, "Zoë Ann Łukasz was seen, and Ann Łukasz was well")


def test_the_family_may_be_named_and_a_suspect_never(writing: Writing) -> None:
    case = writing.session.get_one(Case, (writing.borough, 1))
    mother, friend, uncle = (a_person(writing, name, "Relative", None) for name in ("Mira", "Fred", "Igor"))
    a_link(writing, case, mother, "parent_carer")
    a_link(writing, case, friend, "associate")
    a_link(writing, case, uncle, "family")
    a_link(writing, case, uncle, "suspected_exploiter_adult")
    assert [refused(writing, f"{name} Relative") for name in ("Mira", "Fred", "Igor")] == [False, True, True]


def test_a_brother_who_has_a_case_of_his_own_is_somebody_else(writing: Writing) -> None:
    brother = a_person(writing, "Bruno", "Łukasz", None)
    a_link(writing, writing.session.get_one(Case, (writing.borough, 1)), brother, "household")
    assert not refused(writing, "Bruno Łukasz")
    a_case(writing, brother, 3)
    assert refused(writing, "Bruno Łukasz")


def test_whoever_was_confirmed_to_be_the_young_person_is_no_other(writing: Writing) -> None:
    same = a_person(writing, "Zoe", "Otherwise", None)
    assert refused(writing, "Zoe Otherwise")
    writing.session.flush()
    identity.same(writing, writing.session.get_one(Person, (writing.borough, 1)), same, "tester", "said so")
    assert not refused(writing, "Zoe Otherwise")


def test_the_worker_whose_name_stands_alone_is_that_worker(writing: Writing) -> None:
    assert not refused(writing, "Testa Sample", "worker")
    assert refused(writing, "Testa Sample's mother", "worker")
    assert not refused(writing, "Smokey Invented", "worker")


def test_a_place_is_searched_for_whole_names(writing: Writing) -> None:
    assert refused(writing, "Testa Sample", "place")
    assert not refused(writing, "Smokey Joe's café", "place")


def test_a_word_that_places_are_called_by_is_nobodys_nickname(writing: Writing) -> None:
    a_context(writing, "school", "Marshgate Academy")
    a_person(writing, None, None, None, known_as=["Marshgate Boys"])
    assert not refused(writing, "Go to Marshgate")
    assert refused(writing, "Look for the Marshgate Boys")


def test_homes_of_others_are_found_and_those_of_ones_own(writing: Writing) -> None:
    a_person(writing, "Olga", "Away", None, home_address="Flat 3, 12 Invented Lane", home_postcode="E8 1EA")
    hidden = a_case(writing, a_person(writing, "Hidden", "Child", None, home_address="7 Secret Road, London", do_not_disclose=True), 3)
    known = a_case(writing, a_person(writing, "Open", "Child", None, home_address="9 Open Road", home_postcode="E8 1EB"), 4)
    writing.session.flush()
    found = outsiders(writing.session, [1, hidden.id, known.id])
    texts = ("at e81ea", "12, invented lane", "Flat 3", "7 Secret Road", "17 Secret Road", "9 Open Road", "E8 1EB")
    assert [text for text in texts if found.are_named_in(text)] == ["at e81ea", "12, invented lane", "7 Secret Road"]


def test_a_first_name_alone_is_pointed_out_where_it_has_a_capital(writing: Writing) -> None:
    found = of_first(writing)
    typed = {"a": "Ask Testa.", "b": "a testa of it", "c": "Ask Zoë.", "d": "Ask Marie."}
    assert found.must_not_be_in([Passage(place, words) for place, words in typed.items()]) == ["a"]


def test_what_is_said_names_the_places_and_nobody(writing: Writing) -> None:
    found = of_first(writing)
    passages = [Passage("action A-2026-0001", "Testa Sample"), Passage("fine", "fine"), Passage("the reasons of MASE-2026-0001", "Smokey")]
    with pytest.raises(DisclosureError) as refusal:
        found.must_not_be_in(passages)
    assert refusal.value.message == (
        "Somebody is named who must not be in it, in action A-2026-0001 and the reasons of MASE-2026-0001. Nothing was written."
    )
    assert refusal.value.exit_code == 3


def test_the_finished_file_is_searched_too(writing: Writing) -> None:
    found = of_first(writing)
    with pytest.raises(DisclosureError, match="a heading or a name that is printed"):
        found.must_not_be_in([], ["Case of", "Testa Sample"])
    assert found.must_not_be_in([Passage("the chair", "Testa Sample", "worker")], ["Chair: Testa Sample"]) == []


def test_in_an_empty_register_nobody_is_anybody_else(tmp_path: Path) -> None:
    with a_register("sqlite", tmp_path) as register, register.reading() as session:
        assert outsiders(session, []).must_not_be_in([Passage("x", "Testa Sample, E8 1EA, MASE-2026-0001")], ["y"]) == []
