"""What goes back to a sender is addressed to them, stands once at each place, and leaves out what is the panel's own."""

from __future__ import annotations

from typing import Any

import pytest

from mase_docs.definition.home import Home
from mase_docs.packs.addressed import in_short, to_the_sender
from mase_docs.packs.marks import THE_FORM, marks
from mase_docs.problems import Problem
from mase_docs.validation.rules import CHECKS
from mase_docs.validation.words import WHO
from tests.packs.forms import MONTH, asked, completed

OURS = {"EL3", "EL7", "CO5", "CO13", "LC1", "ID-URN"}
"""What is the panel's to settle, or only worth knowing."""
REFERRER, DOCTOR = WHO["referrer"], WHO["health"]


def problem(code: str = "RQ1", severity: Any = "error", field: str | None = "dob", place: str | None = "Referral!B47") -> Problem:
    return Problem(severity, code, "“Date of birth” is blank.", 'Ask the referrer; "not known" is an answer.', field, place)


def put(rule: Any, who: str = REFERRER) -> Problem:
    return Problem(rule.severity, rule.code, rule.message, rule.remedy.replace("{who}", who), "dob", "x")


@pytest.mark.parametrize("rule", CHECKS, ids=lambda rule: rule.name)
def test_no_sender_is_told_to_ask_the_sender(rule: Any) -> None:
    said = to_the_sender(put(rule)).casefold()
    assert "referrer" not in said
    assert "sender" not in said
    assert not said or (said.startswith("please ") and said.endswith("."))


@pytest.mark.parametrize("rule", [r for r in CHECKS if r.severity == "error"], ids=lambda rule: rule.name)
def test_every_error_has_something_to_ask_the_sender(rule: Any) -> None:
    assert to_the_sender(put(rule))


@pytest.mark.parametrize("rule", [r for r in CHECKS if r.code in OURS], ids=lambda rule: rule.name)
def test_what_the_panel_settles_is_not_sent(rule: Any, home: Home) -> None:
    assert marks([put(rule)], home.form("referral"), home) == []


@pytest.mark.parametrize("words", ["mase.toml", "return the referral", "list the case", "--password-file", "docs/", "install the version"])
def test_nothing_that_is_done_in_the_office_is_asked_of_a_sender(words: str) -> None:
    from mase_docs.intake.refusals import REFUSALS

    said = [to_the_sender(put(rule)) for rule in CHECKS]
    said += [to_the_sender(Problem("error", reason, *both)) for reason, both in REFUSALS.items()]
    assert not [sentence for sentence in said if words in sentence]


def test_a_question_for_someone_else_is_passed_on_by_the_sender() -> None:
    ask = Problem("error", "RQ1", "“NHS number” is blank.", f'Ask {DOCTOR}; "not known" is an answer.', "nhs_number", "x")
    assert to_the_sender(ask) == f'Please ask {DOCTOR}; "not known" is an answer.'


def test_several_things_at_one_place_are_one_mark(home: Home) -> None:
    twice = [problem("TY1", "warning"), problem(), problem("DA2")]
    (mark,) = marks(twice, home.form("referral"), home)
    assert (mark.severity, mark.path, mark.label) == ("error", "dob", "Date of birth")
    assert mark.comment.count("Please answer it") == 1


def test_a_thing_about_the_whole_form_is_asked_without_a_place(home: Home) -> None:
    refusal = Problem("error", "AR35", "Nothing is filled in on this form.", "Ask the sender for the form they filled in.")
    (mark,) = marks([refusal], None, home)
    assert (mark.place, mark.label) == ("", THE_FORM)
    assert mark.short == "Nothing is filled in on this form. Please give the form you filled in."


def test_notes_are_not_sent(home: Home) -> None:
    assert marks([problem(severity="note")], home.form("referral"), home) == []


def test_a_path_leads_to_its_slot(home: Home) -> None:
    names = {slot.path: slot.name for slot in home.slots(home.form("referral"), "xlsx") if not slot.option}
    found = marks([problem(field=path, place=path) for path in names], home.form("referral"), home)
    assert {mark.path: mark.slot for mark in found} == names


def test_the_short_words_for_a_wrong_choice_do_not_name_the_nearest(home: Home) -> None:
    form = completed(MONTH / "15_typed_over_choices.xlsx", home)
    assert any("Category 2" in mark.comment for mark in asked(form, home))
    assert not any("Category 2" in mark.short for mark in asked(form, home))


@pytest.mark.parametrize("rule", [r for r in CHECKS if r.code.startswith(("CA", "CO", "DA", "EL", "RQ4"))], ids=lambda rule: rule.name)
def test_what_a_mail_says_is_wrong_tells_no_answer(rule: Any) -> None:
    """The messages of these groups speak of what the form says of the case; a mail has words of its own for them."""
    assert in_short(put(rule)) != rule.message
