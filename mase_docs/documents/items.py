"""The standing items: their names and order, what each says when it is empty, and which cases come under it (domain 3.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from mase_docs.documents.case import Case, joined
from mase_docs.documents.links import Place
from mase_docs.model.submission import EXPLICIT

Row = dict[str, Any]


class Papers(Protocol):
    """What the rows of an item are taken from."""

    @property
    def cases(self) -> list[Case]: ...
    @property
    def places(self) -> list[Place]: ...


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

EXPECTED = {
    "spoc": "Named contact",
    "representative": "Sends a representative",
    "apology_with_information": "Apologies",
    "apology": "Apologies",
    "absent": "Did not come",
}
"""What the agenda says of an agency's coming, by its code of attendance: it is made before anybody has come."""

KNOWN_THERE = ("host_liaison_summary", "what_seen")


def _row(case: Case | Place, **more: str | None) -> Row:
    return {"label": case.label, "name": case.name, **more}


def _out_of_borough(papers: Papers) -> list[Row]:
    return [
        _row(
            case,
            host=case.said("host_authority"),
            placement=joined(case.said("placement_type"), case.said("placement_provider"), _withheld(case)),
            told=case.said("host_authority_notified_date"),
            liaison=joined(case.said("host_liaison_contact"), case.said("host_liaison_summary")),
        )
        for case in papers.cases
        if case.says_yes("placed_out_of_borough")
    ]


def _withheld(case: Case) -> str | None:
    return "not to be disclosed" if case.withheld else None


def _cross_border(papers: Papers) -> list[Row]:
    referred: list[Case | Place] = [*papers.cases, *papers.places]
    return [
        _row(about, boroughs=joined(about.said("cross_border"), _placed_by(about)), detail=joined(*map(about.said, KNOWN_THERE)))
        for about in referred
        if about.chosen("cross_border") or about.says_yes("placed_in_by_other_la")
    ]


def _placed_by(case: Case | Place) -> str | None:
    by = case.said("responsible_authority")
    return f"placed here by {by or 'another council'}" if case.says_yes("placed_in_by_other_la") else None


def _nfa(papers: Papers) -> list[Row]:
    return [
        _row(case, when=case.said("nfa_date"), reason=case.said("nfa_reason"), owner=case.said("nfa_plan_owner"))
        for case in papers.cases
        if case.says_yes("nfa") and not case.known("nfa_plan")
    ]


def _harming(papers: Papers) -> list[Row]:
    return [
        _row(
            case,
            level=case.said("hsb_level"),
            interventions=joined(case.said("current_interventions"), case.said("proposed_interventions")),
            school=joined(case.school, _withheld(case) if case.school else None),
        )
        for case in papers.cases
        if case.may_be_harming
    ]


def _disruption(papers: Papers) -> list[Row]:
    return [_row(case, **_measure(row)) for case in papers.cases for row in case.rows("disruption") if _says(row["measure"])]


def _measure(row: dict[str, str | None]) -> dict[str, str | None]:
    asked = joined(row["requested_date"], row["decision"])
    made = joined(row["served_date"], f"ends {row['expiry_date']}" if _says(row["expiry_date"]) else None)
    return {"measure": row["measure"], "target": row["target"], "asked": asked, "made": made, "breached": row["breached"]}


def _panels(papers: Papers) -> list[Row]:
    return [
        _row(case, panel=row["panel"], when=row["last_heard"], outcome=row["outcome"])
        for case in papers.cases
        for row in case.rows("other_panels")
        if _says(row["panel"])
    ]


def _says(words: str | None) -> bool:
    return words is not None and words not in EXPLICIT.values()


ROWS: dict[str, Callable[[Papers], list[Row]]] = {
    "out_of_borough": _out_of_borough,
    "cross_border": _cross_border,
    "nfa": _nfa,
    "harming": _harming,
    "disruption": _disruption,
    "panels": _panels,
}
"""Item → its rows: the grouping rules of the papers."""
