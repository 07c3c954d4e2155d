"""Fills in a Word form as Word itself does it, in the XML: the placeholder and its look go, what was typed takes their place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
SPACES = {"w": W, "w14": W14}
Typed = str | bool


def q(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def edited(document: bytes, edit: Callable[[Any], None], part: str = "word/document.xml") -> bytes:
    """The document with one part changed; everything else byte for byte."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == part:
                root = etree.fromstring(data)
                edit(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(entry, data)
    return out.getvalue()


def fill_word(blank: bytes, answers: Mapping[str, Typed]) -> bytes:
    """Types into the control of each tag, or ticks it. KeyError for a tag that isn't there."""

    def fill(root: Any) -> None:
        controls = {tag.get(q("w:val")): tag.getparent().getparent() for tag in root.iter(q("w:tag"))}
        for tag, typed in answers.items():
            fill_control(controls[tag], typed)

    return edited(blank, fill)


def fill_control(sdt: Any, typed: Typed) -> None:
    about, content = sdt.find(q("w:sdtPr")), sdt.find(q("w:sdtContent"))
    box = about.find(q("w14:checkbox"))
    if box is not None:
        box.find(q("w14:checked")).set(q("w14:val"), "1" if typed else "0")
        next(content.iter(q("w:t"))).text = "☒" if typed else "☐"
        return
    for showing in about.findall(q("w:showingPlcHdr")):
        about.remove(showing)
    kept = about.find(q("w:date"))
    if kept is not None and re.fullmatch(r"\d\d/\d\d/\d{4}", str(typed)):
        kept.set(q("w:fullDate"), f"{datetime.strptime(str(typed), '%d/%m/%Y'):%Y-%m-%d}T00:00:00Z")
    run = next(content.iter(q("w:r")))
    for old in list(run):
        run.remove(old)
    for number, line in enumerate(str(typed).split("\n")):
        if number:
            etree.SubElement(run, q("w:br"))
        text = etree.SubElement(run, q("w:t"))
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
