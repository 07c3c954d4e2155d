"""The tables and places of the minutes that people write in: what they are called on paper, and what each is to the register.

The template is made with these words and the minutes are read back by them, where the names of controls and bookmarks were lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table that people may add rows to.

    caption  what it is called, for screen readers (w:tblCaption)
    heads    column → the words at its head, in the order of the columns
    typed    the columns that people fill; the others are printed
    """

    caption: str
    heads: Mapping[str, str]
    typed: tuple[str, ...]


TABLES: dict[str, Table] = {
    "attendance": Table(
        "Attendance",
        {
            "agency": "Agency", "attendance": "Attendance", "name": "Name", "representing": "Representative for",
            "information_on": "Information received", "statement_signed": "Statement signed",
        },
        ("attendance", "name", "representing", "information_on", "statement_signed"),
    ),
    "observers": Table(
        "Observers", {"agency": "From", "name": "Name", "statement_signed": "Statement signed"}, ("agency", "name", "statement_signed")
    ),
    "previous": Table(
        "Previous actions",
        {
            "number": "No.", "about": "Case or theme", "action": "Action", "agency": "Lead agency", "due": "Due, and times carried",
            "status": "Status", "completed_on": "Done on", "remark": "Evidence, or why not",
        },
        ("status", "completed_on", "remark"),
    ),
    "information": Table(
        "Information shared, by agency",
        {"agency": "Agency", "known": "Known from the form", "information": "Shared with the panel"},
        ("information",),
    ),
    "actions": Table(
        "Actions",
        {"number": "No.", "action": "Action", "agency": "Lead agency", "lead_person": "Lead person", "due": "Due"},
        ("action", "agency", "lead_person", "due"),
    ),
}  # fmt: skip
"""In `attendance`, `observers` and `information` the agency too is typed, in the rows that are blank at first."""

MEETING = {
    "started": "Started", "finished": "Finished", "venue": "Room or online link", "chair": "Chair", "minute_taker": "Minutes taken by",
    "version": "Version",
}  # fmt: skip
"""What of the meeting is typed: ending of the control's name (`meeting_chair`) → the label beside it."""
CASE = {
    "disruption_considered": "Disruption considered", "decision": "Decision", "reasons": "Reasons",
    "category_review": "Review of the category asked for", "review_on": "Review on", "filed_by": "Put on file by",
    "minutes_spent": "Minutes spent",
}  # fmt: skip
"""What of a case is typed: `case12_decision`. Its `case12_category` is fixed: the panel sets none (domain rule CA4)."""
CATEGORY = "Category or level"
THEME = {
    "response": "Response discussed", "decision": "Decision", "review_on": "Review on", "minutes_spent": "Minutes spent",
}  # fmt: skip
"""What of a theme is typed: `theme4_response`."""
ITEM = {"minutes_spent": "Minutes spent"}
"""What of an item as a whole is typed: `item_disruption_minutes_spent`."""
ITEMS_TIMED = ("cross_border", "disruption", "panels")
VERSIONS = {"minutes_draft": "Draft", "minutes_agreed": "Agreed"}
"""State of the meeting → the version of its minutes."""
