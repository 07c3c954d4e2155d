"""A mail's own text: its pieces put together, and the files that old programs wrote into it letter by letter (uuencode, POSIX.1)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TEXT = "text of the e-mail"
UNNAMED, UNNAMED_MAIL = "attachment", "attached message"
"""What a part is called that was sent without a name."""
UUENCODED = re.compile(r"^begin [0-7]{3,4} ([^\r\n]+)\r?\n((?:[ -`]*\r?\n)*?)end[ \t]*\r?$", re.MULTILINE)
PICTURE = re.compile(r"""["'(]\s*cid:([^"')\s]+)""", re.IGNORECASE)
"""A picture that HTML shows, by its Content-ID (RFC 2392)."""
TABLE = re.compile(r"<table\b", re.IGNORECASE)


@dataclass
class MailText:
    """The pieces of a mail's text: mail programs put a file in the middle by cutting the text in two."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)

    def add(self, text: str, is_html: bool) -> None:
        """One piece; the files written into it are taken out."""
        if not is_html:
            self.files += _uuencoded(text)
            text = UUENCODED.sub("", text)
        (self.html if is_html else self.plain).append(text)

    @property
    def pictures(self) -> set[str]:
        """The Content-IDs of what the text shows."""
        return {number for html in self.html for number in PICTURE.findall(html)}

    @property
    def shown(self) -> str:
        """The HTML where it holds a table or is all there is, else the plain text."""
        plain, html = "\n".join(self.plain), "\n".join(self.html)
        return html if html and (TABLE.search(html) or not plain.strip()) else plain


def _uuencoded(text: str) -> Iterator[tuple[str, bytes]]:
    for found in UUENCODED.finditer(text):
        yield found[1], b"".join(_line(line) for line in found[2].splitlines())


def _line(line: str) -> bytes:
    """Some programs write more letters than the first one counts; those over are left out."""
    data = line.encode("ascii")
    return binascii.a2b_uu(data[: (((data[0] - 32) & 63) * 4 + 5) // 3]) if data else b""
