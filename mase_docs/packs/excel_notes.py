"""Notes on the cells of a sheet, beside those that are there: comments and the drawing that shows them.

ECMA-376 part 1, 18.7 (comments); part 4, 14.1 and 14.2.2 (VML, without which Excel shows no note).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from math import ceil

from lxml import etree

from mase_docs.columns import column_letters
from mase_docs.packs.grid import Area, Grid, area_of
from mase_docs.packs.package import Package, namespace, relation_types

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
AFTER_DRAWING = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
"""What stands after legacyDrawing in a sheet (18.3.1.99)."""
SHAPE = re.compile(r"<v:shape\b.*?</v:shape>", re.DOTALL)
WIDTH, LINE, EDGE, LETTERS = 300, 16, 12, 44
"""Of a note, in pixels: its width, the height of a line, its margins; and how many letters a line holds."""
DRAWING = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>\
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
NOTE = """<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;width:{width}px;height:{height}px;z-index:1;\
visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>\
<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>\
<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""


class Notes:
    """The notes of one sheet. Ours begin with a heading, by which they are known even after another program saved them."""

    def __init__(self, package: Package, sheet: str, author: str) -> None:
        self._package, self._sheet, self._author, self._heading = package, sheet, author, f"{author}:\n"
        self._at = f"{{{namespace(package.edit(sheet))}}}"
        part = next(iter(package.targets(sheet, "/comments").values()), None)
        self._comments = package.edit(part) if part else None
        self._drawing = self._shown_by()
        self._shapes = package.parts[self._drawing].decode("utf-8", "surrogateescape") if self._drawing else DRAWING

    def _shown_by(self) -> str | None:
        """The drawing that the sheet itself names."""
        named = next(self._package.edit(self._sheet).iterchildren(f"{self._at}legacyDrawing"), None)
        key = str(next(iter(named.attrib.values()), "")) if named is not None else ""
        return self._package.targets(self._sheet, "/vmlDrawing").get(key)

    def clear(self) -> None:
        """Takes away the notes of an earlier time; from a sender's own note, only what was added to it."""
        for comment in list(self._listed()):
            before, ours, _ = "".join(comment.itertext(f"{self._at}t")).partition(self._heading)
            if ours and not before.strip():
                comment.getparent().remove(comment)
                self._hide(area_of(comment.get("ref", "")))
            elif ours:
                _shorten(comment, len(before.rstrip()), f"{self._at}t")

    def add(self, area: Area, text: str, grid: Grid) -> None:
        """A note at the first cell of an area, after the sender's own if there is one."""
        reference = f"{column_letters(area[1])}{area[0]}"
        there = next((e for e in self._listed() if e.get("ref") == reference), None)
        comment = self._new(reference) if there is None else there
        body = next(comment.iter(f"{self._at}text"))
        gap = "\n\n" if there is not None else ""
        body.append(self._run(gap + self._heading, bold=True))
        body.append(self._run(text))
        if there is None:
            self._show(area, text, grid)

    def _listed(self) -> list[etree._Element]:
        return list(self._comments.iter(f"{self._at}comment")) if self._comments is not None else []

    def _new(self, reference: str) -> etree._Element:
        root = self._comments = self._made() if self._comments is None else self._comments
        authors, listed = next(root.iter(f"{self._at}authors")), next(root.iter(f"{self._at}commentList"))
        names = [e.text or "" for e in authors]
        if self._author not in names:
            etree.SubElement(authors, f"{self._at}author").text = self._author
            names.append(self._author)
        comment = etree.SubElement(listed, f"{self._at}comment", ref=reference, authorId=str(names.index(self._author)))
        etree.SubElement(comment, f"{self._at}text")
        return comment

    def _made(self) -> etree._Element:
        root = etree.Element(f"{self._at}comments", nsmap={None: self._at[1:-1]})
        etree.SubElement(root, f"{self._at}authors")
        etree.SubElement(root, f"{self._at}commentList")
        part = self._package.add("xl/comments{}.xml", etree.tostring(root), COMMENTS_TYPE)
        self._package.relate(self._sheet, f"{relation_types(self._at[1:-1])}/comments", part)
        return self._package.edit(part)

    def _run(self, text: str, bold: bool = False) -> etree._Element:
        """A piece of rich text (18.4.4) in the face that Excel gives its own notes."""
        run = etree.Element(f"{self._at}r")
        look = etree.SubElement(run, f"{self._at}rPr")
        for name, value in ([("b", {})] if bold else []) + [
            ("sz", {"val": "9"}),
            ("color", {"indexed": "81"}),
            ("rFont", {"val": "Tahoma"}),
        ]:
            etree.SubElement(look, f"{self._at}{name}", value)
        said = etree.SubElement(run, f"{self._at}t")
        said.text = text
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return run

    def _show(self, area: Area, text: str, grid: Grid) -> None:
        lines = 1 + sum(max(1, ceil(len(line) / LETTERS)) for line in text.split("\n"))
        height = LINE * lines + EDGE
        number = max([1024, *map(int, re.findall(r"_x0000_s(\d+)", self._shapes))]) + 1
        anchor = _anchor(area, height, grid)
        note = NOTE.format(id=number, width=WIDTH, height=height, anchor=anchor, row=area[0] - 1, column=area[1] - 1)
        end = self._shapes.rindex("</xml>")
        self._shapes = self._shapes[:end] + note + self._shapes[end:]

    def _hide(self, area: Area) -> None:
        """Takes away the shape of the note at a cell."""
        row, column = (re.compile(rf"<x:{name}>\s*{number - 1}\s*<") for name, number in (("Row", area[0]), ("Column", area[1])))
        self._shapes = SHAPE.sub(lambda s: "" if row.search(s[0]) and column.search(s[0]) else s[0], self._shapes)

    def write(self) -> None:
        """Puts the drawing into the package, and names it in the sheet. Nothing for a sheet without notes."""
        if self._comments is None:
            return
        data = self._shapes.encode("utf-8", "surrogateescape")
        if self._drawing:
            self._package.add(self._drawing, data)
            return
        self._package.has_default("vml", DRAWING_TYPE)
        part = self._package.add("xl/drawings/vmlDrawing{}.vml", data)
        self._name(self._package.relate(self._sheet, f"{relation_types(self._at[1:-1])}/vmlDrawing", part))

    def _name(self, key: str) -> None:
        sheet = self._package.edit(self._sheet)
        for old in list(sheet.iterchildren(f"{self._at}legacyDrawing")):
            sheet.remove(old)
        named = etree.Element(f"{self._at}legacyDrawing", {f"{{{relation_types(self._at[1:-1])}}}id": key})
        after = next((e for e in sheet if etree.QName(e).localname in AFTER_DRAWING), None)
        sheet.append(named) if after is None else after.addprevious(named)


def _shorten(comment: etree._Element, length: int, tag: str) -> None:
    """Keeps the first letters of a rich text, and drops the runs after them."""
    for piece in list(comment.iter(tag)):
        kept = (piece.text or "")[:length]
        length -= len(kept)
        piece.text = kept
        run = piece.getparent()
        if not kept and run.tag != tag and etree.QName(run).localname == "r":
            run.getparent().remove(run)


def _anchor(area: Area, height: int, grid: Grid) -> str:
    """Where the note lies: left column and pixels, top row and pixels, right column and pixels, bottom row and pixels, from 0 (VML)."""
    left, top = area[3] + 1, area[0]
    right = _after(left, WIDTH + 15, grid.width)
    bottom = _after(top, height, grid.height)
    return f"{left - 1}, 15, {top - 1}, 2, {right[0] - 1}, {right[1]}, {bottom[0] - 1}, {bottom[1]}"


def _after(first: int, pixels: int, size: Callable[[int], float]) -> tuple[int, int]:
    """The column or row in which so many pixels from the beginning of the first one end, and how far in."""
    ends = accumulate(size(number) for number in range(first, first + 100))
    number, end = next((n, end) for n, end in enumerate(ends, first) if end > pixels or n == first + 99)
    return number, max(0, int(pixels - (end - size(number))))
