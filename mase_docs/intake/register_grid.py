"""A sheet of a coordinator's own register: where its headings are, and what each of its rows is."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from importlib import import_module
from io import StringIO
from itertools import count
from typing import Literal

from mase_docs.columns import column_letters
from mase_docs.definition.codes import plain
from mase_docs.definition.values import as_text
from mase_docs.definition.words import clean
from mase_docs.errors import InputRefusedError
from mase_docs.intake.answers import is_blank
from mase_docs.intake.import_fields import heading_key
from mase_docs.intake.sheet import At, Book, Cell, Entry, Sheet, WholeBook
from mase_docs.intake.sniff import sniff
from mase_docs.intake.unlock import unlocked

BOOKS = {
    "xlsx": ("workbook", "Workbook"),
    "xlsm": ("workbook", "Workbook"),
    "xlsb": ("binary_workbook", "binary_workbook"),
    "xls": ("old_workbook", "old_workbook"),
    "ods": ("open_document", "open_document"),
    "text": ("register_grid", "comma_separated"),
}
"""Kind → the module beside this one, and what in it makes a book of some bytes."""
CSV_SHEET = "CSV"
"""What the one sheet of a CSV file is called."""
Kind = Literal["row", "headings", "total", "note", "left", "formulas"]
TOTAL = re.compile(r"(grand |sub ?)?totals?\b|(number|no|count|sum) of\b|average\b")
FEW = 3
"""From so many mapped headings on, a row with one filled cell is a remark."""
Columns = dict[int, str]
"""Column → the heading above it, as it is compared."""


def book_of(data: bytes, passwords: Sequence[str] = ()) -> Book:
    """The book of sheets in some bytes.

    Raises InputRefusedError, also when a sheet is asked for: AR1 locked, AR27 damaged, AR28 too large, AR30 no spreadsheet.
    """
    data = unlocked(sniff(data), data, passwords)
    if (kind := sniff(data)) not in BOOKS:
        raise InputRefusedError("AR30", "This is no spreadsheet.", "Save the register as an Excel workbook (.xlsx), and give that.")
    module, name = BOOKS[kind]
    make: Callable[[bytes], Book] = getattr(import_module(f"mase_docs.intake.{module}"), name)
    return make(data)


def comma_separated(data: bytes) -> WholeBook:
    """The one sheet of a CSV file, of UTF-8 or what Excel writes on Windows (RFC 4180; Excel's separator is the country's)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
    cells = {(r, c): Cell(value) for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value.strip()}
    return WholeBook({CSV_SHEET: Sheet(CSV_SHEET, cells)}, {CSV_SHEET: Entry(CSV_SHEET, "visible", "")})


@dataclass(frozen=True)
class Grid:
    """A sheet, of which the headings are known that the mapping has: those it maps and those it leaves out."""

    sheet: Sheet
    mapped: frozenset[str]
    left: frozenset[str]

    @cached_property
    def filled(self) -> dict[int, list[int]]:
        """The columns in which something stands, by row, both from the first; a merged cell is in its first."""
        found: dict[int, list[int]] = {}
        for (row, column), cell in sorted(self.sheet.cells.items()):
            if not is_blank(cell.value) or cell.error:
                found.setdefault(row, []).append(column)
        return found

    @cached_property
    def first(self) -> int | None:
        """The row of the headings: that in which most of those known stand, two at least; None where there is none."""
        counted = {row: self._known_in(row) for row in self.filled}
        best = max(counted, key=lambda row: (counted[row], -row), default=None)
        enough = min(2, len(self.mapped | self.left))
        return best if best is not None and counted[best] >= enough else None

    def _known_in(self, row: int) -> int:
        return len({heading_key(self.text((row, column))) for column in self._across(row)} & (self.mapped | self.left))

    def _across(self, row: int) -> set[int]:
        """The columns in which something stands in a row, or is merged down to it from above."""
        return {*self.filled[row], *self._from_above.get(row, ())}

    @cached_property
    def _from_above(self) -> dict[int, set[int]]:
        """The columns in which a range that began in a row above goes on, by row."""
        found: dict[int, set[int]] = {}
        for start, end in self.sheet.merged.items():
            for row in (row for row in self.filled if start[0] < row <= end[0]) if end[0] > start[0] else ():
                found.setdefault(row, set()).add(start[1])
        return found

    @cached_property
    def headings(self) -> Columns:
        """The columns that have a heading; one that an earlier column has too is called "date 2"."""
        found: Columns = {}
        for column in sorted(self._across(self.first)) if self.first else ():
            if said := heading_key(self.text((self.first or 0, column))):
                found[column] = _unlike(said, set(found.values()))
        return found

    @cached_property
    def columns(self) -> Columns:
        """The columns that have a heading, and every other in which something stands in a row of the register: "column k"."""
        used = {column for row in self.rows if self.kind(row) == "row" for column in self.filled[row]}
        return {column: self.heading(column) for column in sorted({*self.headings, *used})}

    def heading(self, column: int) -> str:
        return self.headings.get(column, f"column {column_letters(column).casefold()}")

    def called(self, column: int) -> str:
        """What the mapping may call a column: its heading as it is written, with its number where it has one, or "column K"."""
        written, known = self.text((self.first or 0, column)), self.headings.get(column)
        return f"column {column_letters(column)}" if not known else written + known.removeprefix(heading_key(written))

    @property
    def rows(self) -> list[int]:
        """The rows below the headings in which something stands."""
        return [row for row in self.filled if self.first is not None and row > self.first]

    def kind(self, row: int) -> Kind:
        """What a row below the headings is."""
        return self._kinds[row]

    @cached_property
    def _kinds(self) -> dict[int, Kind]:
        return {row: self._kind(row) for row in self.rows}

    def _kind(self, row: int) -> Kind:
        """One of the register; the headings once more; a total; a remark; nothing but what the mapping leaves out, or formulas give."""
        cells = {column: self.sheet.cells[row, column] for column in self.filled[row]}
        if self._known_in(row) >= max(2, len(cells) / 2):
            return "headings"
        if all(cell.formula for cell in cells.values()):
            return "formulas"
        typed = [column for column in cells if self.heading(column) not in self.left]
        if not typed and not _is_remark(list(cells.values())):
            return "left"
        if _is_total(list(cells.values())):
            return "total"
        return "note" if len(typed) <= 1 and len(self.mapped) >= FEW and not self.is_shared(row) else "row"

    def is_moved(self, row: int) -> bool:
        """Whether headings that stand once more in a row stand over other columns there."""
        said = {column: heading_key(self.text((row, column))) for column in self.filled[row]}
        known = self.mapped | self.left
        return any(text in known and not self.heading(column).startswith(text) for column, text in said.items())

    def is_shared(self, row: int) -> bool:
        """Whether a cell of a row is merged with one of the row above."""
        return any((place := self.place((row, column))) and place[0] != row for column in self.headings)

    def text(self, at: At) -> str:
        """What stands at a place, as text; "" inside a range merged with what stands left of it."""
        place = self.place(at)
        return clean(as_text(self.sheet.cell(place).value)) if place else ""

    def place(self, at: At) -> At | None:
        """Where a cell's words stand: itself, or the row above that it is merged with. None inside a range that begins left of it."""
        first = self.sheet.first(at)
        return first if first[1] == at[1] else None


def _unlike(said: str, taken: set[str]) -> str:
    """A heading with a number behind it where another column has it already."""
    numbers = (f"{said} {number}" for number in count(2))
    return said if said not in taken else next(numbered for numbered in numbers if numbered not in taken)


def _is_remark(cells: list[Cell]) -> bool:
    """Whether one cell with words is all there is."""
    return len(cells) == 1 and isinstance(cells[0].value, str) and not plain(cells[0].value).isdigit()


def _is_total(cells: list[Cell]) -> bool:
    """Whether a row says first that it is a total, and holds no date."""
    words = [cell.value for cell in cells if isinstance(cell.value, str)]
    return bool(words and TOTAL.match(plain(words[0]))) and not any(isinstance(cell.value, datetime) for cell in cells)
