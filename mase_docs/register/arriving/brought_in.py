"""A row of the list that a coordinator kept before there was a register: when it was received, and what it says of its case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from mase_docs.model.received import Received
from mase_docs.model.submission import Submission, Value
from mase_docs.register.casework.case_life import case_of
from mase_docs.register.writing import Writing


def day_of(submission: Submission, case: Mapping[str, Value]) -> date | None:
    """The day a row was received, as far as it says: when the case was opened, else the form received, else the child referred."""
    said = (case.get("opened_on"), submission.value("date_received"), submission.value("referral_date"))
    return next((day for day in said if isinstance(day, date)), None)


def first_come(submission: Submission, case: Mapping[str, Value]) -> tuple[date, str]:
    """The order in which rows are recorded: that in which they were received, so that a later row finds the case of an earlier one."""
    return day_of(submission, case) or date.max, submission.source.sha256


def own_numbers(submissions: Iterable[Submission]) -> dict[str, str]:
    """SHA-256 → the number that a row has in the list already."""
    return {row.source.sha256: str(row.value("referral_ref")) for row in submissions if row.value("referral_ref")}


def complete(writing: Writing, received: Received, case: Mapping[str, Value]) -> None:
    """Brings the case that a row opened up to what the row says: its owner, its next review, that it was closed and how."""
    if received.outcome in ("new", "re_referral"):
        said = {name: value for name, value in case.items() if name != "opened_on"}
        writing.change(case_of(writing.session, received.reference), **said)
