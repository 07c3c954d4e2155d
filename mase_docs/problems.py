"""A problem: what is wrong, where, how bad it is and what to do. It never repeats an answer, a name or a date of birth."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should know about a form, a definition or a template.

    severity  error (keeps the form out of the documents), warning (the coordinator decides) or note
    code      the rule, as in docs/checks.md: EL2, DA6, AR14 …
    message   what is wrong, in one sentence, for a social worker
    remedy    what to do about it, in one sentence
    field     the path of the answer: `dob`, `linked_people[2].dob`; None when it is about the whole form
    place     where it stands in the file: `Referral!D14`, `page 2, dob`
    """

    severity: Severity
    code: str
    message: str
    remedy: str
    field: str | None = None
    place: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        at = f" · {self.place}" if self.place else ""
        return f"{self.severity} {self.code}{at}: {self.message} {self.remedy}"


def errors_first(problems: list[Problem]) -> list[Problem]:
    """The problems with errors before warnings before notes, otherwise in the order they were found."""
    return sorted(problems, key=lambda problem: SEVERITIES.index(problem.severity))


def has_errors(problems: list[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)
