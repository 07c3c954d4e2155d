"""What a file in a mail or an archive is called: never a path, nothing hidden in it, and what it claims the file to be."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
LONGEST_ENDING = 12
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""General categories (Unicode Standard Annex 44, table 12): control, format (bidi, zero-width), surrogate, private, none, line ends."""
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that print as nothing."""
PUSHED = re.compile(r"(?<!\s)\s{5,}\.\w+\s*$")
"""An ending pushed out of sight: `form.pdf          .exe`."""
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)", re.IGNORECASE)
"""Names that Windows takes for a device, whatever their ending ("Naming Files, Paths, and Namespaces")."""

OFFICE = "encrypted rights zip ole"
PICTURE = "picture unknown"
CLAIMS = {
    "xlsx": f"xlsx xlsx_strict {OFFICE}",
    "xltx": f"xlsx xlsx_strict {OFFICE}",
    "xlsm": f"xlsm {OFFICE}",
    "xltm": f"xlsm {OFFICE}",
    "xlsb": f"xlsb {OFFICE}",
    "xls": f"xls {OFFICE}",
    "docx": f"docx {OFFICE}",
    "dotx": f"docx {OFFICE}",
    "docm": f"docm {OFFICE}",
    "doc": f"doc {OFFICE}",
    "pptx": f"pptx {OFFICE}",
    "ppt": f"ppt {OFFICE}",
    "ods": "ods zip",
    "odt": "odt zip",
    "pdf": "pdf pdf_flat pdf_scan pdf_xfa rights",
    "eml": "email",
    "msg": "msg ole",
    "mbox": "mbox",
    "rpmsg": "rpmsg",
    "zip": "zip locked_zip",
    "7z": "archive",
    "rar": "archive",
    "gz": "archive",
    "htm": "html",
    "html": "html",
    "rtf": "rtf",
    "txt": "text email mbox",
    "csv": "text",
    "ics": "text email",
    "vcf": "text email",
    "jpg": PICTURE,
    "jpeg": PICTURE,
    "png": PICTURE,
    "gif": PICTURE,
    "bmp": PICTURE,
    "tif": PICTURE,
    "tiff": PICTURE,
    "heic": PICTURE,
}
"""Ending → the kinds (sniff.py) that a file so called may honestly be."""
SPOILT = {"empty", "zeros", "unknown"}
"""Kinds of files that came to harm on their way, whatever they are called."""


def visible(text: str) -> str:
    """The text on one line, without what cannot be seen: control, bidi and zero-width characters; white space in ones."""
    shown = "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in INVISIBLE and c not in BLANK)
    return unicodedata.normalize("NFC", " ".join(shown.split()))


def safe_name(name: str, otherwise: str = "file") -> str:
    """What a file may be called here and on any disk: the last piece of a path, nothing invisible in it, at most 120 characters.

    Its ending is kept. `otherwise` is the name of one that has none left.
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r'[<>:"|?*]', "_", visible(last).replace(": ", " ")).strip(" ").rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > LONGEST:
        plain = stem[: LONGEST - len(ending) - 1] + dot + ending if dot and len(ending) <= LONGEST_ENDING else plain[:LONGEST]
    return ("_" + plain if DEVICE.match(plain) else plain) or otherwise


def hides(name: str) -> bool:
    """Whether a name holds characters that cannot be seen, or pushes its ending out of sight. Folded white space is none of that."""
    return visible(name) != unicodedata.normalize("NFC", " ".join(name.split())) or bool(PUSHED.search(name))


def claims(name: str) -> frozenset[str] | None:
    """The kinds that a name's ending stands for; None for an ending that is not known."""
    kinds = CLAIMS.get(name.rpartition(".")[2].strip().casefold())
    return frozenset(kinds.split()) if kinds else None


def is_disguised(name: str, kind: str) -> bool:
    """Whether a name's ending stands for another kind of file than its bytes proved to be."""
    claimed = claims(name)
    return claimed is not None and kind not in claimed and kind not in SPOILT
