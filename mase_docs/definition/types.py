"""The types of question, one line each: what cerberus checks, how it is read, how it is shown, and how a blank asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mase_docs.model.submission import EXPLICIT, Value


def show_date(value: date) -> str:
    """1 May 2026 (written out: %-d fails on Windows)."""
    return f"{value.day} {value:%B %Y}"


def show_datetime(value: datetime) -> str:
    return f"{show_date(value)}, {value:%H:%M}"


def show_yes_no(value: bool) -> str:
    return "Yes" if value else "No"


def show_nhs(value: str) -> str:
    """An NHS number in its 3-3-4 groups."""
    return f"{value[:3]} {value[3:6]} {value[6:]}"


@dataclass(frozen=True, slots=True)
class Type:
    """cerberus: the cerberus type; show: value → words; needs_choices: takes a code list; as_text: Excel's text format keeps
    its leading zeros; lines: the height of its box on a blank."""

    cerberus: str
    show: Callable[[Any], str] = str
    needs_choices: bool = False
    as_text: bool = True
    lines: int = 1


TYPES: dict[str, Type] = {
    "text": Type("string"),
    "name": Type("string"),
    "long_text": Type("string", lines=4),
    "text_list": Type("list", "; ".join, lines=2),
    "integer": Type("integer", as_text=False),
    "date": Type("date", show_date, as_text=False),
    "datetime": Type("datetime", show_datetime, as_text=False),
    "yes_no": Type("boolean", show_yes_no),
    "select_one": Type("string", needs_choices=True),
    "select_multiple": Type("list", needs_choices=True),
    "email": Type("string"),
    "phone": Type("string"),
    "postcode": Type("string"),
    "nhs_number": Type("string", show_nhs),
    "upn": Type("string"),
    "repeat": Type("list"),
}


def show(kind: str, value: Value) -> str:
    """A value as a person reads it; "Not recorded" for None (labels of choices are looked up by Home.show)."""
    if value is None:
        return "Not recorded"
    if isinstance(value, str) and value in EXPLICIT:
        return EXPLICIT[value]
    return TYPES[kind].show(value)
