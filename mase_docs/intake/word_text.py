"""A Word document's text as one long line of pieces, and what spans which of them.

Content controls, legacy form fields and bookmarks are spans of that line, so each is read by the same few rules: what was inserted is
taken, what was deleted, hidden or struck out is not, of a field only the result, of a thing written twice one copy.
ECMA-376 part 1: runs 17.3, content controls 17.5.2, revisions 17.13.5, bookmarks 17.13.6, fields 17.16.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar, Literal
from xml.etree.ElementTree import Element

from mase_docs.definition.boxes import FILLED, NO_TICK, TICKED
from mase_docs.intake import limits
from mase_docs.intake.answers import is_blank
from mase_docs.intake.package import local, named
from mase_docs.intake.refusals import refuse
from mase_docs.intake.word_marks import SAID, child, is_on, looks, name, symbol, value, with_looks

Handler = Callable[[Any, Element, int], None]
"""What is done with an element, by the walk, at a depth."""
Doubt = Literal["", "TI1", "LC1"]
TICKS = f"{FILLED}xX"
CODE = re.compile(r"(?![dD][89a-fA-F])[0-9a-fA-F]{1,4}")
"""A character by its number; half of one is none."""


NOTED = {"w:commentReference": "comments", "w:footnoteReference": "footnotes", "w:endnoteReference": "footnotes", "w:altChunk": "files"}
"""What is only noted: it points to text that stands elsewhere in the file."""
FILES = ("blip", "imagedata", "OLEObject")
"""What in a shape shows a picture or an embedded file (DrawingML 20.1.8.13; part 4, VML)."""
SKIPPED = {
    *("w:pPr", "w:rPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:sectPr", "w:sdtPr", "w:sdtEndPr", "w:tblPrEx"),
    *("w:instrText", "w:delText", "w:delInstrText", "w:rt", "w:softHyphen", "mc:Fallback"),
}


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


@dataclass
class OpenField:
    """A complex field that is open: its instruction is never text, and of a legacy tick or list nothing inside it is."""

    span: Span | None
    silent: bool
    fixed: bool


class TextWalk:
    """Goes through a document once, from top to bottom, and gathers its text; `Walk` adds where that stands."""

    handlers: ClassVar[dict[str, Handler]] = {}

    def __init__(self, styles: list[Element], placeholders: dict[str, str]) -> None:
        self.pieces: list[str] = []
        self.spans: list[Span] = []
        self.noted: Counter[str] = Counter()
        self.place = ""
        self._doubts: list[tuple[int, Doubt]] = []
        self._placeholders = placeholders
        self._of_style = {look: with_looks(look, styles) for look in ("hidden", "struck")}
        self._font = ""
        self._muted = 0
        self._has_lines = False
        self._line_starts: set[int] = set()
        self.fields: list[OpenField] = []
        self._bookmarks: dict[str, Span] = {}

    def children(self, element: Element, depth: int) -> None:
        if depth > limits.WORD_DEPTH:
            raise refuse("AR28 unsafe")
        for inner in element:
            kind = name(inner)
            if kind not in SKIPPED:
                self.handlers.get(kind, TextWalk.children)(self, inner, depth + 1)

    def say(self, text: str) -> None:
        """Adds text, unless it is a field's instruction."""
        if text and not any(open_field.silent for open_field in self.fields):
            self.pieces.append("\n" if self._muted and text == "\n" else "" if self._muted else text)

    # text ─────────────────────────────────────────────────────────────────────────────────────────

    def run(self, element: Element, depth: int) -> None:
        properties = child(element, "w:rPr")
        look = self._looks(properties)
        if look:
            self._pass_over(element, look)
        else:
            self._font = value(child(properties, "w:rFonts"), "ascii") or ""
            self._line_starts = _line_starts(element) if self._has_lines else set()
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
        self.say("\n" if id(element) in self._line_starts else "")
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
        elif kind == "separate" and self.fields:
            self.fields[-1].silent = self.fields[-1].fixed
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if ended.span:
                ended.span.end = len(self.pieces)

    def _begin_field(self, legacy: Element | None) -> None:
        span = self._span("field", value(child(legacy, "w:name")) or "", legacy) if legacy is not None else None
        fixed = _fixed(legacy) if legacy is not None else None
        if fixed and child(legacy, "w:ddList") is not None and child(legacy, "w:ddList", "w:result") is None and not is_blank(fixed):
            self._doubt(len(self.pieces), "LC1")
        self.say(fixed or "")
        self.fields.append(OpenField(span, True, fixed is not None))
        if len(self.fields) > limits.WORD_DEPTH:
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
        span = Span(kind, title, len(self.pieces), self.place, about)
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
        self._content(span, content, depth)
        box = child(about, "w14:checkbox")
        if box is not None:
            self._tick(span, box)
        span.end = len(self.pieces)

    def _content(self, span: Span, content: Element, depth: int) -> None:
        before, self._has_lines = self._has_lines, value(child(span.about, "w:text"), "multiLine") in ("1", "true", "on")
        self._muted += span.shown is not None
        self.children(content, depth)
        self._muted -= span.shown is not None
        self._has_lines = before

    def _placeholder(self, span: Span, content: Element) -> None:
        """What an empty control shows is none of the text; words that aren't its placeholder's were put in by a program, and stay."""
        shown = "".join(t.text or "" for t in named(content, "t"))
        known = self._placeholders.get(value(child(span.about, "w:placeholder", "w:docPart")) or "")
        if known is None or is_blank(shown) or shown.split() == known.split():
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

    # places and doubts ───────────────────────────────────────────────────────────────────────────

    def enter(self, place: str) -> None:
        """Says where the text is from here on; what began between two places begins at the next."""
        self.place = place
        for span in reversed(self.spans):
            if span.place:
                break
            span.place = place

    def doubt(self, start: int, end: int | None = None) -> Doubt:
        """The first doubt about some pieces: that parts disagree (TI1), or that nobody may have chosen (LC1)."""
        at = bisect_left(self._doubts, (start, ""))
        piece, said = self._doubts[at] if at < len(self._doubts) else (start, "")
        return said if end is None or piece < end else ""

    def _doubt(self, piece: int, said: Doubt) -> None:
        insort(self._doubts, (piece, said))


def _line_starts(run: Element) -> set[int]:
    """Which words of a run begin a line, in a control of many lines: LibreOffice 7.4 leaves their ends out and saves them side by side."""
    return {id(words) for before, words in pairwise(run) if name(before) == name(words) == "w:t"}


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


TextWalk.handlers = {
    "w:r": TextWalk.run,
    "w:t": TextWalk.word,
    "m:t": TextWalk.word,
    **dict.fromkeys(SAID, TextWalk.said),
    "w:sym": TextWalk.symbol,
    "w:fldChar": TextWalk.field_mark,
    **dict.fromkeys(("w:ins", "w:moveTo"), TextWalk.inserted),
    **dict.fromkeys(("w:del", "w:moveFrom"), TextWalk.deleted),
    **dict.fromkeys(NOTED, TextWalk.note),
    **dict.fromkeys(("w:drawing", "w:pict", "w:object"), TextWalk.shape),
    "mc:AlternateContent": TextWalk.alternatives,
    "w:bookmarkStart": TextWalk.bookmark,
    "w:bookmarkEnd": TextWalk.bookmark_end,
    "w:sdt": TextWalk.control,
}
