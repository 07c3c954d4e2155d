"""One form that an agency sent back, while it is recorded, and what is said of it that only the register can know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mase_docs.definition.home import Home
from mase_docs.model.submission import EXPLICIT, Submission, Value
from mase_docs.problems import Problem, Severity
from mase_docs.register.records import AgencyReturn, Meeting
from mase_docs.register.writing import Writing

FOUND: dict[str, tuple[Severity, str, str]] = {
    "AC5": (
        "error",
        "No action in the register has this number; nothing was recorded from the row.",
        "Compare it with: mase-docs actions list --all",
    ),
    "AC5 other": (
        "error",
        "The register has this action as another agency's; nothing was recorded from the row.",
        "Ask both agencies; if it was passed on, say so with: mase-docs actions set",
    ),
    "AC6": (
        "warning",
        "This action has ended in the register, and the form says that it is still to be done; it was left as it is.",
        "Ask the agency; to open it again: mase-docs actions set",
    ),
    "AC7": (
        "error",
        "The row does not say all that is needed; nothing was recorded from it.",
        "Ask the agency, then set what came of the action with: mase-docs actions set",
    ),
    "IN4": (
        "error",
        "No case in the register has this label; nothing was recorded from the row.",
        "Look for it with: mase-docs cases --all; if it is not there, ask the agency for a referral form.",
    ),
    "IN5": (
        "error",
        "There is no meeting in the register on this day.",
        "Add it with: mase-docs meeting add; then receive the form again.",
    ),
    "IN6": (
        "note",
        "This takes the place of what the same agency sent before about the same case for this meeting.",
        "Nothing needs to be done; the history keeps what was there.",
    ),
}
"""Code → how serious it is, what is wrong and what to do. A code that stands twice has a word after it."""


@dataclass
class Returned:
    """agency is its code; row is what the register keeps of the form as a whole, None where it isn't recorded."""

    writing: Writing
    submission: Submission
    home: Home
    today: date
    agency: str
    meeting: Meeting | None
    row: AgencyReturn | None
    problems: list[Problem] = field(default_factory=list)

    def problem(self, found: str, path: str) -> Problem:
        """What is said of an answer, with its place."""
        severity, message, remedy = FOUND[found]
        answer = self.submission.answers.get(path)
        return Problem(severity, found.split()[0], message, remedy, path, answer.place if answer else None)

    def say(self, found: str, path: str) -> None:
        self.problems.append(self.problem(found, path))


def words(value: Value) -> str | None:
    """An answer in words, where it says something: "not known" and the like don't."""
    return str(value) if value is not None and value != "" and value not in EXPLICIT else None
