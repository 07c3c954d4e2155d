"""The minutes, started: what the forms say is filled in, what the meeting adds has room to be typed (domain 3.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.documents import meeting
from mase_docs.documents.meeting import Layout, must_show
from mase_docs.model.submission import Submission

__all__ = ["context", "must_show"]

TITLES = {
    "attendance": "Present, apologies and absent",
    "confidentiality": "Confidentiality statement",
    "actions": "Previous actions",
}
"""The items that minutes call otherwise than the agenda does."""


def context(
    submissions: Iterable[Submission],
    home: Home,
    *,
    on: date | None,
    today: date,
    layout: Layout | None = None,
    left_out: Iterable[Submission] = (),
) -> dict[str, Any]:
    """What templates/minutes.docx shows of checked submissions; all of it words, lists and groups. The parameters are the agenda's."""
    papers = meeting.of(submissions, home, on, today, layout, left_out)
    return {**papers.head(), "title": f"{home.profile.panel.name} minutes", "items": papers.items(TITLES), "figures": papers.figures()}
