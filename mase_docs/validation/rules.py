"""The table of rules: a rule is one function that finds where it is broken, with its severity and its words.

A code may stand several times, once for each severity or message (a date after the referral is an error, a stale one a
warning); switching a code off or changing its severity in the profile goes for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from mase_docs.problems import Severity
from mase_docs.validation.case import Case


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a rule is broken, and words for its message that are no answer (the label of a choice, a row's number)."""

    path: str | None
    words: dict[str, str] = field(default_factory=dict)


Finder = Callable[[Case], Iterator[str | Broken | None]]
F = TypeVar("F", bound=Finder)


@dataclass(frozen=True, slots=True)
class Check:
    """One rule.

    message, remedy  templates; they may use {label} (the question), {who} (whom to ask), {panel}, {youth_service}, {borough},
                     {months} and {ages.upper} and its like from the profile, and the words of a Broken; never an answer
    source           where the rule comes from
    always           holds for every form; others only where the form's `checks` name their code
    blank            says itself that its question was left blank, so that RQ1 need not
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    find: Finder
    source: str
    always: bool = False
    blank: bool = False

    @property
    def name(self) -> str:
        """The rule as a sentence, which is its function's name."""
        return self.find.__name__.replace("_", " ")

    def broken(self, case: Case) -> Iterator[Broken]:
        """Everywhere a form breaks the rule."""
        for found in self.find(case):
            yield found if isinstance(found, Broken) else Broken(found)


CHECKS: list[Check] = []


def rule(
    code: str, severity: Severity, message: str, remedy: str, source: str, always: bool = False, blank: bool = False
) -> Callable[[F], F]:
    """Puts a function into the table of rules, under a code, with its words."""

    def listed(find: F) -> F:
        CHECKS.append(Check(code, severity, message, remedy, find, source, always, blank))
        return find

    return listed
