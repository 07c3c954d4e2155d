"""An Office file changed part by part: what isn't touched goes back byte for byte (ECMA-376 part 2, the package).

openpyxl and python-docx would lose what they don't know; here only the parts that are edited are written anew.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from lxml import etree

STRICT = "http://purl.oclc.org/ooxml/"
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT_TYPES = "[Content_Types].xml"
NEVER = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can carry (PKWARE APPNOTE 4.4.6)."""


class Package:
    """The parts of a workbook or a Word document."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as archive:
            self._entries = {entry.filename: entry for entry in archive.infolist()}
            self.parts = {name: archive.read(name) for name in self._entries}
        self._edited: dict[str, etree._Element] = {}
        self.main = next(iter(self.targets("", "/officeDocument").values()))

    def named(self, part: str) -> str:
        """A part as the archive spells it: names are the same in small and in capital letters (part 2, 6.2.2.3)."""
        return next((name for name in self.parts if name.casefold() == part.casefold()), part)

    def edit(self, part: str) -> etree._Element:
        """The root of a part; it is written anew where something in it was changed, else it stays byte for byte."""
        name = self.named(part)
        if name not in self._edited:
            self._edited[name] = parsed(self.parts[name])
        return self._edited[name]

    def add(self, part: str, content: bytes, content_type: str = "") -> str:
        """A new part, or an old one anew; a number is put before its ending if it has {}."""
        name = (
            next(name for name in (part.format(n or "") for n in range(10_000)) if self.named(name) not in self.parts)
            if "{}" in part
            else part
        )
        self.parts[name] = content
        self._edited.pop(name, None)
        if content_type:
            self._declare("Override", "PartName", f"/{name}", content_type)
        return name

    def has_default(self, ending: str, content_type: str) -> None:
        """Says what every part of an ending is, where that isn't said yet."""
        self._declare("Default", "Extension", ending, content_type)

    def _declare(self, kind: str, key: str, value: str, content_type: str) -> None:
        root = self.edit(CONTENT_TYPES)
        if not any((e.get(key) or "").casefold() == value.casefold() for e in root):
            place = 0 if kind == "Default" else len(root)
            root.insert(place, etree.Element(f"{{{TYPES}}}{kind}", {key: value, "ContentType": content_type}))

    def relations(self, part: str) -> Iterator[etree._Element]:
        rels = self.named(_rels_of(part))
        if rels in self.parts:
            yield from (e for e in (self._edited[rels] if rels in self._edited else parsed(self.parts[rels])) if isinstance(e.tag, str))

    def targets(self, part: str, kind: str) -> dict[str, str]:
        """Relationship id → part, for the relationships of a part whose type ends in a kind."""
        inside = [e for e in self.relations(part) if e.get("Type", "").endswith(kind) and e.get("TargetMode") != "External"]
        folder = posixpath.join("/", posixpath.dirname(part))
        found = {e.get("Id", ""): posixpath.normpath(posixpath.join(folder, e.get("Target", ""))).lstrip("/") for e in inside}
        return {key: self.named(target) for key, target in found.items() if self.named(target) in self.parts}

    def relate(self, part: str, kind: str, target: str) -> str:
        """A new relationship from a part to another ("" is the package itself); gives its id."""
        rels = self.named(_rels_of(part))
        if rels not in self.parts:
            self.parts[rels] = f'<Relationships xmlns="{RELATIONS}"/>'.encode()
        root = self.edit(rels)
        taken = {e.get("Id") for e in root}
        key = next(key for key in (f"rIdMark{n}" for n in range(1, 10_000)) if key not in taken)
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=key, Type=kind, Target=f"/{target}")
        return key

    def written(self) -> bytes:
        """The whole package."""
        for name, root in self._edited.items():
            if plain(root) != plain(parsed(self.parts[name])):
                self.parts[name] = serialised(root)
        out = BytesIO()
        with ZipFile(out, "w") as archive:
            for name, content in self.parts.items():
                archive.writestr(self._entry(name), content)
        return out.getvalue()

    def _entry(self, name: str) -> ZipInfo:
        old = self._entries.get(name)
        entry = ZipInfo(name, old.date_time if old else NEVER)
        entry.compress_type = old.compress_type if old and old.compress_type == 0 else 8
        entry.create_system = 0
        return entry


def parsed(part: bytes) -> etree._Element:
    """The root of a part; nothing outside it is ever fetched. Raises ValueError where it has a DOCTYPE or isn't XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise ValueError("not XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a DOCTYPE")
    return root


def serialised(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True))


def plain(root: etree._Element) -> bytes:
    """A part in the one way of writing that is the same for all that mean the same (Canonical XML 1.0)."""
    return bytes(etree.tostring(root, method="c14n"))


def namespace(root: etree._Element) -> str:
    return etree.QName(root).namespace or ""


def relation_types(main: str) -> str:
    """Where the names of relationships begin, by the namespace of a main part: Strict has its own (ISO/IEC 29500-1)."""
    return f"{STRICT}officeDocument/relationships" if main.startswith(STRICT) else TRANSITIONAL


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
