"""A borough's own form is read through its definition alone, and which one it is is found from the file."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from mase_docs.definition.home import Home
from mase_docs.errors import DefinitionError
from mase_docs.intake.arriving import read_path
from mase_docs.intake.as_json import as_json
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Submission

BOROUGHS = Path(__file__).parents[2] / "examples/boroughs"
FORM = BOROUGHS / "southmere_referral.xlsx"
DEFINITION = BOROUGHS / "forms/southmere_referral_v1.toml"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def southmere() -> Home:
    return Home(BOROUGHS)


@pytest.fixture(scope="module")
def read(southmere: Home) -> Submission:
    return read_path(FORM, southmere, TODAY)


WANTED = {
    "concern_types": ["missing", "cse"],
    "referrer_name": "Farida Okonjo",
    "referrer_agency": "youth_offending_team",
    "referrer_role": "YOT practitioner",
    "referrer_phone": "020 7946 0321",
    "referrer_email": "farida.okonjo@southmere.example",
    "referral_date": date(2026, 10, 12),
    "family_name": "BRAMLEY-O'SHEA",
    "given_names": "Zoë Anne",
    "known_as": ["Zo", "'Bee'"],
    "dob": date(2011, 7, 3),
    "sex": "F",
    "first_language": "English",
    "ethnicity": "MWBC",
    "nationality": "British",
    "social_care_status": "looked_after",
    "legal_status": "C2",
    "allocated_worker": "T. Adeyemi",
    "allocated_team": "CLA Team 2",
    "home_postcode": "E8 1EA",
    "placed_out_of_borough": True,
    "host_authority": "Thurrock",
    "school_name": "St Cuthman's Academy",
    "year_group": 10,
    "cse_category": "2",
    "category_source": "map_meeting",
    "category_date": date(2026, 10, 6),
}


@pytest.mark.parametrize("question", WANTED)
def test_each_answer_is_read(question: str, read: Submission) -> None:
    assert read.value(question) == WANTED[question]


def test_each_warning_sign_has_its_rating_and_its_evidence(read: Submission) -> None:
    rows = {row["row"]: row for row in read.rows("safeguard")}
    assert [row["rating"] for row in rows.values()] == ["low", "high", "medium", "medium", "medium", "high", "not_known", "medium", "low"]
    assert rows["A"]["evidence"] == "Seven missing episodes since June"
    assert "evidence" not in rows["A2"]


def test_a_date_of_birth_or_an_age_in_one_column_goes_where_it_belongs(read: Submission) -> None:
    assert read.rows("linked_people") == [
        {"row": "1", "name": "'Kay' – full name unknown", "age": "approx 17", "relationship": "suspected of exploiting"},
        {"row": "2", "name": "Tia M.", "dob": date(2012, 2, 22), "relationship": "friend, also going missing"},
    ]


def test_the_story_keeps_its_lines(read: Submission) -> None:
    story = read.value("reason_for_referral")
    assert isinstance(story, str)
    assert story.startswith("Pattern of going missing to Marsh Lane")
    assert story.count("\n") == 1


def test_a_part_keeps_the_whole_text_it_was_taken_from_and_its_place(read: Submission) -> None:
    found = read.answers["host_authority"]
    assert (found.raw, found.place, found.confidence) == ("Yes - Thurrock", "MASE Referral!B15", "medium")


def test_the_json_is_the_one_that_stands_beside_the_form(read: Submission, southmere: Home) -> None:
    assert as_json(read, southmere) == json.loads((BOROUGHS / "southmere_referral.xlsx.expected.json").read_text(encoding="utf-8"))


def test_both_samples_say_what_was_expected_of_them(southmere: Home, read: Submission) -> None:
    """The file was described before this was written; two of its names are not ours."""
    said = as_json(read, southmere)["answers"]
    assert said["ethnicity"] == "MWBC"
    assert as_json(read, southmere)["labels"]["ethnicity"] == "White and Black Caribbean"
    assert as_json(read, southmere)["labels"]["referrer_agency"] == "Youth Offending Team"


def changed(southmere: Home, **cells: object) -> Submission:
    book = openpyxl.load_workbook(FORM)
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    out = io.BytesIO()
    book.save(out)
    return read_source("form.xlsx", out.getvalue(), southmere, TODAY)


@pytest.mark.parametrize(
    ("typed", "out", "where"),
    [("No", False, None), ("n/k", "not_known", None), ("yes – Kent", True, "Kent"), ("Yes, LB Hackney", True, "204"), (None, None, None)],
)
def test_one_answer_that_holds_two_is_taken_apart(typed: str | None, out: object, where: object, southmere: Home) -> None:
    found = changed(southmere, B15=typed)
    assert (found.value("placed_out_of_borough"), found.value("host_authority")) == (out, where)
    assert not [a for a in found.answers.values() if "TY4" in a.issues]


def test_what_cannot_be_taken_apart_is_said_and_kept(southmere: Home) -> None:
    found = changed(southmere, B15="Thurrock, we think").answers["placed_out_of_borough"]
    assert (found.value, found.raw) == (None, "Thurrock, we think")
    assert "TY4" in found.issues


@pytest.mark.parametrize(
    ("typed", "status", "legal"),
    [("CIN", "cin_plan", None), ("LAC (S20)", "looked_after", "V2"), ("not open", "not_open", None), ("n/k", "not_known", None)],
)
def test_a_status_and_a_section_are_told_apart(typed: str, status: str, legal: str | None, southmere: Home) -> None:
    found = changed(southmere, B12=typed)
    assert (found.value("social_care_status"), found.value("legal_status")) == (status, legal)


def test_an_address_or_a_number_alone_is_known_for_what_it_is(southmere: Home) -> None:
    assert changed(southmere, F5="f.okonjo@southmere.example").value("referrer_email") == "f.okonjo@southmere.example"
    found = changed(southmere, F5="(020) 7946 0321 ext 4")
    assert (found.value("referrer_phone"), found.value("referrer_email")) == ("(020) 7946 0321 ext 4", None)


def test_no_tick_is_no_category_and_two_are_none_either(southmere: Home) -> None:
    assert changed(southmere, B31=None).value("cse_category") is None
    two = changed(southmere, B32="x").answers["cse_category"]
    assert (two.value, two.issues) == (None, ("CO12",))


def test_a_heading_without_its_date_has_none(southmere: Home) -> None:
    found = changed(southmere, A29="Level of risk – place an X against one. Date agreed at MAP:  ")
    assert found.value("category_date") is None


def test_rows_put_in_above_do_not_matter(southmere: Home, read: Submission) -> None:
    from openpyxl.worksheet.worksheet import Worksheet

    from tests.intake.filled import saved, shifted

    book = openpyxl.Workbook()
    old = openpyxl.load_workbook(FORM).worksheets[0]
    assert isinstance(old, Worksheet)
    shifted(old, book.worksheets[0], lambda row, column: (row + 2 + (row > 12), column))
    found = read_source("form.xlsx", saved(book), southmere, TODAY)
    assert {p: a.value for p, a in found.answers.items()} == {p: a.value for p, a in read.answers.items()}


def test_without_its_definition_the_form_is_not_known(home: Home) -> None:
    found = read_path(FORM, home, TODAY)
    assert (found.form, [p.code for p in found.problems]) == (None, ["AR15"])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A borough's home with Southmere's definition in it."""
    (tmp_path / "forms").mkdir()
    shutil.copy(DEFINITION, tmp_path / "forms")
    return tmp_path / "forms"


def test_two_definitions_that_fit_are_both_named(own: Path) -> None:
    again = DEFINITION.read_text(encoding="utf-8").replace('id = "southmere_referral"', 'id = "southmere_old"')
    (own / "southmere_old_v1.toml").write_text(again, encoding="utf-8")
    (problem,) = read_path(FORM, Home(own.parent), TODAY).problems
    assert problem.code == "AR31"
    assert "southmere_old_v1.toml and southmere_referral_v1.toml" in problem.message


MISTAKES = {
    'excel_label = "Surname:"': ('excel_labell = "Surname:"', '"excel_labell" is not a setting here', 'Did you mean "excel_label"?'),
    'excel_side = "below"': ('excel_side = "under"', "excel_side says no side", "right, left, below, inside"),
    '"{placed_out_of_borough} - {host_authority}"': ('"{placed_out_of_borough} - {host}"', '"host" is not a question', "host_authority"),
    'from = "linked_people.dob"': ('form = "linked_people.dob"', '"form" is not a setting here', 'Did you mean "from"?'),
    'excel_text = ["LB': ('excel_texts = ["LB', '"excel_texts" is not a setting here', 'Did you mean "excel_text"?'),
    "excel_ticks = { ": ("excel_ticks = 7 # ", "excel_ticks is not written as it should be", "docs/own-form.md"),
}


@pytest.mark.parametrize("right", MISTAKES)
def test_a_mistake_in_a_definition_is_named_with_its_remedy(right: str, own: Path) -> None:
    wrong, said, remedy = MISTAKES[right]
    file = own / DEFINITION.name
    file.write_text(DEFINITION.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        Home(own.parent).load(file)
    problem = next(p for p in raised.value.problems if said in p.message)
    assert remedy in problem.remedy
    assert DEFINITION.name in str(problem.place)
