"""A coordinator's own register, row by row: each a Submission of the referral form and what the case has beside it (docs/import.md)."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from mase_docs import signs
from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.values import as_text
from mase_docs.definition.words import clean
from mase_docs.errors import DefinitionError
from mase_docs.intake.answers import compose, is_blank
from mase_docs.intake.cells import finding
from mase_docs.intake.finding import Finding, Findings, Reading, split_key
from mase_docs.intake.import_fields import CASE, NAMES, Target, heading_key, nearest, sheet_key
from mase_docs.intake.import_mapping import Mapping, OneSheet, form_for, in_one, targets
from mase_docs.intake.import_problems import is_explicit, passed, said_of, unfit
from mase_docs.intake.parts import INSIDE
from mase_docs.intake.register_grid import Columns, Grid
from mase_docs.intake.sheet import Book
from mase_docs.model.submission import Answer, Source, Submission, Value
from mase_docs.problems import Problem, errors_first

KIND = "import"
BETWEEN = re.compile(r"[;\n]")
"""Between the people or places of one cell."""
MORE = re.compile(r"[()\[\];:/&\n\d?]")
"""What stands in no name."""
CHOICES = re.compile(r"[;\n,/&+]")
"""Between the choices of one cell."""


@dataclass(frozen=True)
class Imported:
    """One row of a coordinator's own register.

    submission  its answers, with problems; form None for what is no row (a total, a remark): then its one problem says what it is
    case        what the case has beside the form, by the names of import_fields.CASE: dates, codes and texts; what isn't known is left out
    """

    submission: Submission
    case: dict[str, Value] = field(default_factory=dict)


def imported(name: str, book: Book, mapping: Mapping, home: Home, today: date) -> Iterator[Imported]:
    """Every row of a book, in the order of the mapping's sheets; what is no row comes too, as a note.

    name is what the file is called; today decides which century a year of two digits is of. Raises DefinitionError, before the first row,
    where the mapping doesn't say what becomes of a sheet or a column.
    """
    sheets = [RegisterSheet(name, book, sheet, mapping, home, today) for sheet in _named(book, mapping.sheets)]
    wrong = [*unfit_sheets(book, mapping), *(problem for sheet in sheets for problem in sheet.unfit()), *_nowhere(sheets, mapping)]
    if wrong:
        raise DefinitionError(wrong)
    if book.has_comments:
        yield Imported(Submission(Source(name, "", KIND), problems=[passed("comments", name)]))
    met: set[str] = set()
    for row in (row for sheet in sheets for row in sheet.imported()):
        source = row.submission.source
        row.submission.problems += [passed("same", source.name)] if source.sha256 in met else []
        met |= {source.sha256} - {""}
        yield row


def _named(book: Book, names: Sequence[str]) -> list[str]:
    """The sheets of those names, as the book calls them."""
    called = {sheet_key(name): name for name in book.entries}
    return [called[sheet_key(name)] for name in names if sheet_key(name) in called]


def unfit_sheets(book: Book, mapping: Mapping) -> Iterator[Problem]:
    """The mapping's sheets that the book doesn't have, and the book's that the mapping is silent about."""
    there = Counter(map(sheet_key, book.entries))
    accounted = {sheet_key(name) for name in (*mapping.sheets, *mapping.ignore_sheets)}
    for name in mapping.sheets:
        if sheet_key(name) not in there:
            yield unfit("no sheet", mapping.file, name, list(book.entries))
    for name in book.entries:
        if there[sheet_key(name)] > 1:
            yield unfit("alike", mapping.file, name, [])
        elif sheet_key(name) not in accounted and book.sheet(name).cells:
            yield unfit("new sheet", mapping.file, name, [])


def _nowhere(sheets: Sequence[RegisterSheet], mapping: Mapping) -> Iterator[Problem]:
    """Mapped headings that stand on no sheet that was read; where a sheet's headings weren't found at all, that is said instead."""
    met = {heading for sheet in sheets for heading in sheet.columns.values()}
    if all(sheet.columns for sheet in sheets):
        said = {heading_key(heading): heading for sheet in sheets for heading in mapping.of(sheet.name).columns}
        yield from (unfit("no heading", mapping.file, heading, list(met)) for key, heading in said.items() if key not in met)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands under one heading: the heading as it is compared, and as it is written."""

    heading: str
    called: str
    found: Finding

    @property
    def text(self) -> str:
        return clean(as_text(self.found.raw))

    @property
    def says(self) -> bool:
        return not is_blank(self.found.raw) or bool(self.found.issues)

    @property
    def pieces(self) -> list[Finding]:
        """What stands between its semicolons and line ends."""
        texts = [text.strip() for text in BETWEEN.split(self.text) if text.strip()] if isinstance(self.found.raw, str) else []
        return [replace(self.found, raw=text, whole=self.found.raw) for text in texts] if len(texts) > 1 else [self.found] * self.says


@dataclass(frozen=True)
class RegisterSheet:
    """One sheet of a coordinator's own register, read by a mapping."""

    file: str
    book: Book
    name: str
    mapping: Mapping
    home: Home
    today: date

    @property
    def label(self) -> str:
        return self.name.strip()

    @cached_property
    def _own(self) -> OneSheet:
        return self.mapping.of(self.name)

    @cached_property
    def targets(self) -> dict[str, Target]:
        return targets(self._own)

    @cached_property
    def grid(self) -> Grid:
        return Grid(self.book.sheet(self.name), frozenset(self.targets), frozenset(self.mapping.ignored_on(self.name)))

    @property
    def columns(self) -> Columns:
        return self.grid.columns

    @cached_property
    def form(self) -> Form:
        return form_for(self.mapping, self.name, self.home)

    def unfit(self) -> Iterator[Problem]:
        """What on this sheet the mapping doesn't account for: no column may be lost without a word."""
        if self.grid.first is None:
            yield unfit("no headings", self.mapping.file, self.name, [])
        for column, heading in self.columns.items():
            if heading not in self.targets and heading not in self.grid.left:
                place = self.grid.sheet.place((self.grid.first or 1, column))
                near = nearest(heading, self.form)[0]
                yield unfit("new heading", self.mapping.file, self.grid.called(column), [], place, near)
        for row in self.grid.rows:
            if self.grid.kind(row) == "headings" and self.grid.is_moved(row):
                yield unfit("moved", self.mapping.file, self.name, [], f"{self.label}, row {row}")

    def imported(self) -> Iterator[Imported]:
        yield from self._notes()
        for row in (row for row in self.grid.filled if row != self.grid.first):
            signs.alive()
            kind = "above" if row < (self.grid.first or 0) else self.grid.kind(row)
            yield self._row(row) if kind == "row" else self._passed(kind, f"{self.label} row {row}", f"{self.label}, row {row}")

    def _notes(self) -> Iterator[Imported]:
        """What travels with the sheet and can't be read."""
        sheet = self.grid.sheet
        there = {"hidden": sheet.hidden_lines, "hidden sheet": self.book.entries[self.name].state != "visible", "struck": sheet.has_struck}
        yield from (self._passed(kind, self.label, self.label) for kind, is_so in there.items() if is_so)

    def _passed(self, kind: str, what: str, place: str) -> Imported:
        return Imported(Submission(self._source(what, ""), problems=[passed(kind, place)]))

    def _source(self, what: str, sha256: str) -> Source:
        return Source(f"{self.file}{INSIDE}{what}", sha256, KIND)

    def _row(self, row: int) -> Imported:
        findings = {**self._fixed(), **self._findings(row)}
        answers = compose(Reading(self.form, findings, date1904=self.book.date1904), self.home, self.today)
        place, form = f"{self.label}, row {row}", self.home.form(self.form.id, self.form.version)
        problems = [*said_of(answers, self.form, place), *([passed("shared", place)] if self.grid.is_shared(row) else [])]
        asked = {path: answer for path, answer in answers.items() if path.partition("[")[0] in form.fields}
        source = self._source(f"{self.label} row {row}", self._fingerprint(row))
        return Imported(Submission(source, form.id, form.version, asked, errors_first(problems)), _case(answers))

    def _fingerprint(self, row: int) -> str:
        """SHA-256 of what a row holds under its headings, but for those left out: the same wherever the row stands."""
        said = {heading: self.grid.text((row, column)) for column, heading in self.columns.items() if heading in self.targets}
        content = json.dumps({heading: text for heading, text in said.items() if text}, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def _fixed(self) -> Findings:
        """The answers that hold for every row; one that a row gives itself takes their place."""
        place = f"{self.mapping.file}, fixed"
        return {(name, None): Finding(in_one(said), place, "medium") for name, said in self._own.fixed.items()}

    def _findings(self, row: int) -> Findings:
        """What stands in a row, by the question that it answers."""
        found: Findings = {}
        patterns = [heading for heading, target in self.targets.items() if target.parts]
        single: dict[str, list[Cell]] = {}
        for cell in self._cells(row):
            target = self.targets[cell.heading]
            if target.parts:
                found[split_key(patterns.index(cell.heading))] = _with_doubt(cell, target)
            elif not target.column:
                single.setdefault(target.name, []).append(cell)
        told = {name: cells for name, cells in single.items() if name not in self._own.fixed or any(cell.says for cell in cells)}
        return {
            **found,
            **{(name, None): self._together(self.form.fields[name], cells) for name, cells in told.items()},
            **self._tables(row),
        }

    def _cells(self, row: int) -> Iterator[Cell]:
        """The cells of a row under the headings that are mapped."""
        for column, heading in self.columns.items():
            place = self.grid.place((row, column))
            if heading in self.targets and place:
                yield Cell(heading, self.grid.called(column), finding(self.grid.sheet, place, "medium"))

    def _together(self, asked: Field, cells: list[Cell]) -> Finding:
        """What one question is answered by: one cell, or several, each after its heading where it is text."""
        told = [cell for cell in cells if cell.says]
        if len(cells) == 1 or not told:
            return _each_in_our_words(asked, cells[0].found)
        listed = asked.type == "text_list"
        raw = "; ".join(cell.text for cell in told) if listed else "\n".join(f"{cell.called}: {cell.text}" for cell in told)
        return Finding(raw, ", ".join(cell.found.place for cell in told), "medium")

    def _tables(self, row: int) -> Findings:
        """What a row says of people, places and whatever else the form has a table for."""
        tables: dict[str, dict[str, list[tuple[str, Cell]]]] = {}
        for cell in self._cells(row):
            target = self.targets[cell.heading]
            if target.column:
                tables.setdefault(target.name, {}).setdefault(target.column, []).append((target.row, cell))
        return {
            (f"{name}[{number}].{column}", None): found
            for name, columns in tables.items()
            for column, number, found in _laid_out([column.name for column in self.form.fields[name].column], columns)
        }


def _laid_out(order: list[str], columns: dict[str, list[tuple[str, Cell]]]) -> Iterator[tuple[str, str, Finding]]:
    """Column, row and what stands there. A column's second heading is the second row; where each has one heading, what is in one cell
    is one row for each that the first column names, and TY4 where another column doesn't have as many."""
    leading = min(columns, key=order.index)
    pieces = [piece for row, cell in columns[leading] if not row for piece in cell.pieces]
    several = len(pieces) > 1 and (len(columns) == 1 or all(len(cells) == 1 for cells in columns.values()))
    for column, cells in columns.items():
        free = [cell for row, cell in cells if not row]
        yield from ((column, row, cell.found) for row, cell in cells if row)
        parts = [piece for cell in free for piece in cell.pieces] if several else [cell.found for cell in free]
        uneven = several and len(parts) not in (0, len(pieces))
        for number, part in enumerate(parts, 1):
            yield column, str(number), replace(part, issues=(*part.issues, "TY4")) if uneven else part


def _each_in_our_words(asked: Field, found: Finding) -> Finding:
    """Several choices of one cell, apart, and each that the mapping has a word for put into ours; any other cell as it is."""
    theirs = {plain(said): ours for said, ours in asked.locate.get("values", {}).items()}
    text = clean(as_text(found.raw))
    pieces = [piece.strip() for piece in CHOICES.split(text)]
    if asked.type != "select_multiple" or not (" + " in text or any(plain(piece) in theirs for piece in pieces)):
        return found
    return replace(found, raw="; ".join(theirs.get(plain(piece), piece) for piece in pieces), whole=found.raw)


def _with_doubt(cell: Cell, target: Target) -> Finding:
    """A name to be taken apart, with little certainty where it holds more than names, or where only spaces tell: of three words the
    middle one may belong to either, and a first one in capitals is the surname."""
    if not {name for name, _ in target.fed} <= set(NAMES):
        return cell.found
    marks = [re.sub(r"\{\w+\}|\*", " ", part).split() for part in target.parts]
    told = any(mark and all(sign in cell.text for sign in mark) for mark in marks)
    words = cell.text.split()
    capitals = len(words) == 2 and len(words[0]) > 1 and words[0].isupper() and not words[1].isupper()
    doubtful = not told and (len(words) > 2 or capitals)
    return replace(cell.found, confidence="low") if doubtful or MORE.search(cell.text) else cell.found


def _case(answers: dict[str, Answer]) -> dict[str, Value]:
    """What the case has beside the form; "not known" and its like are no value of a case."""
    told = {field.name: answers[field.name].value for field in CASE if field.name in answers}
    return {name: value for name, value in told.items() if value is not None and not is_explicit(value)}
