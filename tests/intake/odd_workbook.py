"""A workbook with one of everything that a cell can hold, and what each must be read as whatever program saved it again."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

from mase_docs.intake.binary_workbook import binary_workbook
from mase_docs.intake.old_workbook import old_workbook
from mase_docs.intake.open_document import open_document
from mase_docs.intake.sheet import Book, Cell
from mase_docs.intake.workbook import Workbook

BOOKS = {"xlsx": Workbook, "xls": old_workbook, "xlsb": binary_workbook, "ods": open_document, "fods": open_document}
SHEET = "Zoë form (2)"
HELD: dict[str, tuple[object, str, Cell]] = {
    "a date": (datetime(2011, 7, 3), "dd/mm/yyyy", Cell(datetime(2011, 7, 3))),
    "a moment": (datetime(2026, 5, 13, 14, 30), "dd/mm/yyyy hh:mm", Cell(datetime(2026, 5, 13, 14, 30))),
    "a month": (datetime(2026, 11, 10), "mmmm yyyy", Cell(datetime(2026, 11, 10))),
    "a telephone": (7946000123, "00000000000", Cell("07946000123")),
    "an NHS number in groups": (9990000018, "000 000 0000", Cell("999 000 0018")),
    "a percentage": (0.71, "0%", Cell("71%")),
    "a whole number": (15, "General", Cell(15)),
    "a half": (7.5, "General", Cell(7.5)),
    "a truth": (True, "General", Cell(True)),
    "text of digits": ("007946", "@", Cell("007946")),
    "lines": ("one\ntwo", "General", Cell("one\ntwo")),
    "odd spaces": (" two  spaces ", "General", Cell(" two  spaces ")),
    "letters": ("Zoë “Bee” Łukasz", "General", Cell("Zoë “Bee” Łukasz")),
    "runs": (CellRichText("in ", TextBlock(InlineFont(b=True), "runs")), "General", Cell("in runs")),
    "long words": ("x" * 9000, "General", Cell("x" * 9000)),
    "an error": ("#N/A", "General", Cell("#N/A", error=True)),
    "a formula": ("=1+1", "General", Cell(2, formula=True)),
}
"""What it is: what was put in, with which number format, and what must be read."""


def odd_workbook(from_1904: bool = False) -> bytes:
    """Names of the things in column A, the things in B; a merged range, a hidden row and sheet, a comment, three defined names."""
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for row, (what, (value, number_format, _)) in enumerate(HELD.items(), 1):
        sheet.cell(row, 1, what)
        sheet.cell(row, 2, value).number_format = number_format  # type: ignore[arg-type]
    sheet["D1"] = "merged"
    sheet.merge_cells("D1:F3")
    sheet.row_dimensions[5].hidden = True
    sheet["A1"].comment = Comment("Between us", "Ann")
    book.create_sheet("Hidden").sheet_state = "hidden"
    book["Hidden"]["A1"] = "put away"
    book.defined_names["One"] = DefinedName("One", attr_text=f"'{SHEET}'!$B$6")
    book.defined_names["Wide"] = DefinedName("Wide", attr_text=f"'{SHEET}'!$D$1:$F$3")
    sheet.defined_names["Scoped"] = DefinedName("Scoped", attr_text=f"'{SHEET}'!$B$7")
    book.custom_doc_props.append(StringProperty(name="FormReference", value="MASE-2026-0012"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


NAMES = {"one": (SHEET, (6, 2)), "wide": (SHEET, (1, 4)), "scoped": (SHEET, (7, 2))}


def opened(path: Path) -> Book:
    book: Book = BOOKS[path.suffix[1:]](path.read_bytes())
    return book


def held(book: Book) -> dict[str, Cell]:
    """What was read of each thing."""
    sheet = book.sheet(next(iter(book.entries)))
    return {str(sheet.cell((row, 1)).value): sheet.cell((row, 2)) for row in range(1, len(HELD) + 1)}
