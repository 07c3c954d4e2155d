"""One walk through a Word document: its text as one long line of pieces, and what spans which of them.

What was inserted is taken, what was deleted, hidden or struck out is not, of a field only the result, of a text box one copy.
ECMA-376 part 1: paragraphs 17.3, tables 17.4, content controls 17.5.2, revisions 17.13.5, bookmarks 17.13.6, fields 17.16.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from mase_docs.definition.boxes import FILLED, NO_TICK, TICKED
from mase_docs.intake import limits
from mase_docs.intake.answers import is_blank
from mase_docs.intake.package import local, named
from mase_docs.intake.refusals import refuse
from mase_docs.intake.sheet import At, Cell, Sheet
from mase_docs.intake.word_marks import SAID, child, is_on, looks, name, symbol, value, with_looks

SHEET = "document"
Doubt = Literal["", "TI1", "LC1"]
TICKS = f"{FILLED}xX"
CODE = re.compile(r"(?![dD][89a-fA-F])[0-9a-fA-F]{1,4}")
"""A character by its number; half of one is none."""


@dataclass
class Span:
    """Something with a beginning and an end in a document.

    kind      control, field (a legacy form field) or bookmark
    name      the control's tag, the field's or bookmark's name
    start     its first piece, and in `end` the piece after its last
    place     `table 3, row 4, column 2`
    about     its properties: w:sdtPr, w:ffData, w:bookmarkStart
    shown     for a control that shows its placeholder, that text; it is none of the document's
    """

    kind: str
    name: str
    start: int
    place: str
    about: Element
    end: int = -1
    shown: str | None = None


class Stretch(NamedTuple):
    """A paragraph: its first piece, the piece after its last, and where it stands."""

    start: int
    end: int
    place: str


@dataclass
class WordSheet(Sheet):
    """A document as one sheet, read top down: each row of a table is a line, and each paragraph outside tables."""

    lines: dict[int, str] = field(default_factory=dict)
    """Line → what it is: `table 3, row 4`, `paragraph 12`."""

    def place(self, at: At) -> str:
        line = self.lines.get(at[0], "")
        return f"{line}, column {at[1]}" if line.startswith("table") else line


@dataclass
class _Field:
    """A complex field that is open: its instruction is never text, and of a legacy tick or list nothing inside it is."""

    span: Span | None
    silent: bool
    fixed: bool


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


class Walk:
    """Goes through a document once, from top to bottom."""

    def __init__(self, body: Element, styles: list[Element], placeholders: dict[str, str]) -> None:
        self.pieces: list[str] = []
        self.spans: list[Span] = []
        self.paragraphs: list[Stretch] = []
        self._doubts: list[tuple[int, Doubt]] = []
        self.noted: Counter[str] = Counter()
        self.sheet = WordSheet(SHEET)
        self._placeholders = placeholders
        self._numbers = {id(e): n for kind in ("tbl", "p") for n, e in enumerate(named(body, kind), 1)}
        self._of_style = {look: with_looks(look, styles) for look in ("hidden", "struck")}
        self._line = self._at_line = 0
        self._column = 1
        self._place = ""
        self._font = ""
        self._muted = 0
        self._fields: list[_Field] = []
        self._tables: list[_Table] = []
        self._open: list[_Text] = []
        self._in_cell = [False]
        self._bookmarks: dict[str, Span] = {}

    def children(self, element: Element, depth: int) -> None:
        if depth > limits.WORD_DEPTH:
            raise refuse("AR28 unsafe")
        for inner in element:
            kind = name(inner)
            if kind not in SKIPPED:
                HANDLERS.get(kind, Walk.children)(self, inner, depth + 1)

    def say(self, text: str) -> None:
        """Adds text, unless it is a field's instruction."""
        if text and not any(open_field.silent for open_field in self._fields):
            self.pieces.append("\n" if self._muted and text == "\n" else "" if self._muted else text)

    # text ─────────────────────────────────────────────────────────────────────────────────────────

    def run(self, element: Element, depth: int) -> None:
        properties = child(element, "w:rPr")
        look = self._looks(properties)
        if look:
            self._pass_over(element, look)
        else:
            self._font = value(child(properties, "w:rFonts"), "ascii") or ""
            self.children(element, depth)
            self._font = ""

    def _pass_over(self, element: Element, look: set[str]) -> None:
        """Text that nobody is meant to read; where it begins or ends a field, that still counts."""
        self.noted.update(look if any(t.text and t.text.strip() for t in named(element, "t")) else ())
        for mark in element:
            if name(mark) == "w:fldChar":
                self.field_mark(mark, 0)

    def _looks(self, properties: Element | None) -> set[str]:
        style = value(child(properties, "w:rStyle"))
        return looks(properties) | {look for look, styles in self._of_style.items() if style in styles}

    def word(self, element: Element, _: int) -> None:
        self.say(symbol(self._font, element.text or ""))

    def said(self, element: Element, _: int) -> None:
        self.say(SAID[name(element)])

    def symbol(self, element: Element, _: int) -> None:
        """w:sym: a character of a font by its number (17.3.3.30)."""
        code = value(element, "char") or ""
        if CODE.fullmatch(code):
            self.say(symbol(value(element, "font") or "", chr(int(code, 16))))

    def field_mark(self, element: Element, depth: int) -> None:
        """w:fldChar: where a complex field begins, where its result begins, where it ends (17.16.18)."""
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._begin_field(child(element, "w:ffData"))
        elif kind == "separate" and self._fields:
            self._fields[-1].silent = self._fields[-1].fixed
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if ended.span:
                ended.span.end = len(self.pieces)

    def _begin_field(self, legacy: Element | None) -> None:
        span = self._span("field", value(child(legacy, "w:name")) or "", legacy) if legacy is not None else None
        fixed = _fixed(legacy) if legacy is not None else None
        if fixed and child(legacy, "w:ddList") is not None and child(legacy, "w:ddList", "w:result") is None and not is_blank(fixed):
            self._doubt(len(self.pieces), "LC1")
        self.say(fixed or "")
        self._fields.append(_Field(span, True, fixed is not None))
        if len(self._fields) > limits.WORD_DEPTH:
            raise refuse("AR28 unsafe")

    # revisions, copies, marks ─────────────────────────────────────────────────────────────────────

    def inserted(self, element: Element, depth: int) -> None:
        self.noted["tracked"] += 1
        self.children(element, depth)

    def deleted(self, element: Element, _: int) -> None:
        self.noted["tracked"] += 1

    def note(self, element: Element, _: int) -> None:
        self.noted[NOTED[name(element)]] += 1

    def shape(self, element: Element, depth: int) -> None:
        """A picture, an embedded file, or a shape, which may be a text box."""
        self.noted["files"] += any(local(inside) in FILES for inside in element.iter())
        self.children(element, depth)

    def alternatives(self, element: Element, depth: int) -> None:
        """mc:AlternateContent: one thing written twice, for newer and for older programs (ECMA-376 part 3, 10.2)."""
        first = child(element, "mc:Choice")
        chosen = first if first is not None else child(element, "mc:Fallback")
        if chosen is not None:
            self.children(chosen, depth)

    def bookmark(self, element: Element, _: int) -> None:
        self._bookmarks[value(element, "id") or ""] = self._span("bookmark", value(element, "name") or "", element)

    def bookmark_end(self, element: Element, _: int) -> None:
        begun = self._bookmarks.pop(value(element, "id") or "", None)
        if begun:
            begun.end = len(self.pieces)

    def _span(self, kind: str, title: str, about: Element) -> Span:
        span = Span(kind, title, len(self.pieces), self._place, about)
        self.spans.append(span)
        if len(self.spans) > limits.WORD_SPANS:
            raise refuse("AR28")
        return span

    # content controls ─────────────────────────────────────────────────────────────────────────────

    def control(self, element: Element, depth: int) -> None:
        about = child(element, "w:sdtPr")
        content = child(element, "w:sdtContent")
        if content is None:
            return
        span = self._span("control", value(child(about, "w:tag")) or "", element if about is None else about)
        if is_on(child(about, "w:showingPlcHdr")) and child(about, "w14:checkbox") is None:
            self._placeholder(span, content)
        self._muted += span.shown is not None
        self.children(content, depth)
        self._muted -= span.shown is not None
        box = child(about, "w14:checkbox")
        if box is not None:
            self._tick(span, box)
        span.end = len(self.pieces)

    def _placeholder(self, span: Span, content: Element) -> None:
        """What an empty control shows is none of the text; words that aren't its placeholder's were put in by a program, and stay."""
        shown = "".join(t.text or "" for t in named(content, "t"))
        known = self._placeholders.get(value(child(span.about, "w:placeholder", "w:docPart")) or "")
        if known is None or shown.split() == known.split():
            span.shown = shown
        else:
            self._doubt(span.start, "TI1")

    def _tick(self, span: Span, box: Element) -> None:
        """w14:checkbox says whether it is ticked and shows it by a character; ticked in either is ticked ([MS-DOCX] 2.6.1.10)."""
        shown = "".join(self.pieces[span.start :]).strip()
        told, seen = is_on(child(box, "w14:checked")), _is_ticked(shown, box)
        if shown and told != seen:
            self._doubt(span.start, "TI1")
        if len(shown) < 2:
            ends = [piece for piece in self.pieces[span.start :] if piece == "\n"]
            self.pieces[span.start :] = [TICKED if told or seen else NO_TICK, *ends]

    # paragraphs and tables ────────────────────────────────────────────────────────────────────────

    def paragraph(self, element: Element, depth: int) -> None:
        outside = not self._in_cell[-1]
        before, own = self._place, _Text(len(self.pieces))
        if outside:
            self._enter(f"paragraph {self._numbers.get(id(element), 0)}")
        self._open.append(own)
        self.children(element, depth)
        self._open.pop()
        text = self._own(own)
        self.paragraphs.append(Stretch(own.start, len(self.pieces), self._place))
        if outside and text:
            self._put({1: Cell(text, doubt=self.doubt(own.start))}, self._place)
        self._end_paragraph(child(element, "w:pPr", "w:rPr", "w:del") is not None)
        self._place = before

    def _end_paragraph(self, deleted: bool) -> None:
        """A field's instruction never goes on into the next paragraph; where it seems to, its end was lost."""
        self._fields = [field for field in self._fields if not field.silent]
        self.noted["tracked"] += deleted
        self.say("" if deleted else "\n")

    def _enter(self, place: str) -> None:
        """Says where the text is from here on; what began between two places begins at the next."""
        self._place = place
        for span in reversed(self.spans):
            if span.place:
                break
            span.place = place

    def _put(self, cells: dict[int, Cell], title: str) -> None:
        self._line += 1
        self.sheet.lines[self._line] = title
        self.sheet.cells.update({(self._line, column): cell for column, cell in cells.items()})

    def _own(self, text: _Text) -> str:
        """The text of a paragraph or cell without what only stands inside it."""
        ends = [(text.start, text.start), *text.holes, (len(self.pieces), len(self.pieces))]
        own = (piece for (_, start), (end, _) in pairwise(ends) for piece in self.pieces[start:end])
        return "".join(own).strip()

    def doubt(self, start: int, end: int | None = None) -> Doubt:
        """The first doubt about some pieces: that parts disagree (TI1), or that nobody may have chosen (LC1)."""
        at = bisect_left(self._doubts, (start, ""))
        piece, said = self._doubts[at] if at < len(self._doubts) else (start, "")
        return said if end is None or piece < end else ""

    def _doubt(self, piece: int, said: Doubt) -> None:
        insort(self._doubts, (piece, said))

    def box(self, element: Element, depth: int) -> None:
        """A text box: paragraphs of their own, wherever it is anchored."""
        start, before = len(self.pieces), self._place
        self._in_cell.append(False)
        self._aside(element, depth, start)
        self._in_cell.pop()
        self._place = before

    def _aside(self, element: Element, depth: int, start: int) -> None:
        waiting, self._open = self._open, []
        self.children(element, depth)
        self._open = waiting
        for text in self._open:
            text.holes.append((start, len(self.pieces)))

    def table(self, element: Element, depth: int) -> None:
        self._tables.append(_Table(f"table {self._numbers.get(id(element), 0)}"))
        start, before = len(self.pieces), self._place
        self._place = ""
        self._aside(element, depth, start)
        self._tables.pop()
        self._place = before

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
        self._place = ""
        self._column = 1 + _count(value(child(marks, "w:gridBefore")))
        self._at_line = self._line
        self.children(element, depth)

    def cell(self, element: Element, depth: int) -> None:
        """A cell, by the first column of the grid that it covers."""
        table, line, column = self._table, self._at_line, self._column
        about = child(element, "w:tcPr")
        last = column + max(1, _count(value(child(about, "w:gridSpan")))) - 1
        self._enter(f"{table.title}, row {table.rows}, column {column}")
        own = self._inside(element, depth)
        self._place, self._at_line, self._column = "", line, last + 1
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


def _is_ticked(shown: str, box: Element) -> bool:
    """Whether the character that a tick's control shows is its ticked one, or one that everybody takes for a tick."""
    told = {state: value(child(box, f"w14:{state}")) or "" for state in ("checkedState", "uncheckedState")}
    as_said = {state: f"{ord(shown):04x}" if len(shown) == 1 else "" for state in told}
    if as_said["uncheckedState"] and told["uncheckedState"].casefold().zfill(4) == as_said["uncheckedState"]:
        return False
    return shown[:1] in TICKS if shown else False


def _fixed(legacy: Element) -> str | None:
    """What a legacy tick or list says; None for a text, which says it in its result (17.16.7, 17.16.9, 17.16.29)."""
    box, choices = child(legacy, "w:checkBox"), child(legacy, "w:ddList")
    if box is not None:
        now = child(box, "w:checked")
        return TICKED if is_on(now if now is not None else child(box, "w:default")) else NO_TICK
    if choices is None:
        return None
    entries = [value(e) or "" for e in choices if name(e) == "w:listEntry"]
    chosen = value(child(choices, "w:result")) or value(child(choices, "w:default")) or "0"
    return entries[int(chosen)] if chosen.isdigit() and len(chosen) < 4 and int(chosen) < len(entries) else ""


NOTED = {"w:commentReference": "comments", "w:footnoteReference": "footnotes", "w:endnoteReference": "footnotes", "w:altChunk": "files"}
"""What is only noted: it points to text that stands elsewhere in the file."""
FILES = ("blip", "imagedata", "OLEObject")
"""What in a shape shows a picture or an embedded file (DrawingML 20.1.8.13; part 4, VML)."""
SKIPPED = {
    *("w:pPr", "w:rPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:sectPr", "w:sdtPr", "w:sdtEndPr", "w:tblPrEx"),
    *("w:instrText", "w:delText", "w:delInstrText", "w:rt", "w:softHyphen", "mc:Fallback"),
}
HANDLERS: dict[str, Callable[[Walk, Element, int], None]] = {
    "w:p": Walk.paragraph,
    "w:r": Walk.run,
    "w:t": Walk.word,
    "m:t": Walk.word,
    **dict.fromkeys(SAID, Walk.said),
    "w:sym": Walk.symbol,
    "w:fldChar": Walk.field_mark,
    **dict.fromkeys(("w:ins", "w:moveTo"), Walk.inserted),
    **dict.fromkeys(("w:del", "w:moveFrom"), Walk.deleted),
    **dict.fromkeys(NOTED, Walk.note),
    **dict.fromkeys(("w:drawing", "w:pict", "w:object"), Walk.shape),
    "mc:AlternateContent": Walk.alternatives,
    "w:bookmarkStart": Walk.bookmark,
    "w:bookmarkEnd": Walk.bookmark_end,
    "w:sdt": Walk.control,
    "w:txbxContent": Walk.box,
    "w:tbl": Walk.table,
    "w:tr": Walk.row,
    "w:tc": Walk.cell,
}
