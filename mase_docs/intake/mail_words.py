"""The words of a mail's head and text, whatever they were encoded in, as programs really write them.

Header words: RFC 2047. Their bytes: the character set that is named, where it is a real one and they fit it. Flowed text: RFC 3676.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby

from mase_docs.intake.names import visible

SHOWN = 200
"""As many characters of a subject or sender as go into the record."""
WESTERN = re.compile(r"|us-?ascii|ascii|utf-?8|(iso[-_]?8859[-_]?1|latin-?1)|(windows|cp)-?1252|unknown.*|x-unknown|default", re.IGNORECASE)
"""Character sets that programs name where they mean UTF-8 or that of western Windows; which of the two, the bytes tell."""
REAL = re.compile(r"(utf-?(16|32)|iso-?8859|windows|cp|koi8|big5|gb|euc|shift_?jis|iso-2022|mac|hz|tis)[\w-]*", re.IGNORECASE)
"""Character sets by which bytes are read. Python knows other "encodings" too, some slow or no character sets at all."""
ENCODED = re.compile(r"=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=", re.IGNORECASE)
BETWEEN = re.compile(r"(\?=)\s+(?==\?)")
SOFT_BREAK = re.compile(r"(?<!^--) \r?\n(?!>|-- \r?$)", re.MULTILINE)
STUFFED = re.compile(r"^ ", re.MULTILINE)


def decoded(data: bytes, charset: str = "") -> str:
    """The text of some bytes; what doesn't fit any likely character set becomes U+FFFD."""
    declared = [] if WESTERN.fullmatch(charset) or not REAL.fullmatch(charset) else [charset]
    for name in (*declared, "utf-8-sig", "cp1252"):
        with suppress(LookupError, ValueError):
            return data.decode(name)
    return data.decode("cp1252", "replace")


def header_text(raw: str) -> str:
    """A field's text on one line, nothing invisible in it."""
    return visible(words(raw))


def words(raw: str) -> str:
    """A field's text, its encoded words decoded. `raw` is as the parser keeps it: bytes over 127 as lone surrogates."""
    pieces = groupby(_pieces(BETWEEN.sub(r"\1", raw)), key=lambda piece: piece[1])
    return "".join(decoded(b"".join(data for data, _ in run), charset) for charset, run in pieces)


def cut(text: str) -> str:
    """Text of a mail's head as it goes into the record."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _pieces(raw: str) -> Iterator[tuple[bytes, str]]:
    """Bytes and their character set, one after another. A letter may be cut in two by the end of a word."""
    at = 0
    for word in ENCODED.finditer(raw):
        if word.start() > at:
            yield raw[at : word.start()].encode("utf-8", "surrogateescape"), ""
        yield _word(word), word[1].casefold()
        at = word.end()
    yield raw[at:].encode("utf-8", "surrogateescape"), ""


def _word(word: re.Match[str]) -> bytes:
    data = word[3].encode("utf-8", "surrogateescape")
    if word[2] in "qQ":
        return binascii.a2b_qp(data, header=True)
    with suppress(binascii.Error):
        return binascii.a2b_base64(data + b"==")
    return word[0].encode("utf-8", "surrogateescape")


def unflowed(text: str, delete_space: bool) -> str:
    """Flowed text with its paragraphs on one line each, as they were typed."""
    return STUFFED.sub("", SOFT_BREAK.sub("" if delete_space else " ", text))
