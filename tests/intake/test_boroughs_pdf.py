"""Eastwick's own PDF form, whose fields are called Text1 and Check Box2, read through its definition alone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.intake.arriving import read_path
from mase_docs.intake.as_json import as_json

BOROUGHS = Path(__file__).parents[2] / "examples/boroughs"
FORM = BOROUGHS / "eastwick_referral.pdf"
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def home() -> Home:
    return Home(BOROUGHS)


@pytest.fixture(scope="module")
def read(home: Home) -> dict[str, object]:
    return as_json(read_path(FORM, home, TODAY), home)


WANTED = {
    "referrer_name": "P. Castellano",
    "referrer_agency": "homerton_ae",
    "referrer_role": "safeguarding nurse",
    "referrer_email": "p.castellano@hospital.example",
    "referral_date": "2026-11-02",
    "given_names": "Daniyar",
    "family_name": "Sélassié-Whyte",
    "dob": "2008-02-29",
    "nhs_number": "9990000018",
    "home_postcode": "N16 8QT",
    "ethnicity": "OOTH",
    "concern_types": ["hsb", "gangs_syv"],
    "subject_role": ["harming_or_suspected"],
    "known_to_social_care": "yes",
    "hsb_level": "4",
    "category_source": "strategy_discussion",
    "category_date": "2026-10-28",
    "school_name": "St Cuthmans academy",
    "nfa": True,
    "nfa_date": "2026-10-30",
    "nfa_plan": "none",
}


@pytest.mark.parametrize("question", WANTED)
def test_each_answer_is_read(question: str, read: dict[str, dict[str, object]]) -> None:
    assert read["answers"][question] == WANTED[question]


def test_each_place_of_concern_is_a_row(read: dict[str, dict[str, list[dict[str, object]]]]) -> None:
    assert [row["name"] for row in read["answers"]["locations"]] == ["Marsh Lane estate stairwell (Block C)", "number 73 bus"]


def test_a_choice_carries_its_label(read: dict[str, dict[str, object]]) -> None:
    assert read["labels"]["ethnicity"] == "Any other ethnic group"


def test_it_is_known_for_eastwicks_form_by_what_stands_in_it(read: dict[str, object]) -> None:
    assert (read["kind"], read["form"], read["version"]) == ("pdf", "eastwick_referral", 1)


def test_what_is_only_told_in_the_story_is_a_guess_to_confirm(read: dict[str, dict[str, object]]) -> None:
    assert read["confidence"]["nfa"] == read["confidence"]["nfa_date"] == "low"
    assert read["confidence"]["dob"] == "high"


def test_the_story_itself_is_kept_whole(read: dict[str, dict[str, str]]) -> None:
    assert read["answers"]["reason_for_referral"].count("\n") == 1
    assert "School & family" in read["answers"]["reason_for_referral"]


def test_each_answer_says_where_it_stands(read: dict[str, dict[str, object]]) -> None:
    assert read["places"]["dob"] == "page 1, Text7"
    assert read["places"]["category_date"] == "page 1, Text10"


def test_nothing_is_missing_and_nothing_left_over(read: dict[str, object]) -> None:
    assert read["problems"] == []


def test_it_gives_what_stands_beside_it(read: dict[str, object]) -> None:
    assert read == json.loads(FORM.with_name(f"{FORM.name}.expected.json").read_text(encoding="utf-8"))


def test_without_the_definition_it_is_refused() -> None:
    assert [p.code for p in read_path(FORM, Home(), TODAY).problems] == ["AR15"]
