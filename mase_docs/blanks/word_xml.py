"""WordprocessingML written shortly (ECMA-376 part 1, chapter 17): elements, and the few that every page is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

Node = Any
"""An element of lxml, which has no types."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = {"w": W, "w14": W14, "mc": MC, "r": R}
"""Each with the prefix that Word gives it; one left to lxml would change with what else is loaded."""
KEEP_SPACES = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, *inside: Node | str, **attributes: str | int) -> Node:
    """An element of the main vocabulary with what is inside it: `w("pStyle", val="Title")`."""
    return _element(W, tag, inside, attributes)


def w14(tag: str, *inside: Node | str, **attributes: str | int) -> Node:
    """An element of Word 2010's vocabulary ([MS-DOCX] 2.6), which older programs pass over."""
    return _element(W14, tag, inside, attributes)


def _element(space: str, tag: str, inside: Iterable[Node | str], attributes: dict[str, str | int]) -> Node:
    made = etree.Element(f"{{{space}}}{tag}", {f"{{{space}}}{name}": str(value) for name, value in attributes.items()}, nsmap=SPACES)
    for part in inside:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def root(tag: str, *inside: Node) -> bytes:
    """A part of the package, as UTF-8."""
    made = w(tag, *inside)
    made.set(f"{{{MC}}}Ignorable", "w14")
    etree.cleanup_namespaces(made, keep_ns_prefixes=["w14"])
    return bytes(etree.tostring(made, encoding="UTF-8", xml_declaration=True, standalone=True))


def run(text: str, style: str = "") -> Node:
    """Some words, in a style for characters."""
    words = w("t", text)
    words.set(KEEP_SPACES, "preserve")
    return w("r", *([w("rPr", w("rStyle", val=style))] if style else []), words)


def paragraph(style: str, *inside: Node, stays: bool = False) -> Node:
    """A paragraph in a style; one that `stays` is on the page of what follows it, and so is the row of a table that it stands in."""
    return w("p", w("pPr", w("pStyle", val=style), *([w("keepNext")] if stays else [])), *inside)


def cell(width: int, fill: str, *inside: Node) -> Node:
    """A cell of a table, so many twentieths of a point wide, on a colour."""
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("shd", val="clear", color="auto", fill=fill)), *inside)


def row(*cells: Node, heads: bool = False, whole: bool = True, height: int = 0) -> Node:
    """A row; one that `heads` is said again on each page, one that is `whole` stands on one page."""
    wanted = [(whole or heads, w("cantSplit")), (height, w("trHeight", val=height, hRule="atLeast")), (heads, w("tblHeader"))]
    parts = [part for is_so, part in wanted if is_so]
    return w("tr", *([w("trPr", *parts)] if parts else []), *cells)


def table(said: str, widths: list[int], rows: Iterable[Node]) -> Node:
    """A table with its first row as head and its first column as labels; `said` is its name for those who cannot see it."""
    about = w(
        "tblPr",
        w("tblStyle", val="Questions"),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1),
        w("tblCaption", val=said),
    )
    return w("tbl", about, w("tblGrid", *(w("gridCol", w=width) for width in widths)), *rows)
