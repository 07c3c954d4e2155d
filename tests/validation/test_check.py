from __future__ import annotations

from datetime import date

import pytest

from mase_docs.definition.home import Home
from mase_docs.model.submission import Answer, Source, Submission
from mase_docs.problems import Problem, has_errors
from mase_docs.validation.check import check
from tests.validation.invented import TODAY, Situation, borough, completed, odd

MANY = {
    "declaration_date": date(2026, 5, 9),
    "dob": date(2011, 1, 1),
    "school_name": None,
    "subject_role": ["both"],
    "home_postcode": "E8 1CA",
    "sex": odd("CO12"),
    "safeguard[R].rating": "low",
    "safeguard[A].rating": "low",
}


def test_everything_is_said_at_once_errors_first_and_then_in_the_form_s_order(home: Home) -> None:
    found = check(completed(MANY), home, TODAY)
    assert [(p.severity, p.field) for p in found] == [
        ("error", "sex"),
        ("error", "home_postcode"),
        ("error", "school_name"),
        ("error", "declaration_date"),
        ("warning", "dob"),
        ("warning", "safeguard[A].evidence"),
        ("warning", "safeguard[R].evidence"),
        ("note", "subject_role"),
    ]


def test_a_problem_says_where_it_stands_in_the_file(home: Home) -> None:
    [found] = check(completed({"dob": Answer(date(2011, 1, 1), "1/1/2011", "page 2, dob")}), home, TODAY)
    assert found == Problem(
        "warning",
        "DA5",
        "The date of birth is on the first of a month, as dates are that were made up because the day was not known.",
        "Ask the referrer whether the date is right. Where the day is not known, the 15th is used and the date is marked as estimated.",
        "dob",
        "page 2, dob",
    )


def test_a_blank_says_whom_to_ask(home: Home) -> None:
    found = check(completed({"crime_recorded": None, "allocated_team": None, "category_chair": None}), home, TODAY)
    assert [(problem.message, problem.remedy) for problem in found] == [
        ("“Social work team” is blank.", 'Ask the social worker; "not known" is an answer.'),
        ("“Who chaired that meeting?” is blank.", 'Ask the chair of the MAP meeting; "not known" is an answer.'),
        ("“Has a crime been recorded?” is blank.", 'Ask the police representative; "not known" is an answer.'),
    ]


def test_a_blank_is_said_once_by_the_rule_that_knows_why_it_is_wanted(home: Home) -> None:
    found = check(completed({"category_date": None}), home, TODAY)
    assert [problem.code for problem in found] == ["CA1"]
    assert found[0].message == "A category is given, but “When was it set?” is blank; MASE uses only categories that a meeting has set."


def test_a_question_in_a_table_is_named_with_its_row(home: Home) -> None:
    found = check(
        completed({"safeguard[A2].rating": None, "linked_people[2].under_18": "no", "parents_carers[1].phone": "12"}), home, TODAY
    )
    words = " ".join(problem.message for problem in found)
    assert "“SAFEGUARD warning signs, Alcohol and drug misuse: Rating”" in words
    assert "“People linked to this young person, row 2: Name or nickname” is blank" in words
    assert "“Parents and carers, row 1: Telephone” has too few or too many digits" in words


def test_what_the_reading_found_is_kept() -> None:
    extra = Problem("warning", "AR33", "3 answered fields are not part of this form.", "Look at the PDF.")
    form = completed({"dob": date(2011, 1, 1)})
    form.problems = [extra]
    assert [p.code for p in check(form, Home(), TODAY)] == ["AR33", "DA5"]


@pytest.mark.parametrize("code", ["AR4", "AR14"])
def test_what_the_reading_found_of_the_whole_file_is_kept_though_a_rule_has_the_same_code(code: str, home: Home) -> None:
    found = Problem("error", code, "Words of the reading.", "Look at the file.")
    refused, read = Submission(Source("a.pdf", "0", "pdf"), problems=[found]), completed({})
    read.problems = [found]
    for form in (refused, read):
        form.problems = check(form, home, TODAY)
        assert check(form, home, TODAY) == form.problems == [found]


def test_every_rule_speaks_of_an_answer(home: Home) -> None:
    for form in (completed(MANY), completed({}, {}), Submission(Source("a.xlsx", "0", "xlsx"), "referral", 1)):
        assert [problem for problem in check(form, home, TODAY) if problem.field is None] == []


def test_a_form_checked_twice_says_the_same_as_checked_once(home: Home) -> None:
    form = completed(MANY)
    form.problems = once = check(form, home, TODAY)
    assert check(form, home, TODAY) == once


def test_a_file_that_could_not_be_read_has_only_the_problem_of_its_reading(home: Home) -> None:
    refused = Problem("error", "AR26", "This file is empty.", "Ask the sender to attach it again.")
    assert check(Submission(Source("a.xlsx", "0", "xlsx"), problems=[refused]), home, TODAY) == [refused]


def test_a_form_that_is_not_known_here_is_left_to_the_reading(home: Home) -> None:
    assert check(Submission(Source("a.xlsx", "0", "xlsx"), "elsewhere", 7), home, TODAY) == []


def test_a_rule_switched_off_in_the_profile_is_silent() -> None:
    first_of_january = {"dob": date(2011, 1, 1)}
    assert Situation("", "", first_of_january, profile={"checks": {"off": ("DA5",)}}).problems() == []


def test_even_a_rule_for_every_form_can_be_switched_off() -> None:
    found = Situation("", "", {"referrer_role": None}, profile={"checks": {"off": ("RQ1",)}}).problems()
    assert found == []


def test_a_rule_is_taken_as_seriously_as_the_profile_says() -> None:
    for severity in ("error", "note"):
        [found] = Situation("", "", {"dob": date(2011, 1, 1)}, profile={"checks": {"severity": {"DA5": severity}}}).problems()
        assert found.severity == severity


def test_a_rule_that_the_form_does_not_name_does_not_hold() -> None:
    from dataclasses import replace

    home = borough({"secure_domains": ()})
    home.forms = [replace(home.forms[0], checks=())]
    assert check(completed({"dob": date(1990, 1, 1), "category_source": None}), home, TODAY)[0].code == "RQ1"
    assert {p.code for p in check(completed({"dob": date(1990, 1, 1)}), home, TODAY)} == set()


def test_the_panel_is_called_by_its_own_name() -> None:
    profile = {"panel": {"name": "MACE", "youth_service": "Youth Northmere"}, "ages": {"upper": 21}}
    [found] = Situation("", "", {"dob": date(2006, 4, 16)}, profile=profile).problems()
    assert found.message == (
        "This young person is 18 or over, and the form shows neither a care leaver nor learning difficulties with a service "
        "from Youth Northmere, as MACE requires."
    )


def test_the_age_is_that_on_the_day_of_the_meeting(home: Home) -> None:
    form = completed({"dob": date(2008, 5, 20), "meeting_date": None})
    assert not has_errors(check(form, home, TODAY))
    assert has_errors(check(form, home, TODAY, date(2026, 5, 20)))


def test_the_day_of_the_meeting_may_stand_on_the_form(home: Home) -> None:
    assert has_errors(check(completed({"dob": date(2008, 5, 20), "meeting_date": date(2026, 5, 20)}), home, TODAY))


def test_a_form_without_a_single_answer_is_told_everything_that_is_wanted(home: Home) -> None:
    found = check(Submission(Source("a.pdf", "0", "pdf"), "referral", 1), home, TODAY)
    wanted = [f.label for f in home.form("referral").fields.values() if f.required and f.asked]
    said = " ".join(problem.message for problem in found)
    assert all(f"“{label}”" in said for label in wanted)
    assert {p.code for p in found} == {"RQ1", "RQ2", "EL8"}


def test_a_form_of_a_place_is_held_against_its_own_questions(home: Home) -> None:
    found = check(Submission(Source("a.xlsx", "0", "xlsx"), "context_referral", 1), home, TODAY)
    assert has_errors(found)
    assert {p.code for p in found} <= {"RQ1", "RQ2"}
