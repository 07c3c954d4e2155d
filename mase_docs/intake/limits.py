"""How large a completed form may be, before and after unpacking. A real one is far below every one of these."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from mase_docs.intake.refusals import refuse

MEGABYTE = 1_000_000
FILE = 25 * MEGABYTE
ZIP_ENTRIES = 1_000
ZIP_UNPACKED = 100 * MEGABYTE
ZIP_RATIO = 100
ZIP_RATIO_FROM = MEGABYTE
"""Entries that unpack to less than this may be packed as tightly as they like: nothing comes of it."""
XML_PART = 5 * MEGABYTE
XML_TOGETHER = 12 * MEGABYTE
MERGED_RANGES = 10_000
DEFINED_NAMES = 20_000
CELLS = 100_000
"""On one sheet, where a format may say that a cell is repeated."""
WORD_DEPTH = 100
"""How deep elements stand within others; a table within a table within a text box comes to some forty."""
WORD_ELEMENTS = 120_000
WORD_SPANS = 20_000
WORD_CELLS = 20_000
WORD_COLUMNS = 63
"""Word's own most."""
MINUTES_PART = 16 * MEGABYTE
MINUTES_ELEMENTS = 400_000
"""A meeting of sixty cases comes to 5 MB and 170,000 once LibreOffice has saved its minutes."""

NESTED = 5
"""How deep files may lie inside files: a zip in a mail in a mail is three."""
PARTS = 1_000
PARTS_TOGETHER = 100 * MEGABYTE

MAIL_FIELD = 16_384
"""Of a field that says what a part of a mail is."""
MAIL_HEAD = 256 * 1024
MAIL_LINES = MEGABYTE
MAIL_LOOKS = 30_000_000
"""Lines times parts that have parts: the parser holds each line against the end of every part around it."""
MAIL_BOUNDARIES = 5_000
COMPOUND_ENTRIES = 50_000

PDF_PAGES = 60
PDF_PAGES_OF_WORDS = 3
PAGE_DOTS = 12 * MEGABYTE
"""Of a page of a scan, as it is drawn to be read: A4 with 300 dots an inch has 9 million."""
PICTURE_DOTS = 60 * MEGABYTE
"""Of a picture, before it is made smaller: A4 with 600 dots an inch has 35 million."""
PDF_FIELDS = 5_000
PDF_SECONDS = 5
XFA_DEPTH = 30
PDF_PAGE_LETTERS = 20_000
PDF_PAGE_OBJECTS = 20_000
PDF_OUTSIDE_STREAMS = 2 * MEGABYTE
PDF_FIELD_DEPTH = 30
PDF: dict[str, Any] = {
    "maximum_declared_stream_length": 4 * MEGABYTE,
    "array_based_stream_maximum_output_length": 4 * MEGABYTE,
    "zlib_maximum_output_length": 4 * MEGABYTE,
    "lzw_maximum_output_length": 4 * MEGABYTE,
    "run_length_maximum_output_length": 4 * MEGABYTE,
    "brotli_maximum_output_length": 4 * MEGABYTE,
    "stream_decoding_work_maximum_length": 8 * MEGABYTE,
    "stream_parsing_work_maximum_count": 200_000,
    "page_tree_maximum_entries": 2 * PDF_PAGES,
    "xform_maximum_invocations_per_extraction": 200,
}
"""pypdf's own limits, lower than its defaults (pypdf.Configuration): bytes, and counts of steps."""

PDF_STRAY = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    OverflowError,
    MemoryError,
    EOFError,
    ZeroDivisionError,
    zlib.error,
)
"""What pypdf lets through of Python's own (UnicodeDecodeError is a ValueError)."""

DAMAGED_ZIP = (BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, NotImplementedError, RuntimeError)
"""What zipfile raises for an archive that is damaged, cut short, encrypted or packed by a method Python has not."""


def open_zip(data: bytes) -> ZipFile:
    """The archive, once its directory has shown that it can be unpacked safely.

    Raises InputRefusedError: AR27 damaged, AR28 too many entries, too much unpacked, packed too tightly, names twice, parts that
    overlap.
    """
    try:
        archive = ZipFile(BytesIO(data))
    except DAMAGED_ZIP:
        raise refuse("AR27") from None
    entries = archive.infolist()
    if len(entries) > ZIP_ENTRIES or sum(e.file_size for e in entries) > ZIP_UNPACKED or any(map(_is_too_tight, entries)):
        raise refuse("AR28")
    if len({e.filename.casefold() for e in entries}) < len(entries) or _overlap(entries):
        raise refuse("AR28 unsafe")
    return archive


def _is_too_tight(entry: ZipInfo) -> bool:
    return entry.file_size > ZIP_RATIO_FROM and entry.file_size > ZIP_RATIO * entry.compress_size


def _overlap(entries: list[ZipInfo]) -> bool:
    """Whether two entries share bytes of the archive, as those of a zip bomb do."""
    at = sorted((e.header_offset, e.header_offset + e.compress_size + len(e.orig_filename)) for e in entries)
    return any(end > start for (_, end), (start, _) in pairwise(at))


def unpacked(archive: ZipFile, name: str, at_most: int = XML_PART) -> bytes:
    """One part of an archive. Raises InputRefusedError: AR28 where it is larger than it may be, AR27 where it is damaged or missing."""
    try:
        if archive.getinfo(name).file_size > at_most:
            raise refuse("AR28")
        return archive.read(name)
    except KeyError:
        raise refuse("AR27") from None
    except DAMAGED_ZIP:
        raise refuse("AR27") from None
