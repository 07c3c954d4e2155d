"""What was understood of edited minutes: what changes by them, what could not be understood, and what stands elsewhere in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mase_docs.model.edited import Typed
from mase_docs.problems import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the minutes change in the register.

    what    what changes: decision, attendance, action, status …; about: whose it is, by reference, number or agency, never a name
    before, after  in words; "" for nothing
    words   all of it in one plain sentence; place: where it stands in the file, "" where it follows from another change
    """

    what: str
    about: str
    before: str
    after: str
    words: str
    place: str = ""


@dataclass
class ReadBack:
    """All of it. outside is what was typed where nothing is recorded from: it is listed, and stays in the file alone."""

    meeting: date
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    outside: list[Typed] = field(default_factory=list)
    comments: list[Typed] = field(default_factory=list)
    tracked: int = 0

    def to_json(self) -> list[dict[str, Any]]:
        """One object a line: changes, then problems, then what stands elsewhere."""
        changes = [
            {"change": c.what, "about": c.about, "from": c.before, "to": c.after, "words": c.words, "place": c.place} for c in self.changes
        ]
        problems = [{"problem": p.to_json()} for p in self.problems]
        elsewhere = [("outside", self.outside), ("comment", self.comments)]
        return [*changes, *problems, *({kind: t.text, "place": t.place} for kind, found in elsewhere for t in found)]
