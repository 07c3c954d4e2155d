"""A table as a workbook that is read and printed by people: its head stays in sight and on every page, its marking stands there too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from mase_docs.model.tables import Cell, Table
from mase_docs.packs.open_workbook import Trimmed, cell, timeless

A4 = 9
"""As Excel numbers paper (ECMA-376 part 1, 18.3.1.63)."""
MARGIN, LINE, HIGHEST, SLACK = 0.4, 15, 409, 2
"""Inches, left and right; points of a line, and the most that a row may have; characters that long words leave empty at the end of one."""


@dataclass(frozen=True)
class Look:
    """title: the file's, and the foot of every page; widths: column → its width in characters."""

    title: str
    marking: str
    widths: Mapping[str, int]


def workbook(table: Table, look: Look) -> tuple[bytes, Trimmed]:
    """The workbook, the same bytes for the same table, and what it has otherwise than that. Every cell is text or a number."""
    from openpyxl import Workbook

    book, trimmed, out = Workbook(write_only=True), Trimmed(), BytesIO()
    book.properties.title, book.properties.creator, book.properties.language = look.title, "", "en-GB"
    sheet = book.create_sheet(table.name)
    _on_paper(sheet, table, look)
    for number, row in enumerate([tuple(table.columns), *table.rows], 1):
        sheet.row_dimensions[number].height = min(_lines(row, table, look) * LINE, HIGHEST)
        sheet.append([_at_the_top(sheet, cell(sheet, value, trimmed, bold=number == 1)) for value in row])
    book.save(out)
    return timeless(out.getvalue()), trimmed


def _lines(row: tuple[Cell, ...], table: Table, look: Look) -> int:
    """How many lines the longest cell of a row takes: not every program works that out when it opens a file."""
    room = [max(1, look.widths[name] - SLACK) for name in table.columns]
    return max(sum(1 + len(line) // wide for line in str(value).split("\n")) for value, wide in zip(row, room, strict=True))


def _on_paper(sheet: Any, table: Table, look: Look) -> None:
    """Landscape, as wide as the paper, with the first row on every page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = MARGIN
    for number, name in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = look.widths[name]
    last = f"{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.auto_filter.ref = f"A1:{last}"
    marking = look.marking.replace("&", "&&")
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = marking
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = look.title.replace("&", "&&"), "Page &P of &N"


def _at_the_top(sheet: Any, value: Any) -> Any:
    """A cell whose words go on under each other."""
    from openpyxl.cell import Cell, WriteOnlyCell
    from openpyxl.styles import Alignment

    made = value if isinstance(value, Cell) else WriteOnlyCell(sheet, value)
    made.alignment = Alignment(wrap_text=True, vertical="top")
    return made
