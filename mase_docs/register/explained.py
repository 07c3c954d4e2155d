"""docs/record-model.md: every table and column of the register in words, made from records.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column

from mase_docs.register.records import RECORDS, Base

HEAD = """# What the register keeps

This page is made from `mase_docs/register/records.py` by `docs/developing/make_docs.py`. Columns are called as the questions of the
forms are; codes are those of `forms/codes/`. Every row belongs to one borough (`borough`, its DfE number) and has a number there (`id`)
that is never given twice; both are left out below. All but the last four tables have each of their changes in `history`.
"""
LAST = ("person_key", "history", "chain", "counter")
"""What the register keeps of itself."""


def page() -> str:
    """The page, in Markdown."""
    kinds: dict[str, Any] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    names = [*(name for name in Base.metadata.tables if name in RECORDS), *LAST]
    return "\n".join([HEAD, *(line for name in names for line in _table(name, kinds[name]))])


def _table(name: str, kind: Any) -> Iterator[str]:
    yield from (f"## {name}", "", " ".join(str(kind.__doc__).split()), "", "| column | type | what it holds |", "|---|---|---|")
    yield from (_column(column) for column in kind.__table__.columns if column.name not in ("borough", "id"))
    yield ""


def _column(column: Column[Any]) -> str:
    type_of = type(column.type).__name__
    names = [key.column.table.name for key in column.foreign_keys]
    tied = f" (row of `{names[0]}`)" if names else ""
    return f"| `{column.name}` | {TYPES.get(type_of, type_of)}{'' if column.nullable else ', always'} | {column.comment}{tied} |"


TYPES = {
    "Text": "text", "String": "text", "Integer": "number", "Date": "date", "Boolean": "yes or no", "Listed": "list", "LargeBinary": "bytes"
}  # fmt: skip
