"""Files as they arrive broken, made here byte by byte: no real form is in any of them."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Mapping

from tests.intake.compound_file import compound_file

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def package(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def types_of(main: str) -> str:
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<Types xmlns="{types}"><Override PartName="/a" ContentType="{main}"/></Types>'


def relations(*targets: tuple[str, str]) -> str:
    inside = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def workbook_parts(rows: str, more: str = "", names: str = "", **parts: str | bytes) -> dict[str, str | bytes]:
    """The parts of a small workbook with one sheet; `rows` is the inside of sheetData."""
    return {
        "[Content_Types].xml": types_of(SHEET_TYPE),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/>'
        '<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets>'
        f"<definedNames>{names}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{more}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>',
        **parts,
    }


def workbook(rows: str, more: str = "", names: str = "", **parts: str | bytes) -> bytes:
    return package(workbook_parts(rows, more, names, **parts))


def ole(*streams: str) -> bytes:
    """An old Office file with empty streams of those names."""
    return compound_file(dict.fromkeys(streams, b""))


def random_bytes(size: int = 5000) -> bytes:
    return random.Random(7).randbytes(size)


def overlapping_zip() -> bytes:
    """Two entries that share one part's bytes, as a zip bomb's do (Fifield, "A better zip bomb", 2019)."""
    content = zlib.compress(b"x" * 100)[2:-4]
    head = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, zlib.crc32(b"x" * 100), len(content), 100, 1, 0) + b"a"
    central = b"".join(
        struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, zlib.crc32(b"x" * 100), len(content), 100, 1, 0, 0, 0, 0, 0, 0)
        + name
        for name in (b"a", b"b")
    )
    return head + content + central + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 2, 2, len(central), len(head + content), 0)
