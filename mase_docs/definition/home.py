"""A borough's own folder: its profile, forms, code lists and templates, each before the shipped ones of the same name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from mase_docs import resources
from mase_docs.definition.codes import CodeList
from mase_docs.definition.examine import Known
from mase_docs.definition.form import RETURNS, Field, Form, Medium, Slot
from mase_docs.definition.load import agencies, load_codes, load_form, load_profile
from mase_docs.definition.profile import Profile
from mase_docs.definition.record import Tables
from mase_docs.definition.types import show
from mase_docs.model.submission import EXPLICIT, Value


@dataclass(eq=False)
class Home:
    """`folder` may be missing or empty: then everything is as shipped (Hackney's terms of reference)."""

    folder: Path | None = None

    @cached_property
    def profile(self) -> Profile:
        """The borough's `mase.toml`; what it leaves out is as in the shipped one. Raises DefinitionError."""
        shipped, own = resources.folder("forms") / "mase.toml", self.folder / "mase.toml" if self.folder else None
        return load_profile(own, shipped) if own and own.is_file() else load_profile(shipped)

    @cached_property
    def forms(self) -> list[Form]:
        """Every form definition, shipped and own, by id and version. Raises DefinitionError."""
        paths = [p for p in resources.listed("forms", "*.toml", self.folder) if p.name != "mase.toml"]
        return sorted((self.load(path) for path in paths), key=lambda form: (form.id, form.version))

    def must_be_right(self) -> None:
        """Raises DefinitionError where the profile or one of the forms has mistakes."""
        _ = self.profile, self.forms

    def load(self, path: Path, checks: set[str] | None = None, tables: Tables | None = None) -> Form:
        """One form definition from its file, with the borough's own words in it. Raises DefinitionError.

        The rules and the register's tables that it may name are looked at where they are given.
        """
        return load_form(path, self._base, self._known(checks, tables))

    def _known(self, checks: set[str] | None = None, tables: Tables | None = None) -> Known:
        return Known(self._codes_if_any, checks, asdict(self.profile.panel), tables)

    def form(self, id: str, version: int | None = None) -> Form:
        """The form of that id and version, or its newest version. KeyError if there is none."""
        found = [f for f in self.forms if f.id == id and version in (None, f.version)]
        if not found:
            raise KeyError(id)
        return found[-1]

    def is_return(self, id: str | None) -> bool:
        """Whether a form of that id is one that agencies send back, which refers nobody; none is of an id that isn't known."""
        return any(form.id == id and form.kind in RETURNS for form in self.forms)

    def _base(self, stem: str) -> Form | None:
        path = resources.find("forms", f"{stem}.toml", self.folder)
        return load_form(path, lambda _: None, self._known()) if path else None

    def has_codes(self, name: str) -> bool:
        return name == "agency" or resources.find("forms", f"codes/{name}.toml", self.folder) is not None

    def _codes_if_any(self, name: str) -> CodeList | None:
        return self.codes(name) if self.has_codes(name) else None

    def codes(self, name: str) -> CodeList:
        """A code list by its name; "agency" is the profile's. KeyError if there is none."""
        if name not in self._codes:
            self._codes[name] = self._agencies() if name == "agency" else self._listed(name)
        return self._codes[name]

    @cached_property
    def _codes(self) -> dict[str, CodeList]:
        return {}

    def _listed(self, name: str) -> CodeList:
        path = resources.find("forms", f"codes/{name}.toml", self.folder)
        if path is None:
            raise KeyError(name)
        return self._mapped(load_codes(path))

    def _mapped(self, codes: CodeList) -> CodeList:
        """The panel's own scheme of categories also knows the words that the profile maps to it (domain rule CA9)."""
        if not codes.scheme or codes.scheme != self.profile.categories.scheme:
            return codes
        theirs = self.profile.categories.mapping.items()
        mapped = (replace(c, aliases=(*c.aliases, *(word for word, code in theirs if code == c.code))) for c in codes.code)
        return replace(codes, code=tuple(mapped))

    def _agencies(self) -> CodeList:
        return CodeList("agency", "Agencies", agencies(self.profile), source="the profile")

    def show(self, field: Field, value: Value) -> str:
        """A value in words: dates as 1 May 2026, choices by their labels, None as "Not recorded"."""
        if not field.choices or value is None:
            return show(field.type, value)
        codes = self.codes(field.choices)
        chosen = [str(v) for v in value] if isinstance(value, list) else [str(value)]
        return "; ".join(codes.label_of(c) if c in codes.by_code else EXPLICIT.get(c, c) for c in chosen)

    def slots(self, form: Form, medium: Medium) -> Iterator[Slot]:
        """Every place that the blank of a medium offers for an answer, in reading order."""
        for field in form.fields.values():
            if field.asked and medium in field.media:
                yield from self.slots_of(field, medium)

    def slots_of(self, field: Field, medium: Medium) -> Iterator[Slot]:
        """The places for one question: one, or one a tick, or one a cell of its rows."""
        if field.type != "repeat":
            yield from self._ticks_or_one(field, field.name, field.name, field.label)
            return
        for row, said in self.rows(field, medium):
            for column in field.column:
                if medium in column.media:
                    name, path = f"{field.name}_{row.lower()}_{column.name}", f"{field.name}[{row}].{column.name}"
                    for slot in self._ticks_or_one(column, name, path, f"{field.label}, {said}: {column.label}"):
                        yield Slot(slot.name, slot.path, column, slot.label, slot.option, field, row)

    def rows(self, field: Field, medium: Medium) -> list[tuple[str, str]]:
        """The rows that a blank offers for a repeat, as (key, said): ("1", "row 1") or ("S", "Sexual health …")."""
        if field.keys:
            return [(c.code, c.label) for c in self.codes(field.keys).code]
        return [(str(n), f"row {n}") for n in range(1, field.rows.get(medium, field.rows.get("pdf", 3)) + 1)]

    def _ticks_or_one(self, field: Field, name: str, path: str, label: str) -> Iterator[Slot]:
        if field.type != "select_multiple":
            yield Slot(name, path, field, label)
            return
        assert field.choices
        for code in self.codes(field.choices).code:
            yield Slot(f"{name}_{code.code.lower()}", path, field, f"{label}: {code.label}", option=code.code)
