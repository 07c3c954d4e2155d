"""Comments on a Word document, beside those that are there (ECMA-376 part 1, 17.13.4)."""

from __future__ import annotations

from lxml import etree

from mase_docs.packs.package import Package, namespace, relation_types

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
BESIDE = ("/commentsExtended", "/commentsIds", "/commentsExtensible")
"""What newer Words keep about each comment, by the identity of its paragraph ([MS-DOCX] 2.2.3)."""
ANCHORS = ("commentRangeStart", "commentRangeEnd", "commentReference")


class Comments:
    """The comments of a document. Ours are known by their author."""

    def __init__(self, package: Package, author: str) -> None:
        self._package, self._author = package, author
        self._document = package.edit(package.main)
        self._at = f"{{{namespace(self._document)}}}"
        part = next(iter(package.targets(package.main, "/comments").values()), None)
        self._root = package.edit(part) if part else None

    def clear(self) -> None:
        """Takes away the comments of an earlier time."""
        root = self._root if self._root is not None else ()
        ours = [comment for comment in root if comment.get(f"{self._at}author") == self._author]
        gone = {comment.get(f"{self._at}id") for comment in ours}
        for anchor in [e for kind in ANCHORS for e in self._document.iter(f"{self._at}{kind}") if e.get(f"{self._at}id") in gone]:
            run = anchor.getparent()
            is_alone = run.tag == f"{self._at}r" and not any(e.tag not in (f"{self._at}rPr", anchor.tag) for e in run)
            _removed(run if is_alone else anchor)
        self._forget({value for comment in ours for e in comment.iter() for key, value in e.attrib.items() if _is_identity(key)})
        for comment in ours:
            _removed(comment)

    def _forget(self, identities: set[str]) -> None:
        for part in (part for kind in BESIDE for part in self._package.targets(self._package.main, kind).values()):
            for known in [e for e in self._package.edit(part) if any(_is_identity(key) and e.get(key) in identities for key in e.attrib)]:
                _removed(known)

    def add(self, paragraph: etree._Element, text: str) -> None:
        """A comment on all of a paragraph."""
        number = {f"{self._at}id": self._new(text)}
        first = 1 if len(paragraph) and paragraph[0].tag == f"{self._at}pPr" else 0
        paragraph.insert(first, etree.Element(f"{self._at}commentRangeStart", number))
        etree.SubElement(paragraph, f"{self._at}commentRangeEnd", number)
        etree.SubElement(etree.SubElement(paragraph, f"{self._at}r"), f"{self._at}commentReference", number)

    def _new(self, text: str) -> str:
        """A new comment's number."""
        root = self._root = self._made() if self._root is None else self._root
        taken = [int(e.get(f"{self._at}id", "0")) for e in root]
        number = str(max(taken, default=-1) + 1)
        about = {"id": number, "author": self._author, "initials": self._author[:1]}
        comment = etree.SubElement(root, f"{self._at}comment", {f"{self._at}{key}": value for key, value in about.items()})
        for line in text.split("\n"):
            said = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{self._at}p"), f"{self._at}r"), f"{self._at}t")
            said.text = line
        return number

    def _made(self) -> etree._Element:
        root = etree.Element(f"{self._at}comments", nsmap={"w": self._at[1:-1]})
        part = self._package.add("word/comments{}.xml", etree.tostring(root), CONTENT_TYPE)
        self._package.relate(self._package.main, f"{relation_types(self._at[1:-1])}/comments", part)
        return self._package.edit(part)


def _is_identity(attribute: str) -> bool:
    return attribute.rpartition("}")[2] in ("paraId", "durableId")


def _removed(element: etree._Element) -> None:
    """Takes an element out, unless it went with another."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
