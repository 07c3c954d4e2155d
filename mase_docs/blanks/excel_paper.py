"""The answer sheet as far as it is drawn, and where each slot stands on it."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mase_docs.blanks import excel_look as look
from mase_docs.blanks.excel_grid import Grid
from mase_docs.definition.form import Field, Form, Slot
from mase_docs.definition.home import Home


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a slot stands: its cell, `$B$5`, and the range it covers, `B5:H5`."""

    slot: Slot
    anchor: str
    area: str


@dataclass
class Paper:
    """The sheet as far as it is drawn.

    spots     slot name → where it stands
    statuses  field name → the cell that says "required"
    starts    the rows before which a page may end; what stands between two of them belongs together
    ruled     whether the next question gets a thin line above it; not where a box or a table already ends in one
    dressed   look → the style it became in this workbook
    """

    sheet: Worksheet
    form: Form
    home: Home
    grid: Grid
    row: int = 1
    spots: dict[str, Spot] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    ruled: bool = True
    dressed: dict[look.Look, StyleArray] = field(default_factory=dict)

    def end_row(self, height: float) -> None:
        """Sets the height of the row and goes on to the next."""
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def write(self, first: int, last: int, style: look.Look, text: str | None = None) -> str:
        """Writes a text into columns first to last, joined if there are several; gives their range, `B5` or `B5:H5`."""
        cells = [cast(Cell, self.sheet.cell(self.row, column)) for column in range(first, last + 1)]
        for cell in cells:
            self._dress(cell, style)
        cells[0].value = text
        if last == first:
            return cells[0].coordinate
        area = f"{cells[0].coordinate}:{cells[-1].coordinate}"
        # merge_cells() would take the frame off all but the first cell, and programs differ in which they draw
        self.sheet.merged_cells.add(area)
        return area

    def _dress(self, cell: Cell, style: look.Look) -> None:
        """openpyxl looks a style up part by part; a copy of the same look on another cell takes a tenth of that."""
        if style in self.dressed:
            cell._style = copy(self.dressed[style])  # type: ignore[attr-defined]
        else:
            look.put_on(cell, style)
            self.dressed[style] = copy(cell._style)  # type: ignore[attr-defined]

    def place(self, slot: Slot, first: int, last: int, style: look.Look) -> None:
        """Makes room for one answer."""
        area = self.write(first, last, style)
        self.spots[slot.name] = Spot(slot, f"${get_column_letter(first)}${self.row}", area)

    @property
    def places(self) -> list[str]:
        """The cell of each answer, `B5`, in the form's order."""
        return [spot.anchor.replace("$", "") for spot in self.spots.values()]

    def is_open(self, place: str) -> bool:
        """Whether people may type into a cell."""
        return not self.sheet[place].protection.locked

    def spots_of(self, asked: Field) -> list[Spot]:
        return [self.spots[slot.name] for slot in self.home.slots_of(asked, "xlsx")]
