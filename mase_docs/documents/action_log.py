"""The action log: every action in a row, as Word shows it and as a table for a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.documents.case import counted
from mase_docs.documents.meeting import COPY
from mase_docs.model.sitting import ActionSaid
from mase_docs.model.tables import Cell, Table

COLUMNS = {
    "No.": "The action's number, which never changes",
    "Case or theme": "What it is about",
    "Action": "What is to be done",
    "Lead agency": "Whose it is",
    "Lead person": "Who does it",
    "Due": "By when",
    "Status": "What came of it",
    "Done on": "When it was done",
    "Evidence": "How that is known",
    "Reason": "Why it was not done",
    "Times carried": "How many meetings carried it forward",
    "Days overdue": "On the day the log was made",
}
"""Heading of a column of the workbook → what stands in it."""
WIDTHS = {
    "No.": 13, "Case or theme": 18, "Action": 34, "Lead agency": 15, "Lead person": 14, "Due": 11, "Status": 13, "Done on": 11,
    "Evidence": 22, "Reason": 22, "Times carried": 9, "Days overdue": 9,
}  # fmt: skip
"""Heading → width of its column, in characters: together they print on a page without being made too small to read."""


def context(actions: Sequence[ActionSaid], shown: str, home: Home, today: date) -> dict[str, Any]:
    """The values of `templates/action_log.docx`; shown: which actions they are, in words."""
    panel = home.profile.panel
    return {
        "title": title(home),
        "copy": COPY,
        "panel_in_full": panel.full_name,
        "authority": panel.authority,
        "marking": panel.marking.upper(),
        "made_on": show_date(today),
        "shown": shown,
        "count": count(actions),
        "actions": [_row(one, home) for one in actions],
    }


def must_show(context: dict[str, Any]) -> list[str]:
    """What the finished log is proved to show: how many actions there are, and the number of each."""
    return [context["count"], *(row["number"] for row in context["actions"])]


def title(home: Home) -> str:
    """The title, also of the file."""
    return f"{home.profile.panel.name} action log"


def shown(meeting: date | None, *, ended: bool) -> str:
    """Which actions a log shows, in words."""
    what = "All actions" if ended else "Actions still to be done"
    return f"{what} that the meeting of {show_date(meeting)} set" if meeting else what


def count(actions: Sequence[ActionSaid]) -> str:
    """`7 actions: 5 outstanding, 2 overdue`"""
    to_do, late = (sum(map(test, actions)) for test in (lambda one: one.is_outstanding, lambda one: one.days_overdue > 0))
    return f"{counted(len(actions), 'action')}: {to_do or 'none'} outstanding, {late or 'none'} overdue".capitalize()


def _row(one: ActionSaid, home: Home) -> dict[str, Any]:
    """An action in words; how its end is known and why it was not done share a cell, as never more than one is said."""
    status = home.codes("action_status").label_of(one.status)
    told = [one.evidence, f"Not done: {one.reason_not_done}" if one.reason_not_done else None]
    return {
        "number": one.number,
        "about": one.about,
        "action": one.action,
        "agency": one.agency,
        "lead_person": one.lead_person or "–",
        "due": show_date(one.due) if one.due else "–",
        "status": f"{status}, {show_date(one.completed_on)}" if one.completed_on else status,
        "told": "\n".join(filter(None, told)) or "–",
        "carried": one.times_carried,
        "overdue": one.days_overdue,
    }


def table(actions: Sequence[ActionSaid], home: Home) -> Table:
    """The log for a workbook: a cell for each thing, dates as ISO 8601 so that they sort."""
    label_of = home.codes("action_status").label_of
    rows: list[tuple[Cell, ...]] = [
        (
            one.number, one.about, one.action, one.agency, one.lead_person, one.due, label_of(one.status), one.completed_on,
            one.evidence, one.reason_not_done, one.times_carried, one.days_overdue,
        )
        for one in actions
    ]  # fmt: skip
    return Table("Action log", "An action", COLUMNS, rows)
