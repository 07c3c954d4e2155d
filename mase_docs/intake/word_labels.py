"""Our own Word form when its controls and bookmarks were lost: answers found by what is written beside and above them.

Google Docs, Pages, a paste into another document: the tables stay, what made them a form doesn't. A label is the first line of its
cell, its answer the cell at its right; the choices of a question stand in one cell, each with its box; a repeat is a table under its
heading, or a table for each of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mase_docs.definition.boxes import NO_TICK, TICKED, boxes_in
from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.intake.answers import is_blank
from mase_docs.intake.cells import finding
from mase_docs.intake.finding import Finding, Findings, Key
from mase_docs.intake.refusals import refuse
from mase_docs.intake.sheet import At
from mase_docs.intake.word_document import WordSheet

ROW = re.compile(r"(?:row )?(\d{1,2})")


def share_found(form: Form, sheet: WordSheet) -> float:
    """The share of a form's questions whose labels stand in a document."""
    heads = _heads(sheet)
    labels = [plain(field.label) for field in form.fields.values() if _asked(field)]
    return sum(label in heads for label in labels) / len(labels) if labels else 0.0


def by_labels(form: Form, sheet: WordSheet, home: Home) -> Findings:
    """What stands beside and below the labels of a form; questions whose labels are gone are left out.

    Raises InputRefusedError AR14 where most labels stand twice, and both copies are filled in.
    """
    labels = _Labels(form, sheet, home)
    labels.must_be_one()
    return dict(labels.findings())


@dataclass(frozen=True)
class _Labels:
    form: Form
    sheet: WordSheet
    home: Home

    def findings(self) -> Iterator[tuple[Key, Finding]]:
        for field, at in self._standing:
            if field.type == "repeat":
                yield from self._rows(field, range(at[0] + 1, self._end(at)))
            elif field.type == "select_multiple":
                yield from self._ticks(field, field.name, self.sheet.right_of(at))
            else:
                yield (field.name, None), self._found(self.sheet.right_of(at))

    def must_be_one(self) -> None:
        said = [
            plain(field.label) for field in self.form.fields.values() if _asked(field) and field.type not in ("repeat", "select_multiple")
        ]
        twice = [self._heads[label] for label in said if len(self._heads.get(label, ())) > 1]
        if 2 * len(twice) > len(said) and all(any(self._is_filled(places[copy]) for places in twice) for copy in (0, -1)):
            raise refuse("AR14 copies")

    def _is_filled(self, label: At) -> bool:
        return not is_blank(self._found(self.sheet.right_of(label)).raw)

    def _found(self, at: At) -> Finding:
        return finding(self.sheet, at, "medium")

    @cached_property
    def _standing(self) -> list[tuple[Field, At]]:
        """Each question with where its label stands, from top to bottom; a section's heading of the same words is passed over."""
        found, here = [], (0, 0)
        for section in self.form.section:
            here = next((at for at in self._heads.get(plain(section.label), ()) if at > here), here)
            for field in filter(_asked, section.field):
                places = self._heads.get(plain(field.label), [])
                at = next((at for at in places if at > here), next(iter(places), None))
                if at:
                    found.append((field, at))
                    here = at
        return found

    @cached_property
    def _heads(self) -> dict[str, list[At]]:
        return _heads(self.sheet)

    def _end(self, at: At) -> int:
        """The line where the next question, or the next section, begins."""
        sections = {plain(section.label) for section in self.form.section}
        others = [place[0] for _, place in self._standing]
        others += [place[0] for said in sections for place in self._heads.get(said, ()) if place[1] == 1]
        return min((line for line in others if line > at[0]), default=max(self.sheet.lines, default=0) + 1)

    def _ticks(self, field: Field, path: str, at: At) -> Iterator[tuple[Key, Finding]]:
        """The choices of one cell, each with its box; a cell without a box says what was chosen in words."""
        whole = self._found(at)
        boxes = boxes_in(str(whole.raw or ""))
        codes = self.home.codes(field.choices or "")
        for filled, words in boxes:
            code = codes.match(words.split("\n")[0]) or next((c.code for c in codes.code if plain(words).startswith(plain(c.label))), None)
            if code:
                yield (path, code), Finding(TICKED if filled else NO_TICK, whole.place, whole.confidence, whole.issues)
        if not boxes:
            yield (path, None), whole

    def _rows(self, repeat: Field, lines: range) -> Iterator[tuple[Key, Finding]]:
        """The rows of a table under their columns' labels, or one after another with a column's label left of each answer."""
        labels = {plain(column.label): column for column in repeat.column}
        under: dict[int, Field] = {}
        table = ""
        row: str | None = None
        for line in lines:
            cells = self._by_line.get(line, [])
            named = {at[1]: labels[said] for at, said in cells if said in labels}
            if named and not under and (len(named) > 1 or row is None):
                under, table = named, self._table(line)
            elif under and self._table(line) == table:
                row = self._row(repeat, cells) or self._next(repeat, row, cells)
                for column, field in under.items() if row else ():
                    yield from self._answer(repeat, str(row), field, (line, column))
            elif named and row and cells[0][0][1] in named:
                yield from self._answer(repeat, row, named[cells[0][0][1]], self.sheet.right_of(cells[0][0]))
            else:
                row = self._row(repeat, cells) or row

    @cached_property
    def _by_line(self) -> dict[int, list[tuple[At, str]]]:
        """The cells of each line with the first line of their text, as it is compared."""
        found: dict[int, list[tuple[At, str]]] = {}
        for at, text in self.sheet.words():
            found.setdefault(at[0], []).append((at, _head(text)))
        return found

    def _answer(self, repeat: Field, row: str, column: Field, at: At) -> Iterator[tuple[Key, Finding]]:
        path = f"{repeat.name}[{row}].{column.name}"
        if column.type == "select_multiple":
            yield from self._ticks(column, path, at)
        else:
            yield (path, None), self._found(at)

    def _table(self, line: int) -> str:
        return self.sheet.lines.get(line, "").partition(",")[0]

    def _row(self, repeat: Field, cells: list[tuple[At, str]]) -> str | None:
        """The row that a line begins with: by its number, or where rows are fixed by what they are about."""
        said = cells[0][1] if cells and cells[0][0][1] == 1 else ""
        if repeat.keys:
            return next((key for key, label in self.home.rows(repeat, "docx") if plain(label) == said), None)
        number = ROW.fullmatch(said)
        return str(int(number[1])) if number else None

    @staticmethod
    def _next(repeat: Field, row: str | None, cells: list[tuple[At, str]]) -> str | None:
        """The row of a line that somebody put in below another without a number."""
        return str(int(row) + 1) if cells and row and not repeat.keys else None


def _heads(sheet: WordSheet) -> dict[str, list[At]]:
    """Where each first line of a cell or paragraph stands."""
    found: dict[str, list[At]] = {}
    for at, text in sheet.words():
        found.setdefault(_head(text), []).append(at)
    return found


def _head(text: str) -> str:
    return plain(text.split("\n")[0])


def _asked(field: Field) -> bool:
    return field.asked and "docx" in field.media
