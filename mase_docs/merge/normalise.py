"""A merged document made fit to leave the house: nothing hidden in it, every id its own, and the same bytes for the same content."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from mase_docs.merge.read import DRAWING, W, unzip

HIDDEN = re.compile(
    r"(docProps/(custom\.xml|thumbnail\.\w+)|customXml/.*|word/(people|commentsExtended|commentsIds|stylesWithEffects)\.xml)\Z"
)
NOISE = {f"{W}{name}" for name in ("proofErr", "lastRenderedPageBreak", "rsids", "docVars", "attachedTemplate")}
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>'
)
APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>mase_docs</Application></Properties>'
)


def normalise(data: bytes, title: str) -> bytes:
    """The document with its title and language as its only properties, without revision marks and hidden parts, with ids of its
    own for bookmarks and drawings, and zipped so that the same content gives the same bytes."""
    members = unzip(data)
    for name in [name for name in members if HIDDEN.match(name)]:
        _drop(members, name)
    members |= {name: text for name, text in _properties(members, title).items() if name in members}
    ids = _Ids()
    for name in sorted(n for n in members if re.fullmatch(r"word/[^/]+\.xml", n)):
        members[name] = _tidied(members[name], ids)
    return zipped(members)


def zipped(members: dict[str, bytes]) -> bytes:
    """The members as a zip file whose bytes depend on nothing else; the content types first, as readers like it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members, key=lambda n: (n != "[Content_Types].xml", n != "_rels/.rels", n)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(entry, members[name])
    return out.getvalue()


def _properties(members: dict[str, bytes], title: str) -> dict[str, bytes]:
    return {"docProps/core.xml": CORE.format(title=escape(title)).encode(), "docProps/app.xml": APP.encode()}


def root_of(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def as_bytes(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _drop(members: dict[str, bytes], name: str) -> None:
    """Take a part out, with what points to it."""
    del members[name]
    for other in [n for n in members if n.endswith(".rels")]:
        base = posixpath.dirname(posixpath.dirname(other))
        _prune(members, other, lambda e, base=base: _target(base, e.get("Target", "")) == name and e.get("TargetMode") != "External")
    _prune(members, "[Content_Types].xml", lambda e: e.get("PartName") == f"/{name}")


def _target(base: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")


def _prune(members: dict[str, bytes], name: str, unwanted: Any) -> None:
    root = root_of(members[name])
    found = [element for element in root if unwanted(element)]
    for element in found:
        root.remove(element)
    if found:
        members[name] = as_bytes(root)


class _Ids:
    """Ids and names that are used once in the whole document."""

    def __init__(self) -> None:
        self.last: Counter[str] = Counter()
        self.names: Counter[str] = Counter()
        self.open: dict[str, str] = {}

    def next(self, kind: str) -> str:
        self.last[kind] += 1
        return str(self.last[kind])

    def name(self, name: str) -> str:
        """The bookmark's name; name_2, name_3 … where a loop has made copies of it."""
        self.names[name] += 1
        return name if self.names[name] == 1 else f"{name}_{self.names[name]}"


def _tidied(data: bytes, ids: _Ids) -> bytes:
    root = root_of(data)
    links = Counter[str]()
    for element in list(root.iter(f"{W}*", DRAWING)):
        _without_revisions(element)
        _with_its_own_id(element, ids)
        if element.tag == f"{W}hyperlink" and element.get(f"{W}anchor"):
            links[element.get(f"{W}anchor")] += 1
        if element.tag in NOISE:
            element.getparent().remove(element)
        elif element.tag in (f"{W}tc", f"{W}hdr", f"{W}ftr") and not _ends_in_paragraph(element):
            element.append(element.makeelement(f"{W}p"))
    _lead_on(root, links)
    return as_bytes(root)


def _without_revisions(element: Any) -> None:
    for name in [n for n in element.attrib if n.startswith((f"{W}rsid", f"{W14}paraId", f"{W14}textId"))]:
        del element.attrib[name]


def _with_its_own_id(element: Any, ids: _Ids) -> None:
    if element.tag == DRAWING:
        element.set("id", ids.next("drawing"))
    elif element.tag == f"{W}sdtPr" and element.find(f"{W}id") is not None:
        element.find(f"{W}id").set(f"{W}val", ids.next("control"))
    elif element.tag == f"{W}bookmarkStart":
        ids.open[element.get(f"{W}id")] = ids.next("bookmark")
        element.set(f"{W}id", ids.open[element.get(f"{W}id")])
        element.set(f"{W}name", ids.name(element.get(f"{W}name")))
    elif element.tag == f"{W}bookmarkEnd":
        element.set(f"{W}id", ids.open.get(element.get(f"{W}id")) or ids.next("bookmark"))


def _ends_in_paragraph(element: Any) -> bool:
    """A cell that ends otherwise is one that Word refuses (ECMA-376 part 1, 17.4.65)."""
    return len(element) > 0 and element[-1].tag == f"{W}p"


def _lead_on(root: Any, links: Counter[str]) -> None:
    """Where a loop made as many links as bookmarks of one name, the second link leads to the second bookmark, and so on."""
    names = {element.get(f"{W}name") for element in root.iter(f"{W}bookmarkStart")}
    passed = Counter[str]()
    for link in root.iter(f"{W}hyperlink"):
        anchor = link.get(f"{W}anchor")
        if anchor and links[anchor] > 1:
            passed[anchor] += 1
            own = f"{anchor}_{passed[anchor]}"
            link.set(f"{W}anchor", own if own in names else anchor)
