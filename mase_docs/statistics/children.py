"""The children of a report: each counted once, whatever the number of forms about them (domain section 3.4)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mase_docs.definition.codes import plain
from mase_docs.definition.home import Home
from mase_docs.model.ages import age_on
from mase_docs.model.submission import EXPLICIT, NOT_KNOWN, Submission, Value
from mase_docs.statistics.sameness import grouped


def as_day(value: Value) -> date | None:
    """A date or a time as the day it is on; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def as_text(value: Value) -> str:
    """What was written; nothing where it was "not known", "none" or not answered."""
    return value if isinstance(value, str) and value not in EXPLICIT else ""


@dataclass(frozen=True)
class Child:
    """One child with their referrals of the period, oldest first."""

    referrals: tuple[Submission, ...]

    def latest(self, path: str) -> Value:
        """What the newest form that knows says; None where no form does."""
        said = [referral.value(path) for referral in reversed(self.referrals)]
        return next((value for value in said if value is not None and value != NOT_KNOWN), None)

    def chosen(self, path: str) -> set[str]:
        """Every choice ticked on any of the forms."""
        return {str(v) for r in self.referrals if isinstance(value := r.value(path), list) for v in value}

    def rows(self, repeat: str) -> list[dict[str, Value]]:
        return [row for referral in self.referrals for row in referral.rows(repeat)]

    @property
    def referred(self) -> date | None:
        """The day of the first referral in the period."""
        return next((day for r in self.referrals if (day := as_day(r.value("referral_date")))), None)

    @property
    def age(self) -> int | None:
        """In years on the day of the first referral in the period."""
        dob, day = as_day(self.latest("dob")), self.referred
        return age_on(day, dob) if dob and day else None


def referrals(submissions: Iterable[Submission], home: Home) -> list[Submission]:
    """The forms that are about a child, oldest first, whatever the order they come in."""
    return sorted((s for s in submissions if _is_about_a_child(s, home)), key=_in_time)


def _in_time(submission: Submission) -> tuple[date, str]:
    return as_day(submission.value("referral_date")) or date.min, submission.source.sha256


def dated(submissions: Iterable[Submission], period_from: date | None, period_to: date | None) -> list[Submission]:
    """The forms with their date of referral in the period (both its days belong to it), and those without one."""
    days = [(as_day(s.value("referral_date")), s) for s in submissions if s.form is not None]
    return [s for day, s in days if day is None or (period_from or day) <= day <= (period_to or day)]


def _is_about_a_child(submission: Submission, home: Home) -> bool:
    return submission.form is not None and "dob" in home.form(submission.form, submission.version).fields


def children(referred: Sequence[Submission]) -> list[Child]:
    """The children that referrals are about, told apart by NHS number, else social care number, else name and date of birth."""
    return [Child(tuple(group)) for group in grouped(referred, lambda s: list(_identities(s)), _same_child)]


def _identities(submission: Submission) -> Iterator[tuple[str, Hashable]]:
    """What a form tells a child by, the surest first. A form that tells nothing is of a child of its own."""
    for path in ("nhs_number", "social_care_id"):
        if written := plain(as_text(submission.value(path))):
            yield path, written.replace(" ", "")
    name = tuple(plain(as_text(submission.value(part))) for part in ("family_name", "given_names"))
    if any(name) and (dob := as_day(submission.value("dob"))):
        yield "name", (*name, dob)


def _same_child(one: Submission, other: Submission) -> bool:
    """By the surest thing that both forms give."""
    mine, theirs = dict(_identities(one)), dict(_identities(other))
    surest = next((what for what in mine if what in theirs), None)
    return surest is not None and mine[surest] == theirs[surest]
