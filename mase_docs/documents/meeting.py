"""What agenda and minutes have in common: the head, the standing items in either layout, the figures and the forms left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.documents import links
from mase_docs.documents.case import Case, counted, ordered
from mase_docs.model.submission import Submission

Layout = Literal["case-first", "theme-first"]
Row = dict[str, Any]
COPY = "Chair and coordinator copy: full details"

TITLES = {
    "attendance": "Welcome, introductions, apologies and representatives",
    "confidentiality": "Confidentiality",
    "last_minutes": "Minutes of the last meeting and matters arising",
    "actions": "Outstanding actions",
    "new_cases": "New Cases",
    "review_cases": "Review Cases",
    "out_of_borough": "Children placed out of borough",
    "cross_border": "Cross border issues",
    "trends": "Trends/Problem locations",
    "nfa": "No further action and no plan yet",
    "harming": "Young people who may be harming others",
    "disruption": "Disruption",
    "panels": "Links to other panels",
    "figures": "Figures, any other business and next meeting",
}
"""The standing items in their order (domain 3.1); the five of the terms of reference under exactly their names."""

EMPTY = {
    "new_cases": "No new cases this month.",
    "review_cases": "No review cases this month.",
    "out_of_borough": "No children placed out of borough this month.",
    "cross_border": "No cross border issues this month.",
    "trends": "No place, school or peer group is named in two or more cases this month, and none was referred in its own right.",
    "nfa": "No case this month in which the police took no further action and there is no plan.",
    "harming": "No young person who may be harming others this month.",
    "disruption": "No disruption measures on this month's forms.",
    "panels": "No young person on this month's list has been heard by another panel.",
}

THEMES_FIRST = ("trends", "nfa", "harming", "disruption")
"""In the theme-first layout these come before the single cases."""


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
    def themes(self) -> list[Row]:
        return links.themes(self.cases, links.places(self.submissions, self.home))

    @cached_property
    def in_words(self) -> dict[int, Row]:
        """Number → the case as templates know it."""
        linked = links.linked(self.cases)
        return {case.number: {**case.words(), "linked_cases": linked.get(case.number)} for case in self.cases}

    def head(self) -> Row:
        """What stands on the first page and at the top and bottom of every page."""
        panel = self.home.profile.panel
        return {
            "panel": panel.name, "panel_in_full": panel.full_name, "borough": panel.borough, "authority": panel.authority,
            "marking": panel.marking.upper(), "copy": COPY, "prepared": show_date(self.today),
            "meeting_date": show_date(self.on) if self.on else "Date to be confirmed",
            "received": self.received(), "time": self.time(), "time_warning": self.time_warning(),
            "index": [self.in_words[case.number] for case in sorted(self.cases, key=lambda case: case.is_review)],
            "confidentiality": self.home.profile.documents.confidentiality,
            "agencies": self.agencies(), "left_out": [left_out(s, n, len(self.left_out)) for n, s in enumerate(self._refused, 1)],
        }  # fmt: skip

    @property
    def _refused(self) -> list[Submission]:
        return sorted(self.left_out, key=lambda s: s.source.sha256)

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
        categories = Counter(case.said("cse_category") or "No category given" for case in self.cases)
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


def left_out(submission: Submission, number: int, of: int) -> Row:
    """A form that is not in the papers: no name and no file name (it may hold a child's), but how to tell which it is, and why."""
    errors = [problem for problem in submission.problems if problem.severity == "error"]
    return {
        "which": f"Left out {number} of {of}, SHA-256 {submission.source.sha256[:8]}…",
        "kind": submission.source.kind,
        "reasons": [{"code": p.code, "message": p.message, "remedy": p.remedy} for p in errors],
    }


def _heard_under(case: Case) -> str:
    return "review_cases" if case.is_review else "new_cases"


def _row(case: Case, **more: str | None) -> Row:
    return {"label": case.label, "name": case.name, **more}


def _out_of_borough(meeting: Meeting) -> list[Row]:
    return [
        _row(
            case,
            host=case.said("host_authority"),
            placement=_joined(case.said("placement_type"), case.said("placement_provider"), _withheld(case)),
            told=case.said("host_authority_notified_date"),
            liaison=_joined(case.said("host_liaison_contact"), case.said("host_liaison_summary")),
        )
        for case in meeting.cases
        if case.says_yes("placed_out_of_borough")
    ]


def _withheld(case: Case) -> str | None:
    return "not to be disclosed" if case.says_yes("address_sensitive") or case.says_yes("do_not_disclose") else None


def _cross_border(meeting: Meeting) -> list[Row]:
    return [
        _row(case, boroughs=_joined(case.said("cross_border"), _placed_by(case)), detail=case.said("host_liaison_summary"))
        for case in meeting.cases
        if case.chosen("cross_border") or case.says_yes("placed_in_by_other_la")
    ]


def _placed_by(case: Case) -> str | None:
    by = case.said("responsible_authority")
    return f"placed here by {by or 'another council'}" if case.says_yes("placed_in_by_other_la") else None


def _nfa(meeting: Meeting) -> list[Row]:
    return [
        _row(case, when=case.said("nfa_date"), reason=case.said("nfa_reason"), owner=case.said("nfa_plan_owner"))
        for case in meeting.cases
        if case.says_yes("nfa") and not case.known("nfa_plan")
    ]


def _harming(meeting: Meeting) -> list[Row]:
    return [
        _row(
            case,
            level=case.said("hsb_level"),
            interventions=_joined(case.said("current_interventions"), case.said("proposed_interventions")),
            school=case.school,
        )
        for case in meeting.cases
        if case.may_be_harming
    ]


def _disruption(meeting: Meeting) -> list[Row]:
    return [_row(case, **_dates(row)) for case in meeting.cases for row in case.rows("disruption")]


def _dates(row: dict[str, str | None]) -> dict[str, str | None]:
    asked = _joined(row["requested_date"] and f"asked for {row['requested_date']}", row["decision"])
    made = _joined(row["served_date"] and f"made {row['served_date']}", row["expiry_date"] and f"ends {row['expiry_date']}")
    return {"measure": row["measure"], "target": row["target"], "asked": asked, "made": made, "breached": row["breached"]}


def _panels(meeting: Meeting) -> list[Row]:
    return [
        _row(case, panel=row["panel"], when=row["last_heard"], outcome=row["outcome"])
        for case in meeting.cases
        for row in case.rows("other_panels")
        if row["panel"] not in (None, "None")
    ]


def _joined(*said: str | None) -> str | None:
    return "; ".join(words for words in said if words) or None


ROWS: dict[str, Callable[[Meeting], list[Row]]] = {
    "out_of_borough": _out_of_borough,
    "cross_border": _cross_border,
    "trends": lambda meeting: meeting.themes,
    "nfa": _nfa,
    "harming": _harming,
    "disruption": _disruption,
    "panels": _panels,
}
"""Item → its rows: the grouping rules of the papers."""


def of(
    submissions: Iterable[Submission], home: Home, on: date | None, today: date, layout: Layout | None, left_out: Iterable[Submission]
) -> Meeting:
    """The meeting of these checked forms; the layout as asked for, else as the profile says."""
    return Meeting(tuple(submissions), home, on, today, layout or home.profile.documents.layout, tuple(left_out))
