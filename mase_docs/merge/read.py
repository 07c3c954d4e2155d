"""A Word document read by our own eyes: its paragraphs with their places in words, and its text from end to end.

Used to find the tags of a template, to prove a merged document, and to read back what people wrote into one. It walks the XML of
ECMA-376 part 1 (17.3 paragraphs, 17.4 tables, 17.10 headers and footers) and shares no code with the program that wrote the file.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from mase_docs.errors import TemplateError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
"""What says of a picture what it shows."""
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
PARTS = {
    f"{TYPE}document.main+xml": "",
    f"{TYPE}header+xml": "page header",
    f"{TYPE}footer+xml": "page footer",
    f"{TYPE}footnotes+xml": "footnotes",
    f"{TYPE}endnotes+xml": "endnotes",
    f"{TYPE}comments+xml": "comments",
}
"""The parts of a document that hold text, by content type, and what a person calls them."""

LIMIT_PARTS, LIMIT_BYTES = 1000, 200_000_000
BREAKS = {f"{W}t": "", f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    place   where it stands, in words: `page header`, `table 2, row 3, column 1, under "New Cases"`
    part    the part of the file: `word/document.xml`
    cell    what holds it, as (table, row, column) for each table around it; empty outside tables
    style   the id of its style: `Heading1`
    """

    text: str
    place: str
    part: str
    cell: tuple[tuple[int, int, int], ...] = ()
    style: str = ""


def unzip(data: bytes) -> dict[str, bytes]:
    """The members of a .docx by name. Raises TemplateError where it isn't one, or unpacks to more than a document can be."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            sizes = [member.file_size for member in archive.infolist()]
            if len(sizes) > LIMIT_PARTS or sum(sizes) > LIMIT_BYTES:
                raise TemplateError("The Word file unpacks to more than a document can hold.", "Save it again in Word and send that copy.")
            return {member.filename: archive.read(member) for member in archive.infolist() if not member.is_dir()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise TemplateError("This is not a Word document (.docx), or it is damaged.", "Save it again in Word as .docx.") from error


def xml(data: bytes) -> Element:
    """The root of a part. Raises TemplateError where it isn't sound XML or brings a document type of its own."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise TemplateError("A part of the Word file is not sound XML.", "Open it in Word and save it again.") from error
    return root


def text_parts(members: dict[str, bytes]) -> dict[str, str]:
    """The parts that hold text, each with what a person calls it; the body first."""
    types = xml(members.get("[Content_Types].xml", b"<Types/>"))
    named = {(o.get("PartName") or "").lstrip("/"): PARTS.get(o.get("ContentType") or "") for o in types}
    found = {name: said for name, said in named.items() if said is not None and name in members}
    return dict(sorted(found.items(), key=lambda item: (item[1] != "", item[0])))


def paragraphs(data: bytes) -> list[Paragraph]:
    """Every paragraph of a document: body, tables, text boxes, headers, footers and notes. Raises TemplateError."""
    members = unzip(data)
    return [p for part, said in text_parts(members).items() for p in _Walk(part, said).through(xml(members[part]))]


def flat_text(data: bytes) -> dict[str, str]:
    """The text of each part from end to end, a new line before each paragraph. Raises TemplateError."""
    members = unzip(data)
    return {part: "".join(_pieces(xml(members[part]).iter())) for part in text_parts(members)}


def _pieces(elements: Iterator[Element]) -> Iterator[str]:
    for element in elements:
        if element.tag == f"{W}p":
            yield "\n"
        elif element.tag in BREAKS:
            yield BREAKS[element.tag] or element.text or ""


@dataclass
class _Walk:
    """A walk through one part, that knows the last heading passed and how many tables there were."""

    part: str
    said: str
    heading: str = ""
    tables: int = 0

    def through(self, element: Element, cell: tuple[tuple[int, int, int], ...] = (), box: bool = False) -> Iterator[Paragraph]:
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, cell, box)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, cell, box)
            else:
                yield from self.through(child, cell, box)

    def _paragraph(self, element: Element, cell: tuple[tuple[int, int, int], ...], box: bool) -> Iterator[Paragraph]:
        text, style = "".join(_pieces(_own(element))), _style(element)
        if style.startswith("Heading"):
            self.heading = text
        yield Paragraph(text, self._place(cell, box), self.part, cell, style)
        for inner in _nearest(element, f"{W}txbxContent"):
            yield from self.through(inner, cell, True)

    def _table(self, element: Element, cell: tuple[tuple[int, int, int], ...], box: bool) -> Iterator[Paragraph]:
        self.tables += 1
        number = self.tables
        for r, row in enumerate(_nearest(element, f"{W}tr"), 1):
            for c, inner in enumerate(_nearest(row, f"{W}tc"), 1):
                yield from self.through(inner, (*cell, (number, r, c)), box)

    def _place(self, cell: tuple[tuple[int, int, int], ...], box: bool) -> str:
        words = [self.said] if self.said else []
        words += ["text box"] if box else []
        words += ["table {}, row {}, column {}".format(*cell[-1])] if cell else []
        words += [f"under “{self.heading}”"] if self.heading else []
        return ", ".join(words) or "the top of the document"


def _nearest(element: Element, tag: str) -> Iterator[Element]:
    """The elements of a tag below this one, without those inside another of them."""
    for child in element:
        if child.tag == tag:
            yield child
        else:
            yield from _nearest(child, tag)


def _own(element: Element) -> Iterator[Element]:
    """What stands in a paragraph itself: not its properties, not the text boxes anchored in it."""
    for child in element:
        if child.tag not in (f"{W}pPr", f"{W}txbxContent"):
            yield child
            yield from _own(child)


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return (style.get(f"{W}val") or "") if style is not None else ""
