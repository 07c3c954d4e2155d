"""The sender's own Word form with a shaded box and a comment at each answer that is asked about; everything else stays as it was.

ECMA-376 part 1: shading 17.3.1.31 and 17.4.32, comments 17.13.4, content controls 17.5.2. The document's protection stays, and so do
its controls: the comments stand beside them, never inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from mase_docs.packs.marks import TINT, Mark
from mase_docs.packs.package import Package, namespace
from mase_docs.packs.reference import put_reference
from mase_docs.packs.refused import marking
from mase_docs.packs.word_comments import Comments

IN_TABLE = re.compile(r"table ([0-9]{1,5}), row ([0-9]{1,5}), column ([0-9]{1,3})\b")
ALONE = re.compile(r"paragraph ([0-9]{1,6})\b")
BEFORE_SHADING = {
    "tcPr": ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders"),
    "pPr": ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr"),
}
"""What stands before the shading among the properties of a cell and of a paragraph (17.4.69, 17.3.1.26)."""


def marked(data: bytes, marks: Sequence[Mark], reference: str, author: str = "MASE") -> bytes:
    """The document with the marks; those of an earlier time are taken away first. Marks whose place isn't in it are passed over.

    `author` is whose the comments are: the panel. Raises InputRefusedError where the file can't be marked.
    """
    with marking():
        package = Package(data)
        document = Places(package.edit(package.main))
        comments = Comments(package, author)
        comments.clear()
        document.clear()
        for mark in marks:
            paragraph = document.paragraph(mark)
            if paragraph is not None:
                document.shade(paragraph, TINT[mark.severity])
                comments.add(paragraph, mark.comment)
        put_reference(package, reference)
        return package.written()


class Places:
    """Where answers stand in a document."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._at = f"{{{namespace(root)}}}"

    def paragraph(self, mark: Mark) -> etree._Element | None:
        """The paragraph of an answer: that of its content control at its place, of its place, or of its control wherever it is."""
        place = self._placed(mark.place)
        tagged = list(self._tagged(mark.slot))
        near = [control for control in tagged if place is not None and (_is_in(control, place) or _is_in(place, control))]
        found = next(iter([*near, *([place] if place is not None else tagged)]), None)
        return None if found is None else self._around(found)

    def _around(self, found: etree._Element) -> etree._Element | None:
        """The first paragraph that stands in something, or that it is; else the one that it stands in."""
        within = next(found.iter(f"{self._at}p"), None)
        return within if within is not None else next(found.iterancestors(f"{self._at}p"), None)

    def _tagged(self, name: str) -> Iterator[etree._Element]:
        for tag in self._root.iter(f"{self._at}tag"):
            if name and (tag.get(f"{self._at}val") or "").casefold() == name.casefold():
                yield next(tag.iterancestors(f"{self._at}sdt"))

    def _placed(self, place: str) -> etree._Element | None:
        """The cell or paragraph that a place names."""
        if found := IN_TABLE.match(place):
            return self._cell(*map(int, found.groups()))
        found = ALONE.match(place)
        return _nth(self._root.iter(f"{self._at}p"), int(found[1])) if found else None

    def _cell(self, table: int, row: int, column: int) -> etree._Element | None:
        found = _nth(self._root.iter(f"{self._at}tbl"), table)
        line = _nth(self._own(found, "tr", "tbl"), row) if found is not None else None
        cells = self._own(line, "tc", "tr") if line is not None else ()
        number = 1 + (self._count(line, "gridBefore") if line is not None else 0)
        for cell in cells:
            if number == column:
                return cell
            number += max(1, self._count(cell, "gridSpan"))
        return None

    def _own(self, parent: etree._Element, kind: str, of: str) -> Iterator[etree._Element]:
        """The rows of a table or the cells of a row, without those of a table that stands inside."""
        return (e for e in parent.iter(f"{self._at}{kind}") if next(e.iterancestors(f"{self._at}{of}")) is parent)

    def _count(self, parent: etree._Element, name: str) -> int:
        """A number among the properties of a row or cell; 0 where it isn't said."""
        told = next((e for properties in parent[:1] for e in properties.iter(f"{self._at}{name}")), None)
        said = str(told.get(f"{self._at}val")) if told is not None else ""
        return int(said) if said.isdigit() else 0

    def shade(self, paragraph: etree._Element, colour: str) -> None:
        """Shades the cell that a paragraph stands in, else the paragraph. What was its colour is kept where no program shows it."""
        cell = next(paragraph.iterancestors(f"{self._at}tc"), None)
        properties = self._properties(paragraph, "pPr") if cell is None else self._properties(cell, "tcPr")
        old = properties.find(f"{self._at}shd")
        kept = "auto" if old is None else str(old.get(f"{self._at}fill", "auto"))
        if old is not None:
            kept = str(old.get(f"{self._at}color")) if kept in TINT.values() else kept
            properties.remove(old)
        look = {f"{self._at}val": "clear", f"{self._at}color": kept, f"{self._at}fill": colour}
        before = BEFORE_SHADING[etree.QName(properties).localname]
        place = sum(etree.QName(e).localname in before for e in properties)
        properties.insert(place, etree.Element(f"{self._at}shd", look))

    def _properties(self, parent: etree._Element, name: str) -> etree._Element:
        found = parent.find(f"{self._at}{name}")
        if found is None:
            found = etree.Element(f"{self._at}{name}")
            parent.insert(0, found)
        return found

    def clear(self) -> None:
        """Gives what was shaded at an earlier time its own colour back."""
        for shading in [e for e in self._root.iter(f"{self._at}shd") if e.get(f"{self._at}fill") in TINT.values()]:
            kept = shading.get(f"{self._at}color", "auto")
            if kept == "auto":
                shading.getparent().remove(shading)
            else:
                shading.attrib.update({f"{self._at}color": "auto", f"{self._at}fill": kept})


def _nth(elements: Iterator[etree._Element], number: int) -> etree._Element | None:
    return next((e for n, e in enumerate(elements, 1) if n == number), None)


def _is_in(inner: etree._Element, outer: etree._Element) -> bool:
    return any(above is outer for above in inner.iterancestors())
