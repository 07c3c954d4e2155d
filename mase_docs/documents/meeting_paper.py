"""The papers of a meeting: the agenda, in the order things are heard (domain 3.1), and the minutes, started (domain 3.2).

What the forms say is filled in; what the meeting adds has room to be typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.documents import meeting
from mase_docs.documents.meeting import Layout, must_show
from mase_docs.model.submission import Submission

__all__ = ["context", "must_show"]

TITLES: dict[str, dict[str, str]] = {
    "agenda": {},
    "minutes": {
        "attendance": "Present, apologies and absent",
        "confidentiality": "Confidentiality statement",
        "actions": "Previous actions",
    },
}
"""The papers, each with the items that it calls otherwise than the agenda does."""


def context(
    paper: str,
    submissions: Iterable[Submission],
    home: Home,
    *,
    on: date | None,
    today: date,
    layout: Layout | None = None,
    left_out: Iterable[Submission] = (),
) -> dict[str, Any]:
    """What the template of a paper, "agenda" or "minutes", shows of checked submissions; all of it words, lists and groups.

    on        the day of the meeting, or None while it isn't fixed
    layout    which comes first, single cases or themes; as the profile says when it isn't given
    left_out  the forms that are not in it, to be listed
    """
    papers = meeting.of(submissions, home, on, today, layout, left_out)
    return {
        **papers.head(),
        "title": f"{home.profile.panel.name} {paper}",
        "items": papers.items(TITLES[paper]),
        "figures": papers.figures(),
    }
