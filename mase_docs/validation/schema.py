"""A cerberus schema made from the form, over flat answers: one for its questions and one for the rows of each repeating group.

Answers were already made into dates, numbers and codes by the reading, so cerberus need not normalise (that is eight times
as fast), and long code lists stay out of the schema: cerberus would hash them at every turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from cerberus import TypeDefinition, Validator
from cerberus.errors import BaseErrorHandler

from mase_docs.definition.codes import CodeList
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.types import TYPES
from mase_docs.model.submission import EXPLICIT
from mase_docs.validation.case import Case, Row

Finding = tuple[str, str]
CODES = {"nullable": "RQ1", "empty": "RQ1", "type": "TY6", "maxlength": "LE1", "min": "NU1", "max": "NU1"}
"""Which rule of ours a rule of cerberus is; a custom one names its own."""


class Explicit(str):
    """ "Not known" and such: an answer, whatever the type of the question."""


class Codes(BaseErrorHandler):  # type: ignore[misc]
    """What cerberus found as (code of the rule, name of the field): cerberus's own messages can print the answer."""

    def __call__(self, errors: Iterable[Any]) -> list[Finding]:
        return [(error.info[0] if error.rule is None else CODES[error.rule], error.document_path[-1]) for error in errors]

    def add(self, error: Any) -> None:
        """Nothing: all are handed over at the end."""


class Answers(Validator):  # type: ignore[misc]
    """A cerberus validator that knows explicit answers, and questions that are required only when another was answered so."""

    types_mapping: ClassVar[dict[str, Any]] = {**Validator.types_mapping, "explicit": TypeDefinition("explicit", (Explicit,), ())}
    case: Case

    def _validate_required_when(self, conditions: dict[str, list[Any]], field: str, value: object) -> None:
        """{'type': 'dict'}"""
        if value in (None, "", []) and all(self._is(name, values) for name, values in conditions.items()):
            self._error(field, "RQ1")

    def _is(self, name: str, values: list[Any]) -> bool:
        said = self.document[name] if name in self.document else self.case.value(name)
        return any(one in values for one in (said if isinstance(said, list) else [said]))


@dataclass(frozen=True, slots=True)
class Schemas:
    """The validators of one form: for its questions, and by name for the rows of its repeating groups."""

    questions: Answers
    rows: dict[str, Answers]


def findings(case: Case) -> list[Finding]:
    """Where the answers break the form's own definition, as (code of the rule, path); the answer itself is never among them."""
    schemas = compiled(case.form, case.home)
    return [*_held(schemas.questions, case, _questions(case)), *_in_rows(schemas, case)]


@lru_cache(maxsize=16)
def compiled(form: Form, home: Home) -> Schemas:
    """The validators of a form, made once."""
    fields = form.fields.values()
    rows = {field.name: _validator(field.column, home) for field in fields if field.type == "repeat"}
    return Schemas(_validator(fields, home), rows)


def schema(fields: Iterable[Field], home: Home) -> dict[str, dict[str, Any]]:
    """The cerberus schema of some questions, by name."""
    return {field.name: _rules(field, home) for field in fields}


def _validator(fields: Iterable[Field], home: Home) -> Answers:
    return Answers(schema(fields, home), error_handler=Codes)


def _rules(field: Field, home: Home) -> dict[str, Any]:
    rules: dict[str, Any] = {"type": _types(field), "nullable": not field.required, "empty": not field.required}
    if field.required_when:
        rules["required_when"] = field.required_when
    if field.choices:
        rules["check_with"] = _among(home.codes(field.choices), field.or_other)
    elif field.type == "text_list" and field.max_length:
        rules["check_with"] = _fits(field.max_length)
    elif field.max_length:
        rules["maxlength"] = field.max_length
    return {**rules, **{key: value for key, value in (("min", field.minimum), ("max", field.maximum)) if value is not None}}


def _types(field: Field) -> list[str]:
    own = TYPES[field.type].cerberus
    return [own, "explicit", *(["date"] if own == "datetime" else [])]


def _among(codes: CodeList, or_other: bool) -> Callable[[str, Any, Callable[[str, str], None]], None]:
    def check(field: str, value: Any, error: Callable[[str, str], None]) -> None:
        chosen = value if isinstance(value, list) else [value]
        if not or_other and any(isinstance(c, str) and c not in codes.by_code and c not in EXPLICIT for c in chosen):
            error(field, "CO12")

    return check


def _fits(length: int) -> Callable[[str, Any, Callable[[str, str], None]], None]:
    def check(field: str, value: Any, error: Callable[[str, str], None]) -> None:
        if isinstance(value, list) and len("; ".join(map(str, value))) > length:
            error(field, "LE1")

    return check


def _held(validator: Answers, case: Case, document: dict[str, Any], path: Callable[[str], str] = str) -> Iterator[Finding]:
    validator.case = case
    validator.validate(document, normalize=False)
    return ((code, path(name)) for code, name in validator.errors)


def _in_rows(schemas: Schemas, case: Case) -> Iterator[Finding]:
    for name, validator in schemas.rows.items():
        for row in case.rows(name):
            yield from _held(validator, case, _row(case, row), row.path)


def _questions(case: Case) -> dict[str, Any]:
    return {field.name: _said(case, field, field.name) for field in case.form.fields.values() if _counts(case, field, field.name)}


def _row(case: Case, row: Row) -> dict[str, Any]:
    columns = case.form.fields[row.repeat].column
    return {c.name: _said(case, c, row.path(c.name)) for c in columns if _counts(case, c, row.path(c.name))}


def _counts(case: Case, field: Field, path: str) -> bool:
    """Whether an answer is looked at: not where it could not be understood, nor where nobody was asked and nothing said."""
    return not case.misread(path) and (case.is_put(field) or case.answered(path))


def _said(case: Case, field: Field, path: str) -> Any:
    if field.type == "repeat":
        return [row.values for row in case.begun(path)] or case.value(path)
    value = case.value(path)
    if isinstance(value, str) and value in EXPLICIT and not _is_choice(case, field, value):
        return Explicit(value) if field.unknown else None
    return value


def _is_choice(case: Case, field: Field, value: str) -> bool:
    code = case.codes(field.choices).by_code.get(value) if field.choices else None
    return code is not None and not code.unknown
