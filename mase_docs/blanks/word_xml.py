"""The few elements of WordprocessingML that every page of a blank form is made of (ECMA-376 part 1, chapter 17)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from mase_docs.word_xml import MC, Node, w


def root(tag: str, *inside: Node) -> bytes:
    """A part of the package, as UTF-8."""
    made = w(tag, *inside)
    made.set(f"{{{MC}}}Ignorable", "w14")
    etree.cleanup_namespaces(made, keep_ns_prefixes=["w14"])
    return bytes(etree.tostring(made, encoding="UTF-8", xml_declaration=True, standalone=True))


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
