"""A binary Excel workbook (.xlsb), read directly: an Office package whose parts are records.

[MS-XLSB]: records 2.1.4, cells 2.4.306 ff., names 2.4.709, strings 2.5.168. python-calamine reads no names, merged ranges or formulas
from it and may abort the whole process (benchmarks/other_programs.py).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import cached_property

from mase_docs.definition.home import Home
from mase_docs.intake import limits
from mase_docs.intake.excel import read_book
from mase_docs.intake.finding import Reading
from mase_docs.intake.number_formats import BUILT_IN, GENERAL, as_seen
from mase_docs.intake.package import Package
from mase_docs.intake.refusals import refuse, warning
from mase_docs.intake.sheet import At, Cell, Entry, Sheet, Value, WholeBook

ROW, STRING_ITEM, NAME, FORMAT, STYLE, COLUMNS = 0, 19, 39, 44, 47, 60
WORKBOOK, SHEET, MERGED, SHEETS_MEANT, FOOTERS, STYLES, STYLES_END = 153, 156, 176, 362, 479, 617, 618
"""Records (2.3.2)."""
FORMULAS = range(8, 12)
"""Records of cells that hold what a formula gave."""
SHORT = {12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7}
"""Records of cells that stand right of the one before, and so don't say their column; each with the record it is short for."""
EMPTY, ERROR, SHARED, ERROR_OF_FORMULA, RICH = 1, 3, 7, 11, 62
HIDDEN_ROW, HIDDEN_COLUMN = 0x10, 0x01
A_CELL, A_RANGE = (0x3A, 0x5A, 0x7A), (0x3B, 0x5B, 0x7B)
"""What a name's formula begins with where it points to a cell or a range of another sheet (2.5.97.16, PtgRef3d and PtgArea3d)."""
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
MACROS = b"vbaProject.bin"
"""The name of the part that holds a workbook's macros, as the archive's directory has it."""
STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
STRAY = (struct.error, IndexError, UnicodeDecodeError)
Record = tuple[int, bytes]


def read(data: bytes, home: Home) -> Reading:
    """What was found in an .xlsb workbook. Raises InputRefusedError: AR27 damaged, AR28 too large, and those of `excel.read_book`."""
    reading = read_book(binary_workbook(data), home)
    if MACROS in data:
        reading.problems.append(warning("AR20", 1))
    return reading


def binary_workbook(data: bytes) -> WholeBook:
    """The book. Raises InputRefusedError: AR27, AR28."""
    try:
        return _Binary(data).book()
    except STRAY:
        raise refuse("AR27") from None


class _Binary:
    """The parts of the workbook."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data, "xl/workbook.bin")
        self.main = list(_records(self.package.raw(self.package.main)))

    def book(self) -> WholeBook:
        sheets = {e.name: self._sheet(e) for e in self.entries.values()}
        comments = any("comments" in name for name in self.package.parts)
        return WholeBook(sheets, self.entries, self.names, self.package.properties, self.date1904, comments)

    @cached_property
    def date1904(self) -> bool:
        return any(kind == WORKBOOK and data[0] & 1 for kind, data in self.main)

    @cached_property
    def _listed(self) -> list[Entry]:
        """Every sheet, charts too: names count them. Raises InputRefusedError AR27 where the file lacks one."""
        parts = self.package.targets(self.package.main, "")
        listed = [_listed_sheet(data, parts) for kind, data in self.main if kind == SHEET]
        if not all(entry.part for entry in listed):
            raise refuse("AR27")
        return listed

    @cached_property
    def entries(self) -> dict[str, Entry]:
        worksheets = set(self.package.targets(self.package.main, "/worksheet").values())
        return {e.name: e for e in self._listed if e.part in worksheets}

    @cached_property
    def names(self) -> dict[str, tuple[str, At]]:
        """Defined names that point to a cell; those of one sheet only where the workbook has none of that name."""
        meant = next((list(_sheets_meant(data)) for kind, data in self.main if kind == SHEETS_MEANT), [])
        found = sorted((_name(data) for kind, data in self.main if kind == NAME), key=lambda name: name[0])
        if len(found) > limits.DEFINED_NAMES:
            raise refuse("AR28")
        pointing = ((name, meant[to[0]], to[1]) for _, name, to in found if to and to[0] < len(meant))
        return {name: (self._listed[sheet].name, at) for name, sheet, at in pointing if 0 <= sheet < len(self._listed)}

    @cached_property
    def _strings(self) -> list[str]:
        return [_text(data, 1) for part in self._related("/sharedStrings") for kind, data in part if kind == STRING_ITEM]

    @cached_property
    def _formats(self) -> list[str]:
        """The number format of each cell style."""
        own, used, among = dict(BUILT_IN), [], False
        for kind, data in (record for part in self._related("/styles") for record in part):
            among = kind == STYLES or (among and kind != STYLES_END)
            if kind == FORMAT:
                own[struct.unpack_from("<H", data)[0]] = _text(data, 2)
            elif kind == STYLE and among:
                used.append(struct.unpack_from("<H", data, 2)[0])
        return [own.get(number, GENERAL) for number in used]

    def _related(self, kind: str) -> Iterator[Iterator[Record]]:
        parts = self.package.targets(self.package.main, kind).values()
        yield from (_records(self.package.raw(part)) for part in parts if part.casefold() in self.package.parts)

    def _sheet(self, entry: Entry) -> Sheet:
        sheet, at = Sheet(entry.name), (0, 0)
        for kind, data in _records(self.package.raw(entry.part)):
            if kind == ROW:
                at = (int(struct.unpack_from("<I", data)[0]) + 1, 0)
            elif SHORT.get(kind, kind) in READ:
                at = (at[0], at[1] + 1 if kind in SHORT else struct.unpack_from("<I", data)[0] + 1)
                self._put(sheet, at, SHORT.get(kind, kind), data if kind in SHORT else data[4:])
            elif kind == MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", data)
                sheet.merged[top + 1, left + 1] = bottom + 1, right + 1
            elif kind == FOOTERS:
                sheet.footer = " ".join(_texts(data, 2))
            sheet.hidden_lines |= _hides(kind, data)
        return sheet

    def _put(self, sheet: Sheet, at: At, kind: int, data: bytes) -> None:
        """Puts a cell onto the sheet. Raises InputRefusedError: AR27 where one is there already, AR28 where it comes to hold far more
        than a form."""
        if len(sheet.cells) > limits.CELLS or len(sheet.merged) > limits.MERGED_RANGES:
            raise refuse("AR28")
        if at in sheet.cells:
            raise refuse("AR27")
        if kind != EMPTY:
            sheet.cells[at] = Cell(self._value(kind, data), kind in FORMULAS, kind in (ERROR, ERROR_OF_FORMULA))

    def _value(self, kind: int, data: bytes) -> Value:
        """What a cell holds: after three bytes of its style and one of flags a value by the record's kind (2.5.9)."""
        style, value = int.from_bytes(data[:3], "little"), READ[kind](data[4:])
        if kind == SHARED:
            return self._strings[int(str(value))]
        if isinstance(value, float):
            return as_seen(value, self._formats[style] if style < len(self._formats) else GENERAL, self.date1904)
        return value


def _hides(kind: int, data: bytes) -> bool:
    """Whether a record says that a row or columns are hidden (2.4.745, 2.4.324)."""
    return (kind == ROW and bool(data[11] & HIDDEN_ROW)) or (kind == COLUMNS and bool(data[16] & HIDDEN_COLUMN))


def _records(part: bytes) -> Iterator[Record]:
    """Each record of a part: what kind, what it holds (2.1.4)."""
    at = 0
    while at < len(part):
        kind, at = part[at], at + 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | (part[at] << 7), at + 1
        size = 0
        for shift in range(0, 28, 7):
            byte, at = part[at], at + 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield kind, part[at : at + size]
        at += size


def _text(data: bytes, at: int = 0) -> str:
    """A string: a count of UTF-16 units and as many of them (2.5.168)."""
    count = struct.unpack_from("<I", data, at)[0]
    return data[at + 4 : at + 4 + 2 * count].decode("utf-16-le", "replace") if count != 0xFFFFFFFF else ""


def _texts(data: bytes, at: int) -> Iterator[str]:
    """The strings that follow each other in a record."""
    while at + 4 <= len(data):
        text = _text(data, at)
        yield text
        at += 4 + len(text.encode("utf-16-le"))


def _compact(data: bytes) -> float:
    """A number in 30 bits, whole or the upper half of a double, perhaps times a hundred (2.5.122, RkNumber)."""
    bits = struct.unpack_from("<I", data)[0]
    number = struct.unpack("<i", data[:4])[0] >> 2 if bits & 2 else struct.unpack("<d", bytes(4) + struct.pack("<I", bits & 0xFFFFFFFC))[0]
    return float(number) / (100 if bits & 1 else 1)


def _double(data: bytes) -> float:
    return float(struct.unpack_from("<d", data)[0])


def _error(data: bytes) -> str:
    return ERRORS.get(data[0], "#N/A")


def _truth(data: bytes) -> bool:
    return bool(data[0])


def _listed_sheet(data: bytes, parts: dict[str, str]) -> Entry:
    """A sheet as the workbook lists it (2.4.304, BrtBundleSh)."""
    state = struct.unpack_from("<I", data)[0]
    relation = _text(data, 8)
    return Entry(_text(data, 12 + 2 * len(relation)), STATES.get(state, "hidden"), parts.get(relation, ""))


def _sheets_meant(data: bytes) -> Iterator[int]:
    """The first sheet of each range of sheets that formulas may name (2.4.677, BrtExternSheet)."""
    for n in range(struct.unpack_from("<I", data)[0]):
        yield struct.unpack_from("<i", data, 4 + 12 * n + 4)[0]


def _name(data: bytes) -> tuple[bool, str, tuple[int, At] | None]:
    """Whether a name is the whole workbook's, the name, and where it points: place among the sheets meant, row and column (2.4.709)."""
    whole = struct.unpack_from("<I", data, 5)[0] == 0xFFFFFFFF
    name = _text(data, 9)
    return whole, name.casefold(), _points_to(data[17 + len(name.encode("utf-16-le")) :])


def _points_to(formula: bytes) -> tuple[int, At] | None:
    if not formula or formula[0] not in (*A_CELL, *A_RANGE):
        return None
    sheet, row = struct.unpack_from("<HI", formula, 1)
    column = struct.unpack_from("<H", formula, 7 if formula[0] in A_CELL else 11)[0]
    return sheet, (row + 1, (column & 0x3FFF) + 1)


READ: dict[int, Callable[[bytes], Value]] = {
    EMPTY: lambda data: None,
    2: _compact,
    ERROR: _error,
    4: _truth,
    5: _double,
    6: _text,
    SHARED: lambda data: int(struct.unpack_from("<I", data)[0]),
    8: _text,
    9: _double,
    10: _truth,
    ERROR_OF_FORMULA: _error,
    RICH: lambda data: _text(data, 1),
}
"""The kind of a cell's record → its value; SHARED gives the place among the shared strings."""
