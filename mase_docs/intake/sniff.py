"""What kind of file some bytes are. Names are never asked: a renamed file is what its bytes say."""

from __future__ import annotations

import re
from collections.abc import Callable
from zipfile import ZipFile

from mase_docs.intake.compound import MAGIC as COMPOUND
from mase_docs.intake.compound import Compound
from mase_docs.intake.limits import open_zip, unpacked

HEAD = 4096
"""As many of the first bytes as are needed to tell kinds apart, but for what is inside an archive."""

KINDS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    COMPOUND: "ole",
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
    b"\x78\x9f\x3e\x22": "tnef",
    b"\x76\xe8\x04\x60\xc4\x11\xe3\x86": "rpmsg",
    b"-----BEGIN PGP MESSAGE-----": "pgp",
    b"-----BEGIN PGP SIGNATURE-----": "signature",
}
"""First bytes → kind (winmail.dat: MS-OXTNEF 2.1.3.1; message.rpmsg: MS-OXORMMS 2.1.1)."""

OLE_STREAMS = {
    "encryptedpackage": "encrypted",
    "__properties_version1.0": "msg",
    "workbook": "xls",
    "book": "xls",
    "worddocument": "doc",
    "powerpoint document": "ppt",
}
"""What a compound file is, by what lies at its root (MS-OFFCRYPTO 2.3.4.4, MS-XLS 2.1.2, MS-DOC 2.1, MS-OXMSG 2.2.3)."""
RIGHTS = {"drmencryptedtransform", "\tdrmtransform", "\tdrmcontent"}
"""What lies anywhere in a compound file that only named people can open (MS-OFFCRYPTO 2.2)."""
RIGHTS_PDF = b"MicrosoftIRMServices"
"""The name that a PDF of that kind carries (Microsoft's "Protected PDF", versions 1 and 2)."""

CMS = re.compile(
    rb"\x30.{1,9}?\x06(\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x02\x03]|\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17)", re.DOTALL
)
"""The head of what S/MIME encrypts (…7.3, …1.23) or signs (…7.2): a sequence and the number of its type (RFC 5652, 3)."""

OPEN_DOCUMENT = {"spreadsheet": "ods", "text": "odt", "presentation": "odp"}
OFFICE = {
    "spreadsheetml.sheet.main+xml": "xlsx",
    "spreadsheetml.template.main+xml": "xlsx",
    "ms-excel.sheet.macroenabled.main+xml": "xlsm",
    "ms-excel.template.macroenabled.main+xml": "xlsm",
    "ms-excel.sheet.binary.macroenabled.main": "xlsb",
    "ms-word.document.macroenabled.main+xml": "docm",
    "ms-word.template.macroenabled": "docm",
    "wordprocessingml": "docx",
    "ms-word.": "docx",
    "presentationml": "pptx",
}
"""What a package's main part is, by a piece of its content type (ECMA-376 part 1, annex A)."""
FLAT_SHEETS = re.compile(rb'\s*<\?xml.*<office:document\s.*office:mimetype="application/vnd.oasis.opendocument.spreadsheet', re.DOTALL)
"""A whole OpenDocument spreadsheet in one XML file, .fods (ODF 1.3 part 3, 3.1.2)."""

MAY_PRECEDE_PDF = {"text", "unknown", "html"}
"""What the bytes before a PDF may look like."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BEFORE_MAIL = re.compile(rb"\A\s*(>?From [^\r\n]*\r?\n)?", re.ASCII)
"""What mailboxes and gateways leave in front of a mail: blank lines, and the line that parts the mails of an mbox."""
MAIL_FIELD = re.compile(
    rb"^(received|return-path|from|to|cc|sender|reply-to|subject|date|mime-version|message-id|references|in-reply-to|delivered-to|"
    rb"authentication-results|dkim-signature|domainkey-signature|importance|content-(?:type|transfer-encoding|language)|"
    rb"(?:x|arc|thread|list|received|resent)-[\w-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
"""The fields with which mails begin, in whatever order (RFC 5322, 3.6; RFC 8601; RFC 8617; RFC 2369)."""
BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
MIME_ENTITY = re.compile(rb"content-type:\s*(multipart|message)/", re.IGNORECASE)
MBOX = re.compile(rb"\s*From [^\r\n]{0,200}?\d{4}[^\r\n]{0,20}\r?\n>?(From |[!-9;-~]+[ \t]*:)")
"""The first line of an mbox and the beginning of a field after it (RFC 4155, appendix A)."""
HTML = re.compile(
    rb"\s*+(<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*+)*+<(!doctype\s+html|html|head|body|table|meta|title|style|div|span|font|center|p|br|b|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)


def sniff(data: bytes) -> str:
    """The kind: xlsx, xlsm, xlsb, docx, docm, pptx, ods, odt, odp, zip, locked_zip, encrypted, xls, doc, ppt, msg, ole, pdf,
    html, email, mbox, rtf, picture, archive, text, zeros, empty or unknown; of what cannot be opened here: rights (sensitivity label), tnef
    (winmail.dat), rpmsg, smime, smime_signed, pgp; signature: a mail's digital signature.

    Raises InputRefusedError for an archive that is damaged or not safe to unpack.
    """
    kind = sniff_head(data)
    inside = INSIDE.get(kind)
    return inside(data) if inside else kind


def sniff_head(data: bytes) -> str:
    """The kind as far as the first bytes tell: an Office file is only "zip" or "ole".

    A PDF may have something before it (ISO 32000-1, annex H.3.4.1); but so may whatever carries one, right after its own first bytes.
    """
    head = data[:HEAD]
    if not head:
        return "empty"
    if not head.strip(b"\x00"):
        return "zeros"
    kind = next((kind for magic, kind in KINDS.items() if head.startswith(magic)), None) or _signed(head) or _words(head)
    return "pdf" if kind in MAY_PRECEDE_PDF and b"%PDF-" in head[:1024] else kind


def _signed(head: bytes) -> str | None:
    """What S/MIME made of a mail."""
    found = CMS.match(head)
    return found and ("smime_signed" if found[1].endswith(b"\x07\x02") else "smime")


def _words(head: bytes) -> str:
    """The kind of what may be text: a web page, an e-mail, plain text, or else unknown."""
    text = head[2:].replace(b"\x00", b"") if head[:2] in UTF_16 else head.removeprefix(BYTE_ORDER_MARK)
    text = text if b"\n" in text else text.replace(b"\r", b"\n")
    if FLAT_SHEETS.match(text):
        return "ods"
    if HTML.match(text):
        return "html"
    if MBOX.match(text):
        return "mbox"
    if _is_mail(BEFORE_MAIL.sub(b"", text, count=1)):
        return "email"
    return "text" if _is_text(text) else "unknown"


def _is_mail(text: bytes) -> bool:
    """Whether it begins with a field of a mail and has another one before the first blank line; or is a piece of one, signed whole."""
    fields = BLANK_LINE.split(text, maxsplit=1)[0]
    return bool(MIME_ENTITY.match(fields)) or (bool(MAIL_FIELD.match(fields)) and len(MAIL_FIELD.findall(fields)) > 1)


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
    return next((kind for piece, kind in OFFICE.items() if piece in types), "zip")


def _in_ole(data: bytes) -> str:
    file = Compound(data)
    if any(entry.name.casefold() in RIGHTS for entry in file.entries):
        return "rights"
    here = {name.casefold() for name in file.root.inside}
    return next((kind for name, kind in OLE_STREAMS.items() if name in here), "ole")


def _in_pdf(data: bytes) -> str:
    return "rights" if RIGHTS_PDF in data else "pdf"


INSIDE: dict[str, Callable[[bytes], str]] = {"zip": _in_zip, "ole": _in_ole, "pdf": _in_pdf}
