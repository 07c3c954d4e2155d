"""The blank Excel form: one answer sheet with a name a place, choices in a hidden sheet, ready to fill, protect and print."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from mase_docs.blanks.excel_grid import FEWEST_ANSWER_COLUMNS, Grid
from mase_docs.blanks.excel_look import FONT
from mase_docs.blanks.excel_package import finished
from mase_docs.blanks.excel_paper import Paper
from mase_docs.blanks.excel_prefilled import fill_in
from mase_docs.blanks.excel_print import set_up_pages
from mase_docs.blanks.excel_required import show_required
from mase_docs.blanks.excel_rules import add_rules
from mase_docs.blanks.excel_sheet import draw, is_long
from mase_docs.blanks.prefilled import NO_ANSWERS, Answers
from mase_docs.blanks.wording import titled
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home

SHEET = "Referral"
COMMENT_MAX = 255


def build(form: Form, home: Home, answers: Answers = NO_ANSWERS, whose: str = "") -> bytes:
    """The blank of a form as .xlsx; the same bytes every time for the same definition.

    Layout, names and hidden sheets are what reading relies on (intake/layout.py). No macros, and no formulas in cells.
    What `answers` and `whose` are is said in prefilled.py.
    """
    book = Workbook()
    book._named_styles["Normal"].font = Font(name=FONT, size=10)  # type: ignore[attr-defined]
    sheet: Worksheet = book.worksheets[0]
    sheet.title = SHEET
    paper = Paper(sheet, form, home, _grid(form, home))
    draw(paper)
    _name_places(paper, book)
    add_rules(paper, book)
    show_required(paper)
    fill_in(paper, answers)
    set_up_pages(paper, whose)
    _set_up_screen(paper)
    _say_which_form(book, form, whose)
    _keep_words_words(book)
    out = io.BytesIO()
    book.save(out)
    return finished(out.getvalue(), "xl/worksheets/sheet1.xml", sheet.print_area.split("!")[-1].replace("$", ""))


def _grid(form: Form, home: Home) -> Grid:
    """As many columns as the widest table needs: one of long answers counts twice."""
    tables = [f for f in form.fields.values() if f.type == "repeat" and f.asked and "xlsx" in f.media]
    rows = [[slot for slot in home.slots_of(f, "xlsx") if slot.row == home.rows(f, "xlsx")[0][0]] for f in tables]
    return Grid(max([FEWEST_ANSWER_COLUMNS, *(sum(1 + is_long(slot.field) for slot in row) for row in rows)]))


def _name_places(paper: Paper, book: Workbook) -> None:
    for name, spot in paper.spots.items():
        book.defined_names[name] = DefinedName(name, attr_text=f"{SHEET}!{spot.anchor}", comment=spot.slot.label[:COMMENT_MAX])


def _set_up_screen(paper: Paper) -> None:
    sheet, grid = paper.sheet, paper.grid
    for column in range(1, grid.last + 1):
        sheet.column_dimensions[get_column_letter(column)].width = grid.width(column)
    sheet.freeze_panes = "A2"
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    # rows may be made taller and columns wider: a long answer can always be seen
    sheet.protection.formatRows = sheet.protection.formatColumns = False
    first = next(filter(paper.is_open, paper.places), "A1")
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = first


def _say_which_form(book: Workbook, form: Form, whose: str) -> None:
    """Form and version where people don't look, title and language where programs do; no author."""
    hidden: Worksheet = book.create_sheet("_form")
    hidden.sheet_state = "veryHidden"
    for row in (("form_id", form.id), ("form_version", form.version)):
        hidden.append(row)
    for name, value in (("FormId", form.id), ("FormVersion", str(form.version))):
        book.custom_doc_props.append(StringProperty(name=name, value=value))  # type: ignore[attr-defined]
    about = book.properties
    about.title, about.subject, about.language = titled(form.title, whose), form.stamp, form.language
    about.creator = about.lastModifiedBy = None
    book.security = WorkbookProtection(lockStructure=True)


def _keep_words_words(book: Workbook) -> None:
    """A borough's own label, hint or choice that begins with = is words too: nothing on a blank may calculate."""
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if isinstance(cell.value, str):
                cell.data_type = "s"
