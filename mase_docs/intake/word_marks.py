"""The pieces of WordprocessingML that stand for text: names without namespaces, ticks in symbol fonts, and how text looks.

ECMA-376 part 1, 17.3.2 (runs), 17.3.3 (run content); [MS-DOCX] 2.6 (w14:checkbox). Strict documents (ISO/IEC 29500-1) differ in their
namespaces only.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from xml.etree.ElementTree import Element

from mase_docs.definition.boxes import NO_TICK, TICKED

PREFIX = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
_TICKS = {"wingdings": "\x78\xfb\xfc\xfd\xfe", "wingdings 2": "OPQRSTUV", "webdings": "agr"}
_BOXES = {"wingdings": "\x6f\x71\x72\xa8", "wingdings 2": "\x2a\xa3", "webdings": "c"}
SYMBOLS = {
    **{(font, mark): TICKED for font, marks in _TICKS.items() for mark in marks},
    **{(font, mark): NO_TICK for font, marks in _BOXES.items() for mark in marks},
}
"""Font and character → the tick or the empty box that is seen (Microsoft's tables of the three fonts)."""
PRIVATE = range(0xF000, 0xF100)
"""Where symbol fonts keep their characters in Unicode; the last byte is the font's own."""
SAID = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
"""Elements that stand for a character."""


def name(element: Element) -> str:
    """An element's name with the usual prefix: `w:p`; with none where it is of another vocabulary."""
    return _prefixed(element.tag)


@lru_cache(maxsize=1_000)
def _prefixed(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    prefix = PREFIX.get(space[1:], "")
    return f"{prefix}:{local}" if prefix else local


def value(element: Element | None, attribute: str = "val") -> str | None:
    """An attribute, whichever namespace it is in; None where it, or the element, is missing."""
    found = element.attrib.items() if element is not None else ()
    return next((said for key, said in found if key.rpartition("}")[2] == attribute), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path of names."""
    for step in path:
        element = next((e for e in element if name(e) == step), None) if element is not None else None
    return element


def is_on(element: Element | None) -> bool:
    """Whether a switch is there and not turned off (ECMA-376 part 1, 17.17.4)."""
    return element is not None and (value(element) or "1") not in ("0", "false", "off")


def looks(properties: Element | None) -> set[str]:
    """How text looks that nobody is meant to read: hidden, struck."""
    switched = {name(e): is_on(e) for e in properties} if properties is not None else {}
    hidden = switched.get("w:vanish")
    return {*(["hidden"] if hidden else []), *(["struck"] if switched.get("w:strike") or switched.get("w:dstrike") else [])}


def symbol(font: str, text: str) -> str:
    """Text as it is seen in a symbol font; in any other font as it is."""
    family = font.casefold()
    if not any(family == known for known, _ in SYMBOLS):
        return text
    return "".join(SYMBOLS.get((family, chr(ord(c) & 0xFF if ord(c) in PRIVATE else ord(c))), c) for c in text)


def with_looks(look: str, styles: Collection[Element]) -> set[str]:
    """The ids of the styles that make text look so."""
    return {value(style, "styleId") or "" for style in styles if look in looks(child(style, "w:rPr"))}
