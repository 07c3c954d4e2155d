"""What kind of file some bytes are. Names are never asked: a renamed file is what its bytes say."""

from __future__ import annotations

import re
from collections.abc import Callable
from zipfile import ZipFile

from mase_docs.intake.limits import open_zip, unpacked

HEAD = 4096
"""As many of the first bytes as are needed to tell kinds apart, but for what is inside an archive."""

KINDS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole",
    b"{\\rtf": "rtf",
    b"\x89PNG\r\n\x1a\n": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF87a": "picture",
    b"GIF89a": "picture",
    b"BM": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
    b"Rar!\x1a\x07": "archive",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"\x1f\x8b": "archive",
}
"""First bytes → kind."""

OLE_STREAMS = {
    "EncryptedPackage": "encrypted",
    "__substg1.0_": "msg",
    "Workbook": "xls",
    "Book": "xls",
    "WordDocument": "doc",
    "PowerPoint Document": "ppt",
}
"""What an OLE file holds, by the name of a stream (MS-CFB 2.6.1, MS-OFFCRYPTO 2.3.4.4, MS-XLS 2.1.2, MS-DOC 2.1, MS-OXMSG 2.2)."""

OPEN_DOCUMENT = {"spreadsheet": "ods", "text": "odt", "presentation": "odp"}
OFFICE = {
    "spreadsheetml.sheet.main+xml": "xlsx",
    "spreadsheetml.template.main+xml": "xlsx",
    "ms-excel.sheet.macroenabled.main+xml": "xlsm",
    "ms-excel.template.macroenabled.main+xml": "xlsm",
    "ms-excel.sheet.binary.macroenabled.main": "xlsb",
    "wordprocessingml": "docx",
    "ms-word.": "docx",
    "presentationml": "pptx",
}
"""What a package's main part is, by a piece of its content type (ECMA-376 part 1, annex A)."""
STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
"""The relationship that Strict packages use (ISO/IEC 29500-1) where all others use the one of ECMA-376."""

MAIL = re.compile(rb"(received|return-path|from|to|subject|date|mime-version|message-id|delivered-to|x-[\w-]+):[ \t]", re.IGNORECASE)
HTML = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE | re.DOTALL)


def sniff(data: bytes) -> str:
    """The kind: xlsx, xlsm, xlsx_strict, xlsb, docx, pptx, ods, odt, odp, zip, locked_zip, encrypted, xls, doc, ppt, msg, ole, pdf, html,
    email, rtf, picture, archive, text, zeros, empty or unknown.

    Raises InputRefusedError for an archive that is damaged or not safe to unpack.
    """
    kind = sniff_head(data)
    inside = INSIDE.get(kind)
    return inside(data) if inside else kind


def sniff_head(data: bytes) -> str:
    """The kind as far as the first bytes tell: an Office file is only "zip" or "ole"."""
    head = data[:HEAD]
    if not head:
        return "empty"
    if not head.strip(b"\x00"):
        return "zeros"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return next((kind for magic, kind in KINDS.items() if head.startswith(magic)), None) or _words(head)


def _words(head: bytes) -> str:
    """The kind of what may be text: a web page, an e-mail, plain text, or else unknown."""
    text = (
        head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")
        if head[:2] in (b"\xff\xfe", b"\xfe\xff")
        else head.removeprefix(b"\xef\xbb\xbf")
    )
    if HTML.match(text):
        return "html"
    if MAIL.match(text) and len(MAIL.findall(text)) > 1:
        return "email"
    return "text" if _is_text(text) else "unknown"


def _is_text(head: bytes) -> bool:
    odd = sum(byte < 32 and byte not in b"\t\n\r\x0c\x1b" for byte in head)
    if odd or b"\x7f" in head:
        return False
    try:
        head[:-4].decode("utf-8") if len(head) == HEAD else head.decode("utf-8")
    except UnicodeDecodeError:
        return sum(byte > 126 for byte in head) * 5 < len(head)
    return True


def _in_zip(data: bytes) -> str:
    with open_zip(data) as archive:
        names = archive.namelist()
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            return "locked_zip"
        if "mimetype" in names:
            told = unpacked(archive, "mimetype", 200).decode("ascii", "replace")
            return next((kind for word, kind in OPEN_DOCUMENT.items() if told.endswith(f"opendocument.{word}")), "zip")
        return _package(archive) if "[Content_Types].xml" in names else "zip"


def _package(archive: ZipFile) -> str:
    types = unpacked(archive, "[Content_Types].xml").decode("utf-8", "replace").casefold()
    kind = next((kind for piece, kind in OFFICE.items() if piece in types), "zip")
    strict = kind == "xlsx" and "_rels/.rels" in archive.namelist() and STRICT in unpacked(archive, "_rels/.rels")
    return "xlsx_strict" if strict else kind


def _in_ole(data: bytes) -> str:
    return next((kind for stream, kind in OLE_STREAMS.items() if stream.encode("utf-16-le") in data), "ole")


INSIDE: dict[str, Callable[[bytes], str]] = {"zip": _in_zip, "ole": _in_ole}
