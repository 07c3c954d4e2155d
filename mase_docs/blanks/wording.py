"""The words that all blanks say around a question: when it is required, and the marking a form takes on."""

from __future__ import annotations

from typing import Any

from mase_docs.definition.codes import Code, CodeList
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.types import show
from mase_docs.model.submission import EXPLICIT, NOT_KNOWN, Value


def marking(form: Form) -> str:
    """What stands at the top and foot of every page. An empty blank is not sensitive, a filled one is (domain section 6.1)."""
    return f"{form.marking} when completed"


def copy_line(form: Form, whose: str) -> str:
    """What every page of a copy says besides: whose it is, and that it is sensitive as it stands; nothing on a blank."""
    return f"{whose} · {form.marking}" if whose else ""


def titled(title: str, whose: str) -> str:
    """The title of a file, with whose copy it is: `Actions for MASE: copy for Borough Police`."""
    return f"{title}: {whose[:1].lower()}{whose[1:]}" if whose else title


def condition(field: Field, form: Form, home: Home) -> str:
    """When a question must be answered, in words: `if “Looked after?” is Yes`; "" where it isn't conditional."""
    put = [(form.fields[name], values) for name, values in field.required_when.items() if form.fields[name].asked]
    parts = [f"“{other.label}” is {_either(other, values, home)}" for other, values in put]
    return f"if {' and '.join(parts)}" if parts else ""


def _either(field: Field, values: list[Any], home: Home) -> str:
    if _is_every_answer(field, values, home):
        return "given"
    said = [as_offered(field, value, home) for value in values]
    return " or ".join([*([", ".join(said[:-1])] if said[1:] else []), *said[-1:]])


def _is_every_answer(field: Field, values: list[Any], home: Home) -> bool:
    codes = home.codes(field.choices).code if field.choices else ()
    return bool(codes) and {c.code for c in codes if not c.unknown} <= set(values)


def sentences(*parts: str) -> str:
    """The parts that aren't empty, one after another, each ended with a full stop if it has no end of its own."""
    return " ".join(part if part.endswith((".", "?", "!", ":")) else f"{part}." for part in parts if part)


def as_offered(field: Field, value: Any, home: Home) -> str:
    """A value in the words that a blank offers for it: the label of a code, Yes or No."""
    if value in EXPLICIT and not (field.choices and value in home.codes(field.choices).by_code):
        return EXPLICIT[value]
    return home.codes(field.choices).label_of(str(value)) if field.choices else show(field.type, value)


def as_typed(field: Field, value: Value, home: Home) -> str:
    """A value in the words that somebody would type into a form for it: the label of a choice, 3 July 2011, which is read one way only."""
    if isinstance(value, list):
        return "; ".join(as_offered(field, item, home) if field.choices else item for item in value)
    return "" if value is None else as_offered(field, value, home)


def choices(field: Field, home: Home) -> list[str]:
    """What a drop-down offers: the labels of `offered`."""
    return [code.label for code in offered(field, home)]


def offered(field: Field, home: Home) -> list[Code]:
    """The choices that are not closed, and "Not known" where that counts as an answer."""
    if field.type == "yes_no":
        codes = CodeList("yes_no", "", (Code("yes", show("yes_no", True)), Code("no", show("yes_no", False))))
    else:
        codes = home.codes(field.choices or "")
    still_open = [code for code in codes.code if code.until is None]
    return [*still_open, Code(NOT_KNOWN, EXPLICIT[NOT_KNOWN])] if field.unknown and not _says_unknown(codes) else still_open


def _says_unknown(codes: CodeList) -> bool:
    return any(code.unknown for code in codes.code) or codes.match(EXPLICIT[NOT_KNOWN]) is not None
