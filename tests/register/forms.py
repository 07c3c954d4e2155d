"""Completed forms for tests of the register: the invented month as it is read, and forms made of the answers that a test is about."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from mase_docs.definition.form import Field
from mase_docs.definition.home import Home
from mase_docs.model.submission import Answer, Source, Submission, Value
from mase_docs.pipeline import check, read

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 11, 20)
TESTA: dict[str, Value] = {
    "referral_date": date(2026, 11, 2),
    "referrer_agency": "school",
    "family_name": "Sample",
    "given_names": "Testa",
    "dob": date(2011, 3, 4),
    "sex": "F",
}


@cache
def the_month() -> tuple[Submission, ...]:
    """Every form of the invented month that can be read, checked."""
    return _read(EXAMPLES / "month", Home())


@cache
def boroughs_own() -> tuple[Submission, ...]:
    """One form of each invented borough, on the borough's own paper."""
    return _read(EXAMPLES / "boroughs", the_boroughs())


@cache
def the_boroughs() -> Home:
    return Home(EXAMPLES / "boroughs")


def _read(folder: Path, home: Home) -> tuple[Submission, ...]:
    return tuple(form for form in check(read([folder], home, TODAY), home, TODAY) if form.form)


def a_form(answers: dict[str, Value], form: str = "referral") -> Submission:
    """A completed form with these answers and no others; its file is called by what it says."""
    typed = {path: Answer(value, None if value is None else str(value), path) for path, value in answers.items()}
    return Submission(Source("form.xlsx", sha256(repr(answers).encode()).hexdigest(), "xlsx"), form, 1, typed)


def about_testa(**answers: Value) -> Submission:
    """A referral of Testa Sample, 15; "__" in a name stands for a row: linked_people__1__name."""
    return a_form({**TESTA, **{_path(name): value for name, value in answers.items()}})


def _path(name: str) -> str:
    repeat, _, rest = name.partition("__")
    row, _, column = rest.partition("__")
    return f"{repeat}[{row}].{column}" if column else name


def everything_answered(form: str, home: Home) -> Submission:
    """A form on which every question is answered, of every repeat one row, and each answer says something."""
    answers: dict[str, Value] = {}
    for field in home.form(form).fields.values():
        if field.type == "repeat":
            answers |= {f"{field.name}[1].{column.name}": an_answer(column, home) for column in field.column}
        else:
            answers[field.name] = an_answer(field, home)
    return a_form(answers, form)


def an_answer(field: Field, home: Home) -> Value:
    """An answer that says something to a question."""
    if field.choices:
        first = next(code.code for code in home.codes(field.choices).code if not code.unknown and code.code != "none")
        return [first] if field.type in ("text_list", "select_multiple") else first
    made: dict[str, Value] = {
        "date": date(2026, 10, 5), "datetime": date(2026, 10, 5), "yes_no": True, "integer": 3, "text_list": ["07700 900123"],
        "postcode": "E8 1EA", "name": f"Testa {field.name.title()}", "nhs_number": "9990000018",
    }  # fmt: skip
    return made.get(field.type, f"12 Invented {field.name}")
