"""The cells of a sheet as its XML holds them, to be found and changed in place (ECMA-376 part 1, 18.3.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from mase_docs.columns import column_letters, column_number
from mase_docs.packs.package import namespace

At = tuple[int, int]
"""Row and column, both from 1."""
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""
CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
DEFAULT_WIDTH, DEFAULT_HEIGHT = 8.43, 15
"""Of a column in letters, of a row in points."""


class Grid:
    """The cells of a sheet as they are written: a row or cell may leave out where it is, and follows the one before."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.at = f"{{{namespace(root)}}}"
        self._data = next(root.iter(f"{self.at}sheetData"))
        self._rows = dict(_numbered(self._data, lambda e: int(e.get("r", "0"))))

    def area(self, at: At) -> Area:
        """The merged range that a cell lies in; else the cell alone."""
        for merged in self.root.iter(f"{self.at}mergeCell"):
            top, left, bottom, right = area_of(merged.get("ref", ""))
            if top <= at[0] <= bottom and left <= at[1] <= right:
                return top, left, bottom, right
        return (*at, *at)

    def cell(self, at: At) -> etree._Element:
        """The cell at a place, made where there is none, with the style of its row or column."""
        row = self._row(at[0])
        cells = dict(_numbered(row, lambda e: area_of(e.get("r", ""))[1]))
        if at[1] in cells:
            return cells[at[1]]
        new = etree.Element(f"{self.at}c", r=f"{column_letters(at[1])}{at[0]}", s=self._style(row, at[1]))
        row.insert(sum(1 for column in cells if column < at[1]), new)
        return new

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            new = etree.Element(f"{self.at}row", r=str(number))
            self._data.insert(sum(1 for other in self._rows if other < number), new)
            self._rows[number] = new
        return self._rows[number]

    def _style(self, row: etree._Element, column: int) -> str:
        if "s" in row.attrib:
            return str(row.get("s"))
        return next((str(e.get("style", "0")) for e in self._columns(column)), "0")

    def _columns(self, column: int) -> Iterator[etree._Element]:
        return (e for e in self.root.iter(f"{self.at}col") if int(e.get("min", "0")) <= column <= int(e.get("max", "0")))

    def width(self, column: int) -> float:
        """A column's width in pixels, near enough to place a note."""
        told = next(self._columns(column), None)
        return _shown(told, "width", DEFAULT_WIDTH) * 7 + 5

    def height(self, row: int) -> float:
        """A row's height in pixels."""
        return _shown(self._rows.get(row), "ht", DEFAULT_HEIGHT) / 0.75


def _shown(element: etree._Element | None, size: str, otherwise: float) -> float:
    if element is None:
        return otherwise
    return 0 if element.get("hidden") in ("1", "true") else float(element.get(size) or otherwise)


def _numbered(parent: etree._Element, told: Callable[[etree._Element], int]) -> Iterator[tuple[int, etree._Element]]:
    """Rows or cells with their numbers; one that doesn't tell its own follows the one before."""
    number = 0
    for element in parent.iterchildren(tag=etree.Element):
        number = told(element) or number + 1
        yield number, element


def area_of(reference: str) -> Area:
    """`B4:J4` or `B4` as an area; zeros where it is neither."""
    found = CELL.findall(reference)
    if not found:
        return 0, 0, 0, 0
    (left, top), (right, bottom) = found[0], found[-1]
    return int(top), column_number(left), int(bottom), column_number(right)


def cells_of(area: Area) -> Iterator[At]:
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
