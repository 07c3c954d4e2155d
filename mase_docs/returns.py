"""What goes back to a form's sender: the form they sent, marked where something is asked, and a draft e-mail."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from importlib import import_module

from mase_docs.definition.home import Home
from mase_docs.errors import MaseDocsError
from mase_docs.model.submission import Submission
from mase_docs.packs.draft import Attached, draft, file_name
from mase_docs.packs.marks import Mark, marks
from mase_docs.watch import GoneError, Watched

MARKERS = {"xlsx": "marked_excel", "xlsm": "marked_excel", "pdf": "marked_pdf", "docx": "marked_word", "docm": "marked_word"}
"""Kind of a completed form → the module in packs/ that marks it."""
BLANK = "xlsx"
"""The kind of the blank that goes with the questions where the sender's own form can't be marked."""


@dataclass(frozen=True)
class Returned:
    """What goes back about one form.

    form    as it was checked; reference: the number it goes by; asked: how many answers are asked about
    marked  whether the sender's own form goes back, marked
    secure  whether the draft has an address, that is on the list of secure ones
    files   by name; no name says anything about a person
    """

    form: Submission
    reference: str
    asked: int
    marked: bool
    secure: bool
    files: dict[str, bytes]


def asked_of(form: Submission, home: Home) -> list[Mark]:
    """What the sender of a checked form can put right; nothing of what came along with one."""
    definition = home.form(form.form, form.version) if form.form else None
    return [] if form.passed_over else marks(form.problems, definition, home)


def returned(form: Submission, asked: list[Mark], reference: str, original: bytes | None, home: Home, by: date) -> Returned:
    """The files that go back. original is None where the form must not be sent as it came (a password protected it)."""
    panel = home.profile.panel
    attached = _marked(form, asked, reference, original, panel.name) or _blank(form, home)
    to = _sender(form) if home.profile.is_secure(_sender(form)) else ""
    mail = draft(panel, reference, asked, to, by, attached)
    own = {file_name(panel, reference, attached.kind): attached.data} if attached and attached.marked else {}
    return Returned(form, reference, len(asked), bool(own), bool(to), {**own, file_name(panel, reference, "eml"): mail})


def _marked(form: Submission, asked: list[Mark], reference: str, original: bytes | None, author: str) -> Attached | None:
    """The sender's own form, marked in a process that is watched; None where it can't be."""
    if not form.form or original is None or form.source.kind not in MARKERS:
        return None
    with Watched() as process, suppress(GoneError, MaseDocsError):
        module = f"mase_docs.packs.{MARKERS[form.source.kind]}"
        return Attached(process.call(module, "marked", original, asked, reference, author), form.source.kind)
    return None


def _blank(form: Submission, home: Home) -> Attached | None:
    """A blank of the same form, where it is one of ours."""
    definition = home.form(form.form, form.version) if form.form else None
    if definition is None or definition.based_on:
        return None
    return Attached(import_module("mase_docs.blanks.excel").build(definition, home), BLANK, marked=False)


def _sender(form: Submission) -> str:
    """The address that the form came from; where it came by no mail, that which the referrer gave."""
    return parseaddr(form.source.mail.sender)[1] if form.source.mail else str(form.value("referrer_email") or "")
