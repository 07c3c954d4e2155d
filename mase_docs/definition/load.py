"""Form definitions, code lists and the profile, loaded from TOML and held against each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from mase_docs.definition.build import Mistakes, build, toml
from mase_docs.definition.codes import CodeList
from mase_docs.definition.form import Field, Form
from mase_docs.definition.own_form import examine, with_locators
from mase_docs.definition.profile import Profile
from mase_docs.definition.types import TYPES
from mase_docs.definition.wording import Part, filled, unknown_words

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def load_codes(path: Path) -> CodeList:
    """One code list. Raises DefinitionError with every mistake."""
    mistakes = Mistakes(path.name)
    table = {"name": path.stem, **toml(path)}
    found = build(CodeList, table, "the list", mistakes)
    if found:
        _once([c.code for c in found.code], "code", mistakes)
    mistakes.stop_if_any()
    assert found
    return found


def load_profile(path: Path, shipped: Path | None = None) -> Profile:
    """The borough's profile; a setting that it leaves out is taken from the shipped one. Raises DefinitionError with every mistake."""
    mistakes = Mistakes(path.name)
    found = build(Profile, _over(toml(shipped) if shipped else {}, toml(path)), "the profile", mistakes)
    mistakes.stop_if_any()
    assert found
    return found


def _over(shipped: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The shipped tables with the borough's own settings over theirs; a list (of agencies, say) is taken whole."""
    both = {name for name in shipped.keys() & own.keys() if isinstance(shipped[name], dict) and isinstance(own[name], dict)}
    return {**shipped, **own, **{name: {**shipped[name], **own[name]} for name in both}}


def load_form(
    path: Path,
    base: Callable[[str], Form | None],
    has_codes: Callable[[str], bool],
    checks: set[str] | None = None,
    words: Mapping[str, str] | None = None,
) -> Form:
    """One form definition. `base` gives the form that a borough's own form is based on, `has_codes` knows the code lists,
    `checks` the named rules (None: not looked at), `words` are the profile's for what stands in { }. Raises DefinitionError
    with every mistake."""
    mistakes = Mistakes(path.name)
    table = toml(path)
    inherited = base(table["based_on"]) if table.get("based_on") else None
    if table.get("based_on") and inherited is None:
        mistakes.add("based_on", "There is no such form to be based on.", 'Name it as its file is named, like "referral_v1".')
    form = build(Form, _prepared(table, inherited), "the form", mistakes)
    mistakes.stop_if_any()
    assert form
    _examine(form, has_codes, checks, mistakes)
    _examine_words(form, words or {}, mistakes)
    mistakes.stop_if_any()
    return filled(form, words or {})


def _prepared(table: dict[str, Any], base: Form | None) -> dict[str, Any]:
    """The tables with locators gathered under `locate`, and what a borough's own form leaves out taken from its base."""
    ready = dict(table)
    if base:
        ready = {"code": base.code, "checks": list(base.checks), "marking": base.marking, **ready}
    known = base.fields.get if base else {}.get
    ready["section"] = [
        {**section, "field": [with_locators(f, known, _as_table) for f in section.get("field", [])]}
        if isinstance(section, dict)
        else section
        for section in table.get("section", [])
    ]
    return ready


def _as_table(field: Field) -> dict[str, Any]:
    """A field as the table it was written as, so that a borough's own block needs only say what differs."""
    plain = {f.name: getattr(field, f.name) for f in fields(field)}
    plain["column"] = [_as_table(c) for c in field.column]
    return {k: list(v) if isinstance(v, tuple) else v for k, v in plain.items() if v is not None}


def _examine(form: Form, has_codes: Callable[[str], bool], checks: set[str] | None, mistakes: Mistakes) -> None:
    every = [(s.name, f) for s in form.section for f in s.field]
    _once([f.name for _, f in every], "field", mistakes)
    _once([s.name for s in form.section], "section", mistakes)
    for section, found in every:
        for block, field in _with_columns(f'section "{section}", field "{found.name}"', found):
            _examine_field(block, field, form, has_codes, mistakes)
    examine(form, mistakes)
    for name in set(form.checks) - (checks if checks is not None else set(form.checks)):
        mistakes.add("checks", f'There is no rule "{name}".', "Use a rule's code from docs/checks.md.")


def _examine_words(form: Form, words: Mapping[str, str], mistakes: Mistakes) -> None:
    for block, part in _parts(form):
        for word in unknown_words(part, words):
            mistakes.add(
                block, f'"{{{word}}}" stands for nothing.', f"In {{ }} write one of: {', '.join(words)}. A brace itself is {{{{ or }}}}."
            )


def _parts(form: Form) -> Iterator[tuple[str, Part]]:
    yield "the form", form
    for section in form.section:
        yield f'section "{section.name}"', section
        for found in section.field:
            yield from _with_columns(f'section "{section.name}", field "{found.name}"', found)


def _with_columns(block: str, field: Field) -> Iterator[tuple[str, Field]]:
    yield block, field
    for column in field.column:
        yield f'{block}, column "{column.name}"', column


def _examine_field(block: str, field: Field, form: Form, has_codes: Callable[[str], bool], mistakes: Mistakes) -> None:
    if not NAME.match(field.name):
        mistakes.add(block, "A name is small letters, digits and _ and begins with a letter.", "Rename it.")
    if field.type not in TYPES:
        mistakes.add(block, f'"{field.type}" is not a type of question.', f"Use one of: {', '.join(TYPES)}.")
        return
    kind = TYPES[field.type]
    if kind.needs_choices and not field.choices:
        mistakes.add(block, f"A {field.type} needs a code list.", 'Add choices = "…".')
    for name in filter(None, (field.choices, field.keys)):
        if not has_codes(name):
            mistakes.add(block, f'There is no code list "{name}".', f"Write forms/codes/{name}.toml or mend the name.")
    if (field.type == "repeat") != bool(field.column):
        mistakes.add(block, "A repeat has columns, and only a repeat.", 'Use type = "repeat" with [[section.field.column]] blocks.')
    for other in field.required_when:
        if other not in form.fields and not form.based_on:
            mistakes.add(block, f'required_when names "{other}", which is not a field of this form.', "Mend the name.")


def _once(names: list[str], what: str, mistakes: Mistakes) -> None:
    for name in sorted({n for n in names if names.count(n) > 1}):
        mistakes.add(f'{what} "{name}"', f"There are two of this {what}.", "Rename or remove one: a name is used once.")
