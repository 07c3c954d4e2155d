"""What only a borough's own form has: locators, [[split]] and [recognise] (docs/own-form.md), and their mistakes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, get_args

from mase_docs.definition.build import Mistakes, did_you_mean
from mase_docs.definition.form import Field, Form
from mase_docs.model.submission import Confidence

GRIDS = ("excel", "word")
"""What a grid's locators begin with: they are called alike for a sheet of Excel and for a Word document."""
MEDIA = (*GRIDS, "pdf")
LOCATORS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(GRIDS, str),
    **{f"{grid}_{name}": str for grid in GRIDS for name in ("label", "under", "side", "table")},
    **{f"{grid}_ticks": dict for grid in GRIDS},
    "pdf": (str, list),
    "pdf_ticks": dict,
    "separator": str,
    "values": dict,
}
"""Where a question's answer stands in a file that this project didn't design, and how its words become ours."""
SIDES = ("right", "left", "below", "inside", "after")
SPLIT = {**LOCATORS, "from": str, "parts": (str, list), "set": dict, "optional": bool, "confidence": str}
RECOGNISE = dict.fromkeys(("excel_text", "excel_sheets", "pdf_text", "pdf_fields", "word_text", "word_fields"), list)

Place = tuple[str, dict[str, Any]]


def patterns_of(split: dict[str, Any]) -> list[str]:
    """The patterns of a split, in the order they are tried."""
    parts = split.get("parts", [])
    return [parts] if isinstance(parts, str) else list(parts)


def names_in(split: dict[str, Any]) -> list[str]:
    """The questions that a split fills, in the order they are named."""
    named = (name for pattern in patterns_of(split) for name in re.findall(r"\{(\w+)\}", pattern))
    return list(dict.fromkeys([*named, *split.get("set", {})]))


def examine(form: Form, mistakes: Mistakes) -> None:
    """Notes every mistake in the locators, splits and recognition of a borough's own form."""
    for block, locate in _places(form):
        _examine_locators(block, locate, mistakes)
    for number, split in enumerate(form.split, 1):
        _examine_split(f"split number {number}", split, form, mistakes)
    _examine_settings("recognise", form.recognise, RECOGNISE, mistakes)
    if (form.split or any(locate for _, locate in _places(form))) and not form.recognise:
        mistakes.add(
            "recognise",
            "Nothing says how a file is known to be this form.",
            "Add a [recognise] block with excel_text, pdf_text or word_text.",
        )


def _places(form: Form) -> Iterator[Place]:
    for section in form.section:
        for field in section.field:
            yield f'section "{section.name}", field "{field.name}"', field.locate
            for column in field.column:
                yield f'section "{section.name}", field "{field.name}", column "{column.name}"', column.locate


def _examine_settings(block: str, table: dict[str, Any], right: Mapping[str, Any], mistakes: Mistakes) -> bool:
    """Whether a table has only settings that there are, each written as it should be."""
    before = len(mistakes.found)
    for name, value in table.items():
        if name not in right:
            mistakes.add(block, f'"{name}" is not a setting here.', did_you_mean(name, right))
        elif not isinstance(value, right[name]) or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
            mistakes.add(block, f"{name} is not written as it should be.", "See docs/own-form.md for an example of it.")
    return len(mistakes.found) == before


def _examine_locators(block: str, locate: dict[str, Any], mistakes: Mistakes) -> None:
    if not _examine_settings(block, locate, LOCATORS, mistakes):
        return
    for grid in GRIDS:
        side, under = f"{grid}_side", f"{grid}_under"
        if locate.get(side, "right") not in SIDES:
            mistakes.add(block, f"{side} says no side.", f"Use one of: {', '.join(SIDES)}.")
        needed = [f"{grid}_{name}" for name in ("label", "ticks", "table")]
        if {under, side} & locate.keys() and not locate.keys() & set(needed):
            mistakes.add(block, f"{under} and {side} only say more about {needed[0]}, {needed[1]} or {needed[2]}.", "Add one of them.")


def _examine_split(block: str, split: dict[str, Any], form: Form, mistakes: Mistakes) -> None:
    if not _examine_settings(block, split, SPLIT, mistakes):
        return
    _examine_locators(block, {name: value for name, value in split.items() if name in LOCATORS}, mistakes)
    if not any(name == "from" or name.startswith(MEDIA) for name in split):
        mistakes.add(block, "Nothing says which text is to be split.", 'Add from = "…", excel_label = "…", word_label = "…" or pdf = "…".')
    if split.get("confidence", "high") not in get_args(Confidence):
        mistakes.add(block, "confidence is not one of the values it may have.", f"Use one of: {', '.join(get_args(Confidence))}.")
    if not patterns_of(split):
        mistakes.add(block, "Nothing says how the text is to be split.", 'Add parts = ["{one_question} - {another}"].')
    known = _fillable(split.get("from", ""), form)
    for name in names_in(split):
        if name not in known:
            mistakes.add(block, f'"{name}" is not a question that can be filled here.', did_you_mean(name, known))
    for pattern in patterns_of(split):
        if len(re.findall(r"\{(\w+)\}", pattern)) != len(set(re.findall(r"\{(\w+)\}", pattern))):
            mistakes.add(block, "A pattern names a question twice.", "Name each question once in a pattern.")


def _fillable(source: str, form: Form) -> list[str]:
    """What a split may fill: the columns of the table its text stands in, else the form's questions."""
    repeat, _, _ = source.rpartition(".")
    if repeat:
        return [c.name for c in form.fields[repeat].column] if repeat in form.fields else []
    return [f.name for f in form.fields.values() if f.type != "repeat"]


def with_locators(table: Any, known: Callable[[str], Field | None], as_table: Callable[[Field], dict[str, Any]]) -> Any:
    """A question's table with its locators gathered under `locate`, and what it leaves out taken from the form it is based on.

    Of a table's columns those that it names are taken; where it names none, all of them.
    """
    if not isinstance(table, dict):
        return table
    base = known(str(table.get("name")))
    columns = {c.name: c for c in base.column} if base else {}
    own = {name: value for name, value in table.items() if not _locates(name)}
    if isinstance(own.get("column"), list):
        own["column"] = [with_locators(column, columns.get, as_table) for column in own["column"]]
    found = {name: value for name, value in table.items() if _locates(name)}
    return {**(as_table(base) if base else {}), **own, **({"locate": found} if found else {})}


def _locates(name: str) -> bool:
    """Whether a setting says where an answer stands, or was meant to."""
    return name in LOCATORS or (name.startswith(MEDIA) and name not in {f.name for f in fields(Field)})
