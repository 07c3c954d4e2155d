"""The answer sheet as far as it is drawn, and where each slot stands on it."""

from __future__ import annotations

from dataclasses import dataclass, field

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

    def end_row(self, height: float) -> None:
        """Sets the height of the row and goes on to the next."""
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def write(self, first: int, last: int, style: look.Look, text: str | None = None) -> str:
        return look.put(self.sheet, self.row, first, last, style, text)

    def place(self, slot: Slot, first: int, last: int, style: look.Look) -> None:
        """Makes room for one answer."""
        area = self.write(first, last, style)
        self.spots[slot.name] = Spot(slot, f"${get_column_letter(first)}${self.row}", area)

    def spots_of(self, asked: Field) -> list[Spot]:
        return [self.spots[slot.name] for slot in self.home.slots_of(asked, "xlsx")]
