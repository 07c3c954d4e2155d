"""The same bytes for the same workbook: no clock time, no order by chance, no author."""

from __future__ import annotations

import io
import re
import zipfile

NEVER = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can carry (PKWARE APPNOTE 4.4.6)."""
ISSUED = b"2026-01-01T00:00:00Z"
"""openpyxl writes now(); a blank is dated by its version instead, so this is the same in all of them."""


def same_bytes(saved: bytes, sheet: str, ignore_on: str) -> bytes:
    """The workbook rewritten so that two builds are equal.

    `sheet` is the part that holds the answers and `ignore_on` its range: there Excel is told not to mark telephone and
    NHS numbers as "number stored as text", which they are on purpose (ECMA-376 part 1, 18.3.1.52 ignoredErrors; openpyxl
    cannot write it).
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, NEVER)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = _undated(old.read(name)) if name == "docProps/core.xml" else old.read(name)
            new.writestr(entry, _unmarked(content, ignore_on) if name == sheet else content)
    return out.getvalue()


def _undated(core: bytes) -> bytes:
    return re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>" + ISSUED, core)


def _unmarked(sheet: bytes, area: str) -> bytes:
    note = f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
    return sheet.replace(b"</worksheet>", note.encode() + b"</worksheet>")
