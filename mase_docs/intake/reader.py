"""One file in, one Submission out, whatever the file is."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake import limits
from mase_docs.intake.answers import compose
from mase_docs.intake.finding import Reading
from mase_docs.intake.refusals import problem, refuse
from mase_docs.intake.sniff import HEAD, sniff, sniff_head
from mase_docs.model.submission import Source, Submission
from mase_docs.problems import Problem

READERS = {"xlsx": "excel", "xlsm": "excel", "pdf": "pdf"}
"""Kind → the module beside this one that reads it: `read(data, home) -> Reading`, raising InputRefusedError."""

REASONS = {
    "empty": "AR26",
    "zeros": "AR27 zeros",
    "encrypted": "AR1",
    "xls": "AR3",
    "xlsb": "AR3 xlsb",
    "xlsx_strict": "AR29",
    "odp": "AR30 pptx",
    "ppt": "AR30 pptx",
    "locked_zip": "AR30 locked zip",
    "unknown": "AR30",
}
"""Kind → why it is refused; for any other kind it is "AR30 kind"."""
TURNED_OUT = {"AR4": "pdf_flat", "AR5": "pdf_scan", "AR6": "pdf_xfa"}
"""What a PDF proves to be once it was looked into."""


def read_path(path: Path, home: Home, today: date) -> Submission:
    """The form in a file. Size and first bytes are looked at before it is loaded; nothing is raised for a bad file.

    A file too large to be a form isn't loaded, so its Source has no SHA-256. Raises DefinitionError for a home with mistakes.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _refused(Source(path.name, "", "unknown"), problem("AR32"))
        with path.open("rb") as file:
            if status.st_size <= limits.FILE:
                return read_source(path.name, file.read(limits.FILE + 1), home, today)
            kind = sniff_head(file.read(HEAD))
    except OSError:
        return _refused(Source(path.name, "", "unknown"), problem("AR32"))
    return _refused(Source(path.name, "", kind), problem("AR27 zeros" if kind == "zeros" else "AR28"))


def read_source(name: str, data: bytes, home: Home, today: date) -> Submission:
    """The form in some bytes; `name` is only what it is called. A file that can't be read has form None and one error.

    Raises DefinitionError for a home with mistakes.
    """
    source = Source(name, hashlib.sha256(data).hexdigest(), sniff_head(data))
    if len(data) > limits.FILE:
        return _refused(source, problem("AR27 zeros" if source.kind == "zeros" else "AR28"))
    try:
        source = Source(name, source.sha256, sniff(data))
        reading = _reader(source.kind)(data, home)
    except (MemoryError, RecursionError):
        return _refused(source, problem("AR28"))
    except InputRefusedError as refusal:
        return _refused(Source(name, source.sha256, TURNED_OUT.get(refusal.code, source.kind)), refusal.problem())
    answers = compose(reading, home, today)
    macros = [Problem("warning", "AR20", "This workbook has macros; they were not run.", "Ask for a plain .xlsx next time.")]
    blank = not any(answer.value is not None or answer.issues for answer in answers.values())
    found = [*([problem("AR35")] if blank else []), *(macros if source.kind == "xlsm" else []), *reading.problems]
    return Submission(source, reading.form.id, reading.form.version, answers, found)


def _refused(source: Source, why: Problem) -> Submission:
    return Submission(source, problems=[why])


def _reader(kind: str) -> Callable[[bytes, Home], Reading]:
    """Raises InputRefusedError for a kind that isn't read."""
    if kind not in READERS:
        raise refuse(REASONS.get(kind, f"AR30 {kind}"))
    read: Callable[[bytes, Home], Reading] = import_module(f"mase_docs.intake.{READERS[kind]}").read
    return read
