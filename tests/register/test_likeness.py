"""Comparing people: who is proposed as the same, how strongly, and in which words. All of them are invented."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest

from benchmarks.people import MISTAKES, mistaken, people, twins_of
from mase_docs.register.persons import names
from mase_docs.register.persons.likeness import POSSIBLY, PROBABLY, Described, Likeness, band_of, keys, likeness, ranked
from tests.conftest import ROOT

BORN = date(2011, 3, 4)
TESTA = Described("Sample", "Testa", dob=BORN, postcode="E8 1EA")
TWINS = ["Jayden Kayden", "Ella Bella", "Ryan Bryan", "Hassan Hussein", "Hasan Hassana", "Taiwo Kehinde", "Alexander Alexandra", "Mia Maya"]
TWINS += ["Amina Amira", "Aaron Erin", "Emily Amelia", "Louis Louise", "Ali Ala", "Harpreet Jaspreet", "Nikola Nikolas", "Zofia Zuzanna"]
TWIN_PAIRS = [tuple(pair.split()) for pair in TWINS] + [
    ("Mohammed Ali", "Mohammed Hassan"),
    ("Maria José", "Maria Inês"),
    ("Harpreet Kaur", "Simran Kaur"),
    ("Aisha Noor", "Zara Noor"),
    ("Mohammed Ali", "Ali Hassan"),
]
"""Given names that two children of one birth have or could have."""


def of(given_names: str = "Testa", family_name: str = "Sample", **more: Any) -> Likeness:
    """How like Testa Sample somebody is who differs from her in what is said."""
    return likeness(TESTA, replace(TESTA, given_names=given_names, family_name=family_name, **more))


def named(one: str, other: str) -> Likeness:
    """How like two are who were born on one day and whose names are these, the family name last."""
    first, second = (Described(*reversed(name.rsplit(" ", 1)), dob=BORN) for name in (one, other))
    return likeness(first, second)


# Bands


@pytest.mark.parametrize(("score", "band"), [(1.0, "probably"), (0.9, "probably"), (0.899, "possibly"), (0.78, "possibly"), (0.779, "")])
def test_a_score_has_its_band(score: float, band: str) -> None:
    assert band_of(score) == band


def test_the_same_answers_are_probably_the_same_person_and_never_certainly() -> None:
    assert of() == Likeness(1.0, "probably", ("same date of birth", "family name the same", "given name the same", "same postcode"))


def test_another_person_is_not_shown() -> None:
    assert of("Chidi", "Okafor", dob=date(2009, 12, 30), postcode="").band == ""


def test_nothing_known_is_nobody() -> None:
    nobody = Described("", "")
    assert likeness(nobody, nobody).band == likeness(nobody, TESTA).band == ""
    assert keys(nobody) == set()


@pytest.mark.parametrize("one", [TESTA, replace(TESTA, dob=None)])
def test_without_a_date_of_birth_nothing_is_more_than_possible(one: Described) -> None:
    found = likeness(one, replace(TESTA, dob=None))
    assert found.band == "possibly"
    assert found.against == ("the date of birth is not known of both",)


def test_without_a_date_of_birth_names_half_alike_are_not_shown() -> None:
    assert of("Invented", dob=None).band == ""


# Numbers (DU1)


@pytest.mark.parametrize(
    ("number", "as_kept", "as_sent", "reason"),
    [
        ("nhs_number", "9990000018", "999 000 0018", "same NHS number"),
        ("upn", "A20443211601A", "a204 4321 1601a", "same unique pupil number"),
        ("social_care_id", "LCS-10422", "lcs 10422", "same social-care number"),
    ],
)
def test_the_same_number_is_certainly_the_same_person(number: str, as_kept: str, as_sent: str, reason: str) -> None:
    kept = replace(TESTA, **{number: as_kept})
    found = likeness(kept, replace(TESTA, family_name="Newname", postcode="", **{number: as_sent}))
    assert (found.band, found.score) == ("certain", 1.0)
    assert reason in found.reasons
    assert found.against == ("the family names differ",)
    assert keys(kept) & keys(Described("", "", **{number: as_sent}))


@pytest.mark.parametrize(
    ("differs", "against"),
    [
        ({"given_names": "Invented"}, "the given names differ"),
        ({"given_names": "Tessa"}, "the given names differ a little, as those of brothers, sisters and twins may"),
        ({"dob": date(2009, 12, 30)}, "the dates of birth differ"),
        ({"upn": "B204432116001", "nhs_number": "9990000026"}, "the NHS numbers differ"),
        ({"family_name": "Other", "dob": date(2011, 3, 5)}, "the family names differ"),
    ],
)
def test_the_same_number_that_the_rest_contradicts_is_possible_and_says_so(differs: dict[str, Any], against: str) -> None:
    kept = replace(TESTA, upn="B204432116001", nhs_number="9990000018")
    found = likeness(kept, replace(kept, **differs))
    assert found.band == "possibly"
    assert against in found.against


def test_two_nhs_numbers_speak_strongly_against() -> None:
    one, other = replace(TESTA, nhs_number="9990000018"), replace(TESTA, nhs_number="9990000026")
    assert likeness(one, other).band != "probably"
    assert "the NHS numbers differ" in likeness(one, other).against
    assert likeness(one, other).score < likeness(one, TESTA).score - 0.1


def test_two_pupil_numbers_are_only_remarked_on_because_a_temporary_one_is_replaced() -> None:
    found = likeness(replace(TESTA, upn="A20443211601A"), replace(TESTA, upn="B204432116001"))
    assert (found.band, found.against) == ("probably", ("the unique pupil numbers differ",))


@pytest.mark.parametrize("filler", ["0000000000", "9999999999", "not known", "n/a", "12345"])
def test_what_is_no_number_tells_nothing(filler: str) -> None:
    one = replace(TESTA, nhs_number=filler, upn=filler)
    other = Described("Okafor", "Chidi", dob=date(2009, 12, 30), nhs_number=filler, upn=filler)
    assert likeness(one, other).band == ""
    assert not keys(one) & keys(other)


# Dates of birth


@pytest.mark.parametrize(
    ("born", "band", "reason"),
    [
        (date(2011, 4, 3), "probably", "same date of birth with day and month exchanged"),
        (date(2011, 3, 5), "possibly", "date of birth one digit different"),
        (date(2011, 3, 14), "possibly", "date of birth one digit different"),
    ],
)
def test_a_slip_in_the_date_of_birth_is_said(born: date, band: str, reason: str) -> None:
    found = of(dob=born, postcode="")
    assert (found.band, found.reasons[0]) == (band, reason)


def test_two_digits_of_a_date_exchanged_are_said() -> None:
    found = likeness(replace(TESTA, dob=date(2011, 3, 21)), replace(TESTA, dob=date(2011, 3, 12)))
    assert found.reasons[0] == "date of birth the same with two digits exchanged"


def test_a_date_of_birth_that_is_another_speaks_against() -> None:
    found = of(dob=date(2013, 11, 28), postcode="")
    assert found.band == ""
    assert found.against == ("the dates of birth differ",)


@pytest.mark.parametrize("status", ["estimated", "age_disputed"])
def test_a_date_that_is_not_certain_weighs_less(status: str) -> None:
    later = date(2012, 9, 15)
    unsure, sure = of(dob=later, dob_status=status), of(dob=later, dob_status="verified")
    assert unsure.band == "possibly"
    assert unsure.score > sure.score
    assert "dates of birth not far apart, and one of them estimated or disputed" in unsure.reasons
    assert "the dates of birth differ" in unsure.against


def test_the_first_of_january_is_remarked_on() -> None:
    found = likeness(*[replace(TESTA, dob=date(2011, 1, 1))] * 2)
    assert found.against == ("the date of birth is 1 January, which is often written where the day is not known",)


# Names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë Şahin", "ZOE SAHIN"),
        ("Łukasz Wiśniewski", "Lukasz Wisniewski"),
        ("Ayşe Yıldız", "Ayse Yildiz"),
        ("Søren Đặng", "Soren Dang"),
        ("Testa O’Brien", "Testa O'BRIEN"),
        ("Testa OBrien", "Testa O'Brien"),
        ("Testa McSample", "Testa MacSample"),
        ("Anne-Marie Sample", "Annemarie Sample"),
        ("Testa Osei-Bonsu", "Testa OseiBonsu"),
        ("Miss Testa Sample", "Testa Sample"),
    ],
)
def test_accents_signs_and_joins_make_no_difference(one: str, other: str) -> None:
    found = named(one, other)
    assert (found.score, found.against) == (named(one, one).score, ())


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Testa Sample", "Testa Samqle", "family name one letter different"),
        ("Testa Sample", "Testa Smaple", "family name the same with two letters exchanged"),
        ("Testa Sampleford", "Testa Sanpleforb", "family name two letters different"),
        ("Testa Okonkwo-Sample", "Testa Okonkwo", "family name partly the same: there is more of it on one side"),
        ("Testa al-Hassan", "Testa Hassan", "family name the same but for a small word before it"),
        ("Testa Kowalska", "Testa Kowalski", "family name one letter different"),
        ("Tesat Sample", "Testa Sample", "given name the same with two letters exchanged"),
        ("Bob Sample", "Robert Sample", "given name is a short form of the other"),
        ("Mo Sample", "Muhammad Sample", "given name is a short form of the other"),
        ("Gosia Sample", "Małgorzata Sample", "given name is a short form of the other"),
        ("Tobi Sample", "Oluwatobiloba Sample", "given name is a short form of the other"),
        ("Mehmet Sample", "Muhammed Sample", "given name spelt in another way"),
        ("Fadumo Sample", "Fatima Sample", "given name spelt in another way"),
        ("Abdul Rahman Sample", "Abdurrahman Sample", "given name spelt in another way"),
        ("Testa Maria Sample", "Maria Sample", "given name partly the same: there is more of it on one side"),
        ("Mohammed Yusuf Sample", "Yusuf Sample", "given name partly the same: there is more of it on one side"),
        ("Testa Sample", "Sample Testa", "given and family name exchanged"),
        ("Testa Sampel", "Sample Testa", "given and family name exchanged"),
    ],
)
def test_each_likeness_of_names_has_its_reason_and_is_probable(one: str, other: str, reason: str) -> None:
    for found in (named(one, other), named(other, one)):
        assert found.band == "probably"
        assert reason in found.reasons


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Testa Sample", "Tessa Sample", "given name one letter different"),
        ("Kate Sample", "Katie Sample", "given name is another short form of the same name"),
        ("T Sample", "Testa Sample", "given name only an initial on one side, and the same"),
        ("Chid Sample", "Chidera Sample", "given name is the beginning of the other"),
        ("Hassan Sample", "Hussein Sample", "given name the same but for vowels"),
    ],
)
def test_given_names_that_are_only_like_are_possible_because_of_twins(one: str, other: str, reason: str) -> None:
    found = named(one, other)
    assert found.band == "possibly"
    assert reason in found.reasons
    assert found.against == ("the given names differ a little, as those of brothers, sisters and twins may",)


def test_a_further_given_name_on_one_side_makes_no_difference() -> None:
    assert named("Testa Maria Sample", "Testa Sample").score == named("Testa Sample", "Testa Sample").score


def test_a_little_of_everything_is_too_much_to_be_probable() -> None:
    found = likeness(TESTA, Described("Samplo", "Maria Testa", dob=date(2011, 4, 3)))
    assert found.band == "possibly"
    assert found.against == ("the date of birth and both names differ a little",)


def test_a_new_family_name_is_possible() -> None:
    found = of(family_name="Newname", postcode="")
    assert (found.band, found.against) == ("possibly", ("the family names differ",))


def test_another_name_one_is_known_by_is_compared() -> None:
    known = replace(TESTA, known_as=("Baz", "Testa Formerly"))
    for other in (replace(TESTA, given_names="Baz"), replace(TESTA, family_name="Formerly")):
        found = likeness(known, other)
        assert found.band == "probably"
        assert "one is known by another name that the other has" in found.reasons
        assert keys(known) & keys(replace(other, dob=None, postcode=""))


def test_a_whole_name_in_one_place_is_taken_apart() -> None:
    assert likeness(TESTA, replace(TESTA, family_name="", given_names="Testa Sample")).score == 1.0


def test_a_name_that_is_not_known_is_not_said_to_differ() -> None:
    assert of(given_names="").against == ("the given names are not known of both",)


# Brothers, sisters and twins


@pytest.mark.parametrize(("one", "other"), TWIN_PAIRS)
@pytest.mark.parametrize("misspelt", ["Sample", "Sampel", "Sample-Other"])
def test_twins_are_never_probably_the_same(one: str, other: str, misspelt: str) -> None:
    first = replace(TESTA, given_names=one)
    found = likeness(first, replace(first, given_names=other, family_name=misspelt))
    assert found.band in (("possibly",) if misspelt == "Sample" else ("possibly", ""))
    assert any(words.startswith("the given names differ") for words in found.against)


def test_two_spellings_of_one_name_are_one_child_with_a_word_about_twins() -> None:
    first = replace(TESTA, given_names="Aisha")
    found = likeness(first, replace(first, given_names="Ayesha"))
    assert found.band == "probably"
    assert found.against == ("the given names are spelt in two ways: twins seldom share a name, but ask if there are any",)


@pytest.mark.parametrize(("one", "other"), TWIN_PAIRS)
@pytest.mark.parametrize("born", [date(2013, 3, 4), date(2012, 10, 20), date(2011, 12, 4)])
def test_brothers_and_sisters_are_never_probably_the_same(one: str, other: str, born: date) -> None:
    first = replace(TESTA, given_names=one)
    assert likeness(first, replace(first, given_names=other, dob=born)).band in ("possibly", "")


def test_brothers_and_sisters_with_names_unlike_are_not_shown() -> None:
    assert of("Invented", dob=date(2013, 10, 20)).band == ""


# What holds for everybody


@pytest.fixture(scope="module")
def known() -> list[Described]:
    return people(2000, seed=7)


@pytest.fixture(scope="module")
def register(known: list[Described]) -> dict[str, list[int]]:
    """Key → places of those who have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(known):
        for key in keys(person):
            found[key].append(place)
    return found


def offered(person: Described, known: list[Described], register: dict[str, list[int]]) -> list[tuple[int, Likeness]]:
    places = sorted({place for key in keys(person) for place in register.get(key, [])})
    return ranked(person, ((place, known[place]) for place in places))


@pytest.mark.parametrize("kind", [kind for kind in MISTAKES if kind not in ("no DOB", "new family name")])
def test_the_right_one_is_offered_first_whatever_was_mistaken(kind: str, known: list[Described], register: dict[str, list[int]]) -> None:
    found = [(right, offered(typed, known, register)) for right, typed in mistaken(known, MISTAKES[kind], 100, seed=7)]
    assert sum(bool(who) and who[0][0] == right for right, who in found) >= 97


@pytest.mark.parametrize("kind", ["no DOB", "new family name"])
def test_the_right_one_is_among_the_first_five_where_much_is_missing(
    kind: str, known: list[Described], register: dict[str, list[int]]
) -> None:
    found = [(right, offered(typed, known, register)) for right, typed in mistaken(known, MISTAKES[kind], 100, seed=7)]
    assert sum(right in [place for place, _ in who[:5]] for right, who in found) >= 95


def test_people_who_are_not_there_are_hardly_ever_probable(known: list[Described], register: dict[str, list[int]]) -> None:
    absent = [offered(person, known, register) for person in people(400, seed=1007)]
    assert sum(bool(who) and who[0][1].band == "probably" for who in absent) <= 1


def test_twins_of_people_who_are_there_are_never_probable(known: list[Described], register: dict[str, list[int]]) -> None:
    found = [offered(twin, known, register) for twin in twins_of(known, 300, seed=7)]
    assert [who[0][1] for who in found if who and who[0][1].band == "probably"] == []


def test_no_key_brings_back_half_the_register(known: list[Described], register: dict[str, list[int]]) -> None:
    assert max(map(len, register.values())) < len(known) / 100
    assert max(len(keys(person)) for person in known) <= 60
    assert max(map(len, register)) <= 30


def pairs(known: list[Described]) -> Iterator[tuple[Described, Described]]:
    """Some who have nothing to do with each other, and some who have."""
    yield from pairwise(known[:1000])
    yield from ((known[right], typed) for mistake in MISTAKES.values() for right, typed in mistaken(known, mistake, 20, seed=8))


def test_two_people_are_as_like_whichever_is_asked_about(known: list[Described]) -> None:
    for one, other in pairs(known):
        assert likeness(one, other) == likeness(other, one)


def test_a_band_is_that_of_its_score_and_what_speaks_against_keeps_it_down(known: list[Described]) -> None:
    for one, other in pairs(known):
        found = likeness(one, other)
        assert 0 <= found.score <= 1
        assert found.band == band_of(found.score)
        if any("differ" in words or "not known of both" in words for words in found.against):
            assert found.band != "probably"


def test_no_reason_repeats_an_answer(known: list[Described]) -> None:
    for one, other in pairs(known):
        found = likeness(one, other)
        said = " ".join(found.reasons + found.against).casefold()
        answers = {str(answer).casefold() for answer in astuple(one) + astuple(other) if answer}
        assert [answer for answer in answers if answer in said] == []


def test_the_likest_come_first_and_equals_stay_in_their_order() -> None:
    certain = replace(TESTA, nhs_number="9990000018")
    candidates = [("typo", replace(TESTA, family_name="Samqle")), ("twin a", TESTA), ("twin b", TESTA), ("same number", certain)]
    candidates.append(("stranger", Described("Okafor", "Chidi", dob=date(2009, 12, 30))))
    assert [who for who, _ in ranked(certain, candidates)] == ["same number", "twin a", "twin b", "typo"]


def test_the_postcode_tells_namesakes_of_one_day_apart() -> None:
    elsewhere = replace(TESTA, postcode="N1 1AA")
    assert [who for who, _ in ranked(TESTA, [("elsewhere", elsewhere), ("here", TESTA)])] == ["here", "elsewhere"]


def test_a_postcode_for_no_fixed_abode_is_nobodys_home() -> None:
    one = replace(TESTA, postcode="ZZ99 3VZ")
    assert "same postcode" not in likeness(one, one).reasons


# The table of short forms


def test_every_word_of_the_table_of_names_is_in_plain_letters_and_has_one_usual_spelling() -> None:
    table = tomllib.loads((ROOT / "mase_docs" / "register" / "persons" / "short_forms.toml").read_text(encoding="utf-8"))
    groups = [group.split() for group in table["spellings"]["groups"]]
    spelt = [word for group in groups for word in group]
    assert sorted(spelt) == sorted(set(spelt))
    words = [*spelt, *table["short_forms"], *(short for shorts in table["short_forms"].values() for short in shorts.split())]
    assert [word for word in words if names.words_of(word) != (word,)] == []


def test_full_names_that_share_a_short_form_are_not_the_same_name() -> None:
    for one, other in product(["alexander", "samuel", "christopher"], ["alexandra", "samantha", "christina"]):
        assert names.alike(one, other) not in (names.SPELT, names.SHORT)


def test_the_bands_are_in_their_order() -> None:
    assert 0 < POSSIBLY < PROBABLY < 1


def test_an_initial_and_a_family_name_without_a_date_of_birth_are_nobody() -> None:
    parent = Described("Sample", "A.")
    assert likeness(parent, parent).band == ""
    assert likeness(parent, Described("Sample", "Anna")).band == ""
    assert likeness(Described("Sample", "A.", dob=date(2010, 3, 4)), Described("Sample", "Anna", dob=date(2010, 3, 4))).band == "possibly"
