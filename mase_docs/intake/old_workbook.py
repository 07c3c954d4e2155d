"""An old Excel workbook (.xls, Excel 5 to 2003): by xlrd, and what xlrd passes over read from the file's own records.

Format: [MS-XLS] (BIFF8) and OpenOffice's documentation of BIFF5. Measured against python-calamine (benchmarks/other_programs.py): only
xlrd gives the defined names, number formats and hidden rows. Neither says which cells hold formulas: that is read here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING

from mase_docs.definition.dates import from_serial
from mase_docs.definition.home import Home
from mase_docs.intake.excel import read_book
from mase_docs.intake.finding import Reading
from mase_docs.intake.number_formats import GENERAL, as_seen
from mase_docs.intake.refusals import refuse, warning
from mase_docs.intake.sheet import At, Cell, Entry, Sheet, Value, WholeBook

if TYPE_CHECKING:
    from xlrd.book import Book as XlrdBook
    from xlrd.book import Name as XlrdName
    from xlrd.sheet import Cell as XlrdCell
    from xlrd.sheet import Sheet as XlrdSheet

STRAY = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, OverflowError, EOFError, ZeroDivisionError),
    *(struct.error, NotImplementedError, RecursionError),
)
"""What xlrd lets through of Python's own (UnicodeDecodeError is a ValueError)."""
STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
STREAMS = ("Workbook", "Book")
MACROS = "_VBA_PROJECT".encode("utf-16-le")
"""How the folder of a workbook's macros is called in its directory, whatever follows ([MS-OVBA] 2.2.1)."""
PROPERTIES = "\x05DocumentSummaryInformation"
EMPTY, NUMBER, DATE, TRUTH, ERROR, BLANK = 0, 2, 3, 4, 5, 6
"""xlrd's types of cells that aren't text."""
FORMULA, HEADER, FOOTER, BOUNDSHEET, BOF = 0x0006, 0x0014, 0x0015, 0x0085, 0x0809
"""Records: [MS-XLS] 2.3.1."""
CELLS = (FORMULA, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E)
"""The records that hold one cell each, of which the place comes first."""
TRUTHS = (b"\x02\x00\x1d\x00", b"\x02\x00\x1d\x01")
"""What follows a formula's value where the formula is only TRUE or FALSE: LibreOffice writes so what isn't one (2.5.198.42)."""
WORKSHEET = 0
UNICODE = 80
"""xlrd's number of the first format whose texts are Unicode: Excel 97's."""


def read(data: bytes, home: Home) -> Reading:
    """What was found in an .xls workbook.

    Raises InputRefusedError: AR1 password, AR3 xlrd isn't installed, AR27 damaged, and those of `excel.read_book`.
    """
    book = old_workbook(data)
    reading = read_book(book, home)
    if book.is_narrow:
        reading.problems.append(warning("AR3 letters", 1))
    if MACROS in data:
        reading.problems.append(warning("AR20", 1))
    return reading


class OldWorkbook(WholeBook):
    """An .xls workbook. is_narrow: it is of Excel 5 or 95, and holds the letters of one code page only."""

    is_narrow = False


def old_workbook(data: bytes) -> OldWorkbook:
    """The book. Raises InputRefusedError: AR1, AR3, AR27. The one place where xlrd's exceptions end."""
    try:
        from xlrd.biffh import XLRDError
        from xlrd.compdoc import CompDocError
        from xlrd.formula import FormulaError
    except ImportError:
        raise refuse("AR3") from None
    try:
        return _book(data)
    except XLRDError as error:
        raise refuse("AR1" if "encrypted" in str(error) else "AR27") from None
    except (CompDocError, FormulaError, *STRAY):
        raise refuse("AR27") from None


def _book(data: bytes) -> OldWorkbook:
    book, passed_over = _with_formats_if_possible(data), _passed_over(data)
    entries = {s.name: Entry(s.name, STATES.get(s.visibility, "hidden"), "") for s in book.sheets()}
    sheets = {s.name: _sheet(book, s, passed_over.get(n, _PassedOver())) for n, s in enumerate(book.sheets())}
    comments = any(s.cell_note_map for s in book.sheets())
    found = OldWorkbook(sheets, entries, dict(_names(book)), _properties(data), book.datemode == 1, comments)
    found.is_narrow = book.biff_version < UNICODE
    return found


def _with_formats_if_possible(data: bytes) -> XlrdBook:
    """The workbook with its number formats and merged ranges; without them where xlrd fails on those (Gnumeric's Excel 95 files)."""
    import xlrd

    try:
        return xlrd.open_workbook(file_contents=data, logfile=StringIO(), formatting_info=True, ragged_rows=True)
    except AssertionError:
        return xlrd.open_workbook(file_contents=data, logfile=StringIO(), ragged_rows=True)


def _names(book: XlrdBook) -> Iterator[tuple[str, tuple[str, At]]]:
    """Defined names that still point to a cell; those of one sheet only where the workbook has none of that name."""
    for name in sorted(book.name_obj_list, key=lambda name: name.scope == -1):
        found = _first_cell(name)
        if found and 0 <= found[0] < book.nsheets:
            yield name.name.casefold(), (book.sheet_by_index(found[0]).name, (found[1] + 1, found[2] + 1))


def _first_cell(name: XlrdName) -> tuple[int, int, int] | None:
    """Sheet, row and column, from 0, that a name points to."""
    value = name.result.value if name.result else None
    coords = getattr(value[0], "coords", None) if isinstance(value, list) and len(value) == 1 else None
    return (coords[0], coords[2], coords[4]) if coords else None


def _properties(data: bytes) -> dict[str, str]:
    """The custom document properties ([MS-OLEPS] 2.21); none where olefile isn't installed or they are damaged: a form is read without."""
    try:
        import olefile

        with olefile.OleFileIO(data) as file:
            found = file.get_userdefined_properties([PROPERTIES]) if file.exists(PROPERTIES) else []
    except (ImportError, OSError, *STRAY):
        return {}
    return {str(each["property_name"]): _plain(each["value"]) for each in found}


def _plain(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _sheet(book: XlrdBook, old: XlrdSheet, passed_over: _PassedOver) -> Sheet:
    merged = {(top + 1, left + 1): (bottom, right) for top, bottom, left, right in old.merged_cells}
    hidden = any(line.hidden for line in (*old.rowinfo_map.values(), *old.colinfo_map.values()))
    cells = {
        at: Cell(_value(book, cell), at in passed_over.formulas, cell.ctype == ERROR)
        for at, cell in _cells(old)
        if cell.ctype not in (EMPTY, BLANK) or at in passed_over.formulas
    }
    return Sheet(old.name, cells, merged, " ".join(passed_over.printed), hidden)


def _cells(old: XlrdSheet) -> Iterator[tuple[At, XlrdCell]]:
    for row in range(old.nrows):
        for column, cell in enumerate(old.row(row), 1):
            yield (row + 1, column), cell


def _value(book: XlrdBook, cell: XlrdCell) -> Value:
    if cell.ctype == TRUTH:
        return bool(cell.value)
    if cell.ctype == ERROR:
        from xlrd.biffh import error_text_from_code

        return str(error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype not in (NUMBER, DATE):
        return str(cell.value) or None
    if cell.xf_index is None:
        moment = from_serial(cell.value, book.datemode == 1) if cell.ctype == DATE else None
        return moment or as_seen(cell.value, GENERAL)
    return as_seen(cell.value, book.format_map[book.xf_list[cell.xf_index].format_key].format_str, book.datemode == 1)


# ── what xlrd passes over ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _PassedOver:
    """Of one sheet: the cells that hold something, those that hold formulas, and the texts of its header and footer."""

    cells: set[At] = field(default_factory=set)
    formulas: set[At] = field(default_factory=set)
    printed: list[str] = field(default_factory=list)

    def put(self, kind: int, content: bytes) -> None:
        """Notes a cell. Raises InputRefusedError AR27 where two claim one place: one of them is another's."""
        row, column = struct.unpack_from("<HH", content)
        at = row + 1, column + 1
        if at in self.cells:
            raise refuse("AR27")
        self.cells.add(at)
        if kind == FORMULA and content[20:] not in TRUTHS:
            self.formulas.add(at)


def _passed_over(data: bytes) -> dict[int, _PassedOver]:
    """What xlrd passes over, by the worksheet's number from 0."""
    found: dict[int, _PassedOver] = {}
    starts: list[int] = []
    here = _PassedOver()
    for at, kind, content in _records(_stream(data)):
        if kind == BOUNDSHEET and content[5] == WORKSHEET:
            starts.append(struct.unpack_from("<I", content)[0])
        elif kind == BOF:
            here = found.setdefault(starts.index(at), _PassedOver()) if at in starts else here
        elif kind in CELLS:
            here.put(kind, content)
        elif kind in (HEADER, FOOTER) and content:
            here.printed.append(_text(content))
    return found


def _stream(data: bytes) -> bytes:
    """The workbook's own stream in its OLE file."""
    from xlrd.compdoc import CompDoc

    document = CompDoc(data, logfile=StringIO())
    found = next(filter(None, map(document.get_named_stream, STREAMS)), b"")
    return bytes(found)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each record: where it stands, its kind, what it holds ([MS-XLS] 2.1.4)."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _text(content: bytes) -> str:
    """The text of a header or footer: [MS-XLS] 2.5.294, or a byte of length and Windows-1252 in BIFF5."""
    if content[0] == len(content) - 1:
        return content[1:].decode("cp1252", "replace")
    return content[3:].decode("utf-16-le" if content[2] & 1 else "latin-1", "replace")
