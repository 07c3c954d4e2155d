"""The structure tree: what a screen reader walks, in the order of the form (ISO 32000-1, 14.7; PDF/UA-1, ISO 14289-1)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import IndirectObject

from mase_docs.blanks.pdf_objects import Name, obj, put
from mase_docs.blanks.pdf_page import Drawn
from mase_docs.blanks.pdf_sheet import Tag
from mase_docs.blanks.pdf_widgets import Widgets


@dataclass(slots=True)
class Tree:
    """The tree as it is made: `holds` is what stands on the pages for each tag, `made` its element, `parents` the way back from a
    page or widget to its elements."""

    writer: PdfWriter
    holds: dict[Tag, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    made: dict[Tag, IndirectObject] = field(default_factory=dict)
    parents: list[Any] = field(default_factory=list)


def add(writer: PdfWriter, document: Tag, drawn: Drawn, widgets: Widgets) -> None:
    """Gives the pages their structure tree; `document` is its root element."""
    tree = Tree(writer)
    _gather(tree, drawn, widgets)
    root = writer._add_object(obj({"Type": Name("StructTreeRoot")}))
    put(root, K=_element(tree, document, root))
    _back_links(tree, drawn, widgets)
    numbers = [item for pair in enumerate(tree.parents) for item in pair]
    put(root, ParentTree=writer._add_object(obj({"Nums": numbers})), ParentTreeNextKey=len(tree.parents))
    put(writer.root_object, StructTreeRoot=root, MarkInfo={"Marked": True})


def _gather(tree: Tree, drawn: Drawn, widgets: Widgets) -> None:
    for page, content, inputs in zip(tree.writer.pages, drawn.content, drawn.inputs, strict=True):
        where = page.indirect_reference
        for number, tag in enumerate(content):
            tree.holds[tag].append({"Type": Name("MCR"), "Pg": where, "MCID": number})
        for place, _ in inputs:
            tree.holds[place.tag].append({"Type": Name("OBJR"), "Pg": where, "Obj": widgets.of[id(place)]})


def _element(tree: Tree, tag: Tag, parent: IndirectObject) -> IndirectObject:
    element = tree.writer._add_object(obj({"Type": Name("StructElem"), "S": Name(tag.kind), "P": parent}))
    tree.made[tag] = element
    kids = [*tree.holds[tag], *(_element(tree, kid, element) for kid in tag.kids)]
    put(element, K=kids[0] if len(kids) == 1 else kids)
    if tag.scope:
        put(element, A={"O": Name("Table"), "Scope": Name(tag.scope)})
    return element


def _back_links(tree: Tree, drawn: Drawn, widgets: Widgets) -> None:
    for number, (page, content) in enumerate(zip(tree.writer.pages, drawn.content, strict=True)):
        put(page, StructParents=number)
        tree.parents.append([tree.made[tag] for tag in content])
    for place in (place for inputs in drawn.inputs for place, _ in inputs):
        put(widgets.of[id(place)], StructParent=len(tree.parents))
        tree.parents.append(tree.made[place.tag])
