"""A completed form with a mark of its own in every answer, so that a test can say which of them it found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

from mase_docs.definition.form import Field
from mase_docs.definition.home import Home
from mase_docs.model.submission import Answer, Mail, Source, Submission, Value
from mase_docs.register.arriving.recording import Plan, record
from mase_docs.register.records import Referral
from mase_docs.register.register import Register

OWN_WORDS = ("text", "name", "long_text", "email", "phone", "postcode", "nhs_number", "upn")
BORN = date(2011, 4, 3)


def marked(home: Home, child: str = "Zq", form: str = "referral", **given: Value) -> Submission:
    """A form about a child whose marks begin so (`Zq0001z`); answers given are taken as they are."""
    asked = [path for field in home.form(form).fields.values() for path in _paths(field, home)]
    answers = {path: _answer(home, path, form, f"{child}{n:04}z", given) for n, path in enumerate(asked)}
    fingerprint = sha256(child.encode()).hexdigest()
    mail = Mail(f"{child}subjectz", f"{child}senderz", f"{child}messagez")
    return Submission(Source(f"{child}filez.xlsx", fingerprint, "xlsx", mail), form, 1, answers)


def marks(form: Submission) -> list[str]:
    """Every mark that a form carries."""
    mail = form.source.mail or Mail()
    told = (form.source.name, mail.subject, mail.sender, mail.message_id)
    return [str(answer.raw) for answer in form.answers.values()] + [mark for mark in told if mark]


def recorded(register: Register, home: Home, form: Submission, reference: str = "MASE-2026-0001", on: date = date(2026, 11, 2)) -> Referral:
    """The form in the register, with its file."""
    with register.writing("receive") as writing:
        plan = Plan(reference, on, "tester", original=f"{form.source.sha256} {marks(form)}".encode())
        return record(writing, form, home.form(str(form.form)), home, plan)


def _paths(field: Field, home: Home) -> Iterator[str]:
    if field.type == "repeat":
        rows = [key for key, _ in home.rows(field, "xlsx")][: None if field.keys else 2]
        yield from (f"{field.name}[{row}].{column.name}" for row in rows for column in field.column)
    else:
        yield field.name


def _answer(home: Home, path: str, form: str, mark: str, given: dict[str, Value]) -> Answer:
    field = home.form(form).at(path)
    value = given[path] if path in given else _value(home, field, mark)
    return Answer(value, mark, f"Sheet!{path}")


def _value(home: Home, field: Field, mark: str) -> Value:
    if field.choices and not field.or_other:
        codes = [code.code for code in home.codes(field.choices).code if not code.unknown]
        return codes[:2] if field.type in ("select_multiple", "text_list") else codes[0]
    if field.type in ("text_list", "select_multiple"):
        return [f"{mark}", f"{mark}b"]
    others: dict[str, Value] = {"date": BORN, "datetime": datetime(2026, 3, 4, 5, 6), "integer": 1, "yes_no": True}
    return others.get(field.type, mark)
