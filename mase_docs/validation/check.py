"""One completed form held against everything: `check` is the only door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.model.submission import Submission
from mase_docs.problems import Problem, errors_first
from mase_docs.validation import arrival, category, consistency, dates, eligibility, identifiers, returns
from mase_docs.validation.case import Case
from mase_docs.validation.rules import CHECKS, Broken, Check
from mase_docs.validation.words import put

MODULES = (arrival, eligibility, category, dates, identifiers, consistency, returns)
"""The rules by group; importing a module puts its rules into the table."""


def check(submission: Submission, home: Home, today: date, meeting: date | None = None) -> list[Problem]:
    """Everything that is wrong with a completed form, at once: errors first, then in the form's order.

    What the reading found comes first of its severity. Ages count on the day of the meeting, where it is known, else today.
    A submission without a form, or of a form that this home doesn't know, has only the problems of its reading.
    """
    found_by_reading = [problem for problem in submission.problems if _is_of_reading(problem)]
    form = _form_of(submission, home)
    if form is None:
        return errors_first(found_by_reading)
    case = Case(submission, form, home, today, meeting)
    return errors_first([*found_by_reading, *sorted(_problems(case), key=lambda p: _place(p.field, form))])


def _is_of_reading(problem: Problem) -> bool:
    """Whether the reading found it, and not an earlier check: every rule speaks of an answer, so what is of no answer no rule said
    (AR14 refuses a file with two children's forms, AR4 says that a form was printed; rules of the same codes are about answers)."""
    return problem.field is None or problem.code not in codes()


def codes() -> set[str]:
    """The codes that a form's `checks` and the profile may name."""
    return {check.code for check in CHECKS}


def applies(check: Check, case: Case) -> bool:
    """Whether a form is held against a rule: the form names it or it holds for all, and the borough hasn't switched it off."""
    return (check.always or check.code in case.form.checks) and check.code not in case.profile.checks.off


def _problems(case: Case) -> Iterator[Problem]:
    broken = [(check, found) for check in CHECKS if applies(check, case) for found in check.broken(case)]
    said_blank = {found.path for check, found in broken if check.blank}
    yield from (put(check, found, case) for check, found in broken if not _is_said_twice(check, found, said_blank))


def _is_said_twice(check: Check, found: Broken, said_blank: set[str | None]) -> bool:
    """A blank answer is said once, by the rule that knows why it is wanted."""
    return check.code == "RQ1" and found.path in said_blank


def _form_of(submission: Submission, home: Home) -> Form | None:
    try:
        return home.form(submission.form, submission.version) if submission.form else None
    except KeyError:
        return None


def _place(path: str | None, form: Form) -> tuple[int, int, int]:
    """Where a path stands on the form: its question, its row, its column."""
    if path is None:
        return (-1, 0, 0)
    name, _, rest = path.partition("[")
    row, _, column = rest.partition("].")
    names = list(form.fields)
    columns = [c.name for c in form.fields[name].column] if name in form.fields else []
    return (_index(name, names), int(row) if row.isdigit() else 0, _index(column, columns))


def _index(name: str, names: list[str]) -> int:
    return names.index(name) if name in names else len(names)
