"""A table as a workbook that is read and printed by people: its head stays in sight and on every page, its marking stands there too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from mase_docs.model.tables import Table
from mase_docs.packs.open_workbook import Trimmed, cell, timeless

A4 = 9
"""As Excel numbers paper (ECMA-376 part 1, 18.3.1.63)."""


@dataclass(frozen=True)
class Look:
    """title: the file's, and the foot of every page; widths: column → its width in characters, where not the usual one."""

    title: str
    marking: str
    widths: Mapping[str, int]
    usual: int = 16


def workbook(table: Table, look: Look) -> tuple[bytes, Trimmed]:
    """The workbook, the same bytes for the same table, and what it has otherwise than that. Every cell is text or a number."""
    from openpyxl import Workbook

    book, trimmed, out = Workbook(write_only=True), Trimmed(), BytesIO()
    book.properties.title, book.properties.creator, book.properties.language = look.title, "", "en-GB"
    sheet = book.create_sheet(table.name)
    _on_paper(sheet, table, look)
    for number, row in enumerate([tuple(table.columns), *table.rows]):
        sheet.append([_wrapped(cell(sheet, value, trimmed, bold=number == 0)) for value in row])
    book.save(out)
    return timeless(out.getvalue()), trimmed


def _on_paper(sheet: Any, table: Table, look: Look) -> None:
    """Landscape, as wide as the paper, with the first row on every page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number, name in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = look.widths.get(name, look.usual)
    last = f"{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.auto_filter.ref = f"A1:{last}"
    marking = look.marking.replace("&", "&&")
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = marking
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = look.title.replace("&", "&&"), "Page &P of &N"


def _wrapped(value: Any) -> Any:
    """A cell whose words go on under each other; a number as it is."""
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment

    if isinstance(value, Cell):
        value.alignment = Alignment(wrap_text=True, vertical="top")
    return value
