"""What an e-mail (RFC 5322, MIME: RFC 2045 to 2049) or a mailbox of them (mbox: RFC 4155) carries.

Nothing is fetched, no link is followed, nothing is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from functools import cached_property

from mase_docs.errors import InputRefusedError
from mase_docs.intake import limits
from mase_docs.intake.mail_open import Mime, carried_bytes, divided, head_of, mail_head, open_mail, raw_field, with_lines
from mase_docs.intake.mail_text import TEXT, UNNAMED, UNNAMED_MAIL, MailText
from mase_docs.intake.mail_words import decoded, unflowed, words
from mase_docs.intake.parts import Part, Role, named
from mase_docs.intake.refusals import refuse
from mase_docs.intake.sniff import MBOX, sniff_head
from mase_docs.model.submission import Mail

NEXT_MAIL = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{0,200}?\d{4}[^\r\n]{0,20}\r?\n(?=>?(?:From |[!-9;-~]+[ \t]*:))")
"""The line before each mail of a mailbox, with something like a date in it."""
QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
FILES = {"pdf", "zip", "ole", "tnef", "rpmsg"}
"""Kinds that are no text, whatever is declared."""
SIGNATURES = {"smime_signed", "signature"}
PICTURES = {"picture", "archive", "unknown", "text", "html", "empty"}
"""Kinds of what a mail's text can show as a picture (archive: Windows metafiles packed with gzip; text, html: SVG)."""
TOKEN = re.compile(r"[\w-]+")


def parts(data: bytes, passwords: Sequence[str] = ()) -> list[Part]:
    """What a mail carries: each file attached, each picture that its text shows, and that text itself as UTF-8: HTML only where it holds
    a table or there is no other. A mail inside it, and each mail of a mailbox, is a Part whose data is that mail.

    Raises InputRefusedError: AR27 damaged or cut short, AR28 fields too large, AR40 too many parts.
    """
    with _one_sentence():
        data = with_lines(data)
        return list(_mails(data) if MBOX.match(data) else _carried(open_mail(data)))


@contextmanager
def _one_sentence() -> Iterator[None]:
    """The one place where whatever Python's mail parser raises becomes a refusal."""
    try:
        yield
    except (InputRefusedError, MemoryError):
        raise
    except RecursionError:
        raise refuse("AR40") from None
    except Exception:  # noqa: BLE001 broken mails make the email package raise nearly anything
        raise refuse("AR27") from None


def _mails(data: bytes) -> Iterator[Part]:
    """The mails of a mailbox. A line of text that begins with From was quoted with > when it was put in."""
    data = data.lstrip()
    starts = list(NEXT_MAIL.finditer(data))
    if len(starts) > limits.PARTS:
        raise refuse("AR40")
    ends = [*(start.start() for start in starts[1:]), len(data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        mail = QUOTED_FROM.sub(rb"\1", data[start.end() : end])
        yield named(head_of(mail).subject or f"message {number}", mail)


def _carried(message: Mime) -> Iterator[Part]:
    head, leaves, text = mail_head(message), list(_leaves(message)), MailText()
    for leaf in leaves:
        if leaf.is_text:
            text.add(leaf.text, leaf.type == "text/html")
    for leaf in leaves:
        if not leaf.is_text:
            yield leaf.part(head, text.pictures)
    yield from (named(name, data, mail=head) for name, data in text.files)
    if text.shown.strip():
        yield Part(TEXT, text.shown.encode("utf-8", "replace"), "text", head)


def _leaves(part: Mime, inside: str = "") -> Iterator[_Leaf]:
    """The parts that hold something, in order, each with what kind of whole it is a part of. A digital signature is none."""
    if part.get_content_maintype() == "multipart" and not part.is_multipart():
        part = divided(part)
    if not (part.is_multipart() and part.get_content_maintype() == "multipart"):
        yield from [leaf] if (leaf := _Leaf(part, inside)).is_wanted else []
        return
    for inner in part.get_payload():
        if isinstance(inner, Message):
            yield from _leaves(inner, part.get_content_subtype())


@dataclass
class _Leaf:
    """One part that has no parts. `inside` is the subtype of the whole around it: mixed, related, alternative …"""

    mime: Mime
    inside: str

    def __post_init__(self) -> None:
        """Fields are given to the parser in the words they stand for; the way of encoding without what stands around it."""
        for name in ("content-type", "content-disposition"):
            if raw := raw_field(self.mime, name):
                self.mime.replace_header(name, decoded(raw.encode("utf-8", "surrogateescape")))
        if token := TOKEN.search(raw_field(self.mime, "content-transfer-encoding")):
            self.mime.replace_header("content-transfer-encoding", token[0])

    @property
    def type(self) -> str:
        return self.mime.get_content_type()

    @cached_property
    def data(self) -> bytes:
        return carried_bytes(self.mime)

    @cached_property
    def name(self) -> str:
        """What it was called when it was sent: as a file, else in its description where that looks like a file's name."""
        given = self._parameter("filename", "content-disposition") or self._parameter("name", "content-type")
        described = raw_field(self.mime, "content-description")
        return words(given or (described if re.search(r"\.\w{2,4}\s*$", described) else ""))

    @property
    def is_text(self) -> bool:
        """Whether it is a piece of the mail's own text."""
        if self.mime.get_content_disposition() == "attachment" or self.name or sniff_head(self.data) in FILES:
            return False
        return self.type in ("text/plain", "text/html") or self.type.startswith("multipart/")

    @property
    def is_wanted(self) -> bool:
        """Not the signature of what stands before it, and not the same text once more in a form that nobody asked for."""
        kind = sniff_head(self.data)
        if self.inside == "signed":
            return kind not in SIGNATURES
        is_other_text = self.type.startswith("text/") and self.type != "text/calendar" and not self.is_text and not self.name
        return not (self.inside == "alternative" and is_other_text and kind not in FILES)

    @property
    def text(self) -> str:
        text = decoded(self.data, str(self.mime.get_content_charset() or ""))
        flowed = self.type == "text/plain" and str(self.mime.get_param("format", "")).casefold() == "flowed"
        return unflowed(text, str(self.mime.get_param("delsp", "")).casefold() == "yes") if flowed else text

    def part(self, head: Mail, shown: set[str]) -> Part:
        kind = sniff_head(self.data)
        mail = UNNAMED_MAIL if kind == "email" else UNNAMED
        name = self.name or (head_of(self.data).subject if kind == "email" else "") or mail
        return named(name, self.data, self._role(kind, shown), head)

    def _role(self, kind: str, shown: set[str]) -> Role:
        """A picture that the text shows has an id that the text names, or stands in one whole with it."""
        number = raw_field(self.mime, "content-id").strip().strip("<>")
        is_picture = kind == "picture" or (self.type.startswith("image/") and kind in PICTURES)
        return "shown" if is_picture and (number in shown or self.inside == "related") else "attached"

    def _parameter(self, name: str, field: str) -> str:
        """A field's parameter; of two, the one in RFC 2231's way, which holds the letters that the other can't."""
        given = [value for key, value in self.mime.get_params([], field) if key.casefold() == name]
        best = next((value for value in given if isinstance(value, tuple)), given[0] if given else "")
        return _extended(*best) if isinstance(best, tuple) else best


def _extended(charset: str | None, _: str | None, text: str) -> str:
    """A parameter's words, of which the parser made one letter of each byte (RFC 2231, 4)."""
    return decoded(text.encode("latin-1", "replace"), charset or "")
