"""A mail that is yet to be sent, as an .eml file holds it: what every draft has in common.

RFC 5322 and MIME. Outlook for Windows opens an .eml file with `X-Unsent: 1` as a message to be sent; where another program only shows
it, "Edit as new message" makes a draft of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from mase_docs.definition.profile import Panel, Profile

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z")
"""What may stand in To: no name beside it, nothing that needs quoting."""
FILE_TYPES: dict[str, tuple[str, str, dict[str, str]]] = {
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet", {}),
    "xlsm": ("application", "vnd.ms-excel.sheet.macroEnabled.12", {}),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document", {}),
    "docm": ("application", "vnd.ms-word.document.macroEnabled.12", {}),
    "pdf": ("application", "pdf", {}),
    "ics": ("text", "calendar", {"charset": "utf-8", "method": "PUBLISH"}),
}
"""Ending of a file's name → what a mail says it is. Of an invite the method must be that of the file (RFC 5545, 8.1)."""
LONGEST_LINE = 300
"""Of a header, so that no subject is folded before its first word (RFC 5322, 2.1.1 allows 998)."""
SAFELY = (
    "Please reply to this e-mail with the {form} attached, from your secure e-mail address. Do not send {it} from a private address, and do"
    " not put a young person's name into the subject."
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; the ending of its name, a key of FILE_TYPES, says what it is."""

    name: str
    data: bytes


def unsent(subject: str, lines: Iterable[str], to: str = "", attached: Sequence[Attachment] = ()) -> bytes:
    """The draft, the same bytes for the same mail. `to` is left out where it isn't a plain address."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(subject.split())
    if is_address(to):
        mail["To"] = to
    mail["X-Unsent"] = "1"
    mail.set_content("\n".join(lines), cte="quoted-printable")
    for file in attached:
        main, sub, params = FILE_TYPES[file.name.rpartition(".")[2]]
        mail.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name, params=params)
    if attached:
        mail.set_boundary(_boundary(attached))
    return mail.as_bytes(policy=SMTP.clone(max_line_length=LONGEST_LINE))


def closing(panel: Panel) -> list[str]:
    """How every mail ends."""
    said = ["", "If a child is in immediate danger, call 999 first.", ""]
    return [*said, f"{panel.name} coordinator", panel.authority, panel.coordinator_email]


def long_day(day: date) -> str:
    """`Wednesday 25 November 2026`"""
    return f"{day:%A} {day.day} {day:%B %Y}"


def secure(profile: Profile, text: str) -> str:
    """The text, where it is a plain address on the list of secure ones; else ""."""
    return text if is_address(text) and profile.is_secure(text) else ""


def is_address(text: str) -> bool:
    """Whether a text is one plain e-mail address."""
    if not ADDRESS.match(text):
        return False
    try:
        Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):
        return False
    return True


def _boundary(attached: Sequence[Attachment]) -> str:
    """What parts a mail from what is attached: told by that, in place of chance; neither quoted-printable nor base64 ever has `=_`."""
    return f"=_{sha256(b''.join(file.data for file in attached)).hexdigest()[:40]}"
