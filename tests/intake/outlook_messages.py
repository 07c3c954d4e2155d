"""Outlook messages written here, property by property (MS-OXMSG): what the test library msgforge cannot write.

That is a message inside a message, 8-bit strings, a file put into the text as an object, and what a gateway leaves of a mail.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

from tests.intake.compound_file import Tree, compound_file

SUBJECT, BODY, HTML, HEADERS, MESSAGE_ID = 0x0037, 0x1000, 0x1013, 0x007D, 0x1035
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
LONG_NAME, SHORT_NAME, CONTENT_ID, DATA = 0x3707, 0x3704, 0x3712, 0x3701
METHOD, HIDDEN, STRINGS_PAGE, TEXT_PAGE = 0x3705, 0x7FFE, 0x3FFD, 0x3FDE
NUMBER, YES = 0x0003, 0x000B


def storage(head: int, properties: Mapping[int, Any], charset: str = "", inside: Mapping[str, Tree] | None = None) -> dict[str, Any]:
    """A storage of properties: words in Unicode or, with a character set, in 8-bit letters; bytes as they are; numbers in the list."""
    found: dict[str, Any] = dict(inside or {})
    rows = b""
    for number, value in properties.items():
        if isinstance(value, (bool, int)):
            rows += struct.pack("<HHIQ", YES if isinstance(value, bool) else NUMBER, number, 6, value)
        elif isinstance(value, bytes):
            found[f"__substg1.0_{number:04X}0102"] = value
        else:
            kind, data = (0x1E, value.encode(charset)) if charset else (0x1F, value.encode("utf-16-le"))
            found[f"__substg1.0_{number:04X}{kind:04X}"] = data
    return {**found, "__properties_version1.0": bytes(head) + rows}


def attached(name: str, data: bytes, charset: str = "", **more: Any) -> dict[str, Any]:
    return storage(8, {LONG_NAME: name, DATA: data, METHOD: 1, **more.get("properties", {})}, charset)


def carried(name: str, inside: dict[str, Any], method: int = 5) -> dict[str, Any]:
    """An attachment that is a storage: a message (method 5) or an object (method 6)."""
    return storage(8, {SHORT_NAME: name, METHOD: method}, inside={f"__substg1.0_{DATA:04X}000D": inside})


def message(properties: Mapping[int, Any], files: Sequence[dict[str, Any]] = (), charset: str = "", head: int = 24) -> dict[str, Any]:
    """A message's storage; `head` is 32 for the one that is the file itself, 24 for one inside it."""
    return storage(head, properties, charset, {f"__attach_version1.0_#{n:08X}": file for n, file in enumerate(files)})


def msg(properties: Mapping[int, Any], files: Sequence[dict[str, Any]] = (), charset: str = "", sector: int = 512) -> bytes:
    tree = {"__nameid_version1.0": {"__substg1.0_00020102": b""}, **message(properties, files, charset, 32)}
    return compound_file(tree, sector)
