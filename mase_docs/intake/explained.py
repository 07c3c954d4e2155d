"""docs/arrives.md: what can arrive, what is done with it and what to ask the sender for. The refusals are taken from the code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mase_docs.intake.reader import REASONS
from mase_docs.intake.refusals import BESIDE, REFUSALS, WARNINGS

INTRO = """\
# What arrives, and what becomes of it

Give `mase-docs read` or `mase-docs check` whatever lands in the mailbox: files, folders, saved e-mails, archives. What a file is, is
told by its bytes, never by its name or by what the e-mail calls it. Whatever cannot be read is refused in one sentence with what to ask
for; the rest of the batch goes on. Nothing is ever fetched, followed, run or sent.

Three things hold for everything:

- **How sure an answer is.** *High*: it stood in its own box. *Medium*: it was found by the words beside it. *Low*: it was recovered,
  and you confirm it. A form that was recovered as a whole carries a warning that says so.
- **Limits.** 25 MB a file; in an archive 1,000 entries and 100 MB unpacked; files inside files five deep and 1,000 in all; 10 seconds of
  work (on each page of a scan) and 480 MB of memory. A form is far below every one of them.
- **Protected forms.** Give passwords when asked, or in a file with `--password-file`. They are tried, and never stored.

This page is made from the code (`docs/developing/make_docs.py`); a test says when it is stale.
"""

Row = tuple[str, str, str]

READ: dict[str, Row] = {
    "xlsx": (
        "An Excel form (.xlsx), from Excel, LibreOffice, Google Sheets, Numbers, Gnumeric; also Strict",
        "Read by the names of its boxes; where they were lost, by the words beside them.",
        "Nothing.",
    ),
    "xlsm": (
        "An Excel form with macros (.xlsm)",
        "Read; the macros are not run, and a warning says so (AR20).",
        "A plain .xlsx next time.",
    ),
    "xls": (
        "An Excel form in the old format (.xls)",
        "Read by its names, with the part `mase-docs[spreadsheets]`.",
        "Nothing; .xlsx is safer.",
    ),
    "xlsb": (
        "A binary Excel form (.xlsb)",
        "Read by its names; where they were lost, by the words beside the boxes.",
        "Nothing; .xlsx is safer.",
    ),
    "ods": ("A form saved by LibreOffice as .ods or .fods", "Read by its names.", "Nothing."),
    "pdf": ("Our PDF form, filled in and saved", "Read by the names of its boxes.", "Nothing."),
    "pdf_flat": (
        "A PDF form that was printed to PDF or flattened, also at another size; or written on with a typewriter tool",
        "Laid over our blank and read, with `mase-docs[recover]`; every answer is of low sureness, and one on which "
        "two readers disagree is named (AR37).",
        "Confirm each answer; or ask for the PDF saved with Save, not with Print.",
    ),
    "pdf_scan": (
        "A scan of a typed form",
        "Laid over our blank and read, with `mase-docs[scan]` and the program tesseract. Nothing counts until you have "
        "confirmed it. Handwriting is not read.",
        "Confirm every answer and every blank, then `--include-invalid`; or ask for the file.",
    ),
    "pdf_xfa": (
        "A LiveCycle (XFA) form",
        "Its data is taken where it fits a form that is known; otherwise it is refused (AR6).",
        "Compare the answers in an Adobe program; or ask for our form.",
    ),
    "docx": (
        "A Word form, ours or your own borough's",
        "Read by its content controls; where they were lost, by the words beside the answers.",
        "Nothing.",
    ),
    "docm": ("A Word form with macros (.docm)", "Read; the macros are not run (AR20).", "A plain .docx next time."),
    "picture": ("A picture of a form's page", "Read as a scan is, with `mase-docs[scan]`.", "Confirm every answer; or ask for the file."),
    "email": (
        "An e-mail (.eml)",
        "Opened; every form in it is read, also in forwarded e-mails. Logos are passed over, other files are told.",
        "Nothing.",
    ),
    "msg": ("An Outlook message (.msg)", "The same.", "Nothing."),
    "mbox": ("A mailbox (.mbox)", "Every e-mail in it is opened. One that was met before is not taken again.", "Nothing."),
    "email_body": (
        "A form pasted into an e-mail's text, as lines or as a table",
        "Read where no form is attached; every answer is of low sureness (AR17).",
        "Confirm every answer, or ask for the form.",
    ),
    "html": ("A form saved as a web page", "Read like a form in an e-mail's text.", "Confirm every answer, or ask for the form."),
    "zip": ("A zip archive, also one locked with a password", "Every form in it is read.", "For a locked one, the password, by telephone."),
}
"""Kind, as the JSON of `read` says it → what arrives, what mase-docs does, what to ask for."""
ALSO_OPENED = {"locked_zip": "zip", "encrypted": "xlsx"}
"""Kinds that are another kind once they are unlocked."""


def page() -> str:
    parts = [INTRO, "## What is read\n", *_table("what arrives", READ.values()), "", "## What is read with a warning\n"]
    parts += [*_table("what is said", _said(WARNINGS)), "", "## What comes along with a form\n", *_table("what is said", _beside())]
    parts += ["", "## What is refused\n", *_table("what is said", _said(REFUSALS))]
    return "\n".join(parts) + "\n"


def _said(table: dict[str, tuple[str, str]]) -> Iterator[Row]:
    for reason, (message, remedy) in table.items():
        yield message.replace("{count}", "…"), reason.split()[0], remedy


def _beside() -> Iterator[Row]:
    for reason, (severity, message, remedy) in BESIDE.items():
        yield message, f"{reason.split()[0]}, {severity}", remedy


def _table(head: str, rows: Iterable[Row]) -> list[str]:
    middle = "what mase-docs does" if head == "what arrives" else "code"
    return [f"| {head} | {middle} | what to ask for, or do |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]


def kinds_told() -> set[str]:
    """Every kind that the page speaks of, in one table or the other."""
    refused = {reason.partition(" ")[2] for reason in REFUSALS if reason.startswith("AR30 ")}
    return {*READ, *ALSO_OPENED, *REASONS, *refused}
