"""The rows of the tables of the minutes, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mase_docs.definition.boxes import EMPTY
from mase_docs.intake.minutes_headings import Headings
from mase_docs.intake.minutes_names import BLANK, InRow
from mase_docs.intake.minutes_tables import Section, most
from mase_docs.intake.minutes_text import Text, typed
from mase_docs.intake.minutes_walk import Cell, Row
from mase_docs.model import edited
from mase_docs.model.edited import Typed
from mase_docs.model.minutes_layout import TABLES


@dataclass
class Rows:
    """Reads one section after the other. The first row that has a key keeps it."""

    text: Text
    headings: Headings
    _keys: set[str] = field(default_factory=set)

    def of(self, section: Section, about: str) -> Iterator[edited.Row]:
        """Its rows; what stands in one without words, or in a blank one that nobody typed in, is left for others."""
        for row in section.rows:
            key = most(name.key for name in section.names(row.cells))
            if self._says_something(row, section, blank=BLANK.fullmatch(key) is not None):
                cells, place = self._cells(row, section), self.headings.place(row.place, section.of.under)
                yield edited.Row(about, section.kind, "" if key in self._keys else key, cells, place)
            self._keys.add(key)

    def _says_something(self, row: Row, section: Section, blank: bool) -> bool:
        typed_in = {*TABLES[section.kind].typed, "agency"} if blank else None
        return any(self._has_words(cell) for cell in row.cells if typed_in is None or section.column(cell) in typed_in)

    def _has_words(self, cell: Cell) -> bool:
        return bool(typed(self.text.of(cell)).strip(EMPTY))

    def _cells(self, row: Row, section: Section) -> dict[str, Typed]:
        found: dict[str, Typed] = {}
        own: set[str] = set()
        for cell in row.cells:
            names = section.names([cell])
            for name in names if len(names) > 1 else ():
                self._put(found, name.column, self._named(cell, name), cell)
            alone = names[0].column if len(names) == 1 and names[0].column not in own else ""
            own.add(alone)
            column = alone or section.column(cell)
            if column:
                self._put(found, column, self.text.take_cell(cell), cell)
        return found

    def _named(self, cell: Cell, name: InRow) -> str:
        """What stands in one of several controls of a cell."""
        spans = sorted((span for span in cell.spans if span.name == f"{name.key}_{name.column}"), key=lambda span: span.kind != "control")
        return self.text.take(spans[0].start, spans[0].end)

    def _put(self, found: dict[str, Typed], column: str, text: str, cell: Cell) -> None:
        """What stands in a column; of a cell that was split, one part after the other."""
        before = found.get(column)
        together = " ".join(filter(None, (before.text if before else "", text)))
        found[column] = Typed(together, before.place if before else self.headings.place(cell.place, cell.under))
