"""The names that a template may use, worked out from the form definitions: nothing is written twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.documents import meeting_paper
from mase_docs.documents.meeting import from_forms
from mase_docs.model.sitting import ActionSaid, NotHeard
from mase_docs.model.submission import Answer, Source, Submission, Value
from mase_docs.problems import Problem

DAY = date(2000, 1, 1)
SAMPLES: dict[str, Value] = {"date": DAY, "datetime": datetime(2000, 1, 1), "integer": 1, "yes_no": True, "text_list": ["x"]}
LEFT_BLANK = ("nfa_plan", "case_status")
"""Questions whose answer would keep a case out of an item."""


def names(home: Home) -> list[str]:
    """Every dotted name of the agenda's and the minutes' templates, with [] for what is looped over: `items[].cases[].dob`."""
    forms = [_answered(home, home.form(name), copy) for name in ("referral", "context_referral") for copy in "ab"]
    action = ActionSaid("", "", "", "")
    sitting = replace(from_forms(forms, home), outstanding=(action,), ended=(action,), not_heard=(NotHeard("", ""),))
    context = meeting_paper.context("agenda", forms, home, on=None, today=DAY, left_out=forms[:1], sitting=sitting)
    return sorted(set(_within(context, "")))


def _answered(home: Home, form: Form, copy: str) -> Submission:
    """A form with every question answered, so that its case comes under every item."""
    answers = {path: Answer(value, "", "") for path, value in _values(home, form)}
    return Submission(Source("", copy, "xlsx"), form.id, form.version, answers, [Problem("error", "", "", "")])


def _values(home: Home, form: Form) -> Iterator[tuple[str, Value]]:
    for field in form.fields.values():
        if field.type == "repeat":
            row = home.rows(field, "xlsx")[0][0]
            yield from ((f"{field.name}[{row}].{column.name}", _sample(home, column)) for column in field.column)
        elif field.name not in LEFT_BLANK:
            yield field.name, _sample(home, field)


def _sample(home: Home, field: Field) -> Value:
    if not field.choices:
        return SAMPLES.get(field.type, "x")
    codes = [code.code for code in home.codes(field.choices).code if not code.unknown]
    return codes if field.type in ("select_multiple", "text_list") else codes[-1]


def _within(value: Any, path: str) -> list[str]:
    if isinstance(value, dict):
        return [name for key, inner in value.items() for name in _within(inner, f"{path}.{key}" if path else key)]
    if isinstance(value, list):
        return [name for inner in value for name in _within(inner, f"{path}[]")]
    return [path]
