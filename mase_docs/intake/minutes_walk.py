"""One walk through edited minutes: every paragraph with the headings above it, and every table by its rows and cells, as pieces of text.

More is kept here than of a form: deleted bookmarks (LibreOffice tracks a deletion around them and keeps them), paragraphs that a tracked
deletion joins, where comments and notes hang. Less is taken for empty: only the very words that a control shows before anyone types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from xml.etree.ElementTree import Element

from mase_docs.intake import limits
from mase_docs.intake.package import local, named
from mase_docs.intake.word_document import WordDocument
from mase_docs.intake.word_marks import child, is_on, name, value
from mase_docs.intake.word_text import Handler, Span
from mase_docs.intake.word_walk import Walk
from mase_docs.model.control import FIRST_WORDS

Range = tuple[int, int]
BEFORE_TYPING = tuple(dict.fromkeys(words for kind, words in FIRST_WORDS.items() if kind != "tick" and words))
WORDS_OWN = ("choose an item.", "click or tap here to enter text.", "click or tap to enter a date.")
"""What Word itself shows in a control that was emptied."""
LEVELS = [*"123456789"]
JOINER = "\u200d"
PAGE_NUMBERS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF")
"""Fields whose results change whenever somebody opens the document (ECMA-376 part 1, 17.16.5)."""


def is_unfilled(text: str) -> bool:
    """Whether a text is nothing but what a control shows before anyone types."""
    said = " ".join(text.split())
    return said in BEFORE_TYPING or said.casefold() in WORDS_OWN


def without_first_words(pieces: list[str]) -> list[str]:
    """The pieces of a control that says that it is empty, as many, without what it said at first: beside what was typed, or around it."""
    said = "".join(pieces)
    for words in BEFORE_TYPING:
        inside = typed_inside(said, words)
        if inside != said:
            return [inside, *[""] * (len(pieces) - 1)]
    return ["" if piece in BEFORE_TYPING else piece for piece in pieces]


def typed_inside(text: str, words: str) -> str:
    """What was typed into the middle of some words; any other text as it is."""
    middles = (at for at in range(1, len(words)) if text.startswith(words[:at]) and text.endswith(words[at:]))
    at = next(middles, 0) if len(text) > len(words) else 0
    return text[at : len(text) - len(words) + at] if at else text


@dataclass(eq=False)
class Heading:
    """A heading and how deep it is: 1 is outermost."""

    level: int
    text: str


@dataclass(eq=False)
class Words:
    """A stretch of text.

    start, end  its first piece and the piece after its last; holes stand inside it and are none of it
    place       `table 3, row 4, column 2`, `paragraph`, `text box`
    under       the headings above it, the outermost first
    """

    start: int
    place: str
    under: tuple[Heading, ...]
    end: int = -1
    holes: list[Range] = field(default_factory=list)

    @property
    def ranges(self) -> Iterable[range]:
        """Its own pieces."""
        at = self.start
        for hole, after in sorted(self.holes):
            yield range(at, max(at, hole))
            at = max(at, after)
        yield range(at, self.end)


@dataclass(eq=False)
class Cell(Words):
    """A cell of a table: the first and the last column of the grid that it covers, and the controls and bookmarks in it."""

    first: int = 1
    last: int = 1
    spans: list[Span] = field(default_factory=list)


@dataclass(eq=False)
class Row:
    """A row of a table; `is_new`: it was put in with changes tracked."""

    place: str
    is_new: bool
    cells: list[Cell] = field(default_factory=list)


@dataclass(eq=False)
class Table:
    """A table, by the name that screen readers say (w:tblCaption)."""

    caption: str
    under: tuple[Heading, ...]
    rows: list[Row] = field(default_factory=list)


class MinutesWalk(Walk):
    """Goes through one part of the minutes: the body, a header, a footnote."""

    handlers: ClassVar[dict[str, Handler]] = {}

    def __init__(self, body: Element, styles: list[Element], placeholders: dict[str, str], levels: dict[str, int] | None = None) -> None:
        """`levels` says how deep a heading each style makes, where that was worked out before."""
        super().__init__(body, styles, placeholders)
        self.levels = heading_levels(styles) if levels is None else levels
        self.lines: list[Words] = []
        self.tables: list[Table] = []
        self.cell_of: dict[int, Cell] = {}
        self.in_removed: set[int] = set()
        self.hangs: dict[tuple[str, str], Words] = {}
        self._numbers_of_pages = set(page_numbers(body))
        self._above: tuple[Heading, ...] = ()
        self._within: list[Table | Row | Cell | None] = [None]
        self._waiting: list[Span] = []
        self._has_lines = local(body) == "comment"  # LibreOffice writes the lines of one side by side
        self._going_on: Words | None = None

    # paragraphs ───────────────────────────────────────────────────────────────────────────────────

    def paragraph(self, element: Element, depth: int) -> None:
        line, level = self._going_on or self._words(len(self.pieces)), self._level(element)
        self._going_on = None
        super().paragraph(element, depth)
        line.end = self.paragraphs[-1].end
        line.holes += self.paragraphs[-1].holes
        line.place = self._place(self.paragraphs[-1].place)
        if child(element, "w:pPr", "w:rPr", "w:del") is not None:
            self._going_on = line
        else:
            self._ended(line, level)

    def _ended(self, line: Words, level: int) -> None:
        self.lines.append(line)
        text = " ".join(self.text(line).split())
        if level and text and self._within[-1] is None:
            line.place, line.under = "heading", tuple(above for above in self._above if above.level < level)
            self._above = (*line.under, Heading(level, text))

    def _words(self, start: int) -> Words:
        return Words(start, self._place(self.place), self._above, start)

    def _place(self, place: str) -> str:
        """A place as it is said here: Word doesn't number paragraphs."""
        return "paragraph" if place.startswith("paragraph") else place

    def _level(self, element: Element) -> int:
        """How deep a heading a paragraph is; 0 for none."""
        own = value(child(element, "w:pPr", "w:outlineLvl"))
        return level_of(own) if own else self.levels.get(value(child(element, "w:pPr", "w:pStyle")) or "", 0)

    def text(self, words: Words) -> str:
        return "".join(self.pieces[at] for part in words.ranges for at in part)

    def box(self, element: Element, depth: int) -> None:
        met = len(self.lines)
        self._within.append(None)
        super().box(element, depth)
        self._within.pop()
        for line in self.lines[met:]:
            line.place = "text box" if line.place == "paragraph" else line.place

    def _aside(self, element: Element, depth: int, start: int) -> None:
        self._end_lines()
        super()._aside(element, depth, start)
        self._end_lines()

    def _end_lines(self) -> None:
        """A paragraph whose end was deleted has nothing to go on into before a table and where its cell or the document ends."""
        line, self._going_on = self._going_on, None
        if line:
            self._ended(line, 0)

    def end(self) -> None:
        """All of it was gone through."""
        self._end_lines()
        self.lines.sort(key=lambda line: line.start)

    # tables ───────────────────────────────────────────────────────────────────────────────────────

    def table(self, element: Element, depth: int) -> None:
        met = Table(value(child(element, "w:tblPr", "w:tblCaption")) or "", self._above)
        self.tables.append(met)
        self._inside_of(met, lambda: super(MinutesWalk, self).table(element, depth))

    def row(self, element: Element, depth: int) -> None:
        marks = child(element, "w:trPr")
        met, table = Row("", child(marks, "w:ins") is not None), self._within[-1]
        if child(marks, "w:del") is None and isinstance(table, Table):
            met.place = f"{self._table.title}, row {self._table.rows + 1}"
            table.rows.append(met)
        self._inside_of(met, lambda: super(MinutesWalk, self).row(element, depth))

    def cell(self, element: Element, depth: int) -> None:
        """A cell; one that was taken out with changes tracked is not there, and those behind it move up."""
        if child(element, "w:tcPr", "w:cellDel") is not None:
            self.noted["tracked"] += 1
            return
        met, row = Cell(len(self.pieces), "", self._above, first=self._column), self._within[-1]
        if isinstance(row, Row):
            row.cells.append(met)
        self._inside_of(met, lambda: super(MinutesWalk, self).cell(element, depth))
        met.last = max(met.first, self._column - 1)

    def _inside(self, element: Element, depth: int) -> Any:
        met = self._within[-1]
        for span in self._waiting if isinstance(met, Cell) else ():
            self._stands(span)
        self._waiting.clear()
        own = super()._inside(element, depth)
        self._end_lines()
        if isinstance(met, Cell):
            met.end, met.holes, met.place = len(self.pieces), own.holes, self.place
        return own

    def _inside_of(self, met: Table | Row | Cell, go: Callable[[], None]) -> None:
        self._within.append(met)
        go()
        self._within.pop()

    # controls and marks ───────────────────────────────────────────────────────────────────────────

    def _span(self, kind: str, title: str, about: Element) -> Span:
        span = super()._span(kind, title, about)
        self._stands(span)
        return span

    def _stands(self, span: Span) -> None:
        """Notes the cell that a control or bookmark begins in; one around cells or rows begins in the first of them."""
        met = self._within[-1]
        if isinstance(met, Cell):
            met.spans.append(span)
            self.cell_of[id(span)] = met
        elif met is not None:
            self._waiting.append(span)

    def control(self, element: Element, depth: int) -> None:
        """Of a control that says that it is empty, what stands beside its first words was typed: LibreOffice leaves both."""
        start = len(self.pieces)
        super().control(element, depth)
        if is_on(child(element, "w:sdtPr", "w:showingPlcHdr")):
            self.pieces[start:] = without_first_words(self.pieces[start:])

    def _placeholder(self, span: Span, content: Element) -> None:
        shown = "".join(t.text or "" for t in named(content, "t"))
        own = self._placeholders.get(value(child(span.about, "w:placeholder", "w:docPart")) or "", "").split()
        if is_unfilled(shown) or (own and shown.split() == own):
            span.shown = shown

    def removed(self, element: Element, depth: int) -> None:
        """Text that was taken out with changes tracked; bookmarks that begin and end in it are there still."""
        self.deleted(element, depth)
        met = len(self.spans)
        for mark in element.iter():
            if name(mark) in ("w:bookmarkStart", "w:bookmarkEnd"):
                self.handlers[name(mark)](self, mark, depth)
        self.in_removed.update(map(id, self.spans[met:]))

    def note(self, element: Element, depth: int) -> None:
        super().note(element, depth)
        self.hang(element, depth)

    def hang(self, element: Element, _: int) -> None:
        """Where the comment or note of a number hangs: where it is first spoken of."""
        kind = local(element).removesuffix("Reference").removesuffix("RangeStart")
        self.hangs.setdefault((kind, value(element, "id") or ""), self._words(len(self.pieces)))

    def word(self, element: Element, depth: int) -> None:
        """Words, but for page numbers and the joiner that LibreOffice 7.4 puts into a row which is inserted with changes tracked."""
        if id(element) not in self._numbers_of_pages and not (element.text == JOINER and self._is_in_new_row):
            super().word(element, depth)

    @property
    def _is_in_new_row(self) -> bool:
        return next((row.is_new for row in reversed(self._within) if isinstance(row, Row)), False)


MinutesWalk.handlers = {
    **Walk.handlers,
    "w:p": MinutesWalk.paragraph,
    "w:txbxContent": MinutesWalk.box,
    "w:tbl": MinutesWalk.table,
    "w:tr": MinutesWalk.row,
    "w:tc": MinutesWalk.cell,
    "w:t": MinutesWalk.word,
    "w:sdt": MinutesWalk.control,
    **dict.fromkeys(("w:del", "w:moveFrom"), MinutesWalk.removed),
    "w:commentRangeStart": MinutesWalk.hang,
    **dict.fromkeys(("w:commentReference", "w:footnoteReference", "w:endnoteReference"), MinutesWalk.note),
}


class MinutesDocument(WordDocument):
    """A Word document, gone through as minutes are."""

    walks = MinutesWalk
    elements = limits.MINUTES_ELEMENTS
    part_at_most = limits.MINUTES_PART
    walk: MinutesWalk

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.walk.end()

    def part(self, root: Element) -> MinutesWalk:
        """Another part of it, or something in one, gone through the same way."""
        walk = MinutesWalk(root, self.styles, self._placeholders, self.walk.levels)
        walk.children(root, 0)
        walk.end()
        return walk


def heading_levels(styles: Iterable[Element]) -> dict[str, int]:
    """Style → how deep a heading it makes of a paragraph, by its own level or that of the style it is based on."""
    told = {value(style, "styleId") or "": style for style in styles if local(style) == "style"}
    return {style: level for style in told if (level := _level_of_style(style, told))}


def _level_of_style(style: str, told: dict[str, Element]) -> int:
    met: set[str] = set()
    while style in told and style not in met:
        met.add(style)
        own = value(child(told[style], "w:pPr", "w:outlineLvl"))
        called = (value(child(told[style], "w:name")) or "").casefold().removeprefix("heading ")
        if own or called in LEVELS:
            return level_of(own) if own else LEVELS.index(called) + 1
        style = value(child(told[style], "w:basedOn")) or ""
    return 0


def level_of(outline: str) -> int:
    """A level of the outline, counted from 1; 0 for the text's own (17.3.1.20)."""
    return LEVELS.index(outline) + 2 if outline in LEVELS[:-1] else int(outline == "0")


def page_numbers(root: Element) -> Iterable[int]:
    """The ids of the elements that hold what a page number came to."""
    for simple in named(root, "fldSimple"):
        if _counts_pages(value(simple, "instr") or ""):
            yield from (id(t) for t in named(simple, "t"))
    for paragraph in named(root, "p"):
        yield from _page_numbers(paragraph)


def _page_numbers(paragraph: Element) -> Iterable[int]:
    """The same of one paragraph, for fields in many parts; none of those reaches into the next."""
    open_fields: list[tuple[str, bool]] = []
    for element in paragraph.iter():
        kind = local(element)
        mark = value(element, "fldCharType") if kind == "fldChar" else None
        if mark == "begin":
            open_fields.append(("", False))
        elif mark == "separate" and open_fields:
            open_fields[-1] = (open_fields[-1][0], True)
        elif mark == "end" and open_fields:
            open_fields.pop()
        elif kind == "instrText" and open_fields and not open_fields[-1][1]:
            open_fields[-1] = (open_fields[-1][0] + (element.text or ""), False)
        elif kind == "t" and any(shown and _counts_pages(told) for told, shown in open_fields):
            yield id(element)


def _counts_pages(instruction: str) -> bool:
    return (instruction.split() or [""])[0].upper() in PAGE_NUMBERS
