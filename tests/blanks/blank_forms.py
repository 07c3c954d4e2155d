"""The forms whose blanks are looked at: the shipped ones, and a small one about orchards that has every kind of question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mase_docs.blanks import excel
from mase_docs.definition.form import Form, Slot
from mase_docs.definition.home import Home

HOME = Home(Path(__file__).parent / "home")
FORMS = ("orchard", "referral", "context_referral", "action_return", "intelligence_return")


@dataclass(frozen=True)
class Blank:
    """A built blank Excel form, and the same opened."""

    form: Form
    data: bytes

    @cached_property
    def book(self) -> Workbook:
        return openpyxl.load_workbook(BytesIO(self.data))

    @property
    def sheet(self) -> Worksheet:
        return self.book["Referral"]

    @property
    def slots(self) -> list[Slot]:
        return list(HOME.slots(self.form, "xlsx"))

    def cell(self, name: str) -> Cell:
        """The cell that a defined name points to."""
        sheet, _, place = self.book.defined_names[name].attr_text.partition("!")
        return self.book[sheet][place.replace("$", "")]

    def texts(self) -> list[str]:
        return [cell.value for row in self.sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


@cache
def blank(form_id: str) -> Blank:
    form = HOME.form(form_id)
    return Blank(form, excel.build(form, HOME))
