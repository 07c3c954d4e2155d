"""A file of Office as a package of parts (ECMA-376 part 2): a zip whose bytes depend on nothing but its parts."""

from __future__ import annotations

import io
import zipfile

NEVER = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can carry (PKWARE APPNOTE 4.4.6)."""

Parts = dict[str, bytes]


def zipped(parts: Parts) -> bytes:
    """The package, its parts by name in order, the content types first as readers like it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, NEVER)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, parts[name])
    return out.getvalue()
