"""A form's questions as a Markdown table: the same definition that the blanks are built from."""

from __future__ import annotations

from collections.abc import Iterator

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home

HEAD = "| name | question | type | choices | needed | who knows |\n|---|---|---|---|---|---|"


def build(form: Form, home: Home) -> bytes:
    """The table in UTF-8, section by section."""
    return "\n".join(_lines(form, home)).encode() + b"\n"


def _lines(form: Form, home: Home) -> Iterator[str]:
    yield f"# {form.title}\n\n`{form.id}`, version {form.version}, printed as {form.stamp}."
    for section in form.section:
        yield f"\n## {section.label}\n\n{HEAD}"
        for field in section.field:
            yield _row(field)
            yield from (_row(column, f"{field.name}[].") for column in field.column)


def _row(field: Field, prefix: str = "") -> str:
    cells = (f"`{prefix}{field.name}`", field.label, field.type, field.choices or "", needed(field), field.filled_by.replace("_", " "))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def needed(field: Field) -> str:
    """`yes`, `` or the condition: `if cp_plan` …"""
    if field.required:
        return "yes"
    conditions = [f"{name} is {' or '.join(map(str, values)).lower()}" for name, values in field.required_when.items()]
    return f"if {' and '.join(conditions)}" if conditions else ""
