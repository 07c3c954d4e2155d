"""Exports of programs that cannot run here, imitated with openpyxl from what is known of them. No file here was made by those programs.

google_like   Google Sheets, "Download as .xlsx": names and hidden sheets kept (hidden ones dropped where a person copied the sheet),
              custom properties, footers, protection and validations gone, every text a run with a font of its own.
numbers_like  Apple Numbers, "Export to Excel": an "Export Summary" sheet first, each table on a sheet "Sheet - Table 1", hidden
              sheets shown, names, footers, validations and properties gone, everything one row lower under the table's title.
strict_like   Excel, "Strict Open XML Spreadsheet": ISO dates (t="d") and the namespaces of ISO/IEC 29500-1.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

STRICT = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties": "http://purl.oclc.org/ooxml/officeDocument/"
    "relationships/customProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties": "http://purl.oclc.org/ooxml/officeDocument/"
    "relationships/extendedProperties",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
}
"""Transitional namespace or relationship → its Strict one (ISO/IEC 29500-4, annex A)."""


def google_like(form: bytes, hidden_sheets: bool = True) -> bytes:
    book = load_workbook(BytesIO(form))
    book.custom_doc_props.props.clear()
    for sheet in list(book.worksheets):
        if sheet.sheet_state != "visible" and not hidden_sheets:
            del book[sheet.title]
        else:
            _as_google(sheet)
    for name, defined in list(book.defined_names.items()):
        if (defined.attr_text or "").split("!")[0].strip("'") not in book.sheetnames:
            del book.defined_names[name]
    return _saved(book)


def _as_google(sheet: Worksheet) -> None:
    sheet.data_validations.dataValidation.clear()
    sheet.protection.disable()
    for part in (sheet.oddFooter, sheet.oddHeader):
        part.left.text = part.center.text = part.right.text = None
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str) and not cell.value.startswith("="):
                cell.value = CellRichText(TextBlock(InlineFont(rFont="Arial", sz=10), cell.value))


def numbers_like(form: bytes) -> bytes:
    old, new = load_workbook(BytesIO(form)), Workbook()
    summary = new.worksheets[0]
    summary.title = "Export Summary"
    summary["B3"] = "This document was exported from Numbers. Each table was converted to an Excel worksheet."
    for n, sheet in enumerate(old.worksheets, 7):
        summary.cell(n, 2, sheet.title)
        table = new.create_sheet(f"{sheet.title} - Table 1")
        table["A1"] = "Table 1"
        _one_row_lower(sheet, table)
    return _saved(new)


def _one_row_lower(old: Worksheet, new: Worksheet) -> None:
    for line in old.iter_rows():
        for cell in line:
            if cell.value is not None:
                new.cell(cell.row + 1, cell.column, cell.value).number_format = cell.number_format
    for block in old.merged_cells.ranges:
        new.merge_cells(start_row=block.min_row + 1, end_row=block.max_row + 1, start_column=block.min_col, end_column=block.max_col)


def strict_like(form: bytes) -> bytes:
    book = load_workbook(BytesIO(form))
    book.iso_dates = True
    out = BytesIO()
    with ZipFile(BytesIO(_saved(book))) as plain, ZipFile(out, "w", ZIP_DEFLATED) as strict:
        for name in plain.namelist():
            content = plain.read(name).decode("utf-8")
            for transitional, iso in STRICT.items():
                content = content.replace(f'"{transitional}"', f'"{iso}"').replace(f'"{transitional}/', f'"{iso}/')
            strict.writestr(name, content)
    return out.getvalue()


def _saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
