"""A mapping: what the headings of a coordinator's own register stand for (docs/import.md), and every mistake in one, named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from mase_docs.definition.build import Mistakes, build, did_you_mean, toml
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.values import parse
from mase_docs.intake.import_fields import JOINED, NAMES, Target, every_path, form_of, heading_key, is_in, sheet_key, target

ANY_DAY = date(2026, 1, 1)
"""The day on which the words of a mapping are tried: none of them depends on it."""


@dataclass(frozen=True)
class OneSheet:
    """What is otherwise on one sheet: headings of its own, those left out there, and answers that hold for each of its rows."""

    name: str
    columns: dict[str, Any] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """What stands where in a coordinator's own register.

    file           what the mapping's file is called
    sheets         the sheets to read; ignore_sheets: those to leave alone
    columns        heading → question, column of a table, or patterns by which it is taken apart
    ignore         headings of what the register doesn't need
    words          heading → this register's own words → ours
    fixed          question → its answer in every row that gives none itself
    sheet          what differs on one sheet
    """

    file: str
    sheets: tuple[str, ...]
    columns: dict[str, Any]
    ignore: tuple[str, ...] = ()
    ignore_sheets: tuple[str, ...] = ()
    words: dict[str, Any] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    sheet: tuple[OneSheet, ...] = ()

    def of(self, sheet: str) -> OneSheet:
        """All that holds for one sheet, its own before what holds for all."""
        own = next((one for one in self.sheet if sheet_key(one.name) == sheet_key(sheet)), OneSheet(sheet))
        kept = {heading_key(heading) for heading in (*own.columns, *own.ignore)}
        shared = {heading: said for heading, said in self.columns.items() if heading_key(heading) not in kept}
        return OneSheet(sheet, {**shared, **own.columns}, {**self.fixed, **own.fixed}, (*self.ignore, *own.ignore))

    def ignored_on(self, sheet: str) -> set[str]:
        """The headings left out on a sheet, as they are compared."""
        return {heading_key(heading) for heading in self.of(sheet).ignore}

    def words_under(self, heading: str) -> dict[str, str]:
        return next((words for said, words in self.words.items() if heading_key(said) == heading_key(heading)), {})


def load(path: Path, home: Home) -> Mapping:
    """A mapping from its file. Raises DefinitionError with every mistake."""
    mistakes = Mistakes(path.name)
    found = build(Mapping, {**toml(path), "file": path.name}, "the mapping", mistakes)
    if found and not mistakes.found:
        _Examined(found, form_of(home), home, mistakes).examine()
    mistakes.stop_if_any()
    assert found
    return found


def targets(one: OneSheet) -> dict[str, Target]:
    """What each heading of a sheet stands for, by the heading as it is compared. The mapping is right: load() has seen to that."""
    told = {heading_key(heading): target(said) for heading, said in one.columns.items()}
    return {heading: found for heading, found in told.items() if found}


def form_for(mapping: Mapping, sheet: str, home: Home) -> Form:
    """The form that the rows of a sheet answer: its questions know the sheet's own words, and how what it holds is taken apart."""
    one, form = mapping.of(sheet), form_of(home)
    words: dict[tuple[str, str], dict[str, str]] = {}
    for heading, said in one.columns.items():
        for fed in (target(said) or Target()).fed:
            words.setdefault(fed, {}).update(mapping.words_under(heading))
    sections = (replace(s, field=tuple(_in_words(f, words) for f in s.field)) for s in form.section)
    splits = tuple({"parts": list(found.parts)} for found in targets(one).values() if found.parts)
    return replace(form, section=tuple(sections), split=splits)


def _in_words(field: Field, words: dict[tuple[str, str], dict[str, str]]) -> Field:
    columns = tuple(replace(c, locate={"values": words.get((field.name, c.name), {})}) for c in field.column)
    return replace(field, column=columns, locate={"values": words.get((field.name, ""), {})})


@dataclass(frozen=True)
class _Examined:
    """A mapping held against the form."""

    mapping: Mapping
    form: Form
    home: Home
    mistakes: Mistakes

    def examine(self) -> None:
        self._headings()
        if self.mistakes.found:
            return
        for sheet in self.mapping.sheets:
            self._together(sheet, targets(self.mapping.of(sheet)))
        self._sheets()
        self._words()
        for block, fixed in (("fixed", self.mapping.fixed), *((f'sheet "{s.name}", fixed', s.fixed) for s in self.mapping.sheet)):
            self._fixed(block, fixed)

    def _headings(self) -> None:
        for block, columns, left in self._blocks():
            keys = Counter(map(heading_key, columns))
            for heading, said in columns.items():
                if keys[heading_key(heading)] > 1:
                    self.mistakes.add(f'{block}, "{heading}"', "This heading is there twice, but for case or signs.", "Keep one of them.")
                self._heading(f'{block}, "{heading}"', heading, said)
                if heading_key(heading) in map(heading_key, left):
                    self.mistakes.add(f'{block}, "{heading}"', "This heading is also under ignore.", "Take it out of one of the two.")

    def _blocks(self) -> Iterator[tuple[str, dict[str, Any], tuple[str, ...]]]:
        """Every table of columns, with the headings left out where it holds."""
        yield "columns", self.mapping.columns, self.mapping.ignore
        for sheet in self.mapping.sheet:
            yield f'sheet "{sheet.name}", columns', sheet.columns, (*self.mapping.ignore, *sheet.ignore)

    def _heading(self, block: str, heading: str, said: Any) -> None:
        """Notes what is wrong with what is said of one heading."""
        several = isinstance(said, list) and said and all(isinstance(part, str) for part in said)
        if not several and not isinstance(said, str):
            self.mistakes.add(block, "This should be text in quotes.", 'Write it so: "Surname" = "family_name".')
            return
        found = target(said)
        if found is None:
            self._unknown(block, str(said))
            return
        for name, column in found.fed:
            self._target(block, found, name, column)

    def _target(self, block: str, found: Target, name: str, column: str) -> None:
        """Notes what is wrong with one question that a heading is to answer."""
        if is_in(self.form, name, column) is None:
            self._unknown(block, f"{name}.{column}" if column else name)
            return
        keys = self.form.fields[name].keys
        if keys and found.row not in self.home.codes(keys).by_code:
            self.mistakes.add(block, f'The rows of "{name}" are fixed, and this names none of them.', self._rows_of(name, keys, column))
        elif found.row and not keys and not (column and found.row.isdigit() and int(found.row)):
            self.mistakes.add(block, f'"{found.row}" is no row of a table.', 'Rows are numbered from 1: "linked_people[2].name".')

    def _rows_of(self, name: str, keys: str, column: str) -> str:
        return f'Name one of them, like "{name}[{self.home.codes(keys).code[0].code}].{column}".'

    def _unknown(self, block: str, said: str) -> None:
        self.mistakes.add(block, f'"{said}" is not a question of the form, nor anything of a case.', _nearest(said, self.form))

    def _together(self, sheet: str, found: dict[str, Target]) -> None:
        """Notes two headings of a sheet that answer one question which can't take both, and a sheet without a child's name."""
        named = [(*fed, t.row) for t in found.values() for fed in t.fed]
        for (name, column, row), times in Counter(named).items():
            field = is_in(self.form, name, column)
            if times > 1 and field and field.type not in JOINED and (row or not column):
                self.mistakes.add("columns", f'Several headings of sheet "{sheet}" stand for "{name}".', "Keep one of them.")
        for name in self.mapping.of(sheet).fixed.keys() & {name for t in found.values() if t.parts for name, _ in t.fed}:
            self.mistakes.add("fixed", f'A pattern on sheet "{sheet}" gives "{name}" too.', "Take it out of fixed.")
        if not {name for name, _, _ in named} & set(NAMES):
            self.mistakes.add("columns", f'Nothing on sheet "{sheet}" stands for the name.', f"Map a heading to {' or '.join(NAMES)}.")

    def _sheets(self) -> None:
        """Notes a sheet that is named twice, and one of which something is said that isn't read."""
        named = Counter(map(sheet_key, (*self.mapping.sheets, *self.mapping.ignore_sheets)))
        for name in dict.fromkeys((*self.mapping.sheets, *self.mapping.ignore_sheets)):
            if named[sheet_key(name)] > 1:
                self.mistakes.add("sheets, ignore_sheets", f'Sheet "{name}" is named twice.', "Name it once, under one of the two.")
        for sheet in self.mapping.sheet:
            if sheet_key(sheet.name) not in map(sheet_key, self.mapping.sheets):
                self.mistakes.add(f'sheet "{sheet.name}"', "No such sheet is read.", did_you_mean(sheet.name, self.mapping.sheets))

    def _words(self) -> None:
        """Notes words for a heading that isn't mapped, and those put into what isn't understood either."""
        said = {heading_key(heading): (block, heading, to) for block, columns, _ in self._blocks() for heading, to in columns.items()}
        for heading, words in self.mapping.words.items():
            block = f'words, "{heading}"'
            if heading_key(heading) not in said:
                known = [heading for _, heading, _ in said.values()]
                self.mistakes.add(block, "No column of that heading is mapped.", did_you_mean(heading, known))
            elif not isinstance(words, dict) or not all(isinstance(ours, str) for ours in words.values()):
                self.mistakes.add(block, "This should be a table of words.", 'Write it so: "Cat 2" = "2".')
            else:
                found = target(said[heading_key(heading)][2])
                self._understood(block, words, [is_in(self.form, *fed) for fed in found.fed] if found and not found.parts else [])

    def _understood(self, block: str, words: dict[str, Any], fields: list[Field | None]) -> None:
        """Notes each word whose meaning isn't an answer to the question."""
        for theirs, ours in words.items():
            for asked in filter(None, fields):
                found = parse(asked, ours, self.home, ANY_DAY)
                if found.issues and found.value is None:
                    near = f' Did you mean "{found.nearest}"?' if found.nearest else ""
                    self.mistakes.add(block, f'What "{theirs}" is put into is no answer to “{asked.label}”.', f"Put another.{near}")

    def _fixed(self, block: str, fixed: dict[str, Any]) -> None:
        for name, said in fixed.items():
            field = is_in(self.form, name, "")
            if field is None:
                self._unknown(f"{block}, {name}", name)
            else:
                self._understood(f"{block}, {name}", {name: in_one(said)}, [field])


def in_one(said: Any) -> Any:
    """What is fixed as it would be typed: several choices in one."""
    return "; ".join(map(str, said)) if isinstance(said, list) else said


def _nearest(said: str, form: Form) -> str:
    found = did_you_mean(said, every_path(form))
    return found if found.startswith("Did") else "The questions are listed in docs/referral_v1.md, those of a case in docs/import.md."
