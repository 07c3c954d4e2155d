"""The door to a coordinator's own register: its file is opened in a watched process, so that no file can hang or end an import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.errors import DefinitionError, InputRefusedError, LockedError
from mase_docs.intake.arriving import loaded
from mase_docs.intake.import_mapping import Mapping
from mase_docs.intake.import_suggest import suggested
from mase_docs.intake.parts import Part
from mase_docs.intake.refusals import problem
from mase_docs.intake.register_grid import book_of
from mase_docs.intake.register_sheet import Imported, imported
from mase_docs.problems import Problem
from mase_docs.watch import GoneError, Watched

How = tuple[str, Any]
"""What became of a call, and what it gives: rows or text; else the problems for which it was refused."""
TOO_LARGE = Problem(
    "error", "AR28", "This spreadsheet is larger than mase-docs opens.", "Save its older years as a workbook of their own, and import each."
)
REFUSED = {"refused": InputRefusedError, "locked": LockedError}


def rows(path: Path, mapping: Mapping, home: Home, today: date, passwords: Sequence[str] = ()) -> Iterator[Imported]:
    """Every row of a register's file, in order of the mapping's sheets, and as notes what is no row.

    today decides which century a year of two digits is of. Raises LockedError where none of the passwords opens the file,
    InputRefusedError for one that can't be read, DefinitionError where the mapping leaves a sheet or a heading out: nothing comes then.
    """
    told = _watched("rows_in", path, home, mapping, today, list(passwords))
    return (Imported(submission, case) for submission, case in told)


def suggest(path: Path, home: Home, today: date, passwords: Sequence[str] = ()) -> str:
    """The text of a first mapping for a register's file, to be edited by the coordinator. Raises LockedError, InputRefusedError."""
    text: str = _watched("suggested_in", path, home, today, list(passwords))
    return text


def _watched(function: str, path: Path, home: Home, *given: Any) -> Any:
    """What a function of this module gives for a file, called in a watched process."""
    part = _part(path)
    try:
        with Watched() as process:
            how, what = process.call(__name__, function, home.folder, part, *given)
    except GoneError as gone:
        how, what = "refused", [TOO_LARGE if gone.reason in ("time", "memory") else problem(f"AR38 {gone.reason}")]
    if how == "mapping":
        raise DefinitionError(what)
    if how in REFUSED:
        raise REFUSED[how](what[0].code, what[0].message, what[0].remedy)
    return what


def _part(path: Path) -> Part:
    """The file's bytes. Raises InputRefusedError where it isn't there or is too large to be loaded."""
    try:
        found = loaded(path)
        problems = [] if isinstance(found, Part) else found.problems
    except OSError:
        found, problems = None, [problem("AR32")]
    if not isinstance(found, Part):
        raise InputRefusedError(problems[0].code, problems[0].message, problems[0].remedy)
    return found


def rows_in(folder: Path | None, part: Part, mapping: Mapping, today: date, passwords: Sequence[str]) -> How:
    """The rows of a file, opened in this process; a row as a Submission and its case."""
    return _said(
        lambda: [(row.submission, row.case) for row in imported(part.name, book_of(part.data, passwords), mapping, Home(folder), today)]
    )


def suggested_in(folder: Path | None, part: Part, today: date, passwords: Sequence[str]) -> How:
    """A first mapping for a file, opened in this process."""
    return _said(lambda: suggested(book_of(part.data, passwords), Home(folder), today))


def _said(done: Any) -> How:
    """What is done, or the problems for which it can't be, with the kind of the refusal."""
    try:
        return "done", done()
    except DefinitionError as mistakes:
        return "mapping", mistakes.problems
    except InputRefusedError as refusal:
        told = TOO_LARGE if refusal.code == "AR28" else refusal.problem()
        return ("locked" if isinstance(refusal, LockedError) else "refused"), [told]
    except (MemoryError, RecursionError):
        return "refused", [TOO_LARGE]
