"""What an Outlook message (.msg) carries (MS-OXMSG; the properties' numbers are those of MS-OXPROPS 2).

A message is a storage of properties, each a stream called by its number and type; every file attached is a storage in it. A mail
that was forwarded inside it is no file at all but one more such storage, so what *that* carries is given back here, at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mase_docs.intake import limits
from mase_docs.intake.compound import Compound, Storage
from mase_docs.intake.mail_open import head_of
from mase_docs.intake.mail_text import TEXT, UNNAMED, UNNAMED_MAIL, MailText
from mase_docs.intake.mail_words import cut, decoded
from mase_docs.intake.names import safe_name, visible
from mase_docs.intake.parts import INSIDE, Part, Role, named
from mase_docs.intake.refusals import refuse
from mase_docs.intake.sniff import sniff_head
from mase_docs.model.submission import Mail

SUBJECT, MESSAGE_ID, HEADERS, BODY, HTML = "0037", "1035", "007D", "1000", "1013"
SENDER_NAMES, SENDER_ADDRESSES = ("0C1A", "0042"), ("5D01", "5D02", "0C1F", "0065")
DATA, NAMES, CONTENT_ID = "3701", ("3707", "3704", "3001"), "3712"
STRINGS_PAGE, TEXT_PAGE, HIDDEN = 0x3FFD, 0x3FDE, 0x7FFE
"""The code pages of a message's 8-bit strings and of its HTML; whether a file is left out of the list of those attached."""
ATTACHED, PROPERTIES, STORED = "__attach_version1.0_#", "__properties_version1.0", f"__substg1.0_{DATA}000D"
"""A file's storage, the list of its properties that are numbers, and the storage in it where it is no file but a message or an object."""
OBJECTS = ("Package", "CONTENTS")
"""Streams in which a file that was put into the text as an object stands as it was (Office; PDF readers)."""
PAGES = {20127: "us-ascii", 20866: "koi8-r", 21866: "koi8-u", 50220: "iso-2022-jp", 54936: "gb18030", 65001: "utf-8"}
LATIN = range(28591, 28606)
"""Code pages that are the parts of ISO 8859 (Microsoft, "Code Page Identifiers")."""


def parts(data: bytes, passwords: Sequence[str] = ()) -> list[Part]:
    """What a message carries: each file attached, each picture that its text shows, and that text itself as UTF-8; so too of each message
    inside it, with that one's subject before the names.

    Raises InputRefusedError: AR27 damaged, AR28 built to be endless, AR40 too many files or messages inside messages.
    """
    found = list(_Message(Compound(data).root).parts())
    if len(found) > limits.PARTS:
        raise refuse("AR40")
    return found


@dataclass
class _Properties:
    """The properties of a message or of a file attached. `head` is how many bytes stand before the list of numbers (MS-OXMSG 2.4.1)."""

    storage: Storage
    head: int
    charset: str = ""

    def text(self, *properties: str) -> str:
        """The first of these properties that says something: in Unicode, or in the letters of the message's code page."""
        found = (self._unicode(each) or self._letters(each) for each in properties)
        return next((text for each in found if (text := each.strip("\0 "))), "")

    def data(self, property: str) -> bytes | None:
        return self.storage.stream(f"__substg1.0_{property}0102")

    def charset_of(self, *pages: int) -> str:
        """The character set that the first of these properties names."""
        page = next((number for each in pages if (number := self.numbers.get(each, 0))), 0)
        return f"iso-8859-{page - LATIN.start + 1}" if page in LATIN else PAGES.get(page, f"cp{page}")

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Property → value: of each sixteen bytes, the property's number at 2, its value at 8."""
        data = self.storage.stream(PROPERTIES) or b""
        rows = (data[at : at + 16] for at in range(self.head, len(data) - 15, 16))
        return {int.from_bytes(row[2:4], "little"): int.from_bytes(row[8:12], "little") for row in rows}

    def _unicode(self, property: str) -> str:
        return (self.storage.stream(f"__substg1.0_{property}001F") or b"").decode("utf-16-le", "replace")

    def _letters(self, property: str) -> str:
        return decoded(self.storage.stream(f"__substg1.0_{property}001E") or b"", self.charset)


class _Message:
    """`depth` is how many messages it lies in."""

    def __init__(self, storage: Storage, depth: int = 0) -> None:
        if depth > limits.NESTED:
            raise refuse("AR40")
        self.storage, self.depth, self.properties = storage, depth, _Properties(storage, 24 if depth else 32)
        self.properties.charset = self.properties.charset_of(STRINGS_PAGE, TEXT_PAGE)

    def parts(self) -> Iterator[Part]:
        attached = self.storage.storages(ATTACHED)
        if len(attached) > limits.PARTS:
            raise refuse("AR40")
        for storage in attached:
            yield from self._attached(storage)
        if self.text.shown.strip():
            yield Part(TEXT, self.text.shown.encode("utf-8", "replace"), "text", self.head)

    @cached_property
    def head(self) -> Mail:
        """What the message says of itself; its Message-ID, where Outlook kept none, from the fields it came with."""
        name, address = self.properties.text(*SENDER_NAMES), self.properties.text(*SENDER_ADDRESSES)
        sender = f"{name} <{address}>" if "@" in address and name not in ("", address) else name or address
        number = self.properties.text(MESSAGE_ID) or head_of(self.properties.text(HEADERS).encode("utf-8", "replace")).message_id
        return Mail(*(cut(visible(text)) for text in (self.properties.text(SUBJECT), sender, number.strip("<> "))))

    @cached_property
    def text(self) -> MailText:
        text, html = MailText(), self.properties.data(HTML)
        text.add(self.properties.text(BODY), is_html=False)
        text.add(decoded(html, self.properties.charset_of(TEXT_PAGE)) if html else self.properties.text(HTML), is_html=True)
        return text

    def _attached(self, storage: Storage) -> Iterator[Part]:
        properties = _Properties(storage, 8, self.properties.charset)
        name, data, stored = properties.text(*NAMES), properties.data(DATA), storage.storage(STORED)
        if data is not None:
            yield named(name or UNNAMED, data, self._role(properties, data), self.head)
        elif stored and PROPERTIES in stored.inside:
            yield from self._inside(_Message(stored, self.depth + 1), name)
        elif stored:
            yield from (named(name or UNNAMED, found, mail=self.head) for each in OBJECTS if (found := stored.stream(each)))

    def _inside(self, message: _Message, name: str) -> Iterator[Part]:
        called = safe_name(message.head.subject or name, UNNAMED_MAIL)
        for part in message.parts():
            yield replace(part, name=called + INSIDE + part.name)

    def _role(self, file: _Properties, data: bytes) -> Role:
        is_shown = file.numbers.get(HIDDEN) or file.text(CONTENT_ID) in self.text.pictures
        return "shown" if is_shown and sniff_head(data) == "picture" else "attached"
