"""The tables of the minutes that people add rows to: known by the names in them, else by what they are called, else by their heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from mase_docs.definition.codes import plain
from mase_docs.intake.minutes_headings import Headings
from mase_docs.intake.minutes_names import InRow, in_row, is_single
from mase_docs.intake.minutes_text import Text
from mase_docs.intake.minutes_walk import Cell, Row, Table
from mase_docs.model.minutes_layout import TABLES

CAPTIONS = {plain(table.caption): kind for kind, table in TABLES.items()}
HEADS = {kind: {plain(words): column for column, words in table.heads.items()} for kind, table in TABLES.items()}


def names_in(cells: Iterable[Cell]) -> list[InRow]:
    """What the controls and bookmarks of some cells say of rows, each once, in order."""
    return list(dict.fromkeys(name for cell in cells for span in cell.spans if (name := in_row(span.name))))


def most(told: Iterable[str]) -> str:
    """What is said most often; "" where nothing is said."""
    return next((one for one, _ in Counter(filter(None, told)).most_common(1)), "")


@dataclass(eq=False)
class Section:
    """The rows of a table beneath its head. Most tables are one; people join two by deleting what stood between them.

    heads  the words at the head of each of its columns, by the first column of the grid that it covers; none where the head is gone
    """

    kind: str
    of: Table
    heads: dict[int, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def names(self, cells: Iterable[Cell]) -> list[InRow]:
        return [name for name in names_in(cells) if name.table == self.kind]

    @property
    def names_in_rows(self) -> list[InRow]:
        return [name for row in self.rows for name in self.names(row.cells)]

    def column(self, cell: Cell) -> str:
        """The column that a cell begins in; "" where that is none of the table's own, but one that somebody put in."""
        start = max((start for start in self._columns if start <= cell.first), default=0)
        return self._columns.get(start, "")

    @cached_property
    def _columns(self) -> dict[int, str]:
        """First column of the grid → column: by the names in it, else the words at its head, else its turn."""
        told = Counter((name.column, cell.first) for row in self.rows for cell in row.cells for name in self._alone(cell))
        found: dict[int, str] = {}
        heads = ((HEADS[self.kind].get(plain(words), ""), start) for start, words in self.heads.items())
        for column, start in chain((at for at, _ in told.most_common()), heads):
            if column and start not in found and column not in found.values():
                found[start] = column
        starts = sorted(self.heads) or self._usual
        turn = dict(zip(starts, HEADS[self.kind].values(), strict=False)) if len(starts) == len(HEADS[self.kind]) else {}
        rest = {start: column if (column := turn.get(start, "")) not in found.values() else "" for start in starts if start not in found}
        return found | rest

    def _alone(self, cell: Cell) -> list[InRow]:
        names = self.names([cell])
        return names if len(names) == 1 else []

    @property
    def _usual(self) -> list[int]:
        """Where the cells of most rows begin."""
        told = Counter(tuple(cell.first for cell in row.cells) for row in self.rows)
        return [*next((starts for starts, _ in told.most_common(1)), ())]


@dataclass
class Sections:
    """Goes through a table and finds its sections."""

    table: Table
    text: Text
    headings: Headings
    found: list[Section] = field(default_factory=list)
    _now: Section | None = None
    _before: list[Row] | None = field(default_factory=list)
    """The rows before the first section; None once they are known to be something else."""

    def all(self) -> list[Section]:
        for row in self.table.rows:
            self._meet(row)
        if not self.found and self._before and self._called:
            self._begin(self._called, None)
        return [section for section in self.found if section.rows or section.heads]

    def _meet(self, row: Row) -> None:
        kind = most(name.table for name in names_in(row.cells))
        head = "" if kind else self._head(row)
        if kind:
            self._named(kind)
        elif head:
            self._begin(head, row)
        elif self._is_fact(row):
            self._now = self._before = None
        if self._now and not head:
            self._now.rows.append(row)
        elif self._before is not None:
            self._before.append(row)

    def _named(self, kind: str) -> None:
        """A row that says of which table it is; only where one did before it does another begin a table."""
        if self._now and self._now.kind != kind and not self._now.names_in_rows:
            self._now.kind = kind
        elif self._now is None or self._now.kind != kind:
            self._begin(kind, None)

    def _begin(self, kind: str, head: Row | None) -> None:
        """A section begins. Where its head isn't known by its words, the table's first row is its head."""
        rows = self._before or [] if head is None else []
        first = head or next(iter(rows), None)
        heads = {cell.first: self.text.of(cell) for cell in first.cells} if first else {}
        self._now, self._before = Section(kind, self.table, heads, rows[1:]), None
        self.found.append(self._now)

    def _head(self, row: Row) -> str:
        """The table whose head a row is: word for word, or by half of its words where names or the caption say the same."""
        said = {plain(self.text.of(cell)) for cell in row.cells} - {""}
        alike = [(len(said & heads.keys()) / len(heads), kind) for kind, heads in HEADS.items() if said & heads.keys()]
        sure = [(share, kind) for share, kind in alike if said == HEADS[kind].keys() or (share >= 0.5 and kind in self._known)]
        return max(sure)[1] if sure else ""

    @cached_property
    def _known(self) -> set[str]:
        return {self._called, *(name.table for row in self.table.rows for name in names_in(row.cells))}

    @property
    def _called(self) -> str:
        return CAPTIONS.get(plain(self.table.caption), "")

    def _is_fact(self, row: Row) -> bool:
        """Whether a row is of a table of facts: it holds a place that stands alone, or says what all of that table is about."""
        if any(is_single(span.name) for cell in row.cells for span in cell.spans):
            return True
        return len(row.cells) == 2 and bool(self.headings.key_in(self.text.of(row.cells[0])))


def sections(table: Table, text: Text, headings: Headings) -> list[Section]:
    """The sections of a table; none where it is another's."""
    return Sections(table, text, headings).all()
