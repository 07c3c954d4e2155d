"""What the template of a subject access shows: every fact with who said it, and room for a person's decision on each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.model.subject_access import NOTICE, Entry, Fact, SubjectAccess

NOTHING_SAID = "–"
"""Stands where nothing speaks for an exemption: a reader sees that it was looked at, and the cell isn't empty."""


def context(found: SubjectAccess, home: Home) -> dict[str, Any]:
    """The values of `templates/subject_access.docx`."""
    return {
        "title": title(found, home),
        "authority": home.profile.panel.authority,
        "marking": home.profile.panel.marking.upper(),
        "reference": found.asked,
        "references": "; ".join(found.references) or "None",
        "made_on": found.made_on,
        "made_by": found.made_by,
        "count": found.facts,
        "notices": list(NOTICE),
        "warnings": list(found.warnings),
        "sections": [
            {"title": section.title, "lead": section.lead, "entries": [_entry(entry) for entry in section.entries]}
            for section in found.sections
        ],
    }


def title(found: SubjectAccess, home: Home) -> str:
    """The paper's title, also of the file; it names nobody."""
    return f"{home.profile.panel.name}: what is recorded, {found.asked}"


def must_show(found: SubjectAccess) -> list[str]:
    """What the finished paper is proved to show: every entry's heading and its source."""
    return [f"{entry.heading}" for section in found.sections for entry in section.entries]


def as_json(found: SubjectAccess) -> dict[str, Any]:
    """The same as one object, with the notices that the paper has."""
    return {"notices": list(NOTICE), **asdict(found)}


def _entry(entry: Entry) -> dict[str, Any]:
    source = f"Said by {entry.said_by}. {entry.when}. {entry.where}."
    return {"heading": entry.heading, "source": source, "facts": [_fact(fact) for fact in entry.facts]}


def _fact(fact: Fact) -> dict[str, str]:
    typed = f"\n(Written as: {fact.typed})" if fact.typed and fact.typed not in fact.value else ""
    return {"what": fact.what, "value": f"{fact.value}{typed}", "marks": "\n".join(fact.marks) or NOTHING_SAID}
