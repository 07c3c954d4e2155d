"""Form definitions, code lists and the profile, loaded from TOML and held against each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from mase_docs.definition import own_form
from mase_docs.definition.build import Mistakes, build, toml
from mase_docs.definition.codes import Code, CodeList
from mase_docs.definition.examine import Known, examine_codes, examine_form, examine_profile
from mase_docs.definition.examine_record import examine_records
from mase_docs.definition.form import Field, Form
from mase_docs.definition.profile import Profile
from mase_docs.definition.wording import filled


def load_codes(path: Path) -> CodeList:
    """One code list. Raises DefinitionError with every mistake."""
    mistakes = Mistakes(path.name)
    table = {"name": path.stem, **toml(path)}
    found = build(CodeList, table, "the list", mistakes)
    if found:
        examine_codes(found.code, mistakes)
    mistakes.stop_if_any()
    assert found
    return found


def load_profile(path: Path, shipped: Path | None = None) -> Profile:
    """The borough's profile; a setting that it leaves out is taken from the shipped one. Raises DefinitionError with every mistake."""
    mistakes = Mistakes(path.name)
    found = build(Profile, _over(toml(shipped) if shipped else {}, toml(path)), "the profile", mistakes)
    if found:
        examine_codes(agencies(found), mistakes)
        examine_profile(found, mistakes)
    mistakes.stop_if_any()
    assert found
    return found


def agencies(profile: Profile) -> tuple[Code, ...]:
    """The profile's agencies as the choices that they are on forms."""
    return tuple(Code(a.code, a.name, group=a.group, aliases=a.aliases) for a in profile.agency)


def _over(shipped: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The shipped tables with the borough's own settings over theirs; a list (of agencies, say) is taken whole."""
    both = {name for name in shipped.keys() & own.keys() if isinstance(shipped[name], dict) and isinstance(own[name], dict)}
    return {**shipped, **own, **{name: {**shipped[name], **own[name]} for name in both}}


STAND_IN = {"id": "unnamed", "version": 1, "title": ""}
"""For a head that can't be read, so that the mistakes of the questions are named all the same; such a form is never given out."""


def load_form(path: Path, base: Callable[[str], Form | None], known: Known) -> Form:
    """One form definition, with the profile's words in it. `base` gives the form that a borough's own form is based on, `known`
    is what it is held against. Raises DefinitionError with every mistake."""
    mistakes = Mistakes(path.name)
    table = toml(path)
    inherited = base(str(table["based_on"])) if table.get("based_on") else None
    if table.get("based_on") and inherited is None:
        mistakes.add(
            "based_on", "There is no such form, or it is itself based on one.", 'Name it as its file is named, like "referral_v1".'
        )
    prepared = _prepared(table, inherited)
    form = build(Form, prepared, "the form", mistakes) or build(Form, {**prepared, **STAND_IN}, "the form", Mistakes(path.name))
    if form:
        form = replace(form, record=(*(inherited.record if inherited else ()), *form.record))
        examine_form(form, known, mistakes)
        examine_records(form, known.tables, mistakes)
        own_form.examine(form, mistakes)
    mistakes.stop_if_any()
    assert form
    return filled(form, known.words)


def _prepared(table: dict[str, Any], base: Form | None) -> dict[str, Any]:
    """The tables with locators gathered under `locate`, and what a borough's own form leaves out taken from its base."""
    ready = dict(table)
    if base:
        ready = {"code": base.code, "checks": list(base.checks), "marking": base.marking, **ready}
    if isinstance(table.get("section"), list):
        ready["section"] = [_section(section, base) for section in table["section"]]
    return ready


def _section(table: Any, base: Form | None) -> Any:
    if not isinstance(table, dict) or not isinstance(table.get("field"), list):
        return table
    known: Callable[[str], Field | None] = base.fields.get if base else lambda name: None
    return {**table, "field": [own_form.with_locators(field, known, _as_table) for field in table["field"]]}


def _as_table(field: Field) -> dict[str, Any]:
    """A field as the table it was written as, so that a borough's own block needs only say what differs."""
    plain = {f.name: getattr(field, f.name) for f in fields(field)}
    plain["column"] = [_as_table(c) for c in field.column]
    return {k: list(v) if isinstance(v, tuple) else v for k, v in plain.items() if v is not None}
