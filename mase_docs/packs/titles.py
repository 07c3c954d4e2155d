"""The title that a document says it has: Word and LibreOffice keep it through every change, and hand it on to a PDF."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from mase_docs.packs.package import parsed
from mase_docs.silence import silence

TITLE = "{http://purl.org/dc/elements/1.1/}title"
DESCRIBED = ("docProps/core.xml", "meta.xml")
"""Where a package of either kind keeps it (ECMA-376 part 2, 8; OpenDocument 1.3 part 2, 3.1.4)."""
LONGEST = 200_000
"""Bytes of such a part; ours are far below."""
PACKED, PDF = b"PK\x03\x04", b"%PDF-"


def may_have_one(data: bytes) -> bool:
    return data.startswith((PACKED, PDF))


def title_of(data: bytes) -> str:
    """The title of a Word or OpenDocument file, a workbook or a PDF; "" for none. What isn't as its format says may raise anything."""
    return _packed(data) if data.startswith(PACKED) else _of_pdf(data) if data.startswith(PDF) else ""


def _packed(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as archive:
        names = {entry.filename for entry in archive.infolist() if entry.file_size < LONGEST}
        described = [archive.open(name).read(LONGEST) for name in DESCRIBED if name in names]
    return next((element.text or "" for part in described for element in parsed(part).iter(TITLE)), "")


def _of_pdf(data: bytes) -> str:
    from pypdf import PdfReader

    with silence("pypdf"):
        told = PdfReader(BytesIO(data)).metadata
        return str(told.title or "") if told else ""
