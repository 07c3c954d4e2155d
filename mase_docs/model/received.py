"""What the register made of one completed form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mase_docs.model.submission import Submission

Outcome = Literal[
    "new",
    "known",
    "re_referral",
    "correction",
    "return",
    "same_file",
    "same_mail",
    "same_answers",
    "older",
    "duplicate",
    "errors",
    "no_return",
    "passed_over",
]
OUTCOMES: dict[Outcome, str] = {
    "new": "recorded: not known before",
    "known": "recorded: joins the open case",
    "re_referral": "recorded: referred again within 12 months",
    "correction": "recorded: corrects a form received before",
    "return": "recorded: what the agency sent back",
    "same_file": "not recorded again: this file is in the register",
    "same_mail": "not recorded again: this file came with the same e-mail before",
    "same_answers": "not recorded again: every answer is as on a form in the register",
    "older": "not recorded: a version completed later is in the register",
    "duplicate": "not recorded: the same agency referred the same young person on the same day",
    "errors": "not recorded: it has errors",
    "no_return": "not recorded: this is no form that an agency sends back",
    "passed_over": "passed over: no form",
}
"""What came of a form → how that is said."""
RECORDED: tuple[Outcome, ...] = ("new", "known", "re_referral", "correction", "return")
MAY_BE_ACCEPTED: tuple[Outcome, ...] = ("older", "duplicate", "errors")
WITH_ERRORS: tuple[Outcome, ...] = (*MAY_BE_ACCEPTED, "no_return")
REMEDIES: dict[Outcome, str] = {
    "older": "Nothing needs to be done if the later one is right; else record this one with --accept REASON.",
    "no_return": "Record it with: mase-docs receive",
    "duplicate": "Look at both. If this is a referral of its own, record it with --accept REASON.",
}
"""What to do about one that is not recorded and has no problem of its own."""


@dataclass(frozen=True, slots=True)
class Possible:
    """A person known before who may be the one the form is about: how they are named on the command line, and why."""

    reference: str
    band: str
    reasons: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A form and what came of it.

    reference  the number it goes by in the register; "" where it isn't there
    other      the reference of the form or case that it was found to belong to
    possible   who else it may be about, the likeliest first; a person decides
    closed     whether the case that it belongs to is closed
    file_kept  whether its file is kept: one that a password protects isn't, and a row of a list has none
    left       of what an agency sent back, how many rows could not be recorded: the form's problems say which, and why
    """

    form: Submission
    outcome: Outcome
    reference: str = ""
    other: str = ""
    possible: tuple[Possible, ...] = ()
    closed: bool = False
    file_kept: bool = False
    left: int = 0

    @property
    def recorded(self) -> bool:
        return self.outcome in RECORDED
