"""One file in; out comes the form that is in it, or the files that it carries, or the reason why neither."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError, LockedError
from mase_docs.intake import limits
from mase_docs.intake.answers import compose, taken_out
from mase_docs.intake.finding import Reading
from mase_docs.intake.parts import Opened, Part
from mase_docs.intake.portals import sends_elsewhere
from mase_docs.intake.refusals import WARNINGS, problem, refuse
from mase_docs.intake.sniff import sniff, sniff_head
from mase_docs.intake.unlock import unlocked
from mase_docs.model.submission import Source, Submission
from mase_docs.problems import Problem

READERS = {
    "xlsx": "excel",
    "xlsm": "excel",
    "xlsb": "binary_workbook",
    "xls": "old_workbook",
    "ods": "open_document",
    "pdf": "pdf",
    "docx": "word",
    "docm": "word",
    "email_body": "pasted",
    "html": "web_page",
    "picture": "picture",
}
"""Kind → the module beside this one that reads it: `read(data, home) -> Reading`, raising InputRefusedError."""

MACROS = {
    "xlsm": WARNINGS["AR20"],
    "docm": ("This Word document has macros; they were not run.", "Ask for a plain .docx next time."),
}
"""What is said of a kind that can carry macros (AR20)."""

CARRIERS = {"email": "mail", "mbox": "mail", "msg": "outlook", "zip": "archive", "locked_zip": "archive"}
"""Kind → the module beside this one that takes out what it carries: `parts(data, passwords) -> list[Part]`."""

REASONS = {
    "empty": "AR26",
    "zeros": "AR27 zeros",
    "encrypted": "AR1",
    "rights": "AR1 rights",
    "tnef": "AR18 winmail",
    "rpmsg": "AR18 rpmsg",
    "smime": "AR18 smime",
    "smime_signed": "AR18 signed",
    "pgp": "AR18 pgp",
    "odp": "AR30 pptx",
    "ppt": "AR30 pptx",
    "unknown": "AR30",
}
"""Kind → why it is refused; for any other kind it is "AR30 kind"."""
TURNED_OUT = {"AR4": "pdf_flat", "AR5": "pdf_scan", "AR6": "pdf_xfa"}
"""What a PDF proves to be once it was looked into."""


def read_source(name: str, data: bytes, home: Home, today: date) -> Submission:
    """The form in some bytes, opened in this process; `name` is only what it is called. A file that can't be read, or that carries
    others, has form None and one error.

    Raises DefinitionError for a home with mistakes.
    """
    found = opened(Part(name, data), home, today)
    return found.submission or Submission(found.source, problems=[problem("AR30 zip")])


def opened_in(folder: Path | None, part: Part, today: date, passwords: Sequence[str]) -> Opened:
    """The same, for a home named by its folder, which is kept for the next time."""
    return opened(part, _home(folder), today, passwords)


@cache
def _home(folder: Path | None) -> Home:
    return Home(folder)


def opened(part: Part, home: Home, today: date, passwords: Sequence[str] = ()) -> Opened:
    """What a file is: the parts that it carries, or the form that is in it, or why it can't be read.

    Each password is tried where one is needed. Raises DefinitionError for a home with mistakes.
    """
    source = source_of(part)
    if len(part.data) > limits.FILE:
        return refused(part, "AR27 zeros" if source.kind == "zeros" else "AR28")
    try:
        source = replace(source, kind=_kind(part))
        data = unlocked(source.kind, part.data, passwords)
        source = source if data is part.data else replace(source, kind=sniff(data))
        if source.kind in CARRIERS:
            return Opened(source, parts=tuple(_module(CARRIERS[source.kind]).parts(data, passwords)), protected=source.kind == "locked_zip")
        found = _submission(source, _reader(source.kind)(data, home), home, today)
        return Opened(found.source, found, protected=data is not part.data)
    except (MemoryError, RecursionError):
        return refused(part, "AR28")
    except InputRefusedError as refusal:
        if source.kind == "html" and refusal.code in ("AR15", "AR30") and sends_elsewhere(part.data):
            return refused(part, "AR18 link")
        source = replace(source, kind=TURNED_OUT.get(refusal.code, source.kind))
        return Opened(source, Submission(source, problems=[refusal.problem()]), locked=isinstance(refusal, LockedError))


def _kind(part: Part) -> str:
    return "email_body" if part.role == "text" else sniff(part.data)


def source_of(part: Part) -> Source:
    """Where a part comes from, its kind as far as its first bytes tell."""
    return Source(part.name, hashlib.sha256(part.data).hexdigest(), sniff_head(part.data), part.mail)


def refused(part: Part, reason: str) -> Opened:
    """A part that could not be read, for a reason of the table."""
    source = source_of(part)
    return Opened(source, Submission(source, problems=[problem(reason)]))


def _submission(source: Source, reading: Reading, home: Home, today: date) -> Submission:
    source, answers = replace(source, kind=reading.kind or source.kind), compose(reading, home, today)
    macros = [Problem("warning", "AR20", *MACROS[source.kind])] if source.kind in MACROS else []
    blank = not any(answer.value is not None or answer.issues for answer in answers.values())
    found = [*([problem("AR35")] if blank else []), *macros, *reading.problems, *taken_out(reading)]
    return Submission(source, reading.form.id, reading.form.version, answers, found, reading.reference)


def _reader(kind: str) -> Callable[[bytes, Home], Reading]:
    """Raises InputRefusedError for a kind that isn't read."""
    if kind not in READERS:
        raise refuse(REASONS.get(kind, f"AR30 {kind}"))
    read: Callable[[bytes, Home], Reading] = _module(READERS[kind]).read
    return read


def _module(name: str) -> ModuleType:
    return import_module(f"mase_docs.intake.{name}")
