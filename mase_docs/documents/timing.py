"""The time of a meeting: how many minutes each case, theme and item is given, and for what, by the four heads of the seminar.

The heads are those of the MsUnderstood practitioner briefing 4 (2016): individual safeguarding; trends, peers and places; disruption;
information sharing outside the meeting. What every meeting needs besides stands on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mase_docs.definition.profile import Documents
from mase_docs.documents.case import Case, counted

HEADS = {
    "Individual safeguarding": ("new_cases", "review_cases", "out_of_borough", "nfa", "harming"),
    "Trends, peers and places": ("trends",),
    "Disruption": ("disruption",),
    "Information sharing outside the meeting": ("cross_border", "panels"),
    "Opening and actions": ("attendance", "confidentiality", "last_minutes", "actions", "figures"),
}
"""Head → the items that count under it."""


@dataclass(frozen=True)
class Timing:
    """The minutes of each item by its kind, and the length of the meeting."""

    of: dict[str, int]
    length: int

    @property
    def needed(self) -> int:
        return sum(self.of.values())

    def table(self) -> list[dict[str, str]]:
        """A line a head, then the sum against the length."""
        heads = {head: sum(self.of.get(kind, 0) for kind in kinds) for head, kinds in HEADS.items()}
        lines = {**heads, "Together": self.needed, "Length of the meeting": self.length}
        return [{"what": what, "minutes": str(minutes)} for what, minutes in lines.items()]

    def warning(self) -> str:
        """A warning where the agenda takes longer than the meeting; else nothing."""
        if self.needed <= self.length:
            return ""
        over = f"The agenda needs {self.needed} minutes and the meeting has {self.length}."
        return f"{over} Take some cases by exception, or move some to the next meeting."

    def said(self, kind: str) -> str:
        """How long an item may take, "" where no time is given to it."""
        return counted(self.of[kind], "minute") if self.of.get(kind) else ""


def timing(cases: Iterable[Case], themes: int, documents: Documents) -> Timing:
    """The slots of the cases and themes, and the minutes that the profile gives to items as a whole."""
    of = {kind: documents.item_minutes.get(kind, 0) for kinds in HEADS.values() for kind in kinds}
    for case in cases:
        of["review_cases" if case.is_review else "new_cases"] += case.minutes
    return Timing({**of, "trends": of["trends"] + themes * documents.theme_minutes}, documents.meeting_minutes)
