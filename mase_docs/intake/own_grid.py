"""Reading a borough's own form by the locators of its definition: what each means on a sheet of cells, whatever the sheet came from
(docs/own-form.md). A locator is called the same in every medium but for its beginning: `excel_label`, `word_label`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import Any

from mase_docs.columns import column_number
from mase_docs.definition.boxes import MARK, NO_TICK, TICKED, boxes_in
from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form, Medium
from mase_docs.definition.home import Home
from mase_docs.intake.cells import Words, finding
from mase_docs.intake.finding import Finding, Findings, Key
from mase_docs.intake.locators import PREFIX, located
from mase_docs.intake.sheet import At, Book, Sheet

CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})\Z")
ROWS = 60
"""The longest table that is looked through."""
BETWEEN = re.compile(r"[\s:.\-–—_…?]*")
"""What stands between a label and an answer in the same place."""


def read_own(book: Book, form: Form, home: Home) -> Findings:
    """What stands where the definition says in a workbook; what isn't there is left out."""
    return dict(GridReader(book, form, home, "xlsx").findings())


@dataclass(frozen=True)
class GridReader:
    """Reads one document by its grid. A medium's own reader overrides `exact`."""

    book: Book
    form: Form
    home: Home
    medium: Medium

    def findings(self) -> Iterator[tuple[Key, Finding]]:
        for (path, _), locate in self._located:
            if "table" in locate:
                yield from self._table(self.form.fields[path], locate)
            elif "ticks" in locate:
                yield from self._ticks(path, locate)
            elif found := self._one(locate):
                yield (path, None), found

    @cached_property
    def _located(self) -> list[tuple[Key, dict[str, Any]]]:
        """Every place with its locators, called as if there were one medium only: `excel_label` is `label`, `excel` is ""."""
        return [(key, self._bare(locate)) for key, locate in located(self.form, self.medium)]

    def _bare(self, locate: dict[str, Any]) -> dict[str, Any]:
        prefix = PREFIX[self.medium]
        return {name.removeprefix(prefix).lstrip("_"): said for name, said in locate.items() if name.startswith(prefix)}

    @cached_property
    def _sheets(self) -> list[Words]:
        """The sheets that the definition names, else all that can be seen."""
        names = {plain(name) for name in self.form.recognise.get(f"{PREFIX[self.medium]}_sheets", [])}
        return [Words(sheet) for sheet in self.book.visible() if not names or plain(sheet.name) in names]

    @cached_property
    def _known(self) -> set[str]:
        """Every heading and label of the definition: where one of them begins, a table has ended."""
        return {plain(locate[name]) for _, locate in self._located for name in ("label", "table", "under") if name in locate}

    def _one(self, locate: dict[str, Any]) -> Finding | None:
        """By its exact place; where there is none, or it is gone from this file, by its label."""
        exact = self.exact(locate[""]) if "" in locate else None
        if exact or "label" not in locate:
            return exact
        if locate.get("side") == "after":
            return self._behind(locate)
        found = self._place_of(locate["label"], locate)
        return beside(found[0].sheet, found[1], locate.get("side", "right")) if found else None

    def _behind(self, locate: dict[str, Any]) -> Finding | None:
        """What is written behind a label in its own place, as far as the next label: "Name: Ann Bee"."""
        for words, at, text in self._below(locate):
            lines = text.split("\n")
            for number, line in enumerate(lines):
                rest = behind(locate["label"], line)
                if rest is not None:
                    more = takewhile(lambda line: not any(behind(label, line) is not None for label in self._known), lines[number + 1 :])
                    return replace(finding(words.sheet, at, "medium"), raw="\n".join([rest, *more]).strip() or None, whole=text)
        return None

    def _below(self, locate: dict[str, Any]) -> Iterator[tuple[Words, At, str]]:
        """Every text that stands below the heading of `under`, if there is one."""
        for words in self._sheets:
            heading = words.places(locate["under"])[:1] if "under" in locate else [(0, 0)]
            yield from ((words, at, text) for at, text in words.sheet.words() if heading and at > heading[0])

    def exact(self, reference: str) -> Finding | None:
        """`D14`, `Sheet name!D14` or a defined name."""
        if reference.casefold() in self.book.names:
            name, at = self.book.names[reference.casefold()]
            return finding(self.book.sheet(name), at, "high") if name in self.book.entries else None
        name, _, cell = reference.rpartition("!")
        sheets = [words.sheet for words in self._sheets if not name or words.sheet.name == name]
        found = CELL.fullmatch(cell)
        return finding(sheets[0], (int(found[2]), column_number(found[1])), "medium") if sheets and found else None

    def _place_of(self, text: str, locate: dict[str, Any]) -> tuple[Words, At] | None:
        """Where a label stands: the first of that text, below the heading of `under` if there is one."""
        for words in self._sheets:
            heading = words.places(locate["under"])[:1] if "under" in locate else [(0, 0)]
            for at in words.places(text):
                if heading and at > heading[0]:
                    return words, at
        return None

    def _ticks(self, path: str, locate: dict[str, Any]) -> Iterator[tuple[Key, Finding]]:
        """A tick in a place of its own beside its words, or a box in the same place with them."""
        for text, code in locate["ticks"].items():
            found = self._place_of(text, locate)
            if boxed := self._boxed(text, locate):
                yield (path, code), boxed
            elif found:
                yield (path, code), beside(found[0].sheet, found[1], locate.get("side", "right"))

    def _boxed(self, text: str, locate: dict[str, Any]) -> Finding | None:
        """The box that stands with some words in one place: "☐ Missing ☒ CSE"."""
        for words, at, whole in self._below(locate):
            for filled, said in boxes_in(whole) if MARK.search(whole) else ():
                if plain(said) == plain(text):
                    return replace(finding(words.sheet, at, "medium"), raw=TICKED if filled else NO_TICK)
        return None

    def _table(self, repeat: Field, locate: dict[str, Any]) -> Iterator[tuple[Key, Finding]]:
        found = self._place_of(locate["table"], locate)
        if not found:
            return
        words, heading = found
        own = {c.name: self._bare(c.locate) for c in repeat.column}
        columns = {name: self._column(words, heading, locate) for name, locate in own.items()}
        labelled = any("label" in locate for locate in own.values())
        first = words.sheet.below(heading)[0] + (1 if labelled else 0)
        if labelled and not any(columns.values()):
            yield (f"{repeat.name}[1].{repeat.column[0].name}", None), Finding(None, words.sheet.place(heading), "low", ("AR37",))
        for row, line in self._rows(repeat, words, first, [column for column in columns.values() if column]):
            for name, column in columns.items():
                if column:
                    yield (f"{repeat.name}[{row}].{name}", None), finding(words.sheet, (line, column), "medium")

    def _column(self, words: Words, heading: At, locate: dict[str, Any]) -> int | None:
        """The column of a table: its letter or number, or the label that stands in the row below the table's heading."""
        if "" in locate:
            return int(locate[""]) if locate[""].isdigit() else column_number(locate[""])
        below = words.sheet.below(heading)[0]
        labels = words.places(locate["label"]) if "label" in locate else []
        return next((column for row, column in labels if row == below), None)

    def _rows(self, repeat: Field, words: Words, first: int, columns: list[int]) -> Iterator[tuple[str, int]]:
        """The rows of a table with the line each stands in: by their words where they are fixed, else from 1 to where it ends."""
        number = 0
        for line in range(first, first + ROWS):
            text = words.first_in_line.get(line)
            if text is None and (repeat.keys or self._goes_on(words, line + 1, columns)):
                continue
            if text is None or plain(text) in self._known or not self.is_one_table(first, line):
                return
            row = self._key(repeat, text) if repeat.keys else str(number := number + 1)
            if row:
                yield row, line

    def _goes_on(self, words: Words, line: int, columns: list[int]) -> bool:
        """Whether below an empty line, which somebody put in, there is one more row: a remark fills one column only."""
        filled = [column for column in columns if words.sheet.cell((line, column)).value not in (None, "")]
        return len(filled) > 1 and plain(words.first_in_line.get(line, "")) not in self._known

    def is_one_table(self, first: int, line: int) -> bool:
        """Whether two lines may be of one table."""
        return True

    def _key(self, repeat: Field, text: str) -> str | None:
        theirs = {plain(words): key for words, key in repeat.locate.get("values", {}).items()}
        return theirs.get(plain(text)) or self.home.codes(repeat.keys or "").match(text)


def beside(sheet: Sheet, at: At, side: str) -> Finding:
    """What answers a label: what stands right of it, or as `side` says left of it, below it or "inside", all that is written with it."""
    sides = {"right": sheet.right_of, "left": sheet.left_of, "below": sheet.below}
    return finding(sheet, sides[side](at) if side in sides else at, "medium")


def behind(label: str, text: str) -> str | None:
    """What stands behind a label in a text, however its punctuation is written; None where the text doesn't begin with it."""
    words = r"[\W_]*".join(re.escape(word) for word in re.findall(r"[^\W_]+", label))
    found = re.match(rf"[\W_]*{words}(?![^\W_])", text, re.IGNORECASE) if words else None
    return BETWEEN.sub("", text[found.end() :], count=1).strip() if found else None
