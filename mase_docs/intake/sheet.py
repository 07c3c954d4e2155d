"""A sheet of cells, whatever program or format it came from, and what a book of sheets must offer to be read as a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

from mase_docs.columns import column_letters

Value = str | int | float | bool | datetime | None

TALL = 50
"""Rows from which a merged range isn't looked up by its rows."""

TRUTH = re.compile(r"(of:)?=?(TRUE|FALSE)\(\)", re.IGNORECASE)
"""What LibreOffice writes for a formula where a cell just holds TRUE or FALSE."""

At = tuple[int, int]
"""Row and column, both from 1."""


class Cell(NamedTuple):
    """What stands in a cell: a formula's last known value where there is a formula; an error as its text (#N/A).

    doubt: the rule that says why it is doubtful: TI1, its parts disagree, as a tick box that says one thing and shows another; LC1, nothing
    tells whether it was chosen or only stood there first.
    """

    value: Value
    formula: bool = False
    error: bool = False
    doubt: Literal["", "TI1", "LC1"] = ""


NOTHING = Cell(None)


@dataclass
class Sheet:
    """One sheet, its cells by place and its merged ranges by their first cell (only that one holds a value).

    has_struck: words in it were struck out, and left out.
    """

    name: str
    cells: dict[At, Cell] = field(default_factory=dict)
    merged: dict[At, At] = field(default_factory=dict)
    footer: str = ""
    hidden_lines: bool = False
    has_struck: bool = False

    def cell(self, at: At) -> Cell:
        """The cell at a place; anywhere in a merged range, the range's first."""
        return self.cells.get(at) or self.cells.get(self.first(at), NOTHING)

    def first(self, at: At) -> At:
        """The first cell of the merged range that a place lies in; else the place itself."""
        if at in self.cells or at in self.merged:
            return at
        row, column = at
        near = (*self._low_ranges.get(row, ()), *self._tall_ranges)
        inside = (start for start in near if start[0] <= row <= self.merged[start][0] and start[1] <= column <= self.merged[start][1])
        return next(inside, at)

    @cached_property
    def _low_ranges(self) -> dict[int, list[At]]:
        """The merged ranges of a few rows, by every row they touch."""
        found: dict[int, list[At]] = {}
        for start, end in self.merged.items():
            for row in range(start[0], end[0] + 1 if end[0] - start[0] <= TALL else start[0]):
                found.setdefault(row, []).append(start)
        return found

    @cached_property
    def _tall_ranges(self) -> list[At]:
        return [start for start, end in self.merged.items() if end[0] - start[0] > TALL]

    def right_of(self, at: At) -> At:
        """The cell right of a cell or of the range it begins; a range over a filled cell is none (a program moved cells without it)."""
        row, column = at
        end = self.merged.get(at, at)[1]
        return row, column + 1 if any((row, inside) in self.cells for inside in range(column + 1, end + 1)) else end + 1

    def below(self, at: At) -> At:
        """The cell below a cell or the range it begins."""
        return self.merged.get(at, at)[0] + 1, at[1]

    def left_of(self, at: At) -> At:
        return self.first((at[0], at[1] - 1))

    def words(self) -> Iterator[tuple[At, str]]:
        """Every cell that holds text, in reading order."""
        for at, cell in sorted(self.cells.items()):
            if isinstance(cell.value, str) and cell.value.strip():
                yield at, cell.value

    def place(self, at: At) -> str:
        return f"{self.name}!{column_letters(at[1])}{at[0]}"


class Entry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    state: str
    part: str


class Book(Protocol):
    """A file of sheets: an Excel or OpenDocument workbook, the tables of a Word document, a form pasted into an e-mail."""

    @property
    def date1904(self) -> bool: ...
    @property
    def entries(self) -> Mapping[str, Entry]:
        """The sheets by name, in order."""
        ...

    @property
    def names(self) -> Mapping[str, tuple[str, At]]:
        """Defined names (small letters) → sheet and place."""
        ...

    @property
    def properties(self) -> Mapping[str, str]:
        """The custom document properties."""
        ...

    @property
    def has_comments(self) -> bool: ...
    def sheet(self, name: str) -> Sheet:
        """The sheet of that name. KeyError if there is none."""
        ...

    def visible(self) -> list[Sheet]: ...


@dataclass
class WholeBook:
    """A book all of whose sheets are loaded at once, as formats need that are read from end to end."""

    sheets: dict[str, Sheet]
    entries: dict[str, Entry]
    names: dict[str, tuple[str, At]] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    date1904: bool = False
    has_comments: bool = False

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name. KeyError if there is none."""
        return self.sheets[name]

    def visible(self) -> list[Sheet]:
        return [self.sheets[e.name] for e in self.entries.values() if e.state == "visible"]
