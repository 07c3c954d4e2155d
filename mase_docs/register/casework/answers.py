"""A case as one completed form: what all its forms say, the later over the earlier, and over them what the register has come to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.model.submission import Answer, Submission, Value
from mase_docs.register.casework import kept_forms
from mase_docs.register.casework.shown import people
from mase_docs.register.records import Assessment, Case, Person, Referral

HERE = "the register"
"""Where an answer stands that is no form's."""
ONCE_YES = ("do_not_disclose", "address_sensitive")
"""Said by any form about any of the rows that were confirmed to be one person, it holds."""
SCHEMES = ("cse_category", "hsb_level")
SET_AT = ("category_source", "category_date", "category_chair")


def as_it_stands(session: Session, case: Case, home: Home) -> Submission:
    """The form of a case that goes on, as papers show it; forms that were corrected count by their correction.

    Its problems are the errors that its newest form was accepted with.
    """
    forms = _forms(session, case)
    newest = forms[-1]
    answers: dict[str, Answer] = {}
    for form in forms:
        answers = _over(answers, form)
    definition = home.form(str(newest.form), newest.version)
    known = {path: value for path, value in _known(session, case, definition) if value is not None}
    told = {path: _told(answers.get(path), value) for path, value in known.items()}
    errors = [problem for problem in newest.problems if problem.severity == "error"]
    return replace(newest, answers={**answers, **told}, problems=errors)


def _forms(session: Session, case: Case) -> list[Submission]:
    """The forms of a case and of those that were joined to it, the oldest first, without those that were corrected."""
    joined = select(Case.id).where((Case.id == case.id) | (Case.merged_into == case.id))
    referrals = session.scalars(select(Referral).where(Referral.case_id.in_(joined)).order_by(Referral.id)).all()
    corrected = {referral.corrects for referral in referrals}
    return [kept_forms.submission(referral) for referral in referrals if referral.id not in corrected]


def _over(earlier: dict[str, Answer], later: Submission) -> dict[str, Answer]:
    """The answers of a form over those before it: what it leaves out stays; its rows are added to theirs, each once."""
    single = {path: answer for path, answer in later.answers.items() if answer.value is not None and not _in_rows(path)}
    kept = {path: answer for path, answer in later.answers.items() if path not in earlier and not _in_rows(path)}
    return {**earlier, **kept, **single, **dict(_rows_added(earlier, later))}


def _in_rows(path: str) -> bool:
    return "[" in path


def _rows_added(earlier: dict[str, Answer], later: Submission) -> Iterator[tuple[str, Answer]]:
    """The rows of a form: those of fixed rows by their key, the others behind the last row there is."""
    for repeat in dict.fromkeys(path.partition("[")[0] for path in later.answers if _in_rows(path)):
        there = _rows(earlier, repeat)
        last = max((int(row) for row in there if row.isdigit()), default=0)
        for row, cells in _rows(later.answers, repeat).items():
            if {c: a.value for c, a in cells.items()} in [{c: a.value for c, a in known.items()} for known in there.values()]:
                continue
            last += row.isdigit()
            yield from ((f"{repeat}[{last if row.isdigit() else row}].{column}", answer) for column, answer in cells.items())


def _rows(answers: dict[str, Answer], repeat: str) -> dict[str, dict[str, Answer]]:
    found: dict[str, dict[str, Answer]] = {}
    for path, answer in answers.items():
        if path.startswith(f"{repeat}[") and answer.value is not None:
            row, column = path[len(repeat) + 1 :].split("].", 1)
            found.setdefault(row, {})[column] = answer
    return found


def _known(session: Session, case: Case, form: Form) -> Iterator[tuple[str, Value]]:
    """What the register has in the columns that the form's questions fill, its newest category, and the number it goes by."""
    same = people(session, case)
    root = next((person for person in same if person.same_as is None), None)
    yield from (_columns(root, form) if root else ())
    yield from _columns(case, form)
    yield from ((name, True) for name in ONCE_YES if any(getattr(person, name) for person in same))
    yield from _category(session, same)
    yield "referral_ref", case.reference


def _columns(row: Person | Case, form: Form) -> Iterator[tuple[str, Value]]:
    for record in form.record:
        if record.table == row.__tablename__:
            for column, asked in record.filled.items():
                if len(asked) == 1 and asked[0] in form.fields:
                    yield asked[0], _as_answer(getattr(row, column), form.fields[asked[0]])


def _as_answer(value: Any, field: Field) -> Value:
    """A column's value as the question has it: a yes of a question with choices is its code."""
    found: Value = ("yes" if value else "no") if isinstance(value, bool) and field.choices else value
    return found


def _category(session: Session, same: list[Person]) -> Iterator[tuple[str, Value]]:
    for scheme in SCHEMES:
        newest = newest_assessment(session, same, scheme)
        if newest:
            yield scheme, newest.code
            yield from ((name, getattr(newest, name)) for name in SET_AT)


def newest_assessment(session: Session, same: list[Person], scheme: str, until: date | None = None) -> Assessment | None:
    """The category or level of a person that counted on a day: set last; of those of one day, recorded last."""
    given = select(Assessment).where(Assessment.person_id.in_([person.id for person in same]), Assessment.scheme == scheme)
    found = [a for a in session.scalars(given) if until is None or (a.category_date or date.min) <= until]
    return max(found, key=lambda a: (a.category_date or date.min, a.id), default=None)


def _told(there: Answer | None, value: Value) -> Answer:
    return there if there and there.value == value else Answer(value, None, HERE)
