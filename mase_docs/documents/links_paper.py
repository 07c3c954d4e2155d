"""What the template of the links paper shows: each group of linked cases as a picture, and every fact of it in a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.model.network import Network
from mase_docs.model.network_words import facts, heading, in_short
from mase_docs.model.picture import Picture


def context(network: Network, home: Home, today: date, pictures: Sequence[Picture]) -> dict[str, Any]:
    """The values of `templates/links.docx`.

    network   as `without_loose_ends` leaves it
    pictures  one for each of its `linked` groups, in their order
    """
    linked = network.linked()
    return {
        "panel": {"name": home.profile.panel.name, "full_name": home.profile.panel.full_name, "authority": home.profile.panel.authority},
        "title": title(home),
        "marking": home.profile.panel.marking.upper(),
        "made_on": show_date(today),
        "number_of_cases": len(network.cases),
        "number_of_groups": len(linked),
        "number_of_linked_cases": sum(len(group.cases) for group in linked),
        "groups": [_group(n, group, shown) for n, (group, shown) in enumerate(zip(linked, pictures, strict=True), 1)],
        "alone": [{"label": case.label, "status": case.detail or None} for case in network.alone()],
    }


def must_show(context: dict[str, Any]) -> list[str]:
    """What the finished paper is proved to show: the label of every case, the heading and every fact of each group."""
    groups = context["groups"]
    cases = [case["label"] for part in (*(group["cases"] for group in groups), context["alone"]) for case in part]
    return [*cases, *(group["heading"] for group in groups), *(fact["words"] for group in groups for fact in group["facts"])]


def title(home: Home) -> str:
    """The title of the paper, also of the file."""
    return f"{home.profile.panel.name}: links between cases"


def _group(number: int, group: Network, picture: Picture) -> dict[str, Any]:
    return {
        "heading": heading(number, group),
        "in_short": f"{in_short(group)}.",
        "picture": picture,
        "cases": [{"label": case.label, "status": case.detail or None} for case in group.cases],
        "facts": [{**fact._asdict(), "sources": fact.sources or None} for fact in facts(group)],
    }
