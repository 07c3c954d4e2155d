"""What agencies send back before a meeting: their actions (AC) and what they know that is new (IN).

A row of an action return that says nothing beside what was filled in for the agency changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from mase_docs.validation.case import Case, Row
from mase_docs.validation.rules import rule

NOT_DONE = ("not_possible_changed_circumstances", "not_done_by_agency")
ELSEWHERE = ("transferred", "superseded")
"""The states (codes: action_status) in which an action ended unfinished, or goes on as another's."""
MARAC = "SafeLives Marac minutes checklist"
PRACTICE = "panel practice"


def _said(case: Case, row: Row, *columns: str) -> bool:
    """Whether a row answers any of these questions, be it in words that were not understood."""
    return any(case.known(row.path(column)) or case.misread(row.path(column)) for column in columns)


@rule("AC1", "error", "An action is done, and “{label}” does not say when.", "Ask the agency for the date.", PRACTICE)
def what_is_done_was_done_on_a_day(case: Case) -> Iterator[str]:
    done = (row for row in case.rows("actions") if row.value("status") == "done")
    yield from (row.path("done_on") for row in done if not _said(case, row, "done_on"))


@rule("AC1", "error", "“{label}” gives a date, and the action is not said to be done.", "Ask the agency whether it is done.", PRACTICE)
def what_was_done_on_a_day_is_done(case: Case) -> Iterator[str]:
    dated = (row for row in case.rows("actions") if _said(case, row, "done_on") and _said(case, row, "status"))
    yield from (row.path("done_on") for row in dated if row.value("status") != "done" and not case.misread(row.path("status")))


@rule(
    "AC2",
    "error",
    "An action could not be done, or was not, and “{label}” gives no reason.",
    "Ask the agency why: the meeting tells what circumstances prevented from what was left undone.",
    MARAC,
)
def what_was_not_done_has_a_reason(case: Case) -> Iterator[str]:
    left = (row for row in case.rows("actions") if row.value("status") in NOT_DONE)
    yield from (row.path("reason_not_done") for row in left if not _said(case, row, "reason_not_done"))


@rule(
    "AC3",
    "warning",
    "An action was passed on or replaced, and the form does not say to whom or by what.",
    "Ask the agency: somebody has to go on with it.",
    PRACTICE,
)
def what_was_passed_on_has_somebody_who_goes_on(case: Case) -> Iterator[str]:
    gone = (row for row in case.rows("actions") if row.value("status") in ELSEWHERE)
    yield from (row.path("status") for row in gone if not _said(case, row, "evidence", "reason_not_done"))


@rule(
    "AC4",
    "error",
    "Something is said of an action, but “{label}” is blank.",
    "Ask the agency how far the action is.",
    PRACTICE,
)
def what_is_said_of_an_action_begins_with_how_it_stands(case: Case) -> Iterator[str]:
    told = (row for row in case.rows("actions") if _said(case, row, "done_on", "evidence", "reason_not_done"))
    yield from (row.path("status") for row in told if not _said(case, row, "status"))


@rule(
    "IN1",
    "warning",
    "“{label}” says that there is nothing to add, and something is added.",
    "Take what is added; ask the agency if it is not plain.",
    PRACTICE,
)
def nothing_is_added_where_there_is_nothing_to_add(case: Case) -> Iterator[str]:
    both = (row for row in case.rows("cases") if case.yes(row.path("nothing_new")) and _said(case, row, "information"))
    yield from (row.path("nothing_new") for row in both)


@rule(
    "IN2",
    "note",
    "A case is listed, and nothing is said of it: neither what is new, nor that there is nothing to add.",
    "Ask the agency at the meeting.",
    PRACTICE,
)
def something_is_said_of_every_case(case: Case) -> Iterator[str]:
    listed = (row for row in case.rows("cases") if _said(case, row, "case"))
    yield from (row.path("information") for row in listed if not _answers(case, row))


@rule(
    "IN3",
    "error",
    "Something is said, and “{label}” does not say of which case.",
    "Ask the agency for the case's label; about a young person who is not listed they send a referral form.",
    PRACTICE,
)
def what_is_said_is_said_of_a_case(case: Case) -> Iterator[str]:
    told = (row for row in case.rows("cases") if _said(case, row, "information"))
    yield from (row.path("case") for row in told if not _said(case, row, "case"))


def _answers(case: Case, row: Row) -> bool:
    return case.yes(row.path("nothing_new")) or _said(case, row, "information")
