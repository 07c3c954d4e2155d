"""Every word that stands in a file, by means that mase_docs has no part in: to tell what was broken from what was read wrongly."""

from __future__ import annotations

import html
import re
import zipfile
from email import message_from_bytes, policy
from io import BytesIO

import pikepdf

from tests.fuzz.mutations import DAMAGED, STRAY_PDF

TAG = re.compile(r"<[^<>]*>")
SHARED = re.compile(r'(<c\s[^<>]*t="s"[^<>]*>\s*<v>)(\d+)(?=</v>)')
"""A cell that holds a shared string by its number."""
ITEM = re.compile(r"<si>.*?</si>|<si/>", re.DOTALL)
SPACE = re.compile(r"\s+")


def times(text: str, data: bytes) -> int:
    """How often a text stands in a file; what is between its words doesn't count."""
    return _bare(plain_text(data)).count(_bare(text))


def plain_text(data: bytes) -> str:
    if data.startswith(b"PK"):
        return _of_package(data)
    if b"%PDF" in data and b"MIME-Version" not in data:
        return _of_pdf(data[data.index(b"%PDF") : data.rindex(b"%%EOF") + 5 if b"%%EOF" in data else None])
    if b"MIME-Version" in data:
        return _of_mail(data)
    return html.unescape(TAG.sub("", data.decode("utf-8", "replace"))) + "\n" + _either(data)


def _bare(text: str) -> str:
    return SPACE.sub("", text).casefold()


def _either(data: bytes) -> str:
    """Bytes as old programs keep text in them: a byte a letter, or two."""
    return "\n".join((data.decode("cp1252", "replace"), *(data[start:].decode("utf-16-le", "replace") for start in (0, 1))))


def _of_package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except DAMAGED:
        return ""
    strings = ITEM.findall(parts.pop("xl/sharedStrings.xml", b"").decode("utf-8", "replace"))
    return "\n".join(_either(part) if name.endswith(".bin") else _of_xml(part, strings) for name, part in parts.items())


def _of_xml(part: bytes, strings: list[str]) -> str:
    def held(cell: re.Match[str]) -> str:
        return cell[1] + (strings[int(cell[2])] if len(cell[2]) < 9 and int(cell[2]) < len(strings) else "")

    return html.unescape(TAG.sub("", SHARED.sub(held, part.decode("utf-8", "replace"))))


def _of_pdf(data: bytes) -> str:
    try:
        with pikepdf.open(BytesIO(data)) as document:
            return "\n".join(_strings(one) for one in document.objects)
    except STRAY_PDF:
        return ""


def _strings(one: pikepdf.Object) -> str:
    if isinstance(one, pikepdf.Stream):
        return _of_stream(one)
    held = one.values() if isinstance(one, pikepdf.Dictionary) else one if isinstance(one, pikepdf.Array) else [one]
    return "\n".join(str(value) for value in held if isinstance(value, str | pikepdf.String | pikepdf.Name))


def _of_stream(one: pikepdf.Stream) -> str:
    try:
        return html.unescape(TAG.sub("", one.read_bytes().decode("utf-8", "replace")))
    except STRAY_PDF:
        return ""


def _of_mail(data: bytes) -> str:
    parts = (part for part in message_from_bytes(data, policy=policy.compat32).walk() if part.get_content_maintype() == "text")
    texts = (bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace") for part in parts)
    return "\n".join(html.unescape(TAG.sub("", text)) for text in texts)
