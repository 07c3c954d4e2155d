"""The papers of a meeting: the agenda, in the order things are heard (domain 3.1), and the minutes, started (domain 3.2).

What is known is filled in; what the meeting adds has places to be typed, chosen and ticked, by which it is read back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.documents.meeting import Layout, Papers, from_forms, must_show
from mase_docs.model.sitting import Sitting
from mase_docs.model.submission import Submission

__all__ = ["context", "must_show"]

TITLES: dict[str, dict[str, str]] = {
    "agenda": {},
    "minutes": {
        "attendance": "Attendance",
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
    sitting: Sitting | None = None,
) -> dict[str, Any]:
    """What the template of a paper, "agenda" or "minutes", shows; all of it words, controls, lists and groups.

    on        the day of the meeting, or None while it isn't fixed; a sitting brings its own
    layout    which comes first, single cases or themes; as the profile says when it isn't given
    left_out  the forms that are not in it, to be listed
    sitting   the meeting as the register has it; without, it is made of the submissions
    """
    forms = tuple(submissions)
    heard = sitting or from_forms(forms, home)
    on = heard.meeting.held_on if heard.meeting else on
    papers = Papers(heard, forms, home, on, today, layout or home.profile.documents.layout, tuple(left_out))
    return {
        **papers.head(paper),
        **papers.roll(),
        **papers.actions(),
        "items": papers.items(TITLES[paper]),
        "figures": papers.figures(),
        "not_heard": papers.not_heard(),
    }
