"""An OpenDocument spreadsheet (.ods, and .fods, which is the same in one XML file), read directly.

ODF 1.3 part 3: table 9, named ranges 9.4.12, values of cells 19.385, text 6.1. A cell says both what it holds and what it shows.
python-calamine reads neither names nor formulas nor what is shown (benchmarks/other_programs.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

from mase_docs.columns import column_number
from mase_docs.definition.home import Home
from mase_docs.intake import limits
from mase_docs.intake.excel import read_book
from mase_docs.intake.finding import Reading
from mase_docs.intake.package import local, named, parse_xml
from mase_docs.intake.refusals import refuse
from mase_docs.intake.sheet import TRUTH, At, Cell, Entry, Sheet, Value, WholeBook

ADDRESS = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'.$#]+))\.\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::[^:]*)?\Z")
"""The first cell of a range (9.2.1): `$Referral.$B$10`, `$'Bee''s form'.$B$10:.$D$10`."""
GROUPS = ("table-row-group", "table-header-rows", "table-rows")
CELLS = ("table-cell", "covered-table-cell")
COLUMNS = ("table-column", "table-columns", "table-column-group", "table-header-columns")
PARTS = ("content.xml", "styles.xml", "meta.xml")
ODD_SPACE = re.compile(r"[ \t\r\n]+")
NUMBERS = ("float", "currency", "percentage")
"""The value types of cells that hold a number (19.385)."""


def read(data: bytes, home: Home) -> Reading:
    """What was found in an OpenDocument spreadsheet.

    Raises InputRefusedError: AR1 password, AR27 damaged, AR28 too large, and those of `excel.read_book`.
    """
    return read_book(open_document(data), home)


def open_document(data: bytes) -> WholeBook:
    """The book. Raises InputRefusedError: AR1, AR27, AR28."""
    roots = _roots(data)
    hidden = {_attribute(style, "name") for root in roots for style in named(root, "style") if _hides(style)}
    tables = [table for root in roots[:1] for book in named(root, "spreadsheet") for table in book if local(table) == "table"]
    footer = " ".join(_said(part) for root in roots for kind in ("header", "footer") for part in named(root, kind))
    sheets = {name: _sheet(name, table, footer) for table in tables if (name := _attribute(table, "name"))}
    states = {_attribute(table, "name"): _attribute(table, "style-name") in hidden for table in tables}
    entries = {name: Entry(name, "hidden" if states[name] else "visible", "") for name in sheets}
    comments = any(True for table in tables for _ in named(table, "annotation"))
    return WholeBook(sheets, entries, _names(roots[0]), _properties(roots), _is_1904(roots[0]), comments)


def _roots(data: bytes) -> list[Element]:
    """The document's parts: contents first, then styles and properties; of a .fods the one there is."""
    if not data.startswith(b"PK"):
        if len(data) > limits.XML_PART:
            raise refuse("AR28")
        return [parse_xml(data)]
    with limits.open_zip(data) as archive:
        there = archive.namelist()
        if "META-INF/manifest.xml" in there and b"encryption-data" in limits.unpacked(archive, "META-INF/manifest.xml"):
            raise refuse("AR1 ods")
        return [parse_xml(limits.unpacked(archive, part)) for part in PARTS if part in there or part == PARTS[0]]


def _attribute(element: Element, name: str) -> str:
    """An attribute by its local name: OpenDocument uses none twice in one element, but for value-type, which see."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _hides(style: Element) -> bool:
    return any(_attribute(part, "display") == "false" for part in style if local(part) == "table-properties")


def _names(content: Element) -> dict[str, tuple[str, At]]:
    """Defined names that still point to a cell; those of one table only where the document has none of that name."""
    own = [e for table in named(content, "table") for e in named(table, "named-range")]
    listed = sorted(named(content, "named-range"), key=lambda e: e not in own)
    if len(listed) > limits.DEFINED_NAMES:
        raise refuse("AR28")
    pointing = ((_attribute(e, "name").casefold(), ADDRESS.match(_attribute(e, "cell-range-address"))) for e in listed)
    return {name: ((to[1] or to[2]).replace("''", "'"), (int(to[4]), column_number(to[3]))) for name, to in pointing if to}


def _properties(roots: list[Element]) -> dict[str, str]:
    return {_attribute(e, "name"): (e.text or "").strip() for root in roots for e in named(root, "user-defined")}


def _is_1904(content: Element) -> bool:
    return any(_attribute(e, "date-value").startswith("1904") for e in named(content, "null-date"))


def _sheet(name: str, table: Element, footer: str) -> Sheet:
    sheet = Sheet(name, footer=footer)
    lines = list(_lines(table))
    sheet.hidden_lines = any(_attribute(line, "visibility") in ("collapse", "filter") for line in (*lines, *_columns(table)))
    row = 0
    for line in lines:
        row = _fill(sheet, line, row + 1)
    return sheet


def _lines(part: Element) -> Iterator[Element]:
    """The rows of a table, those in groups and headers too."""
    for element in part:
        if local(element) == "table-row":
            yield element
        elif local(element) in GROUPS:
            yield from _lines(element)


def _columns(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element) in COLUMNS:
            yield from element.iter()


def _fill(sheet: Sheet, line: Element, row: int) -> int:
    """Puts the cells of a row, as often as it is repeated, onto the sheet; gives the last row that it stands for."""
    last, column = row + _repeated(line, "rows") - 1, 0
    for element in line:
        if local(element) not in CELLS:
            continue
        first, column = column + 1, column + _repeated(element, "columns")
        cell = _cell(element)
        if cell:
            _put(sheet, cell, range(row, last + 1), range(first, column + 1))
        if (end := _spanned(element, row, first)) != (row, first):
            sheet.merged[row, first] = end
    return last


def _put(sheet: Sheet, cell: Cell, rows: range, columns: range) -> None:
    """Raises InputRefusedError AR28 where the sheet comes to hold far more than a form."""
    if len(sheet.cells) + len(rows) * len(columns) > limits.CELLS or len(sheet.merged) > limits.MERGED_RANGES:
        raise refuse("AR28")
    sheet.cells |= {(row, column): cell for row in rows for column in columns}


def _repeated(element: Element, what: str) -> int:
    return _count(_attribute(element, f"number-{what}-repeated"))


def _spanned(element: Element, row: int, column: int) -> At:
    """The last cell of the range that a cell begins."""
    down, across = _count(_attribute(element, "number-rows-spanned")), _count(_attribute(element, "number-columns-spanned"))
    return row + down - 1, column + across - 1


def _count(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _cell(element: Element) -> Cell | None:
    """What stands in a cell; None where nothing does."""
    written = _attribute(element, "formula")
    kinds = [value for key, value in element.attrib.items() if key.endswith("}value-type")]
    formula = bool(written) and not ("boolean" in kinds and TRUTH.fullmatch(written))
    shown = "\n".join(_said(part) for part in element if local(part) == "p")
    if "error" in kinds:
        return Cell(f"#{shown.lstrip('#')}", formula, True)
    value = _value(element, kinds[0] if kinds else "", shown)
    return Cell(value, formula) if formula or value not in (None, "") else None


def _value(element: Element, kind: str, shown: str) -> Value:
    """A cell's value by its type (19.385); what it shows where that can't be read as its type."""
    if kind in NUMBERS:
        return _as_seen(_attribute(element, "value"), kind, shown)
    if kind == "boolean":
        return _attribute(element, "boolean-value") == "true"
    if kind == "date":
        return _moment(_attribute(element, "date-value")) or shown
    return shown or _attribute(element, "string-value") or None


def _as_seen(number: str, kind: str, shown: str) -> Value:
    """A number; its own text where that has zeros before it, digits set in groups that begin with one, or is a percentage."""
    try:
        value = float(number)
    except ValueError:
        return shown
    whole = value.is_integer() and abs(value) < 1e15
    plain: Value = int(value) if whole else value
    if kind == "percentage" or shown.endswith("%"):
        return shown or f"{value * 100:g}%"
    digits = re.sub(r"\D", "", shown)
    is_a_name = whole and digits.lstrip("0") == str(plain).lstrip("0") and not re.search(r"[.,]", shown)
    return shown if is_a_name and (digits.startswith("0") or " " in shown.strip()) and len(digits) > 1 else plain


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text[:19])
    except ValueError:
        return None


def _said(element: Element) -> str:
    """The text of a paragraph: spaces as ODF collapses them, and its elements for spaces, tabs and line breaks (6.1.2 to 6.1.5)."""
    out = [ODD_SPACE.sub(" ", element.text or "")]
    for part in element:
        kind = local(part)
        if kind == "s":
            out.append(" " * _count(_attribute(part, "c")))
        elif kind in ("tab", "line-break"):
            out.append("\t" if kind == "tab" else "\n")
        elif kind not in ("annotation", "frame", "ruby-text"):
            out.append(_said(part))
        out.append(ODD_SPACE.sub(" ", part.tail or ""))
    return "".join(out)
