"""What is said of a coordinator's own register: of its sheets and headings, of rows that are none, and of what a cell can't be understood
as. A message names headings, questions and places, and no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mase_docs.definition.build import did_you_mean
from mase_docs.definition.form import Form
from mase_docs.intake.import_fields import NAMES
from mase_docs.model.submission import EXPLICIT, NOT_KNOWN, Answer, Value
from mase_docs.problems import Problem, Severity

UNFIT = {
    "no sheet": ("The workbook has no sheet “{what}”.", "{near}"),
    "alike": ("Two sheets have the name “{what}”, but for spaces or capitals.", "Give one of them another name."),
    "new sheet": ("The mapping says nothing of sheet “{what}”.", "Name it under sheets, or under ignore_sheets."),
    "no headings": (
        "The headings of sheet “{what}” cannot be found.",
        "Two of the mapping's headings at least must stand in one row of it; or name the sheet under ignore_sheets.",
    ),
    "new heading": (
        "The mapping says nothing of the heading “{what}”, so its column would be lost.",
        "{near} If the register doesn't need it, put it under ignore.",
    ),
    "no heading": ("No sheet has the heading “{what}”.", "{near}"),
    "moved": (
        "The headings of sheet “{what}” stand here once more, in another order.",
        "Put what is below them on a sheet of its own, and name that in the mapping.",
    ),
}
"""Why a mapping doesn't fit a workbook, all of it IM1."""
PASSED: dict[str, tuple[Severity, str, str]] = {
    "above": ("note", "This row is above the headings.", "Look whether it is only a title."),
    "headings": ("note", "This row has the headings once more.", "Nothing need be done."),
    "total": ("note", "This row is a total.", "Nothing need be done."),
    "note": ("warning", "Only one cell of this row is filled in, so it was taken for a remark.", "If it is a child, add what is known."),
    "left": ("note", "All that this row holds is under headings that the mapping leaves out.", "Look whether that was meant."),
    "formulas": ("warning", "This row holds formulas alone, and nothing that was typed.", "If they are answers, type them in."),
    "hidden": (
        "note",
        "Rows or columns of this sheet are hidden; what they hold was read all the same.",
        "Look whether they belong to it.",
    ),
    "hidden sheet": ("note", "This sheet is hidden; it was read all the same.", "Look whether that was meant."),
    "struck": (
        "warning",
        "Words on this sheet are struck out; they were not read, and a row wholly struck out was taken for an empty one.",
        "If such rows are closed cases, take the lines out of them and give the day they were closed.",
    ),
    "comments": ("note", "There are comments in this workbook, which were not read.", "Copy what matters into a column."),
    "same": ("warning", "This row holds the same as one before it, word for word.", "Look whether it is one referral, written down twice."),
    "shared": (
        "warning",
        "This row shares a merged cell with the one above, whose words were taken for both.",
        "Look whether that is right.",
    ),
}
"""What is said of a row that is none, or beside a sheet's rows, all of it IM2."""
UNDERSTOOD = {
    "CO12": ("The answer to “{label}” is none of the choices{near}.", "Say under words what it stands for, or put the cell right."),
    "TY1": (
        "The answer to “{label}” could not be understood as a date.",
        "Type it as day, month and year, or say under words what it stands for.",
    ),
    "TY2": ("The answer to “{label}” is not a whole number.", "Type the number in figures, or say under words what it stands for."),
    "TY3": ("The answer to “{label}” is neither yes nor no.", "Say under words what it stands for, or put the cell right."),
    "TY4": (
        "What stands here could not be told apart, for “{label}”.",
        "Add a pattern for it to the mapping, or write one cell like the others.",
    ),
    "TY5": ("In place of an answer to “{label}” there is an error of the spreadsheet.", "Type the answer itself."),
    "AR16": ("The answer to “{label}” only points elsewhere.", "Type the answer itself."),
}
"""An answer's issue → what is said where nothing could be taken from a cell."""
NO_RESULT = (
    "A formula stands here that has no result, for “{label}”.",
    "If something is shown in the cell, save the workbook with Excel and import that.",
)
DOUBTFUL = ("“{label}” was read with little certainty.", "Compare it with the cell.")
ERROR: Severity = "error"
WARNING: Severity = "warning"
TWO = re.compile(r"[&;+]|\band\b", re.IGNORECASE)
"""What stands between the names of two, and in no name."""
OTHERWISE = ("The answer to “{label}” could not be understood.", "Put the cell right, or say under words what it stands for.")


def unfit(kind: str, file: str, what: str, known: Sequence[str], place: str | None = None, near: str = "") -> Problem:
    """What the mapping doesn't account for. known are the words that would be right; near is what a heading may stand for."""
    message, remedy = UNFIT[kind]
    meant = f'It may be "{near}".' if near else "Say under columns what it stands for."
    said = did_you_mean(what, known) if known else meant
    return Problem("error", "IM1", message.format(what=what), remedy.format(near=said), place=f"{file} › {place}" if place else file)


def passed(kind: str, place: str) -> Problem:
    """Why a row was passed over, or what is to be known of a sheet."""
    severity, message, remedy = PASSED[kind]
    return Problem(severity, "IM2", message, remedy, place=place)


def said_of(answers: Mapping[str, Answer], form: Form, place: str) -> Iterator[Problem]:
    """What is wrong with the answers of one row. Blanks are not: an old register has many."""
    if not any(_is_said(answers.get(name)) for name in NAMES):
        yield Problem("error", "IM3", "This row has no name.", "Give the name, or take the row out.", place=place)
    for path, answer in answers.items():
        yield from _of_one(path, answer, form)
    yield from _of_two(answers)
    yield from _of_closing(answers, place)


def _of_two(answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """Two children in one row would be one in the register."""
    for name in ("family_name", "given_names"):
        if name in answers and TWO.search(str(answers[name].value or "")):
            message, remedy = "This row may be of two children.", "Give each child a row; a second name goes into “also known as”."
            yield Problem("error", "IM6", message, remedy, name, answers[name].place)
            return


def _of_closing(answers: Mapping[str, Answer], place: str) -> Iterator[Problem]:
    """A case that was closed and has no day: it would be open in the register."""
    closed = answers.get("closed_on")
    if closed and closed.value == NOT_KNOWN:
        message, remedy = "It is not known when this case was closed.", "Give a day: the last of the month or year will do."
        yield Problem("error", "IM4", message, remedy, "closed_on", closed.place)
    elif not _is_said(closed) and any(_is_said(answers.get(name)) for name in ("outcome", "closing_reason", "closing_agency")):
        message, remedy = "This case has an outcome and no day on which it was closed, so it stays open.", "Give the day, if it is closed."
        yield Problem("warning", "IM5", message, remedy, "closed_on", place)


def is_explicit(value: Value) -> bool:
    """Whether a value says that there is nothing to say."""
    return isinstance(value, str) and value in EXPLICIT


def _is_said(answer: Answer | None) -> bool:
    return answer is not None and answer.value is not None and not is_explicit(answer.value)


def _of_one(path: str, answer: Answer, form: Form) -> Iterator[Problem]:
    """What is wrong with one answer: nothing could be taken from the cell, or only with doubt."""
    lost = [issue for issue in answer.issues if answer.value is None or issue in ("CO12", "TY4")]
    near = f"; the nearest is “{answer.nearest}”" if answer.nearest else ""
    if "TY5" in answer.issues and answer.raw is None:
        severity, code, (message, remedy) = WARNING, "TY5", NO_RESULT
    elif lost:
        severity, code, (message, remedy) = ERROR, lost[0], UNDERSTOOD.get(lost[0], OTHERWISE)
    elif answer.confidence == "low":
        severity, code, (message, remedy) = WARNING, "LC1", DOUBTFUL
    else:
        return
    yield Problem(severity, code, message.format(label=form.label_at(path), near=near), remedy, path, answer.place)
