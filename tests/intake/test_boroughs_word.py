"""Northmere's own Word form read through its definition alone: locators for tables, boxes to tick, old form fields and paragraphs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mase_docs.definition.home import Home
from mase_docs.errors import DefinitionError
from mase_docs.intake.as_json import as_json
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Submission
from tests.fillers.word_fill import edited, q
from tests.intake.word_files import saved_by_libreoffice

BOROUGHS = Path(__file__).parents[2] / "examples/boroughs"
FORM = BOROUGHS / "northmere_referral.docx"
DEFINITION = BOROUGHS / "forms/northmere_referral_v1.toml"
TODAY = date(2026, 11, 23)

WANTED = {
    "referral_date": date(2026, 10, 14),
    "concern_types": ["cse", "missing", "trafficking"],
    "reason_for_referral": "Seen with an older group near the station.\nWe want one plan and one lead.",
    "referrer_name": "Ann Bee",
    "referrer_agency": "school",
    "referrer_role": "Designated safeguarding lead",
    "referrer_phone": "020 7946 0999",
    "referrer_email": "ann.bee@northmere.example",
    "family_name": "IMAGINED",
    "given_names": "Kestrel-May",
    "dob": date(2011, 7, 13),
    "sex": "F",
    "ethnicity": "WBRI",
    "home_address": "14 Pretend Walk\nNorthmere",
    "home_postcode": "E8 1EA",
    "nhs_number": None,
    "social_care_status": "looked_after",
    "placed_out_of_borough": True,
    "host_authority": "Thurrock",
    "cse_category": "2",
    "category_source": "map_meeting",
    "category_date": date(2026, 10, 6),
}
"""As it was typed by examples/make_borough_word.py."""


@pytest.fixture(scope="module")
def northmere() -> Home:
    return Home(BOROUGHS)


def read_form(data: bytes, home: Home) -> Submission:
    return read_source(FORM.name, data, home, TODAY)


@pytest.fixture(scope="module")
def read(northmere: Home) -> Submission:
    return read_form(FORM.read_bytes(), northmere)


@pytest.mark.parametrize("question", WANTED)
def test_each_answer_is_read(question: str, read: Submission) -> None:
    assert read.value(question) == WANTED[question]


def test_nothing_is_found_wrong_with_the_file(read: Submission) -> None:
    assert (read.form, read.source.kind, read.problems) == ("northmere_referral", "docx", [])


def test_each_warning_sign_has_its_rating_and_its_evidence(read: Submission) -> None:
    rows = {row["row"]: row for row in read.rows("safeguard")}
    assert [row["rating"] for row in rows.values()] == ["low", "high", "medium", "medium", "none", "high", "not_known", "none", "low"]
    assert rows["A"]["evidence"] == "Five missing episodes since the summer"


def test_a_table_ends_where_it_ends_and_not_with_the_words_below_it(read: Submission) -> None:
    assert read.rows("linked_people") == [
        {"row": "1", "name": "“Jay”, full name not known", "age": "approx 17", "relationship": "older friend"},
        {"row": "2", "name": "Tia Madeup", "dob": date(2012, 2, 22), "relationship": "classmate"},
    ]


def test_an_answer_says_where_it_stands_as_word_counts(read: Submission) -> None:
    places = {path: (read.answers[path].place, read.answers[path].confidence) for path in ("dob", "family_name", "referral_date")}
    assert places["dob"] == ("table 2, row 3, column 2", "high")
    assert places["family_name"] == ("table 2, row 2, column 2", "medium")
    assert places["referral_date"] == ("paragraph 6", "medium")


def test_the_json_is_the_one_that_stands_beside_the_form(read: Submission, northmere: Home) -> None:
    assert as_json(read, northmere) == json.loads((BOROUGHS / f"{FORM.name}.expected.json").read_text(encoding="utf-8"))


@pytest.mark.needs("soffice")
def test_the_form_saved_by_libreoffice_gives_the_same(read: Submission, northmere: Home, tmp_path: Path) -> None:
    again = read_form(saved_by_libreoffice(FORM.read_bytes(), tmp_path, "docx"), northmere)
    assert {path: answer.value for path, answer in again.answers.items()} == {path: answer.value for path, answer in read.answers.items()}


def with_text(old: str, new: str) -> bytes:
    """The form with some words of it put in place of others."""

    def change(root: Any) -> None:
        (found,) = (t for t in root.iter(q("w:t")) if t.text == old)
        found.text = new

    return edited(FORM.read_bytes(), change)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("Yes ☐   No ☒", "not_open"), ("Yes ☐   No ☐", None), ("☒ Yes", "looked_after"), ("[ ] Yes [x] No", "not_open"), ("", None)],
)
def test_boxes_before_or_behind_their_words(typed: str, value: str | None, northmere: Home) -> None:
    found = read_form(with_text("Yes ☒   No ☐", typed), northmere).answers["social_care_status"]
    assert (found.value, found.issues) == (value, ())


def test_two_ticks_for_one_answer_are_none_and_it_is_said(northmere: Home) -> None:
    found = read_form(with_text("☒ Female   ☐ Male   ☐ Other", "☒ Female ☒ Male ☐ Other"), northmere).answers["sex"]
    assert (found.value, found.issues) == (None, ("CO12",))


def test_the_tick_of_a_list_that_nobody_touched_is_not_sure(northmere: Home) -> None:
    def untouched(root: Any) -> None:
        (choices,) = root.iter(q("w:ddList"))
        choices.remove(choices.find(q("w:result")))
        choices.remove(choices.find(q("w:listEntry")))

    found = read_form(edited(FORM.read_bytes(), untouched), northmere).answers["ethnicity"]
    assert (found.value, found.confidence) == ("WBRI", "low")


def test_rows_put_in_above_do_not_matter(read: Submission, northmere: Home) -> None:
    def shifted(root: Any) -> None:
        import copy

        line = next(root.iter(q("w:tr")))
        line.addprevious(copy.deepcopy(line))

    again = read_form(edited(FORM.read_bytes(), shifted), northmere)
    assert {path: answer.value for path, answer in again.answers.items()} == {path: answer.value for path, answer in read.answers.items()}


MISTAKES = {
    'word_side = "after"': ('word_side = "beside"', "word_side says no side", "right, left, below, inside, after"),
    'word_label = "Surname:"': ('word_labell = "Surname:"', '"word_labell" is not a setting here', 'Did you mean "word_label"?'),
    'word_text = ["London': ('word_texts = ["London', '"word_texts" is not a setting here', 'Did you mean "word_text"?'),
}


@pytest.mark.parametrize("right", MISTAKES)
def test_a_mistake_in_a_definition_is_named_with_its_remedy(right: str, tmp_path: Path) -> None:
    wrong, said, remedy = MISTAKES[right]
    (tmp_path / "forms").mkdir()
    file = tmp_path / "forms" / DEFINITION.name
    file.write_text(DEFINITION.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        Home(tmp_path).load(file)
    assert any(said in problem.message and remedy in problem.remedy for problem in raised.value.problems)
