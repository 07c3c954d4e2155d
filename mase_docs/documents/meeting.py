"""What agenda and minutes have in common: the head, the standing items in either layout, the figures and the forms left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.documents import links
from mase_docs.documents.case import Case, counted, ordered
from mase_docs.documents.items import EMPTY, ROWS, THEMES_FIRST, TITLES, Row
from mase_docs.model.submission import Submission

Layout = Literal["case-first", "theme-first"]
FILES = {"xlsx": "Excel", "pdf": "PDF"}
COPY = "Chair and coordinator copy: full details"


@dataclass(frozen=True)
class Meeting:
    """One meeting's papers: the forms that are in them and those left out."""

    submissions: tuple[Submission, ...]
    home: Home
    on: date | None
    today: date
    layout: Layout
    left_out: tuple[Submission, ...] = ()

    @cached_property
    def cases(self) -> list[Case]:
        return ordered(self.submissions, self.home, self.on or self.today)

    @cached_property
    def places(self) -> list[links.Place]:
        return links.places(self.submissions, self.home)

    @cached_property
    def themes(self) -> list[Row]:
        return links.themes(self.cases, self.places)

    @cached_property
    def in_words(self) -> dict[int, Row]:
        """Number → the case as templates know it."""
        linked = links.linked(self.cases)
        return {case.number: {**case.words(), "linked_cases": linked.get(case.number, "None found")} for case in self.cases}

    def head(self) -> Row:
        """What stands on the first page and at the top and bottom of every page."""
        panel = self.home.profile.panel
        return {
            "panel": panel.name, "panel_in_full": panel.full_name, "borough": panel.borough, "authority": panel.authority,
            "marking": panel.marking.upper(), "copy": COPY, "prepared": show_date(self.today),
            "meeting_date": show_date(self.on) if self.on else "Date to be confirmed",
            "received": self.received(), "time": self.time(), "time_warning": self.time_warning(),
            "index": [self.in_words[case.number] for case in self.cases],
            "confidentiality": self.home.profile.documents.confidentiality,
            "agencies": self.agencies(), "left_out": [left_out(s) for s in self._refused],
        }  # fmt: skip

    @property
    def _refused(self) -> list[Submission]:
        return sorted(self.left_out, key=lambda s: (s.source.name, s.source.sha256))

    def received(self) -> str:
        """How many forms came and what became of them. It is proved to stand in the document."""
        there, out = len(self.submissions), len(self.left_out)
        taken = f"{there} {'is' if there == 1 else 'are'} in these papers" if there else "none is in these papers"
        refused = f"{out} {'is' if out == 1 else 'are'} left out (see the last page)" if out else "none is left out"
        return f"{counted(there + out, 'form').capitalize()} received: {taken}, {refused}."

    def time(self) -> str:
        return f"{counted(len(self.cases), 'case').capitalize()}, {self._needed} of the meeting's {self._length} minutes."

    def time_warning(self) -> str:
        """A warning where the cases alone take longer than the meeting; else nothing."""
        if self._needed <= self._length:
            return ""
        over = f"The cases need {self._needed} minutes and the meeting has {self._length}."
        return f"{over} Take some by exception, or move some to the next meeting."

    @property
    def _needed(self) -> int:
        return sum(case.minutes for case in self.cases)

    @property
    def _length(self) -> int:
        return self.home.profile.documents.meeting_minutes

    def agencies(self) -> list[Row]:
        """The agencies committed to attend, with their single points of contact."""
        committed = [a for a in self.home.profile.agency if a.committed]
        return [{"name": a.name, "group": a.group, "spoc": a.spoc or "Not named", "deputy": a.deputy or "Not named"} for a in committed]

    def items(self, titles: dict[str, str] | None = None) -> list[Row]:
        """The standing items, numbered, each with its cases or rows, or with the sentence that there are none."""
        kinds = [kind for kind in TITLES if self.layout == "case-first" or kind not in THEMES_FIRST]
        if self.layout == "theme-first":
            kinds[kinds.index("new_cases") : kinds.index("new_cases")] = THEMES_FIRST
        return [self._item(number, kind, {**TITLES, **(titles or {})}[kind]) for number, kind in enumerate(kinds, 1)]

    def _item(self, number: int, kind: str, title: str) -> Row:
        cases = [self.in_words[case.number] for case in self.cases if kind == _heard_under(case)]
        rows = ROWS[kind](self) if kind in ROWS else []
        return {
            "number": str(number),
            "kind": kind,
            "title": title,
            "cases": cases,
            "rows": rows,
            "empty": "" if cases or rows else EMPTY.get(kind, ""),
        }

    def figures(self) -> list[Row]:
        """The month's plain numbers. This copy is restricted: nothing is suppressed."""
        categories = Counter(case.said("cse_category") or "No CSE category given" for case in self.cases)
        said = {
            "Forms received": len(self.submissions) + len(self.left_out),
            "Forms left out of these papers": len(self.left_out),
            "New cases": sum(not case.is_review for case in self.cases),
            "Review cases": sum(case.is_review for case in self.cases),
            **dict(sorted(categories.items())),
            "Placed out of borough": len(ROWS["out_of_borough"](self)),
            "May be harming others": len(ROWS["harming"](self)),
            "Places, schools and peer groups before the panel": len(self.themes),
        }
        return [{"what": what, "number": str(number)} for what, number in said.items()]


def must_show(context: Row) -> list[str]:
    """What a complete paper shows, whatever its template: each case's label, each theme, and how many forms came."""
    trends = [row["name"] for item in context["items"] if item["kind"] == "trends" for row in item["rows"]]
    return [context["received"], *(case["label"] for case in context["index"]), *trends]


def left_out(submission: Submission) -> Row:
    """A form that is not in the papers: its file, and why. A file name may hold a child's, as this copy does on every page."""
    errors = [problem for problem in submission.problems if problem.severity == "error"]
    return {
        "which": f"{submission.source.name} (SHA-256 {submission.source.sha256[:8]}…)",
        "kind": FILES.get(submission.source.kind, submission.source.kind),
        "reasons": [{"code": p.code, "message": p.message, "remedy": p.remedy} for p in errors],
    }


def _heard_under(case: Case) -> str:
    return "review_cases" if case.is_review else "new_cases"


def of(
    submissions: Iterable[Submission], home: Home, on: date | None, today: date, layout: Layout | None, left_out: Iterable[Submission]
) -> Meeting:
    """The meeting of these checked forms; the layout as asked for, else as the profile says."""
    return Meeting(tuple(submissions), home, on, today, layout or home.profile.documents.layout, tuple(left_out))
