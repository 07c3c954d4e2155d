"""Every byte of a file, and of all that is packed in it, so that a test can look for words anywhere: hidden parts and properties too."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdf


def every_byte(*files: Path) -> str:
    """All that is in files, with their names: zip files opened, PDF streams unpacked, mails and what is attached to them decoded."""
    return "\n".join(text for file in files for text in (file.name, *texts(file.read_bytes())))


def texts(data: bytes) -> Iterator[str]:
    """The bytes as text, and then whatever is in them."""
    yield data.decode("utf-8", "replace")
    if data.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts(archive.read(name))
    elif data.startswith(b"%PDF-"):
        yield from _pdf(data)
    elif data.startswith((b"Subject:", b"MIME-Version:")):
        yield from _mail(data)


def _pdf(data: bytes) -> Iterator[str]:
    with pikepdf.open(BytesIO(data)) as opened:
        for found in opened.objects:
            yield from _object(found)
    yield from (page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)


def _object(found: Any) -> Iterator[str]:
    """Every string of an object and, of a stream, what it unpacks to."""
    if isinstance(found, pikepdf.Stream):
        yield found.read_bytes().decode("latin-1") if _is_readable(found) else found.read_raw_bytes().decode("latin-1")
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        for _, inside in found.items():
            yield from () if getattr(inside, "is_indirect", False) else _object(inside)
    elif isinstance(found, pikepdf.Array):
        for inside in found:
            yield from () if getattr(inside, "is_indirect", False) else _object(inside)
    elif isinstance(found, pikepdf.String | pikepdf.Name):
        yield str(found)


def _is_readable(stream: pikepdf.Stream) -> bool:
    try:
        stream.read_bytes()
    except pikepdf.PdfError:
        return False
    return True


def _mail(data: bytes) -> Iterator[str]:
    mail = email.message_from_bytes(data, policy=default)
    assert isinstance(mail, EmailMessage)
    for part in mail.walk():
        yield from (f"{name}: {value}" for name, value in part.items())
        if not part.is_multipart():
            inside = part.get_payload(decode=True)
            assert isinstance(inside, bytes)
            yield from texts(inside)
