"""How the answer sheet prints: A4 on its side, marking top and bottom, no break between what belongs together."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from mase_docs.blanks.excel_grid import LABEL
from mase_docs.blanks.excel_paper import Paper
from mase_docs.blanks.wording import copy_line, marking

WIDE, HIGH = 11.69, 8.27
"""A4 on its side, in inches."""
SIDE, TOP, EDGE = 0.4, 0.58, 0.26
"""Margins in inches: left and right; top and bottom; of header and footer."""
POINTS = 72
CHARACTER = 5.25
"""Points that a character of column width takes (7 pixels of 1/96 inch)."""
SLACK = 0.97
"""Fonts differ a little from one program to the next."""


def set_up_pages(paper: Paper, whose: str = "") -> None:
    """Page size, margins, header and footer, repeated title row, print area and page breaks."""
    sheet = paper.sheet
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(paper.grid.last)}{paper.row - 1}"
    margins = sheet.page_margins
    margins.left = margins.right = SIDE
    margins.top = margins.bottom = TOP
    margins.header = margins.footer = EDGE
    _header_and_footer(paper, whose)
    _breaks(paper)


def _header_and_footer(paper: Paper, whose: str) -> None:
    form, marked = paper.form, _HeaderFooterPart(_as_printed(marking(paper.form)), "Arial,Bold", 9)
    which = _HeaderFooterPart(_as_printed(f"{form.stamp} ({form.id}, version {form.version})"), size=9)
    paper.sheet.oddHeader = HeaderFooterItem(
        center=marked, right=_HeaderFooterPart(_as_printed(copy_line(form, whose)), size=9) if whose else None
    )
    paper.sheet.oddFooter = HeaderFooterItem(which, _HeaderFooterPart("Page &P of &N", size=9), marked)


def _as_printed(text: str) -> str:
    """A lone & begins a code in headers and footers (ECMA-376 part 1, 18.3.1.46)."""
    return text.replace("&", "&&")


def _breaks(paper: Paper) -> None:
    """A break before every block that would not fit on what is left of its page, but would on a whole one."""
    room = _room(paper)
    left = room
    for first, after in zip([1, *paper.starts], paper.starts, strict=False):
        height = sum(paper.sheet.row_dimensions[row].height or 15 for row in range(first, after))
        if left < height <= room and left < room:
            paper.sheet.row_breaks.append(Break(id=first - 1))
            left = room - (paper.sheet.row_dimensions[1].height or 15)
        left = (left - height) % room


def _room(paper: Paper) -> float:
    """The points of row height that a page takes when the columns fill its width."""
    across = paper.grid.width(LABEL, paper.grid.last) * CHARACTER
    scale = min(1.0, (WIDE - 2 * SIDE) * POINTS / across)
    return (HIGH - 2 * TOP) * POINTS / scale * SLACK
