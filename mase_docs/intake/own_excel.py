"""Reading a borough's own workbook by the locators of its definition: what each means on a sheet (docs/own-form.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.intake.cells import Words, finding
from mase_docs.intake.finding import Finding, Findings, Key
from mase_docs.intake.locators import located
from mase_docs.intake.sheet import At, Book, Sheet, column_number
from mase_docs.intake.workbook import CELL

Table = tuple[Words, At]
"""A table's sheet and where its heading stands."""
ROWS = 60
"""The longest table that is looked through."""


def read_own(book: Book, form: Form, home: Home) -> Findings:
    """What stands where the definition says; what isn't there is left out."""
    return dict(_Reader(book, form, home).findings())


@dataclass(frozen=True)
class _Reader:
    book: Book
    form: Form
    home: Home

    def findings(self) -> Iterator[tuple[Key, Finding]]:
        for (path, _), locate in located(self.form, "xlsx"):
            if "excel_table" in locate:
                yield from self._table(self.form.fields[path], locate)
            elif "excel_ticks" in locate:
                yield from self._ticks(path, locate)
            elif found := self._one(locate):
                yield (path, None), found

    @cached_property
    def _sheets(self) -> list[Words]:
        """The sheets that the definition names, else all that can be seen."""
        names = {plain(name) for name in self.form.recognise.get("excel_sheets", [])}
        return [Words(sheet) for sheet in self.book.visible() if not names or plain(sheet.name) in names]

    @cached_property
    def _known(self) -> set[str]:
        """Every heading and label of the definition: where one of them begins, a table has ended."""
        texts = [
            locate[name]
            for _, locate in located(self.form, "xlsx")
            for name in ("excel_label", "excel_table", "excel_under")
            if name in locate
        ]
        return {plain(text) for text in texts}

    def _one(self, locate: dict[str, Any]) -> Finding | None:
        if "excel" in locate:
            return self._cell(locate["excel"])
        found = self._place_of(locate["excel_label"], locate)
        return finding(found[0].sheet, beside(found[0].sheet, found[1], locate), "medium") if found else None

    def _cell(self, reference: str) -> Finding | None:
        """`D14`, `Sheet name!D14` or a defined name."""
        if reference.casefold() in self.book.names:
            name, at = self.book.names[reference.casefold()]
            return finding(self.book.sheet(name), at, "high") if name in self.book.entries else None
        name, _, cell = reference.rpartition("!")
        sheets = [words.sheet for words in self._sheets if not name or words.sheet.name == name]
        found = CELL.fullmatch(cell)
        return finding(sheets[0], (int(found[2]), column_number(found[1])), "medium") if sheets and found else None

    def _place_of(self, text: str, locate: dict[str, Any]) -> tuple[Words, At] | None:
        """Where a label stands: the first of that text, below the heading of `excel_under` if there is one."""
        for words in self._sheets:
            heading = words.places(locate["excel_under"])[:1] if "excel_under" in locate else [(0, 0)]
            for at in words.places(text):
                if heading and at > heading[0]:
                    return words, at
        return None

    def _ticks(self, path: str, locate: dict[str, Any]) -> Iterator[tuple[Key, Finding]]:
        for text, code in locate["excel_ticks"].items():
            found = self._place_of(text, locate)
            if found:
                words, at = found
                yield (path, code), finding(words.sheet, beside(words.sheet, at, locate), "medium")

    def _table(self, repeat: Field, locate: dict[str, Any]) -> Iterator[tuple[Key, Finding]]:
        found = self._place_of(locate["excel_table"], locate)
        if not found:
            return
        words, heading = found
        columns = {c.name: self._column(words, heading, c.locate) for c in repeat.column}
        labelled = any("excel_label" in c.locate for c in repeat.column)
        first = words.sheet.below(heading)[0] + (1 if labelled else 0)
        for row, line in self._rows(repeat, words, first):
            for name, column in columns.items():
                if column:
                    yield (f"{repeat.name}[{row}].{name}", None), finding(words.sheet, (line, column), "medium")

    def _column(self, words: Words, heading: At, locate: dict[str, Any]) -> int | None:
        """The column of a table: its letter, or the label that stands in the row below the table's heading."""
        if "excel" in locate:
            return column_number(locate["excel"])
        below = words.sheet.below(heading)[0]
        labels = words.places(locate["excel_label"]) if "excel_label" in locate else []
        return next((column for row, column in labels if row == below), None)

    def _rows(self, repeat: Field, words: Words, first: int) -> Iterator[tuple[str, int]]:
        """The rows of a table with the line each stands in: by their words where they are fixed, else from 1 to the first empty one."""
        number = 0
        for line in range(first, first + ROWS):
            text = words.first_in_line.get(line)
            if text is None or plain(text) in self._known:
                return
            row = self._key(repeat, text) if repeat.keys else str(number := number + 1)
            if row:
                yield row, line

    def _key(self, repeat: Field, text: str) -> str | None:
        theirs = {plain(words): key for words, key in repeat.locate.get("values", {}).items()}
        return theirs.get(plain(text)) or self.home.codes(repeat.keys or "").match(text)


def beside(sheet: Sheet, at: At, locate: dict[str, Any]) -> At:
    """The cell that answers a label: right of it, or as `excel_side` says left of it, below it or inside the label's own cell."""
    side = locate.get("excel_side", "right")
    if side == "inside":
        return at
    return {"right": sheet.right_of, "left": sheet.left_of, "below": sheet.below}[side](at)
