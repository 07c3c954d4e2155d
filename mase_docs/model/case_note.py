"""What a meeting leaves for one young person's own file (domain 1.2, step 11)."""

from __future__ import annotations

from dataclasses import dataclass

from mase_docs.model.sitting import ActionSaid, Discussed, Meeting


@dataclass(frozen=True, slots=True)
class CaseNote:
    """The record line of one case.

    heard_under  new_cases or review_cases (codes: agenda_section)
    category     each category or level that counted at the meeting, with where and when it was set, in words
    actions      those that the meeting set for the case, of every agency
    """

    reference: str
    heard_under: str
    discussed: Discussed
    meeting: Meeting
    category: tuple[str, ...] = ()
    actions: tuple[ActionSaid, ...] = ()
