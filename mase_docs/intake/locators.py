"""Where a borough's own form holds its answers, and how a file is known to be that form (docs/own-form.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form, Medium
from mase_docs.definition.home import Home
from mase_docs.intake.finding import Findings, Key, split_key
from mase_docs.intake.refusals import refuse

PREFIX: dict[Medium, str] = {"xlsx": "excel", "pdf": "pdf", "docx": "word"}

NAMED: dict[Medium, str] = {"xlsx": "excel_sheets", "pdf": "pdf_fields", "docx": "word_fields"}
"""What must be in a file by its name: sheets, fields, content controls and bookmarks."""


def located(form: Form, medium: Medium) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Every question and every [[split]] of a borough's own form that has a place in a medium, with its locators."""
    every: list[tuple[Key, dict[str, Any]]] = [((f.name, None), f.locate) for f in form.fields.values()]
    every += [(split_key(number), rule) for number, rule in enumerate(form.split)]
    yield from ((key, locate) for key, locate in every if any(name.startswith(PREFIX[medium]) for name in locate))


def pdf_names(form: Form, home: Home) -> Iterator[tuple[Key, str]]:
    """The PDF field of each answer: `pdf` names it, or one a row of a table; `pdf_ticks` says which code each tick box stands for."""
    for (path, _), locate in located(form, "pdf"):
        if "pdf" in locate:
            yield (path, None), locate["pdf"]
        for name, code in locate.get("pdf_ticks", {}).items():
            yield (path, code), name
    for repeat in form.fields.values():
        for column in repeat.column:
            yield from _cells(repeat, column, home)


def _cells(repeat: Field, column: Field, home: Home) -> Iterator[tuple[Key, str]]:
    """A column's fields, written in the order of the rows."""
    names = column.locate.get("pdf", [])
    rows = [c.code for c in home.codes(repeat.keys).code] if repeat.keys else [str(n) for n in range(1, len(names) + 1)]
    for row, name in zip(rows, names, strict=False):
        yield (f"{repeat.name}[{row}].{column.name}", None), name


def recognised(home: Home, medium: Medium, words: str, names: Collection[str] = (), sheets: Collection[str] = ()) -> Form | None:
    """The borough's own form that a file is, by its words and by the names of its fields or sheets; None if it is none of them.

    Raises InputRefusedError AR31 where two definitions fit.
    """
    said, known = plain(words), {plain(name) for name in (*names, *sheets)}
    fit = [form for form in home.forms if _fits(form.recognise, medium, said, known)]
    if len(fit) > 1:
        both = " and ".join(f"{form.id}_v{form.version}.toml" for form in fit)
        raise refuse("AR31", f"{len(fit)} descriptions of forms fit this file: {both}.")
    return fit[0] if fit else None


def _fits(recognise: dict[str, Any], medium: Medium, said: str, known: set[str]) -> bool:
    """Whether everything stands in the file that a definition asks for in that medium; one that asks for nothing never fits."""
    texts = [plain(text) for text in recognise.get(f"{PREFIX[medium]}_text", [])]
    names = [plain(name) for name in recognise.get(NAMED[medium], [])]
    return bool(texts or names) and all(text in said for text in texts) and known.issuperset(names)


def unfound(form: Form, medium: Medium, findings: Findings) -> list[str]:
    """The paths of a borough's own form whose places are not in a file; each tick counts, and each column that a table lacks; a table
    that may be empty doesn't."""
    lost = [
        column for (path, _), _ in located(form, medium) if path in form.fields for column in _lost_columns(form, medium, path, findings)
    ]
    return lost + [
        path for (path, _), locate in located(form, medium) for key in _places(form, medium, path, locate) if not _is_among(key, findings)
    ]


def _lost_columns(form: Form, medium: Medium, path: str, findings: Findings) -> list[str]:
    """The columns of a table that has rows in this file and lacks them, whose labels are gone."""
    here = {found.rpartition("].")[2] for found, _ in findings if found.startswith(f"{path}[")}
    asked = (column for column in form.fields[path].column if any(name.startswith(PREFIX[medium]) for name in column.locate))
    return [f"{path}.{column.name}" for column in asked if here and column.name not in here]


def _places(form: Form, medium: Medium, path: str, locate: dict[str, Any]) -> list[Key]:
    prefix = PREFIX[medium]
    if f"{prefix}_ticks" in locate:
        return [(path, code) for code in dict.fromkeys(locate[f"{prefix}_ticks"].values())]
    if f"{prefix}_table" in locate:
        return [(f"{path}[", None)] if form.fields[path].keys else []
    return [(path, None)]


def _is_among(key: Key, findings: Findings) -> bool:
    return key in findings or (key[0].endswith("[") and any(path.startswith(key[0]) for path, _ in findings))
