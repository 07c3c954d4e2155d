"""One walk through a Word document: its text, and where it stands, in paragraphs and in the cells of tables (ECMA-376 part 1, 17.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar, NamedTuple
from xml.etree.ElementTree import Element

from mase_docs.intake import limits
from mase_docs.intake.package import named
from mase_docs.intake.refusals import refuse
from mase_docs.intake.sheet import At, Cell, Sheet
from mase_docs.intake.word_marks import child, value
from mase_docs.intake.word_text import Handler, TextWalk

SHEET = "document"


class Stretch(NamedTuple):
    """A paragraph: its first piece, the piece after its last, and where it stands; holes are what stands inside it and is none of it."""

    start: int
    end: int
    place: str
    holes: tuple[tuple[int, int], ...] = ()


@dataclass
class WordSheet(Sheet):
    """A document as one sheet, read top down: each row of a table is a line, and each paragraph outside tables."""

    lines: dict[int, str] = field(default_factory=dict)
    """Line → what it is: `table 3, row 4`, `paragraph 12`."""

    def place(self, at: At) -> str:
        line = self.lines.get(at[0], "")
        return f"{line}, column {at[1]}" if line.startswith("table") else line


@dataclass
class _Table:
    """A table that is open: its number, its lines so far, and the merged cell that reaches down each column."""

    title: str
    rows: int = 0
    tall: dict[int, At] = field(default_factory=dict)


@dataclass
class _Text:
    """A paragraph or cell that is open; holes are what stands inside it and is none of its own text."""

    start: int
    holes: list[tuple[int, int]] = field(default_factory=list)


class Walk(TextWalk):
    """Goes through a document once, from top to bottom."""

    handlers: ClassVar[dict[str, Handler]] = {}

    def __init__(self, body: Element, styles: list[Element], placeholders: dict[str, str]) -> None:
        super().__init__(styles, placeholders)
        self.paragraphs: list[Stretch] = []
        self.sheet = WordSheet(SHEET)
        self._numbers = {id(e): n for kind in ("tbl", "p") for n, e in enumerate(named(body, kind), 1)}
        self._line = self._at_line = 0
        self._column = 1
        self._tables: list[_Table] = []
        self._open: list[_Text] = []
        self._in_cell = [False]

    def paragraph(self, element: Element, depth: int) -> None:
        outside = not self._in_cell[-1]
        before, own = self.place, _Text(len(self.pieces))
        if outside:
            self.enter(f"paragraph {self._numbers.get(id(element), 0)}")
        self._open.append(own)
        self.children(element, depth)
        self._open.pop()
        text = self._own(own)
        self.paragraphs.append(Stretch(own.start, len(self.pieces), self.place, tuple(own.holes)))
        if outside and text:
            self._put({1: Cell(text, doubt=self.doubt(own.start))}, self.place)
        self._end_paragraph(child(element, "w:pPr", "w:rPr", "w:del") is not None)
        self.place = before

    def _end_paragraph(self, deleted: bool) -> None:
        """A field's instruction never goes on into the next paragraph; where it seems to, its end was lost."""
        self.fields = [one for one in self.fields if not one.silent]
        self.noted["tracked"] += deleted
        self.say("" if deleted else "\n")

    def _put(self, cells: dict[int, Cell], title: str) -> None:
        self._line += 1
        self.sheet.lines[self._line] = title
        self.sheet.cells.update({(self._line, column): cell for column, cell in cells.items()})

    def _own(self, text: _Text) -> str:
        """The text of a paragraph or cell without what only stands inside it."""
        ends = [(text.start, text.start), *text.holes, (len(self.pieces), len(self.pieces))]
        own = (piece for (_, start), (end, _) in pairwise(ends) for piece in self.pieces[start:end])
        return "".join(own).strip()

    def box(self, element: Element, depth: int) -> None:
        """A text box: paragraphs of their own, wherever it is anchored."""
        start, before = len(self.pieces), self.place
        self._in_cell.append(False)
        self._aside(element, depth, start)
        self._in_cell.pop()
        self.place = before

    def _aside(self, element: Element, depth: int, start: int) -> None:
        waiting, self._open = self._open, []
        self.children(element, depth)
        self._open = waiting
        for text in self._open:
            text.holes.append((start, len(self.pieces)))

    def table(self, element: Element, depth: int) -> None:
        self._tables.append(_Table(f"table {self._numbers.get(id(element), 0)}"))
        start, before = len(self.pieces), self.place
        self.place = ""
        self._aside(element, depth, start)
        self._tables.pop()
        self.place = before

    @property
    def _table(self) -> _Table:
        if not self._tables:
            raise refuse("AR28 unsafe")
        return self._tables[-1]

    def row(self, element: Element, depth: int) -> None:
        table = self._table
        table.rows += 1
        marks = child(element, "w:trPr")
        self.noted["tracked"] += child(marks, "w:ins") is not None or child(marks, "w:del") is not None
        if child(marks, "w:del") is not None:
            return
        self._put({}, f"{table.title}, row {table.rows}")
        self.place = ""
        self._column = 1 + _count(value(child(marks, "w:gridBefore")))
        self._at_line = self._line
        self.children(element, depth)

    def cell(self, element: Element, depth: int) -> None:
        """A cell, by the first column of the grid that it covers."""
        table, line, column = self._table, self._at_line, self._column
        about = child(element, "w:tcPr")
        last = column + max(1, _count(value(child(about, "w:gridSpan")))) - 1
        self.enter(f"{table.title}, row {table.rows}, column {column}")
        own = self._inside(element, depth)
        self.place, self._at_line, self._column = "", line, last + 1
        if not self._is_covered((line, column), child(about, "w:vMerge"), table):
            self._fill((line, column), last, own)

    def _inside(self, element: Element, depth: int) -> _Text:
        own = _Text(len(self.pieces))
        self._open.append(own)
        self._in_cell.append(True)
        self.children(element, depth)
        self._in_cell.pop()
        self._open.pop()
        return own

    def _is_covered(self, at: At, down: Element | None, table: _Table) -> bool:
        """Whether a cell above reaches down over this one, which then shows nothing of its own (17.4.84)."""
        first = table.tall.get(at[1]) if down is not None and value(down) != "restart" else None
        if first:
            self.sheet.merged[first] = (at[0], self.sheet.merged.get(first, first)[1])
        elif down is not None:
            table.tall[at[1]] = at
        else:
            table.tall.pop(at[1], None)
        return bool(first)

    def _fill(self, at: At, last: int, own: _Text) -> None:
        if last > at[1]:
            self.sheet.merged[at] = (at[0], last)
        if text := self._own(own):
            self.sheet.cells[at] = Cell(text, doubt=self.doubt(own.start))
        if len(self.sheet.cells) > limits.WORD_CELLS:
            raise refuse("AR28")


def _count(number: str | None) -> int:
    """A number of columns; more than Word's own most is no document (63 columns, Word's limit)."""
    count = int(number[:6]) if number and number.isascii() and number.isdigit() else 0
    if count > limits.WORD_COLUMNS:
        raise refuse("AR28 unsafe")
    return count


Walk.handlers = {
    **TextWalk.handlers,
    "w:p": Walk.paragraph,
    "w:txbxContent": Walk.box,
    "w:tbl": Walk.table,
    "w:tr": Walk.row,
    "w:tc": Walk.cell,
}
