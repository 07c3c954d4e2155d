"""The tables of the minutes that people add rows to: known by the names in them, else by what they are called, else by their heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from mase_docs.definition.codes import plain
from mase_docs.intake.minutes_headings import Headings
from mase_docs.intake.minutes_names import ABOUT, BLANK, InRow, in_row, is_single, key_of
from mase_docs.intake.minutes_text import Text
from mase_docs.intake.minutes_walk import Cell, Row, Table
from mase_docs.model.edited import Row as Said
from mase_docs.model.edited import Typed
from mase_docs.model.minutes_layout import OTHER, TABLES

CAPTIONS = {plain(table.caption): kind for kind, table in TABLES.items()}
HEADS = {kind: {plain(words): column for column, words in table.heads.items()} for kind, table in TABLES.items()}


def names_in(cells: Iterable[Cell]) -> list[InRow]:
    """What the controls and bookmarks of some cells say of rows, each once, in order."""
    return list(dict.fromkeys(name for cell in cells for span in cell.spans if (name := in_row(span.name))))


@dataclass
class Section:
    """The rows of one table beneath its head: mostly all there are, but people join tables by deleting what stood between them.

    head  the row that says what the columns are; None where it is gone
    """

    table: str
    head: Row | None
    of: Table
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def names(self) -> list[InRow]:
        return [name for row in self.rows for name in names_in(row.cells) if name.table == self.table]

    @cached_property
    def about(self) -> str:
        """What its rows are about, as the names in them say; "" where they don't."""
        told = Counter(name.about for name in self.names if name.about)
        return ABOUT.get(self.table) or next((about for about, _ in told.most_common(1)), "")


@dataclass(frozen=True)
class Sections:
    """Finds the sections of a table."""

    text: Text
    headings: Headings

    def of(self, table: Table) -> list[Section]:
        known = {name.table for row in table.rows for name in names_in(row.cells)}
        called = CAPTIONS.get(plain(table.caption)) if table.caption else None
        found: list[Section] = []
        before: list[Row] = []
        now: Section | None = None
        for row in table.rows:
            head, named = self._head(row, {*known, *([called] if called else [])}), Counter(n.table for n in names_in(row.cells))
            kind = next((kind for kind, _ in named.most_common(1)), "")
            if self._is_single(row) or (not named and self._begins_facts(row, now)):
                now = None
            elif (head and not named) or (kind and (now is None or not self._goes_on(now, kind))):
                ...
        return found
