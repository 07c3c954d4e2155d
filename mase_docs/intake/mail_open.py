"""Opening a mail as it arrived: what gateways and old programs did to it is undone, and its fields are measured before they are parsed.

The parser is Python's, under its older policy: that one leaves fields as they are until they are asked for, and real mails break the
rules in ways that the newer one answers with exceptions.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesHeaderParser
from typing import TypeAlias

from mase_docs.intake import limits
from mase_docs.intake.mail_words import cut, header_text
from mase_docs.intake.refusals import refuse
from mase_docs.intake.sniff import BEFORE_MAIL, BLANK_LINE, BYTE_ORDER_MARK, MAIL_FIELD
from mase_docs.model.submission import Mail

Mime: TypeAlias = "Message[str, str]"

CONTENT_FIELD = re.compile(rb"(?:^|\r)content-[\w-]{1,40}[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
"""A field that says what a part is, with its folded lines. One of half a megabyte keeps Python's parser busy for minutes."""
MULTIPART = re.compile(rb"(?:^|\r)content-type[ \t]*:\s*multipart/", re.IGNORECASE | re.MULTILINE)
CARRIED = re.compile(rb"(^content-type[ \t]*:\s*)message/(?=[\w-])", re.IGNORECASE | re.MULTILINE)
AS_BYTES, AS_MAIL = b"application/x-carried-", b"message/"
"""A mail inside a mail is kept from the parser, so that it comes out as the bytes it was."""
CONTINUED = re.compile(rb"(?![!-9;-~]+[ \t]*:|[ \t]|\r?$)")
FIRST_BOUNDARY = re.compile(r"^--(\S[^\r\n]{0,69}?)[ \t]*\r?$", re.MULTILINE)


def open_mail(data: bytes) -> Mime:
    """Raises InputRefusedError: AR27 cut short, AR28 fields too large, AR40 too many parts; and whatever Python's parser lets through."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > limits.MAIL_LINES:
        raise refuse("AR28")
    data = _mended(CARRIED.sub(rb"\1" + AS_BYTES, _begun(data)))
    if any(len(field[0]) > limits.MAIL_FIELD for field in CONTENT_FIELD.finditer(data)):
        raise refuse("AR28")
    if len(MULTIPART.findall(data)) * lines > limits.MAIL_LOOKS or data.count(b"\n--") > limits.MAIL_BOUNDARIES:
        raise refuse("AR40")
    mail = message_from_bytes(data, policy=policy.compat32)
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in mail.defects):
        raise refuse("AR27")
    return mail


def carried_bytes(part: Mime) -> bytes:
    """The bytes of one part; of a mail inside the mail, as they were."""
    if part.is_multipart():
        return b"\n".join(inner.as_bytes() for inner in part.get_payload() if isinstance(inner, Message))
    data = part.get_payload(decode=True)
    return data.replace(AS_BYTES, AS_MAIL) if isinstance(data, bytes) else b""


def head_of(data: bytes) -> Mail:
    """What the head of a mail says about it."""
    head = BLANK_LINE.split(_begun(data)[: limits.MAIL_HEAD], maxsplit=1)[0]
    return mail_head(BytesHeaderParser(policy=policy.compat32).parsebytes(_mended(head) + b"\n\n"))


def mail_head(mail: Mime) -> Mail:
    """Its subject, sender and Message-ID, decoded, on one line each, nothing invisible in them."""
    subject, sender, number = (cut(header_text(raw_field(mail, name))) for name in ("subject", "from", "message-id"))
    return Mail(subject, sender, number.strip("<> "))


def raw_field(part: Mime, name: str) -> str:
    """A field as it stands, its bytes over 127 as lone surrogates; "" where there is none."""
    return next((str(value)[: limits.MAIL_FIELD] for field, value in part.raw_items() if field.casefold() == name), "")


def divided(part: Mime) -> Mime:
    """A part that says it has parts but names the wrong boundary, or none, parted at the boundary that is really there."""
    text = part.get_payload()
    found = FIRST_BOUNDARY.search(text) if isinstance(text, str) else None
    if not found or not isinstance(text, str):
        return part
    head = f'Content-Type: multipart/mixed; boundary="{found[1]}"\n\n'
    return message_from_bytes((head + text).encode("utf-8", "surrogateescape"), policy=policy.compat32)


def with_lines(data: bytes) -> bytes:
    """The mail with whole line ends, where a program on its way doubled or halved them; in UTF-8 where it was saved in UTF-16."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode("utf-8")
    if b"\n" not in data:
        return data.replace(b"\r", b"\n")
    return data.replace(b"\r\r\n", b"\r\n") if b"\r\r\n" in data[:2000] else data


def _begun(data: bytes) -> bytes:
    """The mail from its first field on."""
    return BEFORE_MAIL.sub(b"", data.removeprefix(BYTE_ORDER_MARK), count=1)


def _mended(data: bytes) -> bytes:
    """A line of the head that lost its indent gets it back: the parser would take it, and all after it, for the mail's text."""
    head = BLANK_LINE.split(data, maxsplit=1)[0]
    last = max((field.start() for field in MAIL_FIELD.finditer(head)), default=0)
    return b"".join(b" " * bool(CONTINUED.match(line)) + line for line in head[:last].splitlines(keepends=True)) + data[last:]
