"""WordprocessingML written shortly (ECMA-376 part 1, chapter 17): its elements, and the run of words that all text is made of."""

from __future__ import annotations

import re
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
BREAKS = {"\n": "br", "\t": "tab"}


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


def run(text: str, style: str = "", look: Iterable[Node] = ()) -> Node:
    """Some words, in a style for characters and with what else their w:rPr holds; the ends of their lines and tabs are Word's own."""
    properties = [*([w("rStyle", val=style)] if style else []), *look]
    pieces = [_piece(piece) for piece in re.split("([\n\t])", text) if piece] or [_piece("")]
    return w("r", *([w("rPr", *properties)] if properties else []), *pieces)


def _piece(text: str) -> Node:
    if text in BREAKS:
        return w(BREAKS[text])
    words = w("t", text)
    words.set(KEEP_SPACES, "preserve")
    return words
