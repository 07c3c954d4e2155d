"""An Office package read directly: its parts, the relationships between them and its properties (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from mase_docs.intake import limits
from mase_docs.intake.refusals import refuse

ENCODING = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)""")
ENCODINGS = ("utf-8", "utf-16", "us-ascii", "iso-8859-1")
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that XML 1.0 has no place for, and that some programs write all the same; nobody sees them."""
PROLOG = re.compile(r"(?:[^<]++|<\?.*?\?>|<!--.*?-->)*+<!(DOCTYPE|ENTITY)", re.DOTALL | re.IGNORECASE)
"""What may precede a document type. It never goes back: else a file of many small pieces would take years."""


class Package:
    """The parts of a workbook or a Word document, parsed when they are asked for.

    Raises InputRefusedError, from wherever a part proves bad: AR27 damaged, AR28 too large or not as an office program makes it.
    """

    def __init__(self, data: bytes, main: str, part_at_most: int = limits.XML_PART) -> None:
        """`main` is the main part where no relationship names one; no part may be larger than `part_at_most`."""
        self._archive = limits.open_zip(data)
        self._part_at_most = part_at_most
        self._at_most = max(limits.XML_TOGETHER, 2 * part_at_most)
        self._parsed_bytes = 0
        self.parts = {name.casefold(): name for name in self._archive.namelist()}
        self.main = next(iter(self.targets("", "/officeDocument").values()), main)

    @cached_property
    def properties(self) -> dict[str, str]:
        """The custom document properties (ECMA-376 part 1, 22.3; Strict has another name for the relationship)."""
        told = {**self.targets("", "/custom-properties"), **self.targets("", "/customProperties")}
        parts = [part for part in told.values() if part.casefold() in self.parts]
        return {e.get("name", ""): "".join(e.itertext()).strip() for part in parts[:1] for e in self.xml(part)}

    def targets(self, part: str, kind: str) -> dict[str, str]:
        """Relationship id → part, for the relationships of a part that end in a kind (ECMA-376 part 2, 9.3)."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels.casefold() not in self.parts:
            return {}
        found = (e for e in self.xml(rels) if e.get("Type", "").endswith(kind) and e.get("TargetMode") != "External")
        return {e.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, e.get("Target", ""))).lstrip("/") for e in found}

    def related(self, kind: str) -> list[Element]:
        """The parts of a kind that the main part names and that are there."""
        return [self.xml(part) for part in self.targets(self.main, kind).values() if part.casefold() in self.parts]

    def xml(self, part: str) -> Element:
        return parse_xml(self.raw(part))

    def raw(self, part: str) -> bytes:
        """A part as it stands: of a binary workbook most are no XML."""
        data = limits.unpacked(self._archive, self.parts.get(part.casefold(), part), self._part_at_most)
        self._parsed_bytes += len(data)
        if self._parsed_bytes > self._at_most:
            raise refuse("AR28")
        return data


def parse_xml(data: bytes) -> Element:
    """The root of a part. Raises InputRefusedError: AR27 where it isn't XML, AR28 where it declares a DOCTYPE or an odd encoding.

    OPC forbids DTDs in a package and allows UTF-8 and UTF-16 only (ECMA-376 part 2, 8.1.1.3 and annex H).
    """
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    told = ENCODING.match(data)
    if told and told[1].decode("ascii", "replace").casefold() not in ENCODINGS:
        raise refuse("AR28 unsafe")
    text = data[:200_000].decode("utf-16" if wide else "latin-1", "replace")
    if PROLOG.match(text) or (not wide and b"\x00" in data[:200]):
        raise refuse("AR28 unsafe")
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - a DOCTYPE, which is what could harm, was refused just above
    except (ElementTree.ParseError, ValueError, LookupError):
        if wide or not CONTROL.search(data):
            raise refuse("AR27") from None
    return parse_xml(CONTROL.sub(b"", data))


def local(element: Element) -> str:
    """An element's name without its namespace, which Strict documents have another of (ISO/IEC 29500-1)."""
    return element.tag.rpartition("}")[2]


def named(root: Element, name: str) -> Iterator[Element]:
    """Every element of a name, at any depth, in document order."""
    return (e for e in root.iter() if local(e) == name)
