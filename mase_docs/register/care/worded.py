"""Rows as a person reads them: each column by its words in the record model, codes by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date, show_datetime, show_yes_no
from mase_docs.register.records import RECORDS, Kept

CODES = re.compile(r"\(codes?: (\w+)(?: or (\w+))?\)")
"""The code lists that a column's words name."""
NAMED = {
    "reference": "Reference",
    "number": "Number",
    "status": "Status",
    "source_name": "File",
    "accepted_because": "Recorded with errors because",
    "kind": "Kind",
    "name": "Name",
    "confirmed": "Name confirmed by the coordinator",
    "stage": "Given now, or proposed",
    "band": "How likely",
    "state": "How it stands",
    "scheme": "Scheme",
}
"""Columns whose words explain rather than name."""
SCHEME = "scheme"
"""Of an assessment, the column that names the code list of its code."""

OURS = ("role", "kind", "stage", "band", "state", "rhi_accepted")
"""Columns that hold words of the register's own, or yes and no."""
MOMENTS = ("start", "end")


def facts(row: Kept, home: Home) -> Iterator[tuple[str, str, str]]:
    """Column, its words and its value in words, of every column of a row that holds something of its own."""
    values = {column.name: getattr(row, column.name) for column in RECORDS[row.__tablename__].__table__.columns}
    yield from facts_of(row.__tablename__, values, home)


def facts_of(table: str, values: dict[str, Any], home: Home) -> Iterator[tuple[str, str, str]]:
    """The same of a row's values, as the history has them."""
    for column in RECORDS[table].__table__.columns:
        value = values.get(column.name)
        if value is not None and not column.primary_key and not column.foreign_keys and "once" not in column.info:
            yield column.name, label(table, column.name), in_words(table, column.name, value, home, str(values.get(SCHEME) or ""))


def label(table: str, column: str) -> str:
    """What a column holds, in a few words."""
    said = RECORDS[table].__table__.columns[column].comment or column
    return NAMED.get(column) or re.split(r"[;:(]", said)[0].strip()


def in_words(table: str, column: str, value: Any, home: Home, scheme: str = "") -> str:
    """A value of a column in words."""
    if isinstance(value, bool):
        return show_yes_no(value)
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, list):
        return "; ".join(in_words(table, column, item, home) for item in value)
    return _word(table, column, str(value), home, scheme)


def _word(table: str, column: str, value: str, home: Home, scheme: str) -> str:
    """A code by its label, else a word of the register's own, or a moment, in plain writing; else the text itself."""
    if column == SCHEME and home.has_codes(value):
        return home.codes(value).label
    found = CODES.search(RECORDS[table].__table__.columns[column].comment or "")
    lists = [name for name in (found.groups() if found else ()) if name] or ([scheme] if column == "code" and scheme else [])
    known = (home.codes(name) for name in lists if home.has_codes(name))
    plainly = _moment(value) if column in MOMENTS else value.replace("_", " ").capitalize() if column in OURS else value
    return next((codes.label_of(value) for codes in known if value in codes.by_code), plainly)


def _moment(value: str) -> str:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return show_datetime(at) if "T" in value else show_date(at)
