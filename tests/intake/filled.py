"""A blank filled in everywhere, and the same form after people and programs have been at it."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import copy
from datetime import datetime

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from mase_docs.blanks.excel import build
from mase_docs.definition.form import Form, Slot
from mase_docs.definition.home import Home

TYPED: dict[str, object] = {
    "text": "Some words",
    "name": "Ann Bee",
    "long_text": "Line one\nline two",
    "text_list": "One; Two",
    "integer": 3,
    "date": datetime(2020, 5, 13),
    "datetime": datetime(2026, 5, 13, 14, 30),
    "yes_no": "Yes",
    "email": "ann.bee@hackney.gov.uk",
    "phone": "020 7946 0321",
    "postcode": "e8 1ea",
    "nhs_number": "999 000 0018",
    "upn": "b801200005001",
}


def typed(slot: Slot, home: Home) -> object:
    """Something to type at a place of the blank: every other option ticked, the last choice of a list."""
    if slot.option:
        codes = list(home.codes(slot.field.choices or "").by_code)
        return "X" if codes.index(slot.option) % 2 == 0 else None
    return home.codes(slot.field.choices).code[-1].label if slot.field.choices else TYPED[slot.field.type]


def filled(form: Form, home: Home, answers: Callable[[Slot, Home], object] = typed) -> openpyxl.Workbook:
    """The blank with every place filled in."""
    book = openpyxl.load_workbook(io.BytesIO(build(form, home)))
    for slot in home.slots(form, "xlsx"):
        sheet, cell = next(iter(book.defined_names[slot.name].destinations))
        book[sheet][cell.replace("$", "")] = answers(slot, home)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def without_names(book: openpyxl.Workbook) -> openpyxl.Workbook:
    """The same workbook as when its answer sheet was copied into a new one: one sheet, no names, no properties."""
    alone = openpyxl.Workbook()
    sheet = alone.worksheets[0]
    sheet.title = "Copied by hand"
    shifted(book["Referral"], sheet, lambda row, column: (row, column))
    return alone


def shifted(old: Worksheet, new: Worksheet, move: Callable[[int, int], tuple[int, int]]) -> None:
    """Copies the values, formats and merged ranges of a sheet to where `move` puts them."""
    for line in old.iter_rows():
        for cell in line:
            if cell.value is not None:
                put = new.cell(*move(cell.row, cell.column), value=cell.value)
                put.number_format = copy(cell.number_format)
    for merged in old.merged_cells.ranges:
        (top, left), (bottom, right) = move(merged.min_row, merged.min_col), move(merged.max_row, merged.max_col)
        new.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
