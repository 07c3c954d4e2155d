"""A Submission as the JSON that `read` and `check` promise (cli.md): nested, in a stable order, every question there."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.model.submission import Submission, Value


def as_json(submission: Submission, home: Home) -> dict[str, Any]:
    """The object of one form. Dates are ISO, choices codes, null what wasn't answered; rows carry their number or key as "row".

    `labels` gives, by path, the words of every code answered. A file that couldn't be read has form null and no answers.
    """
    form = home.form(submission.form, submission.version) if submission.form else None
    answered = {path: answer for path, answer in submission.answers.items() if answer.raw is not None or answer.value is not None}
    return {
        "source": submission.source.name,
        "sha256": submission.source.sha256,
        "kind": submission.source.kind,
        "mail": asdict(submission.source.mail) if submission.source.mail else None,
        "form": submission.form,
        "version": submission.version,
        "answers": {name: _answer(submission, field) for name, field in form.fields.items()} if form else {},
        "places": {path: answer.place for path, answer in submission.answers.items()},
        "raw": {path: answer.raw for path, answer in answered.items()},
        "confidence": {path: answer.confidence for path, answer in answered.items()},
        "labels": _labels(submission, form, home) if form else {},
        "reference": submission.reference or None,
        "resend_of": _resend(submission, form) if form else None,
        "problems": [problem.to_json() for problem in submission.problems],
    }


def _resend(submission: Submission, form: Form) -> dict[str, Any] | None:
    resend = submission.resend
    if resend is None:
        return None
    changes = [
        {"path": c.path, "label": form.label_at(c.path), "from": plain_json(c.before), "to": plain_json(c.after)} for c in resend.changes
    ]
    return {"source": resend.source, "sha256": resend.sha256, "reference": resend.reference or None, "changes": changes}


def _answer(submission: Submission, field: Field) -> Any:
    if field.type != "repeat":
        return plain_json(submission.value(field.name))
    columns = [column.name for column in field.column]
    rows = submission.rows(field.name)
    return [{"row": row["row"], **{name: plain_json(row.get(name)) for name in columns}} for row in rows]


def plain_json(value: Value) -> Any:
    """A value as JSON has it."""
    return value.isoformat() if isinstance(value, date) else value


def _labels(submission: Submission, form: Form, home: Home) -> dict[str, str]:
    """Path → label, for every answer that is a code."""
    fields = {path: form.at(path) for path in submission.answers}
    chosen = {path: field for path, field in fields.items() if field.choices and submission.value(path) is not None}
    return {path: home.show(field, submission.value(path)) for path, field in chosen.items()}
