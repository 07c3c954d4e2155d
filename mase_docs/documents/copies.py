"""Whose copy a document is: it says so in its title, which stays when people change and save it."""

from __future__ import annotations

import re

from mase_docs.definition.home import Home
from mase_docs.model.labels import COPY_FOR
from mase_docs.model.sitting import CHAIR

FOR = re.compile(rf".*\b{COPY_FOR} (.+)", re.IGNORECASE)
CHAIRS = ("agenda", "minutes", "action log", "links between cases", "what is recorded")
"""The papers that hold everything, as their titles call them after the panel's name."""


def whose(title: str, home: Home) -> str:
    """The audience of a document with such a title: an agency's code (its name, where the profile has none of that name), or `chair`;
    "" for what is nobody's copy, or not ours."""
    called, panel = title.strip(), re.escape(home.profile.panel.name)
    if found := FOR.fullmatch(called):
        unknown = found[1] if re.match(panel, called, re.IGNORECASE) else ""
        return home.codes("agency").match(found[1]) or unknown
    return CHAIR if re.match(rf"{panel}:? ({'|'.join(CHAIRS)})\b", called, re.IGNORECASE) else ""
