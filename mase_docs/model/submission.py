"""A completed form as it was read: every answer with what was typed, where it stands and how sure the reading is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from mase_docs.problems import Problem, has_errors

Value = str | int | bool | date | datetime | list[str] | None
Confidence = Literal["high", "medium", "low"]

NOT_KNOWN, NOT_APPLICABLE, NONE = "not_known", "not_applicable", "none"
EXPLICIT = {NOT_KNOWN: "Not known", NOT_APPLICABLE: "Not applicable", NONE: "None"}
"""Answers that say there is nothing to say: they are not blank (domain rule CO9)."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The e-mail that a file came with, as its head says; "" for what it doesn't say. message_id is without angle brackets."""

    subject: str = ""
    sender: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The file a form came in.

    name    what it is called, never a path; inside a mail or an archive `monday.eml › form.xlsx`
    sha256  of its bytes as they arrived; "" where it was never loaded
    kind    what its bytes proved to be: xlsx, pdf, pdf_flat, docx, email_body …
    mail    the e-mail it came with, if it came with one
    """

    name: str
    sha256: str
    kind: str
    mail: Mail | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    value       the typed value; None when nothing was answered or what was typed could not be understood
    raw         what was typed, as text, untouched; None when nothing was
    place       `Referral!D14` or `page 2, dob`
    confidence  high: found by its name; medium: by its label, or read by a convention; low: a guess to confirm
    issues      codes of what was odd about it, for the checks to put into words (CO12, DA6, TY1 …)
    nearest     for CO12, the label of the nearest right choice
    """

    value: Value
    raw: str | None
    place: str
    confidence: Confidence = "high"
    issues: tuple[str, ...] = ()
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that a corrected form gives otherwise than the first did."""

    path: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Resend:
    """The earlier form that a form corrects: its file's name and SHA-256, the reference both go by, and what is not as it was."""

    source: str
    sha256: str
    reference: str
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Submission:
    """One completed form. `answers` is flat, by path: `dob`, `linked_people[1].name`, `safeguard[S].rating`.

    `reference` is the number that a form sent back to its sender carries; `resend` the earlier form that this one corrects. A file that
    could not be read has form None, no answers and one error among its problems; one that came along and is no form has a warning or a
    note in place of the error.
    """

    source: Source
    form: str | None = None
    version: int | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    reference: str = ""
    resend: Resend | None = None

    @property
    def passed_over(self) -> bool:
        """Whether this came along with a form and is none: it was not read, and nothing is wrong with that."""
        return self.form is None and not has_errors(self.problems)

    @property
    def refused(self) -> bool:
        return self.form is None and has_errors(self.problems)

    def value(self, path: str) -> Value:
        """The value answered at a path; None when there is none."""
        answer = self.answers.get(path)
        return answer.value if answer else None

    def rows(self, repeat: str) -> list[dict[str, Value]]:
        """The rows of a repeating group that hold an answer, as column → value, in the form's order.

        Each carries its key or number under "row".
        """
        found: dict[str, dict[str, Value]] = {}
        for path, answer in self.answers.items():
            if path.startswith(f"{repeat}[") and answer.value is not None:
                row, column = path[len(repeat) + 1 :].split("].", 1)
                found.setdefault(row, {"row": row})[column] = answer.value
        return list(found.values())
