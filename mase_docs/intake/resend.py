"""A corrected form that comes back: which earlier form it is a copy of, and what was changed (domain section 7, row 23)."""

from __future__ import annotations

from collections.abc import Iterable

from mase_docs.definition.codes import plain
from mase_docs.definition.home import Home
from mase_docs.model.submission import Change, Resend, Submission, Value
from mase_docs.problems import Problem

WHO = ("family_name", "given_names", "dob", "nhs_number", "context_name", "context_postcode")
"""The questions that say who or what a form is about."""
RULE = "AR23"
ALIKE = 0.7
"""The share of answers that a corrected form has in common with the first; below that it is another form about the same child."""
NAMED = 8
"""How many changed questions a message names."""


def resend_of(submission: Submission, earlier: Iterable[Submission], references: dict[str, str]) -> Resend | None:
    """The earlier form that this one corrects, by the reference it carries, else by what it says; the last such one counts.

    `references` gives the reference that an earlier form was sent back with, by its SHA-256. The same file again is no correction.
    """
    others = [e for e in earlier if e.form == submission.form and e.form and e.source.sha256 != submission.source.sha256]
    same = [e for e in others if submission.reference and references.get(e.source.sha256) == submission.reference]
    found = next(reversed(same), None) or next((e for e in reversed(others) if _is_alike(e, submission)), None)
    if found is None:
        return None
    known = submission.reference or references.get(found.source.sha256, "")
    return Resend(found.source.name, found.source.sha256, known, changes(found, submission))


def _is_alike(before: Submission, after: Submission) -> bool:
    """Whether two forms are about the same and say nearly the same. Brothers and sisters share much: one of who they are isn't enough."""
    asked = [name for name in WHO if before.value(name) is not None and after.value(name) is not None]
    same = [name for name in asked if _said(before.value(name)) == _said(after.value(name))]
    if not len(same) >= min(2, len(asked)) > 0:
        return False
    answered = {path for form in (before, after) for path, answer in form.answers.items() if answer.value is not None}
    return len(changes(before, after)) <= (1 - ALIKE) * len(answered)


def _said(value: Value) -> str:
    return plain(str(value))


def changes(before: Submission, after: Submission) -> tuple[Change, ...]:
    """Every answer that is not what it was, in the order of the form that came last."""
    paths = dict.fromkeys([*after.answers, *before.answers])
    found = (Change(path, before.value(path), after.value(path)) for path in paths)
    return tuple(change for change in found if change.before != change.after)


def note(resend: Resend, submission: Submission, home: Home) -> Problem:
    """What is said of a corrected form: the questions whose answers differ, never the answers (rule AR23)."""
    return Problem(
        "note",
        RULE,
        f"This looks like a form that was received before, sent again; {_differences(resend, submission, home)}.",
        "Take the later one, and keep the first with it. If it is about another young person after all, take both.",
    )


def together(submission: Submission, others: Iterable[Submission], home: Home) -> list[Problem]:
    """What is said where another of the forms given with this one is an older or newer copy of it: both would be heard (rule AR23)."""
    found = resend_of(submission, others, {}) if submission.form else None
    if found is None:
        return []
    message = f"This looks like the same form as {found.source}, which was given with it; {_differences(found, submission, home)}."
    return [
        Problem(
            "warning", "AR23", message, "Keep the later one and give that alone; if they are about two young people after all, give both."
        )
    ]


def _differences(resend: Resend, submission: Submission, home: Home) -> str:
    """`2 questions differ: Date of birth; Sex`"""
    assert submission.form
    form = home.form(submission.form, submission.version)
    labels = list(dict.fromkeys(form.label_at(change.path) for change in resend.changes))
    named = "; ".join(labels[:NAMED]) + (f"; and {len(labels) - NAMED} more" if len(labels) > NAMED else "")
    return f"{len(labels)} question{'s differ' if len(labels) > 1 else ' differs'}: {named}" if labels else "every answer is the same"
