"""What a table of the minutes is about: by the names in it, else by its first cell or the headings above; never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mase_docs.definition.codes import plain
from mase_docs.intake.minutes_headings import Headings
from mase_docs.intake.minutes_names import ABOUT, key_of
from mase_docs.intake.minutes_places import LABELS, Places
from mase_docs.intake.minutes_tables import Section, most, sections
from mase_docs.intake.minutes_walk import Heading, Table

MEETING = "meeting"
ENOUGH = 3
"""So many labels of the meeting's own table make a table that one, where all names are lost."""


@dataclass
class Subjects:
    """Goes through the tables from top to bottom. What one of them says of itself holds for the next beneath the same heading, too: a
    heading that was deleted must not give one case's tables to another."""

    places: Places
    headings: Headings
    _said: tuple[Heading | None, str] = (None, "")
    _met: set[str] = field(default_factory=set)

    def all(self) -> Iterator[tuple[Table, list[Section], str]]:
        """Each table, its sections, and the key of what it is about; "" where nothing tells."""
        for table in self.places.walk.tables:
            parts = sections(table, self.places.text, self.headings)
            yield table, parts, self._of(table, parts)
            self._met |= {name.key for part in parts for name in part.names_in_rows}

    def _of(self, table: Table, parts: list[Section]) -> str:
        above = self.headings.above(table.under)
        heading = above[0] if above else None
        own = self._own(table, parts)
        if own:
            self._said = (heading, own)
            return own
        if above:
            return self._said[1] if self._said[0] is heading else above[1]
        return MEETING if self._is_of_meeting(table) else ""

    def _own(self, table: Table, parts: list[Section]) -> str:
        """What a table says that it is about; the names of a copy say nothing."""
        alone = most(key_of(name) for row in table.rows for cell in row.cells for name in self.places.names_in(cell))
        listed = most(name.about for part in parts for name in part.names_in_rows if name.key not in self._met)
        first = next((row.cells[0] for row in table.rows if row.cells), None)
        return alone or listed or (self.headings.key_in(self.places.text.of(first)) if first else "")

    def _is_of_meeting(self, table: Table) -> bool:
        said = {plain(self.places.text.of(row.cells[0])) for row in table.rows if row.cells}
        return len(said & LABELS[MEETING].keys()) >= ENOUGH


def about(section: Section, key: str) -> str:
    """What a section's rows are about; "" where it isn't known, so that they are nobody's."""
    return ABOUT.get(section.kind) or ("" if key == MEETING else key)
