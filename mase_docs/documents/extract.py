"""What the template of an agency's copy of the minutes shows, and which of its words somebody typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.documents.case import counted, joined
from mase_docs.model.ages import months_before
from mase_docs.model.extract import CaseHeard, Extract, ThemeHeard
from mase_docs.model.minutes_layout import VERSIONS
from mase_docs.model.passage import Passage
from mase_docs.model.sitting import ActionSaid, Attended, Meeting

HEARD_AS = {"new_cases": "New", "review_cases": "Review"}
"""Heading of the agenda → how a case that stood under it was heard."""
MAY_CHANGE = {"Draft": "Draft: it may still be corrected", "Agreed": "Agreed"}
NOT_SAID = "Not said"


def context(copy: Extract, home: Home, today: date) -> dict[str, Any]:
    """The values of `templates/extract.docx`."""
    panel, meeting = home.profile.panel, copy.meeting
    return {
        "title": title(copy, home),
        "running": f"{panel.name} minutes · {show_date(meeting.held_on)}",
        "copy": f"Copy for {copy.agency}",
        "panel_in_full": panel.full_name,
        "authority": panel.authority,
        "marking": panel.marking.upper(),
        "meeting_date": show_date(meeting.held_on),
        "venue": meeting.venue,
        "chair": meeting.chair,
        "minute_taker": meeting.minute_taker,
        "version": MAY_CHANGE[VERSIONS[meeting.state]],
        "prepared": show_date(today),
        "keep_until": keep_until(meeting, home),
        "agency": copy.agency,
        "confidentiality": home.profile.documents.confidentiality,
        "present": [row for agency in copy.agencies for row in _present(agency, home)],
        "observers": [{"name": one.name, "agency": one.agency or NOT_SAID} for one in copy.observers],
        "summary": summary(copy),
        "cases": [_case(case, home) for case in copy.cases],
        "themes": [_theme(theme, home) for theme in copy.themes],
        "outstanding": [_action(one, home) for one in copy.outstanding],
    }


def must_show(context: dict[str, Any]) -> list[str]:
    """What the finished copy is proved to show: whose it is, how much is in it, every case, theme and action of the agency's."""
    heard = [*context["cases"], *context["themes"]]
    numbers = [action["number"] for part in (*heard, {"actions": context["outstanding"]}) for action in part["actions"]]
    return [context["copy"], context["summary"], *(part["heading"] for part in heard), *numbers]


def title(copy: Extract, home: Home) -> str:
    """The title, also of the file: by it anybody's program knows whose copy it is (copies.py)."""
    return f"{home.profile.panel.name} minutes, {show_date(copy.meeting.held_on)}: copy for {copy.agency}"


def summary(copy: Extract) -> str:
    """How much is in it, also where that is nothing. It is proved to stand in the document."""
    if not (copy.cases or copy.themes or copy.outstanding):
        return f"No case of {copy.agency} was heard at this meeting, and it has no action to do."
    heard = counted(len(copy.cases), "case").capitalize() + f" of {copy.agency} {'was' if len(copy.cases) == 1 else 'were'} heard"
    to_do = f"it has {counted(len(copy.outstanding), 'action')} still to do"
    return f"{heard}; {to_do}."


def keep_until(meeting: Meeting, home: Home) -> str | None:
    """The last day on which the agency keeps its copy, by the profile; None where it says nothing of that."""
    months = home.profile.retention.agency_extract_months
    return show_date(months_before(meeting.held_on, -months)) if months else None


def _present(agency: Attended, home: Home) -> Iterator[dict[str, Any]]:
    if agency.attendance:
        came = home.codes("attendance").label_of(agency.attendance)
        named = joined(agency.name, f"for {agency.representing}" if agency.representing else None, by=", ")
        yield {"agency": agency.agency, "attendance": came, "name": named or "–"}


def _case(case: CaseHeard, home: Home) -> dict[str, Any]:
    said = case.discussed
    return {
        "label": case.label,
        "heading": f"{case.label} · {case.name}",
        "heard_as": HEARD_AS.get(case.heard_under) or home.codes("agenda_section").label_of(case.heard_under),
        "decision": home.codes("decision_case").label_of(said.decision) if said.decision else NOT_SAID,
        "reasons": said.reasons,
        "category_review": "Asked for" if said.category_review else None,
        "review_on": show_date(said.review_on) if said.review_on else NOT_SAID,
        "information": "\n".join(case.information),
        "actions": [_action(one, home) for one in case.actions],
    }


def _theme(theme: ThemeHeard, home: Home) -> dict[str, Any]:
    said = theme.discussed
    return {
        "heading": theme.name,
        "kind": theme.kind,
        "decision": home.codes("decision_theme").label_of(said.decision) if said.decision else NOT_SAID,
        "review_on": show_date(said.review_on) if said.review_on else NOT_SAID,
        "actions": [_action(one, home) for one in theme.actions],
    }


def _action(one: ActionSaid, home: Home) -> dict[str, Any]:
    late = f"{counted(one.days_overdue, 'day')} overdue" if one.days_overdue else None
    carried = f"carried {counted(one.times_carried, 'time')}" if one.times_carried else None
    return {
        "number": one.number,
        "about": one.about,
        "action": one.action,
        "lead_person": one.lead_person or NOT_SAID,
        "due": show_date(one.due) if one.due else NOT_SAID,
        "status": joined(home.codes("action_status").label_of(one.status), late, carried, by="; "),
    }


def passages(copy: Extract) -> list[Passage]:
    """The words of a copy that somebody typed, and where they stand; who reads it may not be told of anybody else in them."""
    found = [*_of_meeting(copy), *(p for case in copy.cases for p in _of_case(case)), *(p for t in copy.themes for p in _of_theme(t))]
    return [*found, *actions_typed(copy.outstanding)]


def _of_meeting(copy: Extract) -> Iterator[Passage]:
    held = copy.meeting
    typed = {"the meeting's venue": held.venue, "the meeting's chair": held.chair, "the meeting's minute-taker": held.minute_taker}
    for place, words in typed.items():
        yield from ([Passage(place, words, "worker")] if words else [])
    for one in (*copy.agencies, *copy.observers):
        place = "the attendance of an observer" if not one.code else f"the attendance of {one.agency}"
        yield from (Passage(place, words, "worker") for words in (one.name, one.representing) if words)


def _of_case(case: CaseHeard) -> Iterator[Passage]:
    if case.discussed.reasons:
        yield Passage(f"the reasons of {case.reference}", case.discussed.reasons)
    yield from (Passage(f"what the agency shared about {case.reference}", words) for words in case.information)
    yield from actions_typed(case.actions)


def _of_theme(theme: ThemeHeard) -> Iterator[Passage]:
    yield Passage("the name of a place, school or group", theme.name, "place")
    yield from actions_typed(theme.actions)


def actions_typed(actions: Iterable[ActionSaid]) -> Iterator[Passage]:
    """What somebody typed into actions."""
    for one in actions:
        yield Passage(f"action {one.number}", one.action)
        yield from ([Passage(f"action {one.number}, its person", one.lead_person, "worker")] if one.lead_person else [])
        yield from ([Passage(f"action {one.number}, its place", one.about, "place")] if one.theme else [])
