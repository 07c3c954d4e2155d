"""A Word document read directly: content controls, legacy form fields and bookmarks by name, everything as one sheet, and what stands
outside the answers."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import islice
from typing import ClassVar
from xml.etree.ElementTree import Element

from mase_docs.intake import limits
from mase_docs.intake.package import Package, local, named
from mase_docs.intake.refusals import refuse
from mase_docs.intake.sheet import Entry, WholeBook
from mase_docs.intake.word_marks import child, value
from mase_docs.intake.word_text import Doubt, Span
from mase_docs.intake.word_walk import SHEET, Walk, WordSheet

__all__ = ["Doubt", "Span", "WordDocument", "WordSheet"]


class WordDocument:
    """A document.

    Raises InputRefusedError: AR27 damaged, AR28 too large, too deeply nested or not as an office program makes it.
    """

    walks: ClassVar[type[Walk]] = Walk
    """How it is gone through."""
    elements: ClassVar[int] = limits.WORD_ELEMENTS
    part_at_most: ClassVar[int] = limits.XML_PART
    """How large it may be."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data, "word/document.xml", self.part_at_most)
        body = child(self.package.xml(self.package.main), "w:body")
        if body is None:
            raise refuse("AR27")
        if any(True for _ in islice(body.iter(), self.elements, None)):
            raise refuse("AR28")
        if any(_holds_words(e) for e in body.iter() if local(e).endswith("Pr")):
            raise refuse("AR27")
        self.walk = self.walks(body, self.styles, self._placeholders)
        self.walk.children(body, 0)

    @cached_property
    def styles(self) -> list[Element]:
        return [style for part in self.package.related("/styles") for style in part]

    @cached_property
    def _placeholders(self) -> dict[str, str]:
        """The words that controls show while they are empty, by the name that a control calls them (17.12, 17.5.2.25).

        LibreOffice 7.4 drops the names, and says "empty" still where somebody typed without a click: what it has no name for counts.
        """
        parts = (part for root in self.package.related("/glossaryDocument") for part in named(root, "docPart"))
        told = ((value(child(part, "w:docPartPr", "w:name")), child(part, "w:docPartBody")) for part in parts)
        known = {title: "".join(t.text or "" for t in named(body, "t")) for title, body in told if title and body is not None}
        return {**known, "": ""} if self._is_by_libreoffice else known

    @property
    def _is_by_libreoffice(self) -> bool:
        about = [part for part in self.package.targets("", "/extended-properties").values() if part.casefold() in self.package.parts]
        return any((e.text or "").startswith("LibreOffice") for part in about for e in named(self.package.xml(part), "Application"))

    @property
    def sheet(self) -> WordSheet:
        return self.walk.sheet

    @cached_property
    def book(self) -> WholeBook:
        """The document as the grids are read: one sheet."""
        return WholeBook({SHEET: self.sheet}, {SHEET: Entry(SHEET, "visible", self.package.main)}, properties=self.package.properties)

    @property
    def has_comments(self) -> bool:
        return bool(self.noted["comments"]) or any(len(part) for part in self.package.related("/comments"))

    @cached_property
    def furniture(self) -> str:
        """What is printed above and below every page."""
        parts = [*self.package.related("/footer"), *self.package.related("/header")]
        return " ".join("".join(t.text or "" for t in named(p, "t")) for part in parts for p in named(part, "p"))

    @cached_property
    def spans(self) -> list[Span]:
        """Controls, fields and bookmarks in the order in which they begin."""
        return sorted((span for span in self.walk.spans if span.end >= 0 and span.name), key=lambda span: span.start)

    @cached_property
    def outside(self) -> list[tuple[str, str]]:
        """What stands outside controls and bookmarks, paragraph by paragraph: where, and the words."""
        inside: set[int] = set()
        upto = 0
        for span in (span for span in self.spans if not span.name.startswith("_")):  # those are Word's own: _GoBack, _Toc1
            inside.update(range(max(upto, span.start), span.end))
            upto = max(upto, span.end)
        texts = ((p.place, "".join(self.walk.pieces[n] for n in range(p.start, p.end) if n not in inside)) for p in self.walk.paragraphs)
        return [(place, text.strip()) for place, text in texts if text.strip()]

    def text(self, span: Span) -> str:
        return "".join(self.walk.pieces[span.start : span.end]).strip()

    def doubt(self, span: Span) -> Doubt:
        """What is doubtful about a span."""
        return self.walk.doubt(span.start, span.end)

    @property
    def noted(self) -> Counter[str]:
        """How many things of a sort were met: tracked, comments, footnotes, files, hidden, struck."""
        return self.walk.noted


def _holds_words(properties: Element) -> bool:
    """Whether words stand among the properties of something, where no program shows them (17.4.70, 17.3.1.26 and their like)."""
    return any(True for _ in named(properties, "t"))
