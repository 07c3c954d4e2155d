"""The reference number that a form carries when it goes back to its sender, so that it is known again when it returns."""

from __future__ import annotations

from lxml import etree

from mase_docs.packs.package import TRANSITIONAL, Package, namespace

NAME = "FormReference"
PART = "docProps/custom.xml"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
OURS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id that every custom property carries (ECMA-376 part 1, 22.3.2.2)."""


def put_reference(package: Package, reference: str) -> None:
    """Sets the custom property, and leaves every other as it is (ECMA-376 part 1, 22.3)."""
    root = package.edit(_part(package))
    at = namespace(root)
    found = next((e for e in root if e.get("name") == NAME), None)
    if found is None:
        pids = [int(e.get("pid", "1")) for e in root]
        found = etree.SubElement(root, f"{{{at}}}property", fmtid=OURS, pid=str(max([1, *pids]) + 1), name=NAME)
    found[:] = []
    etree.SubElement(found, f"{{{_values(root)}}}lpwstr").text = reference


def _part(package: Package) -> str:
    """The part of the custom properties; made where there is none."""
    there = {**package.targets("", "/custom-properties"), **package.targets("", "/customProperties")}
    if there:
        return next(iter(there.values()))
    root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap={None: CUSTOM, "vt": VALUES})
    part = package.add(PART, etree.tostring(root), CONTENT_TYPE)
    package.relate("", f"{TRANSITIONAL}/custom-properties", part)
    return part


def _values(root: etree._Element) -> str:
    """The namespace of the values: that of the values there are, else the one that goes with the root's."""
    inside = next((namespace(value) for e in root for value in e), "")
    return inside or (VALUES if namespace(root) == CUSTOM else "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes")
