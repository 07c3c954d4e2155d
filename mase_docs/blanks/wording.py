"""The words that both blanks say around a question: when it is required, and the marking a form takes on."""

from __future__ import annotations

from typing import Any

from mase_docs.definition.codes import CodeList
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.types import show
from mase_docs.model.submission import EXPLICIT, NOT_KNOWN


def marking(form: Form) -> str:
    """What stands at the top and foot of every page. An empty blank is not sensitive, a filled one is (domain section 6.1)."""
    return f"{form.marking} when completed"


def condition(field: Field, form: Form, home: Home) -> str:
    """When a question must be answered, in words: `if “Looked after?” is Yes`; "" where it isn't conditional."""
    parts = [f"“{form.fields[name].label}” is {_either(form.fields[name], values, home)}" for name, values in field.required_when.items()]
    return f"if {' and '.join(parts)}" if parts else ""


def _either(field: Field, values: list[Any], home: Home) -> str:
    return " or ".join(as_offered(field, value, home) for value in values)


def as_offered(field: Field, value: Any, home: Home) -> str:
    """A value in the words that a blank offers for it: the label of a code, Yes or No."""
    if value in EXPLICIT and not (field.choices and value in home.codes(field.choices).by_code):
        return EXPLICIT[value]
    return home.codes(field.choices).label_of(str(value)) if field.choices else show(field.type, value)


def choices(field: Field, home: Home) -> list[str]:
    """What a drop-down offers: the labels of the choices that are not closed, and "Not known" where that counts as an answer."""
    if field.type == "yes_no":
        offered = [show("yes_no", True), show("yes_no", False)]
        return [*offered, EXPLICIT[NOT_KNOWN]] if field.unknown else offered
    codes = home.codes(field.choices or "")
    offered = [code.label for code in codes.code if code.until is None]
    return [*offered, EXPLICIT[NOT_KNOWN]] if field.unknown and not _says_unknown(codes) else offered


def _says_unknown(codes: CodeList) -> bool:
    return any(code.unknown for code in codes.code) or codes.match(EXPLICIT[NOT_KNOWN]) is not None
