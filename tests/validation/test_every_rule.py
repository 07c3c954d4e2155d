"""No rule without a situation that breaks it and one that keeps it; none that says an answer; none that the forms name wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.model.submission import Answer, Source, Submission
from mase_docs.problems import Problem
from mase_docs.validation import returns
from mase_docs.validation.check import check, codes
from mase_docs.validation.rules import CHECKS
from tests.validation import test_arrival, test_category, test_consistency, test_dates, test_eligibility, test_identifiers, test_returns
from tests.validation.broken import RULES
from tests.validation.invented import CLEAN, TODAY, Situation, completed

TABLES = (test_arrival, test_eligibility, test_category, test_dates, test_identifiers, test_consistency, test_returns)
BROKEN = [situation for table in TABLES for situation in table.BROKEN]
KEPT = [situation for table in TABLES for situation in table.KEPT]
ISSUES = ("CO12", "DA6", "TY1", "TY2", "TY3", "TY4", "TY5", "AR16", "TI1", "AR37", "AR4")
MARKER = "Quillon Xerxes"
BIRTH = datetime(1987, 6, 5, 4, 3)
SAID_OF_BIRTH = ("1987", "June", "05/06", "5/6", "87")


def test_every_rule_is_broken_by_a_situation() -> None:
    assert RULES.keys() - {situation.rule for situation in BROKEN} == set()


def test_every_rule_is_kept_by_a_situation() -> None:
    assert RULES.keys() - {situation.rule for situation in KEPT} == set()


def test_no_two_rules_have_one_name() -> None:
    assert len(RULES) == len(CHECKS)


@pytest.mark.parametrize("rule", CHECKS, ids=lambda rule: rule.name)
def test_every_rule_says_what_is_wrong_and_what_to_do_in_whole_sentences(rule: Any) -> None:
    for words in (rule.message, rule.remedy, rule.source):
        assert words
    for words in (rule.message, rule.remedy):
        assert words[0].isupper() or words[0] in "“{"
        assert words.endswith((".", "…"))


def test_every_form_names_only_rules_that_there_are(home: Home) -> None:
    for form in home.forms:
        assert set(form.checks) <= codes(), form.id


def test_every_rule_that_does_not_hold_for_all_forms_is_named_by_one(home: Home) -> None:
    of_agencies = {check.code for check in CHECKS if check.find.__module__ == returns.__name__}
    assert set(home.form("referral").checks) >= {check.code for check in CHECKS if not check.always} - of_agencies
    assert {*home.form("action_return").checks, *home.form("intelligence_return").checks} >= of_agencies


@pytest.mark.parametrize("situation", BROKEN, ids=str)
def test_the_words_about_a_broken_rule_hold_no_name_of_the_case(situation: Situation) -> None:
    for problem in situation.problems():
        for name in ("Ashdown", "Mirela", "Vance", "Tanner", "Larch", "Tall Dave", "Xerxes"):
            assert name not in problem.message + problem.remedy


@pytest.mark.parametrize("issue", [(), *((code,) for code in ISSUES)], ids=lambda issue: "".join(issue) or "as_typed")
def test_no_problem_ever_repeats_an_answer(issue: tuple[str, ...], home: Home) -> None:
    for form in home.forms:
        said = [*everything_said(form, home, MARKER, issue), *everything_said(form, home, None, issue)]
        assert said
        for problem in said:
            assert not any(word in problem.message + problem.remedy for word in MARKER.split()), problem
            if form.id == "referral":
                assert not any(word in problem.message + problem.remedy for word in SAID_OF_BIRTH), problem


def everything_said(form: Form, home: Home, marker: str | None, issue: tuple[str, ...]) -> list[Problem]:
    """All problems of a form whose every answer is the marker, or, where the question takes it, a certain day."""
    answers = {
        path: Answer(value_for(field, marker), f"{marker or BIRTH:}", "Referral!D4", "low", issue) for path, field in paths(form, home)
    }
    return check(Submission(Source("form.xlsx", "0", "xlsx"), form.id, form.version, answers), home, TODAY, TODAY)


def value_for(field: Field, marker: str | None) -> Any:
    if field.type in ("date", "datetime"):
        return BIRTH if field.type == "datetime" else BIRTH.date()
    if field.type in ("select_multiple", "text_list"):
        return [marker] if marker else None
    return marker


def paths(form: Form, home: Home) -> Iterator[tuple[str, Field]]:
    for field in form.fields.values():
        if field.type != "repeat":
            yield field.name, field
            continue
        for row, _ in home.rows(field, "xlsx"):
            yield from ((f"{field.name}[{row}].{column.name}", column) for column in field.column)


def test_the_choices_that_lie_nearest_are_named_by_their_label_and_never_as_typed(home: Home) -> None:
    form = completed({"sex": Answer(None, MARKER, "Referral!D4", "low", ("CO12",), "Female")})
    [said] = check(form, home, TODAY)
    assert said.message == "The answer to “Sex” is not one of the choices; the nearest is “Female”."
    assert said.remedy == "Ask the referrer whether that was meant."


def test_what_is_broken_is_said_even_when_the_day_of_birth_is_odd(home: Home) -> None:
    for odd_day in (date(1, 1, 1), date(9999, 12, 31), date(2096, 2, 29)):
        assert check(completed({"dob": odd_day}, CLEAN), home, TODAY)
