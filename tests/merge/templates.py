"""Small Word templates made for a test, right ones and deliberately broken ones."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx import Document

from mase_docs.merge.normalise import zipped
from mase_docs.merge.read import unzip


def template(folder: Path, *paragraphs: str, table: list[list[str]] | None = None, header: str = "", after: tuple[str, ...] = ()) -> Path:
    """A document of these paragraphs, then a table, then more paragraphs."""
    document: Any = Document()
    for text in paragraphs:
        _add(document, text)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for row, texts in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    for text in after:
        _add(document, text)
    document.sections[0].header.paragraphs[0].text = header
    path = folder / "own.docx"
    document.save(path)
    return path


def _add(document: Any, text: str) -> None:
    if text.startswith("# "):
        document.add_heading(text[2:], 1)
    else:
        document.add_paragraph(text)


def patched(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The same document with one of its parts changed as text."""
    members = unzip(path.read_bytes())
    members[part] = change(members[part].decode()).encode()
    path.write_bytes(zipped(members))
    return path


def with_part(path: Path, name: str, content: str, type: str, relation: str) -> Path:
    """The same document with another part, related to its body."""
    members = unzip(path.read_bytes())
    members[name] = content.encode()
    types, rels = "[Content_Types].xml", "word/_rels/document.xml.rels"
    members[types] = members[types].replace(b"</Types>", f'<Override PartName="/{name}" ContentType="{type}"/></Types>'.encode())
    link = f'<Relationship Id="rIdX" Type="{relation}" Target="{name.removeprefix("word/")}"/></Relationships>'
    members[rels] = members[rels].replace(b"</Relationships>", link.encode())
    path.write_bytes(zipped(members))
    return path


def part(document: bytes, name: str) -> str:
    with ZipFile(BytesIO(document)) as archive:
        return archive.read(name).decode()
