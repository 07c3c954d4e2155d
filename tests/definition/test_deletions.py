"""Choices printed side by side: what was deleted is gone, what is left is the answer, and what was left as it was is asked about."""

from __future__ import annotations

from datetime import date

import pytest

from mase_docs.definition.form import Field
from mase_docs.definition.home import Home
from mase_docs.definition.parsed import Parsed
from mase_docs.definition.values import parse

TODAY = date(2026, 11, 23)
QUESTIONS = {
    "yes_no": Field("asked", "yes_no", "Asked"),
    "sex": Field("asked", "select_one", "Asked", choices="sex"),
    "agency": Field("asked", "select_one", "Asked", choices="agency", or_other=True),
    "concerns": Field("asked", "select_multiple", "Asked", choices="concern_type"),
    "words": Field("asked", "text", "Asked"),
    "story": Field("asked", "long_text", "Asked"),
}

UNDELETED = [
    ("yes_no", "Yes / No (delete as appropriate)"),
    ("yes_no", "Yes/No*"),
    ("yes_no", "Yes / No / Not known – please delete as applicable"),
    ("yes_no", "*Delete as appropriate: Yes / No"),
    ("sex", "Male/Female/Other*"),
    ("sex", "Male / Female (please circle as appropriate)"),
    ("sex", "Male / Female"),
    ("sex", "F/M"),
    ("agency", "Borough Police / Mental Health (delete as appropriate)"),
    ("concerns", "CSE / Missing (delete those that do not apply)"),
    ("words", "Mother / father / carer (delete as appropriate)"),
]
DELETED = [
    ("yes_no", "Yes / (delete as appropriate)", True),
    ("yes_no", "/ No", False),
    ("yes_no", "No (delete as appropriate)", False),
    ("sex", "Female (delete as appropriate)", "F"),
    ("sex", "Male /  / Other*", None),
]
OTHERWISE = [
    ("yes_no", "Yes / No", Parsed()),
    ("yes_no", "N/A", Parsed("not_applicable")),
    ("agency", "Police / CAMHS", Parsed("Police / CAMHS", "medium")),
    ("concerns", "CSE / Missing", Parsed(["cse", "missing"])),
    ("story", "Seen at 5 / 6 pm; delete this if it is not required", Parsed("Seen at 5 / 6 pm; delete this if it is not required")),
    ("words", "His father / uncle", Parsed("His father / uncle")),
]


def read(question: str, typed: str) -> Parsed:
    return parse(QUESTIONS[question], typed, Home(), TODAY)


@pytest.mark.parametrize(("question", "typed"), UNDELETED)
def test_what_was_left_as_it_was_is_no_answer(question: str, typed: str) -> None:
    assert read(question, typed) == Parsed(None, "low", ("AR39",))


@pytest.mark.parametrize(("question", "typed", "meant"), DELETED)
def test_what_was_not_deleted_is_the_answer(question: str, typed: str, meant: object) -> None:
    found = read(question, typed)
    assert (found.value, bool(found.issues)) == (meant, meant is None)


@pytest.mark.parametrize(("question", "typed", "meant"), OTHERWISE)
def test_strokes_that_mean_something_else_are_left_alone(question: str, typed: str, meant: Parsed) -> None:
    assert read(question, typed) == meant
