"""The last hand on a workbook that openpyxl wrote: the same bytes every time, and written as Excel itself would write it."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from mase_docs.blanks.package import Parts, zipped

ISSUED = b"2026-01-01T00:00:00Z"
"""openpyxl writes now(); a blank is dated by its version instead, so this is the same in all of them."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS, STYLES, CORE = "xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml"
STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
STRINGS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
FONT_ORDER = (
    "b",
    "i",
    "strike",
    "condense",
    "extend",
    "outline",
    "shadow",
    "u",
    "vertAlign",
    "sz",
    "color",
    "name",
    "family",
    "charset",
    "scheme",
)
"""The order of a font's parts in which Excel writes and some readers expect them (ECMA-376 part 1, 18.8.22)."""


def finished(saved: bytes, sheet: str, answers: str) -> bytes:
    """The workbook rewritten: two builds are equal, strings are shared, fonts in order, no clock time.

    `sheet` is the part that holds the answers and `answers` its range. There Excel is told not to mark telephone and NHS numbers
    as "number stored as text", which they are on purpose (18.3.1.52 ignoredErrors; openpyxl cannot write it).
    """
    with zipfile.ZipFile(io.BytesIO(saved)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[CORE] = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>" + ISSUED, parts[CORE])
    parts[STYLES] = _fonts_in_order(parts[STYLES])
    note = f'<ignoredErrors><ignoredError sqref="{answers}" numberStoredAsText="1"/></ignoredErrors>'
    parts[sheet] = parts[sheet].replace(b"</worksheet>", note.encode() + b"</worksheet>")
    _share_strings(parts)
    return zipped(parts)


def _fonts_in_order(styles: bytes) -> bytes:
    root = etree.fromstring(styles)
    for font in root.iter(f"{{{MAIN}}}font"):
        font[:] = sorted(font, key=lambda part: FONT_ORDER.index(etree.QName(part).localname))
    return _written(root)


def _share_strings(parts: Parts) -> None:
    """Moves the texts of cells into the shared table, as Excel would do at the first saving; nothing where it is done already."""
    if STRINGS in parts:
        return
    table: dict[str, int] = {}
    for name in [name for name in sorted(parts) if name.startswith("xl/worksheets/sheet")]:
        parts[name] = _with_shared(parts[name], table)
    parts[STRINGS] = _strings(table)
    _mention(parts, "[Content_Types].xml", f'<Override PartName="/{STRINGS}" ContentType="{STRINGS_TYPE}"/></Types>')
    relation = f'<Relationship Id="rIdStrings" Type="{STRINGS_RELATION}" Target="/{STRINGS}"/></Relationships>'
    _mention(parts, "xl/_rels/workbook.xml.rels", relation)


def _with_shared(sheet: bytes, table: dict[str, int]) -> bytes:
    root = etree.fromstring(sheet)
    for cell in root.iter(f"{{{MAIN}}}c"):
        if cell.get("t") == "inlineStr":
            text = "".join(cell.itertext())
            cell.set("t", "s")
            cell[:] = [etree.Element(f"{{{MAIN}}}v")]
            cell[0].text = str(table.setdefault(text, len(table)))
    return _written(root)


def _strings(table: dict[str, int]) -> bytes:
    root = etree.Element(f"{{{MAIN}}}sst", nsmap={None: MAIN}, uniqueCount=str(len(table)))
    for text in table:
        part = etree.SubElement(etree.SubElement(root, f"{{{MAIN}}}si"), f"{{{MAIN}}}t")
        part.text = text
        part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _written(root)


def _mention(parts: Parts, name: str, ending: str) -> None:
    """Puts a line at the end of a list of parts."""
    tag = ending[ending.rindex("</") :].encode()
    parts[name] = parts[name].replace(tag, ending.encode())


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
