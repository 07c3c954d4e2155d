"""A draft e-mail to a form's sender: what is asked, by the form's own labels, and nothing that anyone answered.

RFC 5322 and MIME. Outlook for Windows opens an .eml file with `X-Unsent: 1` as a message to be sent; where another program only shows
it, "Edit as new message" makes a draft of it. The words stand here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from mase_docs.definition.profile import Panel
from mase_docs.packs.marks import THE_FORM, Mark

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z")
"""What may stand in To: no name beside it, nothing that needs quoting."""
FILE_TYPES = {
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "xlsm": ("application", "vnd.ms-excel.sheet.macroEnabled.12"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "docm": ("application", "vnd.ms-word.document.macroEnabled.12"),
    "pdf": ("application", "pdf"),
}
LONGEST_LINE = 300
"""Of a header, so that no subject is folded before its first word (RFC 5322, 2.1.1 allows 998)."""
MARKED = "Your form is attached. Each answer that we ask about is coloured there and has a note; everything you wrote is as you sent it."
BLANK = "We could not mark the form that you sent, so a blank one is attached. Please answer again what is asked below, and send both."
ALONE = "These are the questions, by the names that they have on the form."
SAFELY = (
    "Please reply to this e-mail with the form attached, from your secure e-mail address. Do not send it from a private address, and do not"
    " put a young person's name into the subject."
)


@dataclass(frozen=True, slots=True)
class Attached:
    """The form that goes with the mail: its bytes, its kind (a key of FILE_TYPES), and whether it is the sender's own, marked."""

    data: bytes
    kind: str
    marked: bool = True


def draft(panel: Panel, reference: str, marks: Sequence[Mark], to: str = "", by: date | None = None, form: Attached | None = None) -> bytes:
    """The draft, as an .eml file holds it.

    reference  the referral's number; "" if it has none yet. It stands in the subject and names the attachment
    to         the sender's address; left out where it isn't a plain one
    by         the day by which an answer is needed for the next meeting
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject(panel, reference, _asked(marks))
    if is_address(to):
        mail["To"] = to
    mail["X-Unsent"] = "1"
    mail.set_content("\n".join(_body(panel, reference, marks, by, form)), cte="quoted-printable")
    if form:
        main, sub = FILE_TYPES[form.kind]
        mail.add_attachment(form.data, maintype=main, subtype=sub, filename=file_name(panel, reference, form.kind))
    return mail.as_bytes(policy=SMTP.clone(max_line_length=LONGEST_LINE))


def subject(panel: Panel, reference: str, asked: str) -> str:
    """`OFFICIAL-SENSITIVE: MASE referral MASE-2026-0007: please look at 3 answers`"""
    return " ".join(f"{panel.marking}: {_referral(panel, reference)}: please look at {asked}".split())


def file_name(panel: Panel, reference: str, kind: str) -> str:
    """`MASE-2026-0007_query.xlsx`: nothing of the sender's own name for it."""
    return f"{re.sub('[^A-Za-z0-9.-]+', '_', reference or panel.name).strip('_.')}_query.{kind}"


def is_address(text: str) -> bool:
    """Whether a text is one plain e-mail address."""
    if not ADDRESS.match(text):
        return False
    try:
        Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):
        return False
    return True


def _body(panel: Panel, reference: str, marks: Sequence[Mark], by: date | None, form: Attached | None) -> Iterator[str]:
    yield from (panel.marking, "", "Hello,", "")
    yield f"Thank you for your referral to the {panel.full_name} ({panel.name})."
    yield from ([f"Its reference is {reference}."] if reference else [])
    yield f"Before it can be heard, please look at {_asked(marks)} again."
    yield from ("", ALONE if form is None else MARKED if form.marked else BLANK, "")
    for number, mark in enumerate(marks, 1):
        yield from (f"{number}. {mark.label}", f"   {mark.short or mark.comment}", "")
    yield from ([f"We need your answer by {_day(by)}, so that the case can go to the next meeting.", ""] if by else [])
    yield from (SAFELY, "", "If a child is in immediate danger, call 999 first.", "")
    yield from (f"{panel.name} coordinator", panel.authority, panel.coordinator_email)


def _referral(panel: Panel, reference: str) -> str:
    return f"{panel.name} referral {reference}".strip()


def _asked(marks: Sequence[Mark]) -> str:
    """`3 answers`; `your form`, where nothing is asked but about the form as a whole."""
    if all(mark.label == THE_FORM for mark in marks):
        return "your form"
    return "1 answer" if len(marks) == 1 else f"{len(marks)} answers"


def _day(day: date) -> str:
    """`Wednesday 25 November 2026`"""
    return f"{day:%A} {day.day} {day:%B %Y}"
