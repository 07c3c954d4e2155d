"""Answers that stand in an Excel form when it is sent: on grey, locked, their rows as tall as they need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill, Protection

from mase_docs.blanks import excel_look as look
from mase_docs.blanks.colours import FAINT
from mase_docs.blanks.excel_paper import Paper, Spot
from mase_docs.blanks.excel_sheet import height
from mase_docs.blanks.prefilled import Answers
from mase_docs.blanks.wording import as_typed
from mase_docs.definition.form import Slot
from mase_docs.model.submission import Value

TICK = "X"
HIGHEST = 409.0
"""Points: the tallest that Excel makes a row."""


def fill_in(paper: Paper, answers: Answers) -> None:
    """Puts the answers into the sheet, by path."""
    for spot in paper.spots.values():
        if spot.slot.path in answers:
            _put(paper, spot, _content(paper, spot.slot, answers[spot.slot.path]))


def _content(paper: Paper, slot: Slot, value: Value) -> str | int | date | None:
    """What the cell holds: a real date or number, a tick, else the words that its list offers."""
    if slot.option:
        return TICK if isinstance(value, list) and slot.option in value else None
    return value if isinstance(value, int | date) and not isinstance(value, bool) else as_typed(slot.field, value, paper.home)


def _put(paper: Paper, spot: Spot, content: str | int | date | None) -> None:
    cells = list(_cells(paper, spot))
    for cell in cells:
        cell.fill, cell.protection = PatternFill("solid", fgColor=FAINT), Protection(locked=True)
    cells[0].value = content
    if isinstance(content, str):
        first, last = (cell.column for cell in (cells[0], cells[-1]))
        needed = height(content, paper.grid.width(first, last), look.CELL if spot.slot.repeat else look.ANSWER)
        row = paper.sheet.row_dimensions[cells[0].row]
        row.height = min(HIGHEST, max(row.height or 0.0, needed))


def _cells(paper: Paper, spot: Spot) -> Iterator[Cell]:
    found = paper.sheet[spot.area]
    yield from cast(Iterator[Cell], found[0] if isinstance(found, tuple) else (found,))
