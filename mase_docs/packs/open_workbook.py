"""Tables as an Excel workbook, a sheet each: text stays text, and nothing in it runs (ECMA-376 part 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mase_docs.model.tables import Cell, Table
from mase_docs.packs.package import NEVER

LONGEST = 32_767
"""Letters in a cell; and rows of a sheet (https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3)."""
MOST_ROWS = 1_048_575
CUT = " […cut: all of it is in the folder json]"
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold (https://www.w3.org/TR/xml/#charsets)."""
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Excel would read _x0041_ as A (part 1, 22.9.2.19): its own underscore is escaped."""
SHEETS = {"history": "history of the register"}
"""Excel lets no sheet be called History, which it keeps for itself."""
WIDTH = 18
WHEN = rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


@dataclass
class Trimmed:
    """What the workbook has otherwise than the register: cells cut, characters taken out, rows that no sheet has room for."""

    cut: int = 0
    removed: int = 0
    rows: int = 0

    def __str__(self) -> str:
        said = {
            "Cells cut, being longer than Excel can hold": self.cut,
            "Characters left out that Excel cannot hold": self.removed,
            "Rows left out that a sheet has no room for": self.rows,
        }
        return " ".join(f"{words}: {count}." for words, count in said.items() if count) or "Nothing had to be cut or left out in it."

    def text(self, text: str) -> str:
        """The text as a cell holds it."""
        clean = NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        self.removed += len(NO_XML.findall(text))
        if len(clean) > LONGEST:
            self.cut += 1
            clean = clean[: LONGEST - len(CUT)] + CUT
        return LOOKS_ESCAPED.sub("_x005F_", clean)


def workbook(tables: list[Table]) -> tuple[bytes, Trimmed]:
    """The workbook, the same bytes for the same tables, and what it has otherwise than they."""
    from openpyxl import Workbook

    book, trimmed, out = Workbook(write_only=True), Trimmed(), BytesIO()
    for table in tables:
        _sheet(book, table, trimmed)
    book.save(out)
    return timeless(out.getvalue()), trimmed


def _sheet(book: Any, table: Table, trimmed: Trimmed) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(SHEETS.get(table.name, table.name))
    sheet.freeze_panes = "A2"
    for number, name in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(WIDTH, len(name) + 2)
    sheet.append([cell(sheet, name, trimmed, bold=True) for name in table.columns])
    for row in table.rows[:MOST_ROWS]:
        sheet.append([cell(sheet, value, trimmed) for value in row])
    trimmed.rows += len(table.rows[MOST_ROWS:])


def cell(sheet: Any, value: Cell, trimmed: Trimmed, *, bold: bool = False) -> Any:
    """Numbers and yes or no as they are; anything else as text that stays text, also where it begins as a formula would."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if value is None or isinstance(value, int):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = trimmed.text("; ".join(value) if isinstance(value, list) else str(value))
    cell.data_type, cell.number_format = "s", "@"
    if bold:
        cell.font = Font(name="Calibri", size=11, bold=True)
    return cell


def timeless(data: bytes) -> bytes:
    """The same package without the time at which it was made."""
    out = BytesIO()
    with ZipFile(out, "w") as new:
        for name, part in _parts(data):
            entry = ZipInfo(name, NEVER)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            new.writestr(entry, re.sub(WHEN, b"2000-01-01T00:00:00Z", part) if name == "docProps/core.xml" else part)
    return out.getvalue()


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with ZipFile(BytesIO(data)) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())
